"""Names of an article that the graph does not know.

>>> NewName("x-1", "Far Shores Plan", "Programme").label
'Far Shores Plan'
"""

from typing import NamedTuple

__all__ = ["NewName", "is_new"]


class NewName(NamedTuple):
    """A code that begins with ``x-``, the name as the article writes it, and the class that its words suggest."""

    code: str
    label: str
    candidate: str


def is_new(code: str) -> bool:
    """Whether a code stands for a name that nobody has reviewed."""
    return code.startswith("x-")
