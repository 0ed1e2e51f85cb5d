r"""How a term is spelled in the text of a query.

The only place where a value meets query text. What cannot be spelled in a way that every SPARQL processor reads alike
is refused, never repaired.

>>> spell(Literal('say "hi"\n'))
'"say \\"hi\\"\\n"'
>>> spell(NamedNode("https://w3id.org/cbec-kg/id/shein"))
'<https://w3id.org/cbec-kg/id/shein>'
>>> spell(None)
'UNDEF'
"""

import re

from cbec_kg.errors import BadParameter
from cbec_kg.query.said import said
from cbec_kg.rdf.terms import XSD, Literal, NamedNode, Term

__all__ = ["quoted", "spell", "spell_all"]

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"})
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_LANGUAGE = re.compile(r"[A-Za-z]+(-[A-Za-z0-9]+)*")
# SPARQL 1.1 (19.2) replaces \uXXXX before it reads the grammar; processors that do so blindly (rdflib 7 among them)
# also find it behind an escaped backslash, where \u0022 would then close the string.
_CODE_POINT = re.compile(r"\\[uU]")


def quoted(text: str) -> str:
    """Text between double quotes on one line; all but quotes, backslashes and control characters stays as it is."""
    return '"' + text.translate(_ESCAPES) + '"'


def _safe(text: str) -> str:
    if "\x00" in text:
        raise BadParameter("a text holds the character U+0000", fix="leave it out")
    if _CODE_POINT.search(text):
        raise BadParameter(
            f"text {said(text)} holds a backslash before u, which SPARQL processors read as a character code",
            fix="leave the backslash out",
        )
    return text


def _angled(iri: str) -> str:
    if _NOT_IN_IRI.search(iri):
        raise BadParameter(
            f"{said(iri)} is not an IRI", fix="leave out spaces, quotes, brackets, braces and backslashes"
        )
    return f"<{iri}>"


def spell(term: Term | None) -> str:
    """Text of an IRI or a literal, without prefixes; ``UNDEF`` of None. Raises `BadParameter`."""
    if term is None:
        return "UNDEF"
    if isinstance(term, NamedNode):
        return _angled(term.value)
    if isinstance(term, Literal):
        return _literal(term)
    raise BadParameter(f"{term} has no name", fix="name the thing by an IRI")


def _literal(term: Literal) -> str:
    text = quoted(_safe(term.value))
    if term.language:
        if not _LANGUAGE.fullmatch(term.language):
            raise BadParameter(f"{term.language!r} is not a language tag", fix="write en or zh")
        return f"{text}@{term.language}"
    datatype = term.datatype.value
    return text if datatype == XSD + "string" else f"{text}^^{_angled(datatype)}"


def spell_all(terms: tuple[Term | None, ...]) -> str:
    """Texts of several terms, as they stand in the braces of ``VALUES``."""
    return " ".join(spell(term) for term in terms)
