"""The page "Add a platform", walked: its block, its file and its commands on a copy of the project."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from ..conftest import ROOT
from .told import fenced, renewed

__all__ = ["PAGE", "walked"]

PAGE = ROOT / "docs" / "ontology" / "adding.md"


def walked(page: str, folder: Path) -> str:
    """The page with what its commands print now, each run in turn in a copy of the project below a folder."""
    for name in ("src", "ontology", "data", "queries"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    platforms = folder / "data" / "entities" / "platforms.ttl"
    platforms.write_text(platforms.read_text("utf-8") + "\n" + fenced(page, "turtle")[0], "utf-8")
    (article,) = (text for text in fenced(page, "text") if text.startswith("SHANGHAI"))
    (folder / "shop.txt").write_text(article, "utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("CBEC_KG_", "COV_"))}
    environment |= {"PYTHONPATH": str(folder / "src"), "NO_COLOR": "1"}

    def said(command: str) -> str:
        line = command.replace("cbec-kg ", f"{sys.executable} -m cbec_kg ", 1)
        done = subprocess.run(
            ["bash", "-c", line], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{command}: {done.stderr}"
        return "".join(row for row in done.stdout.splitlines(keepends=True) if not row.startswith("@prefix "))

    return renewed(page, said)
