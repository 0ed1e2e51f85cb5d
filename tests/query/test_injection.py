"""Whatever is given for whichever parameter: refused in one line, or proved to be nothing but a value.

`cbec-kg bench binding` tries all values with all parameters. Here each value meets a parameter of each type, and each
parameter of each saved query meets the sharpest values.
"""

import os
from random import Random

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from cbec_kg.bench.binding import PROBE, any_iri, attempt, binding, escapes
from cbec_kg.bench.hostile import HOSTILE, drawn
from cbec_kg.bench.structure import structure
from cbec_kg.errors import BadParameter
from cbec_kg.namespaces import expand
from cbec_kg.query import spell as spelling
from cbec_kg.query.catalogue import Catalogue
from cbec_kg.query.resolve import Resolver
from cbec_kg.query.saved import PARAM_TYPES, Bilingual, Param
from cbec_kg.store.embedded import MemoryStore

QUERIES = list(Catalogue())
PARAMS = [pytest.param(query, param, id=f"{query.name}-{param.name}") for query in QUERIES for param in query.params]
PROBES = [pytest.param(param, id=param.name) for param in PROBE.params]
# One of each way out: of a literal, an IRI, the braces, the line, the marker, a code, a list.
SHARP = (
    '" } ?s ?p ?o . #', "\\", "} #", "#= lang", "\n} #= lang\n", "\\u0022 } #", "<a:b>} <c:d", "x:a'b",
    "https://example.org/例子", "urn:x:y", "id:shein }", "\x00", "\ud800", "NaN", "1 } #", "2022> } #", ["a", '" } #'],
)  # fmt: skip
# A run in CI is the same every time; elsewhere a failure prints how to see it again.
fuzzed = settings(max_examples=100, deadline=None, derandomize="CI" in os.environ, print_blob=True)
texts = st.lists(st.one_of(st.sampled_from(drawn(Random(0), 300)), st.text(max_size=8)), min_size=1, max_size=3).map(
    "".join
)


def held(query, param, value, resolve=any_iri):
    one = attempt(query, param, value, resolve)
    assert one.outcome in ("refused", "bound"), one.line()
    return one.outcome


def test_the_probe_has_every_type():
    assert {param.type for param in PROBE.params} == set(PARAM_TYPES)


@pytest.mark.parametrize("param", PROBES)
@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_value_is_a_value_or_refused(what, param):
    for value in HOSTILE[what]:
        held(PROBE, param, value)


@pytest.mark.parametrize(("query", "param"), PARAMS)
def test_no_parameter_of_a_saved_query_lets_a_value_out(query, param):
    outcomes = {held(query, param, value) for value in SHARP}
    assert "refused" in outcomes


@fuzzed
@given(st.sampled_from(PROBE.params), texts)
def test_nor_does_what_nobody_thought_of(param, text):
    held(PROBE, param, text)


def unescaped(text):
    return f'"{text}"'


def not_angled(iri):
    return f"<{iri}>"


@pytest.mark.parametrize(
    ("fault", "planted", "param", "value"),
    [
        ("quoted", unescaped, "word", '" } ?s ?p ?o . #'),
        ("quoted", unescaped, "word", '" "b'),
        ("quoted", lambda text: unescaped(text.replace('"', '\\"')), "word", "a\\"),
        ("quoted", lambda text: unescaped(text.replace("\\\\", "")), "word", "a\\b"),
        ("_safe", lambda text: text, "word", "\\u0022 } #"),
    ],
)
def test_a_planted_fault_is_found(fault, planted, param, value, monkeypatch):
    place = {one.name: one for one in PROBE.params}[param]
    assert attempt(PROBE, place, value, any_iri).outcome in ("refused", "bound")
    monkeypatch.setattr(spelling, fault, planted)
    assert attempt(PROBE, place, value, any_iri).outcome == "escaped"


def test_an_iri_that_closes_is_found(monkeypatch):
    """Were the check of IRIs gone in both places, the parsers would see it."""
    thing = {one.name: one for one in PROBE.params}["thing"]

    class Anything:
        value = "https://example.org/a> } #"

    monkeypatch.setattr(spelling, "NamedNode", Anything)
    monkeypatch.setattr(spelling, "_angled", not_angled)
    assert attempt(PROBE, thing, "x", lambda param, name: Anything()).outcome == "escaped"


def test_the_totals_count_what_was_tried():
    section, found = binding([], draws=0)
    (total,) = [row for row in section.rows if row["type"] == "all"]
    assert found == []
    assert escapes(found) == ""
    assert total["pairs"] == total["refused"] + total["bound"] == len(PROBE.params) * total["values"]
    assert total["bound"] > 300
    assert total["escaped"] == 0


class Asked(MemoryStore):
    """A store that keeps what it is asked."""

    def __init__(self):
        super().__init__()
        self.texts = []

    def query(self, sparql, *, timeout=None):
        self.texts.append(sparql)
        return super().query(sparql, timeout=timeout)


THING = Param("thing", "iri", Bilingual("Thing"), cls=expand("cbec:Platform"))


def asked(name):
    """What the store is asked about a name, as structures without the name."""
    store = Asked()
    with pytest.raises(BadParameter):
        Resolver(store)(THING, name)
    return store.texts, [structure(text, ()).tree for text in store.texts]


@pytest.mark.parametrize("name", ['") || true || ("', '" } UNION { ?s ?p ?o', "a\nb } #", "中文", "#= thing", "'''"])
def test_looking_up_a_name_asks_nothing_else(name):
    _, plain = asked("benign name")
    texts, trees = asked(name)
    known = {repr(tree).replace(written("benign name"), "?") for tree in plain}
    # A name without a letter or digit is not looked for among folded names, so less may be asked, but nothing else.
    for text, tree in zip(texts, trees, strict=True):
        assert repr(tree).replace(written(name), "?") in known, text
    assert any(spelling.quoted(name) in text for text in texts)


def written(name):
    """A name as the tree of rdflib shows it."""
    return repr(rdflib.Literal(name).n3())[1:-1]
