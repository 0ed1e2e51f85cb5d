"""Articles that come one after the other for a long time: the store is held only while one of them is stored.

So `forget`, `build` and other writers work beside a folder that is watched and a server that is slow.

>>> with patient(Path("nowhere"), None, print):
...     pass
Traceback (most recent call last):
cbec_kg.errors.StoreMissing: no graph in nowhere: run `cbec-kg build --store nowhere` first
"""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from cbec_kg.errors import StoreLocked
from cbec_kg.fetch import Visit, Visits
from cbec_kg.pipeline.extraction import Read
from cbec_kg.pipeline.ingest import Ingested, Ingester
from cbec_kg.pipeline.living import Living, check_sources, living
from cbec_kg.pipeline.shelf import Shelf
from cbec_kg.pipeline.sources import Sources
from cbec_kg.readers.web import Web

__all__ = ["Outside", "patient"]

_EVERY = 0.2  # seconds

Tell = Callable[[str], None]


@contextmanager
def patient(
    folder: Path, sources: Sources, tell: Tell, *, overlay: str | None = None, most: float | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Iterator[Living]:  # fmt: skip
    """`living`, as soon as no other process writes the store; says that it waits.

    Raises `StoreLocked` after ``most`` seconds, or when ``stopped`` says so.
    """
    began, told = time.monotonic(), False
    with ExitStack() as held:
        while True:
            try:
                graph = held.enter_context(living(folder, sources, overlay))
                break
            except StoreLocked as locked:
                if stopped() or (most is not None and time.monotonic() - began > most):
                    raise
                if not told:
                    tell(f"{locked.message}: waiting for it")
                told = True
            time.sleep(_EVERY)
        yield graph


class Outside:
    """Takes in what comes from outside, an article at a time, and keeps what servers said of their pages."""

    def __init__(
        self, folder: Path, resources: Path, sources: Sources, tell: Tell, *, overlay: str | None = None,
        keep: bool = True, stopped: Callable[[], bool] = lambda: False,
    ) -> None:  # fmt: skip
        """Of a store folder and what its build was made of; with ``keep`` false nothing is stored."""
        self.folder, self.resources, self.sources, self.tell = folder, resources, sources, tell
        self.overlay, self.keep, self.stopped = overlay, keep, stopped
        self.visits, self.shelf = Visits(folder), Shelf(folder)
        self._taken: set[str] = set()
        self._web: Web | None = None
        self._ingester: Ingester | None = None

    def web(self, *, allow_private: bool, unchanged: Callable[[Ingested], None]) -> Web:
        """Reader of the addresses among the inputs; ``unchanged`` is told of each article that is as it was."""

        def known(article: str) -> Visit | None:
            # What is not on the shelf was dropped since, and is wanted whole.
            return self.visits.article(article) if self.shelf.get(article) else None

        def told(article: str) -> None:
            content = self.shelf.get(article)
            unchanged(Ingested(article, "known", len(content.rows) if content else 0))

        self._web = Web(
            allow_private=allow_private, known=known, known_feed=self.visits.feed, unchanged=told, tell=self.tell
        )
        return self._web

    def take(self, one: Read) -> Ingested:
        """Store what fits of an article, and then what the server said of its page.

        Raises `CbecError` as `Ingester.take` does, and `StoreError` where nothing more can be taken: the graph is
        another than it was, or cannot be written.
        """
        with patient(self.folder, self.sources, self.tell, overlay=self.overlay, stopped=self.stopped) as graph:
            check_sources(self.folder, self.resources)
            self._ingester = self._ingester or Ingester(graph, self.sources)
            self._ingester.graph = graph  # another opening of the same store
            done = self._ingester.take(one.extraction, keep=self.keep)
            if self.keep and one.source.visit and graph.shelf.get(done.article):
                self.visits.keep_article(done.article, one.source.visit)
        self._taken.add(done.article)
        return done

    def finish(self) -> None:
        """Keep what servers said of the feeds of which everything was dealt with."""
        feeds = self._web.feeds if self._web and self.keep else []
        for feed in feeds:
            if feed.whole and feed.articles <= self._taken:
                self.visits.keep_feed(feed.visit)
