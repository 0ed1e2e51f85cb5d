"""Articles as their pages tell them: what is known of one, its claims in reading order, and the list of all.

>>> from cbec_kg.rdf.terms import RDF_TYPE, RDFS_LABEL, Quad, integer, iri, text
>>> from cbec_kg.store.embedded import MemoryStore
>>> article, claim, place = iri("art:a1"), iri("claim:c1"), iri("ev:a1_3-9")
>>> graph = OpenGraph(MemoryStore([
...     Quad(article, RDF_TYPE, iri("cbec:Article")), Quad(article, iri("cbec:title"), text("On trade")),
...     Quad(claim, RDF_TYPE, iri("cbec:FactorClaim")), Quad(claim, RDFS_LABEL, text("A helps B", "en")),
...     Quad(claim, iri("cbec:evidence"), place), Quad(place, iri("cbec:inArticle"), article),
...     Quad(place, iri("cbec:charStart"), integer(3)), Quad(place, iri("cbec:charEnd"), integer(9)),
... ]))
>>> found = article_told(graph, article.value, "en")
>>> found.title, [(one.start, one.end, one.label, one.kind.label) for one in found.places]
('On trade', [(3, 9, 'A helps B', 'cbec:FactorClaim')])
>>> [(one.title, one.claims) for one in articles_told(graph, {"q": "trade"}, 10, 0).articles]
[('On trade', 1)]
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cbec_kg.describe.related import Ref
from cbec_kg.errors import UnknownName
from cbec_kg.namespaces import CBEC, compact, local_name
from cbec_kg.query.convert import written_iri
from cbec_kg.query.fold import fold
from cbec_kg.query.labels import labels_of
from cbec_kg.query.results import Value, to_python
from cbec_kg.query.spell import spell
from cbec_kg.rdf.terms import RDF_TYPE, NamedNode, iri
from cbec_kg.store.base import Store
from cbec_kg.store.following import OpenGraph

__all__ = ["SORTS", "Article", "Listed", "Listing", "Place", "article_told", "articles_told", "chosen"]


@dataclass(frozen=True, slots=True)
class Place:
    """One claim at one place of an article: ``start`` and ``end`` count code points, the end is exclusive."""

    claim: str
    label: str
    kind: Ref
    start: int
    end: int
    status: str = ""
    review: str = ""
    written: str = ""
    said_by: Ref | None = None

    @property
    def anchor(self) -> str:
        """Name of the claim within its page."""
        return local_name(self.claim)


@dataclass(frozen=True, slots=True)
class Article:
    """What the graph knows of an article; "" where it does not. ``findings`` are those that rest on its claims."""

    iri: str
    id: str
    title: str
    publisher: str
    published: str
    url: str
    lang: str
    sha256: str
    length: int
    places: tuple[Place, ...]
    findings: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """An article in the list of all; ``claims`` and ``figures`` count what it states."""

    iri: str
    id: str
    title: str
    publisher: str
    published: str
    lang: str
    claims: int
    figures: int


SORTS = ("published", "title", "claims", "figures")
_PUBLISHERS = 300
"""A list to choose from has no more."""
_KEYS = ("title", "publisher", "published", "url", "language", "sha256", "textLength")
_STATISTICAL = CBEC + "StatisticalClaim"


def article_told(graph: OpenGraph, name: str, lang: str) -> Article:
    """An article with its claims in reading order; raises `UnknownName` for what is none."""
    store, node = graph.store(), written_iri(name)
    known: dict[str, str] = {}
    rows = [] if node is None else _rows(store, f"SELECT ?p ?o {{ {spell(node)} ?p ?o }}")
    for row in rows:
        known.setdefault(str(row["p"]), str(row["o"]))
    if node is None or not known:
        raise UnknownName(f"the graph has no article {name}", fix="choose one of the list of articles")
    told = {key: known.get(CBEC + key, "") for key in _KEYS}
    places = tuple(_places(store, node, lang))
    return Article(
        node.value, local_name(node.value), told["title"], told["publisher"], told["published"][:10], told["url"],
        told["language"], told["sha256"], int(told["textLength"] or 0), places, _findings(store, node, lang),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listing:
    """Some of the articles that were asked for, and how many those are; what may be asked for."""

    articles: tuple[Listed, ...]
    total: int
    publishers: tuple[str, ...]
    languages: tuple[str, ...]


def articles_told(graph: OpenGraph, given: Mapping[str, str], limit: int, start: int) -> Listing:
    """So many articles from the one numbered ``start`` of those that `chosen` gives."""
    listed = graph.made_of(_all)
    some = chosen(listed, given)
    return Listing(
        tuple(some[start : start + limit]),
        len(some),
        tuple(sorted({one.publisher for one in listed if one.publisher})[:_PUBLISHERS]),
        tuple(sorted({one.lang for one in listed if one.lang})),
    )


def chosen(listed: Sequence[Listed], given: Mapping[str, str]) -> list[Listed]:
    """Articles that fit what is asked for, in the order asked for; an unknown order is that of publication."""
    words = fold(given.get("q", "")[:200]).split()
    publisher, language = given.get("publisher", ""), given.get("language", "")
    some = [
        one
        for one in listed
        if (not publisher or one.publisher == publisher)
        and (not language or one.lang == language)
        and all(word in fold(f"{one.title} {one.id} {one.publisher}") for word in words)
    ]
    match given.get("sort"):
        case "claims":
            return sorted(some, key=lambda one: (-one.claims, one.id))
        case "figures":
            return sorted(some, key=lambda one: (-one.figures, one.id))
        case "title":
            return sorted(some, key=lambda one: (one.title or one.id, one.id))
    return sorted(sorted(some, key=lambda one: one.id), key=lambda one: one.published, reverse=True)


def _all(store: Store) -> tuple[Listed, ...]:
    found: dict[str, dict[str, str]] = {}
    for row in _rows(store, f"SELECT ?s ?p ?o {{ ?s {_A} {_c('Article')} ; ?p ?o }}"):
        found.setdefault(str(row["s"]), {}).setdefault(str(row["p"]), str(row["o"]))
    counts = {
        str(row["article"]): (int(str(row["claims"])), int(str(row["figures"])))
        for row in _rows(
            store,
            "SELECT ?article (COUNT(DISTINCT ?claim) AS ?claims) (COUNT(DISTINCT ?figure) AS ?figures) "
            f"{{ ?claim {_c('evidence')} ?place . ?place {_c('inArticle')} ?article "
            f"OPTIONAL {{ ?claim {_c('observation')} ?point BIND(?claim AS ?figure) }} }} GROUP BY ?article",
        )
    }
    listed = []
    for article, known in sorted(found.items()):
        title, publisher, published, language = (
            known.get(CBEC + key, "") for key in ("title", "publisher", "published", "language")
        )
        claims, figures = counts.get(article, (0, 0))
        name = local_name(article)
        listed.append(Listed(article, name, title, publisher, published[:10], language, claims, figures))
    return tuple(listed)


def _places(store: Store, node: NamedNode, lang: str) -> Iterator[Place]:
    """Claims at their places; of a claim's classes the one right below `cbec:Claim` is told."""
    code = spell(iri("skos:notation"))
    rows: dict[tuple[str, str], dict[str, Value]] = {}
    for row in _rows(
        store,
        f"SELECT ?place ?claim ?kind ?start ?end ?position ?status ?review ?written ?by {{ "
        f"?place {_c('inArticle')} {spell(node)} ; {_c('charStart')} ?start ; {_c('charEnd')} ?end . "
        f"?claim {_c('evidence')} ?place ; {_A} ?kind . FILTER(STRENDS(STR(?kind), 'Claim') && ?kind != {_c('Claim')}) "
        f"OPTIONAL {{ ?place {_c('listPosition')} ?position }} OPTIONAL {{ ?place {_c('writtenFigure')} ?written }} "
        f"OPTIONAL {{ ?place {_c('attributedTo')} ?by }} "
        f"OPTIONAL {{ ?claim {_c('status')} ?s . ?s {code} ?status }} "
        f"OPTIONAL {{ ?place {_c('reviewState')} ?r . ?r {code} ?review }} }}",
    ):
        rows.setdefault((str(row["place"]), str(row["claim"])), row)
    named = {str(row[key]) for row in rows.values() for key in ("claim", "kind", "by") if row[key]}
    labels = labels_of(store, named, lang)
    for row in sorted(rows.values(), key=_reading_order):
        claim, kind, by = str(row["claim"]), str(row["kind"]), str(row["by"] or "")
        yield Place(
            claim, labels.get(claim, compact(claim)), Ref(kind, labels.get(kind, compact(kind))), _int(row["start"]),
            _int(row["end"]), str(row["status"] or ""), str(row["review"] or ""), str(row["written"] or ""),
            Ref(by, labels.get(by, compact(by))) if by else None,
        )  # fmt: skip


def _reading_order(row: dict[str, Value]) -> tuple[int, int, int, str]:
    return _int(row["start"]), _int(row["end"]), _int(row["position"]), str(row["claim"])


def _findings(store: Store, node: NamedNode, lang: str) -> tuple[Ref, ...]:
    found = [
        str(row["finding"])
        for row in _rows(
            store,
            f"SELECT DISTINCT ?finding {{ ?place {_c('inArticle')} {spell(node)} . ?claim {_c('evidence')} ?place . "
            f"?finding {_c('basedOn')} ?claim }}",
        )
    ]
    labels = labels_of(store, found, lang)
    return tuple(sorted((Ref(one, labels.get(one, compact(one))) for one in found), key=lambda ref: ref.label))


def _rows(store: Store, query: str) -> Iterator[dict[str, Value]]:
    found = store.select(query)
    return (dict(zip(found.variables, map(to_python, row), strict=True)) for row in found.rows)


def _int(value: Value) -> int:
    return value if isinstance(value, int) else 0


def _c(name: str) -> str:
    return spell(NamedNode(CBEC + name))


_A = spell(RDF_TYPE)
