"""``cbec-kg export``."""

import sys
from pathlib import Path

import click

from cbec_kg.cli.options import open_store, store_option
from cbec_kg.cli.progress import Files, terminal
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
    "--format",
    "forms",
    type=click.Choice([*FORMATS, "protege"]),
    multiple=True,
    help="Form; again for more. protege is a folder of its own, to browse: whole and in modules, in Turtle, RDF/XML "
    "and OWL functional syntax, in both languages and in each. [default: ttl]",
)
@click.option(
    "--graph", help="One graph only: an article's id, entities, ontology, observations, inferred, queries, or an IRI."
)
@click.option(
    "--bundle",
    is_flag=True,
    help="For programs: one ontology document a graph, inferences included, with a root and a catalog.",
)
@store_option
def command(to: Path, forms: tuple[str, ...], graph: str | None, bundle: bool, store: str) -> None:
    """Write the graph, or one named graph, to files.

    The same graph gives the same bytes on every run. nq, trig and jsonld hold the named graphs beside the default
    graph; ttl, nt and rdfxml hold the default graph.
    """
    from cbec_kg.export import export

    with Files(terminal(sys.stderr)) as progress:
        files = export(open_store(store), to, forms, graph, bundle, progress.step)
    for file in files:
        held = f"{file.count:,} {'axioms' if file.format == 'ofn' else 'statements'}  " if file.format else ""
        click.echo(f"{file.path}  {held}sha256 {file.sha256}")
