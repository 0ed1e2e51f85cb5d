"""A feed is one article an item; each is asked for again only where it has changed, and forgotten without a trace."""

import json
import os
import signal
import subprocess
import sys
from hashlib import sha256

import pytest

from cbec_kg.cli import main
from cbec_kg.errors import CbecError
from cbec_kg.fetch import Limits, Visit, Visits
from cbec_kg.pipeline.ingest import Ingester
from cbec_kg.readers import Failure, Source
from cbec_kg.readers.web import Web
from tests.fetch.conftest import QUICK
from tests.fetch.servers import WHOLE_PAGE, Server, reply
from tests.readers.made import page

RSS, ATOM = "application/rss+xml", "application/atom+xml"
TEXT = (
    "Cross-border e-commerce exports of Hangzhou rose {} percent to 80.2 billion yuan in 2023, Hangzhou Customs said."
)


def rss(*items: str) -> bytes:
    return f"<?xml version='1.0'?><rss version='2.0'><channel>{''.join(items)}</channel></rss>".encode()


def item(link: str, more: str = "") -> str:
    return f"<item><link>{link}</link>{more}</item>"


def named(url: str) -> str:
    return f"url-{sha256(url.encode()).hexdigest()[:10]}"


class Site(Server):
    """A feed of three items; everything has an ETag, and is not sent again to who has it."""

    def __init__(self) -> None:
        self.version = 1
        self.on_c = lambda: None
        super().__init__(self.answer)

    def answer(self, path, headers):
        if path == "/robots.txt":
            return reply(status=404)
        if path == "/c":
            self.on_c()
        tag = f'"{path}-{self.version if path == "/feed" else 1}"'
        if headers.get("if-none-match") == tag:
            return reply(status=304, etag=tag)
        if path == "/feed":
            return reply(rss(*(item(f"/{name}") for name in "abc")), kind=RSS, etag=tag)
        return reply(TEXT.format(ord(path[1])).encode(), kind="text/plain", etag=tag)

    def asked_since(self, mark: int) -> list[tuple[str, bool]]:
        return [(path, "if-none-match" in headers) for path, headers in self.asked[mark:] if path != "/robots.txt"]


@pytest.fixture
def ingest(store, capsys, monkeypatch):
    monkeypatch.setattr("cbec_kg.fetch.fetcher.Limits", lambda: QUICK)

    def run(*arguments: str):
        code = main(["ingest", *arguments, "--allow-private", "--format", "json", "--store", str(store)])
        told = capsys.readouterr()
        return code, json.loads(told.out), told.err

    return run


COMMAND = """
import sys, cbec_kg.fetch.fetcher as fetcher
from cbec_kg.fetch import Limits
fetcher.Limits = lambda: Limits(pause=0)
from cbec_kg.cli import main
sys.exit(main(sys.argv[1:]))
"""


def test_a_killed_run_goes_on_and_what_is_known_is_not_sent_again(ingest, store, capsys):
    with Site() as site:
        feed = site.url("/feed")
        arguments = ["ingest", feed, "--allow-private", "--store", str(store)]
        process = subprocess.Popen([sys.executable, "-c", COMMAND, *arguments], stdout=subprocess.DEVNULL)
        site.on_c = lambda: os.kill(process.pid, signal.SIGKILL)
        assert process.wait(60) == -signal.SIGKILL
        site.on_c = lambda: None
        assert site.asked_since(0) == [("/feed", False), ("/a", False), ("/b", False), ("/c", False)]
        assert {path.stem for path in (store / "fetched").iterdir()} == {named(site.url("/a")), named(site.url("/b"))}
        assert not (store / "feeds").exists()

        mark = len(site.asked)
        code, told, err = ingest(feed)
        assert (code, told["new"], told["known"], err) == (0, 1, 2, "")
        assert site.asked_since(mark) == [("/feed", False), ("/a", True), ("/b", True), ("/c", False)]

        mark = len(site.asked)
        code, told, err = ingest(feed)
        assert (code, told["known"]) == (0, 0)
        assert "the feed is unchanged" in err
        assert site.asked_since(mark) == [("/feed", True)]

        gone = named(site.url("/b"))
        assert gone in "".join(path.name for path in store.rglob("*"))
        assert main(["forget", gone, "--store", str(store)]) == 0
        capsys.readouterr()
        for path in [*(store / "fetched").rglob("*"), *(store / "feeds").rglob("*"), *(store / "articles").rglob("*")]:
            assert gone not in path.name + path.read_text("utf-8")
            assert "/b" not in path.read_text("utf-8")
        [kept] = (store / "feeds").iterdir()
        assert json.loads(kept.read_text()) == {"url": feed, "etag": '"/feed-1"', "last_modified": None}

        site.version = 2  # the feed lists it still, and has changed: then it comes again
        mark = len(site.asked)
        code, told, _ = ingest(feed)
        assert (code, told["new"], told["known"]) == (0, 1, 2)
        assert ("/b", False) in site.asked_since(mark)


def test_a_page_is_known_where_it_is_unchanged(ingest, store):
    with Site() as site:
        assert ingest(site.url("/a"))[1]["new"] == 1
        code, told, _ = ingest(site.url("/a"))
        assert (code, told["known"]) == (0, 1)
        assert [(one["outcome"], one["rows"]) for one in told["articles"]] == [("known", 3)]
        assert site.asked_since(0) == [("/a", False), ("/a", True)]
        mark = len(site.asked)
        ingest(site.url("/a"), "--published", "2024-01-02")  # news of it
        assert site.asked_since(mark) == [("/a", False)]


def test_an_item_that_could_not_be_stored_keeps_the_feed_open(ingest, store, monkeypatch):
    real = Ingester.take

    def take(self, found, *, keep=True):
        if found.article.url.endswith("/b"):
            raise CbecError("no room")
        return real(self, found, keep=keep)

    with Site() as site:
        with monkeypatch.context() as broken:
            broken.setattr(Ingester, "take", take)
            assert ingest(site.url("/feed"))[0] == 1
        assert not (store / "feeds").exists()
        code, told, _ = ingest(site.url("/feed"))
        assert (code, told["new"], told["known"]) == (0, 1, 2)


def test_a_dry_run_keeps_nothing(ingest, store):
    with Site() as site:
        assert ingest(site.url("/feed"), "--dry-run")[1]["new"] == 3
    assert not (store / "fetched").exists()
    assert not (store / "feeds").exists()


def test_the_store_is_not_held_while_a_server_is_waited_for(ingest, store, monkeypatch):
    with Site() as site:
        codes = []
        site.on_c = lambda: codes.append(
            subprocess.run(
                [sys.executable, "-m", "cbec_kg", "forget", named(site.url("/a")), "--store", str(store)],
                capture_output=True, check=False,
            ).returncode
        )  # fmt: skip
        monkeypatch.setattr("cbec_kg.fetch.fetcher.Limits", lambda: Limits(pause=0))
        ingest(site.url("/feed"))
    assert codes == [0]


def test_a_failing_item_costs_no_other_and_one_that_may_come_back_keeps_the_feed_open(read):
    with Server(lambda path, _: reply(rss(item("/gone"), item("/a"), item("/broken")), kind=RSS) if path == "/feed"
                else reply(status=404) if path in ("/gone", "/robots.txt")
                else [b"HTTP/1.1 200 -\r\n"] if path == "/broken" and len(server.asked) < 6
                else reply(WHOLE_PAGE)) as server:  # fmt: skip
        web = Web(allow_private=True, limits=QUICK)
        assert [type(one) for one in read(server.url("/feed"), web)] == [Failure, Source, Failure]
        assert [feed.whole for feed in web.feeds] == [False]
        assert [type(one) for one in read(server.url("/feed"), web)] == [Failure, Source, Source]
        assert [feed.whole for feed in web.feeds] == [False, True]
        assert web.feeds[1].articles == {named(server.url("/a")), named(server.url("/broken"))}


def test_title_and_day_are_the_pages_else_the_feeds(read):
    said = "<title>Feed &lt;b&gt;says&lt;/b&gt;</title><pubDate>Tue, 02 Jan 2024 23:30:00 +0800</pubDate>"
    own = page("<article><p>Exports rose by 9.8%.</p></article>", '<meta property="og:title" content="Page says">')
    with Server(lambda path, _: reply(rss(item("/a", said), item("/b", said)), kind="text/html") if path == "/feed"
                else reply(own if path == "/a" else WHOLE_PAGE)) as server:  # fmt: skip
        first, second = (one.article for one in read(server.url("/feed")))
    assert (first.title, first.published, first.url) == ("Page says", "2024-01-02", server.url("/a"))
    assert (second.title, second.published) == ("Feed says", "2024-01-02")


def test_atom_with_a_base_and_rss_1(read):
    atom = (
        b'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="/x/"><entry><link rel="enclosure" href="z"/>'
        b'<link href="a"/><updated>2024-01-02T00:00:00Z</updated></entry></feed>'
    )
    rdf = (
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        b'xmlns:dc="http://purl.org/dc/elements/1.1/"><item><link>/b</link><dc:date>2024-01-03</dc:date></item></rdf:RDF>'
    )
    feeds = {"/atom": reply(atom, kind=ATOM), "/rdf": reply(rdf, kind="text/xml")}
    with Server(lambda path, _: feeds.get(path, reply(WHOLE_PAGE))) as server:
        [changed], [dated] = read(server.url("/atom")), read(server.url("/rdf"))
        assert (changed.article.url, changed.article.published) == (server.url("/x/a"), None)
        assert (dated.article.url, dated.article.published) == (server.url("/b"), "2024-01-03")


def test_links_that_lead_nowhere(read):
    links = [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://[",
        "http://me:secret@127.0.0.1/",
        "/feed",
        "/a",
        "/a#b",
    ]
    with Server(lambda path, _: reply(rss(*map(item, links)), kind=RSS) if path == "/feed"
                else reply(WHOLE_PAGE)) as server:  # fmt: skip
        read_items = read(server.url("/feed"))
    assert [type(one) for one in read_items] == [Failure] * 5 + [Source]
    assert "a feed within a feed" in read_items[4].message
    assert "secret" not in " ".join(one.message for one in read_items[:5])


BOMB = (
    b"<!DOCTYPE r [<!ENTITY a0 'ha'>%s]><rss version='2.0'><channel><item><title>&a12;</title><link>/a</link></item>"
    b"</channel></rss>" % b"".join(b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 13))
)
OUTSIDE = (
    b"<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss version='2.0'><channel><item><title>&x;</title>"
    b"<link>/a</link></item></channel></rss>"
)


@pytest.mark.parametrize("content", [BOMB, OUTSIDE], ids=["a bomb", "a file from outside"])
def test_entities_do_no_harm(content, read):
    with Server(lambda path, _: reply(content, kind=RSS) if path == "/feed" else reply(WHOLE_PAGE)) as server:
        [one] = read(server.url("/feed"))
    assert isinstance(one, Source)
    assert "root:" not in str(one.article.title)
    assert len(one.article.title or "") < 100


def test_a_feed_that_breaks_off_gives_what_it_has_and_stays_open(read):
    told = []
    with Server(lambda path, _: reply(rss(item("/a"), item("/b"))[:-40], kind=RSS) if path == "/feed"
                else reply(WHOLE_PAGE)) as server:  # fmt: skip
        web = Web(allow_private=True, limits=QUICK, tell=told.append)
        assert isinstance(read(server.url("/feed"), web)[0], Source)
    assert "the feed is broken" in told[0]
    assert not web.feeds[0].whole


def test_what_is_kept_of_visits_is_fit_to_be_sent(tmp_path):
    visits = Visits(tmp_path)
    visits.keep_article("a1", Visit("http://example.com/", 'W/"a"\r\nX: y', "x" * 2000))
    assert visits.article("a1") is None
    visits.keep_article("a1", Visit("http://example.com/", '"a"', None))
    for damage in ("", "[]", '{"url": 1, "etag": 2, "last_modified": 3}'):
        (tmp_path / "fetched" / "a1.json").write_text(damage)
        assert visits.article("a1") is None
