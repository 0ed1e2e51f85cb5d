"""What a moment is once it is known when the text was written, and what it spoke of before.

>>> july, last_month = Context(published=date(2024, 7, 30)), Moment("day", unit="month", steps=-1)
>>> reading(Moment("publication", None, "H1"), None, july).code, reading(last_month, None, july).code
('2024-H1', '2024-06')
>>> reading(Moment("carried", None, "Q4"), None, Context(published=date(2024, 1, 12))).code
'2023-Q4'
>>> reading(Moment("carried", None, "01/10"), None, Context())
Reading(code='--01/--10', year_offset=0)
"""

from datetime import date, timedelta
from typing import NamedTuple

from cbec_kg.errors import RowError
from cbec_kg.model.period import Period, is_open, parse
from cbec_kg.normalise.moments import Moment, in_year, joined, open_code, shifted_years

__all__ = ["Context", "Reading", "likely", "reading"]

_AHEAD = timedelta(days=120)
"""A part without its year lies at most so far ahead of publication: what is further ahead is of the year before."""


class Reading(NamedTuple):
    """Code of a period as rows spell it, and the years from the year that an open one waits for."""

    code: str | None
    year_offset: int = 0


class Context(NamedTuple):
    """What finds a year: the day of publication, the year that the article is about, the year and the period before."""

    published: date | None = None
    year_in_article: int | None = None
    carried_year: int | None = None
    antecedent: str | None = None


def reading(first: Moment, last: Moment | None, context: Context, *, since: bool = False) -> Reading:
    """Code of the period from one moment to another; open where the context does not tell it."""
    try:
        start = _period(first, context)
        end = _period(last, context) if last else start
    except (ValueError, OverflowError):  # before year 1 or after 9999
        return Reading(None)
    if start is None or end is None:
        return _open(first, last, since=since)
    if since:
        return Reading(Period(start.start, None).code)
    if end.end is not None and end.end <= start.start:
        return Reading(None)
    return Reading(Period(start.start, end.end).code)


def _open(first: Moment, last: Moment | None, *, since: bool) -> Reading:
    """Open code of what hangs on a year that is not known; nothing of it is known else."""
    if first.form or first.anchor in ("day", "none", "calendar") or (first.anchor == "text" and first.unit != "year"):
        return Reading(None)
    if last and not since:
        part = joined(first.part, last.part) if last.anchor == first.anchor and last.offset == first.offset else None
        return Reading(open_code(part), first.offset) if part else Reading(None)
    return Reading(open_code(first.part, since=since), first.offset)


def _period(moment: Moment, context: Context) -> Period | None:
    """Interval of a moment; None where the context does not tell it. Raises ValueError beyond the calendar."""
    match moment.form:
        case "duration" | "vague":
            return None
        case "now":
            return in_year(f"{context.published.month:02}", context.published.year) if context.published else None
        case "same":
            return _same(moment, context)
        case "past" | "next" | "ago":
            return _reckoned(moment, context)
    match moment.anchor:
        case "calendar":
            return None if moment.year is None else in_year(moment.part, moment.year)
        case "publication":
            year = context.published.year if context.published else context.year_in_article
            return None if year is None else in_year(moment.part, year + moment.offset)
        case "carried":
            return _carried(moment, context)
        case "text":
            return _from_text(moment, context)
        case "day":
            return _from_day(moment, context.published) if context.published else None
        case _:
            return None


def _carried(moment: Moment, context: Context) -> Period | None:
    """A part whose year is not said."""
    if context.carried_year is not None:
        return in_year(moment.part, context.carried_year + moment.offset)
    if context.published is None:
        return (
            None if context.year_in_article is None else in_year(moment.part, context.year_in_article + moment.offset)
        )
    return likely(moment.part, context.published, moment.offset)


def likely(part: str, published: date, offset: int = 0) -> Period | None:
    """The part in the year of publication; in the year before where that lies too far ahead.

    In January and February what is longer than a month and not over is of the year before: that is when years and
    quarters past are reported on.
    """
    period = in_year(part, published.year)
    if period is None or period.end is None:
        return in_year(part, published.year - 1)
    long = period.end - period.start > timedelta(days=31)
    early = published.month <= 2 and long and period.end > published + timedelta(days=31)
    ahead = period.start > published + _AHEAD
    return in_year(part, published.year + offset - (early or ahead))


def _antecedent(context: Context) -> Period | None:
    if is_open(context.antecedent):
        return None
    try:
        return parse(str(context.antecedent))
    except RowError:
        return None


def _same(moment: Moment, context: Context) -> Period | None:
    """The period before in the text, so many years on or in the year that is said."""
    before = _antecedent(context)
    if before is None:
        return None
    if moment.anchor == "text":
        return shifted_years(before, moment.offset)
    year = _period(moment._replace(form="", part=""), context)
    return shifted_years(before, year.start.year - before.start.year) if year else None


def _from_text(moment: Moment, context: Context) -> Period | None:
    """A year, or so many months or days, from the period before in the text."""
    before = _antecedent(context)
    if moment.unit == "year":
        year = before.year if context.carried_year is None and before else context.carried_year
        return None if year is None else in_year(moment.part, year + moment.offset)
    if before is None or before.end is None:
        return None
    if moment.unit == "day":
        day = before.start + timedelta(days=moment.steps)
        return Period(day, day + timedelta(days=1)) if before.granularity == "day" else None
    if before.granularity != moment.unit and moment.steps in (-1, 1):
        return None
    size = 3 if moment.unit == "quarter" else 1
    if before.start.day > 1 or before.end.day > 1:
        return None
    return Period(_months_on(before.start, size * moment.steps), _months_on(before.end, size * moment.steps))


def _reckoned(moment: Moment, context: Context) -> Period | None:
    """ "Past five years" reaches from that long ago to now, "next three years" over as many whole years."""
    count, published = moment.steps, context.published
    if moment.unit == "year":
        now = published.year if published else context.year_in_article
        now = context.carried_year if now is None else now
        if now is None:
            return None
        first, last = {"past": (now + count, now), "next": (now + 1, now + count), "ago": (now + count,) * 2}[
            moment.form
        ]
        return Period(date(first, 1, 1), date(last + 1, 1, 1))
    if published is None:
        return None
    if moment.unit == "month":
        now_month = published.replace(day=1)
        far = _months_on(now_month, count)
        if moment.form == "ago":
            return Period(far, _months_on(far, 1))
        first_day, last_day = (far, now_month) if moment.form == "past" else (_months_on(now_month, 1), far)
        return Period(first_day, _months_on(last_day, 1))
    far = published + timedelta(days=count)
    if moment.form == "ago":
        return Period(far, far + timedelta(days=1))
    first_day, last_day = (far, published) if moment.form == "past" else (published + timedelta(days=1), far)
    return Period(first_day, last_day + timedelta(days=1))


def _from_day(moment: Moment, published: date) -> Period | None:
    """So many days, weeks, months or quarters from publication; "last May"; a weekday; a day of the month."""
    if moment.part:
        return _named_month(moment, published)
    match moment.unit:
        case "day":
            day = published + timedelta(days=moment.steps)
        case "weekday":
            day = _weekday(moment, published)
        case "date" if moment.form == "month":
            month = _months_on(published, moment.offset)
            return in_year(f"{month.month:02}-{moment.steps:02}", month.year)
        case "date":
            return _date(moment.steps, published)
        case "week":
            monday = published - timedelta(days=published.weekday() - 7 * moment.steps)
            return Period(monday, monday + timedelta(days=7))
        case _:
            size = 3 if moment.unit == "quarter" else 1
            month = published.replace(day=1, month=published.month - (published.month - 1) % size)
            start = _months_on(month, size * moment.steps)
            return Period(start, _months_on(start, size))
    return Period(day, day + timedelta(days=1))


def _named_month(moment: Moment, published: date) -> Period | None:
    """ "Last May" is the latest May that is over, "next May" the first that has not begun."""
    this_year = in_year(moment.part, published.year)
    if this_year is None or this_year.end is None:
        return None
    if moment.form == "before":
        return in_year(moment.part, published.year - (this_year.end > published.replace(day=1)))
    return in_year(moment.part, published.year + (this_year.start <= published))


def _weekday(moment: Moment, published: date) -> date:
    """The latest such day up to publication, unless a week is said."""
    back = (published.weekday() - moment.steps) % 7
    if moment.form == "week":
        return published + timedelta(days=moment.steps - published.weekday() + 7 * moment.offset)
    if moment.form == "before" and not back:
        return published - timedelta(days=7)
    return published + timedelta(days=7 - back if moment.form == "after" else -back)


def _date(day: int, published: date) -> Period | None:
    """The latest day of that number up to publication."""
    month = published.replace(day=1)
    for _ in range(3):
        period = in_year(f"{month.month:02}-{day:02}", month.year)
        if period and period.start <= published:
            return period
        month = _months_on(month, -1)
    return None


def _months_on(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)
