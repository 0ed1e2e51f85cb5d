"""Strangers' names and redirects lead to public addresses only, and to the very one that was checked."""

import socket
import time

import pytest

from cbec_kg.fetch import Refusal, clean_url
from cbec_kg.fetch.addresses import addresses, why_private
from cbec_kg.readers import Source
from tests.conftest import cases
from tests.fetch.servers import WHOLE_PAGE, Server, reply


@pytest.mark.parametrize("case", cases("fetch/cases/addresses.yaml"))
def test_addresses_that_are_not_public(case):
    assert why_private(case["id"]) == case["kind"]


@pytest.mark.parametrize("case", cases("fetch/cases/urls.yaml"))
def test_an_address_in_one_spelling(case):
    if "says" in case:
        with pytest.raises(Refusal, match=case["says"]):
            clean_url(case["url"])
    else:
        assert clean_url(case["url"]) == case["wanted"]
        assert clean_url(case["wanted"]) == case["wanted"]


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_a_name_for_this_machine(host, read):
    with Server(lambda path, _: reply(WHOLE_PAGE)) as server:
        [one] = read(f"http://{host}:{server.port}/", allow_private=False)
        assert "address is not fetched: if you trust it, give --allow-private" in one.message
        assert server.asked == []


def test_a_name_with_one_private_address_is_refused(monkeypatch):
    found = [(socket.AF_INET, 1, 6, "", ("93.184.216.34", 80)), (socket.AF_INET, 1, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)
    with pytest.raises(Refusal, match=r"example.com is 10.0.0.1: a private address"):
        addresses("example.com", 80, allow_private=False, seconds=1)


def test_a_redirect_to_a_private_address(read, monkeypatch):
    """The first host is public as far as we can tell; where it leads to is not."""
    there = []
    with Server(lambda path, _: reply(status=302, location=there[0]), address="127.0.0.9") as server:
        there.append(f"http://localhost:{server.port}/secret")
        real = socket.getaddrinfo
        monkeypatch.setattr("cbec_kg.fetch.addresses.why_private", lambda a: None if a == "127.0.0.9" else "loopback")
        names = {"public.example": "127.0.0.9"}
        monkeypatch.setattr(socket, "getaddrinfo", lambda host, *a, **k: real(names.get(host, host), *a, **k))
        [one] = read(f"http://public.example:{server.port}/", allow_private=False)
        assert "a loopback address is not fetched" in one.message
        assert "/secret" not in server.paths


def test_a_name_is_looked_up_once_a_request(read, monkeypatch):
    """A name that is another address at the second look leads nowhere: there is no second look."""
    with Server(lambda path, _: reply(WHOLE_PAGE)) as server:
        looked = []

        def look(host, port, **_):
            looked.append(host)
            return [(socket.AF_INET, 1, 6, "", ("127.0.0.1", port))]

        monkeypatch.setattr(socket, "getaddrinfo", look)
        connected = []
        real = socket.socket.connect
        monkeypatch.setattr(socket.socket, "connect", lambda s, a: (connected.append(a[0]), real(s, a))[1])
        assert isinstance(read(f"http://rebinding.example:{server.port}/")[0], Source)
        assert looked == ["rebinding.example"] * 2  # robots.txt and the page
        assert set(connected) == {"127.0.0.1"}
        assert server.asked[0][1]["host"] == f"rebinding.example:{server.port}"


def test_a_resolver_that_is_silent(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: time.sleep(0.3) or [])
    with pytest.raises(Refusal, match=r"looking example.com up took more than 0.1 seconds"):
        addresses("example.com", 80, allow_private=False, seconds=0.1)
