"""What a fresh process takes until it has read its first article, beside one that does nothing.

>>> [name for name, _ in commands(Path("a.txt"))]
['nothing', 'modules', 'one article, en', 'one article, zh', 'cbec-kg extract FILE']
"""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from cbec_kg.bench.process import Cost, cost
from cbec_kg.bench.rounds import Times
from cbec_kg.bench.section import Column, Section, Value

__all__ = ["cold_start", "commands"]

_TEXTS = {
    "en": "Exports of Nanhe rose 13.4 percent to 41.7 billion yuan in 2022.",
    "zh": "2022年，岚港市跨境电商出口额达417.3亿元，同比增长13.4%。",
}
_READ = """
from cbec_kg.extract.article import Extractor
from cbec_kg.model.article import Article
text = {text!r}
Extractor.default().extract(Article(id="a", lang={lang!r}, sha256="0" * 64, length=len(text)), text)
"""
_COLUMNS = (
    Column("process", "process"), Column("wall_seconds", "seconds", ".3f"), Column("cpu_seconds", "CPU s", ".3f"),
    Column("ratio", "x nothing", ".1f"), Column("cpu_ratio", "x CPU", ".1f"), Column("peak_mb", "peak MB", ".0f"),
    Column("rounds", "rounds", "d"),
)  # fmt: skip
_LEAST, _MOST = 3, 30


def commands(file: Path) -> list[tuple[str, list[str]]]:
    """Processes by name, each with Python's arguments, from the least work to the most."""
    reads = [
        (f"one article, {lang}", ["-c", _READ.format(text=text, lang=lang).strip()]) for lang, text in _TEXTS.items()
    ]
    return [
        ("nothing", ["-c", "pass"]),
        ("modules", ["-c", "import cbec_kg.extract.article"]),
        *reads,
        ("cbec-kg extract FILE", ["-m", "cbec_kg", "extract", str(file)]),
    ]


def cold_start(*, seconds: float, tell: Callable[[str], None]) -> Section:
    """A row for each process, side by side in rounds; the first round, which fills the disk's cache, does not count."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "article.txt"
        file.write_text(_TEXTS["en"] + "\n", "utf-8")
        wanted = commands(file)
        costs: dict[str, list[Cost]] = {name: [] for name, _ in wanted}
        end = 0.0
        for number in range(_MOST + 1):
            if number > _LEAST and time.monotonic() >= end:
                break
            tell(f"cold start: round {number}")
            for name, arguments in wanted:
                one = cost(arguments)
                if number:
                    costs[name].append(one)
            if not number:
                end = time.monotonic() + seconds
    wall = Times({name: tuple(one.wall_seconds for one in series) for name, series in costs.items()})
    cpu = Times({name: tuple(one.cpu_seconds for one in series) for name, series in costs.items()})
    rows: list[dict[str, Value]] = [
        {
            "process": name, "wall_seconds": wall.median(name), "cpu_seconds": cpu.median(name),
            "ratio": wall.ratio(name, "nothing"), "cpu_ratio": cpu.ratio(name, "nothing"),
            "peak_mb": max(one.peak_bytes for one in costs[name]) / 1e6, "rounds": wall.count,
        }
        for name, _ in wanted
    ]  # fmt: skip
    note = 'A fresh process each time; nothing is "python -c pass", modules is the import alone.'
    return Section("cold_start", "Cold start", _COLUMNS, tuple(rows), (note,))
