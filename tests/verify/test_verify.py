"""Sound evidence holds, and each kind of fault, planted one at a time, is found where it was planted."""

import json
from hashlib import sha256
from html import escape
from pathlib import Path

import pytest
import yaml
from pyoxigraph import NamedNode, Quad, Triple

from cbec_kg.errors import CbecError
from cbec_kg.namespaces import ARTICLE, EVIDENCE, GRAPH
from cbec_kg.rdf.terms import RDF_TYPE, integer, iri
from cbec_kg.verify import verify
from cbec_kg.verify.texts import Texts
from tests.conftest import cases
from tests.export.memory import MemoryStore
from tests.verify.build import sample

FAULTS = cases("verify/cases/faults.yaml")


def test_sound_evidence_holds(tmp_path):
    report = verify(sample().store(), sample().write(tmp_path))
    assert report.failures == ()
    assert report.ok
    assert (report.articles, report.spans, report.figures) == (2, 30, 28)
    assert report.forms == {
        "digits": 13, "fold": 1, "fraction": 1, "list": 3, "ordinal": 1, "record": 2, "spelled": 1, "times": 1,
        "word": 5,
    }  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found_where_it_is(fault, tmp_path):
    made = sample()
    made.change(fault["row"], fault.get("set", {}))
    made.rows[fault["row"]].get("restated", {}).update(fault.get("restated", {}))
    for key in ("start", "end"):
        made.rows[fault["row"]][key] += fault.get("shift", 0)
    if "text" in fault:
        old, new = fault["text"]
        assert old in made.texts[fault["article"]]
        made.texts[fault["article"]] = made.texts[fault["article"]].replace(old, new)
    report = verify(made.store(), made.write(tmp_path))
    assert not report.ok
    wanted = f"ev:{fault['row']}{'_restated' if 'restated' in fault else ''}"
    found = [failure for failure in report.failures if failure.evidence == wanted]
    assert [failure.kind for failure in found] == [fault["kind"]]
    assert fault["says"] in found[0].text()
    assert (found[0].claim, found[0].label) == (f"claim:{fault['row']}", f"claim {fault['row']}")


def test_every_kind_of_failure_of_a_span_is_planted():
    planted = {case.values[0]["kind"] for case in FAULTS}
    assert planted == {
        "bounds", "characters", "cut", "edges", "figure", "name", "order", "place", "qualifier", "rank", "record",
        "sign", "unit",
    }  # fmt: skip


def test_a_fault_in_one_row_leaves_the_others_alone(tmp_path):
    made = sample()
    made.change("growth", {"value": "9.9"})
    report = verify(made.store(), made.write(tmp_path))
    assert [failure.evidence for failure in report.failures] == ["ev:growth"]
    assert report.failures[0].characters == "9.8%"


def test_a_changed_byte_is_told_of_the_article(tmp_path):
    made = sample()
    made.texts["en1"] = made.texts["en1"].replace("customs said", "customs Said")
    [failure] = verify(made.store(), made.write(tmp_path)).failures
    assert (failure.kind, failure.article, failure.evidence) == ("sha256", "en1", None)


def test_another_length_is_told_of_the_article(tmp_path):
    made = sample()
    made.lengths["zh1"] += 1
    [failure] = verify(made.store(), made.write(tmp_path)).failures
    assert (failure.kind, failure.article) == ("length", "zh1")
    assert f"{len(made.texts['zh1'])} characters" in failure.problem


def test_line_ends_are_kept_as_they_are(tmp_path):
    made = sample()
    made.texts["en1"] = made.texts["en1"].replace("\n", "\r\n")
    report = verify(made.store(), made.write(tmp_path))
    assert {failure.kind for failure in report.failures} >= {"sha256", "length", "characters"}


def test_an_article_without_a_file_is_one_failure_and_the_others_are_checked(tmp_path):
    made = sample()
    made.change("zh-growth", {"value": "9.9"})
    made.write(tmp_path)
    (tmp_path / "en1.txt").unlink()
    first, second = verify(made.store(), tmp_path).failures
    assert (first.kind, first.article) == ("missing", "en1")
    assert "22 spans are unchecked" in first.problem
    assert (second.kind, second.evidence) == ("figure", "ev:zh-growth")


def test_a_file_in_another_encoding_is_read_as_the_readers_do(tmp_path):
    made = sample()
    made.write(tmp_path)
    for article, encoding in (("zh1", "gb18030"), ("en1", "utf-16")):
        content = made.texts[article].encode(encoding)
        (tmp_path / f"{article}.txt").write_bytes(content)
        made.digests[article] = sha256(content).hexdigest()
    assert verify(made.store(), tmp_path).ok


def test_a_byte_order_mark_moves_no_span(tmp_path):
    made = sample()
    for article, body in made.texts.items():
        content = body.encode("utf-8-sig")
        (tmp_path / f"{article}.txt").write_bytes(content)
        made.digests[article] = sha256(content).hexdigest()
    assert verify(made.store(), tmp_path).ok


def test_spans_of_a_page_are_those_of_its_text(tmp_path):
    made = sample()
    made.write(tmp_path)
    (tmp_path / "en1.txt").unlink()
    text = made.texts["en1"].rstrip()
    made.lengths["en1"] = len(text)
    page = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n"))
    content = f"<html><body><article>{page}</article></body></html>".encode()
    (tmp_path / "en1.html").write_bytes(content)
    made.digests["en1"] = sha256(content).hexdigest()
    with Texts(tmp_path) as texts:
        assert texts.find("en1").text == text
    assert verify(made.store(), tmp_path).ok


def test_lines_of_a_file_are_articles(tmp_path):
    made = sample()
    lines = [json.dumps({"id": article, "text": body}) for article, body in made.texts.items()]
    (tmp_path / "all.jsonl").write_text("\n".join(lines))
    with Texts(tmp_path) as texts:
        made.digests = {article: texts.find(article).sha256 for article in made.texts}
    assert verify(made.store(), tmp_path).ok


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    made = sample()
    made.write(tmp_path)
    (tmp_path / "zh1.txt").write_bytes(b"\x00\xff\x00\x01" * 50)
    assert [failure.kind for failure in verify(made.store(), tmp_path).failures] == ["sha256", "unreadable"]


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_a_file_is_found_by_its_stem(tmp_path, suffix):
    assert verify(sample().store(), sample().write(tmp_path, suffix)).ok


def test_of_two_files_the_one_with_the_right_bytes_counts(tmp_path):
    sample().write(tmp_path, ".md")
    (tmp_path / "en1.txt").write_text("notes")
    assert verify(sample().store(), tmp_path).ok


def test_non_breaking_spaces_are_spaces_and_keep_offsets(tmp_path):
    made = sample()
    body = made.texts["en1"].replace("2.11 trillion yuan", "2.11\u00a0trillion\u00a0yuan")
    made.texts["en1"] = body
    kinds = {failure.kind for failure in verify(made.store(), made.write(tmp_path)).failures}
    assert kinds == {"sha256"}


def test_full_width_digits_are_other_characters(tmp_path):
    made = sample()
    made.change("zh-growth", {"written": "9.8％"})
    [failure] = verify(made.store(), made.write(tmp_path)).failures
    assert failure.kind == "characters"


def test_evidence_without_an_article_is_told(tmp_path):
    made = sample()
    stray, node = NamedNode(EVIDENCE + "stray"), NamedNode(ARTICLE + "gone")
    triples = [Triple(stray, RDF_TYPE, iri("cbec:Evidence")), Triple(stray, iri("cbec:charStart"), integer(1))]
    for more in ([], [Triple(stray, iri("cbec:inArticle"), node)]):
        store = MemoryStore(Quad(*triple, NamedNode(GRAPH + "all")) for triple in [*made.triples(), *triples, *more])
        [failure] = verify(store, made.write(tmp_path)).failures
        assert (failure.kind, failure.evidence) == ("place", "ev:stray")


def test_labels_come_in_the_language_asked_for(tmp_path):
    made = sample()
    made.change("growth", {"value": "9.9"})
    [failure] = verify(made.store(), made.write(tmp_path), lang="zh").failures
    assert failure.label == "主张 growth"


def test_report_as_text_and_json(tmp_path):
    made = sample()
    made.change("growth", {"value": "9.9"})
    report = verify(made.store(), made.write(tmp_path))
    start = made.rows["growth"]["start"]
    assert report.text().splitlines()[0] == (
        f"article en1, characters {start}-{start + 4} '9.8%' (claim growth): "
        "the characters say 9.8 percent, the claim 9.9 percent: correct the row's value or its span"
    )
    assert report.text().splitlines()[-1].endswith(": 1 failure")
    data = json.loads(json.dumps(report.json(), ensure_ascii=False))
    assert data["ok"] is False
    assert data["failures"][0]["characters"] == "9.8%"
    assert data["failures"][0]["kind"] == "figure"


def test_two_runs_say_the_same(tmp_path):
    made = sample()
    for row in ("growth", "zh-total", "rank"):
        made.change(row, {"value": "1"})
    made.write(tmp_path)
    assert verify(made.store(), tmp_path) == verify(made.store(), tmp_path)


def test_a_folder_that_is_not_there_is_wrong_use(tmp_path):
    with pytest.raises(CbecError, match="no folder"):
        verify(sample().store(), tmp_path / "nowhere")


def test_the_texts_hold_what_the_rows_speak_of():
    data = yaml.safe_load((Path(__file__).parent / "cases" / "articles.yaml").read_text("utf-8"))
    assert {row["article"] for row in data["rows"]} == data["texts"].keys()
