"""``cbec-kg ontology check``."""

import json
from pathlib import Path

import click

from cbec_kg import paths
from cbec_kg.errors import InvalidData

__all__ = ["command"]


@click.command("check")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option(
    "--catalog", type=click.Path(path_type=Path), metavar="FILE",
    help="OASIS catalog that says where imports lie; else catalog-v001.xml beside the file.",
)  # fmt: skip
@click.option("--no-logic", is_flag=True, help="Leave out OWLAPI and HermiT: profiles, consistency, counts of axioms.")
@click.option(
    "--most", type=click.IntRange(min=1), default=20, show_default=True, metavar="N",
    help="Show so many problems of a gate at most; JSON has them all.",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="A line for each gate, or one JSON object.",
)  # fmt: skip
def command(path: Path | None, catalog: Path | None, no_logic: bool, most: int, form: str) -> None:
    """Check an ontology: syntax, imports, hygiene, OWL 2 profiles, consistency.

    PATH is an ontology's file, Turtle or RDF/XML, or a folder with a Turtle file that imports the others; without it
    the project's own ontology with its data is checked. Imports are found offline, through the catalog. A folder
    `hygiene` beside the file adds rules of one's own. A gate whose tools are not installed is left out, and its line
    says what to install.

    Exits 0 where every gate holds, 1 where something is found, 2 where there is nothing to check.
    """
    from cbec_kg.ontology.check import check
    from cbec_kg.ontology.gate import as_json, as_lines, closing

    gates = check(path or paths.ontology() / "cbec-kg.ttl", catalog=catalog, logic_too=not no_logic)
    if form == "json":
        click.echo(json.dumps(as_json(gates), ensure_ascii=False, indent=1))
    else:
        for line in as_lines(gates, most):
            click.echo(line)
        click.echo(closing(gates))
    failed = [gate.name for gate in gates if gate.result == "failed"]
    if failed:
        raise InvalidData(f"{closing(gates)}; failed: {', '.join(failed)}", fix="correct what is named above")
