"""The index of terms in the docs: each class and property in a line, by module, and once more by Chinese label.

>>> from cbec_kg import paths
>>> made = term_pages(Schema.of(paths.ontology()), [Use("cbec:evidence", "object property", stated=3)])
>>> sorted(made)
['ontology/terms.md', 'ontology/terms.zh.md']
>>> [line.partition(" | ")[0] for line in made["ontology/terms.md"].splitlines() if "cbec:evidence`" in line]
['| <a id="evidence"></a>`cbec:evidence`']
"""

from collections.abc import Iterable, Iterator

from cbec_kg.export.reference.texts import order
from cbec_kg.namespaces import CBEC
from tests.ontology.use import Use

from .schema import Schema, Term

__all__ = ["term_pages"]

_MADE = "<!-- Written by `make docs` from ontology/, queries/ and the graph of data/: change those, not this file. -->"


def term_pages(schema: Schema, table: Iterable[Use]) -> dict[str, str]:
    """Text of the two pages by their paths below ``docs``."""
    used = {
        use.term: ", ".join(f"{what} {number:,}" for what, number in use.counts().items() if number) for use in table
    }
    return {
        "ontology/terms.md": "\n".join(_english(schema, used)),
        "ontology/terms.zh.md": "\n".join(_chinese(schema)),
    }


def _english(schema: Schema, used: dict[str, str]) -> Iterator[str]:
    modules = sorted(dict.fromkeys(term.module for term in schema.terms.values()), key=lambda name: name == "reused")
    own = sum(term.name.startswith("cbec:") for term in schema.terms.values())
    yield from (_MADE, "# Index of terms", "", "[按中文标签排列的索引](terms.zh.md)", "")
    yield f"{own} classes and properties of the project, prefix `cbec:`, namespace `{CBEC}`; then those that it reuses."
    yield "*Used by* counts as [use.md](use.md) does: what the graph states and infers, saved queries, shapes."
    yield "`cbec-kg ontology docs --to DIR` writes the same as pages with other names, subclasses and examples."
    yield ""
    yield "| module | classes | properties |"
    yield "|---|---:|---:|"
    for module in modules:
        kinds = [term.kind == "class" for term in schema.terms.values() if term.module == module]
        title = schema.titles[module]
        link = f"[{title['en']} {title['zh']}](#module-{module})"
        yield f"| {link} | {sum(kinds)} | {len(kinds) - sum(kinds)} |"
    for module in modules:
        yield from (
            "",
            f"## Module {module}",
            "",
            f"[ontology/modules/{module}.ttl](../../ontology/modules/{module}.ttl)",
            "",
        )
        terms = [term for term in schema.terms.values() if term.module == module]
        classes, properties = [t for t in terms if t.kind == "class"], [t for t in terms if t.kind != "class"]
        if classes:
            yield from ("| class | label | 标签 | definition | under | used by |", "|---|---|---|---|---|---|")
            yield from (_row(term, _links(schema, term.parents), used) for term in classes)
            yield ""
        if properties:
            yield from ("| property | label | 标签 | definition | from → to | used by |", "|---|---|---|---|---|---|")
            yield from (_row(term, _ends(schema, term), used) for term in properties)


def _row(term: Term, place: str, used: dict[str, str]) -> str:
    cells = (term.label["en"], term.label["zh"], _cell(term.definition["en"]), place, used.get(term.name, ""))
    return f'| <a id="{term.anchor}"></a>`{term.name}` | ' + " | ".join(cells) + " |"


def _ends(schema: Schema, term: Term) -> str:
    if not term.domain and not term.range:
        return "annotation" if term.kind == "annotation property" else ""
    marks = f" ({', '.join(term.marks)})" if term.marks else ""
    return f"{_links(schema, [term.domain])} → {_links(schema, [term.range])}{marks}"


def _links(schema: Schema, names: Iterable[str]) -> str:
    shown = []
    for name in filter(None, names):
        local = name.removeprefix("cbec:")
        shown.append(f"[{local}](#{schema.terms[name].anchor})" if name in schema.terms else f"`{local}`")
    return ", ".join(shown)


def _chinese(schema: Schema) -> Iterator[str]:
    yield from (_MADE, "# 术语索引", "", "[Index in English, by module](terms.md)", "")
    yield "按中文标签的拼音排列；点击术语可查看其英文说明、定义域与值域。"
    for title, wanted in (("类", True), ("属性", False)):
        terms = [term for term in schema.terms.values() if (term.kind == "class") == wanted]
        yield from ("", f"## {title}", "", "| 标签 | 术语 | 定义 | 模块 |", "|---|---|---|---|")
        for term in sorted(terms, key=lambda term: (order(term.label["zh"], "zh"), term.name)):
            module = schema.titles[term.module]["zh"]
            link = f"[`{term.name}`](terms.md#{term.anchor})"
            yield f"| {_cell(term.label['zh'])} | {link} | {_cell(term.definition['zh'])} | {module} |"
    yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
