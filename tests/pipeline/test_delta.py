"""A graph that articles came to and went from, in any order, is the one that a build of those that are there makes."""

import random
from dataclasses import replace
from functools import cache

import pyoxigraph
import pytest

from cbec_kg import paths
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


CONTENTS = {
    (name, which): half(name, which) if which < 2 else SOURCES.articles[name] for name in IDS for which in range(3)
}


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


@pytest.mark.parametrize("name", IDS)
def test_an_article_goes_without_a_trace_and_comes_back(name):
    graph = Graph((one, 2) for one in IDS)
    graph.change(name, None)
    assert graph.differences() == []
    graph.change(name, 2)
    assert graph.differences() == []


@pytest.mark.parametrize("seed", range(3))
def test_any_history_ends_where_a_build_does(seed):
    draw = random.Random(seed)
    graph = Graph((name, draw.randrange(3)) for name in IDS[:3])
    for _ in range(7):
        name = draw.choice(IDS)
        which = draw.choice([0, 1, 2] if name not in graph.held else [0, 1, 2, None, None])
        graph.change(name, which)
    assert graph.differences() == []
