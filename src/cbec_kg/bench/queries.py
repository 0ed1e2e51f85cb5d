"""Every saved query on the embedded store: cold, warm, beside a query that asks nothing, and among more articles.

>>> [column.key for column in _COLUMNS][:3], percentile([3.0, 1.0, 2.0], 99)
(['query', 'rows', 'cold_ms'], 3.0)
"""

import math
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

from cbec_kg import paths
from cbec_kg.bench.filling import fill
from cbec_kg.bench.made import Made
from cbec_kg.bench.process import cost
from cbec_kg.bench.rounds import Times
from cbec_kg.bench.section import Column, Section, Value
from cbec_kg.errors import CbecError, QueryTimeout
from cbec_kg.pipeline.sources import read_sources
from cbec_kg.query.bind import bind
from cbec_kg.query.catalogue import Catalogue
from cbec_kg.query.run import run
from cbec_kg.query.saved import SavedQuery
from cbec_kg.store.base import Solutions, Store
from cbec_kg.store.embedded import EmbeddedStore

__all__ = ["asked", "growth", "latency", "percentile"]

_NOTHING = "ASK {}"
_PATIENCE = 60.0
_ENOUGH = 5.0  # seconds of one query in one store; a slow one is not asked over and over
_COLUMNS = (
    Column("query", "query"), Column("rows", "rows", ",d"), Column("cold_ms", "cold ms", ".0f"),
    Column("cold_ratio", "x cold ASK", ".2f"), Column("median_ms", "warm ms", ".2f"), Column("p99_ms", "p99 ms", ".2f"),
    Column("ratio", "x ASK", ",.0f"), Column("rounds", "rounds", "d"),
)  # fmt: skip
_NOTES = (
    "Cold is a new process that opens the store and reads all rows, x cold ASK beside one that asks ASK {}; warm is",
    "the same in an opened store, x ASK beside ASK {} there. Ratios are the middle of the rounds' own.",
)
_GROWTH = (
    Column("query", "query"), Column("articles", "articles", ",d"), Column("rows", "rows", ",d"),
    Column("median_ms", "warm ms", ".1f"), Column("ratio", "x smallest", ",.1f"), Column("rounds", "rounds", "d"),
)  # fmt: skip
_GROWTH_NOTES = (
    "Articles are made up, the queries have their own defaults; x smallest is the time beside the smallest store's.",
    f"A query without a time did not end within {_PATIENCE:g} seconds; one is asked no more once it took {_ENOUGH:g}.",
)
_COLD = """
import sys
from pathlib import Path
from cbec_kg.bench.queries import asked
asked(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
"""


def asked(store: Path, queries: str, name: str) -> int:
    """Rows that a saved query has in a store; of no name, ask nothing. What a cold process does."""
    opened = EmbeddedStore(store)
    if not name:
        opened.query(_NOTHING)
        return 0
    return len(tuple(run(Catalogue(Path(queries)).find(name), {}, opened).rows))


def latency(
    catalogue: Catalogue, store: Path, *, cold: int, warm: int, tell: Callable[[str], None]
) -> Section:  # fmt: skip
    """A row for each query, the slowest first; ``cold`` and ``warm`` are how many rounds there are of each."""
    queries = list(catalogue)
    if not queries:
        raise CbecError(f"no queries in {catalogue.folder}", fix="name a folder that holds topic/question.rq files")
    opened = EmbeddedStore(store)
    counts = {query.name: _ask(query, opened) for query in queries}
    in_process = _warm(queries, opened, warm, tell)
    names = ["", *counts]
    seconds: dict[str, list[float]] = {name: [] for name in names}
    for number in range(cold + 1 if cold else 0):
        tell(f"queries: cold, round {number}")
        for name in names:
            spent = cost(["-c", _COLD, str(store), str(catalogue.folder), name]).wall_seconds
            if number:  # the first fills the disk's cache
                seconds[name].append(spent)
    processes = Times({name: tuple(series) for name, series in seconds.items()})
    rows = [
        {
            "query": name, "rows": count, "rounds": warm,
            "cold_ms": 1e3 * processes.median(name) if cold else None,
            "cold_ratio": processes.ratio(name, "") if cold else None,
            "median_ms": 1e3 * in_process.median(name), "p99_ms": 1e3 * percentile(in_process.seconds[name], 99),
            "ratio": in_process.ratio(name, ""),
        }
        for name, count in counts.items()
    ]  # fmt: skip
    rows.sort(key=lambda row: -in_process.median(str(row["query"])))
    whole: dict[str, Value] = {
        "query": f"all {len(rows)}, the middle", "rows": sum(counts.values()), "rounds": warm,
        "cold_ms": median(1e3 * processes.median(name) for name in counts) if cold else None,
        "median_ms": median(1e3 * in_process.median(name) for name in counts),
        "p99_ms": percentile([1e3 * one for name in counts for one in in_process.seconds[name]], 99),
    }  # fmt: skip
    return Section("queries", "Saved queries, the slowest first", _COLUMNS, (*rows, whole), _NOTES)


def percentile(values: Sequence[float], percent: int) -> float:
    """The smallest value that so many percent of all do not exceed."""
    return sorted(values)[math.ceil(len(values) * percent / 100) - 1]


def _ask(query: SavedQuery, store: Store, timeout: float | None = None) -> int:
    """How many rows the query has with its defaults, each of them read."""
    found: Solutions = store.select(bind(query, {}), timeout=timeout)
    return sum(1 for _ in found.rows)


def _warm(queries: Sequence[SavedQuery], store: Store, rounds: int, tell: Callable[[str], None]) -> Times:
    """Seconds of each query, and of asking nothing under an empty name, after a round that does not count."""
    seconds: dict[str, list[float]] = {"": [], **{query.name: [] for query in queries}}
    for number in range(rounds + 1):
        tell(f"queries: warm, round {number}")
        begun = time.perf_counter()
        store.query(_NOTHING)
        spent = time.perf_counter() - begun
        if number:
            seconds[""].append(spent)
        for query in queries:
            begun = time.perf_counter()
            _ask(query, store)
            spent = time.perf_counter() - begun
            if number:
                seconds[query.name].append(spent)
    return Times({name: tuple(series) for name, series in seconds.items()})


def growth(
    catalogue: Catalogue, *, sizes: Sequence[int], rounds: int, seed: int = 0, folder: Path | None = None,
    tell: Callable[[str], None],
) -> Section:  # fmt: skip
    """A row for each query and each store of so many made-up articles, those that grow most first."""
    queries = list(catalogue)
    sources = replace(read_sources(paths.resources()), articles={})
    times: dict[tuple[str, int], tuple[int | None, list[float]]] = {}
    with tempfile.TemporaryDirectory(dir=folder) as here:
        for size in sorted(set(sizes)):
            tell(f"queries: fills a store of {size:,} articles")
            fill(Path(here) / str(size), sources, Made(seed), size)
            store = EmbeddedStore(Path(here) / str(size))
            times |= {(query.name, size): one for query, one in _grown(queries, store, rounds, tell)}
    least = min(sizes)
    rows: list[dict[str, Value]] = []
    for query in queries:
        for size in sorted(set(sizes)):
            count, spent = times[query.name, size]
            first = times[query.name, least][1]
            ratio = median(spent) / median(first) if spent and first else None
            rows.append(
                {
                    "query": query.name, "articles": size, "rows": count, "rounds": len(spent), "ratio": ratio,
                    "median_ms": 1e3 * median(spent) if spent else None,
                }
            )  # fmt: skip
    most = {str(row["query"]): row["ratio"] for row in rows}  # of the largest store, which comes last

    def order(row: Mapping[str, Value]) -> tuple[float, str, int]:
        ratio, articles = most[str(row["query"])], row["articles"]
        return (-ratio if isinstance(ratio, float) else -math.inf), str(row["query"]), int(articles or 0)

    return Section("growth", "Among more articles", _GROWTH, tuple(sorted(rows, key=order)), _GROWTH_NOTES)


def _grown(
    queries: Sequence[SavedQuery], store: EmbeddedStore, rounds: int, tell: Callable[[str], None]
) -> Iterator[tuple[SavedQuery, tuple[int | None, list[float]]]]:
    """Rows, and the seconds of each round; a query is asked in a process of its own first, which can be ended."""
    for query in queries:
        tell(f"queries: {query.name}")
        try:
            count = _ask(query, store, _PATIENCE)
        except QueryTimeout:
            yield query, (None, [])
            continue
        seconds: list[float] = []
        while len(seconds) < rounds and sum(seconds) < _ENOUGH:
            begun = time.perf_counter()
            _ask(query, store)
            seconds.append(time.perf_counter() - begun)
        yield query, (count, seconds)
