"""What tests share: the graph built once for all workers, the articles' texts, rows of case files."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from cbec_kg import paths

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def cases(name: str) -> list:
    """Rows of a case file, each with an id of its own; a known gap carries ``xfail: reason``."""
    rows = yaml.safe_load((ROOT / "tests" / name).read_text("utf-8"))
    return [
        pytest.param(row, id=str(row["id"]), marks=[pytest.mark.xfail(reason=row["xfail"])] if "xfail" in row else [])
        for row in rows
    ]


@pytest.fixture(scope="session", autouse=True)
def _short_lived_java() -> None:
    """Every Java that tests start lives for seconds: to compile quickly instead of well is a quarter less work.

    Those of `make interop` are servers and tools of others, which are left as they are.
    """
    if "CBEC_KG_INTEROP" not in os.environ:
        os.environ.setdefault("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder with the articles' texts; a user's checkout lacks it, and CI must not."""
    if not SHARED.is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"{SHARED} is missing, and CI must have it")
        pytest.skip("the articles' texts are not part of a checkout")
    return SHARED


def state(folder: Path) -> dict[str, tuple[int, int]]:
    """Files of a folder, each with its size and when it was written."""
    files = {path.relative_to(folder).as_posix(): path.stat() for path in folder.rglob("*") if path.is_file()}
    return {name: (stat.st_size, stat.st_mtime_ns) for name, stat in files.items()}


@pytest.fixture(scope="session")
def built_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folder of the graph built from the checkout: one for all workers, for reading; `store` is a copy to change."""
    from cbec_kg.pipeline.build import build

    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder, unfinished = shared / "built", shared / "built.new"
    with (shared / "built.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.is_dir():
            shutil.rmtree(unfinished, ignore_errors=True)
            build(unfinished, paths.resources())
            unfinished.rename(folder)
    before = state(folder)
    yield folder
    assert state(folder) == before, "a test changed the graph that all tests read: let it take a copy, `store`"


@pytest.fixture
def store(built_store: Path, tmp_path: Path) -> Path:
    """A copy of the built graph that a test may change."""
    return shutil.copytree(built_store, tmp_path / "store")


@pytest.fixture(scope="session")
def graph(built_store: Path):
    """The built graph, for reading."""
    from cbec_kg.store.embedded import EmbeddedStore

    return EmbeddedStore(built_store)
