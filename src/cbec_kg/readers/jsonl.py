"""A file with one article a line, read line by line, however long the file is.

>>> import tempfile
>>> path = Path(tempfile.mkdtemp()) / "a.jsonl"
>>> _ = path.write_text('{"id": "a1", "text": "Exports rose by 9.8%."}\\nno json\\n')
>>> [type(one).__name__ for one in read_lines(path, {})]
['Source', 'Failure']
"""

import codecs
import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from cbec_kg.errors import UnreadableInput
from cbec_kg.readers.assemble import assemble, merged
from cbec_kg.readers.disk import open_file
from cbec_kg.readers.ids import article_id
from cbec_kg.readers.source import Failure, Source, shown

__all__ = ["LONGEST_LINE", "read_lines"]

LONGEST_LINE = 10_000_000
"""Bytes of a line; a longer one is passed over without being held."""


def read_lines(path: Path, options: Mapping[str, object]) -> Iterator[Source | Failure]:
    """Articles of a file in its order; a line that is none is a `Failure` and the rest goes on.

    A line's keys are ``id, text`` and optionally ``lang, title, publisher, published, url``; others are passed over,
    blank lines too. ``options`` win over a line's own metadata. Raises `UnreadableInput` where the file cannot be
    opened.
    """
    name = shown(path)
    with open_file(path) as file:
        empty = True
        for number, line in _lines(file):
            where = f"{name}:{number}"
            try:
                if line is None:
                    raise UnreadableInput(f"the line is longer than {LONGEST_LINE:,} bytes", fix="shorten its text")
                if not line.strip():
                    continue
                empty = False
                yield _article(line, options, where)
            except UnreadableInput as error:
                empty = False
                yield Failure.of(where, error.message, error.fix)
    if empty:
        raise UnreadableInput("no article in it", fix="write one JSON object a line, with id and text")


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Lines by number, without a byte order mark; None stands for one that is too long."""
    number = 0
    while True:
        number += 1
        try:
            line = file.readline(LONGEST_LINE + 1)
            if not line:
                return
            if len(line) > LONGEST_LINE and not line.endswith(b"\n"):
                while (rest := file.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                    pass
                yield number, None
                continue
        except OSError as error:
            raise UnreadableInput(f"line {number} cannot be read ({error.strerror})", fix="check the file") from None
        if number == 1:
            if line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                raise UnreadableInput("it is UTF-16", fix="save it as UTF-8")
            line = line.removeprefix(codecs.BOM_UTF8)
        yield number, line


def _article(line: bytes, options: Mapping[str, object], where: str) -> Source:
    given = _object(line)
    name, text = given.get("id"), given.get("text")
    if not isinstance(name, str) or not name.strip():
        raise UnreadableInput("the line has no id", fix='write "id": "..."')
    if not isinstance(text, str):
        raise UnreadableInput("the line has no text", fix='write "text": "..."')
    try:
        encoded = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UnreadableInput(
            f"character {error.start} of its text is half a surrogate pair", fix="write the whole character"
        ) from None
    said = merged(options, given)
    return assemble(article_id(name), text, sha256(encoded).hexdigest(), said, reader="jsonl", where=where)


def _object(line: bytes) -> dict[str, Any]:
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise UnreadableInput(f"byte {error.start} of the line is not UTF-8", fix="save it as UTF-8") from None
    except json.JSONDecodeError as error:
        raise UnreadableInput(
            f"column {error.colno} is not JSON ({error.msg})", fix="write one JSON object a line"
        ) from None
    except (ValueError, RecursionError):  # a number of thousands of digits, brackets in thousands of brackets
        raise UnreadableInput("the line holds JSON that cannot be read", fix="write plain strings") from None
    if not isinstance(value, dict):
        raise UnreadableInput("the line is no JSON object", fix='write {"id": "...", "text": "..."}')
    return value
