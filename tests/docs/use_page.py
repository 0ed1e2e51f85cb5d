"""The page that tells what each term of the ontology is used by.

>>> city = Use("cbec:City", "class", stated=3, inferred=1, queries=2)
>>> use_page([city], {"cbec:City": {"en": "city", "zh": "城市"}}, {}).splitlines()[-1]
'| [`cbec:City`](terms.md#City) | 城市 | 3 | 1 | 2 | 0 |'
"""

from collections.abc import Iterable, Iterator, Mapping

from tests.ontology.use import Use

__all__ = ["use_page"]

_HEADINGS = {
    "class": "Classes",
    "object property": "Object properties",
    "data property": "Data properties",
    "annotation property": "Annotation properties",
}
_COLUMNS = ("| term | in Chinese | stated | inferred | queries | shapes |", "|---|---|---|---|---|---|")
_TOP = """<!-- Written by `make docs` from ontology/, queries/ and the graph of data/: change those, not this file. -->
# What each term is used by

A row counts where a term occurs in the graph that `cbec-kg build` makes of this checkout.
Of a class, *stated* and *inferred* count its members; of a property, its triples.
*Queries* are files of `queries/` that name the term, *shapes* are rules of `ontology/shapes/` that do.
[terms.md](terms.md) says what each term means.
`tests/ontology/test_use.py` fails for a term with no use and no reason."""


def use_page(table: Iterable[Use], labels: Mapping[str, Mapping[str, str]], waits: Mapping[str, str]) -> str:
    """Text of the page: a table a kind of term; ``labels`` by prefixed name and language, ``waits`` are reasons."""
    return "\n".join(_lines(list(table), labels, waits)) + "\n"


def _lines(table: list[Use], labels: Mapping[str, Mapping[str, str]], waits: Mapping[str, str]) -> Iterator[str]:
    yield _TOP
    if waits:
        yield from ("", "## Terms that wait", "", "| term | why |", "|---|---|")
        yield from (f"| {_linked(term)} | {why} |" for term, why in sorted(waits.items()))
    for kind, heading in _HEADINGS.items():
        if of_kind := [use for use in table if use.kind == kind]:
            yield from ("", f"## {heading}", "", *_COLUMNS)
        for use in of_kind:
            counts = " | ".join(f"{number:,}" for number in use.counts().values())
            yield f"| {_linked(use.term)} | {labels.get(use.term, {}).get('zh', '')} | {counts} |"


def _linked(term: str) -> str:
    """A term with the way to its line in the index, whose anchors leave out our own prefix."""
    return f"[`{term}`](terms.md#{term.removeprefix('cbec:').replace(':', '-')})"
