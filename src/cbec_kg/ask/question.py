"""A question in plain words, English or Chinese, read by the extraction grammar: every word of it is accounted for.

>>> from datetime import date
>>> done = read_question("CBEC exports in 2022?", date(2023, 6, 15))
>>> done.question.flow, done.question.period, done.assumed
('export', '2022', ('entity', 'scope', 'measure'))
>>> read_question("CBEC exports to Atlantis in 2022", date(2023, 6, 15)).words
('Atlantis',)
"""

import re
import unicodedata
from dataclasses import fields
from datetime import date, timedelta

from cbec_kg.answer.question import Question
from cbec_kg.ask.company import misplaced, unasked
from cbec_kg.ask.dates import Dates
from cbec_kg.ask.limits import narrowed, one_sided, unit_at_fault
from cbec_kg.ask.measures import Asked, measured
from cbec_kg.ask.named import TRADED, Names, Place, Thing
from cbec_kg.ask.phrases import Phrase, starts_of_own
from cbec_kg.ask.reading import Part, Reading, Refusal
from cbec_kg.extract.mentions import Finder, default_finder
from cbec_kg.extract.senses import TRADE
from cbec_kg.model.period import parse

__all__ = ["LONGEST", "read_question"]

LONGEST = 500
"""So many code points a question has at most."""

_HAN = re.compile("[\u3400-\u9fff]")
_NAME = re.compile(r"[A-Z][\w&.-]*(?: [A-Z][\w&.-]*){0,3}")
_FIELDS = (*(field.name for field in fields(Question)), "status")
_EITHER = re.compile(r"(?!negative)(?:\w+ )?growth.*|.*增速|.*增长率|.*增幅")
_EARLY = ("cause", "opinion", "list", "comparison", "change", "unsupported")
_TO_DATE = ("so far", "to date", "截至目前", "截至今天", "迄今")
_YEAR = timedelta(days=366)


class _Unread(Exception):
    """A reason why a question is not read, with the words at fault."""

    def __init__(self, reason: str, *words: str) -> None:
        super().__init__(reason)
        self.reason, self.words = reason, words


def read_question(text: str, today: date, finder: Finder | None = None) -> Reading | Refusal:
    """How a text is read as a question, or why it is not; ``today`` is the day that "last year" is counted from."""
    lang = "zh" if _HAN.search(text) else "en"
    if not text.strip():
        return Refusal("empty", text, lang)
    if len(text) > LONGEST:
        return Refusal("too-long", text, lang, words=(str(len(text)),))
    if control := sorted({char for char in text if unicodedata.category(char) in _UNSEEN and char not in "\n\r\t"}):
        return Refusal("control-characters", text, lang, words=tuple(f"U+{ord(char):04X}" for char in control))
    return _Asking(Names.of(text, lang, finder or default_finder()), today).read()


_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Cn")


class _Asking:
    """The reading of one question."""

    def __init__(self, named: Names, today: date) -> None:
        self.named, self.today = named, today
        self.parts: dict[str, Part] = {}

    def read(self) -> Reading | Refusal:
        named = self.named
        try:
            question = self._question()
        except _Unread as why:
            return Refusal(why.reason, named.text, named.lang, self._said(), why.words)
        assumed = tuple(part for part in self._open(question) if part not in self.parts)
        return Reading(question, named.text, named.lang, self._said(), assumed, self._direction(question))

    def _direction(self, question: Question) -> str | None:
        """Whether a rise or a fall is asked for; "growth" and 增速 ask for either."""
        if question.measure != "growth":
            return None
        cues, text = self.named.cues, self.named.folded
        said = {
            way
            for way in ("rise", "fall")
            for one in cues.get(way, ())
            if not _EITHER.fullmatch(text[one.start : one.end])
        }
        return said.pop() if len(said) == 1 else None

    def _said(self) -> tuple[Part, ...]:
        return tuple(self.parts[name] for name in _FIELDS if name in self.parts)

    def _open(self, question: Question) -> list[str]:
        """Parts that stand at their default, or are left to the answer, where nothing says them."""
        entry = self.named.senses.entry(question.indicator)
        flow = ["flow"] if question.indicator in TRADED else []
        scope = ["scope"] if entry and len(entry.scopes) > 1 else []
        return ["entity", "period", *flow, *scope, "measure"]

    def _question(self) -> Question:
        named = self.named
        for reason in _EARLY:
            if found := named.asked("refused", reason):
                raise _Unread(reason, *(named.text[one.start : one.end] for one in found))
        if beyond := named.cues.get("beyond"):
            raise _Unread("unsupported", *(named.text[one.start : one.end] for one in beyond))
        asked = measured(named)
        if once := self._twice():
            raise _Unread("several", *(named.text[start:end] for start, end in once))
        for thing in (asked.thing, asked.against):
            if thing is not None and (thing is asked.thing or not asked.reason):
                name = "indicator" if thing is asked.thing else "against"
                self._put(name, thing.code, thing.start, thing.end)
        if asked.reason:
            raise _Unread(asked.reason, *asked.words)
        thing = asked.thing
        assert thing is not None
        if thing.code == "exchange-rate":
            raise _Unread("exchange-rate", named.text[thing.start : thing.end])
        if tight := next((one for one in named.things if narrowed(named, one)), None):
            raise _Unread("unsupported", named.text[tight.start : tight.end])
        self._status()
        if asked.at is not None:
            self._put("measure", asked.measure, *asked.at)
        dates = Dates.of(named, self.today)
        if dates.refused:
            raise _Unread(dates.refused[0], *dates.refused[1])
        if asked.measure != "gap" and not dates.base and (than := named.cues.get("than")):
            raise _Unread("comparison", *(named.text[one.start : one.end] for one in than))
        for part in (dates.period, dates.as_of):
            if part is not None:
                self.parts[part.part] = part
        self._timed(dates, asked)
        self._retail(thing)
        self._slots(thing)
        self._whose(thing)
        self._account(thing, asked)
        if fault := unit_at_fault(named, thing.code, asked.measure):
            raise _Unread(fault[0], *fault[1])
        return self._made(asked)

    def _timed(self, dates: Dates, asked: Asked) -> None:
        """Refuse a period that is open on one side, or too long for its growth."""
        named, period = self.named, dates.period
        now = [(one.start, one.end) for one in named.cues.get("now", ())]
        now += [(one.start, one.end) for one in named.periods if one.kind == "now"]
        if now and (period is not None or any(named.folded[slice(*one)] in _TO_DATE for one in now)):
            raise _Unread("time-limit", *(named.text[slice(*one)] for one in sorted(set(now))))
        if period is None:
            known = dates.as_of
            if known is not None and not self._is_knowledge():
                raise _Unread("time-limit", named.text[known.start : known.end])
            return
        if limit := one_sided(named, (period.start, period.end)):
            raise _Unread("time-limit", limit)
        closed = parse(period.code)
        if period.counted_from and closed.end and closed.end - closed.start > _YEAR:
            raise _Unread("unsupported", named.text[period.start : period.end])  # the last three years are of no years
        if asked.measure in ("growth", "gap", "contribution") and closed.end and closed.end - closed.start > _YEAR:
            raise _Unread("long-growth", named.text[period.start : period.end])

    def _is_knowledge(self) -> bool:
        """Whether a day is said to be one of knowledge, and not that up to which things are counted."""
        asked = self.named.asked("asks", "known")
        return any(re.search("know|publish|知", self.named.folded[one.start : one.end]) for one in asked)

    def _twice(self) -> list[tuple[int, int]]:
        """Words that ask twice for what can be asked once: the growth of the growth."""
        if len(self.named.things) > 1:
            return []
        spans = sorted({(one.start, one.end) for way in ("rise", "fall") for one in self.named.cues.get(way, ())})
        return spans if len(spans) > 1 else []

    def _made(self, asked: Asked) -> Question:
        codes = {name: part.code for name, part in self.parts.items() if name != "status"}
        question = Question(**codes)
        if question.measure != "share":
            return question
        for ratio, entry in self.named.senses.lexicon.entries.items():
            if entry.numerator and (question.indicator, question.against) == (entry.numerator, entry.denominator):
                if question.flow in (None, "total") and not (question.scope or question.partner or question.sector):
                    gone = [self.parts.pop(name) for name in ("indicator", "measure", "against")]
                    self.parts.pop("flow", None)
                    self._put("indicator", ratio, min(one.start for one in gone), max(one.end for one in gone))
                    return Question(ratio, entity=question.entity, period=question.period, as_of=question.as_of)
        return question

    def _put(self, part: str, code: str, start: int, end: int, *, unknown: bool = False) -> None:
        self.parts[part] = Part(part, code, start, end, unknown=unknown)

    def _status(self) -> None:
        """Forecast, target or estimate, where one is asked for."""
        asked = self.named.asked("status")
        if len({one.code for one in asked}) > 1:
            raise _Unread("several", *(self.named.text[one.start : one.end] for one in asked))
        for one in asked[:1]:
            self._put("status", one.code, one.start, one.end)

    def _retail(self, thing: Thing) -> None:
        """Take "retail" between a trade and its direction, "CBEC retail imports", as part of its name."""
        if thing.code == TRADE["cbec"]:
            for start, end in self.named.left():
                if self.named.folded[start:end] in ("retail", "零售"):
                    self._put("scope", "gac-retail", start, end)
                    self.named.taken.append((start, end))

    def _slots(self, thing: Thing) -> None:
        """Flow, sector and scope."""
        named = self.named
        if thing.flow:
            self._put("flow", thing.flow, thing.start, thing.end)
        sectors = {one.code: one for one in named.sectors}
        if len(sectors) > 1 or (sectors and thing.sector):
            raise _Unread("several", *(named.text[one.start : one.end] for one in named.sectors))
        for one in sectors.values():
            self._put("sector", one.code, one.start, one.end)
        if thing.sector:
            self._put("sector", thing.sector, thing.start, thing.end)
        scopes = {phrase.code: phrase for phrase in named.asked("scope")}
        entry = named.senses.entry(thing.code)
        known = entry.scopes if entry else ()
        if len(scopes) > 1:
            raise _Unread("several", *(named.text[phrase.start : phrase.end] for phrase in scopes.values()))
        for phrase in (*scopes.values(), *named.asked("group")):
            if phrase.code not in known and (entry is None or phrase.code != entry.group):
                raise _Unread("unsupported", named.text[phrase.start : phrase.end])
        for phrase in scopes.values():
            if (other := self.parts.get("scope")) and other.code != phrase.code:
                words = (named.text[other.start : other.end], named.text[phrase.start : phrase.end])
                raise _Unread("several", *words)
            self._put("scope", phrase.code, phrase.start, phrase.end)
        if thing.retail and "scope" not in self.parts and "gac-retail" in known:
            self._put("scope", "gac-retail", thing.start, thing.end)

    def _whose(self, thing: Thing) -> None:
        """Entity, partner and market."""
        named = self.named
        actors = {one.code: one for one in named.actors}
        if len(actors) > 1:
            raise _Unread("several", *(named.text[one.start : one.end] for one in named.actors))
        for pair in named.asked("bilateral"):
            self._put("partner", pair.code, pair.start, pair.end)
        for actor in actors.values():
            if named.senses.kind(actor.code) == "ShoppingFestival":
                raise _Unread("event", named.text[actor.start : actor.end])
            self._put("entity", actor.code, actor.start, actor.end)
            for place in named.places:
                if place.code != "china" or place.role != "own":  # "China's Shein" says what it is
                    self._one("market", place)
            return
        home = any(place.code == "china" and not self._is_partner(thing, place) for place in named.places)
        for place in named.places:
            partner = self._is_partner(thing, place)
            trades = thing.code in TRADED
            if trades and (partner or (home and not place.local and place.code != "china" and place.role != "own")):
                self._one("partner", place)
            elif partner:
                raise _Unread("unsupported", named.text[place.start : place.end])
            elif place.role == "subject" and (other := self.parts.get("partner")) and not place.local:
                words = (named.text[other.start : other.end], named.text[place.start : place.end])
                raise _Unread("several", *words)  # who trades stands before the partner
            else:
                self._one("entity", place)
        other, own = self.parts.get("partner"), self.parts.get("entity")
        if other is not None and other.code == (own.code if own else "china"):
            raise _Unread("own-partner", named.text[other.start : other.end])
        if thing.code.startswith(starts_of_own()) and "entity" not in self.parts:
            self._unknown_name()
            if "entity" not in self.parts:
                raise _Unread("no-entity", named.text[thing.start : thing.end])

    def _without_partner(self) -> list[tuple[int, int]]:
        """The words "trade with" where no partner stands behind them."""
        than = {(one.start, one.end) for one in self.named.cues.get("than", ())}
        spans = [] if "partner" in self.parts else set(self.named.taken) - than
        return [(start, end) for start, end in spans if self.named.folded[start:end].endswith(" with")]

    def _is_placed(self, market: Phrase) -> bool:
        """Whether a market is that of a place, "the US market"."""
        ends = [place.end for place in self.named.places if place.end <= market.start]
        return any(not self.named.folded[end : market.start].strip() for end in ends)

    def _is_partner(self, thing: Thing, place: Place) -> bool:
        return place.role == "partner" and not self._sends(thing, place)

    def _sends(self, thing: Thing, place: Place) -> bool:
        """Whether "exports from" a place are its own."""
        return thing.flow == "export" and bool(re.search(r"from\s(?:the\s)?$", self.named.folded[: place.start]))

    def _one(self, part: str, place: Place) -> None:
        """Put a place as a part that only one place may be; of two, one within the other, the inner is meant."""
        before, senses = self.parts.get(part), self.named.senses
        if before is not None and before.code != place.code:
            if senses.holds(place.code, before.code):
                return
            if not senses.holds(before.code, place.code):
                words = (self.named.text[before.start : before.end], self.named.text[place.start : place.end])
                raise _Unread("several", *words)
        self._put(part, place.code, place.start, place.end)

    def _unknown_name(self) -> None:
        """Take as whose figure it is the one name with a capital that nothing else accounts for."""
        left = self.named.left()
        if not left:
            return
        start, end = left[0][0], left[-1][1]
        name = self.named.text[start:end]
        if _NAME.fullmatch(name):
            self._put("entity", name, start, end, unknown=True)
            self.named.taken.append((start, end))

    def _shared(self, thing: Thing, asked: Asked) -> None:
        """Refuse a share of a whole that is not read: none named, or the country where a province is asked for."""
        if asked.measure != "share" or asked.at is None:
            return
        entry, places = self.named.senses.entry(thing.code), {place.code for place in self.named.places}
        sector = "sector" in self.parts and entry is not None and entry.whole == thing.code
        if len(places) > 1 or not (asked.against or sector) or "partner" in self.parts:
            raise _Unread("no-whole", self.named.text[slice(*asked.at)])

    def _account(self, thing: Thing, asked: Asked) -> None:
        """Refuse words that no part accounts for."""
        self._shared(thing, asked)
        text = self.named.text
        wrong = [*misplaced(self.named, asked), *unasked(self.named, asked), *self._without_partner()]
        if left := self.named.left() or sorted(set(wrong)):
            raise _Unread("unknown-words", *(text[start:end] for start, end in left))
        weak = self.named.weak()
        amount = any(one.code == "amount" for one in weak)
        if not amount and (markets := [one for one in weak if one.code == "market" and not self._is_placed(one)]):
            raise _Unread("unknown-words", *(self.named.text[one.start : one.end] for one in markets))
        if thing.bare and not amount and "period" not in self.parts and "measure" not in self.parts:
            raise _Unread("no-indicator", self.named.text[thing.start : thing.end])
