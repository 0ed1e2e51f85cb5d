"""Read tables of mappings to other vocabularies, in SSSOM: a header of ``#`` lines in YAML, then tab-separated rows.

SSSOM is the Simple Standard for Sharing Ontological Mappings (Matentzoglu et al. 2022, Database, baac035). The slot
``ext_checked``, which each file declares as an extension, names how a row was checked; ``data/alignments/checks.yaml``
says what stands behind the name.

>>> table = read_set(folder() / "iso-4217.sssom.tsv")
>>> table.name, table.title["en"]
('iso-4217', 'Alignment of currencies to ISO 4217')
>>> one = next(row for row in table.mappings if row.subject.endswith("unit-cny"))
>>> one.object, one.object_label, one.checked
('http://publications.europa.eu/resource/authority/currency/CNY', 'Yuan Renminbi', 'pycountry')
"""

from codecs import BOM_UTF8
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from cbec_kg import paths
from cbec_kg.errors import OntologyError
from cbec_kg.namespaces import BASE
from cbec_kg.rdf.terms import NamedNode

__all__ = ["COLUMNS", "Mapping", "MappingSet", "folder", "read_all", "read_checks", "read_set"]

COLUMNS = (
    "subject_id", "subject_label", "predicate_id", "object_id", "object_label", "object_type",
    "mapping_justification", "comment", "ext_checked",
)  # fmt: skip
SUFFIX = ".sssom.tsv"
_ALIGNMENT = BASE + "alignment/"
_SLOTS = (
    "mapping_set_id", "mapping_set_version", "mapping_set_title", "mapping_set_description", "license",
    "object_source", "object_source_version", "ext_title_zh", "curie_map",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mapping:
    """One link: IRIs, labels as the two sides write them, the kind of the object, and how the link was checked."""

    subject: str
    subject_label: str
    predicate: str
    object: str
    object_label: str
    object_type: str
    justification: str
    comment: str
    checked: str


@dataclass(frozen=True, slots=True)
class MappingSet:
    """The links to one vocabulary. ``title`` is by language; ``prefixes`` are those that the file writes."""

    name: str
    title: dict[str, str]
    description: str
    version: str
    licence: str
    source: str
    source_version: str
    mappings: tuple[Mapping, ...]
    prefixes: dict[str, str] = field(default_factory=dict)

    @property
    def iri(self) -> str:
        """IRI of the ontology that holds the links."""
        return _ALIGNMENT + self.name


def folder(resources: Path | None = None) -> Path:
    """Where the tables lie, below a resources folder."""
    return (resources or paths.resources()) / "data" / "alignments"


def read_all(tables: Path | None = None) -> list[MappingSet]:
    """Every table of a folder, by name; none where there is no such folder."""
    return [read_set(path) for path in sorted((tables or folder()).glob("*" + SUFFIX))]


def read_checks(tables: Path | None = None) -> dict[str, dict[str, str]]:
    """What the names in ``ext_checked`` stand for: ``en``, ``zh``, ``source``, ``version``, ``licence``."""
    checks: dict[str, dict[str, str]] = yaml.safe_load(((tables or folder()) / "checks.yaml").read_text("utf-8"))
    return checks


def read_set(path: Path) -> MappingSet:
    """One table; raises `OntologyError` with file and line for a header or row that does not fit."""
    lines = _text(path).splitlines()
    head = [line[1:] for line in lines if line.startswith("#")]
    try:
        slots: Any = yaml.safe_load("\n".join(head))
    except yaml.YAMLError as error:
        raise OntologyError(f"{path}: the header is not YAML ({' '.join(str(error).split())})") from None
    missing = [slot for slot in _SLOTS if not isinstance(slots, dict) or not slots.get(slot)]
    if missing:
        raise OntologyError(f"{path}: the header lacks {', '.join(missing)}", fix="write it as in the other tables")
    for slot in _SLOTS[:-1]:
        if not isinstance(slots[slot], str):
            raise OntologyError(f"{path}: {slot} is no text", fix="write it in quotes")
    name = path.name.removesuffix(SUFFIX)
    _iri(slots["license"], f"{path}: license")
    if slots["mapping_set_id"] != _ALIGNMENT + name:
        raise OntologyError(f"{path}: mapping_set_id is not {_ALIGNMENT + name}", fix="name the set after its file")
    rows = lines[len(head) :]
    if not rows or tuple(rows[0].split("\t")) != COLUMNS:
        raise OntologyError(f"{path}:{len(head) + 1}: other columns than {', '.join(COLUMNS)}")
    if not isinstance(slots["curie_map"], dict):
        raise OntologyError(f"{path}: curie_map gives no prefixes", fix="write a line for each, indented")
    prefixes = {str(prefix): _iri(str(base), f"{path}: curie_map") for prefix, base in slots["curie_map"].items()}
    return MappingSet(
        name,
        {"en": slots["mapping_set_title"], "zh": slots["ext_title_zh"]},
        slots["mapping_set_description"],
        slots["mapping_set_version"],
        slots["license"],
        slots["object_source"],
        slots["object_source_version"],
        tuple(_row(line, prefixes, f"{path}:{number}") for number, line in enumerate(rows[1:], len(head) + 2)),
        prefixes,
    )


def _text(path: Path) -> str:
    content = path.read_bytes()
    if content.startswith(BOM_UTF8):
        raise OntologyError(f"{path}:1: begins with a byte order mark", fix="save it as UTF-8 without one")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise OntologyError(f"{path}:{line}: text that is no UTF-8", fix="save it as UTF-8") from None


def _iri(written: str, where: str) -> str:
    try:
        return NamedNode(written).value
    except ValueError as error:
        raise OntologyError(f"{where}: {written!r} is no IRI ({error})", fix="correct it") from None


def _row(line: str, prefixes: dict[str, str], where: str) -> Mapping:
    cells = line.split("\t")
    if len(cells) != len(COLUMNS):
        raise OntologyError(f"{where}: {len(cells)} cells instead of {len(COLUMNS)}", fix="part them by one tab each")
    for column, cell in zip(COLUMNS, cells, strict=True):
        if not cell and column not in ("object_type", "comment"):
            raise OntologyError(f"{where}: no {column}")
    subject, label, predicate, target, target_label, kind, justification, comment, checked = cells
    full = [_expand(name, prefixes, where) for name in (subject, predicate, target, justification)]
    return Mapping(full[0], label, full[1], full[2], target_label, kind, full[3], comment, checked)


def _expand(name: str, prefixes: dict[str, str], where: str) -> str:
    prefix, colon, local = name.partition(":")
    if not colon or prefix not in prefixes:
        raise OntologyError(f"{where}: {name!r} has no prefix of curie_map", fix="add the prefix to the header")
    return _iri(prefixes[prefix] + local, where)
