"""How charts look: colours that colour-blind readers tell apart, on light and on dark ground, and letters.

The colours are of M. Okabe and K. Ito, Color Universal Design (2008), made lighter for the dark; shapes tell the same.

>>> themed({"mark": "point"}, "dark")["config"]["background"]
'#14181b'
>>> len(PALETTE["light"]) == len(PALETTE["dark"])
True
"""

from collections.abc import Mapping
from typing import Any

__all__ = ["FONT", "PALETTE", "SHAPES", "THEMES", "themed"]

THEMES = ("light", "dark")
PALETTE = {
    "light": ["#0072b2", "#b34700", "#007a5a", "#a1407a", "#6b5900", "#3b6fd4", "#555b66"],
    "dark": ["#56b4e9", "#f0a05a", "#3fc69b", "#e39bc6", "#e6d44a", "#93b4ff", "#b4bac5"],
}
"""One a scope or group, in order; each has a contrast of 4.5 or more to its ground."""
SHAPES = ["circle", "square", "diamond", "triangle-up", "triangle-down", "cross", "triangle-right"]
_INK = {"light": ("#1b1f24", "#565d66", "#d9dde2", "#ffffff"), "dark": ("#eceff3", "#a9b1bb", "#3a4049", "#14181b")}
FONT = "'DejaVu Sans', 'Noto Sans CJK SC', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
"""Families of letters, the first that a machine has; Chinese letters come of whichever has them."""


def themed(chart: Mapping[str, Any], theme: str) -> dict[str, Any]:
    """A chart with its colours, ``light`` or ``dark``; whatever else is taken for light."""
    theme = theme if theme in THEMES else "light"
    ink, quiet, faint, ground = _INK[theme]
    words = {"labelColor": quiet, "titleColor": quiet, "labelFontSize": 12, "titleFontSize": 12}
    config = {
        "background": ground,
        "font": FONT,
        "view": {"stroke": None},
        "mark": {"color": PALETTE[theme][0]},
        "padding": 12,
        "axis": {**words, "domainColor": quiet, "tickColor": quiet, "gridColor": faint, "titleFontWeight": "normal"},
        "legend": {**words, "labelLimit": 420, "titleLimit": 420, "symbolSize": 90},
        "title": {
            "color": ink, "subtitleColor": quiet, "fontSize": 15, "subtitleFontSize": 12, "anchor": "start",
            "subtitlePadding": 6, "offset": 14, "limit": 900,
        },
        "range": {"category": PALETTE[theme]},
        "text": {"color": ink},
        "style": {"ink": {"color": ink, "fill": ink}, "quiet": {"color": quiet, "fill": quiet, "stroke": quiet}},
    }  # fmt: skip
    return {**chart, "config": config}
