"""The checks by their codes: a new one is an entry here.

>>> sorted(CHECKS)[:3]
['cagr-cumulative', 'exchange-rate', 'flow-sum']
>>> CHECKS["same-key"].formulas
('figure = figure',)
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from cbec_kg.reconcile.book import Figures, Terms
from cbec_kg.reconcile.checks import (
    cagr_cumulative,
    exchange_rate,
    flow_sum,
    forecast_outturn,
    growth_levels,
    period_parts,
    rank_order,
    rate_total,
    same_key,
    share_total,
    trend_figures,
)
from cbec_kg.reconcile.figure import Figure, Point
from cbec_kg.reconcile.finding import Finding

__all__ = ["CHECKS", "Check"]


@dataclass(frozen=True, slots=True)
class Check:
    """One way to compare figures: ``find`` gives the findings that stand at a point, ``reach`` the points (besides the
    claim's own) whose findings a claim may change, ``formulas`` what it may say that it did."""

    find: Callable[[Point, Figures, Terms], Iterable[Finding]]
    reach: Callable[[Figure, Figures, Terms], Iterable[Point]]
    formulas: tuple[str, ...]


CHECKS: Mapping[str, Check] = {
    same_key.CODE: Check(same_key.find, same_key.reach, same_key.FORMULAS),
    growth_levels.CODE: Check(growth_levels.find, growth_levels.reach, growth_levels.FORMULAS),
    flow_sum.SUM: Check(flow_sum.find_sums, flow_sum.reach_sums, flow_sum.FORMULAS[:1]),
    flow_sum.WEIGHTED: Check(flow_sum.find_weighted, flow_sum.reach_weighted, flow_sum.FORMULAS[1:]),
    rate_total.CODE: Check(rate_total.find, rate_total.reach, rate_total.FORMULAS),
    share_total.CODE: Check(share_total.find, share_total.reach, share_total.FORMULAS),
    cagr_cumulative.CODE: Check(cagr_cumulative.find, cagr_cumulative.reach, cagr_cumulative.FORMULAS),
    period_parts.CODE: Check(period_parts.find, period_parts.reach, period_parts.FORMULAS),
    exchange_rate.CODE: Check(exchange_rate.find, exchange_rate.reach, exchange_rate.FORMULAS),
    rank_order.CODE: Check(rank_order.find, rank_order.reach, rank_order.FORMULAS),
    trend_figures.CODE: Check(trend_figures.find, trend_figures.reach, trend_figures.FORMULAS),
    forecast_outturn.CODE: Check(forecast_outturn.find, forecast_outturn.reach, forecast_outturn.FORMULAS),
}
