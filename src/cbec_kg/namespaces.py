"""Namespaces of the project, their prefixes, and compact names.

>>> expand("id:aliexpress")
'https://w3id.org/cbec-kg/id/aliexpress'
>>> compact("https://w3id.org/cbec-kg/ontology#Platform")
'cbec:Platform'
>>> local_name("https://w3id.org/cbec-kg/vocab/flow-total")
'flow-total'
"""

import re

__all__ = [
    "ARTICLE", "BASE", "CBEC", "CLAIM", "EVIDENCE", "FINDING", "GRAPH", "ID", "LOCAL_NAME", "MODULE", "OBS", "PERIOD",
    "PREFIXES", "SERIES", "SHAPES", "VOCAB", "compact", "expand", "local_name",
]  # fmt: skip

BASE = "https://w3id.org/cbec-kg/"
CBEC = BASE + "ontology#"
VOCAB = BASE + "vocab/"
ID = BASE + "id/"
PERIOD = BASE + "period/"
SERIES = BASE + "series/"
OBS = BASE + "obs/"
CLAIM = BASE + "claim/"
EVIDENCE = BASE + "evidence/"
FINDING = BASE + "finding/"
ARTICLE = BASE + "article/"
GRAPH = BASE + "graph/"
MODULE = BASE + "module/"
SHAPES = BASE + "shapes#"

PREFIXES: dict[str, str] = {
    "cbec": CBEC,
    "voc": VOCAB,
    "id": ID,
    "period": PERIOD,
    "series": SERIES,
    "obs": OBS,
    "claim": CLAIM,
    "ev": EVIDENCE,
    "finding": FINDING,
    "art": ARTICLE,
    "graph": GRAPH,
    "module": MODULE,
    "cs": SHAPES,
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "prov": "http://www.w3.org/ns/prov#",
    "sh": "http://www.w3.org/ns/shacl#",
    "dcterms": "http://purl.org/dc/terms/",
    "vann": "http://purl.org/vocab/vann/",
    "bibo": "http://purl.org/ontology/bibo/",
    "schema": "https://schema.org/",
}

LOCAL_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_LONGEST_FIRST = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))


def expand(name: str) -> str:
    """IRI of a prefixed name; raises ``KeyError`` for a prefix that the project does not know."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def compact(iri: str) -> str:
    """Prefixed name of an IRI where its local part is legal in Turtle and SPARQL as it stands, else the IRI itself."""
    for prefix, base in _LONGEST_FIRST:
        if iri.startswith(base) and LOCAL_NAME.fullmatch(iri, len(base)):
            return f"{prefix}:{iri[len(base) :]}"
    return iri


def local_name(iri: str) -> str:
    """What stands behind the last ``#`` or ``/`` of an IRI."""
    return re.split(r"[#/]", iri)[-1]
