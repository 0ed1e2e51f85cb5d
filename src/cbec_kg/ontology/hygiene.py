"""Rules of hygiene: what must not be found in an ontology. One SPARQL query is one rule, its rows are violations.

>>> from cbec_kg.rdf.terms import Triple, iri
>>> rule = parse_rule("class-cycle", '''#+ summary: No class is below itself
... #+ fix: remove one of the subclass axioms
... PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
... SELECT ?term WHERE { ?term rdfs:subClassOf+ ?term }''')
>>> hen, below = iri("cbec:Hen"), iri("rdfs:subClassOf")
>>> [found.row for found in violations(store_of([Triple(hen, below, hen)]), rule)]
[('cbec:Hen',)]
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

from cbec_kg.errors import OntologyError
from cbec_kg.namespaces import CBEC, compact
from cbec_kg.rdf.terms import Literal, NamedNode, Quad, Triple

__all__ = ["Rule", "Violation", "parse_rule", "read_rules", "store_of", "violations"]

_HEADER = re.compile(r"^#\+ (\w+): (.+)$", re.M)
_ASKS_OTHERS = re.compile(r"(?<![:\w])SERVICE(?!\w)", re.I)
_ESCAPED = re.compile(r"\\u(?:0{4})?00([0-7][0-9a-f])", re.I)
_SELECTS_TERM = re.compile(r"SELECT (DISTINCT )?\?term\b")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by its name: what must hold, what to do where it does not, and the query that finds where."""

    name: str
    summary: str
    fix: str
    text: str


@dataclass(frozen=True, slots=True)
class Violation:
    """One row of a rule: the IRI of the term at fault (its text where it is none), and all columns as short as can be.

    ``row[0]`` is the term.
    """

    rule: Rule
    term: str
    row: tuple[str, ...]


def parse_rule(name: str, text: str) -> Rule:
    """Rule of a query's text; raises `OntologyError` where the header or the column ``?term`` is missing.

    One that asks a server by ``SERVICE`` is refused: nothing comes from the web.
    """
    said = dict(_HEADER.findall(text))
    for key in ("summary", "fix"):
        if key not in said:
            raise OntologyError(f"the rule {name} has no {key}", fix=f"begin it with `#+ {key}: ...`")
    if not _SELECTS_TERM.search(text):
        raise OntologyError(f"the rule {name} does not begin its columns with ?term", fix="SELECT ?term first")
    # SPARQL reads the code of a character as the character, before all else.
    asked = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), _HEADER.sub("", text))
    if _ASKS_OTHERS.search(asked):
        raise OntologyError(f"the rule {name} asks another server, and rules are of the files", fix="leave out SERVICE")
    return Rule(name, said["summary"], said["fix"], text)


def read_rules(*folders: Path) -> list[Rule]:
    """Rules of the files ``*.rq`` in some folders by name; a later folder's rule stands for an earlier one's."""
    files = {path.stem: path for folder in folders for path in sorted(folder.glob("*.rq"))}
    return [parse_rule(name, path.read_text("utf-8")) for name, path in sorted(files.items())]


def store_of(triples: Iterable[Triple]) -> pyoxigraph.Store:
    """A store in memory that rules are asked of."""
    store = pyoxigraph.Store()
    store.bulk_extend(Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    return store


def violations(store: pyoxigraph.Store, rule: Rule, namespaces: Iterable[str] = (CBEC,)) -> list[Violation]:
    """What breaks a rule, in the order of the query.

    A rule that speaks of the terms of this ontology by their namespace is asked for each of ``namespaces`` in turn, so
    that an ontology with a namespace of its own is held to the same rules. Raises `OntologyError` for a rule that is no
    SPARQL query.
    """
    found: dict[tuple[str, ...], Violation] = {}
    texts = dict.fromkeys(rule.text.replace(CBEC, namespace) for namespace in namespaces)
    for text in texts:
        try:
            rows = store.query(text)
        except SyntaxError as error:
            raise OntologyError(f"the rule {rule.name} is no SPARQL query: {error}") from None
        if not isinstance(rows, pyoxigraph.QuerySolutions):
            raise OntologyError(f"the rule {rule.name} is no SELECT query")
        for solution in rows:
            cells = tuple(solution)
            row = tuple("" if cell is None else _short(cell) for cell in cells)
            term = cells[0].value if isinstance(cells[0], NamedNode) else row[0]
            found.setdefault(row, Violation(rule, term, row))
    return list(found.values())


def _short(term: object) -> str:
    if isinstance(term, NamedNode):
        return compact(term.value)
    return term.value if isinstance(term, Literal) and not term.language else str(term)
