"""The limits that a parameter declares: a least and a greatest number or day, and how long a text may be.

>>> from cbec_kg.query.saved import Bilingual
>>> least = Param("least", "integer", Bilingual("Least"), min="1", max="60")
>>> refuse_outside(least, "5")
>>> refuse_outside(least, "0")
Traceback (most recent call last):
    ...
cbec_kg.errors.BadParameter: least is 0: give a whole number from 1 to 60
"""

from datetime import date
from decimal import Decimal

from cbec_kg.errors import BadParameter
from cbec_kg.query.saved import Param

__all__ = ["outside", "refuse_outside"]


def refuse_outside(param: Param, written: str) -> None:
    """Raise `BadParameter`, which names the bound, for a value that the parameter's limits leave out.

    ``written`` is of the parameter's type already.
    """
    if param.max_length is not None and len(written) > param.max_length:
        raise BadParameter(f"{param.name} has {len(written)} characters", fix=f"give {param.expects()}")
    if outside(param, written):
        raise BadParameter(f"{param.name} is {written}", fix=f"give {param.expects()}")


def outside(param: Param, written: str) -> bool:
    """Whether a number or day lies below the parameter's least value or above its greatest; either counts as within."""
    read = date.fromisoformat if param.type == "date" else Decimal
    below = param.min is not None and read(written) < read(param.min)  # type: ignore[operator]
    above = param.max is not None and read(written) > read(param.max)  # type: ignore[operator]
    return below or above
