"""Run docs/tutorial.ipynb on a built graph; ``python -m tests.api.notebook`` writes its outputs anew.

The notebook is kept with its outputs, for who only reads it; `test_notebook` compares them with what a run gives.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from tests.conftest import ROOT

__all__ = ["TUTORIAL", "run"]

TUTORIAL = ROOT / "docs" / "tutorial.ipynb"
_KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def run(folder: Path) -> nbformat.NotebookNode:
    """The notebook with the outputs of a run in ``folder``; raises where a cell fails."""
    notebook = nbformat.read(TUTORIAL, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=120,
        startup_timeout=120,
        kernel_name="python3",
        coalesce_streams=True,  # what is printed at once may come in pieces
        resources={"metadata": {"path": str(folder)}},
    )
    with tempfile.TemporaryDirectory() as sockets:
        # Sockets in a folder of its own instead of ports: nobody else reads or writes there.
        client.km = client.create_kernel_manager()
        client.km.transport, client.km.ip = "ipc", f"{sockets}/kernel"
        # `client.execute()` leaves a loop open, which a later test would be blamed for.
        asyncio.run(client.async_execute())
    for cell in notebook.cells:
        cell.metadata = {}
        for output in cell.get("outputs", ()):
            output.get("metadata", {}).clear()
    notebook.metadata = {"kernelspec": _KERNEL, "language_info": {"name": "python"}}
    return notebook


def main() -> int:
    """Write the outputs of a run in docs/, where a reader runs it."""
    nbformat.write(run(ROOT / "docs"), TUTORIAL)
    return 0


if __name__ == "__main__":
    sys.exit(main())
