r"""The process that reads strangers' files: ``python -m cbec_kg.readers.worker SECONDS BYTES``.

On its input each file is a line ``KIND LENGTH`` and that many bytes; on its output each answer is a line of JSON.
It may neither use more than BYTES of memory nor write a file, and ends SECONDS after a file came in, parent or none.

>>> json.loads(answer("pdf", b"no pdf"))["fix"]
'save its text as .txt'
"""

import json
import os
import sys
from contextlib import suppress

from cbec_kg.errors import MissingExtra, UnreadableInput
from cbec_kg.readers.feed import read_feed
from cbec_kg.readers.html import read_html
from cbec_kg.readers.pdf import read_pdf

__all__ = ["answer", "main"]


def answer(kind: str, content: bytes) -> bytes:
    """Answer to one file; an error that nobody foresaw is named in it, and the parent ends this process then."""
    reply: dict[str, object]
    try:
        if kind == "html":
            read = read_html(content.decode("utf-8"))
        else:
            read = {"pdf": read_pdf, "feed": read_feed}[kind](content)
        reply = {"text": read.text, "library": read.library, "page": dict(read.page), "notes": read.notes}
    except MissingExtra as error:
        reply = {"missing": error.message, "fix": error.fix}
    except UnreadableInput as error:
        reply = {"problem": error.message, "fix": error.fix}
    except Exception as error:
        reply = {"broke": type(error).__name__}
    return json.dumps(reply, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def main(seconds: int, memory_bytes: int) -> None:
    """Answer files until the input ends."""
    # What a library prints must not get between the answers.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _limit(memory_bytes)
    for header in iter(sys.stdin.buffer.readline, b""):
        _alarm(seconds)
        kind, length = header.split()
        out.write(answer(kind.decode("ascii"), sys.stdin.buffer.read(int(length))))
        out.flush()
        _alarm(0)


def _limit(memory_bytes: int) -> None:
    with suppress(ImportError):  # Windows has no such limits
        import resource

        for limit, most in (
            (resource.RLIMIT_AS, memory_bytes),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
        ):
            with suppress(ValueError, OSError):  # a lower limit may be set already
                resource.setrlimit(limit, (most, most))


def _alarm(seconds: int) -> None:
    """End this process so many seconds from now, even within C code; 0 calls it off."""
    with suppress(ImportError, AttributeError):
        import signal

        signal.alarm(seconds)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
