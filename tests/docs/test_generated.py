"""Generated pages say what is so: the queries as they stand, their answers on the curated graph, the commands' help."""

import json
import re

import pytest

from cbec_kg.query.catalogue import Catalogue

from .generated import DOCS, generated, left_over

ANEW = "run `make docs`, and read what changed"


@pytest.fixture(scope="module")
def made(graph):
    return generated(graph)


def test_every_page_is_as_it_would_be_written_now(made):
    stale = [
        name for name, text in made.items() if not (DOCS / name).is_file() or (DOCS / name).read_text("utf-8") != text
    ]
    assert stale == [], f"docs/{stale[0]} says something else than is so: {ANEW}"
    assert left_over(made) == [], f"pages of topics that are no more: {ANEW}"


def test_every_query_has_its_place(made):
    for query in Catalogue():
        page = made[f"queries/{query.topic}.md"]
        assert f"## {query.name}\n" in page
        for text in (query.summary, query.description):
            assert text.en in page
            assert text.zh in page
        for param in query.params:
            assert f"| `{param.name}` |" in page
        anchor = f"queries/{query.topic}.md#{query.name.replace('/', '')}"
        assert anchor in made["queries.md"]


def test_every_command_is_told_of_whole(made):
    assert "## cbec-kg query\n" in made["cli.md"]
    assert "## cbec-kg bench extract\n" in made["cli.md"]
    assert "--format" in made["cli.md"]


def sentences(text):
    """Runs of a text that are long enough to be its own words: between marks, and no mere figure or name."""
    parts = re.split(r"[.!?。！？；;\n]+", text)
    return {part.strip() for part in parts if len(part.strip()) >= (16 if re.search(r"[\u4e00-\u9fff]", part) else 60)}


def test_no_sentence_of_an_article_stands_in_a_page(made, shared):
    whole = "\n".join(made.values())
    read = list(map(json.loads, (shared / "corpus" / "dev.jsonl").read_text("utf-8").splitlines()))
    titles = "\n".join(one.get("title") or "" for one in read)  # which are facts of the articles
    found = {sentence for one in read for sentence in sentences(one["text"]) if sentence not in titles}
    assert len(found) > 100
    assert [sentence for sentence in found if sentence in whole] == []
