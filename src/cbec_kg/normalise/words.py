"""Words of figures: numerals, powers of ten, units, and words such as "doubled" that are figures of their own.

The table is ``words.toml``. Unit words of an ontology (its labels) come in as an argument and win over the table's.

>>> default_words().after["yuan"]
UnitWord(unit='CNY', factor=Decimal('1'))
>>> default_words().with_units({"francs": "CHF", "CHF": "CHF"}).before["chf"].unit
'CHF'
>>> folded("Percentage-Points")
'percentage points'
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib import resources

__all__ = ["FigureWord", "UnitWord", "Words", "default_words", "folded"]


@dataclass(frozen=True, slots=True)
class UnitWord:
    """Code of a unit, and how many of it the word stands for (成 is ten percent)."""

    unit: str
    factor: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class FigureWord:
    """A word that is a figure; ``running`` says whether it is one in running text, or only in a span picked out."""

    value: Decimal
    unit: str | None
    qualifier: str | None
    running: bool


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """All tables, their keys `folded`. Compared by identity, so that what is compiled from a table is compiled once."""

    units: Mapping[str, int]
    teens: Mapping[str, int]
    tens: Mapping[str, int]
    han: Mapping[str, int]
    latin_scales: Mapping[str, int]
    han_scales: Mapping[str, int]
    approximate: Mapping[str, str]
    before: Mapping[str, UnitWord]
    after: Mapping[str, UnitWord]
    times: frozenset[str]
    fold: frozenset[str]
    figures: Mapping[str, FigureWord]
    ordinals: Mapping[str, int]
    denominators: Mapping[str, int]

    def with_units(self, units: Mapping[str, str]) -> "Words":
        """The same tables with further unit words (word to code); those in capitals and signs may stand before too."""
        added = {folded(word): UnitWord(code) for word, code in units.items()}
        leading = {folded(word): UnitWord(code) for word, code in units.items() if not _NOT_LEADING.search(word)}
        return replace(self, after={**self.after, **added}, before={**self.before, **leading})


def folded(word: str) -> str:
    """Key of a word: lower case, a hyphen as a space."""
    return re.sub(r"[\s-]+", " ", word.lower()).strip()


_NOT_LEADING = re.compile(r"[a-z\u4e00-\u9fff]")


@cache
def default_words() -> Words:
    """The project's own table."""
    text = resources.files("cbec_kg.normalise").joinpath("words.toml").read_text("utf-8")
    table = tomllib.loads(text)
    numerals, units = table["numerals"], table["units"]
    after = {folded(word): UnitWord(code) for word, code in units["after"].items()}
    after |= {
        folded(word): UnitWord(entry["unit"], Decimal(entry["factor"])) for word, entry in units["factors"].items()
    }
    after |= {word: UnitWord("count") for word in units["measure"]["words"]}
    return Words(
        units=numerals["units"],
        teens=numerals["teens"],
        tens=numerals["tens"],
        han=numerals["han"],
        latin_scales=table["scales"]["latin"],
        han_scales=table["scales"]["han"],
        approximate=table["approximate"],
        before={folded(word): UnitWord(code) for word, code in units["before"].items()},
        after=after,
        times=frozenset(table["ratios"]["times"]),
        fold=frozenset(table["ratios"]["fold"]),
        figures={
            word: FigureWord(
                Decimal(entry["value"]), entry.get("unit"), entry.get("qualifier"), entry.get("running", True)
            )
            for entry in table["figures"]
            for word in entry["words"]
        },
        ordinals=table["ordinals"],
        denominators=table["denominators"],
    )
