"""Memory of a process that reads a file of JSON lines: flat, however long the file.

>>> sizes(32)
(2.0, 8.0, 32.0)
"""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path

from cbec_kg.bench.corpus import Corpus
from cbec_kg.bench.process import cost
from cbec_kg.bench.section import Column, Section, Value
from cbec_kg.bench.variants import enlarged, write_jsonl

__all__ = ["memory", "sizes"]

_COLUMNS = (
    Column("mb", "MB of text", ".1f"), Column("articles", "articles", ",d"), Column("peak_mb", "peak MB", ".1f"),
    Column("peak_ratio", "x smallest", ".2f"), Column("warm_mb", "warm MB", ".1f"),
    Column("stream_peak_mb", "peak after", ".1f"), Column("grown_mb", "grown MB", ".1f"),
    Column("cpu_seconds", "CPU s", ".1f"), Column("mb_per_second", "MB/s", ".3f"),
)  # fmt: skip
_NOTES = (
    "From the file to JSON; every article has figures and a name of its own. CPU s and MB/s have the start in them.",
    "Warm is the memory once a few articles were read, peak after the most from then on, grown how much more that is.",
)


def sizes(largest: float) -> tuple[float, ...]:
    """Sizes of the files in MB, each four times the one before."""
    return (largest / 16, largest / 4, largest / 1)


def memory(corpus: Corpus, *, largest: float, tell: Callable[[str], None]) -> Section:
    """A row for each size up to ``largest`` MB of text."""
    rows: list[dict[str, Value]] = []
    smallest = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        for size in sizes(largest):
            tell(f"memory: {size:g} MB")
            articles, written = write_jsonl(path, enlarged(corpus.sources, round(size * 1e6)))
            spent = cost(["-m", "cbec_kg.bench.reader", str(path)])
            smallest = smallest or spent.peak_bytes
            said = json.loads(spent.said.splitlines()[-1])
            warm, peak = said["warm"], said["peak"]
            rows.append(
                {
                    "mb": written / 1e6, "articles": articles, "peak_mb": spent.peak_bytes / 1e6,
                    "peak_ratio": spent.peak_bytes / smallest, "warm_mb": _mb(warm), "stream_peak_mb": _mb(peak),
                    "grown_mb": _mb(peak - warm if warm and peak else None), "cpu_seconds": spent.cpu_seconds,
                    "mb_per_second": written / 1e6 / spent.cpu_seconds,
                }
            )  # fmt: skip
    return Section("memory", "Memory of a stream", _COLUMNS, tuple(rows), _NOTES)


def _mb(size: int | None) -> float | None:
    return None if size is None else size / 1e6
