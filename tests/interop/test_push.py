"""`cbec-kg push` into servers: the same graph there, nothing sent twice, what was forgotten gone.

Into one made of Oxigraph's library always; into real ones where the environment has CBEC_KG_INTEROP.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from cbec_kg.export.push import Wire
from cbec_kg.namespaces import BASE, GRAPH
from cbec_kg.rdf.canonical import nquads
from cbec_kg.store.embedded import EmbeddedStore
from cbec_kg.store.remote.endpoint import Endpoint
from cbec_kg.store.remote.store import RemoteStore
from tests.conftest import ROOT
from tests.export.push.server import GraphStore
from tests.interop.fetched import NotFetched
from tests.interop.servers import SERVERS
from tests.web.serving import serving

HANGZHOU = GRAPH + "article_hangzhou"
# Where a server is written to, by the end of its query address; whether it has a default graph of its own.
WRITTEN = {
    "made": ("/query", "/store", True),
    "fuseki": ("/sparql", "/data", True),
    "virtuoso": ("/sparql", "/sparql-graph-crud-auth", False),
    "oxigraph": ("/query", "/store", True),
    "cbec-kg": ("/sparql", "/store", True),
}
LOGIN = {"virtuoso": {"CBEC_KG_USER": "dba", "CBEC_KG_PASSWORD": "only-on-loopback"}}
KINDS = ["made", "cbec-kg", *SERVERS] if "CBEC_KG_INTEROP" in os.environ else ["made"]


@contextmanager
def made(nquads: Path, folder: Path) -> Iterator[str]:
    with GraphStore() as server:
        yield server.url.replace("/store", "/query")


@contextmanager
def scratch(nquads: Path, folder: Path) -> Iterator[str]:
    """Our own server of a dataset in memory."""
    with serving(folder / "none", "--scratch") as served:
        yield served.url("/sparql")


@dataclass
class Place:
    """A running server, empty at first."""

    name: str
    query: str
    environment: dict[str, str]

    @property
    def to(self) -> str:
        end, written, _ = WRITTEN[self.name]
        return self.query.removesuffix(end) + written

    def command(self, store: Path, *options: str) -> list[str]:
        return [sys.executable, "-m", "cbec_kg", "push", "--to", self.to, "--store", str(store), *options]

    def push(self, store: Path, *options: str) -> dict:
        done = subprocess.run(
            self.command(store, "--format", "json", *options), capture_output=True, text=True, env=self.environment,
            cwd=ROOT, timeout=600,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert not done.stderr
        return json.loads(done.stdout)

    def holds(self, folder: Path) -> None:
        """The server holds the graph of a folder: each graph's triples, the default graph's too, and no other graph."""
        here, there = EmbeddedStore(folder), RemoteStore(self.query, timeout=600)
        ours = [graph for graph in there.graphs() if graph.startswith(GRAPH)]
        assert ours == here.graphs()
        for graph in ("", *here.graphs()):
            assert nquads(there.quads(graph)) == nquads(here.quads(graph)), graph


@pytest.fixture(scope="module", params=KINDS)
def place(request, tmp_path_factory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp(request.param)
    nothing = folder / "nothing" / "nothing.nq"
    nothing.parent.mkdir()
    nothing.write_text("")
    (folder / "server").mkdir()
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "LC_ALL": "C.UTF-8"}
    opens = {"made": made, "cbec-kg": scratch, **SERVERS}[request.param]
    with ExitStack() as stack:
        try:
            query = stack.enter_context(opens(nothing, folder / "server"))
        except (NotFetched, RuntimeError) as error:
            pytest.fail(str(error), pytrace=False)
        yield Place(request.param, query, environment | LOGIN.get(request.param, {}))


def cbec_kg(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", "cbec_kg", *arguments], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr


def test_a_push_a_second_one_and_one_after_forgetting(place, store, built_store):
    cbec_kg("ingest", "docs/examples/hangzhou.txt", "--store", str(store))
    first = place.push(store, "--batch", "2")
    assert first["default_graph"] == ("own" if WRITTEN[place.name][2] else "all")
    assert len(first["sent"]) == len(EmbeddedStore(store).graphs()) + 1
    place.holds(store)

    second = place.push(store)
    assert not second["sent"]
    assert second["skipped"] == first["sent"]

    cbec_kg("forget", "hangzhou", "--store", str(store))
    third = place.push(store)
    assert [row["graph"] for row in third["removed"]] == [HANGZHOU]
    place.holds(built_store)
    asked = RemoteStore(place.query).query(
        f"ASK {{ GRAPH ?g {{ ?s ?p <{GRAPH.replace('graph', 'article')}hangzhou> }} }}"
    )
    assert asked is False


def test_a_push_that_is_killed_is_gone_on_with(place, built_store):
    """Killed when three pieces of the default graph are there, of more than twenty."""
    default = GRAPH + ("default" if WRITTEN[place.name][2] else "all")
    pieces = f"SELECT ?n WHERE {{ GRAPH <{GRAPH}pushed> {{ <{default}> <{BASE}push#bodiesSent> ?n }} }}"
    # Asked as the push does: `RemoteStore` leaves this graph out of what it asks about.
    wire, endpoint, until = Wire(), Endpoint.of(place.query), time.monotonic() + 300
    command = place.command(built_store, "--again", "--batch", "0.5")
    with subprocess.Popen(command, env=place.environment, cwd=ROOT, stdout=subprocess.DEVNULL) as running:
        try:
            while len(wire.rows(endpoint, pieces)) < 4:  # the first says that it is begun
                assert running.poll() is None
                assert time.monotonic() < until
        finally:
            running.kill()
    assert running.returncode == -9
    done = place.push(built_store, "--batch", "0.5")
    assert [row["requests"] for row in done["resumed"]] > [2], done
    place.holds(built_store)
