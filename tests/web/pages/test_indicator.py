"""The page of an indicator, its files and its charts say what answers, findings and saved queries say."""

import csv
import io
import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from cbec_kg.answer.answer import answer
from cbec_kg.answer.question import Question
from cbec_kg.answer.triangle import as_table, read_triangle
from cbec_kg.model.slots import Slots
from cbec_kg.query.catalogue import Catalogue
from cbec_kg.query.run import run
from cbec_kg.store.embedded import EmbeddedStore
from tests.conftest import cases
from tests.web.pages.reading import read
from tests.web.serving import Served

CASES = cases("web/pages/cases/lines.yaml")
BY_ID = {param.id: param.values[0] for param in CASES}
VOC, SERIES = "https://w3id.org/cbec-kg/vocab/", "https://w3id.org/cbec-kg/series/"


@pytest.fixture(scope="module")
def store(built_store: Path) -> EmbeddedStore:
    return EmbeddedStore(built_store)


@pytest.fixture(scope="module")
def lines(server: Served) -> dict[str, list[dict[str, str]]]:
    """Rows of the CSV of each case."""

    @cache
    def rows(name: str) -> list[dict[str, str]]:
        answered = server.get(address("/indicators/{}.csv", BY_ID[name]))
        assert answered.status_code == 200, answered.text
        return list(csv.DictReader(io.StringIO(answered.text)))

    class Lines(dict[str, list[dict[str, str]]]):
        def __missing__(self, name: str) -> list[dict[str, str]]:
            return rows(name)

    return Lines()


def address(path: str, case: dict[str, str], **more: str) -> str:
    said = {key: value for key, value in case.items() if key not in ("id", "indicator", "series")}
    return path.format(case["indicator"]) + "?" + urlencode({**said, "lang": "en", **more})


def question(case: dict[str, str], period: str) -> Question:
    slots = Slots.parse(case["series"])
    return Question(
        slots.indicator, slots.entity, period, slots.flow, slots.scope,
        None if slots.partner == "all" else slots.partner, None if slots.sector == "all" else slots.sector,
        slots.market, slots.channel, case.get("measure", "level"), as_of=case.get("as_of"),
    )  # fmt: skip


def number(written: str) -> Decimal | None:
    return Decimal(written) if written else None


@pytest.mark.parametrize("case", CASES)
def test_every_figure_on_a_line_is_what_the_answer_says(
    case: dict[str, str], lines: dict[str, list[dict[str, str]]], store: EmbeddedStore
) -> None:
    rows = [row for row in lines[case["id"]] if row["mark"] in ("stated", "preliminary", "estimate", "derived")]
    assert rows
    for row in rows:
        found = answer(store, question(case, row["period"]))
        told = (number(row["value"]), number(row["lower"]), number(row["upper"]))
        if found.type == "conflicting":
            assert row["conflict"] == "true"
            assert told in [(side.value, side.interval.lower, side.interval.upper) for side in found.sides]
            continue
        assert found.interval is not None
        assert told == (found.value, found.interval.lower, found.interval.upper)
        assert (row["kind"], row["unit"]) == ("derived" if found.type == "derived" else "stated", found.unit)
        assert row["claim"].rpartition("/")[2] == ("" if found.type == "derived" else found.claims[0].digest)
        assert (row["conflict"] == "true") == (bool(found.sides) or any(not check.agrees for check in found.checks))


@pytest.mark.parametrize("case", CASES)
def test_no_figure_that_an_observation_shows_is_missing(
    case: dict[str, str], lines: dict[str, list[dict[str, str]]], store: EmbeddedStore
) -> None:
    if case["id"] == "as-of-a-day":
        assert "2022" not in {row["period"] for row in lines[case["id"]]}  # said without a date
        return
    if case["id"] == "a-ratio-that-nobody-states":
        assert {row["kind"] for row in lines[case["id"]]} == {"derived"}
        return
    shown = run(Catalogue().find("figures/series"), {"series": SERIES + case["series"]}, store).records()
    firm = ("reported", "preliminary", "revised", "estimate", "forecast", "target")
    wanted = {
        (row["period"], Decimal(str(row["value"])))
        for row in shown
        if str(row["measure"]).endswith(case.get("measure", "level")) and str(row["status"]).rpartition("-")[2] in firm
    }
    assert wanted <= {(row["period"], number(row["value"])) for row in lines[case["id"]]}


def test_what_the_graph_derives_is_on_the_line(lines: dict[str, list[dict[str, str]]], store: EmbeddedStore) -> None:
    found = list(
        run(Catalogue().find("findings/derivations"), {"indicator": VOC + "goods-trade-value"}, store).records()
    )
    own = [
        one
        for one in found
        if (one["flow"], one["sector"], one["measure"])
        == (VOC + "flow-total", VOC + "sector-all", VOC + "measure-level")
    ]
    rows = {row["period"]: row for row in lines["goods-in-all"] if row["kind"] == "derived"}
    assert {one["period"] for one in own} == rows.keys() == {"2014", "2016", "2018"}
    for one in own:
        row = rows[str(one["period"])]
        # An answer may know more ways than the one of a finding, and is then within its bounds.
        assert (
            Decimal(str(one["lower"])) <= Decimal(row["lower"]) <= Decimal(row["upper"]) <= Decimal(str(one["upper"]))
        )
        assert Decimal(str(one["lower"])) <= Decimal(row["value"]) <= Decimal(str(one["upper"]))


def test_what_disagrees_is_marked_on_the_line_and_its_finding_is_named(
    server: Served, lines: dict[str, list[dict[str, str]]], store: EmbeddedStore
) -> None:
    found = list(
        run(Catalogue().find("findings/disagreements"), {"indicator": VOC + "goods-trade-value"}, store).records()
    )
    tested = {str(one["tested"]) for one in found if str(one["measure"]).endswith("growth") and one["tested"]}
    marked = {row["claim"] for row in lines["goods-growth"] if row["conflict"] == "true"}
    figures = tested & {row["claim"] for row in lines["goods-growth"]}  # what is tested may be a trend, no figure
    assert figures
    assert figures <= marked
    links = read(server.get(address("/vocab/{}.html", BY_ID["goods-growth"])).text).links
    assert {"/finding/" + str(one["finding"]).rpartition("/")[2] + ".html" for one in found} <= links.keys()


@pytest.mark.parametrize("name", ["cbec-in-all", "goods-growth", "cbec-estimates"])
def test_the_triangle_is_that_of_vintages(server: Served, store: EmbeddedStore, name: str) -> None:
    case = BY_ID[name]
    asked = question(case, "2020")
    table = as_table(
        read_triangle(
            store, Question(asked.indicator, asked.entity, flow=asked.flow, scope=asked.scope, measure=asked.measure)
        )
    )
    rows = read(server.get(address("/vocab/{}.html", case)).text).rows
    wanted = [[getattr(cell, "value", "") for cell in row] for row in table.rows]
    assert wanted
    assert all(row in rows for row in wanted)
    assert [column.heading("en") for column in table.columns] in rows


def test_what_is_not_on_the_line_says_why(server: Served) -> None:
    page = read(server.get(address("/vocab/{}.html", BY_ID["cbec-in-all"])).text)
    assert "the article does not say of which year" in page.text
    assert "1.3 trillion yuan" in page.text  # a first half of no year
    other = [link for link in page.links if "scope=industry-estimate" in link]
    assert [page.links[link] for link in other] == ["industry estimate"]
    page = read(server.get(address("/vocab/{}.html", BY_ID["cbec-estimates"])).text)
    assert "a forecast: drawn, not joined" in page.text
    assert "over 1 trillion yuan" in page.text


def test_as_of_a_day_leaves_out_what_is_undated_and_says_so(server: Served) -> None:
    page = read(server.get(address("/vocab/{}.html", BY_ID["as-of-a-day"])).text).text
    assert "without a date, so not known to be so by then" in page
    assert "2.11 trillion yuan" in page


def test_amounts_in_another_currency_are_those_that_articles_give(server: Served) -> None:
    case = BY_ID["cbec-in-all"]
    rows = list(csv.DictReader(io.StringIO(server.get(address("/indicators/{}.csv", case, unit="USD")).text)))
    assert [(row["period"], row["value"], row["unit"], row["written"]) for row in rows] == [
        ("2020", "261500000000", "USD", "$261.5 billion")
    ]
    page = read(server.get(address("/vocab/{}.html", case, unit="USD")).text).text
    assert "no article gives it in this unit" in page
    assert "1 USD = 6.463 yuan" in read(server.get(address("/vocab/{}.html", case)).text).text


@pytest.mark.parametrize(
    ("scale", "lang", "said"),
    [("yi", "zh", "16900亿元"), ("billion", "en", "1,690 billion yuan"), ("", "zh", "1.69万亿元")],
)
def test_numbers_are_counted_in_what_one_asks_for(server: Served, scale: str, lang: str, said: str) -> None:
    page = read(server.get(address("/vocab/{}.html", BY_ID["cbec-in-all"], scale=scale, lang=lang)).text)
    assert any(said in cell for row in page.rows for cell in row)


def test_a_workbook_has_the_rows_of_the_csv(server: Served, lines: dict[str, list[dict[str, str]]]) -> None:
    answered = server.get(address("/indicators/{}.xlsx", BY_ID["goods-in-all"]))
    head, *rows = load_workbook(io.BytesIO(answered.content)).active.iter_rows(values_only=True)
    assert list(head)[:3] == ["period", "value", "at least"]
    assert [(row[0], Decimal(str(row[1]))) for row in rows if row[1] is not None] == [
        (row["period"], number(row["value"])) for row in lines["goods-in-all"] if row["value"]
    ]
    page = read(server.get(address("/vocab/{}.html", BY_ID["goods-in-all"])).text)
    assert sum(len(row) == 7 for row in page.rows) - 1 == len(rows) == len(lines["goods-in-all"])


@pytest.mark.parametrize("name", ["cbec-in-all", "cbec-estimates", "goods-growth"])
def test_a_chart_draws_the_rows(server: Served, lines: dict[str, list[dict[str, str]]], name: str) -> None:
    chart = json.loads(server.get(address("/charts/indicators/{}.json", BY_ID[name])).text)
    power = 0 if "measure" in BY_ID[name] else {"trillion yuan": 12, "billion yuan": 9}[chart["encoding"]["y"]["title"]]

    def scaled(written: str) -> float | None:
        return float(Decimal(written).scaleb(-power)) if written else None

    drawn = [(one["mark"], one["y"], one["lower"], one["upper"], one["conflict"]) for one in chart["data"]["values"]]
    rows = [row for row in lines[name] if row["mark"] != "agreeing"]
    wanted = {
        (row["mark"], scaled(row["value"]), scaled(row["lower"]), scaled(row["upper"]), row["conflict"] == "true")
        for row in rows
    }
    assert set(drawn) == wanted
    assert len(drawn) == len({(row["claim"], row["period"]) for row in rows})
    assert all("run" in one for one in chart["data"]["values"] if one["mark"] == "derived")
    assert not any("run" in one for one in chart["data"]["values"] if one["mark"] == "forecast" or one["conflict"])


def test_a_picture_has_its_source_line_and_is_cached_by_what_it_shows(server: Served) -> None:
    path = address("/charts/indicators/{}.svg", BY_ID["cbec-in-all"])
    answered = server.get(path)
    assert answered.headers["content-type"] == "image/svg+xml"
    said = " ".join(ElementTree.fromstring(answered.text).itertext())
    assert "Source: CGTN" in said
    assert "https://w3id.org/cbec-kg/vocab/cbec-trade-value" in said
    assert server.get(path, if_none_match=answered.headers["etag"]).status_code == 304
    dark = server.get(path + "&theme=dark")
    assert dark.headers["etag"] != answered.headers["etag"]
    assert "#14181b" in dark.text


def test_the_list_counts_the_claims_of_each_indicator(server: Served, store: EmbeddedStore) -> None:
    counted: dict[str, int] = {}
    for row in run(Catalogue().find("indicators/list"), {}, store).records():
        code = str(row["indicator"]).rpartition("/")[2]
        counted[code] = counted.get(code, 0) + int(str(row["claims"]))
    page = read(server.get("/indicators?lang=en").text)
    told = {row[0]: row[1] for row in page.rows[1:]}
    for code, count in counted.items():
        if count:
            assert told[page.links[f"/vocab/{code}.html"]] == str(count)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/indicators/no-such.csv", 404), ("/indicators/gdp.pdf", 404), ("/charts/indicators/gdp.gif", 404),
        ("/charts/indicators/gdp.svg", 404), ("/indicators/gdp.csv?measure=size", 400),
        ("/indicators/gdp.csv?entity=%3Cscript%3E", 400), ("/indicators/gdp.csv?as_of=2021-02-30", 400),
        ("/indicators/gdp.csv?scale=dozen", 400), ("/indicators/gdp.csv?unit=CNY%22", 400),
        ("/indicators/gdp.csv?entity=nobody-of-that-name", 200),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_is_refused_in_a_line(server: Served, path: str, status: int) -> None:
    answered = server.get(path)
    assert answered.status_code == status
    if status != 200:
        assert answered.headers["content-type"] == "application/problem+json"
        assert answered.json()["detail"]
        assert "<script>" not in server.get(path, accept="text/html").text.partition("<main")[2]


@pytest.mark.parametrize("name", ["cbec-in-all", "goods-in-all", "app-downloads-in-a-market"])
def test_every_choice_and_every_link_to_other_figures_leads_to_a_page(server: Served, name: str) -> None:
    path = address("/vocab/{}.html", BY_ID[name])
    links = [link for link in read(server.get(path).text).links if link.startswith("?") and "theme=" not in link]
    assert len(links) > 1
    for link in links:
        assert server.get(path.partition("?")[0] + link).status_code == 200, link
