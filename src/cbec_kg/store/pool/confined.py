"""What a reader may not do, whatever is asked of it: take more memory than it was given, and reach the network.

Both are asked of the system by the process itself, need no privilege, and cannot be taken back by it.

>>> memory = Memory(0)
>>> memory.keep_to(0)
>>> memory.worn
False
"""

import ctypes
import errno
import platform
import resource
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

__all__ = ["DEEP", "Memory", "with_deep_stack", "without_network"]

DEEP = 64 << 20
"""Bytes of stack: the parser of queries goes down with each brace, eight times as deep as on what systems give."""
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 38, 22, 2
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198), "riscv64": (0xC00000F3, 198)}
"""By machine: the audit number of its calls, and the number of socket(2) (linux/audit.h, asm/unistd.h)."""
_IO_URING_SETUP = 425
_LOAD, _JEQ, _JGE, _RET = 0x20, 0x15, 0x35, 0x06
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000


class Memory:
    """How much this process may have above what it has when this is made; ``most`` in bytes, 0 is without limit.

    Held by RLIMIT_DATA, which counts what is written to and not files that are mapped (getrlimit(2), since Linux 4.7).
    """

    def __init__(self, most: int) -> None:
        self._most, self._base, self._set = most, self.has() or 0, 0
        self.keep_to(most)

    def keep_to(self, most: int) -> None:
        """For the next piece of work: so much, and never more than at the start."""
        wanted = self._base + min(filter(None, (most, self._most)), default=0)
        if self._most and wanted != self._set and self.has() is not None:
            with suppress(OSError, ValueError):
                hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
                resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))
                self._set = wanted

    @contextmanager
    def not_counted(self) -> Iterator[None]:
        """The block may take what it needs, and what it takes is no past work's: it comes on top."""
        before = self.has() or 0
        if self._set:
            with suppress(OSError, ValueError):
                hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
                resource.setrlimit(resource.RLIMIT_DATA, (hard, hard))
        try:
            yield
        finally:
            self._base += max(0, (self.has() or 0) - before)
            self._set = 0
            self.keep_to(self._most)

    @property
    def worn(self) -> bool:
        """Whether past work left so much behind that the next would have less than half of its due."""
        has = self.has()
        if not self._most or has is None or has - self._base <= self._most // 2:
            return False
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
        return (self.has() or 0) - self._base > self._most // 2

    @staticmethod
    def has() -> int | None:
        """Bytes of private memory that can be written, None where the system does not say."""
        try:
            return int(Path("/proc/self/statm").read_bytes().split()[5]) * resource.getpagesize()
        except (OSError, IndexError):
            return None


def with_deep_stack() -> None:
    """Let the stack of the first thread grow to `DEEP`, where the system lets it."""
    with suppress(OSError, ValueError):
        hard = resource.getrlimit(resource.RLIMIT_STACK)[1]
        resource.setrlimit(resource.RLIMIT_STACK, (DEEP if hard < 0 else min(DEEP, hard), hard))


def without_network() -> str:
    """Take the network from this process and what it starts: ``filtered``, ``unshared`` or, not at all, ``open``.

    Called before any thread is there, for threads inherit it.
    """
    if not sys.platform.startswith("linux"):
        return "open"
    return "filtered" if _filtered() else "unshared" if _unshared() else "open"


def _filtered() -> bool:
    """Have the kernel refuse socket(2) (seccomp(2)): the caller sees EPERM, as where a firewall says no."""
    known = _MACHINES.get(platform.machine())
    if known is None or struct.calcsize("P") != 8:
        return False
    audit, socket = known
    refuse = _ERRNO | errno.EPERM
    steps = [
        (_LOAD, 0, 0, 4), (_JEQ, 1, 0, audit), (_RET, 0, 0, _KILL),  # another machine's calls have other numbers
        (_LOAD, 0, 0, 0), (_JGE, 2, 0, 0x40000000), (_JEQ, 1, 0, socket), (_JEQ, 0, 1, _IO_URING_SETUP),
        (_RET, 0, 0, refuse), (_RET, 0, 0, _ALLOW),
    ]  # fmt: skip
    program = b"".join(struct.pack("=HBBI", *step) for step in steps)
    kept = ctypes.create_string_buffer(program, len(program))
    described = struct.pack("@HP", len(steps), ctypes.addressof(kept))
    libc = ctypes.CDLL(None)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    return not libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.create_string_buffer(described))


def _unshared() -> bool:
    """Move into a network of one's own, which leads nowhere (unshare(2))."""
    with suppress(OSError, AttributeError):
        return not ctypes.CDLL(None).unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
    return False
