"""``cbec-kg mcp``."""

from pathlib import Path

import click

from cbec_kg.cli.options import lang_option, open_store, store_option

__all__ = ["command"]


@click.command("mcp")
@click.option(
    "--topic", "topics", multiple=True, metavar="TOPIC",
    help="Offer the saved queries of this topic only; again for more.",
)  # fmt: skip
@click.option(
    "--queries",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of queries of your own.",
)
@store_option
@lang_option
def command(topics: tuple[str, ...], folder: Path | None, store: str, lang: str) -> None:
    """Serve the graph to an assistant over the Model Context Protocol.

    The assistant's host starts this command and talks to it over standard input and output; it ends when the host
    closes them. There is a tool for each saved query, one for a figure, for entities and for free SPARQL; all only
    read. docs/assistants.md says how to set up common hosts.
    """
    from cbec_kg.mcp.serve import serve
    from cbec_kg.query.catalogue import Catalogue

    deadline = 60.0 if folder else None  # a text that is not ours runs in a process of its own
    serve(open_store(store), Catalogue(folder), lang=lang, topics=topics, deadline=deadline)
