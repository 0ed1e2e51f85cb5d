"""Take articles into a living graph: what can be stored of each, one whole article after the other.

>>> Ingested("a1", "new", 3, unread=2).line()
'a1: stored, 3 rows; 2 numerals unread'
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from cbec_kg.errors import CbecError
from cbec_kg.extract.article import Extraction, names_of
from cbec_kg.extract.fitting import broken_shape
from cbec_kg.model.article import Article
from cbec_kg.model.rows import ObservationRow, Row
from cbec_kg.namespaces import CLAIM, EVIDENCE, local_name
from cbec_kg.pipeline.corrected import corrected
from cbec_kg.pipeline.graphs import content_triples
from cbec_kg.pipeline.living import Living
from cbec_kg.pipeline.sources import Curated, Sources
from cbec_kg.rdf.terms import Triple
from cbec_kg.triples.mint import claim_digest, evidence_name
from cbec_kg.triples.names import Namer
from cbec_kg.triples.observations import unlinked_triples
from cbec_kg.validate.own import OwnValidator

__all__ = ["Aside", "Ingested", "Ingester"]

Outcome = Literal["new", "replaced", "known"]


@dataclass(frozen=True, slots=True)
class Aside:
    """A row that was not stored: the shape that it breaks, and why."""

    row: Row
    shape: str
    reason: str


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one article; ``stored`` counts rows, ``unread`` numerals that may state something."""

    article: str
    outcome: Outcome
    stored: int = 0
    aside: tuple[Aside, ...] = ()
    unread: int = 0
    unmatched: int = 0

    def line(self) -> str:
        """One line for people."""
        told = [f"{self.article}: {_TOLD[self.outcome]}, {self.stored} rows"]
        if self.aside:
            shapes = Counter(one.shape for one in self.aside)
            told.append("set aside " + ", ".join(f"{count} by {shape}" for shape, count in sorted(shapes.items())))
        told += [f"{self.unread} numerals unread"] if self.unread else []
        told += [f"{self.unmatched} corrections match nothing by now"] if self.unmatched else []
        return "; ".join(told)

    def as_json(self) -> dict[str, object]:
        """All of it as JSON; what was set aside with its characters."""
        aside = [{"start": a.row.start, "end": a.row.end, "shape": a.shape, "reason": a.reason} for a in self.aside]
        return {
            "article": self.article, "outcome": self.outcome, "rows": self.stored, "aside": aside,
            "unread": self.unread, "unmatched": self.unmatched,
        }  # fmt: skip


_TOLD = {"new": "stored", "replaced": "stored in the place of what it was", "known": "known"}


class Ingester:
    """Takes extractions into one living graph."""

    def __init__(self, graph: Living, sources: Sources) -> None:
        self.graph, self.sources = graph, sources
        self.namer = Namer(sources.vocabulary)
        self.validator = OwnValidator([*sources.ontology, *sources.entities], sources.shapes)

    def take(self, found: Extraction, *, keep: bool = True) -> Ingested:
        """Store what fits of an article; raises `CbecError` for a curated id with other bytes.

        Taking the same article again changes nothing; another text under the same id replaces the old one. With
        ``keep`` false nothing is stored, and the answer is what would have been.
        """
        article = found.article
        if curated := self.sources.articles.get(article.id):
            if curated.article.sha256 != article.sha256:
                raise CbecError(
                    f"article {article.id} is curated with other bytes", fix="give this one another name, or id"
                )
            return Ingested(article.id, "known", len(curated.rows))
        self._refuse_other_date(article)
        known = self.graph.shelf.get(article.id)
        if known and _is_poorer(article, known.article):
            return Ingested(article.id, "known", len(known.rows))
        content, aside = self.fitting(found)
        unread = sum(line.status == "unread" for line in found.ledger)
        changed = self.graph.put(content) if keep else known != content
        outcome: Outcome = ("replaced" if known else "new") if changed else "known"
        lost = len(corrected(content, self.graph.overlay).unmatched)
        return Ingested(article.id, outcome, len(content.rows), tuple(aside), unread, lost)

    def _refuse_other_date(self, article: Article) -> None:
        """Refuse to read an article as of one day where a person has said that it is of another."""
        day = self.graph.overlay.metadata.get(article.id, {}).get("published")
        if day and article.published and article.published != day:
            raise CbecError(
                f"article {article.id} was set to {day}, and is given as of {article.published}",
                fix=f"take one of them back, such as `cbec-kg article {article.id} --set published=`",
            )

    def fitting(self, found: Extraction) -> tuple[Curated, list[Aside]]:
        """The content of an article that breaks no shape, and what was left out of it."""
        aside: list[Aside] = []
        rows: list[Row] = []
        for row in found.rows:
            broken = broken_shape(row) if isinstance(row, ObservationRow) else None
            if broken:
                aside.append(Aside(row, *broken))
            else:
                rows.append(row)
        while True:
            content = Curated(found.article, tuple(rows), names_of(rows, found.new_names))
            done = corrected(content, self.graph.overlay)
            faults = self.faults(done.content)
            if not faults:
                return content, aside
            wrong = {id(read): faults[digest] for read, row in done.origins if (digest := claim_digest(row)) in faults}
            if not wrong:
                raise CbecError(f"article {found.article.id}: {' on '.join(min(faults.items())[1])}")
            aside += [Aside(row, *wrong[id(row)]) for row in rows if id(row) in wrong]
            rows = [row for row in rows if id(row) not in wrong]

    def faults(self, content: Curated) -> dict[str, tuple[str, str]]:
        """Digests of claims that break a shape, each with the shape's name and message.

        Raises `CbecError` where something else of the article does.
        """
        return dict(self._faults(content))

    def _faults(self, content: Curated) -> Iterator[tuple[str, tuple[str, str]]]:
        namer = self.namer.knowing(content.names)
        own: set[Triple] = content_triples(content, self.namer)
        own |= unlinked_triples(content.rows, {content.article.id: content.article}, namer)
        claims = {evidence_name(row): claim_digest(row) for row in content.rows}
        for result in self.validator.report(own).only("Violation").results:
            said = (local_name(result.shape), result.message.get("en", ""))
            if result.focus.startswith(CLAIM):
                yield result.focus.removeprefix(CLAIM), said
            elif digest := claims.get(result.focus.removeprefix(EVIDENCE).partition("_restated")[0]):
                yield digest, said
            else:
                raise CbecError(f"article {content.article.id}: {said[0]} on {result.focus}: {said[1]}")


def _is_poorer(article: Article, known: Article) -> bool:
    """Whether the same bytes are given again with less known of them: reading them so would lose what was read."""
    told = [(getattr(article, key), getattr(known, key)) for key in ("published", "publisher", "title", "url")]
    return (
        article.sha256 == known.sha256
        and article.lang == known.lang
        and all(new in (None, old) for new, old in told)
        and any(new != old for new, old in told)
    )
