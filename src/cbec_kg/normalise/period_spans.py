"""Spans reckoned from the day of publication or from what the text spoke of before, weekdays, and phrases.

>>> from cbec_kg.normalise.period_tokens import tokens
>>> [(token.first.form, token.first.unit, token.first.steps) for token in tokens("过去10年, two weeks ago, 未来三年")]
[('past', 'year', -10), ('ago', 'day', -14), ('next', 'year', 3)]
"""

import re
from functools import cache

from cbec_kg.normalise.moments import Moment
from cbec_kg.normalise.period_match import Found, Reader, Token, count_of, make
from cbec_kg.normalise.period_words import default_period_words, spaced

__all__ = ["SPANS"]

_WEEKS = {
    "": ("", 0), "last": ("before", 0), "this": ("week", 0), "next": ("after", 0), "coming": ("after", 0),
    "上": ("week", -1), "本": ("week", 0), "这": ("week", 0), "下": ("week", 1),
}  # fmt: skip


_NUMBERED = re.compile(r"(?:\dth|teenth|tenth|eleventh|twelfth)\s$")


def _span(found: Found, form: str, sign: int, name: str) -> Token | None:
    """Past, next and ago: so many units from publication."""
    unit, size = default_period_words().units[spaced(found.group(f"{name}_unit"))]
    written = found.group(f"{name}_count") or "one"
    if written.startswith("half"):  # half a year, half a decade
        if unit != "year":
            return None
        unit, size, written = ("month", 6, "one") if size == 1 else ("year", 5, "one")
    count = count_of(written) * size * sign
    anchor = Moment("publication" if unit == "year" else "day", unit=unit, steps=count, form=form)
    return make(found, anchor) if count else _vague(found)  # two or three years


def _vague(found: Found) -> Token | None:
    return make(found, Moment("none", form="vague"))


def _past(found: Found) -> Token | None:
    form, sign = ("next", 1) if found.kind == "next" else ("past", -1)
    if found.group(f"{form}_few"):
        return _vague(found)
    unit = found.group(f"{form}_unit")
    if not found.group(f"{form}_count"):
        if unit.endswith("s"):
            return _vague(found)
        if unit == "day":
            return None
    return _span(found, form, sign, form)


def _ago(found: Found) -> Token | None:
    """Years ago are reckoned from publication, years earlier from what was spoken of."""
    written = found.group("ago_count")
    if written in default_period_words().spans["few"]:
        return _vague(found)
    if not found.group("ago_earlier"):
        return _span(found, "ago", -1, "ago")
    unit, size = default_period_words().units[spaced(found.group("ago_unit"))]
    count = -count_of(written) * size
    if unit == "year":
        return make(found, Moment("text", offset=count, form="same"))
    return make(found, Moment("text", unit=unit, steps=count))


def _duration(found: Found) -> Token | None:
    if _NUMBERED.search(found.before):  # the 14th five-year plan
        return None
    return make(found, Moment("none", form="duration"))


@cache
def _behind() -> dict[str, re.Pattern[str]]:
    """What must not stand right before a phrase."""
    phrases = default_period_words().phrases
    return {word: re.compile(f"(?:{'|'.join(phrase.behind)})$") for word, phrase in phrases.items() if phrase.behind}


def _phrase(found: Found) -> Token | None:
    word = spaced(found.match.group())
    if word in _behind() and _behind()[word].search(found.before):
        return None
    phrase = default_period_words().phrases[word]
    return make(found, phrase.moment, relation=phrase.relation)


def _weekday(found: Found, name: str, which: str) -> Token | None:
    if re.search(r"(?:black|cyber|super|good|每个?|[0-9一二三四五六七八九两双])\s?$", found.before):
        return None
    form, offset = _WEEKS[found.group(which)]
    day = default_period_words().weekdays[found.group(name)]
    return make(found, Moment("day", unit="weekday", steps=day, offset=offset, form=form))


def _han_ago(found: Found) -> Token | None:
    return None if re.search("[近第前每]$", found.before) else _span(found, "ago", -1, "han_ago")


def _han_since(found: Found) -> Token | None:
    return None if re.search("[第近每]$", found.before) else _span(found, "past", -1, "han_since")


def _han_duration(found: Found) -> Token | None:
    return None if re.search(r"[.第]$", found.before) else _duration(found)


def _han_date(found: Found) -> Token | None:
    """A day without its month, as in 记者8日获悉."""
    if re.search(r"(?:(?<![本上下个])月|[第近前满每\d.一二三四五六七八九十号次今昨明即])$", found.before):
        return None
    first, last = found.number("han_date_day"), found.number("han_date_last")
    if not 1 <= first <= 31 or (found.group("han_date_last") and not first < last <= 31):
        return None
    day = Moment("day", unit="date", steps=first)
    return make(found, day, day._replace(steps=last) if last else None)


SPANS: dict[str, Reader] = {
    "phrase": _phrase, "phrase_han": _phrase, "past": _past, "next": _past, "ago": _ago, "series": _duration,
    "short_span": lambda found: _span(found, "past", -1, "span"), "duration": _duration,
    "weekday": lambda found: _weekday(found, "weekday_name", "weekday_which"),
    "han_weekday": lambda found: _weekday(found, "han_weekday_name", "han_week"),
    "han_past": lambda found: _span(found, "past", -1, "han_past"),
    "han_next": lambda found: _span(found, "next", 1, "han_next"),
    "han_since": _han_since, "han_ago": _han_ago, "han_lasting": _duration, "han_duration": _han_duration,
    "han_date": _han_date,
}  # fmt: skip
