"""What tests share: the graph built once a worker, the articles' texts, rows of case files."""

import os
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


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder with the articles' texts; a user's checkout lacks it, and CI must not."""
    if not SHARED.is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"{SHARED} is missing, and CI must have it")
        pytest.skip("the articles' texts are not part of a checkout")
    return SHARED


@pytest.fixture(scope="session")
def built_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the graph built from the checkout."""
    from cbec_kg.pipeline.build import build

    folder = tmp_path_factory.mktemp("store")
    build(folder, paths.resources())
    return folder


@pytest.fixture(scope="session")
def graph(built_store: Path):
    """The built graph, for reading."""
    from cbec_kg.store.embedded import EmbeddedStore

    return EmbeddedStore(built_store)
