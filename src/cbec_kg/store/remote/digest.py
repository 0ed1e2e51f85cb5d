"""Digest authentication (RFC 7616), which Virtuoso asks for where it can be written to.

>>> challenge = 'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=MD5, ' \\
...     'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"'
>>> digest = Digest.of([challenge], Credentials.basic("Mufasa", "Circle of Life"))
>>> header = digest.header("GET", "/dir/index.html", cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ")
>>> 'response="8ca523f5e9506fed4657c9700eebdbec"' in header  # the example of the RFC
True
>>> Digest.of(['Basic realm="x"'], Credentials.basic("Mufasa", "Circle of Life")) is None
True
"""

import base64
import hashlib
import re
import secrets
from collections.abc import Callable, Iterable, Mapping

from cbec_kg.store.remote.credentials import Credentials

__all__ = ["Digest"]

_PART = re.compile(r'(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))')
_HASHES: dict[str, Callable[[bytes], str]] = {
    "MD5": lambda data: hashlib.md5(data, usedforsecurity=False).hexdigest(),
    "SHA-256": lambda data: hashlib.sha256(data).hexdigest(),
}


class Digest:
    """Answers to one challenge, as many as there are requests; the password is in none of them."""

    def __init__(self, parts: Mapping[str, str], user: str, password: str) -> None:
        self._parts, self._user, self._password, self._count = parts, user, password, 0

    @classmethod
    def of(cls, challenges: Iterable[str], credentials: Credentials) -> "Digest | None":
        """For values of WWW-Authenticate; None where none is one that we can answer, or where there is no password."""
        if credentials.scheme != "basic":
            return None
        user, _, password = base64.b64decode(credentials.header.partition(" ")[2]).decode().partition(":")
        for challenge in challenges:
            scheme, _, rest = challenge.strip().partition(" ")
            parts = {name.lower(): quoted or plain for name, quoted, plain in _PART.findall(rest)}
            known = parts.get("algorithm", "MD5").upper() in _HASHES and {"realm", "nonce"} <= parts.keys()
            if scheme.lower() == "digest" and known and "auth" in _offered(parts):
                return cls(parts, user, password)
        return None

    def header(self, method: str, target: str, *, cnonce: str | None = None) -> str:
        """Value of Authorization for a request; ``target`` is its path with its query."""
        self._count += 1
        parts, number, cnonce = self._parts, f"{self._count:08x}", cnonce or secrets.token_urlsafe(24)
        hashed = _HASHES[parts.get("algorithm", "MD5").upper()]
        who = hashed(f"{self._user}:{parts['realm']}:{self._password}".encode())
        what = hashed(f"{method}:{target}".encode())
        said = f"{who}:{parts['nonce']}:{number}:{cnonce}:auth:{what}"
        sent = {"username": self._user.replace("\\", "\\\\").replace('"', '\\"'), "realm": parts["realm"]}
        sent |= {"nonce": parts["nonce"], "uri": target, "response": hashed(said.encode())}
        sent |= {name: parts[name] for name in ("opaque",) if name in parts} | {"cnonce": cnonce}
        text = ", ".join(f'{name}="{value}"' for name, value in sent.items())
        algorithm = f", algorithm={parts['algorithm']}" if "algorithm" in parts else ""
        return f"Digest {text}, qop=auth, nc={number}{algorithm}"


def _offered(parts: Mapping[str, str]) -> list[str]:
    """Qualities of protection on offer; a challenge without any is of RFC 2069, which nobody should speak."""
    return [one.strip().lower() for one in parts.get("qop", "").split(",")]
