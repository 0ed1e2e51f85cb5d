"""What holds for all tests, examples in docstrings included: files for the time being, and how often garbage is sought.

Files for the time being, of examples and of killed processes, lie in one folder that is removed. Graphs of a hundred
thousand triples stay in memory to the end of a run, and Python would look through all of them again and again: a
quarter of a run's time. What is there when the tests begin is never garbage, and the rest is looked at less often.
"""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

gc.set_threshold(100_000, 20, 20)


def pytest_collection_finish() -> None:
    """Leave out of every later search what has been imported and collected."""
    gc.collect()
    gc.freeze()


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
