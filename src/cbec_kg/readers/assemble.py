"""An article put together of its text and of what is known about it.

>>> source = assemble("a1", "Exports rose by 9.8%.", "0" * 64, {"published": "2021"}, reader="txt", where="a1.txt")
>>> source.article.lang, source.article.length, source.published_hint
('en', 21, '2021')
"""

from collections.abc import Mapping

from cbec_kg.errors import UnreadableInput
from cbec_kg.model.article import Article
from cbec_kg.readers.language import language
from cbec_kg.readers.metadata import KEYS, clean
from cbec_kg.readers.source import Source

__all__ = ["assemble", "merged"]


def assemble(
    article: str,
    text: str,
    digest: str,
    given: Mapping[str, object],
    *,
    reader: str,
    where: str,
    notes: tuple[str, ...] = (),
) -> Source:
    """Source of an article's id, its text, and the SHA-256 of its bytes.

    ``given`` is its metadata, uncleaned; a language that is not given is told from the text. Raises `UnreadableInput`
    where there is no text, or it is in neither language.
    """
    if not text or text.isspace():
        raise UnreadableInput("no text in it", fix="name an article with text")
    said = clean(given)
    lang = said.lang or language(text)
    if lang is None:
        raise UnreadableInput("its language is neither English nor Chinese", fix="where it is, say so: lang en or zh")
    known = Article(
        id=article,
        lang=lang,
        sha256=digest,
        length=len(text),
        title=said.title,
        publisher=said.publisher,
        published=said.published,
        url=said.url,
    )
    return Source(known, text, reader, where, said.published_hint, said.notes + notes)


def merged(*given: Mapping[str, object]) -> dict[str, object]:
    """Metadata of several sources, the first that has a key wins.

    >>> merged({"lang": None}, {"lang": "en", "note": "x"}, {"lang": "zh", "url": "http://example.com/"})
    {'lang': 'en', 'url': 'http://example.com/'}
    """
    told: dict[str, object] = {}
    for key in KEYS:
        value = next((one[key] for one in given if one.get(key) is not None), None)
        if value is not None:
            told[key] = value
    return told
