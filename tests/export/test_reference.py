"""Pages of the ontology: whole, in one language each, without anything from elsewhere, the same bytes every time."""

import logging
import os
import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest

from cbec_kg import paths
from cbec_kg.cli import main
from cbec_kg.export.reference.site import page_names, reference
from cbec_kg.export.reference.texts import sources
from cbec_kg.export.reference.words import table
from cbec_kg.namespaces import CBEC, PREFIXES, VOCAB, local_name
from cbec_kg.rdf.terms import RDF_TYPE, RDFS_LABEL, NamedNode, iri

TEXTS = [iri(f"skos:{name}") for name in ("definition", "scopeNote", "example")]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
KINDS = [iri(f"owl:{name}") for name in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")]
# Tags with which a browser loads something by itself, and the attribute that says what.
LOADING = {
    "script": "src", "img": "src", "iframe": "src", "embed": "src", "source": "src", "video": "src", "audio": "src",
    "input": "src", "track": "src", "object": "data", "link": "href", "use": "href", "image": "href",
}  # fmt: skip


class Page(HTMLParser):
    """What a page loads, links to and says."""

    def __init__(self, text):
        super().__init__()
        self.loads, self.links, self.ids, self.texts, self.told, self.inside = [], [], [], [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.inside.append(tag)
        if tag in LOADING and given.get(LOADING[tag]):
            self.loads.append(given[LOADING[tag]])
        self.loads += self.in_style(given.get("style", ""))
        if tag == "a":
            self.links.append(given["href"])
        if "id" in given:
            self.ids.append(given["id"])
        if "title" in given:
            self.told.append(given["title"])
        if tag in ("meta", "link"):
            self.inside.pop()

    def handle_endtag(self, tag):
        while self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data):
        if "style" in self.inside:
            self.loads += self.in_style(data)
        elif "script" not in self.inside and data.strip():
            self.texts.append(data.strip())

    @staticmethod
    def in_style(text):
        return re.findall(r"(?:url\(|@import\s)\s*['\"]?([^'\")\s]+)", text)


@pytest.fixture(scope="module")
def made():
    return {name: text for name, (text, _) in reference(paths.ontology()).items()}


@pytest.fixture(scope="module")
def pages(made):
    return {name: Page(text) for name, text in made.items()}


@pytest.fixture(scope="module")
def triples():
    return [triple for file in sources(paths.ontology(), "vocab.ttl") for triple in file.triples]


def test_the_pages(made):
    assert list(made) == ["index.html", *page_names(["en", "zh"])]
    assert len(made) == 5


def test_a_browser_loads_nothing_from_elsewhere(pages):
    assert {name: page.loads for name, page in pages.items()} == {name: ["data:,"] for name in pages}


@pytest.mark.parametrize(
    "text",
    [
        '<script src="https://cdn.example.org/x.js"></script>', '<img src="https://example.org/x.png">',
        '<link rel="stylesheet" href="https://example.org/x.css">', "<style>@import 'https://example.org/x.css'</style>",
        "<style>p { background: url(https://example.org/x.png) }</style>",
        '<p style="background: url(https://example.org/x.png)"></p>',
    ],
)  # fmt: skip
def test_what_is_loaded_would_be_found(text):
    (found,) = Page(text).loads
    assert found.startswith("https://")


def test_every_link_within_the_pages_leads_somewhere(pages):
    inner = [(name, link) for name, page in pages.items() for link in page.links if "://" not in link]
    assert len(inner) > 5000
    lost = [
        (name, link)
        for name, link in inner
        for file, _, anchor in [link.partition("#")]
        if (file or name) not in pages or (anchor and anchor not in pages[file or name].ids)
    ]
    assert lost == []


def test_an_anchor_stands_for_one_thing(pages):
    for name, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), name


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_term_stands_there_with_label_and_definition(pages, triples, language):
    said = {page: set(pages[f"{page}.{language}.html"].texts) for page in ("ontology", "vocabulary")}
    kinds = {t.subject: t.object for t in triples if t.predicate == RDF_TYPE and t.object in KINDS}
    codes = {t.subject for t in triples if t.predicate == iri("skos:inScheme")}
    assert len(kinds) > 200
    assert len(codes) > 900
    missing = [
        t.subject.value
        for t in triples
        if t.predicate in (RDFS_LABEL, *TEXTS) and t.object.language == language
        if (t.subject in kinds and t.object.value not in said["ontology"])
        or (t.subject in codes and t.object.value not in said["vocabulary"])
    ]
    assert missing == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_class_has_an_example_for_its_readers(triples, language):
    classes = {t.subject for t in triples if t.object == iri("owl:Class") and isinstance(t.subject, NamedNode)}
    shown = {t.subject for t in triples if t.predicate == iri("skos:example") and t.object.language == language}
    assert classes
    assert classes - shown == set()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_term_is_at_its_local_name_in_both_languages(pages, triples, language):
    for page, namespace in (("ontology", CBEC), ("vocabulary", VOCAB)):
        ids = set(pages[f"{page}.{language}.html"].ids)
        wanted = {
            local_name(t.subject.value)
            for t in triples
            if isinstance(t.subject, NamedNode) and t.subject.value.startswith(namespace)
            if t.object in KINDS or t.predicate == iri("skos:inScheme")
        }
        assert wanted - ids == set()


def test_an_english_page_has_no_chinese_word(pages, triples):
    english = {t.object.value for t in triples if getattr(t.object, "language", None) == "en"}
    for name in ("ontology.en.html", "vocabulary.en.html"):
        page = pages[name]
        assert [text for text in page.texts + page.told if CHINESE.search(text) and text not in english] == ["中文"]


def test_a_chinese_page_has_no_english_sentence(pages, triples):
    english = {t.object.value for t in triples if getattr(t.object, "language", None) == "en"}
    chinese = {t.object.value for t in triples if getattr(t.object, "language", None) == "zh"}
    words = {words["en"] for words in [*table().headings.values(), *table().ours.values(), *table().fixed.values()]}
    words |= {words["about"]["en"] for words in table().headings.values()} | set(table().fixed)
    chinese |= {t.object.value for t in triples if t.predicate == iri("skos:notation")}
    chinese |= {word["zh"] for word in [*table().fixed.values(), *table().ours.values()]} | set(PREFIXES)
    foreign = ({text.title() for text in words} | words | english) - chinese
    for name in ("ontology.zh.html", "vocabulary.zh.html"):
        page = pages[name]
        found = [text for text in page.texts + page.told if text in foreign]
        assert [text for text in found if text != "English"] == []
        # What has no Chinese character is a name, a code, a file or a mark, none of which is two English words.
        plain = [text for text in page.texts + page.told if not CHINESE.search(text) and text not in chinese]
        assert [text for text in plain if re.search(r"[a-z]{3,} [a-z]{3,}", text)] == []


def test_the_same_bytes_whatever_the_hashes(made, tmp_path):
    run = [sys.executable, "-W", "error", "-m", "cbec_kg", "ontology", "docs", "--to", str(tmp_path), "--lang", "zh"]
    environment = {**os.environ, "PYTHONHASHSEED": "77"}
    done = subprocess.run(run, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    written = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
    assert sorted(written) == ["index.html", "ontology.zh.html", "vocabulary.zh.html"]
    assert [line.split()[0] for line in done.stdout.splitlines()] == [str(tmp_path / name) for name in written_order()]
    # Alone, a page has no link to the other language.
    assert 'href="ontology.en.html"' not in written["ontology.zh.html"]
    link = re.compile(r'\s*<a href="\w+\.en\.html">English</a>')
    assert written["ontology.zh.html"] == link.sub("", made["ontology.zh.html"])


def written_order():
    return ["index.html", *page_names(["zh"])]


def test_logging_stays_as_it_was(made):
    assert logging.getLogger().level != logging.DEBUG


def test_without_pylode_one_line_says_what_to_install(monkeypatch, capsys, tmp_path):
    for name in [name for name in sys.modules if name.split(".")[0] == "pylode"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(sys.modules, "cbec_kg.export.reference.lode", raising=False)
    monkeypatch.delattr("cbec_kg.export.reference.lode", raising=False)
    monkeypatch.setitem(sys.modules, "pylode", None)
    assert main(["ontology", "docs", "--to", str(tmp_path / "pages")]) == 2
    told = capsys.readouterr()
    assert (told.out, told.err) == (
        "", 'cbec-kg: pages of the ontology need pylode: pip install "cbec-kg[ontology]"\n'
    )  # fmt: skip
    assert not (tmp_path / "pages").exists()


def test_a_place_that_cannot_be_written_is_named(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr("cbec_kg.export.reference.site.reference", lambda *_: {"index.html": ("", 0)})
    (tmp_path / "file").write_text("")
    assert main(["ontology", "docs", "--to", str(tmp_path / "file" / "pages")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
