"""The indicators of which the graph has figures: how many, until when, and how the longest line of each goes.

>>> from cbec_kg.store.embedded import MemoryStore
>>> indicators(OpenGraph(MemoryStore()), "en")
[]
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from cbec_kg.errors import RowError
from cbec_kg.model.period import Period, parse
from cbec_kg.namespaces import PERIOD, PREFIXES, local_name
from cbec_kg.query.labels import labels_of
from cbec_kg.rdf.terms import Literal, NamedNode, Term
from cbec_kg.store.base import Store
from cbec_kg.store.following import OpenGraph
from cbec_kg.web.work.charts.timeline import place
from cbec_kg.web.work.indicator.wording import Wording

__all__ = ["Listed", "indicators"]

_HEAD = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in ("cbec", "skos", "voc"))
_COUNTS = """SELECT ?indicator (COUNT(DISTINCT ?claim) AS ?claims) (COUNT(DISTINCT ?finding) AS ?findings) WHERE {
  { ?obs a cbec:Observation ; cbec:indicator ?indicator . ?claim cbec:observation ?obs ; cbec:evidence ?evidence }
  UNION { ?finding a cbec:Derivation ; cbec:indicator ?indicator }
} GROUP BY ?indicator"""
_LEVELS = """SELECT ?indicator ?series ?period ?level ?unit ?status WHERE {
  ?obs a cbec:Observation ; cbec:indicator ?indicator ; cbec:inSeries ?series ; cbec:period ?period
  OPTIONAL { ?obs cbec:level ?level ; cbec:unit/skos:notation ?unit ; cbec:levelStatus/skos:notation ?status }
  FILTER EXISTS { ?claim cbec:observation ?obs ; cbec:evidence ?evidence }
}"""
_FIRM = ("reported", "preliminary", "revised", "estimate")


@dataclass(frozen=True, slots=True)
class Listed:
    """An indicator: its IRI and label, how many ``claims`` and derived values there are, the last period with a claim.

    ``path`` are the points of its longest line of chosen levels, each from 0 to 100 across and up, where there are two.
    """

    iri: str
    label: str
    claims: int
    derived: int
    last: str = ""
    path: tuple[tuple[float, float], ...] = ()


def indicators(graph: OpenGraph, lang: str) -> list[Listed]:
    """Indicators with figures, those with most claims first."""
    store = graph.store()
    counts = {}
    for indicator, claims, findings in store.select(_HEAD + _COUNTS).rows:
        if isinstance(indicator, NamedNode):
            counts[indicator.value] = (_whole(claims), _whole(findings))
    labels = labels_of(store, list(counts), lang)
    ends, lines = _read(store)
    words = Wording(lang, {})
    found = [
        Listed(
            iri, labels.get(iri, local_name(iri)), claims, derived,
            words.period(ends[iri][1]) if iri in ends else "", _path(lines.get(iri, {})),
        )
        for iri, (claims, derived) in counts.items()
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one.claims, -one.derived, one.label))


Lines = dict[str, dict[str, dict[str, float]]]


def _read(store: Store) -> tuple[dict[str, tuple[date, str]], Lines]:
    """The last period of each indicator, and by indicator and series the firm levels of periods."""
    ends: dict[str, tuple[date, str]] = {}
    lines: Lines = defaultdict(lambda: defaultdict(dict))
    for indicator, series, period, level, unit, status in store.select(_HEAD + _LEVELS).rows:
        if not (isinstance(indicator, NamedNode) and isinstance(period, NamedNode) and isinstance(series, NamedNode)):
            continue
        name = period.value.removeprefix(PERIOD)
        closed = _closed(name)
        if closed is None or closed.end is None:
            continue
        ends[indicator.value] = max(ends.get(indicator.value, (date.min, "")), (closed.end, name))
        if isinstance(level, Literal) and isinstance(status, Literal) and status.value in _FIRM:
            of = f"{series.value} {unit.value if isinstance(unit, Literal) else ''} {closed.granularity}"
            lines[indicator.value][of][name] = float(level.value)
    return ends, lines


def _path(lines: dict[str, dict[str, float]]) -> tuple[tuple[float, float], ...]:
    """The longest line, its values between 0 and the largest."""
    longest = max((lines[name] for name in sorted(lines)), key=len, default={})
    points = sorted((sum(span) / 2, value) for name, value in longest.items() if (span := place(name)))
    if len(points) < 2:
        return ()
    first, across = points[0][0], points[-1][0] - points[0][0]
    low = min(0.0, *(value for _, value in points))
    up = max(value for _, value in points) - low or 1.0
    return tuple((round((at - first) / across * 100, 1), round((value - low) / up * 100, 1)) for at, value in points)


def _closed(name: str) -> Period | None:
    try:
        return None if name.startswith("open") else parse(name)
    except RowError:
        return None


def _whole(term: Term | None) -> int:
    return int(term.value) if isinstance(term, Literal) else 0
