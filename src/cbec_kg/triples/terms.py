"""What the vocabulary says that arithmetic needs, taken out of it for `reconcile`.

>>> from cbec_kg.rdf.terms import Triple, iri, text
>>> node = iri("voc:sales")
>>> vocabulary = Vocabulary.of([
...     Triple(node, iri("rdf:type"), iri("cbec:Indicator")), Triple(node, iri("skos:inScheme"), iri("voc:indicators")),
...     Triple(node, iri("skos:notation"), text("sales")),
...     Triple(node, iri("cbec:accumulation"), iri("voc:accumulation-flow"))])
>>> terms_of(vocabulary).flows
frozenset({'sales'})
"""

from cbec_kg.namespaces import VOCAB
from cbec_kg.ontology.vocabulary import Term, Vocabulary
from cbec_kg.reconcile.book import Rate, Ratio, Terms

__all__ = ["terms_of"]

_FLOW = VOCAB + "accumulation-flow"
_DIRECTIONS = frozenset({VOCAB + "flow-export", VOCAB + "flow-import"})
_NO_SCOPE = "none"


def terms_of(vocabulary: Vocabulary) -> Terms:
    """Flows, traded indicators, ratios and default scopes, by the codes of indicators.

    An indicator without scopes is a part or whole of a ratio with the scope ``none``; ``scopes`` leaves it out, as it
    does one of which several scopes are published and none is the default.
    """
    indicators = [term for (scheme, _), term in sorted(vocabulary.coded.items()) if scheme == "indicators"]
    defaults = {term.code: term.link("defaultScope") for term in indicators}
    scopes = {indicator: vocabulary.terms[scope].code for indicator, scope in defaults.items() if scope}
    return Terms(
        flows=frozenset(term.code for term in indicators if term.link("accumulation") == _FLOW),
        traded=frozenset(term.code for term in indicators if _DIRECTIONS.issubset(term.links.get("availableFlow", ()))),
        ratios={term.code: ratio for term in indicators if (ratio := _ratio(term, vocabulary, scopes))},
        rates={term.code: rate for term in indicators if (rate := _rate(term, vocabulary, scopes))},
        scopes=scopes,
    )


def _rate(term: Term, vocabulary: Vocabulary, scopes: dict[str, str]) -> Rate | None:
    whole, seconds = term.link("rateOf"), term.link("rateSeconds")
    if whole is None or seconds is None:
        return None
    code = vocabulary.terms[whole].code
    return Rate(code, scopes.get(code, _NO_SCOPE), int(seconds))


def _ratio(term: Term, vocabulary: Vocabulary, scopes: dict[str, str]) -> Ratio | None:
    ends = [term.link(name) for name in ("numerator", "denominator")]
    part, whole = (vocabulary.terms[end].code if end else None for end in ends)
    if part is None or whole is None:
        return None
    return Ratio(part, scopes.get(part, _NO_SCOPE), whole, scopes.get(whole, _NO_SCOPE))
