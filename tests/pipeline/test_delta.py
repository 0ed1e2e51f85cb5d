"""A graph that articles came to and went from, in any order, is the one that a build of those that are there makes."""

import random
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pyoxigraph
import pytest

from cbec_kg import paths
from cbec_kg.extract.article import Extractor
from cbec_kg.extract.fitting import broken_shape
from cbec_kg.model.article import Article
from cbec_kg.model.rows import ObservationRow
from cbec_kg.namespaces import GRAPH
from cbec_kg.pipeline.build import reasoned_graphs
from cbec_kg.pipeline.delta import Delta
from cbec_kg.pipeline.graphs import quads_of
from cbec_kg.pipeline.grounds import Footing, Grounds
from cbec_kg.pipeline.sources import Curated, read_sources
from cbec_kg.rdf.terms import NamedNode
from cbec_kg.reason.maintain import Backward
from cbec_kg.reason.rules import compile_rules
from cbec_kg.triples.names import Namer
from cbec_kg.triples.observations import generated_triples

SOURCES = read_sources(paths.resources())
RULES = Backward.of(compile_rules([*SOURCES.ontology, *SOURCES.entities]))
NAMER = Namer(SOURCES.vocabulary)
OBSERVATIONS = NamedNode(GRAPH + "observations")
IDS = sorted(SOURCES.articles)


def half(article, keep):
    """An article as it was before it was read again: every other row."""
    one = SOURCES.articles[article]
    return Curated(one.article, one.rows[keep::2])


def made_up(name, text):
    """What is read in a made-up article, as far as it can be stored."""
    article = Article(id=name, lang="en", sha256=f"{len(text):064}", length=len(text), published="2024-01-20")
    found = Extractor.default().extract(article, text)
    rows = tuple(row for row in found.rows if not isinstance(row, ObservationRow) or not broken_shape(row))
    return Curated(article, rows, found.new_names)


TEXTS = {
    "made1": "China's cross-border e-commerce trade rose 9.8 percent to 2.11 trillion yuan in 2022. "
    "AliExpress launched the “Far Shores Plan” in 2023. Policy support boosted cross-border e-commerce exports.",
    "made2": "AliExpress launched the “Far Shores Plan” in 2023. In the first week of May 2021 exports fell 3 percent. "
    "China's cross-border e-commerce trade was 2.1 trillion yuan in 2022. Shein uses big data.",
}
CONTENTS = {
    (name, which): half(name, which) if which < 2 else SOURCES.articles[name] for name in IDS for which in range(3)
}
CONTENTS |= {(name, which): made_up(name, text[which * 86 :]) for name, text in TEXTS.items() for which in range(2)}
ALL = [*IDS, *TEXTS]
assert all(CONTENTS[name, 0].names for name in TEXTS)


@cache
def built(held):
    """Quads of a build of some contents."""
    articles = {name: CONTENTS[name, which] for name, which in held}
    return frozenset(quads_of(reasoned_graphs(replace(SOURCES, articles=articles))))


class Graph:
    """A store that follows edits, and what it should hold."""

    def __init__(self, held):
        self.held = dict(held)
        self.store = pyoxigraph.Store()
        self.store.bulk_extend(built(self.key()))
        self.grounds = Grounds.in_memory()
        for name in self.held:
            self.grounds.put(name, Footing.of(self.content(name), NAMER))

    def key(self):
        return tuple(sorted(self.held.items()))

    def content(self, name):
        return CONTENTS[name, self.held[name]]

    def change(self, name, which):
        delta = Delta(self.store, NAMER, RULES, SOURCES.measured_by(), self.grounds)
        old = self.content(name) if name in self.held else None
        edit = delta.edit(old, None if which is None else CONTENTS[name, which])
        assert not edit.minus & edit.plus
        for quad in edit.minus:
            assert quad in self.store
            self.store.remove(quad)
        for quad in edit.plus:
            assert quad not in self.store
            self.store.add(quad)
        self.grounds.put(name, Footing.of(None if which is None else CONTENTS[name, which], NAMER))
        if which is None:
            del self.held[name]
        else:
            self.held[name] = which

    def differences(self):
        return sorted(map(str, frozenset(self.store) ^ built(self.key())))[:5]


@pytest.mark.parametrize("name", ALL)
def test_an_article_goes_without_a_trace_and_comes_back(name):
    graph = Graph([*((one, 2) for one in IDS), *((one, 0) for one in TEXTS)])
    whole = graph.held[name]
    graph.change(name, None)
    assert graph.differences() == []
    graph.change(name, whole)
    assert graph.differences() == []


@pytest.mark.parametrize("seed", range(3))
def test_any_history_ends_where_a_build_does(seed):
    draw = random.Random(seed)
    graph = Graph((name, draw.randrange(3)) for name in IDS[:3])
    for _ in range(9):
        name = draw.choice(ALL)
        forms = [which for one, which in CONTENTS if one == name]
        which = draw.choice(forms if name not in graph.held else [*forms, None, None])
        graph.change(name, which)
    assert graph.differences() == []


REPEATED = "abcdefgh"
VALUES = ("2.11", "2.1")


def repeated(name, draw):
    """An article that repeats, or contradicts, what all others state of 2022, in a voice and on a day of its own."""
    rows = []
    for at in range(draw.randint(1, 4)):
        row = draw.choice(STATED)
        value = Decimal(draw.choice(VALUES)) * 10**12 if row.kind == "level" else Decimal(draw.choice(VALUES))
        rows.append(replace(
            row, article=name, start=at * 10, end=at * 10 + 5, value=value, lower=value, restated=(),
            upper=value + draw.choice((0, 0, 1)), qualifier=draw.choice(("exact", "exact", "about")),
            status=draw.choice(("reported",) * 5 + ("estimate",)),
            reported_by=draw.choice((None, None, None, None, None, "general-administration-of-customs")),
            released_on=draw.choice((None, None, "2023-01-13", "2023-06-09")),
            scope_basis=draw.choice((None, "stated", "inferred")),
        ))  # fmt: skip
    published = draw.choice((None, "2023-01-14", "2023-02-01", "2023-06-09", "2024-01-20"))
    article = Article(id=name, lang="en", sha256=f"{draw.getrandbits(200):064x}", length=99, published=published)
    return Curated(article, tuple(rows))


STATED = [
    row for row in CONTENTS["made1", 0].rows
    if isinstance(row, ObservationRow) and row.kind in ("level", "growth") and row.period == "2022"
]  # fmt: skip
assert {row.kind for row in STATED} == {"level", "growth"}


@pytest.mark.parametrize("seed", range(4))
def test_what_many_articles_repeat_is_shown_as_a_build_shows_it(seed):
    """Every step of a history is looked at, for a wrong choice may be made good by the next."""
    draw = random.Random(seed)
    held, store, grounds = {}, pyoxigraph.Store(), Grounds.in_memory()
    store.bulk_extend(built(()))
    delta = Delta(store, NAMER, RULES, SOURCES.measured_by(), grounds)
    for _ in range(25):
        name = draw.choice(REPEATED)
        new = None if name in held and draw.random() < 0.5 else repeated(name, draw)
        edit = delta.edit(held.pop(name, None), new)
        for quad in edit.minus:
            store.remove(quad)
        store.extend(edit.plus)
        grounds.put(name, Footing.of(new, NAMER))
        held |= {name: new} if new else {}
        rows = [row for one in held.values() for row in one.rows]
        articles = {name: one.article for name, one in held.items()}
        wanted = generated_triples(rows, articles, NAMER, SOURCES.measured_by())
        stored = {quad.triple for quad in store.quads_for_pattern(None, None, None, OBSERVATIONS)}
        assert sorted(map(str, stored ^ wanted)) == []
    whole = frozenset(quads_of(reasoned_graphs(replace(SOURCES, articles=held))))
    assert sorted(map(str, frozenset(store) ^ whole))[:5] == []
