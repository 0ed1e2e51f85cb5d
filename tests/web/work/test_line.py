"""Lines of small ledgers: which figure stands for a period, how it is marked, what is left out."""

from dataclasses import replace

import pytest

from cbec_kg.model.slots import Slots
from cbec_kg.web.work.charts.line import line_chart
from cbec_kg.web.work.indicator.left import left_out
from cbec_kg.web.work.indicator.line import line
from cbec_kg.web.work.indicator.wording import Wording
from tests.answer.small import INDICATORS, ledger
from tests.conftest import cases

SLOTS = Slots("i", "china", "all", "all", "none", "wide")
WORDS = Wording("en", {})


@pytest.mark.parametrize("case", cases("web/work/cases/lines.yaml"))
def test_a_line_has_a_figure_for_each_period_and_says_what_is_left_out(case: dict) -> None:
    known = ledger(case)
    rows = line(known, SLOTS, "level", INDICATORS, WORDS, case.get("as_of"))
    assert [[row.period, row.mark, f"{row.value:f}", row.conflict] for row in rows] == case["rows"]
    dated = known.known_on(case["as_of"]) if "as_of" in case else known
    left = left_out(dated, (), SLOTS, "level", rows, WORDS)
    assert [[one.reason, one.period.partition(" · ")[0]] for one in left] == case.get("left", [])


def test_a_gap_breaks_the_line_and_what_is_contradicted_is_not_joined() -> None:
    claims = [[str(year), year, year, year, {"period": str(year)}] for year in (2015, 2016, 2019, 2020)]
    claims += [["x", 1, 1, 1, {"period": "2020"}], ["h", 9, 9, 9, {"period": "2019-H1"}]]
    rows = line(ledger({"claims": claims}), SLOTS, "level", INDICATORS, WORDS)
    chart = line_chart(rows, "i", "CNY", WORDS, ["Source: a"])
    assert chart is not None
    runs = {one["period"]: one.get("run") for one in chart["data"]["values"]}
    assert runs["2015"] == runs["2016"] != runs["2019"]
    assert runs["2020"] is None
    assert runs["first half of 2019"] not in (None, runs["2019"])
    assert chart["encoding"]["x"]["axis"]["title"] == ["Source: a"]


def test_several_scopes_are_told_apart_by_numbers_and_only_one_unit_is_drawn() -> None:
    rows = line(
        ledger({"claims": [["a", 2, 2, 2], ["b", 3, 3, 3, {"period": "2023"}]]}), SLOTS, "level", INDICATORS, WORDS
    )
    other = [replace(rows[0], scope="narrow", scope_label="narrow"), replace(rows[1], unit="USD", claims=("z",))]
    chart = line_chart([*rows, *other], "i", "CNY", WORDS, [])
    assert chart is not None
    assert {one["scope"] for one in chart["data"]["values"]} == {"① wide", "② narrow"}
    assert len(chart["data"]["values"]) == 3
    assert chart["encoding"]["color"]["scale"]["domain"] == ["① wide", "② narrow"]
