"""How wide a table may be where Python shows it.

>>> width() is None  # no terminal: as wide as the table needs
True
"""

import os
import sys

__all__ = ["width"]


def width() -> int | None:
    """Columns of the terminal that Python writes to; None where it writes elsewhere."""
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or None if sys.stdout.isatty() else None
    except (OSError, ValueError, AttributeError):
        return None
