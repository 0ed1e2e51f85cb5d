"""Factors, relations and trends of made-up sentences, row by row, and what holds of all rows."""

import json
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cbec_kg import paths
from cbec_kg.extract.causes import cause_frames
from cbec_kg.extract.document import Document
from cbec_kg.extract.leads import after
from cbec_kg.extract.masks import code_of
from cbec_kg.extract.mentions import default_finder
from cbec_kg.extract.names import names_in
from cbec_kg.extract.relations import predicates, tie_frames
from cbec_kg.extract.scan import scan
from cbec_kg.extract.statements import Relator
from cbec_kg.extract.timing import Clock
from cbec_kg.extract.trends import trend_frames
from cbec_kg.extract.views import View
from cbec_kg.model.row_json import parse_row, sort_key, to_json
from cbec_kg.model.rows import FactorRow, RelationRow, TrendRow
from cbec_kg.namespaces import local_name
from cbec_kg.ontology.vocabulary import Vocabulary
from cbec_kg.rdf.parse import parse_file
from tests.conftest import SHARED, cases

settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")

FINDER = default_finder()
RELATOR = Relator(FINDER)
FILES = {
    "factors": ("causes_en", "causes_zh"),
    "relations": ("relations_en", "relations_zh"),
    "trends": ("trends",),
}


def language(text):
    return "zh" if any("\u3400" <= char <= "\u9fff" for char in text) else "en"


def read(text, *, published=None, lang=None):
    """Statements of a text, its language by its script."""
    sentences = scan(Document.of(text, lang or language(text)), FINDER)
    return RELATOR.read(sentences, "a1", Clock(published, None))


def rows_of(kind):
    return [case for name in FILES[kind] for case in cases(f"extract/cases/{name}.yaml")]


def with_status(row, usual, *parts):
    """Parts of a row, and its status where it is another than the usual one."""
    return [*parts, *([row.status] if row.status != usual else [])]


@pytest.mark.parametrize("case", rows_of("factors"))
def test_factors(case):
    rows = [row for row in read(case["text"]).rows if isinstance(row, FactorRow)]
    found = [with_status(row, "actual", row.factor, row.outcome, row.polarity) for row in rows]
    assert sorted(found) == sorted(case["factors"])


@pytest.mark.parametrize("case", rows_of("relations"))
def test_relations(case):
    statements = read(case["text"])
    rows = [row for row in statements.rows if isinstance(row, RelationRow)]
    known = {code_of(name.name): f"?{name.name}" for name in statements.names}
    found = [
        with_status(
            row, "actual", known.get(row.subject, row.subject), row.predicate, known.get(row.object, row.object)
        )
        for row in rows
    ]
    assert sorted(found) == sorted(case["relations"])


@pytest.mark.parametrize("case", rows_of("trends"))
def test_trends(case):
    rows = [row for row in read(case["text"]).rows if isinstance(row, TrendRow)]
    found = [
        with_status(
            row,
            "reported",
            *([row.phenomenon] if row.phenomenon else [row.indicator, row.entity, row.flow]),
            row.direction,
        )
        for row in rows
    ]
    assert sorted(found) == sorted(case["trends"])


@pytest.mark.parametrize("case", cases("extract/cases/names.yaml"))
def test_unknown_names(case):
    found = [
        [name.name, name.candidate]
        for sentence in scan(Document.of(case["text"], language(case["text"])), FINDER)
        for name in names_in(sentence, FINDER.lexicon)
    ]
    assert found == case["names"]


def test_the_code_of_a_name_is_that_of_its_compatible_form():
    assert code_of("ＡＢ计划") == code_of("AB计划")
    assert code_of("AB计划").startswith("x-")
    assert len(code_of("AB计划")) == len("x-") + 20


def test_predicates_take_the_classes_that_the_ontology_says():
    vocabulary = Vocabulary.of(parse_file(paths.ontology() / "modules" / "relations.ttl"))
    wanted = {
        name: {"domain": local_name(one.domain), "range": local_name(one.range)}
        for name, one in vocabulary.predicates.items()
        if name not in ("affects", "drives", "curbs", "relatedTo")
    }
    assert predicates() == wanted


@pytest.mark.parametrize("frame", [*cause_frames(), *tie_frames(), *trend_frames()], ids=lambda frame: frame.rule)
def test_every_frame_compiles_and_has_anchors(frame):
    assert frame.regex.groupindex
    assert frame.anchors
    assert all(anchor == anchor.lower() for anchor in frame.anchors)


EVERY = [case.values[0]["text"] for kind in FILES for case in rows_of(kind)]


def check(text, lang=None):
    """What holds of every row: it is canonical, sorted, within the text and apart, and the same again."""
    statements = read(text, lang=lang)
    rows = list(statements.rows)
    assert rows == sorted(rows, key=sort_key)
    assert len(set(rows)) == len(rows)
    for row in rows:
        assert 0 <= row.start < row.end <= len(text)
        assert parse_row(to_json(row)) == row
        assert 0 < row.confidence < 1
        assert row.rule.startswith(row.TYPE)
        assert not row.reviewed
    assert read(text, lang=lang) == statements
    named = {code for row in rows if isinstance(row, RelationRow) for code in (row.subject, row.object)}
    assert {code_of(name.name) for name in statements.names} == {code for code in named if code.startswith("x-")}
    return statements


@pytest.mark.parametrize("text", EVERY)
def test_rows_are_canonical(text):
    check(text)


WORDS = sorted({word for text in EVERY for word in text.split()})


@settings(max_examples=150)
@given(st.lists(st.sampled_from(WORDS) | st.text("，。；：“”《》、,.;:()\"' \n的了为在", max_size=3), max_size=60))
def test_any_text_is_read(words):
    check(" ".join(words), "en")
    check("".join(words), "zh")


def test_rows_of_a_list_count_its_places():
    rows = read("Blockchain, big data and cloud computing boosted digital trade.").rows
    assert sorted((row.list_position, row.factor) for row in rows) == [
        (1, "blockchain"),
        (2, "big-data"),
        (3, "cloud-computing"),
    ]
    assert len({row.enumeration for row in rows}) == 1


def test_a_row_has_the_period_and_the_speaker_of_its_sentence():
    text = "In 2023, digital payment boosted online shopping, the Ministry of Commerce said."
    (row,) = (row for row in read(text, published=date(2024, 1, 5)).rows if isinstance(row, FactorRow))
    assert (row.period, row.reported_by) == ("2023", "ministry-of-commerce")
    assert text[row.start : row.end] == "digital payment boosted online shopping"


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Digital payment boosted online shopping in March 2024.", None),
        ("Digital payment will boost online shopping in March 2024.", "2024-03"),
        ("A notice dated March 5, 2023 says that digital payment boosted online shopping.", None),
    ],
)
def test_what_has_happened_is_not_later_than_the_article_and_the_day_of_a_paper_is_not_its_day(text, period):
    (row,) = (row for row in read(text, published=date(2024, 1, 5)).rows if isinstance(row, FactorRow))
    assert row.period == period


def test_the_clock_is_left_as_it_is():
    clock = Clock(None, 2022)
    sentences = scan(Document.of("Digital payment boosted online shopping in March 2021.", "en"), FINDER)
    RELATOR.read(sentences, "a1", clock)
    assert clock == Clock(None, 2022)


def test_a_view_of_a_sentence_without_names_is_its_text():
    view = View(scan(Document.of("Nobody  knows it.", "en"), FINDER)[0], FINDER.lexicon)
    assert view.masked.text == "nobody knows IT."
    assert after(view.masked, 0, "en") == ([], 0)


@pytest.mark.parametrize(
    "unit",
    [
        "and the digital trade, ",
        "boosted digital trade by ",
        "推动数字贸易、",
        "为数字贸易和",
        "the very new and old ",
        '"a, ',
    ],
)
def test_long_sentences_cost_what_their_length_costs(unit):
    def seconds(count):
        sentences = scan(Document.of(f"Digital payment boosted {unit * count}online shopping.", language(unit)), FINDER)
        start = time.perf_counter()
        RELATOR.read(sentences, "a1", Clock(None, None))
        return time.perf_counter() - start

    seconds(10)
    assert seconds(400) < max(0.5, 30 * seconds(40))


def test_articles_are_read_without_a_sentence_of_theirs(shared):
    for name in ("dev", "unlabelled"):
        for line in (SHARED / "corpus" / f"{name}.jsonl").read_text("utf-8").splitlines():
            article = json.loads(line)
            check(article["text"], article["lang"])
