"""What changed in the graph as a feed of entries: figures that appeared, were revised or went, conflicts, articles.

Atom (RFC 4287), in pages (RFC 5005). An entry's id is made of when and what, so that it stays the same however often
the feed is made anew.

>>> entry = Entry("urn:uuid:1", "appeared", "a < b", "", "2024-01-20T08:00:00+00:00", "obs/x")
>>> print(_entry(entry, "https://kg.example"))
<entry>
<id>urn:uuid:1</id>
<title>a &lt; b</title>
<updated>2024-01-20T08:00:00+00:00</updated>
<category term="appeared"/>
<link rel="alternate" type="text/html" href="https://kg.example/obs/x.html"/>
</entry>
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from itertools import islice
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from cbec_kg.errors import StoreError, UnknownName
from cbec_kg.model.slots import Slots
from cbec_kg.namespaces import BASE, SERIES
from cbec_kg.pipeline.changes import Conflict, Figure, vocabulary_of
from cbec_kg.pipeline.changes_table import Say, kind_of
from cbec_kg.pipeline.moments import Moment, moments
from cbec_kg.query.labels import labels_of
from cbec_kg.query.nearest import nearest
from cbec_kg.query.said import said
from cbec_kg.rdf.terms import NamedNode
from cbec_kg.store.base import Store
from cbec_kg.store.embedded import EmbeddedStore
from cbec_kg.store.following import OpenGraph
from cbec_kg.store.pool.limits import Limits
from cbec_kg.web.work.api.replying import Made

__all__ = ["Entry", "FeedOf", "feed"]

_TITLE = {"en": "China CBEC Knowledge Graph: what changed", "zh": "中国跨境电商知识图谱：变化"}
_WORDS = {
    "appeared": ("New", "新增"), "revised": ("Revised", "修订"), "went": ("Withdrawn", "撤出"),
    "conflict": ("Conflict", "矛盾"), "settled": ("Conflict settled", "矛盾消除"),
    "came": ("Article read", "新增文章"), "replaced": ("Article replaced", "更换文章"),
    "left": ("Article withdrawn", "撤出文章"), "forgotten": ("Articles forgotten", "遗忘文章"),
    "many": ("Articles changed", "文章变化"),
}  # fmt: skip
_UNSEEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (section 2.2)."""


@dataclass(frozen=True, slots=True)
class FeedOf:
    """A feed: ``base`` is this server's address, ``address`` the feed's own, of its first page.

    ``since`` is what ``If-Modified-Since`` says.
    """

    base: str
    address: str
    series: str | None = None
    lang: str = "en"
    limit: int = 100
    offset: int = 0
    since: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One change; ``path`` is where the thing is told of, below the base."""

    id: str
    kind: str
    title: str
    summary: str
    updated: str
    path: str


class _Past:
    """The moments of a graph, each found once."""

    def __init__(self, store: Store) -> None:
        if not isinstance(store, EmbeddedStore):
            raise StoreError("this graph keeps no history", fix="ask a server that reads a store folder")
        self._found: list[Moment] = []
        self._rest = moments(store.folder, store, vocabulary_of(store))

    def __iter__(self) -> Iterator[Moment]:
        yield from self._found
        for moment in self._rest:
            self._found.append(moment)
            yield moment


def feed(graph: OpenGraph, limits: Limits, asked: FeedOf) -> Made:
    """A page of the feed, the newest change first; raises `UnknownName` for a series that the graph does not have."""
    store = graph.store()
    title = _TITLE[asked.lang]
    if asked.series is not None:
        title = f"{title}: {_series(store, asked.series, asked.lang)}"
    past = graph.made_of(_Past)
    every = (one for moment in past for one in _entries(moment, asked))
    entries = list(islice(every, asked.offset, asked.offset + asked.limit + 1))
    # The first moment's time where nothing changed in a series: a feed always says when it was updated.
    times = [moment.made.at for moment in past] if not entries else [entries[0].updated]
    updated = times[0] if times else "1970-01-01T00:00:00+00:00"
    headers = {"Last-Modified": format_datetime(_utc(updated), usegmt=True), "Content-Language": asked.lang}
    if asked.since is not None and not _newer(updated, asked.since):
        return Made("application/atom+xml", iter(()), headers, 304)
    text = _document(asked, title, updated, entries[: asked.limit], more=len(entries) > asked.limit)
    return Made("application/atom+xml", iter([text.encode()]), headers)


def _series(store: Store, name: str, lang: str) -> str:
    """Label of a series."""
    found = [
        row[0].value
        for row in store.select("SELECT ?s { ?s a cbec:Series } ORDER BY ?s").rows
        if isinstance(row[0], NamedNode)
    ]
    if SERIES + name not in found:
        near = tuple(nearest(name, [one.removeprefix(SERIES) for one in found]))
        fix = f"did you mean {' or '.join(near)}?" if near else "find its name by /api/search"
        raise UnknownName(f"series is {said(name)}, which the graph does not have", fix=fix, nearest=near)
    return labels_of(store, [SERIES + name], lang).get(SERIES + name, name)


def _entries(moment: Moment, asked: FeedOf) -> Iterator[Entry]:
    compared, at = moment.compared, moment.made
    if compared is None:
        if asked.series is None:
            yield _of(moment, "many", f"{moment.count:,}", "", "", asked.lang)
    else:
        say = Say(compared.namer, asked.lang)
        for figure in compared.figures:
            if _within(asked, (figure.now or figure.before).row):  # type: ignore[union-attr]
                yield _figure(moment, figure, say)
        for kind, conflicts in (("conflict", compared.conflicts_came), ("settled", compared.conflicts_went)):
            for one in conflicts:
                if _within(asked, one.sides[0].row):
                    yield _conflict(moment, kind, one, say)
    if asked.series is None:
        for change in moment.articles:
            content = change.now or change.before
            title = (content.article.title if content else None) or change.article
            claims = {"en": "claims: {} new, {} gone", "zh": "说法：新增{}条，撤出{}条"}[asked.lang]
            summary = claims.format(len(change.new), len(change.gone))
            yield _of(moment, kind_of(change), title, summary, f"article/{change.article}", asked.lang, change.article)
        if moment.forgotten:
            yield _of(moment, "forgotten", f"{moment.forgotten:,}", "", "", asked.lang, at.at)


def _within(asked: FeedOf, row: object) -> bool:
    return asked.series is None or Slots.of(row).name == asked.series  # type: ignore[arg-type]


def _figure(moment: Moment, figure: Figure, say: Say) -> Entry:
    before, now = figure.before, figure.now
    kind = "revised" if before and now else "appeared" if now else "went"
    row = (now or before).row  # type: ignore[union-attr]
    told = " → ".join(say.side(side) for side in (before, now) if side)
    digests = [side.digest if side else "" for side in (before, now)]
    key = [figure.observation, figure.measure, *digests]
    return _of(moment, kind, f"{say.observation(row)}: {told}", told, f"obs/{figure.observation}", say.lang, *key)


def _conflict(moment: Moment, kind: str, one: Conflict, say: Say) -> Entry:
    sides = sorted(one.sides, key=lambda side: (side.articles, side.digest))
    told = " ≠ ".join(map(say.side, sides))
    key = [one.observation, one.measure, *(side.digest for side in sides)]
    title = f"{say.observation(sides[0].row)}: {told}"
    return _of(moment, kind, title, told, f"obs/{one.observation}", say.lang, *key)


def _of(moment: Moment, kind: str, title: str, summary: str, path: str, lang: str, *key: str) -> Entry:
    at, word = moment.made, _WORDS[kind][1 if lang == "zh" else 0]
    name = uuid5(NAMESPACE_URL, "/".join((f"{BASE}changes", at.at, at.build, at.by, kind, *key)))
    text = f"{word}：{title}" if lang == "zh" else f"{word}: {title}"
    return Entry(name.urn, kind, text, summary, at.at, path)


def _document(asked: FeedOf, title: str, updated: str, entries: list[Entry], *, more: bool) -> str:
    pages = {"self": asked.offset, "first": 0}
    if more:
        pages["next"] = asked.offset + asked.limit
    if asked.offset:
        pages["previous"] = max(0, asked.offset - asked.limit)
    links = [(rel, "application/atom+xml", _at(asked, offset)) for rel, offset in pages.items()]
    page = f"{asked.base}/series/{quote(asked.series)}.html" if asked.series else f"{asked.base}/"
    links.append(("alternate", "text/html", page))
    name = uuid5(NAMESPACE_URL, f"{asked.base}/changes.atom {asked.series or ''} {asked.lang}")
    return "\n".join([
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{asked.lang}">',
        f"<id>{name.urn}</id>",
        f"<title>{_plain(title)}</title>",
        f"<updated>{updated}</updated>",
        "<author><name>cbec-kg</name></author>",
        *(f'<link rel="{rel}" type="{kind}" href={quoteattr(href)}/>' for rel, kind, href in links),
        *(_entry(entry, asked.base) for entry in entries),
        "</feed>\n",
    ])  # fmt: skip


def _at(asked: FeedOf, offset: int) -> str:
    if not offset:
        return asked.address
    return f"{asked.address}{'&' if '?' in asked.address else '?'}offset={offset}"


def _entry(entry: Entry, base: str) -> str:
    page = f"{base}/{quote(entry.path)}.html" if entry.path else f"{base}/"
    lines = [
        "<entry>", f"<id>{entry.id}</id>", f"<title>{_plain(entry.title)}</title>",
        f"<updated>{entry.updated}</updated>", f'<category term="{entry.kind}"/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(page)}/>',
    ]  # fmt: skip
    return "\n".join([*lines, *([f"<summary>{_plain(entry.summary)}</summary>"] if entry.summary else []), "</entry>"])


def _plain(text: str) -> str:
    return escape(_UNSEEN.sub("�", text))


def _utc(at: str) -> datetime:
    return datetime.fromisoformat(at).astimezone(UTC)


def _newer(updated: str, since: str) -> bool:
    """Whether something changed after an HTTP date; what is no date says nothing (RFC 9110, section 13.1.3)."""
    try:
        return _utc(updated) > parsedate_to_datetime(since)
    except (ValueError, TypeError):
        return True
