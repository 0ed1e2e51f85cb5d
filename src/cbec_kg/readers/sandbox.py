"""Strangers' PDF and HTML files and feeds, read in a process of its own that can be killed.

A file may be made to take all memory, to take for ever, or to crash a parser written in C. The process serves many
files, and a new one takes its place when it fails.

>>> with Sandbox() as sandbox:
...     sandbox.read("html", "<article><p>Exports rose by 9.8%.</p></article>".encode()).text
'Exports rose by 9.8%.'
"""

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Event, Timer
from types import TracebackType
from typing import IO, Any, Literal

from cbec_kg.errors import MissingExtra, UnreadableInput
from cbec_kg.readers.source import Extracted

__all__ = ["LONGEST_ANSWER", "MEMORY_BYTES", "SECONDS", "FILES_A_WORKER", "Sandbox"]

SECONDS = 60
"""Wall time that one file may take."""
MEMORY_BYTES = 2**30
"""Address space of the worker, libraries included."""
LONGEST_ANSWER = 40_000_000
"""Bytes of an answer."""
FILES_A_WORKER = 500
"""Files after which a worker is replaced, since its memory is never quite given back."""

_ROOT = Path(__file__).resolve().parents[2]
_ASIDE = "save the article's text as .txt"


class _WorkerFailed(Exception):
    """The worker gave no answer; says why."""


class _TimeUp(_WorkerFailed):
    """The worker was killed at its deadline."""


class Sandbox:
    """A worker process, started with the first file; close it, or use it in a ``with``. Not for several threads."""

    def __init__(self, *, seconds: float = SECONDS, memory_bytes: int = MEMORY_BYTES) -> None:
        self.seconds = seconds
        self.memory_bytes = memory_bytes
        self._process: subprocess.Popen[bytes] | None = None
        self._served = 0

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """Process id of the worker, None while there is none."""
        return self._process.pid if self._process else None

    def read(self, kind: Literal["html", "pdf", "feed"], content: bytes) -> Extracted:
        """Text of a PDF's bytes or of a page's text in UTF-8; of a feed's bytes its items, as `feed` writes them.

        Raises `UnreadableInput`, also where the worker was killed, and `MissingExtra` where the library is missing.
        """
        while True:
            process, used = self._worker()
            try:
                reply = self._ask(process, kind, content)
            except _WorkerFailed as failed:
                self.close()
                # What earlier files left behind must not decide about this one.
                if used and not isinstance(failed, _TimeUp):
                    continue
                raise UnreadableInput(str(failed), fix=_ASIDE) from None
            except BaseException:
                self.close()
                raise
            self._served += 1
            if self._served >= FILES_A_WORKER:
                self.close()
            return _extracted(reply)

    def close(self) -> None:
        """End the worker; a later file starts another."""
        process, self._process, self._served = self._process, None, 0
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):  # what was not yet written cannot be
                    _open(pipe).close()

    def _worker(self) -> tuple[subprocess.Popen[bytes], bool]:
        """The worker, and whether it has read files before."""
        if self._process is not None and self._process.poll() is not None:
            self.close()
        if self._process is None:
            # -P, and this package's own folder: nothing is imported from the folder with the stranger's files.
            places = [str(_ROOT), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
            environment = os.environ | {"PYTHONPATH": os.pathsep.join(places), "PYTHONHASHSEED": "0"}
            limits = (str(int(self.seconds) + 10), str(self.memory_bytes))
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-W", "ignore", "-m", "cbec_kg.readers.worker", *limits],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
                start_new_session=True,  # an interrupt is for us to handle
            )
        return self._process, self._served > 0

    def _ask(self, process: subprocess.Popen[bytes], kind: str, content: bytes) -> dict[str, Any]:
        late = Event()

        def end() -> None:
            late.set()
            process.kill()

        timer = Timer(self.seconds, end)
        timer.daemon = True
        timer.start()
        answer = b""
        try:
            requests, answers = _open(process.stdin), _open(process.stdout)
            with suppress(BrokenPipeError):
                requests.write(f"{kind} {len(content)}\n".encode("ascii"))
                requests.write(content)
                requests.flush()
            answer = answers.readline(LONGEST_ANSWER + 1)
        finally:
            timer.cancel()
        if answer.endswith(b"\n"):
            return self._understood(answer)
        if late.is_set():
            raise _TimeUp(f"reading it took more than {self.seconds:g} seconds")
        if len(answer) > LONGEST_ANSWER:
            raise _WorkerFailed(f"its text is longer than {LONGEST_ANSWER:,} bytes")
        with suppress(subprocess.TimeoutExpired):
            process.wait(1)
        raise _WorkerFailed(f"reading it brought the reader down (status {process.returncode})")

    def _understood(self, answer: bytes) -> dict[str, Any]:
        try:
            reply = json.loads(answer)
        except ValueError:
            reply = None
        if not isinstance(reply, dict):
            raise _WorkerFailed("reading it brought the reader down (no sound answer)")
        if reply.get("broke") == "MemoryError":
            raise _WorkerFailed(f"reading it needs more memory than {self.memory_bytes / 2**20:.0f} MB")
        if "broke" in reply:
            raise _WorkerFailed(f"reading it brought the reader down ({reply['broke']})")
        return reply


def _extracted(reply: dict[str, Any]) -> Extracted:
    if "missing" in reply:
        raise MissingExtra(str(reply["missing"]), fix=str(reply["fix"]))
    if "problem" in reply:
        raise UnreadableInput(str(reply["problem"]), fix=str(reply["fix"]))
    try:
        page = {str(key): str(value) for key, value in dict(reply["page"]).items()}
        return Extracted(str(reply["text"]), str(reply["library"]), page, tuple(map(str, reply["notes"])))
    except (KeyError, TypeError, ValueError):
        raise UnreadableInput("reading it brought the reader down (no sound answer)", fix=_ASIDE) from None


def _open(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None, "the worker is started with pipes"
    return pipe
