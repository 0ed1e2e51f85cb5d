"""Things that a person does, each in English and in Chinese, in a real browser."""

import csv
import io
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from cbec_kg.web.templating import texts
from tests.interop.web.browser import take_completion, watched

ARTICLE = "/article/003_df624e09d33e8050.html"
TRADE = "/vocab/cbec-trade-value.html"


@pytest.fixture(params=["en", "zh"])
def lang(request):
    return request.param


@pytest.fixture
def t(lang):
    return texts(lang)


@pytest.fixture
def person(lang, chromium, site, request, shots):
    """A page of a browser in the language; a picture is taken at the end, errors and strangers are refused."""
    with watched(chromium, lang=lang) as seen:
        seen.page.set_default_timeout(30_000)
        yield Person(seen.page, site)
        name = request.node.originalname.removeprefix("test_")
        seen.page.screenshot(path=shots / f"task-{name}-{lang}.png")
        assert (seen.errors, seen.outside) == ([], [])


class Person:
    def __init__(self, page, site):
        self.page, self.site = page, site

    def opens(self, path):
        self.page.goto(self.site.url(path), wait_until="networkidle")

    @property
    def heading(self):
        return self.page.locator("h1").inner_text()


def test_finds_a_company_by_its_name(person, lang):
    person.opens("/")
    box = person.page.locator("main input[type=search]")
    box.fill("希音" if lang == "zh" else "shein")
    box.press("Enter")
    person.page.wait_for_load_state("networkidle")
    person.page.locator("main").get_by_role("link", name=re.compile("shein|希音", re.IGNORECASE)).first.click()
    person.page.wait_for_url("**/id/shein.html*")
    assert ("希音" if lang == "zh" else "Shein") in person.heading
    assert person.page.locator("main a[href*='/article/']").count() > 0


def test_asks_in_plain_words(person, lang):
    person.opens("/")
    box = person.page.locator("main input[type=search]")
    box.fill("2022年跨境电商出口额是多少" if lang == "zh" else "CBEC exports in 2022?")
    box.press("Enter")
    person.page.wait_for_load_state("networkidle")
    assert ("1.55万亿元" if lang == "zh" else "1.55 trillion yuan") in person.page.locator("main").inner_text()
    # who says so leads to the characters of the article
    person.page.locator("main a[href*='/article/003']").first.click()
    person.page.wait_for_url("**/article/003*")


def test_reads_what_nobody_states(person, lang):
    question = "2019年跨境电商进出口额" if lang == "zh" else "CBEC trade in 2019"
    person.opens(f"/search?q={question}")
    said = person.page.locator("main").inner_text()
    assert "31.1%" in said
    assert re.search(r"1\.28\d* ?(trillion|万亿)|1\.29 ?(trillion|万亿)", said)


def test_sees_a_series_and_asks_for_dollars(person, lang, t):
    person.opens(TRADE)
    chart = person.page.locator("figure.chart")
    chart.locator("canvas, svg").first.wait_for()  # drawn by the script, in place of the picture
    person.page.locator("select[name=unit]").select_option("USD")
    person.page.get_by_role("button", name=t("indicator.show")).click()
    person.page.wait_for_url("**unit=USD**")
    said = person.page.locator("main table").first.inner_text()
    assert ("261.5 billion" if lang == "en" else "2615亿") in said


def test_cites_a_figure(person):
    person.opens(TRADE)
    link = person.page.locator("a[href*='as_of=']").first
    address = link.get_attribute("href")
    entry = person.page.locator("details", has_text="BibTeX").first
    entry.locator("summary").click()
    assert "@" in entry.locator("pre, code").first.inner_text()
    figures = person.page.locator("main table").first.inner_text()
    person.page.goto(address if address.startswith("http") else person.site.url(address), wait_until="networkidle")
    assert "1.69" in figures
    assert "1.69" in person.page.locator("main table").first.inner_text()


def test_takes_the_table_away(person):
    person.opens(TRADE)
    with person.page.expect_download() as waiting:
        person.page.get_by_role("link", name="CSV", exact=True).first.click()
    rows = list(csv.DictReader(io.StringIO(waiting.value.path().read_text("utf-8-sig"))))
    assert {"1690000000000", "2110000000000"} <= {value for row in rows for value in row.values()}
    with person.page.expect_download() as waiting:
        person.page.get_by_role("link", name="XLSX", exact=True).first.click()
    assert waiting.value.path().read_bytes().startswith(b"PK")


def test_reads_an_article_beside_its_claims(person):
    person.opens(ARTICLE)
    number = person.page.locator(".text sup a").first
    claim = number.get_attribute("href").removeprefix("#")
    number.click()
    person.page.wait_for_url(f"**#{claim}")
    assert person.page.locator(f"[id='{claim}']").is_visible()
    assert "2.11" in person.page.locator("mark", has_text="2.11").first.inner_text()


def test_fills_in_the_form_of_a_saved_query(person, lang):
    person.opens("/queries/platforms/programmes")
    person.page.locator("form.parameters select[name=platform]").select_option("id:alibaba-com")
    person.page.locator("form.parameters button").first.click()
    person.page.wait_for_url("**platform=id%3Aalibaba-com**")
    shown = person.page.locator("main table").first.locator("tbody tr").count()
    answer = person.site.get(f"/api/queries/platforms/programmes?platform=id:alibaba-com&format=csv&lang={lang}")
    assert shown == len(list(csv.DictReader(io.StringIO(answer.text)))) > 0
    # the address alone gives the same answer to whoever gets it
    assert parse_qs(urlsplit(person.page.url).query)["platform"] == ["id:alibaba-com"]
    person.page.reload()
    assert person.page.locator("main table").first.locator("tbody tr").count() == shown


def test_writes_a_query_with_completion(person):
    person.opens("/editor")
    person.page.locator(".cm-editor").first.click()
    keys = person.page.keyboard
    keys.press("Control+A")
    keys.type("SELECT ?x { ?x a cbec:Platf")
    keys.press("Control+Space")
    take_completion(person.page, "cbec:Platform")
    keys.type(" } ORDER BY ?x")
    keys.press("Control+Enter")
    person.page.locator("#answer ~ div table tbody tr").first.wait_for()
    assert person.page.locator("#answer ~ div a[href*='/id/aliexpress.html']").count() == 1


def test_looks_into_a_conflict(person, t):
    person.opens("/findings?kind=conflict")
    person.page.locator("main table a[href*='/finding/']").first.click()
    person.page.wait_for_url("**/finding/**")
    claims = person.page.locator("main a[href*='/claim/']")
    assert claims.count() >= 2
    claims.first.click()
    person.page.wait_for_url("**/claim/**")


def test_follows_what_drives_what_by_keyboard(person):
    person.opens("/factors")
    assert person.page.locator("main svg").first.is_visible()
    person.page.keyboard.press("Tab")
    assert person.page.evaluate("document.activeElement.className") == "skip"
    person.page.keyboard.press("Enter")
    assert person.page.evaluate("document.activeElement.id") == "main"
    person.page.locator("main table a[href*='/id/'], main table a[href*='/vocab/']").first.press("Enter")
    person.page.wait_for_url(re.compile("/(id|vocab)/"))
    assert person.heading


def test_changes_the_language_and_stays(person, lang):
    person.opens(TRADE)
    before = person.heading
    person.page.locator("a.language").click()
    person.page.wait_for_load_state("networkidle")
    assert TRADE in person.page.url
    assert person.page.locator("html").get_attribute("lang") == ("en" if lang == "zh" else "zh-CN")
    assert person.heading != before
    person.opens("/findings")  # what was chosen is kept
    assert person.page.locator("html").get_attribute("lang") == ("en" if lang == "zh" else "zh-CN")
