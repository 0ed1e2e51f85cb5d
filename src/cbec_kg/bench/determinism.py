"""Whether the same articles give the same bytes, however they are read.

>>> [one.what for one in WAYS]
['1 process, hash seed 0', 'hash seed 1', 'hash seed 4242', '2 processes', 'articles in reverse order']
"""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cbec_kg.bench.corpus import Corpus
from cbec_kg.bench.process import digest
from cbec_kg.bench.section import Column, Section
from cbec_kg.bench.variants import enlarged, write_jsonl

__all__ = ["WAYS", "Way", "determinism"]

_LEAST = 600_000
"""Bytes of text: enough for several batches, so that two processes both work."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to read the same articles."""

    what: str
    seed: int = 0
    jobs: int = 1
    reverse: bool = False


WAYS = (
    Way("1 process, hash seed 0"), Way("hash seed 1", seed=1), Way("hash seed 4242", seed=4242),
    Way("2 processes", jobs=2), Way("articles in reverse order", reverse=True),
)  # fmt: skip
_COLUMNS = (Column("way", "read by"), Column("digest", "SHA-256 of rows and ledger"), Column("equal", "equal"))


def determinism(corpus: Corpus, *, tell: Callable[[str], None], least: int = _LEAST) -> Section:
    """A row for each way; ``equal`` says whether its bytes are those of the first."""
    articles = [*corpus.sources, *enlarged(corpus.sources, least)]
    rows: list[dict[str, str | bool]] = []
    with tempfile.TemporaryDirectory() as folder:
        for way in WAYS:
            tell(f"determinism: {way.what}")
            path = Path(folder) / "articles.jsonl"
            write_jsonl(path, reversed(articles) if way.reverse else articles)
            arguments = [
                "-m",
                "cbec_kg",
                "extract",
                str(path),
                "--ledger",
                "--format",
                "jsonl",
                "--jobs",
                str(way.jobs),
            ]
            printed = digest(arguments, {"PYTHONHASHSEED": str(way.seed)})
            rows.append(
                {"way": way.what, "digest": printed, "equal": printed == (rows or [{"digest": printed}])[0]["digest"]}
            )
    return Section("determinism", f"Determinism over {len(articles):,} articles", _COLUMNS, tuple(rows))
