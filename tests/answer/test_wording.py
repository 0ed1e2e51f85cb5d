"""Numbers in words, in both languages."""

from decimal import Decimal

import pytest

from cbec_kg.answer.wording import between, headline, spoken
from cbec_kg.reconcile.interval import Interval
from tests.conftest import cases


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("case", cases("answer/cases/wording.yaml"))
def test_words(case, lang):
    value, lower, upper, unit = case["number"]
    interval, (said, bounds) = Interval.of(lower, upper), case[lang]
    assert spoken(Decimal(value), interval, unit, lang) == said
    if bounds is not None:
        assert between(interval, unit, lang) == bounds


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("case", cases("answer/cases/headlines.yaml"))
def test_a_headline_holds_what_is_open(case, lang):
    value, lower, upper, unit = case["number"]
    more = {key: case[key] for key in ("hedge", "signed") if key in case}
    assert headline(Decimal(value), Interval.of(lower, upper), unit, lang, **more) == case[lang]
