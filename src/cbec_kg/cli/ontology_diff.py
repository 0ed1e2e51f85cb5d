"""``cbec-kg ontology diff``."""

import json
from pathlib import Path

import click

from cbec_kg import paths
from cbec_kg.cli.options import lang_option
from cbec_kg.errors import Negative

__all__ = ["command"]


@click.command("diff")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path), required=False)
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "md"]), default="text", show_default=True,
    help="Lines for people, one JSON object, or Markdown for a change note.",
)  # fmt: skip
@click.option(
    "--uses", multiple=True, type=click.Path(path_type=Path), metavar="FOLDER",
    help="Look in this folder of your own too for queries (.rq, .ru) and RDF files that name a term; may be repeated.",
)  # fmt: skip
@click.option(
    "--check", is_flag=True, help="Exit 1 where the version number of NEW is lower than what changed asks for."
)
@lang_option
def command(old: Path, new: Path | None, form: str, uses: tuple[Path, ...], check: bool, lang: str) -> None:
    """Tell what differs between two versions of the ontology, and what that touches.

    OLD and NEW are each an RDF file, read with what it imports through the catalog beside it, or a folder with such a
    catalog or a checkout, of which ontology and vocabulary are read. Without NEW it is the ontology of this
    installation. Terms are told by label: added, removed, deprecated, renamed, moved, with what changed of them, and
    which saved queries, rules, shapes and data files name them. Each change is breaking, compatible or editorial; the
    heaviest says which version number the new one needs.
    """
    from cbec_kg.ontology.difference import compare, read_version, report
    from cbec_kg.ontology.difference.uses import find_uses

    difference = compare(read_version(old), read_version(new or paths.ontology()))
    changed = [term.iri for term in difference.terms if term.state != "added" and term.sort != "ontology"]
    found = find_uses(changed, paths.resources(), uses) if changed or uses else {}
    if form == "json":
        click.echo(json.dumps(report.as_json(difference, found, lang), ensure_ascii=False))
    else:
        told = report.as_markdown if form == "md" else report.as_text
        click.echo(told(difference, found, lang), nl=False)
    if check and not difference.is_enough:
        if not difference.asks_for:
            raise Negative(f"{old}: no version number to go by", fix="give it an owl:versionInfo of three numbers")
        raise Negative(
            f"version {difference.new.number} is too low for what changed",
            fix=f"release {difference.asks_for} or higher",
        )
