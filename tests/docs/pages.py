"""The pages of saved queries in the docs: an index, and a page a topic with questions, parameters and live answers.

>>> from pathlib import Path
>>> from cbec_kg.query.header import parse_saved
>>> from cbec_kg.store.embedded import MemoryStore
>>> query = parse_saved('''#+ summary: Squares
... #+ params:
... #+   number: {type: integer, default: 3, label: {en: Number, zh: 数}}
... #+ columns: {square: integer}
... SELECT ?square {
... VALUES ?number { 3 } #= number
... BIND(?number * ?number AS ?square) }''', "a/squares", Path("squares.rq"))
>>> made = pages([query], MemoryStore())
>>> sorted(made)
['queries.md', 'queries/a.md']
>>> print(made["queries/a.md"].partition("**Answer**")[2].partition("<details>")[0].strip())
1 row.
<BLANKLINE>
| square |
| ---: |
| 9 |
"""

import io
import json
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from cbec_kg.namespaces import compact
from cbec_kg.query.formats import markdown
from cbec_kg.query.run import run
from cbec_kg.query.saved import Param, SavedQuery
from cbec_kg.store.base import Store

__all__ = ["pages"]

_MOST_ROWS = 10
_WIDTH = 120
_MADE = "<!-- Written by `make docs` from queries/ and the graph of data/: change those, not this file. -->"
_WAYS = (
    "In a shell, `cbec-kg query TOPIC/QUESTION -p PARAMETER=VALUE`; `--format csv` for programs.",
    'In Python, `cbec_kg.open().query("TOPIC/QUESTION", PARAMETER=VALUE)` gives rows that become data frames.',
    "For an assistant, `cbec-kg mcp` offers each question as a tool with typed parameters.",
    "Anywhere else, the file itself: its defaults stand in its text, in the braces of lines marked `#=`.",
)


def pages(queries: Iterable[SavedQuery], store: Store) -> dict[str, str]:
    """Text of each page by its path below ``docs``; every query is run with its defaults on ``store``."""
    by_topic = {
        topic: list(of_topic)
        for topic, of_topic in groupby(sorted(queries, key=lambda query: query.name), lambda query: query.topic)
    }
    made = {"queries.md": "\n".join(_index(by_topic))}
    for topic, of_topic in by_topic.items():
        made[f"queries/{topic}.md"] = "\n".join(_topic(topic, of_topic, store))
    return made


def _index(by_topic: dict[str, list[SavedQuery]]) -> Iterator[str]:
    count = sum(map(len, by_topic.values()))
    yield from (_MADE, "# Saved queries", "")
    yield f"{count} questions in {len(by_topic)} topics, each a file in `queries/` that any SPARQL 1.1 endpoint runs."
    yield from (
        "A page a topic has each with its parameters, its columns, its text, and its answer on the graph of `data/`.",
        "",
        *(f"- {sentence}" for sentence in _WAYS),
        "",
    )
    for topic, of_topic in by_topic.items():
        yield from (
            f"## [{topic}](queries/{topic}.md)",
            "",
            "| query | question | 问题 | parameters |",
            "|---|---|---|---|",
        )
        for query in of_topic:
            link = f"[{query.name}](queries/{topic}.md#{_anchor(query)})"
            names = ", ".join(f"`{param.name}`" for param in query.params)
            yield f"| {link} | {_cell(query.summary.en)} | {_cell(query.summary.zh)} | {names} |"
        yield ""


def _topic(topic: str, queries: list[SavedQuery], store: Store) -> Iterator[str]:
    yield from (_MADE, f"# Saved queries: {topic}", "", "[All topics](../queries.md)", "")
    for query in queries:
        yield from _query(query, store)


def _query(query: SavedQuery, store: Store) -> Iterator[str]:
    yield from (f"## {query.name}", "", f"**{query.summary.en}**", query.description.en, "")
    if query.summary.zh:
        yield from (f"**{query.summary.zh}**", query.description.zh, "")
    if query.params:
        yield from ("| parameter | | type | default | choices |", "|---|---|---|---|---|")
        for param in query.params:
            label = f"{param.label.en} {param.label.zh}".strip()
            yield f"| `{param.name}` | {_cell(label)} | {_cell(_type(param))} | {_default(param)} | {_choices(param)} |"
        yield ""
    columns = ", ".join(f"`{column.name}` {column.type or ''}".rstrip() for column in query.columns)
    yield from (f"Columns: {columns}", "", "```sh", _shell(query), "```", "")
    yield from ("```python", _python(query), "```", "")
    yield from _answer(query, store)
    text = "\n".join(line for line in query.text.rstrip().split("\n") if not line.startswith("#+"))
    yield from ("<details><summary>The query</summary>", "", "```sparql", text, "```", "", "</details>", "")


def _answer(query: SavedQuery, store: Store) -> Iterator[str]:
    result = run(query, {}, store).kept()
    rows = tuple(result.rows)
    if not rows:
        yield from ("**Answer** No rows: nothing of the kind in this graph.", "")
        return
    shown = f", of which the first {_MOST_ROWS}" if len(rows) > _MOST_ROWS else ""
    out = io.BytesIO()
    markdown.write(replace(result, rows=rows[:_MOST_ROWS]), out)
    yield from (f"**Answer** {len(rows)} row{'' if len(rows) == 1 else 's'}{shown}.", "", out.getvalue().decode())


def _type(param: Param) -> str:
    kind = compact(param.cls) if param.cls else param.type
    if any(limit is not None for limit in (param.min, param.max, param.max_length)):
        kind = f"{kind}: {param.expects()}"
    notes = ["one or more"] if param.many else []
    notes += ["must be given"] if param.required else []
    return ", ".join([kind, *notes])


def _default(param: Param) -> str:
    if param.default:
        return ", ".join(f"`{_cell(value)}`" for value in param.default)
    return "" if param.required else "any"


def _choices(param: Param) -> str:
    return ", ".join(f"`{_cell(choice)}`" for choice in param.choices)


def _shell(query: SavedQuery) -> str:
    given = (f"-p {shlex.quote(f'{param.name}={value}')}" for param in _told(query) for value in param.default)
    return " ".join(("cbec-kg query", query.name, *given))


def _python(query: SavedQuery) -> str:
    given = [f"{param.name}={json.dumps(_value(param), ensure_ascii=False)}" for param in _told(query)]
    arguments = [f'"{query.name}"', *given]
    lines = [f"cbec_kg.open().query({', '.join(arguments)})", f"    {', '.join(arguments)}"]
    if len(lines[0]) <= _WIDTH:
        return lines[0]
    inner = lines[1] if len(lines[1]) <= _WIDTH else "\n".join(f"    {argument}," for argument in arguments)
    return f"cbec_kg.open().query(\n{inner}\n)"


def _value(param: Param) -> str | list[str]:
    return list(param.default) if len(param.default) > 1 else param.default[0]


def _told(query: SavedQuery) -> list[Param]:
    """Parameters that an example shows: those that say what is asked."""
    return [param for param in query.params if param.default and param.type != "lang"]


def _anchor(query: SavedQuery) -> str:
    """Where a heading can be linked to, as GitHub makes it: without the slash."""
    return query.name.replace("/", "")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
