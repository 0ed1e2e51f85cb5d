"""A stored graph that articles come to and go from, one whole article at a time.

What was read in an article is kept beside the store (`shelf`), the graph in it. Before both are changed a small file
says what is about to be, so that whoever opens the graph next can end what a process that died had begun.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph

from cbec_kg.errors import CbecError, StoreError, StoreMissing
from cbec_kg.namespaces import GRAPH
from cbec_kg.pipeline.delta import Delta
from cbec_kg.pipeline.shelf import Shelf, content_json, parse_content, write_whole
from cbec_kg.pipeline.sources import Curated, Sources, fingerprint
from cbec_kg.rdf.terms import NamedNode
from cbec_kg.reason.maintain import Backward
from cbec_kg.reason.rules import compile_rules
from cbec_kg.store.builds import current, writing
from cbec_kg.store.edits import apply, open_for_edits
from cbec_kg.triples.claims import article_triples
from cbec_kg.triples.names import Namer

__all__ = ["Living", "check_sources", "living", "pending_file"]


def pending_file(store: Path) -> Path:
    """The file that says which article is being changed."""
    return store / "pending.json"


def check_sources(store: Path, resources: Path) -> None:
    """Raise `StoreError` where the current build was made of another ontology or other data, or without reasoning."""
    build = current(store)
    if build is None:
        raise StoreMissing(f"no graph in {store}", fix="run `cbec-kg build` first")
    lines = (store / "log.jsonl").read_text("utf-8").splitlines() if (store / "log.jsonl").is_file() else []
    entries = [entry for entry in map(json.loads, lines) if entry.get("build") == build.name]
    made = entries[-1] if entries else {}
    if made.get("sources") != fingerprint(resources):
        raise StoreError("the ontology or the data has changed since the build", fix="run `cbec-kg build` first")
    if not made.get("reasoned"):
        raise StoreError("the graph was built without reasoning", fix="run `cbec-kg build` first")


@contextmanager
def living(store: Path, sources: Sources) -> Iterator["Living"]:
    """The current build of a store folder, for changes; what a process that died had begun is ended first.

    Raises `StoreMissing` where nothing was built, `StoreLocked` where another process writes.
    """
    if current(store) is None:
        raise StoreMissing(f"no graph in {store}", fix="run `cbec-kg build` first")
    with writing(store):
        build = current(store)
        assert build is not None
        graph = Living(store, open_for_edits(build), sources)
        try:
            graph.recover()
            yield graph
        finally:
            graph.close()


class Living:
    """Changes one graph; use `living` to get one."""

    def __init__(self, folder: Path, store: pyoxigraph.Store, sources: Sources) -> None:
        self.store, self.sources, self.shelf = store, sources, Shelf(folder)
        self.pending = pending_file(folder)
        self.namer = Namer(sources.vocabulary)
        rules = Backward.of(compile_rules([*sources.ontology, *sources.entities]))
        self.delta = Delta(store, self.namer, rules, sources.measured_by(), self._content)

    def close(self) -> None:
        """Let go of the database, which is closed when nothing refers to it."""
        del self.store, self.delta

    def _content(self, article: str) -> Curated:
        found = self.sources.articles.get(article) or self.shelf.get(article)
        if found is None:
            raise StoreError(f"the store speaks of article {article}, and nothing is kept of it", fix="build it again")
        return found

    def put(self, content: Curated) -> bool:
        """Take an article in, in the place of what was read in it before; False where that was the same."""
        article = content.article.id
        self._refuse_curated(article)
        old = self.shelf.get(article)
        if old == content:
            return False
        self._change(article, old, content)
        return True

    def drop(self, article: str) -> bool:
        """Take an article out; False where it is not there."""
        self._refuse_curated(article)
        old = self.shelf.get(article)
        if old is None:
            return False
        self._change(article, old, None)
        return True

    def _refuse_curated(self, article: str) -> None:
        if article in self.sources.articles:
            raise CbecError(f"article {article} is curated", fix="change its rows under data/articles, and build")

    def _change(self, article: str, old: Curated | None, new: Curated | None) -> None:
        edit = self.delta.edit(old, new)  # what does not fit is found before anything is changed
        kept = content_json(old) if old else None
        write_whole(self.pending, json.dumps({"article": article, "old": kept}, ensure_ascii=False))
        if new:
            self.shelf.put(new)
        else:
            self.shelf.drop(article)
        apply(self.store, edit.minus, edit.plus)
        self.pending.unlink()

    def recover(self) -> str | None:
        """End a change that was begun; returns the article's id, None where there was none."""
        try:
            begun = json.loads(self.pending.read_text("utf-8"))
        except FileNotFoundError:
            return None
        article: str = begun["article"]
        old = parse_content(begun["old"]) if begun["old"] else None
        new = self.shelf.get(article)
        wanted = article_triples(new.article, new.rows, self.namer.knowing(new.names)) if new else set()
        graph = NamedNode(f"{GRAPH}article_{article}")
        if wanted != {quad.triple for quad in self.store.quads_for_pattern(None, None, None, graph)}:
            edit = self.delta.edit(old, new)
            apply(self.store, edit.minus, edit.plus)
        self.pending.unlink()
        return article
