"""``cbec-kg vintages`` on a graph in which figures are revised."""

import csv
import io
import json

import pytest

from cbec_kg.cli.main import main
from cbec_kg.store.builds import new_build, writing
from tests.queries.revised import revised_quads


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("revised")
    with writing(folder):
        new_build(folder, revised_quads())
    return folder


@pytest.fixture
def run(store, capfd, monkeypatch):
    monkeypatch.setenv("CBEC_KG_STORE", str(store))
    monkeypatch.delenv("COLUMNS", raising=False)  # which tests in parallel have

    def called(*arguments):
        code = main(["vintages", *arguments])
        said = capfd.readouterr()
        return code, said.out, said.err

    return called


def rows(out):
    return list(csv.reader(io.StringIO(out)))


LEVELS = [
    ["period", "2021-01-16", "2023-01-13", "2024-01-12"],
    ["2020", "1.69 trillion yuan", "", ""],
    ["2022", "", "2.11 trillion yuan", "2.1 trillion yuan (revised)"],
    ["2023", "", "2.3 trillion yuan (forecast)", "2.38 trillion yuan"],
]
IMPORTS_ZH = [["period", "2023-01-13", "2024-01-12"], ["2022年", "4.9%", "−0.8%（修订）"]]
GROWTH = [
    ["period", "2021-01-14", "2021-01-16", "undated"],
    ["2015", "", "", "−7%"],
    ["2016", "", "", "−0.9%"],
    ["2019", "", "", "3.4%"],
    ["2020", "1.9%", "1.5%", ""],
]
ESTIMATES_ZH = [["period", "undated"], ["2015年", "约7600亿元（估计）"], ["2016年", "超过1万亿元（预测）"]]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["cbec-trade-value"], LEVELS),
        (["跨境电商进出口额", "--entity", "中国", "--flow", "total", "--scope", "gac-total"], LEVELS),
        (["cbec-trade-value", "--measure", "growth", "--flow", "import", "--lang", "zh"], IMPORTS_ZH),
        (["goods-trade-value", "--measure", "growth"], GROWTH),
        (["cbec-trade-value", "--scope", "industry-estimate", "--lang", "zh"], ESTIMATES_ZH),
        # of its growth in all and a year on average none is that on the year before
        (
            ["cbec-trade-value", "--scope", "industry-estimate", "--measure", "growth"],
            [["period", "undated"], ["2015", "43% (estimate)"]],
        ),
        (["cbec-trade-value", "--partner", "asean"], [["period"]]),
    ],
)
def test_periods_and_days(arguments, expected, run):
    code, out, _ = run(*arguments, "--format", "csv")
    assert code == 0
    assert rows(out) == expected


def test_a_release_a_row_for_programs(run):
    code, out, _ = run("cbec-trade-value", "--long", "--format", "json")
    found = [
        {name: cell["value"] for name, cell in row.items()} for row in json.loads(out)["results"]["bindings"]
    ]  # fmt: skip
    assert code == 0
    assert [(row["period"], row["released"][:10], row.get("mark"), row["replaced"]) for row in found] == [
        ("2020", "2021-01-16", None, "false"),
        ("2022", "2023-01-13", None, "true"),
        ("2022", "2024-01-12", "revised", "false"),
        ("2023", "2023-01-13", "forecast", "false"),
        ("2023", "2024-01-12", None, "false"),
    ]
    first = found[1]  # of two places the one that has a date
    assert (first["value"], first["lower"], first["upper"]) == ("2110000000000", "2105000000000", "2115000000000")
    assert (first["article"].rpartition("/")[2], first["start"], first["end"]) == ("made-up-first", "0", "18")


def test_for_people(run):
    _, out, err = run("cbec-trade-value")
    assert out.startswith(
        "cross-border e-commerce trade value · China · imports and exports · cross-border e-commerce, customs total "
        "· level\n"
    )
    assert "2023-01-13" in out
    assert err == ""


def test_what_is_not_there_is_told(run):
    code, out, err = run("cbec-trade-value", "--scope", "services-trade")
    assert code == 0
    assert "No rows." in out
    assert "(--scope gac-total)" in err
    assert "(--scope industry-estimate)" in err
    code, _, err = run("cbec-trade-value", "--entity", "Temuu", "--lang", "zh")
    assert (code, err) == (0, "图谱中没有“Temuu”\n")
    code, _, err = run("cbec-trade-valeu")
    assert code == 2
    assert "cbec-trade-value" in err
