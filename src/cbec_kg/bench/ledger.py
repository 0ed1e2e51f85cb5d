"""What became of the numerals of a corpus, by language, and of which type the rows are.

>>> lines = ['{"type": "numeral", "article": "a", "status": "claim"}', '{"type": "trend", "article": "a"}']
>>> rows = totals(lines, {"a": "en", "b": "en"})
>>> rows[0]["articles"], rows[0]["claim"], rows[0]["unread"], rows[0]["trend"]
(2, 1, 0, 1)
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from cbec_kg.bench.corpus import Corpus
from cbec_kg.bench.section import Column, Section
from cbec_kg.errors import CbecError
from cbec_kg.pipeline.extraction import Reading, Run

__all__ = ["STATUSES", "TYPES", "ledger", "totals"]

STATUSES = ("claim", "part-of", "not-a-fact", "set-aside", "unread")
TYPES = ("observation", "relation", "factor", "trend", "comparison", "composition", "definition")


def totals(lines: Iterable[str], languages: Mapping[str, str]) -> list[dict[str, str | int | float]]:
    """A row for each language: articles, numerals by status, rows by type; ``languages`` are those of the articles."""
    counts: dict[str, Counter[str]] = {lang: Counter() for lang in sorted(set(languages.values()))}
    for line in lines:
        data = json.loads(line)
        kind = data["status"] if data["type"] == "numeral" else data["type"]
        if kind not in STATUSES + TYPES:
            raise CbecError(f"extraction printed the unknown {kind!r}", fix="add it to cbec_kg.bench.ledger")
        counts[languages[data["article"]]][kind] += 1
    articles = Counter(languages.values())
    rows: list[dict[str, str | int | float]] = []
    for lang, found in counts.items():
        numerals = sum(found[status] for status in STATUSES)
        rows.append(
            {
                "lang": lang, "articles": articles[lang], "numerals": numerals,
                **{status: found[status] for status in STATUSES},
                "unread_share": found["unread"] / numerals if numerals else 0.0,
                **{name: found[name] for name in TYPES},
            }
        )  # fmt: skip
    return rows


def ledger(corpus: Corpus, *, tell: Callable[[str], None]) -> tuple[Section, Section]:
    """Numerals by status, and rows by type, of the corpus as it stands."""
    tell("ledger")
    languages = {source.article.id: source.article.lang for source in corpus.sources}
    blocks = Run(map(str, corpus.paths), Reading()).lines(ledger=True)
    rows = tuple(totals((line for block in blocks for line in block.splitlines()), languages))
    start = (Column("lang", "language"), Column("articles", "articles", ",d"))
    statuses = tuple(Column(status, status, ",d") for status in STATUSES)
    share = Column("unread_share", "unread %", ".1%")
    types = tuple(Column(name, f"{name}s", ",d") for name in TYPES)
    return (
        Section("ledger", "Numerals", (*start, Column("numerals", "numerals", ",d"), *statuses, share), rows),
        Section("rows", "Rows", (*start, *types), rows),
    )
