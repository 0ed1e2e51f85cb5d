"""What is looked at before a handler: hosts, rates, bodies, paths; and what is added to every answer."""

import asyncio
import gzip
import io
import json
import logging
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from cbec_kg.web.app import application
from cbec_kg.web.operation import logs
from cbec_kg.web.operation.connections import Connections
from cbec_kg.web.operation.security import CONTENT_SECURITY_POLICY
from cbec_kg.web.settings import Settings

SECRET = "tellnobody"


async def _length(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def _scheme(request: Request) -> Response:
    return PlainTextResponse(request.url.scheme)


async def _open(request: Request) -> Response:
    return PlainTextResponse("open", headers={"Access-Control-Allow-Origin": "*", "Content-Security-Policy": "sandbox"})


async def _broken(request: Request) -> Response:
    raise ValueError(f"cannot read {request.query_params['q']}")


async def _half(request: Request) -> Response:
    async def send(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"half", "more_body": True})
        raise ValueError("no more")

    return send


ROUTES = [
    Route("/length", _length, methods=["GET", "POST"]), Route("/open", _open), Route("/scheme", _scheme),
    Route("/broken", _broken), Route("/half", _half),
]  # fmt: skip


def asking(client: str = "127.0.0.1", **settings: object) -> TestClient:
    """Ask an application with routes of ours more, whose readers are not started."""
    app: Starlette = application(Settings(Path("nowhere"), **settings))
    app.router.routes[:0] = ROUTES
    return TestClient(app, "http://localhost", raise_server_exceptions=False, client=(client, 50000))


def test_a_name_that_is_not_ours_is_refused():
    client = asking(hosts=frozenset(("localhost", "::1")))
    assert client.get("/robots.txt").status_code == 200
    assert client.get("/robots.txt", headers={"Host": "[::1]:8000"}).status_code == 200
    answer = client.get("/robots.txt", headers={"Host": "rebound.example:8000"})
    assert (answer.status_code, answer.headers["content-type"]) == (421, "application/problem+json")
    assert asking().get("/robots.txt", headers={"Host": "any.example"}).status_code == 200
    assert asking().get("/robots.txt", headers={"Host": "any.example/path?"}).status_code == 400


@pytest.mark.parametrize(
    ("path", "status", "to"),
    [
        ("/articles/?q=a", 307, "/articles?q=a"), ("/sparql/", 307, "/sparql"),
        ("/none/", 404, None), ("//articles/", 404, None), ("//evil.example/", 404, None),
    ],
)  # fmt: skip
def test_a_slash_too_many_leads_to_a_path_whatever_host_says(path, status, to):
    answer = asking().get(f"http://localhost{path}", headers={"Host": "any.example"}, follow_redirects=False)
    assert (answer.status_code, answer.headers.get("location")) == (status, to)


def test_a_coded_body_is_refused():
    answer = asking().post("/length", content=gzip.compress(b"ASK {}"), headers={"Content-Encoding": "gzip"})
    assert (answer.status_code, answer.headers["accept-encoding"]) == (415, "identity")
    assert answer.json()["detail"] == "a body coded as gzip is not read here: send it as it is"


def test_a_client_that_asks_too_much_waits():
    client = asking(rate=3)
    assert [client.get("/length").status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    answer = client.get("/length")
    assert answer.headers["retry-after"] == "20"
    assert answer.json()["detail"] == "too many requests of one client: try again in 20 seconds"
    assert [client.get(path).status_code for path in ("/health/live", "/static/site.css", "/robots.txt")] == [200] * 3


def test_behind_a_proxy_each_client_has_its_own_rate():
    client = asking("10.0.0.1", rate=1, proxies=("10.0.0.0/8",))
    asked = [client.get("/length", headers={"X-Forwarded-For": f"198.51.100.{n}"}).status_code for n in (1, 2, 1)]
    assert asked == [200, 200, 429]


def test_a_stranger_cannot_say_who_asks():
    client = asking("192.0.2.1", rate=1, proxies=("10.0.0.0/8",))
    asked = [client.get("/length", headers={"X-Forwarded-For": f"198.51.100.{n}"}).status_code for n in (1, 2)]
    assert asked == [200, 429]


@pytest.mark.parametrize(("client", "scheme"), [("10.0.0.1", "https"), ("192.0.2.1", "http")])
def test_only_a_trusted_proxy_says_by_which_scheme_it_was_asked(client, scheme):
    answer = asking(client, proxies=("10.0.0.0/8",)).get("/scheme", headers={"X-Forwarded-Proto": "https"})
    assert answer.text == scheme


@pytest.mark.parametrize("size", [10, 11])
@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_has_a_cap(size, chunked):
    content = b"a" * size
    answer = asking(body=10).post("/length", content=iter([content[:5], content[5:]]) if chunked else content)
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (
        (200, "text/plain") if size == 10 else (413, "application/problem+json")
    )


def test_bytes_of_bodies_are_given_back():
    client = asking(body=10)
    [guards] = [one for one in client.app.user_middleware if one.cls.__name__ == "Guards"]
    bodies = guards.args[2]
    assert [client.post("/length", content=b"a" * size).status_code for size in (10, 10, 11)] == [200, 200, 413]
    assert bodies.held == 0
    bodies.together = 9
    answer = client.post("/length", content=b"a" * 10)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")


def test_every_answer_has_the_headers_of_security():
    client = asking(hosts=frozenset(("localhost",)))
    for answer in (client.get("/length"), client.get("/none"), client.get("/broken?q=1"),
                   client.get("/length", headers={"Host": "x"}), client.post("/robots.txt")):  # fmt: skip
        assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert len(answer.headers["x-request-id"]) == 16


def test_an_answer_may_have_its_own():
    answer = asking().get("/open")
    assert answer.headers.get_list("content-security-policy") == ["sandbox"]
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"


@pytest.mark.parametrize("policy", ["'unsafe-inline'", "'unsafe-eval'", "http:", "https:", "*"])
def test_the_policy_of_content_has_no_hole(policy):
    assert policy not in CONTENT_SECURITY_POLICY.replace(";", " ").split()


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("abc-1.2_X", True), ("a" * 64, True), ("a" * 65, False), ("a b", False), ('a"}', False), ("", False)],
)
def test_an_id_from_outside_is_kept_where_it_is_plain(sent, kept):
    assert (asking().get("/length", headers={"X-Request-ID": sent}).headers["x-request-id"] == sent) is kept


def written(form: str, level: str, path: str) -> tuple[int, str]:
    """Status of an answer, and the log."""
    before = [(one, one.handlers, one.propagate, one.level) for one in LOGGERS]
    stream = io.StringIO()
    logs.set_up(form, level, stream)
    try:
        status = asking().get(path).status_code
    finally:
        for one, handlers, propagate, level in before:
            one.handlers, one.propagate = handlers, propagate
            one.setLevel(level)
    return status, stream.getvalue()


LOGGERS = [logs.LOG, *(logging.getLogger(name) for name in ("uvicorn.error", "asyncio"))]


def test_a_failure_is_logged_with_its_places_but_without_what_was_asked():
    status, text = written("json", "info", f"/broken?q={SECRET}")
    failed, request = (json.loads(line) for line in text.splitlines())
    assert (status, failed["level"], failed["event"], failed["error"]) == (500, "error", "failed", "ValueError")
    assert any("_broken" in place for place in failed["traceback"])
    assert (request["status"], request["request"]) == (500, failed["request"])
    assert SECRET not in text
    assert SECRET in written("json", "debug", f"/broken?q={SECRET}")[1]


def test_a_failure_tells_the_client_nothing():
    answer = asking().get(f"/broken?q={SECRET}")
    assert (answer.status_code, answer.json()["detail"]) == (500, "an error of this server; it has been logged")
    assert SECRET not in answer.text
    assert "Traceback" not in answer.text
    assert answer.json()["request"] == answer.headers["x-request-id"]


def test_a_line_for_people():
    _, text = written("text", "info", "/length%0a?q=1")
    assert text.endswith("\n")
    assert text.count("\n") == 1
    assert " info request method=GET path=/length%0a status=400 " in text


def test_a_line_stays_a_line():
    record = logging.LogRecord("x", logging.WARNING, "", 0, "one\ntwo", None, None)
    assert [form for form in ("text", "json") if "\n" in logs.Lines(form).format(record)] == []


def test_an_answer_that_breaks_off_is_counted():
    client = asking()
    client.get("/half")
    figures = client.get("/metrics").text
    assert 'cbec_http_cut_total{reason="ValueError"} 1.0' in figures


def test_figures_have_patterns_not_paths():
    client = asking(rate=2)
    for _ in range(3):
        client.get("/length?q=1")
    client.get("/static/site.css")
    client.request("BREW", "/static/site.css")
    answer = client.get("/metrics")
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    lines = answer.text.splitlines()
    for line in (
        'cbec_http_requests_total{method="GET",route="/length",status="200"} 2.0',
        'cbec_http_requests_total{method="GET",route="none",status="429"} 1.0',
        'cbec_http_requests_total{method="GET",route="/static",status="200"} 1.0',
        'cbec_http_requests_total{method="other",route="/static",status="405"} 1.0',
        'cbec_http_response_bytes_total{route="/length"} 2.0',
        'cbec_http_request_seconds_count{route="/length"} 2.0',
        'cbec_http_refused_total{reason="rate"} 1.0',
    ):
        assert line in lines
    assert SECRET not in answer.text
    assert [line for line in lines if line.startswith("process_resident_memory_bytes")]


def test_health_of_a_graph(server):
    body = server.get("/health").json()
    assert (body["status"], body["build"].isdecimal()) == ("ok", True)
    readers = Settings(Path()).readers + 1
    assert body["readers"] == {"all": readers, "busy": 0, "waiting": 0}
    figures = server.get("/metrics").text
    assert f'build="{body["build"]}"' in figures
    for line in (f"cbec_readers {readers:.1f}", "cbec_readers_busy 0.0", "cbec_queries_waiting 0.0"):
        assert line in figures.splitlines()
    [memory] = [line for line in figures.splitlines() if line.startswith("cbec_readers_resident_memory_bytes ")]
    assert float(memory.split()[1]) > readers * 20e6


def test_work_that_fails_is_counted_by_its_reason(server):
    def count() -> float:
        lines = server.get("/metrics").text.splitlines()
        return sum(float(line.split()[1]) for line in lines if line.startswith("cbec_work_failed_total{"))

    before = count()
    assert server.get("/sparql?query=SELECT").status_code == 400
    assert count() == before + 1


def test_what_browsers_ask_unbidden():
    client = asking(root_path="/kg")
    robots = client.get("/robots.txt")
    assert "Disallow: /kg/sparql" in robots.text.splitlines()
    icon = client.get("/favicon.ico")
    assert (icon.headers["content-type"], icon.content[:4]) == ("image/svg+xml", b"<svg")


@pytest.mark.parametrize("path", ["/robots.txt", "/kg/robots.txt"])
def test_a_proxy_may_strip_the_root_path_or_not(path):
    app = application(Settings(Path("nowhere")))
    client = TestClient(app, "http://localhost", root_path="")
    sent: list[int] = []

    async def ask() -> None:
        # As uvicorn puts it: the root path in front of whatever path was asked.
        scope = {
            "type": "http", "http_version": "1.1", "method": "GET", "path": f"/kg{path}", "root_path": "/kg",
            "raw_path": f"/kg{path}".encode(), "query_string": b"", "headers": [(b"host", b"localhost")],
            "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 2), "scheme": "http",
        }  # fmt: skip

        async def send(message):
            sent.append(message.get("status", 0))

        await client.app(scope, None, send)

    asyncio.run(ask())
    assert sent[0] == 200


def test_a_problem_below_static_is_a_page_of_the_server():
    answer = asking().get("/static/none.css", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert 'href="/static/site.css"' in answer.text


class Line:
    """A connection that remembers whether it was closed."""

    closed = False

    def evict(self) -> None:
        self.closed = True


def test_ten_thousand_idle_connections_close_the_oldest():
    connections = Connections(total=100, each=0)
    lines = [Line() for _ in range(10_000)]
    assert all(connections.add(line, f"192.0.2.{number % 250}") for number, line in enumerate(lines))
    assert [line.closed for line in lines] == [True] * 9_900 + [False] * 100
    assert len(connections) == connections.idle_count == 100


def test_a_busy_connection_is_never_closed_for_another():
    connections = Connections(total=2, each=0)
    busy, idle, other = Line(), Line(), Line()
    connections.add(busy, "a")
    connections.add(idle, "b")
    connections.busy(busy)
    assert connections.add(other, "c")
    assert (busy.closed, idle.closed) == (False, True)
    connections.busy(other)
    assert not connections.add(Line(), "d")
    assert connections.refused["too many connections"] == 1
    connections.idle(busy)
    assert connections.add(Line(), "d")
    assert busy.closed


def test_what_closes_is_forgotten():
    connections = Connections(total=10, each=2)
    one = Line()
    connections.add(one, "a")
    connections.remove(one)
    connections.remove(one)
    assert (len(connections), connections.idle_count, dict(connections._count)) == (0, 0, {})
