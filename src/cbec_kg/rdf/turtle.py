"""The one Turtle of the project: same triples, same bytes, one line a predicate, so that a diff shows what changed.

>>> from cbec_kg.rdf.terms import Literal, Triple, decimal, iri
>>> print(turtle([
...     Triple(iri("id:china"), iri("rdfs:label"), Literal("中国", language="zh")),
...     Triple(iri("id:china"), iri("rdfs:label"), Literal("China", language="en")),
...     Triple(iri("id:china"), iri("rdf:type"), iri("cbec:Country")),
... ], header_comment="Places."), end="")
# Places.
<BLANKLINE>
@prefix cbec: <https://w3id.org/cbec-kg/ontology#> .
@prefix id: <https://w3id.org/cbec-kg/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<BLANKLINE>
# cbec:Country
<BLANKLINE>
id:china a cbec:Country ;
    rdfs:label "China"@en , "中国"@zh .
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from cbec_kg.errors import CbecError
from cbec_kg.namespaces import EVIDENCE, PREFIXES, compact, expand
from cbec_kg.rdf.terms import XSD, Literal, NamedNode, Term, Triple

__all__ = ["turtle"]

_TYPE = expand("rdf:type")
_NAMED = expand("owl:NamedIndividual")
_HAS_EVIDENCE = expand("cbec:evidence")
_FIRST = tuple(map(expand, ("rdf:type", "rdfs:label", "skos:prefLabel", "skos:definition", "skos:altLabel")))
_LANGUAGES = ("en", "zh")
_OPENING = (
    "owl:Ontology", "owl:AnnotationProperty", "owl:Class", "owl:ObjectProperty", "owl:DatatypeProperty",
    "skos:ConceptScheme", "cbec:Article",
)  # fmt: skip
_CLOSING = (
    "cbec:Period", "cbec:Series", "cbec:Observation", "claims", "cbec:Evidence", "cbec:Restatement", "cbec:Finding",
    "statements",
)  # fmt: skip
_SHORT = {
    XSD + "integer": re.compile(r"0|-?[1-9][0-9]*"),
    XSD + "decimal": re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]*[1-9]"),
}
_ESCAPED = {
    **{code: f"\\u{code:04X}" for code in (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF)},
    **{ord(raw): "\\" + short for raw, short in zip('\t\b\n\r\f"\\', 'tbnrf"\\', strict=True)},
}
_SubjectLines = dict[str, list[Term]]


def turtle(triples: Iterable[Triple], *, header_comment: str | None = None) -> str:
    """Canonical Turtle of a graph without blank nodes.

    Subjects stand by kind (ontology headers, then terms, then entities by class, periods, series, observations, claims
    in reading order, evidence), types first, English before Chinese; lines of ``header_comment`` become comments at the
    top. Raises `CbecError` for a blank node: data has none.
    """
    subjects: dict[str, _SubjectLines] = defaultdict(lambda: defaultdict(list))
    for triple in dict.fromkeys(triples):
        subject, target = triple.subject, triple.object
        if not isinstance(subject, NamedNode) or not isinstance(target, NamedNode | Literal):
            raise CbecError(f"blank node in data: {triple}", fix="give the thing an IRI of its own")
        subjects[subject.value][triple.predicate.value].append(target)

    kinds: dict[str, list[str]] = defaultdict(list)
    for name, predicates in subjects.items():
        kinds[_kind(predicates)].append(name)
    blocks = []
    for kind in sorted(kinds, key=_kind_order):
        blocks.append(f"# {kind}\n")
        names = sorted(kinds[kind], key=lambda name: _place(name, subjects[name]))
        blocks += [_block(name, subjects[name]) for name in names]
    parts = ["".join(f"# {line}".rstrip() + "\n" for line in header_comment.splitlines())] if header_comment else []
    used = _prefixes_used(subjects)
    if used:
        parts.append("".join(f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n" for prefix in used))
    return "\n".join(parts + blocks)


def _kind(predicates: _SubjectLines) -> str:
    """What a subject is filed under: its class, ``claims`` for any class of claim, ``statements`` without a class."""
    types = [term.value for term in predicates.get(_TYPE, []) if isinstance(term, NamedNode)]
    classes = sorted(compact(name) for name in types if name != _NAMED)
    if not classes:
        return "statements"
    if any(name.startswith("cbec:") and name.endswith("Claim") for name in classes):
        return "claims"
    return next((name for name in (*_OPENING, *_CLOSING) if name in classes), classes[0])


def _kind_order(kind: str) -> tuple[int, int, str]:
    if kind in _OPENING:
        return 0, _OPENING.index(kind), kind
    return (2, _CLOSING.index(kind), kind) if kind in _CLOSING else (1, 0, kind)


def _place(name: str, predicates: _SubjectLines) -> tuple[list[tuple[int, str]], str]:
    """Sort key within a kind: claims by their first evidence, so that a file reads as its article does."""
    evidence = [term.value for term in predicates.get(_HAS_EVIDENCE, []) if isinstance(term, NamedNode)]
    if name.startswith(EVIDENCE):
        evidence.append(name)
    return min(map(_natural, evidence), default=[]), name


def _natural(name: str) -> list[tuple[int, str]]:
    """Key that sorts 99 before 100."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.findall(r"[0-9]+|[^0-9]+", name)]


def _block(name: str, predicates: _SubjectLines) -> str:
    order = sorted(predicates, key=lambda iri: (_FIRST.index(iri) if iri in _FIRST else len(_FIRST), compact(iri), iri))
    lines = []
    for iri in order:
        objects = sorted(predicates[iri], key=lambda term: _object_order(term, iri))
        lines.append(f"{'a' if iri == _TYPE else _iri(iri)} {' , '.join(map(_written, objects))}")
    return f"{_iri(name)} " + " ;\n    ".join(lines) + " .\n"


def _object_order(term: Term, predicate: str) -> tuple[int, int, Decimal, str, str]:
    if isinstance(term, NamedNode):
        return 0, 0 if predicate == _TYPE and term.value == _NAMED else 1, Decimal(0), compact(term.value), term.value
    assert isinstance(term, Literal)
    language = term.language or ""
    rank = _LANGUAGES.index(language) if language in _LANGUAGES else len(_LANGUAGES)
    return 1, rank, Decimal(term.value) if _is_short(term) else Decimal(0), language, _written(term)


def _written(term: Term) -> str:
    if isinstance(term, NamedNode):
        return _iri(term.value)
    assert isinstance(term, Literal)
    if _is_short(term):
        return term.value
    quoted = f'"{term.value.translate(_ESCAPED)}"'
    if term.language:
        return f"{quoted}@{term.language}" + (f"--{term.direction.value}" if term.direction else "")
    return quoted if _is_plain(term) else f"{quoted}^^{_iri(term.datatype.value)}"


def _is_plain(literal: Literal) -> bool:
    """Whether a literal needs no datatype: a string, with or without a language."""
    return bool(literal.language) or literal.datatype.value == XSD + "string"


def _is_short(literal: Literal) -> bool:
    """Whether Turtle reads the bare number back as this literal; a whole decimal is not: bare it is an integer."""
    short = _SHORT.get(literal.datatype.value)
    return bool(short and short.fullmatch(literal.value))


def _iri(iri: str) -> str:
    short = compact(iri)
    return short if short != iri else f"<{iri}>"


def _prefixes_used(subjects: Mapping[str, _SubjectLines]) -> list[str]:
    """Prefixes that the text needs, in the order of the project's list."""
    iris = set(subjects)
    for predicates in subjects.values():
        iris |= predicates.keys() - {_TYPE}
        for term in (term for terms in predicates.values() for term in terms):
            if isinstance(term, NamedNode):
                iris.add(term.value)
            elif isinstance(term, Literal) and not (_is_plain(term) or _is_short(term)):
                iris.add(term.datatype.value)
    used = {compact(iri).partition(":")[0] for iri in iris if compact(iri) != iri}
    return [prefix for prefix in PREFIXES if prefix in used]
