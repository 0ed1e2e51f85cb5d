"""What readers make while little is asked of them, so that the first question costs no more than the second.

A piece at a time, the most wanted first: names (search, unknown names), the home page, questions in words, lists.

>>> from cbec_kg.store.embedded import MemoryStore
>>> for piece in WARMING:
...     piece(OpenGraph(MemoryStore()))
"""

from collections.abc import Callable

from cbec_kg.namespaces import BASE
from cbec_kg.query.hierarchy import Hierarchy
from cbec_kg.search.index import EntityIndex
from cbec_kg.store.following import OpenGraph
from cbec_kg.web.work.data.near import near
from cbec_kg.web.work.pages.answering import answered
from cbec_kg.web.work.pages.articles import articles_told
from cbec_kg.web.work.pages.factors import mapped
from cbec_kg.web.work.pages.home import home_told

__all__ = ["WARMING"]


def _names(graph: OpenGraph) -> None:
    graph.made_of(EntityIndex.of)


def _unknown_names(graph: OpenGraph) -> None:
    near(graph, f"{BASE}id/alixepress")
    graph.made_of(Hierarchy.of)


def _home(graph: OpenGraph) -> None:
    home_told(graph, "en")


def _questions(graph: OpenGraph) -> None:
    answered(graph.store(), "How large were CBEC exports in 2023?", "en")


def _chinese_questions(graph: OpenGraph) -> None:
    answered(graph.store(), "2023年跨境电商出口额是多少？", "zh")


def _lists(graph: OpenGraph) -> None:
    articles_told(graph, {}, 1, 0)
    mapped(graph, "", "", "en")


WARMING: tuple[Callable[[OpenGraph], None], ...] = (
    _names,
    _unknown_names,
    _home,
    _questions,
    _chinese_questions,
    _lists,
)
"""Called one after another by the readers of `cbec_kg.store.pool.pool`."""
