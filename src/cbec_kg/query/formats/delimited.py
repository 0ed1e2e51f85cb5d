r"""CSV and TSV as SPARQL 1.1 defines them: CSV holds plain values, TSV holds terms.

>>> import io
>>> from cbec_kg.query.saved import Column
>>> from cbec_kg.rdf.terms import decimal, iri
>>> result = Result((Column("x"), Column("y")), [(iri("id:shein"), Literal("a, b")), (None, decimal("9.8"))])
>>> out = io.BytesIO()
>>> write_csv(result, out)
>>> out.getvalue()
b'x,y\r\nhttps://w3id.org/cbec-kg/id/shein,"a, b"\r\n,9.8\r\n'
>>> out = io.BytesIO()
>>> write_tsv(result, out)
>>> print(out.getvalue().decode().replace("\t", " | "), end="")
?x | ?y
<https://w3id.org/cbec-kg/id/shein> | "a, b"
 | 9.8
"""

import csv
import io
import re
from typing import BinaryIO

from cbec_kg.query.formats.display import Screen
from cbec_kg.query.results import Result
from cbec_kg.query.spell import quoted
from cbec_kg.rdf.terms import XSD, BlankNode, Literal, NamedNode, Term

__all__ = ["plain", "write_csv", "write_tsv"]

# rdflib 7 cannot read a bare decimal with a minus sign.
_BARE = {XSD + "integer": re.compile(r"-?[0-9]+"), XSD + "decimal": re.compile(r"[0-9]*\.[0-9]+")}


def plain(term: Term | None) -> str:
    """What CSV holds of a term: an IRI or a literal's characters; nothing for nothing."""
    if term is None:
        return ""
    if isinstance(term, BlankNode):
        return f"_:{term.value}"
    return term.value if isinstance(term, Literal | NamedNode) else str(term)


def write_csv(result: Result, out: BinaryIO, screen: Screen | None = None) -> None:
    """Write a result as SPARQL 1.1 Query Results CSV, row by row."""
    with io.StringIO(newline="") as line:
        writer = csv.writer(line)

        def emit(cells: list[str]) -> None:
            writer.writerow(cells)
            out.write(line.getvalue().encode())
            line.seek(0)
            line.truncate()

        emit([column.name for column in result.columns])
        for row in result.rows:
            emit([plain(term) for term in row])


def write_tsv(result: Result, out: BinaryIO, screen: Screen | None = None) -> None:
    """Write a result as SPARQL 1.1 Query Results TSV, row by row."""
    out.write(("\t".join(f"?{column.name}" for column in result.columns) + "\n").encode())
    for row in result.rows:
        out.write(("\t".join(map(_turtle, row)) + "\n").encode())


def _turtle(term: Term | None) -> str:
    """Term as Turtle spells it; numbers bare where that means the same."""
    if term is None:
        return ""
    if isinstance(term, Literal):
        bare = _BARE.get(term.datatype.value)
        if bare and bare.fullmatch(term.value):
            return term.value
        # Not the serialiser's \uXXXX for control characters: rdflib 7 cannot read those.
        text = quoted(term.value)
        if term.language:
            return f"{text}@{term.language}"
        return text if term.datatype.value == XSD + "string" else f"{text}^^{term.datatype}"
    return str(term)
