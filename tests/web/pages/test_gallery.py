"""The gallery of saved queries, and the page of each, on a running server."""

import csv
import io
import shutil
import subprocess
import sys
from urllib.parse import quote, urlencode

import pytest

from cbec_kg.query.catalogue import Catalogue
from tests.web.pages.reading import read
from tests.web.serving import Served

QUERIES = list(Catalogue())
TOPICS = {query.topic: query for query in QUERIES}
HOSTILE = "\"><script>alert(1)</script>'} UNION { ?s ?p ?o"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_gallery_lists_every_query_in_both_languages(server: Served, lang: str) -> None:
    links = read(server.get(f"/queries?lang={lang}").text).links
    assert {f"/queries/{query.name}" for query in QUERIES} <= links.keys()
    for query in QUERIES:
        assert links[f"/queries/{query.name}"] == query.summary.in_language(lang)


def test_words_filter_the_gallery_in_either_language(server: Served) -> None:
    for words in ("programmes platform", "平台 计划"):
        links = read(server.get("/queries?" + urlencode({"q": words})).text).links
        assert "/queries/platforms/programmes" in links
        assert "/queries/figures/implied-rate" not in links
    assert "No query has these words" in server.get("/queries?q=xyzzy").text


def test_a_topic_has_a_page_and_an_unknown_one_has_none(server: Served) -> None:
    links = read(server.get("/queries/factors").text).links
    assert "/queries/factors/effects" in links
    assert "/queries/findings/claims" not in links
    assert server.get("/queries/factory").status_code == 404
    assert server.get("/queries/factors/effect").status_code == 404


@pytest.mark.parametrize("name", [query.name for query in QUERIES])
def test_every_query_has_a_page_with_its_defaults(server: Served, name: str) -> None:
    answer = server.get(f"/queries/{name}")
    assert answer.status_code == 200, name
    assert 'role="status"' in answer.text


@pytest.mark.parametrize("topic", sorted(TOPICS))
def test_pages_are_chinese_where_that_is_asked_for(server: Served, topic: str) -> None:
    query = TOPICS[topic]
    answer = server.get(f"/queries/{query.name}", accept_language="zh")
    assert answer.status_code == 200
    assert query.summary.zh in answer.text
    assert query.summary.en not in answer.text


def test_a_form_holds_defaults_and_offers_values_by_label(server: Served) -> None:
    page = server.get("/queries/platforms/programmes?lang=zh")
    assert read(page.text).fields["platform"] == ["id:aliexpress"]
    assert '<option value="id:shein">希音' in page.text or '<option value="id:shein">SHEIN' in page.text
    assert "全球速卖通" in page.text


def test_rows_link_to_things_and_to_sources(server: Served) -> None:
    found = read(server.get("/queries/platforms/programmes?platform=AliExpress").text)
    assert "G100 Overseas Plan" in found.links["/id/g100-overseas-plan.html"]
    head, first = found.rows[0], found.rows[1]
    assert "start" not in head
    assert "–" in first[head.index("sources")]
    assert any(link.startswith("/article/") for link in found.links)


def test_long_answers_come_in_pages_that_join_without_a_gap(server: Served) -> None:
    names: list[str] = []
    address = "/queries/entities/everything?entity=id%3Achina&limit=20"
    whole = read(server.get(address.replace("limit=20", "limit=1000")).text).rows[1:]
    for _ in range(2):
        page = server.get(address)
        found = read(page.text)
        names += ["|".join(row) for row in found.rows[1:]]
        (address,) = (link for link, text in found.links.items() if text == "More rows")
    assert names == ["|".join(row) for row in whole[:40]]


@pytest.mark.parametrize(
    ("address", "field", "said"),
    [
        ("figures/answer?" + urlencode({"indicator": HOSTILE}), "indicator", "which is no cbec:Indicator"),
        ("figures/answer?period=last+year&entity=id:china", "period", "a period such as 2022"),
        ("figures/same-number?value=1e9", "value", "a number"),
        ("factors/driven-and-curbed?least=0", "least", "at least 1"),
        ("time/new-since?since=" + quote("2021-13-40"), "since", "a date such as"),
        ("platforms/programmes?platform=id:temu&platform=id:shein", "platform", "2 values"),
    ],
)
def test_a_wrong_value_is_told_at_its_field_and_stays_in_it(
    server: Served, address: str, field: str, said: str
) -> None:
    answer = server.get(f"/queries/{address}")
    assert answer.status_code == 400
    assert "<script>alert" not in answer.text
    found = read(answer.text)
    (wrong,) = (one for one in found.elements if one[1].get("id") == f"wrong-{field}")
    assert wrong[1]["class"] == "wrong"
    assert said in found.text
    assert {HOSTILE, "last year", "1e9", "0", "2021-13-40", "id:temu"} & set(found.fields[field])


def test_what_is_given_stays_text(server: Served) -> None:
    answer = server.get("/queries?" + urlencode({"q": HOSTILE}))
    assert "<script>alert" not in answer.text
    assert read(answer.text).fields["q"][-1] == HOSTILE


def test_the_text_that_is_shown_runs_as_it_stands(server: Served) -> None:
    page = read(server.get("/queries/platforms/programmes?platform=id:tmall-global").text)
    assert "id/tmall-global" in page.blocks[0]
    (editor,) = (link for link, text in page.links.items() if text == "Open in the editor")
    assert editor.startswith("/editor?query=")


def test_numbers_of_an_address_that_are_none_are_as_if_not_said(server: Served) -> None:
    for paging in ("limit=-1&offset=x", "limit=99999999999999", "offset=²"):
        assert server.get(f"/queries/indicators/list?{paging}").status_code == 200


def test_the_python_snippet_quotes_what_it_is_given() -> None:
    from cbec_kg.web.pages.snippets import python

    program = python("http://127.0.0.1:9/api", [("q", "it's \"\\ \n ' \u2028 中")])
    asked: dict[str, object] = {}
    exec(program.partition("url =")[0], asked)
    assert asked["asked"] == [("format", "csv"), ("q", "it's \"\\ \n ' \u2028 中")]


def test_the_curl_snippet_quotes_what_it_is_given() -> None:
    from cbec_kg.web.pages.snippets import curl

    value = "it's \"\\ $HOME `id` ; | 中"
    command = curl("http://127.0.0.1:9/api", [("q", value)]).replace("curl", "printf '%s\\n'", 1)
    told = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=True).stdout.splitlines()
    assert told[-1] == f"q={value}"


@pytest.mark.parametrize(
    ("address", "cell"),
    [
        ("platforms/programmes?platform=AliExpress&lang=en", "G100 Overseas Plan"),
        ("platforms/programmes?platform=%E9%80%9F%E5%8D%96%E9%80%9A&lang=zh", "g100-overseas-plan"),
        ("figures/answer?flow=voc:flow-export&flow=voc:flow-import&lang=en", "1550000000000"),
    ],
)
def test_what_is_copied_from_a_page_runs_and_gives_its_rows(server: Served, address: str, cell: str) -> None:
    page = read(server.get(f"/queries/{address}").text)
    _, command, program = page.blocks
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert cell in printed
    assert len(printed.splitlines()) == len(page.rows) - 1
    if shutil.which("curl"):
        told = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=True).stdout
        assert cell in told
        assert len(list(csv.DictReader(io.StringIO(told)))) == len(page.rows) - 1


def test_downloads_are_named_and_the_first_is_there(server: Served) -> None:
    links = read(server.get("/queries/platforms/programmes?lang=en").text).links
    files = {text: link for link, text in links.items() if link.startswith("/api/queries/")}
    assert set(files) == {"CSV", "JSON", "JSONL", "TSV", "XLSX", "PARQUET"}
    assert server.get(files["CSV"]).text.startswith("programme,")


def test_a_chart_is_shown_where_the_rows_allow_one(server: Served) -> None:
    found = read(server.get("/queries/figures/series?lang=en").text)
    assert [one["src"] for one in found.of("img")] == ["/charts/queries/figures/series.svg?lang=en&theme=light"]
    assert not read(server.get("/queries/platforms/programmes?lang=en").text).of("img")
