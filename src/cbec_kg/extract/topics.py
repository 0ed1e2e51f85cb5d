"""What a sentence measures while it is read: its topic, indicator, flow and sectors, mention by mention.

>>> from cbec_kg.extract.document import Document
>>> from cbec_kg.extract.mentions import default_finder
>>> from cbec_kg.extract.scan import scan
>>> from cbec_kg.extract.senses import Senses
>>> finder = default_finder()
>>> document = Document.of("Cross-border e-commerce grew; exports of toys rose 5%.", "en")
>>> scanned, frame = scan(document, finder)[0], Frame()
>>> topics = Topics(Whose(Senses(finder.lexicon), document))
>>> for at, item in enumerate(scanned.items):
...     if item.mention:
...         topics.update(frame, scanned, at)
>>> frame.topic, frame.flow, frame.sectors
('cbec', 'export', ('toys',))
"""

import re
from dataclasses import dataclass

from cbec_kg.extract.entities import LIST, Whose
from cbec_kg.extract.frame import Frame
from cbec_kg.extract.scan import Item, Scanned
from cbec_kg.extract.senses import Sense

__all__ = ["Topics"]

_BY_THE_WAY = re.compile(
    r"(?:including|such as|namely|among them|speciali[sz]ing in|speciali[sz]es in|focus(?:ing|es) on"
    r"|包括|例如|比如|如|专注|主营)\s?(?:the\s)?$"
)
"""Behind these words sectors are examples, or what a company sells, and not what a figure is of."""
_SAME_AGAIN = re.compile(r"\b(?:such|this kind of|this type of)\s$")
_THIS_WAY = re.compile(r"\s(?:that is |which is )?(?:conducted|done|carried out|handled)?\s?(?:in )?this way")
_OWN = re.compile(r"(?:their|its|these|such|those|该|其|合计|共)\s?$")
_PLATFORM = re.compile(r"\bplatform\b|平台")
_OPENED = re.compile(r"[\"'”’]?\s?(?:products?|goods|items|产品|商品)?[\"'”’]?\s?(?P<sign>[(（]|——|--|—|–)")
_CALLED, _CALLED_END = re.compile(r",\s(?:the|known as|dubbed|called)\s(?:the\s)?[\"“]?"), re.compile(r"[\"”]?,|,[\"”]")
_CLOSED = {"(": re.compile(r"[)）]"), "（": re.compile(r"[)）]")}
_JOINED = ("", " ", "产品", "等")
_MOST_SECTORS = 12


@dataclass(slots=True)
class Topics:
    """Changes frames of one document; remembers its first topic and the words that named the last one."""

    whose: Whose
    first: str | None = None
    of_sentence: str | None = None
    words: str = ""

    def update(self, frame: Frame, scanned: Scanned, at: int) -> None:
        """Change a frame by the mention at an index of the sentence's items."""
        item = scanned.items[at]
        sense, start, end = self.whose.sense(scanned, item), item.start, item.end
        if sense.sectors and self._explains(frame, scanned, item):
            return
        if sense.place or sense.actor:
            self.whose.take(frame, scanned, at)
        elif sense.national and not frame.own_entity and self._of_the_nation(frame, scanned, item, sense):
            frame.entity, frame.own_entity = "china", True
        words = scanned.between(start, end)
        if sense.indicators and not frame.fresh and frame.topic and self.words.endswith(" " + words):
            frame.name_again(start, end)  # "retail sales" behind "cross-border e-commerce retail sales"
            return
        if sense.topic:
            self.words = words
        if sense.again:
            frame.take_topic(frame.topic or self.first or "cbec", None, start, end)
        elif sense.topic and not sense.indicators:
            if not self._spoken_of(frame, scanned, item, sense):
                frame.take_topic(sense.topic, sense.flow, start, end, retail=sense.retail)
                frame.sectors = (sense.part,) if sense.part else ()
                self.first = self.first or sense.topic
                self.of_sentence = self.of_sentence or sense.topic
        elif sense.own and frame.topic and self._of_no_platform(frame, sense, scanned, item):
            frame.name_again(start, end)  # "the transaction volume" of trade, and of no platform
            frame.retail = False
        elif sense.indicators:
            frame.take_indicators(sense.indicators, sense.topic, sense.flow, start, end)
            frame.retail = sense.retail
        elif sense.bare_flow and sense.flow:
            self._take_flow(frame, scanned, at, sense.flow)
        elif sense.flow and frame.fresh and frame.flow is None and LIST.fullmatch(scanned.between(frame.end, start)):
            frame.name_flow(sense.flow, start, end)  # 跨境电商、市场采购出口: of both
        if sense.sectors and sense.indicators:
            frame.traders = sense.sectors[:1]
        elif sense.sectors and not sense.topic:
            self._take_sector(frame, item, sense.sectors)
            if sense.flow and not sense.bare_flow:  # 一般贸易进出口
                frame.topic = frame.topic if frame.fresh else "goods"
                frame.name_flow(sense.flow, start, end)

    def _explains(self, frame: Frame, scanned: Scanned, item: Item) -> bool:
        """Whether a kind of goods stands in brackets or dashes right behind one that it only says more of.

        "the new three (cars, batteries and solar cells)"; where figures stand there too, each is of its own.
        """
        if not frame.sectors or not 0 <= frame.end <= item.start:
            return False
        text, limit = scanned.document.text, scanned.sentence.end
        opened = _OPENED.match(text, frame.end, limit)
        if opened is None or opened.end() > item.start:
            return False
        sign = opened["sign"]
        close = _CLOSED.get(sign, re.compile(re.escape(sign))).search(text, opened.end(), limit)
        if close is None or close.start() < item.end:
            return False
        return not any(one.amount for one in scanned.items if opened.end() <= one.start < close.start())

    def _of_the_nation(self, frame: Frame, scanned: Scanned, item: Item, sense: Sense) -> bool:
        """Whether a national body or group makes a figure one of all China: "the State Council's", "Chinese firms"."""
        if sense.groups:
            return self.whose.is_actor(frame.entity)
        return scanned.document.folded.startswith("'s", item.end)

    def _of_no_platform(self, frame: Frame, sense: Sense, scanned: Scanned, item: Item) -> bool:
        if _PLATFORM.search(scanned.document.folded, scanned.sentence.body, item.start):
            return False
        entry = self.whose.senses.entry(sense.indicators[0])
        return entry is not None and entry.dimension == "money" and not self.whose.is_actor(frame.entity)

    def _spoken_of(self, frame: Frame, scanned: Scanned, item: Item, sense: Sense) -> bool:
        """Whether "foreign trade" only says what the topic is part of, or is the topic again ("such trade")."""
        if sense.topic != "goods":
            return False
        folded = scanned.document.folded
        if _SAME_AGAIN.search(folded[max(0, item.start - 14) : item.start]) or _THIS_WAY.match(folded, item.end):
            return True
        if not frame.fresh or frame.topic != "cbec" or frame.at < 0:
            return False
        if frame.indicators and not any(code.startswith("cbec-") for code in frame.indicators):
            return False
        if any(one.amount for one in scanned.items if frame.at <= one.start < item.start):
            return False
        return scanned.clause(frame.at) == scanned.clause(item.start)

    def _take_flow(self, frame: Frame, scanned: Scanned, at: int, flow: str) -> None:
        """A bare flow: of the trade spoken of, or of the goods named beside it."""
        item, folded = scanned.items[at], scanned.document.folded
        previous = scanned.items[at - 1] if at else None
        joined = previous is not None and folded[previous.end : item.start] in _JOINED
        own = bool(_OWN.search(folded[max(0, item.start - 6) : item.start]))
        same_clause = frame.end >= 0 and scanned.clause(max(frame.end - 1, 0)) == scanned.clause(item.start)
        if frame.topic is None or (not frame.fresh and frame.own_entity and frame.topic == "cbec" and self.whose.zh):
            frame.topic = "goods"
        if frame.sectors and frame.end >= 0 and (joined or own or not frame.fresh or same_clause):
            if frame.topic == "cbec" and not frame.fresh:
                frame.topic = "goods"
            frame.name_flow(flow, item.start, item.end)
        else:
            frame.take_flow(flow, item.start, item.end)

    def _take_sector(self, frame: Frame, item: Item, sectors: tuple[str, ...]) -> None:
        folded = self.whose.document.folded
        if _BY_THE_WAY.search(folded[max(0, item.start - 20) : item.start]):
            frame.naming = item.end if frame.sectors else -1
            return
        if 0 <= frame.naming <= item.start and LIST.fullmatch(folded[frame.naming : item.start]):
            frame.naming = item.end
            return
        gap = folded[frame.end : item.start] if 0 <= frame.end <= item.start else ""
        if len(frame.sectors) > 1 and _CALLED.fullmatch(gap) and _CALLED_END.match(folded, item.end):
            frame.take_sector(sectors[:1], item.start, item.end)  # "A, B and C, the new three, ..."
            return
        listed = 0 <= frame.end <= item.start and bool(LIST.fullmatch(folded[frame.end : item.start]))
        if frame.sectors and listed and len(frame.sectors) < _MOST_SECTORS:
            frame.take_sector((*frame.sectors, *sectors[:1]), item.start, item.end)
        else:
            frame.take_sector(sectors[:1], item.start, item.end)
