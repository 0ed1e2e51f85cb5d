"""``cbec-kg export``."""

from pathlib import Path

import click

from cbec_kg.cli.options import open_store, store_option
from cbec_kg.rdf.formats import FORMATS

__all__ = ["command"]


@click.command("export")
@click.option(
    "--to",
    "to",
    type=click.Path(path_type=Path),
    required=True,
    metavar="DIR",
    help="Folder to write to, made where missing.",
)
@click.option(
    "--format", "forms", type=click.Choice(list(FORMATS)), multiple=True, help="Form; again for more. [default: ttl]"
)
@click.option(
    "--graph", help="One graph only: an article's id, entities, ontology, observations, inferred, queries, or an IRI."
)
@click.option(
    "--bundle", is_flag=True, help="One ontology document a graph, with a root and a catalog: opens in Protégé."
)
@store_option
def command(to: Path, forms: tuple[str, ...], graph: str | None, bundle: bool, store: str) -> None:
    """Write the graph, or one named graph, to files.

    The same graph gives the same bytes on every run. nq, trig and jsonld hold the named graphs beside the default
    graph; ttl, nt and rdfxml hold the default graph.
    """
    from cbec_kg.export import export

    for file in export(open_store(store), to, forms, graph, bundle):
        click.echo(f"{file.path}  {file.count:,} statements  sha256 {file.sha256}")
