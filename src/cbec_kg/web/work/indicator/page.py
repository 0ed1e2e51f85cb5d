"""All that the page of an indicator shows, read in one go: choices, figures, what is left out, revisions, citations.

>>> from cbec_kg.store.embedded import MemoryStore
>>> indicator(OpenGraph(MemoryStore()), Asked("no-such"), "en")
Traceback (most recent call last):
    ...
cbec_kg.errors.UnknownName: no indicator no-such: the list of indicators is at /indicators
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from cbec_kg.answer.cite import Citation, citations
from cbec_kg.answer.fetch import fetch, fetch_labels
from cbec_kg.answer.indicators import Indicators, read_indicators
from cbec_kg.answer.ledger import Ledger
from cbec_kg.answer.question import Question
from cbec_kg.answer.result import Answer
from cbec_kg.errors import UnknownName
from cbec_kg.model.slots import Slots
from cbec_kg.namespaces import VOCAB
from cbec_kg.store.base import Store
from cbec_kg.store.following import OpenGraph
from cbec_kg.web.work.charts.line import line_chart
from cbec_kg.web.work.indicator.asked import ALL, MEASURES, NONE, Asked
from cbec_kg.web.work.indicator.choices import KINDS, Choice, choices
from cbec_kg.web.work.indicator.left import Left, left_out, left_undated, left_without_unit
from cbec_kg.web.work.indicator.line import line
from cbec_kg.web.work.indicator.noted import Noted, about, disagreements
from cbec_kg.web.work.indicator.occurring import DIMENSIONS, Combination, chosen, occurring
from cbec_kg.web.work.indicator.restated import in_unit, units
from cbec_kg.web.work.indicator.revisions import Revisions, revisions
from cbec_kg.web.work.indicator.shown import Shown
from cbec_kg.web.work.indicator.wording import Wording

__all__ = ["View", "chart", "indicator"]

_KEPT, _VIEWS, _MOST_NAMED, _LONGEST = 64, 256, 4, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What a page shows. ``asked`` has what was left open filled in; ``left_open`` counts what a day leaves out."""

    asked: Asked
    title: str
    line_title: str
    definitions: Mapping[str, str]
    unit: str | None
    choices: Mapping[str, tuple[Choice, ...]]
    rows: tuple[Shown, ...]
    left: tuple[Left, ...]
    findings: tuple[Noted, ...]
    revisions: Revisions
    citations: tuple[Citation, ...]
    undated: int
    build: str | None
    chart: dict[str, Any] | None = field(repr=False)


def indicator(graph: OpenGraph, asked: Asked, lang: str) -> View:
    """The page of an indicator; raises `UnknownName` where there is none of that code, and what the store raises.

    It is kept as long as the graph stays as it is.
    """
    views = graph.made_of(_views)
    if (asked, lang) not in views:
        made = _read(graph, asked, lang)
        while len(views) >= _VIEWS:
            views.pop(next(iter(views)))
        views[asked, lang] = made
    return views[asked, lang]


def chart(graph: OpenGraph, asked: Asked, lang: str) -> dict[str, Any] | None:
    """The chart of that page alone."""
    return indicator(graph, asked, lang).chart


def _views(store: Store) -> dict[tuple[Asked, str], View]:
    return {}


def _read(graph: OpenGraph, asked: Asked, lang: str) -> View:
    store, indicators = graph.store(), graph.made_of(read_indicators)
    known = about(store, asked.indicator)
    if known is None:
        raise UnknownName(f"no indicator {asked.indicator}", fix="the list of indicators is at /indicators")
    combinations = occurring(store, asked.indicator)
    slots = _slots(asked, combinations, indicators)
    ledger = _ledger(graph, store, slots, combinations, indicators)
    words = Wording(lang, ledger.labels, asked.scale)
    dated = ledger.known_on(asked.as_of) if asked.as_of else ledger
    own_unit = indicators.units.get(asked.indicator)
    unit = asked.unit or own_unit
    scopes = _scopes(asked, slots, combinations)
    rows: list[Shown] = []
    left: list[Left] = []
    for scope in scopes:
        own = replace(slots, scope=scope)
        if asked.measure == "level" and asked.unit and asked.unit != own_unit:
            some, without = in_unit(dated, own, asked.unit, words)
            left += left_without_unit(without, words)
        else:
            some = line(ledger, own, asked.measure, indicators, words, asked.as_of)
            left += left_undated(ledger, own, asked.measure, asked.as_of, words) if asked.as_of else []
            left += left_out(dated, combinations, own, asked.measure, some, words)
        rows += some
    # Of several scopes each names what is of no year, and the others.
    told = {(one.reason, one.claim or one.said): one for one in left if one.show.get("scope") not in scopes}
    series = [replace(slots, scope=one) for one in scopes]
    axis = _axis_unit(rows, unit, asked.measure)
    settled = replace(
        asked, **{key: getattr(slots, key) or NONE for key in DIMENSIONS if key != "scope"},
        scope=ALL if asked.scope == ALL else slots.scope, unit=axis if asked.measure == "level" else None,
    )  # fmt: skip
    title = words.label(asked.indicator)
    line_title = _title(slots, settled, words)
    build = graph.build()
    return View(
        asked=settled, title=title, line_title=line_title, definitions=known, unit=axis,
        choices=choices(settled, slots, combinations, units(ledger, slots), own_unit, words),
        rows=tuple(rows), left=tuple(told.values()),
        findings=() if asked.as_of else tuple(disagreements(store, series, lang)),
        revisions=revisions(store, dated, slots, asked.measure, lang),
        citations=tuple(_cited(rows, dated, settled, build)),
        undated=sum(one.place is not None and one.place.known is None for one in rows),
        build=build,
        chart=line_chart(rows, line_title, axis, words, _sources(rows, settled, build, lang)),
    )  # fmt: skip


def _slots(asked: Asked, combinations: tuple[Combination, ...], indicators: Indicators) -> Slots:
    code = asked.indicator
    usual = Slots(code, "china", "all", "all", indicators.flow(code), indicators.scope(code))
    said = {key: code for key in DIMENSIONS if (code := getattr(asked, key)) not in (None, ALL)}
    return chosen(combinations, said, usual, asked.measure)


def _scopes(asked: Asked, slots: Slots, combinations: tuple[Combination, ...]) -> list[str]:
    if asked.scope != ALL:
        return [slots.scope]
    alike = [one.slots.scope for one in combinations if replace(one.slots, scope=slots.scope) == slots]
    return [slots.scope, *sorted(set(alike) - {slots.scope})]


def _ledger(
    graph: OpenGraph, store: Store, slots: Slots, combinations: tuple[Combination, ...], indicators: Indicators
) -> Ledger:
    """Claims as an answer reads them, with labels of all that may be chosen; kept while the graph stays as it is."""
    kept = graph.made_of(_kept)
    key = (slots.indicator, slots.entity)
    if key not in kept:
        pairs = [(one, slots.entity) for one in indicators.related([slots.indicator])]
        ledger = fetch(store, pairs)
        names = {slots.indicator, slots.entity, "status-derived", *(f"measure-{one}" for one in MEASURES)}
        for one in combinations:
            names |= {f"{KINDS.get(name, '')}{code}" for name, code in asdict(one.slots).items() if code}
            names |= {str(code) for code in asdict(one.slots).values() if code} | {f"measure-{one.measure}"}
        names |= {f"status-{claim.status}" for claim in ledger.claims.values()}
        while len(kept) >= _KEPT:
            kept.pop(next(iter(kept)))
        kept[key] = ledger.labelled(fetch_labels(store, names - ledger.labels.keys()))
    return kept[key]


def _kept(store: Store) -> dict[tuple[str, str], Ledger]:
    return {}


def _axis_unit(rows: list[Shown], unit: str | None, measure: str) -> str | None:
    """The unit that the chart is in: that of the page, else that of most rows."""
    found = Counter(row.unit for row in rows)
    return unit if not found or (measure == "level" and unit in found) else found.most_common(1)[0][0]


def _title(slots: Slots, asked: Asked, words: Wording) -> str:
    parts = [words.label(slots.indicator), words.label(slots.entity)]
    parts += [words.label(slots.partner, "partner-")] if slots.partner != "all" else []
    parts += [words.label(slots.sector, "sector-")] if slots.sector != "all" else []
    parts += [words.label(one) for one in (slots.market, slots.channel) if one]
    parts += [words.label(slots.flow, "flow-")] if slots.flow != "none" else []
    parts += [words.label(slots.scope, "scope-")] if slots.scope != "none" and asked.scope != ALL else []
    parts += [words.label(asked.measure, "measure-")] if asked.measure != "level" else []
    return " · ".join(parts)


def _cited(rows: list[Shown], dated: Ledger, asked: Asked, build: str | None) -> list[Citation]:
    """A citation of each article that the line rests on."""
    digests = dict.fromkeys(digest for row in rows if row.mark != "earlier" for digest in row.claims)
    figures = tuple(figure for one in digests if one in dated.claims and (figure := dated.claims[one].figure))
    question = Question(asked.indicator, asked.entity or "china", as_of=asked.as_of)
    return citations(Answer(type="known", question=question, claims=figures, ledger=dated), build)


def _sources(rows: list[Shown], asked: Asked, build: str | None, lang: str) -> list[str]:
    """The last lines of a chart: who says so, and where the chart is from."""
    places = [row.place for row in rows if row.place is not None]
    names = Counter(name for one in places if (name := one.speaker_label or one.publisher or one.title or one.article))
    few = [name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…" for name, _ in names.most_common(_MOST_NAMED)]
    more = len(names) - len(few)
    articles = len({one.article for one in places})
    if lang == "zh":
        said = "、".join(few) + (f"等{len(names)}家" if more else "")
        lines = [f"来源：{said}；共{articles}篇文章" if few else "来源：由其他数据推算"]
        made = [f"cbec-kg 版本{build}" if build else "cbec-kg", f"截至{asked.as_of}" if asked.as_of else ""]
    else:
        said = ", ".join(few) + (f" and {more} more" if more else "")
        lines = [
            f"Source: {said}; {articles} article{'s' if articles != 1 else ''}"
            if few
            else "Source: derived from other figures"
        ]
        made = [f"cbec-kg, build {build}" if build else "cbec-kg", f"as of {asked.as_of}" if asked.as_of else ""]
    return [*lines, " · ".join([*filter(None, made), VOCAB + asked.indicator])]
