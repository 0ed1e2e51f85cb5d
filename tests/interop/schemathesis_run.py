"""Schemathesis against a server of ours: an environment of its own, names that the graph knows, one run.

It is pinned with all hashes in ``requirements/schemathesis.txt``.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx

from cbec_kg.errors import CbecError
from cbec_kg.namespaces import SERIES, expand
from cbec_kg.query.saved import Bilingual, Param
from cbec_kg.query.suggest import suggest
from cbec_kg.store.base import Store
from tests.conftest import ROOT

__all__ = ["names_of", "run"]

_PINNED, _ENVIRONMENT = ROOT / "requirements" / "schemathesis.txt", ROOT / ".cache" / "interop" / "schemathesis"
_HOOKS = Path(__file__).with_name("schemathesis_names.py")
_CONFIG = Path(__file__).with_name("schemathesis.toml")
_SEED = 20260101
_QUESTIONS = [
    "CBEC exports in 2022?",
    "2021年跨境电商进出口额是多少",
    "China's goods trade in 2020",
    "跨境电商进口2022年",
]
_FIXED = {
    "cbec-kg:words": _QUESTIONS,
    "cbec-kg:property": ["a", "rdfs:label", "cbec:locatedIn", "is a"],
    "cbec-kg:topic": ["platforms"],
    "cbec-kg:question": ["programmes", "app-rank"],
    "cbec-kg:parameter": ["platform", "lang"],
}


def installed() -> Path:
    """The program, in an environment that is made where it is missing or out of date."""
    stamp, programs = _ENVIRONMENT / "installed", _ENVIRONMENT / "bin"
    if not stamp.is_file() or stamp.read_text() != _PINNED.read_text():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(_ENVIRONMENT)], check=True)
        pip = [str(programs / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--require-hashes", "-r", str(_PINNED)], check=True)
        stamp.write_text(_PINNED.read_text())
    return programs / "schemathesis"


def names_of(description: Mapping[str, Any], store: Store) -> dict[str, list[str]]:
    """Values of each format of the project's own that a description speaks of."""
    found = {}
    for form in sorted(set(_formats(description))):
        if form in _FIXED:
            found[form] = _FIXED[form]
        elif form == "cbec-kg:series":
            rows = store.select("SELECT ?s { ?s a cbec:Series } ORDER BY ?s LIMIT 30").rows
            found[form] = [str(row[0].value).removeprefix(SERIES) for row in rows]
        elif form == "cbec-kg:period":
            some = suggest(Param("period", "period", Bilingual("Period")), store, limit=30)
            found[form] = [one.value for one in some]
        elif ":" in form:
            cls = None if form == "cbec-kg:name" else expand(form)
            some = suggest(Param("thing", "iri", Bilingual("Thing"), cls=cls or expand("cbec:Entity")), store, limit=30)
            found[form] = [value for one in some for value in (one.value, one.iri) if value]
    return found


def _formats(told: object) -> Iterator[str]:
    match told:
        case {"format": str(form), "type": _}:
            yield form
    for one in told.values() if isinstance(told, Mapping) else told if isinstance(told, list) else ():
        yield from _formats(one)


def run(address: str, store: Store, folder: Path, *options: str) -> tuple[int, str]:
    """Exit status and all that schemathesis prints; ``folder`` is for its own files."""
    names = names_of(httpx.get(f"{address}/openapi.json", timeout=60).json(), store)
    if empty := [form for form, values in names.items() if not values]:
        raise CbecError(f"the graph has no values of {empty}")
    (folder / "names.json").write_text(json.dumps(names, ensure_ascii=False), "utf-8")
    environment = {
        **os.environ, "CBEC_KG_NAMES": str(folder / "names.json"), "SCHEMATHESIS_HOOKS": str(_HOOKS), "NO_COLOR": "1",
        "COLUMNS": "100",
    }  # fmt: skip
    command = [
        str(installed()),
        "--config-file",
        str(_CONFIG),
        "run",
        f"{address}/openapi.json",
        "--seed",
        str(_SEED),
        "--checks",
        "all",
        *options,
    ]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr
