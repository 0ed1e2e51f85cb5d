"""What the saved queries are tested with: expected rows for each, and a change of the graph that each must notice.

::

    golden/TOPIC/QUESTION.csv           rows of the query with its defaults, in English
    golden/TOPIC/QUESTION.yaml          further sets of values, `set: {parameter: value}`; `lang` is the language
    golden/TOPIC/QUESTION.SET.csv       rows of such a set

`remove: [s, p, o]` takes away every triple that fits; null stands for anything. `forget: "?it cbec:factor id:covid-19"`
takes away every triple whose subject or object is an `?it` of that pattern. `with: {parameter: value}` names the values
that the query is run with, where its defaults would not notice. IRIs in golden rows are compact.

`graph: revised`, among the values of a set or in a change, is for queries that find nothing in the curated graph: they
are run on that of `revised.py`.
"""

import csv
import io
import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyoxigraph
import yaml
from rdflib.plugins.sparql import prepareQuery

from cbec_kg.namespaces import compact
from cbec_kg.query.catalogue import Catalogue
from cbec_kg.query.convert import refuse_names, to_terms, written_iri
from cbec_kg.query.formats.delimited import plain
from cbec_kg.query.markers import markers
from cbec_kg.query.results import Result, fits
from cbec_kg.query.run import run
from cbec_kg.query.saved import SavedQuery
from cbec_kg.query.spell import spell_all
from cbec_kg.rdf.terms import NamedNode, Quad, Term
from cbec_kg.store.base import Store
from cbec_kg.store.embedded import MemoryStore

__all__ = ["GRAPHS", "Case", "Copy", "Mutation", "Shelf", "answer", "faults", "misfits", "shuffled", "write_golden"]

Rows = list[list[str]]
GRAPHS = ("curated", "revised")


@dataclass(frozen=True)
class Case:
    """One set of values of a query, and the file of its rows."""

    query: str
    set: str
    values: dict[str, Any] = field(hash=False)
    file: Path
    graph: str = "curated"

    def rows(self) -> Rows:
        """Heading and expected rows."""
        with self.file.open(encoding="utf-8", newline="") as lines:
            return list(csv.reader(lines))


@dataclass(frozen=True)
class Mutation:
    """A change of the graph that a query must notice."""

    query: str
    change: dict[str, Any] = field(hash=False)

    @property
    def graph(self) -> str:
        """Name of the graph that is changed."""
        return self.change.get("graph", "curated")

    def quads(self, store: "Copy") -> list[Quad]:
        """What the change takes away."""
        if "remove" in self.change:
            return store.matching(*self.change["remove"])
        found = store.select(f"SELECT DISTINCT ?it {{ {self.change['forget']} }}")
        gone = {quad for (it,) in found.rows for quad in (*store.having(subject=it), *store.having(target=it))}
        return sorted(gone, key=str)


class Shelf:
    """A folder of saved queries with its golden rows and mutations."""

    def __init__(self, queries: Path, golden: Path, mutations: Path) -> None:
        self.catalogue = Catalogue(queries)
        self.golden = golden
        self.names = self.catalogue.names()
        self._mutations: dict[str, list[dict[str, Any]]] = yaml.safe_load(mutations.read_text("utf-8")) or {}

    def cases(self) -> list[Case]:
        """Every set of values of every query."""
        found = []
        for name in self.names:
            found.append(Case(name, "default", {}, self.golden / f"{name}.csv"))
            sets = self.golden / f"{name}.yaml"
            if sets.exists():
                for label, values in yaml.safe_load(sets.read_text("utf-8")).items():
                    values = dict(values)
                    graph = values.pop("graph", "curated")
                    found.append(Case(name, str(label), values, self.golden / f"{name}.{label}.csv", graph))
        return found

    def mutations(self) -> list[Mutation]:
        """Every change that a query must notice."""
        return [Mutation(name, change) for name in self.names for change in self._mutations.get(name, ())]

    def gaps(self) -> list[str]:
        """What is missing or left over; the tests do not even begin while there is any."""
        cases = self.cases()
        known = {case.file for case in cases} | {self.golden / f"{name}.yaml" for name in self.names}
        files = {path for path in self.golden.rglob("*") if path.is_file()}
        return [
            *(f"{path}: no name reaches it; queries lie in TOPIC/QUESTION.rq" for path in self.catalogue.misplaced()),
            *(
                f"{case.query}: no golden rows of {case.set}; write {case.file}"
                for case in cases
                if case.file not in files
            ),
            *(f"{path}: golden rows of no query" for path in sorted(files - known)),
            *(
                f"{name}: no mutation; add one to mutations.yaml"
                for name in self.names
                if not self._mutations.get(name)
            ),
            *(f"mutations.yaml: {name} is no query" for name in sorted(set(self._mutations) - set(self.names))),
            *(
                f"mutations.yaml: {mutation.query} has a change that is neither remove nor forget"
                for mutation in self.mutations()
                if not ({"remove", "forget"} & set(mutation.change))
                or set(mutation.change) - {"remove", "forget", "with", "graph"}
            ),
            *(
                f"{one.query}: {one.graph} is no graph; use one of {', '.join(GRAPHS)}"
                for one in (*cases, *self.mutations())
                if one.graph not in GRAPHS
            ),
        ]


class Copy(MemoryStore):
    """A copy of a graph that can be changed for a while."""

    def having(self, subject: Term | None = None, target: Term | None = None) -> Iterator[Quad]:
        """Quads with that subject or object."""
        return self._store.quads_for_pattern(subject, None, target, None)

    def matching(self, *pattern: str | None) -> list[Quad]:
        """Quads that fit a subject, predicate and object as SPARQL spells them; None fits all."""
        return list(self._store.quads_for_pattern(*(None if part is None else _term(part) for part in pattern), None))

    @contextmanager
    def without(self, quads: list[Quad]) -> Iterator["Copy"]:
        """The same graph lacking some quads, until the block ends."""
        for quad in quads:
            self._store.remove(quad)
        try:
            yield self
        finally:
            self._store.extend(quads)

    @contextmanager
    def beside(self, quads: list[Quad]) -> Iterator["Copy"]:
        """The same graph with some quads that it does not hold, until the block ends."""
        self._store.extend(quads)
        try:
            yield self
        finally:
            for quad in quads:
                self._store.remove(quad)


def _term(written: str) -> Term:
    ((term,),) = MemoryStore().select(f"SELECT ?x {{ VALUES ?x {{ {written} }} }}").rows
    assert term is not None, written
    return term


def shuffled(quads: list[Quad], seed: int) -> MemoryStore:
    """The same graph, loaded in another order."""
    mixed = sorted(quads, key=str)
    random.Random(seed).shuffle(mixed)
    return MemoryStore(mixed)


def answer(query: SavedQuery, values: dict[str, Any], store: Store) -> Result:
    """Rows of a query; `lang` among the values is the language of the whole answer unless it is a parameter."""
    values = dict(values)
    named = {param.name for param in query.params}
    lang = values.pop("lang") if "lang" in values and "lang" not in named else "en"
    return run(query, values, store, lang=lang).kept()


def written(result: Result) -> Rows:
    """A result as golden files have it."""
    head = [column.name for column in result.columns]
    return [
        head,
        *([compact(term.value) if isinstance(term, NamedNode) else plain(term) for term in row] for row in result.rows),
    ]


def write_golden(case: Case, result: Result) -> None:
    """Write the rows of a case."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(written(result))
    case.file.parent.mkdir(parents=True, exist_ok=True)
    case.file.write_text(text.getvalue(), "utf-8")


def misfits(query: SavedQuery, result: Result) -> list[str]:
    """Cells whose term is not of the type that the header gives to their column."""
    return [
        f"row {number}, {column.name}: {term} is no {column.type}"
        for number, row in enumerate(result.rows, start=1)
        for column, term in zip(query.columns, row, strict=True)
        if not fits(term, column.type)
    ]


def faults(query: SavedQuery) -> list[str]:
    """What keeps a query from running as it stands on every SPARQL 1.1 endpoint, or from being read by everybody."""
    found = []
    if not query.summary.zh:
        found.append("no Chinese summary: write `#+ zh: {summary: ...}`")
    if not query.description.en or not query.description.zh:
        found.append("no description in both languages")
    for name, run_it in (
        ("rdflib", prepareQuery),
        ("Oxigraph without the project's prefixes", pyoxigraph.Store().query),
    ):
        try:
            run_it(query.text)
        except Exception as error:
            found.append(f"{name} cannot read it: {error}")
    if found and "cannot read it" in found[-1]:
        return found
    names = tuple(variable.value for variable in pyoxigraph.Store().query(query.text).variables)
    if names != tuple(column.name for column in query.columns):
        found.append(
            f"the SELECT has {' '.join(names)}, the header has {' '.join(column.name for column in query.columns)}"
        )
    bare = _bare(query.text)
    if not re.search(r"(?<![?$:\w])ORDER\s+BY\b", bare, re.IGNORECASE):
        found.append("no ORDER BY")
    if other := re.search(r"(?<![?$:\w])(GRAPH|FROM|SERVICE)\b(?!:)", bare, re.IGNORECASE):
        found.append(f"{other[0]}: saved queries read the default graph only")
    return found + _other_defaults(query)


def _bare(text: str) -> str:
    """The query without comments, texts and IRIs."""
    return re.sub(r"""#[^\n]*|<[^<>"{}|^`\\\s]*>|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'""", " ", text)


def _other_defaults(query: SavedQuery) -> list[str]:
    """Parameters whose default is another in the header than in the text."""
    prologue = "\n".join(re.findall(r"(?im)^\s*(?:PREFIX|BASE)\b.*$", query.text))
    params = {param.name: param for param in query.params}
    found = []
    for marker in markers(query.text):
        param = params[marker.name]
        here = pyoxigraph.Store().query(f"{prologue}\nSELECT ?x {{ VALUES ?x {{ {marker.terms} }} }}")
        in_text = {row["x"] for row in here}
        if param.required and not param.default:
            continue
        in_header = set(
            to_terms(param, param.default or None, lambda param, name: written_iri(name) or refuse_names(param, name))
        )
        if in_text != in_header:
            found.append(f"line {marker.line}: the header's default of {param.name} is {spell_all(tuple(in_header))}")
    return found
