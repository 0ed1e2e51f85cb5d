"""The built graph as Python has it: of a folder, and of a server that holds the same."""

import pyoxigraph
import pytest

import cbec_kg
from cbec_kg.store.builds import current
from tests.store.sparql_server import Endpoint


@pytest.fixture(scope="session")
def local(built_store):
    with cbec_kg.open(built_store) as kg:
        yield kg


@pytest.fixture(scope="session")
def remote(built_store):
    with Endpoint(pyoxigraph.Store.read_only(str(current(built_store)))) as server:
        yield cbec_kg.open(server.url)


@pytest.fixture(params=["local", "remote"])
def kg(request):
    """Both, one after the other."""
    return request.getfixturevalue(request.param)
