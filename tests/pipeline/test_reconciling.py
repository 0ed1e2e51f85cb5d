"""Findings follow the articles that come and go, in any order: they are those of comparing everything anew."""

from dataclasses import replace
from decimal import Decimal

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cbec_kg import paths
from cbec_kg.model.article import Article
from cbec_kg.model.rows import ObservationRow, TrendRow
from cbec_kg.pipeline.grounds import Footing, Grounds
from cbec_kg.pipeline.reconciling import FINDINGS, Compared, Reconciling
from cbec_kg.pipeline.sources import Curated, read_sources
from cbec_kg.rdf.terms import Quad
from cbec_kg.reconcile.book import Book
from cbec_kg.reconcile.findings import all_findings
from cbec_kg.triples.figures import figures_of, moves_of
from cbec_kg.triples.findings import findings_triples
from cbec_kg.triples.names import Namer
from cbec_kg.triples.terms import terms_of

SOURCES = read_sources(paths.resources())
NAMER = Namer(SOURCES.vocabulary)
TERMS = terms_of(SOURCES.vocabulary)
NAMES = ("a1", "a2", "a3", "a4")

PERIODS = st.sampled_from(
    ("2022", "2022", "2022", "2021", "2021", "2022-H1", "2022-H2", "2022-01/2022-09", "--H1", None)
)
BASES = st.sampled_from(("yoy", "yoy", "yoy", "yoy", "cumulative", "cagr"))
WHOLES = (
    "goods-trade-value_china_all_all_total_goods-trade_2022",
    "cbec-trade-value_china_all_all_total_gac-total_2022",
)


@st.composite
def rows(draw):
    """A row of one of few points, with one of few values, so that most rows meet others."""
    indicator, scope = draw(
        st.sampled_from((*(("cbec-trade-value", "gac-total"),) * 3, ("goods-trade-value", "goods-trade")))
    )
    kind = draw(st.sampled_from(("level", "level", "level", "growth", "growth", "share", "trend", "rank")))
    period = draw(PERIODS)
    common = {
        "article": "", "start": 0, "end": 9, "status": "reported", "period": period, "indicator": indicator,
        "entity": draw(st.sampled_from((*("china",) * 6, "zhejiang"))), "scope": scope, "scope_basis": "stated",
        "flow": draw(st.sampled_from(("total", "total", "export", "import"))),
        "released_on": draw(st.sampled_from((None, None, "2022-12-01", "2024-01-11"))),
        "reported_by": draw(st.sampled_from((None, "general-administration-of-customs"))),
    }  # fmt: skip
    if kind == "trend":
        return TrendRow(**common, direction=draw(st.sampled_from(("rose", "fell"))))
    value = Decimal(draw(st.sampled_from((1, 2, 3, 4, 8) if kind == "level" else (-50, 0, 50, 100)))) * (
        10**12 if kind == "level" else 1
    )
    if kind in ("share", "rank"):
        value = abs(value) / 50 + 1
    half = abs(value) / 50
    if kind == "rank":
        half = Decimal(0)
    return ObservationRow(
        **{**common, "status": draw(st.sampled_from(("reported", "reported", "forecast", "revised", "preliminary")))},
        kind=kind, basis=(basis := draw(BASES) if kind == "growth" else None), value=value,
        base_period="2020" if basis in ("cagr", "cumulative") else None, lower=value - half, upper=value + half,
        unit={"level": "CNY", "rank": "rank"}.get(kind, "percent"), qualifier="exact",
        share_of=draw(st.sampled_from(WHOLES)) if kind == "share" else None,
        ranked_among="economies-of-the-world" if kind == "rank" else None,
    )  # fmt: skip


@st.composite
def contents(draw, name):
    article = Article(
        id=name,
        lang="en",
        sha256="0" * 64,
        length=9,
        published=draw(st.sampled_from((None, "2023-01-13", "2024-01-12"))),
    )
    listed = draw(st.lists(rows(), max_size=7))
    return Curated(article, tuple(replace(row, article=name) for row in listed))


@st.composite
def changes(draw):
    """What comes in the place of what, one article after the other; None takes it away."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=7))
    return [(name, draw(st.none() | contents(name))) for name in names]


class Following:
    """A store of findings alone that follows changes."""

    def __init__(self):
        self.store, self.grounds, self.held = pyoxigraph.Store(), Grounds.in_memory(), {}
        self.reconciling = Reconciling(self.store, NAMER, self.grounds)

    def change(self, name, content):
        before, after = Footing.of(self.held.get(name), NAMER), Footing.of(content, NAMER)
        gone, come = self.reconciling.change(name, before, after)
        for triple in gone:
            quad = Quad(*triple, FINDINGS)
            assert quad in self.store
            self.store.remove(quad)
        for triple in come:
            self.store.add(Quad(*triple, FINDINGS))
        self.grounds.put(name, after)
        if content:
            self.held[name] = content
        else:
            self.held.pop(name, None)

    def found(self):
        return {quad.triple for quad in self.store}

    def anew(self):
        articles = {name: one.article for name, one in self.held.items()}
        listed = [row for one in self.held.values() for row in one.rows]
        book = Book(figures_of(listed, articles, NAMER), moves_of(listed, articles))
        return findings_triples(all_findings(book, TERMS), book, NAMER)


@given(changes())
@settings(max_examples=120, deadline=None)
def test_findings_follow_what_comes_and_goes(steps):
    graph = Following()
    for name, content in steps:
        graph.change(name, content)
        assert graph.found() == graph.anew()
    for name in NAMES:
        graph.change(name, None)
    assert graph.found() == set()


@given(st.tuples(*(contents(name) for name in NAMES)), st.permutations(NAMES))
@settings(max_examples=60, deadline=None)
def test_the_order_of_articles_never_shows(given_contents, order):
    in_order, shuffled = Following(), Following()
    by_name = dict(zip(NAMES, given_contents, strict=True))
    for name in NAMES:
        in_order.change(name, by_name[name])
    for name in order:
        shuffled.change(name, by_name[name])
    assert shuffled.found() == in_order.found() == in_order.anew()


def stated(article, **keys):
    """A row of China's total in 2022, or of what ``keys`` name."""
    base = {
        "start": 0, "end": 9, "status": "reported", "period": "2022", "indicator": "cbec-trade-value", "unit": "CNY",
        "entity": "china", "scope": "gac-total", "flow": "total", "kind": "level", "qualifier": "exact",
        "value": Decimal(2), "lower": Decimal(2), "upper": Decimal(2),
    }  # fmt: skip
    return ObservationRow(article=article, **{**base, **keys})


def test_what_another_article_says_counts_for_the_year_before():
    """The level comes from one article, the growth from another; what both imply is of a year that neither names."""
    article = Article(id="", lang="en", sha256="0" * 64, length=9)
    growth = {"kind": "growth", "unit": "percent", "basis": "yoy", "value": Decimal(100)}
    level = [stated("a1", flow=flow) for flow in ("total", "export")]
    grown = [stated("a2", flow=flow, **growth, lower=Decimal(100), upper=Decimal(100)) for flow in ("total", "export")]
    graph = Following()
    steps = [("a1", level), ("a2", grown), ("a2", grown[:1]), ("a1", level[1:]), ("a2", grown[1:]), ("a1", [])]
    sizes = []
    for name, listed in steps:
        graph.change(name, Curated(replace(article, id=name), tuple(listed)))
        assert graph.found() == graph.anew()
        sizes.append(sum(triple.predicate.value.endswith("#check") for triple in graph.found()))
    assert sizes == [1, 3, 2, 0, 1, 0]


def test_the_articles_of_the_checkout_give_findings_of_every_kind():
    """The tests above compare what is empty with what is empty unless something is found."""
    graph = Following()
    for name, content in SOURCES.articles.items():
        graph.change(name, content)
    kinds = {str(quad.object) for quad in graph.store if quad.predicate.value.endswith("#type")}
    assert {kind.rsplit("#", 1)[1].rstrip(">") for kind in kinds} >= {"Agreement", "Disagreement", "Derivation"}
    assert graph.found() == graph.anew()


def telling(name, day, value="2110000000000", **other):
    """An article of a day that gives China's total of 2022."""
    value = Decimal(value)
    row = ObservationRow(
        article=name, start=0, end=9, status="reported", period="2022", indicator="cbec-trade-value", entity="china",
        flow="total", scope="gac-total", scope_basis="stated", kind="level", value=value, lower=value, upper=value,
        unit="CNY", qualifier="exact", **other,
    )  # fmt: skip
    return Curated(Article(id=name, lang="en", sha256="0" * 64, length=9, published=day), (row,))


@pytest.mark.parametrize("repeats", [1, 30])
def test_what_is_stated_again_is_looked_at_only_where_more_is_known_of_it(repeats):
    graph = Following()
    for number in range(repeats):
        graph.change(f"old-{number}", telling(f"old-{number}", f"2023-02-{number % 28 + 1:02}"))
    graph.change("other", telling("other", "2023-02-01", "3000000000000"))

    def compared(content):
        return graph.reconciling.compare(content.article.id, Footing(), Footing.of(content, NAMER))

    later, undated, earlier = (telling("new", day) for day in ("2023-03-01", None, "2023-01-31"))
    assert [compared(one) for one in (later, undated)] == [Compared()] * 2
    assert (compared(earlier).claims, compared(earlier).points > 0) == (1, True)
    assert compared(telling("new", "2023-03-01", reported_by="general-administration-of-customs")).claims == 1
    other = compared(telling("new", "2023-03-01", "4000000000000"))
    assert (other.claims, other.changed) == (1, 2)  # it is neither of the two that were stated
