"""Where credentials come from, where they go, and that nothing tells them."""

import pytest

from cbec_kg.cli.main import main
from cbec_kg.errors import StoreError
from cbec_kg.store.remote.credentials import Credentials, find_credentials
from cbec_kg.store.remote.endpoint import Endpoint
from tests.conftest import cases
from tests.fetch.servers import Server, reply
from tests.store.test_servers import NOTHING, RESULTS, quiet

__all__ = ["quiet"]

HERE, SAFE, OPEN = (
    Endpoint.of(url) for url in ("http://localhost:3030/ds", "https://example.org/q", "http://example.org/q")
)
NETRC = "machine localhost login me password kept-quiet\ndefault login other password for-anybody\n"


@pytest.mark.parametrize(
    ("environment", "endpoint", "header"),
    [
        ({}, HERE, None),
        ({"CBEC_KG_TOKEN": "t"}, HERE, "Bearer t"),
        ({"CBEC_KG_TOKEN": "t", "CBEC_KG_USER": "u", "CBEC_KG_PASSWORD": "p"}, SAFE, "Bearer t"),
        ({"CBEC_KG_USER": "u", "CBEC_KG_PASSWORD": "p"}, SAFE, "Basic dTpw"),
        ({"CBEC_KG_USER": "u"}, SAFE, "Basic dTo="),
        ({"CBEC_KG_PASSWORD": "p"}, SAFE, None),
        ({"NETRC": NETRC}, HERE, "Basic bWU6a2VwdC1xdWlldA=="),
        ({"HOME": NETRC}, HERE, "Basic bWU6a2VwdC1xdWlldA=="),
        ({"NETRC": NETRC}, SAFE, None),
        ({"NETRC": NETRC.replace("localhost", "example.org")}, SAFE, "Basic bWU6a2VwdC1xdWlldA=="),
        ({"NETRC": NETRC.replace("localhost", "example.org")}, OPEN, None),
        ({"NETRC": NETRC, "CBEC_KG_TOKEN": "t"}, HERE, "Bearer t"),
        ({"HOME": "/nowhere"}, HERE, None),
    ],
)
def test_where_they_come_from(environment, endpoint, header, tmp_path):
    (tmp_path / ".netrc").write_text(environment.get("NETRC") or environment.get("HOME") or "")
    places = {"NETRC": str(tmp_path / ".netrc"), "HOME": str(tmp_path)}
    given = {name: places.get(name, value) if "machine" in value else value for name, value in environment.items()}
    found = find_credentials(endpoint, given)
    assert (found.header if found else None) == header


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"CBEC_KG_TOKEN": "kept\nquiet"}, "the token for the server cannot be sent"),
        ({"CBEC_KG_TOKEN": "kept 希音"}, "the token for the server cannot be sent"),
        ({"CBEC_KG_USER": "a:b", "CBEC_KG_PASSWORD": "kept"}, "a name has no colon"),
        ({"CBEC_KG_USER": "a", "CBEC_KG_PASSWORD": "kept\r\nX-Other: 1"}, "cannot be sent"),
        ({"NETRC": "nowhere"}, "nowhere cannot be read: No such file"),
        ({"NETRC": "broken"}, "broken:1: it is no netrc file"),
    ],
)
def test_what_cannot_be_sent_or_read(environment, says, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken").write_text("machine localhost login me kept-quiet kept\n")
    with pytest.raises(StoreError) as raised:
        find_credentials(HERE, environment)
    assert says in str(raised.value)
    assert "kept" not in str(raised.value)


@pytest.mark.parametrize("case", cases("store/cases/addresses.yaml"))
def test_addresses_that_are_refused(case, quiet, capfd):
    if not case.get("quiet"):
        quiet.setenv("CBEC_KG_TOKEN", "kept-quiet")
    code = main(["query", "figures/total", "--store", case["store"]])
    assert (code, *capfd.readouterr()) == (2, "", f"cbec-kg: {case['says']}\n")


def test_a_key_in_the_address_is_sent_and_not_shown(quiet, capfd):
    with Server(lambda path, _: reply(NOTHING, kind=RESULTS) if "all" in path else reply(status=500)) as server:
        assert main(["sparql", "ASK { }", "--store", server.url("/sparql?key=kept-quiet")]) == 2
        assert all("key=kept-quiet" in path for path, _ in server.asked)
        said = capfd.readouterr().err
        assert said == f"cbec-kg: {server.url('/sparql')} failed (500): its log says more\n"


def test_the_command_line_sends_what_the_environment_holds(quiet, capfd):
    quiet.setenv("CBEC_KG_USER", "me")
    quiet.setenv("CBEC_KG_PASSWORD", "kept-quiet")
    quiet.setenv("CBEC_KG_DEBUG", "1")
    with Server(lambda *_: reply(status=401)) as server:
        assert main(["sparql", "ASK { }", "--store", server.url("/sparql")]) == 2
        assert [headers["authorization"] for _, headers in server.asked] == ["Basic bWU6a2VwdC1xdWlldA=="]
        url = server.url("/sparql")
    assert (
        capfd.readouterr().err
        == f"cbec-kg: {url} wants to know who asks (401): it does not take what was sent of you\n"
    )


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/html", b"<title>Hello kept_quiet</title>"),
        ("Kept/kept_quiet", b""),
        (RESULTS, b'{"head": {"vars": ["kept_quiet"]}, "results": {"bindings": []}}'),
    ],
)
def test_what_a_server_sends_back_is_not_told(kind, body, quiet, capfd):
    quiet.setenv("CBEC_KG_TOKEN", "kept_quiet")
    with Server(
        lambda path, _: reply(NOTHING if "all" in path else body, kind=RESULTS if "all" in path else kind)
    ) as server:
        assert main(["sparql", "SELECT ?x { ?x ?y ?z }", "--store", server.url("/sparql")]) == 2
    said = capfd.readouterr().err
    assert "***" in said
    assert "kept_quiet" not in said


def test_secrets_are_not_in_reprs():
    for made in (Credentials.basic("me", "kept"), Credentials.bearer("kept")):
        assert "kept" not in f"{made!r} {made} {made!a}"
