"""What a figure measures where it stands: a level, a growth and on what basis, a share, a rank, a change.

>>> from cbec_kg.extract.document import Document
>>> from cbec_kg.extract.mentions import default_finder
>>> from cbec_kg.extract.scan import scan
>>> def read(text, lang="en"):
...     scanned = scan(Document.of(text, lang), default_finder())[0]
...     done = []
...     for index, item in enumerate(scanned.items):
...         if item.amount:
...             done.append(measure(scanned, index, done))
...     return [(one.kind, one.basis, one.sign) for one in done]
>>> read("Exports fell 1.8 percent and accounted for 20.7 percent of the total.")
[('growth', 'yoy', -1), ('share', None, 1)]
>>> read("出口增长三成，占比提升1.2个百分点，环比下降5%。", "zh")
[('growth', 'yoy', 1), ('change', None, 1), ('growth', 'mom', -1)]
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from cbec_kg.extract.amounts import Amount
from cbec_kg.extract.scan import Item, Scanned
from cbec_kg.normalise.periods import PeriodMention

__all__ = ["Measure", "measure"]


class Measure(NamedTuple):
    """``kind`` and ``basis`` as rows spell them; ``sign`` is -1 for a fall.

    ``percent`` says that an amount in times is a growth in percent. ``base`` is the item of the period that a growth is
    measured from; ``span`` that of the years it runs over. ``amount`` is the figure, ``rule`` what decided.
    """

    amount: Amount
    kind: str
    basis: str | None = None
    sign: int = 1
    percent: bool = False
    base: Item | None = None
    span: Item | None = None
    rule: str = ""


_GROWTH_RIGHT = re.compile(
    r"\s*(?:for (?:the )?(?=growth|increase))?(?:of (?:[a-z]+ )?(?=growth|increase|decline|rise))?(?:on average "
    r"|(?:on a |a |an )?(?:year on year|year over year|yoy|y o y|annual|annually|yearly|compound|cumulative|average"
    r"|overall|further|combined|quarterly|monthly|rapid|strong|solid|sharp|slight|month on month|in"
    r"|of)\s?){0,3}"
    r"(?P<word>growth|increase|rise|gain|jump|surge|expansion|climb|leap|hike|boost|uptick|upturn|uplift"
    r"|growths?|increases|rises|gains|jumps|higher|more|larger|bigger|better|faster|longer|above|up\b"
    r"|decline|drop|decrease|fall|reduction|slump|plunge|dip|contraction|lower|less|fewer|smaller|slower|shorter|cheaper"
    r"|below|down\b|cut\b|by which)(?!\w)"
)
_GROWTH_RIGHT_ZH = re.compile(
    r"\s*(?:以上|左右)?的?(?:年均|复合|平均|较快|快速|高速|同比|正|稳定|稳步|高位|强劲|较高|逆势)*(?P<word>增长|增速|增幅|涨幅|速度|提升|升幅|增加|上涨|下降"
    r"|降幅|减少|跌幅|下滑|负增长)"
)
_DOWN = re.compile(
    r"decline|drop|decrease|fall|reduction|slump|plunge|dip|contraction|lower|less|fewer|smaller|slower|shorter"
    r"|cheaper|below|down|cut|下降|降幅|减少|跌幅|下滑|负增长"
)
_SHARE_RIGHT = re.compile(
    r"\s*(?:market\s)?(?:share|stake|slice|portion|of\s(?!growth|increase|a\b)|are\s|is\s|were\s|was\s)"
)
_TO = re.compile(
    r"\s+(?:(?:back|steadily|further|sharply|slightly|again|rapidly|significantly|remarkably|quickly"
    r"|respectively)\s+)?(?:to|at|from)\s+(?:a\s+(?:record|new)\s+)?(?:about |around |over |nearly "
    r"|almost |more than |roughly |some |only )?$|,\s(?:reaching|hitting|standing at|to reach)\s(?:about "
    r"|around |over |nearly |almost |more than )?$"
)
_NOUN = re.compile(
    r"(?:growth|increase|rise|gain|expansion|surge|jump|decline|drop|decrease|fall|reduction|rates?"
    r"|growth rate.*|rate of growth|pace of growth|contraction|hike)$"
)
_REACHED_ZH = re.compile(r"(?:了)?(?:到|至|成|为)")
_PACE = re.compile(r"\s(?:the\s)?(?:fast|slow|strong|weak|sharp)(?:est|er)\b")
_NOUN_ZH = ("增速", "增幅", "涨幅", "增长率", "降幅", "跌幅", "减幅", "增量")
_BASE_RIGHT = re.compile(
    r"[\s,]*(?:as (?:many|much|high|large) )?(?:(?:more|higher|lower|less|fewer|larger|up|down|increase"
    r"|decrease|growth|rise|decline|drop)\s+)?(?:from|than|over|on|above|below|compared (?:with|to)"
    r"|against|versus|since|relative to|in comparison with|as)\s+(?:that |those |the |levels? )*(?:in "
    r"|of |for |year )*$"
)
_BASE_LEFT = re.compile(r"(?:compared (?:with|to)|relative to|from|since|比|较|相比|相较|对比|自|与|从)\s*(?:the\s)?$")
_SPAN_RIGHT = re.compile(r"\b(?:in|over|within|during|for|throughout)\s(?:the\s|a\s|just\s|only\s|mere\s|these\s)*$")
_BY = re.compile(
    r"\s+by\s+(?:about |around |over |nearly |almost |more than |roughly |some |up to |an average of "
    r"|as much as |approximately |a further |another )*$"
)
_MORE_RIGHT = re.compile(r"\s+(?P<word>more|fewer|less|higher|lower)(?:\s+than\b(?!\s+(?:half|\d))|\s*[,.;]|$)")
_CHANGE_ZH = re.compile(r"(?:了)?(?:约|近|超|超过|逾|将近|大约)*$")


def measure(scanned: Scanned, index: int, done: Sequence[Measure]) -> Measure:
    """Measure of the amount at ``index`` of the sentence's items; ``done`` are those of the amounts before it."""
    item = scanned.items[index]
    amount = item.amount
    assert amount is not None
    zh = scanned.document.lang == "zh"
    before = _previous(scanned, index)
    left = [one for one in scanned.items[before + 1 : index] if one.mention]
    match amount.unit:
        case "percent":
            found = (_percent_zh if zh else _percent_en)(scanned, item, left, done)
        case "percentage_point":
            found = Measure(amount, "change", sign=_direction(scanned, item, left), rule="change.points")
        case "ratio":
            found = _ratio(scanned, item, left)
        case "rank":
            found = Measure(amount, "rank", rule="rank")
        case _:
            found = _level(scanned, item, left, zh=zh)
    return _based(scanned, index, before, found) if found.kind == "growth" else found


def _previous(scanned: Scanned, index: int) -> int:
    """Index of the amount before, -1 for none."""
    return next((at for at in range(index - 1, -1, -1) if scanned.items[at].amount), -1)


def _cue(items: Sequence[Item], *names: str) -> Item | None:
    """The last item that is one of some cues."""
    return next((one for one in reversed(items) if any(name in one.cues for name in names)), None)


def _percent_en(scanned: Scanned, item: Item, left: list[Item], done: Sequence[Measure]) -> Measure:
    amount, folded = item.amount, scanned.document.folded
    assert amount is not None
    if amount.form == "word" and amount.value in (100, 200, 300, -50):  # doubled, tripled, halved
        return Measure(amount, "growth", "yoy", rule="growth.word")
    limit = scanned.sentence.end
    growth = _GROWTH_RIGHT.match(folded, item.end, limit)
    share = _SHARE_RIGHT.match(folded, item.end, limit)
    cue = _cue(left, "rise", "fall", "share")
    if cue and not ({"rise", "fall"} & set(cue.cues)):
        if growth and not share:
            return Measure(amount, "growth", "yoy", -1 if _DOWN.search(growth["word"]) else 1, rule="growth.right")
        return Measure(amount, "share", rule="share.cue")
    if growth and (not (share and not cue) or growth[0].startswith(" of")):
        if not (
            cue
            and growth["word"] in ("more", "less", "above", "below", "up", "down")
            and not re.match(r"\s*(?:more|less)\sthan\sa\syear", folded[item.end : item.end + 20])
            and not _base_follows(folded, growth.end(), limit)
        ):
            return Measure(amount, "growth", "yoy", -1 if _DOWN.search(growth["word"]) else 1, rule="growth.right")
    if cue:
        gap = folded[cue.end : item.start]
        if share and share[0].strip().startswith("of") and len(gap) > 25 and not _near(scanned, cue, item):
            return Measure(amount, "share", rule="share.of")
        if _PACE.match(gap):
            return Measure(amount, "growth", "yoy", -1 if "fall" in cue.cues else 1, rule="growth.pace")
        if _TO.search(gap) and not (_NOUN.search(folded[cue.start : cue.end]) and not re.search(r"\sto\s|ing\s", gap)):
            return Measure(amount, "share", rule="share.reached")
        return Measure(amount, "growth", "yoy", -1 if "fall" in cue.cues else 1, rule="growth.cue")
    if share:
        return Measure(amount, "share", rule="share.of")
    for one in reversed(done):
        if one.amount.unit == "percent":
            return one._replace(amount=amount, rule=one.rule.split("+")[0] + "+list", base=None, span=None)
    if any("yoy" in one.cues for one in scanned.items if one.start >= item.end and one.start - item.end < 25):
        return Measure(amount, "growth", "yoy", rule="growth.yoy")
    if scanned.sentence.heading and any({"rise", "fall"} & set(one.cues) for one in scanned.items):
        return Measure(amount, "growth", "yoy", rule="growth.heading")
    return Measure(amount, "share", rule="share.default")


def _base_follows(folded: str, at: int, limit: int) -> bool:
    return bool(re.match(r"\s+(?:than|from|on|over)\s", folded[at : min(at + 8, limit)]))


def _near(scanned: Scanned, cue: Item, item: Item) -> bool:
    return scanned.clause(cue.start) == scanned.clause(item.start)


def _percent_zh(scanned: Scanned, item: Item, left: list[Item], done: Sequence[Measure]) -> Measure:
    amount, folded = item.amount, scanned.document.folded
    assert amount is not None
    if amount.form == "word" and amount.value in (100, 200, 300, -50):
        return Measure(amount, "growth", "yoy", rule="growth.word")
    growth = _GROWTH_RIGHT_ZH.match(folded, item.end, scanned.sentence.end)
    cue = _cue(left, "rise", "fall", "share", "yoy", "mom", "other_basis", "cagr")
    if growth and not (cue and "share" in cue.cues):
        return Measure(amount, "growth", "yoy", -1 if _DOWN.search(growth["word"]) else 1, rule="growth.right")
    of = folded.startswith("的", item.end)
    if cue:
        gap = folded[cue.end : item.start]
        words = folded[cue.start : cue.end]
        if "share" in cue.cues:
            return Measure(amount, "share", rule="share.cue")
        if {"rise", "fall"} & set(cue.cues):
            sign = -1 if "fall" in cue.cues else 1
            if words in _NOUN_ZH or not (_REACHED_ZH.match(gap) or gap.endswith(("到", "至"))):
                close = len(gap) <= 12 or scanned.clause(cue.start) == scanned.clause(item.start)
                if close and not (of and len(gap) > 4):
                    return Measure(amount, "growth", "yoy", sign, rule="growth.cue")
            elif any(folded[one.start : one.end] in _NOUN_ZH for one in left):
                return Measure(amount, "growth", "yoy", sign, rule="growth.reached")
            elif _cue(left, "share") or not of:
                return Measure(amount, "share", rule="share.reached")
        elif not of:
            return Measure(amount, "growth", "yoy", rule="growth.basis")
    if of:
        return Measure(amount, "share", rule="share.of")
    for one in reversed(done):
        if one.amount.unit == "percent":
            gap = folded[one.amount.end : item.start]
            if len(gap) <= 14 and one.kind in ("growth", "share"):
                return one._replace(amount=amount, rule=one.rule.split("+")[0] + "+list", base=None, span=None)
    return Measure(amount, "share", rule="share.default")


def _ratio(scanned: Scanned, item: Item, left: list[Item]) -> Measure:
    amount, folded = item.amount, scanned.document.folded
    assert amount is not None
    right = folded[item.end : min(item.end + 20, scanned.sentence.end)]
    cue = _cue(left, "rise", "fall")
    growth = _GROWTH_RIGHT.match(folded, item.end, scanned.sentence.end)
    if amount.form == "times" and not re.match(r"\s*(?:as|that|the\s)", right):
        if cue is None and growth:
            return Measure(amount, "growth", "yoy", percent=True, rule="growth.times")
        if cue is not None:
            gap = folded[cue.end : item.start]
            reached = scanned.document.lang == "zh" and (_REACHED_ZH.match(gap) or "是" in gap)
            if not reached and not _TO.search(gap):
                return Measure(
                    amount, "growth", "yoy", -1 if "fall" in cue.cues else 1, percent=True, rule="growth.times"
                )
    return Measure(amount, "growth", "cumulative", rule="growth.ratio")


def _level(scanned: Scanned, item: Item, left: list[Item], *, zh: bool) -> Measure:
    """Money, counts and other amounts: a level, or the change of one."""
    amount, folded = item.amount, scanned.document.folded
    assert amount is not None
    cue = _cue(left, "rise", "fall")
    if cue:
        gap = folded[cue.end : item.start]
        words = folded[cue.start : cue.end]
        if zh and words in ("增加", "减少", "增", "减", "多", "少") and _CHANGE_ZH.fullmatch(gap):
            return Measure(amount, "change", sign=-1 if "fall" in cue.cues else 1, rule="change.cue")
        if not zh and _BY.fullmatch(gap):
            return Measure(amount, "change", sign=-1 if "fall" in cue.cues else 1, rule="change.by")
    if not zh and (match := _MORE_RIGHT.match(folded, item.end, scanned.sentence.end)):
        down = match["word"] in ("fewer", "less", "lower")
        return Measure(amount, "change", sign=-1 if down else 1, rule="change.more")
    return Measure(amount, "level", rule="level")


def _direction(scanned: Scanned, item: Item, left: list[Item]) -> int:
    """Sign of a change in points."""
    folded = scanned.document.folded
    right = re.match(
        r"\s*(?:more|higher|faster|above|up|lower|less|slower|below|down|fewer)\b", folded[item.end : item.end + 12]
    )
    if right:
        return -1 if _DOWN.search(right[0]) else 1
    cue = _cue(left, "rise", "fall")
    if cue:
        return -1 if "fall" in cue.cues else 1
    window = folded[max(scanned.sentence.body, item.start - 24) : item.start]
    return -1 if "低于" in window or "回落" in window or "慢于" in window else 1


def _based(scanned: Scanned, index: int, before: int, found: Measure) -> Measure:
    """A growth with its basis: what the text says that it is measured from."""
    items, folded = scanned.items, scanned.document.folded
    item = items[index]
    following = next((at for at in range(index + 1, len(items)) if items[at].amount), len(items))
    near = [one for one in (*items[before + 1 : index], *items[index + 1 : following]) if one.mention]
    base = span = None
    for one in (*reversed(items[before + 1 : index]), *items[index + 1 : following]):
        if one.period is None:
            continue
        lasting = one.period.kind in ("past", "duration")
        if one.start > item.start:
            gap = folded[item.end : one.start]
            if (_BASE_RIGHT.fullmatch(gap) and not lasting and one.period.kind != "range") or (
                _since(one.period) and scanned.clause(one.start) == scanned.clause(item.start)
            ):
                base = base or one
            elif lasting and len(gap) < 45 and _SPAN_RIGHT.search(gap):
                span = span or one
        else:
            gap = folded[max(scanned.sentence.body, one.start - 16) : one.start]
            if (
                (found.rule == "growth.ratio" and folded[one.end : item.start] in ("的", "同期的"))
                or (_year_before(one.period) and item.start - one.end <= 8 and not one.period.last)
                or _since(one.period)
                or (_BASE_LEFT.search(gap) and one.period.kind != "range" and _compared(folded, one, item))
            ):
                base = base or one
            elif one.period.kind == "past" and one.period.first.unit == "year" and one.period.first.steps < -1:
                span = span or one
    if span and (
        span.period is None
        or (span.period.kind == "duration" and not re.search(r"year|decade|年", folded[span.start : span.end]))
    ):
        span = None
    basis = found.basis
    names = {name for one in near for name in one.cues}
    if "cagr" in names:
        basis = "cagr"
    elif "mom" in names:
        basis = "mom"
    elif "other_basis" in names:
        basis = "other"
    elif base is not None and base.period is not None and _year_before(base.period):
        basis, base = "yoy", None
    elif base is not None and base.period is not None and base.period.kind == "day":
        basis = "other"
    elif base is not None or span is not None:
        basis = "cumulative"
    elif "yoy" in names:
        basis = "yoy"
    elif found.rule == "growth.ratio":
        basis = "cumulative"
    return found._replace(basis=basis, base=base, span=span)


def _since(period: PeriodMention) -> bool:
    """Whether a period is a start that growth is measured from; 今年以来 is just this year so far."""
    return period.relation == "since" and period.first.anchor != "publication"


def _year_before(period: PeriodMention) -> bool:
    """Whether a period is the one a year before: "a year earlier", 去年同期, "last year"."""
    first = period.first
    return first.offset == -1 and not period.last and (first.form == "same" or first.anchor in ("publication", "text"))


def _compared(folded: str, period: Item, item: Item) -> bool:
    """Whether a period that stands before is what is compared with: 比2020年增长5%, "compared with 2020, ..."."""
    gap = folded[period.end : item.start]
    return len(gap) < 80
