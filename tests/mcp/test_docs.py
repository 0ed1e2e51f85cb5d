"""docs/assistants.md says what is so."""

import json
import re

from cbec_kg.mcp.toolbox import Toolbox
from cbec_kg.query.catalogue import Catalogue
from tests.mcp.session import DOCS, printed, session


def test_the_session_is_what_a_client_sees(built_store):
    assert printed() == session(built_store), "run: python -m tests.mcp.session"


def test_every_tool_that_is_no_saved_query_is_named():
    named = set(re.findall(r"^\| `(\w+)` \|", DOCS.read_text("utf-8"), re.MULTILINE))
    assert named == set(Toolbox(Catalogue(), "en").fixed)


def test_examples_of_configuration_are_json():
    blocks = re.findall(r"```json\n(\{\n  \"(?:mcpServers|servers)\".*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    assert len(blocks) == 2
    for block in blocks:
        (servers,) = json.loads(block).values()
        assert servers["cbec-kg"]["args"][0] == "mcp"
