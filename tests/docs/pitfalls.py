"""The page of pitfalls: the 41 of the OOPS! catalogue, and how each is kept out.

>>> row = {"id": "P33", "name": "Short chain", "oops": True, "rules": ["chain-length"]}
>>> print(line(row))
| P33 | Short chain | yes | [chain-length](../../ontology/hygiene/chain-length.rq) | |
>>> print(line({"id": "P09", "name": "Gaps", "oops": False, "people": "No machine knows."}))
| P09 | Gaps | no | people | No machine knows. |
"""

from collections.abc import Iterator
from typing import Any

import yaml

from cbec_kg import paths

__all__ = ["line", "page", "pitfalls"]

_MADE = "<!-- Written by `make docs` from ontology/hygiene/pitfalls.yaml: change that, not this file. -->"
_GATES = {"faults": "OWL 2 profiles and HermiT"}


def pitfalls() -> list[dict[str, Any]]:
    """Rows of the catalogue, in its order."""
    rows: list[dict[str, Any]] = yaml.safe_load((paths.ontology() / "hygiene" / "pitfalls.yaml").read_text("utf-8"))
    return rows


def line(row: dict[str, Any]) -> str:
    """A pitfall's line of the table."""
    by = [f"[{name}](../../ontology/hygiene/{name}.rq)" for name in row.get("rules", ())]
    by += [f"{_GATES['faults']}: {fault}" for fault in row.get("faults", ())]
    by += [f"the gate `{gate}`" for gate in row.get("gate", ())]
    said = row.get("people") or row.get("note") or ""
    cells = (row["id"], row["name"], "yes" if row["oops"] else "no", "; ".join(by) or "people", said)
    return "| " + " | ".join(cells).rstrip() + " |"


def page() -> str:
    """The whole page."""
    return "\n".join(_page(pitfalls()))


def _page(rows: list[dict[str, Any]]) -> Iterator[str]:
    machine = [row for row in rows if "people" not in row]
    of_oops = [row for row in rows if row["oops"]]
    left = [row["id"] for row in of_oops if "people" in row]
    yield from (_MADE, "# Pitfalls", "")
    yield from (
        f"The catalogue of [OOPS!](https://oops.linkeddata.es/) names {len(rows)} pitfalls of ontologies and looks for "
        f"{len(of_oops)} of them.",
        f"Here {len(machine)} are checked by `cbec-kg ontology check` and in `make test`, all that OOPS! looks for "
        f"but {', '.join(left)} among them.",
        "Each check has a planted fault on which it is seen to fail: `tests/ontology/cases/` for the rules, "
        "`tests/ontology/faults.yaml` for OWL 2 profiles and HermiT, `tests/ontology/test_check.py` for gates.",
        "What a machine cannot decide says so, and who looks instead.",
        "",
        "| | pitfall | OOPS! looks | checked by | |",
        "|---|---|---|---|---|",
        *map(line, rows),
        "",
    )
