"""Files for the time being, of examples in docstrings and of killed processes, lie in one folder that is removed."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session", autouse=True)
def _temporary_folder() -> Iterator[None]:
    before, folder = os.environ.get("TMPDIR"), Path(tempfile.mkdtemp(prefix="cbec-kg-tests-"))
    folder.chmod(0o755)  # a server that root starts runs as another user
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
    yield
    tempfile.tempdir = None
    if before is None:
        del os.environ["TMPDIR"]
    else:
        os.environ["TMPDIR"] = before
    shutil.rmtree(folder, ignore_errors=True)
