"""A stored graph that articles come to and go from, one whole article at a time.

What was read in an article is kept beside the store (`shelf`), the graph in it. Before both are changed a small file
says what is about to be, so that whoever opens the graph next can end what a process that died had begun.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyoxigraph

from cbec_kg.errors import CbecError, StoreError, StoreMissing
from cbec_kg.model.correction import Correction
from cbec_kg.namespaces import GRAPH
from cbec_kg.pipeline import log
from cbec_kg.pipeline.corrected import corrected
from cbec_kg.pipeline.delta import Delta, Edit
from cbec_kg.pipeline.graphs import content_triples
from cbec_kg.pipeline.grounds import Footing, Grounds
from cbec_kg.pipeline.history import History
from cbec_kg.pipeline.overlay import Overlay, may_be_ended, note_overlay, overlay_path, read_overlay
from cbec_kg.pipeline.shelf import Shelf, content_json, parse_content
from cbec_kg.pipeline.sources import Curated, Sources, fingerprint
from cbec_kg.pipeline.whole import write_whole
from cbec_kg.rdf.terms import NamedNode
from cbec_kg.reason.maintain import Backward
from cbec_kg.reason.rules import compile_rules
from cbec_kg.store.builds import current, drop_others, writing
from cbec_kg.store.edits import apply, open_for_edits
from cbec_kg.triples.names import Namer

__all__ = ["Living", "check_sources", "living", "pending_file"]


def pending_file(store: Path) -> Path:
    """The file that says which article is being changed."""
    return store / "pending.json"


def end_begun(store: Path, articles: Mapping[str, Curated], curated: Collection[str]) -> None:
    """End a change that was begun where a new build, of ``articles``, holds its outcome: history, then the file."""
    pending = pending_file(store)
    if not pending.is_file():
        return
    try:
        begun = json.loads(pending.read_text("utf-8"))
        began = [(article, old) for article, old in begun["articles"]]
    except (ValueError, KeyError, TypeError):
        pending.unlink()  # damaged: the build holds all that is kept
        return
    now = {article: articles.get(article) for article, old in began if old or article in articles}
    History(store).end(begun, now, curated)
    pending.unlink()


def check_sources(store: Path, resources: Path) -> None:
    """Raise `StoreError` where the current build was made of another ontology or other data, or without reasoning."""
    build = current(store)
    if build is None:
        raise StoreMissing(f"no graph in {store}", fix=f"run `cbec-kg build --store {store}` first")
    entries = [entry for entry in log.entries(store) if entry.get("build") == build.name]
    made = entries[-1] if entries else {}
    if made.get("sources") != fingerprint(resources):
        raise StoreError("the ontology or the data has changed since the build", fix="run `cbec-kg build` first")
    if not made.get("reasoned"):
        raise StoreError("the graph was built without reasoning", fix="run `cbec-kg build` first")


@contextmanager
def living(store: Path, sources: Sources, overlay: str | None = None) -> Iterator["Living"]:
    """The current build of a store folder, for changes; what a process that died had begun is ended first.

    ``overlay`` is the file of corrections, where one is named. Raises `StoreMissing` where nothing was built,
    `StoreLocked` where another process writes, `StoreError` where other corrections are in the graph.
    """
    if current(store) is None:
        raise StoreMissing(f"no graph in {store}", fix=f"run `cbec-kg build --store {store}` first")
    with writing(store):
        build = current(store)
        assert build is not None
        for left in store.glob("*.new"):
            left.unlink(missing_ok=True)  # of a process that died while it wrote
        graph = Living(store, open_for_edits(build), sources, Overlay.read(overlay_path(store, overlay)))
        try:
            graph.recover()
            read_overlay(store, overlay)
            yield graph
        finally:
            graph.close()


class Living:
    """Changes one graph; use `living` to get one.

    What was read is on the shelf; what is in the graph is that with its corrections applied.
    """

    def __init__(self, folder: Path, store: pyoxigraph.Store, sources: Sources, overlay: Overlay) -> None:
        self.folder, self.store, self.sources, self.shelf = folder, store, sources, Shelf(folder)
        self.overlay = overlay
        self.pending, self.history = pending_file(folder), History(folder)
        self.namer = Namer(sources.vocabulary)
        rules = Backward.of(compile_rules([*sources.ontology, *sources.entities]))
        build = current(folder)
        assert build is not None
        self.grounds = Grounds.of_build(folder, build.name, self._footings())
        self.delta = Delta(store, self.namer, rules, sources.measured_by(), self.grounds)

    def close(self) -> None:
        """Let go of the database, which is closed when nothing refers to it."""
        self.grounds.close()
        del self.store, self.delta

    def read(self, article: str) -> Curated | None:
        """What was read in an article, curated or ingested; None where it is not here."""
        return self.sources.articles.get(article) or self.shelf.get(article)

    def shown(self, article: str) -> Curated | None:
        """What the graph holds of an article: what was read, with its corrections."""
        content = self.read(article)
        return corrected(content, self.overlay).content if content else None

    def _footings(self) -> Iterator[tuple[str, Footing]]:
        for article in [*self.shelf.ids(), *self.sources.articles]:
            yield article, Footing.of(self.shown(article), self.namer)

    def put(self, content: Curated) -> bool:
        """Take an article in, in the place of what was read in it before; False where that was the same."""
        article = content.article.id
        self._refuse_curated(article)
        if self.shelf.get(article) == content:
            return False
        self._change({article: content}, self.overlay, lambda: self.shelf.put(content))
        return True

    def drop(self, article: str) -> list[Correction] | None:
        """Take an article out, with its corrections, which are returned; None where it is not there."""
        self._refuse_curated(article)
        content = self.shelf.get(article)
        if content is None:
            return None
        gone = self._orphaned(content)
        others = self.naming(self.overlay.reaching(str(line.entity) for line in gone if line.entity)) - {article}
        overlay = self.overlay.without(gone)

        def forget() -> None:
            self.shelf.drop(article)
            if gone:
                self._keep(overlay)

        after: dict[str, Curated | None] = {other: self.shelf.get(other) for other in sorted(others)}
        self._change({article: None, **after}, overlay, forget)
        return gone

    def correct(self, lines: Iterable[Correction], articles: Iterable[str]) -> None:
        """Add lines to the overlay, and make the graph of the articles that they speak of anew."""
        overlay = self.overlay.with_lines(lines)
        self._change(
            {article: self.read(article) for article in sorted(articles)}, overlay, lambda: self._keep(overlay)
        )

    def naming(self, codes: set[str]) -> set[str]:
        """Ingested articles as read that name one of some things which the vocabulary does not have."""
        wanted = [code.encode() for code in codes]
        found = set()
        for article in self.shelf.ids() if wanted else ():
            text = (self.shelf.folder / f"{article}.json").read_bytes()
            if any(code in text for code in wanted):
                found.add(article)
        return found

    def _orphaned(self, content: Curated) -> list[Correction]:
        """Lines that go with an article: its own, and those of names that no other article has."""
        article = content.article.id
        own = {name.code for name in content.names}
        alone = {code for code in own & self._spoken() if not self.naming({code}) - {article}}
        return [
            line
            for line in self.overlay.lines
            if line.article == article or line.entity in alone or line.to.get("into") in alone
        ]

    def _spoken(self) -> set[str]:
        """Names that the overlay speaks of."""
        lines = [line for line in self.overlay.lines if line.entity]
        return {str(line.entity) for line in lines} | {str(line.to["into"]) for line in lines if "into" in line.to}

    def _keep(self, overlay: Overlay) -> None:
        overlay.write()
        note_overlay(self.folder, overlay)

    def _refuse_curated(self, article: str) -> None:
        if article in self.sources.articles:
            raise CbecError(f"article {article} is curated", fix="change its rows under data/articles, and build")

    def _change(self, read: dict[str, Curated | None], overlay: Overlay, keep: Callable[[], None]) -> None:
        """Change what is kept by ``keep``, and the graphs of some articles after it; whole, or ended by `recover`.

        ``read`` is what is then read in each article, and ``overlay`` what then corrects it.
        """
        self.recover()  # of an earlier change that this process could not end
        for content in read.values():
            if content:  # what does not fit is found before anything is changed
                content_triples(corrected(content, overlay).content, self.namer)
        old = {article: self.shown(article) for article in read}
        ready = self._ready(old, read, overlay)
        held = [[article, content_json(content) if content else None] for article, content in old.items()]
        begun = {"articles": held, "overlay": [self.overlay.mark, overlay.mark], **self.history.begin()}
        write_whole(self.pending, json.dumps(begun, ensure_ascii=False) + "\n")
        keep()
        self.overlay = overlay
        self._apply(old, ready)
        self._end(begun, old)

    def _ready(
        self, old: Mapping[str, Curated | None], read: Mapping[str, Curated | None], overlay: Overlay
    ) -> dict[str, Edit]:
        """The edit of the first article, made before anything is changed: what cannot be made leaves all as it was."""
        article = next(iter(read), None)
        if article is None:
            return {}
        content = read[article]
        new = corrected(content, overlay).content if content else None
        try:
            return {article: self.delta.edit(old[article], new)}
        except (ArithmeticError, ValueError, LookupError) as error:
            raise CbecError(
                f"article {article} cannot be taken in: {type(error).__name__}: {error}",
                fix="report it with the article",
            ) from error

    def _end(self, begun: dict[str, Any], old: dict[str, Curated | None]) -> None:
        now = {article: self.shown(article) for article in old}
        came_or_went = {article: content for article, content in now.items() if content or old[article]}
        went = [article for article, content in came_or_went.items() if content is None]
        if went:
            drop_others(self.folder)  # they hold it still
            for article in came_or_went:  # earlier versions may hold names that only the one that went has
                self.history.forget(article)
        self.history.end(begun, came_or_went, self.sources.articles)
        self.pending.unlink()

    def _apply(self, old: Mapping[str, Curated | None], ready: Mapping[str, Edit] | None = None) -> None:
        """Make the graphs of articles, as they were, what they are to be; one after the other."""
        for article, was in old.items():
            new = self.shown(article)
            edit = (ready or {}).get(article) or self.delta.edit(was, new)
            apply(self.store, edit.minus, edit.plus)
            self.grounds.put(article, Footing.of(new, self.namer))

    def recover(self) -> list[str]:
        """End a change that was begun; returns the articles' ids."""
        try:
            begun = json.loads(self.pending.read_text("utf-8"))
            marks = list(begun["overlay"])
        except FileNotFoundError:
            return []
        except (ValueError, KeyError, TypeError):
            raise StoreError(f"{self.pending} is damaged", fix="remove it, and run `cbec-kg build`") from None
        may_be_ended(self.overlay, *marks)
        old = {article: parse_content(content) if content else None for article, content in begun["articles"]}
        for article in old:
            (self.shelf.folder / f"{article}.json.new").unlink(missing_ok=True)
        todo = {article: was for article, was in old.items() if not self._is_done(article)}
        for article in old:  # the index may be behind the graph, or before it
            self.grounds.put(article, Footing.of(todo.get(article, self.shown(article)), self.namer))
        self._apply(todo)
        note_overlay(self.folder, self.overlay)
        self._end(begun, old)
        return list(old)

    def _is_done(self, article: str) -> bool:
        """Whether the graph of an article is what it is to be."""
        content = self.shown(article)
        wanted = content_triples(content, self.namer) if content else set()
        graph = NamedNode(f"{GRAPH}article_{article}")
        return wanted == {quad.triple for quad in self.store.quads_for_pattern(None, None, None, graph)}
