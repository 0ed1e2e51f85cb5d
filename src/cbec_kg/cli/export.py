"""``cbec-kg export``."""

import sys
from pathlib import Path

import click

from cbec_kg.cli.options import open_store, store_option
from cbec_kg.cli.progress import Files, terminal
from cbec_kg.cli.stopping import ended
from cbec_kg.errors import CbecError
from cbec_kg.export.files import ExportedFile
from cbec_kg.export.vocabularies import VOCABULARIES, export_as, left_out
from cbec_kg.namespaces import local_name
from cbec_kg.rdf.formats import FORMATS

__all__ = ["command"]


def _tell(file: ExportedFile) -> None:
    held = f"{file.count:,} {'axioms' if file.format == 'ofn' else 'statements'}  " if file.format else ""
    click.echo(f"{file.path}  {held}sha256 {file.sha256}")


def _export_as(vocabulary: str, to: Path, forms: tuple[str, ...], graph: str | None, bundle: bool, store: str) -> None:
    if bundle or graph is not None:
        raise CbecError("--as is all figures in another vocabulary", fix="leave --graph and --bundle out")
    opened = open_store(store)
    for file in export_as(opened, vocabulary, to, forms):
        _tell(file)
    for entry in left_out(opened, vocabulary):
        click.echo(f"left out of {local_name(entry.data_set)}: {entry.count:,}, {entry.reason}")


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
@click.option(
    "--as",
    "vocabulary",
    type=click.Choice(list(VOCABULARIES)),
    help="The figures in another vocabulary: the W3C's Data Cube with SDMX, or observations of schema.org.",
)
@store_option
def command(
    to: Path, forms: tuple[str, ...], graph: str | None, bundle: bool, vocabulary: str | None, store: str
) -> None:
    """Write the graph, or one named graph, to files.

    The same graph gives the same bytes on every run. nq, trig and jsonld hold the named graphs beside the default
    graph; ttl, nt and rdfxml hold the default graph.
    """
    if vocabulary is not None:
        with ended():
            _export_as(vocabulary, to, forms, graph, bundle, store)
        return
    from cbec_kg.export import export

    with ended(), Files(terminal(sys.stderr)) as progress:
        files = export(open_store(store), to, forms, graph, bundle, progress.step)
    for file in files:
        _tell(file)
