"""Timing side by side: in every round each contender does the same work, so that a busy machine slows all alike.

>>> ticks = iter(range(1000))
>>> times = rounds({"slow": lambda n: [next(ticks) for _ in range(9)], "fast": lambda n: None}, lambda number: number,
...                seconds=0, least=3, clock=lambda: next(ticks))
>>> times.median("slow"), times.median("fast"), times.ratio("slow", "fast"), times.count
(10, 1, 10.0, 3)
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median, quantiles
from typing import TypeVar

__all__ = ["Times", "rounds"]

Work = TypeVar("Work")


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of each contender, round by round."""

    seconds: Mapping[str, tuple[float, ...]]

    @property
    def count(self) -> int:
        """Rounds that were measured."""
        return min(len(series) for series in self.seconds.values())

    def median(self, name: str) -> float:
        """Middle of a contender's times."""
        return median(self.seconds[name])

    def ratio(self, name: str, to: str) -> float:
        """Middle of the rounds' own ratios: what disturbs a round disturbs both sides of it."""
        pairs = zip(self.seconds[name], self.seconds[to], strict=True)
        return median(one / max(other, 1e-9) for one, other in pairs)

    def spread(self, name: str) -> float:
        """How far the middle half of the times lies apart, as a part of their median: 0.1 is a calm machine.

        >>> round(Times({"a": (1.0, 1.0, 1.1, 1.2, 9.0)}).spread("a"), 2)
        0.18
        """
        low, middle, high = quantiles(self.seconds[name], n=4, method="inclusive")
        return (high - low) / max(middle, 1e-9)


def rounds(
    contenders: Mapping[str, Callable[[Work], object]], prepare: Callable[[int], Work], *, seconds: float,
    least: int = 3, most: int = 200, clock: Callable[[], float] = time.process_time,
) -> Times:  # fmt: skip
    """Time contenders on the work of each round, after a round that does not count.

    ``prepare`` makes the work of a round, outside the time; rounds end after ``seconds`` of the wall clock, though not
    before ``least`` of them. The clock is by default that of the process, which stands still while others run.
    """
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    end = 0.0
    for number in range(most + 1):
        if number > least and time.monotonic() >= end:
            break
        work = prepare(number)
        for name, run in contenders.items():
            begun = clock()
            run(work)
            spent = clock() - begun
            if number:
                taken[name].append(spent)
        if not number:
            end = time.monotonic() + seconds
    return Times({name: tuple(series) for name, series in taken.items()})
