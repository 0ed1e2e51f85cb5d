"""Addresses of pages, each in one spelling.

>>> clean_url("HTTP://Example.COM:80/跨境?q=a b#top")
'http://example.com/%E8%B7%A8%E5%A2%83?q=a%20b'
>>> clean_url("https://me:secret@example.com/")
Traceback (most recent call last):
cbec_kg.fetch.refusal.Refusal: the address holds a name or a password: leave them out, for addresses are stored
"""

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from cbec_kg.fetch.refusal import Refusal

__all__ = ["Parts", "clean_url", "is_web", "split", "without_credentials"]

_LONGEST = 2000
_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,252}[a-z0-9_.])?|[0-9a-f:.]{2,45}")
_IN_PATH = "/%:@!$&'()*+,;=~"
_CREDENTIALS = re.compile(r"(?<=//)[^/?#]*@")
_CHECK = "check the address"


@dataclass(frozen=True, slots=True)
class Parts:
    """An address in parts; ``host`` has no brackets, ``target`` is path and query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Host and port as a request names them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port: what one robots.txt speaks of."""
        return f"{self.scheme}://{self.authority}"


def is_web(name: str) -> bool:
    """Whether an input is an address of the web."""
    return name.lower().startswith(("http://", "https://"))


def without_credentials(url: str) -> str:
    """An address that can be shown.

    >>> without_credentials("https://me:secret@example.com/a@b")
    'https://example.com/a@b'
    """
    return _CREDENTIALS.sub("", url, count=1)


def clean_url(text: str) -> str:
    """An address as it is asked for and stored; what follows ``#`` is left out.

    Raises `Refusal` for anything but http and https, and for an address with a name or a password in it.
    """
    return _joined(split(text))


def split(text: str) -> Parts:
    """Parts of an address; raises `Refusal` as `clean_url` does."""
    try:
        given = urlsplit(text.strip())
        host, port = given.hostname or "", given.port
    except ValueError:
        raise Refusal("it is no address that can be read", fix=_CHECK) from None
    scheme = given.scheme.lower()
    if scheme not in _PORTS:
        raise Refusal(f"{scheme or 'no'}: is not fetched", fix="only http and https are")
    if given.username is not None or given.password is not None:
        raise Refusal("the address holds a name or a password", fix="leave them out, for addresses are stored")
    parts = Parts(scheme, _host(host), port or _PORTS[scheme], _target(given.path, given.query))
    if len(_joined(parts)) > _LONGEST:
        raise Refusal(f"the address is longer than {_LONGEST} characters", fix="save the page and name the file")
    return parts


def _joined(parts: Parts) -> str:
    return f"{parts.origin}{parts.target}"


def _host(host: str) -> str:
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            host = ""
    host = host.lower()
    if not _HOST.fullmatch(host):
        raise Refusal("its host is no name that can be looked up", fix=_CHECK)
    return host


def _target(path: str, query: str) -> str:
    target = quote(path or "/", safe=_IN_PATH, errors="replace")
    return f"{target}?{quote(query, safe=_IN_PATH + '?', errors='replace')}" if query else target
