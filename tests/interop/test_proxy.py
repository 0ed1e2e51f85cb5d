"""The server under /kg of Apache httpd and of nginx, with the files of deploy/: every link stays under /kg.

``make interop``.
"""

import os
import re
import shutil
import socket
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx
import pytest

from tests.conftest import ROOT
from tests.interop.fetched import NotFetched, unpacked
from tests.interop.process import free_port, running
from tests.web.operation.sockets import until_whole
from tests.web.serving import Served, serving

pytestmark = pytest.mark.skipif("CBEC_KG_INTEROP" not in os.environ, reason="real proxies: `make interop`")
PROXIES = ["apache", "nginx"]
EACH = 4
"""Links that are followed of each kind of page."""
MORE_MODULES = ("alias", "proxy", "proxy_http", "authz_host")


class Links(HTMLParser):
    """Addresses in a page: what is linked, loaded, or sent a form to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in ("href", "src", "action")]


@contextmanager
def proxied(kind: str, served: Served) -> Iterator[str]:
    """Address of a proxy, with a slash at its end."""
    try:
        root, environment = unpacked(kind, kind)
    except NotFetched as error:
        pytest.fail(str(error), pytrace=False)
    folder, port = Path(tempfile.mkdtemp(prefix="proxy-", dir="/tmp")), free_port()
    snippet = (ROOT / "deploy" / kind / "cbec-kg.conf").read_text("utf-8")
    snippet = snippet.replace("127.0.0.1:8000", urlsplit(served.base).netloc)
    try:
        folder.chmod(0o755)
        if kind == "apache":
            (folder / "www").mkdir()
            config = (Path(__file__).parent / "httpd.conf").read_text("utf-8").replace("ThreadsPerChild 4", "")
            modules = "".join(f'LoadModule {name}_module "@MODULES@/mod_{name}.so"\n' for name in MORE_MODULES)
            config = f"{modules}{config}\n{snippet}"
            command = [str(root / "usr/sbin/apache2"), "-f", str(folder / "server.conf"), "-DFOREGROUND"]
        else:
            config = (Path(__file__).parent / "nginx.conf").read_text("utf-8").replace("@SNIPPET@", snippet)
            command = [str(root / "usr/sbin/nginx"), "-c", str(folder / "server.conf"), "-e", str(folder / "error.log")]
        for word, value in (
            ("@FOLDER@", folder), ("@MODULES@", root / "usr/lib/apache2/modules"), ("@PORT@", port),
        ):  # fmt: skip
            config = config.replace(word, str(value))
        (folder / "server.conf").write_text(config, "utf-8")
        with running(command, f"http://127.0.0.1:{port}/", folder / "server.log", environment):
            yield f"http://127.0.0.1:{port}/kg/"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module", params=PROXIES)
def behind(request: pytest.FixtureRequest, built_store: Path) -> Iterator[tuple[str, Served]]:
    """A proxy before a server of its own."""
    options = ("--root-path", "/kg", "--trusted-proxy", "127.0.0.1", "--rate", "0", "--allow-host", "kg.example.org")
    with serving(built_store, *options) as served, proxied(request.param, served) as address:
        yield address, served


def test_every_link_stays_under_the_path(behind):
    address, _ = behind
    origin = address.removesuffix("/kg/")
    waiting, seen, kinds, wrong, pages = [address], {address}, Counter(), [], 0
    with httpx.Client(timeout=60, trust_env=False) as client:
        while waiting:
            at = waiting.pop(0)
            answer = client.get(at, headers={"Accept": "text/html"})
            if answer.status_code >= 400:
                wrong.append(f"{at}: {answer.status_code}")
            found = [url for url, _ in re.findall(r"<([^>]*)>;\s*rel=([^,]*)", answer.headers.get("link", ""))]
            found += [answer.headers["location"]] if "location" in answer.headers else []
            if answer.headers.get("content-type", "").startswith("text/html"):
                pages += 1
                found += Links(answer.text).found
            for link in found:
                url = urljoin(at, link).partition("#")[0]
                if not url.startswith(("http://127.0.0.1", "https://127.0.0.1", "http://localhost")):
                    continue
                if not url.startswith(address):
                    wrong.append(f"{at}: {link}")
                    continue
                kind = "/".join(urlsplit(url).path.split("/")[2:4][:-1]) + Path(urlsplit(url).path).suffix
                if url not in seen and kinds[kind] < EACH:
                    seen.add(url)
                    kinds[kind] += 1
                    waiting.append(url)
    assert wrong == []
    print(f"\n{len(seen)} addresses, {pages} pages below {origin}/kg/: {dict(kinds)}")
    assert f"{address}static/site.css" in seen


def test_the_log_names_the_client_not_the_proxy(behind):
    address, served = behind
    answer = httpx.get(address + "nothing", headers={"X-Forwarded-For": "203.0.113.9, 198.51.100.7"}, trust_env=False)
    assert answer.status_code == 404
    # The proxy adds whom it saw: this machine. What a client says of itself before that is not believed.
    assert '"client":"198.51.100.7"' in served.line_of(answer)


def test_the_path_without_its_slash_leads_there(behind):
    address, _ = behind
    answer = httpx.get(address.removesuffix("/"), trust_env=False)
    assert answer.status_code == 308
    assert urljoin(address.removesuffix("/"), answer.headers["location"]) == address


def test_names_and_hosts_arrive_as_they_were_sent(behind):
    address, served = behind
    at = urlsplit(address)
    for host, status in (("kg.example.org", b"200"), ("evil.example", b"421")):
        with socket.create_connection((at.hostname, at.port), 30) as line:
            line.sendall(f"GET /kg/health HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
            assert until_whole(line).split()[1] == status
    answer = httpx.get(address + "id/a%2Fb", trust_env=False)
    assert '"path":"/kg/id/a%2Fb"' in served.line_of(answer)
