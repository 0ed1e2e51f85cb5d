"""The items of an RSS or Atom feed, by feedparser (the extra ``web``); called in the worker process only.

>>> read = read_feed(b"<rss version='2.0'><channel><item><title>Up</title><link>/a</link></item></channel></rss>")
>>> read.text
'[{"link": "/a", "title": "Up"}]'
"""

import json
import re
from email.utils import parsedate
from io import BytesIO
from typing import Any

from cbec_kg.errors import MissingExtra, UnreadableInput
from cbec_kg.readers.metadata import day_or_hint
from cbec_kg.readers.source import Extracted

__all__ = ["MOST_ITEMS", "read_feed"]

MOST_ITEMS = 1000
"""Items of a feed that are looked at; feeds hold some tens."""

_TAG = re.compile(r"<[^<>]{0,1000}>")


def read_feed(content: bytes) -> Extracted:
    """Items of a feed in its order, as a JSON list of objects with ``link`` and, where said, ``title``, ``published``.

    Items without a link are left out, and a note says so; so does one where the feed breaks off or holds more than
    `MOST_ITEMS`. Raises `UnreadableInput` where it is no feed, and `MissingExtra`.
    """
    try:
        import feedparser
    except ImportError:
        raise MissingExtra("feeds need feedparser", fix='pip install "cbec-kg[web]"') from None

    found = feedparser.parse(BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
    version = found.get("version")
    broken = _breach(found.get("bozo_exception"))
    entries: list[Any] = found.get("entries") or []
    if not version:
        why = f" ({broken})" if broken else ""
        raise UnreadableInput(f"it is no RSS or Atom feed{why}", fix="name a feed, or a page")
    items = [item for entry in entries[:MOST_ITEMS] if (item := _item(entry, str(version)))]
    if not items:
        why = f"it is broken: {broken}" if broken else "it has no items with a link"
        raise UnreadableInput(f"nothing to fetch in the feed, {why}", fix="name another feed")
    notes = []
    if broken:
        notes.append(f"the feed is broken, and may have lost items: {broken}")
    if len(entries) > MOST_ITEMS:
        notes.append(f"of {len(entries):,} items only the first {MOST_ITEMS:,} are read")
    if (linkless := len(entries[:MOST_ITEMS]) - len(items)) > 0:
        notes.append(f"{linkless} of {len(entries)} items have no link and are left out")
    return Extracted(json.dumps(items, ensure_ascii=False), f"feedparser {feedparser.__version__}", notes=tuple(notes))


def _breach(error: object) -> str:
    """What is wrong with a feed's XML; "" where nothing is, or no more than its declared encoding."""
    message = getattr(error, "getMessage", None)
    if message is None:
        return ""
    line = getattr(error, "getLineNumber", lambda: None)()
    return f"{message()}, line {line}" if line else str(message())


def _item(entry: dict[str, Any], version: str) -> dict[str, str] | None:
    # dict.get, for feedparser's own answers a question for one key with another.
    link, title, published = (dict.get(entry, key) for key in ("link", "title", "published"))
    if not isinstance(link, str) or not link.strip():
        return None
    if not published and version.startswith("rss"):
        published = dict.get(entry, "updated")  # so feedparser calls dc:date; of Atom it is when a text was changed
    item = {"link": link.strip()}
    if isinstance(title, str) and (title := _TAG.sub("", title).strip()):
        item["title"] = title
    if isinstance(published, str) and (day := _day(published)):
        item["published"] = day
    return item


def _day(text: str) -> str | None:
    """Day of an item by the publisher's own clock: RFC 3339 or RFC 5322."""
    if dated := day_or_hint(text):
        return dated[0] or dated[1]
    parsed = parsedate(text)
    if parsed is None:
        return None
    dated = day_or_hint(f"{parsed[0]:04}-{parsed[1]:02}-{parsed[2]:02}")
    return dated[0] if dated else None
