"""`cbec-kg serve`: where it listens, what it refuses, how it ends, what it writes."""

import json
import os
import socket
import sys

import pytest

from cbec_kg.cli.main import main
from tests.conftest import cases
from tests.web.operation.processes import alive, children
from tests.web.operation.sockets import connected
from tests.web.serving import serving

SECRET = "tellnobody"
TOKEN = "a-token-that-nobody-may-read"


@pytest.mark.parametrize("row", cases("web/operation/cases/refused.yaml"))
def test_a_refusal_is_one_line(row, built_store, monkeypatch, capsys):
    monkeypatch.delenv("CBEC_KG_STORE", raising=False)
    monkeypatch.delenv("CBEC_KG_TOKEN", raising=False)
    if "token" in row:
        monkeypatch.setenv("CBEC_KG_TOKEN", row["token"])
    status = main(["serve", *(str(built_store) if one == "STORE" else one for one in row["arguments"])])
    said = capsys.readouterr()
    assert (status, said.out) == (2, "")
    assert row["says"] in said.err
    assert said.err.count("\n") == 1


def test_a_port_in_use(server, built_store, capsys):
    port = server.base.rpartition(":")[2]
    assert main(["serve", "--store", str(built_store), "--port", port]) == 2
    assert f"cannot listen on 127.0.0.1:{port}: another process listens there" in capsys.readouterr().err


def test_without_its_libraries_the_command_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    monkeypatch.delitem(sys.modules, "cbec_kg.web.running", raising=False)
    assert main(["serve"]) == 2
    said = capsys.readouterr().err
    assert said == "cbec-kg: serving needs uvicorn, which is not installed: .venv/bin/pip install -e '.[serve]'\n"


@pytest.fixture(scope="module")
def stopped(built_store):
    """A server that was asked some things, and told to stop while a connection was open; what it left."""
    options = ("--readers", "1", "--writable", "--root-path", "/kg", "--log-format", "json")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(f"\0cbec-kg-{os.getpid()}")
        environment = {"CBEC_KG_TOKEN": TOKEN, "NOTIFY_SOCKET": f"@cbec-kg-{os.getpid()}"}
        with serving(built_store, *options, environment=environment) as served:
            readers = children(served.process.pid)
            bearer = {"Authorization": f"Bearer {TOKEN}"}
            answers = [
                served.request("GET", f"/robots.txt?query={SECRET}", headers=bearer),
                served.request("GET", "/health/live"),
                served.request("POST", f"/nothing?{SECRET}", headers=bearer, content=f"query={SECRET}"),
                served.request("GET", "/nothing", headers={"X-Request-ID": "from-outside", "Cookie": SECRET}),
            ]
            with connected(served.base):
                status = served.stop()
            systemd.settimeout(5)
            said = [systemd.recv(100) for _ in range(2)]
            return answers, status, readers, said, served.lines()


def test_told_to_stop_it_ends_well(stopped):
    _, status, readers, said, _ = stopped
    assert status == 0
    assert readers
    assert not [reader for reader in readers if alive(reader)]
    assert said == [b"READY=1", b"STOPPING=1"]


def test_the_log_has_a_line_for_each_request_but_those_of_health(stopped):
    answers, _, _, _, lines = stopped
    rows = [json.loads(line) for line in lines]
    assert [(row["method"], row["path"], row["status"]) for row in rows] == [
        ("GET", "/kg/robots.txt", 200), ("POST", "/kg/nothing", 404), ("GET", "/kg/nothing", 404),
    ]  # fmt: skip
    assert [row["request"] for row in rows] == [answers[at].headers["x-request-id"] for at in (0, 2, 3)]
    assert rows[2]["request"] == "from-outside"
    assert rows[0]["bytes"] == len(answers[0].content)
    assert {row["client"] for row in rows} == {"127.0.0.1"}


def test_nothing_that_was_asked_is_in_the_log(stopped):
    *_, lines = stopped
    text = "\n".join(lines)
    assert "/kg/nothing" in text
    assert SECRET not in text
    assert TOKEN not in text
