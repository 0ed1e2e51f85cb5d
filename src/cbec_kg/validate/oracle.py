"""Validate by pyshacl: slow, and what `fast` is held against.

>>> from cbec_kg.rdf.terms import Triple, iri
>>> from cbec_kg.validate.shapes import read_shapes
>>> claim = Triple(iri("claim:x"), iri("rdf:type"), iri("cbec:Claim"))
>>> report = validate([claim], read_shapes())
>>> [result.shape.rpartition("#")[2] for result in report.results if result.focus.endswith("/x")]
['ClaimEvidence', 'ClaimStatus', 'DeclaredClass']
"""

from collections.abc import Iterable
from typing import Any

from cbec_kg.errors import MissingExtra, OntologyError
from cbec_kg.rdf.terms import Triple
from cbec_kg.validate.report import Report, Result
from cbec_kg.validate.shapes import SH, describe, n_triples

__all__ = ["validate"]


def validate(triples: Iterable[Triple], shapes: Iterable[Triple]) -> Report:
    """Like `cbec_kg.validate.fast.validate`; raises `MissingExtra` where pyshacl is not installed."""
    try:
        import pyshacl
        import rdflib
    except ImportError:
        raise MissingExtra("pyshacl is not installed", fix='pip install "cbec-kg[strict]"') from None
    rules = list(shapes)
    known = describe(rules)
    try:
        _, found, text = pyshacl.validate(_graph(triples), shacl_graph=_graph(rules), advanced=True, inplace=True)
    except pyshacl.errors.ShapeLoadError as error:
        raise OntologyError(f"the shapes cannot be evaluated: {error}", fix="run the lint of the shapes") from None
    if not isinstance(found, rdflib.Graph):
        raise OntologyError(f"the shapes cannot be evaluated: {text}", fix="run the lint of the shapes")
    results = []
    for node in found.subjects(rdflib.RDF.type, rdflib.URIRef(SH + "ValidationResult")):
        shape = known.get(str(found.value(node, rdflib.URIRef(SH + "sourceShape"))))
        if shape is None:
            raise OntologyError("a result without a named shape", fix="run the lint of the shapes")
        severity = str(found.value(node, rdflib.URIRef(SH + "resultSeverity"))).removeprefix(SH)
        focus = _text(found.value(node, rdflib.URIRef(SH + "focusNode")))
        value = _text(found.value(node, rdflib.URIRef(SH + "value")))
        path = found.value(node, rdflib.URIRef(SH + "resultPath"))
        along = str(path) if shape.path is None and isinstance(path, rdflib.URIRef) else shape.path
        at = None if value == focus else value
        results.append(Result(severity, shape.iri, focus or "[]", at, along, dict(shape.message)))
    return Report(results)


def _graph(triples: Iterable[Triple]) -> Any:
    """rdflib's graph of our triples; it reads the text of a query once, where pyshacl asks it anew for every node."""
    import rdflib
    from rdflib.plugins.sparql import prepareQuery

    prepared: dict[str, Any] = {}

    class PreparingGraph(rdflib.Graph):
        def query(self, query_object: Any, *args: Any, **named: Any) -> Any:
            if isinstance(query_object, str):
                if query_object not in prepared:
                    prepared[query_object] = prepareQuery(query_object)
                query_object = prepared[query_object]
            return super().query(query_object, *args, **named)

    return PreparingGraph().parse(data=n_triples(triples), format="nt")


def _text(term: Any) -> str | None:
    """rdflib's term as `Result` writes it."""
    import rdflib

    if term is None or isinstance(term, rdflib.URIRef):
        return None if term is None else str(term)
    return "[]" if isinstance(term, rdflib.BNode) else str(term.n3())
