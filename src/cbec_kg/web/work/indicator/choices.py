"""What may be chosen on the page of an indicator: what occurs, with how many claims, and what is chosen now.

>>> Choice("gac-total", "customs total", 9).is_chosen
False
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cbec_kg.model.slots import Slots
from cbec_kg.web.work.indicator.asked import ALL, MEASURES, NONE, Asked
from cbec_kg.web.work.indicator.occurring import DIMENSIONS, Combination
from cbec_kg.web.work.indicator.wording import Wording

__all__ = ["KINDS", "Choice", "choices"]

KINDS = {"flow": "flow-", "scope": "scope-", "partner": "partner-", "sector": "sector-"}
"""What a code of a dimension begins with in the vocabulary."""
_MOST = 300
"""So many values of a dimension are offered; others are reached by their codes in the address."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: its code, its label, how many claims there are, whether it is the one shown."""

    code: str
    label: str
    count: int = 0
    is_chosen: bool = False


def choices(
    asked: Asked, slots: Slots, combinations: Sequence[Combination], given: Sequence[str], unit: str | None,
    words: Wording,
) -> dict[str, tuple[Choice, ...]]:  # fmt: skip
    """Choices by dimension, measure and unit; a dimension with one value is none.

    ``given`` are the units in which there are levels, ``unit`` the indicator's own.
    """
    found: dict[str, tuple[Choice, ...]] = {}
    for key in DIMENSIONS:
        counts = Counter[str]()
        for one in combinations:
            counts[getattr(one.slots, key) or ""] += one.count
        chosen_one = ALL if getattr(asked, key) == ALL else getattr(slots, key) or ""
        counts.setdefault(getattr(slots, key) or "", 0)
        if len(counts) > 1:
            found[key] = tuple(
                Choice(code or NONE, words.label(code, KINDS.get(key, "")) if code else "–", count, code == chosen_one)
                for code, count in sorted(counts.items(), key=lambda pair: (pair[0] != chosen_one, -pair[1], pair[0]))[
                    :_MOST
                ]
            )
    measured = Counter[str]()
    for one in combinations:
        if one.measure in MEASURES:
            measured[one.measure] += one.count
    found["measure"] = tuple(
        Choice(code, words.label(code, "measure-"), measured[code], code == asked.measure)
        for code in MEASURES
        if measured[code] or code in ("level", asked.measure)
    )
    names = list(dict.fromkeys([*([unit] if unit else []), *given]))
    if asked.measure == "level" and len(names) > 1:
        found["unit"] = tuple(Choice(code, code, is_chosen=code == asked.unit) for code in names)
    return found
