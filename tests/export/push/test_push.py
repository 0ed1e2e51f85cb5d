"""What a server holds after a push, after a second one, and after one that broke off at any request."""

import json
from hashlib import sha256

import pytest

from cbec_kg.errors import Negative, StoreError
from cbec_kg.export import export
from cbec_kg.export.push.record import PUSHED
from cbec_kg.export.push.spool import spool
from cbec_kg.namespaces import GRAPH
from cbec_kg.rdf.canonical import nquads
from cbec_kg.rdf.terms import Quad, iri
from tests.export.dataset import small_store
from tests.export.push.conftest import pushed, with_more, without
from tests.export.push.server import GraphStore

FOREIGN = iri("rdfs:foreign")
LARGER = 1500  # bytes of a body: fewer requests, where each of them is made to fail


def is_article(quad: Quad) -> bool:
    return "003_a" in str(quad.subject)


def test_a_server_with_a_default_graph_gets_both(small):
    with GraphStore() as server:
        done = pushed(small, server)
        assert nquads(server.quads()) == nquads(small.quads())
    assert done.own_default is True
    assert sum(done.sent.values()) == len(list(small.quads()))


def test_a_server_without_one_gets_graph_all(small):
    with GraphStore(union=True) as server:
        done = pushed(small, server)
        expected = [Quad(*quad.triple, iri("graph:all")) for quad in small.quads("")]
        expected += [quad for graph in small.graphs() for quad in small.quads(graph)]
        assert nquads(server.quads()) == nquads(expected)
    assert done.own_default is False


@pytest.mark.parametrize("union", [False, True])
def test_what_is_there_is_not_sent_again(small, union):
    with GraphStore(union=union) as server:
        pushed(small, server)
        before = server.writes()
        done = pushed(small_store(), server)  # its blank nodes have other names
        assert server.writes() == before
        assert not done.sent
        assert len(done.skipped) == 6
        assert pushed(small, server, again=True).sent == done.skipped


@pytest.mark.parametrize("union", [False, True])
def test_what_was_forgotten_is_gone_and_nothing_else_is_sent(small, union):
    with GraphStore(union=union) as server:
        pushed(small, server)
        stranger = Quad(FOREIGN, FOREIGN, FOREIGN, FOREIGN)
        server.store.add(stranger)
        rest = without(small, is_article)
        done = pushed(rest, server)
        assert done.removed == {GRAPH + "article_003_a": 4}
        assert list(done.sent) == [GRAPH + "all" if union else ""]
        assert not [quad for quad in server.store if is_article(quad)]
        assert stranger in server.store  # a graph of somebody else's


def test_the_record_has_the_digests_of_an_export(small, tmp_path):
    with GraphStore() as server:
        pushed(small, server)
        said = server.graph(PUSHED)
    for graph in ("ontology", "entities", "default"):
        (file,) = export(small, tmp_path, ["nt"], graph)
        assert any(f"<{GRAPH}{graph}>" in line and file.sha256 in line for line in said), graph
        assert sha256(file.path.read_bytes()).hexdigest() == file.sha256


def test_a_triple_that_was_swapped_changes_the_digest(small):
    new = (iri("id:china"), iri("rdfs:label"), iri("id:china"))
    moved = with_more(
        without(small, lambda quad: str(quad.object) == '"China"@en'), [Quad(*new, iri("graph:entities")), Quad(*new)]
    )
    with GraphStore() as server:
        pushed(small, server)
        assert set(pushed(moved, server).sent) == {"", GRAPH + "entities"}
        assert nquads(server.quads()) == nquads(moved.quads())


def test_a_default_graph_that_others_filled_is_left_alone(small):
    with GraphStore() as server:
        stranger = Quad(FOREIGN, FOREIGN, FOREIGN)
        server.store.add(stranger)
        with pytest.raises(StoreError, match=r"holds 1 triples, and the last push left 0.*--replace-default"):
            pushed(small, server)
        assert list(server.store) == [stranger]
        pushed(small, server, replace_default=True)
        assert nquads(server.quads()) == nquads(small.quads())
        server.store.add(stranger)
        with pytest.raises(StoreError, match="--replace-default"):
            pushed(without(small, is_article), server)
        assert stranger in server.store


def test_a_server_that_lost_its_default_graph_of_its_own(small):
    with GraphStore() as server:
        pushed(small, server)
        pushed(small, server, own_default=False)
        assert not server.graph("")
        assert len(server.graph(GRAPH + "all")) == len(list(small.quads("")))
        pushed(small, server, own_default=True)
        assert nquads(server.quads()) == nquads(small.quads())


@pytest.mark.parametrize("again", [False, True])
def test_a_dry_run_writes_nothing(small, again):
    with GraphStore() as server:
        if again:
            pushed(small, server)
        before, rest = list(server.store), without(small, is_article)
        done = pushed(rest, server, dry_run=True)
        assert list(server.store) == before
        assert list(done.sent)[-1] == ""
        assert done.own_default is (True if again else None)
        assert done.removed == ({GRAPH + "article_003_a": 4} if again else {})
        json.dumps(done.as_json())


def requests_of_a_push(small) -> tuple[int, int]:
    """All of them, and those that write what is pushed."""
    with GraphStore() as server:
        pushed(small, server, body_size=LARGER)
        return len(server.asked), len(server.writes())


@pytest.mark.parametrize(("fault", "step"), [("hang up", 3), ("hang up after", 1)])
def test_broken_off_at_any_request_it_goes_on(small, fault, step):
    """With every connection lost from request N on, and then a second push: the graph is whole, and no more is sent."""
    total, needed = requests_of_a_push(small)
    assert total > 40
    for broken in range(2, total + 1, step):
        with GraphStore(
            fault=lambda number, method, path, broken=broken: fault if number >= broken else None
        ) as server:
            with pytest.raises(StoreError):
                pushed(small, server, body_size=LARGER)
            server.fault = None
            pushed(small_store(), server, body_size=LARGER)
            assert nquads(server.quads()) == nquads(small.quads()), broken
            assert not pushed(small, server, body_size=LARGER).sent
            # Nothing but the body that was under way is sent again, after the two tries that it had.
            assert len(server.writes()) <= needed + 2, broken


@pytest.mark.parametrize("fault", ["hang up", "hang up after", (503, "busy"), (502, "")])
def test_what_passes_is_tried_again(small, fault):
    """Every request is lost once; those that were carried out leave nothing double, blank nodes neither."""
    seen = set()

    def once(number: int, method: str, path: str) -> object:
        first = len(seen) % 2 == 0
        seen.add(number)
        return fault if first else None

    with GraphStore(fault=once) as server:
        pushed(small, server)
        server.fault = None
        assert nquads(server.quads()) == nquads(small.quads())


def test_what_a_server_loses_is_named(small):
    with GraphStore() as server:
        server.taken = lambda quad: "textLength" not in str(quad.predicate)
        with pytest.raises(Negative, match="article_003_a 3 instead of 4; default") as told:
            pushed(small, server)
        assert "ontology" not in str(told.value)
        assert told.value.exit_code == 1
        server.taken = lambda quad: True
        assert set(pushed(small, server).sent) >= {GRAPH + "article_003_a", ""}
        assert nquads(server.quads()) == nquads(small.quads())


def test_a_server_that_lost_what_was_sent_is_sent_it_anew(small):
    """The record says that four bodies of the default graph are there, and the server came back without them."""

    def stop(number: int, method: str, path: str) -> object:
        return "hang up" if stop.bodies >= 5 else setattr(stop, "bodies", stop.bodies + path.endswith("?default="))

    stop.bodies = 0
    with GraphStore(fault=stop) as server:
        with pytest.raises(StoreError):
            pushed(small, server)
        server.fault = None
        lost = list(server.store.quads_for_pattern(None, None, None, None))
        lost = [quad for quad in lost if not getattr(quad.graph_name, "value", "")]
        for quad in lost[: len(lost) // 2]:
            server.store.remove(quad)
        assert pushed(small, server).resumed == {"": 4}
        assert nquads(server.quads()) == nquads(small.quads())


def test_a_server_that_cannot_part_with_whole_decimals_is_sent_others(small):
    """What comes as "10" is never removed there by PUT; what comes as "10.0", the same number, is."""
    with GraphStore(points=True) as server:
        pushed(small, server)
        assert nquads(server.quads()) == nquads(small.quads())
        assert not server.stuck
        rest = without(small, lambda quad: "x_2022" in str(quad.subject))
        pushed(rest, server)
        assert nquads(server.quads()) == nquads(rest.quads())


def test_another_body_size_begins_a_graph_anew(small):
    with GraphStore(fault=lambda number, method, path: "hang up" if number > 30 else None) as server:
        with pytest.raises(StoreError):
            pushed(small, server)
        server.fault = None
        assert not pushed(small, server, body_size=900).resumed
        assert nquads(server.quads()) == nquads(small.quads())


def test_queries_of_another_dataset_are_found_out(small):
    with GraphStore() as server, GraphStore() as other:
        with pytest.raises(StoreError, match="is not seen at"):
            pushed(small, server, sparql=other.url.replace("/store", "/query"))
        assert not list(server.store)
        pushed(small, other)
        with pytest.raises(StoreError, match="is not seen at"):
            pushed(without(small, is_article), server, sparql=other.url.replace("/store", "/query"))
        assert not server.quads()


def test_bodies_keep_their_bound(small):
    with GraphStore() as server:
        pushed(small, server)
        blank = sum(len(f"{quad.triple} .\n") for quad in small.quads("") if "_:" in str(quad))
        sizes = [size for (method, path), size in zip(server.asked, server.sizes, strict=True) if "/store" in path]
        assert sorted(sizes)[-3:][0] <= max(600, 2 * blank)


def test_a_graph_larger_than_memory_has_is_sorted_in_pieces(small, tmp_path, monkeypatch):
    whole = spool("", small.quads(""), tmp_path)
    monkeypatch.setattr("cbec_kg.export.push.spool._RUN", 7)
    twice = [*small.quads(""), *small.quads("")]
    pieces = spool("x", twice, tmp_path)
    assert (pieces.triples, pieces.size, pieces.sha256) == (whole.triples, whole.size, whole.sha256)
    assert list(pieces.bodies(900)) == list(whole.bodies(900))
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("rows", [4, 7])
def test_long_answers_are_asked_for_in_pages(small, rows, monkeypatch):
    monkeypatch.setattr("cbec_kg.export.push.server._PAGE", rows)
    with GraphStore() as server:
        pushed(small, server)
        assert not pushed(small, server).sent
        assert pushed(without(small, is_article), server).removed == {GRAPH + "article_003_a": 4}
        assert nquads(server.quads()) == nquads(without(small, is_article).quads())
