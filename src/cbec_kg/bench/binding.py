r"""Hostile values for every parameter of every saved query: each is refused, or proved to be nothing but a value.

A bound query is proved by two parsers that know nothing of each other. rdflib must find the algebra of the query as it
was saved, with exactly the given terms in the braces of this parameter and the old ones in all others. Oxigraph must
read the query with the same columns, and each marked line, asked alone, must give back the very terms.

>>> attempt(PROBE, PROBE.params[0], 'x" } #= word', refuse_names).outcome
'bound'
>>> attempt(PROBE, PROBE.params[0], "\\u0022", refuse_names).outcome
'refused'
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random

from cbec_kg.bench.hostile import HOSTILE, drawn
from cbec_kg.bench.section import Column, Section, Value
from cbec_kg.bench.structure import Structure, structure
from cbec_kg.errors import BadParameter
from cbec_kg.query.bind import bind
from cbec_kg.query.convert import Resolve, refuse_names, to_terms, written_iri
from cbec_kg.query.header import parse_saved
from cbec_kg.query.markers import markers
from cbec_kg.query.resolve import Resolver
from cbec_kg.query.said import said
from cbec_kg.query.saved import Param, SavedQuery
from cbec_kg.rdf.terms import NamedNode, Term
from cbec_kg.store.base import Store
from cbec_kg.store.embedded import MemoryStore

__all__ = ["PROBE", "Attempt", "any_iri", "attempt", "binding", "escapes"]

_MOST_SAID = 600
_COLUMNS = (
    Column("type", "type of parameter"), Column("parameters", "parameters", ",d"), Column("values", "values", ",d"),
    Column("pairs", "pairs", ",d"), Column("refused", "refused", ",d"), Column("bound", "bound", ",d"),
    Column("escaped", "escaped", ",d"),
)  # fmt: skip
_NOTES = (
    "Refused is an error of one line that names the parameter; bound is proved by two parsers to be the saved query",
    "with these terms. Things are tried as IRIs, whatever they name, and each value once as a name in the graph.",
    "The probe is a query with a parameter of every type, for those that no saved query has.",
)
PROBE = parse_saved(
    """\
#+ summary: Probe
#+ params:
#+   word: {type: string, default: "} #= word", many: true, label: {en: Word, zh: 词}}
#+   other: {type: string, default: "x", label: {en: Other, zh: 他}}
#+   thing: {type: iri, default: "id:shein", many: true, label: {en: Thing, zh: 物}}
#+   whole: {type: integer, default: "1", many: true, label: {en: Whole, zh: 整}}
#+   number: {type: decimal, default: "1.5", many: true, label: {en: Number, zh: 数}}
#+   day: {type: date, default: "2021-01-14", many: true, label: {en: Day, zh: 日}}
#+   period: {type: period, default: "2022", many: true, label: {en: Period, zh: 期}}
#+   lang: {type: lang, default: en, label: {en: Language, zh: 语}}
#+   truth: {type: boolean, default: "true", label: {en: Truth, zh: 真}}
#+ columns: {word: string, thing: iri, s: iri}
PREFIX id: <https://w3id.org/cbec-kg/id/>
PREFIX period: <https://w3id.org/cbec-kg/period/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT ?word ?thing ?s WHERE {
  VALUES ?word { "} #= word" }  #= word
  VALUES ?other { "x" } #= other
  VALUES ?thing { id:shein }  #= thing
  VALUES ?whole { 1 }  #= whole
  VALUES ?number { 1.5 }  #= number
  VALUES ?day { "2021-01-14T00:00:00"^^xsd:dateTime }  #= day
  VALUES ?period { period:2022 }  #= period
  VALUES ?lang { "en" }  #= lang
  VALUES ?truth { true }  #= truth
  { SELECT ?again {
    VALUES ?again { "} #= word" }  #= word
  } }
  ?s ?p ?o . FILTER(?word = ?again && ?o != ?other)
} ORDER BY ?word ?thing ?s
""",
    "probe/types",
    Path("probe.rq"),
)


@dataclass(frozen=True, slots=True)
class Attempt:
    """What became of a value: ``refused``, ``bound``, or ``escaped`` with ``why``."""

    query: str
    param: str
    value: object
    outcome: str
    why: str = ""

    def line(self) -> str:
        """The attempt in one line."""
        return f"{self.query} {self.param}={said(self.value)}: {self.outcome} {self.why}".rstrip()


def any_iri(param: Param, name: str) -> NamedNode:
    """The most that a resolver may let through: whatever is written like an IRI, be it in the graph or not."""
    return written_iri(name) or refuse_names(param, name)


def attempt(query: SavedQuery, param: Param, value: object, resolve: Resolve) -> Attempt:
    """Bind one value, and prove what comes of it."""
    try:
        terms = to_terms(param, value, resolve)
        text = bind(query, {param.name: terms})
    except BadParameter as error:
        why = _unfit(str(error))
        return Attempt(query.name, param.name, value, "escaped" if why else "refused", why)
    except Exception as error:  # whatever else it is, the user would see a traceback
        return Attempt(query.name, param.name, value, "escaped", f"{type(error).__name__}: {error}"[:200])
    why = _fault(query.name, query.text, text, param.name, terms)
    return Attempt(query.name, param.name, value, "escaped" if why else "bound", why)


def _unfit(message: str) -> str:
    """What is wrong with an error for people: more than a line, or more than anybody reads."""
    if any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") for char in message):
        return f"the error holds control characters: {message!r}"[:200]
    return f"the error has {len(message):,} characters" if len(message) > _MOST_SAID else ""


@lru_cache(maxsize=4096)
def _fault(name: str, saved: str, text: str, param: str, terms: tuple[Term | None, ...]) -> str:
    """What is wrong with a bound text; empty where nothing is."""
    marked: dict[str, set[str]] = defaultdict(set)
    for marker in markers(saved):
        marked[marker.name].add(marker.variable)
    variables = frozenset().union(*marked.values())
    try:
        before, after = _saved(saved, variables), structure(text, variables)
    except Exception as error:
        return f"rdflib: {type(error).__name__}: {error}"[:200]
    if before.tree != after.tree:
        return "rdflib finds another query"
    expected = tuple((one, terms if one in marked[param] else old) for one, old in before.slots)
    if after.slots != expected:
        return "rdflib finds other terms"
    return _oxigraph_fault(saved, text, param, terms)


@lru_cache(maxsize=256)
def _saved(text: str, variables: frozenset[str]) -> Structure:
    return structure(text, variables)


def _oxigraph_fault(saved: str, text: str, param: str, terms: tuple[Term | None, ...]) -> str:
    store = MemoryStore()
    before, after = saved.split("\n"), text.split("\n")
    lines = [(marker.line - 1, marker.variable) for marker in markers(saved) if marker.name == param]
    changed = {place for place, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]}
    if len(before) != len(after) or not changed <= {place for place, _ in lines}:
        return "other lines changed than those of the parameter"
    try:
        if store.select(text).variables != store.select(saved).variables:
            return "Oxigraph finds other columns"
        for place, variable in lines:
            rows = store.select(f"SELECT ?{variable} {{\n{after[place]}\n}}").rows
            if tuple(term for (term,) in rows) != terms:
                return "Oxigraph gives back other terms"
    except Exception as error:
        return f"Oxigraph: {type(error).__name__}: {error}"[:200]
    return ""


def binding(
    queries: Iterable[SavedQuery], *, store: Store | None = None, draws: int = 20, seed: int = 0,
    tell: Callable[[str], None] = lambda what: None,
) -> tuple[Section, list[Attempt]]:  # fmt: skip
    """A row for each type of parameter, and the attempts that escaped, which should be none.

    ``draws`` is how many random texts each parameter gets besides the fixed ones; ``store`` the graph whose names are
    looked up for parameters that are things.
    """
    fixed = [value for values in HOSTILE.values() for value in values]
    draw = Random(seed)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    found: list[Attempt] = []

    def note(kind: str, one: Attempt) -> None:
        counts[kind]["pairs"] += 1
        counts[kind][one.outcome] += 1
        if one.outcome == "escaped":
            found.append(one)

    asked = list(queries)
    for query in [*asked, PROBE]:
        tell(f"binding: {query.name}")
        for param in query.params:
            kind = f"{param.type}, of the probe" if query is PROBE else param.type
            counts[kind]["parameters"] += 1
            values = [*fixed, *drawn(draw, draws)]
            counts[kind]["values"] = len(values)
            for value in values:
                note(kind, attempt(query, param, value, any_iri))
    if store is not None and (places := _by_class(asked)):
        tell("binding: names in the graph")
        counts["iri, by name"].update(parameters=len(places), values=len(fixed))
        resolve = Resolver(store)
        for number, value in enumerate(fixed):
            query, param = places[number % len(places)]
            note("iri, by name", attempt(query, param, value, resolve))
    keys = [column.key for column in _COLUMNS[1:]]
    rows: list[dict[str, Value]] = [
        {"type": kind, **{key: counts[kind][key] for key in keys}} for kind in sorted(counts)
    ]
    total = {key: sum(counts[kind][key] for kind in counts) for key in keys}
    total["parameters"] -= counts["iri, by name"]["parameters"]
    total["values"] = len(fixed) + draws
    title = f"Hostile values for every parameter, seed {seed}"
    return Section("binding", title, _COLUMNS, (*rows, {"type": "all", **total}), _NOTES), found


def _by_class(queries: Sequence[SavedQuery]) -> list[tuple[SavedQuery, Param]]:
    """A parameter of each class: whom a name stands for depends on the class alone."""
    found = {param.cls: (query, param) for query in queries for param in query.params if param.type == "iri"}
    return [found[cls] for cls in sorted(found, key=str)]


def escapes(found: Sequence[Attempt], most: int = 5) -> str:
    """The first attempts that escaped, in one line; empty where there are none."""
    return "; ".join(one.line() for one in found[:most])
