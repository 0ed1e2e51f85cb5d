"""The page with diagrams of the model, in Mermaid, which GitHub draws: from the ontology's domains and ranges.

>>> from cbec_kg import paths
>>> schema = Schema.of(paths.ontology())
>>> print("\\n".join(_diagram(schema, {"direction": "LR", "classes": ["Article", "Span"], "hide": []})[1:5]))
classDiagram
  direction LR
  class Article {
    +string title
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import yaml

from .schema import Schema, Term

__all__ = ["DIAGRAMS", "model_page"]

DIAGRAMS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("model.yaml").read_text("utf-8"))
_MADE = "<!-- Written by `make docs` from ontology/modules and tests/docs/model.yaml: change those, not this file. -->"
_COMPACT = '%%{init: {"class": {"hideEmptyMembersBox": true}}}%%'
_FEW = 3  # names on one line of an arrow's label


def model_page(schema: Schema, diagrams: Iterable[dict[str, Any]] = tuple(DIAGRAMS)) -> str:
    """Text of the page; raises `KeyError` for a class or property that the ontology does not have."""
    diagrams = list(diagrams)
    lines = [_MADE, "# The model in diagrams", ""]
    lines += [
        "Each box is a class, each arrow an object property from domain to range; a hollow arrow leads to the parent.",
        "A line in a box is a property, after its range: a datatype, a class of codes, in the third diagram any class.",
        "Names have the prefix `cbec:`; [terms.md](terms.md) defines them, and [tour.md](tour.md) follows one figure.",
        "",
    ]
    for diagram in diagrams:
        lines += [f"## {diagram['title']}", "", *_sentences(diagram["text"]), ""]
        lines += ["```mermaid", *_diagram(schema, diagram), "```", ""]
    return "\n".join([*lines, *_left_out(schema, diagrams)])


def _sentences(text: str) -> list[str]:
    return [sentence.strip(" .") + "." for sentence in text.split(". ")]


def _diagram(schema: Schema, diagram: dict[str, Any]) -> list[str]:
    boxes = [f"cbec:{name}" for name in diagram["classes"]]
    for name in [*boxes, *(f"cbec:{name}" for name in diagram["hide"] if "*" not in name)]:
        schema.terms[name]
    lines = [_COMPACT, "classDiagram", f"  direction {diagram['direction']}"]
    shown = list(_shown(schema, diagram))
    arrowed = [prop for prop in shown if prop.range in boxes and diagram.get("arrows", True)]
    for box in boxes:
        rows = [
            f"    +{_local(prop.range)} {prop.local}" for prop in shown if prop.domain == box and prop not in arrowed
        ]
        lines += [f"  class {_local(box)} {{", *rows, "  }"] if rows else [f"  class {_local(box)}"]
    for box in boxes:
        lines += [f"  {_local(parent)} <|-- {_local(box)}" for parent in _nearest(schema, box, boxes)]
    arrows = defaultdict(list)
    for prop in arrowed:
        arrows[prop.domain, prop.range].append(prop.local)
    lines += [f"  {_local(a)} --> {_local(b)} : {_label(names)}" for (a, b), names in arrows.items()]
    return lines


def _shown(schema: Schema, diagram: dict[str, Any]) -> Iterator[Term]:
    """Properties that a diagram shows: of a box, to a box, a code or a datatype."""
    boxes = {f"cbec:{name}" for name in diagram["classes"]}
    for prop in schema.terms.values():
        if prop.domain in boxes and not any(fnmatchcase(prop.local, name) for name in diagram["hide"]):
            if prop.range in boxes or prop.range.startswith("xsd:") or "cbec:CodeValue" in schema.above(prop.range):
                yield prop


def _nearest(schema: Schema, box: str, boxes: list[str]) -> list[str]:
    """Boxes right above a box, with no other box between."""
    above = [other for other in boxes if other in schema.above(box)]
    return [one for one in above if not any(one in schema.above(other) for other in above)]


def _label(names: list[str]) -> str:
    rows = [", ".join(names[start : start + _FEW]) for start in range(0, len(names), _FEW)]
    return ",<br>".join(rows)


def _local(name: str) -> str:
    return name.partition(":")[2]


def _left_out(schema: Schema, diagrams: list[dict[str, Any]]) -> Iterator[str]:
    shown = {f"cbec:{name}" for diagram in diagrams for name in diagram["classes"]}
    shown |= {prop.name for diagram in diagrams for prop in _shown(schema, diagram)}
    left = [term for term in schema.terms.values() if term.name.startswith("cbec:") and term.name not in shown]
    yield from ("## In no diagram", "", "Which [model.yaml](../../tests/docs/model.yaml) chooses.", "")
    for title, wanted in (("Classes", True), ("Properties", False)):
        names = sorted(term.local for term in left if (term.kind == "class") == wanted)
        links = ", ".join(f"[{name}](terms.md#{name})" for name in names)
        yield from (f"{title}: {links}.", "")
