"""A derivation for people: its formula in words, and its numbers in the unit that the result is told in.

The table is ``formulas.toml``; JSON and receipts keep the symbols and every digit.

>>> from decimal import Decimal
>>> from cbec_kg.model.slots import Slots
>>> from cbec_kg.reconcile.figure import Point
>>> from cbec_kg.reconcile.interval import Interval
>>> point = Point(Slots("i", "china", "all", "all", "total", "none"), "2022")
>>> in_words(Route("flow-sum", "", "", point, "level", "CNY", Interval.of(210, 212), Decimal(211)), "zh")
'进出口 = 出口 + 进口'
"""

import re
import tomllib
from functools import cache
from importlib import resources

from cbec_kg.answer.result import Route
from cbec_kg.answer.wording import HEDGES, Labels, Scale, headline, scale_of, spoken
from cbec_kg.reconcile.figure import Figure

__all__ = ["MOVES", "calculated", "in_words"]

MOVES = frozenset({"growth", "gap", "growth-gap", "contribution", "change"})
"""Measures that go up or down, and are told with their sign."""
_RATES = frozenset({"percent", "percentage_point"})
_LESS_LESS = re.compile(r"− (−[^ )]+)")
_OUTER = {"en": "{} = {}", "zh": "{}={}"}


@cache
def _table() -> dict[str, dict[str, dict[str, str] | str]]:
    return tomllib.loads(resources.files("cbec_kg.answer").joinpath("formulas.toml").read_text("utf-8"))


def _told(route: Route) -> dict[str, str]:
    """What the table says of a route's rule, for its direction of trade; empty where it says nothing."""
    found = _table().get(route.rule, {})
    own = found.get(route.point.slots.flow)
    rows = own if isinstance(own, dict) else found
    return {key: text for key, text in rows.items() if isinstance(text, str)}


def in_words(route: Route, lang: str) -> str:
    """The formula of a route in a language, in symbols where the table has none."""
    return _told(route).get(lang, route.formula)


def calculated(route: Route, lang: str, labels: Labels | None = None, *, bounds: bool = False) -> str:
    """The calculation of a route, "1.55 + 0.56 = 2.11 trillion yuan", with the result's bounds where they are wanted.

    Amounts are in the scale of the result where that is an amount, else each has its own unit.
    """
    pattern = _told(route).get("pattern")
    if pattern == "+":
        pattern = " + ".join(["{}"] * len(route.inputs))
    if route.value is None or pattern is None or pattern.count("{}") != len(route.inputs):
        return route.calculation
    scale = scale_of(route.value, route.interval, route.unit, lang) if route.unit not in _RATES else None
    left = pattern.format(*(_operand(one, lang, labels, scale) for one in route.inputs)).replace("+ −", "− ")
    left = _LESS_LESS.sub(r"− (\1)", left)
    if lang == "zh":
        left = left.replace(" ", "").replace("/", "÷").replace("(", "（").replace(")", "）")
    signed = route.measure in MOVES
    if bounds:
        right = headline(route.value, route.interval, route.unit, lang, labels, signed=signed)
    else:
        right = spoken(route.value, route.interval, route.unit, lang, labels, signed=signed)
    return _OUTER[lang].format(left, right)


def _operand(one: Figure | Route, lang: str, labels: Labels | None, scale: Scale | None) -> str:
    unit = one.stating.unit if isinstance(one, Figure) else one.unit
    hedge = str(getattr(HEDGES[one.qualifier], lang)) if isinstance(one, Figure) and one.qualifier in HEDGES else ""
    if one.value is None:
        ends = (one.interval.lower, one.interval.upper)
        return "[" + ", ".join("…" if end is None else str(end) for end in ends) + "]"
    return hedge + spoken(one.value, one.interval, unit, lang, labels, scale=scale if unit not in _RATES else None)
