"""What it costs to take one article in, and to forget one, in stores of more and more articles.

>>> SIZES
(10, 1000, 10000)
"""

import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

from cbec_kg import paths
from cbec_kg.bench.filling import fill
from cbec_kg.bench.made import Made
from cbec_kg.bench.rounds import Times
from cbec_kg.bench.section import Column, Section, Value
from cbec_kg.errors import CbecError
from cbec_kg.extract.article import Extraction
from cbec_kg.pipeline.ingest import Ingester
from cbec_kg.pipeline.living import Living, living
from cbec_kg.pipeline.sources import Sources, read_sources

__all__ = ["SIZES", "ingest", "ingest_costs"]

SIZES = (10, 1_000, 10_000)
_NOTES = (
    "From the rows of an article to its graph on disk, and back; each round every store takes the same new article in",
    "and forgets one that it has long had, one after the other. x CPU and x wall are the middle of the rounds' own",
    "ratios to the smallest store. CPU counts all threads, so the database's own tidying up as well.",
)
_COLUMNS = (
    Column("what", "what"), Column("articles", "articles", ",d"), Column("cpu_ms", "CPU ms", ".1f"),
    Column("cpu_ratio", "x CPU", ".2f"), Column("wall_ms", "wall ms", ".1f"), Column("wall_ratio", "x wall", ".2f"),
    Column("fill_seconds", "filled in s", ".0f"), Column("rounds", "rounds", "d"),
)  # fmt: skip


def ingest(
    *,
    sizes: Sequence[int] = SIZES,
    rounds: int = 60,
    seed: int = 0,
    tell: Callable[[str], None],
    folder: Path | None = None,
) -> Section:
    """Two rows for each size of store; ``folder`` is where the stores are made, by default a temporary one."""
    if not sizes or min(sizes) < 1:
        raise CbecError("a store of no articles has nothing to forget", fix="give sizes from 1 on")
    sources = replace(read_sources(paths.resources()), articles={})
    with tempfile.TemporaryDirectory(dir=folder) as here, ExitStack() as stack:
        graphs, filled = {}, {}
        for size in sizes:
            tell(f"ingest: fills a store of {size:,} articles")
            begun = time.monotonic()
            store = Path(here) / str(size)
            fill(store, sources, Made(seed), size)
            filled[size] = time.monotonic() - begun
            graphs[size] = stack.enter_context(living(store, sources))
        tell("ingest: takes articles in and forgets them")
        costs = ingest_costs(graphs, sources, rounds=rounds, seed=seed)
    rows: list[dict[str, Value]] = []
    for what in ("ingest", "forget"):
        for size in sizes:
            name, least = f"{what} {size}", f"{what} {sizes[0]}"
            rows.append(
                {
                    "what": what, "articles": size, "rounds": costs["cpu"].count, "fill_seconds": filled[size],
                    "cpu_ms": 1e3 * costs["cpu"].median(name), "cpu_ratio": costs["cpu"].ratio(name, least),
                    "wall_ms": 1e3 * costs["wall"].median(name), "wall_ratio": costs["wall"].ratio(name, least),
                }
            )  # fmt: skip
    return Section("ingest", "One article, in stores of more and more", _COLUMNS, tuple(rows), _NOTES)


def ingest_costs(graphs: dict[int, Living], sources: Sources, *, rounds: int, seed: int) -> dict[str, Times]:
    """CPU and wall seconds by what is done and size, after rounds that do not count; what comes in goes again."""
    taken: dict[str, dict[str, list[float]]] = {"cpu": defaultdict(list), "wall": defaultdict(list)}
    ingesters = {size: Ingester(graph, sources) for size, graph in graphs.items()}
    old, new = Made(seed), Made(seed + 1, "new")
    stride = max(1, min(graphs) // (rounds + 3))  # from one series to the next
    for number in range(-3, rounds):
        content = new.content(stride * (number + 3))
        found = Extraction(content.article, content.rows, (), ())
        for size, graph in graphs.items():
            kept = old.content(stride * (number + 3) % size)
            steps: dict[str, Callable[[], object]] = {
                "ingest": partial(ingesters[size].take, found),
                "forget": partial(graph.drop, kept.article.id),
            }
            for what, step in steps.items():
                wall, cpu = time.perf_counter(), time.process_time()
                step()
                spent = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
                for clock, seconds in spent.items():
                    if number >= 0:
                        taken[clock][f"{what} {size}"].append(seconds)
            graph.drop(content.article.id)
            graph.put(kept)
    return {clock: Times({name: tuple(series) for name, series in by.items()}) for clock, by in taken.items()}
