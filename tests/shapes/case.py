"""Case files of shapes: small graphs that say which of their nodes a shape must find, and which it must leave alone.

``# invalid:`` names the nodes on which the file's shape must fire, ``# valid:`` nodes that it checks and must not fire
on, ``# also fires:`` another shape that cannot but fire here. Nothing else may fire. Nodes are written as in Turtle.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cbec_kg import paths
from cbec_kg.namespaces import SHAPES, expand
from cbec_kg.rdf.parse import parse_file
from cbec_kg.rdf.terms import Triple
from cbec_kg.validate.shapes import describe, read_shapes

HERE = Path(__file__).parent
NAMES = sorted(path.stem for path in (HERE / "cases").glob("*.ttl"))


@dataclass(frozen=True)
class Case:
    """A case file as read."""

    shape: str
    invalid: frozenset[str]
    valid: frozenset[str]
    also: frozenset[str]
    triples: tuple[Triple, ...]

    @property
    def subjects(self) -> frozenset[str]:
        return frozenset(triple.subject.value for triple in self.triples)


@cache
def read_case(name: str) -> Case:
    path = HERE / "cases" / f"{name}.ttl"
    text = path.read_text("utf-8")
    return Case(SHAPES + name, _nodes(text, "invalid"), _nodes(text, "valid"), _shapes(text), tuple(parse_file(path)))


def _nodes(text: str, key: str) -> frozenset[str]:
    found = re.findall(rf"^# {key}: (.+)$", text, re.MULTILINE)
    names = [name for line in found for name in line.split()]
    return frozenset(name[1:-1] if name.startswith("<") else expand(name) for name in names)


def _shapes(text: str) -> frozenset[str]:
    return frozenset(SHAPES + name for name in re.findall(r"^# also fires: (\w+)$", text, re.MULTILINE))


@cache
def background() -> tuple[Triple, ...]:
    """What every case is checked together with: the ontology, its closed code lists, the base graph."""
    folder = paths.ontology()
    files = [*sorted(folder.glob("modules/*.ttl")), *sorted(folder.glob("vocab/codes-*.ttl")), HERE / "base.ttl"]
    return tuple(triple for file in files for triple in parse_file(file))


@cache
def all_cases() -> tuple[Triple, ...]:
    """All cases at once, on their background: they do not touch one another, which a test makes sure of."""
    return tuple(dict.fromkeys((*background(), *(triple for name in NAMES for triple in read_case(name).triples))))


@cache
def shapes() -> tuple[Triple, ...]:
    return tuple(read_shapes())


def targets(name: str) -> str:
    """Query for the nodes that a shape checks."""
    patterns = {
        "targetClass": "{{ ?node a/<http://www.w3.org/2000/01/rdf-schema#subClassOf>* <{}> }}",
        "targetSubjectsOf": "{{ ?node <{}> ?any }}",
        "targetObjectsOf": "{{ ?any <{}> ?node }}",
        "targetNode": "{{ BIND(<{}> AS ?node) }}",
    }
    return "SELECT DISTINCT ?node { " + " UNION ".join(
        patterns[kind].format(iri) for kind, iri in describe(shapes())[SHAPES + name].targets
    ) + " }"  # fmt: skip
