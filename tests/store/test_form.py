"""What a query asks for is read off its words, and not off what stands in strings, IRIs and remarks."""

import pytest

from cbec_kg.errors import CbecError
from cbec_kg.query.catalogue import Catalogue
from cbec_kg.store.remote.form import read_form
from tests.conftest import cases


@pytest.mark.parametrize("case", cases("store/cases/forms.yaml"))
def test_a_form(case):
    if "says" in case:
        with pytest.raises(CbecError, match=case["says"]) as raised:
            read_form(case["query"])
        assert type(raised.value).__name__ == case["error"]
        return
    form = read_form(case["query"])
    columns = tuple(case["columns"]) if case.get("columns") is not None else None
    found = (form.kind, form.columns, form.own_dataset, form.names_graphs, list(form.undeclared))
    assert found == (
        case["kind"],
        columns,
        case.get("own", False),
        case.get("graphs", False),
        case.get("undeclared", []),
    )


def test_every_saved_query_has_its_columns_and_prefixes():
    found = [Catalogue(None).find(name) for name in Catalogue(None).names()]
    assert found
    for query in found:
        form = read_form(query.text)
        assert form.columns == tuple(column.name for column in query.columns), query.name
        assert (form.kind, form.undeclared, form.names_graphs, form.own_dataset) == ("SELECT", (), False, False)


def test_a_long_text_without_a_prefix_is_read_in_its_length():
    assert read_form("SELECT ?s { ?s ?p " + "a." * 25_000 + " }").columns == ("s",)
