"""``cbec-kg ontology docs``."""

from pathlib import Path

import click

from cbec_kg import paths

__all__ = ["command"]


@click.command("docs")
@click.option(
    "--to",
    "to",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="DIR",
    help="Folder to write to, made where missing.",
)
@click.option("--lang", type=click.Choice(["en", "zh"]), help="One language only. [default: both]")
def command(to: Path, lang: str | None) -> None:
    """Write the ontology and its vocabularies as pages for people.

    A page of each in each language, and index.html. The pages need no network, and the same ontology gives the same
    bytes. They are made by pyLODE: pip install "cbec-kg[ontology]".
    """
    from cbec_kg.export.reference.site import write_reference

    for page in write_reference(paths.ontology(), to, [lang] if lang else ["en", "zh"]):
        count = f"  {page.terms:,} terms" if page.terms else ""
        click.echo(f"{page.path}{count}  sha256 {page.sha256}")
