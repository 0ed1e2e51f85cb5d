"""What docs/python.md and the tutorial print is what runs."""

import doctest
import re

import pytest

from tests.api.notebook import TUTORIAL, run
from tests.conftest import ROOT


@pytest.fixture
def checkout(built_store, tmp_path):
    """A folder in which the built graph lies where a reader has it."""
    (tmp_path / ".cbec-kg").mkdir()
    (tmp_path / ".cbec-kg" / "store").symlink_to(built_store)
    (tmp_path / "docs").mkdir()
    return tmp_path


def test_the_page_runs(checkout, monkeypatch):
    monkeypatch.chdir(checkout)
    page = ROOT / "docs" / "python.md"
    # A fence ends an example as an empty line does.
    text = re.sub(r"^```.*$", "", page.read_text("utf-8"), flags=re.MULTILINE)
    examples = doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0)
    told: list[str] = []
    results = doctest.DocTestRunner(verbose=False).run(examples, out=told.append)
    assert (results.failed, "".join(told)) == (0, "")
    assert results.attempted > 40


def test_the_tutorial_is_what_a_run_gives(checkout):
    import nbformat

    kept = nbformat.read(TUTORIAL, as_version=4)
    again = run(checkout / "docs")
    cells = [cell for cell in kept.cells if cell.cell_type == "code"]
    assert len(cells) > 15
    for cell, ran in zip(kept.cells, again.cells, strict=True):
        assert (cell.source, cell.get("outputs")) == (ran.source, ran.get("outputs")), "python -m tests.api.notebook"
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
