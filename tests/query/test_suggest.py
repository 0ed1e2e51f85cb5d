"""Suggestions for parameters: what occurs in the graph, what begins so, and that a parameter takes what it is told."""

import pytest

from cbec_kg.errors import BadParameter
from cbec_kg.namespaces import expand
from cbec_kg.query.catalogue import Catalogue
from cbec_kg.query.convert import to_terms
from cbec_kg.query.resolve import Resolver
from cbec_kg.query.saved import Bilingual, Param
from cbec_kg.query.suggest import suggest, suggestions
from tests.conftest import cases

PARAMS = [
    pytest.param(query.name, param, id=f"{query.name} {param.name}")
    for query in Catalogue()
    for param in query.params
    if param.type in ("iri", "period") or param.choices
]


@pytest.mark.parametrize(("query", "param"), PARAMS)
def test_the_default_is_among_the_suggestions_and_each_is_taken(query, param, graph):
    resolve = Resolver(graph)
    found = suggest(param, graph, limit=None)
    assert found
    if found[0].iri:
        assert {to_terms(param, one, resolve)[0].value for one in param.default} <= {one.iri for one in found}
    else:
        assert set(param.default) <= {one.value for one in found}
    for one in found[:40]:
        (term,) = to_terms(param, one.value, resolve)
        assert term.value == (one.iri or one.value)


@pytest.mark.parametrize("case", cases("query/cases/suggestions.yaml"))
def test_what_begins_so_is_suggested(case, graph):
    cls = expand(case["cls"]) if "cls" in case else None
    param = Param("x", case.get("type", "iri"), Bilingual("X"), cls=cls, choices=tuple(case.get("choices", ())))
    found = [one.value for one in suggest(param, graph, case.get("text", ""), limit=None)]
    assert found[: len(case.get("first", []))] == case.get("first", [])
    assert set(case.get("has", [])) <= set(found)
    assert set(case.get("lacks", [])).isdisjoint(found)
    if "all" in case:
        assert found == case["all"]


def test_uses_are_counted_once_each(graph):
    (shein,) = suggest(Catalogue().find("entities/everything").param("entity"), graph, "Shein")[:1]
    counted = graph.select(
        "SELECT (COUNT(DISTINCT ?use) AS ?n) { ?use ?p id:shein . "
        "{ ?use a cbec:Claim } UNION { ?use a cbec:Observation } UNION { ?use a cbec:Finding } "
        "UNION { ?use a cbec:Evidence } }"
    )
    assert (shein.value, shein.uses) == ("id:shein", int(next(counted.rows)[0].value))
    assert shein.labels == {"en": "Shein", "zh": "希音"}


def test_a_limit_keeps_the_most_used(graph):
    param = Catalogue().find("entities/everything").param("entity")
    every = suggest(param, graph, limit=None)
    assert suggest(param, graph, limit=3) == every[:3]
    assert [one.uses for one in every] == sorted((one.uses for one in every), reverse=True)
    with pytest.raises(BadParameter, match="limit is 0"):
        suggest(param, graph, limit=0)


def test_suggestions_are_an_answer(graph):
    param = Catalogue().find("figures/total").param("period")
    rows = list(suggestions(suggest(param, graph, "2020-H"), param).records())
    assert (rows[0]["value"], rows[0]["english"], rows[0]["chinese"]) == (
        "2020-H1",
        "first half of 2020",
        "2020年上半年",
    )
