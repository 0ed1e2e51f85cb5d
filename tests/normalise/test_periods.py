"""Periods in running text, row by row; whose figure a period is plays no part here."""

import gc
import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cbec_kg.model.period import is_open, parse
from cbec_kg.normalise.moments import in_year, joined, open_code
from cbec_kg.normalise.period_words import default_period_words, simple
from cbec_kg.normalise.periods import find, resolve
from tests.conftest import cases

settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


@pytest.mark.parametrize("case", [*cases("normalise/cases/periods_en.yaml"), *cases("normalise/cases/periods_zh.yaml")])
def test_mentions(case):
    text = case["text"]
    found = list(find(text))
    context = [case.get(key) for key in ("published", "year", "carried", "antecedent")]
    rows = []
    for mention in found:
        code, years = resolve(mention, *context)
        rows.append([text[mention.start : mention.end], mention.kind, code, *([years] if years else [])])
    assert rows == case["mentions"]
    for key, name in (("weak", "weak"), ("relations", "relation"), ("edges", "edge")):
        if key in case:
            assert [getattr(mention, name) for mention in found] == case[key]


DAYS = st.none() | st.dates(date(1990, 1, 1), date(2090, 12, 31))
YEARS = st.none() | st.integers(1990, 2090)
PARTS = ["", "H1", "H2", "Q1", "Q2", "Q3", "Q4", *(f"{month:02}" for month in range(1, 13)), "02-28", "07-15", "12-31"]
CODES = st.none() | st.sampled_from(["2024-H1", "2024", "2024-02", "2024-02-29", "2016/..", "--H1", "2024-01/2024-10"])
TABLES = default_period_words()
SHORT = (
    "2024 2024年 since by H1 first half of 前 10 月 日 季度 以来 截至 底 至 - to and between 3 31 五 年 个 in , ， "
    "'s 的 week Friday 周五 十四五 期间 May 当月"
)
LONG = ["the end of", "ten months", "30 February", "2023年11月至次年2月", "year to March"]
WORDS = [*TABLES.phrases, *TABLES.parts, *TABLES.months, *SHORT.split(), *LONG]


def check(text, published=None, year=None, carried=None, antecedent=None):
    """Mentions lie in order within the text, and a closed code is canonical."""
    found = list(find(text))
    assert all(0 <= mention.start < mention.end <= len(text) for mention in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    for mention in found:
        for context in ((), (published, year, carried, antecedent)):
            code, years = resolve(mention, *context)
            if not is_open(code):
                assert parse(code).code == code
                assert years == 0
            elif code:
                assert parse(code.replace("--", "2000-")).code == code.replace("--", "2000-")


@given(st.lists(st.sampled_from(WORDS), max_size=9), st.sampled_from(["", " "]), DAYS, YEARS, YEARS, CODES)
def test_closed_codes_are_canonical_whatever_words_meet(words, gap, published, year, carried, antecedent):
    check(gap.join(words), published, year, carried, antecedent)


@given(
    st.text(
        alphabet="0123456789年月日季度前至今去上半底以来第一二十个-—/. ,'’()firstquahlfyeonmsQH\n\u00a0", max_size=40
    )
)
def test_find_never_fails(text):
    check(text, date(2024, 7, 30))


@given(st.text(max_size=60))
def test_offsets_are_those_of_the_text(text):
    assert len(simple(text)) == len(text)
    check(text)


@given(st.sampled_from(PARTS), st.sampled_from(PARTS), st.integers(1900, 2100))
def test_a_part_from_one_to_another_is_the_interval_of_both(first, last, year):
    part = joined(first, last) if first and last else None
    if part is None:
        return
    whole, start, end = in_year(part, year), in_year(first, year), in_year(last, year)
    assert (whole.start, whole.end) == (start.start, end.end)
    assert open_code(part) in (None, in_year(part, 2000).code.replace("2000", "-"))


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.sampled_from(PARTS[1:]))
def test_a_part_without_its_year_is_near_publication(published, part):
    text = {"H1": "上半年", "H2": "下半年"}.get(part) or (f"{part[1]}季度" if part[0] == "Q" else "")
    if not text:
        month, _, day = part.partition("-")
        text = f"{int(month)}月" + (f"{int(day)}日" if day else "")
    (mention,) = find(text)
    period = parse(resolve(mention, published).code)
    assert -120 <= (published - period.start).days <= 366 + 62


SIGNS = "2222222222 前 十 2024年 1月 - 一 年 ( 20 近 2024- 1、 “ 第 五年 Jan. 截至 ～ 去年 6月当月"
HOSTILE = ["first ", "the ", "of ", " ", "first half of ", "since ", "and ", "last ", "3 to ", "between 2024 ", "\n"]
HOSTILE += ["the end of ", "five years ", "a year ", "March, ", "2024 ", *SIGNS.split()]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_costs_linear_time(piece):
    list(find("2024"))
    times = []
    gc.disable()
    try:
        for size in (5_000, 40_000):
            text = piece * (size // len(piece))
            start = time.process_time()
            sum(1 for _ in find(text))
            times.append(time.process_time() - start)
    finally:
        gc.enable()
    assert times[1] < 8 * 4 * max(times[0], 0.0025)
