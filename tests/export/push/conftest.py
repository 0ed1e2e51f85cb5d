"""A small graph with blank nodes, and a way to push it that waits for nothing."""

from collections.abc import Callable, Iterable

import pytest

from cbec_kg.export.push import Options, Pushed, Server, Wire, guessed, push
from cbec_kg.rdf.terms import Quad
from cbec_kg.store.base import Store
from cbec_kg.store.embedded import MemoryStore
from cbec_kg.store.remote.endpoint import Endpoint
from cbec_kg.store.remote.exchange import Patience
from tests.export.dataset import small_store
from tests.export.push.server import GraphStore

BODY = 600  # bytes; the ontology takes seven bodies, the default graph ten
HASTY = Patience(tries=2, first=0.0)


def pushed(store: Store, to: GraphStore, *, sparql: str | None = None, **options) -> Pushed:
    """Push into a server of a test."""
    place, wire = Endpoint.of(to.url), Wire(patience=HASTY)
    counted = Endpoint.of(sparql) if sparql else guessed(place, wire)
    return push(store, Server(place, counted, wire), Options(**{"body_size": BODY, **options}))


def without(store: Store, drop: Callable[[Quad], bool]) -> Store:
    """A store that lacks some quads, as one that forgot an article."""
    return MemoryStore(quad for quad in store.quads() if not drop(quad))


def with_more(store: Store, quads: Iterable[Quad]) -> Store:
    """A store that has more quads."""
    return MemoryStore([*store.quads(), *quads])


@pytest.fixture
def small():
    return small_store()
