"""The ``#+`` lines of a query as YAML nodes, which know the line they stand on.

Scalars stay as they are written, so that ``2022``, ``no`` and ``2021-01-14`` mean themselves. Unlike YAML at large, a
key that stands twice and a key that nobody knows are errors: either would be lost in silence.

>>> lines = HeaderLines("#+ summary: Totals\\n#+ year: 2022\\nSELECT ...", "totals.rq")
>>> {key: node.value for key, node in lines.mapping(lines.root(), "the header").items()}
{'summary': 'Totals', 'year': '2022'}
"""

from collections.abc import Iterable
from typing import NoReturn

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from cbec_kg.errors import ParseError
from cbec_kg.query.nearest import did_you_mean

__all__ = ["HeaderLines", "MappingNode", "Node", "SequenceNode"]

# Scalars as strings; LibYAML where the wheel has it, for a quick start.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class HeaderLines:
    """The header of one file; every error names the file and the line."""

    def __init__(self, text: str, path: str) -> None:
        self.text, self.path = text, path

    def fail(self, problem: str, node: Node | None = None, line: int | None = None) -> NoReturn:
        """Raise `ParseError` at a node or a line; ``problem`` says what is wrong and what to do."""
        column = None
        if node is not None:
            line, column = node.start_mark.line + 1, node.start_mark.column + 3
        raise ParseError(self.path, line, column, problem)

    def root(self) -> Node:
        """The whole header, which is the file's first lines."""
        lines = self.text.split("\n")
        length = next((i for i, line in enumerate(lines) if not line.startswith("#+")), len(lines))
        for number, line in enumerate(lines[length:], start=length + 1):
            if line.startswith("#+"):
                self.fail("a header line below the header: move it up to the first lines", line=number)
        try:
            node = yaml.compose("\n".join(line[2:] for line in lines[:length]), Loader=_LOADER)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            problem = " ".join(part for part in (error.context, error.problem) if part)
            where = min(mark.line + 1, max(length, 1)) if mark else 1
            self.fail(f"the header is not YAML, {problem}: quote texts that hold a colon", line=where)
        except yaml.YAMLError as error:
            self.fail(f"the header is not YAML, {error}", line=1)
        if node is None:
            self.fail("no header: begin the file with `#+ summary: ...`", line=1)
        return node

    def mapping(self, node: Node, what: str, known: Iterable[str] = ()) -> dict[str, Node]:
        """Keys and values of a mapping; ``known`` closes its keys."""
        if not isinstance(node, MappingNode):
            self.fail(f"{what} is no mapping: write `key: value` pairs", node)
        found: dict[str, Node] = {}
        for key_node, value in node.value:
            key = self.scalar(key_node, f"a key of {what}")
            if key in found:
                self.fail(f"{key} stands twice in {what}: leave one out", key_node)
            if known and key not in known:
                self.fail(f"{what} has no key {key}: {did_you_mean(key, tuple(known))}", key_node)
            found[key] = value
        return found

    def scalar(self, node: Node, what: str) -> str:
        """One value as it is written."""
        if not isinstance(node, ScalarNode):
            self.fail(f"{what} is no single value", node)
        return str(node.value)

    def plain(self, node: Node, what: str) -> str:
        """A text for people. A mapping of languages would keep grlc from loading the file."""
        if not isinstance(node, ScalarNode) or not node.value.strip():
            fix = f"write it in English here, in Chinese under `zh: {{{what}: ...}}`"
            self.fail(f"{what} is no plain text: {fix}", node)
        return " ".join(node.value.split())

    def sequence(self, node: Node, what: str) -> tuple[str, ...]:
        """The values of a list."""
        if not isinstance(node, SequenceNode):
            self.fail(f"{what} is no list: write `[a, b]`", node)
        return tuple(self.scalar(item, f"an item of {what}") for item in node.value)

    def truth(self, node: Node, what: str) -> bool:
        """One of true and false."""
        written = self.scalar(node, what)
        if written not in ("true", "false"):
            self.fail(f"{what} is {written!r}: write true or false", node)
        return written == "true"

    def closed(self, node: Node, what: str, known: tuple[str, ...]) -> str:
        """One of the known values."""
        value = self.scalar(node, what)
        if value not in known:
            self.fail(f"{what} {value!r} is unknown: {did_you_mean(value, known)}", node)
        return value
