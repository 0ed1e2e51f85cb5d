"""Read the three parts of a triple as people name them: IRIs, prefixed names, labels; literals plain or in N-Triples.

>>> written_literal('"9.8"^^xsd:decimal').datatype.value.rpartition("#")[2], written_literal('"Shein"@en').language
('decimal', 'en')
>>> written_literal("Shein") is None
True
"""

import re
from decimal import Decimal

from cbec_kg.errors import BadParameter, UnknownName
from cbec_kg.namespaces import CBEC, compact, local_name
from cbec_kg.query.convert import written_iri
from cbec_kg.query.nearest import nearest
from cbec_kg.query.resolve import Resolver
from cbec_kg.query.said import said
from cbec_kg.query.saved import Bilingual, Param
from cbec_kg.query.spell import spell, spell_all
from cbec_kg.rdf.terms import RDF_TYPE, RDFS_LABEL, Literal, NamedNode, Term, Triple, iri
from cbec_kg.store.base import Store

__all__ = ["read_triple", "written_literal"]

_LITERAL = re.compile(r'"(?P<text>(?:[^"\\]|\\.)*)"(?:@(?P<lang>[A-Za-z]+(?:-[A-Za-z0-9]+)*)|\^\^(?P<type>\S+))?', re.S)
_DECIMAL = re.compile(r"[+-]?[0-9]{1,40}(\.[0-9]{1,40})?")
_ESCAPE = re.compile(r"""\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(["'\\ntrbf]))""")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_KINDS = ("owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty")
_TYPE = frozenset(("a", "is a", "type", "是", "属于"))


def written_literal(written: str) -> Literal | None:
    """The literal of a text in N-Triples, where a datatype may be a prefixed name; None of anything else.

    Raises `BadParameter` for a datatype that has no IRI.
    """
    match = _LITERAL.fullmatch(written)
    if match is None:
        return None
    text = _ESCAPE.sub(_character, match["text"])
    if match["lang"]:
        return Literal(text, language=match["lang"])
    if not match["type"]:
        return Literal(text)
    kind = written_iri(match["type"])
    if kind is None:
        raise BadParameter(f"{said(match['type'])} is no datatype", fix="name it as xsd:decimal, or by its IRI")
    return Literal(text, datatype=kind)


def _character(escape: re.Match[str]) -> str:
    if escape[3]:
        return _ESCAPED.get(escape[3], escape[3])
    code = int(escape[1] or escape[2], 16)
    if code > 0x10FFFF or 0xD800 <= code < 0xE000:
        raise BadParameter(f"{said(escape[0])} is the code of no character", fix="write the character itself")
    return chr(code)


def read_triple(store: Store, subject: str, predicate: str, object_: str) -> Triple:
    """The triple that three texts name.

    Raises `UnknownName` for a thing or property that the graph does not know, `BadParameter` where a name is that of
    several.
    """
    for written in (subject, predicate, object_):
        if any("\ud800" <= letter <= "\udfff" for letter in written):  # what is no UTF-8 on a command line
            raise BadParameter(f"{said(written)} is no text in UTF-8", fix="write it in UTF-8")
    thing = _thing(store, "the subject", subject)
    prop = _property(store, thing, predicate)
    return Triple(thing, prop, _object(store, thing, prop, object_))


def _thing(store: Store, which: str, written: str, cls: NamedNode | None = None) -> NamedNode:
    return Resolver(store)(Param(which, "iri", Bilingual(which), cls=cls.value if cls else None), written)


def _property(store: Store, thing: NamedNode, written: str) -> NamedNode:
    """A property by IRI, prefixed name, local name or label, whatever its case; else one that the thing has."""
    if written.strip().casefold() in _TYPE:
        return RDF_TYPE
    if node := written_iri(written):
        return node
    names: dict[str, NamedNode] = {}
    kinds = spell_all(tuple(map(iri, _KINDS)))
    found = store.select(
        f"SELECT ?p ?label {{ VALUES ?kind {{ {kinds} }} ?p {spell(RDF_TYPE)} ?kind ; {spell(RDFS_LABEL)} ?label }} "
        "ORDER BY DESC(?p) ?label"
    )
    for node_, label in found.rows:
        if isinstance(node_, NamedNode) and isinstance(label, Literal):
            if node_.value.startswith(CBEC):
                names[node_.value.removeprefix(CBEC).casefold()] = node_
            names[label.value.casefold()] = node_
    for own, *_ in store.select(f"SELECT DISTINCT ?p {{ {spell(thing)} ?p ?v }} ORDER BY ?p").rows:
        if isinstance(own, NamedNode):
            names.setdefault(local_name(own.value).casefold(), own)
    if written.casefold() in names:
        return names[written.casefold()]
    close = [f"{name} ({compact(names[name].value)})" for name in nearest(written, list(names))]
    raise UnknownName(
        f"the predicate is {said(written)}, which is no property that the graph knows",
        fix=f"did you mean {' or '.join(close)}?" if close else "name it as cbec:locatedIn, or by its label",
        nearest=tuple(close),
    )


def _object(store: Store, thing: NamedNode, prop: NamedNode, written: str) -> Term:
    if literal := written_literal(written):
        return literal
    if prop == RDF_TYPE:
        return written_iri(written) or _thing(store, "the class", written, iri("owl:Class"))
    if not _takes_text(store, thing, prop):
        return _thing(store, "the object", written)
    node = written_iri(written)
    return node if node and _exists(store, node) else _value(store, thing, prop, written)


def _value(store: Store, thing: NamedNode, prop: NamedNode, written: str) -> Literal:
    """The value of a thing that a plain text means: the same text in any language, number or day; else the text."""
    rows = store.select(f"SELECT DISTINCT ?v {{ {spell(thing)} {spell(prop)} ?v }} ORDER BY ?v").rows
    values = [row[0] for row in rows if isinstance(row[0], Literal)]
    alike = [value for value in values if value.value == written]
    alike += [value for value in values if _number(value.value) == _number(written) is not None]
    alike += [value for value in values if value.value == f"{written}T00:00:00"]
    return alike[0] if alike else Literal(written)


def _number(written: str) -> Decimal | None:
    return Decimal(written) if _DECIMAL.fullmatch(written) else None


def _takes_text(store: Store, thing: NamedNode, prop: NamedNode) -> bool:
    """Whether a property has literals as values: one of data, an annotation, or one that the thing has a text by."""
    kinds = spell_all((iri("owl:DatatypeProperty"), iri("owl:AnnotationProperty")))
    rows = store.select(
        f"SELECT ?x {{ {{ VALUES ?x {{ {kinds} }} {spell(prop)} {spell(RDF_TYPE)} ?x }} "
        f"UNION {{ {spell(thing)} {spell(prop)} ?x FILTER(isLiteral(?x)) }} }} LIMIT 1"
    ).rows
    return next(iter(rows), None) is not None


def _exists(store: Store, node: NamedNode) -> bool:
    return next(iter(store.select(f"SELECT ?p {{ {spell(node)} ?p ?o }} LIMIT 1").rows), None) is not None
