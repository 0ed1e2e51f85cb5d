"""Whatever a server does: its rows, or one line that names it and the cause, exit 2, and nothing on standard output."""

from urllib.parse import unquote_plus

import pytest

from cbec_kg.cli.main import main
from tests.conftest import cases
from tests.fetch.servers import Server, reply

QUERY = "SELECT ?platform ?n { ?platform a cbec:Platform }"
RESULTS = "application/sparql-results+json"
NOTHING = b'{"head": {"vars": ["s"]}, "results": {"bindings": []}}'
WHOLE = (
    b'{"head": {"vars": ["platform", "n"]}, "results": {"bindings": ['
    b'{"platform": {"type": "uri", "value": "https://w3id.org/cbec-kg/id/shein"}, "n": '
    b'{"type": "literal", "value": "1"}},'
    b'{"platform": {"type": "bnode", "value": "nodeID://b1"}}]}}'
)


def steps(case: dict, port: int) -> list:
    """What a row says is sent."""
    if "raw" in case:
        sent = [case["raw"].encode("latin-1")]
    else:
        body = WHOLE if case.get("body") == "whole" else case.get("body", "").encode()
        body = body[: case.get("cut")] + case.get("more", "").encode()
        headers = {name: str(value).replace("PORT", str(port)) for name, value in case.get("headers", {}).items()}
        sent = reply(body, case.get("status", 200), case.get("kind", RESULTS), **headers)
    return sent + {"silence": [("wait", 30)], "drip": [("drip", b"y" * 1000)]}.get(case.get("then"), [])


@pytest.fixture
def quiet(monkeypatch, tmp_path):
    """No credentials of the machine's."""
    for name in ("CBEC_KG_TOKEN", "CBEC_KG_USER", "CBEC_KG_PASSWORD", "NETRC", "CBEC_KG_STORE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    return monkeypatch


@pytest.mark.parametrize("case", cases("store/cases/servers.yaml"))
def test_a_bad_server_is_one_line(case, quiet, capfd):
    def answers(path: str, _: dict) -> list:
        if case.get("at") != "first" and "graph/all" in unquote_plus(path):
            return reply(NOTHING, kind=RESULTS)
        return steps(case, server.port)

    for name, value in case.get("environment", {}).items():
        quiet.setenv(name, value)
    with Server(answers) as server:
        url = server.url("/sparql")
        run = ["sparql", case.get("run", QUERY), "--timeout", "1.5" if "then" in case else "20", "--store", url]
        code = main(run)
        out, err = capfd.readouterr()
        assert err == f"cbec-kg: {case['says'].replace('URL', url).replace('PORT', str(server.port))}\n"
        assert (code, out) == (2, "")
        if "requests" in case:
            assert len(server.asked) == case["requests"]


def test_a_sound_server_is_no_error(quiet, capfd):
    """The rows above fail for what they say, not for the rest of the answer."""
    answers = {True: reply(NOTHING, kind=RESULTS), False: reply(WHOLE, kind=RESULTS)}
    with Server(lambda path, _: answers["graph/all" in unquote_plus(path)]) as server:
        assert main(["sparql", QUERY, "--format", "csv", "--store", server.url("/sparql")]) == 0
    assert capfd.readouterr() == ("platform,n\r\nhttps://w3id.org/cbec-kg/id/shein,1\r\n_:b0,\r\n", "")
