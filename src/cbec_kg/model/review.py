"""What a person has said of a row that was read: that it is right, or what it should be.

>>> Review("corrected", "Li Wei", "2026-11-24T09:00:00", "a slip of the translation", "value: 98").state
'corrected'
"""

from dataclasses import dataclass

__all__ = ["Review"]


@dataclass(frozen=True, slots=True)
class Review:
    """``state`` is reviewed or corrected; ``read`` gives the keys that were changed, as they were read."""

    state: str
    by: str
    at: str
    reason: str
    read: str | None = None
