"""Each class and property is used by the graph, a saved query or a shape, or a row of waits.yaml says why it waits."""

import pytest

from cbec_kg.namespaces import PREFIXES, expand

from .use import Use, declared, mentioned, uses, waiting


@pytest.fixture(scope="module")
def table(graph) -> list[Use]:
    return uses(graph)


def unused(table: list[Use], reasons: dict[str, str]) -> tuple[list[str], list[str]]:
    """Terms that nothing uses and no reason stands for, and terms with a reason that are used or are none."""
    idle = {use.term for use in table if use.waits}
    return sorted(idle - reasons.keys()), sorted(reasons.keys() - idle)


def test_every_term_is_used_or_says_why_it_waits(table):
    without, over = unused(table, waiting())
    assert without == [], "nothing uses these: use them, drop them, or say in tests/ontology/waits.yaml what they await"
    assert over == [], "these are used by now, or are no terms: take their rows out of tests/ontology/waits.yaml"


def test_a_reason_is_a_sentence():
    assert all(len(why.split()) > 5 and why.endswith(".") for why in waiting().values())


def test_every_use_was_found_somewhere(table):
    """A count that no term has is a count that is not made."""
    for what in ("stated", "inferred", "queries", "shapes"):
        assert sum(getattr(use, what) > 0 for use in table) > 20, what
    assert len(table) > 240


def test_a_new_term_that_nothing_uses_fails(graph, tmp_path):
    path = tmp_path / "planted.ttl"
    path.write_text(
        f"@prefix cbec: <{PREFIXES['cbec']}> . @prefix owl: <{PREFIXES['owl']}> . cbec:Planted a owl:Class . "
        "cbec:City a owl:Class .",
        "utf-8",
    )
    terms = declared(path)
    assert terms == {expand("cbec:Planted"): "class", expand("cbec:City"): "class"}
    planted = uses(graph, terms)
    assert unused(planted, {}) == (["cbec:Planted"], [])
    assert unused(planted, {"cbec:Planted": "..."}) == ([], [])


def test_a_reason_of_a_used_term_fails(table):
    assert unused(table, {**waiting(), "cbec:City": "...", "cbec:Nothing": "..."}) == (
        [],
        ["cbec:City", "cbec:Nothing"],
    )


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("?x cbec:level|cbec:rank ?y", {"cbec:level", "cbec:rank"}),
        ("?x (cbec:about/^cbec:evidence)* ?y", {"cbec:about", "cbec:evidence"}),
        ('#+   place: {type: iri, class: "cbec:Place"}', {"cbec:Place"}),
        ("?x <https://w3id.org/cbec-kg/ontology#unit> ?y", {"cbec:unit"}),
        ("PREFIX cbec: <https://example.org/> ASK { ?x a ex:City }", set()),
    ],
)
def test_terms_are_read_out_of_queries(text, terms):
    assert {expand(term) for term in terms} == {name for name in mentioned(text) if "example.org" not in name}
