"""The corrections of an overlay, and what became of each.

applied: it is in the graph; unmatched: its article has another text by now, or was read otherwise; waiting: nothing in
the store is what it speaks of; undone: a later line took it back, or its place.
"""

import json
from pathlib import Path

from cbec_kg.model.correction import Correction
from cbec_kg.pipeline.corrected import corrected
from cbec_kg.pipeline.overlay import Overlay
from cbec_kg.pipeline.shelf import Shelf
from cbec_kg.pipeline.sources import Curated, read_article

__all__ = ["listed", "unmatched"]


def listed(store: Path, overlay: Overlay, resources: Path) -> list[tuple[str, Correction]]:
    """Every line with its state, in the order of the file."""
    shelf = Shelf(store)
    articles = {str(line.article) for line in overlay.lines if line.article}
    contents: dict[str, Curated | None] = {}
    for article in articles:
        metadata = resources / "data" / "articles" / f"{article}.json"
        contents[article] = read_article(metadata) if metadata.is_file() else shelf.get(article)
    lost = {
        id(line)
        for content in contents.values()
        if content
        for line in corrected(content, overlay).unmatched
    }  # fmt: skip
    named = _named(shelf) if overlay.entities else set()
    out = []
    for line in overlay.lines:
        if line.kind == "article":
            state = "applied" if contents[str(line.article)] else "waiting"
            held = overlay.metadata.get(str(line.article), {})
            if line.action == "undo" or any(held.get(key) != value for key, value in line.to.items()):
                state = "undone"
        elif overlay.holding.get(line.key) is not line:
            state = "undone"
        elif line.kind == "entity":
            state = "applied" if line.entity in named else "waiting"
        elif contents[str(line.article)] is None:
            state = "waiting"
        else:
            state = "unmatched" if id(line) in lost else "applied"
        out.append((state, line))
    return out


def unmatched(store: Path, overlay: Overlay, resources: Path) -> list[Correction]:
    """Lines of articles that are in the store, which match no row there."""
    return [line for state, line in listed(store, overlay, resources) if state == "unmatched"]


def _named(shelf: Shelf) -> set[str]:
    """Names of the ingested articles that the vocabulary does not have."""
    found: set[str] = set()
    for article in shelf.ids():
        data = json.loads((shelf.folder / f"{article}.json").read_text("utf-8"))
        found.update(name[0] for name in data["names"])
    return found
