"""A text as paragraphs, sentences and clauses whose offsets are those of the text as given.

>>> text = "Trade up\\n\\nBEIJING (Xinhua) -- Exports rose 5 percent, the U.S. said. Imports fell."
>>> document = Document.of(text, "en")
>>> [(document.text[s.start : s.end], s.heading) for s in document.sentences]  # doctest: +NORMALIZE_WHITESPACE
[('Trade up', True), ('BEIJING (Xinhua) -- Exports rose 5 percent, the U.S. said.', False), ('Imports fell.', False)]
>>> [s.body for s in document.sentences]
[0, 30, 69]
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from cbec_kg.normalise.period_words import simple

__all__ = ["Document", "Sentence", "matching"]


class Sentence(NamedTuple):
    """Code points ``start`` to ``end`` (exclusive) without surrounding white space.

    ``body`` is where it begins behind a dateline ("BEIJING, Jan. 31 (Xinhua) --", 央视网消息（新闻联播）：) or a list
    number; ``paragraph`` counts from 0. A ``heading`` is a paragraph that is no sentence; a ``pointer`` leads to
    another article ("Read more: ...").
    """

    start: int
    end: int
    body: int
    paragraph: int
    heading: bool
    pointer: bool


_PARAGRAPH = re.compile(r"[^\n\r]+")
_ABBREVIATION = re.compile(
    r"(?:(?<![a-z])(?:[a-z]|no|nos|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mr|mrs|ms|dr|prof|st|vs"
    r"|co|corp|inc|ltd"
    r"|approx|est|dept|gov|gen|vol|fig|p|pp|al|etc|e\.g|i\.e|u\.s|u\.k|u\.n|e\.u|p\.r|d\.c))\.$"
)
_END_EN = re.compile(r"(?<![.!?])[.!?]++[\"'”’)\]]*+(?:(?=\s)|(?<=[a-z]\.)(?=[A-Z][a-z])|$)|[。！？][”’」』）]*")
_END_ZH = re.compile(r"[。！？!?]+[”’」』）)\"]*|(?<![0-9A-Za-z])\.(?=\s|$)")
_LAST = 40
"""So many characters at a line's end tell whether it closes a paragraph."""
_STARTS_SMALL = re.compile(r"\s*[a-z]")
_CLOSED = re.compile(r"[.!?。！？;；:：,，][\"'”’」』）)\]]*\s*$")
_DATELINE = re.compile(
    r"\s*(?:\((?:[A-Z][\w' ]{1,30})\)\s*(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}\s*)?(?:--|—|–|-)\s"
    r"|(?:[A-Z][A-Za-z.'-]*[A-Z][A-Z.'-]*(?:\s[A-Z][A-Z.'-]+){0,3})(?:,\s[A-Z][\w.\s]{2,20}"
    r"(?:,\s(?:19|20)\d\d)?)?\s*(?:\([\w\s']{2,30}\)\s*)?(?:--|—|–|-)\s"
    r"|[^，。；：\s]{2,12}(?:讯|消息|电)(?:[（(][^）)]{2,30}[）)]\s*[：:]?|\s*[：:])\s*"
    r"|(?:新华社|中新社|中新网)[^，。；：\s]{2,16}电\s*(?:[（(][^）)]{2,30}[）)])?\s*)"
)
_NUMBERED = re.compile(
    r"\s*(?:#{1,6}\s+|[-*•·]\s+|[(（]?[0-9]{1,2}[)）]\s*"
    r"|[0-9]{1,2}(?:\.[0-9]{1,2})*\.?\s+(?=[A-Z\u3400-\u9fff])|[0-9]{1,2}[、.]\s?(?=[^0-9\s])"
    r"|[一二三四五六七八九十]{1,3}[、.]|[（(][一二三四五六七八九十]{1,3}[）)])"
)
_POINTER = re.compile(
    r"\s*(?:read more|see also|related|also read|more on this|相关阅读|延伸阅读|更多阅读)\s*[:：]", re.I
)
_SPEAKER = re.compile(r"[A-Z\u3400-\u9fff][^。.!?]{0,60}[:：]\s*$")


def matching(text: str) -> str:
    """The text as names and cues are looked up in it: `simple`, a hyphen or line end as a space; offsets stay."""
    return simple(text).translate(_SPACED)


_UNNAMED = dict.fromkeys(range(0xE000, 0xF900), "\ufffd")
"""Private characters mean nothing in a text, and stand for names in a masked one."""
_SPACED = (
    _UNNAMED | {ord(char): " " for char in "-‐‑–\n\r\t"} | {ord("’"): "'", ord("‘"): "'", ord("“"): '"', ord("”"): '"'}
)


@dataclass(frozen=True, slots=True)
class Document:
    """A text, what it is `matching` by, and its sentences in order."""

    text: str
    folded: str
    lang: str
    sentences: tuple[Sentence, ...]

    @classmethod
    def of(cls, text: str, lang: str) -> "Document":
        """Document of a text in English (``en``) or Chinese (``zh``)."""
        sentences: list[Sentence] = []
        paragraphs = _paragraphs(text)
        for number, (start, end) in enumerate(paragraphs):
            sentences += _sentences(text, start, end, lang, number)
        return cls(text, matching(text), lang, tuple(sentences))


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Lines, those that go on in the next line (hard-wrapped text) put together."""
    out: list[tuple[int, int]] = []
    for line in _PARAGRAPH.finditer(text):
        start, end = line.span()
        if not text[start:end].strip():
            continue
        if (
            out
            and text.count("\n", out[-1][1], start) <= 1
            and not _CLOSED.search(text, max(out[-1][0], out[-1][1] - _LAST), out[-1][1])
        ):
            wrapped = out[-1][1] - out[-1][0] > 40 and _STARTS_SMALL.match(text, start)
            if wrapped:
                out[-1] = (out[-1][0], end)
                continue
        out.append((start, end))
    return out


def _sentences(text: str, start: int, end: int, lang: str, paragraph: int) -> list[Sentence]:
    pattern = _END_EN if lang == "en" else _END_ZH
    out: list[Sentence] = []
    begin = start
    for match in pattern.finditer(text, start, end):
        if match.end() < end and lang == "en" and match[0].startswith("."):
            window = text[max(begin, match.start() - 12) : match.start() + 1].lower()
            follows = text[match.end() : match.end() + 2].strip()[:1]
            if text[begin : match.start()].strip().isdecimal():  # "1. Policies"
                continue
            if follows.islower() or (_ABBREVIATION.search(window) and not _new_start(text, match.end(), window)):
                continue
        _add(out, text, begin, match.end(), paragraph)
        begin = match.end()
    _add(out, text, begin, end, paragraph)
    if len(out) == 1:
        one = out[0]
        written = text[one.start : one.end]
        limit = 160 if lang == "en" else 70
        numbered = one.body > one.start and written[0].isdigit()
        if (len(written) <= limit and (numbered or not _CLOSED.search(written))) or _SPEAKER.fullmatch(written):
            out[0] = one._replace(heading=True)
    return out


def _new_start(text: str, at: int, window: str) -> bool:
    """Whether an abbreviation ends its sentence: a country's does before an article or a pronoun."""
    return bool(re.search(r"(?:u\.s|u\.k|inc|ltd|etc|co|corp)\.$", window)) and bool(
        re.match(r"\s+(?:The|It|In|This|That|They|He|She|A|An|But|And|As|At|For|On)\s", text[at : at + 8])
    )


_LONGEST = 1500
"""No sentence is longer, in code points: what goes on beyond is cut between words, so that no text costs too much."""


def _add(out: list[Sentence], text: str, start: int, end: int, paragraph: int) -> None:
    while end - start > _LONGEST:
        cut = max(text.rfind(char, start, start + _LONGEST) for char in " ，,；;、\n") + 1
        cut = cut if cut > start else start + _LONGEST
        _add_one(out, text, start, cut, paragraph)
        start = cut
    _add_one(out, text, start, end, paragraph)


def _add_one(out: list[Sentence], text: str, start: int, end: int, paragraph: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return
    body = start
    if not out:
        for pattern in (_NUMBERED, _DATELINE):
            if match := pattern.match(text, body, end):
                body = match.end() if match.end() < end else body
    pointer = _POINTER.match(text, start, end)
    body = pointer.end() if pointer else body
    out.append(Sentence(start, end, body, paragraph, pointer is not None, pointer is not None))
