"""Headers by which a browser keeps to what a page needs; a handler may set its own.

>>> sent = secured([(b"content-type", b"text/html; charset=utf-8")])
>>> [name.decode() for name, _ in sent][1:4]
['content-security-policy', 'x-content-type-options', 'referrer-policy']
"""

from collections.abc import Sequence

__all__ = ["CONTENT_SECURITY_POLICY", "secured"]

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
"""What a page may load: files of this server only; nothing inline, and no page of others may show it in a frame."""

_ALWAYS = (
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),  # what was asked stands in addresses, and is no business of others
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
_RESOURCE = b"cross-origin-resource-policy"


def secured(headers: Sequence[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers of an answer, with those of security that it lacks.

    What CORS opens to pages of others (``Access-Control-Allow-Origin``) may be loaded by them; all else may not.
    """
    known = {name.lower() for name, _ in headers}
    added = [(name, value) for name, value in _ALWAYS if name not in known]
    if _RESOURCE not in known:
        added.append((_RESOURCE, b"cross-origin" if b"access-control-allow-origin" in known else b"same-origin"))
    return [*headers, *added]
