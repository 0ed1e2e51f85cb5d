"""Parts of a year: halves, quarters, months, days, and the first so many of them.

>>> from cbec_kg.normalise.period_tokens import tokens
>>> [token.first.part for token in tokens("first half, Q3, Jan. 31, first ten months, 3月上旬, 1至10月")]
['H1', 'Q3', '01-31', '01/10', '03-01/03-10', '01/10']
"""

import re

from cbec_kg.normalise.moments import Moment, in_year, joined
from cbec_kg.normalise.period_match import (
    Found,
    Reader,
    Token,
    count_noun,
    days_token,
    full_year,
    make,
    part_token,
)
from cbec_kg.normalise.period_words import default_period_words, spaced

__all__ = ["PARTS"]

_POSSESSIVE = re.compile(r"\b(?:its|their|our|his|her|my|your)\s$")
_OF = re.compile(
    r"\s{1,2}of\s{1,2}(?!(?:the\s)?(?:year|full|fiscal|financial|calendar|current|same|previous|preceding|following|coming)"
    r"|(?:the\s)?['’]?\d\d|this|last|next|that|each|every|fy)"
)


def _of_something_else(found: Found) -> bool:
    """Whether it is the first half of a match, or "its first two months": no part of a calendar year."""
    return bool(_OF.match(found.after) or _POSSESSIVE.search(found.before))


def _counted_part(found: Found, name: str, letter: str, most: int) -> Token | None:
    """Half or quarter by its ordinal, -1 for the last."""
    if _of_something_else(found):
        return None
    ordinals, last = default_period_words().ordinals, found.group("quarter_last") if letter == "Q" else ""
    number, end = (most if ordinals.get(word) == -1 else ordinals.get(word) for word in (found.group(name), last))
    if not number or number > most or (end and not number < end <= most):
        return None
    return part_token(found, joined(f"{letter}{number}", f"{letter}{end}") if end else f"{letter}{number}")


def _short(found: Found) -> Token | None:
    """Q3, 1H, 4Q23."""
    half, quarter, year = found.group("short_half"), found.group("short_quarter"), found.group("short_year")
    part: str | None = f"H{half}" if half else f"Q{quarter}"
    if found.group("short_last"):
        part = joined(f"Q{quarter}", f"Q{found.group('short_last')}")
    return part_token(found, part, full_year(year) if year else None)


def _year_part(found: Found) -> Token | None:
    """2023Q1."""
    half, quarter = found.group("year_part_half"), found.group("year_part_quarter")
    return part_token(found, f"H{half}" if half else f"Q{quarter}", int(found.group("year_part_year")))


def _first_n(found: Found) -> Token | None:
    if _of_something_else(found):
        return None
    return part_token(found, _first(found.number("first_count"), found.group("first_unit").startswith("quarter")))


def _first(count: int, quarters: bool) -> str | None:
    if not 1 <= count <= (4 if quarters else 12):
        return None
    unit = "Q{}" if quarters else "{:02}"
    return unit.format(1) if count == 1 else joined(unit.format(1), unit.format(count))


def _last_n(found: Found, name: str, quarters: bool) -> Token | None:
    count, most = found.number(f"{name}_count"), 4 if quarters else 12
    unit = "Q{}" if quarters else "{:02}"
    return part_token(found, joined(unit.format(most - count + 1), unit.format(most))) if 1 < count < most else None


def _to_month(found: Found) -> Token | None:
    """Months that end with a month: the nine to September."""
    last, unit = default_period_words().months[found.group("to_name")], found.group("to_unit")
    count = {"": 0, "y": 12, "h": 6, "q": 3}[unit[:1]] or found.number("to_count")
    if not 1 <= count <= 12:
        return None
    if count <= last:
        return part_token(found, joined(f"{last - count + 1:02}", f"{last:02}"))
    return make(found, *_over_new_year(last - count + 13, last))


def _over_new_year(first: int, last: int) -> tuple[Moment, Moment]:
    """From a month of the year before to a month."""
    return Moment("carried", None, f"{first:02}", offset=-1), Moment("carried", None, f"{last:02}")


_MAY = re.compile(
    r"(?:\b(?:in|of|since|by|from|to|until|till|late|early|mid|during|through|between|and|before|after|for|on|end|than)"
    r"[\s-](?:the\s)?|[-–(—~])$"
)
_MAY_AHEAD = re.compile(r"\s?[-–—~]|,?\s(?:19|20)\d\d|\s(?:to|through)\s[a-z]|\s(?:last|this)\syear|'s")
_MAR_AHEAD = re.compile(r"\.|,?\s\d")


def _is_month(found: Found, name: str, *, dated: bool = False) -> int | None:
    """Month of its name where that has a capital; "May" by itself needs a word that makes it one."""
    words, month = default_period_words(), found.group(name)
    if not found.written[found.start(name)].isupper():
        return None
    if not dated and month == "mar" and not _MAR_AHEAD.match(found.after):
        return None
    if not dated and month == "may" and not (_MAY.search(found.before) or _MAY_AHEAD.match(found.after)):
        return None
    return words.months.get(month) or words.short_months[month]


def _month(found: Found) -> Token | None:
    which, name = found.group("month_which"), found.group("month_name")
    month = _is_month(found, "month_name", dated=bool(which))
    if not month:
        return None
    part = f"{month:02}"
    moment = {
        "": Moment("carried", None, part),
        "this": Moment("publication", None, part),
        "last": Moment("day", None, part, form="before"),
        "next": Moment("day", None, part, form="after"),
    }[which]
    token = make(found, moment)
    stop = found.after.startswith(".") and name in default_period_words().short_months
    return token._replace(end=token.end + 1) if token and stop else token


def _month_day(found: Found, month_name: str, day: str, last: str) -> Token | None:
    month = _is_month(found, month_name, dated=True)
    if not month:
        return None
    token = None if count_noun().match(found.after) else days_token(found, month, found.number(day), found.group(last))
    if token or found.kind == "day_month":
        return token
    end = found.match.end(month_name + found.mark)  # "in March 20 companies joined"
    return Token(found.match.start(), end, found.group(month_name), Moment("carried", None, f"{month:02}"))


def _han_first(found: Found) -> Token | None:
    if re.search("[以之此目提]$", found.before):
        return None
    return part_token(found, _first(found.number("han_first_count"), bool(found.group("han_first_quarters"))))


def _han_days(found: Found) -> Token | None:
    return days_token(found, found.number("hd_month"), found.number("hd_day"), found.group("hd_last"))


def _han_month_day(found: Found) -> Token | None:
    return days_token(found, found.number("hmd_month"), found.number("hmd_day"), "")


def _han_months(found: Found) -> Token | None:
    first, last = found.number("hm_first"), found.number("hm_last")
    if not (1 <= first <= 12 and 1 <= last <= 12) or first == last:
        return None
    if first < last:
        return part_token(found, joined(f"{first:02}", f"{last:02}"))
    return make(found, *_over_new_year(first, last))


def _han_month(found: Found) -> Token | None:
    """A month, or the third of one that 上旬, 中旬 or 下旬 is."""
    month = found.number("han_month_number")
    if not 1 <= month <= 12 or re.search("[个第数几两每]$", found.before) or re.match("[一饼]", found.after):
        return None
    period = in_year(f"{month:02}", 2000)
    days = (period.end - period.start).days if period and period.end else 31
    third = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, days)}.get(found.group("han_third"))
    return part_token(found, f"{month:02}-{third[0]:02}/{month:02}-{third[1]:02}" if third else f"{month:02}")


def _han_quarter(found: Found) -> Token | None:
    number = found.number("han_quarter_number") or found.number("han_quarter_short")
    return part_token(found, f"Q{number}")


def _han_quarters(found: Found) -> Token | None:
    first, last = found.number("hq_first"), found.number("hq_last")
    return part_token(found, joined(f"Q{first}", f"Q{last}")) if first < last else None


PARTS: dict[str, Reader] = {
    "part": lambda found: part_token(found, default_period_words().parts[spaced(found.match.group())]),
    "part_han": lambda found: part_token(found, default_period_words().parts[found.match.group()]),
    "half": lambda found: _counted_part(found, "half_of", "H", 2),
    "quarter": lambda found: _counted_part(found, "quarter_of", "Q", 4),
    "short": _short, "year_part": _year_part, "month": _month, "first_n": _first_n, "to_month": _to_month,
    "month_day": lambda found: _month_day(found, "md_month", "md_day", "md_last"),
    "day_month": lambda found: _month_day(found, "dm_month", "dm_day", "dm_last"),
    "last_n": lambda found: _last_n(found, "last", found.group("last_unit") == "quarters"),
    "han_last": lambda found: _last_n(found, "han_last", bool(found.group("han_last_quarters"))),
    "han_first": _han_first, "han_days": _han_days, "han_month_day": _han_month_day, "han_months": _han_months,
    "han_month": _han_month, "han_two_months": lambda found: part_token(found, "01/02"),
    "han_quarter": _han_quarter, "han_quarters": _han_quarters,
}  # fmt: skip
