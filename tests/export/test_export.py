"""Exports: what another library reads back is what the store holds, and two exports are the same bytes."""

import hashlib
import logging

import pyoxigraph
import pytest
import rdflib

from cbec_kg.errors import CbecError
from cbec_kg.export import export
from cbec_kg.export.write import serialised
from cbec_kg.rdf.canonical import nquads
from cbec_kg.rdf.formats import FORMATS, by_name
from cbec_kg.rdf.terms import NamedNode, Quad, iri
from tests.export.dataset import GRAPHS, small_store
from tests.export.memory import MemoryStore

RDFLIB = {"ttl": "turtle", "trig": "trig", "nt": "nt", "nq": "nquads", "rdfxml": "xml", "jsonld": "json-ld"}
CHOICES = [None, "default", *sorted(GRAPHS)]


def expected(graph, known):
    store = small_store()
    if graph is None:
        return list(store.quads() if known.datasets else store.quads(""))
    return list(store.quads("" if graph == "default" else f"https://w3id.org/cbec-kg/graph/{graph}"))


@pytest.mark.parametrize("graph", CHOICES)
@pytest.mark.parametrize("name", FORMATS)
def test_pyoxigraph_reads_back_the_same_graph(tmp_path, name, graph):
    known = by_name(name)
    [file] = export(small_store(), tmp_path, [name], graph)
    read = list(pyoxigraph.parse(path=str(file.path), format=known.rdf_format))
    wanted = expected(graph, known)
    if not known.datasets:
        wanted = [pyoxigraph.Quad(*quad.triple) for quad in wanted]
    assert nquads(read) == nquads(wanted)
    assert file.count == len(read) == len(wanted)


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize("graph", CHOICES)
@pytest.mark.parametrize("name", FORMATS)
def test_rdflib_reads_back_as_many(tmp_path, name, graph):
    [file] = export(small_store(), tmp_path, [name], graph)
    if by_name(name).datasets:
        dataset = rdflib.Dataset()
        dataset.parse(file.path, format=RDFLIB[name])
        assert len(set(dataset.quads())) == file.count
    else:
        assert len(rdflib.Graph().parse(file.path, format=RDFLIB[name])) == file.count


@pytest.mark.parametrize("name", FORMATS)
def test_two_exports_are_the_same_bytes(tmp_path, name):
    [one] = export(small_store(), tmp_path / "one", [name])
    [two] = export(small_store(), tmp_path / "two", [name])
    assert one.path.read_bytes() == two.path.read_bytes()
    assert one.sha256 == two.sha256 == hashlib.sha256(one.path.read_bytes()).hexdigest()


def test_nquads_are_sorted(tmp_path):
    [file] = export(small_store(), tmp_path, ["nq"])
    lines = file.path.read_bytes().splitlines()
    assert lines == sorted(set(lines))


def test_files_are_named_after_graph_and_format(tmp_path):
    whole = export(small_store(), tmp_path / "new" / "folder", ["ttl", "nq", "ttl"])
    part = export(small_store(), tmp_path, ["ttl", "rdfxml"], "003_a")
    single = export(small_store(), tmp_path / "x.rdf", graph="https://w3id.org/cbec-kg/graph/entities")
    assert [(file.path.name, file.graph) for file in [*whole, *part, *single]] == [
        ("cbec-kg.ttl", "default"),
        ("cbec-kg.nq", "*"),
        ("article_003_a.ttl", "article_003_a"),
        ("article_003_a.rdf", "article_003_a"),
        ("x.rdf", "entities"),
    ]
    assert {path.name for path in tmp_path.iterdir()} == {"new", "article_003_a.ttl", "article_003_a.rdf", "x.rdf"}


def test_turtle_uses_prefixes(tmp_path):
    [file] = export(small_store(), tmp_path, ["ttl"], "entities")
    assert "id:china a owl:NamedIndividual , cbec:Country" in file.path.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"formats": ["turtle"]}, "unknown RDF format 'turtle'.*ttl, trig"),
        ({"formats": ["ttl"], "graph": "entitys"}, "no graph 'entitys': did you mean entities.*observations"),
        ({"formats": ["ttl"], "graph": "qqqq"}, "no graph 'qqqq': There are default, article_003_a"),
        ({"formats": ["ttl", "rdfxml"], "bundle": True}, "one format"),
        ({"formats": ["nt"], "bundle": True}, "ttl or rdfxml"),
        ({"graph": "entities", "bundle": True}, "all named graphs"),
    ],
)
def test_wrong_use_says_what_to_do(tmp_path, arguments, message):
    with pytest.raises(CbecError, match=message):
        export(small_store(), tmp_path / "out", **arguments)
    assert not (tmp_path / "out").exists()


def test_a_file_takes_its_own_format_only(tmp_path):
    with pytest.raises(CbecError, match="a file of N-Quads"):
        export(small_store(), tmp_path / "dump.nq", ["ttl"])


def test_an_unwritable_place_is_said_plainly(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(CbecError, match="cannot write"):
        export(small_store(), tmp_path / "file" / "folder", ["ttl"])


def test_a_failed_export_leaves_the_old_files(tmp_path, monkeypatch):
    export(small_store(), tmp_path, ["ttl", "nq"])
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    real = pyoxigraph.serialize
    calls = []

    def failing(*arguments, **named):
        calls.append(1)
        if len(calls) == 3:
            raise RuntimeError("interrupted")
        return real(*arguments, **named)

    monkeypatch.setattr(pyoxigraph, "serialize", failing)
    with pytest.raises(RuntimeError):
        export(MemoryStore([]), tmp_path, ["ttl", "nq"])
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_an_empty_store_gives_valid_files(tmp_path):
    for file in export(MemoryStore([]), tmp_path, list(FORMATS)):
        assert file.count == 0
        assert list(pyoxigraph.parse(path=str(file.path), format=by_name(file.format).rdf_format)) == []


def test_rdflib_warns_of_nothing(tmp_path, caplog):
    [file] = export(small_store(), tmp_path, ["ttl"])
    with caplog.at_level(logging.WARNING):
        rdflib.Graph().parse(file.path)
    assert caplog.records == []


@pytest.mark.parametrize("name", ["ttl", "trig"])
def test_no_name_needs_an_escape(name):
    """Protégé's reader of Turtle knows none: such an IRI is written whole."""
    status = Quad(iri("id:shein"), iri("bibo:status"), NamedNode("http://purl.org/ontology/bibo/status/draft"))
    content, count = serialised([status], by_name(name))
    assert count == 1
    assert b"<http://purl.org/ontology/bibo/status/draft>" in content
    assert b"\\" not in content
    assert b"id:shein" in content
