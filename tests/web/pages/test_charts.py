"""Charts of saved queries, and the script that draws charts in a browser."""

import gzip
import json
from pathlib import Path

import pytest

from cbec_kg.query.catalogue import Catalogue
from cbec_kg.query.run import run
from cbec_kg.store.embedded import EmbeddedStore
from cbec_kg.web.pages.chart import SCRIPT
from tests.web.serving import Served


def test_a_saved_query_with_periods_and_numbers_has_a_chart_of_its_rows(server: Served, built_store: Path) -> None:
    chart = json.loads(server.get("/charts/queries/figures/trade-over-time.json?lang=en").text)
    rows = run(Catalogue().find("figures/trade-over-time"), {}, EmbeddedStore(built_store)).records()
    numbers = {float(str(row["level"])) for row in rows if row["level"] is not None}
    drawn = {one["number"] for one in chart["data"]["values"]}
    assert drawn
    assert drawn <= numbers
    assert chart["config"]["background"] == "#ffffff"


def test_a_saved_query_with_names_and_numbers_has_bars(server: Served) -> None:
    chart = json.loads(server.get("/charts/queries/platforms/list.json?lang=zh&theme=dark").text)
    assert chart["mark"] == {"type": "bar"}
    assert chart["config"]["background"] == "#14181b"
    assert any("速卖通" in one["name"] for one in chart["data"]["values"])


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/charts/queries/factors/paths.svg", 404), ("/charts/queries/no/such.svg", 404),
        ("/charts/queries/figures/series.gif", 404), ("/charts/queries/figures/series.svg?nothing=1", 400),
    ],
)  # fmt: skip
def test_what_has_no_chart_says_so(server: Served, path: str, status: int) -> None:
    answered = server.get(path)
    assert answered.status_code == status
    assert answered.json()["detail"]


def test_a_picture_in_dots_is_in_chinese_or_says_that_it_is_not(server: Served) -> None:
    answered = server.get("/charts/indicators/cbec-trade-value.png?lang=zh")
    assert answered.content.startswith(b"\x89PNG")
    english = server.get("/charts/indicators/cbec-trade-value.png?lang=en")
    in_english = answered.headers["content-language"] == "en"  # where this machine has no Chinese font
    assert in_english == (answered.content == english.content)


def test_the_script_comes_packed_once_and_for_good(server: Served) -> None:
    answered = server.get(SCRIPT, accept_encoding="gzip")
    assert answered.headers["content-encoding"] == "gzip"
    assert "immutable" in answered.headers["cache-control"]
    assert int(answered.headers["content-length"]) < 400_000
    assert b"vegaEmbed" in answered.content
    assert server.get(SCRIPT, if_none_match=answered.headers["etag"]).status_code == 304
    plain = server.get(SCRIPT, accept_encoding="identity")
    assert len(gzip.compress(plain.content)) < len(plain.content) == len(answered.content)
