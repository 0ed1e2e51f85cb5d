"""An ontology document in functional syntax: header, declarations, then the axioms of each name together.

>>> from cbec_kg.rdf.terms import iri
>>> here = NamedNode("https://w3id.org/cbec-kg/all")
>>> said = [Quad(here, RDF_TYPE, iri("owl:Ontology")), Quad(iri("cbec:City"), RDF_TYPE, iri("owl:Class"))]
>>> content, count = functional_syntax(said, Kinds.of(said))
>>> print(content.decode(), end="")
Prefix(cbec:=<https://w3id.org/cbec-kg/ontology#>)
<BLANKLINE>
Ontology(<https://w3id.org/cbec-kg/all>
<BLANKLINE>
Declaration(Class(cbec:City))
)
>>> count
1
"""

from collections import defaultdict
from collections.abc import Iterable

from cbec_kg.errors import OntologyError
from cbec_kg.export.functional.axioms import Axioms
from cbec_kg.export.functional.kinds import DECLARED, Kinds
from cbec_kg.namespaces import PREFIXES
from cbec_kg.rdf.canonical import canonical_blank_nodes
from cbec_kg.rdf.terms import RDF_TYPE, NamedNode, Quad, Triple, iri

__all__ = ["functional_syntax"]

_ONTOLOGY, _IMPORTS, _VERSION = iri("owl:Ontology"), iri("owl:imports"), iri("owl:versionIRI")
_WORDS = {f"Declaration({word}(": place for place, word in enumerate(DECLARED.values())}


def functional_syntax(quads: Iterable[Quad], kinds: Kinds) -> tuple[bytes, int]:
    """Bytes of a document and how many axioms it has; the same triples give the same bytes.

    ``quads`` hold one owl:Ontology, whatever graphs they are of; ``kinds`` what is declared in them and in what the
    document imports. Raises `OntologyError` for a triple that is no part of any axiom of OWL 2.
    """
    triples = list(dict.fromkeys(quad.triple for quad in canonical_blank_nodes(quads)))
    headers = {one.subject for one in triples if one.predicate == RDF_TYPE and one.object == _ONTOLOGY}
    if len(headers) != 1:
        raise OntologyError(f"{len(headers)} ontology headers in one document", fix="give it exactly one")
    (header,) = headers
    axioms = Axioms((one for one in triples if one.subject != header), kinds)
    declared: list[str] = []
    others: dict[str, set[str]] = defaultdict(set)
    for axiom in axioms.all():
        if axiom.text.startswith("Declaration("):
            declared.append(axiom.text)
        else:
            others[axiom.subject].add(axiom.text)
    head = _head(header, [one for one in triples if one.subject == header], axioms)
    lines = [f"Prefix({prefix}:=<{PREFIXES[prefix]}>)" for prefix in PREFIXES if prefix in axioms.said.prefixes]
    lines += ["", *head, ""]
    lines += sorted(set(declared), key=_declaration_order)
    # Axioms of no one name, such as those over many classes, stand last.
    for subject in sorted(others, key=lambda name: (not name, name)):
        lines += ["", *([f"# {axioms.said.name(subject)}"] if subject else []), *sorted(others[subject])]
    lines.append(")")
    return ("\n".join(lines) + "\n").encode(), len(set(declared)) + sum(map(len, others.values()))


def _head(header: object, triples: list[Triple], axioms: Axioms) -> list[str]:
    """Opening of the ontology: its IRI and version, what it imports, what it says of itself."""
    said = axioms.said
    version = sorted(f" {said.term(one.object)}" for one in triples if one.predicate == _VERSION)
    assert isinstance(header, NamedNode)
    imported = sorted(f"Import({said.term(one.object)})" for one in triples if one.predicate == _IMPORTS)
    notes = sorted(
        f"Annotation({said.name(one.predicate.value)} {said.term(one.object)})"
        for one in triples
        if one.predicate not in (_IMPORTS, _VERSION) and (one.predicate, one.object) != (RDF_TYPE, _ONTOLOGY)
    )
    return [f"Ontology({said.name(header.value)}{''.join(version)}", *imported, *notes]


def _declaration_order(text: str) -> tuple[int, str]:
    return next(place for start, place in _WORDS.items() if text.startswith(start)), text
