"""Java for tests: in a process of its own, since a JVM that once started never leaves one."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from cbec_kg.ontology import logic
from tests.conftest import ROOT

__all__ = ["needs_java", "told_by"]

# `make test` installs what it takes, so on CI a missing package is a fault and no reason to skip.
needs_java = pytest.mark.skipif(
    "CI" not in os.environ and bool(logic.missing()), reason=f"needs {', '.join(logic.NEEDED)}: make install"
)


def told_by(module: str, *arguments: object, given: Any = None) -> Any:
    """What a module that starts Java prints as JSON, with ``given`` as JSON on its standard input."""
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        input=json.dumps(given), capture_output=True, text=True, check=False, timeout=900, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
