"""Statements into files: sorted, through pyoxigraph, and all files of an export or none.

>>> import tempfile
>>> from cbec_kg.rdf.terms import Quad, iri
>>> folder = Path(tempfile.mkdtemp())
>>> with Staged() as staged:
...     content, count = serialised([Quad(iri("id:a"), iri("rdf:type"), iri("cbec:City"))], by_name("nq"))
...     _ = staged.add(folder / "a.nq", content)
...     count, list(folder.glob("*.nq"))
(1, [])
>>> [path.name for path in folder.iterdir()]
['a.nq']
"""

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from glob import escape
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Self

import pyoxigraph

from cbec_kg.errors import CbecError
from cbec_kg.namespaces import PREFIXES
from cbec_kg.rdf.canonical import nquads
from cbec_kg.rdf.formats import Format, by_name
from cbec_kg.rdf.terms import Quad

__all__ = ["Staged", "canonical", "serialised", "written"]

# The Turtle reader of OWLAPI, and so Protégé, knows no escape in a name such as bibo:status\/draft.
_ESCAPED = re.compile(rb"\b([a-z-]+):[\w.-]*\\[/~.!$&'()*+,;=?#@%_-]")


def canonical(quads: Iterable[Quad]) -> list[Quad]:
    """Each quad once, sorted by its N-Quads line, blank nodes named by what they say."""
    return list(pyoxigraph.parse(nquads(quads), format=pyoxigraph.RdfFormat.N_QUADS))


def serialised(quads: Iterable[Quad], known: Format) -> tuple[bytes, int]:
    """Canonical bytes of quads in a format, and how many statements they hold.

    A format without named graphs gets the triples alone. Statements are sorted by their N-Quads line, graph by graph
    where the format groups them so.
    """
    if not known.datasets:
        quads = (Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    if known in (by_name("nq"), by_name("nt")):
        lines = nquads(quads)
        return lines, lines.count(b"\n")
    return written(canonical(quads), known)


def written(quads: Sequence[Quad], known: Format, prefixes: Mapping[str, str] = PREFIXES) -> tuple[bytes, int]:
    """Bytes of quads that are `canonical`, and how many statements they are; ``prefixes`` are for Turtle and TriG."""
    graphs: dict[str, list[Quad]] = defaultdict(list)
    for quad in quads:
        graphs[quad.graph_name.value if isinstance(quad.graph_name, pyoxigraph.NamedNode) else ""].append(quad)
    ordered = [quad for name in sorted(graphs) for quad in graphs[name]]

    def text(names: Mapping[str, str]) -> bytes:
        output = BytesIO()
        statements = ordered if known.datasets else (quad.triple for quad in ordered)
        pyoxigraph.serialize(statements, output, known.rdf_format, prefixes=dict(names))
        return output.getvalue()

    content = text(prefixes)
    if escaped := {found.decode() for found in _ESCAPED.findall(content)}:
        content = text({prefix: base for prefix, base in prefixes.items() if prefix not in escaped})
    return content, len(quads)


def _is_over(process: int) -> bool:
    """Whether a process is known to have ended; where that cannot be asked, it is not."""
    if os.name != "posix":
        return False
    try:
        os.kill(process, 0)  # no signal, only the question
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


class Staged:
    """Files that appear together when the ``with`` block ends, and not at all when it fails.

    What an export that was killed has left beside the same files is put away.
    """

    def __init__(self) -> None:
        self._waiting: dict[Path, Path] = {}

    def add(self, path: Path, content: bytes) -> str:
        """Write a file beside its place; returns the SHA-256 of its bytes. Raises `CbecError` where that fails."""
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            for left in path.parent.glob(f".{escape(path.name)}.*.part"):
                number = left.name.removesuffix(".part").rpartition(".")[2]
                if number.isdecimal() and len(number) < 10 and _is_over(int(number)):
                    left.unlink(missing_ok=True)
            self._waiting[part] = path  # before it is there: a full disk leaves half of it
            part.write_bytes(content)
        except OSError as error:
            raise CbecError(f"cannot write {path}", fix=error.strerror or str(error)) from None
        return sha256(content).hexdigest()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            while kind is None and self._waiting:
                part, path = next(iter(self._waiting.items()))
                part.replace(path)
                del self._waiting[part]
        except OSError as problem:
            raise CbecError(f"cannot write {path}", fix=problem.strerror or str(problem)) from None
        finally:
            for part in self._waiting:
                part.unlink(missing_ok=True)
