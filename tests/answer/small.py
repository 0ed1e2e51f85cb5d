"""Ledgers of a few claims, as case files write them."""

from dataclasses import replace
from decimal import Decimal

from cbec_kg.answer.indicators import Indicators
from cbec_kg.answer.ledger import Claim, Evidence, Ledger, Source
from cbec_kg.answer.question import Question
from cbec_kg.model.slots import Slots
from cbec_kg.reconcile.book import Terms
from cbec_kg.reconcile.figure import Point, Stating

INDICATORS = Indicators(Terms(flows=frozenset({"i"}), scopes={"i": "wide"}), {"i": "CNY"}, {}, frozenset({"i"}))
STOCKS = replace(INDICATORS, terms=replace(INDICATORS.terms, flows=frozenset()))


def number(value) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def claim(digest, value, lower, upper, more=None) -> Claim:
    said = {"measure": "level", "unit": "CNY", "scope": "wide", "period": "2022", "day": "2023-01-13", **(more or {})}
    source = Source(said.get("article", f"a-{digest}"), published=said["day"], sha256="0" * 64, length=9)
    return Claim(
        digest=digest,
        point=Point(
            Slots(said.get("indicator", "i"), "china", "all", said.get("sector", "all"), "none", said["scope"]),
            said["period"],
        ),
        stating=Stating(
            said["measure"],
            said["unit"],
            said.get("basis", "yoy" if said["measure"] == "growth" else None),
            said.get("base_period"),
            share_of=said.get("share_of"),
        ),
        status=said.get("status", "reported"),
        qualifier=said.get("qualifier", "exact"),
        value=number(value),
        lower=number(lower),
        upper=number(upper),
        evidence=(
            Evidence(
                f"e-{digest}", source, 1, 5, str(value), said.get("speaker"), government=said.get("government", False)
            ),
        ),
    )


def ledger(case) -> Ledger:
    return Ledger(claim(*row) for row in case["claims"])


def question(case) -> Question:
    asked = {key: case[key] for key in ("as_of", "scope", "measure", "against", "sector") if key in case}
    return Question("i", period=case.get("period", "2022"), **asked)


def indicators(case) -> Indicators:
    """Terms under which i adds up over periods, or does not."""
    return STOCKS if case.get("stock") else INDICATORS
