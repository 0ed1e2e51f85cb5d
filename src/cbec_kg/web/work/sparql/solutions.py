"""Rows and booleans as SPARQL's result formats write them, a piece at a time.

JSON by SPARQL 1.1 Query Results JSON Format, XML by SPARQL Query Results XML Format, CSV and TSV by their format of
SPARQL 1.1; triples inside rows as the drafts of SPARQL 1.2 write them.

>>> from cbec_kg.rdf.terms import Literal, NamedNode
>>> rows = [(NamedNode("x:a"), Literal("b", language="en")), (None, Literal("1,5"))]
>>> for form in ("csv", "tsv"):
...     print("|".join(b"".join(written(form, ("s", "o"), rows)).decode().expandtabs(6).splitlines()))
s,o|x:a,b|,"1,5"
?s    ?o|<x:a> "b"@en|      "1,5"
>>> written_boolean("text", True)
b'true\\n'
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from cbec_kg.errors import QueryError
from cbec_kg.namespaces import PREFIXES
from cbec_kg.rdf.terms import BlankNode, Literal, NamedNode, Term, Triple

__all__ = ["written", "written_boolean", "xml_text"]

Row = tuple[Term | None, ...]
_XSD = PREFIXES["xsd"]
_STRING = _XSD + "string"
# What Turtle, and so TSV, writes without quotes.
_BARE = {
    _XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    _XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    _XSD + "double": re.compile(r"[+-]?(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+"),
    _XSD + "boolean": re.compile(r"true|false"),
}
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SRX = "http://www.w3.org/2005/sparql-results#"
_ITS = "http://www.w3.org/2005/11/its"


def written(form: str, variables: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    """Rows in ``form`` (json, xml, csv, tsv), a row a piece; raises `QueryError` for a text that XML cannot hold."""
    return _WRITERS[form](variables, rows)


def written_boolean(form: str, answer: bool) -> bytes:
    """The answer of an ASK in ``form`` (json, xml, text)."""
    word = "true" if answer else "false"
    if form == "json":
        return f'{{"head":{{}},"boolean":{word}}}\n'.encode()
    if form == "xml":
        return f"{_XML_HEAD}<head></head><boolean>{word}</boolean></sparql>\n".encode()
    return f"{word}\n".encode()


# JSON


def _json(variables: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    names = [_string(name) for name in variables]
    yield f'{{"head":{{"vars":[{",".join(names)}]}},"results":{{"bindings":['.encode()
    before = "\n"
    for row in rows:
        cells = ",".join(f"{n}:{_json_term(term)}" for n, term in zip(names, row, strict=True) if term is not None)
        yield f"{before}{{{cells}}}".encode()
        before = ",\n"
    yield b"\n]}}\n"


_string: Callable[[str], str] = json.encoder.encode_basestring
"""A text as JSON writes it, as UTF-8; what `json.dumps` does, without an encoder made for each."""


def _json_term(term: Term) -> str:
    match term:
        case NamedNode():
            return f'{{"type":"uri","value":{_string(term.value)}}}'
        case Literal():
            value = f'{{"type":"literal","value":{_string(term.value)}'
            if term.language:
                way = f',"its:dir":"{_way(term)}"' if term.direction else ""
                return f'{value},"xml:lang":"{term.language}"{way}}}'
            kind = term.datatype.value
            return value + "}" if kind == _STRING else f'{value},"datatype":{_string(kind)}}}'
        case BlankNode():
            return f'{{"type":"bnode","value":{_string(term.value)}}}'
    parts = zip(("subject", "predicate", "object"), _parts(term), strict=True)
    return f'{{"type":"triple","value":{{{",".join(f"{_string(n)}:{_json_term(part)}" for n, part in parts)}}}}}'


def _way(term: Literal) -> str:
    return str(term.direction).rsplit(".", 1)[-1].lower()


def _parts(term: Triple) -> tuple[Term, Term, Term]:
    return term.subject, term.predicate, term.object


# XML

_XML_HEAD = f'<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="{_SRX}">'


def xml_text(text: str) -> str:
    """A text as XML holds it: a carriage return by its number, for a parser makes another character of it."""
    if found := _NO_XML.search(text):
        raise QueryError(
            f"a text holds the character U+{ord(found[0]):04X}, which XML cannot hold", fix="ask for another format"
        )
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return text.replace("\r", "&#13;") if "\r" in text else text


def _xml(variables: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    head = "".join(f'<variable name="{xml_text(name)}"/>' for name in variables)
    yield f"{_XML_HEAD}<head>{head}</head><results>".encode()
    names = [f'<binding name="{xml_text(name)}">' for name in variables]
    for row in rows:
        cells = "".join(
            f"{n}{_xml_term(term)}</binding>" for n, term in zip(names, row, strict=True) if term is not None
        )
        yield f"\n<result>{cells}</result>".encode()
    yield b"\n</results></sparql>\n"


def _xml_term(term: Term) -> str:
    match term:
        case NamedNode():
            return f"<uri>{xml_text(term.value)}</uri>"
        case Literal():
            about = ""
            if term.language:
                about = f' xml:lang="{term.language}"'
                if term.direction:
                    about += f' xmlns:its="{_ITS}" its:version="2.0" its:dir="{_way(term)}"'
            elif (kind := term.datatype.value) != _STRING:
                about = f' datatype="{xml_text(kind)}"'
            return f"<literal{about}>{xml_text(term.value)}</literal>"
        case BlankNode():
            return f"<bnode>{term.value}</bnode>"
    parts = zip(("subject", "predicate", "object"), _parts(term), strict=True)
    return f"<triple>{''.join(f'<{n}>{_xml_term(part)}</{n}>' for n, part in parts)}</triple>"


# CSV and TSV


def _csv(variables: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    yield (",".join(map(_quoted, variables)) + "\r\n").encode()
    for row in rows:
        yield (",".join("" if term is None else _quoted(_csv_term(term)) for term in row) + "\r\n").encode()


def _csv_term(term: Term) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else _turtle(term)


def _quoted(text: str) -> str:
    if '"' in text or "," in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def _tsv(variables: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    yield ("\t".join(f"?{name}" for name in variables) + "\n").encode()
    for row in rows:
        yield ("\t".join("" if term is None else _tsv_term(term) for term in row) + "\n").encode()


def _tsv_term(term: Term) -> str:
    if isinstance(term, Literal) and not term.language:
        bare = _BARE.get(term.datatype.value)
        if bare and bare.fullmatch(term.value):
            return term.value
    return _turtle(term)


def _turtle(term: Term) -> str:
    return f"<<( {' '.join(map(_turtle, _parts(term)))} )>>" if isinstance(term, Triple) else str(term)


_WRITERS: dict[str, Callable[[Sequence[str], Iterable[Row]], Iterator[bytes]]] = {
    "json": _json, "xml": _xml, "csv": _csv, "tsv": _tsv,
}  # fmt: skip
