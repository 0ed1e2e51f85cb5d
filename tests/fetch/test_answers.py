"""Whatever a server does, an article or one line comes of it, and soon."""

import gzip
import time
import tracemalloc
from dataclasses import replace
from hashlib import sha256

import pytest

from cbec_kg.fetch import Limits, Refusal
from cbec_kg.fetch.body import Body
from cbec_kg.readers import Failure, Source
from tests.conftest import cases
from tests.fetch.conftest import QUICK
from tests.fetch.servers import CERTIFICATE, WHOLE_PAGE, Server, reply, steps
from tests.readers.pdfs import LINE, pdf, says


@pytest.mark.parametrize("case", cases("fetch/cases/answers.yaml"))
def test_an_answer_is_an_article_or_one_line(case, read):
    def answers(path, headers):
        if path == "/it":
            return steps(case, "")
        if path.startswith("/more"):
            return reply(status=302, location=f"{path}e")
        return reply(WHOLE_PAGE) if path != "/robots.txt" else reply(status=404)

    with Server(answers) as server:
        began = time.monotonic()
        [one] = read(server.url("/it"), limits=replace(QUICK, total=case.get("total", QUICK.total)))
        assert time.monotonic() - began < case.get("seconds", 5)
    if "says" in case:
        assert isinstance(one, Failure), one
        assert one.message.startswith(f"{server.url('/it')}: ")
        assert one.message.isprintable()
        assert case["says"] in one.message
        assert "secret" not in one.message
        return
    assert isinstance(one, Source), one
    wanted = case["wanted"]
    assert one.text == wanted.get("text", one.text)
    assert one.reader.startswith(wanted.get("reader", ""))
    assert one.article.id == f"url-{sha256(server.url('/it').encode()).hexdigest()[:10]}"
    assert one.article.url == server.url("/it")


def test_a_page_is_read_as_the_file_with_its_bytes_is(read):
    content = pdf(says(LINE))
    with Server(lambda path, _: reply(content, kind="application/pdf")) as server:
        [one] = read(server.url("/a.pdf"))
    assert one.text == LINE
    assert one.article.sha256 == sha256(content).hexdigest()


def test_an_untrusted_certificate(read, monkeypatch):
    with Server(lambda path, _: reply(WHOLE_PAGE), tls=True) as server:
        [one] = read(server.url(host="localhost"))
        assert "its certificate is not to be trusted" in one.message
        assert server.asked == []
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
        assert isinstance(read(server.url(host="localhost"))[0], Source)
        assert server.asked[-1][1]["host"] == f"localhost:{server.port}"
        [one] = read(server.url(host="127.0.0.2"))  # the certificate is localhost's
        assert "no connection" in one.message or "certificate" in one.message


def test_tls_that_is_none(read):
    with Server(lambda path, _: reply(WHOLE_PAGE), hasty=True) as server:
        [one] = read(server.url().replace("http:", "https:"))
    assert "TLS failed (wrong_version_number)" in one.message


def test_from_https_nothing_leads_to_http(read, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with Server(lambda path, _: reply(WHOLE_PAGE)) as plain:
        with Server(lambda path, _: reply(status=302, location=plain.url()) if path == "/" else reply(), tls=True) as s:
            [one] = read(s.url(host="localhost"))
        assert f"it redirects from https to {plain.url()}" in one.message
        assert plain.asked == []


def test_nobody_listens(read):
    with Server(lambda path, _: reply()) as server:
        pass
    [one] = read(server.url())
    assert "no connection to 127.0.0.1" in one.message


def test_a_name_that_nobody_has(read):
    [one] = read("http://nobody.invalid/")
    assert "nobody.invalid" in one.message
    assert "check the address" in one.message


def test_a_busy_server_is_asked_again(read):
    answers = [reply(status=503, retry_after="0"), reply(status=500), reply(WHOLE_PAGE)]
    with Server(lambda path, _: answers.pop(0) if path == "/" else reply(status=404)) as server:
        assert isinstance(read(server.url())[0], Source)
        assert server.paths == ["/robots.txt", "/", "/", "/"]


def test_a_server_is_given_the_time_that_it_asks_for(read):
    answers = [reply(status=429, retry_after="1"), reply(WHOLE_PAGE)]
    with Server(lambda path, _: answers.pop(0) if path == "/" else reply(status=404)) as server:
        limits = Limits(pause=0, backoff=0, total=0.9)  # what is waited does not count
        assert isinstance(read(server.url(), limits=limits)[0], Source)
        assert server.times[-1] - server.times[-2] >= 1


def test_a_broken_answer_is_not_asked_for_again(read):
    with Server(lambda path, _: [b"HTTP/1.1 200 -\r\n"] if path == "/" else reply(status=404)) as server:
        read(server.url())
        assert server.paths == ["/robots.txt", "/"]


def test_every_request_says_who_asks(read):
    with Server(lambda path, _: reply(WHOLE_PAGE)) as server:
        read(server.url())
        for _, headers in server.asked:
            assert headers["user-agent"].startswith("cbec-kg/")
            assert headers["accept-encoding"] == "gzip"
            assert not {"cookie", "authorization", "referer"} & headers.keys()


def test_no_proxy_of_the_environment_is_used(read, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with Server(lambda path, _: reply(WHOLE_PAGE)) as server:
        assert isinstance(read(server.url(), limits=QUICK)[0], Source)


def test_a_bomb_is_never_unpacked():
    bomb = gzip.compress(b"\0" * 50_000_000)
    body = Body("gzip", 1_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(Refusal, match=r"larger than 1,000,000 bytes"):
            body.add(bomb)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 5_000_000
