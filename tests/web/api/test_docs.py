"""The page about the API is true: its commands run, and answers hold what it shows."""

import pytest

from cbec_kg.web.api.formats import ROWS
from cbec_kg.web.api.operation import PROBLEMS
from tests.conftest import ROOT
from tests.web.serving import Served
from tests.web.shown import commands, needs_curl, said

PAGE = (ROOT / "docs" / "api.md").read_text("utf-8")


@needs_curl
@pytest.mark.parametrize(("command", "shown"), commands(PAGE), ids=range(len(commands(PAGE))))
def test_a_command_says_what_the_page_shows(server: Served, command: str, shown: str) -> None:
    assert shown
    answer = said(command, server.base)
    for line in shown.splitlines():
        assert line in answer, answer[:500]


def test_every_form_and_status_is_on_the_page() -> None:
    assert all(f"`{name}`" in PAGE for name in ROWS)
    assert all(f"| {status} |" in PAGE for status in PROBLEMS)
