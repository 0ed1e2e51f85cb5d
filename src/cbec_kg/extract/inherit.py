"""Periods that a figure takes from elsewhere, and those that it must not take.

>>> Timed("2023-03").code, year_before(Timed("2023-03")).code
('2023-03', '2022-03')
"""

import re
from collections.abc import Mapping

from cbec_kg.extract.kinds import Measure
from cbec_kg.extract.measured import dimension
from cbec_kg.extract.scan import Scanned
from cbec_kg.extract.timing import Timed, closed, owners
from cbec_kg.normalise.periods import Reading

__all__ = ["carries", "from_before", "from_start", "inherits", "is_private", "year_before"]

_STATE = re.compile(
    r"\b(?:has|have|is|are|now|currently|there are|hosts|runs|operates|holds|counts|deal|deals|covers?|trades|employs?"
    r"|provides?|supports?|serves?)\b"
)
_STATE_OF_SHARES = re.compile(
    r"\b(?:accounts? for|take place|takes place|takes? up|uses?|comes?|makes? up|represents?|holds?"
    r"|(?:has|have)(?! \w+ed\b| risen| grown| fallen| been| shrunk)|is located|are located|is|are)\b"
)
_DONE = re.compile("业务量|单量|订单量|吞吐量|运量|开行|发运|处理|成交|累计|新增|新设|完成|其中|共|发送|增加|期间")
_POINTS_BACK = re.compile(r"(?:that|this|which|it)\s")
_FROM_BEFORE = re.compile(r"\s(?:from|up from|down from|compared with)\s(?:about |around |nearly |over )?")
_FROM = re.compile(r"(?:从|由|\bfrom\s)$")


def inherits(scanned: Scanned, at: int, one: Measure, *, first: bool) -> bool:
    """Whether a figure without a period may have that of the text before it.

    How many there are now, and what share is, was not said of the period that other figures were of. ``first`` is
    whether no figure of the sentence has had a period.
    """
    state = one.kind == "level" and dimension(one.amount.unit) in ("count", "area")
    if not first:
        return True
    folded, sentence = scanned.document.folded, scanned.sentence
    if scanned.document.lang == "zh":
        return not state or bool(_DONE.search(folded, sentence.body, scanned.items[at].start))
    if not (state or one.kind == "share") or _POINTS_BACK.match(folded, sentence.body):
        return True
    end = scanned.clause_span(scanned.items[at].start)[1]
    return not (_STATE if state else _STATE_OF_SHARES).search(folded, sentence.body, end)


def carries(timed: Timed) -> bool:
    """Whether the period of a figure goes on to the next sentence: "now", a day and "by the end of" do not."""
    mention = timed.item.period if timed.item else None
    return mention is None or not (mention.kind in ("now", "day", "week") or mention.relation == "by")


def is_private(scanned: Scanned, timed: Timed) -> bool:
    """Whether a period dates one figure only."""
    at = next((at for at, one in enumerate(scanned.items) if one is timed.item), None)
    return at is not None and bool(owners(scanned, at))


def from_before(scanned: Scanned, at: int) -> bool:
    """Whether a level is where another came from: "rose 23% to $507 from $412"."""
    item = scanned.items[at]
    before = next((one for one in reversed(scanned.items[:at]) if one.amount), None)
    if before is None or before.amount is None or item.amount is None or before.amount.unit != item.amount.unit:
        return False
    return bool(_FROM_BEFORE.fullmatch(scanned.between(before.end, item.start)))


def from_start(scanned: Scanned, at: int, readings: Mapping[int, Reading]) -> Timed | None:
    """Period of a level that growth began from: 2012年以来，从1589亿元增长至."""
    item = scanned.items[at]
    if not _FROM.search(scanned.between(max(scanned.sentence.body, item.start - 6), item.start)):
        return None
    for index, reading in readings.items():
        period = scanned.items[index].period
        if period is None or period.relation != "since" or period.first.anchor != "calendar":
            continue
        if reading.code and reading.code.endswith("/.."):
            return Timed(reading.code.removesuffix("/.."))
    return None


def year_before(timed: Timed) -> Timed:
    """The same period a year earlier, where it is closed."""
    period = closed(timed.code)
    return Timed(period.year_before().code) if period else timed
