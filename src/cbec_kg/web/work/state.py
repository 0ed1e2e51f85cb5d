"""What graph is read.

>>> from cbec_kg.store.embedded import MemoryStore
>>> state(OpenGraph(MemoryStore()))
{'build': None}
"""

from typing import Any

from cbec_kg.store.following import OpenGraph

__all__ = ["state"]


def state(graph: OpenGraph) -> dict[str, Any]:
    """Name of the build that is read; raises `StoreMissing`."""
    graph.store()
    return {"build": graph.build()}
