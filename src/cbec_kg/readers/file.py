"""One file with one article: plain text, Markdown, a web page, a PDF.

>>> import tempfile
>>> path = Path(tempfile.mkdtemp()) / "a1.txt"
>>> _ = path.write_bytes("跨境电商进出口增长9.8%。".encode())
>>> with Sandbox() as sandbox:
...     source = read_file(path, {"publisher": "CCTV"}, sandbox)
>>> source.article.id, source.article.lang, source.article.publisher, source.reader
('a1', 'zh', 'CCTV', 'txt')
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from cbec_kg.errors import UnreadableInput
from cbec_kg.readers.assemble import assemble, merged
from cbec_kg.readers.decode import decode
from cbec_kg.readers.disk import SUFFIXES, contents
from cbec_kg.readers.ids import article_id, stdin_id
from cbec_kg.readers.sandbox import Sandbox
from cbec_kg.readers.source import Source, shown

__all__ = ["LARGEST_HTML", "LARGEST_PDF", "LARGEST_TEXT", "read_content", "read_file"]

LARGEST_TEXT = 20_000_000
"""Bytes of a plain text, Markdown or standard input."""
LARGEST_HTML = 10_000_000
"""Bytes of a web page."""
LARGEST_PDF = 50_000_000
"""Bytes of a PDF."""

_LARGEST_SIDECAR = 1_000_000
_LARGEST = {".html": LARGEST_HTML, ".htm": LARGEST_HTML, ".pdf": LARGEST_PDF}


def read_file(path: Path, options: Mapping[str, object], sandbox: Sandbox) -> Source:
    """Article of a file, its id the file's stem.

    Metadata is that of ``options``, else of the sidecar ``STEM.json`` beside it, else of a page's own tags. Raises
    `UnreadableInput`, and `MissingExtra` where the library for PDF or HTML is not installed.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UnreadableInput(
            f"the suffix {suffix!r} is unknown", fix=f"known are {' '.join(SUFFIXES)}, folders, and -"
        )
    content = contents(path, _LARGEST.get(suffix, LARGEST_TEXT))
    digest = sha256(content).hexdigest()
    article, where = article_id(path.stem), shown(path)
    given = merged(options, _sidecar(path))
    if suffix == ".pdf":
        read = sandbox.read("pdf", content)
    elif suffix in (".html", ".htm"):
        page = decode(content, html=True)
        read = sandbox.read("html", page.text.encode("utf-8"))
    else:
        decoded = decode(content)
        return assemble(article, decoded.text, digest, given, reader=_reader(suffix[1:], decoded.encoding), where=where)
    kind = "pdf" if suffix == ".pdf" else "html"
    said = merged(given, read.page)
    return assemble(article, read.text, digest, said, reader=f"{kind} {read.library}", where=where, notes=read.notes)


def read_content(content: bytes, options: Mapping[str, object], where: str) -> Source:
    """Article of plain text without a name; its id is of its bytes. Raises `UnreadableInput`."""
    if len(content) > LARGEST_TEXT:
        raise UnreadableInput(f"it is larger than {LARGEST_TEXT:,} bytes", fix="name a file with an article a line")
    decoded = decode(content)
    digest = sha256(content).hexdigest()
    reader = _reader("txt", decoded.encoding)
    return assemble(stdin_id(content), decoded.text, digest, options, reader=reader, where=where)


def _reader(kind: str, encoding: str) -> str:
    """Name of a reader; who reads the bytes again needs the encoding, where it is not UTF-8."""
    return kind if encoding == "utf-8" else f"{kind} {encoding}"


def _sidecar(path: Path) -> dict[str, Any]:
    """Metadata in ``STEM.json`` beside a file, empty where there is none."""
    beside = path.with_suffix(".json")
    if not beside.is_file():
        return {}
    try:
        given = json.loads(contents(beside, _LARGEST_SIDECAR).decode("utf-8-sig"))
    except UnreadableInput as error:
        raise UnreadableInput(f"of its sidecar {beside.name}: {error.message}", fix=error.fix) from None
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise UnreadableInput(f"its sidecar {beside.name} is no JSON object", fix="mend or remove the sidecar")
    return given
