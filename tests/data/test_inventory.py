"""The curated rows hold what the inventory of the five articles holds, or a line says why not."""

import csv
from pathlib import Path

import pytest

from cbec_kg import paths
from cbec_kg.model.row_json import read_rows

KINDS = ("observation.", "claim.factor", "relation", "claim.trend")
HERE = Path(__file__).parent


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def wanted(shared: Path) -> list[dict[str, str]]:
    rows = table(shared / "seeds" / "inventory.csv")
    return [row for row in rows if row["kind"].startswith(KINDS) and row["kind"] != "claim.factorlist"]


def spans(shared: Path) -> dict[str, list[tuple[int, int]]]:
    """Spans of the rows of the inventory's articles by their number there, restatements included."""
    found: dict[str, list[tuple[int, int]]] = {}
    for number, text in enumerate(sorted((shared / "seeds").glob("*.txt"))):
        kept = found.setdefault(str(number), [])
        for row in read_rows(paths.data() / "articles" / f"{text.stem}.jsonl"):
            kept.append((row.start, row.end))
            kept.extend((again.start, again.end) for again in getattr(row, "restated", ()))
    return found


def key(row: dict[str, str]) -> tuple[str, ...]:
    return row["seed"], row["char_start"], row["char_end"], row["kind"]


def test_every_fact_has_a_claim_or_a_reason(shared):
    known = spans(shared)
    reasons = {key(row) for row in table(HERE / "exceptions.csv")}
    rows = wanted(shared)
    assert len(rows) > 250
    missing = [
        key(row)
        for row in rows
        if key(row) not in reasons
        and not any(s < int(row["char_end"]) and int(row["char_start"]) < e for s, e in known.get(row["seed"], ()))
    ]
    assert missing == []


def test_every_exception_is_one_of_the_inventory_and_says_why(shared):
    inventory = {key(row) for row in wanted(shared)}
    rows = table(HERE / "exceptions.csv")
    assert rows
    assert [row for row in rows if key(row) not in inventory or len(row["reason"]) < 20] == []


@pytest.mark.parametrize("number", range(5))
def test_every_article_has_rows(number, shared):
    assert spans(shared)[str(number)]
