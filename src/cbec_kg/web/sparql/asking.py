"""What a request of the SPARQL protocols says: its parameters, its body, read strictly.

>>> fields(b"query=ASK%20%7B%7D&format=csv")
[('query', 'ASK {}'), ('format', 'csv')]
>>> one(fields(b"query=a&query=b"), "query")
Traceback (most recent call last):
    ...
cbec_kg.web.sparql.asking.Refused: two or more parameters query: send one
"""

from collections.abc import Iterable, Sequence
from urllib.parse import parse_qsl

from starlette.requests import Request

from cbec_kg.errors import CbecError
from cbec_kg.rdf.terms import NamedNode

__all__ = [
    "FORM", "Fields", "Refused", "absolute", "body_of", "fields", "iris", "media_of", "offered",
    "one", "only_utf8", "seconds", "utf8",
]  # fmt: skip

FORM = "application/x-www-form-urlencoded"
_MOST_FIELDS = 1_000
Fields = Sequence[tuple[str, str]]


class Refused(CbecError):
    """A request that is not what the protocol says; ``status`` is the answer's."""

    def __init__(self, status: int, message: str, *, fix: str = "", headers: dict[str, str] | None = None) -> None:
        super().__init__(message, fix=fix)
        self.http_status = status
        self.headers = headers or {}


def fields(encoded: bytes) -> list[tuple[str, str]]:
    """Names and values of a query string or a form; raises `Refused` for what is no UTF-8."""
    try:
        return parse_qsl(encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError:
        raise Refused(400, "a parameter is not UTF-8", fix="encode it as UTF-8, then by percent signs") from None
    except ValueError:
        raise Refused(400, f"more than {_MOST_FIELDS:,} parameters", fix="send fewer") from None


def one(given: Fields, name: str) -> str | None:
    """The value of a parameter, None where it is not there; raises `Refused` where it is there twice."""
    found = [value for known, value in given if known == name]
    if len(found) > 1:
        raise Refused(400, f"two or more parameters {name}", fix="send one")
    return found[0] if found else None


def iris(given: Fields, name: str) -> tuple[str, ...]:
    """The values of a parameter that are IRIs; raises `Refused` for others."""
    return tuple(absolute(value, name) for known, value in given if known == name)


def absolute(value: str, name: str) -> str:
    """An IRI with its scheme, else `Refused`."""
    try:
        return NamedNode(value).value
    except ValueError:
        raise Refused(400, f"{name} is no absolute IRI: {value[:80]!r}", fix="give one with its scheme") from None


def seconds(given: Fields, most: float) -> float:
    """The deadline that ``timeout`` asks for, ``most`` at most."""
    said = one(given, "timeout")
    try:
        wanted = float(said) if said is not None else most
    except ValueError:
        wanted = 0.0
    if not wanted > 0:  # nor is NaN
        raise Refused(400, f"timeout is no number of seconds: {str(said)[:40]!r}", fix="give one such as timeout=5")
    return min(most, wanted)


def media_of(request: Request) -> tuple[str, dict[str, str]]:
    """Media type of a body, and its parameters, all in lower case."""
    media, *parameters = (part.strip() for part in request.headers.get("content-type", "").split(";"))
    named = (part.partition("=") for part in parameters)
    return media.lower(), {name.strip().lower(): value.strip().strip('"').lower() for name, _, value in named}


def utf8(data: bytes, what: str) -> str:
    """A text, or `Refused`."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(400, f"the {what} is not UTF-8 (at byte {error.start})", fix="send it as UTF-8") from None


async def body_of(request: Request, most: int) -> bytes:
    """The whole body; raises `Refused` where it is longer than ``most`` bytes."""
    too_long = Refused(413, f"the body is longer than {most:,} bytes", fix="send less at once")
    if request.headers.get("content-length", "0").isdecimal() and int(request.headers.get("content-length", 0)) > most:
        raise too_long
    got = bytearray()
    async for chunk in request.stream():
        got += chunk
        if len(got) > most:
            raise too_long
    return bytes(got)


def only_utf8(parameters: dict[str, str]) -> None:
    """Refuse a body that says that it is in another charset."""
    if parameters.get("charset", "utf-8") not in ("utf-8", "utf8", "us-ascii"):
        raise Refused(415, f"the charset {parameters['charset']} is not read here", fix="send UTF-8")


def offered(methods: Iterable[str]) -> str:
    """Methods as ``Allow`` has them."""
    return ", ".join(sorted({*methods, "OPTIONS"}))
