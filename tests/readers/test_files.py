"""Files, folders, lines, standard input: what comes of each, and that a failure costs nothing but itself."""

import io
import json
import os
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from cbec_kg.readers import Failure, Source, language, read_inputs
from tests.conftest import cases
from tests.readers.made import ARTICLE, content, failure, read_one, source
from tests.readers.pdfs import LINE, pdf, says


@pytest.mark.parametrize("case", cases("readers/cases/files.yaml"))
def test_a_file_is_an_article_or_says_why_not(case, tmp_path):
    path = tmp_path / case["name"]
    path.write_bytes(content(case))
    if "sidecar" in case:
        (tmp_path / "a1.json").write_text(case["sidecar"], "utf-8")
    options = case.get("options", {})
    if "says" in case:
        assert case["says"] in failure(path, **options).message
        return
    read = source(path, **options)
    assert (read.where, read.article.sha256) == (str(path), sha256(content(case)).hexdigest())
    assert read.article.length == len(read.text)
    wanted = dict(case["wanted"])
    assert read.published_hint == wanted.pop("hint", read.published_hint)
    assert len(read.notes) == wanted.pop("notes", 0)
    assert read.reader == wanted.pop("reader", read.reader)
    assert {key: getattr(read.article, key) for key in wanted} == wanted


@pytest.mark.parametrize("case", cases("readers/cases/lines.yaml"))
def test_a_line_is_an_article_or_says_why_not(case, tmp_path):
    path = tmp_path / "lines.jsonl"
    if "digits" in case:
        line = b'{"id": "a1", "text": "up", "n": %s}' % (b"9" * case["digits"])
    elif "brackets" in case:
        line = b'{"id": "a1", "text": "up", "n": %s' % (b"[" * case["brackets"])
    else:
        line = bytes.fromhex(case["hex"]) if "hex" in case else case["line"].encode()
    path.write_bytes(b'\n{"id": "first", "text": "up"}\n' + line + b'\n{"id": "last", "text": "up"}')
    first, read, last = read_inputs([path])
    assert [one.article.id for one in (first, last)] == ["first", "last"]
    assert (first.where, read.where, last.where) == (f"{path}:2", f"{path}:3", f"{path}:4")
    if "says" in case:
        assert case["says"] in read.message
        return
    assert read.reader == "jsonl"
    assert {key: getattr(read.article, key) for key in case["wanted"]} == case["wanted"]
    assert read.article.sha256 == sha256(read.text.encode()).hexdigest()
    assert read.text == json.loads(line)["text"]


@pytest.mark.parametrize("case", cases("readers/cases/offsets.yaml"))
def test_offsets_are_true(case, tmp_path):
    path = tmp_path / "a1.md"
    path.write_bytes(b"\xef\xbb\xbf" * case.get("mark", False) + case["text"].encode())
    lines = tmp_path / "a1.jsonl"
    lines.write_text(json.dumps({"id": "a1", "text": case["text"]}), "utf-8")
    for read in (source(path), source(lines)):
        assert read.text[case["start"] : case["end"]] == case["figure"]
        assert read.article.length == len(case["text"])


def test_a_byte_order_mark_before_lines_is_left_out(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"id": "a1", "text": "up"}')
    assert source(path).article.id == "a1"


def test_options_win_over_a_line(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "a1", "text": "up", "publisher": "P", "title": "T"}')
    article = source(path, publisher="O").article
    assert (article.publisher, article.title) == ("O", "T")


def test_a_page_says_what_neither_option_nor_sidecar_does(tmp_path):
    path = tmp_path / "a1.html"
    tags = {"og:title": "page", "og:site_name": "page", "article:published_time": "2020-01-01", "og:url": "ftp://x/"}
    head = "".join(f'<meta property="{name}" content="{value}">' for name, value in tags.items())
    path.write_text(f'<html><head>{head}<link rel=canonical href="http://page.example/"></head><p>{ARTICLE}')
    (tmp_path / "a1.json").write_text('{"publisher": "sidecar", "title": "sidecar"}')
    article = source(path, title="option").article
    assert (article.title, article.publisher) == ("option", "sidecar")
    assert (article.published, article.url) == ("2020-01-01", "http://page.example/")


def test_a_folder_is_read_by_name_and_only_known_suffixes(tmp_path):
    for name in ("b/2.txt", "b/10.txt", "a.md", "a.json", "c.txt", "b.docx", ".hidden.txt", ".git/x.txt", "b/c/D.TXT"):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text("up")
    (tmp_path / "a.json").write_text('{"title": "T"}')
    read = list(read_inputs([tmp_path]))
    assert [os.path.relpath(one.where, tmp_path) for one in read] == [
        "a.md",
        "b/10.txt",
        "b/2.txt",
        "b/c/D.TXT",
        "c.txt",
    ]
    assert [one.article.title for one in read] == ["T", None, None, None, None]


def test_a_folder_deeper_than_calls_may_be(tmp_path):
    deepest = tmp_path
    for _ in range(300):
        deepest /= "d"
    deepest.mkdir(parents=True)
    (deepest / "a1.txt").write_text("up")
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(250)
    try:
        read = source(tmp_path)
    finally:
        sys.setrecursionlimit(before)
    assert read.article.id == "a1"


def test_a_link_to_a_folder_is_not_followed(tmp_path):
    (tmp_path / "a1.txt").write_text("up")
    (tmp_path / "round").symlink_to(tmp_path)
    assert [one.article.id for one in read_inputs([tmp_path])] == ["a1"]


def test_a_folder_without_articles_fails(tmp_path):
    (tmp_path / "a.docx").write_text("up")
    assert "no article in this folder" in failure(tmp_path).message


def test_inputs_keep_their_order_and_a_failure_costs_only_itself(tmp_path):
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text("up")
    inputs = [tmp_path / "b.txt", tmp_path / "none.txt", "http://127.0.0.1:9/", "", tmp_path / "a.txt"]
    read = list(read_inputs(map(str, inputs)))
    assert [type(one) for one in read] == [Source, Failure, Failure, Failure, Source]
    assert read[1].message == f"{tmp_path}/none.txt: no such file or folder: check the path"
    assert read[2].message == (
        "http://127.0.0.1:9/: a loopback address is not fetched: if you trust it, give --allow-private"
    )
    assert read[3].message == "'': the name of an input is empty: name a file, a folder, an address, or -"
    assert read[4].article.id == "a"


def test_the_second_article_with_an_id_fails(tmp_path):
    (tmp_path / "a1.txt").write_text("up")
    (tmp_path / "a1.md").write_text("")  # a failure takes no id
    (tmp_path / "a1.pdf").write_bytes(pdf(says(LINE)))
    (tmp_path / "b.jsonl").write_text(
        '{"id": "b1", "text": "up"}\n{"id": "a1", "text": "up"}\n{"id": "b1", "text": "up"}\n'
    )
    read = list(read_inputs([tmp_path]))
    assert [one.article.id if isinstance(one, Source) else one.where for one in read] == [
        f"{tmp_path}/a1.md", "a1", f"{tmp_path}/a1.txt", "b1", f"{tmp_path}/b.jsonl:2", f"{tmp_path}/b.jsonl:3",
    ]  # fmt: skip
    assert "an article with the id a1 was read before" in read[2].message


def test_standard_input_is_named_by_its_bytes():
    [read] = read_inputs(["-"], stdin=io.BytesIO("增长9.8%\r\n".encode()), published="2021")
    digest = sha256("增长9.8%\r\n".encode()).hexdigest()
    assert (read.article.id, read.article.sha256, read.where) == (f"text-{digest[:10]}", digest, "standard input")
    assert (read.text, read.reader, read.published_hint) == ("增长9.8%\r\n", "txt", "2021")


@pytest.mark.parametrize(("given", "said"), [(b"", "no text"), (b"\xff", "byte 0"), (b"a" * 20_000_001, "larger than")])
def test_standard_input_may_fail(given, said):
    [read] = read_inputs(["-"], stdin=io.BytesIO(given))
    assert read.message.startswith("standard input: ")
    assert said in read.message


def test_files_that_cannot_be_read(tmp_path):
    (tmp_path / "circle.txt").symlink_to(tmp_path / "circle.txt")
    assert "it cannot be read (Too many levels of symbolic links)" in failure(tmp_path / "circle.txt").message
    os.mkfifo(tmp_path / "pipe.txt")
    assert "it is not a regular file" in failure(tmp_path / "pipe.txt").message
    assert "it cannot be read" in failure(Path("a\0b.txt")).message
    assert "it cannot be read (File name too long)" in failure(tmp_path / ("a" * 300 + ".txt")).message
    (tmp_path / "a1.txt").write_text("up")
    assert "no such file" in failure(tmp_path / "a1.txt" / "b.txt").message
    (tmp_path / "a1.json").symlink_to(tmp_path / "a1.json")
    assert isinstance(read_one(tmp_path / "a1.txt"), Source), "a sidecar that is no file is none"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path):
    path = tmp_path / "a1.txt"
    path.write_text("up")
    path.chmod(0)
    assert "it cannot be read (Permission denied)" in failure(path).message


def test_a_name_of_strange_bytes_is_one_line(tmp_path):
    path = os.fsdecode(os.fsencode(tmp_path) + b"/a\xff\n.txt")
    with open(path, "wb"):  # noqa: PTH123 - such a name is what this is about
        pass
    assert failure(Path(path)).message.endswith(r"/a\udcff\n.txt: no text in it: name an article with text")


def test_a_sidecar_with_a_name_of_strange_characters_is_one_line(tmp_path):
    (tmp_path / "a\n1.txt").write_text("up")
    (tmp_path / "a\n1.json").write_text("[]")
    assert r"a\n1.json is no JSON object" in failure(tmp_path / "a\n1.txt").message


def test_nothing_is_read_before_it_is_asked_for(tmp_path):
    path = tmp_path / "a1.txt"

    def inputs():
        yield path
        raise AssertionError("the second input is not needed yet")

    reading = read_inputs(inputs())
    path.write_text("up")
    assert isinstance(next(reading), Source)


def test_the_corpus(shared):
    for name, hints in (("dev", 0), ("unlabelled", 7)):
        path = shared / "corpus" / f"{name}.jsonl"
        lines = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
        read = list(read_inputs([path]))
        assert [one.text for one in read] == [line["text"] for line in lines]
        assert [language(one.text) for one in read] == [line["lang"] for line in lines]
        dates = [one.article.published or one.published_hint for one in read]
        assert dates == [line["published"] for line in lines]
        assert sum(one.published_hint is not None for one in read) == hints
        assert not any(one.notes for one in read)
