"""What comparing figures shows: findings as plain data.

>>> finding_digest("agreement", "level(export) + level(import) = level(total)", ["b", "a"])[:8]
'e0ca31bb'
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from cbec_kg.reconcile.figure import Point

__all__ = ["EXPLANATIONS", "KINDS", "Finding", "finding_digest"]

KINDS = ("agreement", "disagreement", "revision", "derivation")
EXPLANATIONS = ("rounding", "revision", "scope", "currency", "period", "translation-slip", "undetermined")
"""Why figures may disagree: a closed list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding on a point.

    ``formula`` is symbolic and from a short list, ``calculation`` holds the numbers; ``value`` and its bounds are what
    the formula gives, in ``unit``; ``tested`` is the claim that it is held against (None of a derivation), and ``gap``
    the distance between the two intervals, 0 where they meet. ``claims`` are all that it rests on, sorted.
    """

    kind: str
    check: str
    point: Point
    measure: str
    formula: str
    claims: tuple[str, ...]
    unit: str | None = None
    calculation: str = ""
    value: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    tested: str | None = None
    gap: Decimal | None = None
    explanations: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Local name of the finding: of its kind, formula and claims."""
        return finding_digest(self.kind, self.formula, self.claims)


def finding_digest(kind: str, formula: str, claims: Iterable[str]) -> str:
    """First 20 hex digits of SHA-256 over the RFC 8785 text of a finding's identity."""
    keys = {"claims": sorted(claims), "formula": formula, "kind": kind}
    text = json.dumps(keys, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:20]
