import io

import pytest
from rich.cells import cell_len

from cbec_kg.query.formats.display import Screen, display
from cbec_kg.query.formats.registry import write
from cbec_kg.query.results import Result
from cbec_kg.query.saved import Column
from cbec_kg.rdf.terms import Literal, decimal, integer, iri

from .answers import answer, empty, labels, odd


def table(result, **options):
    out = io.BytesIO()
    write(result, "table", out, Screen(**options))
    return out.getvalue().decode()


def test_labels_stand_beside_iris_and_articles_below():
    text = table(answer("zh"))
    assert "速卖通 id:aliexpress" in text
    assert "G100 海外计划 id:g100-overseas-plan" in text
    assert "[1] 港口的成长 art:a1\n[2] art:a2\n" in text
    assert text.endswith("3 行\n")
    assert "2,110,000,000,000" in text
    assert "12,345" in text
    assert "2021-01-14 08:30:00" in text


def test_plain_output_has_no_escapes_and_no_trailing_blanks():
    for result in (answer(), odd()):
        text = table(result)
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert all(line == line.rstrip() for line in text.split("\n"))


def test_colours_only_where_they_are_wanted():
    assert "\x1b[1m" in table(answer(), color=True)


@pytest.mark.parametrize("name", ["NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM"])
def test_the_environment_is_not_looked_at(name, monkeypatch):
    plain, coloured = table(answer()), table(answer(), color=True, width=80)
    monkeypatch.setenv(name, "1")
    assert (table(answer()), table(answer(), color=True, width=80)) == (plain, coloured)


NUMBERS = Result(
    (Column("city"), Column("value"), Column("article")),
    [
        (Literal("深圳"), decimal("2110000000000"), iri("art:a1")),
        (Literal("a very long name of a city that has to be wrapped"), decimal("9.8"), iri("art:a1")),
    ],
    labels=labels,
)


@pytest.mark.parametrize("width", [20, 40, 60, 80, 120])
def test_no_line_is_wider_than_the_screen(width):
    for result in (answer(), answer("zh"), NUMBERS, odd(), empty()):
        assert max(cell_len(line) for line in table(result, width=width).split("\n")) <= width


def test_wide_characters_keep_the_columns_straight():
    lines = table(NUMBERS, width=60).split("\n")
    ends = {
        cell_len(line.partition(figure)[0]) + len(figure)
        for line in lines
        for figure in ("2,110,000,000,000", "9.8")
        if figure in line
    }
    assert len(ends) == 1


def test_what_does_not_fit_is_shown_as_records():
    text = table(answer(), width=60)
    assert "── 1 ──" in text
    assert "Platform   AliExpress id:aliexpress\n" in text
    assert "── 1 ──" not in table(NUMBERS, width=60)


def test_an_answer_without_rows_says_so():
    assert table(empty()) == "Programmes <of> a platform\n\nNo rows.\n"
    assert table(answer("zh", rows=())).endswith("没有结果。\n")


EVIDENCE = (Column("claim"), Column("article"), Column("start"), Column("end"), Column("n"))


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ((iri("art:a1"), integer(12489), integer(12507)), ["x", "[1]", "12,489-12,507", "5"]),
        ((iri("art:a1"), None, None), ["x", "[1]", "5"]),
        ((None, None, None), ["x", "5"]),
    ],
)
def test_a_source_carries_its_span(row, shown):
    lines = table(Result(EVIDENCE, [(Literal("x"), *row, integer(5)), (Literal("y"), iri("art:a2"), None, None, None)]))
    assert lines.split("\n")[0].split() == ["claim", "article", "n"]
    assert lines.split("\n")[2].split() == shown


def test_other_columns_behind_an_article_are_no_span():
    columns = (Column("claim"), Column("article"), Column("start"), Column("n"))
    text = table(Result(columns, [(Literal("x"), iri("art:a1"), integer(1), integer(2))]))
    assert text.split("\n")[0].split() == ["claim", "article", "start", "n"]


def test_an_article_in_the_first_column_is_no_footnote():
    result = Result((Column("article"), Column("claims")), [(iri("art:a1"), integer(3))], labels=labels)
    assert "How ports grew art:a1" in table(result).split("\n")[2]
    assert "[1]" not in table(result)
    assert table(result).endswith("1 row\n")


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        (["2021", "2022"], ["2021", "2022"]),
        (["2021", "10000"], ["2,021", "10,000"]),
        (["1234.5"], ["1234.5"]),
        (["12345.67"], ["12,345.67"]),
        (["-98765"], ["-98,765"]),
        (["0.00001"], ["0.00001"]),
        (["9" * 30], ["999," * 9 + "999"]),
    ],
)
def test_digits_are_grouped_where_a_column_has_five(numbers, shown):
    page = display(Result((Column("n"),), [(decimal(number),) for number in numbers]))
    assert [cell.text for (cell,) in page.rows] == shown


def test_a_column_of_numbers_and_words_is_no_column_of_numbers():
    page = display(Result((Column("n"),), [(integer(1),), (Literal("many"),)]))
    assert not page.headings[0].numeric


def test_a_lone_label_column_keeps_its_place():
    page = display(Result((Column("programmeLabel"), Column("Label")), [(Literal("x"), Literal("y"))]))
    assert [heading.text for heading in page.headings] == ["programme", "label"]


def test_labels_are_asked_for_once_and_only_for_things_without_one():
    asked = []

    def remember(iris, lang):
        asked.append((sorted(iris), lang))
        return {}

    display(
        Result(
            (Column("x"), Column("xLabel"), Column("y")),
            [(iri("id:a"), Literal("A"), iri("id:b"))] * 2,
            "",
            "zh",
            remember,
        )
    )
    assert asked == [([iri("id:b").value], "zh")]
