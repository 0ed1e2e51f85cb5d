"""``cbec-kg serve``."""

import os
import re
import sys
from pathlib import Path

import click

from cbec_kg.cli.options import lang_option, store_folder, store_option
from cbec_kg.errors import MissingExtra

__all__ = ["command"]

_RATE = 600


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 takes a free one."
)
@click.option(
    "--readers",
    type=click.IntRange(1, 64),
    default=3,
    show_default=True,
    help="Processes that read the graph: so many queries run at once.",
)
@click.option(
    "--waiting",
    type=click.IntRange(0),
    default=64,
    show_default=True,
    help="Queries that may wait for a reader; the next is answered 429.",
)
@click.option(
    "--timeout", type=click.FloatRange(0.1), default=30.0, show_default=True, metavar="SECONDS",
    help="How long a query may take, until all of its answer was taken.",
)  # fmt: skip
@click.option(
    "--memory",
    type=click.IntRange(16),
    default=1024,
    show_default=True,
    metavar="MB",
    help="Memory that a query may take.",
)
@click.option(
    "--max-rows", type=click.IntRange(1), default=1_000_000, show_default=True, help="Rows of an answer at most."
)
@click.option(
    "--max-bytes",
    type=click.IntRange(1),
    default=256 << 20,
    show_default=True,
    metavar="BYTES",
    help="Size of an answer at most.",
)
@click.option(
    "--service",
    "services",
    multiple=True,
    metavar="URL",
    help="Let SERVICE in a query ask this SPARQL endpoint; give it again for more.",
)
@click.option(
    "--articles", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR",
    help="Folder with the articles' own texts: pages then show what stands at an evidence.",
)  # fmt: skip
@click.option(
    "--queries", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR",
    help="Folder of saved queries (TOPIC/QUESTION.rq) to offer in place of the project's.",
)  # fmt: skip
@click.option(
    "--writable", is_flag=True, help="Take updates from whoever sends the token that you set in CBEC_KG_TOKEN."
)
@click.option(
    "--scratch",
    is_flag=True,
    help="Serve an empty dataset in memory instead of the graph, with every write allowed: to try SPARQL updates.",
)
@click.option(
    "--base",
    metavar="URL",
    help="Address by which others reach this server, such as https://example.org/kg.",
)
@click.option(
    "--root-path", default="", metavar="PATH", help="Path under which a proxy serves this server, such as /kg."
)
@click.option(
    "--allow-host", multiple=True, metavar="NAME", help="Answer requests to this host name too; give it again for more."
)
@click.option(
    "--trusted-proxy", "proxies", multiple=True, metavar="ADDRESS",
    help="Believe this proxy (an address or a network) about who asks; give it again for more.",
)  # fmt: skip
@click.option(
    "--rate", type=click.IntRange(0), metavar="N",
    help="Requests that a client may make in a minute; 0: any number. "
    f"[default: {_RATE}; 0 where only this machine asks]",
)  # fmt: skip
@click.option(
    "--max-body",
    type=click.IntRange(1),
    default=10,
    show_default=True,
    metavar="MB",
    help="Size of a request's body at most.",
)
@click.option(
    "--max-connections", type=click.IntRange(1), default=4096, show_default=True, metavar="N",
    help="Connections open at once; the oldest idle one makes room.",
)  # fmt: skip
@click.option(
    "--max-connections-each", type=click.IntRange(0), default=256, show_default=True, metavar="N",
    help="Connections of one address; 0: any number.",
)  # fmt: skip
@click.option(
    "--patience", type=click.FloatRange(1), default=20, show_default=True, metavar="SECONDS",
    help="How long a client may take to send its request, or to read.",
)  # fmt: skip
@click.option(
    "--grace", type=click.FloatRange(0), default=10, show_default=True, metavar="SECONDS",
    help="How long requests at hand are answered once the server is told to stop.",
)  # fmt: skip
@click.option(
    "--log-format",
    type=click.Choice(["json", "text"]),
    help="Form of the log. [default: text on a terminal, else json]",
)
@click.option(
    "--log-level", type=click.Choice(["debug", "info", "warning", "error"]), default="info", show_default=True,
    help="What is logged.",
)  # fmt: skip
@store_option
@lang_option
def command(
    host: str, port: int, readers: int, waiting: int, timeout: float, memory: int, max_rows: int, max_bytes: int,
    services: tuple[str, ...], articles: Path | None, queries: Path | None, writable: bool, scratch: bool,
    base: str | None, root_path: str, allow_host: tuple[str, ...], proxies: tuple[str, ...], rate: int | None,
    max_body: int, max_connections: int, max_connections_each: int, patience: float, grace: float,
    log_format: str | None, log_level: str, store: str, lang: str,
) -> None:  # fmt: skip
    """Serve the graph over HTTP: pages, a SPARQL endpoint, linked data, an API.

    It listens on this machine only, unless --host says more; docs/operating.md says how to serve others.
    """
    try:
        from cbec_kg.store.pool.limits import Limits
        from cbec_kg.web.operation.hosts import allowed, is_loopback
        from cbec_kg.web.running import serve
        from cbec_kg.web.settings import Settings
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("cbec_kg"):
            raise
        raise MissingExtra(
            f"serving needs {error.name}, which is not installed", fix=".venv/bin/pip install -e '.[serve]'"
        ) from None

    if rate is None:
        rate = 0 if is_loopback(host) and not proxies else _RATE
    if root_path and (root_path.endswith("/") or not root_path.startswith("/")):
        root_path = "/" + root_path.strip("/") if root_path.strip("/") else ""
    if not re.fullmatch(r"[\w/.~-]*", root_path, re.ASCII):
        raise click.BadParameter(f"{root_path!r} is no path such as /kg", param_hint="--root-path")
    if base and not base.startswith(("http://", "https://")):
        raise click.BadParameter(f"{base!r} is no http(s) address", param_hint="--base")
    serve(
        Settings(
            store_folder(store), host=host, port=port, readers=readers, waiting=waiting, services=services,
            limits=Limits(timeout, memory << 20, max_rows, max_bytes), articles=articles, queries=queries,
            writable=writable, token=os.environ.get("CBEC_KG_TOKEN"), scratch=scratch, base=base and base.rstrip("/"),
            root_path=root_path, lang=lang, hosts=allowed(host, base, allow_host), proxies=proxies, rate=rate,
            body=max_body << 20, connections=max_connections, connections_each=max_connections_each,
            patience=patience, grace=grace, log_level=log_level,
            log_format=log_format or ("text" if sys.stderr.isatty() else "json"),
        ),
        say=click.echo,
    )  # fmt: skip
