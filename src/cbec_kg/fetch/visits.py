"""What servers said of pages that were read, kept beside the store, so that they are asked only for what is new.

A file an article in ``fetched/``, written after the article was stored; a file a feed in ``feeds/``, written after
all that it lists was dealt with. Neither holds more than an address and its validators.

>>> import tempfile
>>> store = Path(tempfile.mkdtemp())
>>> visits = Visits(store)
>>> visits.keep_article("url-1", Visit("https://example.com/", '"a"', None))
>>> visits.article("url-1").etag
'"a"'
>>> forget_visit(store, "url-1")
>>> visits.article("url-1") is None
True
"""

import json
import re
import shutil
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

__all__ = ["Visit", "Visits", "forget_all_visits", "forget_visit"]

_LONGEST = 1000
_FIT = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?")
_ARTICLES, _FEEDS = "fetched", "feeds"


@dataclass(frozen=True, slots=True)
class Visit:
    """An address, and the validators that its server gave with the page: RFC 9110, 8.8."""

    url: str
    etag: str | None
    last_modified: str | None

    def asks(self) -> dict[str, str]:
        """Headers that ask for the page only where it has changed."""
        asked = {"if-none-match": self.etag, "if-modified-since": self.last_modified}
        return {name: value for name, value in asked.items() if value}


class Visits:
    """The files beside one store."""

    def __init__(self, store: Path) -> None:
        self.store = store

    def article(self, article: str) -> Visit | None:
        """What is known of an article's page; None where nothing usable is."""
        return _read(self.store / _ARTICLES / f"{article}.json")

    def keep_article(self, article: str, visit: Visit) -> None:
        """Keep what is known of an article's page, once the article is stored; nothing where nothing was said."""
        _keep(self.store / _ARTICLES / f"{article}.json", visit)

    def feed(self, url: str) -> Visit | None:
        """What is known of a feed."""
        visit = _read(self._feed(url))
        return visit if visit and visit.url == url else None

    def keep_feed(self, visit: Visit) -> None:
        """Keep what is known of a feed, once all that it lists was dealt with."""
        _keep(self._feed(visit.url), visit)

    def _feed(self, url: str) -> Path:
        return self.store / _FEEDS / f"{sha256(url.encode('utf-8')).hexdigest()[:20]}.json"


def forget_visit(store: Path, article: str) -> None:
    """Leave no trace of the page that an article was read from."""
    for name in (f"{article}.json", f"{article}.json.new"):
        (store / _ARTICLES / name).unlink(missing_ok=True)


def forget_all_visits(store: Path) -> None:
    """Leave no trace of any page or feed."""
    for name in (_ARTICLES, _FEEDS):
        shutil.rmtree(store / name, ignore_errors=True)


def _read(path: Path) -> Visit | None:
    """A file's visit; one that is damaged costs no more than another fetching."""
    try:
        given = json.loads(path.read_text("utf-8"))
        url, etag, last_modified = (given[key] for key in ("url", "etag", "last_modified"))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Visit(url, _fit(etag), _fit(last_modified)) if isinstance(url, str) else None


def _keep(path: Path, visit: Visit) -> None:
    fit = Visit(visit.url, _fit(visit.etag), _fit(visit.last_modified))
    if not fit.asks():
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(exist_ok=True)
    temporary = path.with_name(f"{path.name}.new")
    temporary.write_text(json.dumps(asdict(fit), ensure_ascii=False) + "\n", "utf-8")
    temporary.replace(path)


def _fit(value: object) -> str | None:
    """A header's value that can be sent back."""
    return value if isinstance(value, str) and len(value) <= _LONGEST and _FIT.fullmatch(value) else None
