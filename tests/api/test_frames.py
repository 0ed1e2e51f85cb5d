"""Data frames have the types and the values of the answer."""

import sys

import pytest

from cbec_kg.errors import CbecError, MissingExtra
from tests.conftest import cases


@pytest.mark.parametrize("case", cases("api/cases/dtypes.yaml"))
def test_types(case, local):
    rows = local.sparql(case["sparql"], timeout=None)
    table, pandas, polars = rows.to_arrow(), rows.to_pandas(), rows.to_polars()
    assert {field.name: str(field.type) for field in table.schema} == case["arrow"]
    assert pandas.dtypes.astype(str).to_dict() == case["pandas"]
    assert {name: str(kind) for name, kind in polars.schema.items()} == case["polars"]
    for first in (table.to_pylist()[0], pandas.iloc[0].to_dict(), polars.row(0, named=True)):
        shown = {key: value if isinstance(value, bool | int | float) else str(value) for key, value in first.items()}
        assert shown == case["first"]


def test_an_answer_without_rows_keeps_declared_types(local):
    rows = local.query("platforms/programmes", platform="Shein")
    assert len(rows) == 0
    types = dict(zip(rows.to_arrow().column_names, map(str, rows.to_arrow().schema.types), strict=True))
    assert (types["start"], types["programme"]) == ("int64", "string")
    assert str(rows.to_pandas().dtypes["start"]) == "Int64"
    assert rows.to_polars().height == 0


@pytest.mark.parametrize(
    ("iris", "first"),
    [("full", "https://w3id.org/cbec-kg/id/g100-overseas-plan"), ("compact", "id:g100-overseas-plan"),
     ("label", "G100 Overseas Plan")],
)  # fmt: skip
def test_iris_are_spelled_as_asked(iris, first, kg):
    rows = kg.query("platforms/programmes")
    assert rows.to_arrow(iris)["programme"][0].as_py() == first
    assert rows.to_pandas(iris)["programme"].iloc[0] == first
    assert rows.to_polars(iris)["programme"][0] == first


def test_another_spelling_is_refused(local):
    with pytest.raises(CbecError, match="iris is 'labels': did you mean label"):
        local.query("platforms/programmes").to_arrow("labels")


@pytest.mark.parametrize("library", ["arrow", "pandas", "polars"])
def test_a_missing_library_is_named_with_its_extra(library, local, monkeypatch):
    monkeypatch.setitem(sys.modules, {"arrow": "pyarrow"}.get(library, library), None)
    with pytest.raises(MissingExtra, match=rf'pip install "cbec-kg\[{library}\]"'):
        getattr(local.query("platforms/programmes"), f"to_{library}")()
