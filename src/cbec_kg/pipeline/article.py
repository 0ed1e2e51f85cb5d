"""What is known of one article, and every row of it with its review state.

>>> Described({"id": "a1"}, ()).claims
()
"""

import json
from dataclasses import dataclass
from pathlib import Path

from cbec_kg.errors import CbecError
from cbec_kg.pipeline.corrected import corrected
from cbec_kg.pipeline.overlay import Overlay, overlay_path
from cbec_kg.pipeline.shelf import Shelf
from cbec_kg.pipeline.sources import Curated, read_sources
from cbec_kg.triples.mint import claim_digest
from cbec_kg.triples.names import Namer

__all__ = ["Described", "Told", "described"]


@dataclass(frozen=True, slots=True)
class Told:
    """One row: its characters, its review state (machine-read, reviewed, corrected, rejected), claim and labels."""

    start: int
    end: int
    state: str
    claim: str
    en: str
    zh: str
    written: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Described:
    """Metadata by key, and rows in the article's order."""

    metadata: dict[str, object]
    claims: tuple[Told, ...]


def described(store: Path, resources: Path, article: str, overlay: str | None = None) -> Described:
    """Metadata and claims of an article, curated or ingested; raises `CbecError` where it is not there."""
    sources = read_sources(resources)
    content: Curated | None = sources.articles.get(article) or Shelf(store).get(article)
    if content is None:
        raise CbecError(f"article {article} is not in the graph", fix="see `cbec-kg query sources/articles`")
    done = corrected(content, Overlay.read(overlay_path(store, overlay)))
    namer = Namer(sources.vocabulary).knowing(content.names).knowing(done.content.names)
    told = []
    for _, row in done.origins:
        state, note = "reviewed" if row.reviewed else "machine-read", None
        if row.review:
            state = row.review.state
            note = f"{row.review.by}, {row.review.at}: {row.review.reason}"
            note += f" (read as {row.review.read})" if row.review.read else ""
        told.append(Told(row.start, row.end, state, claim_digest(row), *namer.claim(row), row.written, note))
    for row, line in done.rejected:
        note = f"{line.by}, {line.at}: {line.reason}"
        told.append(Told(row.start, row.end, "rejected", claim_digest(row), *namer.claim(row), row.written, note))
    metadata = json.loads(done.content.article.to_json()) | {"curated": article in sources.articles}
    return Described(metadata, tuple(sorted(told, key=lambda one: (one.start, one.end, one.claim))))
