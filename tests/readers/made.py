"""Inputs that tests write, and what is read of them."""

from pathlib import Path

from cbec_kg.readers import Failure, Source, read_inputs

ARTICLE = (
    "The General Administration of Customs said on Tuesday that exports of cross-border e-commerce rose by 9.8 percent "
    "in the first half of the year, and that imports were up by 2.1 percent. "
)


def content(case: dict) -> bytes:
    """Bytes of a case: ``hex``, ``bytes: [one, times]``, or ``text`` in the encoding ``as``."""
    if "hex" in case:
        return bytes.fromhex(case["hex"])
    if "bytes" in case:
        one, times = case["bytes"]
        return one.encode() * times
    return case["text"].encode(case.get("as", "utf-8"))


def page(body: str, head: str = "") -> bytes:
    """A web page in UTF-8."""
    return f"<html><head>{head}</head><body>{body}</body></html>".encode()


def read_one(path: Path, **options) -> Source | Failure:
    """What comes of one input, which is one thing."""
    [read] = read_inputs([path], **options)
    return read


def source(path: Path, **options) -> Source:
    """The article in one input."""
    read = read_one(path, **options)
    assert isinstance(read, Source), read
    return read


def failure(path: Path, **options) -> Failure:
    """Why there is no article in one input; the message is one line that begins with the place."""
    read = read_one(path, **options)
    assert isinstance(read, Failure), read
    assert read.message.startswith(f"{read.where}: ")
    assert read.message.isprintable()
    return read
