"""Who says a figure and how firm it is, row by row, with what is nobody's to say."""

import pytest

from cbec_kg.model.rows import ObservationRow
from tests.conftest import cases
from tests.extract.test_figures import read


@pytest.mark.parametrize("case", cases("extract/cases/voices.yaml"))
def test_each_figure_has_its_speaker_and_status(case):
    rows = [row for row in read(case["text"], case["lang"], "2024-07-30").rows if isinstance(row, ObservationRow)]
    shown = [[row.written, row.reported_by or "-", row.status] for row in rows]
    assert [" | ".join(one).removesuffix(" | reported") for one in shown] == case["rows"]


def test_the_rows_name_speakers_and_nobody_in_both_languages():
    named = {
        (case["lang"], row.split(" | ")[1] != "-")
        for one in cases("extract/cases/voices.yaml")
        for case in one.values
        for row in case["rows"]
    }
    assert named == {("zh", True), ("zh", False), ("en", True), ("en", False)}
