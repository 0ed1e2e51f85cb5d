"""``cbec-kg ontology``: each subcommand is a module of its own.

>>> sorted(command.commands)
['check', 'diff', 'docs']
"""

import click

from cbec_kg.cli import ontology_check, ontology_diff, ontology_docs
from cbec_kg.cli.nearest import NearestGroup

__all__ = ["command"]


@click.group("ontology", cls=NearestGroup)
def command() -> None:
    """Check, compare and document the ontology."""


for one in (ontology_check, ontology_diff, ontology_docs):
    command.add_command(one.command)
