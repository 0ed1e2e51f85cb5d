"""Ask HermiT many things in one Java.

>>> from cbec_kg.rdf.terms import iri
>>> as_asked(Triple(iri("id:yiwu"), iri("cbec:locatedIn"), iri("id:china")))[2]
'https://w3id.org/cbec-kg/id/china'
"""

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from cbec_kg.namespaces import PREFIXES
from cbec_kg.rdf.parse import parse_file
from cbec_kg.rdf.terms import Literal, Triple

from .java import told_by

__all__ = ["HEAD", "as_asked", "hermit", "triples_of"]

HEAD = "".join(f"@prefix {prefix}: <{name}> .\n" for prefix, name in PREFIXES.items())


def triples_of(turtle: str) -> list[Triple]:
    """Triples of a Turtle text without its prefixes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "given.ttl"
        path.write_text(HEAD + turtle, "utf-8")
        return list(parse_file(path))


def as_asked(triple: Triple) -> list[Any]:
    """A triple as `hermit.py` takes it."""
    end = triple.object
    last = {"value": end.value, "datatype": end.datatype.value} if isinstance(end, Literal) else end.value  # type: ignore[union-attr]
    return [triple.subject.value, triple.predicate.value, last]  # type: ignore[union-attr]


def hermit(rows: Iterable[tuple[str, bool, Sequence[Triple]]]) -> list[dict[str, Any]]:
    """HermiT's answers to rows: what is given in Turtle, whether with the schema, and the triples that are asked."""
    asked = [{"given": given, "schema": schema, "ask": list(map(as_asked, ask))} for given, schema, ask in rows]
    answers: list[dict[str, Any]] = told_by("tests.ontology.hermit", given=asked)
    assert len(answers) == len(asked)
    return answers
