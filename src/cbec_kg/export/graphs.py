"""Which graph is meant: by IRI, by prefixed name, or by its short name.

>>> known = [GRAPH + "entities", GRAPH + "article_003", GRAPH + "observations"]
>>> find_graph("entities", known) == find_graph("graph:entities", known) == GRAPH + "entities"
True
>>> short_name(find_graph("003", known))
'article_003'
>>> try:
...     find_graph("entitys", known)
... except CbecError as error:
...     print(error)
no graph 'entitys': did you mean entities? There are default, article_003, entities, observations
"""

from collections.abc import Iterable
from difflib import get_close_matches

from cbec_kg.errors import CbecError
from cbec_kg.namespaces import GRAPH, PREFIXES, expand

__all__ = ["DEFAULT", "find_graph", "short_name"]

DEFAULT = "default"


def find_graph(name: str, known: Iterable[str]) -> str:
    """IRI of the graph that a name stands for, ``""`` for the default graph.

    An article's graph answers to the article's id too. Raises `CbecError` with the nearest name and all that there are.
    """
    if name == DEFAULT:
        return ""
    by_name = {short_name(graph): graph for graph in known}
    prefix, colon, _ = name.partition(":")
    wanted = expand(name) if colon and prefix in PREFIXES else name
    for iri in (wanted, GRAPH + wanted, f"{GRAPH}article_{wanted}"):
        if iri in by_name.values():
            return iri
    names = [DEFAULT, *sorted(by_name)]
    near = get_close_matches(short_name(wanted), names, n=1)
    hint = f"did you mean {near[0]}? " if near else ""
    raise CbecError(f"no graph {name!r}", fix=f"{hint}There are {', '.join(names)}")


def short_name(graph: str) -> str:
    """Name of a graph without the project's namespace; `DEFAULT` for the default graph."""
    return graph.removeprefix(GRAPH) or DEFAULT
