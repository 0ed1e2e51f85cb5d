"""A command line run in this process, as a stranger would start it: streams of its own, an environment of its own.

A process costs a third of a second to start, so rows of a case file are run here; what only a process shows (a reader
that leaves, a full disk, a kill, that ``python -m cbec_kg`` is there at all) is started for real where it is tested.

>>> done = run("--version", environment={"NO_COLOR": "1"})
>>> done.returncode, done.stdout.split()[0], done.stderr
(0, 'cbec-kg,', '')
"""

import io
import os
from collections.abc import Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from subprocess import CompletedProcess
from unittest.mock import patch

from cbec_kg.cli.main import main
from tests.conftest import ROOT

__all__ = ["run"]


def run(*arguments: str, environment: Mapping[str, str], text: str | None = None) -> CompletedProcess[str]:
    """Exit code, output and messages of a command that sees this environment only, and ``text`` on its input."""
    out, err = io.BytesIO(), io.BytesIO()
    kept = {name: os.environ[name] for name in ("TMPDIR", "PYTEST_CURRENT_TEST") if name in os.environ}
    with (
        patch.dict(os.environ, {**kept, **environment}, clear=True), chdir(ROOT),
        patch("sys.stdin", io.TextIOWrapper(io.BytesIO((text or "").encode()), "utf-8")),
        redirect_stdout(io.TextIOWrapper(out, "utf-8")) as told,
        redirect_stderr(io.TextIOWrapper(err, "utf-8")) as said,
    ):  # fmt: skip
        code = main(list(arguments))
        told.flush()
        said.flush()
    return CompletedProcess(arguments, code, out.getvalue().decode(), err.getvalue().decode())
