"""Inputs that are addresses: a page is one article, a feed one article an item.

>>> from cbec_kg.readers.sandbox import Sandbox
>>> [one.message for one in Web().read("https://me:secret@example.com/", {}, Sandbox(), SeenIds())]
['https://example.com/: the address holds a name or a password: leave them out, for addresses are stored']
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin

from cbec_kg.errors import MissingExtra, UnreadableInput
from cbec_kg.fetch import Fetched, Fetcher, Limits, Refusal, Visit, clean_url, without_credentials
from cbec_kg.readers.ids import SeenIds, url_id
from cbec_kg.readers.page import kind_of, largest, page_source
from cbec_kg.readers.sandbox import Sandbox
from cbec_kg.readers.source import Failure, Source, shown

__all__ = ["FeedRead", "Web"]

_FROM_PAGE = ("lang", "title", "publisher", "published", "url")


@dataclass(slots=True)
class FeedRead:
    """A feed that was read to its end: what its server said of it, and the articles that came of it.

    ``whole`` is false where an item, or a part of the feed, may be had another day.
    """

    visit: Visit
    articles: set[str] = field(default_factory=set)
    whole: bool = True


class Web:
    """Reads the addresses among the inputs of one run.

    ``known`` gives the visit of an article that is stored, ``known_feed`` that of a feed by its address; a server then
    sends only what has changed since. ``unchanged`` is told of each article that has not, ``tell`` of waits and of
    feeds. ``feeds`` lists the feeds that were read to their end.
    """

    def __init__(
        self, *, allow_private: bool = False, limits: Limits | None = None,
        known: Callable[[str], Visit | None] = lambda article: None,
        known_feed: Callable[[str], Visit | None] = lambda url: None,
        unchanged: Callable[[str], None] = lambda article: None,
        tell: Callable[[str], None] = lambda line: None,
    ) -> None:  # fmt: skip
        self.fetcher = Fetcher(allow_private=allow_private, limits=limits, tell=tell)
        self.known, self.known_feed, self.unchanged, self.tell = known, known_feed, unchanged, tell
        self.feeds: list[FeedRead] = []

    def read(
        self, given: str, options: Mapping[str, object], sandbox: Sandbox, seen: SeenIds
    ) -> Iterator[Source | Failure]:
        """Articles of an address; nothing is raised for what a server does."""
        where = shown(without_credentials(given))
        try:
            url = clean_url(given)
            article = url_id(url)
            if article in seen:
                yield Failure.of(where, "it was read before", "name each address once")
                return
            page = self.fetcher.get(url, largest=largest, visit=self._visit(article, url, options, feeds=True))
            if page.unchanged:
                if self.known(article):
                    self._known(article, seen)
                else:
                    self.tell(f"{url}: the feed is unchanged, and nothing of it is fetched")
                return
            if (kind := kind_of(page.kind, page.content)) != "feed":
                yield page_source(page, kind, options, sandbox)
                return
        except (UnreadableInput, MissingExtra) as error:
            yield Failure.of(where, error.message, error.fix)
            return
        yield from self._feed(page, options, sandbox, seen)

    def _feed(
        self, page: Fetched, options: Mapping[str, object], sandbox: Sandbox, seen: SeenIds
    ) -> Iterator[Source | Failure]:
        """Articles of a feed's items, in its order; one item costs no other."""
        try:
            read = sandbox.read("feed", page.content)
        except (UnreadableInput, MissingExtra) as error:
            yield Failure.of(page.url, error.message, error.fix)
            return
        for note in read.notes:
            self.tell(f"{page.url}: {note}")
        feed = FeedRead(page.visit, whole=not read.notes)
        done: set[str] = set()
        for item in json.loads(read.text):
            link = item.pop("link")
            try:
                link = urljoin(page.final, link)
                url = clean_url(link)
                if url not in done:
                    done.add(url)
                    yield from self._item(url, item, options, sandbox, seen, feed)
            except (UnreadableInput, MissingExtra, ValueError) as error:
                feed.whole &= isinstance(error, UnreadableInput | ValueError) and not getattr(error, "passing", False)
                if isinstance(error, ValueError):
                    error = Refusal("it is no address", fix="tell who made the feed")
                yield Failure.of(shown(without_credentials(link)), error.message, error.fix)
        self.feeds.append(feed)

    def _item(
        self, url: str, item: Mapping[str, object], options: Mapping[str, object], sandbox: Sandbox, seen: SeenIds,
        feed: FeedRead,
    ) -> Iterator[Source]:  # fmt: skip
        article = url_id(url)
        if article in seen:
            return  # of another feed, or named by itself
        page = self.fetcher.get(url, largest=largest, visit=self._visit(article, url, options))
        if page.unchanged:
            self._known(article, seen)
            return
        kind = kind_of(page.kind, page.content)
        if kind == "feed":
            raise UnreadableInput("it is a feed within a feed", fix="name it as an input")
        source = page_source(page, kind, options, sandbox, item)
        feed.articles.add(article)
        yield source

    def _visit(self, article: str, url: str, options: Mapping[str, object], feeds: bool = False) -> Visit | None:
        """What to ask a server with; metadata that is given may be news, so that the page is wanted whole."""
        if any(options.get(key) is not None for key in _FROM_PAGE):
            return None
        visit = self.known(article) or (self.known_feed(url) if feeds else None)
        return visit if visit and visit.url == url else None

    def _known(self, article: str, seen: SeenIds) -> None:
        seen.add(article)
        self.unchanged(article)
