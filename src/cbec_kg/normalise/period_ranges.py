"""Two points as the ends of a range, the year of one given to the other.

>>> january, october = Moment("carried", None, "01"), Moment("calendar", 2024, "10")
>>> range_of(january, october)[0].part, range_of(october, january)
('01/10', (Moment(anchor='calendar', year=2024, part='10', offset=0, unit='', steps=0, form=''), \
Moment(anchor='calendar', year=2025, part='01', offset=0, unit='', steps=0, form='')))
>>> connected(" and ", between=False), connected(" and ", between=True), connected("—", between=False)
(False, True, True)
"""

import re

from cbec_kg.normalise.moments import Moment, in_year, joined
from cbec_kg.normalise.period_points import dated

__all__ = ["can_end_a_range", "connected", "is_january_and_february", "range_of"]

Ends = tuple[Moment, Moment | None]

_TO = re.compile(
    r"\s?[-—–~]{1,2}\s?|\s{1,2}(?:up\s)?(?:to|through|thru|till|until)\s{1,2}(?:the\s)?"
    r"|\s?(?:至|到)\s?|\s?(?:[,，]\s?)?(?:截至|直到)\s?"
)
_AND = re.compile(r"\s{1,2}and\s{1,2}(?:the\s)?|和|与|及")


def connected(gap: str, *, between: bool) -> bool:
    """Whether what stands between two points makes a range of them; "and" does behind "between"."""
    return bool(_TO.fullmatch(gap) or (between and _AND.fullmatch(gap)))


def is_january_and_february(first: Moment, other: Moment, gap: str) -> bool:
    """Whether the two months stand together, which are counted as one for the new year's sake."""
    return (first.part, other.part) == ("01", "02") and bool(_AND.fullmatch(gap))


def can_end_a_range(moment: Moment) -> bool:
    """Whether it is a point of the calendar, and nothing reckoned."""
    return not moment.form and moment.anchor != "none"


def range_of(first: Moment, last: Moment) -> Ends | None:
    """The two ends of a range, or the one part that it is; None where they are no range."""
    if not can_end_a_range(last):
        return None
    if last.anchor == "text" and last.unit == "year" and first.anchor in ("calendar", "publication"):  # 至次年2月
        year = None if first.year is None else first.year + last.offset
        return first, last._replace(anchor=first.anchor, year=year, offset=first.offset + last.offset, unit="")
    if first.is_part and last.is_part:
        return _ordered(first, last, of=first)
    if first.is_part and last.part and last.anchor in ("calendar", "publication"):
        return _ordered(dated(first, last), last, of=last)
    if last.is_part:
        return _ordered(first, dated(last, first), of=first) if first.part or first.anchor != "calendar" else None
    if first.anchor == "day" or last.anchor == "day":
        weekdays = first.anchor == last.anchor and first.unit == last.unit == "weekday"
        return (first, last) if weekdays and first.steps < last.steps else None
    if first.year is not None and last.year is not None:
        left, right = in_year(first.part, first.year), in_year(last.part, last.year)
        return (first, last) if left and right and left.start < right.start else None
    if first.anchor == last.anchor and first.offset >= last.offset:
        return None
    return first, last


def _ordered(first: Moment, last: Moment, *, of: Moment) -> Ends | None:
    """Two parts of one year as one part, or of two years where the other comes before the one."""
    if first.part == last.part:
        return None
    if part := joined(first.part or "01", last.part):
        return of._replace(part=part), None
    if of is last or of.anchor == "carried":
        return _years_on(first, -1), last
    return first, _years_on(last, 1)


def _years_on(moment: Moment, years: int) -> Moment:
    if moment.year is not None:
        return moment._replace(year=moment.year + years)
    return moment._replace(offset=moment.offset + years)
