"""Names of an article that the graph does not know.

>>> NewName("x-1", "Far Shores Plan", "Programme").label
'Far Shores Plan'
"""

from typing import NamedTuple

__all__ = ["Alias", "NewName", "is_new"]


class NewName(NamedTuple):
    """A code that begins with ``x-``, the name as the article writes it, and the class that its words suggest.

    One that a person has ``accepted`` is of that class, and has a label in the ``other`` language too.
    """

    code: str
    label: str
    candidate: str
    accepted: bool = False
    other: str = ""


class Alias(NamedTuple):
    """Another name of a thing that the graph knows: its code, and the name as articles write it."""

    code: str
    label: str


def is_new(code: str) -> bool:
    """Whether a code stands for a name that nobody has reviewed."""
    return code.startswith("x-")
