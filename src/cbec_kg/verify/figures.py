"""Whether characters say the number that a claim states.

>>> text = "Exports rose 11.7% to 1,550 yuan."
>>> claim = FigureFact("level", Decimal(1550), "CNY", "exact", Decimal("1549.5"), Decimal("1550.5"))
>>> check_figure(text, 22, 32, claim)
Found(form='digits', problem=None)
>>> check_figure(text, 13, 18, claim).problem.text
'the characters say 11.7 percent, the claim 1550 CNY'
"""

from decimal import Decimal
from typing import NamedTuple

from cbec_kg.normalise.bounds import QUALIFIERS, Bounds, interval
from cbec_kg.normalise.numbers import Figure, Quantity, find, readings
from cbec_kg.verify.facts import FigureFact

__all__ = ["Found", "Problem", "check_bounds", "check_figure", "check_record"]

_AROUND = 60
_SIGNED = ("growth", "change")
_NEEDS_UNIT = ("percent", "percentage_point", "ratio")
_RECORD_WORDS = {
    "high": (
        "high",
        "peak",
        "best",
        "most",
        "record",
        "largest",
        "biggest",
        "新高",
        "最高",
        "最大",
        "高点",
        "高位",
        "纪录",
        "记录",
    ),
    "low": ("low", "worst", "least", "record", "smallest", "新低", "最低", "最小", "低点", "低位", "纪录", "记录"),
}


class Problem(NamedTuple):
    """What is wrong, and what to do."""

    kind: str
    text: str
    fix: str


class Found(NamedTuple):
    """How the figure is written, None where there is none; the first problem, if any."""

    form: str | None
    problem: Problem | None


def check_figure(text: str, start: int, end: int, claim: FigureFact, *, restated: bool = False) -> Found:
    """Compare a claim's value, unit, sign, qualifier and bounds with the figure of a span.

    An amount that is ``restated`` in another currency has a qualifier of its own, which claims do not keep: the bounds
    of any will do.
    """
    assert claim.value is not None
    found = readings(text, start, end)
    if not found:
        return Found(
            None, Problem("figure", "no figure in these characters", "move the span to the figure and its unit")
        )
    sized = [figure for figure in found if abs(figure.quantity.value) == abs(claim.value)]
    if not sized:
        said = " or ".join(dict.fromkeys(_said(figure.quantity) for figure in found))
        problem = f"the characters say {said}, the claim {_plain(claim.value)} {claim.unit}"
        return Found(found[0].form, Problem("figure", problem, "correct the row's value or its span"))
    fitting = [figure for figure in sized if _unit_fits(figure.quantity.unit, claim.unit)]
    if not fitting:
        said = sized[0].quantity.unit or "no unit"
        problem = f"the characters say {said}, the claim {claim.unit}"
        return Found(sized[0].form, Problem("unit", problem, "correct the unit, or let the span hold the unit's word"))
    figure = fitting[0]
    problems = (
        _check_sign(figure, claim),
        _check_cut(text, start, end, figure),
        _check_qualifier(figure, claim),
        check_bounds([one.quantity for one in fitting], claim, restated=restated),
    )
    return Found(figure.form, next((problem for problem in problems if problem), None))


def check_bounds(quantities: list[Quantity], claim: FigureFact, *, restated: bool = False) -> Problem | None:
    """Compare a claim's bounds with those that one of the quantities allows."""
    assert claim.value is not None
    if claim.qualifier not in QUALIFIERS:
        return Problem("qualifier", f"qualifier {claim.qualifier!r}", f"use one of {', '.join(QUALIFIERS)}")
    qualifiers = [claim.qualifier, *QUALIFIERS] if restated else [claim.qualifier]
    allowed = [
        interval(claim.value, quantity.last_digit, qualifier, claim.unit or "")
        for qualifier in qualifiers
        for quantity in quantities
    ]
    if (claim.lower, claim.upper) in allowed:
        return None
    stated = _span_of(Bounds(claim.lower, claim.upper))
    return Problem(
        "bounds", f"bounds {stated}, but the figure allows {_span_of(allowed[0])}", "correct lower and upper"
    )


def check_record(characters: str, claim: FigureFact) -> Found:
    """Whether characters speak of a record of the claim's kind; a record has no value."""
    if any(part is not None for part in (claim.value, claim.lower, claim.upper, claim.unit)):
        return Found("record", Problem("record", "a record with a value, bounds or a unit", "leave them empty"))
    if claim.record not in _RECORD_WORDS:
        return Found("record", Problem("record", f"record kind {claim.record!r}", "say high or low"))
    if not any(word in characters.casefold() for word in _RECORD_WORDS[claim.record]):
        problem = Problem("record", f"no word of a record {claim.record} here", "move the span, or correct the kind")
        return Found(None, problem)
    return Found("record", None)


def _unit_fits(said: str | None, unit: str | None) -> bool:
    """A bare number fits what needs no word (counts, ranks) and money, whose name a text may leave out."""
    return said == unit or (said is None and unit not in _NEEDS_UNIT)


def _check_sign(figure: Figure, claim: FigureFact) -> Problem | None:
    """A fall is negative in a claim and mostly without a sign in the text."""
    assert claim.value is not None
    said = figure.quantity.value
    if said == claim.value or (claim.value < 0 <= said and claim.measure in _SIGNED):
        return None
    return Problem("sign", f"the characters say {_plain(said)}, the claim {_plain(claim.value)}", "correct the sign")


def _check_cut(text: str, start: int, end: int, figure: Figure) -> Problem | None:
    """A span must not cut a figure: 2.11 out of "2.11 trillion yuan"."""
    first = max(0, start - _AROUND)
    for other in find(text[first : end + _AROUND]):
        left, right = other.start + first, other.end + first
        if right <= start or left >= end or (start <= left and right <= end):
            continue
        same_unit = other.quantity.unit in (figure.quantity.unit, None, "count")
        if other.quantity.value != figure.quantity.value or not same_unit:
            whole = text[left:right]
            return Problem(
                "cut", f"the span cuts {whole!r}", f"let it hold the whole figure, characters {left}-{right}"
            )
    return None


def _check_qualifier(figure: Figure, claim: FigureFact) -> Problem | None:
    if figure.qualifier in (None, claim.qualifier):
        return None
    problem = f"the characters say {figure.qualifier}, the claim {claim.qualifier}"
    return Problem("qualifier", problem, "correct the qualifier")


def _plain(value: Decimal) -> str:
    return format(value, "f")


def _said(quantity: Quantity) -> str:
    return f"{_plain(quantity.value)} {quantity.unit}" if quantity.unit else _plain(quantity.value)


def _span_of(bounds: Bounds) -> str:
    lower, upper = ("none" if limit is None else _plain(limit) for limit in bounds)
    return f"{lower} .. {upper}"
