"""The text of a PDF, by pypdf (the extra ``articles``); called in the worker process only.

>>> read_pdf(b"no pdf")
Traceback (most recent call last):
cbec_kg.errors.UnreadableInput: it is no PDF that can be read (PdfStreamError): save its text as .txt
"""

import logging
import re
from io import BytesIO

from cbec_kg.errors import MissingExtra, UnreadableInput
from cbec_kg.readers.source import Extracted

__all__ = ["LONGEST_TEXT", "read_pdf"]

LONGEST_TEXT = 10_000_000
"""Code points after which a text is taken for no article's; a book has a million."""

_HALF_SURROGATE = re.compile("[\ud800-\udfff]")


def read_pdf(content: bytes) -> Extracted:
    """Text of all pages, joined by line feeds; raises `UnreadableInput`, or `MissingExtra`.

    A PDF that opens without a password is read, whatever it forbids besides.
    """
    try:
        from pypdf import PdfReader, __version__
        from pypdf.errors import DependencyError
    except ImportError:
        raise MissingExtra("pdf needs pypdf", fix='pip install "cbec-kg[articles]"') from None

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # a broken file can cause a message a byte
    try:
        reader = PdfReader(BytesIO(content))
        locked = reader.is_encrypted and not reader.decrypt("")
    except (DependencyError, NotImplementedError):
        locked = True
    except Exception as error:
        raise _broken("it is no PDF that can be read", error) from None
    if locked:
        raise UnreadableInput("it is encrypted", fix="save it without a password")
    texts: list[str] = []
    length = 0
    try:
        for page in reader.pages:
            texts.append(page.extract_text())
            length += len(texts[-1]) + 1
            if length > LONGEST_TEXT:
                raise UnreadableInput(f"its text is longer than {LONGEST_TEXT:,} characters", fix="split it")
    except UnreadableInput:
        raise
    except Exception as error:
        raise _broken(f"page {len(texts) + 1} of it cannot be read", error) from None
    text = _HALF_SURROGATE.sub("\ufffd", "\n".join(texts))
    if not text or text.isspace():
        raise UnreadableInput("no text in it", fix="it needs OCR first")
    blank = sum(not one or one.isspace() for one in texts)
    notes = (f"{blank} of {len(texts)} pages hold no text",) if blank else ()
    return Extracted(text, f"pypdf {__version__}", notes=notes)


def _broken(problem: str, error: Exception) -> Exception:
    """What a stranger's file made pypdf raise, as one line; want of memory is the process's, not the file's."""
    if isinstance(error, MemoryError):
        return error
    return UnreadableInput(f"{problem} ({type(error).__name__})", fix="save its text as .txt")
