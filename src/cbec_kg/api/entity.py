"""One thing of the graph: what it is called, what it is related to, and what articles claim of it.

>>> from cbec_kg.describe.entity import describe
>>> from cbec_kg.rdf.terms import RDF_TYPE, RDFS_LABEL, Quad, iri, text
>>> from cbec_kg.store.embedded import MemoryStore
>>> shein, sites = iri("id:shein"), iri("voc:independent-sites")
>>> store = MemoryStore([
...     Quad(shein, RDF_TYPE, iri("cbec:Entity")), Quad(shein, RDFS_LABEL, text("Shein", "en")),
...     Quad(shein, iri("cbec:uses"), sites), Quad(sites, RDFS_LABEL, text("independent sites", "en")),
... ])
>>> Entity(describe(store, "id:shein"))
Shein id:shein
is: cbec:Entity
relations from it
  cbec:uses: independent sites
"""

from collections.abc import Iterator
from html import escape
from typing import Any

from cbec_kg.api.iri import Iri
from cbec_kg.describe.entity import Entity as Described
from cbec_kg.describe.related import Group
from cbec_kg.namespaces import compact
from cbec_kg.query.formats.display import one_line
from cbec_kg.query.sources import Source

__all__ = ["Entity"]

_WORDS = {
    "en": {"class": "is", "also": "also called", "from": "relations from it", "to": "relations to it",
           "claims": "claims", "more": "{} more", "joined": ", ", "colon": ": "},
    "zh": {"class": "类别", "also": "又称", "from": "由此出发的关系", "to": "指向它的关系",
           "claims": "说法", "more": "另有{}项", "joined": "、", "colon": "："},
}  # fmt: skip


class Entity:
    """A thing; lists tell the first of their kind and count the rest, `as_json` has all that was read."""

    def __init__(self, told: Described) -> None:
        self.told = told
        """The same as plain data: names, classes, facts, links, claims with their places."""

    @property
    def iri(self) -> Iri:
        """Its IRI, with its label."""
        return Iri(self.told.iri, self.label)

    @property
    def label(self) -> str:
        """What it is called in the language asked for, else in the other; its code where nothing names it."""
        labels = self.told.labels
        return labels.get(self.told.lang) or next(iter(labels.values()), self.told.code)

    @property
    def labels(self) -> dict[str, str]:
        """What it is called, by language."""
        return self.told.labels

    @property
    def aliases(self) -> dict[str, tuple[str, ...]]:
        """What else it is called, by language."""
        return self.told.aliases

    @property
    def classes(self) -> tuple[Iri, ...]:
        """What it is, the most specific class first."""
        return tuple(Iri(one.iri, one.label) for one in self.told.classes)

    @property
    def facts(self) -> dict[str, tuple[Iri | str, ...]]:
        """Relations from it, by label: things, or plain values."""
        return _related(self.told.facts)

    @property
    def links(self) -> dict[str, tuple[Iri | str, ...]]:
        """Relations of other things to it, by label."""
        return _related(self.told.links)

    @property
    def claims(self) -> tuple[Iri, ...]:
        """Claims that articles make of it, as far as they were read."""
        return tuple(Iri(one.iri, one.label) for kind in self.told.claims.kinds for one in kind.claims)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Articles and characters of these claims, each once."""
        places = (place for kind in self.told.claims.kinds for one in kind.claims for place in one.places)
        return tuple(dict.fromkeys(Source(place.article.iri, place.start, place.end) for place in places))

    def as_json(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return self.told.as_json()

    def __eq__(self, other: object) -> bool:
        return self.told == other.told if isinstance(other, Entity) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.told.iri)

    def __repr__(self) -> str:
        return "\n".join(map(one_line, self._lines()))

    def _repr_html_(self) -> str:
        """The same lines, as a notebook shows them."""
        return f"<pre>{escape(repr(self))}</pre>"

    def _lines(self) -> Iterator[str]:
        told, words = self.told, _WORDS[self.told.lang]
        joined, colon = words["joined"], words["colon"]
        yield f"{self.label} {compact(told.iri)}"
        if told.definition:
            yield told.definition.get(told.lang) or next(iter(told.definition.values()))
        if told.classes:
            yield f"{words['class']}{colon}{joined.join(one.label for one in told.classes)}"
        called = [name for names in (told.labels.values(), *told.aliases.values()) for name in names]
        if others := [name for name in dict.fromkeys(called) if name != self.label]:
            yield f"{words['also']}{colon}{joined.join(others)}{self._more(told.more_aliases)}"
        for title, groups in ((words["from"], told.facts), (words["to"], told.links)):
            if groups:
                yield title
            for group in groups:
                things = joined.join(one.label for one in group.things)
                yield f"  {group.relation.label}{colon}{things}{self._more(group.more)}"
        if told.claims.total:
            yield f"{words['claims']}{colon}{told.claims.total}"
            for kind in told.claims.kinds:
                yield from (f"  {one.label}" for one in kind.claims)
                if more := self._more(kind.total - len(kind.claims)):
                    yield f"  {kind.kind.label}{more}"

    def _more(self, count: int) -> str:
        words = _WORDS[self.told.lang]
        return f"{words['joined']}{words['more'].format(count)}" if count else ""


def _related(groups: tuple[Group, ...]) -> dict[str, tuple[Iri | str, ...]]:
    return {
        group.relation.label: tuple(Iri(one.iri, one.label) if one.iri else one.label for one in group.things)
        for group in groups
    }
