"""The codes, relations and words that rows, queries and extraction rely on are there, and no closed list has grown."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from pyoxigraph import RdfFormat, Store

from cbec_kg import paths
from cbec_kg.namespaces import PREFIXES, local_name
from cbec_kg.ontology.catalog import imports

ROWS: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "codes.yaml").read_text("utf-8"))
PROLOGUE = "".join(f"PREFIX {prefix}: <{base}>\n" for prefix, base in PREFIXES.items())


@pytest.fixture(scope="module")
def store() -> Store:
    folder = paths.ontology()
    store = Store()
    for path in imports(folder / "vocab.ttl", folder / "catalog-v001.xml"):
        store.load(path=str(path), format=RdfFormat.TURTLE)
    return store


def column(store: Store, pattern: str, name: str = "x") -> list[str]:
    return [row[name].value for row in store.query(f"{PROLOGUE}SELECT ?{name} WHERE {{ {pattern} }} ORDER BY ?{name}")]


def codes(store: Store, scheme: str) -> list[str]:
    return column(store, f"?term skos:inScheme voc:{scheme} ; skos:notation ?x")


@pytest.mark.parametrize("scheme", ROWS["schemes"])
def test_a_closed_list_is_complete(store: Store, scheme: str) -> None:
    assert codes(store, scheme) == sorted(ROWS["schemes"][scheme])


@pytest.mark.parametrize("scheme", ROWS["open"])
def test_an_open_list_holds_at_least(store: Store, scheme: str) -> None:
    assert set(ROWS["open"][scheme]) <= set(codes(store, scheme))


def test_relations_have_their_domain_and_range(store: Store) -> None:
    pattern = "?property rdfs:subPropertyOf+ cbec:relatedTo ; rdfs:domain ?domain ; rdfs:range ?range"
    rows = store.query(f"{PROLOGUE}SELECT ?property ?domain ?range WHERE {{ {pattern} }}")
    found = {local_name(p.value): [local_name(d.value), local_name(r.value)] for p, d, r in rows}
    assert found == ROWS["relations"]


def test_only_these_properties_say_what_a_record_is_about(store: Store) -> None:
    found = column(store, "?x rdfs:subPropertyOf+ cbec:about")
    assert sorted(local_name(iri) for iri in found) == sorted(ROWS["about"])


@pytest.mark.parametrize(("language", "scheme", "word", "code"), ROWS["words"])
def test_a_word_leads_to_its_code(store: Store, language: str, scheme: str, word: str, code: str) -> None:
    name = f'?term skos:inScheme voc:{scheme} ; rdfs:label|skos:altLabel "{word}"@{language} ; skos:notation ?x'
    assert column(store, name) == [code]


def test_currencies_carry_their_iso_code(store: Store) -> None:
    found = column(store, "?unit cbec:unitDimension voc:dimension-money ; skos:notation ?x")
    assert len(found) > 20
    assert all(len(code) == 3 and code.isupper() for code in found)
