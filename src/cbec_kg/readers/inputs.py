"""Inputs of a command, turned into articles with their text, one after the other.

>>> import io
>>> for one in read_inputs(["-", "http://127.0.0.1/a"], stdin=io.BytesIO(b"Exports rose by 9.8%.")):
...     print(one.article.id if isinstance(one, Source) else one.message)
text-443e50f675
http://127.0.0.1/a: a loopback address is not fetched: if you trust it, give --allow-private
"""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from cbec_kg.errors import MissingExtra, UnreadableInput
from cbec_kg.fetch.urls import is_web
from cbec_kg.readers.disk import SUFFIXES, articles
from cbec_kg.readers.file import LARGEST_TEXT, read_content, read_file
from cbec_kg.readers.ids import SeenIds, article_id
from cbec_kg.readers.jsonl import read_lines
from cbec_kg.readers.sandbox import Sandbox
from cbec_kg.readers.source import Failure, Source, shown
from cbec_kg.readers.web import Web

__all__ = ["read_inputs"]

_STDIN = "standard input"


def read_inputs(
    inputs: Iterable[str | Path],
    *,
    published: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    title: str | None = None,
    lang: str | None = None,
    stdin: BinaryIO | None = None,
    sandbox: Sandbox | None = None,
    web: Web | None = None,
) -> Iterator[Source | Failure]:
    """Articles of files, folders (recursively, by name), JSON lines, addresses, and ``-``, in the order of the inputs.

    Metadata that is given here wins over what a file, its sidecar or its line says, for every input. Nothing is read
    before it is asked for, and of what was read only the ids are kept; the second article with an id is a `Failure`.
    Nothing is raised for what an input holds: a file that cannot be read, or needs a library that is not installed,
    is a `Failure`, and the rest goes on. ``stdin`` stands for the process's own, ``sandbox`` and ``web`` for those of
    this call.
    """
    options = {"published": published, "publisher": publisher, "url": url, "title": title, "lang": lang}
    seen = SeenIds()
    with ExitStack() as closing:
        reading = sandbox or closing.enter_context(Sandbox())
        for given in inputs:
            name = str(given)
            if name == "-":
                yield from _unique(_stdin(stdin or getattr(sys.stdin, "buffer", None), options), seen)
            elif is_web(name):
                web = web or Web()
                yield from _unique(web.read(name, options, reading, seen), seen)
            elif not name:
                yield Failure.of("''", "the name of an input is empty", "name a file, a folder, an address, or -")
            else:
                yield from _unique(_path(Path(given), options, reading, seen), seen)


def _path(path: Path, options: Mapping[str, object], sandbox: Sandbox, seen: SeenIds) -> Iterator[Source | Failure]:
    if _is_missing(path):
        yield Failure.of(shown(path), "no such file or folder", "check the path")
        return
    if not _is_folder(path):
        yield from _file(path, options, sandbox, seen)
        return
    empty = True
    for found in articles(path):
        empty = False
        if isinstance(found, Failure):
            yield found
        else:
            yield from _file(found, options, sandbox, seen)
    if empty:
        yield Failure.of(shown(path), "no article in this folder", f"known suffixes are {' '.join(SUFFIXES)}")


def _file(path: Path, options: Mapping[str, object], sandbox: Sandbox, seen: SeenIds) -> Iterator[Source | Failure]:
    where = shown(path)
    try:
        if path.suffix.lower() == ".jsonl":
            yield from read_lines(path, options)
        elif path.suffix.lower() in SUFFIXES and (article := article_id(path.stem)) in seen:
            yield _twice(where, article)  # before the work of reading it
        else:
            yield read_file(path, options, sandbox)
    except (UnreadableInput, MissingExtra) as error:
        yield Failure.of(where, error.message, error.fix)


def _stdin(stream: BinaryIO | None, options: Mapping[str, object]) -> Iterator[Source | Failure]:
    if stream is None:
        yield Failure.of(_STDIN, "it is closed", "give it a text, or name a file")
        return
    try:
        yield read_content(stream.read(LARGEST_TEXT + 1), options, _STDIN)
    except UnreadableInput as error:
        yield Failure.of(_STDIN, error.message, error.fix)
    except OSError as error:
        yield Failure.of(_STDIN, f"it cannot be read ({error.strerror})", "name a file")


def _unique(read: Iterator[Source | Failure], seen: SeenIds) -> Iterator[Source | Failure]:
    """What was read, the second article with an id as a failure."""
    for one in read:
        if isinstance(one, Source) and not seen.add(one.article.id):
            yield _twice(one.where, one.article.id)
        else:
            yield one


def _twice(where: str, article: str) -> Failure:
    return Failure.of(where, f"an article with the id {article} was read before", "give one of them another name")


def _is_missing(path: Path) -> bool:
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False
    return False


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False
