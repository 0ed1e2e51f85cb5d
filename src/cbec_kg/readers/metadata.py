"""What is said of an article beside its text, made fit for use: dates, links, names, language.

>>> said = clean({"published": "2016-12", "publisher": "CCTV\\n", "url": "ftp://example.com/a", "lang": "zh-CN"})
>>> said.published, said.published_hint, said.publisher, said.url, said.lang
(None, '2016-12', 'CCTV', None, 'zh')
>>> said.notes
("url 'ftp://example.com/a' is left out: only http and https links are kept",)
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from cbec_kg.errors import UnreadableInput

__all__ = ["KEYS", "Metadata", "clean", "day_or_hint"]

KEYS = ("lang", "title", "publisher", "published", "url")

_LONGEST_NAME = 1000
_LONGEST_URL = 2000
_LONGEST_QUOTE = 60
_DATE = re.compile(
    r"([0-9]{4})(?:(?P<mark>[-/.])([0-9]{1,2})(?:(?P=mark)([0-9]{1,2}))?|年(?:([0-9]{1,2})月(?:([0-9]{1,2})日)?)?)?"
)
_TIME = re.compile(r"(?:T|\s+)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?\s*(?:Z|[+-][0-9]{2}:?[0-9]{2})?")
# Control characters part words; half surrogates, noncharacters and marks that turn the reading order are dropped.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_DROPPED = re.compile("[\ud800-\udfff\ufeff\ufffe\uffff\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Characters that stand in no IRI; browsers send them so.
_ESCAPED = re.compile(r'[ <>"{}|\\^`]')


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """Clean metadata; ``published`` is a day, ``published_hint`` YYYY or YYYY-MM where that is all that is known."""

    lang: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    published_hint: str | None = None
    url: str | None = None
    notes: tuple[str, ...] = ()


def clean(given: Mapping[str, object]) -> Metadata:
    """Metadata of what was given under `KEYS`; other keys are passed over, None is "not known".

    What cannot be used is left out and a note says so; only a language other than English and Chinese raises
    `UnreadableInput`, for such an article cannot be read.
    """
    notes: list[str] = []
    lang = _text(given, "lang", notes)
    if lang is not None:
        lang = _language(lang)
    published, hint = _published(given, notes)
    return Metadata(
        lang=lang,
        title=_name(given, "title", notes),
        publisher=_name(given, "publisher", notes),
        published=published,
        published_hint=hint,
        url=_url(given, notes),
        notes=tuple(notes),
    )


def day_or_hint(text: str) -> tuple[str | None, str | None] | None:
    """Day (YYYY-MM-DD) of a date with the year first, or its YYYY or YYYY-MM; None where it is no date.

    A time is left out and its zone with it: the day is that of the publisher's own clock.

    >>> day_or_hint("2021-01-16T23:30:00+08:00"), day_or_hint("2023年8月"), day_or_hint("20210116")
    (('2021-01-16', None), (None, '2023-08'), ('2021-01-16', None))
    >>> day_or_hint("2021-02-30"), day_or_hint("last week")
    (None, None)
    """
    text = text.strip()
    if re.fullmatch(r"[0-9]{8}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    found = _DATE.match(text)
    if found is None:
        return None
    year, month, day = found[1], found[3] or found[5], found[4] or found[6]
    rest = text[found.end() :]
    if rest and not (day and _TIME.fullmatch(rest)):
        return None
    if not _FIRST_YEAR <= int(year) <= _LAST_YEAR:
        return None
    try:
        checked = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    if day:
        return checked.isoformat(), None
    return None, f"{year}-{checked.month:02}" if month else year


_FIRST_YEAR, _LAST_YEAR = 1000, 2998
"""Years that the periods of rows can have, with one to spare."""


def _published(given: Mapping[str, object], notes: list[str]) -> tuple[str | None, str | None]:
    value = given.get("published")
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)  # "published": 2015
    text = _text({"published": value}, "published", notes)
    if text is None:
        return None, None
    dated = day_or_hint(text)
    if dated is None:
        notes.append(f"published {_quoted(text)} is left out: write a day, such as 2021-01-16, a month or a year")
        return None, None
    return dated


def _language(text: str) -> str:
    code = re.split(r"[-_]", text.lower(), maxsplit=1)[0]
    if code not in ("en", "zh"):
        raise UnreadableInput(f"lang is {_quoted(text)}", fix="only en and zh are read")
    return code


def _name(given: Mapping[str, object], key: str, notes: list[str]) -> str | None:
    text = _text(given, key, notes)
    if text is None:
        return None
    if len(text) > _LONGEST_NAME:
        notes.append(f"{key} is cut after {_LONGEST_NAME} characters")
        text = text[: _LONGEST_NAME - 1].rstrip() + "…"
    return text


def _url(given: Mapping[str, object], notes: list[str]) -> str | None:
    text = _text(given, "url", notes)
    if text is None:
        return None
    try:
        parts = urlsplit(text)
        usable = bool(parts.scheme in ("http", "https") and parts.hostname)
    except ValueError:
        usable = False
    if not usable:
        notes.append(f"url {_quoted(text)} is left out: only http and https links are kept")
        return None
    if len(text) > _LONGEST_URL:
        notes.append(f"url is left out: it is longer than {_LONGEST_URL} characters")
        return None
    return _ESCAPED.sub(lambda found: f"%{ord(found[0]):02X}", text)


def _text(given: Mapping[str, object], key: str, notes: list[str]) -> str | None:
    """A value as one line of printable text; None where it is not known or blank."""
    value = given.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        notes.append(f"{key} is left out: a string is wanted, and this is {type(value).__name__}")
        return None
    return " ".join(_DROPPED.sub("", _CONTROLS.sub(" ", value)).split()) or None


def _quoted(value: str) -> str:
    said = repr(value)
    return said if len(said) <= _LONGEST_QUOTE else f"{said[:_LONGEST_QUOTE]}…"
