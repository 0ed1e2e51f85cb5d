"""Tools and resources on the wire, by the official library's low-level server, for the schemas are ours.

>>> from cbec_kg.query.catalogue import Catalogue
>>> from cbec_kg.store.embedded import MemoryStore
>>> made(OpenGraph(MemoryStore()), Toolbox(Catalogue(), "en"), "en").name
'cbec-kg'
"""

import asyncio
import inspect
import logging
from typing import Any

import mcp_types as wire
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError

from cbec_kg import __version__
from cbec_kg.errors import CbecError
from cbec_kg.mcp.arguments import checked
from cbec_kg.mcp.resources import TEMPLATE, Shelf
from cbec_kg.mcp.threads import in_thread
from cbec_kg.mcp.tool import Outcome, Tool
from cbec_kg.mcp.toolbox import Toolbox
from cbec_kg.query.formats.display import one_line
from cbec_kg.store.following import OpenGraph

__all__ = ["made"]

_logger = logging.getLogger(__name__)
_INSTRUCTIONS = (
    "A knowledge graph of China's cross-border e-commerce, read from articles. For one figure call answer (or ask, in "
    "plain words): it is known, derived, conflicting or silent, and says who states it where. The other tools are "
    "saved questions with typed parameters; sparql takes any other. Names may be labels (English or Chinese), codes or "
    "prefixed names such as id:aliexpress. Results name articles and the characters in them: cite those. What the "
    "graph does not have it does not guess, and neither should you."
)
# At once: more would only take each other's processor.
_MOST_CALLS = 4


def made(graph: OpenGraph, box: Toolbox, lang: str) -> Server[Any]:
    """A server for one client."""
    shelf, room = Shelf(box.catalogue, lang, list(box.queries.values())), asyncio.Semaphore(_MOST_CALLS)

    async def list_tools(context: Any, params: wire.PaginatedRequestParams | None) -> wire.ListToolsResult:
        return wire.ListToolsResult(tools=[_tool(tool) for tool in box.tools()])

    async def call_tool(context: Any, params: wire.CallToolRequestParams) -> wire.CallToolResult:
        try:
            tool = box.find(params.name)
        except CbecError as error:
            raise MCPError(wire.INVALID_PARAMS, one_line(str(error))) from None
        try:
            async with room:
                outcome = await _called(tool, graph, checked(tool.name, tool.inputs, params.arguments))
        except CbecError as error:
            return _failed(str(error))
        except Exception as error:
            _logger.warning("tool %s: unexpected %s: %s", params.name, type(error).__name__, error)
            return _failed(f"unexpected {type(error).__name__} in {params.name}: {error}")
        return wire.CallToolResult(
            content=[wire.TextContent(type="text", text=outcome.text)], structured_content=dict(outcome.data)
        )

    async def list_resources(context: Any, params: wire.PaginatedRequestParams | None) -> wire.ListResourcesResult:
        return wire.ListResourcesResult(
            resources=[
                wire.Resource(
                    uri=page.uri, name=page.name, title=page.title, description=page.description,
                    mime_type=page.media_type,
                )
                for page in shelf.pages()
            ]
        )  # fmt: skip

    async def list_templates(
        context: Any, params: wire.PaginatedRequestParams | None
    ) -> wire.ListResourceTemplatesResult:
        template = wire.ResourceTemplate(
            uri_template=TEMPLATE, name="query", title="A saved query", mime_type="text/plain",
            description="SPARQL text of a saved query, which runs as it stands.",
        )  # fmt: skip
        return wire.ListResourceTemplatesResult(resource_templates=[template])

    async def read_resource(context: Any, params: wire.ReadResourceRequestParams) -> wire.ReadResourceResult:
        try:
            text, media_type = shelf.read(str(params.uri))
        except CbecError as error:
            raise MCPError(wire.INVALID_PARAMS, one_line(str(error))) from None
        contents = wire.TextResourceContents(uri=params.uri, mime_type=media_type, text=text)
        return wire.ReadResourceResult(contents=[contents])

    async def complete(context: Any, params: wire.CompleteRequestParams) -> wire.CompleteResult:
        given = dict(params.context.arguments or {}) if params.context else {}
        values = shelf.completed(given, params.argument.name, params.argument.value)
        return wire.CompleteResult(completion=wire.Completion(values=values[:100], total=len(values)))

    return Server(
        "cbec-kg",
        version=__version__,
        title="cbec-kg: China's cross-border e-commerce",
        instructions=_INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_list_resource_templates=list_templates,
        on_read_resource=read_resource,
        on_completion=complete,
    )


async def _called(tool: Tool, graph: OpenGraph, arguments: dict[str, Any]) -> Outcome:
    if tool.blocking:
        outcome = await in_thread(tool.call, graph, arguments)
    else:
        outcome = tool.call(graph, arguments)
    return await outcome if inspect.isawaitable(outcome) else outcome


def _tool(tool: Tool) -> wire.Tool:
    return wire.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.inputs,
        output_schema=tool.outputs,
        annotations=wire.ToolAnnotations(
            title=tool.title,
            read_only_hint=True,
            destructive_hint=False,
            idempotent_hint=True,
            open_world_hint=tool.federated,
        ),
    )


def _failed(line: str) -> wire.CallToolResult:
    return wire.CallToolResult(content=[wire.TextContent(type="text", text=one_line(line))], is_error=True)
