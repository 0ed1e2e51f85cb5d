"""A claim that something is planned or denied is no evidence of what holds: it never stands beside such a relation."""

import pytest

from cbec_kg import paths
from cbec_kg.namespaces import expand
from cbec_kg.query.catalogue import Catalogue
from cbec_kg.rdf.terms import NamedNode, Quad

from .shelf import Copy, answer, written

CATALOGUE = Catalogue(paths.queries())


@pytest.fixture(scope="module")
def copy(graph):
    return Copy(graph.quads(""))


@pytest.mark.parametrize("status", ["voc:status-planned", "voc:status-denied"])
@pytest.mark.parametrize(
    ("query", "subject", "relation", "object"),
    [
        ("actors/based-in", "id:tencent", "cbec:headquarteredIn", "id:shenzhen"),
        ("actors/owners", "id:alibaba-group", "cbec:owns", "id:lazada"),
        ("entities/relations", "id:alibaba-group", "cbec:owns", "id:lazada"),
    ],
)
def test_it_is_no_evidence_of_a_relation_that_holds(query, subject, relation, object, status, copy):
    claim = NamedNode(expand("claim:made-up"))
    place = copy.matching(None, "cbec:inArticle", "art:003_df624e09d33e8050")[0].subject
    about = {"subject": subject, "predicate": relation, "object": object, "status": status}
    quads = [Quad(claim, NamedNode(expand(f"cbec:{key}")), NamedNode(expand(value))) for key, value in about.items()]
    quads.append(Quad(claim, NamedNode(expand("cbec:evidence")), place))
    found = CATALOGUE.find(query)
    before = written(answer(found, {}, copy))
    with copy.beside(quads):
        assert written(answer(found, {}, copy)) == before
