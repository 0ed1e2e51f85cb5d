"""Trends: what the sentences of an article say grows, falls or stands still, where they give no figure for it.

>>> from cbec_kg.extract.document import Document
>>> from cbec_kg.extract.mentions import default_finder
>>> from cbec_kg.extract.scan import scan
>>> finder = default_finder()
>>> view = View(scan(Document.of("Digital trade expanded; imports fell.", "en"), finder)[0], finder.lexicon)
>>> [(move.phenomenon, move.indicator, move.flow, move.direction) for move in moves(view, trend_frames())]
[('digital-trade', None, None, 'rose'), (None, 'goods-trade-value', 'import', 'fell')]
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from cbec_kg.extract.leads import Found, acts, heads, lead, related
from cbec_kg.extract.masks import AMOUNT
from cbec_kg.extract.patterns import Frame, frames_of
from cbec_kg.extract.views import View, flow_of
from cbec_kg.extract.words import read_toml

__all__ = ["Move", "moves", "trend_frames"]

_DIRECTIONS = {
    "rose": "rose", "fell": "fell", "stable": "stable", "accelerated": "accelerated", "slowed": "slowed",
    "fellrose": "fell-then-rose", "rosefell": "rose-then-fell",
}  # fmt: skip
_PARTNER_EN, _PARTNER_ZH = re.compile(r" (?:With|To|From) (?:the )?$"), re.compile(r"[对与同自从向]$")


_LOW = re.compile(r"\b(?:weak|falling|sluggish|slump|depreciation|devaluation|imbalance|decline)\b")


class Move(NamedTuple):
    """A direction of a phenomenon, or of the series of an indicator; ``start`` and ``end`` are of the masked text."""

    direction: str
    status: str
    start: int
    end: int
    rule: str
    confidence: float
    phenomenon: str | None = None
    indicator: str | None = None
    flow: str | None = None
    entity: str | None = None
    partner: str | None = None
    sector: str | None = None
    retail: bool = False


@cache
def trend_frames() -> tuple[Frame, ...]:
    """Frames of the project's own table."""
    return tuple(frames_of(read_toml("trends.toml")))


def moves(view: View, frames: Iterable[Frame]) -> Iterator[Move]:
    """Trends that a sentence states, by the frames that it may match."""
    found = [
        move
        for frame in frames
        for match in frame.regex.finditer(view.masked.text)
        for move in _read(view, frame, match)
    ]
    turns = [move for move in found if "-then-" in move.direction]
    for move in found:
        if move in turns or not any(_same(move, turn) for turn in turns):
            yield move


def _same(move: Move, turn: Move) -> bool:
    """Whether a move is one half of a turn."""
    return (move.phenomenon, move.indicator) == (turn.phenomenon, turn.indicator) and move.start < turn.end


def _read(view: View, frame: Frame, match: re.Match[str]) -> Iterator[Move]:
    group = next(name for name in _DIRECTIONS if name in match.re.groupindex and match[name] is not None)
    at = match.start(group)
    if view.asked(at) or view.titled(at):
        return
    if "x" in match.re.groupindex and match["x"]:
        found = heads(view.masked, match.start("x"), match.end("x"), view.lang)
    else:
        relative = re.match(r"[,;] ?(?:Which|That) ", match[0])
        found = related(view, match) if relative else lead(view, match.start()) or []
    if not found:
        return
    text = view.masked.text
    if view.lang == "en" and (_EXAMPLES.search(text, 0, found[0].at) or _transitive(text, match)):
        return
    status = view.status(min([one.at for one in found if one.own] + [at]), at)
    if "named" in frame.data and not re.search(frame.data["named"], view.words(found[0].thing)):
        return
    if "phrase" in frame.data and not re.search(frame.data["phrase"], view.masked.text[: found[0].at], re.IGNORECASE):
        return
    if status == "denied" or _figured(view, min(found[0].at, at) if found[0].own else at, match.end()):
        return
    if view.lang == "zh" and found[0].own and acts(view.masked.text[view.clause_start(found[0].at) : found[0].at]):
        return
    for one in found:
        what = _what(view, one)
        if what is not None and one.own and not _services(view, what):
            yield what._replace(
                direction=_DIRECTIONS[group], status="forecast" if status == "planned" else "reported",
                start=min(one.at, at), end=max(one.at + 1, match.end(group)), rule=frame.rule,
                confidence=float(frame.data["confidence"]),
            )  # fmt: skip


_EXAMPLES = re.compile(r"(?:\bsuch As|\bincluding|\bnamely|\blike) (?:[a-z]+ )*\"?$")
_MAKING = re.compile(r"(?:expanding|increasing|improving|strengthening|deepening|growing)\b")


def _transitive(text: str, match: re.Match[str]) -> bool:
    """Whether what reads as an adjective is a verb: "by expanding market access"."""
    made = _MAKING.match(match[0])
    return bool(
        made
        and not re.search(
            r"(?<![A-Za-z])(?:[a-z]+(?:'s?)?|With|Amid) $|[\ue000-\ue9ff](?:'s?)? $", text[: match.start()]
        )
    )


def _services(view: View, move: Move) -> bool:
    """Whether a trade in goods is said to be of a service: "exports of travel services"."""
    entry = view.lexicon.entries.get(move.sector or "")
    return entry is not None and move.indicator == "goods-trade-value" and "service" in entry.label_en


def _figured(view: View, start: int, end: int) -> bool:
    """Whether the clause gives a figure: then it is no trend."""
    text = view.masked.text
    cuts = ",;，；。."
    begin = max(text.rfind(char, 0, start) for char in cuts) + 1
    stop = min((at for char in cuts if (at := text.find(char, end)) >= 0), default=len(text))
    return AMOUNT in text[begin:stop]


def _what(view: View, found: Found) -> Move | None:
    """Phenomenon or series that a thing stands for; None where it is neither."""
    thing = found.thing
    entry = view.lexicon.entries.get(thing.code)
    if entry is None:
        return None
    blank = Move("", "", 0, 0, "", 0)
    series = read_toml("trends.toml")["series"].get(thing.code)
    if series:
        return _series(view, found, blank._replace(indicator=series["indicator"], flow=series["flow"]))
    if entry.kind == "Phenomenon":
        if _LOW.search(entry.label_en):
            return None  # that "weak demand" falls would say the reverse
        return blank._replace(phenomenon=thing.code)
    if entry.kind != "Indicator":
        return None
    words = view.words(thing)
    flow = flow_of(words)
    trade = thing.code.endswith("-trade-value")
    retail = bool(re.search("retail|零售", words))
    return _series(
        view, found, blank._replace(indicator=thing.code, flow=(flow or "total") if trade else None, retail=retail)
    )


def _series(view: View, found: Found, move: Move) -> Move:
    """A series with whose it is, with whom, and of what, as the words before it say."""
    masked, text = view.masked, view.masked.text
    begin = max(text.rfind(char, 0, found.at) for char in ",;，；。") + 1
    for at in range(found.at - 1, begin - 1, -1):
        thing = masked.things.get(text[at])
        if thing is None:
            continue
        if thing.kind in "LNS":
            before = text[begin:at]
            if (_PARTNER_EN if view.lang == "en" else _PARTNER_ZH).search(before):
                move = move._replace(partner=thing.code, entity=None)  # those behind it stand in a list with it
            elif move.entity is None:
                move = move._replace(entity=thing.code)
        elif "Sector" in thing.classes and at == found.at - (2 if view.lang == "en" else 1):
            move = move._replace(sector=thing.code)
    return move
