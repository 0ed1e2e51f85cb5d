"""A graph that articles came to and went from, in any order, is the one that a build of those that are there makes."""

import random
from dataclasses import replace
from functools import cache

import pyoxigraph
import pytest

from cbec_kg import paths
from cbec_kg.extract.article import Extractor
from cbec_kg.extract.fitting import broken_shape
from cbec_kg.model.article import Article
from cbec_kg.model.rows import ObservationRow
from cbec_kg.pipeline.build import reasoned_graphs
from cbec_kg.pipeline.delta import Delta
from cbec_kg.pipeline.graphs import quads_of
from cbec_kg.pipeline.sources import Curated, read_sources
from cbec_kg.reason.maintain import Backward
from cbec_kg.reason.rules import compile_rules
from cbec_kg.triples.names import Namer

SOURCES = read_sources(paths.resources())
RULES = Backward.of(compile_rules([*SOURCES.ontology, *SOURCES.entities]))
NAMER = Namer(SOURCES.vocabulary)
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

    def key(self):
        return tuple(sorted(self.held.items()))

    def content(self, name):
        return CONTENTS[name, self.held[name]]

    def change(self, name, which):
        delta = Delta(self.store, NAMER, RULES, SOURCES.measured_by(), self.content)
        old = self.content(name) if name in self.held else None
        edit = delta.edit(old, None if which is None else CONTENTS[name, which])
        assert not edit.minus & edit.plus
        for quad in edit.minus:
            assert quad in self.store
            self.store.remove(quad)
        for quad in edit.plus:
            assert quad not in self.store
            self.store.add(quad)
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
