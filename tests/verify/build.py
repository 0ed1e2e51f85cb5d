"""A store and a folder of articles out of the rows of ``cases/articles.yaml``, sound or with a fault in them."""

from copy import deepcopy
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml
from pyoxigraph import Literal, NamedNode, Quad, Triple

from cbec_kg.namespaces import ARTICLE, CLAIM, EVIDENCE, GRAPH, ID, OBS, VOCAB
from cbec_kg.rdf.terms import RDF_TYPE, RDFS_LABEL, decimal, integer, iri, text
from tests.export.memory import MemoryStore

__all__ = ["Sample", "sample"]

_CASES = Path(__file__).parent / "cases" / "articles.yaml"


class Sample:
    """Rows with their spans found, and texts; `store` and `write` make of them what `verify` reads."""

    def __init__(self, texts: dict[str, str], rows: dict[str, dict[str, Any]]) -> None:
        self.texts, self.rows = texts, rows
        self.digests = {article: sha256(body.encode()).hexdigest() for article, body in texts.items()}
        self.lengths = {article: len(body) for article, body in texts.items()}

    def change(self, row: str, keys: dict[str, Any]) -> None:
        """Set keys of a row; a new ``at`` moves its span and its written figure."""
        if "at" in keys:
            self.rows[row] = placed(self.texts, {**self.rows[row], "at": keys["at"]})
        self.rows[row].update(keys)

    def write(self, folder: Path, suffix: str = ".txt") -> Path:
        for article, body in self.texts.items():
            (folder / f"{article}{suffix}").write_bytes(body.encode())
        return folder

    def store(self) -> MemoryStore:
        return MemoryStore(Quad(*triple, NamedNode(GRAPH + "all")) for triple in self.triples())

    def triples(self) -> list[Triple]:
        found = []
        for article, body in self.digests.items():
            node = NamedNode(ARTICLE + article)
            found += [Triple(node, RDF_TYPE, iri("cbec:Article")), Triple(node, iri("cbec:sha256"), text(body))]
            found.append(Triple(node, iri("cbec:textLength"), integer(self.lengths[article])))
        for unit in ("CNY", "USD", "EUR", "percent", "percentage_point", "count", "ratio", "rank"):
            found.append(Triple(_unit(unit), iri("skos:notation"), text(unit)))
        for name, row in self.rows.items():
            found += _row(name, row)
        return found


def sample() -> Sample:
    """The sound one."""
    data = yaml.safe_load(_CASES.read_text("utf-8"))
    return Sample(data["texts"], {row["id"]: placed(data["texts"], deepcopy(row)) for row in data["rows"]})


def placed(texts: dict[str, str], row: dict[str, Any]) -> dict[str, Any]:
    """A row with the place of its characters, which stand once in the text."""
    for part in [row, *([row["restated"]] if "restated" in row else [])]:
        body = texts[row["article"]]
        assert part["at"] in body, part
        part["start"] = body.index(part["at"])
        part["end"] = part["start"] + len(part["at"])
        part["written"] = part["at"] if "measure" in row else None
    return row


def _unit(code: str) -> NamedNode:
    return NamedNode(f"{VOCAB}unit-{code.lower().replace('_', '-')}")


def _row(name: str, row: dict[str, Any]) -> list[Triple]:
    claim, evidence = NamedNode(CLAIM + name), NamedNode(EVIDENCE + name)
    kind = "StatisticalClaim" if "measure" in row else "FactorClaim"
    found = [
        Triple(claim, RDF_TYPE, iri(f"cbec:{kind}")),
        Triple(claim, RDFS_LABEL, text(f"claim {name}", "en")),
        Triple(claim, RDFS_LABEL, text(f"主张 {name}", "zh")),
        Triple(claim, iri("cbec:evidence"), evidence),
        Triple(evidence, RDF_TYPE, iri("cbec:Evidence")),
        *_place(evidence, row["article"], row),
    ]
    for key, prop in (("list", "enumeration"), ("position", "listPosition")):
        if row.get(key) is not None:
            found.append(Triple(evidence, iri(f"cbec:{prop}"), text(row[key]) if key == "list" else integer(row[key])))
    if "measure" not in row:
        return found
    observation, thing = NamedNode(OBS + name), NamedNode(ID + name)
    found += [
        Triple(claim, iri("cbec:observation"), observation),
        Triple(claim, iri("cbec:measure"), NamedNode(f"{VOCAB}measure-{row['measure']}")),
        Triple(claim, iri("cbec:qualifier"), NamedNode(f"{VOCAB}qualifier-{row.get('qualifier', 'exact')}")),
        Triple(observation, iri("cbec:measuredEntity"), thing),
        Triple(thing, iri("skos:altLabel"), text(row.get("name", name), "en")),
        *_numbers(claim, row, "value", "lowerBound", "upperBound", "unit"),
    ]
    if row.get("record"):
        found.append(Triple(claim, iri("cbec:recordKind"), NamedNode(f"{VOCAB}record-{row['record']}")))
    if again := row.get("restated"):
        node = NamedNode(f"{EVIDENCE}{name}_restated")
        found += [Triple(evidence, iri("cbec:restatedAs"), node), *_place(node, row["article"], again)]
        found += _numbers(node, again, "restatedValue", "restatedLowerBound", "restatedUpperBound", "restatedUnit")
    return found


def _place(node: NamedNode, article: str, part: dict[str, Any]) -> list[Triple]:
    found = [
        Triple(node, iri("cbec:inArticle"), NamedNode(ARTICLE + article)),
        Triple(node, iri("cbec:charStart"), integer(part["start"])),
        Triple(node, iri("cbec:charEnd"), integer(part["end"])),
    ]
    return found + ([Triple(node, iri("cbec:writtenFigure"), Literal(part["written"]))] if part["written"] else [])


def _numbers(node: NamedNode, part: dict[str, Any], value: str, lower: str, upper: str, unit: str) -> list[Triple]:
    numbers = [(value, part.get("value")), (lower, part.get("lower")), (upper, part.get("upper"))]
    found = [Triple(node, iri(f"cbec:{prop}"), decimal(number)) for prop, number in numbers if number is not None]
    return found + ([Triple(node, iri(f"cbec:{unit}"), _unit(part["unit"]))] if part.get("unit") else [])
