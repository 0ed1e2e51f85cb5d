"""Words of periods: months, units, deictic phrases, and what stands around them.

The table is ``period_words.toml``.

>>> words = default_period_words()
>>> words.months["september"], words.phrases["last year"].moment.offset, words.units["decade"]
(9, -1, ('year', 10))
>>> simple("Last\\u00a0Year, 過去２０年")
'last year, 过去20年'
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from cbec_kg.normalise.moments import Moment
from cbec_kg.normalise.patterns import lowered, plain

__all__ = ["PeriodWords", "Phrase", "default_period_words", "simple", "spaced"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that is a period of its own; ``behind`` and ``ahead`` are patterns that must not stand around it."""

    moment: Moment
    relation: str = ""
    behind: tuple[str, ...] = ()
    ahead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class PeriodWords:
    """All tables, Latin words in lower case, Chinese ones simplified."""

    months: Mapping[str, int]
    short_months: Mapping[str, int]
    weekdays: Mapping[str, int]
    ordinals: Mapping[str, int]
    units: Mapping[str, tuple[str, int]]
    spans: Mapping[str, Sequence[str]]
    edges: Mapping[str, Sequence[str]]
    relations: Mapping[str, Sequence[str]]
    not_before: Sequence[str]
    not_before_han: Sequence[str]
    not_after: Sequence[str]
    names: Sequence[str]
    phrases: Mapping[str, Phrase]
    parts: Mapping[str, str]
    plans: Mapping[str, int]
    fold: Mapping[str, str]


def simple(text: str) -> str:
    """The text in lower case, simplified, with plain spaces, digits and quotes; offsets stay."""
    pattern, table = _folding()
    return pattern.sub(lambda match: table[match[0]], lowered(text))


@cache
def _folding() -> tuple[re.Pattern[str], dict[str, str]]:
    """Characters that have a plain twin, and it."""
    every = "".join(map(chr, range(0x80, 0x10000)))
    table = {char: twin.lower() for char, twin in zip(every, plain(every), strict=True) if char != twin}
    table |= default_period_words().fold
    return re.compile(f"[{''.join(map(re.escape, sorted(table)))}]"), table


@cache
def default_period_words() -> PeriodWords:
    """The project's own table."""
    table = tomllib.loads(resources.files("cbec_kg.normalise").joinpath("period_words.toml").read_text("utf-8"))
    phrases: dict[str, Phrase] = {}
    for entry in table["phrases"]:
        moment = Moment(
            anchor=entry["anchor"],
            offset=entry.get("offset", 0),
            unit=entry.get("unit", ""),
            steps=entry.get("steps", 0),
            form=entry.get("form", ""),
        )
        phrase = Phrase(
            moment, entry.get("relation", ""), tuple(entry.get("behind", ())), tuple(entry.get("ahead", ()))
        )
        phrases |= {spaced(word): phrase for word in entry["words"]}
    not_years = table["not_years"]
    return PeriodWords(
        months=table["months"],
        short_months=table["short_months"],
        weekdays=table["weekdays"],
        ordinals=table["ordinals"],
        units={word: (unit, size) for word, (unit, size) in table["units"].items()},
        spans=table["spans"],
        edges=table["edges"],
        relations=table["relations"],
        not_before=not_years["before"],
        not_before_han=not_years["before_han"],
        not_after=not_years["after"],
        names=not_years["names"],
        phrases=phrases,
        parts=table["parts"],
        plans=table["plans"],
        fold=table["fold"],
    )


def spaced(written: str) -> str:
    """Key of a phrase as written: white space and hyphens as one space each, straight apostrophes."""
    return re.sub(r"[\s-]+", " ", written.replace("’", "'"))
