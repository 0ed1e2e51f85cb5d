"""Periods that a text names, English or Chinese, and what they are once it is known when it was written.

>>> text = "Exports rose in the first ten months of 2024; 去年上半年 and since 2016, by the end of 2023"
>>> [(text[found.start : found.end], found.code) for found in find(text)]  # doctest: +NORMALIZE_WHITESPACE
[('first ten months of 2024', '2024-01/2024-10'), ('去年上半年', '--H1'), ('since 2016', '2016/..'),
 ('by the end of 2023', '2023-12')]
>>> half = next(find("去年上半年"))
>>> resolve(half, published=date(2024, 7, 30)), resolve(half)
(Reading(code='2023-H1', year_offset=0), Reading(code='--H1', year_offset=-1))
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import NamedTuple

from cbec_kg.normalise.deixis import Context, Reading, reading
from cbec_kg.normalise.moments import Anchor, Moment, in_year
from cbec_kg.normalise.period_patterns import any_of
from cbec_kg.normalise.period_points import Point, Points, dated
from cbec_kg.normalise.period_ranges import can_end_a_range, connected, is_january_and_february, range_of
from cbec_kg.normalise.period_tokens import tokens
from cbec_kg.normalise.period_words import default_period_words, simple

__all__ = ["PeriodMention", "Reading", "find", "resolve"]


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A period where it stands, from code point ``start`` to ``end`` (exclusive), with its "since" or "by".

    ``kind`` is year, half, quarter, month, week, day, range, since, past, next, ago, same, now; or duration ("for five
    years") and vague ("in recent years"), which are no interval. ``last`` is the other end of a range. ``relation`` is
    since, by or "". ``edge`` is start, end or within where the text says so ("end of 2022" is its last month).
    ``weak`` marks a year that dates the name it stands in rather than the sentence.
    """

    start: int
    end: int
    kind: str
    first: Moment
    last: Moment | None = None
    relation: str = ""
    edge: str = ""
    weak: bool = False

    @property
    def anchor(self) -> Anchor:
        """What finds its year: calendar (nothing is needed), carried, publication, day, text; none for no interval."""
        return self.first.anchor if self.first.anchor != "calendar" or not self.last else self.last.anchor

    @property
    def code(self) -> str | None:
        """Its code as far as the words alone go: closed, open (``--H1``), or None for a whole year that is not said."""
        return resolve(self).code

    @property
    def year_offset(self) -> int:
        """Years from the year that its open code waits for; 0 for a closed code."""
        return resolve(self).year_offset


def resolve(
    mention: PeriodMention,
    published: date | None = None,
    year_in_article: int | None = None,
    carried_year: int | None = None,
    antecedent: str | None = None,
) -> Reading:
    """Code and year offset of a mention: closed where it can be known, else open.

    A part without its year takes ``carried_year`` (the year of its sentence or heading), else the latest that fits
    ``published``, else ``year_in_article``. "This year" and "past five years" take ``published``, else
    ``year_in_article``; months, weeks and days from now take ``published`` only. "The same period" takes ``antecedent``
    (a closed code); "the previous year" takes ``carried_year``, else the year of ``antecedent``.
    """
    context = Context(published, year_in_article, carried_year, antecedent)
    return reading(mention.first, mention.last, context, since=mention.relation == "since")


def find(text: str) -> Iterator[PeriodMention]:
    """Mentions of a text from left to right, none overlapping."""
    plain = simple(text)
    points = Points(plain, list(tokens(text)))
    behind, waiting = 0, list[PeriodMention]()
    while point := points.take(behind):
        mention = _mention(points, point, behind)
        behind = mention.end
        if waiting and not _listed(plain, waiting[-1], mention):
            yield from _dated_list(waiting)
            waiting = []
        waiting.append(mention)
    yield from _dated_list(waiting)


_LIST = re.compile(r"\s?(?:[,，、]|,?\s(?:and|or)\s|[和与及])\s?(?:in\s)?")


def _listed(text: str, one: PeriodMention, other: PeriodMention) -> bool:
    """Whether two periods of one kind stand in a list, the first without its year."""
    if one.kind != other.kind or not one.first.is_part or one.last:
        return False
    return bool(_LIST.fullmatch(text[one.end : other.start]))


def _dated_list(mentions: list[PeriodMention]) -> list[PeriodMention]:
    """Mentions of a list, all of the year that the last of them has: "March and May 2024"."""
    year = mentions[-1].first if mentions else None
    if year is None or year.anchor not in ("calendar", "publication") or not year.part:
        return mentions
    return [replace(one, first=dated(one.first, year)) if one.first.is_part else one for one in mentions]


class _Around(NamedTuple):
    """Patterns of what stands before a mention (ending there) and behind it."""

    since: re.Pattern[str]
    onward: re.Pattern[str]
    by: re.Pattern[str]
    start: re.Pattern[str]
    between: re.Pattern[str]


@cache
def _around() -> _Around:
    relations, start = default_period_words().relations, r"(?<![a-z])"
    since, since_han = any_of(relations["since"]), any_of(relations["from_han"])
    onward, onward_han = any_of(relations["since_after"]), any_of(relations["since_han"])
    by, by_han = any_of(relations["by"]), any_of(relations["by_han"])
    return _Around(
        re.compile(rf"(?:{start}{since}\s(?:the\s|around\s|about\s)?|{since_han}\s?)$"),
        re.compile(rf"\s?{onward_han}(?![飞步源色点伏草码到航诉降重家初跳])|\s(?:(?P<on>on{_WORD_END})|{onward})"),
        re.compile(rf"(?:{start}{by}\s(?:the\s)?|{by_han}\s?|(?:^|(?<=[，。、；：,;\s预计争将]))[到至])$"),
        re.compile(rf"{start}from\s(?:the\s)?$"),
        re.compile(rf"{start}between\s(?:the\s)?$"),
    )


_WORD_END = "(?![a-z])"
_RECKONED = ("past", "next", "ago", "same", "now", "duration", "vague")


def _mention(points: Points, point: Point, behind: int) -> PeriodMention:
    """A mention that begins with a point: a range where another point follows, and with its relation."""
    before = points.text[max(behind, point.start - 40) : point.start]
    point = _to_another(points, point, before)
    relation, start, end = point.relation, point.start, point.end
    if not point.last and point.first.form not in _RECKONED:
        relation, start, end = _related(points.text, point, before)
    kind = _kind(point.first, point.last, relation)
    weak = point.weak and not relation
    return PeriodMention(start, end, kind, point.first, point.last, relation, point.edge, weak)


def _to_another(points: Points, point: Point, before: str) -> Point:
    """The point, or the range that it and the next one are."""
    if point.last or not can_end_a_range(point.first) or not points.near(point.end):
        return point
    at = points.at
    if (other := points.take(point.end)) and not other.last:
        gap = points.text[point.end : other.start]
        joint = connected(gap, between=bool(_around().between.search(before)))
        if joint and other.first.form == "now":
            return point._replace(end=other.end, relation="since", weak=False)
        if joint or is_january_and_february(point.first, other.first, gap):
            ends = range_of(point.first, other.first)
            if ends:
                end = points.span_after(other.end)
                return Point(point.start, end, *ends, relation=point.relation, edge="", weak=False)
    points.at = at
    return point


def _related(text: str, point: Point, before: str) -> tuple[str, int, int]:
    """Relation of a mention to its sentence, and its characters with the words that say so."""
    around, start, end = _around(), point.start, point.end
    after = around.onward.match(text, end)
    if after and after["on"] and not around.start.search(before):
        after = None
    since = around.since.search(before)
    if since or after or point.relation == "since":
        begin = start - len(before) + since.start() if since else start
        return "since", begin, after.end() if after else end
    by = around.by.search(before)
    if by and (point.edge == "end" or not by[0].startswith("at ")):
        return "by", start - len(before) + by.start(), end
    return point.relation, start, end


def _kind(first: Moment, last: Moment | None, relation: str) -> str:
    if first.form in _RECKONED:
        return first.form
    if relation == "since":
        return "since"
    if last:
        return "range"
    if first.unit in ("weekday", "date"):
        return "day"
    if first.unit and first.unit != "year" and not first.part:
        return first.unit
    period = in_year(first.part, 2000)
    return period.granularity if period else "range"
