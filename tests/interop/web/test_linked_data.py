"""Names of each kind over HTTP: a name leads on, its page is there, and so are its data, one graph in all forms."""

import os
from collections.abc import Iterator, Sequence

import pyoxigraph
import pytest

from cbec_kg.namespaces import BASE
from cbec_kg.rdf.formats import by_name
from cbec_kg.rdf.terms import NamedNode
from cbec_kg.store.embedded import EmbeddedStore
from cbec_kg.web.addresses import Addresses
from cbec_kg.web.data.forms import DATA, PAGE, Form
from tests.web.serving import Served, serving

pytestmark = pytest.mark.skipif("CBEC_KG_INTEROP" not in os.environ, reason="asks some 600 times: `make interop`")


@pytest.fixture(scope="module")
def server(built_store) -> Iterator[Served]:
    with serving(built_store) as served:
        yield served


OF_A_KIND = 10
"""So many names of each kind are asked for, spread over all of them; what a kind is, its path says."""
ALL_FORMS = 10
"""Of so many names one is asked for in all forms, the others in one form of data each, in turn."""


def test_names_of_each_kind_are_answered_with_a_page_and_data(server, built_store):
    names = {
        term.value.partition("#")[0]
        for quad in EmbeddedStore(built_store).quads()
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name)
        if isinstance(term, NamedNode) and term.value.startswith(BASE)
    } - {BASE}
    assert len(names) > 4_000
    kinds: dict[str, list[str]] = {}
    for name in sorted(names):
        kinds.setdefault(name.removeprefix(BASE).partition("/")[0], []).append(name)
    assert len(kinds) > 10
    some = [name for kind in kinds.values() for name in kind[:: -(-len(kind) // OF_A_KIND)]]
    wrong = [
        f"{name}: {said}"
        for place, name in enumerate(some)
        if (said := told(server, name, DATA if place % ALL_FORMS == 0 else (DATA[place % len(DATA)],)))
    ]
    assert wrong == []


def told(server: Served, name: str, forms: Sequence[Form]) -> str:
    """What is wrong with the answers to a name; empty where nothing is."""
    address = Addresses(None).path_of(name) or ""
    lead = server.get(address, accept="text/html")
    if lead.status_code != 303:
        return f"{lead.status_code} where 303 should be"
    page = server.get(lead.headers["location"])
    if (page.status_code, page.headers["content-type"].partition(";")[0]) != (200, PAGE.media_type):
        return f"{page.status_code} for its page"
    first = None
    for form in forms:
        to = server.get(address, accept=form.media_type).headers["location"]
        data = server.get(to)
        if data.status_code != 200:
            return f"{data.status_code} for {to}"
        dataset = pyoxigraph.Dataset(pyoxigraph.parse(data.content, format=by_name(form.rdf).rdf_format))
        dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.UNSTABLE)
        found = set(dataset)
        if not found or found != (first := first or found):
            return f"{to} holds {len(found)} statements, another form {len(first or ())}"
    return ""
