"""A scratch dataset: the protocol tests of W3C, every format of answers with terms of every kind, overruns."""

import csv
import io
import os
import subprocess
import sys
from xml.etree import ElementTree

import pyoxigraph
import pytest

from cbec_kg.store.pool.limits import Limits
from tests.conftest import SHARED
from tests.web.serving import inside
from tests.web.sparql.conftest import ENDLESS

MANIFEST = SHARED / "w3c" / "sparql11-protocol" / "manifest.ttl"
TOOL = SHARED / "tools" / "sparql_protocol.py"
TERMS = r"""
<x:s> <x:p> <x:o>, _:b, "plain", "", "a \"quote\", a comma\tand a tab", "two\nlines\r\nand\\more",
  "跨境电商 📦"@zh-hans, "<b>&amp;]]></b>", " outer ", "\u0085\u2028", 42, -1.5, 1e6, true, "01"^^<http://www.w3.org/2001/XMLSchema#integer>,
  "2022-01"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>, "x"^^<x:type> .
"""
QUOTED = '<x:s> <x:says> <<( <x:a> <x:b> "q\\"q"@en )>> .'
ROWS = "SELECT ?o ?none { GRAPH <x:terms> { ?s ?p ?o } } ORDER BY STR(?o)"
NATIVE = {
    "json": pyoxigraph.QueryResultsFormat.JSON, "tsv": pyoxigraph.QueryResultsFormat.TSV, "xml": None,
}  # fmt: skip
GRAPHS = {
    "ttl": pyoxigraph.RdfFormat.TURTLE, "nt": pyoxigraph.RdfFormat.N_TRIPLES, "nq": pyoxigraph.RdfFormat.N_QUADS,
    "trig": pyoxigraph.RdfFormat.TRIG, "rdfxml": pyoxigraph.RdfFormat.RDF_XML, "jsonld": pyoxigraph.RdfFormat.JSON_LD,
}  # fmt: skip


@pytest.fixture(scope="module")
def terms(scratch):
    """Terms of every kind, as the engine keeps them."""
    triples = TERMS + QUOTED
    put = scratch.request("PUT", "/store?graph=x:terms", content=triples, headers={"Content-Type": "text/turtle"})
    assert put.status_code == 201
    kept = pyoxigraph.Store()
    kept.load(triples.encode(), pyoxigraph.RdfFormat.TURTLE)
    return list(kept)


def test_all_protocol_tests_of_w3c_pass(scratch):
    if not MANIFEST.is_file():
        if os.environ.get("CI"):
            pytest.fail(f"{MANIFEST} is missing, and CI must have it")
        pytest.skip("the protocol tests of W3C are not part of a checkout")
    command = [sys.executable, str(TOOL), str(MANIFEST)]
    for option, path in (("--query", "/sparql"), ("--update", "/update"), ("--gsp", "/store")):
        command += [option, scratch.url(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.stdout == "protocol: 34 of 34 passed\n", done.stdout + done.stderr


def spelled(term):
    if isinstance(term, pyoxigraph.Triple):
        return f"<<( {spelled(term.subject)} {spelled(term.predicate)} {spelled(term.object)} )>>"
    return "_:" if isinstance(term, pyoxigraph.BlankNode) else str(term)


def in_xml(body):
    """Rows of SPARQL's XML, read by a parser of XML: the engine's own takes outer spaces away."""
    name = "{http://www.w3.org/2005/sparql-results#}"

    def term(node):
        text = node.text or ""
        match node.tag.removeprefix(name):
            case "uri":
                return pyoxigraph.NamedNode(text)
            case "bnode":
                return pyoxigraph.BlankNode(text)
            case "literal":
                lang, kind = node.get("{http://www.w3.org/XML/1998/namespace}lang"), node.get("datatype")
                return pyoxigraph.Literal(text, language=lang, datatype=kind and pyoxigraph.NamedNode(kind))
        return pyoxigraph.Triple(*(term(part[0]) for part in node))

    for row in ElementTree.fromstring(body).iter(f"{name}result"):
        yield {"o": None, "none": None} | {cell.get("name"): term(cell[0]) for cell in row}


@pytest.mark.parametrize("form", NATIVE)
def test_rows_come_back_as_they_are(form, scratch, terms):
    body = scratch.client.get(scratch.url("/sparql"), params={"query": ROWS, "format": form}).content
    found = list(in_xml(body) if form == "xml" else pyoxigraph.parse_query_results(body, NATIVE[form]))
    assert sorted(spelled(row["o"]) for row in found) == sorted({spelled(quad.object) for quad in terms})
    assert all(row["none"] is None for row in found)


def test_rows_in_csv_are_the_bare_values(scratch, terms):
    body = scratch.client.get(scratch.url("/sparql"), params={"query": ROWS, "format": "csv"}).content
    head, *rows = csv.reader(io.StringIO(body.decode(), newline=""))
    assert head == ["o", "none"]
    found = {"_:" if value.startswith("_:") else value for value, _ in rows}
    assert found == {bare(quad.object) for quad in terms}


def bare(term):
    """A term as CSV has it."""
    return term.value if isinstance(term, pyoxigraph.NamedNode | pyoxigraph.Literal) else spelled(term)


@pytest.mark.parametrize("form", GRAPHS)
def test_a_graph_comes_back_as_it_is(form, scratch, terms):
    query = "CONSTRUCT { ?s ?p ?o } { GRAPH <x:terms> { ?s ?p ?o } FILTER(?p = <x:p>) }"
    body = scratch.client.get(scratch.url("/sparql"), params={"query": query, "format": form}).content
    found, wanted = (
        pyoxigraph.Dataset(pyoxigraph.Quad(q.subject, q.predicate, q.object) for q in quads)
        for quads in (pyoxigraph.parse(body, GRAPHS[form]), [q for q in terms if q.predicate.value == "x:p"])
    )
    for dataset in (found, wanted):
        dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.UNSTABLE)
    assert found == wanted


@pytest.mark.parametrize(("query", "form", "says"), [
    ("SELECT ('\\u0001' AS ?x) {}", "xml", "U+0001"),
    ("CONSTRUCT { <x:s> <x:p> '\\uFFFF' } {}", "rdfxml", "U+FFFF"),
    ("CONSTRUCT { <x:s> <x:p/> 1 } {}", "rdfxml", "no element"),
    ("CONSTRUCT { ?s ?p ?o } { GRAPH <x:terms> { ?s ?p ?o } }", "jsonld", "cannot say this"),
])  # fmt: skip
def test_what_a_format_cannot_say_is_refused(query, form, says, scratch, terms):
    answer = scratch.client.get(scratch.url("/sparql"), params={"query": query, "format": form})
    assert answer.status_code == 400
    assert says in answer.text


def test_an_overrun_empties_the_dataset_and_says_so(tmp_path):
    with inside(tmp_path, scratch=True, limits=Limits(seconds=1.5)) as client:
        put = client.put("/store?default", content="<x:s> <x:p> 1 .", headers={"Content-Type": "text/turtle"})
        assert put.status_code == 204
        assert client.get("/sparql?query=ASK+{?s+?p+?o}").json()["boolean"]
        answer = client.get("/sparql", params={"query": f"ASK {{ {ENDLESS} }}"})
        assert answer.status_code == 503
        assert "the dataset, which it held, is empty now" in answer.text
        assert not client.get("/sparql?query=ASK+{?s+?p+?o}").json()["boolean"]


def test_a_scratch_dataset_is_for_this_machine_only():
    done = subprocess.run(
        [sys.executable, "-m", "cbec_kg", "serve", "--scratch", "--host", "0.0.0.0", "--port", "0"],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert "--scratch lets everybody write" in done.stderr
    assert len(done.stderr.splitlines()) == 1
