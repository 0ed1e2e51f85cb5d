"""What is asked of a figure: its level, growth, share or rank, or how two figures stand to each other.

>>> from cbec_kg.extract.mentions import default_finder
>>> def asked(text, lang="en"):
...     found = measured(Names.of(text, lang, default_finder()))
...     return found.measure, found.thing and found.thing.code, found.against and found.against.code, found.reason
>>> asked("Growth of CBEC minus growth of goods trade in 2020")
('gap', 'cbec-trade-value', 'goods-trade-value', '')
>>> asked("Shein's rank among US shopping apps"), asked("the weather")[3]
(('rank', 'app-download-count', None, ''), 'no-indicator')
"""

import re
from dataclasses import dataclass, replace

from cbec_kg.ask.named import Names, Thing
from cbec_kg.ask.phrases import Phrase, contributions

__all__ = ["Asked", "measured"]

_AND = re.compile(r"\b(?:and|or|plus)\b|[&,.?，。？、;；和与跟同及]")
_COMES_FROM = re.compile(r"(?:came|come|comes)\sfrom|due\sto|by$")
_BY = re.compile(r"\bby$")
_PARTED = re.compile(r"\b(?:in|within|to|as|out\sof|from)\b|占|在|[:：]")
_IN_BEFORE = re.compile(r"(?:\b(?:of|in|within|to)\s(?:the\s)?|在|对|占)(?:growth\s(?:of|in)\s(?:the\s)?)?$")
_IN_BEHIND = re.compile(r"的?(?:总额|增长|增量)?的?(?:中|里|当中|之中)")
_UNITS = frozenset({"percentage"})
"""Words for a share that beside growth are its unit: "by what percentage did it grow"."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The measure and the words that say so, what it is of and against; or the reason why it is none."""

    measure: str = "level"
    thing: Thing | None = None
    against: Thing | None = None
    at: tuple[int, int] | None = None
    reason: str = ""
    words: tuple[str, ...] = ()


def measured(named: Names) -> Asked:
    """What a question asks of what it names."""
    weak = named.weak()
    things = _with_group(named)
    at = _spans(named, weak)
    grows, points, part = at.get("growth"), named.asked("asks", "points"), named.asked("asks", "contribution")
    ranks, share, than = at.get("rank"), at.get("share"), named.cues.get("than", [])
    if not things:
        return Asked(reason="no-indicator")
    words = tuple(named.text[one.start : one.end] for one in things)
    thing = things[0]
    if len(things) > 2:
        return Asked(thing=thing, reason="several", words=words)
    if len(things) == 2:
        return _of_two(named, things, weak, at)
    if part:
        return Asked(thing=thing, reason="unsupported", words=(named.text[part[0].start : part[0].end],))
    if points and not grows:
        return Asked(thing=thing, reason="unsupported", words=(named.text[points[0].start : points[0].end],))
    if than and not grows:
        return Asked(thing=thing, reason="comparison", words=(named.text[than[0].start : than[0].end],))
    if odd := next((one for one in weak if one.code in ("above", "difference")), None):
        return Asked(thing=thing, reason="comparison", words=(named.text[odd.start : odd.end],))
    measures = {"rank": ranks, "share": share, "growth": grows}
    said = [name for name, where in measures.items() if where]
    if len(said) > 1:
        return Asked(thing=thing, reason="several", words=tuple(named.text[slice(*at[name])] for name in said))
    return Asked(said[0], thing, at=at[said[0]]) if said else Asked("level", thing)


def _with_group(named: Names) -> list[Thing]:
    """Things measured; a group that an indicator ranks within stands for the indicator where none is named."""
    groups = named.asked("group")
    if named.things or not groups:
        return named.things
    entries = named.senses.lexicon.entries
    ranked = [code for code, entry in entries.items() if entry.group == groups[0].code]
    return [Thing(ranked[0], groups[0].start, groups[0].end)] if len(ranked) == 1 else []


def _spans(named: Names, weak: list[Phrase]) -> dict[str, tuple[int, int]]:
    """The words that ask for growth, share or rank, each the first of its kind."""
    out: dict[str, tuple[int, int]] = {}
    for one in weak:
        if one.kind == "asks":
            out.setdefault(one.code, (one.start, one.end))
    for cue, code in (("yoy", "growth"), ("fall", "growth"), ("rise", "growth"), ("share", "share"), ("rank", "rank")):
        for span in named.cues.get(cue, ())[:1]:
            out[code] = (span.start, span.end)
    share = named.cues.get("share", ())
    if "growth" in out and all(named.folded[one.start : one.end] in _UNITS for one in share):
        out.pop("share", None)
    return out


def _of_two(named: Names, things: list[Thing], weak: list[Phrase], at: dict[str, tuple[int, int]]) -> Asked:
    """How two things stand to each other: a gap of growths, a part in a growth, a share."""
    first, second = (_of_growth(named, one) for one in things)
    words = tuple(named.text[one.start : one.end] for one in things)
    found = _related(named, first, second, weak, at)
    if found is None:
        compared = named.cues.get("than") or any(one.code in ("above", "difference") for one in weak)
        listed = _AND.search(named.folded[things[0].end : things[1].start])
        reason = "comparison" if compared else "several" if listed else "unrelated"
        return Asked(thing=first, against=second, reason=reason, words=words)
    thing, against = found.thing, found.against
    if thing is None or against is None:
        return Asked(thing=first, against=second, reason="unsupported", words=words)
    if thing.code != against.code and (thing.flow or "total") != (against.flow or "total"):
        return Asked(thing=first, against=second, reason="unsupported", words=words)
    return found


def _of_growth(named: Names, thing: Thing) -> Thing:
    """The trade whose growth is spoken of, where a thing is a part in it, in points."""
    whole = contributions().get(thing.code)
    return replace(thing, code=whole) if whole and named.asked("asks", "points") else thing


def _related(
    named: Names, first: Thing, second: Thing, weak: list[Phrase], at: dict[str, tuple[int, int]]
) -> Asked | None:
    """The measure that the words between two things ask for, None where they ask for none."""
    part, whole = _part_and_whole(named, first, second)
    adding = next((one for one in named.things if one.code in contributions()), None)
    given = [(one.start, one.end) for one in named.asked("asks", "contribution")]
    given += [(adding.start, adding.end)] if adding and named.asked("asks", "points") else []
    if given and _is_reversed(named, whole, given[0], _COMES_FROM):
        return Asked()
    if given:
        return Asked("contribution", part, whole, given[0]) if "growth" in at or adding else Asked()
    if "growth" in at and (apart := [one for one in weak if one.code == "difference"]):
        return Asked("gap", first, second, (apart[0].start, apart[0].end))
    minus = [*named.asked("asks", "minus"), *(one for one in weak if one.code == "above")]
    much = named.cues.get("than") and "amount" in at  # "how much faster than"
    if "growth" in at and (minus or much or named.asked("asks", "points")):
        marks = [(one.start, one.end) for one in named.cues.get("than", ())]
        for start, end in (*marks, *((one.start, one.end) for one in minus)):
            against = next((other for other in (first, second) if other.start >= end), None)
            if against is not None:
                return Asked("gap", second if against is first else first, against, (start, end))
        return Asked("gap", first, second, at["growth"])
    if "share" in at and part is not None and whole is not None and "growth" not in at:
        if _is_reversed(named, whole, at["share"], _BY):
            return Asked()
        if part.bare and whole.flow:  # "what share of exports was e-commerce" is of its exports
            part = replace(part, flow=whole.flow)
        return Asked("share", part, whole, at["share"])
    return None


def _is_reversed(named: Names, whole: Thing | None, at: tuple[int, int], turning: re.Pattern[str]) -> bool:
    """Whether the words make the other of two things the whole: "the share of goods trade in CBEC"."""
    if whole is None:
        return False
    first, second = sorted(named.things, key=lambda one: one.start)
    said, between = named.folded[slice(*at)], named.folded[first.end : second.start]
    if at[0] >= second.end:  # "of goods trade, how much does CBEC account for", 跨境电商在外贸中占比
        outer = bool(_IN_BEFORE.search(named.folded, 0, second.start) or _IN_BEHIND.match(named.folded, second.end))
    elif at[0] >= first.end:  # "CBEC's share of goods trade", "goods trade accounted for by CBEC"
        follows = named.folded[at[0] : second.start].strip().removesuffix(" the")
        outer = not (turning.search(said) or turning.search(follows))
    else:  # "the share of CBEC in goods trade", "what share of goods trade was CBEC"
        outer = bool(_PARTED.search(between))
    return (whole.start, whole.end) != ((second.start, second.end) if outer else (first.start, first.end))


def _part_and_whole(named: Names, one: Thing, other: Thing) -> tuple[Thing | None, Thing | None]:
    """Which of two things is the default whole of the other's shares, or both directions of its trade."""
    for part, whole in ((one, other), (other, one)):
        if part.code == whole.code and part.flow in ("export", "import") and whole.flow == "total":
            return part, whole  # exports in the imports and exports of the same trade
        entry = named.senses.entry(part.code)
        if entry and entry.whole == whole.code:
            return part, whole
    return None, None
