"""Show saved queries: the catalogue as an answer in any format, and one query with its parameters and its text.

>>> from pathlib import Path
>>> from cbec_kg.query.header import parse_saved
>>> query = parse_saved('''#+ summary: Programmes of a platform
... #+ params:
... #+   platform: {type: iri, class: "cbec:Platform", default: "id:aliexpress", label: {en: Platform, zh: 平台}}
... #+   lang: {type: lang, default: en, label: {en: Language, zh: 语言}}
... #+ columns: {programme: iri}
... SELECT ?programme WHERE {
...   VALUES ?platform { <https://w3id.org/cbec-kg/id/aliexpress> }  #= platform
...   VALUES ?lang { "en" }  #= lang
...   ?platform ?launches ?programme
... } ORDER BY ?programme''', "platforms/programmes", Path("programmes.rq"))
>>> [record["parameters"] for record in listing([query]).records()]
['platform=id:aliexpress']
>>> print(show(query), end="")
# platforms/programmes: Programmes of a platform
#
# -p platform=id:aliexpress  Platform; cbec:Platform: its label, prefixed name or IRI
# -p lang=en                 Language; en or zh
#
# columns: programme (iri)
<BLANKLINE>
SELECT ?programme WHERE {
  VALUES ?platform { <https://w3id.org/cbec-kg/id/aliexpress> }  #= platform
  VALUES ?lang { "en" }  #= lang
  ?platform ?launches ?programme
} ORDER BY ?programme
"""

import shlex
import textwrap
from collections.abc import Iterable, Iterator

from cbec_kg.query.results import Result
from cbec_kg.query.saved import Bilingual, Column, Param, SavedQuery
from cbec_kg.rdf.terms import Literal

__all__ = ["listing", "show"]

_TITLE = Bilingual("Saved queries", "已存查询")
_COLUMNS = (
    Column("query", "string", Bilingual("query", "查询")),
    Column("question", "string", Bilingual("question", "问题")),
    Column("parameters", "string", Bilingual("parameters", "参数")),
)
_WIDTH = 100


def listing(queries: Iterable[SavedQuery], lang: str = "en") -> Result:
    """The catalogue: name, question, and parameters with their defaults, one query a row.

    The language is left out: all have it, and the command's or the call's own goes to it.
    """
    rows = tuple(
        (
            Literal(query.name),
            Literal(query.summary.in_language(lang)),
            Literal("  ".join(_assigned(param, "") for param in query.params if param.type != "lang")),
        )
        for query in queries
    )
    return Result(_COLUMNS, rows, _TITLE.in_language(lang), lang)


def show(query: SavedQuery, lang: str = "en", text: str | None = None) -> str:
    """One query for a person to read, which is still the query: all that is not SPARQL stands in comments.

    ``text`` is the query's text with values bound, where there are some.
    """
    return "\n".join([*_remarks(query, lang), "", *_body(text or query.text)]).rstrip() + "\n"


def _remarks(query: SavedQuery, lang: str) -> Iterator[str]:
    yield f"# {query.name}: {query.summary.in_language(lang)}"
    description = query.description.in_language(lang)
    yield from textwrap.wrap(description, _WIDTH, initial_indent="# ", subsequent_indent="# ")
    yield "#"
    assigned = [_assigned(param, "-p ") for param in query.params]
    width = max(map(len, assigned), default=0)
    for param, words in zip(query.params, assigned, strict=True):
        notes = [param.label.in_language(lang), param.expects()]
        notes += [f"one of {', '.join(param.choices)}"] if param.choices and param.type != "lang" else []
        notes += ["any, where it is not given"] if not param.default and not param.required else []
        notes += ["may be given more than once"] if param.many else []
        notes += ["must be given"] if param.required else []
        yield f"# {words:<{width}}  {'; '.join(notes)}"
    if query.params:
        yield "#"
    columns = ", ".join(f"{column.name} ({column.type})" for column in query.columns)
    yield from textwrap.wrap(f"columns: {columns}", _WIDTH, initial_indent="# ", subsequent_indent="# ")


def _assigned(param: Param, option: str) -> str:
    """A parameter with its default, as it is written on the command line; without one it is named alone."""
    return " ".join(f"{option}{param.name}={shlex.quote(value)}" for value in param.default) or f"{option}{param.name}="


def _body(text: str) -> list[str]:
    return [line for line in text.split("\n") if not line.startswith("#+")]
