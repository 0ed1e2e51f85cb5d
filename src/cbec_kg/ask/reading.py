"""How a question in plain words was read, or why it was not.

>>> part = Part("period", "2022", 5, 9)
>>> reading = Reading(Question("cbec-trade-value", period="2022"), "CBEC 2022", "en", (part,), ("entity",))
>>> reading.words(part), Refusal("no-indicator", "hello", "en").read
('2022', ())
"""

from dataclasses import dataclass

from cbec_kg.answer.question import Question

__all__ = ["REASONS", "Part", "Reading", "Refusal"]

REASONS = (
    "empty", "too-long", "control-characters", "cause", "opinion", "list", "comparison", "unsupported", "no-indicator",
    "exchange-rate", "no-entity", "several", "unrelated", "event", "open-period", "time-limit", "long-growth", "change",
    "unit", "no-whole", "own-partner", "unknown-words",
)  # fmt: skip
"""Codes of the reasons for which a question is not read, in the order in which they are looked for."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a question: its name as a field of `Question` or ``status``, its code, and the code points that say so.

    ``counted_from`` is the day that "last year" was counted from; ``unknown`` is whether the code is a name as written,
    that the graph does not know.
    """

    part: str
    code: str
    start: int
    end: int
    counted_from: str | None = None
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A question, the text and the language it was asked in, what said each part, and the parts that nothing said.

    ``direction`` is whether growth was asked for as a ``rise`` or a ``fall``; what was asked for may be neither.
    """

    question: Question
    text: str
    lang: str
    said: tuple[Part, ...]
    assumed: tuple[str, ...]
    direction: str | None = None

    @property
    def status(self) -> str | None:
        """The status asked for: forecast, target or estimate; None where what was reported is."""
        return next((part.code for part in self.said if part.part == "status"), None)

    def words(self, part: Part) -> str:
        """The words that say a part."""
        return self.text[part.start : part.end]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a text was not read as a question: a code of `REASONS`, what was understood, the words at fault."""

    reason: str
    text: str
    lang: str
    read: tuple[Part, ...] = ()
    words: tuple[str, ...] = ()
