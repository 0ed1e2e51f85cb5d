"""Words of the reference pages that come from no ontology: a table, a word in each language.

>>> table().own("classes", "zh")
'类'
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["Words", "table"]


@dataclass(frozen=True, slots=True)
class Words:
    """The table: headings by prefixed name of a property, pyLODE's fixed words, our own by a key, characteristics."""

    headings: dict[str, dict[str, Any]]
    fixed: dict[str, dict[str, str]]
    ours: dict[str, dict[str, str]]
    characteristics: dict[str, dict[str, str]]

    def own(self, key: str, language: str) -> str:
        """One of our own words."""
        return self.ours[key][language]


@cache
def table() -> Words:
    """The table as it lies beside this module."""
    with Path(__file__).with_name("words.toml").open("rb") as file:
        read = tomllib.load(file)
    return Words(read["properties"], read["fixed"], read["own"], read["characteristics"])
