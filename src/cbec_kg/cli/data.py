"""``cbec-kg data``."""

import click

from cbec_kg import paths
from cbec_kg.errors import Negative

__all__ = ["command"]


@click.group("data")
def command() -> None:
    """Keep the curated data canonical."""


@command.command("format")
@click.option("--fix", is_flag=True, help="Write the files; without it they are only checked.")
def format_(fix: bool) -> None:
    """Check that rows and Turtle are canonical and that generated files are up to date.

    Generates data/articles/*.ttl, data/observations.ttl and data/findings.ttl from the rows, and keeps the import
    lists and the catalog of the ontology in step with the files that exist.
    """
    from cbec_kg.pipeline import curated

    resources = paths.resources()
    if fix:
        for path in curated.fix(resources):
            click.echo(f"written {path.relative_to(resources)}")
        return
    stale = curated.stale(resources)
    for path in stale:
        click.echo(str(path.relative_to(resources)))
    if stale:
        raise Negative(f"{len(stale)} files are not canonical", fix="run `cbec-kg data format --fix`")
