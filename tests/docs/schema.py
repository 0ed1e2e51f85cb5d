"""Classes and properties of the ontology as plain data, for the pages that are made from them.

>>> from cbec_kg import paths
>>> schema = Schema.of(paths.ontology())
>>> evidence = schema.terms["cbec:evidence"]
>>> evidence.domain, evidence.range, evidence.module
('cbec:Claim', 'cbec:Evidence', 'evidence')
>>> schema.above("cbec:Platform")
['cbec:Actor', 'cbec:Entity', 'prov:Agent']
"""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from cbec_kg.export.reference.texts import sources
from cbec_kg.namespaces import compact
from cbec_kg.rdf.terms import BlankNode, Literal, NamedNode

__all__ = ["Schema", "Term"]

KINDS = {
    "owl:Class": "class",
    "owl:ObjectProperty": "object property",
    "owl:DatatypeProperty": "data property",
    "owl:AnnotationProperty": "annotation property",
}


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property: its prefixed name, what kind it is, the module that declares it, texts by language."""

    name: str
    kind: str
    module: str
    label: dict[str, str]
    definition: dict[str, str]
    domain: str
    range: str
    parents: tuple[str, ...]
    marks: tuple[str, ...]

    @property
    def local(self) -> str:
        """Its name without the prefix."""
        return self.name.partition(":")[2]

    @property
    def anchor(self) -> str:
        """Where a page has it."""
        return self.local if self.name.startswith("cbec:") else self.name.replace(":", "-")


@dataclass(frozen=True, slots=True)
class Schema:
    """Terms by prefixed name, in the order of their modules' files, and titles of modules by language."""

    terms: dict[str, Term]
    titles: dict[str, dict[str, str]]

    @classmethod
    def of(cls, ontology: Path) -> "Schema":
        """The schema of an ontology folder."""
        terms: dict[str, Term] = {}
        titles: dict[str, dict[str, str]] = {}
        for file in sources(ontology, "ontology.ttl"):
            module = Path(file.file).stem
            out: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
            for triple in file.triples:
                if isinstance(triple.subject, NamedNode) and not isinstance(triple.object, BlankNode):
                    out[compact(triple.subject.value)][_key(triple.predicate.value, triple.object)].append(
                        triple.object.value if isinstance(triple.object, Literal) else compact(triple.object.value)
                    )
            for name, said in out.items():
                if kinds := [KINDS[kind] for kind in said["rdf:type"] if kind in KINDS]:
                    terms[name] = _term(name, kinds[0], module, said)
                elif "owl:Ontology" in said["rdf:type"]:
                    titles[module] = {tongue: said[f"dcterms:title@{tongue}"][0] for tongue in ("en", "zh")}
        return cls(terms, titles)

    def above(self, name: str) -> list[str]:
        """All that a class or property lies under, in the order of names."""
        found: set[str] = set()
        todo = [name]
        while todo:
            term = self.terms.get(todo.pop())
            new = [parent for parent in term.parents if parent not in found] if term else []
            found.update(new)
            todo += new
        return sorted(found)


def _key(predicate: str, value: object) -> str:
    tongue = value.language if isinstance(value, Literal) else None
    return f"{compact(predicate)}@{tongue}" if tongue else compact(predicate)


def _term(name: str, kind: str, module: str, said: dict[str, list[str]]) -> Term:
    def texts(predicate: str) -> dict[str, str]:
        return {tongue: said[f"{predicate}@{tongue}"][0] for tongue in ("en", "zh") if said[f"{predicate}@{tongue}"]}

    def one(predicate: str) -> str:
        return said[predicate][0] if said[predicate] else ""

    marks = [
        mark.removeprefix("owl:").removesuffix("Property").lower() for mark in said["rdf:type"] if mark not in KINDS
    ]
    return Term(
        name, kind, module, texts("rdfs:label"), texts("skos:definition"), one("rdfs:domain"), one("rdfs:range"),
        tuple(sorted(said["rdfs:subClassOf"] + said["rdfs:subPropertyOf"])), tuple(sorted(marks)),
    )  # fmt: skip
