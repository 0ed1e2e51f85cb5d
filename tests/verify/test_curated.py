"""The curated articles against their texts: everything holds, and the figures that are no digits are known as such."""

from cbec_kg.verify import verify
from cbec_kg.verify.facts import read_spans


def test_all_evidence_of_the_graph_holds(graph, shared):
    report = verify(graph, shared / "seeds")
    here = {path.stem for path in (shared / "seeds").glob("*.txt")}
    assert len(here) == 5
    assert [failure for failure in report.failures if failure.kind != "missing" or failure.article in here] == []
    figures = sum(span.figure is not None for span in read_spans(graph) if span.article in here)
    assert figures == sum(report.forms.values())
    assert all(report.forms[form] for form in ("digits", "list", "ordinal", "record", "word"))
