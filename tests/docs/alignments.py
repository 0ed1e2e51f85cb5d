"""The page on alignments: which vocabulary, how many links, how each was checked, and what was left out."""

from collections import Counter
from collections.abc import Iterator

from cbec_kg.namespaces import compact
from cbec_kg.ontology.sssom import Mapping, MappingSet, folder, read_all, read_checks

__all__ = ["page"]

_SAME = "https://schema.org/sameAs"


def page() -> str:
    """Text of ``docs/ontology/alignments.md``."""
    return "\n".join(_lines(read_all())) + "\n"


def _lines(tables: list[MappingSet]) -> Iterator[str]:
    rows = [row for table in tables for row in table.mappings]
    checks = read_checks()
    yield "<!-- Written by `make docs` from data/alignments: change those tables, or tests/docs/alignments.py. -->"
    yield from ((folder() / "README.md").read_text("utf-8").rstrip(), "")
    yield from ("## Vocabularies", "", "| file | links | to | version |", "|---|---|---|---|")
    for table in tables:
        target = f"[{table.title['en'].partition(' to ')[2]}]({table.source})"
        yield f"| [`{table.name}`](#{table.name}) | {len(table.mappings):,} | {target} | {table.source_version} |"
    yield from (f"| all {len(tables)} | {len(rows):,} | | |", "")
    yield from ("## How links were checked", "", "| check | links | what it takes | data, version | licence |")
    yield "|---|---|---|---|---|"
    counted = Counter(row.checked for row in rows)
    for name, check in checks.items():
        data = f"{check['source']}, {check['version']} | {check['licence']}"
        yield f"| `{name}` | {counted[name]:,} | {check['en']} | {data} |"
    yield ""
    yield from ("## Relations", "", "| relation | links |", "|---|---|")
    yield from (
        f"| `{compact(name)}` | {count:,} |" for name, count in sorted(Counter(r.predicate for r in rows).items())
    )
    yield ""
    for table in tables:
        yield from (f"## {table.name}", "", table.description, "")
        yield from _terms(table) if any(row.predicate != _SAME for row in table.mappings) else ()
        yield from _things(table)


def _terms(table: MappingSet) -> Iterator[str]:
    yield from ("| ours | relation | theirs | check | note |", "|---|---|---|---|---|")
    for row in table.mappings:
        if row.predicate != _SAME:
            yield f"| {_ours(row)} | {compact(row.predicate)} | {_theirs(row)} | {row.checked} | {row.comment} |"
    yield ""


def _things(table: MappingSet) -> Iterator[str]:
    """Links of named things, which are many: a line a check, each `ours` = id."""
    for check in sorted({row.checked for row in table.mappings if row.predicate == _SAME}):
        found = [row for row in table.mappings if row.predicate == _SAME and row.checked == check]
        said = "; ".join(f"{row.subject_label} = {_id(row)}" for row in found)
        yield from (f"**{check}** ({len(found):,}): {said}.", "")


def _ours(row: Mapping) -> str:
    return f"`{compact(row.subject)}`"


def _theirs(row: Mapping) -> str:
    return f"[{row.object_label}]({row.object})"


def _id(row: Mapping) -> str:
    return row.object.rstrip("/").replace("#", "/").rpartition("/")[2]
