"""Ids, dates, metadata, languages, encodings, tags of pages: cases in rows."""

import random
import re
from hashlib import sha256
from unicodedata import normalize

import pytest
from lxml.html import document_fromstring

from cbec_kg.errors import UnreadableInput
from cbec_kg.model.article import ARTICLE_ID
from cbec_kg.readers.decode import decode
from cbec_kg.readers.head import said
from cbec_kg.readers.ids import SeenIds, article_id
from cbec_kg.readers.language import language
from cbec_kg.readers.metadata import Metadata, clean, day_or_hint
from tests.conftest import cases
from tests.readers.made import content


@pytest.mark.parametrize("case", cases("readers/cases/ids.yaml"))
def test_an_id_is_the_name_or_what_fits_of_it_and_a_digest(case):
    made = article_id(case["name"])
    assert ARTICLE_ID.fullmatch(made)
    digest = sha256(normalize("NFC", case["name"]).encode("utf-8", "surrogatepass")).hexdigest()[:10]
    assert made == case.get("wanted", f"{case.get('starts')}{digest}")


def test_a_name_has_one_id_in_either_normal_form():
    composed, decomposed = normalize("NFC", "café"), normalize("NFD", "café")
    assert composed != decomposed
    assert article_id(composed) == article_id(decomposed)


def test_seen_ids_are_a_set():
    chance = random.Random(1)
    seen, known = SeenIds(), set()
    for _ in range(20_000):
        name = f"a{chance.randrange(15_000)}"
        assert (name in seen) == (name in known)
        assert seen.add(name) == (name not in known)
        known.add(name)
    assert len(seen) == len(known)


@pytest.mark.parametrize("case", cases("readers/cases/dates.yaml"))
def test_a_date_is_a_day_or_a_hint(case):
    wanted = (case.get("day"), case.get("hint"))
    assert day_or_hint(case["text"]) == (wanted if any(wanted) else None)


@pytest.mark.parametrize("case", cases("readers/cases/metadata.yaml"))
def test_metadata_is_cleaned_and_notes_say_what_is_left_out(case):
    if "fails" in case:
        with pytest.raises(UnreadableInput, match=re.escape(case["fails"])):
            clean(case["given"])
        return
    made = clean(case["given"])
    assert made == Metadata(**case["wanted"], notes=made.notes)
    assert len(made.notes) == len(case.get("notes", ()))
    assert all(words in note for note, words in zip(made.notes, case.get("notes", ()), strict=True))


def test_long_metadata_is_cut_or_left_out():
    made = clean({"title": "t" * 1001, "publisher": "p" * 1000, "url": "http://example.com/" + "u" * 2000})
    assert (len(made.title), made.title[-2:], made.publisher, made.url) == (1000, "t…", "p" * 1000, None)
    assert made.notes == ("title is cut after 1000 characters", "url is left out: it is longer than 2000 characters")


def test_a_long_value_is_quoted_short():
    [note] = clean({"published": "soon " * 1000}).notes
    assert len(note) < 200


@pytest.mark.parametrize("case", cases("readers/cases/languages.yaml"))
def test_a_language_is_told(case):
    assert language(case["text"]) == case.get("lang")


def test_a_long_text_is_told_by_its_beginning():
    assert language("增" * 20_000 + "english words " * 50_000) == "zh"


@pytest.mark.parametrize("case", cases("readers/cases/encodings.yaml"))
def test_bytes_are_read_where_it_is_certain_what_they_mean(case):
    if "says" in case:
        with pytest.raises(UnreadableInput, match=re.escape(case["says"])):
            decode(content(case), html=case.get("html", False))
        return
    decoded = decode(content(case), html=case.get("html", False))
    assert (decoded.text, decoded.encoding) == (case["text"], case["read"])


@pytest.mark.parametrize("case", cases("readers/cases/pages.yaml"))
def test_a_page_says_in_its_tags_what_it_is(case):
    page = f"<html><head>{case['head']}</head><body><h1>A heading</h1><p>16 May 2019</p></body></html>"
    assert said(document_fromstring(page), page) == case["wanted"]


def test_deep_json_in_a_page_is_passed_over():
    page = f'<html><head><script type="application/ld+json">{"[" * 100_000}</script></head><body>up</body></html>'
    assert said(document_fromstring(page), page) == {}
