"""Which saved queries, rules, shapes, alignments and data files name a term.

>>> sorted(names('PREFIX x: <https://w3id.org/cbec-kg/ontology#> SELECT * { ?s x:unit "cbec:value" } # cbec:rank'))
['https://w3id.org/cbec-kg/ontology#unit']
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from cbec_kg.errors import OntologyError
from cbec_kg.namespaces import PREFIXES, SHAPES, compact
from cbec_kg.rdf.formats import FORMATS
from cbec_kg.rdf.parse import parse_file
from cbec_kg.rdf.terms import BlankNode, Literal, NamedNode, Triple

__all__ = ["USERS", "Uses", "find_uses", "names"]

Uses = Mapping[str, tuple[str, ...]]
"""Names of those that use a term, by what they are."""
USERS = ("queries", "rules", "shapes", "alignments", "data")

_DECLARED = re.compile(r"(?i)\bPREFIX\s+([\w.-]*):\s*<([^<>\s]*)>")
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|' + r"'''(?:[^'\\]|\\.|'(?!''))*'''|"
    r'"(?:[^"\\\n]|\\.)*"|' + r"'(?:[^'\\\n]|\\.)*'|"
    r"<(?P<iri>[^<>\s\"{}|^`\\]*)>|(?P<header>^#\+[^\n]*)|#[^\n]*|"
    r"(?P<prefix>[A-Za-z][\w.-]*)?:(?P<local>[A-Za-z0-9_](?:[\w.-]*[\w-])?)",
    re.MULTILINE,
)
_IN_HEADER = re.compile(r"(?P<prefix>[a-z]+):(?P<local>[A-Za-z0-9_-]+)")


def names(text: str) -> set[str]:
    """IRIs that the text of a SPARQL query or update names: in full or by a prefix, in its ``#+`` header too.

    Prefixes are those that the text declares, else the project's. Texts in quotes and comments name nothing.
    """
    prefixes = {**PREFIXES, **dict(_DECLARED.findall(text))}
    found: set[str] = set()
    for match in _TOKEN.finditer(_DECLARED.sub("", text)):
        if match["iri"]:
            found.add(match["iri"])
        elif match["header"]:
            pairs = (one.group("prefix", "local") for one in _IN_HEADER.finditer(match["header"]))
            found |= {PREFIXES[prefix] + local for prefix, local in pairs if prefix in PREFIXES}
        elif match["local"] and (match["prefix"] or "") in prefixes:
            found.add(prefixes[match["prefix"] or ""] + match["local"])
    return found


def find_uses(terms: Iterable[str], resources: Path, others: Iterable[Path] = ()) -> dict[str, Uses]:
    """Who uses each term: in the queries, ontology and data of a resources folder, and in folders of one's own.

    Of ``others``, ``.rq`` and ``.ru`` files are queries, RDF files data, both by their path. Raises `OntologyError` for
    a folder that is not there, `ParseError` for a file that cannot be read.
    """
    wanted = set(terms)
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for user, name, iris in _users(resources, others):
        for iri in iris & wanted:
            found[iri][user].add(name)
    return {
        iri: {user: tuple(sorted(by_user[user])) for user in USERS if user in by_user}
        for iri, by_user in sorted(found.items())
    }


def _users(resources: Path, others: Iterable[Path]) -> Iterator[tuple[str, str, set[str]]]:
    """What uses terms: its kind, its name, and the IRIs that it names."""
    queries, ontology = resources / "queries", resources / "ontology"
    for path in sorted(queries.rglob("*.rq")):
        yield "queries", path.relative_to(queries).with_suffix("").as_posix(), names(path.read_text("utf-8"))
    for path in sorted(ontology.rglob("*.rq")):
        yield "rules", path.relative_to(resources).as_posix(), names(path.read_text("utf-8"))
    for path in sorted((ontology / "shapes").glob("*.ttl")):
        yield from (("shapes", name, iris) for name, iris in _shapes(list(parse_file(path))))
    for path in sorted((ontology / "alignments").glob("*.ttl")):
        yield "alignments", path.relative_to(resources).as_posix(), _iris(parse_file(path))
    for path in sorted((resources / "data").rglob("*.ttl")):
        yield "data", path.relative_to(resources).as_posix(), _iris(parse_file(path))
    suffixes = {suffix for known in FORMATS.values() for suffix in known.suffixes}
    for folder in others:
        if not folder.is_dir():
            raise OntologyError(f"{folder}: no such folder", fix="name a folder of queries or data")
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            if path.suffix in (".rq", ".ru"):
                yield "queries", path.as_posix(), names(path.read_text("utf-8"))
            elif path.suffix in suffixes:
                yield "data", path.as_posix(), _iris(parse_file(path))


def _iris(triples: Iterable[Triple]) -> set[str]:
    return {
        term.value
        for triple in triples
        for term in (triple.subject, triple.predicate, triple.object)
        if isinstance(term, NamedNode)
    }


def _shapes(triples: list[Triple]) -> Iterator[tuple[str, set[str]]]:
    """Each named shape of a file with the IRIs that it names, over blank nodes and in the text of its queries."""
    about: dict[object, list[Triple]] = defaultdict(list)
    for triple in triples:
        about[triple.subject].append(triple)
    for subject in about:
        if not isinstance(subject, NamedNode) or not subject.value.startswith(SHAPES):
            continue
        iris: set[str] = set()
        waiting: list[object] = [subject]
        seen: set[object] = set()
        while waiting:
            node = waiting.pop()
            if node in seen:
                continue
            seen.add(node)
            for triple in about.get(node, ()):
                iris.add(triple.predicate.value)
                if isinstance(triple.object, BlankNode):
                    waiting.append(triple.object)
                elif isinstance(triple.object, NamedNode):
                    iris.add(triple.object.value)
                elif isinstance(triple.object, Literal) and _is_query(triple):
                    iris |= names(triple.object.value)
        yield compact(subject.value), iris


def _is_query(triple: Triple) -> bool:
    return compact(triple.predicate.value) in ("sh:select", "sh:ask", "sh:construct", "sh:update")
