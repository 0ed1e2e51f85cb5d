"""A reader: a process that opens the graph for reading and does one piece of work after another, until it is killed.

Started by `cbec_kg.store.pool.pool` as ``python -m cbec_kg.store.pool.reader STORE MEMORY``; work comes on its standard
input and goes out on its standard output, frame by frame.

>>> list(in_chunks([b"ab", b"cd", b"ef"], 4))
[b'abcd', b'ef']
"""

import ctypes
import os
import pickle
import resource
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from cbec_kg.errors import CbecError
from cbec_kg.store.embedded import EmbeddedStore
from cbec_kg.store.following import OpenGraph
from cbec_kg.store.pool.frames import CHUNK, END, ERROR, HEAD, RESULT, frame, read_frame
from cbec_kg.store.pool.limits import Limits, TooBig

__all__ = ["end_with_parent", "in_chunks", "main"]

_CHUNK = 64 << 10
_PR_SET_PDEATHSIG = 1


def in_chunks(parts: Iterable[bytes], size: int = _CHUNK) -> Iterator[bytes]:
    """The same bytes in pieces of at least ``size``, but for the last."""
    waiting = bytearray()
    for part in parts:
        waiting += part
        if len(waiting) >= size:
            yield bytes(waiting)
            waiting.clear()
    if waiting:
        yield bytes(waiting)


def main(store: str, memory: int) -> None:
    """Work until standard input ends."""
    end_with_parent()
    source, target = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no frame
    graph = OpenGraph(EmbeddedStore(Path(store)))
    with suppress(CbecError):
        _ = graph.store().graphs()  # opened now, not at the first question
    _keep_to(memory)
    target.write(frame(RESULT, pickle.dumps(None)))
    target.flush()
    while (found := read_frame(source)) is not None:
        _do(graph, found[1], target)
        target.flush()


def _do(graph: OpenGraph, asked: bytes, target: BinaryIO) -> None:
    try:
        work, streamed, limits, arguments = pickle.loads(asked)
        if not streamed:
            target.write(frame(RESULT, pickle.dumps(work(graph, *arguments))))
            return
        head, parts = work(graph, limits, *arguments)
        target.write(frame(HEAD, pickle.dumps(head)))
        for chunk in _bounded(in_chunks(parts), limits):
            target.write(frame(CHUNK, chunk))
            target.flush()
        target.write(frame(END))
    except BrokenPipeError:
        raise
    except MemoryError:
        os._exit(9)  # as where the system ends it: nothing of this process is to be trusted now
    except CbecError as error:
        target.write(frame(ERROR, _pickled(error)))
    except Exception as error:
        target.write(frame(ERROR, pickle.dumps(RuntimeError(f"{type(error).__name__}: {error}"))))


def _bounded(chunks: Iterable[bytes], limits: Limits) -> Iterator[bytes]:
    sent = 0
    for chunk in chunks:
        sent += len(chunk)
        if sent > limits.bytes:
            raise TooBig("bytes", limits.bytes)
        yield chunk


def _pickled(error: CbecError) -> bytes:
    error.__cause__ = error.__context__ = None
    return pickle.dumps(error.with_traceback(None))


def _keep_to(memory: int) -> None:
    """Let this process have so many bytes above what it has now; 0 is without limit."""
    if memory:
        pages = int(Path("/proc/self/statm").read_text().split()[0]) if Path("/proc/self/statm").exists() else 0
        most = memory + pages * resource.getpagesize()
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (most, most))


def end_with_parent() -> None:
    """Have the system end this process when its parent dies, where it knows how."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends its readers
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    arguments: Any = sys.argv[1:]
    main(arguments[0], int(arguments[1]))
