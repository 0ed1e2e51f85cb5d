"""Ranks that no word states: a place in a list, and the list's order in the text.

>>> text = "Ningbo, Jinhua and Yiwu lead."
>>> places = [Place(1, 0, 6), Place(2, 8, 14), Place(3, 19, 23)]
>>> disorder(text, places)
{}
>>> disorder(text, [Place(1, 0, 6), Place(3, 8, 14)])
{8: 'place 3 comes right behind place 1'}
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from cbec_kg.normalise.patterns import plain

__all__ = ["Place", "disorder"]

_BETWEEN = re.compile(r"\s*(?:,|;|、|，|；|/|(?:[,，]\s*)?(?:and|or|as well as|和|及|以及|与))\s*", re.IGNORECASE)
_BEFORE = re.compile(r"[,;、，；/]\s*$|\b(?:and|or)\s+$|[和及与]$", re.IGNORECASE)


class Place(NamedTuple):
    """Place of a member in its list, and its characters."""

    position: int
    start: int
    end: int


def disorder(text: str, places: Iterable[Place]) -> dict[int, str]:
    """What is wrong with the order of one list's members, by the start of the member.

    Places grow along the text, by one where nothing but a comma or an "and" stands between two members; a list that
    does not begin with place 1 has something before it that it could go on from.
    """
    members = sorted(set(places), key=lambda place: (place.start, place.position))
    wrong: dict[int, str] = {}
    for index, member in enumerate(members):
        if index == 0:
            if member.position < 1 or (member.position > 1 and not _BEFORE.search(plain(text[: member.start]))):
                wrong[member.start] = f"the list begins with place {member.position}"
            continue
        before = members[index - 1]
        adjacent = bool(_BETWEEN.fullmatch(plain(text[before.end : member.start])))
        if member.position <= before.position:
            wrong[member.start] = f"place {member.position} comes after place {before.position}"
        elif adjacent and member.position != before.position + 1:
            wrong[member.start] = f"place {member.position} comes right behind place {before.position}"
    return wrong
