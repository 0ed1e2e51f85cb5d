"""One figure as Python has it: its type, value, bounds and sources; shown as ``cbec-kg answer`` tells it.

>>> from cbec_kg.answer.answering import answer_from
>>> from cbec_kg.answer.indicators import Indicators
>>> from cbec_kg.answer.ledger import Ledger
>>> from cbec_kg.answer.question import Question
>>> asked = Question("company-revenue", entity="shein", period="2022")
>>> found = Answer(Asked(answer_from(Ledger(), asked, Indicators()), asked, Ledger(), Indicators()))
>>> found.type, found.value, found.sources
('silent', None, ())
>>> found
silent: no claim of the graph states or gives this figure
company-revenue · shein · 2022
"""

from decimal import Decimal
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

from cbec_kg.answer import answer as asking
from cbec_kg.answer.as_json import json_text
from cbec_kg.answer.cite import Citation, citations
from cbec_kg.answer.ledger import Evidence
from cbec_kg.answer.question import Question
from cbec_kg.answer.result import Near, Side, spelled
from cbec_kg.answer.telling import Head, tell, write_receipt
from cbec_kg.answer.why import Why
from cbec_kg.answer.why import why as why_of
from cbec_kg.namespaces import ARTICLE
from cbec_kg.query.sources import Source

__all__ = ["Answer"]

Asked = asking.Asked


class Answer:
    """An answer. ``type`` is known, derived, conflicting or silent; numbers are exact, None where there is none."""

    def __init__(
        self, asked: Asked, lang: str = "en", *, build: str | None = None, head: Head | None = None, why: bool = False
    ) -> None:
        self.asked = asked
        """The answer as plain data, with the claims and terms that were read for it."""
        self.lang = lang
        self._build, self._head, self._why = build, head, why

    @property
    def type(self) -> str:
        """known, derived, conflicting or silent."""
        return self.asked.answer.type

    @property
    def question(self) -> Question:
        """What was asked, as codes, with what it left open filled in."""
        return self.asked.answer.settled

    @property
    def reading(self) -> str | None:
        """How a question in plain words was read; None where it was asked by codes."""
        return self._head.line if self._head else None

    @property
    def value(self) -> Decimal | None:
        """The figure in ``unit``; None where the type is conflicting or silent, or where only bounds are known."""
        return self.asked.answer.value

    @property
    def lower(self) -> Decimal | None:
        """The figure is at least this; None where nothing bounds it."""
        return self.asked.answer.interval.lower if self.asked.answer.interval else None

    @property
    def upper(self) -> Decimal | None:
        """The figure is at most this; None where nothing bounds it."""
        return self.asked.answer.interval.upper if self.asked.answer.interval else None

    @property
    def unit(self) -> str | None:
        """As in rows: CNY, percent, percentage_point, count ..."""
        return self.asked.answer.unit

    @property
    def measure(self) -> str:
        """level, growth, share, rank, gap or contribution."""
        return self.asked.answer.measure

    @property
    def period(self) -> str | None:
        """The period of the figure, as rows spell it."""
        point = self.asked.answer.point
        return spelled(point.period) if point else self.asked.answer.question.period

    @property
    def scope(self) -> str | None:
        """What is counted."""
        return self.question.scope

    @property
    def status(self) -> str | None:
        """reported, preliminary, revised, estimate; derived; None where there is no figure."""
        return self.asked.answer.status

    @property
    def formula(self) -> str | None:
        """Of a derived figure, the first way in which it follows, in symbols."""
        return self.asked.answer.routes[0].formula if self.asked.answer.routes else None

    @property
    def calculation(self) -> str | None:
        """The same in numbers."""
        return self.asked.answer.routes[0].calculation if self.asked.answer.routes else None

    @property
    def sides(self) -> tuple[Side, ...]:
        """Answers that exclude each other: each with ``value``, ``interval`` and ``claims``."""
        return self.asked.answer.sides

    @property
    def nearest(self) -> tuple[Near, ...]:
        """What is near to what was asked."""
        return self.asked.answer.nearest

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Who says the claims that it rests on, where, in which words, and when."""
        found, ledger = self.asked.answer, self.asked.answer.ledger
        claims = [ledger.claims[figure.digest] for figure in found.rests_on if figure.digest in ledger.claims]
        return tuple(one for claim in claims for one in claim.evidence)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Articles and characters of the evidence, each once."""
        return tuple(dict.fromkeys(Source(ARTICLE + one.source.id, one.start, one.end) for one in self.evidence))

    @cached_property
    def why(self) -> Why:
        """The smallest set of claims without which the type would be another, as far as it was sought."""
        return why_of(self.asked.ledger, self.asked.indicators, self.asked.answer)

    @property
    def citations(self) -> list[Citation]:
        """A citation of each article: ``en``, ``zh``, ``bibtex``."""
        return citations(self.asked.answer, self._build)

    def write_receipt(self, file: str | Path | None = None) -> Path:
        """Write what ``cbec-kg verify`` checks without a graph, to ``file`` or to one named by its digest.

        A file with other contents is never overwritten: raises `CbecError`.
        """
        return write_receipt(self.asked, file)

    def as_json(self) -> dict[str, Any]:
        """The keys of ``cbec-kg answer --format json``; numbers are ``int`` or ``Decimal``, `to_json` writes them."""
        return tell(self.asked, self.lang, why=self._why, build=self._build, head=self._head).keys

    def to_json(self) -> str:
        """One line of JSON, numbers with all their digits."""
        return json_text(self.as_json())

    def text(self, *, lang: str | None = None, why: bool | None = None, cite: bool = False) -> str:
        """The lines of ``cbec-kg answer``, with its reason and citations if wanted."""
        reason = self._why if why is None else why
        return tell(self.asked, lang or self.lang, why=reason, cite=cite, build=self._build, head=self._head).text

    def __repr__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        """The same lines, as a notebook shows them."""
        return f"<pre>{escape(self.text())}</pre>"
