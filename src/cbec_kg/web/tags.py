"""Entity tags (RFC 9110, section 8.8.3), and whether a client has what one names (section 13.1.2).

>>> tag_of("3f2a", "id/china", ".ttl") == tag_of("3f2a", "id/china", ".ttl") != tag_of("3f2a", "id/china.ttl")
True
>>> tag = tag_of("a", weak=True)
>>> len(tag), matches(f'"x", {tag}', tag), matches(tag.removeprefix("W/"), tag), matches("*", tag), matches('"x"', tag)
(24, True, True, True, False)
>>> matches(None, tag)
False
"""

import re
from hashlib import sha256

__all__ = ["matches", "tag_of"]

_TAG = re.compile(r'(?:W/)?("[^"]*")')


def tag_of(*parts: str | bytes, weak: bool = False) -> str:
    """The tag, quoted, of all that an answer depends on; ``weak`` where the same tag need not mean the same bytes."""
    digest = sha256(b"\0".join(part if isinstance(part, bytes) else part.encode() for part in parts)).hexdigest()[:20]
    return f'W/"{digest}"' if weak else f'"{digest}"'


def matches(given: str | None, tag: str) -> bool:
    """Whether an ``If-None-Match`` header names a tag; compared weakly, as it is to be."""
    return given is not None and (given.strip() == "*" or tag.removeprefix("W/") in _TAG.findall(given))
