from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbec_kg.errors import RowError
from cbec_kg.model.period import Period, parse
from tests.conftest import cases


@pytest.mark.parametrize("case", cases("model/cases_periods.yaml"))
def test_code(case):
    period = parse(case.get("written", case["code"]))
    assert (period.start, period.end) == (case["start"], case["end"])
    assert (period.code, period.name) == (case["code"], case["name"])
    assert (period.granularity, period.year) == (case["granularity"], case["year"])


@pytest.mark.parametrize(
    "code", ["", "20", "2020-13", "2020-Q5", "2020-H3", "2021-02-29", "2020/2019", "../2020", "2020/", "last year"]
)
def test_what_is_no_period_is_refused(code):
    with pytest.raises(RowError):
        parse(code)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_every_interval_has_one_code_that_reads_back(a, b):
    if a == b:
        return
    period = Period(min(a, b), max(a, b))
    assert parse(period.code) == parse(period.name) == period


def test_containment_and_year_before():
    assert parse("2020").contains(parse("2020-H1"))
    assert not parse("2020-H1").contains(parse("2020"))
    assert not parse("2020").contains(parse("2020"))
    assert parse("2016/..").contains(parse("2020"))
    assert not parse("2020").contains(parse("2016/.."))
    assert parse("2020-02-29").year_before().code == "2019-02-28"
