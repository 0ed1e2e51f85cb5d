"""What comparing figures costs when one article comes or goes, among more and more articles, and the whole beside it.

>>> SIZES, INDEXES
((1000, 10000), (100000,))
"""

import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from statistics import median

import pyoxigraph

from cbec_kg import paths
from cbec_kg.bench.filling import fill
from cbec_kg.bench.made import Made
from cbec_kg.bench.rounds import Times
from cbec_kg.bench.section import Column, Section, Value
from cbec_kg.errors import CbecError
from cbec_kg.extract.article import Extraction
from cbec_kg.pipeline.grounds import Footing, Grounds
from cbec_kg.pipeline.ingest import Ingester
from cbec_kg.pipeline.living import Living, living
from cbec_kg.pipeline.reconciling import Compared, Reconciling
from cbec_kg.pipeline.sources import Curated, Sources, read_sources
from cbec_kg.triples.names import Namer

__all__ = ["INDEXES", "SIZES", "Bench", "Costs", "measured", "reconcile"]

SIZES, INDEXES = (1_000, 10_000), (100_000,)
_WARM = 3
_WHAT = ("compare new", "compare early", "compare old", "ingest new", "forget old")
_NOTES = (
    "Compare is the part of ingesting or forgetting that finds out which findings go and come: new is an article that",
    "repeats what others state or adds to it, early one that tells of the nation before all others, old one that has",
    "long been there and goes. Claims are those that change by it, points those looked at, findings those that differ,",
    "each the middle of all rounds. x CPU and x wall are the middle of the rounds' own ratios to the smallest size.",
)
_COLUMNS = (
    Column("what", "what"), Column("articles", "articles", ",d"), Column("cpu_ms", "CPU ms", ".1f"),
    Column("cpu_ratio", "x CPU", ".2f"), Column("wall_ms", "wall ms", ".1f"), Column("wall_ratio", "x wall", ".2f"),
    Column("claims", "claims", ".0f"), Column("points", "points", ".0f"), Column("findings", "findings", ".0f"),
    Column("index_bytes", "index bytes/article", ",.0f"), Column("fill_seconds", "filled in s", ".0f"),
    Column("rounds", "rounds", "d"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bench:
    """Figures of so many articles to compare with; without ``graph`` nothing is ingested or forgotten."""

    size: int
    reconciling: Reconciling
    graph: Living | None = None
    index_bytes: int = 0
    fill_seconds: float = 0


@dataclass(slots=True)
class Costs:
    """Seconds by clock, what was done and size, and the counts of what comparing found."""

    seconds: dict[str, dict[str, list[float]]] = field(default_factory=lambda: {"cpu": {}, "wall": {}})
    counts: dict[str, list[Compared]] = field(default_factory=lambda: defaultdict(list))

    def spend(
        self, name: str, step: Callable[[], object], *, counts: bool, cpu: Callable[[], float] = time.process_time
    ) -> object:
        """Take a step, and note its seconds if the round counts."""
        begun, taken = time.perf_counter(), cpu()
        outcome = step()
        spent = {"cpu": cpu() - taken, "wall": time.perf_counter() - begun}
        for clock, seconds in spent.items():
            if counts:
                self.seconds[clock].setdefault(name, []).append(seconds)
        return outcome

    def times(self, clock: str) -> Times:
        """Seconds of a clock."""
        return Times({name: tuple(series) for name, series in self.seconds[clock].items()})


def reconcile(
    *,
    sizes: Sequence[int] = SIZES,
    indexes: Sequence[int] = INDEXES,
    rounds: int = 60,
    seed: int = 0,
    tell: Callable[[str], None],
    folder: Path | None = None,
) -> Section:
    """Rows for each store of ``sizes`` and each index of ``indexes``; they are made in ``folder``, by default a
    temporary one."""
    if not {*sizes, *indexes} or min((*sizes, *indexes)) < 1:
        raise CbecError("among no articles there is nothing to compare", fix="give sizes from 1 on")
    sources = replace(read_sources(paths.resources()), articles={})
    with tempfile.TemporaryDirectory(dir=folder) as here, ExitStack() as stack:
        benches = []
        for size in sorted({*sizes, *indexes}):
            whole = size in sizes
            tell(f"reconcile: fills {'a store' if whole else 'an index'} of {size:,} articles")
            make = _store if whole else _index
            benches.append(make(Path(here) / str(size), sources, Made(seed), size, stack))
        tell("reconcile: compares")
        rows = tuple(_rows(benches, measured(benches, sources, rounds=rounds, seed=seed)))
        benches.clear()  # they hold the databases, which write until nothing does
    return Section("reconcile", "Comparing anew for one article, among more and more", _COLUMNS, rows, _NOTES)


def _store(folder: Path, sources: Sources, made: Made, size: int, stack: ExitStack) -> Bench:
    begun = time.monotonic()
    fill(folder, sources, made, size)
    spent = time.monotonic() - begun
    graph = stack.enter_context(living(folder, sources))
    return Bench(size, graph.delta.reconciling, graph, _bytes(folder), spent)


def _index(folder: Path, sources: Sources, made: Made, size: int, stack: ExitStack) -> Bench:
    """The index that a store of these articles has beside it."""
    begun, namer = time.monotonic(), Namer(sources.vocabulary)
    folder.mkdir()
    contents = (made.content(number) for number in range(size))
    grounds = Grounds.of_build(folder, "0001", ((one.article.id, Footing.of(one, namer)) for one in contents))
    stack.enter_context(closing(grounds))
    reconciling = Reconciling(pyoxigraph.Store(), namer, grounds)
    return Bench(size, reconciling, None, _bytes(folder), time.monotonic() - begun)


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.glob("grounds-*"))


def measured(benches: Sequence[Bench], sources: Sources, *, rounds: int, seed: int) -> Costs:
    """What each step costs in each round, after rounds that do not count; all are left as they were."""
    costs = Costs()
    old, new = Made(seed), Made(seed + 1, "new")
    ingesters = {one.size: Ingester(one.graph, sources) for one in benches if one.graph}
    step = max(1, min(one.size for one in benches) // (rounds + _WARM))  # from one series to the next
    for number in range(rounds + _WARM):
        content, early, counts = new.content(step * number), new.early(number), number >= _WARM
        for bench in benches:
            kept = old.content(step * number % bench.size)
            for what, one, comes in (("new", content, True), ("early", early, True), ("old", kept, False)):
                name, compare = f"compare {what} {bench.size}", _comparing(bench.reconciling, one, comes=comes)
                # Of this thread alone: the database of a store that was just changed may still be tidying up.
                compared = costs.spend(name, compare, counts=counts, cpu=time.thread_time)
                if counts and isinstance(compared, Compared):
                    costs.counts[name].append(compared)
        for bench in benches:
            kept = old.content(step * number % bench.size)
            if bench.graph:
                found = Extraction(content.article, content.rows, (), ())
                costs.spend(f"ingest new {bench.size}", partial(ingesters[bench.size].take, found), counts=counts)
                costs.spend(f"forget old {bench.size}", partial(bench.graph.drop, kept.article.id), counts=counts)
                bench.graph.drop(content.article.id)
                bench.graph.put(kept)
    return costs


def _comparing(reconciling: Reconciling, content: Curated, *, comes: bool) -> Callable[[], Compared]:
    """Finding out what changes when an article comes or goes, its triples included."""
    footing, nothing = Footing.of(content, reconciling.namer), Footing()

    def compare() -> Compared:
        before, after = (nothing, footing) if comes else (footing, nothing)
        compared = reconciling.compare(content.article.id, before, after)
        reconciling.triples(compared)
        return compared

    return compare


def _rows(benches: Sequence[Bench], costs: Costs) -> Iterator[dict[str, Value]]:
    cpu, wall = costs.times("cpu"), costs.times("wall")
    for what in _WHAT:
        known = [bench for bench in benches if f"{what} {bench.size}" in cpu.seconds]
        for bench in known:
            name, least = f"{what} {bench.size}", f"{what} {known[0].size}"
            row: dict[str, Value] = {
                "what": what, "articles": bench.size, "rounds": cpu.count, "fill_seconds": bench.fill_seconds,
                "cpu_ms": 1e3 * cpu.median(name), "cpu_ratio": cpu.ratio(name, least),
                "wall_ms": 1e3 * wall.median(name), "wall_ratio": wall.ratio(name, least),
                "index_bytes": bench.index_bytes / bench.size,
            }  # fmt: skip
            if counted := costs.counts.get(name):
                row["claims"] = float(median(one.claims for one in counted))
                row["points"] = float(median(one.points for one in counted))
                row["findings"] = float(median(one.changed for one in counted))
            yield row
