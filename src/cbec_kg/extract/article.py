"""One article to its rows and its ledger: the whole of extraction, the same bytes for the same text every time.

>>> from cbec_kg.model.article import Article
>>> text = "China's cross-border e-commerce exports rose 11.7% to 1.55 trillion yuan in 2022."
>>> article = Article(id="a1", lang="en", sha256="0" * 64, length=len(text))
>>> done = Extractor.default().extract(article, text)
>>> [(row.kind, str(row.value)) for row in done.rows], [line.status for line in done.ledger]
([('growth', '11.7'), ('level', '1550000000000')], ['claim', 'claim', 'part-of'])
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from cbec_kg.extract.document import Document
from cbec_kg.extract.fitting import broken_shape
from cbec_kg.extract.masks import code_of
from cbec_kg.extract.mentions import Finder, default_finder
from cbec_kg.extract.numerals import LedgerLine, ledger
from cbec_kg.extract.observations import Observed, Observer
from cbec_kg.extract.statements import Relator
from cbec_kg.model.article import Article
from cbec_kg.model.new_names import NewName
from cbec_kg.model.row_json import in_order
from cbec_kg.model.rows import Row

__all__ = ["Extraction", "Extractor", "names_of"]


@dataclass(frozen=True, slots=True)
class Extraction:
    """Rows of an article in the row format's order, its ledger by place, and the names that the graph does not know."""

    article: Article
    rows: tuple[Row, ...]
    ledger: tuple[LedgerLine, ...]
    new_names: tuple[NewName, ...]

    @property
    def names(self) -> dict[str, str]:
        """Names that the graph does not know, by their codes."""
        return {name.code: name.label for name in self.new_names}

    def label(self, known: Callable[[str, str], str | None]) -> Callable[[str, str], str | None]:
        """Labels of codes, known or of this article alone."""
        names = self.names

        def label(key: str, code: str) -> str | None:
            return known(key, code) or names.get(code)

        return label


class Extractor:
    """Reads articles one after the other; what it keeps from one to the next is only what the lexicon says."""

    def __init__(self, finder: Finder) -> None:
        self.finder = finder
        self.observer, self.relator = Observer(finder), Relator(finder)

    @classmethod
    def default(cls) -> "Extractor":
        """Extractor of the project's own lexicon."""
        return _default()

    def extract(self, article: Article, text: str, *, hint: str | None = None) -> Extraction:
        """Rows and ledger of an article's text; ``hint`` is a year, or year and month, of publication."""
        document = Document.of(text, article.lang)
        observed = self.observer.read(
            document, article.id, _day(article.published), title=article.title or "", hint=hint
        )
        stated = self.relator.read(observed.sentences, article.id, observed.clock)
        rows = tuple(in_order(dict.fromkeys((*observed.rows, *stated.rows))))
        lines = ledger(text, *_spans(observed))
        names = {code: NewName(code, entry.label_en, entry.kind) for code, entry in observed.unknown.items()}
        names |= {(code := code_of(one.name)): NewName(code, one.name, one.candidate) for one in stated.names}
        return Extraction(article, rows, tuple(lines), names_of(rows, (names[code] for code in sorted(names))))


def names_of(rows: Iterable[Row], names: Iterable[NewName]) -> tuple[NewName, ...]:
    """Those of some names that rows speak of, in their order."""
    used = {getattr(row, key, None) for row in rows for key in ("entity", "partner", "subject", "object")}
    return tuple(name for name in names if name.code in used)


@cache
def _default() -> Extractor:
    return Extractor(default_finder())


def _day(published: str | None) -> date | None:
    return date.fromisoformat(published[:10]) if published else None


Spans = list[tuple[int, int]]
Reasons = list[tuple[int, int, str]]


def _spans(observed: Observed) -> tuple[Spans, Spans, Reasons, Reasons, Reasons]:
    """Spans of a ledger: claims, parts of claims, no facts, unread, set aside."""
    claims: Spans = []
    aside: Reasons = []
    for row in observed.rows:
        if broken := broken_shape(row):
            reason = observed.aside.get((row.start, row.end)) or f"shape {broken[0]}: {broken[1]}"
            aside.append((row.start, row.end, reason))
        else:
            claims.append((row.start, row.end))
    none = list(observed.none)
    parts = list(observed.parts)
    for scanned in observed.sentences:
        for item in scanned.items:
            if item.period is not None and id(item) in observed.dated:
                parts.append((item.start, item.end))
            elif item.period is not None:
                none.append((item.start, item.end, "a date or a length of time"))
        none += [
            (item.start, item.end, "part of a name")
            for item in scanned.items
            if item.terms and any(char.isdecimal() for char in scanned.between(item.start, item.end))
        ]
    covered = [
        (scanned.sentence.start, scanned.sentence.body, "a dateline or a list number") for scanned in observed.sentences
    ]
    none += [span for span in covered if span[0] < span[1]]
    return claims, parts, none, list(observed.unread), aside
