"""The article in a web page, by trafilatura (the extra ``articles``); called in the worker process only.

Comments are left out, tables kept; the text is the same for the same page and versions.

>>> read_html("<html><body><article><p>Exports rose by 9.8%.</p></article></body></html>").text
'Exports rose by 9.8%.'
"""

import re

from cbec_kg.errors import MissingExtra, UnreadableInput
from cbec_kg.readers.head import said
from cbec_kg.readers.source import Extracted

__all__ = ["read_html"]

_TOO_DEEP = "its elements lie too deep in each other"
_ASIDE = "save the article's text as .txt"
# libxml2 ends a text at such a character.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def read_html(page: str) -> Extracted:
    """Text of a page's article, and what its tags say; raises `UnreadableInput`, or `MissingExtra`."""
    try:
        import trafilatura
        from lxml import etree, html  # type: ignore[import-untyped]
    except ImportError:
        raise MissingExtra("html needs trafilatura", fix='pip install "cbec-kg[articles]"') from None

    page = _NOT_IN_XML.sub("", page)
    # As trafilatura parses, but for two things: its loader takes a page of a single element for no page, and without
    # huge_tree what lies 256 elements deep is lost without a word, as it does where tags of old pages are not closed.
    parser = html.HTMLParser(
        encoding="utf-8",
        collect_ids=False,
        default_doctype=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
    )
    try:
        tree = html.document_fromstring(page.encode("utf-8"), parser=parser)
    except etree.ParserError:
        raise UnreadableInput("no text in it", fix="name a page with an article") from None
    if len(parser.error_log.filter_types(etree.ErrorTypes.ERR_RESOURCE_LIMIT)):
        raise UnreadableInput(_TOO_DEEP, fix=_ASIDE)
    told = said(tree, page)
    try:
        text = trafilatura.extract(
            tree, output_format="txt", include_comments=False, include_tables=True, deduplicate=False
        )
    except RecursionError:
        raise UnreadableInput(_TOO_DEEP, fix=_ASIDE) from None
    if not text or text.isspace():
        raise UnreadableInput("no article found in it", fix=_ASIDE)
    return Extracted(text, f"trafilatura {trafilatura.__version__}", told)
