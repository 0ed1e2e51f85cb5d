"""Contents of articles that nobody wrote, by number, and a store that is filled with many of them at once.

Each article repeats figures that thousands of others state as well, in a voice and on a day of its own, and adds
figures of some city that few others state.

>>> Made().content(7) == Made().content(7) != Made().content(8)
True
>>> rows = [row for number in range(50) for row in Made().content(number).rows if isinstance(row, ObservationRow)]
>>> sum(row.entity == "china" for row in rows) > 100, len({row.entity for row in rows}) > 10
(True, True)
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

from cbec_kg.model.article import Article
from cbec_kg.model.period import Period
from cbec_kg.model.rows import FactorRow, ObservationRow, Row
from cbec_kg.namespaces import CLAIM, OBS
from cbec_kg.pipeline.build import reasoned_graphs
from cbec_kg.pipeline.graphs import graph_name, quads_of
from cbec_kg.pipeline.grounds import Footing, Grounds
from cbec_kg.pipeline.shelf import Shelf, content_json
from cbec_kg.pipeline.sources import Curated, Sources
from cbec_kg.rdf.terms import NamedNode, Quad, Triple
from cbec_kg.reason.materialise import Index, materialise
from cbec_kg.reason.rules import compile_rules
from cbec_kg.reconcile.figure import Figure, joined
from cbec_kg.store.builds import new_build, writing
from cbec_kg.triples.claims import article_triples, claim_node, statistical_values
from cbec_kg.triples.figures import figures_of
from cbec_kg.triples.mint import claim_digest
from cbec_kg.triples.names import Namer
from cbec_kg.triples.observations import (
    closed_periods,
    is_shown,
    shown_claims,
    shown_triples,
    unlinked_triples,
)
from cbec_kg.triples.periods import period_links

__all__ = ["Made", "fill"]

_CITIES = (
    "beijing", "chengdu", "chongqing", "dalian", "guangzhou", "hangzhou", "nanjing", "ningbo", "qingdao", "shanghai",
    "shenzhen", "suzhou", "tianjin", "wuhan", "xiamen", "zhengzhou",
)  # fmt: skip
_FIGURES = {"2022": ("2.11", "2.11", "2.11", "2.1", "2.06"), "2023": ("2.38", "2.38", "2.37")}
_VOICES = ("general-administration-of-customs", None, None)
_FACTORS = ("covid-19", "cbec-development", "brand-building")


class Made:
    """Made-up contents; another seed gives others."""

    def __init__(self, seed: int = 0, prefix: str = "made") -> None:
        self.seed, self.prefix = seed, prefix

    def content(self, number: int) -> Curated:
        """The content of a number: two or three figures of all, one or two of its own, sometimes a cause."""
        draw = Random(self.seed * 1_000_003 + number)
        name = f"{self.prefix}-{number}"
        day = f"2024-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        article = Article(
            id=name, lang="en", sha256=f"{draw.getrandbits(256):064x}", length=2_000,
            published=draw.choice((day, day, None)),
        )  # fmt: skip
        rows: list[Row] = []
        for year in ("2022", *draw.choice(((), ("2023",)))):
            value = Decimal(draw.choice(_FIGURES[year])) * 10**12
            rows.append(self._level(name, len(rows), draw, year, "china", "total", value, 5 * 10**9))
        rows.append(self._growth(name, len(rows), draw, Decimal(draw.choice(("9.8", "7.1")))))
        city, month = draw.choice(_CITIES), f"{draw.randint(2015, 2023)}-{draw.randint(1, 12):02}"
        value = Decimal(draw.randint(100, 9_999)) * 10**7
        rows.append(
            self._level(name, len(rows), draw, month, city, draw.choice(("export", "import")), value, 5 * 10**6)
        )
        if draw.random() < 0.3:
            rows.append(
                FactorRow(
                    article=name,
                    start=10 * len(rows),
                    end=10 * len(rows) + 9,
                    status="actual",
                    polarity="positive",
                    factor=draw.choice(_FACTORS),
                    outcome="chinese-economy",
                    period="2022",
                )
            )
        return Curated(article, tuple(rows))

    def _level(
        self, article: str, at: int, draw: Random, period: str, entity: str, flow: str, value: Decimal, half: int
    ) -> ObservationRow:
        return ObservationRow(
            article=article, start=10 * at, end=10 * at + 9, status="reported", period=period, kind="level",
            indicator="cbec-trade-value", entity=entity, flow=flow, scope="gac-total", qualifier="exact", value=value,
            lower=value - half, upper=value + half, unit="CNY", reported_by=draw.choice(_VOICES),
            released_on=draw.choice((None, None, "2024-01-12")), scope_basis=draw.choice(("stated", "inferred")),
            rule="made", confidence=Decimal("0.9"),
        )  # fmt: skip

    def _growth(self, article: str, at: int, draw: Random, value: Decimal) -> ObservationRow:
        level = self._level(article, at, draw, "2022", "china", "total", value, 0)
        half = Decimal("0.05")
        return replace(level, kind="growth", basis="yoy", unit="percent", lower=value - half, upper=value + half)


def fill(store: Path, sources: Sources, made: Made, count: int) -> None:
    """Make a store of so many made-up articles: what a build of them would make, without holding all in memory.

    It takes a few milliseconds an article. ``sources`` are without articles.
    """
    namer = Namer(sources.vocabulary)
    shelf = Shelf(store)
    with writing(store):
        shelf.folder.mkdir()
        build = new_build(store, _quads(sources, namer, shelf, made, count))
        contents = (made.content(number) for number in range(count))
        footings = ((one.article.id, Footing.of(one, namer)) for one in contents)
        Grounds.of_build(store, build.name, footings).close()


def _quads(sources: Sources, namer: Namer, shelf: Shelf, made: Made, count: int) -> Iterator[Quad]:
    base = reasoned_graphs(sources)
    yield from quads_of(base)
    rules, known = compile_rules([*sources.ontology, *sources.entities]), Index()
    for triples in base.values():
        for triple in triples:
            known.add(triple)
    seen: set[Triple] = set()
    stated: dict[str, dict[str, Figure]] = defaultdict(dict)
    rows: dict[str, ObservationRow] = {}
    periods: set[Period] = set()
    for number in range(count):
        content = made.content(number)
        _keep(shelf, content)
        articles = {content.article.id: content.article}
        own = article_triples(content.article, content.rows, namer)
        generated = {
            t for t in unlinked_triples(content.rows, articles, namer)
            if not (is_shown(t.predicate) and isinstance(t.subject, NamedNode) and t.subject.value.startswith(OBS))
        }  # fmt: skip
        yield from _both(f"article_{content.article.id}", own)
        yield from _both("observations", generated - seen)
        yield from _both("inferred", materialise(own | generated, rules, known))
        seen |= generated
        periods |= closed_periods(content.rows)
        rows |= {claim_digest(row): row for row in content.rows if isinstance(row, ObservationRow)}
        for said in figures_of(content.rows, articles, namer):
            claims = stated[said.point.name]
            claims[said.digest] = joined([claims[said.digest], said]) if said.digest in claims else said
    last = set(period_links(periods))
    for name, claims in stated.items():
        for kind, digest in shown_claims(claims.values()).items():
            row = rows[digest]
            values = dict(statistical_values(row, namer))
            last.update(shown_triples(NamedNode(OBS + name), kind, claim_node(row), values.get))
    yield from _both("observations", last)
    follows = materialise(last, rules, known) - seen  # of claims their articles have told all
    yield from _both("inferred", {t for t in follows if not str(t.subject).startswith(f"<{CLAIM}")})


def _both(graph: str, triples: set[Triple]) -> Iterator[Quad]:
    """Triples in their graph and in the default graph; that one of them comes again does not matter."""
    node = NamedNode(graph_name(graph))
    for triple in triples:
        yield Quad(triple.subject, triple.predicate, triple.object, node)
        yield Quad(triple.subject, triple.predicate, triple.object)


def _keep(shelf: Shelf, content: Curated) -> None:
    """Put a content on a shelf as `Shelf.put` does, without waiting for the disk."""
    text = json.dumps(content_json(content), ensure_ascii=False, indent=1) + "\n"
    (shelf.folder / f"{content.article.id}.json").write_text(text, "utf-8")
