"""The figures of a text as amounts: exact value, unit, how precise, and the same money again in another currency.

>>> text = "sales passed CNY21 trillion (USD2.9 trillion), up nearly 3 to 5 percent on the year"
>>> first, second = amounts(text, list(period_mentions(text)))[:2]
>>> first.qualifier, first.unit, first.restated[0].unit, text[first.start : first.end]
('over', 'CNY', 'USD', 'CNY21 trillion')
>>> [str(bound) for bound in (second.value, *second.bounds)], second.qualifier
(['3', '3', '5'], 'over')
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from cbec_kg.extract.words import any_word, read_toml
from cbec_kg.normalise.bounds import Bounds, interval
from cbec_kg.normalise.compounds import joined, with_letters
from cbec_kg.normalise.figures import Figure, find
from cbec_kg.normalise.numerals import Numeral, plain_decimal, shifted
from cbec_kg.normalise.period_words import simple
from cbec_kg.normalise.periods import PeriodMention
from cbec_kg.normalise.periods import find as period_mentions

__all__ = ["Amount", "amounts", "as_percent", "period_mentions"]


@dataclass(frozen=True, slots=True)
class Amount:
    """A value with its unit where it stands, code points ``start`` to ``end`` (exclusive), number and unit alone.

    ``unit`` is a code, or None for a bare number. ``last`` is the unit of the last digit written. ``form`` is that of
    its figure (digits, spelled, times, fold, fraction, ordinal, word). ``qualifier`` is exact, about, over or under.
    ``high`` is the other end of a range. ``restated`` is the same money in other currencies.
    """

    start: int
    end: int
    value: Decimal
    unit: str | None
    last: Decimal
    form: str
    qualifier: str = "exact"
    high: Decimal | None = None
    power: int = 0
    restated: tuple["Amount", ...] = ()

    @property
    def bounds(self) -> Bounds:
        """Least and greatest value that the written figure allows."""
        if self.high is not None:
            return Bounds(self.value, self.high)
        return interval(self.value, self.last, self.qualifier, self.unit or "count")

    @property
    def is_money(self) -> bool:
        """Whether its unit is a currency."""
        return self.unit is not None and len(self.unit) == 3 and self.unit.isupper()


_WORDS = read_toml("bounds.toml")
_BEFORE = re.compile(
    "(?:^|(?<![a-z]))(?:"
    + "|".join(f"(?P<{name}>{any_word(words)})" for name, words in _WORDS["before"].items())
    + r")\s*(?:the\s|an?\s)?$"
)
_BEHIND = re.compile(
    r"\s?(?:"
    + "|".join(f"(?P<{name}>(?:{any_word(words)})(?![a-z]))" for name, words in _WORDS["behind"].items())
    + ")"
)
_RANGE = re.compile(r"\s?(?:-|–|—|~|～|to|至|到)\s?")
_SHARED = re.compile(r"\s?(?:,|，|、|;|；|,?\s(?:and|or)\s|和|及|与|或)\s?")
_BRACKET = re.compile(rf"\s?[(（]\s?(?:{any_word(_WORDS['again']['bracket'])})*$")
_OTHERWISE = re.compile(rf"\s?[,，]\s?(?:{any_word(_WORDS['again']['comma'])})+$")
_OTHER = re.compile(
    r"\s?[- ]?(?:(?:square |cubic )?(?:kilomet(?:er|re)s?|km|met(?:er|re)s?|miles?|feet|hectares?|acres?"
    r"|kilograms?|kg|grams?|lit(?:er|re)s?"
    r"|hours?|minutes?|seconds?|kwh|kilowatts?|megawatts?|gigawatts?|mw|gw|degrees|celsius|hz|gb|tb|mb"
    r"|gigabytes|years? old|year-old)\b"
    r"|(?:平方|立方)?(?:公里|千米|公分|厘米|毫米|海里|公顷|亩|米)|公斤|千克|克(?!服)|升(?!级|至|到)|瓦|伏|小时|分钟|秒|℃|度(?=的|，|。|以)|摄氏度|岁|(?<=千)瓦"
    r"|点(?![的多])|吨级|位数|倍速|赫兹|英里|英尺|兆)"
)
"""Units that no figure of trade is in: what is measured so is no amount that a row can hold."""
_WINDOW = 26


def amounts(text: str, periods: Sequence[PeriodMention]) -> list[Amount]:
    """Amounts of a text from left to right, none overlapping and none within a period."""
    folded = simple(text)
    figures = _outside(with_letters(folded, find(text)), periods)
    figures = _sharing(folded, joined(folded, figures))
    return _restated(folded, _ranges(folded, _from(folded, [_amount(folded, figure) for figure in figures])))


def _from(folded: str, found: list[Amount]) -> list[Amount]:
    """ "RMB 26.6 billion from 17.7 billion": the unit is that of the amount before."""
    out: list[Amount] = []
    for amount in found:
        before = out[-1] if out else None
        if before and before.is_money and amount.unit is None and amount.power >= 6:
            if folded[before.end : amount.start].strip() in ("from", "up from", "down from", "compared with"):
                amount = replace(amount, unit=before.unit)
        out.append(amount)
    return out


def _outside(figures: Iterable[Figure], periods: Sequence[PeriodMention]) -> list[Figure]:
    """Figures that no period holds: "2022" and "11月" are no amounts."""
    out, index = [], 0
    for figure in figures:
        while index < len(periods) and periods[index].end <= figure.start:
            index += 1
        if index < len(periods) and periods[index].start < figure.end:
            continue
        out.append(figure)
    return out


def _sharing(folded: str, figures: list[Figure]) -> list[Figure]:
    """A figure without unit takes the unit, and the power, of the one that it is listed with: 3000亿、4000亿美元."""
    out = list(figures)
    for index in range(len(out) - 2, -1, -1):
        one, other = out[index], out[index + 1]
        if (
            one.quantity.unit is not None
            or one.form not in ("digits", "spelled")
            or other.form not in ("digits", "spelled")
        ):
            continue
        gap = folded[one.end : other.start]
        if len(gap) > 6 or not (_RANGE.fullmatch(gap) or _SHARED.fullmatch(gap)):
            continue
        unit, power = other.quantity.unit, 0 if one.power else other.power
        if one.power and unit in ("percent", "percentage_point"):  # "664 million, 17.3 percent above"
            continue
        if (unit is None and not power) or (unit == "count" and _SHARED.fullmatch(gap)):
            continue
        if one.quantity.value >= 1900 and not power and one.quantity.value < 2100:
            continue
        number = shifted(Numeral(one.quantity.value, one.quantity.last_digit), power)
        quantity = replace(one.quantity, value=number.value, unit=unit, last_digit=number.last)
        out[index] = replace(one, quantity=quantity, power=one.power + power)
    return out


def _amount(folded: str, figure: Figure) -> Amount:
    """Amount of a figure, as precise as the words around it say."""
    qualifier = figure.qualifier
    if qualifier is None:
        window = folded[max(0, figure.start - _WINDOW) : figure.start]
        if (match := _BEFORE.search(window)) or (match := _BEHIND.match(folded, figure.end)):
            qualifier = match.lastgroup
    quantity = figure.quantity
    unit = "other" if quantity.unit in (None, "count") and _OTHER.match(folded, figure.end) else quantity.unit
    return Amount(
        figure.start, figure.end, quantity.value, unit, quantity.last_digit, figure.form,
        qualifier or "exact", power=figure.power,
    )  # fmt: skip


def _ranges(folded: str, found: list[Amount]) -> list[Amount]:
    """ "3 to 5 percent" is one amount: at least the one, at most the other."""
    out: list[Amount] = []
    for amount in found:
        before = out[-1] if out else None
        if (
            before
            and before.high is None
            and before.unit == amount.unit
            and 0 <= before.value < amount.value
            and amount.form in ("digits", "spelled")
            and _joined_as_range(folded, before, amount)
        ):
            out[-1] = replace(before, end=amount.end, high=amount.value, qualifier="over")
        else:
            out.append(amount)
    return out


def _joined_as_range(folded: str, first: Amount, last: Amount) -> bool:
    """Whether two amounts are the ends of a range: "3 to 5 percent", "between 2 and 3 percent", 3000亿至3500亿元."""
    gap, before = folded[first.end : last.start], folded[max(0, first.start - 8) : first.start]
    if gap == " and ":
        return before.endswith("between ")
    if not _RANGE.fullmatch(gap) or re.search(r"(?:from|grow|by|由|从|增加|减少)\s?$", before):
        return False
    whole = not _BARE.fullmatch(folded, first.start, first.end)  # "by 3 billion yuan to 12 billion yuan"
    return not whole or gap.strip() not in ("to", "至", "到")


_BARE = re.compile(r"[\d.,\s一二三四五六七八九十百千万亿两]+(?:trillion|billion|million|thousand|hundred|bn|mn|tn)?")


def _restated(folded: str, found: list[Amount]) -> list[Amount]:
    """Money in brackets behind money, in another currency, is the same money."""
    out: list[Amount] = []
    for amount in found:
        before = out[-1] if out else None
        if before and before.is_money and amount.is_money:
            last = before.restated[-1] if before.restated else before
            gap = folded[last.end : amount.start]
            units = {before.unit, *(other.unit for other in before.restated)}
            if amount.unit not in units and len(gap) < 30 and (_BRACKET.fullmatch(gap) or _OTHERWISE.fullmatch(gap)):
                out[-1] = replace(before, restated=(*before.restated, amount))
                continue
        out.append(amount)
    return out


def as_percent(amount: Amount) -> Amount:
    """An amount in times as a growth in percent: up three times is 300 percent."""
    return replace(
        amount, value=plain_decimal(amount.value * 100), last=plain_decimal(amount.last * 100), unit="percent"
    )
