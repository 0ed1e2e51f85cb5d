"""Figures in a list and what they are of, one by one: "vessels and appliances gained 35.4% and 9.9% respectively".

>>> from cbec_kg.extract.document import Document
>>> from cbec_kg.extract.mentions import default_finder
>>> from cbec_kg.extract.scan import scan
>>> scanned = scan(Document.of("对欧盟、美国分别进出口5.51万亿元、4.67万亿元。", "zh"), default_finder())[0]
>>> groups(scanned, [at for at, item in enumerate(scanned.items) if item.amount])
[[4, 5]]
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from cbec_kg.extract.entities import Whose
from cbec_kg.extract.frame import Frame
from cbec_kg.extract.scan import Item, Scanned
from cbec_kg.extract.senses import TRADE

__all__ = ["groups", "pairs"]

_JOINT = re.compile(
    r"\s*(?:,|，|、|和|及|与|以及|and|,\s?and)\s*(?:about|around|nearly|over|more than|近|约|超|超过"
    r"|增长|下降|上升|减少|提升)?\s*"
)


def groups(scanned: Scanned, amounts: Sequence[int]) -> list[list[int]]:
    """Indexes of amounts of one unit that stand in a list."""
    out: list[list[int]] = []
    run: list[int] = []
    for at in amounts:
        item = scanned.items[at]
        if (
            run
            and _unit(scanned, run[-1]) == _unit(scanned, at)
            and _JOINT.fullmatch(scanned.between(scanned.items[run[-1]].end, item.start))
        ):
            run.append(at)
        else:
            if len(run) > 1:
                out.append(run)
            run = [at]
    if len(run) > 1:
        out.append(run)
    return out


def _unit(scanned: Scanned, at: int) -> str | None:
    amount = scanned.items[at].amount
    return amount.unit if amount else None


def _said(scanned: Scanned, run: list[int]) -> bool:
    """Whether "respectively" stands behind the list, or 分别 before it."""
    first, last = scanned.items[run[0]], scanned.items[run[-1]]
    for item in scanned.items:
        if "respectively" in item.cues:
            zh = scanned.document.lang == "zh"
            if 0 <= first.start - item.end <= (24 if zh else 16) or (not zh and 0 <= item.start - last.end <= 24):
                return True
    return False


def pairs(
    scanned: Scanned,
    runs: list[list[int]],
    lists: list[tuple[str, list[tuple[Item, str]]]],
    frames: dict[int, Frame],
    whose: Whose,
) -> dict[int, Frame]:
    """Frames of the amounts in lists: each of the thing at its place in the last list of that length before it.

    Where no such list stands before and the text says "respectively", growths belong one by one to the amounts before
    them.
    """
    out: dict[int, Frame] = {}
    for run in runs:
        start = scanned.items[run[0]].start
        fitting = [
            (kind, things)
            for kind, things in lists
            if len(things) == len(run) and things[-1][0].end <= start and _free(scanned, things[-1][0].end, start, run)
        ]
        if fitting:
            kind, things = fitting[-1]
            for at, (_, code) in zip(run, things, strict=True):
                out[at] = _of(frames[at], kind, code, whose)
            continue
        before = [at for at in frames if at < run[0]][-len(run) :]
        if len(before) == len(run) and _said(scanned, run):
            for at, other in zip(run, before, strict=True):
                out[at] = replace(frames[other])
    return out


def _free(scanned: Scanned, end: int, start: int, run: list[int]) -> bool:
    """Whether a list of things belongs to a list of figures: nothing else is measured between, or the text says so."""
    return _said(scanned, run) or not any(one.amount for one in scanned.items if end <= one.start < start)


def _of(frame: Frame, kind: str, code: str, whose: Whose) -> Frame:
    match kind:
        case "flow":
            return replace(frame, flow=code)
        case "sector":
            return replace(frame, sectors=(code,))
        case "place":
            if frame.partners and code in frame.partners:
                return replace(frame, partners=(code,))
            if frame.topic in TRADE and not whose.is_local(code) and not whose.is_actor(code):
                return replace(frame, entity=whose.default, partners=(code,))  # who trades is the article's own
            return replace(frame, entity=code, partners=())
    return replace(frame, indicators=(code,))
