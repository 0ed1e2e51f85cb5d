"""What a check of evidence found, for people and as JSON.

>>> wrong = "the characters say 9.8 percent, the claim 8.9"
>>> failure = Failure("figure", "a1", wrong, "correct the value", start=3, end=7)
>>> print(VerifyReport(1, 4, 3, {"digits": 3}, (failure,)).text())
article a1, characters 3-7: the characters say 9.8 percent, the claim 8.9: correct the value
1 article, 4 spans, 3 figures (3 digits): 1 failure
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from cbec_kg.query.formats.display import one_line

__all__ = ["Failure", "VerifyReport", "counted"]


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that does not hold.

    ``kind`` is one of missing, unreadable, sha256, length (of an article), place, edges, characters, figure, unit,
    sign, cut, qualifier, bounds, rank, order, name, record, corrected (of a span). ``characters`` are those of the
    text.
    """

    kind: str
    article: str
    problem: str
    fix: str
    evidence: str | None = None
    claim: str | None = None
    label: str | None = None
    start: int | None = None
    end: int | None = None
    characters: str | None = None

    @property
    def place(self) -> tuple[str, int, int, str, str]:
        """Sort key: article, then the article's own failures, then by characters."""
        start, end = (-1 if number is None else number for number in (self.start, self.end))
        return self.article, start, end, self.evidence or "", self.claim or ""

    def text(self) -> str:
        """One line: where, what is wrong, what to do."""
        where = f"article {self.article}"
        if self.start is not None and self.end is not None:
            where += f", characters {self.start}-{self.end}"
        if self.characters is not None:
            where += f" {self.characters!r}"
        if self.label or self.evidence:
            where += f" ({self.label or self.evidence})"
        return one_line(f"{where}: {self.problem}: {self.fix}")


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """Counts of what was checked and all failures, sorted by article and place.

    ``spans`` are evidence and restatements; ``forms`` counts the figures that hold by how they are written: digits,
    spelled ("three"), word ("doubled"), ordinal, times, fold, fraction, list ("the first of five"), record.
    """

    articles: int
    spans: int
    figures: int
    forms: Mapping[str, int]
    failures: tuple[Failure, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether all holds."""
        return not self.failures

    def text(self) -> str:
        """A line a failure, then the summary."""
        forms = ", ".join(f"{count} {form}" for form, count in sorted(self.forms.items()))
        found = counted(len(self.failures), "failure") if self.failures else "all hold"
        checked = (
            f"{counted(self.articles, 'article')}, {counted(self.spans, 'span')}, {counted(self.figures, 'figure')}"
        )
        summary = f"{checked}{f' ({forms})' if forms else ''}: {found}"
        return "\n".join([*(failure.text() for failure in self.failures), summary])

    def json(self) -> dict[str, Any]:
        """The same as plain data; a failure's absent parts are null."""
        return {
            "ok": self.ok,
            "articles": self.articles,
            "spans": self.spans,
            "figures": self.figures,
            "forms": dict(sorted(self.forms.items())),
            "failures": [asdict(failure) for failure in self.failures],
        }


def counted(number: int, noun: str) -> str:
    """A number and its noun.

    >>> counted(1, "span"), counted(2, "span")
    ('1 span', '2 spans')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"
