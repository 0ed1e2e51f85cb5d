"""Which language a request wants: what its address says, else its cookie, else its browser, else the server.

>>> best("zh-CN,zh;q=0.9,en;q=0.8"), best("de, en;q=0.5"), best("fr"), best("en;q=0.2, zh-Hans;q=0.7")
('zh', 'en', None, 'zh')
"""

from starlette.requests import Request

from cbec_kg.query.saved import LANGUAGES
from cbec_kg.web.negotiate import weighed

__all__ = ["COOKIE", "best", "lang_of"]

COOKIE = "lang"


def lang_of(request: Request, default: str = "en") -> str:
    """``en`` or ``zh``."""
    for said in (request.query_params.get("lang"), request.cookies.get(COOKIE)):
        if said in LANGUAGES:
            return said
    return best(request.headers.get("accept-language", "")) or default


def best(accepted: str) -> str | None:
    """The language of ours that an ``Accept-Language`` likes best, None where it names none."""
    for tag, quality in weighed(accepted):
        if quality and (known := tag.partition("-")[0]) in LANGUAGES:
            return known
    return None
