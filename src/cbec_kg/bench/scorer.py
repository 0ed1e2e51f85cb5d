"""A scorer as it is: a program that compares rows with gold and prints its levels as JSON.

>>> f1_of({"full": Score(0.5, 1.0, 0.667, 3, 6)}, "full"), f1_of(None, "full")
(0.667, None)
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cbec_kg.errors import CbecError

__all__ = ["Score", "Scorer", "gold_articles", "f1_of"]

_NOTHING = "no gold observations"


@dataclass(frozen=True, slots=True)
class Score:
    """One level: precision, recall and F1 as the scorer rounds them, and what they were counted over."""

    precision: float
    recall: float
    f1: float
    gold: int
    predicted: int


@dataclass(frozen=True, slots=True)
class Scorer:
    """A scorer with its gold and the rows to score."""

    program: Path
    gold: Path
    rows: Path

    def score(self, articles: Sequence[str]) -> dict[str, Score] | None:
        """Levels over these articles, in the scorer's order; None where gold has no observation in them.

        Raises `CbecError` where the scorer fails or prints something else.
        """
        done = subprocess.run(
            [
                sys.executable, str(self.program), "--gold", str(self.gold), "--pred", str(self.rows),
                "--split", ",".join(articles), "--json",
            ],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            if _NOTHING in done.stderr:
                return None
            last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
            raise CbecError(f"{self.program}: ended with {done.returncode}: {last}", fix="run it by hand")
        try:
            told = json.loads(done.stdout)
            return {level: Score(**{key: found[key] for key in Score.__slots__}) for level, found in told.items()}
        except (ValueError, AttributeError, KeyError, TypeError):
            raise CbecError(
                f"{self.program}: it printed no scores", fix="name a scorer that has --json, as score_extraction.py"
            ) from None


def gold_articles(folder: Path) -> list[str]:
    """Ids of the articles that gold speaks of, sorted; raises `CbecError` where there is none."""
    found = set()
    for path in sorted(folder.glob("*.json")):
        try:
            found.add(json.loads(path.read_text("utf-8"))["id"])
        except (ValueError, KeyError, TypeError):
            raise CbecError(
                f"{path}: no gold of an article", fix="a file is one object with id and observations"
            ) from None
    if not found:
        raise CbecError(f"{folder}: no gold in it", fix="name the folder that holds one .json an article")
    return sorted(found)


def f1_of(scores: Mapping[str, Score] | None, level: str) -> float | None:
    """F1 of a level, None where nothing was scored."""
    return scores[level].f1 if scores else None
