"""Each format is read back by a reader that we did not write, and holds what went in."""

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser

import openpyxl
import pyarrow
import pyarrow.parquet
import pyoxigraph
import pytest
from markdown_it import MarkdownIt
from rdflib.query import Result as RdflibResult

from cbec_kg.errors import CbecError, MissingExtra
from cbec_kg.query.formats.html_page import fragment
from cbec_kg.query.formats.registry import FORMATS, GRAPH_FORMATS, write
from cbec_kg.query.results import Graph, Result, Truth, to_python
from cbec_kg.query.saved import Column
from cbec_kg.rdf.formats import by_name
from cbec_kg.rdf.terms import RDF_TYPE, RDFS_LABEL, Literal, Triple, iri, text

from .answers import COLUMNS, ODD, ROWS, answer, empty, odd

NAMES = [column.name for column in COLUMNS]


def written(result, name, **options):
    out = io.BytesIO()
    write(result, name, out, **options)
    return out.getvalue()


def oxigraph(data, form):
    solutions = pyoxigraph.parse_query_results(data, format=form)
    names = [variable.value for variable in solutions.variables]
    return names, [tuple(row[name] for name in names) for row in solutions]


@pytest.mark.parametrize(
    ("name", "form"), [("json", pyoxigraph.QueryResultsFormat.JSON), ("tsv", pyoxigraph.QueryResultsFormat.TSV)]
)
def test_standard_formats_hold_the_very_terms(name, form):
    assert oxigraph(written(answer(), name), form) == (NAMES, list(ROWS))
    assert oxigraph(written(empty(), name), form) == (NAMES, [])
    assert oxigraph(written(odd(), name), form) == (["x"], [(term,) for term in ODD])


@pytest.mark.parametrize("name", ["json", "tsv"])
def test_rdflib_reads_them_too(name):
    read = RdflibResult.parse(io.BytesIO(written(answer(), name)), format=name)
    assert [str(variable) for variable in read.vars] == NAMES
    rows = [[None if term is None else str(term) for term in row] for row in read]
    assert rows == [[None if term is None else term.value for term in row] for row in ROWS]


def test_csv_holds_the_values():
    data = written(answer(), "csv").decode()
    head, *rows = csv.reader(io.StringIO(data, newline=""))
    assert head == NAMES
    assert rows == [["" if term is None else term.value for term in row] for row in ROWS]
    assert data.count("\r\n") == 4
    assert written(empty(), "csv").decode() == ",".join(NAMES) + "\r\n"


def test_jsonl_holds_plain_values():
    first, second, third = (json.loads(line, parse_float=Decimal) for line in written(answer(), "jsonl").splitlines())
    assert list(first) == NAMES
    assert first["platform"] == "https://w3id.org/cbec-kg/id/aliexpress"
    assert (first["value"], second["value"], third["value"]) == (2110000000000, Decimal("-9.8"), Decimal("1E-18"))
    assert (first["official"], second["rank"], first["released"]) == (True, None, "2021-01-14T00:00:00")
    odd_values = [json.loads(line)["x"] for line in written(odd(), "jsonl").splitlines()]
    assert odd_values == [
        "_:b1", "javascript:alert(1)", int("9" * 30), 1500.0, "INF", "no number", "2021-01-14T00:00:00Z", "", None,
    ]  # fmt: skip
    assert written(empty(), "jsonl") == b""


def test_rows_are_written_as_they_come():
    """A long answer is never held as a whole: what was read before a failure has been written."""

    def rows():
        yield ROWS[0]
        raise RuntimeError

    for name in ("csv", "tsv", "json", "jsonl"):
        out = io.BytesIO()
        with pytest.raises(RuntimeError):
            write(Result(COLUMNS, rows()), name, out)
        assert b"aliexpress" in out.getvalue()


def markdown_cells(data):
    """Cells as a reader of Markdown sees them: text, and where links lead."""
    rows, cell = [], None
    for token in MarkdownIt("commonmark").enable("table").parse(data.decode()):
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open"):
            style = token.attrGet("style") or ""
        elif token.type == "inline":
            texts = [child.content if child.type in ("text", "html_inline") else "" for child in token.children]
            links = [child.attrGet("href") for child in token.children if child.type == "link_open"]
            cell = ("".join(texts), links, "right" in style)
            rows[-1].append(cell)
    return rows


def test_markdown_reads_as_a_table():
    head, first, second, third = markdown_cells(written(answer(), "md"))
    assert [text for text, *_ in head] == [
        "Platform", "programme", "period", "value", "rank", "year", "released", "official", "note", "article",
    ]  # fmt: skip
    assert [right for *_, right in head][3:6] == [True, True, True]
    assert first[0] == ("AliExpress", ["https://w3id.org/cbec-kg/id/aliexpress"], False)
    assert first[1][0] == "G100 海外计划"
    assert first[3][0] == "2,110,000,000,000"
    assert first[5][0] == "2021"
    assert first[6][0] == "2021-01-14"
    assert first[8][0] == 'a|b "c", <d> & *e*<br>=f\\g\th'
    assert second[0][0] == "id:shein"
    assert third[1][0] == "没有代码"
    assert len(second) == len(third) == len(head)
    assert all(not links for row in markdown_cells(written(odd(), "md")) for _, links, _ in row)


class Page(HTMLParser):
    """Cells, links and headings of a page."""

    def __init__(self):
        super().__init__()
        self.stack, self.rows, self.links, self.attributes, self.texts = [], [], [], [], {}

    def handle_starttag(self, tag, attrs):
        self.attributes.append((tag, dict(attrs)))
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        if tag == "a":
            self.links.append(dict(attrs)["href"])
        if tag not in ("br", "meta"):
            self.stack.append(tag)

    def handle_endtag(self, tag):
        assert self.stack.pop() == tag

    def handle_data(self, data):
        if self.stack and {"td", "th"} & set(self.stack):
            self.rows[-1][-1] += data
        elif self.stack:
            self.texts[self.stack[-1]] = self.texts.get(self.stack[-1], "") + data


def test_html_is_one_accessible_page():
    page = Page()
    page.feed(written(answer("zh"), "html").decode())
    page.close()
    assert page.stack == []
    assert ("html", {"lang": "zh"}) in page.attributes
    assert page.texts["title"] == page.texts["caption"] == "Programmes <of> a platform"
    head, first, *_ = page.rows
    assert head[0] == "平台"
    assert [attributes.get("scope") for tag, attributes in page.attributes if tag == "th"] == ["col"] * 10
    assert first[0] == "速卖通"
    assert first[8] == 'a|b "c", <d> & *e*=f\\g\th'
    assert {tag for tag, _ in page.attributes} <= {
        "html", "head", "meta", "title", "style", "body", "main",
        "table", "caption", "thead", "tbody", "tr", "th", "td", "a", "br", "code",
    }  # fmt: skip


def test_html_links_lead_to_the_web_only():
    page = Page()
    page.feed(written(odd(), "html").decode())
    assert page.links == []
    assert "javascript:alert(1)" in page.rows[2][0]


def test_the_fragment_is_the_table_of_the_page():
    assert fragment(answer()) in written(answer(), "html").decode()


def test_xlsx_holds_numbers_days_and_no_formulas():
    sheet = openpyxl.load_workbook(io.BytesIO(written(answer(), "xlsx"))).active
    rows = list(sheet.iter_rows())
    assert [cell.value for cell in rows[0]][:3] == ["Platform", "programme", "programme label"]
    assert all(cell.font.bold for cell in rows[0])
    assert sheet.freeze_panes == "A2"
    first = dict(zip(NAMES, rows[1], strict=True))
    assert first["platform"].value == "https://w3id.org/cbec-kg/id/aliexpress"
    assert (first["value"].value, first["value"].data_type) == (2110000000000, "n")
    assert first["released"].is_date
    assert first["official"].value is True
    second = dict(zip(NAMES, rows[2], strict=True))
    assert (second["note"].value, second["note"].data_type) == ("=1+1", "s")
    assert second["value"].value == -9.8
    assert second["rank"].value is None
    odd_cells = [
        row[0] for row in openpyxl.load_workbook(io.BytesIO(written(odd(), "xlsx"))).active.iter_rows(min_row=2)
    ]
    assert odd_cells[2].value == "9" * 30
    assert odd_cells[4].value == "INF"


def test_parquet_has_the_types_of_its_values():
    table = pyarrow.parquet.read_table(io.BytesIO(written(answer(), "parquet")))
    types = dict(zip(table.column_names, table.schema.types, strict=True))
    assert table.column_names == NAMES
    assert types["value"] == pyarrow.decimal128(38, 18)
    assert (types["rank"], types["year"]) == (pyarrow.int64(), pyarrow.int64())
    assert types["released"] == pyarrow.timestamp("us")
    assert types["official"] == pyarrow.bool_()
    expected = [dict(zip(NAMES, map(to_python, row), strict=True)) for row in ROWS]
    assert table.to_pylist() == expected
    nothing = pyarrow.parquet.read_table(io.BytesIO(written(empty(), "parquet")))
    assert nothing.schema.field("rank").type == pyarrow.int64()
    assert nothing.num_rows == 0
    mixed = pyarrow.parquet.read_table(io.BytesIO(written(odd(), "parquet")))
    assert mixed["x"].to_pylist()[2] == "9" * 30


def test_parquet_numbers_that_no_type_holds_are_text():
    result = Result((Column("x"),), [(Literal("1" * 30 + "." + "1" * 15, datatype=iri("xsd:decimal")),)])
    table = pyarrow.parquet.read_table(io.BytesIO(written(result, "parquet")))
    assert table["x"].to_pylist() == ["1" * 30 + "." + "1" * 15]


TRIPLES = [
    Triple(iri("id:shein"), RDFS_LABEL, text("Shein", "en")),
    Triple(iri("id:aliexpress"), RDF_TYPE, iri("cbec:Platform")),
]


@pytest.mark.parametrize("name", [*GRAPH_FORMATS, "table", "json"])
def test_triples_are_read_back(name):
    data = written(Graph(iter(TRIPLES * 2)), name)
    form = by_name({"table": "ttl", "json": "jsonld"}.get(name, name))
    assert {quad.triple for quad in pyoxigraph.parse(data, format=form.rdf_format)} == set(TRIPLES)
    assert data == written(Graph(reversed(TRIPLES)), name)


def test_triples_are_rows_in_the_formats_of_rows():
    rows = list(csv.reader(io.StringIO(written(Graph(iter(TRIPLES)), "csv").decode(), newline="")))
    assert rows[0] == ["subject", "predicate", "object"]
    assert rows[2] == ["https://w3id.org/cbec-kg/id/shein", RDFS_LABEL.value, "Shein"]
    for name in FORMATS:
        assert written(Graph(iter(TRIPLES)), name)


@pytest.mark.parametrize("value", [True, False])
def test_yes_and_no(value):
    word = str(value).lower()
    assert (
        bool(pyoxigraph.parse_query_results(written(Truth(value), "json"), format=pyoxigraph.QueryResultsFormat.JSON))
        is value
    )
    for name, form in FORMATS.items():
        if form.binary:
            with pytest.raises(CbecError, match=f"the answer is {word}"):
                written(Truth(value), name)
        elif name != "json":
            assert written(Truth(value), name).decode() == f"{word}\n"


@pytest.mark.parametrize("name", GRAPH_FORMATS)
def test_rows_are_no_triples(name):
    with pytest.raises(CbecError, match="holds triples, and the answer has none: use one of table, csv"):
        written(answer(), name)
    with pytest.raises(CbecError, match="holds triples"):
        written(Truth(True), name)


@pytest.mark.parametrize(("name", "library"), [("xlsx", "openpyxl"), ("parquet", "pyarrow")])
def test_a_missing_library_is_named_with_its_cure(name, library, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtra) as caught:
        written(answer(), name)
    assert str(caught.value) == f'{name} needs {library}: pip install "cbec-kg[{name}]"'


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_named_by_the_contract_and_takes_every_answer(name):
    assert name in ("table", "csv", "tsv", "json", "jsonl", "md", "html", "xlsx", "parquet")
    for result in (answer(), empty(), odd()):
        assert isinstance(written(result, name), bytes)


@pytest.mark.parametrize("name", FORMATS)
def test_a_cut_answer_is_not_passed_off_as_whole(name):
    """Formats for people say it; those for programs have no place for it, and hold rows alone."""
    whole, cut = written(answer(), name), written(replace(answer(), cut=True), name)
    if name == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(cut))
        assert book.sheetnames[1:] == ["Not all"]
        assert book.worksheets[1]["A1"].value == "(there are more: cut at the limit)"
        assert openpyxl.load_workbook(io.BytesIO(whole)).sheetnames == book.sheetnames[:1]
    elif name in ("table", "md", "html"):
        assert "(there are more: cut at the limit)" in cut.decode()
        assert "cut at" not in whole.decode()
        assert "（结果不止于此：达到行数上限）" in written(replace(answer(), cut=True, lang="zh"), name).decode()
    else:
        assert cut == whole
