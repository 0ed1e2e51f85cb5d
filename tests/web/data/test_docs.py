"""The page about linked data is true: its commands run, and answers have the lines that it shows."""

import re
import shutil
import subprocess

import pytest
import rdflib

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "linked-data.md").read_text("utf-8")
HERE = "http://localhost:8000"


def commands() -> list[tuple[str, list[str]]]:
    """Each command of the page with the lines shown under it."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line.removeprefix("$ "), []))
            else:
                found[-1][1].append(line)
    return found


@pytest.mark.skipif(shutil.which("curl") is None, reason="the examples are for curl")
@pytest.mark.parametrize(("command", "shown"), commands(), ids=lambda value: value if isinstance(value, str) else "")
def test_a_command_says_what_the_page_shows(command, shown, server):
    assert shown
    got = subprocess.run(
        command.replace(HERE, server.base), shell=True, capture_output=True, text=True, timeout=60, check=True
    )  # fmt: skip
    lines = got.stdout.splitlines()
    for line in shown:
        assert [one for one in lines if one.startswith(line)], got.stdout[:500]


def test_a_library_follows_a_name(server):
    assert f'rdflib.Graph().parse("{HERE}/id/aliexpress")' in PAGE
    found = rdflib.Graph().parse(server.url("/id/aliexpress"))
    name = rdflib.URIRef("https://w3id.org/cbec-kg/id/aliexpress")
    assert (name, rdflib.RDF.type, rdflib.URIRef("https://w3id.org/cbec-kg/ontology#Platform")) in found
