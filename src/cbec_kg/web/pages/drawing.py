"""A small drawing of a thing between what points to it and what it points to, as boxes and lines for a template.

Left stands what points to it, right what it points to, a few of each relation; lines are cubic curves of SVG.

>>> from cbec_kg.describe.related import Group, Ref
>>> uses = Group(Ref("p:uses", "uses"), (Ref("x:a", "independent sites"),), 1)
>>> found = drawing("Shein", [], [uses])
>>> [(box.text, box.iri) for box in found.boxes], found.captions[0].text, len(found.lines)
([('independent sites', 'x:a')], 'uses', 1)
>>> drawing("Shein", [], []) is None
True
>>> clipped("cross-border e-commerce", 10), clipped("跨境电子商务综合试验区", 10)
('cross-bor…', '跨境电子…')
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from cbec_kg.describe.related import Group

__all__ = ["Box", "Caption", "Drawing", "clipped", "drawing"]

_WIDTH, _SIDE, _MIDDLE = 780, 250, 160
_ROW, _CAPTION, _EDGE = 30, 22, 12
_GROUPS, _THINGS = 4, 3


@dataclass(frozen=True, slots=True)
class Box:
    """A thing: left upper corner, size, the text that fits, the whole label."""

    x: float
    y: float
    width: float
    height: float
    text: str
    label: str
    iri: str


@dataclass(frozen=True, slots=True)
class Caption:
    """Name of a relation, above its things."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """All parts in one frame; ``lines`` are paths of SVG, with an arrow at their ends."""

    width: float
    height: float
    centre: Box
    boxes: tuple[Box, ...]
    captions: tuple[Caption, ...]
    lines: tuple[str, ...]


def drawing(label: str, incoming: Sequence[Group], outgoing: Sequence[Group]) -> Drawing | None:
    """The drawing of a thing; None where nothing stands beside it."""
    sides = [_some(incoming), _some(outgoing)]
    if not any(sides):
        return None
    height = max(sum(_CAPTION + _ROW * len(group.things) for group in side) for side in sides) + 2 * _EDGE
    height = max(height, 90)
    centre = Box(
        (_WIDTH - _MIDDLE) / 2, height / 2 - 22, _MIDDLE, 44, clipped(label, 16), label, ""
    )  # fmt: skip
    boxes: list[Box] = []
    captions: list[Caption] = []
    lines: list[str] = []
    for side, left in zip(sides, (True, False), strict=True):
        x = 0 if left else _WIDTH - _SIDE
        y = (height - sum(_CAPTION + _ROW * len(group.things) for group in side)) / 2
        for group in side:
            captions.append(Caption(x + 4, y + 16, clipped(group.relation.label, 32)))
            y += _CAPTION
            for thing in group.things:
                boxes.append(Box(x, y, _SIDE, _ROW - 5, clipped(thing.label, 30), thing.label, thing.iri))
                lines.append(_line(centre, y + (_ROW - 5) / 2, left))
                y += _ROW
    return Drawing(_WIDTH, height, centre, tuple(boxes), tuple(captions), tuple(lines))


def _some(groups: Sequence[Group]) -> list[Group]:
    """A few relations to things, those with fewest first: what is said of little is said of this thing most."""
    named = [Group(group.relation, tuple(one for one in group.things if one.iri), group.total) for group in groups]
    some = sorted((group for group in named if group.things), key=lambda group: group.total)[:_GROUPS]
    return [Group(group.relation, group.things[:_THINGS], group.total) for group in some]


def _line(centre: Box, y: float, left: bool) -> str:
    """From the left into the middle, or from the middle to the right."""
    middle = centre.y + centre.height / 2
    start, end = (_SIDE, centre.x - 6) if left else (centre.x + centre.width, _WIDTH - _SIDE - 6)
    first, last = (y, middle) if left else (middle, y)
    half = (start + end) / 2
    return f"M{start:g} {first:g} C{half:g} {first:g} {half:g} {last:g} {end:g} {last:g}"


def clipped(text: str, width: int) -> str:
    """As much of a text as fits in so many columns; Chinese characters take two."""
    taken = 0
    for at, char in enumerate(text):
        taken += 2 if unicodedata.east_asian_width(char) in "WF" else 1
        if taken > width:
            return text[: max(0, at - 1)] + "…"
    return text
