"""Calendar periods by their codes.

A closed period is one interval of days and has one code: the largest single code that is exactly the interval, else its
two ends in years, months or days, whichever is the coarsest that fits.

>>> parse("2020-01/2020-06").code
'2020-H1'
>>> parse("2020-01/2020-02").name
'2020-01--2020-02'
>>> parse("2016/..").end is None
True
>>> parse("2021-Q3").year_before().code
'2020-Q3'
>>> is_open("--H1"), is_open(None), is_open("2020")
(True, True, False)
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from cbec_kg.errors import RowError

__all__ = ["OPEN_CODE", "Period", "is_day", "is_open", "open_name", "parse"]

_SINGLE = re.compile(r"([12][0-9]{3})(?:-H([12])|-Q([1-4])|-([0-9]{2})(?:-([0-9]{2}))?)?")
_MONTHS = {"half": 6, "quarter": 3, "month": 1}


def _months_on(day: date, months: int) -> date:
    """First day of the month that lies ``months`` after the month of ``day``."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def _single(code: str) -> tuple[date, date]:
    """First day of a single code, and first day after it."""
    found = _SINGLE.fullmatch(code)
    if not found:
        raise ValueError(code)
    year, half, quarter, month, day = found.groups()
    if half:
        start = date(int(year), 6 * int(half) - 5, 1)
        return start, _months_on(start, 6)
    if quarter:
        start = date(int(year), 3 * int(quarter) - 2, 1)
        return start, _months_on(start, 3)
    if day:
        start = date(int(year), int(month), int(day))
        return start, start + timedelta(days=1)
    if month:
        start = date(int(year), int(month), 1)
        return start, _months_on(start, 1)
    return date(int(year), 1, 1), date(int(year) + 1, 1, 1)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Interval of days: ``start`` inclusive, ``end`` exclusive, None where the end is open."""

    start: date
    end: date | None

    @property
    def granularity(self) -> str:
        """Notation in the code list of granularities: year, half, quarter, month, day, range or open-end."""
        start, end = self.start, self.end
        if end is None:
            return "open-end"
        if start.day == 1:
            if start.month == 1 and end == date(start.year + 1, 1, 1):
                return "year"
            for name, length in _MONTHS.items():
                if (start.month - 1) % length == 0 and end == _months_on(start, length):
                    return name
        return "day" if end == start + timedelta(days=1) else "range"

    @property
    def code(self) -> str:
        """The one code, as rows spell it."""
        start, end = self.start, self.end
        match self.granularity:
            case "year":
                return f"{start.year:04}"
            case "half":
                return f"{start.year:04}-H{start.month // 6 + 1}"
            case "quarter":
                return f"{start.year:04}-Q{start.month // 3 + 1}"
            case "month":
                return f"{start:%Y-%m}"
            case "day":
                return f"{start:%Y-%m-%d}"
        if end is None:
            if start.day > 1:
                return f"{start:%Y-%m-%d}/.."
            return f"{start.year:04}/.." if start.month == 1 else f"{start:%Y-%m}/.."
        last = end - timedelta(days=1)
        if (start.month, start.day, end.month, end.day) == (1, 1, 1, 1):
            return f"{start.year:04}/{last.year:04}"
        if start.day == 1 and end.day == 1:
            return f"{start:%Y-%m}/{last:%Y-%m}"
        return f"{start:%Y-%m-%d}/{last:%Y-%m-%d}"

    @property
    def name(self) -> str:
        """Local name of its IRI."""
        return self.code.replace("/", "--").replace("..", "open")

    @property
    def year(self) -> int | None:
        """The calendar year that holds the whole period, if one does."""
        if self.end is None or self.end > date(self.start.year + 1, 1, 1):
            return None
        return self.start.year

    def year_before(self) -> "Period":
        """The same interval one year earlier (29 February becomes 28 February).

        >>> parse("2024-02-28").year_before().code, parse("2024-02-29").year_before().code
        ('2023-02-28', '2023-02-28')
        """
        start = _year_back(self.start)
        return Period(start, max(_year_back(self.end), start + timedelta(days=1)) if self.end else None)

    def contains(self, other: "Period") -> bool:
        """Whether ``other`` lies within this period and is not the same."""
        if self == other or self.start > other.start:
            return False
        return self.end is None or (other.end is not None and other.end <= self.end)

    def is_year_to_date(self) -> bool:
        """Whether it runs from January over more than one month and less than the year."""
        if self.year is None or self.end is None or (self.start.month, self.start.day) != (1, 1):
            return False
        return _months_on(self.start, 1) < self.end < date(self.start.year + 1, 1, 1)


def _year_back(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


@lru_cache(maxsize=10_000)
def parse(code: str) -> Period:
    """Period of a closed code, in rows' spelling or a local name's; raises `RowError`."""
    first, slash, last = code.replace("--", "/").replace("open", "..").partition("/")
    try:
        start, end = _single(first)
        if not slash:
            return Period(start, end)
        if last == "..":
            return Period(start, None)
        period = Period(start, _single(last)[1])
    except ValueError:
        raise RowError(
            f"period {code!r} is not a calendar period",
            fix="write YYYY, YYYY-Hn, YYYY-Qn, YYYY-MM, YYYY-MM-DD, A/B or A/..",
        ) from None
    if period.end is not None and period.start >= period.end:
        raise RowError(f"period {code!r} ends before it starts")
    return period


def is_day(text: str) -> bool:
    """Whether a text is a day of the calendar, YYYY-MM-DD, with or without a time behind T.

    >>> is_day("2021-01-14"), is_day("2021-02-30"), is_day("14 Jan 2021")
    (True, False, False)
    """
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return bool(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2})?", text))


def is_open(code: str | None) -> bool:
    """Whether a row's period is one that its article leaves open."""
    return code is None or code.startswith("--")


_DAY = r"(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?"
OPEN_CODE = re.compile(rf"--(?:H[12]|Q[1-4]|{_DAY}|{_DAY}/--{_DAY}|{_DAY}/\.\.)")
"""A part of an unknown year, from one part to another of the same year, or since a part."""


def open_name(code: str | None, article: str, year_offset: int | None = None) -> str:
    """Local name of an open period: it belongs to its article, so that nothing merges on what nobody stated.

    >>> open_name("--H1", "a1"), open_name("--H1", "a1", -1), open_name(None, "a1")
    ('open-H1_a1', 'open-H1-y1_a1', 'open_a1')
    >>> open_name("--01/--10", "a1"), open_name("--05/..", "a1"), open_name("--H1", "a1", 1)
    ('open-01--10_a1', 'open-05--open_a1', 'open-H1-n1_a1')
    """
    part = code[2:].replace("/--", "--").replace("/..", "--open") if code else ""
    offset = year_offset or 0
    year = f"-y{-offset}" if offset < 0 else f"-n{offset}" if offset else ""
    return "open" + (f"-{part}" if part else "") + year + f"_{article}"
