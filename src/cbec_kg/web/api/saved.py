"""``/api/queries``: the catalogue, rows of each saved query, values for its parameters, its text with values bound.

>>> from cbec_kg.query.catalogue import Catalogue
>>> query = Catalogue().find("platforms/programmes")
>>> [parameter.name for parameter in parameters_of(query)]
['platform', 'limit', 'offset', 'format', 'lang']
"""

import json
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from cbec_kg import __version__
from cbec_kg.errors import UnknownQuery
from cbec_kg.namespaces import compact
from cbec_kg.query.convert import to_terms
from cbec_kg.query.listing import listing
from cbec_kg.query.nearest import did_you_mean
from cbec_kg.query.said import said
from cbec_kg.query.saved import Bilingual, Param, SavedQuery
from cbec_kg.rdf.terms import NamedNode
from cbec_kg.web.api.arguments import checked
from cbec_kg.web.api.formats import LISTING, ROWS, form_of
from cbec_kg.web.api.operation import Arguments, Parameter
from cbec_kg.web.api.responding import answered, said_once, spoken
from cbec_kg.web.api.schemas import LANG, example_of, parameter_schema, text
from cbec_kg.web.site import site_of
from cbec_kg.web.tags import tag_of
from cbec_kg.web.work.api.queries import Run, bound, rows, suggested
from cbec_kg.web.work.api.rows import rendered

__all__ = [
    "CATALOGUE", "SPEECH", "SUGGEST", "catalogue", "parameters_of", "run_query", "sparql_of", "suggestions_of",
]  # fmt: skip

MOST_ROWS = 10_000
SPEECH = Parameter("lang", LANG, "Language of labels and texts; else what Accept-Language likes best", example="en")
_FORM = "Form of the answer; else by Accept"
_FORMAT = Parameter("format", {"type": "string", "enum": list(ROWS)}, _FORM, example="csv")
_PAGING = (
    Parameter(
        "limit", {"type": "integer", "minimum": 1, "maximum": MOST_ROWS},
        "Most rows to give; all, where it is not given. Link headers then lead to the next and the previous page",
        example=20,
    ),
    Parameter(
        "offset", {"type": "integer", "minimum": 0, "maximum": 10**9, "default": 0}, "Rows to skip", example=0
    ),
)  # fmt: skip


CATALOGUE = (
    Parameter("format", {"type": "string", "enum": list(LISTING)}, _FORM, example="csv"),
    SPEECH,
)
SUGGEST = (
    Parameter("param", {**text(), "format": "cbec-kg:parameter"}, "Name of one of the query's parameters", True),
    Parameter("q", text(), "How a label or a code begins, English or Chinese"),
    Parameter(
        "limit", {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}, "Most values to give", example=10
    ),
    SPEECH,
)


def parameters_of(query: SavedQuery, *, paged: bool = True) -> tuple[Parameter, ...]:
    """Parameters of a saved query's address: its own, of which one of type ``lang`` is the answer's language."""
    own = tuple(
        Parameter(
            param.name, parameter_schema(param), f"{param.label.en} ({param.label.zh}): {_expected(param)}",
            param.required, example_of(param),
        )
        for param in query.params
        if param.type != "lang"
    )  # fmt: skip
    return (*own, *(_PAGING if paged else ()), *((_FORMAT,) if paged else ()), SPEECH)


def _expected(param: Param) -> str:
    said_so = "one of the choices" if param.choices else param.expects()
    return said_so if param.default or param.required else f"{said_so}; any, where it is not given"


async def catalogue(request: Request, arguments: Arguments) -> Response:
    """The saved queries, of one topic where the address names one."""
    site = site_of(request)
    topic = request.path_params.get("topic")
    every = list(site.catalogue)
    queries = [query for query in every if topic is None or query.topic == topic]
    if not queries:
        topics = sorted({query.topic for query in every})
        raise UnknownQuery(f"no topic {said(topic)}", fix=did_you_mean(str(topic), topics))
    form, media = form_of(arguments.get("format"), request.headers.get("accept"), LISTING)
    lang = spoken(request, arguments)
    etag = tag_of(__version__, form, lang, *(query.text for query in queries), weak=True)
    if form == "json":
        root = request.scope.get("root_path", "")
        told = {"queries": [_told(query, root) for query in queries]}
        return said_once(request, json.dumps(told, ensure_ascii=False), media, etag)
    return said_once(request, rendered(listing(queries, lang), form), media, etag)


def _told(query: SavedQuery, root: str) -> dict[str, Any]:
    address = f"{root}/api/queries/{query.name}"
    return {
        "name": query.name, "topic": query.topic, "summary": _both(query.summary),
        "description": _both(query.description), "tags": list(query.tags),
        "parameters": [_told_param(param, address) for param in query.params],
        "columns": [
            {"name": one.name, "type": one.type or "term", "label": {lang: one.heading(lang) for lang in ("en", "zh")}}
            for one in query.columns
        ],
        "links": {"rows": address, "sparql": f"{address}/sparql"},
    }  # fmt: skip


def _told_param(param: Param, address: str) -> dict[str, Any]:
    return {
        "name": param.name, "type": param.type, "label": _both(param.label),
        "class": compact(param.cls) if param.cls else None, "default": list(param.default),
        "choices": list(param.choices), "many": param.many, "required": param.required, "expects": param.expects(),
        "min": param.min, "max": param.max, "max_length": param.max_length,
        "suggest": f"{address}/suggest?param={param.name}",
    }  # fmt: skip


def _both(texts: Bilingual) -> dict[str, str]:
    return {lang: written for lang in ("en", "zh") if (written := getattr(texts, lang))}


def _query(request: Request) -> SavedQuery:
    site = site_of(request)
    return site.catalogue.find(f"{request.path_params['topic']}/{request.path_params['question']}")


def _values(query: SavedQuery, arguments: Arguments) -> dict[str, object]:
    """Values of a query's own parameters; what stands as the default is left to the query's text."""
    values = {}
    for param in query.params:
        value = arguments.get(param.name)
        if param.type == "lang" or value is None or value == parameter_schema(param).get("default"):
            continue
        if param.type != "iri":  # names are known to the graph alone
            to_terms(param, value, lambda _, name: NamedNode(name))
        values[param.name] = value
    return values


async def run_query(request: Request, _: Arguments) -> Response:
    """Rows of a saved query."""
    query = _query(request)
    arguments = checked(query.name, parameters_of(query), request.query_params.multi_items())
    form, media = form_of(arguments.get("format"), request.headers.get("accept"), ROWS)
    lang = spoken(request, arguments)
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "offset"]
    path = f"{request.scope.get('root_path', '')}/api/queries/{query.name}"
    asked = Run(
        query, _values(query, arguments), form, media, lang, arguments.get("limit"), arguments["offset"],
        f"{path}?{urlencode(kept)}{'&' if kept else ''}offset=OFFSET", _headers(request, query, form, lang),
    )  # fmt: skip
    return await answered(request, f"{lang} {form} {asked.address} {asked.offset} {query.text}", rows, asked)


def _headers(request: Request, query: SavedQuery, form: str, lang: str) -> dict[str, str]:
    root = request.scope.get("root_path", "")
    headers = {"Content-Language": lang, "Link": f'<{root}/openapi.json>; rel="service-desc"'}
    if form in ("xlsx", "parquet"):
        headers["Content-Disposition"] = f'attachment; filename="{query.name.replace("/", "-")}.{form}"'
    return headers


async def suggestions_of(request: Request, arguments: Arguments) -> Response:
    """Values for a parameter of a saved query."""
    query = _query(request)
    names = [param.name for param in query.params]
    if (wanted := arguments["param"]) not in names:
        fix = did_you_mean(wanted, names) if names else "it has none"
        raise UnknownQuery(f"{query.name} has no parameter {said(wanted)}", fix=fix)
    param = query.param(wanted)
    lang = spoken(request, arguments)
    name = f"suggest {request.url.path}?{request.url.query} {lang}"
    return await answered(
        request, name, suggested, param, arguments.get("q", ""), lang, arguments["limit"], {"Content-Language": lang}
    )


async def sparql_of(request: Request, _: Arguments) -> Response:
    """The SPARQL text of a saved query with values bound."""
    query = _query(request)
    arguments = checked(query.name, parameters_of(query, paged=False), request.query_params.multi_items())
    lang = spoken(request, arguments)
    name = f"sparql {request.url.query} {lang} {query.text}"
    return await answered(request, name, bound, query, _values(query, arguments), lang, {"Content-Language": lang})
