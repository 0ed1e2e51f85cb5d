"""What the first page tells of a graph: how much there is, the latest figures, what was found, what changed last.

>>> from cbec_kg.store.embedded import MemoryStore
>>> told = home_told(OpenGraph(MemoryStore()), "en")
>>> told["counts"]["claims"], told["bars"], told["findings"], told["articles"]
(0, [], {}, [])
"""

import heapq
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from cbec_kg.answer.answer import answer
from cbec_kg.answer.question import Question
from cbec_kg.errors import CbecError
from cbec_kg.namespaces import CBEC, local_name
from cbec_kg.pipeline.history import History
from cbec_kg.query.labels import labels_in_both
from cbec_kg.query.results import Value, to_python
from cbec_kg.query.spell import spell
from cbec_kg.rdf.terms import RDF_TYPE, NamedNode, iri
from cbec_kg.store.base import Store
from cbec_kg.store.embedded import EmbeddedStore
from cbec_kg.store.following import OpenGraph

__all__ = ["home_told"]

_FIGURES, _FINDINGS, _ARTICLES, _YEARS = 8, 5, 5, 12
_COUNTED = ("Article", "Claim", "Evidence", "Observation", "Series", "Finding", "Entity")
_KINDS = ("Platform", "Company", "GovernmentBody", "Policy", "Initiative", "PilotZone", "DrivingFactor", "Sector")
_FOUND = ("Disagreement", "Revision", "Derivation", "Agreement")
_CHINA = iri("id:china").value
_DRAWN = "cbec-trade-value"
"""The indicator whose years are drawn."""


def home_told(graph: OpenGraph, lang: str) -> dict[str, Any]:
    """``counts``, ``kinds``, ``figures``, ``bars``, ``findings``, ``articles``; made once for a graph."""
    both: dict[str, dict[str, Any]] = graph.made_of(_both)
    return both[lang]


def _both(store: Store) -> dict[str, dict[str, Any]]:
    counts = {f"{cls.lower()}s".replace("entitys", "entities").replace("seriess", "series"): 0 for cls in _COUNTED}
    by_class = _by_class(store)
    counts = dict(zip(counts, (by_class.get(CBEC + cls, 0) for cls in _COUNTED), strict=True))
    counts["indicators"] = len({row["i"] for row in _rows(store, f"SELECT DISTINCT ?i {{ ?p {_c('indicator')} ?i }}")})
    figures, found, bars, articles = _figures(store), _findings(store), _bars(store), _articles(store)
    named = [row["claim"] for row in figures] + [one for some in found.values() for one in some[1]]
    labels = labels_in_both(store, named)
    kinds = [(cls, by_class[CBEC + cls]) for cls in _KINDS if by_class.get(CBEC + cls)]
    titles = _titles(store, [name for name, *_ in articles])
    return {
        lang: {
            "counts": counts,
            "kinds": kinds,
            "figures": [row | {"label": _named(labels, row["claim"], lang)} for row in figures],
            "bars": bars,
            "findings": {
                kind: (total, [(one, _named(labels, one, lang)) for one in some])
                for kind, (total, some) in found.items()
            },
            "articles": [
                {
                    "iri": iri(f"art:{name}").value,
                    "name": name,
                    "title": titles.get(name, ("", ""))[0],
                    "at": at,
                    "kind": kind,
                    "lang": titles.get(name, ("", ""))[1],
                }
                for name, at, kind in articles
            ],
        }
        for lang in ("en", "zh")
    }


def _named(labels: dict[str, dict[str, str]], thing: str, lang: str) -> str:
    known = labels.get(thing, {})
    return known.get(lang) or next(iter(known.values()), local_name(thing))


def _by_class(store: Store) -> dict[str, int]:
    rows = _rows(store, f"SELECT ?c (COUNT(DISTINCT ?s) AS ?n) {{ ?s {spell(RDF_TYPE)} ?c }} GROUP BY ?c")
    return {str(row["c"]): int(str(row["n"])) for row in rows}


def _figures(store: Store) -> list[dict[str, Any]]:
    """Claims of what came to be: of each indicator the one for its last period; those of the country first."""
    last: dict[str, dict[str, Any]] = {}
    for row in _rows(
        store,
        f"SELECT ?indicator ?entity ?claim ?ends ?starts {{ ?point {_c('indicator')} ?indicator ; "
        f"{_c('levelClaim')} ?claim ; {_c('period')} ?period ; {_c('measuredEntity')} ?entity . "
        f"?period {_c('endsBefore')} ?ends ; {_c('startsAt')} ?starts . ?claim {_c('status')} ?status "
        f"FILTER(?status NOT IN ({spell(iri('voc:status-target'))}, {spell(iri('voc:status-forecast'))})) }}",
    ):
        # Of periods that end together the longest tells most: the year before its last month.
        told = {"claim": str(row["claim"]), "indicator": str(row["indicator"]), "ends": str(row["ends"])[:10]}
        key = (str(row["entity"]) == _CHINA, str(row["ends"]), _last(str(row["starts"])), told["claim"])
        if told["indicator"] not in last or key > last[told["indicator"]]["key"]:
            last[told["indicator"]] = told | {"key": key}
    latest = sorted(last.values(), key=lambda told: told["key"], reverse=True)
    return [{key: value for key, value in told.items() if key != "key"} for told in latest[:_FIGURES]]


def _last(day: str) -> str:
    """Earlier days sort last."""
    return "".join(chr(ord("9") - ord(char) + ord("0")) if char.isdigit() else char for char in day)


def _findings(store: Store) -> dict[str, tuple[int, list[str]]]:
    """Of each kind how many there are, and a few; conflicts first."""
    found = {}
    for kind in _FOUND:
        rows = _rows(store, f"SELECT DISTINCT ?f {{ ?f {spell(RDF_TYPE)} {_c(kind)} }}")
        some = sorted(str(row["f"]) for row in rows)
        if some:
            found[kind] = (len(some), some[: _FINDINGS if kind == "Disagreement" else 2])
    return found


def _bars(store: Store) -> list[dict[str, Any]]:
    """Years of one series from its first figure to its last, each as `answer` types it."""
    levels = list(
        _rows(
            store,
            f"SELECT ?series ?entity ?flow ?scope ?year {{ ?point {_c('indicator')} {spell(iri('voc:' + _DRAWN))} ; "
            f"{_c('inSeries')} ?series ; {_c('levelClaim')} ?claim ; {_c('measuredEntity')} ?entity ; "
            f"{_c('flow')} ?flow ; {_c('scope')} ?scope ; {_c('period')} ?period . ?period {_c('code')} ?year }}",
        )
    )
    by_series: dict[str, list[dict[str, Value]]] = {}
    for row in levels:
        if len(str(row["year"])) == 4 and str(row["series"]).find("_all_all_total_") > 0:
            by_series.setdefault(str(row["series"]), []).append(row)
    if not by_series:
        return []
    rows = max(by_series.values(), key=lambda some: (max(str(row["year"]) for row in some), len(some)))
    years = sorted({int(str(row["year"])) for row in rows})
    asked = {
        "entity": local_name(str(rows[0]["entity"])),
        "flow": local_name(str(rows[0]["flow"])).removeprefix("flow-"),
        "scope": local_name(str(rows[0]["scope"])).removeprefix("scope-"),
    }
    bars = []
    for year in range(max(years[0], years[-1] - _YEARS + 1), years[-1] + 1):
        try:
            found = answer(store, Question(_DRAWN, period=str(year), **asked))
        except CbecError:
            return []
        bounds = found.interval
        bars.append(
            {
                "year": year,
                "type": found.type,
                "value": found.value,
                "lower": bounds.lower if bounds else None,
                "upper": bounds.upper if bounds else None,
                "unit": found.unit,
            }
        )
    return bars if any(isinstance(bar["value"], Decimal) for bar in bars) else []


def _articles(store: Store) -> list[tuple[str, str, str]]:
    """Articles whose statements changed last: id, second, and whether one ``came``, was ``changed`` or ``went``."""
    if not isinstance(store, EmbeddedStore):
        return []
    history = History(store.folder)
    files = [(path.stat().st_mtime, path.stem) for path in history.folder.glob("*.jsonl")]
    told = []
    for _, name in heapq.nlargest(_ARTICLES, files):
        versions = history.versions(name)
        if versions:
            last = versions[-1]
            kind = "went" if last.text == "null" else "came" if len(versions) == 1 else "changed"
            told.append((name, last.made.at, kind))
    return sorted(told, key=lambda one: (one[1], one[0]), reverse=True)


def _titles(store: Store, names: list[str]) -> dict[str, tuple[str, str]]:
    """Titles with their languages, by article."""
    values = " ".join(spell(iri(f"art:{name}")) for name in names)
    rows = _rows(store, f"SELECT ?a ?t ?l {{ VALUES ?a {{ {values} }} ?a {_c('title')} ?t ; {_c('language')} ?l }}")
    return {local_name(str(row["a"])): (str(row["t"]), str(row["l"])) for row in rows}


def _rows(store: Store, query: str) -> Iterator[dict[str, Value]]:
    found = store.select(query)
    return (dict(zip(found.variables, map(to_python, row), strict=True)) for row in found.rows)


def _c(name: str) -> str:
    return spell(NamedNode(CBEC + name))
