"""Results of a validation: which shape, on which node, how grave, and what to do.

>>> late = Result("Warning", "urn:shape", "urn:b", None, None, {"en": "Look.", "zh": "请看。"})
>>> grave = Result("Violation", "urn:shape", "urn:c", None, None, {"en": "Fix.", "zh": "请改。"})
>>> report = Report((late, grave, late))
>>> [result.focus for result in report.results], report.conforms
(['urn:c', 'urn:b'], False)
>>> report.counts
{'Violation': 1, 'Warning': 1, 'Info': 0}
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from cbec_kg.rdf.terms import BlankNode, NamedNode, Term

__all__ = ["SEVERITIES", "Report", "Result", "term_text"]

SEVERITIES = ("Violation", "Warning", "Info")


@dataclass(frozen=True, slots=True)
class Result:
    """One finding of a validation.

    ``shape`` and ``focus`` are IRIs. ``value`` is an IRI, or a literal in N-Triples spelling, so that the two cannot be
    mistaken; None where the focus node itself is meant. ``path`` is a SPARQL property path, IRIs without brackets.
    A blank node, which our graphs never hold, is written ``[]``.
    """

    severity: str
    shape: str
    focus: str
    value: str | None
    path: str | None
    message: dict[str, str] = field(compare=False)

    @property
    def key(self) -> tuple[str, str, str]:
        """What two engines must agree on: severity, shape, focus node."""
        return self.severity, self.shape, self.focus

    @property
    def order(self) -> tuple[int, str, str, str, str]:
        """Sort key: the grave first, then by shape, node, path and value."""
        return SEVERITIES.index(self.severity), self.shape, self.focus, self.path or "", self.value or ""


@dataclass(frozen=True, slots=True)
class Report:
    """Results, sorted, each once."""

    results: tuple[Result, ...]

    def __init__(self, results: Iterable[Result]) -> None:
        object.__setattr__(self, "results", tuple(sorted(dict.fromkeys(results), key=lambda result: result.order)))

    def only(self, *severities: str) -> "Report":
        """The results of some severities."""
        return Report(result for result in self.results if result.severity in severities)

    @property
    def conforms(self) -> bool:
        """No violation; warnings and information do not count."""
        return not any(result.severity == "Violation" for result in self.results)

    @property
    def counts(self) -> dict[str, int]:
        """Number of results of each severity, zeros included."""
        return {severity: sum(result.severity == severity for result in self.results) for severity in SEVERITIES}

    @property
    def keys(self) -> frozenset[tuple[str, str, str]]:
        """Severity, shape and focus node of every result."""
        return frozenset(result.key for result in self.results)


def term_text(term: Term) -> str:
    """A term as `Result` writes it."""
    if isinstance(term, NamedNode):
        return term.value
    return "[]" if isinstance(term, BlankNode) else str(term)
