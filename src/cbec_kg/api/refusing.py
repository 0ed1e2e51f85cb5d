"""What a view of the graph says to a change.

>>> refuse()
Traceback (most recent call last):
    ...
cbec_kg.errors.UpdateRefused: this view of the graph cannot be changed: \
copy what you want to change into an rdflib.Graph of your own
"""

from typing import Any, NoReturn

from cbec_kg.errors import UpdateRefused

__all__ = ["refuse"]


def refuse(*_: Any, **__: Any) -> NoReturn:
    """Raise `UpdateRefused`, whatever is asked to be written."""
    fix = "copy what you want to change into an rdflib.Graph of your own"
    raise UpdateRefused("this view of the graph cannot be changed", fix=fix)
