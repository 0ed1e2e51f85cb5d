"""What an assistant may read: the ontology on a few pages, the list of saved queries, and each query's text.

>>> from cbec_kg.query.catalogue import Catalogue
>>> shelf = Shelf(Catalogue(), "en", ["platforms/programmes"])
>>> [page.uri for page in shelf.pages()]
['cbec-kg://ontology', 'cbec-kg://queries', 'cbec-kg://queries/platforms/programmes']
>>> shelf.read("cbec-kg://ontolgy")
Traceback (most recent call last):
    ...
cbec_kg.errors.UnknownQuery: no resource 'cbec-kg://ontolgy': did you mean cbec-kg://ontology?
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cbec_kg.errors import UnknownQuery
from cbec_kg.mcp.ontology_summary import summary
from cbec_kg.mcp.tool import legal_name
from cbec_kg.query.catalogue import Catalogue
from cbec_kg.query.nearest import did_you_mean
from cbec_kg.query.saved import SavedQuery

__all__ = ["TEMPLATE", "Page", "Shelf"]

_SCHEME = "cbec-kg://"
_ONTOLOGY, _QUERIES = f"{_SCHEME}ontology", f"{_SCHEME}queries"
TEMPLATE = f"{_QUERIES}/{{topic}}/{{question}}"
"""URI template (RFC 6570) of a saved query's text."""


@dataclass(frozen=True, slots=True)
class Page:
    """One resource: where it is, what it is, and its media type."""

    uri: str
    name: str
    title: str
    description: str
    media_type: str


class Shelf:
    """The resources of one server; ``names`` are the queries that it offers."""

    def __init__(self, catalogue: Catalogue, lang: str, names: Sequence[str]) -> None:
        self.catalogue, self.lang, self.names = catalogue, lang, names

    def pages(self) -> Iterator[Page]:
        """All of them."""
        english = self.lang == "en"
        yield Page(
            _ONTOLOGY,
            "ontology",
            "Ontology" if english else "本体",
            "Classes, properties, prefixes, code values and named graphs: read it before writing SPARQL.",
            "text/markdown",
        )
        yield Page(
            _QUERIES,
            "queries",
            "Saved queries" if english else "已存查询",
            "Every saved query with its question, its tool and its parameters.",
            "text/markdown",
        )
        for name in self.names:
            query = self.catalogue.find(name)
            title = query.summary.in_language(self.lang)
            yield Page(f"{_QUERIES}/{name}", name, title, f"SPARQL of the tool {legal_name(name)}.", "text/plain")

    def read(self, uri: str) -> tuple[str, str]:
        """Text and media type of a resource; raises `UnknownQuery` with the nearest."""
        if uri == _ONTOLOGY:
            return summary(self.lang), "text/markdown"
        if uri == _QUERIES:
            return "\n".join(self._listed()) + "\n", "text/markdown"
        name = uri.removeprefix(f"{_QUERIES}/")
        if name not in self.names:
            known = [_ONTOLOGY, _QUERIES, *(f"{_QUERIES}/{name}" for name in self.names)]
            raise UnknownQuery(f"no resource {uri[:200]!r}", fix=did_you_mean(uri[:200], known))
        return self.catalogue.find(name).text, "text/plain"

    def completed(self, given: dict[str, str], argument: str, value: str) -> list[str]:
        """Values of ``topic`` or ``question`` in the template that begin with ``value``, fitting what is given."""
        pairs = [name.split("/") for name in self.names]
        place = {"topic": 0, "question": 1}.get(argument)
        if place is None:
            return []
        fitting = [pair for pair in pairs if place == 0 or given.get("topic") in (None, "", pair[0])]
        return sorted({pair[place] for pair in fitting if pair[place].startswith(value)})

    def _listed(self) -> Iterator[str]:
        yield from ("# Saved queries" if self.lang == "en" else "# 已存查询", "")
        for name in self.names:
            query = self.catalogue.find(name)
            yield f"- {legal_name(name)}: {query.summary.in_language(self.lang)}. {_parameters(query)}"


def _parameters(query: SavedQuery) -> str:
    said = [f"{param.name}={', '.join(param.default) or 'any'}" for param in query.params if param.type != "lang"]
    return "; ".join(said)
