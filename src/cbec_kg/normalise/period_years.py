"""Years in a text, and what looks like one.

>>> from cbec_kg.normalise.period_tokens import tokens
>>> found = "In 2022, 2022 items, 二〇二三年, 2014-19, FY24, HS 2022, the 2010s, “十四五”期间"
>>> [(token.first.year, token.last and token.last.year) for token in tokens(found)]
[(2022, None), (2023, None), (2014, 2019), (2024, None), (2010, 2019), (2021, 2025)]
"""

import re
from functools import cache

from cbec_kg.normalise.moments import Moment
from cbec_kg.normalise.period_match import Found, Reader, Token, count_noun, full_year, make, part_token
from cbec_kg.normalise.period_patterns import HAN, any_of
from cbec_kg.normalise.period_words import default_period_words
from cbec_kg.normalise.words import default_words

__all__ = ["YEARS"]


def _fiscal(found: Found) -> Token | None:
    """A fiscal year is taken for the calendar year that it is named by."""
    first, last = full_year(found.group("fiscal_year")), found.group("fiscal_last")
    return make(found, Moment(year=first), Moment(year=full_year(last)) if last else None)


def _plan(found: Found) -> Token | None:
    """A five-year plan where it is a time; by itself it is a plan."""
    words = default_period_words()
    if found.kind == "plan":
        dated = found.group("plan_period") or _DURING.search(found.before)
        number, what = words.plans[found.group("plan_number")], "期间" if dated else ""
    else:
        number, what = words.plans[found.group("han_plan_number")], found.group("han_plan_what")
    first = 2001 + 5 * (number - 10)
    if what in ("末期", "末", "收官之年"):
        return make(found, Moment(year=first + 4))
    if what in ("开局之年", "初期"):
        return make(found, Moment(year=first))
    if what == "以来":
        return make(found, Moment(year=first), relation="since")
    return make(found, Moment(year=first), Moment(year=first + 4)) if what else None


_DURING = re.compile(r"\b(?:in|during|over|throughout|under)\s(?:the\s)?$")


_DATING = re.compile(
    r"(?:\b(?:in|of|since|from|to|by|during|until|till|through|throughout|for|between|and|year|late|early|mid|end|before"
    r"|after|over|than|with|on|vs|versus|around|against|below|above|at|as of|compared to)[\s-](?:the\syear\s)?"
    r"|[(（\[]|[从自在比于较与]|(?:19|20)\d\d,\s)$"
)


_YEAR_BEHIND = re.compile(rf"(?:[0-9a-z_$¥€£#/.:@&=%+〔]|\d,|[{HAN}]|(?<![a-z ])-)$")


_HYPHENED = re.compile(r"(?<![a-z])(?:mid|end|early|late|pre|post|fiscal|year)-$|[从自在比于较与至到]$")


_YEAR_AHEAD = re.compile(
    rf"[%‰+°_a-z]|\.\d|\.[a-z]|,\d{{3}}(?!\d)|:(?!\s)|/|-[a-z\d]|\s?(?![至到]|全年|[上下]半年|前[\d一二三四五六七八九十两]|[一二三四1-4]季度)[{HAN}]|\s?[$€£¥〕]"
)


_BEFORE_COUNT = re.compile(r"\b(?:in|since|during|(?:from|between)\s(?:19|20)\d\d\s(?:and|to))\s$")
_HAN_LIST = re.compile(r"(?:\s?[、,，和及]\s?(?:19|20)\d\d){1,5}\s?年")


@cache
def _no_year() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands before a number that is no year: words of counting and of codes."""
    words = default_period_words()
    latin_words = "|".join(re.escape(word) for word in sorted(set(words.not_before), key=len, reverse=True))
    chinese = "|".join(re.escape(word) for word in words.not_before_han)
    return re.compile(rf"(?:(?<![a-z])(?:{latin_words})\s|(?:{chinese})\s?)$"), re.compile(rf"\s{any_of(words.names)}")


def _year(found: Found) -> Token | None:
    """Four digits that are a year: not a count, a code, a part of a name or an address."""
    before, after = found.before, found.after
    if found.group("year_mark"):  # 2025E
        estimate = found.written[found.match.end() - 1].isupper() and not _YEAR_BEHIND.search(before)
        return (
            make(found, Moment(year=int(found.group("year_number"))), weak=not _DATING.search(before))
            if estimate
            else None
        )
    if _HAN_LIST.match(after):
        return make(found, Moment(year=int(found.group("year_number"))))
    if _YEAR_BEHIND.search(before) and not _HYPHENED.search(before):
        return None
    rejected, named = _no_year()
    if _YEAR_AHEAD.match(after) or rejected.search(before):
        return None
    if count_noun().match(after) and not _BEFORE_COUNT.search(before):
        return None
    weak = bool(named.match(after)) or not (_DATING.search(before) or re.match(r"'s|[)）:]|\s?$", after))
    return make(found, Moment(year=int(found.group("year_number"))), weak=weak)


def _years(found: Found) -> Token | None:
    """2014-2019, 2014-19: a range where it goes forward; else its first year."""
    if _YEAR_BEHIND.search(found.before) and not _HYPHENED.search(found.before):
        return None
    first, short = int(found.group("years_first")), found.group("years_short")
    last = first // 100 * 100 + int(short) if short else int(found.group("years_last"))
    if not first < last <= first + 60 or count_noun().match(found.after):
        return None
    return make(found, Moment(year=first), Moment(year=last))


def _iso(found: Found) -> Token | None:
    """2024-07-30, 2024/7/30, 2024-07."""
    if found.kind == "iso_month":
        return part_token(found, found.group("iso_month_number"), found.number("iso_year"))
    part = f"{found.number('iso_day_month'):02}-{found.number('iso_date'):02}"
    return part_token(found, part, found.number("iso_day_year"))


def _decade(found: Found) -> Token | None:
    year = found.number("han_decade_year" if found.kind == "han_decade" else "decade_year")
    return make(found, Moment(year=year), Moment(year=year + 9))


def _han_year(found: Found) -> Token | None:
    digits, numerals = found.group("han_digits"), found.group("han_numerals")
    if numerals:
        digits = "".join(str(default_words().han.get(char, 0)) for char in numerals)
    year = int(digits)
    return make(found, Moment(year=year)) if 1900 <= year < 2100 else None


YEARS: dict[str, Reader] = {
    "year": _year, "years": _years, "iso_day": _iso, "iso_month": _iso, "fiscal": _fiscal, "plan": _plan,
    "han_plan": _plan, "decade": _decade, "han_decade": _decade, "han_year": _han_year,
}  # fmt: skip
