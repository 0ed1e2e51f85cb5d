"""Every IRI of the project in the graph is found; data are read back, and are one graph in all forms."""

import io
import re
from collections import Counter

import pyoxigraph
import pytest
import rdflib

from cbec_kg.namespaces import BASE, CBEC, SHAPES
from cbec_kg.rdf.formats import by_name
from cbec_kg.rdf.terms import RDF_TYPE, DefaultGraph, NamedNode, iri
from cbec_kg.store.following import OpenGraph
from cbec_kg.store.pool.limits import Limits, TooBig
from cbec_kg.web.data.dereference import tries
from cbec_kg.web.data.forms import DATA
from cbec_kg.web.work.data import whole as wholes
from cbec_kg.web.work.data.dataset import VOID, described_whole
from cbec_kg.web.work.data.described import MOST, described
from cbec_kg.web.work.data.documents import DOCUMENTS, bytes_of, triples_of
from cbec_kg.web.work.data.located import located
from cbec_kg.web.work.data.whole import whole

_THING = re.compile("/(id|vocab|period|series|obs|claim|evidence|finding|article)/")


@pytest.fixture(scope="module")
def opened(graph) -> OpenGraph:
    return OpenGraph(graph)


class Held:
    """What the graph holds, read once: names of the project, and statements by named graph, ``""`` for the default."""

    def __init__(self, graph):
        self.names: set[str] = set()
        self.counts: Counter[str] = Counter()
        self.subjects: set = set()
        for quad in graph.quads():
            terms = (quad.subject, quad.predicate, quad.object, quad.graph_name)
            self.names |= {term.value for term in terms if isinstance(term, NamedNode) and term.value.startswith(BASE)}
            default = not isinstance(quad.graph_name, NamedNode)
            self.counts["" if default else quad.graph_name.value] += 1
            if default:
                self.subjects.add(quad.subject)


@pytest.fixture(scope="module")
def held(graph) -> Held:
    return Held(graph)


@pytest.fixture(scope="module")
def names(held) -> list[str]:
    """All IRIs of the project that occur: as subject, predicate, object or graph."""
    assert len(held.names) > 5_000
    return sorted(held.names)


def quads(content: bytes, form: str) -> set:
    """What stands in it, read strictly; blank nodes by what is said of them."""
    dataset = pyoxigraph.Dataset(pyoxigraph.parse(content, format=by_name(form).rdf_format))
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.UNSTABLE)
    return set(dataset)


def test_every_name_is_found(names, opened):
    addresses = {name.partition("#")[0] for name in names}
    unknown = [one for one in addresses if not located(opened, tries(one.removeprefix(BASE)), suggest=False).kind]
    assert unknown == []


def test_what_stands_behind_a_hash_is_in_its_document(names, opened):
    subjects: dict[str, set[str]] = {}
    behind = [name for name in names if "#" in name]
    assert {CBEC[:-1], SHAPES[:-1], BASE + "alignment/un-m49"} <= {name.partition("#")[0] for name in behind}
    for name in behind:
        document = name.partition("#")[0]
        if document not in subjects:
            found = quads(bytes_of(opened, document, "nt"), "nt")
            subjects[document] = {quad.subject.value for quad in found}
        assert name in subjects[document]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_data_of_things_are_one_graph_in_all_forms(names, opened):
    things = [name for name in names if _THING.search(name)]
    for name in things[::200]:
        in_forms = [quads(described(opened, name, form.rdf)[0], form.rdf) for form in DATA]
        assert in_forms[0]
        assert all(one == in_forms[0] for one in in_forms), name
    for name in things[::1000]:
        read = []
        for form in DATA:
            graph = rdflib.Graph()
            graph.parse(io.BytesIO(described(opened, name, form.rdf)[0]), format=form.media_type)
            read.append(set(graph))
        assert read[0]
        assert all(one == read[0] for one in read), name


def test_a_thing_is_told_of_as_the_graph_has_it(opened, graph):
    name = BASE + "id/china"
    content, told = described(opened, name, "nt")
    found = {quad.triple for quad in quads(content, "nt")}
    node = NamedNode(name)
    every = graph.database.quads_for_pattern
    own = {quad.triple for quad in every(node, None, None, DefaultGraph())}
    pointing = {quad.triple for quad in every(None, None, node, DefaultGraph())}
    assert own
    assert {triple for triple in found if triple.subject == node} == own
    said = {triple for triple in found if triple.object == node}
    assert said < pointing
    assert (told.own, told.pointing, told.of) == (len(own), len(said), len(pointing))
    counts = {triple.predicate: 0 for triple in pointing}
    for triple in said:
        counts[triple.predicate] += 1
    assert max(counts.values()) == MOST
    assert min(counts.values()) > 0


@pytest.mark.parametrize("document", ["ontology", "module/time", "alignment/prov"])
def test_a_document_is_one_graph_in_all_forms(document, opened):
    in_forms = [quads(bytes_of(opened, BASE + document, form.rdf), form.rdf) for form in DATA]
    assert in_forms[0]
    assert all(one == in_forms[0] for one in in_forms)


def test_ontology_vocabulary_and_shapes_leave_out_nothing_but_headers_of_modules(opened, graph):
    stored = {quad.triple for quad in graph.quads(BASE + "graph/ontology")}
    found = [set(triples_of(opened.store(), name)) for name in DOCUMENTS]
    assert sum(map(len, found)) == len(set.union(*found))
    left = {triple.subject.value.rpartition("/")[0] for triple in stored - set.union(*found)}
    assert left == {BASE + "module"}


@pytest.mark.parametrize("in_memory", [wholes._IN_MEMORY, 10])
def test_a_graph_comes_whole_and_the_same_each_time(in_memory, opened, graph, monkeypatch):
    monkeypatch.setattr(wholes, "_IN_MEMORY", in_memory)
    name = BASE + "graph/findings"
    stored = {(quad.subject, quad.predicate, quad.object) for quad in graph.quads(name)}
    for form in DATA:
        head, parts = whole(opened, Limits(), name, form.rdf)
        content = b"".join(parts)
        assert head == {"bytes": len(content)}
        assert {(one.subject, one.predicate, one.object) for one in quads(content, form.rdf)} == stored
        assert b"".join(whole(opened, Limits(), name, form.rdf)[1]) == content
        with pytest.raises(TooBig):
            whole(opened, Limits(bytes=1_000), name, form.rdf)
    with pytest.raises(TooBig, match="more than 700 statements"):
        whole(opened, Limits(rows=700), name, "nt")


def test_the_whole_is_described_as_it_is(opened, graph, held):
    found = quads(described_whole(opened, "https://kg.example", "nt"), "nt")
    said = {(quad.subject.value, quad.predicate.value): quad.object.value for quad in found}
    assert said[BASE, VOID + "distinctSubjects"] == str(len(held.subjects))
    assert said[BASE, VOID + "triples"] == str(held.counts[""])
    for name, count in held.counts.items() - {("", held.counts[""])}:
        assert said[name, VOID + "triples"] == str(count)
        assert said[name, VOID + "dataDump"] == f"https://kg.example/{name.removeprefix(BASE)}.nt"
    claims = sum(1 for _ in graph.database.quads_for_pattern(None, RDF_TYPE, iri("cbec:Claim"), DefaultGraph()))
    assert said[f"{BASE}#class-Claim", VOID + "entities"] == str(claims)


def test_the_state_of_a_graph_changes_with_its_files(store):
    from cbec_kg.store.builds import current
    from cbec_kg.store.embedded import EmbeddedStore

    opened = OpenGraph(EmbeddedStore(store))
    before = opened.state()
    assert before == OpenGraph(EmbeddedStore(store)).state()
    build = current(store)
    assert build is not None
    (build / "more").write_text("a file of a change")
    assert opened.state() != before
