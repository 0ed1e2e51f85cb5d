"""Score factor, relation and trend rows against the gold relations and the curated rows.

usage: python -m tests.extract.score_statements [--misses] [--extras]

Gold relations are in free words, so a row meets one where their characters overlap and the row's predicate is one that
the gold's word can mean (`MEANS`). A curated row is met by a row of its type with the same two ends (or the same thing
and direction) whose characters overlap; polarity and status are compared apart. Needs ``../shared``.
"""

import argparse
import json
from collections import Counter
from datetime import date
from pathlib import Path

from cbec_kg import paths
from cbec_kg.extract.document import Document
from cbec_kg.extract.mentions import default_finder
from cbec_kg.extract.scan import scan
from cbec_kg.extract.statements import Relator
from cbec_kg.extract.timing import Clock, article_year
from cbec_kg.model.row_json import read_rows
from cbec_kg.model.rows import FactorRow, RelationRow, Row, TrendRow

SHARED = Path(__file__).resolve().parents[3] / "shared"

POSITIVE, NEGATIVE, UNSTATED = "factor:positive", "factor:negative", "factor:unstated"
FACTOR = {POSITIVE, NEGATIVE, UNSTATED}
MEANS: dict[str, set[str]] = {
    "driverOf": {POSITIVE, UNSTATED},
    "affects": FACTOR,
    "shortens": {NEGATIVE},
    "promotes": {POSITIVE, "targets", "initiates"},
    "supports": {POSITIVE, "enables", "targets", "issues", "launches", "uses"},
    "enables": {POSITIVE, "enables", "targets", NEGATIVE},
    "launched": {"launches", "issues", "initiates"},
    "issued": {"issues", "launches", "states"},
    "plans": {"launches", "issues", "initiates", "operates", "targets", "uses"},
    "approved": {"launches", "issues", "initiates", "regulates", "locatedIn", "hosts", "operates"},
    "established": {"initiates", "launches", "operates", "owns", "uses"},
    "developed": {"initiates", "launches", "uses", "operates"},
    "establishedBy": {"initiates", "launches"},
    "operatedBy": {"operates", "owns"},
    "hosts": {"hosts", "locatedIn", "operates", "enables", "uses"},
    "held": {"hosts"},
    "positionAt": {"partOf"},
    "appliedToJoin": {"appliesToJoin"},
    "appliedTo": {"uses", "enables"},
    "cooperatesWith": {"cooperatesWith"},
    "headquarteredIn": {"headquarteredIn", "locatedIn"},
    "stated": {"states", "issues"},
    "mentions": {"states", "targets"},
}
"""What the gold's words for predicates can mean in rows."""


def read_all(relator: Relator) -> dict[str, list[Row]]:
    """Rows of every article of the dev corpus."""
    finder = default_finder()
    out = {}
    for line in (SHARED / "corpus" / "dev.jsonl").read_text("utf-8").splitlines():
        article = json.loads(line)
        said = article.get("published") or ""
        published = date.fromisoformat(said) if len(said) == len("2024-01-01") else None
        year = None if published else article_year(article.get("title") or "", article["text"], said or None)
        document = Document.of(article["text"], article["lang"])
        statements = relator.read(scan(document, finder), article["id"], Clock(published, year))
        out[article["id"]] = list(statements.rows)
    return out


def meaning(row: Row) -> str:
    """A row's predicate, or its polarity."""
    if isinstance(row, FactorRow):
        return f"factor:{row.polarity}"
    return row.predicate if isinstance(row, RelationRow) else row.TYPE


def overlap(row: Row, start: int, end: int) -> bool:
    """Whether a row's characters overlap a stretch."""
    return row.start < end and start < row.end


def against_gold(rows: dict[str, list[Row]], *, show: bool) -> tuple[int, int]:
    """Gold relations met, and all."""
    met = total = 0
    for path in sorted((SHARED / "corpus" / "gold").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        for one in gold["relations"]:
            total += 1
            wanted = MEANS[one["predicate"]]
            if any(overlap(row, one["start"], one["end"]) and meaning(row) in wanted for row in rows[gold["id"]]):
                met += 1
            elif show:
                print("gold  ", gold["id"][:4], one["start"], one["subject"], "|", one["predicate"], "|", one["object"])
    return met, total


def ends(row: Row) -> tuple[object, ...]:
    """What a row is about."""
    match row:
        case FactorRow():
            return row.factor, row.outcome
        case RelationRow():
            return row.subject, row.predicate, row.object
        case TrendRow():
            return row.phenomenon, row.indicator, row.flow, row.direction
    return ()


def against_curated(rows: dict[str, list[Row]], *, show: bool) -> Counter[str]:
    """Curated rows by type: all, met, met in part (one end and overlapping), and met with polarity and status."""
    out: Counter[str] = Counter()
    for path in sorted((paths.data() / "articles").glob("*.jsonl")):
        for row in read_rows(path):
            if not isinstance(row, (FactorRow, RelationRow, TrendRow)):
                continue
            near = [one for one in rows[row.article] if one.TYPE == row.TYPE and overlap(one, row.start, row.end)]
            same = [one for one in near if ends(one) == ends(row)]
            out[f"{row.TYPE} all"] += 1
            out[f"{row.TYPE} met"] += bool(same)
            out[f"{row.TYPE} one end"] += any(set(ends(one)) & set(ends(row)) - {None} for one in near)
            out[f"{row.TYPE} whole"] += any(meaning(one) == meaning(row) and one.status == row.status for one in same)
            if show and not same:
                print("curated", row.article[:3], row.start, row.TYPE, *ends(row))
    return out


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="what is not met")
    arguments = parser.parse_args()
    rows = read_all(Relator(default_finder()))
    met, total = against_gold(rows, show=arguments.misses)
    curated = against_curated(rows, show=arguments.misses)
    print(f"gold relations: {met} of {total} ({met / total:.2f})")
    for kind in ("factor", "relation", "trend"):
        every = curated[f"{kind} all"]
        parts = ", ".join(f"{name} {curated[f'{kind} {name}']}" for name in ("met", "whole", "one end"))
        print(f"curated {kind}: {parts} of {every}")


if __name__ == "__main__":
    main()
