"""Every decision is in the list of decisions, by number and title."""

from tests.conftest import ROOT

DECISIONS = ROOT / "docs" / "decisions"


def test_each_decision_is_listed() -> None:
    pages = sorted(DECISIONS.glob("0*.md"))
    assert pages
    listed = (DECISIONS / "README.md").read_text("utf-8").splitlines()
    for page in pages:
        number, _, title = page.read_text("utf-8").splitlines()[0].removeprefix("# ").partition(". ")
        assert page.name.startswith(f"{int(number):04}-")
        assert f"{number}. [{title}]({page.name})" in listed
