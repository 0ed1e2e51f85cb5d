"""``cbec-kg push``."""

import json
import os
import sys

import click

from cbec_kg.cli.options import change_options, store_folder, store_option
from cbec_kg.errors import CbecError

__all__ = ["command"]


@click.command("push")
@click.option(
    "--to", "to", required=True, metavar="URL",
    help="Graph Store Protocol endpoint of the server, such as http://localhost:3030/ds/data.",
)  # fmt: skip
@click.option("--sparql", metavar="URL", help="Where the same dataset answers queries; else guessed from --to.")
@click.option(
    "--default-graph", "default", type=click.Choice(["own", "all"]),
    help="Whether the server has a default graph of its own, or shows all graphs as one, so that ours is sent as "
    "graph/all. Else found out.",
)  # fmt: skip
@click.option("--replace-default", is_flag=True, help="Replace a default graph even if others have filled it.")
@click.option("--again", is_flag=True, help="Send what is there already, too.")
@click.option(
    "--batch", type=click.FloatRange(0.01, 2000), default=8.0, show_default=True, metavar="MB",
    help="Size of a request. A larger graph is sent in pieces, and readers see it grow.",
)  # fmt: skip
@click.option(
    "--timeout", type=click.FloatRange(min=0, max=86_400, min_open=True), default=300.0, show_default=True,
    metavar="SECONDS", help="Deadline of one request.",
)  # fmt: skip
@store_option
@change_options
def command(
    to: str, sparql: str | None, default: str | None, replace_default: bool, again: bool, batch: float, timeout: float,
    store: str, dry_run: bool, form: str,
) -> None:  # fmt: skip
    """Load the graph into a server: Fuseki, Virtuoso, Oxigraph, GraphDB or the like.

    Named graphs stay named, the default graph stays default. Graphs of ours that the store no longer has are removed
    there, what is there already is not sent, and all is counted in the end. A push that was interrupted goes on when it
    is run again. Who you are is read from CBEC_KG_USER and CBEC_KG_PASSWORD, or CBEC_KG_TOKEN, or ~/.netrc.
    """
    from cbec_kg.cli.progress import Transfer, terminal
    from cbec_kg.export.push import Options, Server, Wire, guessed, logins, push
    from cbec_kg.store.embedded import EmbeddedStore
    from cbec_kg.store.remote.endpoint import Endpoint

    if timeout != timeout or batch != batch:  # a NaN passes every range
        raise CbecError("nan is no number", fix="give seconds to --timeout, and megabytes to --batch")
    opened = EmbeddedStore(store_folder(store))
    opened.build  # noqa: B018 - a store that is missing is said before a server is asked
    place = Endpoint.of(to)
    wire = Wire(logins(place, os.environ), timeout)
    counted = Endpoint.of(sparql) if sparql else guessed(place, wire)
    options = Options(
        own_default=None if default is None else default == "own", body_size=round(batch * 1e6),
        replace_default=replace_default, again=again, dry_run=dry_run,
    )  # fmt: skip
    with Transfer(terminal(sys.stderr)) as line:
        line.show("reading the graph")
        done = push(opened, Server(place, counted, wire), options, line.step)
    if form == "json":
        told = {"dry_run": dry_run, "to": str(place), "sparql": str(counted), "guessed": not sparql}
        click.echo(json.dumps({**told, **done.as_json()}))
        return
    for text in done.lines(dry_run):
        click.echo(text)
    click.echo(f"compared with {counted}{'' if sparql else ', which was guessed from --to'}")
