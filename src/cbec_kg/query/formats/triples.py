"""Triples of a CONSTRUCT or DESCRIBE: as RDF, or as rows of subject, predicate and object.

>>> import io
>>> from cbec_kg.rdf.terms import RDF_TYPE, Triple, iri
>>> out = io.BytesIO()
>>> write_rdf(Graph([Triple(iri("id:shein"), RDF_TYPE, iri("cbec:Platform"))]), "ttl", out)
>>> print(out.getvalue().decode(), end="")
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix cbec: <https://w3id.org/cbec-kg/ontology#> .
@prefix id: <https://w3id.org/cbec-kg/id/> .
id:shein a cbec:Platform .
"""

from collections.abc import Iterable
from typing import BinaryIO

import pyoxigraph

from cbec_kg.namespaces import PREFIXES
from cbec_kg.query.results import Graph, Result
from cbec_kg.query.saved import Column
from cbec_kg.rdf.formats import by_name
from cbec_kg.rdf.terms import Triple

__all__ = ["RDF_FORMATS", "as_rows", "write_rdf"]

RDF_FORMATS = ("ttl", "nt", "rdfxml", "jsonld")


def write_rdf(graph: Graph, name: str, out: BinaryIO) -> None:
    """Write triples in an RDF format, each once, sorted."""
    triples = _sorted(graph.triples)
    form = by_name(name)
    prefixes = _used(triples) if name in ("ttl", "rdfxml") else None
    pyoxigraph.serialize(triples, out, format=form.rdf_format, prefixes=prefixes)


def as_rows(graph: Graph, lang: str) -> Result:
    """The triples as a result with three columns."""
    columns = (Column("subject"), Column("predicate"), Column("object"))
    rows = ((triple.subject, triple.predicate, triple.object) for triple in _sorted(graph.triples))
    return Result(columns, rows, lang=lang)


def _sorted(triples: Iterable[Triple]) -> list[Triple]:
    return sorted(set(triples), key=lambda triple: (str(triple.subject), str(triple.predicate), str(triple.object)))


def _used(triples: Iterable[Triple]) -> dict[str, str]:
    """Prefixes whose namespace begins an IRI of these triples."""
    text = "\n".join({f"{part}" for triple in triples for part in triple})
    return {prefix: base for prefix, base in PREFIXES.items() if f"<{base}" in text}
