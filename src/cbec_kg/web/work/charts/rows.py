"""Charts of a saved query's rows, where its columns allow one; of one that has none, none is made up.

A period and a number make points over time, without a line, for rows may be of several series; else a name and a
number make bars. Only rows in one unit and measure share an axis: those of the most frequent one, and the chart says
how many are left out.

>>> from cbec_kg.rdf.terms import Literal, decimal
>>> columns = [Column("period", "string"), Column("value", "decimal"), Column("unit", "string")]
>>> rows = [(Literal("2020"), decimal("1690"), Literal("CNY")), (Literal("2021"), decimal("31.1"), Literal("percent")),
...         (Literal("2022"), decimal("2110"), Literal("CNY"))]
>>> made = spec_of_rows(columns, rows, "en")
>>> [(one["when"], one["number"]) for one in made["data"]["values"]], made["title"]["subtitle"]
([('2020', 1690.0), ('2022', 2110.0)], ['value (CNY)', '1 of 3 rows is not drawn: another unit, or no closed period'])
>>> spec_of_rows([Column("claim", "iri")], [], "en") is None
True
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from cbec_kg.namespaces import local_name
from cbec_kg.query.results import Result, Row, to_python
from cbec_kg.query.run import run
from cbec_kg.query.saved import Column, SavedQuery
from cbec_kg.store.following import OpenGraph
from cbec_kg.web.work.charts.looks import SHAPES
from cbec_kg.web.work.charts.timeline import axis, place

__all__ = ["SCHEMA", "chart_of_query", "spec_of_rows"]

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_TIMES = ("period", "year")
_NUMBERS = ("value", "level", "share", "rate", "growth", "difference", "rank", "claims", "entities", "articles")
_GROUPS = ("scopeLabel", "flowLabel", "statusLabel")
_MOST_POINTS, _MOST_BARS, _WIDTH = 2000, 40, 620
_LEFT = {
    "en": ("{} of {} rows is not drawn: {}", "{} of {} rows are not drawn: {}"),
    "zh": ("共{1}行，其中{0}行未画出：{2}",) * 2,
}
_WHY = {
    "time": {"en": "another unit, or no closed period", "zh": "单位不同，或时期未定"},
    "bars": {"en": "another unit, or no number", "zh": "单位不同，或没有数值"},
}


def spec_of_rows(columns: Sequence[Column], rows: Iterable[Row], lang: str, title: str = "") -> dict[str, Any] | None:
    """A Vega-Lite chart of rows with its data in it, without colours (`charts.looks.themed` gives them).

    None where no columns allow one, or nothing is left to draw.
    """
    named = {column.name: column for column in columns}
    number = next((name for name in _NUMBERS if name in named), None)
    if number is None:
        return None
    records = [dict(zip(named, map(to_python, row), strict=True)) for row in rows]
    kept = [one for one in _alike(records) if isinstance(one[number], int | float | Decimal)]
    when = next((name for name in _TIMES if name in named), None)
    name = next((one for one in named if one.endswith("Label") and one not in _GROUPS), None)
    make = partial(_points, when=when) if when else partial(_bars, name=name) if name else None
    values = make(kept, number=number, named=named) if make else []
    if not values or make is None:
        return None
    unit = next((str(one["unit"]) for one in kept if one.get("unit")), "")
    said = named[number].heading(lang) + (f" ({unit})" if unit and lang == "en" else f"（{unit}）" if unit else "")
    subtitle = [said]
    if left := len(records) - len(values):
        why = _WHY["time" if when else "bars"][lang]
        subtitle.append(_LEFT[lang][left > 1].format(left, len(records), why))
    return {
        "$schema": SCHEMA,
        "title": {"text": title, "subtitle": subtitle},
        "data": {"values": values},
        **(_over_time(values) if when else _side_by_side(values)),
    }


def chart_of_query(graph: OpenGraph, query: SavedQuery, values: dict[str, Any], lang: str) -> dict[str, Any] | None:
    """The chart of a saved query with the given values, None where it has none; raises what running it raises."""
    result: Result = run(query, values, graph.store(), lang=lang)
    return spec_of_rows(result.columns, result.rows, lang, result.title)


def _alike(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Records of the most frequent measure and unit, the first of those in doubt."""
    kinds = Counter((one.get("measure"), one.get("unit")) for one in records)
    most = max(kinds, key=lambda kind: kinds[kind], default=None)
    return [one for one in records if (one.get("measure"), one.get("unit")) == most]


def _points(
    records: list[dict[str, Any]], *, when: str | None, number: str, named: dict[str, Column]
) -> list[dict[str, Any]]:
    group = next((name for name in _GROUPS if name in named), None)
    found = []
    for one in records[:_MOST_POINTS]:
        at = place(str(one[when or ""]))
        if at is not None:
            told = str(one.get("periodLabel") or one[when or ""])
            grouped = {"group": str(one[group] or "")} if group else {}
            found.append({"when": told, "at": sum(at) / 2, "number": float(one[number]), **grouped})
    return found


def _bars(
    records: list[dict[str, Any]], *, name: str | None, number: str, named: dict[str, Column]
) -> list[dict[str, Any]]:
    """A bar a name; none at all where one name has several numbers, or there are too many."""
    found = [{"name": _short(one[name or ""]), "number": float(one[number])} for one in records]
    names = Counter(one["name"] for one in found)
    return found if len(names) == len(found) <= _MOST_BARS else []


def _short(name: object) -> str:
    said = str(name or "")
    return local_name(said) if said.startswith("http") else said


def _over_time(values: list[dict[str, Any]]) -> dict[str, Any]:
    ends = [one["at"] for one in values]
    first, after = int(min(ends)), int(max(ends)) + 1
    span = {"domain": [first, after], "nice": False}
    encoding: dict[str, Any] = {
        "x": {"field": "at", "type": "quantitative", "scale": span, "axis": axis(first, after, _WIDTH)},
        "y": {"field": "number", "type": "quantitative", "title": None, "axis": {"format": "~s"}},
        "tooltip": [{"field": "when", "title": " "}, {"field": "number", "format": ",.12~g", "title": "="}],
    }
    if "group" in values[0]:
        encoding["color"] = {"field": "group", "type": "nominal", "title": None, "legend": {"orient": "bottom"}}
        encoding["shape"] = {"field": "group", "type": "nominal", "title": None, "scale": {"range": SHAPES}}
    return {
        "width": _WIDTH, "height": 260, "mark": {"type": "point", "filled": True, "size": 80, "opacity": 1},
        "encoding": encoding,
    }  # fmt: skip


def _side_by_side(values: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "width": 460, "height": {"step": 22}, "mark": {"type": "bar"},
        "encoding": {
            "y": {
                "field": "name", "type": "nominal", "sort": None, "title": None,
                "axis": {"labelLimit": 420, "domain": False, "ticks": False},
            },
            "x": {"field": "number", "type": "quantitative", "title": None, "axis": {"format": "~s"}},
            "tooltip": [{"field": "name", "title": " "}, {"field": "number", "format": ",.12~g", "title": "="}],
        },
    }  # fmt: skip
