"""``cbec-kg changes``."""

import json

import click

from cbec_kg.cli.options import lang_option, open_store, store_folder, store_option

__all__ = ["command"]


@click.command("changes")
@click.option(
    "--since", required=True, metavar="DATE|BUILD",
    help="2024-01-20 (from 00:00 UTC), 2024-01-20T08:00 (UTC where no offset is given), or a build: 3 is what came "
    "after the third build.",
)  # fmt: skip
@store_option
@click.option(
    "--limit", type=click.IntRange(0), default=20, show_default=True,
    help="Lines of each group; 0 for all. JSON always has all.",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True,
    help="Lines for people, or one JSON object.",
)  # fmt: skip
@lang_option
def command(since: str, store: str, limit: int, form: str, lang: str) -> None:
    """Say which figures, entities and conflicts appeared, were revised, or went.

    A figure is what an observation shows of one measure; in brackets stand the articles that give it. Two claims
    conflict where they state the same thing and their intervals have no number in common, unless the later one is a
    release that replaces the earlier. Of a forgotten article only the count is left.
    """
    from cbec_kg.pipeline.changes import changes, vocabulary_of
    from cbec_kg.pipeline.changes_table import as_json, changes_table

    graph = open_store(store)
    found = changes(store_folder(store), graph, vocabulary_of(graph), since)
    if form == "json":
        click.echo(json.dumps(as_json(found, lang), ensure_ascii=False))
    else:
        click.echo(changes_table(found, lang, limit), nl=False)
