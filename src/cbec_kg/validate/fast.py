"""Validate by pyshifty: the whole graph in about half a second.

>>> from cbec_kg.rdf.terms import Triple, iri
>>> from cbec_kg.validate.shapes import read_shapes
>>> claim = Triple(iri("claim:x"), iri("rdf:type"), iri("cbec:Claim"))
>>> schema = Triple(iri("cbec:Claim"), iri("rdf:type"), iri("owl:Class"))
>>> report = validate([claim, schema], read_shapes())
>>> [result.shape.rpartition("#")[2] for result in report.results if result.focus.endswith("/x")]
['ClaimEvidence', 'ClaimStatus']
"""

from collections.abc import Iterable, Iterator

import shifty

from cbec_kg.errors import OntologyError
from cbec_kg.rdf.terms import Triple
from cbec_kg.validate.lint import ignored
from cbec_kg.validate.report import Report, Result
from cbec_kg.validate.shapes import Shape, describe, n_triples

__all__ = ["Validator", "validate"]


class Validator:
    """Shapes that were read once, for many graphs.

    Raises `OntologyError` for shapes that the engine cannot evaluate: most of those it would pass over without a word.
    """

    def __init__(self, shapes: Iterable[Triple]) -> None:
        rules = list(shapes)
        self._known = describe(rules)
        if flaws := ignored(rules):
            raise OntologyError(f"{flaws[0].shape} cannot be evaluated: {flaws[0].problem}", fix="correct the shape")
        try:
            self._prepared = shifty.PreparedValidator(n_triples(rules))
        except (RuntimeError, ValueError) as error:
            raise _unusable(str(error)) from None

    def report(self, triples: Iterable[Triple]) -> Report:
        """Check a graph, its ontology included; raises `OntologyError` as well.

        Classes are followed upwards in the graph itself, so it may be reasoned or not; before reasoning the class
        checks say more, since a range gives its class to whatever stands there.
        """
        try:
            outcome = self._prepared.validate_algebra(
                n_triples(triples),
                graph_mode="data",  # SHACL's own reading: the shapes are no part of the data
                infer=False,
                sort_results=False,
                on_unsupported="error",
            )
        except (RuntimeError, ValueError) as error:
            raise _unusable(str(error)) from None
        if problems := [*self._prepared.diagnostics, *outcome.diagnostics]:
            raise _unusable("; ".join(map(str, problems)))
        return Report(result for violation in outcome.violations for result in _results(violation, self._known))


def validate(triples: Iterable[Triple], shapes: Iterable[Triple]) -> Report:
    """Check one graph as `Validator` does."""
    return Validator(shapes).report(triples)


def _unusable(problem: str) -> OntologyError:
    return OntologyError(f"the shapes cannot be evaluated: {problem}", fix="run the lint of the shapes")


def _results(violation: shifty.Violation, known: dict[str, Shape]) -> Iterator[Result]:
    shape = known.get(violation.shape_name or "")
    if shape is None:
        raise OntologyError(f"a result without a named shape: {violation.shape_name}", fix="run the lint of the shapes")
    focus = _text(violation.focus_node)
    for reason in violation.reasons:
        value = _text(reason.value)
        path = shape.path
        if path is None and reason.constraint_kind == shifty.ConstraintKind.Sparql and reason.path:
            path = _text(reason.path)  # the query named the property
        message = dict(shape.message)
        yield Result(violation.severity, shape.iri, focus, None if value == focus else value, path, message)


def _text(term: str) -> str:
    """pyshifty's N-Triples spelling of a term as `Result` writes it."""
    if term.startswith("_:"):
        return "[]"
    return term[1:-1] if term.startswith("<") else term
