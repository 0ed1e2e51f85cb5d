"""What https://w3id.org/cbec-kg/ will answer, by a real Apache httpd with the file to hand in: ``make interop``."""

import http.client
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml

from cbec_kg import paths
from cbec_kg.namespaces import BASE, PREFIXES
from cbec_kg.ontology import catalog
from tests.conftest import ROOT, cases
from tests.interop.fetched import NotFetched, unpacked
from tests.interop.process import free_port, running

needs_a_server = pytest.mark.skipif(
    "CBEC_KG_INTEROP" not in os.environ, reason="a real server is fetched and started by `make interop`"
)
HTACCESS = ROOT / "deploy" / "w3id" / "cbec-kg" / ".htaccess"
TARGET = "https://example.org/cbec-kg"
ROWS = "interop/cases/w3id.yaml"


@contextmanager
def serving(text: str) -> Iterator[int]:
    """Port of a server with this .htaccess in the folder ``cbec-kg``."""
    try:
        root, environment = unpacked("apache", "Apache httpd")
    except NotFetched as error:
        pytest.fail(str(error), pytrace=False)
    # pytest's own folders are closed to other users, and a server that root starts runs as one.
    # The folder for temporary files lies in pytest's own here (conftest.py), hence the system's.
    folder, port = Path(tempfile.mkdtemp(prefix="w3id-", dir="/tmp")), free_port()
    try:
        folder.chmod(0o755)
        site = folder / "www" / "cbec-kg"
        site.mkdir(parents=True)
        (site / ".htaccess").write_text(text, "utf-8")
        config = (Path(__file__).parent / "httpd.conf").read_text("utf-8")
        modules = root / "usr/lib/apache2/modules"
        for word, value in (("@FOLDER@", folder), ("@MODULES@", modules), ("@PORT@", port)):
            config = config.replace(word, str(value))
        (folder / "httpd.conf").write_text(config, "utf-8")
        command = [str(root / "usr/sbin/apache2"), "-f", str(folder / "httpd.conf"), "-DFOREGROUND"]
        with running(command, f"http://127.0.0.1:{port}/", folder / "server.log", environment):
            yield port
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def answer(port: int, path: str, accept: str | None) -> tuple[str, http.client.HTTPMessage]:
    """Status and what stands behind the target in Location, and all headers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", f"/cbec-kg/{path}", headers={"Accept": accept} if accept else {})
        response = connection.getresponse()
        response.read()
        location = response.headers.get("Location")
        if location is None:
            return str(response.status), response.headers
        assert location.startswith(f"{TARGET}/"), location
        return f"{response.status} {location.removeprefix(f'{TARGET}/')}", response.headers
    finally:
        connection.close()


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serving(HTACCESS.read_text("utf-8")) as number:
        yield number


@needs_a_server
@pytest.mark.parametrize("row", cases(ROWS))
def test_a_path_leads_where_it_should(row, port):
    found, headers = answer(port, row["path"], row.get("accept"))
    assert found == row["leads"]
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "Accept" in [name.strip() for name in headers["Vary"].split(",")]


@needs_a_server
def test_every_ontology_of_the_catalog_leads_to_its_turtle(port):
    names = [name.removeprefix(BASE) for name in catalog.read(paths.ontology() / "catalog-v001.xml")]
    assert len(names) > 40
    for name in names:
        assert answer(port, name, "text/turtle")[0] == f"303 {name}.ttl"


WRONG = {
    "another suffix": ("E=EXT:rdf]", "E=EXT:owl]"),
    "another status": ("/$0.%{ENV:EXT} [R=303,L]\n\n# The namespace", "/$0.%{ENV:EXT} [R=302,L]\n\n# The namespace"),
    "q is not read": ("(?:;\\s*q=([\\d.]+))?", "(?:;\\s*q=[\\d.]+)?()"),
    "zeros are kept": ("0(?:\\.\\d*[1-9])?", "0(?:\\.\\d*)?"),
    "wildcards are forgotten": ("RewriteRule ^ - [E=ANY:%1]", "RewriteRule ^ - [E=ANY:0]"),
    "a kind of thing is left out": ("|claim|", "|"),
    "versions are left out": ("^(?:\\d+\\.\\d+\\.\\d+/)?(?:ontology", "^(?:ontology"),
}


@needs_a_server
@pytest.mark.parametrize("fault", WRONG)
def test_a_wrong_rule_is_noticed(fault):
    right, wrong = WRONG[fault]
    text = HTACCESS.read_text("utf-8")
    assert right in text
    with serving(text.replace(right, wrong)) as number:
        rows = yaml.safe_load((ROOT / "tests" / ROWS).read_text("utf-8"))
        assert [row["id"] for row in rows if answer(number, row["path"], row.get("accept"))[0] != row["leads"]]


# ---- what needs no server


def test_the_target_stands_in_one_line():
    lines = HTACCESS.read_text("utf-8").splitlines()
    assert [line for line in lines if "https://example.org" in line] == [f"RewriteRule ^ - [E=TARGET:{TARGET}]"]


def test_every_namespace_of_the_project_has_a_rule():
    rules = HTACCESS.read_text("utf-8").split("# The ontology, the vocabulary", 1)[1]
    for base in PREFIXES.values():
        if base.startswith(BASE):
            name = base.removeprefix(BASE).rstrip("#/")
            assert name in rules.replace("(?:", "|").replace(")", "|").split("|"), name
