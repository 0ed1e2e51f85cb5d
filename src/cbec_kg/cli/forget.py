"""``cbec-kg forget``."""

import click

from cbec_kg import paths
from cbec_kg.cli.options import overlay_option, store_folder, store_option
from cbec_kg.errors import CbecError

__all__ = ["command"]

_WAIT = 10  # seconds, for another process that writes the store


@click.command("forget")
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@overlay_option
@store_option
def command(articles: tuple[str, ...], overlay: str | None, store: str) -> None:
    """Forget ingested articles: the graph is as if they had never been read.

    ARTICLE is an id. Articles under data/ are curated and stay; nothing is forgotten where one of the ids is wrong.
    """
    from cbec_kg.fetch.visits import forget_visit
    from cbec_kg.pipeline.living import check_sources
    from cbec_kg.pipeline.outside import patient
    from cbec_kg.pipeline.sources import read_sources

    folder, resources = store_folder(store), paths.resources()
    check_sources(folder, resources)
    sources = read_sources(resources)
    with patient(
        folder, sources, lambda line: click.echo(f"cbec-kg: {line}", err=True), overlay=overlay, most=_WAIT
    ) as graph:
        for article in articles:
            if article in sources.articles:
                raise CbecError(f"article {article} is curated", fix="change its rows under data/articles, and build")
            if article not in graph.shelf:
                raise CbecError(f"article {article} is not in the graph", fix="ids are in `cbec-kg sparql` as art:ID")
        for article in dict.fromkeys(articles):
            forget_visit(folder, article)  # first, so that a process that is killed leaves no trace behind
            dropped = graph.drop(article) or []
            click.echo(f"{article}: forgotten")
            for line in dropped:
                click.echo(f"  correction dropped: {line.to_json()}")
