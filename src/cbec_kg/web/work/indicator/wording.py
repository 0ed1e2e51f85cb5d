"""Names and numbers of an indicator's page in the reader's language.

>>> words = Wording("zh", {"flow-total": {"en": "imports and exports", "zh": "进出口"}})
>>> words.label("total", "flow-"), words.period("2020-H1"), words.label("unheard-of")
('进出口', '2020年上半年', 'unheard-of')
>>> Wording("zh", {}, "yi").bounds(Interval.of("1284788410210", "1293399465860"), "CNY")
'12847至12934亿元'
>>> Wording("en", {}, "billion").number(Decimal("1690000000000"), Interval.exactly("1690000000000"), "CNY")
'1,690 billion yuan'
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from cbec_kg.answer.wording import HEDGES, Scale, between, scale_of, spoken
from cbec_kg.errors import RowError
from cbec_kg.model.period import parse
from cbec_kg.reconcile.interval import Interval
from cbec_kg.triples.labels import of_period

__all__ = ["SCALES", "Wording"]

SCALES: dict[str, tuple[int, str, str]] = {
    "trillion": (12, " trillion", "万亿"),
    "billion": (9, " billion", "十亿"),
    "yi": (8, " hundred million", "亿"),
    "million": (6, " million", "百万"),
    "wan": (4, " ten thousand", "万"),
    "one": (0, "", ""),
}
"""What numbers may be counted in: the power of ten, and its word in English and Chinese."""
_SCALED = frozenset({"CNY", "USD", "EUR", "GBP", "JPY", "HKD", "count"})
_SIGNED = frozenset({"growth", "change"})


@dataclass(frozen=True, slots=True)
class Wording:
    """``lang`` en or zh; labels by the local names of what bears them; ``scale`` of `SCALES`, None lets each choose."""

    lang: str
    labels: Mapping[str, Mapping[str, str]]
    scale: str | None = None

    def label(self, name: str, kind: str = "") -> str:
        """Label of a code, in the other language where this one has none, else the code."""
        known = self.labels.get(kind + name) or self.labels.get(name) or {}
        return known.get(self.lang) or next(iter(known.values()), name)

    def period(self, name: str) -> str:
        """A period by its local name."""
        if name in self.labels:
            return self.label(name)
        try:
            return str(getattr(of_period(parse(name)), self.lang))
        except RowError:
            return name

    def number(
        self, value: Decimal, interval: Interval, unit: str | None, measure: str = "level", hedge: str = "exact"
    ) -> str:
        """A value with its unit and what qualifies it."""
        said = str(getattr(HEDGES[hedge], self.lang)) if hedge in HEDGES else ""
        if self.scale is None or unit not in _SCALED:
            return said + spoken(value, interval, unit, self.lang, self.labels, signed=measure in _SIGNED)
        power, english, chinese = SCALES[self.scale]
        word = english if self.lang == "en" else chinese
        return said + spoken(value, interval, unit, self.lang, scale=(power, word)) + word + self.unit(unit)

    def bounds(self, interval: Interval, unit: str | None, measure: str = "level") -> str:
        """The ends of an interval; nothing of an exact number."""
        if interval.lower == interval.upper:
            return ""
        if self.scale is None or unit not in _SCALED:
            return between(interval, unit, self.lang, self.labels, signed=measure in _SIGNED)
        power, english, chinese = SCALES[self.scale]
        word = (english if self.lang == "en" else chinese) + self.unit(unit)
        ends = [
            None if end is None else spoken(end, Interval.exactly(end), unit, self.lang, scale=(power, word))
            for end in _outwards(interval)
        ]
        dash = "–" if self.lang == "en" else "至"
        if None not in ends:
            return f"{ends[0]}{dash}{ends[1]}{word}"
        more = ("{} or more", "{} or less") if self.lang == "en" else ("{}及以上", "{}及以下")
        return more[ends[0] is None].format(f"{ends[0] or ends[1]}{word}") if any(ends) else ""

    def unit(self, unit: str) -> str:
        """The name of a unit as it stands behind a scale's word; nothing of a count."""
        one = spoken(Decimal(2), Interval.exactly(2), unit, self.lang, self.labels)
        return one.removeprefix("2")

    def axis(self, largest: Decimal, unit: str | None) -> Scale:
        """The power of ten that a chart's numbers are told in, and what they are, such as "trillion yuan"."""
        if unit is None or unit == "rank":
            return 0, ""
        if unit not in _SCALED:
            return 0, self.unit(unit).strip()
        if self.scale is not None:
            power, english, chinese = SCALES[self.scale]
            word = english if self.lang == "en" else chinese
        else:
            rough = Decimal(10) ** abs(largest).adjusted() if largest else Decimal(0)
            power, word = scale_of(rough, Interval.exactly(rough), unit, self.lang)
        return power, (word + self.unit(unit)).strip()


def _outwards(interval: Interval) -> tuple[Decimal | None, Decimal | None]:
    """Both ends with as many digits as the width bears out, rounded outwards, as answers tell them."""
    if interval.lower is None or interval.upper is None:
        return interval.lower, interval.upper
    step = Decimal(10) ** ((interval.upper - interval.lower).adjusted() - 1)
    lower = (interval.lower / step).quantize(Decimal(1), rounding=ROUND_FLOOR) * step
    return lower, (interval.upper / step).quantize(Decimal(1), rounding=ROUND_CEILING) * step
