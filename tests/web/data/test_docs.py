"""The page about linked data is true: its commands run, and answers have the lines that it shows."""

import pytest
import rdflib

from tests.conftest import ROOT
from tests.web.shown import HERE, commands, needs_curl, said

PAGE = (ROOT / "docs" / "linked-data.md").read_text("utf-8")


@needs_curl
@pytest.mark.parametrize(("command", "shown"), commands(PAGE), ids=range(len(commands(PAGE))))
def test_a_command_says_what_the_page_shows(command, shown, server):
    assert shown
    answer = said(command, server.base)
    for line in shown.splitlines():
        assert [one for one in answer.splitlines() if one.startswith(line)], answer[:500]


def test_a_library_follows_a_name(server):
    assert f'rdflib.Graph().parse("{HERE}/id/aliexpress")' in PAGE
    found = rdflib.Graph().parse(server.url("/id/aliexpress"))
    name = rdflib.URIRef("https://w3id.org/cbec-kg/id/aliexpress")
    assert (name, rdflib.RDF.type, rdflib.URIRef("https://w3id.org/cbec-kg/ontology#Platform")) in found
