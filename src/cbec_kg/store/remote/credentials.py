"""What a server is told of who asks: a name and a password, or a token. They are never shown.

>>> Credentials.basic("me", "secret"), Credentials.bearer("abc")
(Credentials(basic, hidden), Credentials(bearer, hidden))
>>> Credentials.basic("me", "secret").header
'Basic bWU6c2VjcmV0'
>>> Credentials.basic("me", "secret").hidden("no secret for me, bWU6c2VjcmV0")
'no *** for me, ***'
"""

import base64
import netrc
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cbec_kg.errors import StoreError
from cbec_kg.store.remote.endpoint import Endpoint

__all__ = ["Credentials", "check_private", "find_credentials"]

_TOKEN = re.compile(r"[\x21-\x7e]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """One value of the Authorization header; neither ``repr`` nor ``str`` tells it."""

    scheme: str
    header: str
    secrets: tuple[str, ...]

    @classmethod
    def basic(cls, user: str, password: str) -> "Credentials":
        """A name and a password; raises `StoreError` where HTTP cannot carry them."""
        if not user or ":" in user or _CONTROL.search(user + password):
            raise StoreError("the name or the password for the server cannot be sent", fix="a name has no colon")
        packed = base64.b64encode(f"{user}:{password}".encode()).decode("ascii")
        return cls("basic", f"Basic {packed}", tuple(filter(None, (packed, password))))

    @classmethod
    def bearer(cls, token: str) -> "Credentials":
        """A token; raises `StoreError` where HTTP cannot carry it."""
        if not _TOKEN.fullmatch(token):
            raise StoreError("the token for the server cannot be sent", fix="it has letters, digits and signs only")
        return cls("bearer", f"Bearer {token}", (token,))

    def __repr__(self) -> str:
        return f"Credentials({self.scheme}, hidden)"

    def hidden(self, text: str) -> str:
        """A text of the server's with what is secret taken out, should it send that back."""
        for secret in self.secrets:
            text = text.replace(secret, "***")
        return text


def find_credentials(endpoint: Endpoint, environment: Mapping[str, str]) -> Credentials | None:
    """Credentials for a server: the environment's token, else its name and password, else netrc's for that host.

    Where they would go over the wire in the clear, netrc is not asked. Its ``default`` entry is never used, for it
    names no host. Raises `StoreError` for what cannot be read or sent.
    """
    if token := environment.get("CBEC_KG_TOKEN"):
        return Credentials.bearer(token)
    if user := environment.get("CBEC_KG_USER"):
        return Credentials.basic(user, environment.get("CBEC_KG_PASSWORD", ""))
    return _of_netrc(endpoint, environment) if endpoint.is_private else None


def check_private(endpoint: Endpoint, credentials: Credentials | None) -> None:
    """Refuse to send credentials over plain http to another machine; raises `StoreError`."""
    if credentials and not endpoint.is_private:
        raise StoreError(
            f"{endpoint} is plain http, and a password or a token would be read on the way",
            fix="use https, or unset CBEC_KG_TOKEN and CBEC_KG_USER",
        )


def _of_netrc(endpoint: Endpoint, environment: Mapping[str, str]) -> Credentials | None:
    file = Path(environment["NETRC"]) if environment.get("NETRC") else Path(environment.get("HOME", "")) / ".netrc"
    if not environment.get("NETRC") and (not environment.get("HOME") or not file.is_file()):
        return None
    try:
        known = netrc.netrc(str(file)).hosts.get(endpoint.host)
    except (OSError, UnicodeError) as error:
        raise StoreError(f"{file} cannot be read: {getattr(error, 'strerror', None) or 'it is no text'}") from None
    except netrc.NetrcParseError as error:
        # What it says may quote the file.
        raise StoreError(f"{file}:{error.lineno}: it is no netrc file", fix="correct that line") from None
    if known is None:
        return None
    return Credentials.basic(known[0], known[2] or "")
