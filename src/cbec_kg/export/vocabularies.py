"""The figures in other vocabularies: what the rules of ``ontology/alignments/rules`` construct, as files.

The rules of a vocabulary bear its name: ``data-cube`` is all that ``data-cube-*.rq`` construct. Each is a CONSTRUCT
that runs on any SPARQL 1.1 endpoint; the one that ends in ``left-out`` is a SELECT of what the others leave out.

>>> [rule.stem for rule in rules("schema-org")]
['schema-org-details', 'schema-org-observations', 'schema-org-sources', 'schema-org-variables']
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

from cbec_kg import paths
from cbec_kg.errors import CbecError
from cbec_kg.export.files import ExportedFile
from cbec_kg.export.write import Staged, written
from cbec_kg.namespaces import BASE, PREFIXES
from cbec_kg.rdf.canonical import nquads
from cbec_kg.rdf.formats import FORMATS, Format, by_name, by_suffix
from cbec_kg.rdf.terms import Literal, NamedNode, Quad
from cbec_kg.store.base import Solutions, Store

__all__ = ["VOCABULARIES", "LeftOut", "constructed", "export_as", "left_out", "rules"]

VOCABULARIES = {"data-cube": "the W3C's RDF Data Cube, with SDMX", "schema-org": "observations of schema.org"}
"""Name of each vocabulary that there are rules for, and what it is."""
_LEFT_OUT = "left-out"
_SDMX = "http://purl.org/linked-data/sdmx/2009/"
_PREFIXES = {
    **PREFIXES,
    "cube": BASE + "cube/",
    "qb": "http://purl.org/linked-data/cube#",
    **{f"sdmx-{part}": f"{_SDMX}{part}#" for part in ("attribute", "code", "concept", "dimension", "measure")},
}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many records a data set leaves out for one reason; ``data_set`` is an IRI."""

    data_set: str
    reason: str
    count: int


def rules(vocabulary: str) -> list[Path]:
    """Files of the rules of a vocabulary, sorted; raises `CbecError` for one that there are no rules for."""
    if vocabulary not in VOCABULARIES:
        raise CbecError(f"no rules for {vocabulary!r}", fix=f"use one of {', '.join(VOCABULARIES)}")
    return [path for path in sorted(_folder().glob(f"{vocabulary}-*.rq")) if not path.stem.endswith(_LEFT_OUT)]


def constructed(store: Store, vocabulary: str) -> Iterator[Quad]:
    """What the rules construct from the store's default graph; a triple may come more than once."""
    for rule in rules(vocabulary):
        found = store.query(rule.read_text("utf-8"))
        assert not isinstance(found, bool | Solutions)  # the rules are CONSTRUCT queries
        for triple in found:
            yield Quad(*triple)


def export_as(store: Store, vocabulary: str, to: Path, formats: Sequence[str] = ()) -> list[ExportedFile]:
    """Write the figures in a vocabulary, the same bytes for the same graph on every run; returns the files in order.

    ``to`` is a folder (made where missing), or a file when its suffix is that of a format. Files appear together or
    not at all. Raises `CbecError` for an unknown vocabulary or format or an unwritable place.
    """
    single = not to.is_dir() and to.suffix in {suffix for known in FORMATS.values() for suffix in known.suffixes}
    wanted = [by_name(name) for name in dict.fromkeys(formats or [by_suffix(to.suffix).name if single else "ttl"])]
    if single and wanted != [by_suffix(to.suffix)]:
        raise CbecError(f"{to.name} is a file of {by_suffix(to.suffix).label}", fix="leave the format out")
    lines = nquads(constructed(store, vocabulary))
    files = []
    with Staged() as staged:
        for known in wanted:
            path = to if single else to / f"{vocabulary}{known.suffix}"
            digest = staged.add(path, _serialised(lines, known))
            files.append(ExportedFile(path, known.name, vocabulary, lines.count(b"\n"), digest))
    return files


def left_out(store: Store, vocabulary: str) -> list[LeftOut]:
    """What the rules leave out, by data set and reason."""
    found = store.select((_folder() / f"{vocabulary}-{_LEFT_OUT}.rq").read_text("utf-8"))
    counts = Counter(_texts(row) for row in found.rows)
    return [LeftOut(data_set, reason, count) for (data_set, reason), count in sorted(counts.items())]


def _folder() -> Path:
    return paths.ontology() / "alignments" / "rules"


def _texts(row: Iterable[object]) -> tuple[str, str]:
    data_set, _, reason = row
    assert isinstance(data_set, NamedNode)
    assert isinstance(reason, Literal)
    return data_set.value, reason.value


def _serialised(lines: bytes, known: Format) -> bytes:
    """Sorted N-Quads of the default graph in a format, with the prefixes that it needs."""
    if known.name in ("nt", "nq"):
        return lines
    used = {prefix: base for prefix, base in _PREFIXES.items() if base.encode() in lines}
    return written(list(pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.N_QUADS)), known, used)[0]
