"""Ask a store in plain words: read the question, answer it, and say how it was read.

>>> from cbec_kg.store.embedded import MemoryStore
>>> ask_in_words(MemoryStore(), "What is the weather?")
Traceback (most recent call last):
    ...
cbec_kg.errors.UnreadQuestion: no figure is named in it: name what is measured, \
for example CBEC exports, goods trade, overseas warehouses
"""

from datetime import date

from cbec_kg.answer.answer import Asked, ask
from cbec_kg.answer.telling import Head
from cbec_kg.ask.question import read_question
from cbec_kg.ask.reading import Refusal
from cbec_kg.ask.telling import as_json, refused, told
from cbec_kg.store.base import Store

__all__ = ["ask_in_words"]


def ask_in_words(
    store: Store, text: str, *, today: date | None = None, lang: str | None = None
) -> tuple[Asked, Head, str]:
    """The answer, how the question was read, and the language to tell it in: ``lang``, else that of the question.

    "Last year" is counted from ``today``, else from the day of the call. Raises `UnreadQuestion` where the question is
    not understood, and what `cbec_kg.answer.answer.ask` raises.
    """
    read = read_question(text, today or date.today())
    if isinstance(read, Refusal):
        raise refused(read, lang)
    found = ask(store, read.question)
    head = Head(told(read, lang), {"reading": as_json(read)}, read.status, read.direction)
    return found, head, lang or read.lang
