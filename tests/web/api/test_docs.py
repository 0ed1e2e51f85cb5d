"""The page about the API is true: its commands run, and answers hold what it shows."""

import re
import shutil
import subprocess

import pytest

from cbec_kg.web.api.formats import ROWS
from cbec_kg.web.api.operation import PROBLEMS
from tests.conftest import ROOT
from tests.web.serving import Served

PAGE = (ROOT / "docs" / "api.md").read_text("utf-8")
HERE = "http://localhost:8000"


def commands() -> list[tuple[str, list[str]]]:
    """Each command of the page with the lines shown under it."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line.removeprefix("$ "), []))
            else:
                found[-1][1].append(line)
    return found


@pytest.mark.skipif(shutil.which("curl") is None, reason="the examples are for curl")
@pytest.mark.parametrize(("command", "shown"), commands(), ids=lambda value: value if isinstance(value, str) else "")
def test_a_command_says_what_the_page_shows(server: Served, command: str, shown: list[str]) -> None:
    assert shown
    got = subprocess.run(
        command.replace(HERE, server.base), shell=True, capture_output=True, text=True, timeout=60, check=True
    )  # fmt: skip
    for line in shown:
        assert line in got.stdout, got.stdout[:500]


def test_every_form_and_status_is_on_the_page() -> None:
    assert all(f"`{name}`" in PAGE for name in ROWS)
    assert all(f"| {status} |" in PAGE for status in PROBLEMS)
