"""How fast articles are read, beside two plain readings of the same text in the same rounds.

>>> from cbec_kg.bench.corpus import Corpus
>>> section = speed(Corpus.read([]), seconds=0, tell=lambda what: None)
>>> [row["lang"] for row in section.rows], section.rows[0]["times_figures"] > 1
(['en', 'zh'], True)
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from cbec_kg.bench.corpus import Corpus, utf8_size
from cbec_kg.bench.rounds import rounds
from cbec_kg.bench.section import Column, Section, Value
from cbec_kg.bench.variants import varied
from cbec_kg.extract.article import Extractor
from cbec_kg.normalise import figures
from cbec_kg.readers.source import Source

__all__ = ["extract_all", "speed"]

_COLUMNS = (
    Column("lang", "language"), Column("articles", "articles", ",d"), Column("bytes", "bytes", ",d"),
    Column("mb_per_second", "MB/s", ".3f"), Column("articles_per_second", "articles/s", ",.0f"),
    Column("spread", "spread", ".0%"), Column("figures_mb_per_second", "figures MB/s", ".2f"),
    Column("digits_mb_per_second", "digits MB/s", ".0f"), Column("times_figures", "x figures", ".1f"),
    Column("times_digits", "x digits", ",.0f"), Column("rounds", "rounds", "d"),
)  # fmt: skip
_NOTES = (
    "MB are a million bytes of UTF-8, seconds those of one core; figures is normalise.figures.find alone, digits is",
    r're.findall(r"\d+"); "x figures" says how often that reading fits into the time of extraction: less is better.',
    "Every round reads other figures; spread is the middle half of the rounds: above 10 % the machine was busy.",
)
_DIGITS = re.compile(r"\d+")


def extract_all(sources: Sequence[Source]) -> None:
    """Rows and ledger of every article; what is found is thrown away."""
    extractor = Extractor.default()
    for source in sources:
        extractor.extract(source.article, source.text, hint=source.published_hint)


def speed(corpus: Corpus, *, seconds: float, tell: Callable[[str], None]) -> Section:
    """A row for each language; ``seconds`` is for each of them."""
    rows: list[dict[str, Value]] = []
    for lang in corpus.languages():
        tell(f"speed: {lang}")
        sources = corpus.of(lang)
        size = utf8_size(sources)
        times = rounds(
            {"extract": extract_all, "figures": _figures, "digits": _digits},
            lambda number, sources=sources: [  # type: ignore[misc]
                replace(source, text=varied(source.text, number)) for source in sources
            ],
            seconds=seconds,
        )
        rows.append(
            {
                "lang": lang, "articles": len(sources), "bytes": size, "rounds": times.count,
                "mb_per_second": size / 1e6 / times.median("extract"),
                "articles_per_second": len(sources) / times.median("extract"),
                "spread": times.spread("extract"),
                "figures_mb_per_second": size / 1e6 / times.median("figures"),
                "digits_mb_per_second": size / 1e6 / times.median("digits"),
                "times_figures": times.ratio("extract", "figures"),
                "times_digits": times.ratio("extract", "digits"),
            }
        )  # fmt: skip
    return Section("speed", "Speed, warm, one core", _COLUMNS, tuple(rows), _NOTES)


def _figures(sources: Sequence[Source]) -> None:
    for source in sources:
        for _ in figures.find(source.text):
            pass


def _digits(sources: Sequence[Source]) -> None:
    for source in sources:
        _DIGITS.findall(source.text)
