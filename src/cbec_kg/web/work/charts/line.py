"""The chart of an indicator's figures: points by period, the line, bars from the lower to the upper bound.

Filled marks are stated, hollow ones derived, foreseen or aimed at; a ring says that other claims contradict a figure. A
line joins neighbouring periods of one length and scope; where a period between has no figure it is broken. The chart
draws what rows hold and works nothing out.

>>> line_chart([], "title", "CNY", Wording("en", {}), []) is None
True
>>> [run_of[1] for run_of in _runs([("2019", 2019.0, 2020.0), ("2020", 2020.0, 2021.0), ("2022", 2022.0, 2023.0)])]
[0, 0, 1]
"""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any

from cbec_kg.answer.wording import HEDGES, spoken
from cbec_kg.reconcile.interval import Interval
from cbec_kg.web.work.charts.rows import SCHEMA
from cbec_kg.web.work.charts.timeline import axis, place
from cbec_kg.web.work.indicator.shown import Shown
from cbec_kg.web.work.indicator.wording import Wording

__all__ = ["LEGEND", "line_chart"]

_NAMES = {
    "stated": ("●", "stated", "原文数据"), "preliminary": ("■", "preliminary", "初步数据"),
    "estimate": ("◆", "estimate", "估计"), "derived": ("○", "derived", "推算"), "forecast": ("△", "forecast", "预测"),
    "target": ("▽", "target", "目标"), "earlier": ("+", "earlier, since revised", "已被修订的旧数据"),
}  # fmt: skip
LEGEND = {
    lang: {mark: f"{sign} {(en, zh)[lang == 'zh']}" for mark, (sign, en, zh) in _NAMES.items()} for lang in ("en", "zh")
}
"""What each mark looks like and means, by language."""
_CONFLICT = {"en": "◎ contradicted by other claims", "zh": "◎ 与其他说法矛盾"}
_BAR = {"en": "I lower to upper bound", "zh": "I 下限至上限"}
_SHAPES = {
    "stated": "circle", "preliminary": "square", "estimate": "diamond", "derived": "circle",
    "forecast": "triangle-up", "target": "triangle-down", "earlier": "cross",
}  # fmt: skip
_HOLLOW = ("derived", "forecast", "target")
_MOST_LABELS, _WIDTH = 14, 680
_NUMBERS = "①②③④⑤⑥⑦⑧⑨"
_GAP = "\N{EM SPACE}"
_FEW = Context(prec=3, rounding=ROUND_HALF_EVEN)


def line_chart(
    rows: Iterable[Shown], title: str, unit: str | None, words: Wording, sources: Sequence[str]
) -> dict[str, Any] | None:
    """The chart of the rows that are in ``unit``, None where there is none; ``sources`` are its last lines."""
    some = [row for row in rows if row.unit == unit and row.mark in _NAMES]
    if not some:
        return None
    power, counted = words.axis(max((abs(end) for row in some for end in _ends(row)), default=Decimal(0)), unit)
    values = _values(some, power, words)
    if not values:
        return None
    scopes = list(dict.fromkeys(row.scope_label for row in some))
    if len(scopes) > 1:  # numbered, so that colour alone tells nothing
        numbers = dict(zip(scopes, _NUMBERS, strict=False))
        scopes = [f"{numbers.get(scope, '')} {scope}" for scope in scopes]
        for one in values:
            number = numbers.get(one["scope"], "")
            one["scope"], one["short"] = f"{number} {one['scope']}", f"{one['short']} {number}"
    lang, spans = words.lang, [end for one in values for end in (one["from"], one["to"])]
    marks = [LEGEND[lang][mark] for mark in _NAMES if any(one["mark"] == mark for one in values)]
    marks += [_BAR[lang]] if any(one["lower"] != one["upper"] for one in values) else []
    marks += [_CONFLICT[lang]] if any(one["conflict"] for one in values) else []
    first, _, rest = title.partition(" · ")
    domain = [int(min(spans)), max(int(max(spans)), int(min(spans)) + 1, -int(-max(spans) // 1))]
    at = {"field": "at", "type": "quantitative", "scale": {"domain": domain, "nice": False}}
    return {
        "$schema": SCHEMA,
        "description": f"{title}. {'; '.join(one['told'] for one in values)}",
        "title": {"text": first[:1].upper() + first[1:], "subtitle": [*([rest] if rest else []), _GAP.join(marks)]},
        "width": _WIDTH,
        "height": 300,
        "data": {"values": values},
        "encoding": {
            "x": {**at, "axis": axis(domain[0], domain[1], _WIDTH, list(sources))},
            "y": {
                "field": "y", "type": "quantitative", "title": counted or None,
                "axis": {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleX": 0, "titleY": -10},
            },
            "color": _colours(scopes),
            "tooltip": [{"field": field, "title": name} for field, name in _TIPS[lang]],
        },
        "layer": _layers(len(values) <= _MOST_LABELS),
    }  # fmt: skip


_TIPS = {
    "en": [
        ("period", "period"), ("said", "value"), ("between", "between"), ("kind", "kind"), ("scope", "scope"),
        ("source", "source"),
    ],
    "zh": [
        ("period", "时期"), ("said", "数值"), ("between", "区间"), ("kind", "类型"), ("scope", "口径"),
        ("source", "来源"),
    ],
}  # fmt: skip


def _colours(scopes: list[str]) -> dict[str, Any]:
    legend = (
        {"orient": "bottom", "columns": 1, "offset": 34, "symbolType": "circle", "symbolOpacity": 1}
        if len(scopes) > 1
        else None
    )
    return {"field": "scope", "type": "nominal", "title": None, "scale": {"domain": scopes}, "legend": legend}


def _layers(labelled: bool) -> list[dict[str, Any]]:
    shape = {
        "field": "mark",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": list(_SHAPES), "range": list(_SHAPES.values())},
    }
    point = {"type": "point", "size": 90, "strokeWidth": 2, "opacity": 1}
    hollow = " || ".join(f"datum.mark == '{mark}'" for mark in _HOLLOW)
    bounds = "isValid(datum.lower) && isValid(datum.upper) && datum.lower != datum.upper"
    cap = {"type": "tick", "orient": "horizontal", "size": 16, "thickness": 1.5, "style": "ink"}
    no_colour = {"color": None}
    layers: list[dict[str, Any]] = [
        {
            "transform": [{"filter": "isValid(datum.run)"}],
            "mark": {"type": "line", "strokeWidth": 1.5, "opacity": 0.7},
            "encoding": {"detail": {"field": "run"}, "tooltip": None},
        },
        {
            "transform": [{"filter": "datum.length != 'year'"}],
            "mark": {"type": "rule", "strokeWidth": 3, "opacity": 0.4},
            "encoding": {"x": {"field": "from", "type": "quantitative"}, "x2": {"field": "to"}},
        },
        {
            "transform": [{"filter": f"!({hollow}) && isValid(datum.y)"}], "mark": {**point, "filled": True},
            "encoding": {"shape": shape},
        },
        {
            "transform": [{"filter": f"({hollow}) && isValid(datum.y)"}], "mark": {**point, "filled": False},
            "encoding": {"shape": shape},
        },
        {
            "transform": [{"filter": bounds}], "mark": {"type": "rule", "strokeWidth": 1.5, "style": "ink"},
            "encoding": {"y": {"field": "lower", "type": "quantitative"}, "y2": {"field": "upper"}, **no_colour},
        },
        {
            "transform": [{"filter": bounds}], "mark": cap,
            "encoding": {"y": {"field": "lower", "type": "quantitative"}, **no_colour},
        },
        {
            "transform": [{"filter": bounds}], "mark": cap,
            "encoding": {"y": {"field": "upper", "type": "quantitative"}, **no_colour},
        },
        {
            "transform": [{"filter": "datum.open != ''"}],
            "mark": {"type": "text", "dx": 11, "fontSize": 14, "style": "ink"},
            "encoding": {"text": {"field": "open"}, **no_colour},
        },
        {
            "transform": [{"filter": "datum.conflict"}],
            "mark": {"type": "point", "shape": "circle", "size": 420, "strokeWidth": 2, "filled": False, "opacity": 1},
            "encoding": {"color": {"value": "#d1495b"}},
        },
    ]  # fmt: skip
    if labelled:
        layers += [
            {
                "transform": [{"filter": f"isValid(datum.y) && datum.below == {below}"}],
                "mark": {"type": "text", "dy": dy, "fontSize": 11, "style": "ink"},
                "encoding": {"text": {"field": "short"}, **no_colour},
            }
            for below, dy in (("false", -18), ("true", 20))
        ]
    return layers


def _values(rows: Sequence[Shown], power: int, words: Wording) -> list[dict[str, Any]]:
    """A point a figure, however many places state it."""
    found: dict[tuple[str, str, str, tuple[str, ...]], dict[str, Any]] = {}
    for row in rows:
        span = place(row.period)
        key = (row.scope, row.period, row.mark, row.claims)
        if span is not None and key not in found:
            found[key] = _value(row, span, power, words)
    runs = {}
    for scope in dict.fromkeys(row.scope for row in rows):
        joined = {key[1]: one for key, one in found.items() if key[0] == scope and one["joins"]}
        for length in dict.fromkeys(one["length"] for one in joined.values()):
            spans = [(period, one["from"], one["to"]) for period, one in joined.items() if one["length"] == length]
            for period, number in _runs(sorted(spans, key=lambda one: one[1:])):
                runs[scope, period] = f"{scope} {length} {number}"
    for key, one in found.items():
        if one.pop("joins"):
            one["run"] = runs[key[0], key[1]]
        beside = [other["y"] for of, other in found.items() if of[:2] == key[:2] and other["y"] is not None]
        one["below"] = len(beside) > 1 and one["y"] == min(beside)  # so that two numbers do not cover each other
    return sorted(found.values(), key=lambda one: (one["scope"], one["at"], one["mark"]))


def _value(row: Shown, span: tuple[float, float], power: int, words: Wording) -> dict[str, Any]:
    def scaled(value: Decimal | None) -> float | None:
        return None if value is None else float(value.scaleb(-power))

    open_end = (
        "↑"
        if row.upper is None and row.lower is not None
        else "↓"
        if row.lower is None and row.upper is not None
        else ""
    )
    kind = LEGEND[words.lang][row.mark][2:]
    source = row.calculation or ""
    if row.place is not None:
        source = " · ".join(filter(None, (row.place.speaker_label or row.place.publisher, row.place.title)))
    return {
        "period": row.period_label, "at": sum(span) / 2, "from": span[0], "to": span[1], "length": _length(span),
        "y": scaled(row.value), "lower": scaled(row.lower), "upper": scaled(row.upper), "open": open_end,
        "mark": row.mark, "kind": kind, "scope": row.scope_label, "conflict": row.conflict, "said": row.said,
        "between": row.between, "short": _short(row, power, words), "source": source or row.status_label,
        "told": f"{row.period_label}: {row.said or row.between} ({kind})",
        "joins": row.on_line and not row.conflict and row.value is not None,
    }  # fmt: skip


def _short(row: Shown, power: int, words: Wording) -> str:
    """The number alone, in the scale of the axis, with its hedge and its percent sign.

    Of a derived one three digits, as its finding's label has them, where its interval holds what these say.
    """
    if row.value is None:
        return ""
    interval = Interval(row.lower, row.upper)
    if row.unit in ("percent", "rank"):
        return row.said
    value, qualifier = row.value, row.qualifier
    if row.mark == "derived" and (few := _FEW.plus(value)) != value and interval.holds(few):
        value, interval, qualifier = few, Interval.exactly(few), "about"
    hedge = str(getattr(HEDGES[qualifier], words.lang)) if qualifier in HEDGES else ""
    return hedge + spoken(value, interval, row.unit, words.lang, scale=(power, ""))


def _ends(row: Shown) -> list[Decimal]:
    return [one for one in (row.value, row.lower, row.upper) if one is not None]


def _length(span: tuple[float, float]) -> str:
    years = span[1] - span[0]
    return "year" if years == 1 else f"{round(years * 12)} months"


def _runs(spans: Sequence[tuple[str, float, float]]) -> list[tuple[str, int]]:
    """Periods with the number of their run: of such as follow each other without a gap."""
    found, number, last = [], 0, None
    for period, start, end in spans:
        if last is not None and start > last + 0.001:
            number += 1
        found.append((period, number))
        last = end
    return found
