"""Any SPARQL query of an assistant: read-only, on this graph alone, in a process of its own, within limits."""

import asyncio
from functools import partial
from typing import Any

from cbec_kg.errors import CbecError, QueryTimeout
from cbec_kg.mcp.children import kept
from cbec_kg.mcp.page import page_schema, paged
from cbec_kg.mcp.threads import in_thread
from cbec_kg.mcp.tool import Outcome, Tool
from cbec_kg.namespaces import PREFIXES
from cbec_kg.query.formats.triples import as_rows
from cbec_kg.query.results import Graph, Result, Truth
from cbec_kg.query.run import answered, run_text
from cbec_kg.query.schemas import PAGING, Schema, closed, lang_schema
from cbec_kg.store.base import Store
from cbec_kg.store.embedded import EmbeddedStore
from cbec_kg.store.federation import refuse_federation
from cbec_kg.store.following import OpenGraph
from cbec_kg.store.worker import command, received

__all__ = ["sparql_tool"]

_LONGEST = 50_000
_MEMORY = 2 * 2**30


def sparql_tool(lang: str) -> Tool:
    """The tool ``sparql``."""
    query: Schema = {
        "type": "string", "maxLength": _LONGEST,
        "description": "SELECT, ASK, CONSTRUCT or DESCRIBE; the default graph holds every triple once. "
        f"Declared already: {' '.join(f'{prefix}:' for prefix in PREFIXES)}",
    }  # fmt: skip
    timeout: Schema = {
        "type": "number", "minimum": 0.1, "maximum": 60, "default": 20, "description": "Deadline in seconds",
    }  # fmt: skip
    properties = {"query": query, "timeout": timeout, "limit": PAGING["limit"], "lang": lang_schema(lang)}
    outputs = page_schema(None, lang)
    outputs["properties"]["boolean"] = {"type": "boolean", "description": "The answer of an ASK"}
    return Tool(
        name="sparql",
        title="Free SPARQL" if lang == "en" else "自由 SPARQL 查询",
        description="Run any SPARQL 1.1 query, read-only, where no other tool answers the question. "
        "The resource cbec-kg://ontology says what classes and properties there are.",
        inputs=closed(properties, ["query"]),
        outputs=outputs,
        call=_call,
        blocking=False,
    )


async def _call(graph: OpenGraph, arguments: dict[str, Any]) -> Outcome:
    text, limit = arguments["query"], arguments["limit"]
    if not text.strip():
        raise CbecError("the query is empty", fix="give a query's text")
    refuse_federation(text)
    store = await in_thread(graph.store)
    answer = await _answer(store, text, float(arguments["timeout"]), limit, arguments["lang"])
    if isinstance(answer, Truth):
        word = "true" if answer.value else "false"
        empty = paged(Result((), ()), store, limit=1).data
        return Outcome(word, {**empty, "boolean": answer.value})
    if isinstance(answer, Graph):
        answer = as_rows(answer, arguments["lang"])
    more = "raise limit (at most 1000), or page with ORDER BY, LIMIT and OFFSET in the query"
    return await in_thread(partial(paged, answer, store, limit=limit, more=more))


async def _answer(store: Store, text: str, timeout: float, limit: int, lang: str) -> Result | Truth | Graph:
    if not isinstance(store, EmbeddedStore):
        return await in_thread(partial(run_text, text, store, lang=lang, timeout=timeout))
    child = await asyncio.create_subprocess_exec(
        *command(store.build, timeout, rows=limit + 1, memory=_MEMORY),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    with kept(child):
        try:
            found, _ = await asyncio.wait_for(child.communicate(text.encode("utf-8")), timeout)
        except TimeoutError:
            fix = "narrow it, add LIMIT, or give a larger timeout (at most 60)"
            raise QueryTimeout(f"the query did not end within {timeout:g} seconds", fix=fix) from None
    return answered(received(child.returncode or 0, found), store, lang=lang)
