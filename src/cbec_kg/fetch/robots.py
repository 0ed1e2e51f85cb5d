"""What a host's robots.txt allows, by Protego (the extra ``web``): RFC 9309.

>>> rules = Rules.parse("User-agent: *\\nDisallow: /private\\nCrawl-delay: 5", "https://example.com/robots.txt")
>>> rules.allow("https://example.com/private/a"), rules.allow("https://example.com/a"), rules.delay
(False, True, 5.0)
"""

from dataclasses import dataclass
from math import isfinite
from typing import Any

from cbec_kg.errors import MissingExtra
from cbec_kg.fetch.wire import USER_AGENT

__all__ = ["LARGEST", "NAME", "Rules"]

NAME = USER_AGENT.partition("/")[0]
"""The name that a robots.txt knows us by."""
LARGEST = 5_000_000
"""Bytes of a robots.txt."""
_READ = 512_000
"""So many characters of it are read, as RFC 9309 asks for at least."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Rules of one host; ``delay`` is the seconds between requests that it asks for, ``where`` the file's address."""

    where: str
    delay: float = 0
    parsed: Any = None

    @classmethod
    def parse(cls, text: str, where: str) -> "Rules":
        """Rules of a robots.txt; raises `MissingExtra` where Protego is not installed."""
        try:
            from protego import Protego
        except ImportError:
            raise MissingExtra("web pages need protego", fix='pip install "cbec-kg[web]"') from None

        parsed = Protego.parse(text[:_READ])
        delay = parsed.crawl_delay(NAME) or 0
        rate = parsed.request_rate(NAME)
        if rate is not None and rate.requests > 0:
            delay = max(delay, rate.seconds / rate.requests)
        return cls(where, delay if isfinite(delay) and delay > 0 else 0, parsed)

    def allow(self, url: str) -> bool:
        """Whether a page may be fetched."""
        return self.parsed is None or bool(self.parsed.can_fetch(url, NAME))
