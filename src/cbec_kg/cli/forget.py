"""``cbec-kg forget``."""

import click

from cbec_kg import paths
from cbec_kg.cli.options import overlay_option, store_folder, store_option
from cbec_kg.errors import CbecError

__all__ = ["command"]


@click.command("forget")
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@overlay_option
@store_option
def command(articles: tuple[str, ...], overlay: str | None, store: str) -> None:
    """Forget ingested articles: the graph is as if they had never been read.

    ARTICLE is an id. Articles under data/ are curated and stay; nothing is forgotten where one of the ids is wrong.
    """
    from cbec_kg.pipeline.living import check_sources, living
    from cbec_kg.pipeline.sources import read_sources

    folder, resources = store_folder(store), paths.resources()
    check_sources(folder, resources)
    sources = read_sources(resources)
    with living(folder, sources, overlay) as graph:
        for article in articles:
            if article in sources.articles:
                raise CbecError(f"article {article} is curated", fix="change its rows under data/articles, and build")
            if article not in graph.shelf:
                raise CbecError(f"article {article} is not in the graph", fix="ids are in `cbec-kg sparql` as art:ID")
        for article in dict.fromkeys(articles):
            dropped = graph.drop(article) or []
            click.echo(f"{article}: forgotten")
            for line in dropped:
                click.echo(f"  correction dropped: {line.to_json()}")
