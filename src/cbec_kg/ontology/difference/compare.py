"""Compare two versions term by term, weigh what changed, and say which step of the version number it asks for.

>>> asks_for("0.1.0", "breaking"), asks_for("0.1.0", "compatible"), asks_for("1.4.2", "breaking")
('0.2.0', '0.1.1', '2.0.0')
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cbec_kg.namespaces import compact
from cbec_kg.ontology.difference.expressions import Expression, plain
from cbec_kg.ontology.difference.statements import PAIRED, SYMMETRIC, WEIGHTS, Statement, statements, weight
from cbec_kg.ontology.difference.version import Version
from cbec_kg.rdf.terms import Literal, NamedNode

__all__ = ["STATES", "Change", "Difference", "TermChange", "asks_for", "compare", "is_enough"]

STATES = ("removed", "renamed", "deprecated", "moved", "changed", "added")
_SORTS = {
    "owl:Ontology": "ontology", "owl:Class": "class", "owl:ObjectProperty": "object property",
    "owl:DatatypeProperty": "data property", "owl:AnnotationProperty": "annotation property",
    "rdfs:Datatype": "datatype", "skos:ConceptScheme": "scheme",
}  # fmt: skip
_STEPS = {"breaking": "major", "compatible": "minor", "editorial": "patch"}
_NUMBER = re.compile(r"(\d+)\.(\d+)\.(\d+)")
_Said = Mapping[str, set[Statement]]


@dataclass(frozen=True, slots=True)
class Change:
    """What changed of a term: statements of one kind that went (``old``), that came (``new``), or that took their
    place."""

    kind: str
    predicate: str
    language: str
    weight: str
    old: Expression | None
    new: Expression | None


@dataclass(frozen=True, slots=True)
class TermChange:
    """A term that came, went or changed. ``labels`` are those of the new version, else of the old, by language."""

    iri: str
    sort: str
    state: str
    weight: str
    labels: Mapping[str, str]
    replaced_by: tuple[str, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """All terms that differ, by IRI; ``labels`` has the names of all terms of both versions by IRI and language."""

    old: Version
    new: Version
    terms: tuple[TermChange, ...]
    labels: Mapping[str, Mapping[str, str]]

    @property
    def weight(self) -> str | None:
        """That of the heaviest change; None where nothing differs."""
        return max((term.weight for term in self.terms), key=WEIGHTS.index, default=None)

    @property
    def step(self) -> str | None:
        """Step of the version that it asks for: major, minor or patch."""
        return _STEPS[self.weight] if self.weight else None

    @property
    def asks_for(self) -> str | None:
        """The least version number that may be given to the new version; None without a difference or a number."""
        return asks_for(self.old.number, self.weight) if self.weight else None

    @property
    def is_enough(self) -> bool:
        """Whether the new version's number is as high as that; where one has no number, only if nothing differs."""
        return not self.weight or (self.asks_for is not None and is_enough(self.new.number, self.asks_for))

    @property
    def counts(self) -> dict[str, int]:
        """How many terms there are of each state, and of each weight."""
        return {
            **{state: sum(term.state == state for term in self.terms) for state in STATES},
            **{one: sum(term.weight == one for term in self.terms) for one in reversed(WEIGHTS)},
        }


def asks_for(number: str | None, heaviest: str) -> str | None:
    """The next version after ``number`` by Semantic Versioning 2.0.0.

    Before 1.0.0 it promises nothing, so there the steps are one place lower: a breaking change asks for a new minor
    version, all others for a new patch.
    """
    match = _NUMBER.fullmatch(number or "")
    if not match:
        return None
    major, minor, patch = map(int, match.groups())
    place = WEIGHTS[::-1].index(heaviest)
    if not major:
        return f"0.{minor + 1}.0" if place == 0 else f"0.{minor}.{patch + 1}"
    return (f"{major + 1}.0.0", f"{major}.{minor + 1}.0", f"{major}.{minor}.{patch + 1}")[place]


def is_enough(number: str | None, least: str) -> bool:
    """Whether a version number is as high as the least that is asked for; what is no number is not."""
    match, wanted = _NUMBER.fullmatch(number or ""), _NUMBER.fullmatch(least)
    return bool(match and wanted and tuple(map(int, match.groups())) >= tuple(map(int, wanted.groups())))


def compare(old: Version, new: Version) -> Difference:
    """What differs from ``old`` to ``new``, terms sorted by IRI."""
    before, after = statements(old.triples), statements(new.triples)
    was, now = _declared(before), _declared(after)
    labels = {name: _labels(before.get(name, ())) | _labels(after.get(name, ())) for name in sorted({*before, *after})}
    found = []
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            change = _term(name, before, after, was, now, labels)
            if change:
                found.append(change)
    return Difference(old, new, tuple(found), labels)


def _declared(said: _Said) -> set[str]:
    return {name for name, about in said.items() if any(one.predicate == "rdf:type" for one in about)}


def _labels(about: Iterable[Statement]) -> dict[str, str]:
    found = (one for one in sorted(about, key=Statement.key) if one.predicate in ("rdfs:label", "skos:prefLabel"))
    return {one.language: one.value[0].value for one in found if isinstance(one.value[0], Literal)}


def _term(
    name: str, before: _Said, after: _Said, was: set[str], now: set[str], labels: Mapping[str, Mapping[str, str]]
) -> TermChange | None:
    sort = _sort(after.get(name, set()) if name in now else before.get(name, set()))
    replaced = _replaced(name, before, after)
    gone, came = _apart(name, before, after, was, now)
    changes = tuple(_changes(gone, came))
    if name in was and name not in now:
        state, heavy = ("renamed" if len(replaced) == 1 else "removed"), "breaking"
    elif name in now and name not in was:
        state, heavy = "added", "compatible"
    elif not changes:
        return None
    else:
        state, heavy = _state(changes, replaced, was), max((one.weight for one in changes), key=WEIGHTS.index)
    if sort == "ontology":  # what a file imports or holds is compared term by term
        heavy = "editorial"
    return TermChange(name, sort, state, heavy, labels.get(name, {}), replaced, changes)


def _state(changes: Iterable[Change], replaced: tuple[str, ...], was: set[str]) -> str:
    """State of a term that both versions have."""
    kinds = {change.kind for change in changes}
    if any(change.predicate == "owl:deprecated" and change.new and not change.old for change in changes):
        return "renamed" if len(replaced) == 1 and replaced[0] not in was else "deprecated"
    return "moved" if kinds & {"broader", "scheme"} else "changed"


def _sort(about: set[Statement]) -> str:
    types = {compact(plain(one.value).strip("<>")) for one in about if one.predicate == "rdf:type"}
    for name, sort in _SORTS.items():
        if name in types:
            return sort
    return "code" if any(one.predicate == "skos:inScheme" for one in about) else "individual"


def _is_name(value: Expression) -> bool:
    return len(value) == 1 and isinstance(value[0], NamedNode)


def _replaced(name: str, before: _Said, after: _Said) -> tuple[str, ...]:
    """Terms that stand in for one: by its own word, or by theirs."""
    own = {
        part.value
        for said in (before, after)
        for one in said.get(name, ())
        if one.predicate == "dcterms:isReplacedBy"
        for part in one.value
        if isinstance(part, NamedNode)
    }
    theirs = {
        other
        for other, about in after.items()
        if any(one.predicate == "dcterms:replaces" and NamedNode(name) in one.value for one in about)
    }
    return tuple(sorted(own | theirs))


def _apart(
    name: str, before: _Said, after: _Said, was: set[str], now: set[str]
) -> tuple[set[Statement], set[Statement]]:
    """Statements that went and that came; of what says the same of two terms, only one time."""
    gone, came = before.get(name, set()) - after.get(name, set()), after.get(name, set()) - before.get(name, set())
    one_sided = was ^ now

    def told(said: Statement) -> bool:
        if said.kind not in SYMMETRIC or not _is_name(said.value):
            return True
        other = str(getattr(said.value[0], "value", ""))
        if (name in one_sided) != (other in one_sided):
            return name in one_sided
        return name < other or said.kind == "inverse"

    return {one for one in gone if told(one)}, {one for one in came if told(one)}


def _changes(gone: set[Statement], came: set[Statement]) -> Iterable[Change]:
    """Changes in the order of their kinds, one gone and one new of a paired kind as one change."""
    groups: dict[tuple[str, str, str], tuple[list[Statement], list[Statement]]] = defaultdict(lambda: ([], []))
    for index, side in enumerate((gone, came)):
        for one in sorted(side, key=Statement.key):
            groups[one.kind, one.predicate, one.language][index].append(one)
    order = sorted(groups, key=lambda key: (-max(_weights(key[0], groups[key])), key))
    for key in order:
        old, new = groups[key]
        if key[0] in PAIRED and len(old) == len(new) == 1:
            yield Change(*key, WEIGHTS[max(_weights(key[0], (old, new)))], old[0].value, new[0].value)
            continue
        yield from (Change(*key, weight(key[0], added=False), one.value, None) for one in old)
        yield from (Change(*key, weight(key[0], added=True), None, one.value) for one in new)


def _weights(kind: str, sides: tuple[list[Statement], list[Statement]]) -> list[int]:
    return [WEIGHTS.index(weight(kind, added=added)) for added, side in zip((False, True), sides, strict=True) if side]
