"""Who may write: a request that bears the server's token (RFC 6750), compared in constant time.

>>> from pathlib import Path
>>> from starlette.requests import Request
>>> def asking(*headers: tuple[bytes, bytes]) -> Request:
...     return Request({"type": "http", "method": "POST", "path": "/update", "headers": list(headers)})
>>> settings = Settings(Path("store"), writable=True, token="a-token-of-sixteen-or-more")
>>> authorised(asking((b"authorization", b"Bearer a-token-of-sixteen-or-more")), settings)
>>> authorised(asking(), settings)
Traceback (most recent call last):
starlette.exceptions.HTTPException: 401: writing needs a token: send the header Authorization: Bearer TOKEN
"""

import hmac

from starlette.exceptions import HTTPException
from starlette.requests import Request

from cbec_kg.errors import CbecError
from cbec_kg.web.settings import Settings

__all__ = ["SHORTEST", "WeakToken", "authorised", "check_token"]

SHORTEST = 16
"""Characters that a token has at least: 64 bits in hexadecimal digits, with a rate limit too many to guess."""
_MAKE = "python -c 'import secrets; print(secrets.token_urlsafe(32))' makes one"


class WeakToken(CbecError):
    """A server that should take updates, with a token that protects nothing."""


def check_token(settings: Settings) -> None:
    """Raises `WeakToken` where a server takes updates and its token is missing, short, or no ASCII text."""
    if not settings.writable or settings.scratch:
        return
    if not settings.token:
        raise WeakToken("--writable needs a token in CBEC_KG_TOKEN", fix=_MAKE)
    if len(settings.token) < SHORTEST:
        raise WeakToken(f"the token in CBEC_KG_TOKEN has less than {SHORTEST} characters", fix=_MAKE)
    if not (settings.token.isascii() and settings.token.isprintable()) or " " in settings.token:
        raise WeakToken("the token in CBEC_KG_TOKEN holds what no header can carry", fix=_MAKE)


def authorised(request: Request, settings: Settings) -> None:
    """Raises 403 where the server takes no writing, 401 where the request bears no token or a wrong one."""
    if settings.scratch:
        return
    if not settings.writable or not settings.token:
        raise HTTPException(403, "this server only reads: start it with --writable and a token in CBEC_KG_TOKEN")
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise HTTPException(
            401, "writing needs a token: send the header Authorization: Bearer TOKEN",
            {"WWW-Authenticate": 'Bearer realm="cbec-kg"'},
        )  # fmt: skip
    if not hmac.compare_digest(token.strip().encode("utf-8"), settings.token.encode("utf-8")):
        raise HTTPException(
            401, "the token is not this server's", {"WWW-Authenticate": 'Bearer realm="cbec-kg", error="invalid_token"'}
        )
