"""``cbec-kg ontology``: each subcommand is a module of its own.

>>> sorted(command.commands)
['diff', 'docs']
"""

import click

from cbec_kg.cli import ontology_diff, ontology_docs
from cbec_kg.cli.nearest import NearestGroup

__all__ = ["command"]


@click.group("ontology", cls=NearestGroup)
def command() -> None:
    """Compare the ontology's versions, and document it."""


command.add_command(ontology_diff.command)
command.add_command(ontology_docs.command)
