"""The bytes of a page as they come, unpacked, and never more of them than is wanted.

>>> import gzip
>>> body = Body("gzip", 100)
>>> body.add(gzip.compress(b"Exports rose."))
>>> body.whole()
b'Exports rose.'
"""

import zlib

from cbec_kg.fetch.refusal import Refusal

__all__ = ["Body"]

_ASIDE = "save the page and name the file"


class Body:
    """Collects a body of at most ``most`` bytes, both as it comes and as it is; raises `Refusal` beyond."""

    def __init__(self, encoding: str, most: int) -> None:
        self.most, self.came = most, 0
        self._packed = encoding in ("gzip", "x-gzip")
        if not self._packed and encoding not in ("", "identity"):
            raise Refusal(f"it is packed as {encoding[:20]}, which was not asked for", fix=_ASIDE)
        self._unpacker = self._new()
        self._parts = bytearray()

    @staticmethod
    def _new() -> "zlib._Decompress":
        return zlib.decompressobj(16 + zlib.MAX_WBITS)

    def add(self, data: bytes) -> None:
        """The next bytes."""
        self.came += len(data)
        if self.came > self.most:
            raise self._too_large()
        if not self._packed:
            self._parts += data
            return
        while data:
            if self._unpacker.eof:  # a packed file may be several, one after the other
                self._unpacker = self._new()
            try:
                self._parts += self._unpacker.decompress(data, self.most + 1 - len(self._parts))
            except zlib.error:
                raise Refusal("it says that it is packed as gzip, and is not", fix=_ASIDE) from None
            if len(self._parts) > self.most:
                raise self._too_large()
            data = self._unpacker.unused_data

    def whole(self) -> bytes:
        """All of it; raises `Refusal` where it breaks off."""
        if self._packed and self.came and not self._unpacker.eof:
            raise Refusal("what is packed in it breaks off", fix="try again later", passing=True)
        return bytes(self._parts)

    def _too_large(self) -> Refusal:
        return Refusal(f"it is larger than {self.most:,} bytes", fix="name a smaller page, or a file")
