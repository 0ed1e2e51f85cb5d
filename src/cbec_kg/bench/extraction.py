"""The benchmark of extraction: its parts one after the other, each a table.

>>> from cbec_kg.bench.corpus import Corpus
>>> done = list(sections(Corpus.read([]), Options(parts=("ledger",))))
>>> [section.name for section in done]
['corpus', 'ledger', 'rows']
>>> sorted(report(done))
['benchmark', 'corpus', 'ledger', 'rows']
"""

import os
import platform
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cbec_kg.bench.catalogue import PARTS
from cbec_kg.bench.cold import cold_start
from cbec_kg.bench.corpus import Corpus, utf8_size
from cbec_kg.bench.determinism import determinism
from cbec_kg.bench.growth import growth
from cbec_kg.bench.ledger import ledger
from cbec_kg.bench.memory import memory
from cbec_kg.bench.quality import quality
from cbec_kg.bench.section import Column, Section, Value
from cbec_kg.bench.speed import speed
from cbec_kg.errors import CbecError

__all__ = ["Options", "differs", "report", "sections"]


@dataclass(frozen=True, slots=True)
class Options:
    """What to measure: ``parts`` by name (none: all that can be), ``seconds`` for each timed row, ``stream`` in MB."""

    parts: tuple[str, ...] = ()
    seconds: float = 5.0
    stream: float = 32.0
    gold: Path | None = None
    scorer: Path | None = None

    def wanted(self) -> tuple[str, ...]:
        """Parts in the order of the report; raises `CbecError` where gold or scorer is given alone, or missing.

        >>> Options(parts=("ledger", "speed")).wanted(), "quality" in Options().wanted()
        (('speed', 'ledger'), False)
        """
        if unknown := [part for part in self.parts if part not in PARTS]:
            raise CbecError(f"no part {unknown[0]!r}", fix=f"parts are {', '.join(PARTS)}")
        if (self.gold is None) != (self.scorer is None):
            missing = "--gold DIR" if self.gold is None else "--scorer FILE"
            raise CbecError(f"{missing} is missing", fix="quality needs both --gold and --scorer")
        if "quality" in self.parts and self.gold is None:
            raise CbecError("quality has no gold", fix="give --gold DIR and --scorer FILE")
        chosen = self.parts or [part for part in PARTS if part != "quality" or self.gold]
        return tuple(part for part in PARTS if part in chosen)


def sections(corpus: Corpus, options: Options, tell: Callable[[str], None] = lambda what: None) -> Iterator[Section]:
    """Tables of a report as they come; ``tell`` hears what is being measured."""
    wanted = options.wanted()
    yield _about(corpus)
    for part in wanted:
        if part == "speed":
            yield speed(corpus, seconds=options.seconds, tell=tell)
        elif part == "cold-start":
            yield cold_start(seconds=options.seconds, tell=tell)
        elif part == "growth":
            yield growth(corpus, seconds=options.seconds, tell=tell)
        elif part == "memory":
            yield memory(corpus, largest=options.stream, tell=tell)
        elif part == "determinism":
            yield determinism(corpus, tell=tell)
        elif part == "ledger":
            yield from ledger(corpus, tell=tell)
        elif options.gold and options.scorer:
            yield from quality(corpus, gold=options.gold, scorer=options.scorer, tell=tell)


def report(done: Iterable[Section]) -> dict[str, object]:
    """A report for programs: rows under the name of their table."""
    return {"benchmark": "extract", **{section.name: section.plain() for section in done}}


def differs(done: Iterable[Section]) -> list[str]:
    """Ways of reading that gave other bytes.

    >>> differs([Section("determinism", "", (), ({"way": "a", "equal": True}, {"way": "b", "equal": False}))])
    ['b']
    """
    return [str(row["way"]) for one in done if one.name == "determinism" for row in one.rows if not row["equal"]]


def _about(corpus: Corpus) -> Section:
    """What is measured, and on which machine."""
    rows: list[dict[str, Value]] = []
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    for lang in corpus.languages():
        sources = corpus.of(lang)
        rows.append(
            {
                "lang": lang, "articles": len(sources), "bytes": utf8_size(sources),
                "characters": sum(len(source.text) for source in sources), "python": platform.python_version(),
                "system": f"{platform.system()} {platform.machine()}", "cores": os.cpu_count(), "load": load,
            }
        )  # fmt: skip
    columns = (
        Column("lang", "language"), Column("articles", "articles", ",d"), Column("bytes", "bytes", ",d"),
        Column("characters", "characters", ",d"),
    )  # fmt: skip
    busy = "" if load is None else f", load {load:.1f} when it began"
    note = (
        f"Python {platform.python_version()} on {platform.system()} {platform.machine()}, {os.cpu_count()} cores{busy}"
        "; on a busy machine trust ratios, not times."
    )
    return Section("corpus", f"Corpus: {corpus.name}", columns, tuple(rows), (note,))
