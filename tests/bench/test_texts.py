"""What is measured with: made-up articles, and copies with other figures and names."""

import json
import re
from itertools import islice

import pytest

from cbec_kg.bench.corpus import MADE_UP, Corpus, utf8_size
from cbec_kg.bench.variants import block, copies, enlarged, sentence, varied, write_jsonl
from cbec_kg.errors import UnreadableInput


def test_made_up_articles_are_read_whole():
    corpus = Corpus.read([])
    assert [len(corpus.of(lang)) for lang in corpus.languages()] == [8, 8]
    assert corpus.paths == (MADE_UP,)
    assert len(MADE_UP.read_text("utf-8").splitlines()) == len(corpus.sources)


def test_made_up_articles_share_no_phrase_with_an_article(shared):
    """Seven words in a row, or thirteen characters of Chinese."""
    lines = [line for path in (shared / "corpus").glob("*.jsonl") for line in path.read_text("utf-8").splitlines()]
    known = "\n".join(json.loads(line)["text"] for line in lines)
    assert len(lines) > 70
    for source in Corpus.read([]).sources:
        units, join = (source.text.split(), " ") if source.article.lang == "en" else (list(source.text), "")
        size = 7 if join else 13
        phrases = [join.join(units[start : start + size]) for start in range(len(units) - size + 1)]
        assert phrases
        assert [phrase for phrase in phrases if phrase in known] == []


def test_half_a_corpus_is_no_corpus(tmp_path):
    path = tmp_path / "broken.jsonl"
    path.write_text('{"id": "a", "text": "Exports rose 5 percent in 2022.", "lang": "en"}\n{no json\n', "utf-8")
    with pytest.raises(UnreadableInput, match=r"broken\.jsonl:2"):
        Corpus.read([path])


@pytest.mark.parametrize("source", Corpus.read([]).sources, ids=lambda source: source.article.id)
def test_other_figures_same_length_same_dates(source):
    text, other = source.text, varied(source.text, 7)
    assert len(other) == len(text)
    assert other != text
    assert re.sub(r"\d", "0", other) == re.sub(r"\d", "0", text)
    for years in (r"(?:19|20)\d\d(?=年)", r"(?<=in )(?:19|20)\d\d(?!,\d)"):
        assert re.findall(years, text) == re.findall(years, other)
    assert varied(text, 0) == text
    assert varied(text, 7) == other != varied(text, 8)


def test_every_copy_is_its_own():
    sources = Corpus.read([]).sources
    some = list(islice(copies(sources), 5 * len(sources)))
    assert len({one.article.id for one in some}) == len({one.text for one in some}) == len(some)
    assert all(one.article.length == len(one.text) for one in some)
    assert len({sentence(lang, number) for lang in ("en", "zh") for number in range(500)}) == 1000


def test_enlarged_stops_at_its_size():
    sources = Corpus.read([]).sources
    assert list(enlarged(sources, 0)) == []
    size = utf8_size(enlarged(sources, 50_000))
    assert 50_000 <= size < 50_000 + max(len(source.text.encode()) + 200 for source in sources)


def test_blocks_of_one_article_are_never_the_same():
    sources = Corpus.read([]).of("zh")[:1]
    blocks = [block(sources, 600, number) for number in range(1, 9)]
    parts = [part for one in blocks for part in one.split("\n\n") if re.search(r"\d\d\.\d", part)]
    assert len(parts) == len(set(parts)) > 16


def test_copies_are_read_as_they_were_written(tmp_path):
    made = list(enlarged(Corpus.read([]).sources, 10_000))
    articles, size = write_jsonl(tmp_path / "many.jsonl", made)
    back = Corpus.read([tmp_path / "many.jsonl"])
    assert (articles, size) == (len(made), utf8_size(made))
    assert [(one.article.id, one.article.lang, one.article.published, one.text) for one in back.sources] == [
        (one.article.id, one.article.lang, one.article.published, one.text) for one in made
    ]
