"""What tests of the pipeline share: stores to change, and the graph that a build would make of what is in them."""

import shutil
from pathlib import Path

import pyoxigraph
import pytest

from cbec_kg import paths
from cbec_kg.pipeline.build import reasoned_graphs
from cbec_kg.pipeline.graphs import quads_of
from cbec_kg.pipeline.sources import Sources
from cbec_kg.store.builds import current


def quads(store: Path) -> frozenset:
    """The stored graph."""
    return frozenset(pyoxigraph.Store.read_only(str(current(store))))


@pytest.fixture(scope="session")
def built_quads(built_store: Path) -> frozenset:
    """The graph that `store` holds before a test changes it."""
    return quads(built_store)


_BUILT: dict[tuple, frozenset] = {}


def built_of(sources: Sources) -> frozenset:
    """Quads of a build of some sources; it takes two seconds, so the last few are kept by all that they follow from."""
    key = (sources.ontology, sources.shapes, sources.entities, repr(sources.articles))
    if key not in _BUILT:
        while len(_BUILT) >= 12:
            del _BUILT[next(iter(_BUILT))]
        _BUILT[key] = frozenset(quads_of(reasoned_graphs(sources)))
    return _BUILT[key]


TURTLE = {
    "ontology/ontology.ttl": "<https://w3id.org/cbec-kg/ontology> a owl:Ontology . cbec:Place a owl:Class .",
    "ontology/vocab.ttl": "<https://w3id.org/cbec-kg/vocab> a owl:Ontology .",
    "ontology/shapes/labels.ttl": "cs:Label a sh:PropertyShape ; sh:targetClass cbec:Place ; sh:path rdfs:label ; "
    'sh:minCount 1 ; sh:severity sh:Violation ; sh:message "Give it a name."@en .',
    "data/entities/places.ttl": 'id:here a owl:NamedIndividual , cbec:Place ; rdfs:label "here"@en .',
}
PREFIXES = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix cbec: <https://w3id.org/cbec-kg/ontology#> .
@prefix cs: <https://w3id.org/cbec-kg/shapes#> .
@prefix id: <https://w3id.org/cbec-kg/id/> .
"""


@pytest.fixture
def little(tmp_path: Path) -> Path:
    """Resources of one class, one place and one shape: for what hangs on builds, and not on what is in them."""
    folder = tmp_path / "little"
    for name, text in TURTLE.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(PREFIXES + text + "\n", "utf-8")
    shutil.copy(paths.ontology() / "catalog-v001.xml", folder / "ontology")
    return folder
