"""What changed in a graph since a moment: figures, entities and conflicts that appeared, were revised, or went.

Both moments are judged by the project's own choice (`chosen_rows`) over the contents that articles had at each. Only
those observations are looked at that an article which changed states or stated, and of other articles only those that
state the same ones. A forgotten article has no history and so no part in either moment.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from cbec_kg.model.article import Article
from cbec_kg.model.new_names import NewName, is_new
from cbec_kg.model.rows import ObservationRow, Row
from cbec_kg.namespaces import GRAPH, ID, OBS
from cbec_kg.ontology.vocabulary import Vocabulary
from cbec_kg.pipeline import log
from cbec_kg.pipeline.history import History
from cbec_kg.pipeline.lost_codes import with_lost
from cbec_kg.pipeline.since import Since, moment
from cbec_kg.pipeline.sources import Curated
from cbec_kg.rdf.terms import NamedNode
from cbec_kg.reconcile.book import Book
from cbec_kg.reconcile.conflicts import conflicts
from cbec_kg.store.base import Store
from cbec_kg.triples.figures import figures_of
from cbec_kg.triples.mint import claim_digest, observation_name
from cbec_kg.triples.names import Namer
from cbec_kg.triples.observations import chosen_rows

__all__ = [
    "ArticleChange", "Changes", "Compared", "Conflict", "Figure", "Side", "article_change", "changes", "compare",
    "stating", "touched_by", "vocabulary_of",
]  # fmt: skip

OneRow = TypeVar("OneRow", bound=Row)
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Side:
    """A claim at one moment: a row of it, its digest, and the articles that give it, sorted."""

    row: ObservationRow
    digest: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """What an observation showed of one measure and shows now; one of the two is None where there was, or is, none."""

    observation: str
    measure: str
    before: Side | None
    now: Side | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two claims of an observation that contradict each other, at a moment at which both were there."""

    observation: str
    measure: str
    sides: tuple[Side, Side]


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """An article whose content changed: None stands for no article. ``new`` and ``gone`` hold a row of each claim."""

    article: str
    before: Curated | None
    now: Curated | None
    new: tuple[Row, ...]
    gone: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """What two moments show otherwise, each list sorted; ``namer`` labels what they speak of."""

    figures: tuple[Figure, ...]
    conflicts_came: tuple[Conflict, ...]
    conflicts_went: tuple[Conflict, ...]
    namer: Namer


@dataclass(frozen=True, slots=True)
class Changes:
    """All that changed since a moment, each list sorted; ``namer`` labels what the two moments speak of."""

    since: Since
    articles: tuple[ArticleChange, ...]
    forgotten: int
    figures: tuple[Figure, ...]
    entities_came: tuple[str, ...]
    entities_went: tuple[str, ...]
    conflicts_came: tuple[Conflict, ...]
    conflicts_went: tuple[Conflict, ...]
    namer: Namer


def vocabulary_of(store: Store) -> Vocabulary:
    """Vocabulary that a stored graph was built with."""
    quads = [quad for name in ("ontology", "entities") for quad in store.quads(GRAPH + name)]
    return Vocabulary.of(quad.triple for quad in quads)


def changes(folder: Path, store: Store, vocabulary: Vocabulary, given: str) -> Changes:
    """What changed in a store folder since a moment (`moment`); ``store`` is its graph, for reading.

    Raises `CbecError` for what is no moment, `StoreError` for a history that is missing or damaged.
    """
    history = History(folder)
    since = moment(given, log.entries(folder))
    changed = list(_changed(history, since))
    mine = {one.article for one in changed}
    others = {article: _last(history, article) for article in stating(store, touched_by(changed)) - mine}
    compared = compare(changed, others.values(), vocabulary)
    came, went = _entities(changed, since, store)
    return Changes(
        since, tuple(changed), sum(entry.get("forgot", 0) for entry in since.later), compared.figures, came, went,
        compared.conflicts_came, compared.conflicts_went, compared.namer,
    )  # fmt: skip


def touched_by(changed: Iterable[ArticleChange]) -> set[str]:
    """Observations that articles which changed state or stated."""
    return {observation_name(row) for one in changed for side in (one.before, one.now) for row in _stated_in(side)}


def compare(changed: Sequence[ArticleChange], others: Collection[Curated | None], vocabulary: Vocabulary) -> Compared:
    """Figures and conflicts of two moments, of the observations that some articles touch which changed in between.

    ``others`` are the articles that state the same observations and did not change.
    """
    touched = touched_by(changed)
    before = _Moment.of([one.before for one in changed], others, touched)
    now = _Moment.of([one.now for one in changed], others, touched)
    known = with_lost(vocabulary, [*before.all_rows(), *now.all_rows()])
    namer = Namer(known).knowing(
        name for one in (*others, *(side for c in changed for side in (c.before, c.now))) for name in _names(one)
    )
    was, is_now = before.conflicts(namer), now.conflicts(namer)
    return Compared(
        tuple(_figures(before.shown(namer), now.shown(namer))),
        tuple(is_now[key] for key in sorted(set(is_now) - set(was))),
        tuple(was[key] for key in sorted(set(was) - set(is_now))), namer,
    )  # fmt: skip


def article_change(article: str, before: Curated | None, now: Curated | None) -> ArticleChange:
    """An article whose content changed, with what it claims newly and no longer."""
    was, is_now = _by_digest(_rows(before)), _by_digest(_rows(now))
    new = tuple(is_now[digest][0] for digest in sorted(set(is_now) - set(was)))
    gone = tuple(was[digest][0] for digest in sorted(set(was) - set(is_now)))
    return ArticleChange(article, before, now, new, gone)


def _changed(history: History, since: Since) -> Iterator[ArticleChange]:
    """Articles whose content is not what it was."""
    for article in history.ids():
        versions = history.versions(article)
        earlier = [version for version in versions if since.is_before(version.made)]
        if not versions or len(earlier) == len(versions):
            continue
        before, now = (earlier[-1].content() if earlier else None), versions[-1].content()
        if before == now:
            continue
        yield article_change(article, before, now)


@dataclass(frozen=True, slots=True)
class _Moment:
    """What stood at one moment: the rows that state each of some observations, and the articles' metadata."""

    rows: Mapping[str, list[ObservationRow]]
    articles: Mapping[str, Article]

    @classmethod
    def of(cls, changed: Iterable[Curated | None], others: Iterable[Curated | None], touched: set[str]) -> "_Moment":
        rows: dict[str, list[ObservationRow]] = defaultdict(list)
        articles = {}
        for one in (*changed, *others):
            if one:
                articles[one.article.id] = one.article
                for row in _stated_in(one):
                    if (name := observation_name(row)) in touched:
                        rows[name].append(row)
        return cls(rows, articles)

    def all_rows(self) -> Iterator[ObservationRow]:
        for rows in self.rows.values():
            yield from rows

    def shown(self, namer: Namer) -> dict[tuple[str, str], Side]:
        """What the observations show, by observation and measure."""
        found = {}
        for name, rows in self.rows.items():
            for kind, row in chosen_rows(rows, self.articles, namer).items():
                found[name, kind] = _side(row, rows)
        return found

    def conflicts(self, namer: Namer) -> dict[tuple[str, str, str, str], Conflict]:
        """Pairs of claims that contradict each other, by observation, measure and digests."""
        found = {}
        for name, rows in self.rows.items():
            held = _by_digest(rows)
            known = Book(figures_of(rows, self.articles, namer)).figures
            for pair in conflicts(known.values()):
                first, second = (_side(held[digest][0], held[digest]) for digest in pair)
                kind = first.row.kind
                found[name, kind, *pair] = Conflict(name, kind, (first, second))
        return found


def _figures(before: Mapping[tuple[str, str], Side], now: Mapping[tuple[str, str], Side]) -> Iterator[Figure]:
    """What is shown otherwise than before; that another article gives the same claim is no change of the figure."""
    for key in sorted({*before, *now}):
        was, is_now = before.get(key), now.get(key)
        if (was and was.digest) != (is_now and is_now.digest):
            yield Figure(*key, was, is_now)


def _entities(changed: list[ArticleChange], since: Since, store: Store) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Codes that came and went: of the entity files by the log, of the articles' new names by their contents."""
    came: set[str] = set()
    went: set[str] = set()
    for entry in since.later:
        ups, downs = set(entry.get("entities_came", ())), set(entry.get("entities_went", ()))
        came, went = (came - downs) | (ups - went), (went - ups) | (downs - came)
    was = {name.code for one in changed for name in _names(one.before) if is_new(name.code)}
    is_now = {name.code for one in changed for name in _names(one.now) if is_new(name.code)}
    differing = was ^ is_now
    held = _named_elsewhere(store, differing, {one.article for one in changed})
    return tuple(sorted(came | (is_now - was - held))), tuple(sorted(went | (was - is_now - held)))


def stating(store: Store, observations: set[str]) -> set[str]:
    """Ids of the articles whose claims are of these observations, as the graph has it now."""
    names = [NamedNode(OBS + name) for name in sorted(observations)]
    return {article for article, _ in _in_articles(store, names, "?claim cbec:observation ?it")}


def _named_elsewhere(store: Store, codes: set[str], mine: set[str]) -> set[str]:
    """Those of some new names that an article states which did not change."""
    names = [NamedNode(ID + code) for code in sorted(codes)]
    found = _in_articles(store, names, "?it rdf:type cbec:Entity")
    return {iri.removeprefix(ID) for article, iri in found if article not in mine}


def _in_articles(store: Store, nodes: list[NamedNode], pattern: str) -> Iterator[tuple[str, str]]:
    """Article and node of each node ``?it`` of a pattern in an article's graph."""
    start = f"{GRAPH}article_"
    for at in range(0, len(nodes), _AT_ONCE):
        some = " ".join(map(str, nodes[at : at + _AT_ONCE]))
        asked = f"SELECT DISTINCT ?graph ?it {{ VALUES ?it {{ {some} }} GRAPH ?graph {{ {pattern} }} }}"
        for graph, it in store.select(asked).rows:
            if isinstance(graph, NamedNode) and isinstance(it, NamedNode) and graph.value.startswith(start):
                yield graph.value.removeprefix(start), it.value


def _last(history: History, article: str) -> Curated | None:
    versions = history.versions(article)
    return versions[-1].content() if versions else None


def _rows(content: Curated | None) -> tuple[Row, ...]:
    return content.rows if content else ()


def _names(content: Curated | None) -> tuple[NewName, ...]:
    return content.names if content else ()


def _stated_in(content: Curated | None) -> Iterator[ObservationRow]:
    """Rows of an article that state a measure of an observation."""
    yield from (row for row in _rows(content) if isinstance(row, ObservationRow))


def _by_digest(rows: Iterable[OneRow]) -> dict[str, list[OneRow]]:
    found: dict[str, list[OneRow]] = defaultdict(list)
    for row in rows:
        found[claim_digest(row)].append(row)
    return found


def _side(row: ObservationRow, rows: Iterable[ObservationRow]) -> Side:
    digest = claim_digest(row)
    return Side(row, digest, tuple(sorted({other.article for other in rows if claim_digest(other) == digest})))
