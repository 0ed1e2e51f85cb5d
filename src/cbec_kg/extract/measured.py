"""Which indicator a figure is of: the noun that it counts, what its sentence has named, the trade spoken of.

>>> dimension("CNY"), dimension("count"), dimension("m2"), dimension("percent")
('money', 'count', 'area', 'ratio')
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from cbec_kg.extract.document import matching
from cbec_kg.extract.entities import LIST, Whose
from cbec_kg.extract.frame import Frame
from cbec_kg.extract.kinds import Measure
from cbec_kg.extract.scan import Item, Scanned
from cbec_kg.extract.senses import TRADE, Sense
from cbec_kg.extract.strangers import is_strange
from cbec_kg.ontology.lexicon import Lexicon

__all__ = ["Fact", "Indicated", "Measured", "dimension"]

_NOUN_GAP = re.compile(
    r"[\s\"']*(?:(?!(?:of|in|for|to|and|or|with|by|from|that|which|were|was|is|are|has|have|had|at|on|as|per|who|while"
    r"|after|when)\b)[a-z'&0-9.]+[\s\"']+){0,4}[\"']?$"
)
_NOUN_EN = re.compile(
    r"\s(?!(?:of|in|for|to|and|or|with|by|from|that|which|were|was|is|are|has|have|had|at|on|as|per|who|while|after|when"
    r"|more|fewer|last|this|over|a|an|the|across|during|worldwide|globally|nationwide|respectively|yuan|so)\b)[a-z]+"
)
_HEAD_EN = re.compile(r"\s(?:existing |such |of these |of those |of them |new |other )?(?P<head>[a-z]+s)\b")
_NOUN_ZH = re.compile(r"[\u3400-\u9fff]{2}(?<!以上)(?<!以下)(?<!左右)(?<!大关)(?<!同比)(?<!增长)(?<!其中)")
_OF_TRADE = re.compile(r"\s?(?:of|in)\s(?:the\s|total\s)*|的")
_OUT_OF = re.compile(r"\s(?:out\s)?of\s(?:the\s|its\s|their\s|these\s|those\s)?")
_WIDEST = 40
"""So many characters at most stand between a figure and the noun that it counts."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure where it stands in its sentence: its measure, its frame, and what it is said to be a share of."""

    measure: Measure
    frame: Frame
    item: Item
    at: int
    whole: tuple[Sense, ...] = ()


class Indicated(NamedTuple):
    """Code of an indicator, None where none fits, and the sense of the noun behind the figure where that decided."""

    code: str | None
    noun: Sense | None = None


def dimension(unit: str | None) -> str:
    """Dimension of a unit's code, as the ontology names it; None is a bare count."""
    match unit:
        case None | "count":
            return "count"
        case "m2":
            return "area"
        case "tonne":
            return "mass"
        case "percent" | "percentage_point" | "ratio":
            return "ratio"
        case "rank":
            return "rank"
    return "money"


def _named_here(fact: Fact) -> bool:
    """Whether the sentence itself has named what is measured, or the figure is of a list."""
    return fact.frame.fresh or fact.measure.rule.endswith("+list")


@cache
def _counts_zh(lexicon: Lexicon) -> dict[str, str]:
    """Codes of counts by the thing that they count: 企业 of 企业数量."""
    counts: dict[str, str] = {}
    for name, code in lexicon.names["zh"]:
        entry = lexicon.entries[code]
        if entry.kind == "Indicator" and entry.dimension == "count" and name.endswith("数量"):
            counts.setdefault(matching(name.removesuffix("数量")), code)
    return counts


@dataclass(slots=True)
class Measured:
    """Finds indicators in the sentences of one document."""

    whose: Whose

    def indicated(self, scanned: Scanned, fact: Fact, previous: str | None) -> Indicated:
        """Indicator of a fact; ``previous`` is that of the figure before it in the sentence.

        None where the figure's words speak of something else than the text before: "Unemployment reached 5.5%".
        """
        found = self._indicated(scanned, fact, previous)
        behind = found.noun and not fact.measure.rule.startswith("growth.right")
        if found.code is None or behind or fact.whole or _named_here(fact):
            return found
        return Indicated(None) if is_strange(scanned, fact.at, self.whose.senses) else found

    def _indicated(self, scanned: Scanned, fact: Fact, previous: str | None) -> Indicated:
        one, frame, at = fact.measure, fact.frame, fact.at
        wanted = dimension(one.amount.unit)
        noun = self.noun(scanned, at)
        right = noun[1] if noun else None
        if one.kind in ("level", "change") and wanted in ("count", "area", "mass"):
            if wanted == "count" and right is None and self._counts_unknown(scanned, at):
                return Indicated(self._counted_again(scanned, at, frame, previous))
            return self._counted(frame, wanted, right, previous)
        if one.kind in ("level", "change") and wanted == "money":
            for code in frame.indicators:
                if self.dimension_of(code) == "money":
                    return Indicated(code)
            if frame.indicators and frame.fresh:
                traded = TRADE[frame.topic or "goods"] if frame.traders else self._traded(scanned, at)
                return Indicated(traded)
        elif one.kind == "rank" and not frame.fresh:
            return Indicated(None)
        elif one.kind == "share" and not frame.fresh and (whole := self._whole(fact, right)):
            if self.dimension_of(whole) != "count":
                return Indicated(None)  # "the ratio rose to 41% of GDP"
            return Indicated(whole, right if right and whole in right.indicators else None)
        elif frame.traders and frame.indicators and previous != frame.indicators[0]:
            return Indicated(TRADE[frame.topic or "goods"])  # what traders did, and not how many they are
        elif frame.indicators:
            return Indicated(frame.indicators[0])
        if right and not frame.fresh and one.rule.startswith("growth.right"):
            named = right.indicators[0] if right.indicators else TRADE.get(right.topic or "")
            if named:
                return Indicated(named, right)
        return Indicated(frame.indicator_for("money"))

    def _whole(self, fact: Fact, right: Sense | None) -> str | None:
        """Indicator of what a share is of: "60 percent of sellers", 近九成的海外仓."""
        wholes = [*fact.whole, right] if right else fact.whole
        return next((sense.indicators[0] for sense in wholes if sense.indicators), None)

    def _counts_unknown(self, scanned: Scanned, at: int) -> bool:
        """Whether a noun that no name of an indicator fits stands right behind a count: "18,000 people"."""
        item = scanned.items[at]
        after = scanned.between(item.end, min(item.end + 24, scanned.sentence.end))
        if scanned.document.lang == "zh":
            return bool(_NOUN_ZH.match(after))
        return bool(_NOUN_EN.match(after))

    def _counted_again(self, scanned: Scanned, at: int, frame: Frame, previous: str | None) -> str | None:
        """Indicator whose counted thing stands behind a count in short: "21 zones", "178 existing zones", 300家企业."""
        end = scanned.items[at].end
        after = scanned.between(end, min(end + 40, scanned.sentence.end))
        if scanned.document.lang == "zh":
            counts = _counts_zh(self.whose.senses.lexicon)
            return next((counts[after[:size]] for size in range(8, 1, -1) if after[:size] in counts), None)
        words = _HEAD_EN.match(after)
        if words is None:
            return None
        for code in [*frame.indicators, previous] if previous else frame.indicators:
            entry = self.whose.senses.entry(code)
            if entry and entry.dimension == "count" and words["head"] in entry.label_en.lower().split():
                return code
        return None

    def _counted(self, frame: Frame, wanted: str, right: Sense | None, previous: str | None) -> Indicated:
        for code in right.indicators if right else ():
            if self.dimension_of(code) == wanted:
                return Indicated(code, right)
        for code in frame.indicators:
            if self.dimension_of(code) == wanted:
                return Indicated(code)
        named = right.indicators if right else ()
        for code in (*named, *frame.indicators, *([previous] if previous else ())):
            if sibling := self._sibling(code, wanted):
                return Indicated(sibling)
        return Indicated(None, right)

    def _traded(self, scanned: Scanned, at: int) -> str | None:
        """Trade that money is of where the sentence counts other things: "who accounted for 22 trillion of trade"."""
        items, item = scanned.items, scanned.items[at]
        follows = items[at + 1] if at + 1 < len(items) else None
        if follows is None or not _OF_TRADE.fullmatch(scanned.between(item.end, follows.start)):
            return None
        sense = self.whose.sense(scanned, follows)
        return TRADE.get(sense.topic or ("goods" if sense.bare_flow else ""))

    def noun(self, scanned: Scanned, at: int) -> tuple[Item, Sense] | None:
        """The mention behind a figure that it counts: 105 comprehensive zones, 2.9万家企业."""
        items, item, zh = scanned.items, scanned.items[at], scanned.document.lang == "zh"
        if at + 1 < len(items) and items[at + 1].amount and not zh:
            if _OUT_OF.fullmatch(scanned.between(item.end, items[at + 1].start)):  # "110 of the 122 measures"
                at, item = at + 1, items[at + 1]
        measured = item.amount is not None and dimension(item.amount.unit) in ("area", "mass")  # "4 hectares of depots"
        for one in items[at + 1 : at + 4]:
            if one.amount or one.period:
                return None
            gap = scanned.between(item.end, one.start)
            if len(gap) > _WIDEST or any(item.end <= cut < one.start for cut in scanned.cuts):
                return None
            if zh:
                if len(gap) > 8 or "、" in gap or "和" in gap:
                    return None
            elif gap.strip() and not _NOUN_GAP.fullmatch(gap.removeprefix(" of") if measured else gap):
                return None
            sense = self.whose.sense(scanned, one)
            if sense.indicators or sense.groups or sense.topic:
                return one, sense
        return None

    def listed(self, scanned: Scanned) -> list[tuple[str, list[tuple[Item, str]]]]:
        """Lists of places, sectors or indicators that stand side by side in a sentence, two or more in each."""
        out: list[tuple[str, list[tuple[Item, str]]]] = []
        for item in scanned.items:
            if not item.mention:
                continue
            sense = self.whose.sense(scanned, item)
            named = {
                "sector": sense.sectors[0] if sense.sectors else None,
                "place": sense.place or sense.actor,
                "indicator": sense.indicators[0] if sense.indicators else None,
                "flow": sense.flow if sense.bare_flow else None,
            }
            held = {kind: code for kind, code in named.items() if code}
            if out and (code := held.get(out[-1][0])):
                last = out[-1][1][-1][0]
                if LIST.fullmatch(scanned.between(last.end, item.start)):
                    out[-1][1].append((item, code))
                    continue
            if held:
                kind, code = next(iter(held.items()))
                out.append((kind, [(item, code)]))
        return [one for one in out if len(one[1]) > 1]

    def dimension_of(self, code: str) -> str | None:
        """Dimension of an indicator's default unit."""
        entry = self.whose.senses.entry(code)
        return entry.dimension if entry else None

    def _sibling(self, code: str, wanted: str) -> str | None:
        """Indicator of the same thing in another dimension: the area of the warehouses that were counted."""
        stem = code.rpartition("-")[0]
        names = (f"{stem}-{end}" for end in ("count", "area", "value", "volume"))
        return next((name for name in names if name != code and self.dimension_of(name) == wanted), None)
