"""Whatever is given, only the terms in the braces change, and the value that comes back is the value that went in."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rdflib.plugins.sparql import prepareQuery

from cbec_kg.errors import BadParameter
from cbec_kg.query.bind import bind
from cbec_kg.query.convert import refuse_names, terms_of, written_iri
from cbec_kg.query.header import parse_saved
from cbec_kg.query.spell import spell
from cbec_kg.rdf.terms import Literal, NamedNode
from cbec_kg.store.embedded import MemoryStore

HERE = Path(__file__).parent
QUERY = parse_saved(
    """\
#+ summary: Echo
#+ params:
#+   word: {type: string, default: "} #= word", many: true, label: {en: Word, zh: 词}}
#+   thing: {type: iri, default: "id:shein", label: {en: Thing, zh: 物}}
#+   other: {type: string, default: "x", label: {en: Other, zh: 他}}
#+ columns: {word: string, thing: iri, other: string, again: string}
PREFIX id: <https://w3id.org/cbec-kg/id/>
SELECT ?word ?thing ?other ?again WHERE {
  VALUES ?word { "} #= word" }  #= word
  VALUES ?thing { id:shein }  #= thing
  VALUES ?other { "x" } #= other
  { SELECT ?again {
    VALUES ?again { "} #= word" }  #= word
  } }
  FILTER(?word = ?again)
} ORDER BY ?word
""",
    "tests/echo",
    Path("echo.rq"),
)
LINES = QUERY.text.split("\n")
WORD_LINES, THING_LINE, OTHER_LINE = (8, 12), 9, 10

HOSTILE = [piece for line in yaml.safe_load((HERE / "cases" / "hostile.yaml").read_text("utf-8")) for piece in line]
# No deadline: rdflib is slow at its first query, and this is no test of speed.
fuzzed = settings(max_examples=300, deadline=None)
texts = st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=8)), max_size=6).map("".join)


def resolve(param, name):
    return written_iri(name) or refuse_names(param, name)


def bound(**values):
    return bind(QUERY, terms_of(QUERY, values, resolve))


def rows(text):
    return [[term.value for term in row] for row in MemoryStore().select(text).rows]


def changed(text):
    lines = text.split("\n")
    assert len(lines) == len(LINES)
    return {place for place, (before, after) in enumerate(zip(LINES, lines, strict=True)) if before != after}


def refused(word):
    return "\x00" in word or bool(re.search(r"\\[uU]", word))


@fuzzed
@given(texts)
@example('x" } #= word')
@example('" } #= other')
@example("\\")
@example("a\\u0022b")
@example("\\U00000022")
def test_a_text_comes_back_as_it_went_in(word):
    if refused(word):
        with pytest.raises(BadParameter):
            bound(word=word)
        return
    text = bound(word=word)
    assert changed(text) <= set(WORD_LINES)
    assert rows(text) == [[word, "https://w3id.org/cbec-kg/id/shein", "x", word]]
    prepareQuery(text)


@fuzzed
@given(texts, texts)
def test_values_do_not_meet(word, other):
    if refused(word) or refused(other):
        return
    text = bound(word=word, other=other)
    assert changed(text) <= {*WORD_LINES, OTHER_LINE}
    assert rows(text) == [[word, "https://w3id.org/cbec-kg/id/shein", other, word]]


@fuzzed
@given(st.lists(texts.filter(lambda word: not refused(word)), min_size=1, max_size=4))
def test_a_list_comes_back_as_it_went_in(words):
    assert sorted(row[0] for row in rows(bound(word=words))) == sorted(set(words))


@fuzzed
@given(
    st.one_of(texts, texts.map("<{}>".format), texts.map("https://example.org/{}".format), texts.map("urn:{}".format))
)
@example("<a:b> <c:d>")
@example("<a:b>} <c:d")
@example("https://example.org/a\\u003Eb")
@example("https://example.org/例子")
def test_an_iri_is_one_iri_or_refused(name):
    try:
        text = bound(thing=name)
    except BadParameter:
        return
    assert changed(text) <= {THING_LINE}
    (row,) = rows(text)
    assert NamedNode(row[1]) == written_iri(name)
    prepareQuery(text)


def test_rdflib_would_close_the_text_that_is_refused():
    """The reason for refusing a backslash before u: a processor that expands codes first reads another text."""
    import rdflib

    query = 'SELECT ?x { VALUES ?x { "a\\\\u0022b" } }'
    assert [str(row[0]) for row in rdflib.Graph().query(query)] != ["a\\u0022b"]


@pytest.mark.parametrize(
    "iri", ["x:a b", "x:a>b", "x:<", 'x:"', "x:{", "x:}", "x:|", "x:^", "x:`", "x:\\", "x:\n", "x:\x00", "x:\x1f"]
)
def test_a_node_that_is_no_iri_is_not_spelled(iri):
    with pytest.raises((BadParameter, ValueError)):
        spell(NamedNode(iri))


@pytest.mark.parametrize("piece", HOSTILE)
def test_each_hostile_piece_is_taken_as_text(piece):
    for word in (piece, f"x{piece}", f"{piece}x", piece * 2):
        assert rows(bound(word=word, other=piece)) == [[word, "https://w3id.org/cbec-kg/id/shein", piece, word]]


def test_spelled_literals():
    assert spell(Literal("a", language="zh-hans")) == '"a"@zh-hans'
    assert spell(Literal(True)) == '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'


def test_nothing_given_nothing_changed():
    assert bound() == QUERY.text
    assert rows(bound()) == [["} #= word", "https://w3id.org/cbec-kg/id/shein", "x", "} #= word"]]
