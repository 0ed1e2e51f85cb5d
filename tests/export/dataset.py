"""A small graph of the project's form: an ontology with axioms and shapes, entities, one article, observations."""

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from cbec_kg.namespaces import GRAPH, PREFIXES
from tests.export.memory import MemoryStore

__all__ = ["GRAPHS", "small_store"]

_PREFIXES = "".join(f"@prefix {prefix}: <{base}> .\n" for prefix, base in PREFIXES.items())

GRAPHS = {
    "ontology": """
<https://w3id.org/cbec-kg/ontology> a owl:Ontology ; dcterms:title "Ontology"@en , "本体"@zh ; owl:versionInfo "0.1.0" ;
    owl:imports module:core .
module:core a owl:Ontology ; dcterms:title "Core"@en .
<https://w3id.org/cbec-kg/vocab> a owl:Ontology ; owl:imports <https://w3id.org/cbec-kg/ontology> .
dcterms:title a owl:AnnotationProperty .
cbec:Entity a owl:Class ; rdfs:label "entity"@en , "实体"@zh .
cbec:Platform a owl:Class ; rdfs:subClassOf cbec:Entity .
cbec:Country a owl:Class ; rdfs:subClassOf cbec:Entity .
cbec:Article a owl:Class . cbec:Observation a owl:Class . cbec:Period a owl:Class .
cbec:Claim a owl:Class ; rdfs:subClassOf [ a owl:Class ; owl:unionOf ( cbec:FactorClaim cbec:TrendClaim ) ] .
cbec:FactorClaim a owl:Class . cbec:TrendClaim a owl:Class .
[] a owl:AllDisjointClasses ; owl:members ( cbec:Platform cbec:Country cbec:Article ) .
cbec:launches a owl:ObjectProperty ; rdfs:domain cbec:Entity ; rdfs:range cbec:Entity .
cbec:level a owl:DatatypeProperty ; rdfs:range xsd:decimal .
cbec:textLength a owl:DatatypeProperty ; rdfs:range xsd:integer .
<https://w3id.org/cbec-kg/shapes> a owl:Ontology ;
    sh:declare [ sh:prefix "cbec" ; sh:namespace "https://w3id.org/cbec-kg/ontology#"^^xsd:anyURI ] .
cs:Label a sh:NodeShape ; sh:targetClass cbec:Entity ;
    sh:or ( [ sh:path rdfs:label ; sh:minCount 1 ] [ sh:path skos:prefLabel ] ) .
""",
    "entities": """
id:china a owl:NamedIndividual , cbec:Country ; rdfs:label "China"@en , "中国"@zh .
id:aliexpress a owl:NamedIndividual , cbec:Platform ; rdfs:label "AliExpress"@en , "全球速卖通"@zh .
id:plan a owl:NamedIndividual , cbec:Entity ; rdfs:label "A \\"plan\\", & <more>\\n"@en .
""",
    "article_003_a": """
art:003_a a owl:NamedIndividual , cbec:Article ; rdfs:label "Article"@en ; cbec:textLength 120 .
""",
    "observations": """
obs:x_2022 a owl:NamedIndividual , cbec:Observation ; cbec:level "2110000000000"^^xsd:decimal , 9.8 .
period:2022 a owl:NamedIndividual , cbec:Period .
id:aliexpress cbec:launches id:plan .
""",
    "inferred": "id:china a cbec:Entity . id:aliexpress a cbec:Entity .\n",
}


def small_store() -> MemoryStore:
    """A store of these graphs; its blank nodes are new ones on each call."""
    return MemoryStore(
        Quad(quad.subject, quad.predicate, quad.object, NamedNode(GRAPH + name))
        for name, turtle in GRAPHS.items()
        for quad in parse(_PREFIXES + turtle, format=RdfFormat.TURTLE, rename_blank_nodes=True)
    )
