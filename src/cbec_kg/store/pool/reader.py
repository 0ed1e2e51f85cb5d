"""A reader: a process that opens the graph for reading and does one piece of work after another, until it is killed.

Started by `cbec_kg.store.pool.process` as ``python -m cbec_kg.store.pool.reader SETTINGS``; work comes on its standard
input and goes out on its standard output, frame by frame.

>>> list(in_chunks([b"ab", b"cd", b"efghijklmn"], 4))
[b'abcd', b'efgh', b'ijkl', b'mn']
"""

import ctypes
import os
import pickle
import select
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from cbec_kg.errors import CbecError, StoreError
from cbec_kg.store.embedded import EmbeddedStore
from cbec_kg.store.following import OpenGraph
from cbec_kg.store.pool.confined import Memory, with_deep_stack, without_network
from cbec_kg.store.pool.frames import BEGUN, CHUNK, END, ERROR, HEAD, PREPARE, RESULT, WORN, frame, read_frame
from cbec_kg.store.pool.limits import Limits, TooBig, TooCostly

__all__ = ["OUT_OF_MEMORY", "end_with_parent", "in_chunks", "main"]

OUT_OF_MEMORY = 9
"""Status with which a reader ends that Python could give no more memory."""
_CHUNK = 64 << 10
_PR_SET_PDEATHSIG = 1
_MOST_OF_A_CALL = 64 << 20
"""Bytes of what a call gives, which the one who asked must hold at once."""
_TRIES = 3


def in_chunks(parts: Iterable[bytes], size: int = _CHUNK) -> Iterator[bytes]:
    """The same bytes in pieces of ``size``, but for the last."""
    waiting = bytearray()
    for part in parts:
        waiting += part
        if len(waiting) >= size:
            whole = len(waiting) - len(waiting) % size
            for start in range(0, whole, size):
                yield bytes(waiting[start : start + size])
            del waiting[:whole]
    if waiting:
        yield bytes(waiting)


def main(store: str, memory: int, modules: list[str], services: bool) -> None:
    """Work until standard input ends, or until past work left too little memory for the next."""
    end_with_parent()
    with_deep_stack()
    network = "open" if services else without_network()
    source, target = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no frame
    graph = OpenGraph(EmbeddedStore(Path(store)))
    with suppress(CbecError):
        _ = graph.store().graphs()  # opened now, not at the first question
    bounded = Memory(memory)
    target.write(frame(RESULT, pickle.dumps(network)))
    target.flush()
    fresh = True
    while _idle(source, modules, bounded) and (found := read_frame(source)) is not None:
        kind, asked = found
        begun: Callable[[], None] | None = None
        if fresh and kind != PREPARE:  # the time of imports is not the work's
            fresh = bool(modules)
            begun = partial(_tell, target, frame(BEGUN, b"fresh" if fresh else b""))
        last = _prepared(graph, asked, bounded) if kind == PREPARE else _done(graph, asked, target, bounded, begun)
        if worn := bounded.worn:
            target.write(frame(WORN))
        target.write(last)
        target.flush()
        if worn:
            return


def _idle(source: BinaryIO, modules: list[str], memory: Memory) -> bool:
    """Import what will be needed, a module at a time, until there is work; always true."""
    while modules and not select.select([source], [], [], 0)[0]:
        with memory.not_counted(), suppress(ImportError):  # who needs it will say so
            import_module(modules.pop(0))
    return True


def _prepared(graph: OpenGraph, asked: bytes, memory: Memory) -> bytes:
    """Make one thing that the first question would wait for; whether there are more is the answer."""
    module, number = pickle.loads(asked)
    pieces: tuple[Callable[[OpenGraph], object], ...] = ()
    with memory.not_counted(), suppress(Exception):  # who asks for it is told why it cannot be made
        pieces = import_module(module).WARMING
        pieces[number](graph)
    return frame(RESULT, pickle.dumps(number + 1 < len(pieces)))


def _tell(target: BinaryIO, framed: bytes) -> None:
    target.write(framed)
    target.flush()


def _done(
    graph: OpenGraph, asked: bytes, target: BinaryIO, memory: Memory, begun: Callable[[], None] | None = None
) -> bytes:
    """Do one piece of work, and give the frame that ends its answer; ``begun`` is called once its module is there."""
    try:
        if begun is None:
            work, streamed, limits, arguments = pickle.loads(asked)
        else:
            try:
                with memory.not_counted():
                    work, streamed, limits, arguments = pickle.loads(asked)
            finally:
                begun()
        memory.keep_to(limits.memory)
        if not streamed:
            given = pickle.dumps(_tried(graph, lambda: work(graph, *arguments)), pickle.HIGHEST_PROTOCOL)
            if len(given) > (most := min(limits.bytes, _MOST_OF_A_CALL)):
                raise TooBig("bytes", most)
            return frame(RESULT, given)
        head, chunks = _tried(graph, lambda: _begun(work(graph, limits, *arguments), limits))
        target.write(frame(HEAD, pickle.dumps(head)))
        for chunk in chunks:
            target.write(frame(CHUNK, chunk))
            if len(chunk) >= _CHUNK:  # a last one goes out with the end
                target.flush()
        return frame(END)
    except BrokenPipeError:
        raise
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # as where the system ends it: nothing of this process is to be trusted now
    except CbecError as error:
        return frame(ERROR, _pickled(error))
    except RecursionError:
        return frame(ERROR, pickle.dumps(TooCostly("it is nested too deeply", fix="take some of its levels")))
    except Exception as error:
        return frame(ERROR, pickle.dumps(RuntimeError(f"{type(error).__name__}: {error}")))


def _tried(graph: OpenGraph, work: Callable[[], Any]) -> Any:
    """What work gives; it is done again where it failed while the graph was changed below it."""
    for left in range(_TRIES - 1, -1, -1):
        before = graph.seen()
        try:
            return work()
        except StoreError:
            if not left:
                raise
        except CbecError:
            if not left or not graph.changed(before):
                raise
    raise AssertionError("unreachable")


def _begun(answer: tuple[Any, Iterable[bytes]], limits: Limits) -> tuple[Any, Iterator[bytes]]:
    """Head and chunks, the first of which is made: what fails until then fails before anything was said."""
    head, parts = answer
    chunks = _bounded(in_chunks(parts), limits)
    first = next(chunks, b"")

    def all_chunks() -> Iterator[bytes]:
        yield first
        yield from chunks

    return head, all_chunks()


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


def end_with_parent() -> None:
    """Have the system end this process when its parent dies, where it knows how."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends its readers
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    import json

    main(**json.loads(sys.argv[1]))
