"""Figures of trade that are of a part of it which no slot of a row holds, and so of no country as a whole.

A sum over what was just counted, several goods, partners or places together, a firm or a zone that has no name: the
nearest entity and the nearest sector would each be a claim that the text does not make.

>>> from cbec_kg.extract.document import Document
>>> from cbec_kg.extract.mentions import default_finder
>>> from cbec_kg.extract.scan import scan
>>> from cbec_kg.extract.senses import Senses
>>> finder = default_finder()
>>> document = Document.of("Our company's exports rose 5%.", "en")
>>> scanned = scan(document, finder)[0]
>>> at = next(at for at, item in enumerate(scanned.items) if item.amount)
>>> Partial(Whose(Senses(finder.lexicon), document)).unnamed(scanned, at, Frame())
'of somebody whom the text does not name'
"""

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from cbec_kg.extract.conditions import is_condition
from cbec_kg.extract.entities import Whose
from cbec_kg.extract.frame import Frame
from cbec_kg.extract.measured import Fact, dimension
from cbec_kg.extract.scan import Item, Scanned
from cbec_kg.extract.senses import TRADE

__all__ = ["Part", "Partial", "Read", "is_trade"]


class Part(NamedTuple):
    """Whose figure it is, or with whom the trade is, where the graph has that set; else why no claim holds it."""

    entity: str | None = None
    partner: str | None = None
    reason: str = ""

    def taken(self, fact: Fact) -> Fact:
        """A figure as one of this part."""
        frame = fact.frame
        partners = (self.partner,) if self.partner else frame.partners
        return replace(fact, frame=replace(frame, entity=self.entity or frame.entity, partners=partners))


class Read(NamedTuple):
    """A figure that the sentence gave before: what it measures, and the indicator found."""

    fact: Fact
    code: str | None


_SUM_EN = re.compile(
    r"\b(?:together|combined|collectively|jointly|between them|altogether|in aggregate)\b"
    r"|(?<!,\s)\bwith(?=\s(?:an?\s)?(?:total\s|annual\s|yearly\s)?(?:foreign trade|trade|exports|imports)\b)"
)
_SUM_ZH = re.compile(r"合计|共计|总计|总共|一共|共(?=实现|进出口|出口|进口|完成)")
_NOTHING = re.compile(
    r"[\s,，;；(（]*(?:(?:and|with|which|that|whose|they|these|those|have|had|has|a|an|the|their)\s+|这些|它们|其|并|且)*"
)
"""What may stand before the word for a sum where the clause itself names nothing that is summed."""
_DETERMINERS = re.compile(
    r"(?:[\s,，的在全各共]|总共|其中|\b(?:the|in|during|for|all|of|a|total|these|those|its|first|by|end)\b|'s|前|上述|这)*"
)
_VERB = re.compile(
    r"\b(?:and|has|have|had|is|are|was|were|with|where|in|to)\b|有|达|占|覆盖|为|以|和|助力|推动|带动|支持"
)
_NEAR_ZH, _NEAR_EN = 16, 60
"""So many characters stand at most between a number of things and the trade that they do."""
_SOME = re.compile(
    r"(?:其中|首批|前|新增|新设|新|部分|东部|中部|西部|其余|另外?)(?:的|有)?\s?[\d一二三四五六七八九十两]{0,3}个?$"
    r"|\b(?:(?<!total )of|first|last|top|new|other|some|several|many|most)\s(?:the\s|these\s)?(?:[a-z0-9-]+\s){0,2}$"
)
"""Words that say that only some of a set are counted."""
_FIRM_EN = (
    r"company|firm|factory|plant|manufacturer|exporter|importer|trader|retailer|enterprise|shop|store|seller|merchant|owner"
    r"|workshop|start-?up"
)
_SITE_EN = r"zone|park|port|district|county|town|village|base|hub|cluster|area|region|city|province|municipality"
_ONE_EN = (
    rf"(?:the|this|that|his|her|our|my|a|an|one|another)\s(?:(?!of\b|in\b|and\b)[a-z-]+\s){{0,3}}?"
    rf"(?:(?P<firm>{_FIRM_EN})|(?P<site>{_SITE_EN}))"
)
_UNNAMED_EN = re.compile(rf"\b{_ONE_EN}(?:'s)?\s(?!of\b|in\b|for\b|and\b|or\b)(?:[a-z-]+\s){{0,6}}$")
_STOPS = frozenset(",;:()，；：（）。")
_HERE = frozenset({
    "当地", "本地", "全市", "全省", "全县", "全区", "全镇", "全州", "该市", "该省", "该县", "我市", "我省", "我县",
    "city", "province", "municipality",
})  # fmt: skip
"""Words for the place that was spoken of, whatever its kind."""
_FIRM_ZH = r"公司|企业|工厂|厂家|厂|集团|商户|店铺"
_SITE_ZH = r"园区|产业园|港区|口岸|基地|综保区|保税区|片区|区|县|镇|村|当地|本地|全[市省县区镇州]|[该我][市省县]"
_UNNAMED_ZH = re.compile(
    r"(?:(?P<one>(?:该|这家|那家|这个|那个|某|一家|一个)[^，。；、的]{0,6}?|本|我们|咱们|我|他们|她|他)|(?<![\u3400-\u9fff])(?:铁路|公路|航空)?)"
    rf"(?:(?P<firm>{_FIRM_ZH})|(?P<site>{_SITE_ZH}))的?[^，。；、]{{0,12}}$"
)
_SPEAKS_ZH = re.compile(
    r"(?P<one>)(?P<firm>公司|企业|工厂|厂|集团|商户|店铺?)(?P<site>)[^，。；、]{0,6}(?:负责人|总经理|经理|董事长|老板|创始人|业务员|总裁|厂长)"
)
_PARTNERS_EN = re.compile(
    r"\b(?:trade|exports?|imports?|shipments|sales|business)\s(?:with|to|from)\s(?:[a-z-]+\s){0,4}?"
    r"(?P<who>countries|markets|economies|partners|members|nations|destinations|neighbou?rs)\b"
)
_PARTNERS_ZH = re.compile(
    r"(?:对|与|同|向)(?P<who>[^，。；、]{0,10}?(?:国家|伙伴|市场|经济体|成员国|邻国|地区|各国))(?:的|间|之间)*(?:货物|商品)?"
    r"(?:贸易|进出口|出口|进口)"
)
_AND_SO_ON_ZH = re.compile(
    r"[^，。；、]{1,8}、[^，。；]{1,16}等(?:服务|商品|产品|货物|新业态|新模式|新型|贸易方式|业态|模式|领域|行业|类|种|新|和)*(?:进出口|出口|进口|贸易)"
)


def is_trade(code: str | None) -> bool:
    """Whether an indicator is the value of a trade, which is a country's where nothing else is said."""
    return code in TRADE.values()


@dataclass(slots=True)
class Partial:
    """Judges the figures of one document."""

    whose: Whose

    def of(self, scanned: Scanned, fact: Fact, code: str | None, read: list[Read], *, paired: bool) -> Part | None:
        """Of what part a figure with an indicator is, None for a figure of what its slots say.

        ``read`` are the figures before it in the sentence; ``paired`` is whether it was found at its place in a list.
        """
        frame = fact.frame
        if part := self._to_unnamed(scanned, fact, code):
            return part
        if not is_trade(code):
            return None
        if summed := self._summed(scanned, fact, read):
            return summed
        if not paired:
            if len(frame.sectors) > 1 or (len(frame.traders) > 1 and not frame.sectors):
                return Part(reason="of several kinds together")
            if len(frame.partners) > 1:
                return Part(reason="of several partners together")
            if frame.listed > 1:
                return Part(reason="of several places together")
            if self._lists_unknown(scanned, fact):
                return Part(reason="of several kinds together")
        if self._conditional(scanned, fact.at):
            return Part(reason="of those alone that meet a condition")
        reason = self.unnamed(scanned, fact.at, frame)
        return Part(reason=reason) if reason else None

    def goes_on(self, scanned: Scanned, before: Fact, fact: Fact) -> bool:
        """Whether a figure is of what the one before it was: nothing is named between the two but a flow."""
        for one in scanned.items[before.at + 1 : fact.at]:
            sense = self.whose.sense(scanned, one)
            if sense.place or sense.actor or sense.sectors or sense.topic or sense.indicators:
                if one.start < before.item.end or self._is_whole(scanned, one, fact.at):
                    continue
                return False
        return True

    def unnamed(self, scanned: Scanned, at: int, frame: Frame) -> str | None:
        """Reason for which a figure is of nobody known: "the company's exports", 我们厂出口."""
        folded, body, end = scanned.document.folded, scanned.sentence.body, scanned.items[at].start
        start = max((cut for cut in scanned.cuts if cut < end and folded[cut] in _STOPS), default=body)
        if self.whose.zh:
            found = _UNNAMED_ZH.search(folded, start, end) or _SPEAKS_ZH.search(folded, body, end)
        else:
            found = _UNNAMED_EN.search(folded, start, end)
        if found is None:
            return None
        if frame.own_entity and frame.place_at >= found.start():
            return None  # somebody is named behind, or "the zone" takes up one that was named
        entry = self.whose.senses.entry(frame.entity or self.whose.default)
        kinds = entry.classes if entry is not None else frozenset[str]()
        if found["firm"] is None and found["site"] in _HERE and entry is not None and entry.code != "china":
            return None
        fitting = {"Company", "Platform", "Organization"} if found["firm"] else {"SpecialZone", "Facility", "Region"}
        taken_up = kinds & fitting or (entry is not None and entry.code.startswith("x-"))
        return None if taken_up else "of somebody whom the text does not name"

    def _lists_unknown(self, scanned: Scanned, fact: Fact) -> bool:
        """Whether trade is of kinds that stand in a list, and that no code names: 运输、旅行等服务出口."""
        frame = fact.frame
        if not self.whose.zh or frame.sectors or frame.traders or frame.partners:
            return False
        start = max(scanned.clause_span(fact.item.start)[0], scanned.sentence.body)
        return bool(_AND_SO_ON_ZH.search(scanned.document.folded, start, fact.item.start))

    def _conditional(self, scanned: Scanned, at: int) -> bool:
        """Whether the clause has set a bound for whom it speaks of: 年销售额1亿元以上的企业出口增长5%."""
        clause = scanned.clause(scanned.items[at].start)
        before = (index for index in range(at) if scanned.clause(scanned.items[index].start) == clause)
        return any(scanned.items[index].amount and is_condition(scanned, index) for index in before)

    def _is_whole(self, scanned: Scanned, item: Item, at: int) -> bool:
        """Whether a mention is of the whole that a share is of: 占进出口总值的."""
        amount = scanned.items[at].amount
        shares = any("share" in one.cues for one in scanned.items[:at] if one.end <= item.start)
        return amount is not None and amount.unit == "percent" and shares

    def _to_unnamed(self, scanned: Scanned, fact: Fact, code: str | None) -> Part | None:
        """Trade with partners whose name is no place: "trade with neighbouring countries", 与自贸伙伴贸易额."""
        if fact.frame.partners or fact.measure.amount.unit in (None, "count", "rank"):
            return None
        counts = self.whose.senses.entry(code)
        if not (is_trade(code) or (counts is not None and counts.dimension == "count")):
            return None
        start = max(scanned.clause_span(fact.item.start)[0], scanned.sentence.body)
        pattern = _PARTNERS_ZH if self.whose.zh else _PARTNERS_EN
        found = pattern.search(scanned.document.folded, start, fact.item.start)
        if found is None:
            return None
        held = [self.whose.sense(scanned, one) for one in scanned.items
                if one.start < found.end("who") and found.start("who") < one.end]  # fmt: skip
        if any(sense.place for sense in held):
            return None
        if is_trade(code):
            for name in (code for sense in held for code in sense.indicators):
                if known := self._all_of(name):
                    return Part(partner=known)
        return Part(reason="of partners whom the text does not name")

    def _all_of(self, code: str) -> str | None:
        """The region that takes in all that an indicator counts: it has the code of the count, in the plural."""
        entry = self.whose.senses.entry(code.removesuffix("-count") + "s")
        return entry.code if entry is not None and "Place" in entry.classes else None

    def _summed(self, scanned: Scanned, fact: Fact, read: list[Read]) -> Part | None:
        """A sum over what was counted: "22 zones, which together exported", 22个，合计进出口."""
        folded, frame = scanned.document.folded, fact.frame
        start, _ = scanned.clause_span(fact.item.start)
        start = max(start, scanned.sentence.body)
        if frame.partners or frame.sectors or frame.listed > 1:
            return None
        last = read[-1].fact if read else None
        cue = (_SUM_ZH if self.whose.zh else _SUM_EN).search(folded, start, fact.item.start)
        if cue is None:
            return (
                self._set(scanned, last.item, read[-1].code, last.frame)
                if (last is not None and self._is_subject(scanned, start, last, fact))
                else None
            )
        open_clause = bool(_NOTHING.fullmatch(folded, start, cue.start()))
        if last is not None and (open_clause or last.item.start >= start) and _is_count(last):
            return self._set(scanned, last.item, read[-1].code, last.frame)
        if open_clause:
            return None
        for one in scanned.items:
            if start <= one.start and one.end <= cue.start() and one.mention:
                for code in self.whose.sense(scanned, one).indicators:
                    entry = self.whose.senses.entry(code)
                    if entry is not None and entry.dimension == "count":
                        return self._set(scanned, one, code, frame)
        return None

    def _is_subject(self, scanned: Scanned, start: int, count: Fact, fact: Fact) -> bool:
        """Whether a clause opens with so many things, whose trade it goes on to give: 22个自贸试验区进出口7万亿元."""
        if count.item.start < start or not _is_count(count):
            return False
        before, place = list[str](), start
        for one in scanned.items[: count.at]:
            if one.start >= start and (one.period or self.whose.sense(scanned, one).place):
                before.append(scanned.between(place, one.start))
                place = one.end
        before.append(scanned.between(place, count.item.start))
        if not _DETERMINERS.fullmatch(" ".join(before)):
            return False
        traded = next((one for one in scanned.items[count.at + 1 : fact.at] if self._of_trade(scanned, one)), None)
        if traded is None:
            return False
        between = scanned.between(count.item.end, traded.start)
        return len(between) <= (_NEAR_ZH if self.whose.zh else _NEAR_EN) and not _VERB.search(between)

    def _of_trade(self, scanned: Scanned, item: Item) -> bool:
        sense = self.whose.sense(scanned, item)
        return bool(sense.flow or (sense.topic and not sense.indicators))

    def _set(self, scanned: Scanned, item: Item, code: str | None, frame: Frame) -> Part:
        """All that an indicator counts as one entity, for a count of all China's."""
        reason = "of what the text has counted, all together"
        before = scanned.between(max(scanned.sentence.body, item.start - 30), item.start)
        if (frame.entity or self.whose.default) != "china" or _SOME.search(before) or code is None:
            return Part(reason=reason)
        known = self._all_of(code)
        return Part(known) if known else Part(reason=reason)


def _is_count(fact: Fact) -> bool:
    """Whether a figure says how many things there are, more than one."""
    amount = fact.measure.amount
    return fact.measure.kind == "level" and dimension(amount.unit) == "count" and amount.value > 1
