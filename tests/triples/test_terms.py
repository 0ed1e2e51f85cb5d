"""What the real vocabulary says that arithmetic needs."""

import pytest

from cbec_kg import paths
from cbec_kg.pipeline.sources import read_sources
from cbec_kg.reconcile.book import Ratio, Terms
from cbec_kg.triples.terms import terms_of


@pytest.fixture(scope="module")
def terms() -> Terms:
    return terms_of(read_sources(paths.resources()).vocabulary)


@pytest.mark.parametrize(
    ("indicator", "adds_up"),
    [
        ("cbec-trade-value", True), ("goods-trade-value", True), ("gdp", True), ("express-parcel-count", True),
        ("new-cbec-enterprise-count", True), ("platform-sales-value", True), ("fixed-asset-investment", True),
        ("cbec-enterprise-count", False), ("cbec-pilot-zone-count", False), ("overseas-warehouse-count", False),
        ("internet-user-count", False), ("population", False), ("foreign-exchange-reserves", False),
        ("average-order-value", False), ("cbec-share-of-goods-trade", False), ("exchange-rate", False),
        ("purchasing-managers-index", False), ("digitally-deliverable-services-value-per-minute", False),
        ("daily-active-user-count", False), ("parcels-per-day", False),
    ],
)  # fmt: skip
def test_flows_add_up_and_stocks_averages_and_rates_do_not(terms: Terms, indicator: str, adds_up: bool) -> None:
    assert (indicator in terms.flows) == adds_up


def test_what_has_exports_and_imports(terms: Terms) -> None:
    assert {"cbec-trade-value", "goods-trade-value", "services-trade-value"} <= terms.traded
    assert not {"gdp", "platform-export-value", "cbec-export-retail-value", "trade-balance"} & terms.traded


def test_a_share_of_one_indicator_in_another(terms: Terms) -> None:
    assert terms.ratios["cbec-share-of-goods-trade"] == Ratio(
        "cbec-trade-value", "gac-total", "goods-trade-value", "goods-trade"
    )
    assert terms.ratios["logistics-cost-ratio"] == Ratio("logistics-cost-value", "none", "gdp", "none")


def test_scopes_that_are_meant_where_none_is_named(terms: Terms) -> None:
    assert terms.scopes["cbec-trade-value"] == "gac-total"
    assert terms.scopes["services-trade-value"] == "services-trade"
    assert "gdp" not in terms.scopes
    assert "market-share" not in terms.scopes, "two scopes, and neither is the one that is meant"
