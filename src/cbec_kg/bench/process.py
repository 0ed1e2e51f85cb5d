"""Other processes: what one costs, and the digest of what it prints.

>>> cost(["-c", "pass"]).peak_bytes > 1_000_000
True
>>> digest(["-c", "print(1)"], {})[:8]
'4355a46b'
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cbec_kg.errors import CbecError

__all__ = ["Cost", "cost", "digest"]

_LAUNCHER = Path(__file__).with_name("launcher.py")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process cost; ``peak_bytes`` is its resident memory at its largest, ``said`` what it wrote to stderr."""

    wall_seconds: float
    cpu_seconds: float
    peak_bytes: int
    said: str = ""


def cost(arguments: Sequence[str]) -> Cost:
    """Cost of Python with these arguments; raises `CbecError` where it fails."""
    if not hasattr(os, "wait4"):
        raise CbecError("this system does not say what a process cost", fix="run the benchmark on Linux or macOS")
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(_LAUNCHER), sys.executable, *arguments],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise _failed(arguments, done.returncode, done.stderr)
    told = json.loads(done.stdout)
    if told["exit"]:
        raise _failed(arguments, told["exit"], done.stderr)
    return Cost(told["wall_seconds"], told["cpu_seconds"], told["peak_bytes"], done.stderr)


def digest(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """SHA-256 of what Python with these arguments prints; raises `CbecError` where it fails."""
    done = subprocess.run(
        [sys.executable, *arguments], capture_output=True, check=False, env={**os.environ, **environment}
    )
    if done.returncode:
        raise _failed(arguments, done.returncode, done.stderr.decode(errors="replace"))
    return sha256(done.stdout).hexdigest()


def _failed(arguments: Sequence[str], code: int, told: str) -> CbecError:
    last = (told.strip().splitlines() or ["it said nothing"])[-1]
    return CbecError(f"python {' '.join(arguments)[:80]} ended with {code}: {last}")
