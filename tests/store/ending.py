"""What brings the reader down that makes it."""

import os

from cbec_kg.store.following import OpenGraph

__all__ = ["WARMING"]


def _end(graph: OpenGraph) -> None:
    os._exit(3)


WARMING = (_end,)
