"""What is asked of a host, how often, and what its robots.txt has to say."""

import pytest

from cbec_kg.fetch import Fetcher, Limits
from cbec_kg.fetch.robots import Rules
from cbec_kg.readers import Failure, Source
from cbec_kg.readers.web import Web
from tests.fetch.conftest import QUICK
from tests.fetch.servers import WHOLE_PAGE, Server, reply

PLAIN = "text/plain"


def site(robots: list, **pages: list):
    return lambda path, headers: robots if path == "/robots.txt" else pages.get(path[1:], reply(WHOLE_PAGE))


def test_robots_is_asked_once_and_heeded(read):
    robots = reply(b"User-agent: *\nDisallow: /private", kind=PLAIN)
    with Server(site(robots)) as server:
        web = Web(allow_private=True, limits=QUICK)
        [one] = read(server.url("/private/a"), web)
        assert f"{server.url('/robots.txt')} forbids it to cbec-kg" in one.message
        assert isinstance(read(server.url("/public"), web)[0], Source)
        assert server.paths == ["/robots.txt", "/public"]


def test_robots_that_speaks_to_us(read):
    with Server(site(reply(b"User-agent: cbec-kg\nDisallow: /\n\nUser-agent: *\nAllow: /", kind=PLAIN))) as server:
        assert "forbids it" in read(server.url())[0].message


def test_robots_of_the_host_that_a_redirect_leads_to(read):
    with Server(site(reply(b"User-agent: *\nDisallow: /", kind=PLAIN))) as strict:
        with Server(site(reply(status=404), go=reply(status=301, location=strict.url("/a")))) as server:
            [one] = read(server.url("/go"))
        assert f"it leads to {strict.url('/a')}, and there {strict.url('/robots.txt')} forbids it" in one.message
        assert strict.paths == ["/robots.txt"]


@pytest.mark.parametrize(("status", "kind"), [(404, Source), (403, Source), (503, Failure), (429, Failure)])
def test_robots_that_cannot_be_had(status, kind, read):
    with Server(site(reply(status=status))) as server:
        [one] = read(server.url("/a"))
        assert isinstance(one, kind)
        assert ("/a" in server.paths) == (kind is Source)


def test_robots_elsewhere_is_followed(read):
    moved = reply(status=301, location="/rules")
    with Server(site(moved, rules=reply(b"User-agent: *\nDisallow: /a", kind=PLAIN))) as server:
        assert "forbids it" in read(server.url("/a"))[0].message


def test_robots_on_a_private_address_is_not_asked(read):
    [one] = read("http://127.0.0.1:1/", allow_private=False)
    assert "a loopback address is not fetched" in one.message


@pytest.mark.parametrize(("robots", "least"), [(b"", 0.2), (b"User-agent: *\nCrawl-delay: 0.4", 0.4),
                                               (b"User-agent: *\nCrawl-delay: 9999", 0.5)])  # fmt: skip
def test_a_pause_lies_between_requests(robots, least, read):
    limits = Limits(pause=0.2, longest_pause=0.5)
    with Server(site(reply(robots, kind=PLAIN))) as server:
        web = Web(allow_private=True, limits=limits)
        read(server.url("/a"), web)
        read(server.url("/b"), web)
        assert len(server.times) == 3
        assert server.times[2] - server.times[1] >= least
        assert server.times[2] - server.times[0] < 2 * least + 1
        assert server.most == 1


def test_a_rate_is_a_pause_too():
    assert Rules.parse("User-agent: *\nRequest-rate: 1/7s", "").delay == 7


def test_longer_waits_are_told():
    told = []
    fetcher = Fetcher(tell=told.append, limits=Limits(pause=0))

    class Never:
        def wait(self, seconds):
            pass

    fetcher._wait(4.9, "example.com", Never())
    fetcher._wait(12, "example.com", Never())
    assert told == ["example.com: waiting 12 seconds, as it asks"]
