"""The page of an article, and the list of all.

The graph has no text of an article, only its digest. Where the server was given a folder of texts, the page shows the
one with that digest, read anew for each request, with all spans marked; of a text that differs it says so.

>>> import inspect
>>> inspect.iscoroutinefunction(article_page)
True
"""

from hashlib import sha256
from math import ceil
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from cbec_kg.errors import CbecError
from cbec_kg.verify.texts import LocalText, Texts
from cbec_kg.web.pages.asked import MOST_PAGES, number_of
from cbec_kg.web.pages.highlighting import pieces
from cbec_kg.web.site import read, site_of, spoken
from cbec_kg.web.work.pages.articles import SORTS, Article, article_told, articles_told

__all__ = ["article_page", "articles_page"]

_ON_A_PAGE = 50


async def article_page(request: Request, iri: str) -> Response:
    """An article's claims in reading order, and its text where it is at hand; raises `UnknownName`."""
    site = site_of(request)
    article = await read(request, article_told, iri, spoken(request))
    local = None
    if site.settings.articles is not None:
        local = await run_in_threadpool(_local, site.settings.articles, article)
    shown = local is not None and local.text is not None and local.sha256 == article.sha256
    kinds: dict[str, int] = {}
    for _, kind in {(place.claim, place.kind.label) for place in article.places}:
        kinds[kind] = kinds.get(kind, 0) + 1
    return site.page(
        request, "article.html", article=article, local=local, shown=shown, kinds=sorted(kinds.items()),
        claims=len({place.claim for place in article.places}),
        pieces=pieces(local.text, article.places) if local and local.text is not None and shown else [],
    )  # fmt: skip


async def articles_page(request: Request) -> Response:
    """All articles: of a ``publisher`` or ``language``, with words ``q`` in the title, sorted by ``sort``."""
    given = {name: request.query_params.get(name, "")[:200] for name in ("q", "publisher", "language", "sort")}
    page = number_of(request.query_params.get("page"), 1, MOST_PAGES)
    listing = await read(request, articles_told, given, _ON_A_PAGE, (page - 1) * _ON_A_PAGE)
    pages = max(1, ceil(listing.total / _ON_A_PAGE))
    return site_of(request).page(
        request, "articles.html", listing=listing, number=min(page, pages), pages=pages, sorts=SORTS, given=given
    )


def _local(folder: Path, article: Article) -> LocalText | None:
    try:
        with Texts(folder) as texts:
            return texts.find(article.id, article.sha256)
    except (CbecError, OSError) as error:
        return LocalText("", sha256(b"").hexdigest(), None, str(error))
