"""Writing by HTTP: who may, what it answers, and that an overrun changes nothing."""

import pytest

from cbec_kg.store.embedded import EmbeddedStore
from cbec_kg.store.pool.limits import Limits
from tests.conftest import cases
from tests.web.serving import inside
from tests.web.sparql.conftest import ENDLESS, TOKEN

BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.mark.parametrize("row", cases("web/sparql/cases/writing.yaml"))
def test_what_is_written(row, writable):
    headers = BEARER | {"Content-Type": row.get("kind", "")}
    answer = writable.request(
        row.get("method", "POST"), row.get("path", "/update"), headers=headers, content=row.get("body", "")
    )
    assert answer.status_code == row["status"], answer.text
    for part in row.get("says", ()):
        assert part in answer.text
    assert len(answer.text.splitlines()) == (answer.status_code >= 400)
    assert "access-control-allow-origin" not in answer.headers or row.get("path", "").startswith("/store")


def test_readers_see_what_was_written(writable):
    headers = BEARER | {"Content-Type": "text/turtle"}
    for number in (1, 2):
        writable.request("PUT", "/store?graph=x:seen", headers=headers, content=f"<s> <x:p> {number} .")
        assert f' <x:p> "{number}"^^' in writable.get("/store?graph=x:seen&format=nt").text
        assert writable.get(f"/sparql?query=ASK+{{+GRAPH+<x:seen>+{{+?s+?p+{number}+}}+}}").json()["boolean"]


@pytest.mark.parametrize(
    ("sent", "says"),
    [({}, "needs a token"), ({"Authorization": "Bearer another-token-of-tests"}, "not this server's"),
     ({"Authorization": f"Basic {TOKEN}"}, "needs a token")],
)  # fmt: skip
@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/update"), ("PUT", "/store?graph=x:t"), ("DELETE", "/store?default")]
)
def test_who_bears_no_token_is_refused(writable, sent, says, method, path):
    answer = writable.request(method, path, headers=sent | {"Content-Type": "application/sparql-update"})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer ")
    assert says in answer.text


def test_an_update_that_does_not_end_is_stopped(small):
    before = EmbeddedStore(small).graphs()
    endless = f"INSERT {{ GRAPH <x:z> {{ <x:s> <x:p> ?x0 }} }} WHERE {{ {ENDLESS} }}"
    headers = BEARER | {"Content-Type": "application/sparql-update"}
    with inside(small, writable=True, token=TOKEN, readers=1, limits=Limits(seconds=1.5)) as client:
        answer = client.post("/update", content=endless, headers=headers)
    assert answer.status_code == 503
    assert "nothing was changed" in answer.text
    assert EmbeddedStore(small).graphs() == before
