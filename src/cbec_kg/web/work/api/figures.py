"""One figure in a reader: by its dimensions or in plain words, as JSON or as lines, and its receipt.

>>> from cbec_kg.store.embedded import MemoryStore
>>> unread = in_words(OpenGraph(MemoryStore()), Limits(), "What is the weather?", date(2023, 6, 15), Told())
>>> unread.status, b"".join(unread.body)[:22]
(422, b'{"type": "about:blank"')
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus

from cbec_kg.answer.answer import Asked, ask
from cbec_kg.answer.as_json import json_text
from cbec_kg.answer.question import Question
from cbec_kg.answer.receipt import make, name, text_of
from cbec_kg.answer.telling import Head, tell
from cbec_kg.ask.question import read_question
from cbec_kg.ask.reading import Refusal
from cbec_kg.ask.telling import as_json as reading_json
from cbec_kg.ask.telling import refused, told
from cbec_kg.store.following import OpenGraph
from cbec_kg.store.pool.limits import Limits
from cbec_kg.web.work.api.replying import Made

__all__ = ["Told", "by_dimensions", "in_words", "receipt"]


@dataclass(frozen=True, slots=True)
class Told:
    """How an answer is told: ``lang`` None is the language of a question in plain words."""

    lang: str | None = None
    why: bool = False
    cite: bool = False
    form: str = "json"
    media_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


def by_dimensions(graph: OpenGraph, limits: Limits, question: Question, how: Told) -> Made:
    """The answer to a question; raises `BadParameter` for what cannot be asked."""
    return _made(graph, ask(graph.store(), question), how, how.lang or "en")


def in_words(graph: OpenGraph, limits: Limits, text: str, today: date, how: Told) -> Made:
    """The same from plain words, with how they were read; a problem of status 422 where they are not understood."""
    read = read_question(text, today)
    if isinstance(read, Refusal):
        problem = {
            "type": "about:blank", "title": HTTPStatus.UNPROCESSABLE_ENTITY.phrase, "status": 422,
            "detail": str(refused(read, how.lang)), "parameter": "q", "reason": read.reason, "words": list(read.words),
        }  # fmt: skip
        return Made("application/problem+json", iter([json.dumps(problem, ensure_ascii=False).encode()]), status=422)
    found = ask(graph.store(), read.question)
    head = Head(told(read, how.lang), {"reading": reading_json(read)}, read.status, read.direction)
    return _made(graph, found, how, how.lang or read.lang, head)


def receipt(graph: OpenGraph, limits: Limits, question: Question, headers: Mapping[str, str]) -> Made:
    """The receipt of an answer, named by its digest."""
    found = ask(graph.store(), question)
    made = make(found.answer, found.indicators)
    disposition = f'inline; filename="{name(made)}"'
    return Made("application/json", iter([text_of(made).encode()]), {**headers, "Content-Disposition": disposition})


def _made(graph: OpenGraph, found: Asked, how: Told, lang: str, head: Head | None = None) -> Made:
    telling = tell(found, lang, why=how.why, cite=how.cite, build=graph.build(), head=head)
    text = json_text(telling.keys) if how.form == "json" else telling.text
    return Made(how.media_type, iter([f"{text}\n".encode()]), {**how.headers, "Content-Language": lang})
