"""``cbec-kg ontology``.

>>> sorted(command.commands)
['diff']
"""

import click

from cbec_kg.cli import ontology_diff
from cbec_kg.cli.nearest import NearestGroup

__all__ = ["command"]


@click.group("ontology", cls=NearestGroup)
def command() -> None:
    """Work on the ontology itself: compare its versions."""


command.add_command(ontology_diff.command)
