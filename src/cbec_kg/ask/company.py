"""Words whose meaning hangs on what stands next to them: each is read in the company where it is plain, else refused.

"exports from Shenzhen" says whose they are; "exports from 2022" sets a limit of time, that no reading holds.

>>> from cbec_kg.extract.mentions import default_finder
>>> def unread(text, measure="level", lang="en"):
...     named = Names.of(text, lang, default_finder())
...     return [named.text[start:end] for start, end in misplaced(named, measure)]
>>> unread("exports from Shenzhen in 2022"), unread("exports from 2022"), unread("2022年出口低", lang="zh")
([], ['from'], ['低'])
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from cbec_kg.ask.named import Names
from cbec_kg.ask.phrases import company

__all__ = ["misplaced", "unasked"]

_CUES = {"rise": "growth", "fall": "growth", "yoy": "growth"}
_RANGE = re.compile(r"\bto\b|\band\b|-|–|—|~|至|到")
_ASKED = {
    "level": {"amount", "market", "known", "latest"},
    "growth": {"growth", "amount", "points", "market", "known", "latest"},
    "share": {"share", "amount", "market", "known", "latest"},
    "rank": {"rank", "amount", "known", "latest"},
    "gap": {"growth", "amount", "points", "minus", "above", "difference", "known", "latest"},
    "contribution": {"contribution", "growth", "amount", "points", "known", "latest"},
}
"""What a question may ask for beside each measure: more is a second question."""


class _Mark(NamedTuple):
    start: int
    end: int
    kinds: frozenset[str]


def misplaced(named: Names, measure: str) -> list[tuple[int, int]]:
    """Spans of the words that stand in no company in which they are read."""
    marks, rules = _marks(named), company(named.lang)
    out = []
    for at, mark in enumerate(marks):
        if "word" not in mark.kinds:
            continue
        rule = rules[named.folded[mark.start : mark.end].replace("-", " ")]
        before = marks[at - 1].kinds if at else frozenset[str]()
        behind = marks[at + 1].kinds if at + 1 < len(marks) else frozenset[str]()
        near = {"before": behind, "after": before, "beside": before | behind}
        fits = all(near[key] & set(rule[key]) for key in near if key in rule)
        fits &= measure in rule.get("measure", (measure,))
        fits &= "joins" not in rule or _joins(named, before, behind, measure)
        if not fits:
            out.append((mark.start, mark.end))
    return out


def _joins(named: Names, before: frozenset[str], behind: frozenset[str], measure: str) -> bool:
    """Whether "and" joins two of a kind, both of which are read; 中国与日本 too, 与 before a place alone."""
    if measure == "gap":
        return True
    if before & behind & {"thing", "place"}:
        return True
    return named.lang == "zh" and "place" in behind


def unasked(named: Names, measure: str) -> list[tuple[int, int]]:
    """Spans of the words that ask for something else than the measure that was read."""
    found = [*named.weak(), *named.strong]
    return [(one.start, one.end) for one in found if one.kind == "asks" and one.code not in _ASKED[measure]]


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
