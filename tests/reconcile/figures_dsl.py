"""Figures and trends written in a line each, for cases of checks.

`NAME: [INDICATOR ENTITY FLOW SCOPE @] PERIOD WHAT VALUE [key=value ...]`: VALUE is `2.11` (half a unit of the last
digit each side), `=750` (exact), `>100` (over), `<1700` (under, one unit), `~2` (about), or a direction where WHAT is
`move`.

>>> one = figure("a", "cbec-trade-value china total gac-total @ 2022 level/CNY 2.11 source=a1 day=2023-01-13")
>>> one.point.name, one.lower, one.upper, one.vintage
('cbec-trade-value_china_all_all_total_gac-total_2022', Decimal('2.105'), Decimal('2.115'), '2023-01-13')
"""

from decimal import Decimal

from cbec_kg.model.slots import Slots
from cbec_kg.reconcile.book import Rate, Ratio, Terms
from cbec_kg.reconcile.figure import Amount, Figure, Move, Point, Stating

TERMS = Terms(
    flows=frozenset({"cbec-trade-value", "company-profit", "goods-trade-value", "trade-balance"}),
    traded=frozenset({"cbec-trade-value", "goods-trade-value"}),
    ratios={"cbec-share-of-goods-trade": Ratio("cbec-trade-value", "gac-total", "goods-trade-value", "goods-trade")},
    rates={"trade-per-minute": Rate("cbec-trade-value", "gac-total", 60)},
    scopes={"cbec-trade-value": "gac-total", "goods-trade-value": "goods-trade"},
)
DEFAULT = "cbec-trade-value china total gac-total"


def bounds(written):
    """Qualifier, value and both bounds of a figure as cases write it."""
    sign, digits = (written[0], written[1:]) if written[0] in "=><~" else ("", written)
    value = Decimal(digits)
    step = Decimal(1).scaleb(int(value.as_tuple().exponent))
    match sign:
        case "=":
            return "exact", value, value, value
        case ">":
            return "over", value, value, None
        case "<":
            return "under", value, value - step, value
    return "about" if sign else "exact", value, value - step / 2, value + step / 2


def figure(digest, line):
    """The figure or move of a line."""
    dimensions, _, rest = line.rpartition("@")
    indicator, entity, flow, scope = (dimensions or DEFAULT).split()
    period, what, written, *options = rest.split()
    given = dict(option.split("=", 1) for option in options)
    slots = Slots(indicator, entity, given.get("partner", "all"), given.get("sector", "all"), flow, scope)
    point = Point(slots, period)
    common = {
        "digest": digest, "point": point, "status": given.get("status", "reported"),
        "vintage": given.get("day"), "source": given.get("source", "a1"),
    }  # fmt: skip
    if what == "move":
        return Move(direction=written, **common)
    measure, unit, basis = (*what.split("/"), None)[:3]
    qualifier, value, lower, upper = bounds(written)
    restated = []
    for amount in filter(None, given.get("again", "").split(",")):
        other, _, number = amount.partition(":")
        _, *numbers = bounds(number)
        restated.append(Amount(other, *numbers))
    stating = Stating(
        measure, unit, basis, given.get("base"), given.get("currency"), given.get("of"), given.get("among")
    )
    return Figure(
        stating=stating, qualifier=qualifier, value=value, lower=lower, upper=upper,
        reviewed=given.get("read") != "machine",
        government="government" in given.get("by", ""), scope_stated=given.get("scope") == "stated",
        restated=frozenset(restated), speakers=frozenset(filter(None, [given.get("speaker")])), **common,
    )  # fmt: skip
