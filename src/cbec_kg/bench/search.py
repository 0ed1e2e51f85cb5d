"""What it costs to find things by name, in a graph as it is and with more and more names.

>>> SIZES
(100000,)
>>> turned("Tmall G100", 1), turned("Tmall G100", 2)
('Unbmm H100', 'Vocnn I100')
"""

import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from statistics import quantiles
from typing import Any

from cbec_kg.bench.process import cost
from cbec_kg.bench.rounds import Times, rounds
from cbec_kg.bench.section import Column, Section, Value
from cbec_kg.errors import CbecError
from cbec_kg.rdf.terms import RDF_TYPE, RDFS_LABEL, Literal, NamedNode, Quad, iri
from cbec_kg.search.index import EntityIndex
from cbec_kg.search.things import Known
from cbec_kg.store.base import Store
from cbec_kg.store.embedded import EmbeddedStore, MemoryStore

__all__ = ["SIZES", "search", "turned"]

SIZES = (100_000,)
_WHAT = ("whole name", "first half", "words turned round", "one slip", "nothing found")
_NOTES = (
    "Read is the SELECTs that read names from a store, index what is made of them; its MB is what both keep in memory.",
    "Searches are for names of the graph: as they stand, their first half, their words in reverse order, one letter",
    "left out, and letters turned so that no name has them. Each round searches for another name in all sizes. More",
    "names are copies with every letter turned. x CPU is the middle of the rounds' own ratios to the graph as it is.",
    "The command is a whole process, its MB the peak, its x CPU the ratio to a process that does nothing.",
)
_COLUMNS = (
    Column("what", "what"), Column("names", "names", ",d"), Column("cpu_ms", "CPU ms", ".2f"),
    Column("p99_ms", "99 of 100 below", ".2f"), Column("ratio", "x CPU", ".2f"), Column("mb", "MB", ".1f"),
    Column("rounds", "rounds", "d"),
)  # fmt: skip
_LOADS = 7
"""Rounds of what takes long."""
_SHORT = 6
"""Names that are no longer make no half or slip to search for."""
_KINDS = {"label": RDFS_LABEL, "alias": iri("skos:altLabel"), "code": iri("skos:notation")}


@dataclass(frozen=True, slots=True)
class Bench:
    """A graph with so many names; ``mb`` is what its index keeps."""

    store: Store
    index: EntityIndex
    mb: float


def search(
    folder: Path, *, sizes: Sequence[int] = SIZES, count: int = 200, seed: int = 0, tell: Callable[[str], None]
) -> Section:
    """Rows for the graph in a store's ``folder``, and for it with copies of its things, at least so many names each.

    ``count`` is how many searches of each kind are timed.
    """
    graph = EmbeddedStore(folder)
    benches = [_bench(graph)]
    known = benches[0].index.known
    if not known.texts:
        raise CbecError(f"the graph in {folder} has no names", fix="run `cbec-kg build`")
    for size in sorted(set(sizes)):
        if size > len(known.texts):
            tell(f"search: makes {size:,} names")
            benches.append(_bench(MemoryStore(_grown(known, size))))
    tell("search: reads names, and makes indexes")
    loads = min(count, _LOADS)
    rows = [
        *_rows("read", benches, lambda one, _: Known.of(one.store), [None] * loads),
        *_rows("index", benches, lambda one, _: EntityIndex(one.index.known), [None] * loads),
    ]
    for what in _WHAT:
        tell(f"search: {what}")
        rows += _rows(what, benches, lambda one, text: one.index.search(text), _texts(known, what, count, Random(seed)))
    tell("search: runs the command")
    return Section(
        "search", "Finding things by name", _COLUMNS, (*rows, *_command(folder, len(known.texts), loads)), _NOTES
    )


def _bench(store: Store) -> Bench:
    tracemalloc.start()
    try:
        index = EntityIndex.of(store)
        index.search("qwertyuiop")  # makes what is made when it is first needed
        return Bench(store, index, tracemalloc.get_traced_memory()[0] / 1e6)
    finally:
        tracemalloc.stop()


def turned(text: str, by: int) -> str:
    """A name of the same shape whose letters are others."""
    return "".join(_turned(char, by) for char in text)


def _turned(char: str, by: int) -> str:
    for first, last in (("a", "z"), ("A", "Z"), ("\u4e00", "\u9fa5")):
        if first <= char <= last:
            return chr(ord(first) + (ord(char) - ord(first) + by) % (ord(last) - ord(first) + 1))
    return char


def _grown(known: Known, size: int) -> Iterator[Quad]:
    """The things of a graph and as many copies of each, with other names, as bring so many names."""
    copied = sum(kind != "code" for kind in known.kinds) + len(known.things)  # the code of a copy is in its IRI
    for copy in range(1 - (len(known.texts) - size) // copied):
        nodes = [NamedNode(f"{thing.iri}-{copy}" if copy else thing.iri) for thing in known.things]
        for node, thing in zip(nodes, known.things, strict=True):
            yield Quad(node, RDF_TYPE, NamedNode(thing.cls))
        for owner, kind, lang, text in zip(known.owners, known.kinds, known.langs, known.texts, strict=True):
            if kind != "code" or not copy:
                yield Quad(nodes[owner], _KINDS[kind], Literal(turned(text, copy), language=lang or None))
    for cls, above in known.hierarchy.above.items():
        for one in above:
            yield Quad(NamedNode(cls), iri("rdfs:subClassOf"), NamedNode(one))


def _texts(known: Known, what: str, count: int, random: Random) -> list[str]:
    """Texts to search for, each made of another name of the graph."""
    names = [text for text in known.texts if len(text) > _SHORT]
    make: dict[str, Callable[[str], str]] = {
        "whole name": str,
        "first half": lambda text: text[: len(text) // 2],
        "words turned round": lambda text: " ".join(text.split()[::-1]),
        "one slip": lambda text: text[: len(text) // 2] + text[len(text) // 2 + 1 :],
        "nothing found": lambda text: turned(text, 13),
    }
    return [make[what](random.choice(names)) for _ in range(count)]


def _rows(
    what: str, benches: Sequence[Bench], step: Callable[[Bench, Any], object], work: Sequence[object]
) -> Iterator[dict[str, Value]]:
    """A row for each size: the step is taken once for each piece of work, side by side in all sizes."""
    contenders = {str(len(one.index)): partial(step, one) for one in benches}
    times = rounds(contenders, lambda number: work[number - 1], seconds=0, least=len(work), most=len(work))
    first = next(iter(contenders))
    for name, one in zip(contenders, benches, strict=True):
        high = quantiles(times.seconds[name], n=100, method="inclusive")[-1]
        yield {
            "what": what, "names": len(one.index), "cpu_ms": 1e3 * times.median(name), "p99_ms": 1e3 * high,
            "ratio": times.ratio(name, first), "mb": one.mb if what == "index" else None, "rounds": times.count,
        }  # fmt: skip


def _command(folder: Path, names: int, times_over: int) -> Iterator[dict[str, Value]]:
    """Whole processes: one that searches, and one that does nothing."""
    wanted = {
        "a process that does nothing": ["-c", "pass"],
        "cbec-kg search TEXT": ["-m", "cbec_kg", "search", "tmall glo", "--store", str(folder)],
    }
    costs = [{name: cost(arguments) for name, arguments in wanted.items()} for _ in range(times_over)]
    times = Times({name: tuple(one[name].cpu_seconds for one in costs) for name in wanted})
    for name in wanted:
        yield {
            "what": name, "names": names, "cpu_ms": 1e3 * times.median(name), "p99_ms": 1e3 * max(times.seconds[name]),
            "ratio": times.ratio(name, next(iter(wanted))), "rounds": times.count,
            "mb": max(one[name].peak_bytes for one in costs) / 1e6,
        }  # fmt: skip
