"""What README asks of the server that it starts is answered."""

import re

import pytest

from tests.conftest import ROOT
from tests.web.serving import Served
from tests.web.shown import needs_curl, said

README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = re.findall(r"^curl .*$", README, re.MULTILINE)
WORDS = ["https://w3id.org/cbec-kg/id/aliexpress", 'rdfs:label "Shein"@en', '"type": "known"']


@needs_curl
@pytest.mark.parametrize(("command", "word"), list(zip(COMMANDS, WORDS, strict=True)))
def test_a_command_is_answered(command: str, word: str, server: Served) -> None:
    assert "cbec-kg serve " in README
    asked = command.replace("http://127.0.0.1:8000", server.base)
    assert asked != command
    assert word in said(asked.replace("curl ", "curl -sS --fail ", 1), server.base)
