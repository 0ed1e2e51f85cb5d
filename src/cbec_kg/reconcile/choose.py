"""Which claim an observation shows, where several state the same measure.

The order is fixed and total: a firmer status, then a government source, the later vintage (undated last), what a
person has reviewed over what only a rule has read, a stated over an inferred scope, a figure as written over an
approximate one, the narrower interval, and at last the lower digest.

>>> from decimal import Decimal as D
>>> def stated(digest, vintage, value, government=False):
...     low, high = D(value) - D("0.05"), D(value) + D("0.05")
...     return Candidate(digest, "reported", government, vintage, False, "exact", low, high)
>>> choose([stated("b1", None, "1.5"), stated("a2", "2021-01-14", "1.9", government=True)]).digest
'a2'
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

__all__ = ["Candidate", "choose", "joined", "rank", "sortable", "vintage"]

_STATUS = {"reported": 0, "preliminary": 0, "revised": 0, "estimate": 1, "forecast": 2, "target": 3}
_QUALIFIER = {"exact": 0, "about": 1}
_FAR, _FAR_DAY = 100_000, 9_999_999
"""More than any number has places, and than the calendar has days."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the choice looks at; ``vintage`` is a day or None, bounds are in the claim's own unit."""

    digest: str
    status: str
    government: bool
    vintage: str | None
    scope_stated: bool
    qualifier: str
    lower: Decimal | None
    upper: Decimal | None
    reviewed: bool = False


def vintage(dates: Iterable[tuple[str | None, str | None]]) -> str | None:
    """Earliest day among the evidences' ``(released_on, published)``; the release counts where it is stated.

    >>> vintage([(None, "2021-01-16"), ("2021-01-14", "2021-01-16"), (None, None)])
    '2021-01-14'
    """
    days = [(released or published or "")[:10] for released, published in dates]
    return min((day for day in days if day), default=None)


def rank(candidate: Candidate) -> tuple[int, bool, int, bool, bool, int, bool, Decimal, str]:
    """Sort key of a candidate; the lowest is chosen."""
    day = date.fromisoformat(candidate.vintage).toordinal() if candidate.vintage else 0
    bounded = candidate.lower is not None and candidate.upper is not None
    width = (
        candidate.upper - candidate.lower if candidate.lower is not None and candidate.upper is not None else Decimal(0)
    )
    return (
        _STATUS[candidate.status],
        not candidate.government,
        -day,
        not candidate.reviewed,
        not candidate.scope_stated,
        _QUALIFIER.get(candidate.qualifier, 2),
        not bounded,
        width,
        candidate.digest,
    )


def sortable(candidate: Candidate) -> str:
    """The sort key as a text: texts are in the order of the keys, so that an index of texts finds the lowest.

    The width is written by the place of its first digit and then its digits, which no number of digits disturbs.

    >>> base = Candidate("a", "reported", True, "2021-01-14", False, "exact", Decimal(0), Decimal("9.5"))
    >>> sortable(base)
    '0092621951100100000|95 a'
    >>> sortable(base) < sortable(replace(base, upper=Decimal(10))) < sortable(replace(base, vintage=None))
    True
    """
    status, not_government, day, unreviewed, inferred, qualifier, unbounded, width, digest = rank(candidate)
    _, digits, _ = width.normalize().as_tuple()
    places = f"{width.adjusted() + _FAR:06}|{''.join(map(str, digits))}" if width else ""
    marks = f"{unreviewed:d}{inferred:d}{qualifier}{unbounded:d}"
    return f"{status}{not_government:d}{_FAR_DAY + day:07}{marks}{places} {digest}"


def joined(candidates: Iterable[Candidate]) -> Candidate:
    """One claim as several look at it: what any of its evidence gives counts for all of it; at least one is given.

    >>> early = Candidate("a", "reported", False, "2021-01-14", False, "exact", None, None)
    >>> both = joined([early, replace(early, vintage="2022-05-01", scope_stated=True), replace(early, vintage=None)])
    >>> both == replace(early, scope_stated=True)
    True
    """
    first, *others = candidates
    return replace(
        first,
        government=first.government or any(one.government for one in others),
        vintage=min((one.vintage for one in (first, *others) if one.vintage), default=None),
        scope_stated=first.scope_stated or any(one.scope_stated for one in others),
        reviewed=first.reviewed or any(one.reviewed for one in others),
    )


def choose(candidates: Iterable[Candidate]) -> Candidate | None:
    """The candidate to show, or None where there is none."""
    return min(candidates, key=rank, default=None)
