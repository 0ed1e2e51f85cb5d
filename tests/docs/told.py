"""Pages that show commands with what they print: run, and held against the page or written into it.

>>> page = "Ask:\\n\\n```sh\\ncbec-kg --version\\n```\\n\\n```text\\nan old answer\\n```\\n\\nDone.\\n"
>>> print(renewed(page, lambda command: f"what {command} prints"))
Ask:
<BLANKLINE>
```sh
cbec-kg --version
```
<BLANKLINE>
```text
what cbec-kg --version prints
```
<BLANKLINE>
Done.
<BLANKLINE>
"""

import contextlib
import io
import os
import re
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

from cbec_kg.cli import main

from ..conftest import ROOT

__all__ = ["fenced", "printed", "renewed"]

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_ASKED = re.compile(
    r"^```sh\n(?P<asked>[^`]*?)^```(?P<told>\n\n```(?P<form>text|turtle|json)\n.*?^```)?$", re.DOTALL | re.MULTILINE
)


def fenced(page: str, language: str) -> list[str]:
    """Blocks of a page in a language, in their order."""
    return [body for name, body in _BLOCK.findall(page) if name == language]


def renewed(page: str, answer: Callable[[str], str]) -> str:
    """A page with what its commands print now: a block of ``sh`` is one command, the block right after its output.

    A command without such a block is run too.
    """

    def block(found: re.Match[str]) -> str:
        said = answer(found["asked"].strip()).replace("\r\n", "\n").rstrip()
        shown = f"\n\n```{found['form']}\n{said}\n```" if found["told"] else ""
        return f"```sh\n{found['asked']}```{shown}"

    return _ASKED.sub(block, page)


def printed(command: str, store: Path) -> str:
    """What a command prints on the graph in a folder; of Turtle all but the prefixes, which a page need not repeat."""
    if not command.startswith("cbec-kg "):
        done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=True)
        return done.stdout
    out, before = io.TextIOWrapper(io.BytesIO(), "utf-8"), dict(os.environ)
    os.environ["CBEC_KG_STORE"] = str(store)
    try:
        with contextlib.redirect_stdout(out):
            code = main(shlex.split(command)[1:])
    finally:
        os.environ.clear()
        os.environ.update(before)
    assert code == 0, command
    out.flush()
    said = out.buffer.getvalue().decode()
    return "".join(line for line in said.splitlines(keepends=True) if not line.startswith("@prefix "))
