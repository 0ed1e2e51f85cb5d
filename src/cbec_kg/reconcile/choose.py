"""Which claim an observation shows, where several state the same measure.

The order is fixed and total: a firmer status, then a government source, the later vintage (undated last), what a
person has reviewed over what only a rule has read, a stated over an inferred scope, a figure as written over an
approximate one, the narrower interval, and at last the lower digest.

>>> from decimal import Decimal as D
>>> from cbec_kg.model.slots import Slots
>>> from cbec_kg.reconcile.figure import Point, Stating
>>> point = Point(Slots("i", "china", "all", "all", "none", "none"), "2022")
>>> def stated(digest, vintage, value, government=False):
...     return Figure(digest=digest, point=point, stating=Stating("level", "CNY"), status="reported", value=D(value),
...                   qualifier="exact", lower=D(value) - D("0.05"), upper=D(value) + D("0.05"), vintage=vintage,
...                   government=government)
>>> choose([stated("b1", None, "1.5"), stated("a2", "2021-01-14", "1.9", government=True)]).digest
'a2'
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from cbec_kg.reconcile.figure import Figure

__all__ = ["choose", "rank", "vintage"]

_STATUS = {"reported": 0, "preliminary": 0, "revised": 0, "estimate": 1, "forecast": 2, "target": 3}
_QUALIFIER = {"exact": 0, "about": 1}

Days = Mapping[str, str | None]


def vintage(dates: Iterable[tuple[str | None, str | None]]) -> str | None:
    """Earliest day among the evidences' ``(released_on, published)``; the release counts where it is stated.

    >>> vintage([(None, "2021-01-16"), ("2021-01-14", "2021-01-16"), (None, None)])
    '2021-01-14'
    """
    days = [(released or published or "")[:10] for released, published in dates]
    return min((day for day in days if day), default=None)


def rank(figure: Figure, days: Days | None = None) -> tuple[int, bool, int, bool, bool, int, bool, Decimal, str]:
    """Sort key of a figure; the lowest is chosen. ``days`` gives vintages by digest in the place of the figure's."""
    said = figure.vintage if days is None else days.get(figure.digest, figure.vintage)
    day = date.fromisoformat(said).toordinal() if said else 0
    bounded = figure.lower is not None and figure.upper is not None
    width = figure.upper - figure.lower if figure.lower is not None and figure.upper is not None else Decimal(0)
    return (
        _STATUS[figure.status],
        not figure.government,
        -day,
        not figure.reviewed,
        not figure.scope_stated,
        _QUALIFIER.get(figure.qualifier, 2),
        not bounded,
        width,
        figure.digest,
    )


def choose(figures: Iterable[Figure], days: Days | None = None) -> Figure | None:
    """The figure to show, or None where there is none; ``days`` as in `rank`."""
    return min(figures, key=lambda one: rank(one, days), default=None)
