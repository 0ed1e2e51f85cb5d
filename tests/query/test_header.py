from pathlib import Path

import pytest

from cbec_kg.errors import ParseError
from cbec_kg.query.header import parse_saved, read_saved
from cbec_kg.query.saved import Bilingual, Column, Param
from tests.conftest import cases

FULL = """\
#+ summary: Programmes that a platform launched
#+ description: >
#+   Which programmes did this platform launch,
#+   and which article says so?
#+ tags: [platforms, programmes]
#+ zh:
#+   summary: 平台推出的计划
#+   description: 该平台推出了哪些计划？
#+ params:
#+   platform: {type: iri, class: "cbec:Platform", many: true, default: ["id:aliexpress", "id:shein"],
#+     label: {en: Platform, zh: 平台}}
#+   since: {type: date, default: 2021-01-14, label: {en: Since, zh: 自}}
#+   year: {type: period, default: null, label: {en: Period, zh: 时期}}
#+   lang: {type: lang, default: en, label: {en: Language, zh: 语言}}
#+ columns:
#+   programme: {type: iri, label: {en: Programme, zh: 计划}}
#+   level: decimal
PREFIX id: <https://w3id.org/cbec-kg/id/>
SELECT ?programme ?level WHERE {
  VALUES ?platform { id:aliexpress id:shein }  #= platform
\tVALUES ?since {"2021-01-14T00:00:00"^^<http://www.w3.org/2001/XMLSchema#dateTime>}#=since
  VALUES ?period { UNDEF } #= year
  VALUES ?lang { "en" } #= lang
  ?platform ?p ?programme .   # not a marker: #= is not last
} ORDER BY ?programme
"""


def test_a_full_header():
    query = parse_saved(FULL, "platforms/programmes", Path("x.rq"))
    assert query.summary == Bilingual("Programmes that a platform launched", "平台推出的计划")
    assert query.description.en == "Which programmes did this platform launch, and which article says so?"
    assert query.description.in_language("zh") == "该平台推出了哪些计划？"
    assert query.topic == "platforms"
    assert query.tags == ("platforms", "programmes")
    platform, since, year, lang = query.params
    assert platform == Param(
        "platform",
        "iri",
        Bilingual("Platform", "平台"),
        cls="https://w3id.org/cbec-kg/ontology#Platform",
        default=("id:aliexpress", "id:shein"),
        many=True,
    )
    assert since.default == ("2021-01-14",)
    assert year.default == ()
    assert lang.choices == ("en", "zh")
    assert query.columns == (Column("programme", "iri", Bilingual("Programme", "计划")), Column("level", "decimal"))
    assert query.text == FULL


def test_limits_are_read():
    text = """\
#+ summary: Growth
#+ params:
#+   over: {type: decimal, min: -100, max: "1000", default: 0, label: {en: Over, zh: 超过}}
#+   name: {type: string, max-length: 80, label: {en: Name, zh: 名称}}
#+ columns: {s: iri}
SELECT ?s WHERE {
  VALUES ?over { 0 }  #= over
  VALUES ?name { UNDEF }  #= name
} ORDER BY ?s"""
    over, name = parse_saved(text, "a/b", Path("b.rq")).params
    assert (over.min, over.max, over.max_length) == ("-100", "1000", None)
    assert (name.min, name.max, name.max_length) == (None, None, 80)
    assert over.expects() == "a number from -100 to 1000"


@pytest.mark.parametrize("case", cases("query/cases/headers.yaml"))
def test_a_faulty_header_says_where_and_what_to_do(case):
    with pytest.raises(ParseError) as caught:
        parse_saved(case["text"], "a/b", Path("queries/a/b.rq"))
    assert str(caught.value).startswith(f"queries/a/b.rq:{case['line']}:")
    assert case["said"] in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_of_another_encoding_is_refused(tmp_path):
    path = tmp_path / "b.rq"
    path.write_bytes("#+ summary: 数据".encode("gbk"))
    with pytest.raises(ParseError, match="save it as UTF-8"):
        read_saved(path, "a/b")


def test_line_ends_of_windows_are_read(tmp_path):
    path = tmp_path / "b.rq"
    path.write_bytes(FULL.replace("\n", "\r\n").encode())
    assert read_saved(path, "a/b").params == parse_saved(FULL, "a/b", path).params
