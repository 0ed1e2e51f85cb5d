import pytest

from cbec_kg.errors import BadParameter
from cbec_kg.namespaces import expand
from cbec_kg.query.labels import labels_of
from cbec_kg.query.resolve import Resolver
from cbec_kg.query.saved import Bilingual, Param
from cbec_kg.rdf.parse import parse_quads
from cbec_kg.store.embedded import MemoryStore
from tests.conftest import cases

GRAPH = """
@prefix cbec: <https://w3id.org/cbec-kg/ontology#> .
@prefix id: <https://w3id.org/cbec-kg/id/> .
@prefix voc: <https://w3id.org/cbec-kg/vocab/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
cbec:Platform rdfs:subClassOf cbec:Company . cbec:Group rdfs:subClassOf cbec:Company .
id:aliexpress a cbec:Platform ; rdfs:label "AliExpress"@en , "速卖通"@zh ; skos:altLabel "Ali Express"@en .
id:shein a cbec:Platform ; rdfs:label "Shein"@en .
id:good a cbec:Platform ; rdfs:label 'The "Good" Shop'@en .
id:tmall a cbec:Platform ; rdfs:label "Tmall"@en . id:tmall-global a cbec:Platform ; rdfs:label "tmall"@en .
id:alibaba a cbec:Platform ; rdfs:label "Alibaba"@en ; skos:altLabel "阿里"@zh .
id:alibaba-group a cbec:Group ; rdfs:label "Alibaba Group"@en ; skos:altLabel "Alibaba"@en , "阿里"@zh .
voc:flow-total a cbec:Flow ; rdfs:label "imports and exports"@en , "进出口"@zh , "Ein- und Ausfuhr"@de .
voc:flow-total skos:notation "total" .
voc:de a cbec:Thing ; rdfs:label "nur deutsch"@de , "nur französisch"@fr .
voc:plain a cbec:Thing ; rdfs:label "plain" .
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("graph") / "graph.ttl"
    path.write_text(GRAPH, "utf-8")
    return MemoryStore(parse_quads(path))


@pytest.mark.parametrize("case", cases("query/cases/names.yaml"))
def test_a_name_means_one_thing_or_is_refused(case, store):
    param = Param("x", "iri", Bilingual("X"), cls=expand(case["cls"]) if "cls" in case else None)
    if "thing" in case:
        assert Resolver(store)(param, case["name"]).value == expand(case["thing"])
        return
    with pytest.raises(BadParameter) as caught:
        Resolver(store)(param, case["name"])
    assert case["said"] in str(caught.value)


@pytest.mark.parametrize(
    ("thing", "lang", "label"),
    [
        ("id:aliexpress", "en", "AliExpress"),
        ("id:aliexpress", "zh", "速卖通"),
        ("id:shein", "zh", "Shein"),
        ("voc:flow-total", "en", "imports and exports"),
        ("voc:de", "en", "nur deutsch"),
        ("voc:plain", "zh", "plain"),
        ("id:nobody", "en", None),
    ],
)
def test_a_label_is_in_the_language_or_the_next_best(thing, lang, label, store):
    assert labels_of(store, [expand(thing)], lang).get(expand(thing)) == label


def test_many_labels_are_read_in_portions(store, monkeypatch):
    monkeypatch.setattr("cbec_kg.query.labels._AT_ONCE", 2)
    things = [expand(name) for name in ("id:aliexpress", "id:shein", "id:tmall", "voc:plain", "id:nobody")]
    assert len(labels_of(store, things, "en")) == 4
    assert labels_of(store, [], "en") == {}
