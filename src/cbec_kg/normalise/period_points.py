"""Tokens of time put together to points: a part with its year, a year with its "end of".

>>> from cbec_kg.normalise.period_tokens import tokens
>>> text = "by the end of July 2024, 今年一季度末"
>>> points = Points(text.lower(), list(tokens(text)))
>>> first, second = points.take(0), points.take(0)
>>> text[first.start : first.end], first.first.year, first.first.part, first.edge, second.first.part
('the end of July 2024', 2024, '07', 'end', '03')
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from cbec_kg.normalise.moments import Moment, edge_of
from cbec_kg.normalise.period_patterns import any_of
from cbec_kg.normalise.period_tokens import Token
from cbec_kg.normalise.period_words import default_period_words

__all__ = ["Point", "Points", "dated"]

_OF = re.compile(r"(?:\s{0,2},)?\s{0,2}|-|\.?\s{1,2}(?:of|in)\s{1,2}(?:the\s(?:year\s)?)?|\s?[(]")
_OF_THIS = re.compile(r"\s{0,2}|\s{1,2}(?:of|in)\s{1,2}|的")
_S_PART = re.compile(r"(?:'s)?\s{0,2}(?:的|度|-)?")
_EDGES = ("start", "end", "within")


class Point(NamedTuple):
    """One end of a period, or a period that one word says, with its year and its "end of"."""

    start: int
    end: int
    first: Moment
    last: Moment | None
    relation: str
    edge: str
    weak: bool


class Points:
    """The points of a text, one after another; ``at`` counts the tokens taken."""

    def __init__(self, text: str, found: Sequence[Token]) -> None:
        self.text = text
        self.found = found
        self.at = 0

    def take(self, behind: int) -> Point | None:
        """The next point that begins at ``behind`` or after it; None at the end."""
        while self.at < len(self.found) and self.found[self.at].start < behind:
            self.at += 1
        if self.at == len(self.found):
            return None
        token = self.found[self.at]
        self.at += 1
        end, first, last, weak = token.end, token.first, token.last, token.weak
        while self.at < len(self.found):
            other = self.found[self.at]
            merged = _together(first, last, other, self.text[end : other.start])
            if merged is None:
                break
            first, last = merged
            end, weak = other.end, False
            self.at += 1
        start, end, edge = self._edges(token.start, end, first, behind)
        if edge and not last and not first.form and first.unit in ("", "year"):
            first = first._replace(part=edge_of(first.part, edge))
        return Point(start, end, first, last, token.relation, edge, weak and not edge)

    def near(self, end: int, most: int = 32) -> bool:
        """Whether a token begins at most so many characters behind ``end``."""
        for token in self.found[self.at : self.at + 3]:
            if token.start >= end:
                return token.start - end <= most
        return False

    def span_after(self, end: int) -> int:
        """The end of a range with the length that follows it at once: 2019年至2023年五年间."""
        if self.at < len(self.found) and self.found[self.at].start == end:
            token = self.found[self.at]
            if token.first.form in ("past", "duration"):
                return token.end
        return end

    def _edges(self, start: int, end: int, moment: Moment, behind: int) -> tuple[int, int, str]:
        """The same characters with "end of" before or 底 behind them, and which edge that is."""
        before = self.text[max(behind, start - 32) : start]
        if match := _before().search(before):
            edge = next(name for name in _EDGES if match[name] or match[f"{name}_short"])
            return start - len(before) + match.start(), end, edge
        chinese = not moment.form and not self.text[end - 1].isascii()
        if chinese and (match := _behind().match(self.text, end)):
            return start, match.end(), next(name for name in _EDGES if match[name])
        return start, end, ""


@cache
def _before() -> re.Pattern[str]:
    """Edges before a point: "the end of", "mid-"."""
    edges = default_period_words().edges
    short = {"start": "start", "end": "end", "within": "early|mid|late|later"}
    options = "|".join(
        rf"(?P<{name}>{any_of(edges[name])}\sof\s(?:the\s)?)|(?P<{name}_short>(?:{short[name]})[\s-](?:in\s)?)"
        for name in _EDGES
    )
    return re.compile(rf"(?<![a-z])(?:the\s)?(?:{options})$")


@cache
def _behind() -> re.Pattern[str]:
    """Edges behind a point: 底, 初."""
    edges = default_period_words().edges
    options = "|".join(f"(?P<{name}>{any_of(edges[f'{name}_han'])})" for name in _EDGES)
    return re.compile(rf"\s?(?:{options})(?![步期级衷创心始端尾梢层线部气特律审中])")


def dated(part: Moment, year: Moment) -> Moment:
    """A part with a year; where it lies in the year before, with that."""
    if year.year is not None:
        return part._replace(anchor="calendar", year=year.year + part.offset, offset=0)
    return part._replace(anchor=year.anchor, offset=year.offset + part.offset, unit=year.unit)


def _together(first: Moment, last: Moment | None, other: Token, gap: str) -> tuple[Moment, Moment | None] | None:
    """A point with the token that follows it; None where they do not belong together."""
    if last and other.last:
        return None
    if last:  # December to February 2024: the year of the last
        over = first.is_part and last.is_part and other.first.is_year and _OF.fullmatch(gap)
        return (dated(first, other.first), dated(last, other.first)) if over else None
    if other.last:  # 2023年11月至2月: the year of the first
        if not (first.is_year and other.first.is_part and other.last.is_part and _S_PART.fullmatch(gap)):
            return None
        shift = -other.first.offset
        return dated(other.first._replace(offset=0), first), dated(other.last._replace(offset=shift), first)
    if not gap and not first.form and other.text.startswith("当"):  # 6月当月
        return first, None
    moment = _with_year(first, other.first, gap)
    return (moment, None) if moment else None


def _with_year(first: Moment, other: Moment, gap: str) -> Moment | None:
    """A part with the year that follows or precedes it; None where they do not belong together."""
    if first.is_part and other.is_year:
        allowed = _OF if other.anchor == "calendar" else _OF_THIS
        return dated(first, other) if allowed.fullmatch(gap) else None
    if first.is_year and other.is_part:
        return dated(other, first) if _S_PART.fullmatch(gap) else None
    if first.is_year and other.is_year:
        if other.anchor == "carried" and not gap.strip():  # 2023年全年
            return first
        return other if first.anchor == "carried" and gap in (" ", " of ") else None  # full year 2023
    if first.unit == "month" and first.anchor == "day" and other.unit == "date" and not gap:  # 本月1日
        return other._replace(offset=first.steps, form="month")
    if other.form == "same" and first.is_year and first.anchor != "carried" and gap in ("", "的", " "):
        return other._replace(anchor=first.anchor, year=first.year, offset=first.offset)
    if first.form == "same" and not first.offset and other.is_year and _OF_THIS.fullmatch(gap):
        return first._replace(anchor=other.anchor, year=other.year, offset=other.offset)
    return None
