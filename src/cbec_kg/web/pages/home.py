"""The first page: search, the latest figures, what was found, what is in the graph, and what changed last.

>>> bars = [{"year": 2020, "value": Decimal(2), "type": "known"}, {"year": 2021, "value": None, "type": "silent"}]
>>> [(bar["year"], bar["height"]) for bar in drawn(bars)]
[(2020, 150.0), (2021, 0.0)]
"""

from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from cbec_kg.errors import StoreError
from cbec_kg.pipeline.log import entries
from cbec_kg.web.pages.search import examples
from cbec_kg.web.site import Site, read, site_of, spoken
from cbec_kg.web.work.pages.home import home_told

__all__ = ["drawn", "home_page"]

_HIGH, _BUILDS = 150.0, 3


async def home_page(request: Request) -> Response:
    """What is made of the graph is made once for a build."""
    site, lang = site_of(request), spoken(request)
    told = await read(request, home_told, lang)
    return site.page(
        request, "home.html", told=told, bars=drawn(told["bars"]), builds=_builds(site), examples=examples(lang)
    )


def drawn(bars: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same with the ``height`` of each bar in pixels: its share of the highest."""
    highest = max((bar["value"] for bar in bars if bar["value"] is not None), default=Decimal(1)) or Decimal(1)
    return [bar | {"height": round(float((bar["value"] or 0) / highest) * _HIGH, 1)} for bar in bars]


def _builds(site: Site) -> list[dict[str, Any]]:
    """The last builds, the newest first, each with how far its counts are from those of the one before."""
    built: list[dict[str, Any]] = []
    with suppress(StoreError, OSError):
        built = [one for one in entries(site.settings.store) if one.get("build")]
    told = []
    for before, one in zip([{}, *built], built, strict=False):
        changed = {
            key: one[key] - before.get(key, one[key])
            for key in ("articles", "claims", "entities", "findings")
            if isinstance(one.get(key), int)
        }
        told.append(one | {"changed": {key: count for key, count in changed.items() if count}})
    return told[: -_BUILDS - 1 : -1]
