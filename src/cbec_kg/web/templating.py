"""Pages from Jinja templates, with texts in English and Chinese.

A text is a line of ``texts/PAGE.yaml`` with ``en`` and ``zh``; a template writes ``t("PAGE.name")``. What a template
writes is escaped; links of the graph become links of this server by ``href``.

>>> href("https://w3id.org/cbec-kg/id/shein"), href("https://example.org/a"), href("javascript:alert(1)")
('/id/shein.html', 'https://example.org/a', '')
"""

from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import jinja2
from starlette.requests import Request

from cbec_kg.web import writing
from cbec_kg.web.addresses import Addresses
from cbec_kg.web.bilingual import known_texts, texts
from cbec_kg.web.wording import worded
from cbec_kg.web.work.charts.looks import THEMES

__all__ = ["Templates", "here", "href"]

HERE = Path(__file__).parent


class Templates:
    """The templates of this server."""

    def __init__(self) -> None:
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(HERE / "templates"), autoescape=True, undefined=jinja2.StrictUndefined,
            trim_blocks=True, lstrip_blocks=True, auto_reload=False,
        )  # fmt: skip
        self._environment.filters["slug"] = writing.slug

    def warm(self) -> None:
        """Read all texts and compile all templates, which the first page would wait for."""
        known_texts()
        for name in self._environment.list_templates(extensions=["html"]):
            self._environment.get_template(name)

    def render(self, name: str, request: Request, lang: str, context: dict[str, Any]) -> str:
        """A page; templates know these beside what they are given.

        ``request``, ``lang``, ``other`` (the other language), ``t``, ``href``, ``root`` (path of the server, no slash),
        ``here(name=value)`` (this page with other parameters), ``figure_in(lang, value, lower, upper, unit)``,
        ``period(code)``, ``word(code)``, ``worded(line)`` of an error, ``theme`` (light, dark, or "" for the
        browser's), ``build``.
        """
        # What is mounted below the server has a root path of its own.
        root = request.scope.get("app_root_path", request.scope.get("root_path", ""))
        theme = _theme(request)
        known = {
            "request": request, "lang": lang, "other": "en" if lang == "zh" else "zh", "t": texts(lang), "root": root,
            "href": partial(href, root=root), "here": partial(here, request), "figure_in": writing.figure,
            "bounds_in": writing.figure_with_bounds, "period": partial(writing.period, lang),
            "word": partial(writing.word, lang), "literal": writing.literal, "theme": theme,
            "build": None, "worded": partial(worded, lang=lang),
        }  # fmt: skip
        return self._environment.get_template(name).render(known | context)


def here(request: Request, **changed: object) -> str:
    """The address of this page with some parameters changed; the page of a list goes where its choice changes."""
    known = [(name, value) for name, value in request.query_params.multi_items() if name not in changed]
    if not changed.keys() & {"page", "lang", "theme"}:
        known = [pair for pair in known if pair[0] != "page"]
    new = [(name, str(value)) for name, value in changed.items() if value is not None]
    return "?" + urlencode(known + new)


def _theme(request: Request) -> str:
    for said in (request.query_params.get("theme"), request.cookies.get("theme")):
        if said in THEMES:
            return said
    return ""


def href(iri: str, root: str = "") -> str:
    """Where a link to an IRI leads: names of the graph to their pages here, http(s) to itself, all else nowhere."""
    if (found := Addresses(None, root).path_of(iri, ".html")) is not None:
        return found
    return iri if urlsplit(iri).scheme in ("http", "https") else ""
