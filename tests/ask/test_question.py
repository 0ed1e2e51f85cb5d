"""Questions in plain words: how each is read, which are refused and why, and that no word is passed over."""

import re
from dataclasses import asdict, fields
from datetime import date

import pytest
import yaml

from cbec_kg.answer.question import MEASURES, Question
from cbec_kg.ask.phrases import company, contributions, phrases, starts_of_own, wording
from cbec_kg.ask.question import LONGEST, read_question
from cbec_kg.ask.reading import REASONS, Reading, Refusal
from cbec_kg.ask.telling import as_json, refused, told
from cbec_kg.ontology.lexicon import default_lexicon
from tests.conftest import ROOT, cases

BOOK = yaml.safe_load((ROOT / "tests/ask/cases/asked.yaml").read_text("utf-8"))
ROWS, TODAY = BOOK["questions"], date.fromisoformat(str(BOOK["today"]))
PLAIN = Question("cbec-trade-value")


def named(row):
    return pytest.param(row, id=row["id"])


def readable():
    return [named(row) for row in ROWS if "reads" in row]


@pytest.mark.parametrize("row", [*map(named, ROWS), *cases("ask/cases/readings.yaml")])
def test_a_question_is_read_or_refused(row):
    read = read_question(row["text"], TODAY)
    if "refused" in row:
        assert isinstance(read, Refusal), read
        assert read.reason == row["refused"]
    else:
        assert isinstance(read, Reading), read
        assert asdict(read.question) == asdict(PLAIN) | row["reads"]
        if "direction" in row:
            assert read.direction == row["direction"]


@pytest.mark.parametrize("row", [pytest.param(row, id=row["id"]) for row in ROWS])
def test_the_language_is_that_of_the_question(row):
    assert read_question(row["text"], TODAY).lang == row["id"][:2]


@pytest.mark.parametrize("case", cases("ask/cases/unread.yaml"))
def test_what_is_not_read_says_why_in_one_line(case):
    read = read_question(case["text"], TODAY)
    assert isinstance(read, Refusal), read
    assert read.reason == case["reason"]
    line = str(refused(read))
    assert all(part in line for part in case["says"]), line
    assert "\n" not in line
    assert line.isprintable()


def test_the_book_of_questions_is_what_it_says():
    assert len(ROWS) == len({row["text"] for row in ROWS}) == 120
    assert sum(row["id"].startswith("zh") for row in ROWS) >= 60
    assert sum("refused" in row or row.get("silent", False) for row in ROWS) >= 30
    held = [row["id"][:2] for row in ROWS if row.get("held")]
    assert (len(held), held.count("zh")) == (30, 15)


def test_every_reason_is_reached_and_worded():
    reached = {row["refused"] for row in ROWS if "refused" in row}
    reached |= {case.values[0]["reason"] for case in cases("ask/cases/unread.yaml")}
    assert reached | {"too-long"} == set(REASONS) == set(wording("reasons"))
    assert all(len(texts) == 4 and all(texts) for texts in wording("reasons").values())


@pytest.mark.parametrize("size", [LONGEST + 1, 10_000, 1_000_000])
def test_a_long_text_is_refused_unread(size):
    read = read_question("CBEC exports in 2022 " * (size // 21 + 1), TODAY)
    assert isinstance(read, Refusal)
    assert read.reason == "too-long"
    assert len(str(refused(read))) < 200


def test_the_longest_question_is_read():
    text = "CBEC exports in 2022" + " " * (LONGEST - 20)
    assert isinstance(read_question(text, TODAY), Reading)


@pytest.mark.parametrize("row", readable())
def test_a_word_that_nothing_accounts_for_is_named(row):
    """Wherever it stands: what is put into a question is never passed over."""
    text = row["text"]
    if row["id"].startswith("zh"):
        added, places = "嚯囉", [0, len(text.rstrip("？?"))]
    else:
        added, places = " quxlor ", [0, *(found.end() for found in re.finditer(r"(?<=[a-z]{3}) ", text)), len(text)]
    for at in places:
        read = read_question(text[:at] + added + text[at:], TODAY)
        assert isinstance(read, Refusal), (text[:at], added, text[at:], read)
        if read.reason == "unknown-words":
            assert any(added.strip() in word for word in read.words)


@pytest.mark.parametrize("row", readable())
def test_a_numeral_that_nothing_accounts_for_is_named(row):
    zh = row["id"].startswith("zh")
    read = read_question(row["text"].rstrip("？?") + ("，7.3倍" if zh else ", 7.3"), TODAY)
    assert isinstance(read, Refusal), read


@pytest.mark.parametrize("row", readable())
def test_a_reading_says_every_part_of_its_question(row):
    read = read_question(row["text"], TODAY)
    assert isinstance(read, Reading)
    said = {part.part: part.code for part in read.said}
    for field in fields(Question):
        value, default = getattr(read.question, field.name), getattr(PLAIN, field.name)
        if field.name == "indicator" or value != default:
            assert said.pop(field.name) == value
    assert set(said) <= {"entity", "status"}  # China, where the question names it; and what it asks of no field
    assert all(read.words(part).strip() for part in read.said)
    line = told(read)
    assert all(read.words(part) in line for part in read.said)
    assert "\n" not in line
    assert as_json(read)["text"] == row["text"]
    assert ("entity" in read.assumed) == ("entity" not in {part.part for part in read.said})


@pytest.mark.parametrize(
    ("text", "word"),
    [("CBEC exports 2022", word) for word in company("en")]
    + [("2022年跨境电商出口额", word) for word in company("zh")],
)
def test_a_word_of_no_company_is_no_part_of_a_level(text, word):
    read = read_question(f"{text} {word}", TODAY)
    assert isinstance(read, Refusal), read


def test_a_question_about_it_again_is_no_error():
    assert isinstance(read_question("What did they export again in 2022", TODAY), Refusal)


def test_a_reading_is_told_in_the_language_asked_or_wanted():
    read = read_question("去年跨境电商出口额", TODAY)
    assert told(read).startswith("读作：指标“跨境电商进出口额”（原文“跨境电商出口额”）")
    assert "自2023-06-15推算" in told(read)
    assert told(read, "en").startswith("Read as: indicator cross-border e-commerce trade value")


def test_last_year_is_counted_from_the_day_given():
    periods = [read_question("CBEC exports last year", date(year, 3, 1)).question.period for year in (2021, 2023)]
    assert periods == ["2020", "2022"]
    assert read_question("CBEC exports in 2020", date(2023, 3, 1)).said[1].counted_from is None


def test_a_name_that_the_graph_does_not_know_is_given_as_written():
    for text in ("Zibbo's revenue in 2023", "2023年Zibbo的营收"):
        read = read_question(text, TODAY)
        assert isinstance(read, Reading)
        assert (read.question.entity, read.question.indicator) == ("Zibbo", "company-revenue")
        assert [part.unknown for part in read.said if part.part == "entity"] == [True]


def test_the_table_names_codes_that_exist():
    entries = default_lexicon().entries
    codes = {code for pair in contributions().items() for code in pair}
    named = "".join(f"中{one}贸易" for one in "日美欧韩俄英德法澳越")
    table = phrases("zh", default_lexicon()).strong(named)
    assert len(table) == 10
    codes |= {one.code for one in table}
    assert not codes - entries.keys()
    assert all(any(code.startswith(start) for code in entries) for start in starts_of_own())
    assert set(wording("measures")) <= set(MEASURES)
    assert set(wording("parts")) <= {*(field.name for field in fields(Question)), "status"}


@pytest.mark.parametrize("case", [one for one in cases("ask/cases/readings.yaml") if "status" in one.values[0]])
def test_the_status_asked_for_is_told(case):
    read = read_question(case["text"], TODAY)
    assert isinstance(read, Reading)
    assert read.status == case["status"] == as_json(read)["status"]
    assert ("status asked " + case["status"]) in told(read, "en")


def test_who_asks_for_no_status_is_told_of_none():
    read = read_question("CBEC exports in 2022", TODAY)
    assert isinstance(read, Reading)
    assert read.status is None
    assert "status asked" not in told(read)


def test_periods_are_told_in_words():
    read = read_question("22年上半年跨境电商出口额，截至2023年1月15日", TODAY)
    assert isinstance(read, Reading)
    assert "时期“2022年上半年”（原文“22年上半年”）" in told(read)
    assert "数据截至“2023年1月15日”" in told(read)
