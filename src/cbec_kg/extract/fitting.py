"""Figures that no graph could take as they were read: the shapes of ``ontology/shapes`` that such a row breaks.

>>> from decimal import Decimal
>>> figure = dict(article="a1", start=0, end=4, indicator="gdp", unit="percent", status="reported",
...     qualifier="exact")
>>> row = ObservationRow(**figure, kind="share", value=Decimal(150))
>>> broken_shape(row)
('ShareRange', 'a share of a whole lies between 0 and 100 percent')
"""

from cbec_kg.model.rows import ObservationRow

__all__ = ["broken_shape"]


def broken_shape(row: ObservationRow) -> tuple[str, str] | None:
    """Name of the shape that a row breaks, and why; None for a row that fits."""
    value, unit = row.value, row.unit
    if row.indicator is None:
        return "HasIndicator", "no indicator of the vocabulary fits"
    if value is None:
        return None
    match row.kind:
        case "growth" if (unit == "percent" and value < -100) or (unit == "ratio" and value < 0):
            return "GrowthFloor", "nothing shrinks by more than 100 percent"
        case "share" if unit == "percent" and not 0 <= value <= 100:
            return "ShareRange", "a share of a whole lies between 0 and 100 percent"
        case "level" if unit == "count" and (value < 0 or value % 1):
            return "CountWhole", "a count is a whole number"
        case "rank" if value < 1 or value % 1:
            return "RankWhole", "a rank is a whole number from 1"
    return None
