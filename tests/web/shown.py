"""Commands that a page of the docs shows, with what it says they answer; run against a server of the tests.

>>> commands("```console\\n$ curl -s \\\\\\n  /a\\nb\\nc\\n$ curl /d\\ne\\n```\\n")
[('curl -s \\\\\\n  /a', 'b\\nc\\n'), ('curl /d', 'e\\n')]
"""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping

import pytest

__all__ = ["HERE", "commands", "needs_curl", "said"]

HERE = "http://localhost:8000"
"""Where the server of the docs is."""
needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="the examples are for curl")


def commands(page: str) -> list[tuple[str, str]]:
    """Each command of a page with what is shown under it; a line that ends in a backslash goes on in the next."""
    found = []
    for block in re.findall(r"```console\n(.*?)```", page, re.DOTALL):
        for one in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, shown = re.split(r"(?<!\\)\n", one, maxsplit=1)
            found.append((command, shown))
    return found


def said(command: str, base: str, environment: Mapping[str, str] | None = None) -> str:
    """What a command says, asked of the server at ``base``."""
    got = subprocess.run(
        command.replace(HERE, base), shell=True, capture_output=True, text=True, timeout=60, check=True,
        env={**os.environ, **(environment or {})},
    )  # fmt: skip
    return got.stdout.replace("\r", "")
