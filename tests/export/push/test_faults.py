"""A push that goes wrong, as a person meets it: one line, and nobody else is told who we are."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cbec_kg.rdf.canonical import nquads
from cbec_kg.store.builds import new_build
from cbec_kg.store.embedded import EmbeddedStore
from tests import command
from tests.conftest import ROOT, cases
from tests.export.dataset import small_store
from tests.export.push.conftest import without
from tests.export.push.server import GraphStore, digest_realm, fixed
from tests.export.push.test_push import FOREIGN, Quad


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A store folder with the small graph."""
    place = tmp_path_factory.mktemp("small") / "store"
    place.mkdir()
    new_build(place, small_store().quads())
    return place


def process(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "cbec_kg", "push", *arguments]


def environment(**more: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "NO_COLOR": "1", "HOME": "/nonexistent", "LC_ALL": "C.UTF-8", **more}


def run(folder: Path, *arguments: str, full: bool = False, **more: str) -> subprocess.CompletedProcess:
    """``full`` starts a process that has a kilobyte for each file that it writes; others run in this one."""
    told = environment(**{"CBEC_KG_STORE": str(folder), "PYTHONDONTWRITEBYTECODE": "1", **more})
    if not full:
        return command.run("push", *arguments, environment=told)
    limited = ["sh", "-c", 'ulimit -f 2; exec "$@"', "sh"]
    return subprocess.run(
        [*limited, *process(*arguments)], capture_output=True, text=True, env=told, cwd=ROOT, timeout=120
    )


@pytest.mark.parametrize("case", cases("export/push/faults.yaml"))
def test_what_goes_wrong_is_one_line(case, folder):
    with GraphStore() as server, GraphStore() as other:
        base, there = server.url.removesuffix("/store"), other.url.removesuffix("/store")

        def filled(text: object) -> str:
            return str(text).replace("BASE", base).replace("OTHER", there)

        if isinstance(fault := case.get("fault"), list):
            status, text, *headers = fault
            fault = (status, text, {name: filled(value) for name, value in headers[0].items()} if headers else {})
        server.fault = lambda number, method, path: fault if method == case.get("method", "PUT") else None
        if "loses" in case:
            server.taken = lambda quad: case["loses"] not in str(quad.predicate)
        if "foreign" in case:
            server.store.add(Quad(FOREIGN, FOREIGN, FOREIGN))
        options = [filled(option) for option in case.get("options", [])]
        to, full = filled(case.get("to", server.url)), case.get("full", False)
        done = run(folder, "--to", to, *options, full=full, **case.get("environment", {}))
        assert not other.asked
    assert done.returncode == case.get("exit", 2), done.stdout + done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    assert done.stderr.startswith("cbec-kg: ")
    assert not done.stdout
    for part in case["says"]:
        assert filled(part) in done.stderr, done.stderr
    for part in case.get("hides", []):
        assert part not in done.stderr


SAYS_WHO = {
    "basic": ({"CBEC_KG_USER": "me", "CBEC_KG_PASSWORD": "se:cret"}, fixed("Basic bWU6c2U6Y3JldA==", "Basic realm=x")),
    "bearer": ({"CBEC_KG_TOKEN": "abc.def"}, fixed("Bearer abc.def", "Bearer")),
    "digest": ({"CBEC_KG_USER": "me", "CBEC_KG_PASSWORD": "se:cret"}, digest_realm("me", "se:cret")),
}


@pytest.mark.parametrize("scheme", SAYS_WHO)
def test_who_we_are_is_said_as_the_server_wants_it(scheme, folder):
    told, check = SAYS_WHO[scheme]
    with GraphStore() as server:
        server.authorised = check
        done = run(folder, "--to", server.url, "--batch", "0.01", **told)
        assert done.returncode == 0, done.stderr
        assert nquads(server.quads()) == nquads(EmbeddedStore(folder).quads())
        refused = [
            path for path, header in zip(server.asked, server.headers, strict=True) if not header.get("authorization")
        ]
        assert len(refused) <= 1  # a digest is brought unasked from the second request on
    assert not any(secret in done.stdout + done.stderr for secret in ("cret", "abc"))


def test_netrc_says_who_we_are(folder, tmp_path):
    file = tmp_path / "netrc"
    file.write_text("machine 127.0.0.1 login me password se:cret\n")
    file.chmod(0o600)
    with GraphStore() as server:
        server.authorised = SAYS_WHO["basic"][1]
        assert run(folder, "--to", server.url, NETRC=str(file)).returncode == 0


def test_a_token_is_for_the_server_that_is_pushed_into(folder):
    """Queries that are answered at another port are another server's: it is not told the token."""
    with GraphStore() as server, GraphStore() as other:
        other.store = server.store
        server.authorised = SAYS_WHO["bearer"][1]
        done = run(
            folder, "--to", server.url, "--sparql", other.url.replace("/store", "/query"), CBEC_KG_TOKEN="abc.def"
        )
        assert done.returncode == 0, done.stderr
        assert other.asked
        assert not [header for header in other.headers if "authorization" in header]


def test_a_process_that_is_killed_at_any_moment_is_gone_on_with(folder):
    """The server kills the client, now before it has done what was asked, now after; each run gets further."""
    killed = 0
    with GraphStore() as server:
        while True:
            allowed, before, running = 8 + killed, len(server.asked), None

            def kill(number: int, method: str, path: str) -> object:
                if number - before < allowed:  # noqa: B023 - called within this round only
                    return None
                running.kill()  # noqa: B023
                running.wait()  # noqa: B023
                return "hang up" if number % 2 else "hang up after"

            started = process("--to", server.url, "--batch", "0.01")
            with server.lock:  # no request is answered until we know whom to kill
                server.fault = kill
                running = subprocess.Popen(
                    started, env=environment(CBEC_KG_STORE=str(folder)), cwd=ROOT,
                    stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                )  # fmt: skip
            _, err = running.communicate(timeout=60)
            if running.returncode == 0:
                break
            assert running.returncode == -9, err
            killed += 1
            assert killed < 40
        assert nquads(server.quads()) == nquads(EmbeddedStore(folder).quads())
    assert killed >= 3


def test_a_build_that_forgot_is_pushed_as_it_is(folder, tmp_path):
    place = tmp_path / "store"
    place.mkdir()
    rest = without(small_store(), lambda quad: "003_a" in str(quad.subject))
    new_build(place, rest.quads())
    with GraphStore() as server:
        assert run(folder, "--to", server.url).returncode == 0
        done = run(place, "--to", server.url)
        assert "removed  article_003_a  4 triples\n" in done.stdout
        assert "sent  default" in done.stdout
        assert "4 there already" in done.stdout
        assert nquads(server.quads()) == nquads(rest.quads())
