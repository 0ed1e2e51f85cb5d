"""Quantities, and the figures of a text that state them.

>>> [figure.quantity.value for figure in find("up to 300多万美元, or tenfold")]
[Decimal('3000000'), Decimal('10')]
>>> next(find("300多万美元")).qualifier
'over'
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from cbec_kg.normalise.numerals import Numeral, digits, han, latin, plain_decimal, shifted
from cbec_kg.normalise.patterns import compiled, lowered, plain
from cbec_kg.normalise.words import UnitWord, Words, default_words, folded

__all__ = ["Figure", "Quantity", "find"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, no word of approximation in it.

    ``unit`` is a code (CNY, USD, percent, percentage_point, count, ratio, rank, m2, tonne ...) or None where the figure
    has none; ``last_digit`` is the unit of the last digit written, which bounds are made of.
    """

    value: Decimal
    unit: str | None
    last_digit: Decimal


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity where it stands, from code point ``start`` to ``end`` (exclusive).

    ``form`` is digits, spelled ("three"), times, fold, fraction, ordinal, or word ("doubled"); ``qualifier`` is what
    the figure itself says of its precision ("double-digit" and 300多万 are over); ``power`` is that of its scale words.
    """

    start: int
    end: int
    quantity: Quantity
    form: str
    qualifier: str | None = None
    power: int = 0


def find(text: str, words: Words | None = None, *, picked: bool = False) -> Iterator[Figure]:
    """Figures of a text from left to right, none overlapping.

    Years, section numbers and "first half" are found like all else: what a figure is of, the reader must know.
    ``picked`` is for a span that holds a figure: there a bare 三, "double" and "largest" are figures too.
    """
    table = words or default_words()
    pattern = compiled(table).picked if picked else compiled(table).running
    for match in pattern.finditer(lowered(plain(text))):
        if match["word"]:
            entry = table.figures[folded(match["word"])]
            quantity = Quantity(entry.value, entry.unit, Decimal(1))
            yield Figure(match.start(), match.end(), quantity, "word", entry.qualifier)
        elif match["quantity"]:
            if found := _quantity(match, table, picked=picked):
                yield found
        elif ranked := _ordinal(match, table) if match["ordinal"] else _fraction(match, table):
            yield ranked


def _ordinal(match: re.Match[str], words: Words) -> Figure | None:
    if match["word_rank"]:
        value: Decimal | None = Decimal(words.ordinals[folded(match["word_rank"])])
    else:
        written = match["rank"] or match["number_rank"] or match["han_rank"]
        number = Numeral(Decimal(written), Decimal(1)) if written.isdecimal() else han(written, words)
        value = number.value if number else None
    return (
        Figure(match.start(), match.end(), Quantity(value, "rank", Decimal(1)), "ordinal")
        if value is not None
        else None
    )


def _fraction(match: re.Match[str], words: Words) -> Figure | None:
    """Parts of a whole, in percent: two decimals where it does not come out even."""
    if match["fraction"]:
        whole: Numeral | None = Numeral(Decimal(words.denominators[folded(match["of"])]), Decimal(1))
        parts = _number(match["parts"], words)
    else:
        whole, parts = han(match["han_of"], words), _number(match["han_parts"], words)
    if not whole or not parts or not whole.value or parts.value > 1000 * whole.value:
        return None
    if 100 % whole.value == 0 and whole.value >= 100:  # 百分之三十: percent as written
        percent = shifted(parts, 2 - whole.value.adjusted())
        return Figure(match.start(), match.end(), Quantity(percent.value, "percent", percent.last), "fraction")
    value = plain_decimal((100 * parts.value / whole.value).quantize(Decimal("0.01")))
    exponent = value.as_tuple().exponent
    quantity = Quantity(value, "percent", Decimal(1).scaleb(min(0, exponent if isinstance(exponent, int) else 0)))
    return Figure(match.start(), match.end(), quantity, "fraction")


def _number(written: str, words: Words) -> Numeral | None:
    if written[0].isdecimal():
        return digits(written)
    return latin(written, words) if written.isascii() else han(written, words)


def _quantity(match: re.Match[str], words: Words, *, picked: bool) -> Figure | None:
    unit, ratio = _unit(match, words), "times" if match["times"] else "fold" if match["fold"] else None
    marks = [mark for word, mark in words.approximate.items() if word in (match["han"] or "")]
    if match["approximate"]:
        marks.append(words.approximate[match["approximate"]])
    power = 0
    if len(match["han"] or match["digits"] or "") > _LONGEST:
        return None
    if match["han"]:
        bare = not (match["after"] or match["before"] or ratio)
        if bare and not picked and not _LARGE.search(match["han"]):
            return None
        written = "".join(char for char in match["han"] if char not in words.approximate)
        read, power = han(written, words), _han_power(written, words)
    else:
        read = digits(match["digits"]) if match["digits"] else latin(match["latin"], words)
        power = sum(words.latin_scales[word] for word in folded(match["powers"] or match["word_powers"] or "").split())
        read = shifted(read, power)
    if read is None:
        return None
    if match["tail"]:
        read = Numeral(
            read.value + (Decimal("0.5") if match["tail"] == "半" else words.han[match["tail"]] / Decimal(10)),
            Decimal("0.1"),
        )
    sign = -1 if match["sign"] and match["sign"].strip().lower() in ("-", "minus", "负") else 1
    factor = unit.factor if unit else Decimal(1)
    quantity = Quantity(
        plain_decimal(sign * read.value * factor), unit.unit if unit else None, plain_decimal(read.last * factor)
    )
    form = ratio or ("digits" if any(char.isdecimal() for char in match.group()) else "spelled")
    return Figure(match.start(), match.end(), quantity, form, marks[0] if marks else None, power)


def _han_power(written: str, words: Words) -> int:
    """Power of ten of the scale words at the end of one numeral; 0 where there are several numerals."""
    numerals = re.findall(r"[0-9][0-9,.]*|\S", written)
    powers = [words.han_scales[word] for word in numerals[1:] if word in words.han_scales]
    return sum(powers) if len(powers) == len(numerals) - 1 else 0


_LONGEST = 40
"""A number of more characters than this counts nothing."""
_LARGE = re.compile("[0-9万亿兆]")


def _unit(match: re.Match[str], words: Words) -> UnitWord | None:
    if match["times"] or match["fold"]:
        return UnitWord("ratio")
    if match["after"]:
        return words.after[folded(match["after"])]
    return words.before[folded(match["before"])] if match["before"] else None
