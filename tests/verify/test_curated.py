"""The curated articles against their texts: everything holds, and the figures that are no digits are known as such."""

from cbec_kg.verify import verify


def test_all_evidence_of_the_graph_holds(graph, shared):
    report = verify(graph, shared / "seeds")
    assert report.text().splitlines()[:-1] == []
    assert report.articles == 5
    assert report.figures == sum(report.forms.values())
    assert all(report.forms[form] for form in ("digits", "list", "ordinal", "record", "word"))
