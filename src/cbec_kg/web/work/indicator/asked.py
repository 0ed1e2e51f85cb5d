"""What a page of an indicator is asked for.

>>> Asked("cbec-trade-value", measure="levle")
Traceback (most recent call last):
    ...
cbec_kg.errors.BadParameter: measure is 'levle': did you mean level?
"""

from dataclasses import dataclass

from cbec_kg.errors import BadParameter
from cbec_kg.model.period import is_day
from cbec_kg.namespaces import LOCAL_NAME
from cbec_kg.query.nearest import did_you_mean
from cbec_kg.web.work.indicator.occurring import DIMENSIONS
from cbec_kg.web.work.indicator.wording import SCALES

__all__ = ["ALL", "MEASURES", "NONE", "Asked"]

MEASURES = ("level", "growth", "share", "rank")
"""What of an indicator a page shows."""
NONE = "none"
"""In place of a market or channel: that none is named."""
ALL = "all-scopes"
"""In place of a scope: every one, each as a line of its own."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page is asked for, as codes; None where nothing is said. ``scale`` is of `SCALES`, ``as_of`` a day."""

    indicator: str
    entity: str | None = None
    flow: str | None = None
    scope: str | None = None
    partner: str | None = None
    sector: str | None = None
    market: str | None = None
    channel: str | None = None
    measure: str = "level"
    unit: str | None = None
    scale: str | None = None
    as_of: str | None = None

    def __post_init__(self) -> None:
        for key in (*DIMENSIONS, "indicator", "unit"):
            code = getattr(self, key)
            if code is not None and not LOCAL_NAME.fullmatch(code):
                raise BadParameter(f"{key} is {code!r}", fix="it is a code, such as those that the page offers")
        if self.measure not in MEASURES:
            raise BadParameter(f"measure is {self.measure!r}", fix=did_you_mean(self.measure, MEASURES))
        if self.scale is not None and self.scale not in SCALES:
            raise BadParameter(f"scale is {self.scale!r}", fix=did_you_mean(self.scale, list(SCALES)))
        if self.as_of is not None and (not is_day(self.as_of) or "T" in self.as_of):
            raise BadParameter(f"as of {self.as_of!r}, which is no day", fix="write YYYY-MM-DD")
