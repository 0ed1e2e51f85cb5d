"""What a request asks for: its path, whether it plays tricks, and where its server is reached.

>>> request = Request({"type": "http", "path": "/kg/id/china", "raw_path": b"/kg/id/china", "root_path": "/kg"})
>>> asked(request), is_plain(request)
('id/china', True)
>>> is_plain(Request({"type": "http", "path": "/id/a/b", "raw_path": b"/id/a%2Fb"}))
False
"""

from starlette.requests import Request

from cbec_kg.web.addresses import Addresses
from cbec_kg.web.site import site_of

__all__ = ["addresses_of", "asked", "is_plain"]

_LONGEST = 1_000
"""No name is longer; nothing longer is looked for."""


def addresses_of(request: Request) -> Addresses:
    """Addresses of the server that a request asks."""
    return Addresses(site_of(request).settings.base, request.scope.get("root_path", "").rstrip("/"))


def asked(request: Request) -> str:
    """The path that a request asks for, decoded once, without that of a proxy and the slash before it."""
    path: str = request.scope["path"]
    root = request.scope.get("root_path", "").rstrip("/")
    return (path.removeprefix(root) if path.startswith(root + "/") else path).removeprefix("/")


def is_plain(request: Request) -> bool:
    """Whether a path plays no trick: no encoded slash, backslash or control character, no ``..``, no endless name.

    What is decoded twice somewhere else must not mean another thing there.
    """
    path, raw = request.scope["path"], request.scope.get("raw_path", b"").lower()
    if len(path) > _LONGEST or any(ord(one) < 0x20 or ord(one) == 0x7F or one == "\\" for one in path):
        return False
    return b"%2f" not in raw and ".." not in path.split("/") and "." not in path.split("/")
