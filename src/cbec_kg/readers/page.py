"""What was fetched from an address, as one article.

>>> kind_of("text/html; charset=utf-8", b""), kind_of("text/xml", b"<?xml version='1.0'?><rss>"), kind_of("", b"%PDF-")
('html', 'feed', 'pdf')
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Literal
from urllib.parse import urlsplit

from cbec_kg.errors import UnreadableInput
from cbec_kg.fetch.fetcher import Fetched
from cbec_kg.readers.assemble import assemble, merged
from cbec_kg.readers.decode import decode
from cbec_kg.readers.file import LARGEST_HTML, LARGEST_PDF, LARGEST_TEXT
from cbec_kg.readers.ids import url_id
from cbec_kg.readers.sandbox import Sandbox
from cbec_kg.readers.source import Source

__all__ = ["Kind", "kind_of", "largest", "page_source"]

Kind = Literal["html", "txt", "pdf", "feed"]

_KINDS: dict[str, Kind] = {
    "text/html": "html", "application/xhtml+xml": "html", "text/plain": "txt", "text/markdown": "txt",
    "application/pdf": "pdf", "application/x-pdf": "pdf", "application/rss+xml": "feed",
    "application/atom+xml": "feed", "application/rdf+xml": "feed",
}  # fmt: skip
_XML = ("text/xml", "application/xml")
_UNSAID = ("", "application/octet-stream", "binary/octet-stream")
_LARGEST = {"html": LARGEST_HTML, "feed": LARGEST_HTML, "pdf": LARGEST_PDF, "txt": LARGEST_TEXT}

_SNIFFED = 2000
_IS_FEED = re.compile(rb"^\s*(?:<[?!][^>]{0,1000}>\s*)*<(?:rss|feed|rdf:RDF)\b", re.I)
_IS_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.I)

_PASSWORD = re.compile(r"""<input\b[^>]{0,1000}?\btype\s*=\s*["']?password\b""", re.I)
_LOGIN_TEXT = 400
"""Characters; a page with a field for a password and no more text than that is no article."""
_LOGIN_HOST = re.compile(r"(?:log-?in|sign-?in|sso|passport|accounts?|auth|idp?)\.", re.I)
_LOGIN_PATH = re.compile(
    r"(?:^|[/_.-])(?:log-?(?:in|on)|sign-?(?:in|on)|sso|passport|cas|oauth2?|authori[sz]e)(?:$|[/_.-])", re.I
)
_ASIDE = "save the page and name the file"


def largest(headers: Mapping[str, str]) -> int:
    """Bytes that an answer with these headers may have: as many as a file of its kind."""
    return _LARGEST.get(_KINDS.get(headers.get("content-type", "").partition(";")[0].strip().lower(), "html"), 0)


def kind_of(content_type: str, content: bytes) -> Kind:
    """How bytes are to be read; what they say themselves counts where the type leaves it open.

    Raises `UnreadableInput` for what is no text.
    """
    said = content_type.partition(";")[0].strip().lower()
    start = content.lstrip(b"\xef\xbb\xbf")[:_SNIFFED]
    kind = _KINDS.get(said)
    if kind == "html" and _IS_FEED.match(start):
        return "feed"  # as many servers send them
    if kind:
        return kind
    if said in _XML:
        return "html" if _IS_HTML.search(start) and not _IS_FEED.match(start) else "feed"
    if said in _UNSAID:
        if start.startswith(b"%PDF-"):
            return "pdf"
        if _IS_FEED.match(start):
            return "feed"
        if _IS_HTML.search(start):
            return "html"
    raise UnreadableInput(
        f"it is {said[:60] or 'of no type'}, which is not read", fix="name a page, a text, a PDF, or a feed"
    )


def page_source(
    page: Fetched, kind: Kind, options: Mapping[str, object], sandbox: Sandbox, feed: Mapping[str, object] | None = None
) -> Source:
    """Article of a page; ``options`` win over what it says of itself, and that over what a feed says of it.

    Raises `UnreadableInput`, and `MissingExtra` where the library for its kind is not installed.
    """
    if not page.content.strip():
        raise UnreadableInput("the page is empty", fix="name a page with text")
    if page.final != page.url and _is_login(page.final) and not _is_login(page.url):
        raise UnreadableInput(f"it asks for a login: it leads to {page.final}", fix=_ASIDE)
    given = merged(options, {"url": page.url})
    article, digest = url_id(page.url), sha256(page.content).hexdigest()
    try:
        if kind == "txt":
            decoded = decode(page.content, declared=page.charset)
            reader = kind if decoded.encoding == "utf-8" else f"{kind} {decoded.encoding}"
            said = merged(given, feed or {})
            made = assemble(article, decoded.text, digest, said, reader=reader, where=page.url)
        else:
            made = _by_library(page, kind, given, feed or {}, sandbox, article, digest)
    except UnreadableInput as error:
        if "not UTF-8" in error.message:
            named = f", and the server calls it {page.charset}" if page.charset else ""
            raise UnreadableInput(f"{error.message}{named}", fix="save its text as UTF-8 and name the file") from None
        raise
    return replace(made, visit=page.visit)


def _by_library(
    page: Fetched, kind: Kind, given: Mapping[str, object], feed: Mapping[str, object], sandbox: Sandbox,
    article: str, digest: str,
) -> Source:  # fmt: skip
    if kind == "pdf":
        read = sandbox.read("pdf", page.content)
    else:
        text = decode(page.content, html=True, declared=page.charset).text
        locked = _PASSWORD.search(text) is not None
        try:
            read = sandbox.read("html", text.encode("utf-8"))
        except UnreadableInput:
            if locked:
                raise _login() from None
            raise
        if locked and len(read.text) < _LOGIN_TEXT:
            raise _login()
    said = merged(given, read.page, feed)
    return assemble(article, read.text, digest, said, reader=f"{kind} {read.library}", where=page.url, notes=read.notes)


def _login() -> UnreadableInput:
    return UnreadableInput("it asks for a login: a field for a password, and no article", fix=_ASIDE)


def _is_login(url: str) -> bool:
    parts = urlsplit(url)
    return bool(_LOGIN_HOST.match(parts.netloc) or _LOGIN_PATH.search(parts.path))
