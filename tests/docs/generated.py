"""The pages of the docs that are generated: queries with answers, the help of every command, the ontology's terms."""

from collections.abc import Iterator

import click

from cbec_kg import paths
from cbec_kg.cli.main import group
from cbec_kg.namespaces import compact
from cbec_kg.query.catalogue import Catalogue
from cbec_kg.query.labels import labels_in_both
from cbec_kg.store.embedded import EmbeddedStore

from ..conftest import ROOT
from ..ontology.use import declared, uses, waiting
from . import alignments, pitfalls, terms
from .model import model_page
from .pages import pages
from .schema import Schema
from .told import printed, renewed
from .use_page import use_page

__all__ = ["DOCS", "generated", "left_over"]

DOCS = ROOT / "docs"
_WIDTH = 100
# Written by hand, but for what their commands print.
_TOLD = ("ontology/tour.md",)


def generated(store: EmbeddedStore) -> dict[str, str]:
    """Text of each page by its path below ``docs``."""
    schema, table = Schema.of(paths.ontology()), uses(store)
    return {
        **pages(Catalogue(), store),
        **terms.term_pages(schema, table),
        "ontology/alignments.md": alignments.page(),
        "ontology/model.md": model_page(schema),
        "ontology/pitfalls.md": pitfalls.page(),
        "ontology/use.md": use_page(table, _labels(store), waiting()),
        **{name: _told(name, store) for name in _TOLD},
        "cli.md": "\n".join(_commands()),
    }


def _told(name: str, store: EmbeddedStore) -> str:
    return renewed((DOCS / name).read_text("utf-8"), lambda command: printed(command, store.folder))


def left_over(made: dict[str, str]) -> list[str]:
    """Pages of topics that are no more."""
    return sorted(
        path.relative_to(DOCS).as_posix()
        for path in (DOCS / "queries").glob("*.md")
        if path.relative_to(DOCS).as_posix() not in made
    )


def _labels(store: EmbeddedStore) -> dict[str, dict[str, str]]:
    """Labels of the declared terms, by prefixed name and language."""
    return {compact(term): names for term, names in labels_in_both(store, declared()).items()}


def _commands() -> Iterator[str]:
    yield "<!-- Written by `make docs` from the commands themselves: change those, not this file. -->"
    yield from ("# Commands", "", "What `--help` says of each.", "")
    for words, command, context in _tree("cbec-kg", group, None):
        text = command.get_help(context).rstrip()
        yield from (f"## {words}", "", "```text", text, "```", "")


def _tree(
    name: str, command: click.Command, parent: click.Context | None
) -> Iterator[tuple[str, click.Command, click.Context]]:
    # As when it runs; else its help would hang on whether the command ran before in this process.
    settings = {**command.context_settings, "terminal_width": _WIDTH, "max_content_width": _WIDTH}
    context = click.Context(command, info_name=name, parent=parent, **settings)
    yield context.command_path, command, context
    if isinstance(command, click.Group):
        for one in command.list_commands(context):
            child = command.get_command(context, one)
            assert child is not None
            yield from _tree(one, child, context)
