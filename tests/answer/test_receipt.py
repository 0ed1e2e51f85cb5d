"""Keys of a receipt's claims are those that digests are made of, whatever a claim holds."""

import json

import pytest

from cbec_kg.answer.ledger import Claim, Evidence, Source
from cbec_kg.answer.receipt import claim_of, digest_of, keys_of
from cbec_kg.model.row_json import parse_row
from cbec_kg.model.slots import Slots
from cbec_kg.reconcile.figure import Point, Stating
from cbec_kg.triples.mint import canonical, claim_digest, identity, period_name

WHOLE = Slots("j", "china", "all", "all", "total", "wide").at("2020")
ROW = {
    "type": "observation", "article": "a1", "indicator": "i", "entity": "china", "partner": "japan",
    "sector": "apparel", "flow": "export", "scope": "wide", "market": "us", "channel": "shop",
    "period": "2020-01/2020-02", "value": 9.5, "lower": 9.45, "upper": 9.55, "unit": "percent", "kind": "growth",
    "basis": "cumulative", "base_period": "2019", "currency_basis": "USD", "qualifier": "about", "status": "estimate",
    "start": 1, "end": 5,
}  # fmt: skip
ROWS = {
    "all dimensions": ROW,
    "none": {**ROW, "partner": None, "sector": None, "flow": None, "market": None, "channel": None},
    "an open period": {**ROW, "period": "--H1"},
    "a share": {**ROW, "kind": "share", "basis": None, "base_period": None, "share_of": WHOLE},
    "a rank": {**ROW, "kind": "rank", "ranked_among": "cities", "basis": None, "base_period": None, "value": 2},
    "a record": {
        **ROW, "kind": "record", "record": "high", "record_since": "2016/..", "basis": None, "base_period": None,
        "currency_basis": None, "value": None, "lower": None, "upper": None, "unit": None,
    },
}  # fmt: skip


def claim_of_row(row) -> Claim:
    since, base = period_name(row, "record_since"), period_name(row, "base_period")
    source = Source("a1", published="2021-01-01", sha256="0" * 64, length=9)
    return Claim(
        digest=claim_digest(row),
        point=Point(Slots.of(row), period_name(row)),
        stating=Stating(
            row.kind, row.unit, row.basis, base, row.currency_basis, row.share_of, row.ranked_among
        ),
        status=row.status,
        qualifier=row.qualifier,
        value=row.value,
        lower=row.lower,
        upper=row.upper,
        record=row.record,
        record_since=since,
        evidence=(Evidence("a1_1-5", source, 1, 5, "9.5%", review="reviewed"),),
    )  # fmt: skip


@pytest.mark.parametrize("which", ROWS)
def test_keys(which):
    row = parse_row(json.dumps({key: value for key, value in ROWS[which].items() if value is not None}))
    claim = claim_of_row(row)
    keys = keys_of(claim)
    assert canonical(dict(keys)) == canonical(identity(row))
    assert digest_of(keys) == claim.digest
    place = {"article": "a1", "start": 1, "end": 5, "written": "9.5%", "review": "reviewed"}
    articles = {"a1": {"published": "2021-01-01", "sha256": "0" * 64, "length": 9}}
    assert claim_of(claim.digest, {"keys": keys, "evidence": [place]}, articles) == claim
