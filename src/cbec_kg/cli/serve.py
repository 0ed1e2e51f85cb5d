"""``cbec-kg serve``."""

import os
from pathlib import Path

import click

from cbec_kg.cli.options import lang_option, store_folder, store_option

__all__ = ["command"]


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port to listen on.")
@click.option("--readers", type=click.IntRange(1, 64), default=2, show_default=True, help="Queries at once.")
@click.option(
    "--waiting", type=click.IntRange(0), default=64, show_default=True, help="Queries that may wait; then 429."
)
@click.option(
    "--timeout", type=click.FloatRange(0.1), default=30.0, show_default=True, metavar="SECONDS",
    help="For each query, until all of its answer was taken.",
)  # fmt: skip
@click.option(
    "--memory", type=click.IntRange(16), default=1024, show_default=True, metavar="MB", help="For each query."
)
@click.option("--max-rows", type=click.IntRange(1), default=1_000_000, show_default=True, help="Of an answer.")
@click.option(
    "--max-bytes", type=click.IntRange(1), default=256 << 20, show_default=True, metavar="BYTES", help="Of an answer."
)
@click.option(
    "--service", "services", multiple=True, metavar="URL", help="Let SERVICE ask this server; again for more."
)
@click.option(
    "--articles", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR",
    help="Folder with the articles' own texts: pages then show what stands at an evidence.",
)  # fmt: skip
@click.option("--writable", is_flag=True, help="Take updates; CBEC_KG_TOKEN holds the token that they must bear.")
@click.option("--scratch", is_flag=True, help="Serve an empty dataset in memory, with every write allowed.")
@click.option("--base", metavar="URL", help="Address by which the world reaches this server.")
@click.option("--root-path", default="", metavar="PATH", help="Path under which a proxy serves this server.")
@store_option
@lang_option
def command(
    host: str, port: int, readers: int, waiting: int, timeout: float, memory: int, max_rows: int, max_bytes: int,
    services: tuple[str, ...], articles: Path | None, writable: bool, scratch: bool, base: str | None,
    root_path: str, store: str, lang: str,
) -> None:  # fmt: skip
    """Serve the graph over HTTP: pages, a SPARQL endpoint, linked data, an API."""
    from cbec_kg.store.pool.limits import Limits
    from cbec_kg.web.running import serve
    from cbec_kg.web.settings import Settings

    serve(
        Settings(
            store_folder(store), host=host, port=port, readers=readers, waiting=waiting, services=services,
            limits=Limits(timeout, memory << 20, max_rows, max_bytes), articles=articles, writable=writable,
            token=os.environ.get("CBEC_KG_TOKEN"), scratch=scratch, base=base, root_path=root_path, lang=lang,
        ),
        say=click.echo,
    )  # fmt: skip
