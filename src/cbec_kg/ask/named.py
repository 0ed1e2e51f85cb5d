"""What a question names: what is measured, whose it is, with whom, in which direction; and which words say so.

>>> from cbec_kg.extract.mentions import default_finder
>>> named = Names.of("Shenzhen's CBEC exports to Japan in 2022", "en", default_finder())
>>> [(one.code, one.flow) for one in named.things], [(one.code, one.role) for one in named.places]
([('cbec-trade-value', 'export')], [('shenzhen', 'own'), ('japan', 'partner')])
"""

import re
from dataclasses import dataclass, field, replace

from cbec_kg.ask.phrases import Phrase, Phrases, phrases
from cbec_kg.extract.document import Document
from cbec_kg.extract.entities import LIST, Whose
from cbec_kg.extract.mentions import Finder
from cbec_kg.extract.scan import Item, Scanned, scan
from cbec_kg.extract.senses import TRADE, Sense, Senses
from cbec_kg.normalise.periods import PeriodMention
from cbec_kg.normalise.periods import find as find_periods

__all__ = ["TRADED", "Names", "Place", "Span", "Thing"]

_DIRECTED = re.compile(r"import|export|进口|出口|two way|inbound|outbound|shipped")
_GOODS = re.compile(r"goods|merchandise|foreign|bilateral|货|商品|外贸|对外|双边")
_PLAIN = frozenset({TRADE["goods"], "platform-transaction-value"})
"""Indicators whose plain names beside a trade mean its value: total exports, 交易额."""
_OF = re.compile(r"的|\s?|'s\s|\s(?:of|in|from|via|through|by)\s(?:the\s)?")
_BOTH = re.compile(r"\s*(?:and|&|plus|和|与|及|以及|、)\s*")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_GROWS = re.compile(r"\b(?:growth|rise)\b|增长|增速")
_MEASURED = frozenset({"rise", "fall", "yoy", "share", "rank", "than", "now"})
_BEYOND = frozenset({"mom", "other_basis", "cagr", "record", "perunit", "growthshare", "preliminary", "revised"})
"""Cues of what no question can ask for: another base of growth, a record, a rate in time, a vintage."""
_TAKEN_FOR = {
    "rise": re.compile(r"boost|hike|strengthen|higher|bigger|larger|improve|added|advance|multipl|uplift"),
    "fall": re.compile(r"(?:lower|fewer|smaller|reduc|lost|loss|cut|cuts|shed|eased).*|节省|缩短"),
    "rank": re.compile(r"(?!.*(?:rank|position|place|spot|排|位居|位列|名列)).*"),
}
"""Words that are cues in a statement, and in a question may mean something else: "what would boost exports"."""
_YEARLY = frozenset({"annual", "annually", "yearly"})
"""Words that say growth on the year only beside a word of growth: annual exports are a level."""


@dataclass(frozen=True, slots=True)
class Span:
    """Words and the code that they stand for."""

    code: str
    start: int
    end: int


@dataclass(slots=True)
class Thing:
    """Something measured. ``bare`` is a trade that is only called by its name, and no value of it."""

    code: str
    start: int
    end: int
    flow: str | None = None
    bare: bool = False
    retail: bool = False
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place, and its role in the question: own, subject, in, of, partner, abroad."""

    code: str
    role: str
    local: bool
    start: int
    end: int


@dataclass(slots=True)
class Names:
    """What a text names, in its order; ``cues`` by name, ``taken`` are the spans of all that is understood."""

    text: str
    lang: str
    folded: str
    senses: Senses
    phrases: Phrases
    things: list[Thing] = field(default_factory=list)
    flows: list[Span] = field(default_factory=list)
    trades: list[Span] = field(default_factory=list)
    sectors: list[Span] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    actors: list[Span] = field(default_factory=list)
    cues: dict[str, list[Span]] = field(default_factory=dict)
    strong: list[Phrase] = field(default_factory=list)
    periods: list[PeriodMention] = field(default_factory=list)
    taken: list[tuple[int, int]] = field(default_factory=list)

    @classmethod
    def of(cls, text: str, lang: str, finder: Finder) -> "Names":
        """Names of a text in English (``en``) or Chinese (``zh``)."""
        document = Document.of(text, lang)
        table = phrases(lang, finder.lexicon)
        named = cls(text, lang, document.folded, Senses(finder.lexicon), table)
        first = [item for one in scan(document, finder) for item in one.items if item.terms or item.period]
        named.strong = [one for one in table.strong(document.folded) if not _within(one, first)]
        spans = [(one.start, one.end) for one in named.strong]
        named.taken += spans
        whose = Whose(named.senses, document)
        for scanned in scan(document, finder, spans):
            for item in scanned.items:
                named._take(whose, scanned, item)
        named._join()
        if not named.periods:
            named._bare_year()
        return named

    def _bare_year(self) -> None:
        """Take a lone year that Chinese writes without 年, "跨境电商出口 2022", as the period."""
        for start, end in self.left():
            if _YEAR.fullmatch(self.folded[start:end]):
                year = next(find_periods(self.folded[start:end] + "年"))
                self.periods.append(replace(year, start=start, end=end))
                self.taken.append((start, end))
                return

    def asked(self, kind: str, code: str | None = None) -> list[Phrase]:
        """Strong phrases of a kind, and of a code where one is given."""
        return [one for one in self.strong if one.kind == kind and code in (None, one.code)]

    def rest(self) -> str:
        """The text in matching form without what is understood, offsets kept."""
        mask = list(self.folded)
        for start, end in self.taken:
            mask[start:end] = " " * (end - start)
        return "".join(mask)

    def _valued(self) -> list[Thing]:
        """Things measured, a trade and the plain name of its value as one."""
        out: list[Thing] = []
        for one in self.things:
            pairs = [(out[-1], one), (one, out[-1])] if out else []
            pair = next(((trade, value) for trade, value in pairs if self._is_value_of(trade, value)), None)
            if pair is None:
                out.append(one)
            else:
                trade, value = pair
                out[-1] = replace(trade, flow=trade.flow or value.flow, bare=False)
        return out

    def _is_value_of(self, trade: Thing, value: Thing) -> bool:
        """Whether a plain "total exports", 进出口总额, beside a trade is its value, and not that of all goods."""
        if value.code not in _PLAIN or not trade.bare or trade.code == value.code:
            return False
        if _GOODS.search(self.folded[value.start : value.end]):
            return False
        first, second = sorted((trade, value), key=lambda one: one.start)
        return bool(_OF.fullmatch(self.folded[first.end : second.start]))

    def weak(self) -> list[Phrase]:
        """Phrases of what names and periods leave."""
        return self.phrases.weak(self.rest())

    def left(self) -> list[tuple[int, int]]:
        """Spans of the words that nothing accounts for."""
        return self.phrases.left(self.rest())

    def _take(self, whose: Whose, scanned: Scanned, item: Item) -> None:
        if item.period is not None:
            self.periods.append(item.period)
            self.taken.append((item.start, item.end))
        elif item.mention is not None:
            sense, words = whose.sense(scanned, item), scanned.between(item.start, item.end)
            if self._noted(sense, words, item) | self._placed(whose, scanned, sense, item) | self._cued(item, words):
                self.taken.append((item.start, item.end))

    def _noted(self, sense: Sense, words: str, item: Item) -> bool:
        """Take what is measured; whether there is something."""
        flow = sense.flow if sense.flow and _DIRECTED.search(words) else None
        if sense.indicators:
            self.things.append(Thing(sense.indicators[0], item.start, item.end, flow))
            entry = self.senses.entry(sense.indicators[0])
            if _GROWS.search(words) and entry and not _GROWS.search(entry.label_zh + entry.label_en):
                self._cue("rise", item)  # "economic growth" is of the product
        elif sense.topic in TRADE:
            value = TRADE[sense.topic]
            bare = value not in item.terms and flow is None
            self.things.append(Thing(value, item.start, item.end, flow, bare, sense.retail, sense.part))
            if _GROWS.search(words):
                self._cue("rise", item)
        elif sense.bare_flow and flow:
            self.flows.append(Span(flow, item.start, item.end))
        elif sense.bare_flow:
            self.trades.append(Span("goods-trade-value", item.start, item.end))
        elif sense.sectors:
            self.sectors.append(Span(sense.sectors[0], item.start, item.end))
        return bool(sense.indicators or sense.topic in TRADE or sense.bare_flow or sense.sectors)

    def _placed(self, whose: Whose, scanned: Scanned, sense: Sense, item: Item) -> bool:
        if sense.place:
            role = whose.role(scanned, item)
            before = self.places[-1] if self.places else None
            if before is not None and LIST.fullmatch(self.folded[before.end : item.start]):
                role = before.role
            self.places.append(Place(sense.place, role, sense.local, item.start, item.end))
        elif sense.actor and not sense.indicators and not sense.topic:
            self.actors.append(Span(sense.actor, item.start, item.end))
        return bool(sense.place or sense.actor)

    def _cued(self, item: Item, words: str) -> bool:
        own = bool(self.things and self.things[-1].start == item.start)
        if not own and _BEYOND & set(item.cues) and words not in _YEARLY:
            self._cue("beyond", item)
            return True
        known = [cue for cue in item.cues if cue in _MEASURED]
        for cue in known:
            if cue == "yoy" and words in _YEARLY:
                continue
            if not own and cue in _TAKEN_FOR and _TAKEN_FOR[cue].match(words):
                return False
            if not (own and cue == "share"):  # a name that ends in "share" is an indicator of its own
                self._cue(cue, item)
        return bool(known)

    def _cue(self, name: str, item: Item) -> None:
        self.cues.setdefault(name, []).append(Span(name, item.start, item.end))

    def _join(self) -> None:
        """Give bare flows to the trade that is spoken of, and put together what names one thing twice."""
        short = [Thing(one.code, one.start, one.end) for one in self.asked("short")]
        self.things = sorted((*self.things, *short), key=lambda one: one.start)
        merged: list[Thing] = []
        for one in self._valued():
            same = next((other for other in merged if other.code == one.code), None)
            if same is None or (same.flow and one.flow and same.flow != one.flow):
                merged.append(one)
            else:
                same.flow = same.flow or one.flow
                same.bare = same.bare and one.bare
                same.retail = same.retail or one.retail
        self.things = merged
        for flow in self.flows:
            trades = [one for one in merged if one.code in TRADED]
            near = min(trades, key=lambda one: abs(one.start - flow.start), default=None)
            if near is not None and self._is_both(near, flow):
                near.flow, near.start, near.end = "total", min(near.start, flow.start), max(near.end, flow.end)
            elif near is not None and near.flow not in (None, flow.code) and near.code != TRADE["goods"]:
                merged.append(Thing(near.code, flow.start, flow.end, flow.code))
            elif near is None or (near.flow is not None and near.flow != flow.code):
                merged.append(Thing(self._trade_of_sectors(), flow.start, flow.end, flow.code))
            else:
                near.flow, near.bare = flow.code, False
        for pair in self.asked("bilateral"):
            if not merged:
                merged.append(Thing("goods-trade-value", pair.start, pair.end))
        if self.trades and not merged:
            self.things.append(Thing(self._trade_of_sectors(), self.trades[0].start, self.trades[0].end))

    def _is_both(self, thing: Thing, flow: Span) -> bool:
        """Whether "exports and imports" name both directions of one trade, and so its total."""
        if {thing.flow, flow.code} != {"export", "import"}:
            return False
        first, second = sorted(((thing.start, thing.end), (flow.start, flow.end)))
        return bool(_BOTH.fullmatch(self.folded[first[1] : second[0]]))

    def _trade_of_sectors(self) -> str:
        """The trade that a bare "exports" is of: services where all sectors beside it are services, else goods."""
        services = bool(self.sectors) and all(self._is_service(one.code) for one in self.sectors)
        return TRADE["services" if services else "goods"]

    def _is_service(self, code: str) -> bool:
        entry = self.senses.entry(code)
        return code == "services" or (entry is not None and any(map(self._is_service, entry.broader)))


TRADED = frozenset({*TRADE.values(), "digitally-deliverable-services-value"})
"""Indicators that have exports and imports."""


def _within(phrase: Phrase, items: list[Item]) -> bool:
    """Whether a phrase is only a part of a name or a period, or a name that the end of another overlaps."""
    for item in items:
        if item.start <= phrase.start and phrase.end <= item.end and item.end - item.start > phrase.end - phrase.start:
            return True
        if phrase.kind == "group" and phrase.start < item.start < phrase.end < item.end:
            return True  # 我国贸易伙伴|数量
    return False
