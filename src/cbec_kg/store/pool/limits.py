"""What a piece of work may take, and what is said when it would take more.

>>> Limits(seconds=2.5).seconds
2.5
>>> str(TooBig("rows", 100))
'the answer has more than 100 rows: narrow the query, or page it with LIMIT and OFFSET'
"""

from dataclasses import dataclass

from cbec_kg.errors import QueryError, StoreError

__all__ = ["Busy", "Limits", "TooBig", "TooCostly"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one piece of work may take: ``seconds`` of wall clock, ``memory`` in bytes above what a reader has at
    its start (0: without limit), ``rows`` (or triples) and ``bytes`` of the answer."""

    seconds: float = 30.0
    memory: int = 1 << 30
    rows: int = 1_000_000
    bytes: int = 256 << 20


class Busy(StoreError):
    """All readers are at work and the queue is full; come again after ``seconds``."""

    http_status = 429

    def __init__(self, seconds: int) -> None:
        super().__init__("too many queries at once", fix=f"try again in {seconds} seconds")
        self.seconds = seconds


class TooBig(QueryError):
    """An answer over a limit; ``what`` is rows or bytes."""

    def __init__(self, what: str, most: int) -> None:
        super().__init__(
            f"the answer has more than {most:,} {what}", fix="narrow the query, or page it with LIMIT and OFFSET"
        )
        self.what, self.most = what, most

    def __reduce__(self) -> tuple[type["TooBig"], tuple[str, int]]:
        return TooBig, (self.what, self.most)


class TooCostly(QueryError):
    """Work that brought its process down: too much memory, or nested too deeply."""

    http_status = 503
