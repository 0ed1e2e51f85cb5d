"""The page about the endpoint is true: its commands run, and answers are the lines that it shows."""

import os
import re
import shutil
import subprocess

import pytest

from tests.conftest import ROOT
from tests.web.sparql.conftest import TOKEN

PAGE = (ROOT / "docs" / "endpoint.md").read_text("utf-8")
HERE = "http://localhost:8000"


def commands() -> list[tuple[str, str]]:
    """Each command of the page with what is shown under it."""
    found = []
    for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL):
        for one in block.split("$ curl ")[1:]:
            command, shown = re.split(r"(?<!\\)\n", one, maxsplit=1)
            found.append((f"curl {command}", shown))
    return found


@pytest.mark.skipif(shutil.which("curl") is None, reason="the examples are for curl")
@pytest.mark.parametrize(("command", "shown"), commands(), ids=range(len(commands())))
def test_a_command_says_what_the_page_shows(command, shown, server, writable):
    asked = writable if "CBEC_KG_TOKEN" in command else server
    got = subprocess.run(
        command.replace(HERE, asked.base), shell=True, capture_output=True, text=True, timeout=60, check=True,
        env={**os.environ, "CBEC_KG_TOKEN": TOKEN},
    )  # fmt: skip
    assert got.stdout.replace("\r", "") == shown
