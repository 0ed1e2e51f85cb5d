"""Statements of an article that are no figures: what drives what, who does what, what grows and what falls.

>>> from datetime import date
>>> from cbec_kg.extract.document import Document
>>> from cbec_kg.extract.mentions import default_finder
>>> from cbec_kg.extract.scan import scan
>>> finder = default_finder()
>>> text = "In 2023, AliExpress launched the “Far Shores Plan”. Policy support boosted foreign trade."
>>> read = Relator(finder).read(scan(Document.of(text, "en"), finder), "a1", Clock(date(2024, 1, 5), None))
>>> [(row.TYPE, row.period, row.start, row.end) for row in read.rows]
[('relation', '2023', 9, 49), ('factor', None, 52, 88)]
>>> [(name.name, name.candidate) for name in read.names], read.rows[0].object[:6]
([('Far Shores Plan', 'Programme')], 'x-978c')
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, cached_property
from typing import TypeVar

from cbec_kg.extract.causes import Cause, cause_frames, causes
from cbec_kg.extract.masks import Thing, UnknownName
from cbec_kg.extract.mentions import Finder
from cbec_kg.extract.patterns import Anchors, Frame
from cbec_kg.extract.relations import Tie, tie_frames, ties
from cbec_kg.extract.sayings import sayings
from cbec_kg.extract.scan import Scanned
from cbec_kg.extract.scopes import scope_of
from cbec_kg.extract.senses import Senses
from cbec_kg.extract.timing import Clock, closed
from cbec_kg.extract.trends import Move, moves, trend_frames
from cbec_kg.extract.views import View
from cbec_kg.extract.voice import speaker
from cbec_kg.model.row_json import in_order
from cbec_kg.model.rows import FactorRow, RelationRow, Row, TrendRow
from cbec_kg.normalise.periods import Reading

R = TypeVar("R", bound=Row)
Dated = tuple[int, int, Reading]
"""Characters of a period that a sentence names, and what it reads as."""

__all__ = ["Relator", "Statements"]


@dataclass(frozen=True, slots=True)
class Statements:
    """Rows in their order, and the unknown names that they speak of, each once, in the order of the text."""

    rows: tuple[Row, ...]
    names: tuple[UnknownName, ...]


@cache
def _anchors() -> Anchors:
    """All frames in one automaton."""
    return Anchors((*cause_frames(), *tie_frames(), *trend_frames()))


class Relator:
    """Reads the statements of documents; holds nothing of one document when it reads the next."""

    def __init__(self, finder: Finder) -> None:
        self.lexicon = finder.lexicon
        self.senses = Senses(finder.lexicon)

    def read(self, sentences: list[Scanned], article: str, clock: Clock) -> Statements:
        """Statements of a scanned document; of the clock only what is known before the text is read is used."""
        if not sentences:
            return Statements((), ())
        hits = dict(_anchors().find(sentences[0].document))
        reading = _Reading(self, sentences, article, clock)
        for number, scanned in enumerate(sentences):
            readings = reading.periods(scanned)
            frames = hits.get(number, ())
            said = any("said" in item.cues for item in scanned.items)
            if scanned.sentence.pointer or not (frames or said) or not any(item.terms for item in scanned.items):
                continue
            view = reading.view(number)
            reading.add(
                view,
                readings,
                list(causes(view, _of(frames, "factor"))),
                [*ties(view, _of(frames, "relation")), *sayings(view, self.senses)],
                list(moves(view, _of(frames, "trend"))),
            )
        return reading.statements()


def _of(frames: Iterable[Frame], family: str) -> list[Frame]:
    return [frame for frame in frames if frame.family == family]


class _Reading:
    """One document being read."""

    def __init__(self, relator: Relator, sentences: list[Scanned], article: str, clock: Clock) -> None:
        self.relator, self.sentences, self.article = relator, sentences, article
        self.clock = Clock(clock.published, clock.year_in_article)
        self.rows: dict[tuple[object, ...], list[Row]] = {}
        self.names: dict[str, UnknownName] = {}
        self.views: dict[int, View] = {}
        self.home = self._home()

    def view(self, number: int) -> View:
        """View of a sentence, with that of the one before."""
        if number not in self.views:
            lexicon = self.relator.lexicon
            before = View(self.sentences[number - 1], lexicon) if number else None
            self.views = {number: View(self.sentences[number], lexicon, before, self.topic)}
        return self.views[number]

    @cached_property
    def topic(self) -> Thing | None:
        """The concept that the article opens with, in its title or its first sentence."""
        for scanned in self.sentences[:2]:
            view = View(scanned, self.relator.lexicon)
            for thing in view.masked.things.values():
                if thing.kind == "C":
                    return thing
        return None

    def _home(self) -> str:
        """Whose trade an article speaks of unless it says otherwise: the place in China that its title opens with."""
        first = self.sentences[0]
        for item in first.items if first.sentence.heading else ():
            sense = self.relator.senses.of(item.terms, item.cues, first.between(item.start, item.end))
            if sense.place:
                return sense.place if sense.local and item.start - first.sentence.start < 12 else "china"
        return "china"

    def periods(self, scanned: Scanned) -> list[Dated]:
        """Periods that a sentence names, with their characters; the clock goes on."""
        if self.clock.published:
            self.clock.carried_year = None
        out: list[Dated] = []
        for item in scanned.items:
            if item.period:
                reading = self.clock.read(item.period, scanned.between(item.start, item.end))
                out.append((item.start, item.end, reading))
                self.clock.note(item.period, reading, ahead=scanned.ahead)
        return out

    # ---- rows

    def add(self, view: View, readings: list[Dated], found: list[Cause], tied: list[Tie], moved: list[Move]) -> None:
        """Rows of what a sentence states."""
        voice = speaker(view.scanned, self.relator.senses) if found or moved else None
        for cause in found:
            start, end = view.masked.span(cause.start, cause.end)
            row = FactorRow(
                article=self.article, start=start, end=end, status=cause.status, reported_by=voice,
                factor=cause.factor.code, outcome=cause.outcome.code, polarity=cause.polarity,
                enumeration=f"list-{start}" if cause.place else None, list_position=cause.place or None,
            )  # fmt: skip
            told = self._told(row, view, readings, cause)
            self._keep((row.TYPE, row.factor, row.outcome, row.polarity), told)
        for tie in tied:
            start, end = view.masked.span(tie.start, tie.end)
            for thing in (tie.subject, tie.object):
                if thing.unknown:
                    self.names.setdefault(thing.code, thing.unknown)
            relation = RelationRow(
                article=self.article, start=start, end=end, status=tie.status,
                subject=tie.subject.code, predicate=tie.predicate, object=tie.object.code,
                enumeration=f"list-{start}" if tie.place else None, list_position=tie.place or None,
            )  # fmt: skip
            key = (relation.TYPE, relation.subject, relation.predicate, relation.object)
            self._keep(key, self._told(relation, view, readings, tie))
        for move in moved:
            start, end = view.masked.span(move.start, move.end)
            trend = TrendRow(
                article=self.article, start=start, end=end, status=move.status, reported_by=voice,
                phenomenon=move.phenomenon, direction=move.direction,
            )  # fmt: skip
            trend = self._of_series(self._told(trend, view, readings, move), move, voice)
            self._keep(
                (trend.TYPE, trend.phenomenon, trend.indicator, trend.flow, trend.entity, trend.direction), trend
            )

    def _told(self, row: R, view: View, readings: list[Dated], found: Cause | Tie | Move) -> R:
        """A row with its period, its rule and how sure that rule is."""
        still = isinstance(row, RelationRow) and row.predicate in _STILL
        reading = Reading(None) if still else _period(view, readings, row.start, row.end)
        if row.status in _HAPPENED and self._ahead(reading):
            reading = Reading(None)
        return replace(
            row, period=reading.code, year_offset=reading.year_offset or None, rule=found.rule,
            confidence=Decimal(str(round(found.confidence, 2))),
        )  # fmt: skip

    def _ahead(self, reading: Reading) -> bool:
        """Whether a period begins after the article was published: its year was read amiss."""
        period, published = closed(reading.code), self.clock.published
        return bool(period and period.start and published and period.start > published)

    def _of_series(self, row: TrendRow, move: Move, voice: str | None) -> TrendRow:
        """A trend with its series, where it is of one."""
        if move.indicator is None:
            return row
        entity = move.entity or self.home
        scope, basis = scope_of(
            self.relator.lexicon, move.indicator, entity, closed(row.period), voice, retail=move.retail
        )
        return replace(
            row, indicator=move.indicator, entity=entity, partner=move.partner, sector=move.sector, flow=move.flow,
            scope=scope or "none", scope_basis=basis,
        )  # fmt: skip

    def _keep(self, key: tuple[object, ...], row: Row) -> None:
        """Keep a row, unless a surer or a shorter one of its sentence says the same."""
        held = self.rows.setdefault((*key, row.period), [])
        if held and held[-1].start < row.end and row.start < held[-1].end:
            rank = (row.confidence or 0, row.start - row.end)
            if (held[-1].confidence or 0, held[-1].start - held[-1].end) < rank:
                held[-1] = row
        else:
            held.append(row)

    def statements(self) -> Statements:
        """All rows in their order, and the names that they use."""
        rows = in_order(row for held in self.rows.values() for row in held)
        return Statements(tuple(rows), tuple(sorted(self.names.values())))


_STILL = frozenset({"partOf", "locatedIn", "headquarteredIn", "states"})
"""Predicates whose sentences name the period of something else."""
_HAPPENED = frozenset({"actual", "reported", None})
"""Statuses of what cannot be later than the article."""


def _period(view: View, readings: list[Dated], start: int, end: int) -> Reading:
    """Period of a statement: one within it, else the last before it in the sentence, else one right behind it."""
    usable = [one for one in readings if _told_in_rows(one[2].code) and not _of_paper(view, one[0])]
    within = [one for one in usable if start <= one[0] < end]
    before = [one for one in usable if one[1] <= start]
    behind = [one for one in usable if end <= one[0] <= end + 12 and not _cut(view, end, one[0])]
    for group in (behind, within, before[-1:]):
        if group:
            return group[0][2]
    return Reading(None)


def _told_in_rows(code: str | None) -> bool:
    """Whether rows have a code for a period: a closed one, or an open one that is no range."""
    return closed(code) is not None or (code is not None and "/" not in code)


def _of_paper(view: View, at: int) -> bool:
    """Whether the period at an offset is the day of a document: "a guideline dated July 9"."""
    return view.scanned.between(view.scanned.sentence.start, at).endswith("dated ")


def _cut(view: View, start: int, end: int) -> bool:
    """Whether a clause ends between two offsets."""
    return any(start <= cut < end for cut in view.scanned.cuts)
