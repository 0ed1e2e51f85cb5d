"""The graph as it is opened, asked, refused, closed, and opened again."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import cbec_kg
from cbec_kg import errors, paths
from cbec_kg.rdf.terms import RDF_TYPE, Quad, iri
from cbec_kg.store.builds import new_build, writing
from tests.conftest import cases

COUNT = "SELECT (COUNT(*) AS ?n) { ?s a cbec:Platform }"


def write(folder, *names):
    """A build in which these are platforms."""
    with writing(folder):
        new_build(folder, [Quad(iri(f"id:{name}"), RDF_TYPE, iri("cbec:Platform")) for name in names])


def count(kg, timeout=None):
    return kg.sparql(COUNT, timeout=timeout)[0].n


@pytest.mark.parametrize("case", cases("api/cases/errors.yaml"))
def test_what_cannot_be_asked_is_refused_in_one_line(case, kg):
    with pytest.raises(errors.CbecError) as caught:
        getattr(kg, case["call"])(*case["args"], **case.get("more", {}))
    said, wanted = str(caught.value), case["says"]
    assert type(caught.value).__name__ == case["error"]
    assert said.startswith(wanted[:-3]) if wanted.endswith("...") else said == wanted
    assert "\n" not in said


def test_every_saved_query_can_be_called(local):
    queries = local.queries()
    assert list(queries) == sorted(queries)
    assert len(queries) > 40
    for name, query in queries.items():
        if not any(parameter.required for parameter in query.parameters):
            rows = query()
            assert [column[:2] for column in rows.columns] == [column[:2] for column in query.columns], name
    assert "platforms/programme" not in queries
    assert queries.get("platforms/programme") is None
    assert queries._ipython_key_completions_() == list(queries)
    assert "platforms/programmes" in repr(queries)
    assert "<table>" in queries._repr_html_()
    assert local.queries(lang="zh")["platforms/programmes"].summary == "某平台推出的计划"


def test_queries_of_ones_own_get_a_deadline(built_store, tmp_path):
    (tmp_path / "own").mkdir()
    text = "#+ summary: All\n#+ columns: {n: integer}\nSELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    (tmp_path / "own" / "all.rq").write_text(text)
    with cbec_kg.open(built_store, queries=tmp_path) as kg, pytest.raises(errors.QueryTimeout):
        kg.query("own/all", timeout=0.5)
    (tmp_path / "own" / "nested.rq").write_text(text.replace("{ ?a", "{" * 20_000 + "?a").replace("?i }", "}" * 20_000))
    with cbec_kg.open(built_store, queries=tmp_path) as kg, pytest.raises(errors.QueryError):
        kg.query("own/nested")


def test_a_parameter_may_have_the_name_of_an_option(built_store, tmp_path):
    (tmp_path / "own").mkdir()
    head = "#+ summary: S\n#+ params:\n#+   limit: {type: integer, default: 1, label: {en: Limit, zh: 限}}\n"
    text = "#+ columns: {n: integer}\nSELECT ?n {\n  VALUES ?n { 1 } #= limit\n}"
    (tmp_path / "own" / "limit.rq").write_text(head + text)
    with cbec_kg.open(built_store, queries=tmp_path) as kg:
        assert kg.query("own/limit", {"limit": 7}, limit=3).to_dicts() == [{"n": 7}]


def test_values_of_python(kg):
    found = kg.query("platforms/programmes", platform=cbec_kg.Iri("id:aliexpress"))
    assert found == kg.query("platforms/programmes", {"platform": "速卖通"})
    assert len(found) == 2
    assert kg.query("platforms/programmes", platform=found.given["Platform"][0]) == found


def test_things_are_found_and_described(local, remote):
    for kg in (local, remote):
        assert kg.search("tmall glo")[0].thing.compact == "id:tmall-global"
        assert kg.search("Alibaba", cls="platform")[0]["class"].label == "platform"
        assert kg.suggest("platforms/programmes", "platform", "ali")[0].value.startswith("id:ali")
    entity = local.entity("希音", lang="zh")
    assert (entity.iri, entity.label, entity.labels["en"]) == ("https://w3id.org/cbec-kg/id/shein", "希音", "Shein")
    assert entity.facts["使用"][0].label == "独立站"
    assert entity.sources
    assert entity.claims[0].label
    assert entity == remote.entity("id:shein", lang="zh")
    assert repr(entity).startswith("希音 id:shein\n")
    assert "Wholesale" not in entity._repr_html_()
    assert entity.as_json()["code"] == "shein"
    assert local.entity("Shein", most=1).as_json()["more_aliases"] > 0


def test_the_environment_is_not_looked_at(built_store, tmp_path, monkeypatch):
    monkeypatch.setenv("CBEC_KG_STORE", str(built_store))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(errors.StoreMissing, match=r"no graph in \.cbec-kg/store"):
        cbec_kg.open()
    paths.DEFAULT_STORE.parent.mkdir()
    paths.DEFAULT_STORE.symlink_to(built_store)
    assert cbec_kg.open().build == "0001"


@pytest.mark.parametrize(
    ("store", "error", "says"),
    [
        ("nowhere", errors.StoreMissing, "no graph in nowhere"),
        (Path("nowhere"), errors.StoreMissing, "no graph in nowhere"),
        (" ", errors.StoreError, "the store's name is empty"),
        (3, errors.StoreError, "the store is of type int"),
        ("http://me:secret@localhost/sparql", errors.StoreError, "holds a name or a password"),
    ],
)
def test_what_is_no_graph_is_said_when_it_is_opened(store, error, says):
    with pytest.raises(error, match=says) as caught:
        cbec_kg.open(store)
    assert "secret" not in str(caught.value)


def test_a_graph_stays_with_its_build(tmp_path):
    write(tmp_path / "kg", "shein")
    kg = cbec_kg.open(tmp_path / "kg")
    view, rows = kg.graph(), kg.sparql("SELECT ?s { ?s a cbec:Platform }")
    write(tmp_path / "kg", "shein", "temu")
    assert (count(kg), count(kg, 60), len(view), kg.build) == (1, 1, 1, "0001")
    assert count(cbec_kg.open(tmp_path / "kg")) == 2
    write(tmp_path / "kg")
    assert (count(kg), len(view)) == (1, 1)
    with pytest.raises(errors.StoreError, match="is gone, later builds have replaced it"):
        count(kg, 60)
    kg.refresh()
    assert (count(kg), count(kg, 60), kg.build) == (0, 0, "0003")
    assert (len(view), rows[0].s) == (1, "https://w3id.org/cbec-kg/id/shein")


def test_an_index_of_names_goes_with_its_build(tmp_path):
    write(tmp_path / "kg", "shein")
    kg = cbec_kg.open(tmp_path / "kg")
    assert len(kg.search("id:temu")) == 0
    write(tmp_path / "kg", "temu")
    assert len(kg.search("id:temu")) == 0
    kg.refresh()
    assert kg.sparql("ASK { id:temu a cbec:Platform }")
    assert kg._index.known is not None


def test_a_closed_graph_says_so(built_store):
    with cbec_kg.open(built_store) as kg:
        rows = kg.query("platforms/programmes")
    assert repr(kg) == "<KnowledgeGraph, closed>"
    assert rows[0].status.label == "actual"
    for ask in (
        lambda: kg.query("platforms/list"),
        lambda: kg.sparql("ASK {}"),
        kg.graph,
        kg.refresh,
        lambda: kg.ask("CBEC exports in 2022"),
    ):
        with pytest.raises(errors.StoreError, match="this graph is closed"):
            ask()


def test_threads_share_a_graph(local):
    names = [name for name in local.queries() if name.startswith(("platforms/", "figures/tr", "sources/"))] * 3
    plain = {name: local.query(name).to_csv() for name in set(names) if name != "sources/article"}
    with ThreadPoolExecutor(8) as pool:
        found = list(
            pool.map(lambda name: (name, local.query(name).to_csv()), [name for name in names if name in plain])
        )
    assert len(found) > 15
    assert all(plain[name] == told for name, told in found)


def test_importing_costs_little():
    """What `import cbec_kg` brings along, and what opening a graph does."""
    code = (
        "import sys; before = set(sys.modules); import cbec_kg; print(*sorted(set(sys.modules) - before));"
        "cbec_kg.open; print(*sorted(set(sys.argv) & set(sys.modules)))"
    )
    heavy = ("rich", "yaml", "click", "pandas", "polars", "pyarrow", "rdflib", "SPARQLWrapper")
    done = subprocess.run([sys.executable, "-c", code, *heavy], capture_output=True, text=True, check=True)
    light, found = done.stdout.split("\n")[:2]
    own = {"cbec_kg", "importlib", "importlib._bootstrap", "importlib._bootstrap_external", "warnings"}
    assert "cbec_kg" in light.split()
    assert set(light.split()) <= own
    assert found == ""


def test_the_package_offers_what_its_stub_says():
    stub = (Path(cbec_kg.__file__).parent / "__init__.pyi").read_text("utf-8")
    named = {line.rpartition(" as ")[2] for line in stub.splitlines() if " as " in line}
    assert named | {"__version__"} == set(cbec_kg.__all__) <= set(dir(cbec_kg))
    assert all(getattr(cbec_kg, name) for name in cbec_kg.__all__)
    with pytest.raises(AttributeError, match="no attribute 'opne'"):
        cbec_kg.opne  # noqa: B018
