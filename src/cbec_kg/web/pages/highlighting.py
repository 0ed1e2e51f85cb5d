"""An article's text with its spans marked: pieces that a template writes, overlapping spans included.

A text is cut wherever a span begins or ends. Each piece is marked where a span covers it; where spans begin stand the
numbers of their claims, which lead to the list.

>>> from cbec_kg.describe.related import Ref
>>> spans = [Place("c:1", "", Ref("", ""), 0, 6), Place("c:2", "", Ref("", ""), 3, 9)]
>>> for piece in pieces("Up 9.8% now", spans):
...     print(repr(piece.text), piece.marked, [number for number, _ in piece.begins])
'Up ' True [1]
'9.8' True [2]
'% n' True []
'ow' False []
>>> pieces("short", [Place("c:1", "", Ref("", ""), 3, 99)])[-1].text
'rt'
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cbec_kg.web.work.pages.articles import Place

__all__ = ["Piece", "pieces"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters: ``marked`` where a claim is there; ``begins`` has number and place of those that start here."""

    text: str
    marked: bool
    begins: tuple[tuple[int, Place], ...] = ()


def pieces(text: str, places: Sequence[Place]) -> list[Piece]:
    """The whole text in pieces; ``places`` are in reading order, their numbers count from 1."""
    size = len(text)
    cuts = {0, size}
    depth = [0] * (size + 1)
    begins: dict[int, list[tuple[int, Place]]] = {}
    for number, place in enumerate(places, 1):
        start, end = min(max(place.start, 0), size), min(max(place.end, 0), size)
        if start >= end:
            continue
        cuts |= {start, end}
        depth[start] += 1
        depth[end] -= 1
        begins.setdefault(start, []).append((number, place))
    found, covering, ordered = [], 0, sorted(cuts)
    for start, end in pairwise(ordered):
        covering += depth[start]
        found.append(Piece(text[start:end], covering > 0, tuple(begins.get(start, ()))))
    return found
