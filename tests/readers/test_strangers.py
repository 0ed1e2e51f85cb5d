"""PDF and HTML files are a stranger's: whatever they do to the reader, the reader's reader goes on."""

import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cbec_kg.errors import MissingExtra, UnreadableInput
from cbec_kg.readers import Failure, Sandbox, Source, jsonl, read_inputs, sandbox
from cbec_kg.readers.html import read_html
from cbec_kg.readers.pdf import read_pdf
from tests.readers.made import ARTICLE, failure, page, source
from tests.readers.pdfs import LINE, encrypted, pdf, says

# libxml2 looks each attribute of an element up among those before it.
SLOW = page("<p " + " ".join(f"a{number}=1" for number in range(400_000)) + ">up</p>")
HUNGRY = page("<p>" + "<i>a</i>" * 300_000)


@pytest.fixture(scope="module")
def patient():
    """A sandbox that many tests share."""
    with Sandbox(seconds=20) as made:
        yield made


@pytest.fixture
def read(tmp_path):
    """Reads bytes as a file of this name."""

    def reading(name: str, content: bytes, **options) -> Source | Failure:
        path = tmp_path / name
        path.write_bytes(content)
        [one] = read_inputs([path], **options)
        return one

    return reading


def test_a_pdf_is_its_pages_joined_by_line_feeds(tmp_path):
    path = tmp_path / "a1.pdf"
    path.write_bytes(pdf(says("Exports rose by 9.8 percent"), says("in the first half of the year."), deflated=1))
    made = source(path)
    assert made.text == "Exports rose by 9.8 percent\nin the first half of the year."
    assert made.reader.startswith("pdf pypdf 7.")
    assert (made.article.id, made.article.length, made.notes) == ("a1", len(made.text), ())


def test_a_pdf_with_a_page_that_is_a_picture_says_so(read, patient):
    assert read("a1.pdf", pdf(says(LINE), b"0 0 m 9 9 l S"), sandbox=patient).notes == ("1 of 2 pages hold no text",)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(pdf(b"0 0 m 9 9 l S"), "no text in it: it needs OCR first", id="no text"),
        pytest.param(pdf(), "no text in it", id="no page"),
        pytest.param(encrypted("secret"), "it is encrypted: save it without a password", id="encrypted"),
        pytest.param(
            pdf(says(LINE), trailer=b"/Encrypt << /Filter /Standard /V 5 /R 6 /Length 256 /P -4 /O (o) /U (u) >>"),
            "it is encrypted",
            id="encrypted in a way that is not known here",
        ),
        pytest.param(
            pdf(b"\0" * 100_000_000, deflated=2),
            "page 1 of it cannot be read (LimitReachedError)",
            id="a bomb of 100 MB",
        ),
        pytest.param(pdf(b"[" * 100_000), "no text in it", id="arrays in arrays"),
        pytest.param(
            pdf(says(LINE), trailer=b"/X " + b"[" * 100_000), "it is no PDF that can be read", id="a deep trailer"
        ),
        pytest.param(pdf(says(LINE))[:300], "it is no PDF that can be read", id="cut"),
    ],
)
def test_a_pdf_that_is_no_article(content, said, read, patient):
    assert said in read("a1.pdf", content, sandbox=patient).message


def test_a_pdf_that_opens_without_a_password_is_read(read, patient):
    assert read("a1.pdf", encrypted(""), sandbox=patient).text == LINE


def test_a_page_is_its_article(read, patient):
    table = "<table><tr><td>2021</td><td>1.98 trillion yuan</td></tr></table>"
    body = (
        f"<nav><a href=/>Home</a></nav><article><p>{ARTICLE}</p><p>So it is.</p>{table}</article><footer>Mail</footer>"
    )
    made = read("a1.html", page(body), sandbox=patient)
    assert made.reader.startswith("html trafilatura 2.")
    assert made.text == f"{ARTICLE.strip()}\nSo it is.\n| 2021 | 1.98 trillion yuan |"


def test_what_readers_say_below_is_left_out(read, patient):
    body = f'<article><p>{ARTICLE * 3}</p></article><div id="comments" class="comments"><p>First! {ARTICLE}</p></div>'
    assert "First!" not in read("a1.html", page(body), sandbox=patient).text


def test_tags_that_are_never_closed_lose_no_text(read, patient):
    body = "".join(f"<font><p>{ARTICLE} {number}.</p>" for number in range(400))
    assert " 399." in read("a1.html", page(body), sandbox=patient).text


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "table><tr><td"])
def test_a_hundred_thousand_nested_tags(tag, read, patient):
    made = read("a1.html", page(f"<p>{ARTICLE}</p>" + f"<{tag}>" * 100_000 + ARTICLE), sandbox=patient)
    assert "its elements lie too deep in each other" in made.message


def test_a_page_is_read_alike_first_and_last(read, tmp_path):
    content = page(f"<article><p>{ARTICLE}</p></article>", '<meta property="og:title" content="T">')
    with Sandbox() as shared:
        first = read("a1.html", content, sandbox=shared)
        assert isinstance(read("b1.html", page("<p>" * 1000 + ARTICLE), sandbox=shared), Failure | Source)
        last = read("a1.html", content, sandbox=shared)
    assert first == last == read("a1.html", content)


def test_a_file_that_takes_too_long(read, patient):
    started = time.monotonic()
    with Sandbox(seconds=1) as hasty:
        made = read("a1.html", SLOW, sandbox=hasty)
        assert "reading it took more than 1 seconds" in made.message
        assert time.monotonic() - started < 10
        assert hasty.pid is None
        hasty.seconds = 20
        assert isinstance(read("b1.html", page(ARTICLE), sandbox=hasty), Source)


def test_a_file_that_takes_too_much_memory(read):
    with Sandbox(memory_bytes=200_000_000) as narrow:
        assert "reading it needs more memory than 191 MB" in read("a1.html", HUNGRY, sandbox=narrow).message
        assert isinstance(read("b1.html", page(ARTICLE), sandbox=narrow), Source)


def test_a_worker_that_crashes_on_a_file(read):
    with Sandbox() as made:
        killing = threading.Timer(1, lambda: os.kill(made.pid, signal.SIGSEGV))
        killing.start()
        assert "reading it brought the reader down (status -11)" in read("a1.html", SLOW, sandbox=made).message
        killing.join()
        assert isinstance(read("b1.html", page(ARTICLE), sandbox=made), Source)


def test_a_worker_that_died_between_files_is_replaced(read):
    with Sandbox() as made:
        assert isinstance(read("a1.html", page(ARTICLE), sandbox=made), Source)
        first = made.pid
        os.kill(first, signal.SIGKILL)
        assert isinstance(read("b1.html", page(ARTICLE), sandbox=made), Source)
        assert made.pid != first


def test_a_worker_serves_many_files_and_then_makes_room(read, monkeypatch):
    monkeypatch.setattr(sandbox, "FILES_A_WORKER", 2)
    with Sandbox() as made:
        pids = [read(f"a{number}.html", page(ARTICLE), sandbox=made) and made.pid for number in range(4)]
    assert pids[0] is not None
    assert pids[1] is pids[3] is None
    assert pids[2] not in (None, pids[0])


def test_an_answer_that_is_too_long(read, monkeypatch):
    monkeypatch.setattr(sandbox, "LONGEST_ANSWER", 1000)
    assert "its text is longer than 1,000 bytes" in read("a1.html", page(f"<p>{ARTICLE * 10}")).message


def test_no_worker_outlives_its_reading(tmp_path):
    (tmp_path / "a1.html").write_bytes(page(ARTICLE))
    (tmp_path / "b1.html").write_bytes(page(ARTICLE))
    before = children()
    reading = read_inputs([tmp_path])
    assert isinstance(next(reading), Source)
    assert len(children() - before) == 1
    reading.close()
    assert children() == before


def children() -> set[str]:
    """Processes that this one started."""
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())


@pytest.mark.parametrize("library", ["trafilatura", "pypdf"])
def test_a_library_that_is_not_installed(library, read, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtra, match=f"needs {library}"):
        read_html("<p>up</p>") if library == "trafilatura" else read_pdf(b"")
    (tmp_path / "absent").mkdir()
    (tmp_path / "absent" / f"{library}.py").write_text("raise ImportError")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "absent"))
    name = "a1.html" if library == "trafilatura" else "a1.pdf"
    assert f'needs {library}: pip install "cbec-kg[articles]"' in read(name, b"up").message


def test_nothing_is_imported_from_where_the_files_lie(read, tmp_path, monkeypatch):
    for name in ("pypdf", "json", "trafilatura", "lxml", "cbec_kg"):
        (tmp_path / f"{name}.py").write_text("raise ImportError")
    monkeypatch.chdir(tmp_path)
    assert isinstance(read("a1.pdf", pdf(says(LINE))), Source)
    assert isinstance(read("a1.html", page(ARTICLE)), Source)


def test_the_worker_can_write_no_file(tmp_path):
    code = (
        "from pathlib import Path; from cbec_kg.readers import worker;"
        "worker._limit(2**34); Path('written').write_text('up')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "File too large" in done.stderr
    assert not (tmp_path / "written").read_text()


def test_a_stream_of_lines_takes_no_more_memory_when_it_is_longer(tmp_path):
    def lines(count):
        path = tmp_path / f"{count}.jsonl"
        with path.open("w") as file:
            for number in range(count):
                file.write(json.dumps({"id": f"a{number}", "text": ARTICLE * 5}) + "\n")
        return path

    def peak_of(path, count):
        tracemalloc.start()
        try:
            assert sum(isinstance(one, Source) for one in read_inputs([path])) == count
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    short, long = lines(500), lines(5_000)
    assert long.stat().st_size > 4_700_000
    peak_of(short, 500)  # what is imported and remembered at first is of no length
    assert peak_of(long, 5_000) < peak_of(short, 500) + 300_000


def test_a_line_that_is_too_long_is_never_held(tmp_path, monkeypatch):
    monkeypatch.setattr(jsonl, "LONGEST_LINE", 10_000)
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"id": "a1", "text": "' + b"a" * 8_000_000 + b'"}\n{"id": "a2", "text": "up"}\n')
    tracemalloc.start()
    try:
        long, short = read_inputs([path])
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert f"{path}:1: the line is longer than 10,000 bytes" in long.message
    assert (short.article.id, short.where) == ("a2", f"{path}:2")
    assert peak < 2_000_000


def test_a_line_of_just_the_limit_is_read(tmp_path, monkeypatch):
    line = b'{"id": "a1", "text": "up"}\n'
    (tmp_path / "a.jsonl").write_bytes(line)
    monkeypatch.setattr(jsonl, "LONGEST_LINE", len(line) - 1)  # the line feed is not of it
    assert source(tmp_path / "a.jsonl").article.id == "a1"
    monkeypatch.setattr(jsonl, "LONGEST_LINE", len(line) - 2)
    assert "longer" in failure(tmp_path / "a.jsonl").message


WHOLE = [
    pdf(says(LINE)),
    pdf(says(LINE), says(LINE), deflated=1),
    encrypted(""),
    page(f"<article><p>{ARTICLE}</p></article>", '<meta charset="gb2312"><meta property="og:title" content="T">'),
    "海关总署表示，我国跨境电商进出口1.22万亿元。".encode("gb18030"),
    '{"id": "a1", "text": "增长9.8%", "published": "2015"}\n'.encode(),
]
BYTES = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.text(alphabet='{}[]",:idtextu0', max_size=60).map(str.encode),
    st.text(alphabet="<>/!-\"'=pdivscrta &;", max_size=200).map(str.encode),
    # whole files, cut and joined with others, or with a byte turned into another
    st.builds(
        lambda one, other, cut, back: one[: int(cut * len(one))] + other[int(back * len(other)) :],
        st.sampled_from(WHOLE),
        st.sampled_from(WHOLE),
        st.floats(0, 1),
        st.floats(0, 1),
    ),
    st.builds(
        lambda one, at, byte: bytes([*one[: int(at * len(one))], byte, *one[int(at * len(one)) + 1 :]]),
        st.sampled_from(WHOLE),
        st.floats(0, 1),
        st.integers(0, 255),
    ),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=BYTES)
def test_any_bytes_under_any_suffix_are_an_article_or_a_failure(content, patient, tmp_path):
    for suffix in (".txt", ".md", ".html", ".pdf", ".jsonl"):
        (tmp_path / f"a{suffix}").write_bytes(content)
        started = time.monotonic()
        for one in read_inputs([tmp_path / f"a{suffix}"], sandbox=patient):
            if isinstance(one, Failure):
                assert one.message.isprintable()
            else:
                assert isinstance(one, Source)
                assert one.article.length == len(one.text) > 0
                one.text.encode("utf-8")
        assert time.monotonic() - started < patient.seconds + 5


@settings(max_examples=100, deadline=None)
@given(content=BYTES)
def test_any_bytes_on_standard_input(content):
    [one] = read_inputs(["-"], stdin=io.BytesIO(content))
    assert isinstance(one, Source | Failure)


def test_a_sandbox_can_be_closed_twice_and_used_again():
    made = Sandbox()
    made.close()
    assert made.read("html", page(ARTICLE)).text == ARTICLE.strip()
    made.close()
    made.close()
    assert made.pid is None
    with pytest.raises(UnreadableInput):
        made.read("pdf", b"")
    made.close()
