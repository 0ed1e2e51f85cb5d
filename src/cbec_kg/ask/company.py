"""Words whose meaning hangs on what stands next to them: each is read in the company where it is plain, else refused.

"exports from Shenzhen" says whose they are; "exports from 2022" sets a limit of time, that no reading holds.

>>> from cbec_kg.ask.measures import measured
>>> from cbec_kg.extract.mentions import default_finder
>>> def unread(text, lang="en"):
...     named = Names.of(text, lang, default_finder())
...     return [named.text[start:end] for start, end in misplaced(named, measured(named))]
>>> unread("exports from Shenzhen in 2022"), unread("exports from 2022"), unread("2022年出口低", lang="zh")
([], ['from'], ['低'])
"""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from cbec_kg.ask.measures import Asked
from cbec_kg.ask.named import Names
from cbec_kg.ask.phrases import company
from cbec_kg.extract.document import matching

__all__ = ["misplaced", "unasked"]

_DIRECTED = re.compile(r"import|export|进口|出口")
_CUES = {"rise": "growth", "fall": "growth", "yoy": "growth"}
_RANGE = re.compile(r"\bto\b|\band\b|-|–|—|~|至|到")
_ASKED = {
    "level": {"amount", "market", "known", "latest"},
    "growth": {"growth", "amount", "points", "market", "known", "latest"},
    "share": {"share", "amount", "market", "known", "latest"},
    "rank": {"rank", "amount", "market", "known", "latest"},
    "gap": {"growth", "amount", "points", "minus", "above", "difference", "known", "latest"},
    "contribution": {"contribution", "growth", "amount", "points", "known", "latest"},
}
"""What a question may ask for beside each measure: more is a second question."""
_CUED = {
    "rank": {"rank"},
    "share": {"share", "growth", "contribution"},
    "fall": {"growth"},
    "rise": {"growth", "gap", "contribution"},
}
"""The measures that words of the grammar are read with; a fall turns a difference of growths round."""


class _Mark(NamedTuple):
    start: int
    end: int
    kinds: frozenset[str]


def misplaced(named: Names, asked: Asked) -> list[tuple[int, int]]:
    """Spans of the words that stand in no company in which they are read."""
    marks, rules = _marks(named), company(named.lang)
    none = _Mark(-1, -1, frozenset())
    out = []
    for at, mark in enumerate(marks):
        if "word" in mark.kinds:
            before, behind = marks[at - 1] if at else none, marks[at + 1] if at + 1 < len(marks) else none
            allowed = rules[matching(named.folded[mark.start : mark.end])]
            if not any(_fits(named, rule, before, behind, asked) for rule in allowed):
                out.append((mark.start, mark.end))
    return out


def _fits(named: Names, rule: dict[str, Any], before: _Mark, behind: _Mark, asked: Asked) -> bool:
    near = {"before": behind.kinds, "after": before.kinds, "beside": before.kinds | behind.kinds}
    if not all(near[key] & set(rule[key]) for key in near if key in rule):
        return False
    if asked.measure not in rule.get("measure", (asked.measure,)):
        return False
    if "partner" in rule and not any(one.role == "partner" and one.start == behind.start for one in named.places):
        return False
    return "joins" not in rule or _joins(named, before, behind, asked)


def _joins(named: Names, before: _Mark, behind: _Mark, asked: Asked) -> bool:
    """Whether "and" joins two of a kind, both of which are read; 中国与日本 too, 与 before a place alone."""
    two = frozenset({"thing", "growth"})
    if before.kinds & two and behind.kinds & two:
        directed = [_DIRECTED.search(named.folded, one.start, one.end) for one in (before, behind)]
        return asked.against is not None or all(directed)
    partner = any(one.role == "partner" and one.start == behind.start for one in named.places)
    return "place" in behind.kinds and ("place" in before.kinds or (named.lang == "zh" and partner))


def unasked(named: Names, asked: Asked) -> list[tuple[int, int]]:
    """Spans of the words that ask for something else than the measure that was read."""
    measure, found = asked.measure, [*named.weak(), *named.strong]
    out = [(one.start, one.end) for one in found if one.kind == "asks" and one.code not in _ASKED[measure]]
    for cue, measures in _CUED.items():
        if measure not in measures:
            out += [(one.start, one.end) for one in named.cues.get(cue, ())]
    if measure == "rank":
        out += [(one.start, one.end) for one in found if named.folded[one.start : one.end].startswith("how ")]
    if measure == "gap":
        than = [(one.start, one.end) for one in named.cues.get("than", ())]
        minus = named.asked("asks", "minus")
        above = [(one.start, one.end) for one in named.weak() if one.code == "above"]
        out += [*than, *above] if minus else than[1:]
    rises = named.cues.get("rise", [])
    return out + [(one.start, one.end) for one in rises[2:]]


def _marks(named: Names) -> list[_Mark]:
    """All that is understood in the order of the text, without the words that say nothing."""
    kinds: dict[tuple[int, int], set[str]] = {}

    def put(start: int, end: int, kind: str) -> None:
        kinds.setdefault((start, end), set()).add(kind)

    for period in named.periods:
        put(period.start, period.end, "period")
        if _RANGE.search(named.folded[period.start : period.end]) and period.kind == "range":
            put(period.start, period.end, "range")
    for kind, spans in (("thing", named.things), ("thing", named.flows), ("thing", named.trades),
                        ("place", named.places), ("sector", named.sectors), ("actor", named.actors)):  # fmt: skip
        for span in spans:
            put(span.start, span.end, kind)
    for name, cues in named.cues.items():
        for cue in cues:
            put(cue.start, cue.end, _CUES.get(name, name))
    for phrase in (*named.strong, *named.weak()):
        names = {"asks": phrase.code, "beside": "word", "short": "thing", "bilateral": "place"}
        put(phrase.start, phrase.end, names.get(phrase.kind, phrase.kind))
    for start, end in named.taken:
        if (start, end) not in kinds and not _is_inside(start, end, kinds):
            put(start, end, "thing")
    return sorted(_Mark(start, end, frozenset(said)) for (start, end), said in kinds.items())


def _is_inside(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(first <= start and end <= last for first, last in spans)
