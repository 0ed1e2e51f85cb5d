"""One graph's triples as sorted lines on disk: counted, digested, cut into bodies of a bounded size.

A graph is read from the store once and sent from here, so that what is pushed is one state of it, whatever changes
meanwhile, and memory holds a piece at a time. Lines are N-Triples, blank nodes named by what they say: the digest is
that of the file that ``cbec-kg export --format nt`` writes.

>>> import tempfile
>>> from cbec_kg.rdf.terms import BlankNode, iri
>>> from cbec_kg.rdf.canonical import nquads
>>> quads = [
...     Quad(iri("cbec:Platform"), iri("rdfs:subClassOf"), BlankNode("n1")),
...     Quad(BlankNode("n1"), iri("rdf:type"), iri("owl:Restriction")),
...     Quad(iri("id:aliexpress"), iri("rdf:type"), iri("cbec:Platform")),
...     Quad(iri("id:shein"), iri("rdf:type"), iri("cbec:Platform")),
... ]
>>> spooled = spool("", quads, Path(tempfile.mkdtemp()))
>>> spooled.triples, spooled.sha256 == sha256(nquads(quads)).hexdigest()
(4, True)
>>> [body.count(b"\\n") for body in spooled.bodies(300)]
[2, 2]
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from heapq import merge
from io import BytesIO
from itertools import groupby, islice
from pathlib import Path

import pyoxigraph

from cbec_kg.errors import CbecError
from cbec_kg.rdf.canonical import canonical_blank_nodes
from cbec_kg.rdf.terms import BlankNode, Quad, Triple

__all__ = ["Spooled", "spool"]

_RUN = 200_000  # triples that are sorted in memory at a time, some 30 MB


@dataclass(frozen=True, slots=True)
class Spooled:
    """A graph on disk: ``graph`` its IRI or ``""``, ``size`` the bytes of all lines, ``blank`` those with blank nodes.

    ``sha256`` is of all lines, sorted by their bytes; ``path`` holds the lines without blank nodes.
    """

    graph: str
    triples: int
    size: int
    sha256: str
    blank: tuple[bytes, ...]
    path: Path

    def bodies(self, most: int) -> Iterator[bytes]:
        """Bodies to send one after the other, of at most ``most`` bytes, the same for the same graph on every run.

        All blank nodes are in the first, whatever its size: sent twice they would be two nodes each, so they must
        travel in the one request that replaces. There is always a first, also of a graph without a triple.
        """
        body, size, given = list(self.blank), sum(map(len, self.blank)), False
        with self.path.open("rb") as lines:
            for line in lines:
                if size + len(line) > most and body:
                    yield b"".join(body)
                    body, size, given = [], 0, True
                body.append(line)
                size += len(line)
        if body or not given:
            yield b"".join(body)


def spool(graph: str, quads: Iterable[Quad], folder: Path) -> Spooled:
    """Write the triples of one graph to a folder; raises `CbecError` where its disk gives out."""
    try:
        return _spool(graph, quads, folder)
    except OSError as error:
        raise CbecError(
            f"{folder} cannot be written: {error.strerror or error}",
            fix="free some space, or name another folder in the environment as TMPDIR",
        ) from None


def _spool(graph: str, quads: Iterable[Quad], folder: Path) -> Spooled:
    target = folder / sha256(graph.encode()).hexdigest()
    blank: list[Triple] = []
    ground = _without_blanks(quads, blank)
    runs: list[Path] = []
    while triples := list(islice(ground, _RUN)):
        runs.append(target.with_suffix(f".{len(runs)}"))
        runs[-1].write_bytes(b"".join(_lines(triples)))
    bound = _lines(canonical_blank_nodes(blank))
    digest, count, size = sha256(), 0, 0
    files = [path.open("rb") for path in runs]
    try:
        with target.open("wb") as kept:
            lines = merge(((line, False) for line in merge(*files)), ((line, True) for line in bound))
            for (line, is_bound), _ in groupby(lines):
                digest.update(line)
                count += 1
                size += len(line)
                if not is_bound:
                    kept.write(line)
    finally:
        for file in files:
            file.close()
    for path in runs:
        path.unlink()
    return Spooled(graph, count, size, digest.hexdigest(), tuple(bound), target)


def _without_blanks(quads: Iterable[Quad], blank: list[Triple]) -> Iterator[Triple]:
    """Triples that name all they speak of; the others go to a list."""
    for quad in quads:
        if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode):
            blank.append(quad.triple)
        else:
            yield quad.triple


def _lines(triples: Iterable[Triple]) -> list[bytes]:
    output = BytesIO()
    pyoxigraph.serialize(triples, output, pyoxigraph.RdfFormat.N_TRIPLES)
    return sorted(set(output.getvalue().splitlines(keepends=True)))
