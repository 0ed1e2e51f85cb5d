"""Revision triangles: each figure in the row of its period and the column of its day."""

import random

import pytest

from cbec_kg.reconcile.book import Book
from cbec_kg.reconcile.triangle import triangle
from tests.conftest import cases

from .figures_dsl import figure


def written(one):
    revises = f">{','.join(one.revises)}" if one.revises else ""
    return one.figure.digest + "!" * one.is_replaced + "~" * one.is_repeat + revises


@pytest.mark.parametrize("case", cases("reconcile/cases/triangles.yaml"))
def test_cells(case):
    figures = [figure(name, line) for name, line in case["figures"].items()]
    measure = case.get("measure", "level")
    for seed in range(3):
        random.Random(seed).shuffle(figures)
        found = triangle(list(Book(figures).figures.values()), lambda one: one.stating.measure == measure)
        assert list(found.days) == case["days"]
        assert [(row.point.period, [[written(one) for one in cell] for cell in row.cells]) for row in found.rows] == [
            (period, cells) for period, cells in case["rows"].items()
        ]
        assert len(found.releases) == sum(figure.stating.measure == measure for figure in figures)
