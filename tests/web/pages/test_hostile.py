"""Names and texts that would be code if a page did not escape them, and articles beside the graph."""

from hashlib import sha256

import pytest
from lxml import html

from cbec_kg.rdf.terms import RDF_TYPE, RDFS_LABEL, NamedNode, Quad, integer, iri, text
from cbec_kg.store.builds import new_build, writing
from tests.web.pages.checking import faults
from tests.web.serving import inside

CODE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7*7 }}"
WRITTEN = f"Exports rose 9.8%.\n{CODE}\nImports fell."
ARTICLE, OTHER, CLAIM, THING = iri("art:a1"), iri("art:a2"), iri("claim:c1"), iri("id:evil")


def _quads() -> list[Quad]:
    """A thing, an article, two claims whose places overlap; whatever a text may be is code."""
    quads = [
        Quad(iri("cbec:Company"), iri("rdfs:subClassOf"), iri("cbec:Entity")),
        Quad(iri("cbec:Company"), RDF_TYPE, iri("owl:Class")),
        Quad(iri("cbec:Company"), iri("skos:definition"), text(CODE, "en")),
        Quad(THING, RDF_TYPE, iri("cbec:Company")),
        Quad(THING, iri("skos:definition"), text(CODE, "en")),
        Quad(THING, iri("cbec:uses"), CLAIM),
        Quad(THING, iri("schema:sameAs"), NamedNode("javascript:alert(3)")),
        Quad(OTHER, RDF_TYPE, iri("cbec:Article")),
        Quad(OTHER, iri("cbec:sha256"), text(sha256(WRITTEN.encode()).hexdigest())),
        Quad(ARTICLE, RDF_TYPE, iri("cbec:Article")),
        Quad(ARTICLE, iri("cbec:title"), text(CODE)),
        Quad(ARTICLE, iri("cbec:publisher"), text(CODE)),
        Quad(ARTICLE, iri("cbec:language"), text(CODE)),
        Quad(ARTICLE, iri("cbec:url"), text("javascript:alert(4)")),
        Quad(ARTICLE, iri("cbec:textLength"), integer(len(WRITTEN))),
        Quad(ARTICLE, iri("cbec:sha256"), text(sha256(WRITTEN.encode()).hexdigest())),
    ]
    for thing in (THING, CLAIM):
        quads += [Quad(thing, RDFS_LABEL, text(CODE, "en")), Quad(thing, RDFS_LABEL, text(CODE, "zh"))]
    quads += [Quad(THING, iri("skos:altLabel"), text(CODE + " again", "en"))]
    for start, end in ((0, 30), (20, 60)):
        place = iri(f"ev:a1_{start}-{end}")
        quads += [
            Quad(CLAIM, RDF_TYPE, iri("cbec:FactorClaim")),
            Quad(CLAIM, iri("cbec:evidence"), place),
            Quad(place, iri("cbec:inArticle"), ARTICLE),
            Quad(place, iri("cbec:charStart"), integer(start)),
            Quad(place, iri("cbec:charEnd"), integer(end)),
            Quad(place, iri("cbec:writtenFigure"), text(CODE)),
        ]
    return quads


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory):
    """A server over that graph, in this process, with the article's text and one that differs."""
    folder, texts = tmp_path_factory.mktemp("hostile"), tmp_path_factory.mktemp("texts")
    (texts / "a1.txt").write_bytes(WRITTEN.encode())
    (texts / "a2.txt").write_bytes(f"{WRITTEN} more".encode())
    with writing(folder):
        new_build(folder, _quads())
    with inside(folder, articles=texts, readers=1) as client:
        yield client


PATHS = ["/id/evil.html", "/article/a1.html", "/articles", "/search?q=alert", "/claim/c1.html", "/ontology.html", "/"]
PATHS += ["/search?class=Company", "/id/%3Cscript%3E.html", "/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_hostile_is_text(pages, path: str, lang: str) -> None:
    answer = pages.get(path, headers={"accept": "text/html", "accept-language": lang})
    assert answer.status_code in (200, 404)
    root = html.document_fromstring(answer.text)
    assert root.xpath("//script[not(@src)] | //img[@onerror] | //@href[contains(., 'javascript')]") == []
    assert faults(answer.text) == []
    assert "{{ 7*7 }}" in answer.text or "49" not in answer.text


def test_a_text_with_the_articles_digest_is_shown_whole_with_its_spans(pages) -> None:
    root = html.document_fromstring(pages.get("/article/a1.html", headers={"accept": "text/html"}).text)
    (shown,) = root.xpath("//div[@class='text']")
    assert "".join(shown.xpath(".//text()[not(ancestor::sup)]")) == WRITTEN
    marked = "".join(root.xpath("//div[@class='text']//mark//text()"))
    assert marked == WRITTEN[:60]
    assert root.xpath("//li[@id='c1']//a[@href='#at-1']")
    assert root.xpath("//div[@class='text']//sup[@id='at-2']/a/@href") == ["#c1"]


def test_another_text_is_not_shown(pages) -> None:
    page = pages.get("/article/a2.html", headers={"accept": "text/html"}).text
    assert "is not the one that was read" in page
    assert "Imports fell" not in page
