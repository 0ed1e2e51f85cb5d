"""Find the thing that a person names: by IRI, prefixed name, label, alias or code, among the instances of a class.

>>> from cbec_kg.query.saved import Bilingual
>>> from cbec_kg.rdf.terms import RDF_TYPE, RDFS_LABEL, Quad, iri, text
>>> from cbec_kg.store.embedded import MemoryStore
>>> shein = iri("id:shein")
>>> store = MemoryStore([
...     Quad(shein, RDF_TYPE, iri("cbec:Platform")), Quad(shein, RDFS_LABEL, text("Shein", "en")),
...     Quad(shein, iri("skos:altLabel"), text("希音", "zh")),
... ])
>>> platform = Param("platform", "iri", Bilingual("Platform"), cls=iri("cbec:Platform").value)
>>> Resolver(store)(platform, "希音").value
'https://w3id.org/cbec-kg/id/shein'
>>> Resolver(store)(platform, "Shien")
Traceback (most recent call last):
    ...
cbec_kg.errors.UnknownName: platform is 'Shien', which is no cbec:Platform: did you mean Shein (id:shein)?
"""

from collections.abc import Iterator

from cbec_kg.errors import BadParameter, UnknownName
from cbec_kg.namespaces import ARTICLE, CLAIM, ID, LOCAL_NAME, OBS, SERIES, VOCAB, compact, local_name
from cbec_kg.query.convert import written_iri
from cbec_kg.query.fold import fold
from cbec_kg.query.nearest import listed, nearest
from cbec_kg.query.said import said
from cbec_kg.query.saved import Param
from cbec_kg.query.spell import spell
from cbec_kg.rdf.terms import RDF_TYPE, Literal, NamedNode, iri
from cbec_kg.store.base import Store

__all__ = ["Resolver"]

# A name that is one thing's label and another's alias means the first.
_LABEL, _CODE, _ALIAS = (spell(iri(name)) for name in ("rdfs:label", "skos:notation", "skos:altLabel"))
_NAMING = f"VALUES (?naming ?rank) {{ ({_LABEL} 0) ({_CODE} 0) ({_ALIAS} 1) }}"
# Names that an IRI ends in, as rows and tables write them.
_CODED = (ID, VOCAB, ARTICLE, SERIES, OBS, CLAIM)
# Nearest names are sought among so many labels and codes, and so many aliases, at most: the search is linear, and an
# error should not take seconds. Virtuoso sorts no more for one answer.
_MOST_NAMES = 10_000
# No name is as long; a much longer text from a stranger would keep the store busy, which folds its case row by row.
_LONGEST = 1_000


class Resolver:
    """Names of one store; to be given to `convert.terms_of`."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def __call__(self, param: Param, name: str) -> NamedNode:
        """The thing of the parameter's class that ``name`` stands for.

        Raises `BadParameter` with the candidates where several do, `UnknownName` with the nearest where none does.
        """
        node = written_iri(name)
        if node is not None:
            if not self._exists(param, node):
                raise self._unknown(param, name, local_name(node.value))
            return node
        if len(name) > _LONGEST:
            raise UnknownName(
                f"{param.name} is {said(name)}, which is longer than any name", fix=f"give {param.expects()}"
            )
        for found in (self._exactly(param, name), self._by_code(param, name), self._loosely(param, name)):
            things = sorted({thing.value for thing in found})
            if len(things) == 1:
                return NamedNode(things[0])
            if things:
                raise BadParameter(
                    f"{param.name} is {said(name)}, which names {len(things)} things",
                    fix=f"give one of {', '.join(map(compact, things))}",
                )
        raise self._unknown(param, name, name)

    def _is_one(self, param: Param) -> str:
        if param.cls is None:
            return ""
        subclass = spell(iri("rdfs:subClassOf"))
        # Distinct, for a thing has many of the classes below a class, and each would bring all its names again.
        return (
            f"{{ SELECT DISTINCT ?thing {{ ?class {subclass}* {spell(NamedNode(param.cls))} . "
            f"?thing {spell(RDF_TYPE)} ?class }} }}"
        )

    def _exists(self, param: Param, node: NamedNode) -> bool:
        pattern = self._is_one(param) or "?thing ?property ?value ."
        found = self.store.select(f"SELECT ?thing {{ VALUES ?thing {{ {spell(node)} }} {pattern} }} LIMIT 1")
        return next(iter(found.rows), None) is not None

    def _exactly(self, param: Param, name: str) -> Iterator[NamedNode]:
        """Things whose name differs in case at most; labels and codes come before aliases."""
        found = self.store.select(
            f"SELECT DISTINCT ?rank ?thing {{ {_NAMING} {self._is_one(param)} ?thing ?naming ?name "
            f"FILTER (LCASE(STR(?name)) = LCASE({spell(Literal(name))})) }} ORDER BY ?rank ?thing"
        )
        first = None
        for rank, thing in found.rows:
            first = first or rank
            if rank == first and isinstance(thing, NamedNode):
                yield thing

    def _by_code(self, param: Param, name: str) -> Iterator[NamedNode]:
        """Things whose IRI ends in the name, as codes do in rows."""
        if LOCAL_NAME.fullmatch(name):
            nodes = (NamedNode(base + name) for base in _CODED)
            yield from (node for node in nodes if self._exists(param, node))

    def _loosely(self, param: Param, name: str) -> Iterator[NamedNode]:
        """Things whose name is the same once folded; reads all names, so it comes last."""
        if wanted := fold(name):
            yield from (thing for thing, known in self._names(param) if fold(known) == wanted)

    def _names(self, param: Param) -> list[tuple[NamedNode, str]]:
        """Things with each of their names, labels and codes first."""
        names = []
        for rank, naming in enumerate((f"{_LABEL} {_CODE}", _ALIAS)):
            found = self.store.select(
                f"SELECT ?thing ?name {{ {self._is_one(param)} VALUES ?naming {{ {naming} }} ?thing ?naming ?name }} "
                f"ORDER BY ?thing ?name LIMIT {_MOST_NAMES}"  # ordered, for every store to know the same ones
            )
            names += [
                (rank, thing.value, known.language or "", known.value)
                for thing, known in found.rows
                if isinstance(thing, NamedNode) and isinstance(known, Literal)
            ]
        return [(NamedNode(thing), known) for _, thing, _, known in sorted(names)]

    def _unknown(self, param: Param, name: str, near: str) -> UnknownName:
        """What to say of a name that nothing bears; ``near`` is what the nearest names are sought by."""
        things: dict[str, str] = {}
        spellings: dict[str, tuple[str, str]] = {}
        for thing, known in self._names(param):
            shown = f"{known} ({compact(thing.value)})"
            things.setdefault(thing.value, shown)
            spellings.setdefault(known, (thing.value, shown))
            spellings.setdefault(local_name(thing.value), (thing.value, things[thing.value]))
        found = [spellings[spelling] for spelling in nearest(near, list(spellings))]
        close = list(dict(reversed(found)).values())[::-1]  # of several names of one thing, the nearest
        what = f"no {compact(param.cls)}" if param.cls else "nothing that the graph knows"
        # Else those with the name in theirs, the shortest first: "cbec" is a part of many.
        longer = sorted((key for key in spellings if fold(near) in fold(key)), key=len)
        within = list(dict.fromkeys(things[spellings[key][0]] for key in longer))
        fix = f"did you mean {' or '.join(close)}?" if close else listed(within or list(things.values()))
        return UnknownName(f"{param.name} is {said(name)}, which is {what}", fix=fix, nearest=tuple(close))
