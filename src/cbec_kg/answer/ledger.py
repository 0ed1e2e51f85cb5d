"""Claims with all that says them, as plain data: what an answer reads, cites and lets be checked.

>>> slots = Slots("i", "china", "all", "all", "none", "none")
>>> told = Evidence("a1_1-4_0123", Source("a1", published="2021-01-16"), 1, 4, "2.1")
>>> claim = Claim(digest="0123", point=Point(slots, "2020"), stating=Stating("level", "CNY"), status="reported",
...               qualifier="exact", value=Decimal("2.1"), lower=Decimal("2.05"), upper=Decimal("2.15"),
...               evidence=(told,))
>>> ledger = Ledger([claim])
>>> [figure.vintage for figure in ledger.book.figures.values()], len(ledger.known_on("2020-12-31").claims)
(['2021-01-16'], 0)
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from cbec_kg.model.slots import Slots
from cbec_kg.reconcile.book import Book
from cbec_kg.reconcile.figure import Amount, Figure, Point, Stating, plainly
from cbec_kg.reconcile.interval import Interval

__all__ = ["Claim", "Evidence", "Ledger", "Restatement", "Slots", "Source"]


@dataclass(frozen=True, slots=True)
class Source:
    """An article as the graph knows it; ``length`` in code points, ``published`` as YYYY-MM-DD, None where unknown."""

    id: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    sha256: str | None = None
    length: int | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Restatement:
    """The amount again in another currency, with its own characters."""

    amount: Amount
    start: int
    end: int
    written: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Who says a claim and where: ``name`` is the evidence's local name, ``speaker`` a code, ``review`` how sure.

    ``review`` is machine-read, reviewed or corrected; ``start`` and ``end`` count code points, ``end`` exclusive.
    """

    name: str
    source: Source
    start: int
    end: int
    written: str | None = None
    speaker: str | None = None
    government: bool = False
    released_on: str | None = None
    scope_basis: str | None = None
    review: str = "machine-read"
    position: int | None = None
    enumeration: str | None = None
    restated: tuple[Restatement, ...] = ()

    @property
    def day(self) -> str | None:
        """The day on which it was said: of release where one is named, else of publication."""
        return (self.released_on or self.source.published or "")[:10] or None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One statistical claim; ``value`` is None of a record. ``evidence`` is in the order of articles and characters."""

    digest: str
    point: Point
    stating: Stating
    status: str
    qualifier: str
    value: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    record: str | None = None
    record_since: str | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def figure(self) -> Figure | None:
        """The claim as arithmetic sees it; None of a record, and of what nobody says."""
        if self.value is None or not self.evidence:
            return None
        day, source = min((one.day or "9999", one.source.id) for one in self.evidence)
        return Figure(
            digest=self.digest,
            point=self.point,
            stating=plainly(self.stating, self.point),
            status=self.status,
            qualifier=self.qualifier,
            value=self.value,
            lower=self.lower,
            upper=self.upper,
            vintage=None if day == "9999" else day,
            source=source,
            speakers=frozenset(one.speaker for one in self.evidence if one.speaker),
            government=any(one.government for one in self.evidence),
            scope_stated=any(one.scope_basis == "stated" for one in self.evidence),
            reviewed=any(one.review != "machine-read" for one in self.evidence),
            restated=frozenset(again.amount for one in self.evidence for again in one.restated),
        )

    def rate(self, again: Restatement) -> tuple[Decimal, Interval] | None:
        """Units of the claim for one of a restated amount, as the article's two figures imply; None where they do not.

        Both values are rounded, so the rate is what any values within their bounds give.
        """
        mine, other = Interval(self.lower, self.upper), again.amount.interval
        if self.value is None or not again.amount.value or not (mine.is_bounded and other.is_bounded):
            return None
        exact = (Interval.exactly(self.value) / Interval.exactly(again.amount.value)).tidy()
        return (exact.middle or self.value).normalize(), (mine / other).tidy()

    @property
    def review(self) -> str:
        """How sure the reading is: that of the evidence which a person has looked at most closely."""
        states = {one.review for one in self.evidence}
        return next((state for state in ("corrected", "reviewed") if state in states), "machine-read")


class Ledger:
    """Claims by digest, sorted, and labels by the local name of what bears them, then by language."""

    def __init__(self, claims: Iterable[Claim] = (), labels: Mapping[str, Mapping[str, str]] | None = None) -> None:
        self.claims = {claim.digest: claim for claim in sorted(claims, key=lambda one: one.digest)}
        self.labels = labels or {}

    @cached_property
    def book(self) -> Book:
        """The claims that have a value, as arithmetic looks them up."""
        figures = [figure for claim in self.claims.values() if (figure := claim.figure)]
        stated: dict[tuple[Point, str], set[str]] = defaultdict(set)
        for figure in figures:
            if figure.stating.measure == "growth":
                for one in self.claims[figure.digest].evidence:
                    stated[figure.point, one.source.id].add(figure.digest)
        return Book(replace(one, growths=frozenset(stated[one.point, one.source] - {one.digest})) for one in figures)

    def known_on(self, day: str, *, undated: bool = False) -> "Ledger":
        """What evidence dated on or before a day gives; without a date it is left out, or kept where ``undated``."""
        kept = []
        for claim in self.claims.values():
            known = tuple(one for one in claim.evidence if (undated if one.day is None else one.day <= day))
            if known:
                kept.append(replace(claim, evidence=known))
        return Ledger(kept, self.labels)

    def labelled(self, labels: Mapping[str, Mapping[str, str]]) -> "Ledger":
        """The same with further labels."""
        return Ledger(self.claims.values(), {**labels, **self.labels})

    def without(self, digests: Collection[str]) -> "Ledger":
        """The same without some claims."""
        kept = (claim for digest, claim in self.claims.items() if digest not in digests)
        return Ledger(kept, self.labels)

    def undated(self, digests: Iterable[str]) -> int:
        """How many evidences of these claims have no date."""
        claims = (self.claims[digest] for digest in set(digests) if digest in self.claims)
        return sum(one.day is None for claim in claims for one in claim.evidence)
