"""What a store said of rows, for rows that go where the store cannot: to another process, to a file.

>>> KnownLabels({"a:b": "B"})(["a:b", "a:c"], "en")
{'a:b': 'B'}
>>> from cbec_kg.rdf.terms import iri
>>> row = (iri("id:shein"),)
>>> KnownSources({row: (Source("a:1"),)})(Result((), [row, row]))
[(Source(article='a:1', start=None, end=None),), (Source(article='a:1', start=None, end=None),)]
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from cbec_kg.query.results import Result, Row
from cbec_kg.query.sources import Source

__all__ = ["KnownLabels", "KnownSources"]


@dataclass(frozen=True, slots=True)
class KnownLabels:
    """Labels of IRIs, in the language of the rows."""

    labels: Mapping[str, str]

    def __call__(self, iris: Collection[str], lang: str) -> dict[str, str]:
        """Those that are known; ``lang`` is that of the rows."""
        return {iri: self.labels[iri] for iri in iris if iri in self.labels}


@dataclass(frozen=True, slots=True)
class KnownSources:
    """Sources of rows."""

    sources: Mapping[Row, tuple[Source, ...]]

    def __call__(self, result: Result) -> list[tuple[Source, ...]]:
        """Sources of each row of a result that has no other rows."""
        return [self.sources[row] for row in result.rows]
