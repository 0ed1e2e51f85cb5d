"""The revision triangle of an indicator, out of any store: as a table for people, or a release a row for programs.

>>> from cbec_kg.store.embedded import MemoryStore
>>> read_triangle(MemoryStore([]), Question("cbec-trade-value"))
Traceback (most recent call last):
    ...
cbec_kg.errors.UnknownName: indicator is 'cbec-trade-value', which is no cbec:Indicator: there are none
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from cbec_kg.answer.fetch import fetch, fetch_labels
from cbec_kg.answer.indicators import read_indicators
from cbec_kg.answer.ledger import Evidence, Ledger
from cbec_kg.answer.naming import named
from cbec_kg.answer.question import Question
from cbec_kg.answer.result import Note
from cbec_kg.answer.wording import spoken
from cbec_kg.errors import RowError
from cbec_kg.model.period import parse
from cbec_kg.model.slots import Slots
from cbec_kg.namespaces import ARTICLE, CLAIM
from cbec_kg.query.labels import labels_of
from cbec_kg.query.results import Result, Row
from cbec_kg.query.saved import Bilingual, Column
from cbec_kg.rdf.terms import Literal, NamedNode, Term, date_time, decimal, integer
from cbec_kg.reconcile.figure import Figure
from cbec_kg.reconcile.triangle import Release, Triangle, triangle
from cbec_kg.store.base import Store
from cbec_kg.triples.labels import Names, of_period

__all__ = ["MEASURES", "Told", "as_releases", "as_table", "read_triangle", "remarks"]

MEASURES = ("level", "growth")
"""What a triangle may be of; growth is on the year before."""
_MEASURED = {"level": Names("level", "数值"), "growth": Names("year-on-year growth", "同比增长")}
_HEDGES = {"over": Names("over ", "超过"), "under": Names("under ", "不足"), "about": Names("about ", "约")}
_MARKS = {
    "revised": Names("revised", "修订"), "preliminary": Names("preliminary", "初步"),
    "estimate": Names("estimate", "估计"), "forecast": Names("forecast", "预测"), "target": Names("target", "目标"),
    "repeat": Names("repeat", "重复"),
}  # fmt: skip
_PERIOD, _UNDATED = Bilingual("period", "时期"), Bilingual("undated", "未注明日期")
_BRACKETS = {"en": " ({})", "zh": "（{}）"}
_BETWEEN = {"en": "; ", "zh": "；"}
_OTHERS = Names("nothing of that scope; there are figures of {}", "该口径没有数据；其他口径有数据：{}")
_UNKNOWN = Names("the graph does not know {!r}", "图谱中没有“{}”")
_LONG = (
    Column("period", "string", _PERIOD),
    Column("released", "date", Bilingual("known since", "得知日期")),
    Column("value", "decimal", Bilingual("value", "数值")),
    Column("lower", "decimal", Bilingual("at least", "不小于")),
    Column("upper", "decimal", Bilingual("at most", "不大于")),
    Column("unit", "string", Bilingual("unit", "单位")),
    Column("status", "string", Bilingual("status", "状态")),
    Column("mark", "string", Bilingual("mark", "标记")),
    Column("replaced", "boolean", Bilingual("replaced", "已被取代")),
    Column("written", "string", Bilingual("as written", "原文写法")),
    Column("claim", "iri", Bilingual("claim", "说法")),
    Column("article", "iri", Bilingual("article", "文章")),
    Column("start", "integer", Bilingual("start", "起")),
    Column("end", "integer", Bilingual("end", "止")),
)


@dataclass(frozen=True, slots=True)
class Told:
    """A triangle with what words it: the claims, the series as codes, and the scopes that have figures as well."""

    triangle: Triangle
    ledger: Ledger
    slots: Slots
    measure: str
    store: Store
    other_scopes: tuple[tuple[str, int], ...] = ()
    unknown: tuple[Note, ...] = ()


def read_triangle(store: Store, question: Question) -> Told:
    """The triangle of a series; names in the question may be codes, prefixed names or labels.

    ``measure`` is of `MEASURES`; what else the question leaves out is as in an answer: both directions of trade, the
    indicator's own scope. Raises `BadParameter` and `UnknownName` for what cannot be asked.
    """
    indicators = read_indicators(store)
    asked, notes = named(store, question, indicators)
    unknown = [note for note in notes if note.code == "unknown-name"]
    flow, scope = asked.flow or indicators.flow(asked.indicator), asked.scope or indicators.scope(asked.indicator)
    slots = Slots(asked.indicator, asked.entity, asked.partner or "all", asked.sector or "all", flow, scope)
    ledger = Ledger() if unknown else fetch(store, [(asked.indicator, asked.entity)])
    figures = ledger.book.figures.values()
    own = [one for one in figures if one.point.slots == slots and one.point.is_told]
    alike = Counter(
        one.point.slots.scope
        for one in figures
        if replace(one.point.slots, scope=scope) == slots and _is_shown(one, asked.measure)
    )
    names = {asked.indicator, asked.entity, f"flow-{flow}", *(f"scope-{one}" for one in {scope, *alike})}
    names |= {name for name in (asked.partner, asked.sector) if name} | {f"sector-{asked.sector}"}
    return Told(
        triangle(own, lambda one: _is_shown(one, asked.measure)),
        ledger.labelled(fetch_labels(store, names - ledger.labels.keys())),
        slots,
        asked.measure,
        store,
        tuple(sorted((name, number) for name, number in alike.items() if name != scope)),
        tuple(unknown),
    )


def _is_shown(figure: Figure, measure: str) -> bool:
    return figure.stating.measure == measure and (measure != "growth" or figure.stating.basis == "yoy")


def remarks(told: Told, lang: str = "en") -> list[str]:
    """Why there may be nothing to show, a line each."""
    lines = [str(getattr(_UNKNOWN, lang)).format(note.words[1]) for note in told.unknown]
    if not told.triangle.rows and told.other_scopes:
        others = (f"{_label(told, f'scope-{scope}', lang)} (--scope {scope})" for scope, _ in told.other_scopes)
        lines.append(str(getattr(_OTHERS, lang)).format(_BETWEEN[lang].join(others)))
    return lines


def as_table(told: Told, lang: str = "en") -> Result:
    """A row a period, a column a day of release, and what is undated last; figures as an article wrote them.

    A figure that replaces an earlier one, and whatever is no plain report, says so in brackets. Repeats are left out.
    """
    days = tuple(Column(day or "undated", "string", Bilingual(day) if day else _UNDATED) for day in told.triangle.days)
    rows: tuple[Row, ...] = tuple(
        (
            Literal(_period(told, row.point.period, lang)),
            *(
                Literal(_BETWEEN[lang].join(dict.fromkeys(_cell(told, cell, lang)))) if cell else None
                for cell in row.cells
            ),
        )
        for row in told.triangle.rows
    )
    return Result((Column("period", "string", _PERIOD), *days), rows, _title(told, lang), lang)


def _cell(told: Told, cell: tuple[Release, ...], lang: str) -> Iterator[str]:
    for one in cell:
        if not one.is_repeat:
            mark = _mark(one)
            yield _figure(told, one.figure, lang) + (
                _BRACKETS[lang].format(getattr(_MARKS[mark], lang)) if mark in _MARKS else ""
            )


def _mark(one: Release) -> str:
    """What is to be said of a release beside its figure; nothing of a plain report."""
    if one.is_repeat:
        return "repeat"
    status = one.figure.status
    return "revised" if one.revises else "" if status == "reported" else status


def _figure(told: Told, figure: Figure, lang: str) -> str:
    """The figure as written where an article of that language wrote it with all that it means, else in our words."""
    hedge = str(getattr(_HEDGES[figure.qualifier], lang)) if figure.qualifier in _HEDGES else ""
    if figure.stating.measure == "level":
        for one in told.ledger.claims[figure.digest].evidence:
            if one.written and one.source.lang == lang:
                return hedge + one.written
    return hedge + spoken(figure.value, figure.interval, figure.stating.unit, lang, told.ledger.labels)


def as_releases(told: Told, lang: str = "en") -> Result:
    """A row a release, with its numbers and the place where it was first said; repeats are marked."""
    rows = tuple(
        (
            Literal(row.point.period.replace("--", "/")),
            None if day is None else date_time(day),
            *_release(one, _first(told.ledger.claims[one.figure.digest].evidence)),
        )
        for row in told.triangle.rows
        for day, cell in zip(told.triangle.days, row.cells, strict=True)
        for one in cell
    )
    return Result(_LONG, rows, _title(told, lang), lang, lambda iris, lang: labels_of(told.store, iris, lang))


def _release(one: Release, place: Evidence) -> tuple[Term | None, ...]:
    figure, mark = one.figure, _mark(one)
    numbers = (None if number is None else decimal(number) for number in (figure.value, figure.lower, figure.upper))
    return (
        *numbers,
        Literal(figure.stating.unit) if figure.stating.unit else None,
        Literal(figure.status),
        Literal(mark) if mark else None,
        Literal(one.is_replaced),
        Literal(place.written) if place.written else None,
        NamedNode(CLAIM + figure.digest),
        NamedNode(ARTICLE + place.source.id),
        integer(place.start),
        integer(place.end),
    )


def _first(evidence: tuple[Evidence, ...]) -> Evidence:
    return min(evidence, key=lambda one: (one.day or "9999", one.source.id, one.start))


def _title(told: Told, lang: str) -> str:
    slots = told.slots
    parts = [_label(told, slots.indicator, lang), _label(told, slots.entity, lang)]
    parts += [_label(told, slots.partner, lang)] if slots.partner != "all" else []
    if slots.sector != "all":
        known = next((name for name in (slots.sector, f"sector-{slots.sector}") if name in told.ledger.labels), "")
        parts.append(_label(told, known or slots.sector, lang))
    parts += [_label(told, f"flow-{slots.flow}", lang)] if slots.flow != "none" else []
    parts += [_label(told, f"scope-{slots.scope}", lang)] if slots.scope != "none" else []
    return " · ".join([*parts, str(getattr(_MEASURED[told.measure], lang))])


def _label(told: Told, name: str, lang: str) -> str:
    names = told.ledger.labels.get(name, {})
    return names.get(lang) or names.get("en") or name


def _period(told: Told, name: str, lang: str) -> str:
    if name in told.ledger.labels:
        return _label(told, name, lang)
    try:
        return str(getattr(of_period(parse(name)), lang))
    except RowError:
        return name
