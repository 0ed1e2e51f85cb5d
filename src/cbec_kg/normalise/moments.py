"""Points and stretches of time as a text names them, before it is known which year is meant.

A moment is a part of a year (``H1``, ``07-15``, ``01/10``; "" is all of it) with what its year hangs on.

>>> in_year("01/10", 2024).code, in_year("Q1/Q3", 2024).code
('2024-01/2024-10', '2024-01/2024-09')
>>> open_code("01/06"), open_code("01/10"), open_code("07-15"), open_code("")
('--H1', '--01/--10', '--07-15', None)
>>> joined("02", "09"), edge_of("H1", "end"), in_year("02-29", 2023)
('02/09', '06', None)
"""

from datetime import date, timedelta
from typing import Literal, NamedTuple

from cbec_kg.errors import RowError
from cbec_kg.model.period import Period, parse

__all__ = ["Anchor", "Moment", "edge_of", "in_year", "joined", "open_code", "shifted_years"]

Anchor = Literal["calendar", "carried", "publication", "day", "text", "none"]
_LEAP = 2000


class Moment(NamedTuple):
    """One end of a period, or all of it.

    ``anchor`` says what finds the year: calendar (it is ``year``), carried (the year in force where it stands),
    publication (the year of publication), day (the day of publication), text (the period spoken of before), none.
    ``offset`` is in years; ``steps`` are in ``unit`` (year, quarter, month, week, day, weekday, date). ``form`` is
    past, next, ago, before, after, same, month, now, duration or vague.
    """

    anchor: Anchor = "calendar"
    year: int | None = None
    part: str = ""
    offset: int = 0
    unit: str = ""
    steps: int = 0
    form: str = ""

    @property
    def is_year(self) -> bool:
        """Whether it names a year and nothing smaller, so that it can date a part that lacks its year."""
        return not self.part and not self.form and (self.year is not None or self.unit in ("", "year"))

    @property
    def is_part(self) -> bool:
        """Whether it is a part of a year that is not said."""
        return self.anchor == "carried" and bool(self.part) and not self.form


def in_year(part: str, year: int) -> Period | None:
    """Interval of a part in a year; None where that year has no such day, or no calendar has that year."""
    first, slash, last = part.partition("/")
    code = f"{year:04}-{first}" if first else f"{year:04}"
    if slash:
        code += f"/{year:04}-{last}"
    if last == "02-29" and year % 4:  # the end of February as a range's end is that of every year
        code = code[:-1] + "8"
    try:
        return parse(code)
    except (RowError, ValueError, OverflowError):
        return None


def open_code(part: str, *, since: bool = False) -> str | None:
    """Code of a part in an unknown year; None for a whole year, and for no part of any year."""
    period = in_year(part, _LEAP)
    if period is None:
        return None
    if since:
        period = Period(period.start, None)
    code = period.code.replace(f"{_LEAP}", "-")
    return None if code in ("-", "-/..") else code


def joined(first: str, last: str) -> str | None:
    """Part from one part of a year to another of the same year; None where the other begins before the one."""
    start, end = in_year(first, _LEAP), in_year(last, _LEAP)
    if not start or not end or end.end is None or start.start > end.start:
        return None
    months = {"H1": ("01", "06"), "H2": ("07", "12")}
    months |= {f"Q{quarter}": (f"{3 * quarter - 2:02}", f"{3 * quarter:02}") for quarter in range(1, 5)}
    left, right = first.partition("/")[0], last.rpartition("/")[2]
    left, right = months.get(left, (left,))[0], months.get(right, ("", right))[1]
    if "-" in left and "-" not in right:
        right = f"{end.end - timedelta(days=1):%m-%d}"
    elif "-" in right and "-" not in left:
        left = f"{left}-01"
    return f"{left}/{right}"


def edge_of(part: str, edge: str) -> str:
    """Part that is the "start" or the "end" of a part: the first or last month of what is longer than a month."""
    period = in_year(part, _LEAP)
    if period is None or period.end is None or edge not in ("start", "end"):
        return part
    if (period.end - period.start).days <= 31:
        return part
    return f"{(period.start if edge == 'start' else period.end - timedelta(days=1)):%m}"


def shifted_years(period: Period, years: int) -> Period:
    """The same interval so many years on; 29 February becomes 28 February."""
    return Period(_moved(period.start, years), _moved(period.end, years) if period.end else None)


def _moved(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
