"""Article ids: of a name, of bytes without a name, and which were given already.

>>> article_id("003_df624e09d33e8050"), article_id("2021年 report.v2"), article_id("报告")
('003_df624e09d33e8050', '2021reportv2-4292333494', '1e8ddd10ba')
"""

import re
from array import array
from hashlib import sha256
from unicodedata import normalize

from cbec_kg.model.article import ARTICLE_ID

__all__ = ["SeenIds", "article_id", "stdin_id", "url_id"]

_LONGEST = 120
_HEX_DIGITS = 10
_UNFIT = re.compile(r"[^A-Za-z0-9_-]+")
_FEWEST_SLOTS = 1024


def article_id(name: str) -> str:
    """Id of an article that is called ``name``: the name itself where it is an id.

    Any other becomes what fits of it, ``-``, and 10 hex digits of the SHA-256 of its NFC form, so that a name is one
    id on every file system; where nothing fits, the digits stand alone.
    """
    if ARTICLE_ID.fullmatch(name):
        return name
    name = normalize("NFC", name)
    fits = _UNFIT.sub("", name).lstrip("_-")[: _LONGEST - _HEX_DIGITS - 1]
    # A file name may hold bytes that are no characters; they stand in it as lone surrogates.
    digest = sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_HEX_DIGITS]
    return f"{fits}-{digest}" if fits else digest


def stdin_id(content: bytes) -> str:
    """Id of an article that came without a name.

    >>> stdin_id(b"Up 9.8%")
    'text-f0714fd416'
    """
    return f"text-{sha256(content).hexdigest()[:_HEX_DIGITS]}"


def url_id(url: str) -> str:
    """Id of an article that was fetched from an address, in its one spelling (`cbec_kg.fetch.clean_url`).

    >>> url_id("https://example.com/")
    'url-0f115db062'
    """
    return f"url-{sha256(url.encode('utf-8')).hexdigest()[:_HEX_DIGITS]}"


class SeenIds:
    """Ids of one run, in 11 to 22 bytes each: open addressing over 64-bit digests.

    Two ids of a million share a digest with a chance of 3 in 10**8; a set of strings would take ten times the memory.

    >>> seen = SeenIds()
    >>> seen.add("a"), seen.add("a"), "a" in seen, "b" in seen, len(seen)
    (True, False, True, False, 1)
    """

    def __init__(self) -> None:
        self._slots = array("Q", bytes(8 * _FEWEST_SLOTS))
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def __contains__(self, name: str) -> bool:
        return self._slots[self._place(_digest(name))] != 0

    def add(self, name: str) -> bool:
        """Add an id; whether it is new."""
        digest = _digest(name)
        place = self._place(digest)
        if self._slots[place]:
            return False
        self._slots[place] = digest
        self._count += 1
        if self._count * 4 > len(self._slots) * 3:
            self._grow()
        return True

    def _place(self, digest: int) -> int:
        """Where a digest is, or where it would go."""
        slots = self._slots
        last = len(slots) - 1
        place = digest & last
        while slots[place] and slots[place] != digest:
            place = (place + 1) & last
        return place

    def _grow(self) -> None:
        old = self._slots
        self._slots = array("Q", bytes(16 * len(old)))
        for digest in old:
            if digest:
                self._slots[self._place(digest)] = digest


def _digest(name: str) -> int:
    return int.from_bytes(sha256(name.encode("ascii")).digest()[:8], "big") or 1  # 0 marks an empty slot
