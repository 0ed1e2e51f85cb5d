"""The page of an article, and the list of all.

The graph has no text of an article, only its digest. Where the server was given a folder of texts, the page shows the
one with that digest, read anew for each request, with all spans marked; of a text that differs it says so.

>>> chosen([], {"sort": "claims"})
[]
"""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from math import ceil
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from cbec_kg.errors import CbecError
from cbec_kg.query.fold import fold
from cbec_kg.verify.texts import LocalText, Texts
from cbec_kg.web.pages.asking import asked, page_number, spoken
from cbec_kg.web.pages.highlighting import pieces
from cbec_kg.web.site import site_of
from cbec_kg.web.work.articles import Article, Listed, article_told, articles_told

__all__ = ["SORTS", "article_page", "articles_page", "chosen"]

SORTS = ("published", "title", "claims", "figures")
_ON_A_PAGE = 50


async def article_page(request: Request, iri: str) -> Response:
    """An article's claims in reading order, and its text where it is at hand; raises `UnknownName`."""
    site = site_of(request)
    article = await asked(request, article_told, iri, spoken(request))
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
    listed = await asked(request, articles_told)
    some = chosen(listed, request.query_params)
    page, pages = page_number(request), max(1, ceil(len(some) / _ON_A_PAGE))
    page = min(page, pages)
    return site_of(request).page(
        request, "articles.html", articles=some[(page - 1) * _ON_A_PAGE : page * _ON_A_PAGE], total=len(some),
        number=page, pages=pages, sorts=SORTS, given=request.query_params,
        publishers=sorted({one.publisher for one in listed if one.publisher}),
        languages=sorted({one.lang for one in listed if one.lang}),
    )  # fmt: skip


def chosen(listed: Sequence[Listed], given: Mapping[str, str]) -> list[Listed]:
    """Articles that fit what is asked for, in the order asked for; an unknown order is that of publication."""
    words = fold(given.get("q", "")[:200]).split()
    publisher, language = given.get("publisher", ""), given.get("language", "")
    some = [
        one
        for one in listed
        if (not publisher or one.publisher == publisher)
        and (not language or one.lang == language)
        and all(word in fold(f"{one.title} {one.id} {one.publisher}") for word in words)
    ]
    match given.get("sort"):
        case "claims":
            return sorted(some, key=lambda one: (-one.claims, one.id))
        case "figures":
            return sorted(some, key=lambda one: (-one.figures, one.id))
        case "title":
            return sorted(some, key=lambda one: (one.title or one.id, one.id))
    return sorted(sorted(some, key=lambda one: one.id), key=lambda one: one.published, reverse=True)


def _local(folder: Path, article: Article) -> LocalText | None:
    try:
        with Texts(folder) as texts:
            return texts.find(article.id, article.sha256)
    except (CbecError, OSError) as error:
        return LocalText("", sha256(b"").hexdigest(), None, str(error))
