"""All tools of one server: the saved queries, one figure, entities, free SPARQL.

>>> from cbec_kg.query.catalogue import Catalogue
>>> box = Toolbox(Catalogue(), "en", ["platforms"])
>>> [tool.name for tool in box.tools()][:4]
['answer', 'ask', 'search_entities', 'describe_entity']
>>> box.find("anwser")
Traceback (most recent call last):
    ...
cbec_kg.errors.UnknownQuery: no tool 'anwser': did you mean answer?
"""

from collections.abc import Iterator, Sequence

from cbec_kg.errors import UnknownQuery
from cbec_kg.mcp.entities import describe_entity, find_entities
from cbec_kg.mcp.figures import one_figure, plain_words
from cbec_kg.mcp.free_sparql import sparql_tool
from cbec_kg.mcp.saved_queries import chosen, saved_tool, tool_names
from cbec_kg.mcp.suggestions import suggest_values
from cbec_kg.mcp.tool import Tool
from cbec_kg.query.catalogue import Catalogue
from cbec_kg.query.nearest import did_you_mean

__all__ = ["Toolbox"]


class Toolbox:
    """Tools by name. Queries are read when they are listed or called, so an edited one is used as it is.

    ``deadline`` in seconds is for queries that are not ours. Raises `UnknownQuery` for an unknown topic, `CbecError`
    for names that clash, `ParseError` for a query that cannot be read.
    """

    def __init__(
        self, catalogue: Catalogue, lang: str, topics: Sequence[str] = (), deadline: float | None = None
    ) -> None:
        self.catalogue, self.lang, self.deadline = catalogue, lang, deadline
        self.queries: dict[str, str] = {}
        fixed = (
            one_figure(lang), plain_words(lang), find_entities(lang), describe_entity(lang),
            suggest_values(lang, self.queries, catalogue), sparql_tool(lang),
        )  # fmt: skip
        self.fixed = {tool.name: tool for tool in fixed}
        self.queries |= tool_names(chosen(catalogue, topics), list(self.fixed))
        for name in self.queries:
            self._saved(name)

    def tools(self) -> Iterator[Tool]:
        """All of them, those for any question first."""
        yield from self.fixed.values()
        yield from map(self._saved, self.queries)

    def find(self, name: str) -> Tool:
        """The tool of a name; raises `UnknownQuery` with the nearest."""
        if name in self.fixed:
            return self.fixed[name]
        if name not in self.queries:
            fix = did_you_mean(name[:200], [*self.fixed, *self.queries])
            raise UnknownQuery(f"no tool {name[:200]!r}", fix=fix)
        return self._saved(name)

    def _saved(self, name: str) -> Tool:
        return saved_tool(self.catalogue.find(self.queries[name]), self.lang, self.deadline)
