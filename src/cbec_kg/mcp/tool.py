"""What an assistant can call: a name, what it does, the schemas of what goes in and comes out, and the call.

Nothing here knows the protocol's library; `cbec_kg.mcp.server` puts tools on the wire.

>>> legal_name("platforms/merged-into")
'platforms_merged_into'
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cbec_kg.query.schemas import Schema
from cbec_kg.store.following import OpenGraph

__all__ = ["LONGEST_NAME", "MOST_BYTES", "Call", "Outcome", "Tool", "legal_name"]

MOST_BYTES = 50_000
"""No text and no structured content of a result is longer, in bytes of UTF-8."""

LONGEST_NAME = 48
"""Hosts put the server's name before a tool's, and some allow 64 characters for both."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a call gives: ``text`` for reading, ``data`` by the tool's output schema."""

    text: str
    data: Mapping[str, Any]


Call = Callable[[OpenGraph, dict[str, Any]], "Outcome | Awaitable[Outcome]"]
"""Takes the graph and arguments that fit the schema; raises `CbecError`."""


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool. ``blocking`` calls run in a thread, so that the server answers others meanwhile.

    ``federated`` is whether a call asks other servers than that of the graph.
    """

    name: str
    title: str
    description: str
    inputs: Schema = field(repr=False)
    outputs: Schema = field(repr=False)
    call: Call = field(repr=False)
    blocking: bool = True
    federated: bool = False


def legal_name(query: str) -> str:
    """Name of the tool for a saved query: letters, digits and low lines, which every host allows."""
    return query.replace("/", "_").replace("-", "_")
