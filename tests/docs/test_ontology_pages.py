"""The pages on the ontology: diagrams that show what is meant to be shown, an index of every term, links that lead."""

import re
from dataclasses import replace

import pytest

from cbec_kg import paths

from ..conftest import ROOT
from .generated import DOCS
from .model import DIAGRAMS, model_page
from .schema import Schema
from .terms import term_pages

PAGES = sorted((DOCS / "ontology").glob("*.md"))
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


@pytest.fixture(scope="module")
def schema():
    return Schema.of(paths.ontology())


def test_the_chief_classes_and_what_joins_them_are_in_the_diagrams(schema):
    page = model_page(schema)
    for line in (
        "  Span --> Article : inArticle",
        "  Claim --> Evidence : evidence",
        "  StatisticalClaim --> Observation : observation, shareOf",
        "  Observation --> Series : inSeries",
        "  Finding --> Observation : onObservation",
        "  Record --> Period : period",
        "  Record --> Indicator : indicator",
        "  Claim <|-- FactorClaim",
        "    +Entity launches",
    ):
        assert line in page.splitlines()
    assert page.count("```mermaid") == len(DIAGRAMS) == 4


def test_a_diagram_follows_the_ontology(schema):
    evidence = replace(schema.terms["cbec:evidence"], range="cbec:Span")
    other = Schema({**schema.terms, "cbec:evidence": evidence}, schema.titles)
    assert "  Claim --> Span : evidence" in model_page(other)


@pytest.mark.parametrize("part", ["classes", "hide"])
def test_a_name_that_is_in_no_ontology_is_refused(schema, part):
    with pytest.raises(KeyError, match="Klaim"):
        model_page(schema, [{**DIAGRAMS[0], part: ["Klaim"]}])


def test_every_term_is_in_the_index_once_in_each_language(schema):
    for name, page in term_pages(schema, []).items():
        wanted = sorted(f"`{term}`" for term in schema.terms)
        cells = [
            re.search(r"`[a-z]+:\w+`", line) for line in page.splitlines() if re.match(r"\| (<a id|[^|]+ \| \[`)", line)
        ]
        assert sorted(cell[0] for cell in cells if cell) == wanted, name


def anchors(page):
    """Where a page of ours can be linked to: ids that it gives, and its headings as GitHub names them."""
    text = page.read_text("utf-8")
    headings = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", text, flags=re.DOTALL), re.MULTILINE)
    names = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return names | set(re.findall(r'<a id="([^"]+)">', text))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page):
    links = [link for link in LINK.findall(page.read_text("utf-8")) if "://" not in link]
    assert links
    for link in links:
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert target.is_relative_to(ROOT), link
        assert not anchor or anchor in anchors(target), link


def test_the_entry_names_every_module_and_every_page():
    entry = (DOCS / "ontology" / "README.md").read_text("utf-8")
    for module in sorted((paths.ontology() / "modules").glob("*.ttl")):
        assert f"(../../ontology/modules/{module.name})" in entry
    for page in sorted((DOCS / "ontology").glob("*.md")):
        assert page.name == "README.md" or f"({page.name})" in entry, page.name
