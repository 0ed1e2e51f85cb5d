"""A short real session of a client with the server, as docs/assistants.md prints it.

``python -m tests.mcp.session`` writes it there anew, from the graph in ``CBEC_KG_STORE`` or ``.cbec-kg/store``.
"""

import json
import os
import sys
from pathlib import Path

from tests.conftest import ROOT
from tests.mcp.conftest import calls

DOCS = ROOT / "docs" / "assistants.md"
BEGIN, END = "<!-- session: python -m tests.mcp.session -->\n", "<!-- end of session -->\n"
SAID = (
    ("search_entities", {"text": "ali express", "limit": 2}),
    ("platforms_programmes", {"platform": "id:aliexpress"}),
    ("answer", {"indicator": "cbec-trade-value", "period": "2022", "flow": "export"}),
    ("ask", {"text": "2019年跨境电商进出口额是多少"}),
    ("sparql", {"query": "SELECT ?claim { ?claim cbec:predicate cbec:launches } ORDER BY ?claim", "limit": 2}),
    ("platforms_programmes", {"platform": "Shien"}),
    ("sparql", {"query": "DELETE WHERE { ?s ?p ?o }"}),
)
SHOWN = 1
"""Of this call the structured content is shown too."""


def session(store: Path) -> str:
    """Markdown: each call, and the text of its result."""
    results = calls(store, *SAID)
    parts = []
    for (name, arguments), result in zip(SAID, results, strict=True):
        mark = "error: " if result.is_error else ""
        parts.append(f"> {name} {json.dumps(arguments, ensure_ascii=False)}\n\n{mark}{result.content[0].text}\n")
    shown = results[SHOWN].structured_content
    first = {key: shown[key][:1] if isinstance(shown[key], list) else shown[key] for key in shown if key != "columns"}
    structured = json.dumps(first, ensure_ascii=False, indent=2)
    return (
        "```text\n" + "\n".join(parts) + "```\n\n"
        "The second call's structured content, without its columns and with the first item of each list:\n\n"
        f"```json\n{structured}\n```\n"
    )


def printed() -> str:
    """What the page has between its marks."""
    return DOCS.read_text("utf-8").partition(BEGIN)[2].partition(END)[0]


def rewrite(store: Path) -> None:
    """Put the session of this graph into the page."""
    before, _, rest = DOCS.read_text("utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    DOCS.write_text(f"{before}{BEGIN}{session(store)}{END}{after}", "utf-8")


if __name__ == "__main__":
    rewrite(Path(os.environ.get("CBEC_KG_STORE", ROOT / ".cbec-kg" / "store")))
    sys.stderr.write(f"wrote {DOCS}\n")
