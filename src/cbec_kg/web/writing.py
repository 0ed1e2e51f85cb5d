"""Figures, periods and words as pages write them.

>>> figure("en", 2110000000000, 2105000000000, 2115000000000, "CNY")
'2.11 trillion yuan'
>>> figure("zh", "2110000000000", "2105000000000", "2115000000000", "CNY")
'2.11万亿元'
>>> figure("en", 9.8, None, None, "percent", signed=True), figure("zh", None), figure("en", 3, unit="rank")
('+9.8%', '', '3rd')
>>> figure("en", "90.1639344262", None, None, "percent")
'90.164%'
>>> figure("en", 200000, 200000, None, "count", hedge="over")
'over 200,000'
>>> figure_with_bounds("en", Decimal("4.9"), Decimal("4.85"), Decimal("4.95"), "percent")
'4.9% (4.85% to 4.95%)'
>>> period("zh", "2022-Q1"), period("en", "2014/2019"), period("en", "--H1"), word("zh", "forecast"), word("zh", "x")
('2022年第一季度', '2014 to 2019', '--H1', '预测', 'x')
>>> literal("2110000000000"), literal("2021-01-14T00:00:00"), literal("2021"), literal("12389.5"), literal("007")
('2,110,000,000,000', '2021-01-14', '2021', '12,389.5', '007')
>>> slug("machine-read"), slug('a"b c')
('machine-read', 'a-b-c')
"""

import re
from decimal import Decimal

from cbec_kg.answer.wording import headline, spoken
from cbec_kg.errors import CbecError
from cbec_kg.model.period import parse
from cbec_kg.reconcile.interval import Interval
from cbec_kg.triples.labels import of_period
from cbec_kg.web.bilingual import known_texts

__all__ = ["figure", "figure_with_bounds", "literal", "period", "slug", "word"]

_FINEST = Decimal("0.001")
_NUMBER = re.compile(r"-?[1-9][0-9]{4,}(\.[0-9]+)?")
Number = Decimal | int | float | str | None


def figure(
    lang: str, value: Number, lower: Number = None, upper: Number = None, unit: str | None = None,
    hedge: str | None = "", signed: bool = False,
) -> str:  # fmt: skip
    """A value with its unit, with as many digits as its bounds bear out; "" where there is none.

    ``unit`` is a code (`CNY`, `percent`), ``hedge`` a qualifier (about, over, under), ``signed`` for growth.
    """
    if value is None:
        return ""
    known, interval = _decimal(value), _interval(value, lower, upper)
    if unit == "percent" and interval == Interval.exactly(known) and known % _FINEST:
        known = known.quantize(_FINEST)  # a share worked out from two counts never ends
        interval = Interval.exactly(known)
    if interval.lower is None or interval.upper is None or hedge:
        return headline(known, _one_end(interval, known), unit, lang, hedge=hedge or "", signed=signed)
    return spoken(known, interval, unit, lang, signed=signed)


def figure_with_bounds(
    lang: str, value: Number, lower: Number = None, upper: Number = None, unit: str | None = None,
    hedge: str | None = "", signed: bool = False,
) -> str:  # fmt: skip
    """The same with its interval in brackets."""
    if value is None:
        return ""
    return headline(_decimal(value), _interval(value, lower, upper), unit, lang, hedge=hedge or "", signed=signed)


def period(lang: str, code: str | None) -> str:
    """A period's code in words; an open one stands as it is."""
    if not code:
        return ""
    try:
        return str(getattr(of_period(parse(code)), lang))
    except (CbecError, ValueError):
        return code


def word(lang: str, code: str) -> str:
    """A code (of a status, a measure, an answer) in words; an unknown one stands as it is."""
    return known_texts().get(f"words.{code}", {}).get(lang, code)


def literal(text: str) -> str:
    """A plain value: long numbers with thousands set apart, days without a midnight; all else as it stands."""
    if _NUMBER.fullmatch(text):
        whole, point, rest = text.partition(".")
        return f"{int(whole):,}{point}{rest}"
    return text.removesuffix("T00:00:00")


def slug(text: str) -> str:
    """What a class of a style sheet may be called."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _decimal(value: Number) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _interval(value: Number, lower: Number, upper: Number) -> Interval:
    if lower is None and upper is None:
        return Interval.exactly(_decimal(value))
    return Interval(None if lower is None else _decimal(lower), None if upper is None else _decimal(upper))


def _one_end(interval: Interval, value: Decimal) -> Interval:
    """Without its bounds a hedge stands before the value alone."""
    return interval if interval.lower is None or interval.upper is None else Interval.exactly(value)
