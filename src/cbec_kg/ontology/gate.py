"""One gate of quality and what it found: plain data, as lines for people and as JSON.

>>> print("\\n".join(as_lines([Gate("imports", "1 file", (Problem("no header", "a.ttl", "add one"),))])))
FAILED    imports        1 file
            a.ttl: no header: add one
>>> print("\\n".join(as_lines([Gate("syntax", "2 files"), Gate("OWL 2 DL", left_out="no Java")])))
ok        syntax         2 files
left out  OWL 2 DL       no Java
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Gate", "Problem", "as_json", "as_lines", "closing"]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where (a file, with its line where it is known), and what to do."""

    what: str
    where: str = ""
    fix: str = ""

    def line(self) -> str:
        """All in one line."""
        return ": ".join(part for part in (self.where, " ".join(self.what.split()), self.fix) if part)


@dataclass(frozen=True, slots=True)
class Gate:
    """A gate by its name: what was looked at, in numbers, and what is wrong; or why it was left out."""

    name: str
    summary: str = ""
    problems: Sequence[Problem] = ()
    left_out: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    by_file: dict[str, dict[str, int]] = field(default_factory=dict)

    @property
    def result(self) -> str:
        """``ok``, ``failed`` or ``left-out``."""
        return "left-out" if self.left_out else "failed" if self.problems else "ok"


def as_lines(gates: Iterable[Gate], most: int | None = None) -> Iterator[str]:
    """A line for each gate, and below it one for each problem: ``most`` at most, and how many more."""
    words = {"ok": "ok", "failed": "FAILED", "left-out": "left out"}
    for gate in gates:
        yield f"{words[gate.result]:8}  {gate.name:13}  {gate.left_out or gate.summary}"
        for problem in gate.problems[:most]:
            yield f"            {problem.line()}"
        if most is not None and len(gate.problems) > most:
            yield f"            and {len(gate.problems) - most} more"


def closing(gates: Sequence[Gate]) -> str:
    """How many gates hold, in one line.

    >>> closing([Gate("a"), Gate("b", problems=(Problem("x"),)), Gate("c", left_out="no Java")])
    '1 of 2 gates hold, 1 left out'
    """
    results = [gate.result for gate in gates]
    left = results.count("left-out")
    held = f"{results.count('ok')} of {len(results) - left} gates hold"
    return f"{held}, {left} left out" if left else held


def as_json(gates: Sequence[Gate]) -> dict[str, Any]:
    """The same as one JSON object."""
    return {
        "well": all(gate.result != "failed" for gate in gates),
        "gates": [
            {
                "name": gate.name,
                "result": gate.result,
                "summary": gate.left_out or gate.summary,
                "counts": gate.counts,
                **({"by_file": gate.by_file} if gate.by_file else {}),
                "problems": [{"what": p.what, "where": p.where, "fix": p.fix} for p in gate.problems],
            }
            for gate in gates
        ],
    }
