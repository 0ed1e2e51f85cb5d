"""Statistical facts of an article: each figure with what it measures, of whom, when, and who says so.

>>> from cbec_kg.extract.mentions import default_finder
>>> text = "China's cross-border e-commerce exports rose 11.7% to 1.55 trillion yuan in 2022."
>>> rows = Observer(default_finder()).read(Document.of(text, "en"), "a1", None).rows
>>> [(row.indicator, row.entity, row.flow, row.period, row.kind, str(row.value)) for row in rows]
[('cbec-trade-value', 'china', 'export', '2022', 'growth', '11.7'), \
('cbec-trade-value', 'china', 'export', '2022', 'level', '1550000000000')]
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from cbec_kg.extract.document import Document
from cbec_kg.extract.entities import Whose
from cbec_kg.extract.facts import observation
from cbec_kg.extract.frame import Frame
from cbec_kg.extract.inherit import carries, from_before, from_start, inherits, is_private, year_before
from cbec_kg.extract.kinds import Measure, measure
from cbec_kg.extract.measured import Fact, Measured
from cbec_kg.extract.mentions import Finder
from cbec_kg.extract.numbers import why_no_fact
from cbec_kg.extract.partial import Part, Partial, Read, is_trade
from cbec_kg.extract.scan import Item, Scanned, scan
from cbec_kg.extract.senses import Sense, Senses
from cbec_kg.extract.subjects import groups, pairs
from cbec_kg.extract.timing import Clock, Timed, article_year, choose, closed, is_base, is_told, owners
from cbec_kg.extract.topics import Topics
from cbec_kg.extract.unknown import with_unknown_places
from cbec_kg.extract.voice import continues, speaker, speaker_at
from cbec_kg.model.rows import ObservationRow
from cbec_kg.normalise.periods import Reading
from cbec_kg.normalise.periods import find as find_periods
from cbec_kg.ontology.lexicon import Entry

__all__ = ["Observed", "Observer"]


@dataclass(slots=True)
class Observed:
    """Rows of an article, and for the ledger: parts of claims, figures that are none with the reason, dates used.

    ``aside`` holds the reason for a row that no claim can be made of, by its characters.
    """

    clock: Clock
    rows: list[ObservationRow] = field(default_factory=list)
    parts: list[tuple[int, int]] = field(default_factory=list)
    none: list[tuple[int, int, str]] = field(default_factory=list)
    unread: list[tuple[int, int, str]] = field(default_factory=list)
    aside: dict[tuple[int, int], str] = field(default_factory=dict)
    sentences: list[Scanned] = field(default_factory=list)
    dated: set[int] = field(default_factory=set)
    unknown: dict[str, Entry] = field(default_factory=dict)


class Observer:
    """Reads the figures of documents; holds nothing of one document when it reads the next."""

    def __init__(self, finder: Finder) -> None:
        self.finder = finder
        self.senses = Senses(finder.lexicon)

    def read(
        self, document: Document, article: str, published: date | None, *, title: str = "", hint: str | None = None
    ) -> Observed:
        """Observations of a document in the order of the text."""
        sentences, self.senses.unknown = with_unknown_places(scan(document, self.finder), self.finder.lexicon)
        published = published or _dated(sentences)
        clock = Clock(published, None if published else article_year(title, document.text, hint))
        out = Observed(clock, sentences=sentences, unknown=dict(self.senses.unknown))
        _Reading(Whose(self.senses, document, article), out).run()
        return out


def _dated(sentences: list[Scanned]) -> date | None:
    """Day of publication as the head of a text gives it: "Updated 10:16, 16-Jan-2021", "BEIJING, May 5, 2024 --"."""
    for scanned in sentences[:4]:
        sentence, text = scanned.sentence, scanned.document.text
        named = [item.period for item in scanned.items if item.period]
        if not sentence.heading:
            named = list(find_periods(text[sentence.start : sentence.body]))
        for one in named:
            if one.kind == "day" and one.first.anchor == "calendar" and not one.last:
                period = closed(one.code)
                return period.start if period else None
        if not sentence.heading:
            return None
    return None


_WHOLE_RIGHT = re.compile(r"\s*(?:share |stake |slice )?(?:of|in)\s")
_COMPARED_NEXT = re.compile(r"\s(?:on|at|with)\s|\s?[(（]")
_GOES_ON = re.compile(r"\s*(?:he|she|it|this|that|these|of|within|its|their)\b")
_SAME_GOODS = re.compile(r"\s*(?:their|its|these)\s")
_AMONG = re.compile(r"\s(?:place\s|spot\s)?(?:among|of all)\s(?:[a-z]+\s){0,2}")
_AMONG_ZH = re.compile(r"(?:中|里|之中)?(?:排名|排行|名列|位列|位居|居|前[一二三四五六七八九十\d]+[名位强])")
_ITS = re.compile(r"(?:\bits|\btheir|\bwhose|'s)\s$")
_WHOLE_ZH = ("占", "占到", "占据", "占全国")


class _Sentence:
    """What is kept while one sentence is read: figures, and mentions that are passed over."""

    def __init__(self, scanned: Scanned) -> None:
        self.scanned = scanned
        self.facts: list[Fact] = []
        self.skip_to = -1
        self.skipped: list[Sense] = []
        self.taken: set[int] = set()

    def skip(self, to: int) -> None:
        """Pass over mentions up to an offset: a whole, or what is only compared with."""
        self.skip_to = to

    def pass_over(self, sense: Sense, start: int) -> None:
        """Remember a mention of a whole for the figure that it belongs to."""
        self.skipped.append(sense)
        if self.facts and self.facts[-1].item.end <= start:
            last = self.facts[-1]
            self.facts[-1] = replace(last, whole=(*last.whole, sense))

    def next_amount(self, at: int) -> int:
        """Start of the next figure, or the sentence's end."""
        return next((one.start for one in self.scanned.items[at + 1 :] if one.amount), self.scanned.sentence.end)


class _Reading:
    """One document being read."""

    def __init__(self, whose: Whose, out: Observed) -> None:
        self.whose, self.out, self.clock = whose, out, out.clock
        self.topics, self.measured, self.partial = Topics(whose), Measured(whose), Partial(whose)
        self.frame = Frame()
        self.places: set[str] = set()
        self.pending: str | None = None
        self.known: dict[tuple[Decimal, str | None], Frame] = {}
        self.speaker: str | None = None
        self.timed: Timed | None = None
        self.head_timed: Timed | None = None
        self.main: Timed | None = None

    def run(self) -> None:
        """Read every sentence."""
        paragraph = -1
        self.whose.find_default(self.out.sentences)
        for scanned in self.out.sentences:
            if scanned.sentence.paragraph != paragraph:
                paragraph = scanned.sentence.paragraph
                self.speaker, self.places = None, set()
                self.frame = replace(self.frame.next(), entity=self.whose.default, flow=None)
                self.timed = self.main or self.head_timed or self.timed
            self._sentence(scanned)
        self._date_headings()

    def _date_headings(self) -> None:
        """A figure of the title that the text gives again is of the same period there."""
        rows = self.out.rows
        body = {(row.value, row.unit, row.kind): row for row in reversed(rows) if row.period is not None}
        for at, row in enumerate(rows):
            again = body.get((row.value, row.unit, row.kind))
            title = row.end <= self.out.sentences[0].sentence.end and self.out.sentences[0].sentence.heading
            if title and row.period is None and again is not None:
                rows[at] = replace(row, period=again.period, year_offset=again.year_offset, scope=again.scope)

    def _sentence(self, scanned: Scanned) -> None:
        readings = self._periods(scanned)
        said = speaker(scanned, self.whose.senses, self.speaker)
        folded, body = scanned.document.folded, scanned.sentence.body
        goes_on = any("ofwhich" in item.cues for item in scanned.items) or bool(_GOES_ON.match(folded, body))
        voice = said or (self.speaker if continues(scanned) else None)
        frame = self._opening(scanned, goes_on=goes_on)
        state = _Sentence(scanned)
        for at, item in enumerate(scanned.items):
            if item.mention:
                self._mention(frame, state, at, item)
            elif item.amount:
                self._amount(frame, state, at, item)
        if state.facts:
            if frame.own_entity and frame.entity not in (None, self.whose.default):
                self.places.add(str(frame.entity))
            self._emit(state, readings, voice)
            self.frame = frame
            if not self.whose.zh and frame.first_entity:
                frame.entity = frame.first_entity
                self.whose.remember(frame.first_entity)
        else:
            self._carry(frame)
        self.speaker = voice
        if scanned.sentence.heading and not scanned.sentence.pointer:
            self._head(scanned, readings)

    def _periods(self, scanned: Scanned) -> dict[int, Reading]:
        """Readings of the sentence's periods by item index; the clock remembers those that date it."""
        if self.clock.published:
            self.clock.carried_year = None
        readings: dict[int, Reading] = {}
        for at, item in enumerate(scanned.items):
            if item.period:
                readings[at] = self.clock.read(item.period, scanned.between(item.start, item.end))
                if not is_base(scanned, at) and not is_told(scanned, at) and not owners(scanned, at):
                    self.clock.note(item.period, readings[at], ahead=scanned.ahead)
        return readings

    def _opening(self, scanned: Scanned, *, goes_on: bool) -> Frame:
        """Frame that a sentence begins with."""
        frame = self.frame.next()
        if self.whose.zh:
            if len(self.places) > 1:  # examples of several places: what names none is of the whole
                frame.entity = self.whose.default
        else:
            if not _SAME_GOODS.match(scanned.document.folded, scanned.sentence.body):
                frame.sectors = ()
            if self.pending and goes_on:
                frame.entity = self.pending
        self.pending, self.topics.of_sentence = None, None
        self.whose.again(frame, scanned)
        return frame

    def _mention(self, frame: Frame, state: _Sentence, at: int, item: Item) -> None:
        scanned = state.scanned
        if item.start in state.taken:
            return
        if self._ranked_among(scanned, at):
            return
        if item.start < state.skip_to:
            state.pass_over(self.whose.sense(scanned, item), item.start)
        elif self._opens_whole(scanned, item) and item.end < state.next_amount(at):
            state.skip(state.next_amount(at))
        elif "than" in item.cues and not self._compared_next(scanned, at):
            state.skip(min(state.next_amount(at), scanned.clause_span(item.start)[1]))
        else:
            self.topics.update(frame, scanned, at)

    def _ranked_among(self, scanned: Scanned, at: int) -> bool:
        """Whether a mention only says among what somebody ranks: "third among Chinese cities", 居城市前三名."""
        item = scanned.items[at]
        if self.whose.zh:
            among = _AMONG_ZH.match(scanned.document.folded, item.end, scanned.sentence.end)
            return bool(among and self.whose.sense(scanned, item).indicators)
        previous = next((one for one in reversed(scanned.items[:at]) if one.amount), None)
        if previous is None or previous.amount is None or previous.amount.unit != "rank":
            return False
        among = _AMONG.fullmatch(scanned.between(previous.end, item.start))
        return bool(among and self.whose.sense(scanned, item).indicators)

    def _opens_whole(self, scanned: Scanned, item: Item) -> bool:
        """占出口总值的, "its share in exports rose to": what stands before the figure is the whole."""
        if "share" not in item.cues:
            return False
        if self.whose.zh:
            return scanned.between(item.start, item.end) in _WHOLE_ZH
        before = scanned.between(max(scanned.sentence.body, item.start - 8), item.start)
        return bool(_ITS.search(before) and _WHOLE_RIGHT.match(scanned.document.folded, item.end, scanned.sentence.end))

    def _compared_next(self, scanned: Scanned, at: int) -> bool:
        """Whether the figure that follows is of what is compared: "ahead of Kaola on 18.6%", "outrun cities (3.6%)"."""
        items = scanned.items
        follows = next((one for one in range(at + 1, len(items)) if items[one].amount), None)
        if follows is None or follows == at + 1:
            return False
        return bool(_COMPARED_NEXT.fullmatch(scanned.between(items[follows - 1].end, items[follows].start)))

    def _amount(self, frame: Frame, state: _Sentence, at: int, item: Item) -> None:
        scanned = state.scanned
        done = [fact.measure for fact in state.facts]
        if reason := why_no_fact(scanned, at, done):
            (self.out.none if reason[0] == "no" else self.out.unread).append((item.start, item.end, reason[1]))
            return
        one = measure(scanned, at, done)
        if one.kind == "level" and frame.fresh and (counted := self.measured.noun(scanned, at)):
            state.taken.add(counted[0].start)
        frame.first_entity = frame.first_entity or frame.entity
        held = self.whose.behind(scanned, at, frame, state.taken)
        state.facts.append(Fact(one, held, item, at, tuple(state.skipped)))
        state.skipped = []
        if one.kind == "share" and not self.whose.zh:
            if _WHOLE_RIGHT.match(scanned.document.folded, item.end, scanned.sentence.end):
                state.skip(min(state.next_amount(at), scanned.clause_span(item.end)[1]))

    def _carry(self, frame: Frame) -> None:
        """What a sentence without figures leaves behind: its topic, and whom it opens with."""
        keep = replace(self.frame)
        if frame.fresh and (frame.topic or frame.indicators):
            keep.topic, keep.indicators = self.topics.of_sentence or frame.topic, frame.indicators
            keep.flow, keep.sectors = None, ()
        if self.whose.zh and frame.own_entity and frame.entity:
            keep.entity = frame.entity
        self.frame, self.pending = keep, frame.first_entity

    def _head(self, scanned: Scanned, readings: dict[int, Reading]) -> None:
        """A heading dates what stands under it; a section without a period goes back to the heading above."""
        for at, reading in readings.items():
            period = scanned.items[at].period
            if reading.code and period and period.kind not in ("now", "day", "week"):
                self.head_timed = Timed(*reading, item=scanned.items[at])
        if scanned.sentence.start > 0:  # a section of its own
            self.timed = self.main = self.head_timed

    def _emit(self, state: _Sentence, readings: dict[int, Reading], voice: str | None) -> None:
        """Rows of a sentence's figures."""
        scanned = state.scanned
        frames = {fact.at: fact.frame for fact in state.facts}
        paired = pairs(scanned, groups(scanned, list(frames)), self.measured.listed(scanned), frames, self.whose)
        before, last, code = self.timed, None, None
        share: Fact | None = None
        read: list[Read] = []
        part: Part | None = None
        for fact in state.facts:
            fact = replace(fact, frame=paired.get(fact.at, fact.frame))
            if share is not None and not fact.whole and fact.measure.kind in ("share", "change"):
                fact = replace(fact, whole=share.whole)  # 占比由1%提升至5%，提升4个百分点
            share = fact if fact.measure.kind == "share" else None
            fact = self._known(replace(fact, measure=self._in_yuan(fact.measure, fact.frame)))
            indicated = self.measured.indicated(scanned, fact, code)
            timed = self._time(scanned, fact, readings, before, last)
            part = self._part(scanned, fact, indicated.code, read, part, paired=fact.at in paired)
            if part:
                fact = part.taken(fact)
            row = observation(
                scanned, fact, indicated, timed, article=self.whose.article, default=self.whose.default,
                voice=speaker_at(scanned, self.whose.senses, fact.item.start, voice), clock=self.clock,
                lexicon=self.whose.senses.lexicon,
            )  # fmt: skip
            if part and part.reason:
                row = replace(row, indicator=None, sector=None, flow=None, scope=None, scope_basis=None)
                self.out.aside[row.start, row.end] = part.reason
            self.out.rows.append(row)
            read.append(Read(fact, indicated.code))
            self.out.parts += [(other.start, other.end) for other in row.restated]
            if timed.item is not None:
                self.out.dated.add(id(timed.item))
                last = last if is_private(scanned, timed) else timed
            code = indicated.code or code
        if last is not None and carries(last):
            self.timed = last
            if self.main is None and not scanned.sentence.heading and self.clock.is_news(last.code):
                self.main = last
                self.clock.main = last.code

    def _part(
        self, scanned: Scanned, fact: Fact, code: str | None, read: list[Read], last: Part | None, *, paired: bool
    ) -> Part | None:
        """Part of trade that a figure is of; ``last`` is that of the figure before it, which may be its own too."""
        if part := self.partial.of(scanned, fact, code, read, paired=paired):
            return part
        goes_on = last is not None and is_trade(code) and self.partial.goes_on(scanned, read[-1].fact, fact)
        return last if goes_on else None

    def _known(self, fact: Fact) -> Fact:
        """Money that the article gives again without saying what it is, is what it was."""
        amount, frame = fact.measure.amount, fact.frame
        if fact.measure.kind != "level" or not amount.is_money:
            return fact
        key = (amount.value, amount.unit)
        if not frame.fresh and not frame.own_entity and key in self.known:
            return replace(fact, frame=self.known[key])
        if frame.fresh:
            self.known.setdefault(key, frame)
        return fact

    def _in_yuan(self, one: Measure, frame: Frame) -> Measure:
        """300亿 of trade, no unit said: Chinese leaves the yuan out."""
        if not self.whose.zh or one.amount.unit is not None or one.amount.power < 8:
            return one
        if frame.indicators and self.measured.dimension_of(frame.indicators[0]) != "money":
            return one
        return one._replace(amount=replace(one.amount, unit="CNY")) if frame.topic or frame.flow else one

    def _time(
        self, scanned: Scanned, fact: Fact, readings: dict[int, Reading], before: Timed | None, last: Timed | None
    ) -> Timed:
        """Period of a figure; ``before`` is that of the text before, ``last`` that of the sentence's figure before."""
        one, at = fact.measure, fact.at
        if one.kind == "level" and (start := from_start(scanned, at, readings)):
            return start
        inherited = (last or before) if inherits(scanned, at, one, first=last is None) else None
        timed = choose(scanned, at, one, readings, inherited, self.whose.zh)
        if one.kind == "level" and from_before(scanned, at):
            return year_before(timed)
        return timed
