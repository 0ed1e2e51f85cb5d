"""A page of a stranger's server: one request at a time, pauses between them, robots.txt first.

Every address that a redirect leads to is checked as the first one was.

>>> Fetcher().get("ftp://example.com/", largest=lambda headers: 1000)
Traceback (most recent call last):
cbec_kg.fetch.refusal.Refusal: ftp: is not fetched: only http and https are
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from cbec_kg.fetch import robots
from cbec_kg.fetch.limits import Deadline, Limits
from cbec_kg.fetch.refusal import Refusal
from cbec_kg.fetch.statuses import BUSY, REDIRECTS, refused
from cbec_kg.fetch.urls import clean_url, split, without_credentials
from cbec_kg.fetch.visits import Visit
from cbec_kg.fetch.wire import Headers, Response, exchange

__all__ = ["Fetched", "Fetcher"]

_TOLD_FROM = 5  # seconds of a wait that people should know of
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})""", re.I)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page: its address and the one that redirects led to, its type and charset in lower case, its bytes unpacked.

    ``unchanged`` says that the server had nothing newer than the visit that it was asked with; ``content`` is then
    empty. ``visit`` holds its validators.
    """

    url: str
    final: str
    kind: str
    charset: str
    content: bytes
    visit: Visit
    unchanged: bool = False


class Fetcher:
    """Fetches the pages of one run; ``tell`` is told of longer waits. Not for several threads."""

    def __init__(
        self, *, allow_private: bool = False, limits: Limits | None = None,
        tell: Callable[[str], None] = lambda line: None,
    ) -> None:  # fmt: skip
        self.allow_private, self.limits, self.tell = allow_private, limits or Limits(), tell
        self._rules: dict[str, robots.Rules | Refusal] = {}
        self._last: dict[str, float] = {}

    def get(self, url: str, *, largest: Callable[[Headers], int], visit: Visit | None = None) -> Fetched:
        """The page at an address, if it is newer than ``visit``; raises `Refusal`, or `MissingExtra`."""
        url = clean_url(url)
        deadline = Deadline(self.limits.total)
        asked = visit.asks() if visit else {}
        here, seen = url, {url}
        while True:
            try:
                self._check_robots(here, deadline)
                response = self._tries(here, asked, largest, deadline)
                there = self._redirect(here, response)
                if there is None:
                    return _fetched(url, here, response, visit)
                if there in seen:
                    raise Refusal("its redirects go in a circle", fix="check the address")
                if len(seen) > self.limits.redirects:
                    raise Refusal(f"it redirects more than {self.limits.redirects} times", fix="check the address")
            except Refusal as refusal:
                if here == url:
                    raise
                raise Refusal(
                    f"it leads to {here}, and there {refusal.message}", fix=refusal.fix, passing=refusal.passing
                ) from None
            here = there
            seen.add(here)

    def _redirect(self, here: str, response: Response) -> str | None:
        """Where an answer leads to; raises `Refusal` where nobody should go there."""
        location = response.headers.get("location")
        if response.status not in REDIRECTS or not location:
            return None
        there = without_credentials(location)
        try:
            there = urljoin(here, location)
            target = clean_url(there)
        except (Refusal, ValueError) as error:
            why = error.message if isinstance(error, Refusal) else "that is no address"
            shown = without_credentials(there)[:200]
            raise Refusal(f"it redirects to {shown}, and {why}", fix="name the page itself") from None
        if here.startswith("https:") and target.startswith("http:"):
            raise Refusal(f"it redirects from https to {target}, which is not secure", fix="name the page itself")
        return target

    def _check_robots(self, url: str, deadline: Deadline) -> None:
        rules = self._rules_of(url, deadline)
        if isinstance(rules, Refusal):
            raise Refusal(rules.message, fix=rules.fix, passing=rules.passing)
        if not rules.allow(url):
            raise Refusal(f"{rules.where} forbids it to {robots.NAME}", fix="ask the site, or save the page yourself")

    def _rules_of(self, url: str, deadline: Deadline) -> "robots.Rules | Refusal":
        """What the host's robots.txt says, asked for once a run."""
        origin = split(url).origin
        if origin not in self._rules:
            try:
                self._rules[origin] = self._asked_rules(f"{origin}/robots.txt", deadline)
            except Refusal as refusal:
                self._rules[origin] = refusal
        return self._rules[origin]

    def _asked_rules(self, url: str, deadline: Deadline) -> robots.Rules:
        here = url
        for _ in range(self.limits.redirects + 1):
            response = self._tries(here, {}, lambda headers: robots.LARGEST, deadline)
            there = self._redirect(here, response)
            if there is None:
                break
            here = there
        if response.status == 200:
            return robots.Rules.parse(response.body.decode("utf-8-sig", "replace"), url)
        if response.status in BUSY or response.status >= 500:  # RFC 9309, 2.3.1.4: then all is forbidden
            raise Refusal(
                f"{url} cannot be had ({response.status}), so nothing is fetched there", fix="try again later",
                passing=True,
            )  # fmt: skip
        return robots.Rules.parse("", url)

    def _tries(self, url: str, asked: Headers, largest: Callable[[Headers], int], deadline: Deadline) -> Response:
        """The answer to a request; a server that is busy, or cannot be reached, is asked again a few times."""
        parts = split(url)
        for left in range(self.limits.retries, -1, -1):
            wait = self.limits.backoff * 4 ** (self.limits.retries - left)
            self._pause(parts.host, parts.origin, deadline)
            try:
                response = exchange(parts, asked, largest, self.limits, deadline, allow_private=self.allow_private)
            except Refusal as refusal:
                if not refusal.again or not left:
                    raise
            else:
                if response.status not in BUSY:
                    return response
                wait = max(wait, _retry_after(response.headers.get("retry-after", "")))
                if wait > self.limits.longest_wait:
                    raise Refusal(
                        f"the server is busy ({response.status}) and asks to wait {wait:,.0f} seconds",
                        fix="try again then", passing=True,
                    )  # fmt: skip
                if not left:
                    return response
            finally:
                self._last[parts.host] = time.monotonic()
            self._wait(wait, parts.host, deadline)
        raise AssertionError("the last try returns or raises")

    def _pause(self, host: str, origin: str, deadline: Deadline) -> None:
        """Let the time go by that lies between two requests to a host."""
        last = self._last.get(host)
        if last is None:
            return
        rules = self._rules.get(origin)
        wanted = rules.delay if isinstance(rules, robots.Rules) else 0
        pause = max(self.limits.pause, min(wanted, self.limits.longest_pause))
        self._wait(last + pause - time.monotonic(), host, deadline)

    def _wait(self, seconds: float, host: str, deadline: Deadline) -> None:
        if seconds > 0:
            if seconds >= _TOLD_FROM:
                self.tell(f"{host}: waiting {seconds:.0f} seconds, as it asks")
            deadline.wait(seconds)


def _fetched(url: str, final: str, response: Response, visit: Visit | None) -> Fetched:
    """The page of a last answer; raises `Refusal` where it is none."""
    headers = response.headers
    made = Visit(url, headers.get("etag"), headers.get("last-modified"))
    if response.status == 304 and visit is not None and visit.asks():
        return Fetched(url, final, "", "", b"", made, unchanged=True)
    if response.status != 200:
        raise refused(response.status)
    kind, _, parameters = headers.get("content-type", "").partition(";")
    charset = _CHARSET.search(parameters)
    return Fetched(url, final, kind.strip().lower(), charset[1].lower() if charset else "", response.body, made)


def _retry_after(value: str) -> float:
    """Seconds that a Retry-After asks for: a number, or a date; 0 where it is neither."""
    if value.isdecimal():
        return float(value[:9])
    try:
        then = parsedate_to_datetime(value)
    except (ValueError, OverflowError, TypeError):
        return 0
    return max(0.0, (then - datetime.now(then.tzinfo or UTC)).total_seconds()) if then.tzinfo else 0
