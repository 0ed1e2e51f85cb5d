"""A drawing of the factor map: factors on the left, outcomes on the right, a line for each edge.

Nodes stand in an order in which few lines cross: each near the middle of those that it is joined to, some times over
(Sugiyama et al., 1981: the barycentre of two layers).

>>> edges = [("a", "y", "positive", 1), ("b", "x", "negative", 3), ("a", "y", "negative", 1)]
>>> drawing = draw(edges, {"a": "A", "b": "B", "x": "X", "y": "Y"}, {})
>>> [(node.label, node.y) for node in drawing.left], [(node.label, node.y) for node in drawing.right]
([('A', 22), ('B', 48)], [('Y', 22), ('X', 48)])
>>> [(line.polarity, line.width) for line in drawing.lines]
[('positive', 1.5), ('negative', 4.5), ('negative', 1.5)]
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cbec_kg.web.pages.drawing import clipped

__all__ = ["Drawing", "Edge", "Line", "Node", "draw"]

Edge = tuple[str, str, str, int]
"""Factor, outcome, polarity, number of articles."""
WIDTH, _LEFT, _RIGHT = 960, 350, 610
_ROW, _TOP, _LONGEST, _WIDEST = 26, 22, 44, 9.0
_SHIFT = {"positive": -3, "negative": 3, "unstated": 0}
_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Node:
    """A name at a height; ``short`` is what there is room for, ``href`` the page that shows its part of the map."""

    label: str
    short: str
    href: str
    y: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line as the ``d`` of an SVG path, and what it says."""

    path: str
    polarity: str
    width: float
    says: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that a template needs to write the SVG."""

    width: int
    height: int
    left: tuple[Node, ...]
    right: tuple[Node, ...]
    lines: tuple[Line, ...]
    left_end: int = _LEFT
    right_end: int = _RIGHT


def draw(
    edges: Sequence[Edge], labels: Mapping[str, str], links: Mapping[tuple[str, str], str],
    words: Mapping[str, str] | None = None,
) -> Drawing:  # fmt: skip
    """The drawing of edges; ``links`` are addresses by ("left" or "right", node), ``words`` say polarities."""
    left, right = _ordered(edges)
    height = _TOP + _ROW * max(len(left), len(right), 1)
    lefts, rights = _heights(left, height), _heights(right, height)

    def node(side: str, name: str, y: int) -> Node:
        label = labels.get(name, name)
        return Node(label, clipped(label, _LONGEST), links.get((side, name), ""), y)

    lines = []
    for factor, outcome, polarity, articles in edges:
        shift = _SHIFT.get(polarity, 0)
        start, end, middle = lefts[factor] + shift, rights[outcome] + shift, (_LEFT + _RIGHT) // 2
        path = f"M{_LEFT + 8} {start}C{middle} {start} {middle} {end} {_RIGHT - 8} {end}"
        word = (words or {}).get(polarity, polarity)
        says = f"{labels.get(factor, factor)} → {labels.get(outcome, outcome)}: {word} ({articles})"
        lines.append(Line(path, polarity, min(1.5 * articles, _WIDEST), says))
    return Drawing(
        WIDTH, height, tuple(node("left", name, y) for name, y in lefts.items()),
        tuple(node("right", name, y) for name, y in rights.items()), tuple(lines),
    )  # fmt: skip


def _ordered(edges: Sequence[Edge]) -> tuple[list[str], list[str]]:
    left = list(dict.fromkeys(edge[0] for edge in edges))
    right = list(dict.fromkeys(edge[1] for edge in edges))
    for _ in range(_ROUNDS):
        left = _by_middle(left, right, [(edge[0], edge[1]) for edge in edges])
        right = _by_middle(right, left, [(edge[1], edge[0]) for edge in edges])
    return left, right


def _by_middle(nodes: list[str], others: list[str], joined: list[tuple[str, str]]) -> list[str]:
    places = {name: place / len(others) for place, name in enumerate(others)}
    ends: dict[str, list[float]] = {}
    for one, other in joined:
        ends.setdefault(one, []).append(places[other])
    return sorted(nodes, key=lambda name: sum(ends[name]) / len(ends[name]))


def _heights(names: list[str], height: int) -> dict[str, int]:
    """Where each node stands; the shorter side is spread over the height of the longer."""
    step = (height - _TOP) / max(len(names), 1)
    return {name: round(_TOP + step * place + (step - _ROW) / 2) for place, name in enumerate(names)}
