"""What a page's own tags say of it: meta tags, JSON-LD, the canonical link.

Only what is written for machines counts; a heading or a date in the page's text is a guess, and an article without a
date is better than one with a wrong one. Tags that contradict each other on the day say nothing.

>>> from lxml.html import document_fromstring
>>> said(document_fromstring('<meta property="og:title" content="Trade up"><meta name="PubDate" content="2024-01-12">'))
{'title': 'Trade up', 'published': '2024-01-12'}
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from cbec_kg.readers.metadata import day_or_hint

__all__ = ["said"]

# In order of trust. ArticleTitle, SiteName, PubDate and Url are what Chinese government sites must write.
_TITLES = ("og:title", "articletitle", "citation_title", "dcterms.title", "dc.title", "headline")
_SITES = ("og:site_name", "sitename", "citation_publisher", "dcterms.publisher", "dc.publisher")
_URLS = ("og:url", "url")
_DATES = (
    "article:published_time", "og:published_time", "datepublished", "pubdate", "publishdate", "publish-date",
    "publish_date", "citation_publication_date", "citation_online_date", "dcterms.issued", "dc.date.issued",
    "parsely-pub-date", "sailthru.date",
)  # fmt: skip
_ARTICLE_TYPES = frozenset({"BlogPosting", "Report"})
_SAVED_FROM = re.compile(r"<!-- saved from url=\([0-9]{4}\)(https?://\S{1,2000}) -->")
_SAVED_WITHIN = 2000


def said(tree: Any, source: str = "") -> dict[str, str]:
    """Title, publisher, published and url of a page, as its tags have them, where they have them.

    ``tree`` is the page parsed by lxml, ``source`` its text, of which the beginning may say where a browser saved it
    from. A date is a day, or YYYY or YYYY-MM.
    """
    tags = _tags(tree)
    linked = _linked(tree)
    dates = [value for name in _DATES for value in tags.get(name, ())]
    found = {
        "title": next((tags[name][0] for name in _TITLES if name in tags), linked.get("headline")),
        "publisher": next((tags[name][0] for name in _SITES if name in tags), linked.get("publisher")),
        "published": _date([*dates, linked.get("datePublished", "")]),
        "url": _url(tree, tags, source),
    }
    return {key: value for key, value in found.items() if value}


def _tags(tree: Any) -> dict[str, list[str]]:
    """Contents of the meta tags by name, each in the page's order."""
    tags: dict[str, list[str]] = {}
    for tag in tree.iter("meta"):
        content = (tag.get("content") or "").strip()
        name = tag.get("property") or tag.get("name") or tag.get("itemprop")
        if content and name:
            tags.setdefault(name.strip().lower(), []).append(content)
    return tags


def _date(values: list[str]) -> str | None:
    days = {day for value in values if (dated := day_or_hint(value)) for day in dated if day}
    return days.pop() if len(days) == 1 else None


def _url(tree: Any, tags: dict[str, list[str]], source: str) -> str | None:
    canonical = [link.get("href") or "" for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    told = canonical + [value for name in _URLS for value in tags.get(name, ())]
    if saved := _SAVED_FROM.search(source[:_SAVED_WITHIN]):
        told.append(saved[1])
    return next((url for url in told if url.lower().startswith(("http://", "https://"))), None)


def _linked(tree: Any) -> dict[str, str]:
    """Strings of the page's one article in JSON-LD; of several none is known to be the page's own."""
    articles = []
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            try:
                articles += [node for node in _nodes(json.loads(script.text or "", strict=False)) if _is_article(node)]
            except (ValueError, RecursionError):
                continue
    if len(articles) != 1:
        return {}
    article = articles[0]
    publisher = article.get("publisher")
    told = {key: article.get(key) for key in ("headline", "datePublished")}
    told["publisher"] = publisher.get("name") if isinstance(publisher, dict) else publisher
    return {key: value.strip() for key, value in told.items() if isinstance(value, str) and value.strip()}


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Objects at the top, in a list there, or in ``@graph``."""
    for node in value if isinstance(value, list) else [value]:
        if isinstance(node, dict):
            graph = node.get("@graph")
            yield from (one for one in (graph if isinstance(graph, list) else [node]) if isinstance(one, dict))


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and (kind.endswith("Article") or kind in _ARTICLE_TYPES)
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )
