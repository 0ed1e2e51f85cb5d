"""Every gate of quality that an ontology must pass, for this one and for a user's own.

>>> from cbec_kg import paths
>>> gates = check(paths.ontology() / "ontology.ttl", logic_too=False)
>>> [gate.name for gate in gates if gate.result == "ok"]
['syntax', 'imports', 'reused terms', 'hygiene']
"""

import importlib.util
import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cbec_kg import paths
from cbec_kg.errors import ParseError
from cbec_kg.namespaces import BASE, CBEC, compact, expand
from cbec_kg.ontology import hygiene, logic, reused
from cbec_kg.ontology.axioms import count_axioms
from cbec_kg.ontology.closure import Read, find_root, read_closure, shown
from cbec_kg.ontology.gate import Gate, Problem
from cbec_kg.rdf.formats import by_suffix
from cbec_kg.rdf.terms import Literal, NamedNode, Triple

__all__ = ["check", "find_logic"]

_NAMESPACE, _TYPE = expand("vann:preferredNamespaceUri"), expand("rdf:type")
_NO_RDFLIB = "rdflib is not installed: pip install 'cbec-kg[ontology]'"
_KINDS = {
    "individuals": "owl:NamedIndividual",
    "classes": "owl:Class",
    "object properties": "owl:ObjectProperty",
    "data properties": "owl:DatatypeProperty",
    "annotation properties": "owl:AnnotationProperty",
}
_LOGIC = ("counts", "OWL 2 DL", "OWL 2 RL", "consistency", "empty classes")


def check(path: Path, *, catalog: Path | None = None, logic_too: bool = True) -> list[Gate]:
    """Gates of the ontology in a file or folder, each once, in the order in which they build on one another.

    Imports are found through ``catalog``, else the ``catalog-v001.xml`` beside the file; nothing comes from the web.
    Rules of hygiene are ours, and those in a folder ``hygiene`` beside the file. Raises `CbecError` for what cannot be
    looked at: no such file, a catalog that is none, a rule that is no query.
    """
    root = find_root(path)
    read = read_closure(root, catalog)
    if read.broken or read.wrong:
        why = "the files must be readable and complete first"
        later = ["reused terms", "hygiene", *(_LOGIC if logic_too else ())]
        return [_syntax(read), _imports(read), *(Gate(name, left_out=why) for name in later)]
    lacking = logic.missing()
    if not logic_too or lacking:
        gates = [_syntax(read), _imports(read), _reused(read), _hygiene(read, _rule_folders(root))]
        why = f"not installed: {', '.join(lacking)}: {logic.INSTALL}"
        return [*gates, *(Gate(name, left_out=why) for name in _LOGIC if logic_too)]
    with logic.reading([logic.Closure(tuple(read.files), read.known)]) as reading:
        gates = [_syntax(read), _imports(read), _reused(read), _hygiene(read, _rule_folders(root))]
        (said,) = reading.answers()
    return [*gates, *find_logic(read, said)]


def _rule_folders(root: Path) -> list[Path]:
    """Our rules, and those beside a file, of which one with the name of one of ours stands for it."""
    return list(dict.fromkeys([paths.ontology() / "hygiene", root.resolve().parent / "hygiene"]))


def _syntax(read: Read) -> Gate:
    count = sum(map(len, read.triples.values()))
    problems = [Problem(error.problem, _position(error), _read_as(error)) for error in read.broken]
    counts = {"files": len(read.triples), "triples": count}
    told = f"{_number(len(read.triples), 'file')}, {_number(count, 'triple')}"
    if importlib.util.find_spec("rdflib") is None:
        return Gate("syntax", f"{told}; not compared: {_NO_RDFLIB}", problems, counts=counts)
    for path, triples in read.triples.items():
        problems += _by_rdflib(path, set(triples))
    return Gate("syntax", told if problems else f"{told}, as rdflib counts them", problems, counts=counts)


def _position(error: ParseError) -> str:
    """``file:line:column`` of a syntax error, as far as they are known."""
    return ":".join(str(part) for part in (shown(Path(error.path)), error.line, error.column) if part)


def _read_as(error: ParseError) -> str:
    """Where no line is told, how the file was read: a suffix may promise what it is not."""
    return "" if error.line else f"its name says that it is {by_suffix(Path(error.path).suffix).label}"


def _by_rdflib(path: Path, triples: set[Triple]) -> Iterator[Problem]:
    """What rdflib makes of a file otherwise: another number of triples, literals that are not of their datatype."""
    import rdflib

    with _quiet():
        graph = rdflib.Graph()
        try:
            graph.parse(str(path), format="xml" if path.suffix in (".owl", ".rdf") else "turtle")
        except Exception as error:  # its parsers raise whatever they meet
            yield Problem(f"rdflib refuses it: {' '.join(str(error).split())[:200]}", shown(path))
            return
    if len(graph) != len(triples):
        yield Problem(f"{len(triples)} triples, and rdflib reads {len(graph)}", shown(path))
    for subject, _, value in graph:
        if isinstance(value, rdflib.Literal) and value.ill_typed:
            told = f"{compact(str(subject))} has {str(value)!r}, which is no {compact(str(value.datatype))}"
            yield Problem(told, shown(path))


@contextmanager
def _quiet() -> Iterator[None]:
    """rdflib logs what it cannot convert; it is told as a problem instead."""
    log = logging.getLogger("rdflib.term")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(level)


def _imports(read: Read) -> Gate:
    if read.broken and not read.wrong:  # what a broken file imports is not known
        return Gate("imports", left_out="every file must be readable first")
    problems = [Problem(error.message, fix=error.fix) for error in read.wrong]
    told = _number(len(read.files), "file")
    return Gate(
        "imports",
        told if problems else f"{told} found offline, each with one ontology",
        problems,
        counts={"files": len(read.files)},
    )


def _reused(read: Read) -> Gate:
    if importlib.util.find_spec("rdflib") is None:
        return Gate("reused terms", left_out=_NO_RDFLIB)
    triples = list(_every(read))
    count = len(reused.foreign(triples))
    problems = [
        Problem(f"{compact(name)} is not defined by its vocabulary", read.place(name), "correct the name, or drop it")
        for name in reused.unknown(triples)
    ]
    told = f"{_number(count, 'term')} of other vocabularies"
    return Gate("reused terms", told if problems else f"{told}, each defined there", problems, counts={"terms": count})


def _hygiene(read: Read, folders: Iterable[Path]) -> Gate:
    """What breaks the rules of hygiene; a namespace that a header names is held to them as ours is."""
    rules, store = hygiene.read_rules(*folders), hygiene.store_of(_every(read))
    own = {t.object.value for t in _every(read) if t.predicate.value == _NAMESPACE and isinstance(t.object, Literal)}
    # They become text of the rules, so that only an IRI may.
    namespaces = [CBEC, *sorted(name for name in own if _is_iri(name) and not name.startswith(BASE))]
    found = [one for rule in rules for one in hygiene.violations(store, rule, namespaces)]
    problems = [
        Problem(f"{one.rule.name}: {one.rule.summary}: {' | '.join(one.row)}", read.place(one.term), one.rule.fix)
        for one in found
    ]
    problems += [
        Problem(f"vann:preferredNamespaceUri {name!r} is no IRI", shown(read.files[-1]), "correct it")
        for name in sorted(own)
        if not _is_iri(name)
    ]
    broken = len({one.rule.name for one in found})
    told = f"{_number(len(rules), 'rule')}, {broken} broken"
    return Gate("hygiene", told, problems, counts={"rules": len(rules), "broken": broken, "violations": len(found)})


def _is_iri(written: str) -> bool:
    try:
        return bool(NamedNode(written))
    except ValueError:
        return False


def find_logic(read: Read, said: dict[str, Any]) -> list[Gate]:
    """Gates of what `owlapi.answer` says of a closure."""
    if "error" in said:
        return [Gate("counts", problems=[Problem(f"OWLAPI refuses it: {said['error']}", shown(read.files[-1]))]),
                *(Gate(name, left_out="OWLAPI must read it first") for name in _LOGIC[1:])]  # fmt: skip
    gates = [_counts(read, said)]
    for name in ("DL", "RL"):
        problems = [_located(read, f"{name}: {violation}") for violation in said[name]]
        gates.append(Gate(f"OWL 2 {name}", _number(len(problems), "violation"), problems))
    if "hermit" not in said and "refused" not in said:
        return gates
    if "refused" in said:
        refused = [_located(read, f"HermiT: {said['refused']}")]
        return [*gates, Gate("consistency", "unknown", refused), Gate("empty classes", left_out="HermiT refused")]
    if not said["consistent"]:
        fix = "an explanation is what Protégé gives"
        gates.append(Gate("consistency", said["hermit"], [Problem("inconsistent", shown(read.files[-1]), fix)]))
        return [*gates, Gate("empty classes", left_out="of an inconsistent ontology nothing can be said")]
    empty = [_located(read, f"unsatisfiable: {name}") for name in said["unsatisfiable"]]
    told = f"{len(empty)} of {_number(len(said['names']['classes']), 'class', 'classes')} can have no members"
    return [*gates, Gate("consistency", f"{said['hermit']}: consistent"), Gate("empty classes", told, empty)]


def _counts(read: Read, said: dict[str, Any]) -> Gate:
    """Axioms of every file as its triples make them, and every name declared and read."""
    problems, total, by_file = [], 0, {}
    for path in read.files:
        wanted, got = count_axioms(read.triples[path]), said["axioms"][str(path)]
        total += got
        by_file[shown(path)] = {"triples": len(set(read.triples[path])), "axioms": got}
        if wanted != got:
            problems.append(Problem(f"its triples make {wanted} axioms, and OWLAPI has read {got}", shown(path)))
    counts = {"files": len(read.files), "axioms": total}
    triples = list(_every(read))
    for kind, term in _KINDS.items():
        node = expand(term)
        declared = {
            t.subject.value
            for t in triples
            if t.predicate.value == _TYPE and t.object == NamedNode(node) and isinstance(t.subject, NamedNode)
        }
        counts[kind], names = len(declared), set(said["names"][kind])
        problems += [_located(read, f"{kind}: <{iri}> is used and not declared") for iri in sorted(names - declared)]
        problems += [
            _located(read, f"{kind}: <{iri}> is declared and OWLAPI has not read it")
            for iri in sorted(declared - names)
        ]
    told = f"{_number(len(read.files), 'file')}, {_number(total, 'axiom')}"
    return Gate(
        "counts",
        told if problems else f"{told}, in each as many as its triples make",
        problems,
        counts=counts,
        by_file=by_file,
    )


def _located(read: Read, text: str) -> Problem:
    """A message with the place of the first term that it names and that the files describe."""
    places = (read.place(name) for name in re.findall(r"<(\w+:[^<>\s]+)>", text))
    return Problem(text, next(filter(None, places), ""))


def _every(read: Read) -> Iterator[Triple]:
    for path in read.files:
        yield from read.triples[path]


def _number(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"
