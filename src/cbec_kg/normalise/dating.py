"""The period that an open one turns out to be, once it is known when its article was published.

>>> july = date(2024, 7, 30)
>>> dated("--H1", None, july), dated("--H1", -1, july), dated("--01/--10", None, date(2024, 11, 9))
('2024-H1', '2023-H1', '2024-01/2024-10')
>>> dated("--Q4", None, date(2024, 1, 12)), dated(None, None, date(2024, 1, 12)), dated(None, -1, date(2024, 1, 12))
('2023-Q4', None, '2023')
"""

from datetime import date

from cbec_kg.model.period import OPEN_CODE, Period
from cbec_kg.normalise.deixis import likely
from cbec_kg.normalise.moments import in_year

__all__ = ["dated"]


def dated(code: str | None, year_offset: int | None, published: date) -> str | None:
    """Closed code of an open one; as it is where the day of publication does not tell it.

    The rule is that of reading: a part without its year is of the year of publication, or of the one before where it
    would lie too far ahead; an offset counts from the year of publication.
    """
    if code is None:
        return None if year_offset is None else f"{published.year + year_offset:04}"
    if not OPEN_CODE.fullmatch(code):
        return code
    part, since = code[2:].replace("/--", "/").removesuffix("/.."), code.endswith("/..")
    found = in_year(part, published.year + year_offset) if year_offset else likely(part, published)
    if found is None:
        return code
    return (Period(found.start, None) if since else found).code
