import pytest

from cbec_kg.errors import CbecError, ParseError, UnknownQuery
from cbec_kg.query import catalogue as module
from cbec_kg.query.catalogue import Catalogue
from cbec_kg.query.listing import listing, show

QUERY = """\
#+ summary: Totals
#+ zh: {summary: 总额}
#+ params:
#+   city: {type: string, default: New York, label: {en: City, zh: 城市}}
#+   sector: {type: iri, default: null, label: {en: Sector, zh: 行业}, many: true}
#+ columns: {city: string}
SELECT ?city WHERE {
  VALUES ?city { "New York" } #= city
  VALUES ?sector { UNDEF } #= sector
} ORDER BY ?city
"""


@pytest.fixture
def folder(tmp_path):
    for name in ("trade/totals", "trade/growth", "platforms/programmes"):
        path = tmp_path / f"{name}.rq"
        path.parent.mkdir(exist_ok=True)
        path.write_text(QUERY, encoding="utf-8")
    return tmp_path


def test_names_are_sorted_and_found(folder):
    catalogue = Catalogue(folder)
    assert catalogue.names() == ["platforms/programmes", "trade/growth", "trade/totals"]
    assert [query.name for query in catalogue] == catalogue.names()
    assert catalogue.find("trade/growth").path == folder / "trade" / "growth.rq"


def test_finding_one_reads_no_other(folder, monkeypatch):
    (folder / "trade" / "growth.rq").write_text("broken")
    read = []
    monkeypatch.setattr(module, "read_saved", lambda path, name: read.append(name))
    Catalogue(folder).find("trade/totals")
    assert read == ["trade/totals"]
    monkeypatch.undo()
    with pytest.raises(ParseError, match=r"growth\.rq:1"):
        list(Catalogue(folder))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("trade/total", "did you mean trade/totals"),
        ("trad/totals", "did you mean trade/totals"),
        ("totals", "did you mean trade/totals"),
        ("programs", "did you mean platforms/programmes?"),
        ("Trade/Totals", "did you mean trade/totals"),
        ("zzz", "there are platforms/programmes, trade/growth, trade/totals"),
        ("", "there are platforms/programmes"),
        ("../trade/totals", "no saved query '../trade/totals'"),
        ("/etc/passwd", "no saved query '/etc/passwd'"),
        ("trade/../../x", "no saved query"),
        ("trade/totals\n", "no saved query"),
    ],
)
def test_an_unknown_name_gets_the_nearest(folder, name, said):
    with pytest.raises(UnknownQuery) as caught:
        Catalogue(folder).find(name)
    assert said in str(caught.value)


def test_misplaced_files_are_seen(folder):
    (folder / "top.rq").write_text(QUERY)
    (folder / "trade" / "Über.rq").write_text(QUERY)
    (folder / "trade" / "deep").mkdir()
    (folder / "trade" / "deep" / "x.rq").write_text(QUERY)
    assert {path.name for path in Catalogue(folder).misplaced()} == {"top.rq", "Über.rq", "x.rq"}


def test_a_missing_folder_is_said(tmp_path):
    with pytest.raises(CbecError, match="no folder"):
        Catalogue(tmp_path / "none")


def test_the_catalogue_lists_questions_and_parameters(folder):
    rows = list(listing(Catalogue(folder), "zh").records())
    assert rows[2] == {"query": "trade/totals", "question": "总额", "parameters": "city='New York'  sector="}


def test_a_query_that_is_shown_is_still_that_query(folder):
    from cbec_kg.store.embedded import MemoryStore

    query = Catalogue(folder).find("trade/totals")
    shown = show(query)
    assert "# -p city='New York'  City; text\n" in shown
    assert "any, where it is not given; may be given more than once" in shown
    assert "columns: city (string)" in shown
    assert [row[0].value for row in MemoryStore().select(shown).rows] == ["New York"]
    assert "# trade/totals: 总额" in show(query, "zh")
