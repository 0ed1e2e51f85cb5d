"""Saved queries as tools: one each, its schema from the query's header.

>>> from cbec_kg.query.catalogue import Catalogue
>>> tool = saved_tool(Catalogue().find("platforms/programmes"), "en")
>>> tool.name, list(tool.inputs["properties"])
('platforms_programmes', ['platform', 'limit', 'offset', 'lang'])
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from cbec_kg.errors import CbecError, UnknownQuery
from cbec_kg.mcp.page import page_schema, paged
from cbec_kg.mcp.tool import LONGEST_NAME, Outcome, Tool, legal_name
from cbec_kg.query.catalogue import Catalogue
from cbec_kg.query.nearest import did_you_mean
from cbec_kg.query.run import run
from cbec_kg.query.saved import Param, SavedQuery
from cbec_kg.query.schemas import PAGING, closed, lang_schema, schema_of
from cbec_kg.store.federation import is_federated
from cbec_kg.store.following import OpenGraph

__all__ = ["chosen", "saved_tool", "tool_names"]


def chosen(catalogue: Catalogue, topics: Sequence[str] = ()) -> list[str]:
    """Names of the queries of these topics, of all where none is given; raises `UnknownQuery`."""
    names = catalogue.names()
    known = sorted({name.partition("/")[0] for name in names})
    for topic in topics:
        if topic not in known:
            raise UnknownQuery(f"no topic {topic!r}", fix=did_you_mean(topic, known))
    return [name for name in names if not topics or name.partition("/")[0] in topics]


def tool_names(queries: Sequence[str], taken: Sequence[str] = ()) -> dict[str, str]:
    """Query of each tool's name; raises `CbecError` for two queries of one name, and for a name that hosts refuse."""
    found: dict[str, str] = {}
    for query in queries:
        name = legal_name(query)
        if name in found or name in taken:
            raise CbecError(f"{query} and {found.get(name, name)} would be one tool, {name}", fix="rename the query")
        if len(name) > LONGEST_NAME:
            raise CbecError(f"{query} is too long for a tool's name", fix=f"use {LONGEST_NAME} characters at most")
        found[name] = query
    return found


def saved_tool(query: SavedQuery, lang: str, deadline: float | None = None) -> Tool:
    """The tool of a saved query, described in ``lang``; ``deadline`` in seconds for queries that are not ours."""
    inputs = {param.name: schema_of(param, lang) for param in _params(query)}
    required = [param.name for param in _params(query) if param.required]
    # A parameter that bears one of these names means itself.
    controls = {**PAGING, "lang": lang_schema(lang)}
    return Tool(
        name=legal_name(query.name),
        title=query.summary.in_language(lang),
        description=query.description.in_language(lang) or query.summary.in_language(lang),
        inputs=closed({**inputs, **{name: one for name, one in controls.items() if name not in inputs}}, required),
        outputs=page_schema(query.columns, lang),
        call=_call(query, set(inputs), deadline),
        federated=is_federated(query.text),
    )


def _params(query: SavedQuery) -> Iterator[Param]:
    """Parameters that an assistant gives; ``lang`` is the same for every tool."""
    return (param for param in query.params if param.type != "lang")


def _call(query: SavedQuery, own: set[str], deadline: float | None) -> Callable[[OpenGraph, dict[str, Any]], Outcome]:
    params = {param.name: param for param in query.params}

    def call(graph: OpenGraph, arguments: dict[str, Any]) -> Outcome:
        store = graph.store()
        controls: dict[str, Any] = {"limit": 100, "offset": 0, "lang": "en"}
        controls |= {name: value for name, value in arguments.items() if name not in own}
        # What stands as the default is left to the query's own text.
        values = {name: value for name, value in arguments.items() if name in own and not _same(params[name], value)}
        result = run(query, values, store, lang=controls["lang"], timeout=deadline)
        return paged(result, store, limit=controls["limit"], offset=controls["offset"])

    return call


def _same(param: Param, value: Any) -> bool:
    values = value if isinstance(value, list) else [value]
    return tuple(map(str, values)) == param.default
