"""The process that a host starts: what it writes where, how it ends, and what it leaves behind (nothing)."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.mcp.conftest import TIMEOUT, talk

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
HELLO = {
    "jsonrpc": "2.0", "id": 1, "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}},
}  # fmt: skip
READY = {"jsonrpc": "2.0", "method": "notifications/initialized"}


def tool_call(number: int, name: str, **arguments: object) -> dict:
    params = {"name": name, "arguments": arguments}
    return {"jsonrpc": "2.0", "id": number, "method": "tools/call", "params": params}


@pytest.fixture
def started(built_store):
    """Starts servers, and ends those that a failed test leaves."""
    processes = []

    def start(*arguments: str, **environment: str) -> subprocess.Popen:
        command = [sys.executable, "-m", "cbec_kg", "mcp", "--store", str(built_store), *arguments]
        processes.append(
            subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=ROOT,
                text=True,
                env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **environment},
            )
        )
        return processes[-1]

    yield start
    for process in processes:
        process.kill()
        process.wait(TIMEOUT)
        for stream in (process.stdin, process.stdout, process.stderr):
            stream.close()


def say(process: subprocess.Popen, *messages: dict | str) -> None:
    for message in messages:
        process.stdin.write((message if isinstance(message, str) else json.dumps(message)) + "\n")
    process.stdin.flush()


def hear(process: subprocess.Popen) -> dict:
    return json.loads(process.stdout.readline())


def children(process: subprocess.Popen) -> list[int]:
    """Of all its threads: each has those that it started."""
    threads = Path(f"/proc/{process.pid}/task").glob("*/children")
    return [int(number) for thread in threads for number in thread.read_text().split()]


def running(number: int) -> bool:
    """Whether a process is there and is no zombie."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def at_work(process: subprocess.Popen) -> int:
    """Sends a query that does not end, and waits until a child is at it."""
    say(process, HELLO, READY, tool_call(2, "sparql", query=RUNAWAY, timeout=60))
    assert hear(process)["id"] == 1
    return soon(lambda: next(iter(children(process)), None))


def soon(ask):
    deadline = time.monotonic() + TIMEOUT
    while time.monotonic() < deadline:
        if answer := ask():
            return answer
        time.sleep(0.02)
    raise AssertionError("it did not come")


def test_it_ends_when_its_input_does(started):
    process = started()
    out, err = process.communicate("", timeout=TIMEOUT)
    assert (process.returncode, out, err) == (0, "", "")


def test_nothing_but_the_protocol_is_written(started):
    process = started()
    say(process, HELLO, READY, "this is no JSON", '{"a": 1}', tool_call(2, "figures_total", period="2022"))
    assert [hear(process)["id"], hear(process)["id"]] == [1, 2]
    say(process, tool_call(3, "figures_total", period="no period"))
    assert hear(process)["result"]["isError"]
    rest, err = process.communicate(timeout=TIMEOUT)
    assert all(json.loads(line)["jsonrpc"] == "2.0" for line in rest.splitlines())
    assert "Traceback" not in err
    assert process.returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="children are found in /proc")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_and_its_query(started, number):
    process = started()
    child = at_work(process)
    process.send_signal(number)
    assert process.wait(TIMEOUT) == 0
    soon(lambda: not running(child))


@pytest.mark.skipif(sys.platform != "linux", reason="children are found in /proc")
def test_the_end_of_input_ends_its_query(started):
    process = started()
    child = at_work(process)
    process.stdin.close()
    assert process.wait(TIMEOUT) == 0
    soon(lambda: not running(child))


@pytest.mark.skipif(sys.platform != "linux", reason="children are found in /proc")
def test_a_call_that_is_taken_back_ends_its_query_and_others_are_answered_meanwhile(started):
    process = started()
    child = at_work(process)
    say(process, tool_call(3, "figures_total", period="2022"))
    assert hear(process)["id"] == 3
    assert running(child)
    say(process, {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 2}})
    soon(lambda: not children(process))
    say(process, tool_call(4, "figures_total", period="2022"))
    assert soon(lambda: hear(process).get("id") == 4)


def test_what_cannot_start_says_so_in_one_line(tmp_path):
    broken = tmp_path / "queries" / "mine"
    broken.mkdir(parents=True)
    (broken / "bad.rq").write_text("#+ summary: [\nSELECT * {}", "utf-8")
    fake = tmp_path / "fake" / "mcp"
    fake.mkdir(parents=True)
    (fake / "__init__.py").write_text("raise ImportError", "utf-8")
    for arguments, environment, says in (
        (["--store", str(tmp_path / "none")], {}, "no graph in"),
        (["--topic", "platfroms"], {}, "did you mean platforms?"),
        (["--queries", str(tmp_path / "queries")], {}, "bad.rq:1"),
        ([], {"PYTHONPATH": str(fake.parent)}, 'pip install "cbec-kg[mcp]"'),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "cbec_kg", "mcp", *arguments],
            capture_output=True, text=True, input="", cwd=ROOT, timeout=TIMEOUT,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **environment},
        )  # fmt: skip
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.count("\n") == 1
        assert says in done.stderr


@pytest.mark.parametrize(("mode", "version"), [("legacy", "2025-11-25"), ("auto", "2026-07-28")])
def test_both_kinds_of_clients_are_served(built_store, mode, version):
    async def said(client):
        return client.protocol_version, await client.call_tool("platforms_programmes", {})

    assert talk(built_store, said, mode=mode)[0] == version


def test_queries_of_ones_own(built_store, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "names.rq").write_text(
        "#+ summary: Names\n#+ columns: {name: string}\n"
        "SELECT ?name { <https://w3id.org/cbec-kg/id/shein> "
        "<http://www.w3.org/2000/01/rdf-schema#label> ?name } ORDER BY ?name\n",
        "utf-8",
    )

    async def said(client):
        return (await client.list_tools()).tools, await client.call_tool("mine_names", {})

    tools, result = talk(built_store, said, "--queries", str(tmp_path))
    assert "mine_names" in {tool.name for tool in tools}
    assert {"name": "Shein"} in result.structured_content["rows"]


@pytest.mark.skipif(sys.platform != "linux", reason="children are found in /proc")
def test_a_query_of_ones_own_that_does_not_end_holds_nobody_up_and_ends_with_the_server(started, tmp_path):
    (tmp_path / "mine").mkdir()
    header = "#+ summary: Counted\n#+ columns: {n: integer}\n"
    (tmp_path / "mine" / "runaway.rq").write_text(header + RUNAWAY, "utf-8")
    (tmp_path / "mine" / "quick.rq").write_text(header + "SELECT ?n { VALUES ?n { 1 } }", "utf-8")
    process = started("--queries", str(tmp_path))
    say(process, HELLO, READY, tool_call(2, "mine_runaway"))
    assert hear(process)["id"] == 1
    child = soon(lambda: next(iter(children(process)), None))
    say(process, tool_call(3, "mine_quick"))
    answer = hear(process)
    assert (answer["id"], answer["result"]["structuredContent"]["rows"]) == (3, [{"n": 1}])
    process.stdin.close()
    assert process.wait(TIMEOUT) == 0
    soon(lambda: not running(child))


def test_a_query_that_asks_other_servers_says_so(tmp_path):
    from cbec_kg.mcp.saved_queries import saved_tool
    from cbec_kg.query.header import parse_saved

    header = "#+ summary: Names\n#+ columns: {name: string}\n"
    body = "SELECT ?name { SERVICE <https://query.wikidata.org/sparql> { ?s ?p ?name } }"
    assert saved_tool(parse_saved(header + body, "a/b", tmp_path), "en").federated
    assert not saved_tool(parse_saved(f"{header}SELECT ?name {{ ?s ?p ?name }}", "a/b", tmp_path), "en").federated


def test_two_queries_of_one_name_are_refused(tmp_path):
    from cbec_kg.errors import CbecError
    from cbec_kg.mcp.saved_queries import tool_names

    with pytest.raises(CbecError, match="a/b-c and a-b/c would be one tool"):
        tool_names(["a-b/c", "a/b-c"])
    with pytest.raises(CbecError, match="too long for a tool's name"):
        tool_names([f"a/{'b' * 60}"])
    with pytest.raises(CbecError, match="would be one tool, sparql_x"):
        tool_names(["sparql/x"], ["sparql_x"])
