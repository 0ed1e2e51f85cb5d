"""Labels of generated things, in English and Chinese, from the labels of their parts.

>>> amount(Decimal("2110000000000"), "CNY", Names("yuan", "元"))
Names(en='2.11 trillion yuan', zh='2.11万亿元')
>>> amount(Decimal("30733"), "CNY", Names("yuan", "元"))
Names(en='30,733 yuan', zh='30733元')
>>> of_period(parse("2020-01/2020-02"))
Names(en='January to February 2020', zh='2020年1—2月')
"""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

from cbec_kg.model.period import Period, parse
from cbec_kg.rdf.terms import RDFS_LABEL, Literal, NamedNode, Triple, canonical_decimal, text

__all__ = ["Names", "amount", "label_triples", "of_open_period", "of_period", "of_place_in_order", "percent"]

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ORDINALS = ("first", "second", "third", "fourth")
_QUARTERS_ZH = "一二三四"
_SCALES_EN = ((Decimal(10) ** 12, "trillion"), (Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))
_UNITS_ZH = {"CNY": "元"}  # behind a number; by itself the unit is called 人民币元
_SCALES_ZH = ((Decimal(10) ** 12, "万亿"), (Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万"))


class Names(NamedTuple):
    """The same label in both languages."""

    en: str
    zh: str


def label_triples(node: NamedNode, names: Names) -> Iterator[Triple]:
    """rdfs:label of a node, English and Chinese."""
    yield Triple(node, RDFS_LABEL, Literal(names.en, language="en"))
    yield Triple(node, RDFS_LABEL, text(names.zh, "zh"))


def _scaled(value: Decimal, scales: tuple[tuple[Decimal, str], ...]) -> tuple[str, str] | None:
    """Number and scale word where the scaled number stays short."""
    for scale, word in scales:
        if abs(value) >= scale:
            written = canonical_decimal(value / scale)
            return (written, word) if len(written.partition(".")[2]) <= 2 else None
    return None


def amount(value: Decimal, code: str, unit: Names) -> Names:
    """A level with its unit, scaled to be read: trillions and billions, 万亿 and 亿."""
    en = _scaled(value, _SCALES_EN)
    zh = _scaled(value, _SCALES_ZH)
    number_en = f"{en[0]} {en[1]}" if en else f"{Decimal(canonical_decimal(value)):,}"
    number_zh = f"{zh[0]}{zh[1]}" if zh else canonical_decimal(value)
    if code == "count":
        return Names(number_en, number_zh)
    if code == "percent":
        return Names(f"{number_en}%", f"{number_zh}%")
    unit = Names(unit.en, _UNITS_ZH.get(code, unit.zh))
    plural = "s" if code not in ("CNY", "JPY", "HKD", "ratio") and unit.en[-1] not in "so" else ""
    return Names(f"{number_en} {unit.en}{plural}", f"{number_zh}{unit.zh}")


def percent(value: Decimal, hedge: Names) -> Names:
    """A growth in percent with its sign and what qualifies it.

    >>> percent(Decimal("-1.8"), Names("about ", "约"))
    Names(en='about −1.8%', zh='下降约1.8%')
    """
    written = canonical_decimal(abs(value))
    sign, verb = ("−", "下降") if value < 0 else ("+", "增长")
    return Names(f"{hedge.en}{sign}{written}%", f"{verb}{hedge.zh}{written}%")


def of_place_in_order(value: Decimal) -> Names:
    """A rank: 2nd, 第2名.

    >>> of_place_in_order(Decimal(2)).en, of_place_in_order(Decimal(11)).en
    ('2nd', '11th')
    """
    number = int(value)
    suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return Names(f"{number}{suffix}", f"第{number}名")


def of_period(period: Period) -> Names:
    """A closed period in words."""
    start, year = period.start, period.start.year
    match period.granularity:
        case "year":
            return Names(f"{year}", f"{year}年")
        case "half":
            half = start.month // 6
            return Names(f"{_ORDINALS[half]} half of {year}", f"{year}年{'上下'[half]}半年")
        case "quarter":
            quarter = start.month // 3
            return Names(f"{_ORDINALS[quarter]} quarter of {year}", f"{year}年第{_QUARTERS_ZH[quarter]}季度")
        case "month":
            return Names(f"{_MONTHS[start.month - 1]} {year}", f"{year}年{start.month}月")
        case "day":
            return Names(f"{start.day} {_MONTHS[start.month - 1]} {year}", f"{year}年{start.month}月{start.day}日")
    first, _, last = period.code.partition("/")
    head = _end_of_range(first)
    if last == "..":
        return Names(f"since {head.en}", f"{head.zh}以来")
    tail = _end_of_range(last)
    end = (period.end or start) - timedelta(days=1)
    if period.year is not None:
        if start.month == end.month:
            return Names(f"{start.day} to {tail.en}", f"{head.zh}至{end.day}日")
        rest = tail.zh.removeprefix(f"{year}年")
        zh = f"{head.zh.removesuffix('月')}—{rest}" if start.day == 1 and end.day > 27 else f"{head.zh}至{rest}"
        return Names(f"{head.en.removesuffix(f' {year}')} to {tail.en}", zh)
    return Names(f"{head.en} to {tail.en}", f"{head.zh}至{tail.zh}")


def _end_of_range(code: str) -> Names:
    return of_period(parse(code))


_ANY_YEAR = "2000"
"""Where an open part is put to be told in words; its own year is left out of them again."""


def of_open_period(code: str | None, article: str, year_offset: int | None) -> Names:
    """A period that its article leaves open.

    >>> of_open_period("--H1", "a1", None)
    Names(en='first half of an unstated year (article a1)', zh='未注明年份的上半年（文章a1）')
    """
    names = _of_part(code) if code else None
    en = f"{names.en} of an unstated year" if names else "an unstated year" if year_offset else "undated"
    zh = f"未注明年份的{names.zh}" if names else "未注明年份" if year_offset else "未注明时期"
    if year_offset:
        years, late = abs(year_offset), year_offset > 0
        en, zh = f"{en}, {years} year {'after' if late else 'before'}", f"{zh}的{'后' if late else '前'}{years}年"
    return Names(f"{en} (article {article})", f"{zh}（文章{article}）")


def _of_part(code: str) -> Names:
    """Part of a year in words: "first half", "January to October"."""
    names = of_period(parse(code.replace("--", f"{_ANY_YEAR}-", 1).replace("/--", f"/{_ANY_YEAR}-")))
    en = names.en.replace(f" of {_ANY_YEAR}", "").replace(f" {_ANY_YEAR}", "")
    return Names(en, names.zh.replace(f"{_ANY_YEAR}年", ""))
