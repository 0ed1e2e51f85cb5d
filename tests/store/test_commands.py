"""Commands that read say the same of a graph on a server as of one in a folder."""

import pytest

from cbec_kg.cli.main import main
from tests.fetch.servers import Server, reply
from tests.store.test_servers import NOTHING, RESULTS

RUNS = [
    ["answer", "cbec-trade-value", "--period", "2022", "--why", "--format", "json"],
    ["answer", "cbec-trade-value", "--period", "1999", "--lang", "zh"],
    ["answer", "cbec-trade-value", "--entity", "Chnia"],
    ["ask", "CBEC exports in 2022?"],
    ["vintages", "cbec-trade-value", "--long"],
    ["validate"],
    ["query", "platforms/programmes", "-p", "platform=shein", "--lang", "zh"],
    ["query", "platforms/programmes", "-p", "platform=Shien"],
    ["query", "platforms/programmes", "-p", "platform=shein", "--show"],
    ["sparql", "DESCRIBE id:shein", "--format", "nt"],
    ["explain", "Hangzhou", "located in", "China", "--ways", "2"],
    ["explain", "Shein", "a", "Entity", "--format", "json"],
    ["explain", "obs:cbec-trade-value_china_all_all_total_gac-total_2022", "level", "2110000000000", "--lang", "zh"],
    ["explain", "China", "located in", "Hangzhou"],
]


@pytest.mark.parametrize("run", RUNS, ids=[" ".join(run[:2]) + f" {n}" for n, run in enumerate(RUNS)])
def test_a_command(run, built_store, served, capfd):
    ours = main([*run, "--store", str(built_store)]), *capfd.readouterr()
    theirs = main([*run, "--store", served["union"].url]), *capfd.readouterr()
    assert sorted(theirs[1].splitlines()) == sorted(ours[1].splitlines())
    assert (theirs[0], theirs[2]) == (ours[0], ours[2])


def test_a_dump_is_the_folders(built_store, served, tmp_path, capfd):
    for name, store in (("ours", str(built_store)), ("theirs", served["union"].url)):
        assert main(["export", "--to", str(tmp_path / name), "--format", "nq", "--store", store]) == 0
    capfd.readouterr()
    [ours], [theirs] = (sorted((tmp_path / name).iterdir()) for name in ("ours", "theirs"))
    assert theirs.read_bytes() == ours.read_bytes()


def test_a_citation_names_no_build_of_a_server(endpoint, capfd):
    assert main(["answer", "cbec-trade-value", "--period", "2022", "--cite", "--store", endpoint.url]) == 0
    said = capfd.readouterr().out
    assert ": 2.11 trillion yuan. cbec-kg." in said
    assert "build" not in said


@pytest.mark.parametrize("run", [["export", "--to", "OUT"], ["validate"], ["answer", "cbec-trade-value"]])
def test_a_server_that_dies_on_the_way(run, tmp_path, capfd):
    """Nothing of what came before it died is told or left."""
    left = [reply(NOTHING, kind=RESULTS)]
    with Server(lambda *_: left.pop() if left else reply(status=500)) as server:
        url = server.url("/sparql")
        code = main([part.replace("OUT", str(tmp_path / "out")) for part in run] + ["--store", url])
    assert (code, *capfd.readouterr()) == (2, "", f"cbec-kg: {url} failed (500): its log says more\n")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
