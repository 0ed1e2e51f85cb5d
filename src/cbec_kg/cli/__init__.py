"""The command line: thin commands over the package.

>>> from cbec_kg.cli.main import COMMANDS
>>> "query" in COMMANDS
True
"""

from cbec_kg.cli.main import main

__all__ = ["main"]
