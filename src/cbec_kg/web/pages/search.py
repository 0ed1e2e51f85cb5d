"""Search: things that a text may name, and the answer on top where it asks for a figure.

>>> examples("zh")[0]
'2022年跨境电商出口额'
"""

from math import ceil

from starlette.requests import Request
from starlette.responses import Response

from cbec_kg.errors import BadParameter, UnknownName
from cbec_kg.web.pages.asked import MOST_PAGES, number_of
from cbec_kg.web.site import read, site_of, spoken
from cbec_kg.web.work.pages.found import browse, search

__all__ = ["examples", "search_page"]

_ON_A_PAGE = 30
_LONGEST = 400
_EXAMPLES = {
    "en": ["CBEC exports in 2022?", "What was China's cross-border e-commerce trade in 2021?", "Alibaba", "Hangzhou"],
    "zh": ["2022年跨境电商出口额", "2021年跨境电商进出口额是多少", "阿里巴巴", "杭州"],
}
"""Two questions and two names that the project's own articles can answer."""
CLASSES = (
    "Indicator", "Platform", "Company", "GovernmentBody", "Policy", "Initiative", "PilotZone", "City", "Country",
    "DrivingFactor", "Phenomenon", "Sector", "Technology", "Event",
)  # fmt: skip


def examples(lang: str) -> list[str]:
    """What may be searched and asked."""
    return _EXAMPLES[lang]


async def search_page(request: Request) -> Response:
    """What is found for ``q``, of a ``class`` where one is given; all of that class where there is no ``q``."""
    text, cls = request.query_params.get("q", "").strip()[:_LONGEST], request.query_params.get("class", "").strip()
    lang, page = spoken(request), number_of(request.query_params.get("page"), 1, MOST_PAGES)
    found, problem = None, ""
    start = (page - 1) * _ON_A_PAGE
    try:
        if text:
            found = await read(request, search, text, lang, _ON_A_PAGE, start, _named(cls) or None)
        elif cls:
            found = await read(request, browse, _named(cls), lang, _ON_A_PAGE, start)
    except (BadParameter, UnknownName) as error:
        problem = str(error)
    pages = ceil(found["total"] / _ON_A_PAGE) if found else 0
    return site_of(request).page(
        request, "search.html", text=text, cls=cls, found=found, problem=problem, number=min(page, max(pages, 1)),
        pages=pages, examples=examples(lang), classes=CLASSES,
    )  # fmt: skip


def _named(cls: str) -> str:
    """A class as addresses name it: Platform for cbec:Platform."""
    return f"cbec:{cls}" if cls and ":" not in cls else cls
