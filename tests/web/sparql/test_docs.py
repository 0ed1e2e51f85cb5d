"""The page about the endpoint is true: its commands run, and answers are the lines that it shows."""

import pytest

from tests.conftest import ROOT
from tests.web.shown import commands, needs_curl, said
from tests.web.sparql.conftest import TOKEN

PAGE = (ROOT / "docs" / "endpoint.md").read_text("utf-8")
SHOWN = [one for one in commands(PAGE) if one[0].startswith("curl ")]


@needs_curl
@pytest.mark.parametrize(("command", "shown"), SHOWN, ids=range(len(SHOWN)))
def test_a_command_says_what_the_page_shows(command, shown, server, writable):
    asked = writable if "CBEC_KG_TOKEN" in command else server
    assert said(command, asked.base, {"CBEC_KG_TOKEN": TOKEN}) == shown
