"""What goes between the pool and a reader: a letter, a length, a payload.

>>> frame(CHUNK, b"abc")
b'c\\x00\\x00\\x00\\x03abc'
"""

import struct
from typing import BinaryIO

__all__ = ["BEGUN", "CHUNK", "END", "ERROR", "HEAD", "PREPARE", "RESULT", "WORK", "WORN", "frame", "read_frame"]

WORK, BEGUN, RESULT, HEAD, CHUNK, END, ERROR = b"w", b"b", b"r", b"h", b"c", b".", b"e"
WORN, PREPARE = b"x", b"p"
_LENGTH = struct.Struct(">cI")
HEAD_SIZE = _LENGTH.size


def frame(kind: bytes, payload: bytes = b"") -> bytes:
    """A frame, ready to be written."""
    return _LENGTH.pack(kind, len(payload)) + payload


def unpack(head: bytes) -> tuple[bytes, int]:
    """Kind and length of the payload that follows."""
    kind, length = _LENGTH.unpack(head)
    return kind, length


def read_frame(source: BinaryIO) -> tuple[bytes, bytes] | None:
    """The next frame of a stream, None at its end."""
    head = source.read(HEAD_SIZE)
    if len(head) < HEAD_SIZE:
        return None
    kind, length = unpack(head)
    return kind, source.read(length)
