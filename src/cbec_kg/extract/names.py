"""Names that the graph does not know, where the words around them leave no doubt that they are names.

>>> from cbec_kg.extract.document import Document
>>> from cbec_kg.extract.mentions import default_finder
>>> from cbec_kg.extract.scan import scan
>>> text = "Sample Widget Group joined the “Far Shores Plan”. 示例厅印发《示例管理办法》。"
>>> sentences = scan(Document.of(text, "en"), default_finder())
>>> [(found.name, found.candidate) for one in sentences for found in names_in(one, default_finder().lexicon)]
[('Sample Widget Group', 'Company'), ('Far Shores Plan', 'Programme'), ('示例管理办法', 'Policy')]
"""

import re
from collections.abc import Iterator
from functools import cache

from cbec_kg.extract.masks import UnknownName
from cbec_kg.extract.scan import Scanned
from cbec_kg.extract.words import any_word, read_toml
from cbec_kg.ontology.lexicon import Lexicon

__all__ = ["names_in"]

_LONGEST = 60
_NAMED = frozenset({"Actor", "Event", "Initiative", "Document", "Product", "Facility", "SpecialZone"})


@cache
def _table() -> dict[str, dict[str, dict[str, str]]]:
    return read_toml("names.toml")


def _classes(section: str, lang: str) -> Iterator[tuple[str, str]]:
    """Each class of a section with the alternation of its words."""
    for candidate, words in _table()[section][lang].items():
        yield candidate, any_word(words.split("|"))


def _groups(section: str, lang: str) -> str:
    return "|".join(f"(?P<{candidate}>{words})" for candidate, words in _classes(section, lang))


_CAPITAL = r"[A-Z][\w&'’.-]*"


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    joint = r"(?:of|for|the|on|in|&|de)"
    personal = r"[A-Z][a-z]+(?:[ -][A-Z][a-z]+){1,2}"
    titles = _table()["title"]["en"]["words"]
    person = _table()["title"]["zh_person"]
    return {
        "title": re.compile(rf"《(?P<name>[^《》\n]{{4,{_LONGEST}}})》"),
        "title_end": re.compile(rf"(?:{_groups('title', 'zh')})(?:（[^（）]*）|\([^()]*\))?$"),
        "quoted_zh": re.compile(
            rf"[“\"](?P<name>[^“”\"，。；、！？\n]{{2,24}})[”\"]"
            rf"(?P<next>(?:系列|专项|三年|培训|招聘)*(?:{any_word(w for _, ws in _classes_zh() for w in ws)}))?"
        ),
        "quoted_en": re.compile(r"[“\"](?P<name>[A-Z0-9][^“”\"\n,;]{3,59}?)[”\"](?P<next> \w+(?: \w+)?)?"),
        "last": re.compile(
            rf"(?<![\w'’.-])(?P<name>{_CAPITAL}(?:[ ](?:{joint} (?:{joint} )?)?{_CAPITAL}){{0,7}}?[ ]"
            rf"(?:{_groups('last', 'en')}))\b(?![ ][A-Z])"
        ),
        "before": re.compile(
            rf"\b(?:{_groups('before', 'en')})(?: (?:called|named|dubbed))? (?P<name>{_CAPITAL}(?: {_CAPITAL}){{0,2}})"
        ),
        "person": re.compile(
            rf"\b(?i:{titles})(?: (?i:of|for|at) (?:the )?[A-Z][\w ]{{2,40}},)? "
            rf"(?P<name>{personal})\b"
        ),
        "person_behind": re.compile(rf"(?<![\w-])(?P<name>{personal}), (?:an? |the )?(?:[a-z]+ ){{0,3}}(?:{titles})\b"),
        "person_zh": re.compile(
            rf"(?:{person['words']})(?P<name>[{person['families']}][\u4e00-\u9fff]{{1,2}}?)(?={person['speech']})"
        ),
    }


def _classes_zh() -> list[tuple[str, list[str]]]:
    return [(candidate, words.split("|")) for candidate, words in _table()["quoted"]["zh"].items()]


def names_in(scanned: Scanned, lexicon: Lexicon) -> list[UnknownName]:
    """Unknown names of a sentence, in order and apart; what overlaps a known one is none."""
    text, start, end = scanned.document.text, scanned.sentence.body, scanned.sentence.end
    found = sorted(_found(text, start, end, scanned.document.lang), key=lambda name: (name.start, -name.end))
    known = [
        (item.start, item.end)
        for item in scanned.items
        if any((entry := lexicon.entries.get(code)) and entry.classes & _NAMED for code in item.terms)
    ]
    whole = {(item.start, item.end) for item in scanned.items if item.terms}
    out: list[UnknownName] = []
    for name in found:
        if out and name.start < out[-1].end:
            continue
        if any(a < name.end and name.start < b for a, b in known) or (name.start, name.end) in whole:
            continue
        out.append(name)
    return out


def _found(text: str, start: int, end: int, lang: str) -> Iterator[UnknownName]:
    patterns = _patterns()
    if text.find("《", start, end) >= 0:
        for match in patterns["title"].finditer(text, start, end):
            kind = patterns["title_end"].search(match["name"])
            yield _name(match, _class(kind) if kind else "Document")
    if lang == "zh":
        yield from _chinese(text, start, end)
        return
    for match in patterns["last"].finditer(text, start, end):
        begin = match.start("name")
        words = match["name"].split()
        if words[0] in ("The", "A", "An", "This", "Its", "In", "At", "For", "And", "But", "As", "On", "By", "With"):
            begin += len(words[0]) + 1
            words = words[1:]
        if len(words) > 1 and words[0][:1].isupper():
            yield UnknownName(begin, match.end("name"), text[begin : match.end("name")], _class(match))
    for match in patterns["before"].finditer(text, start, end):
        yield _name(match, next(name for name, words in match.groupdict().items() if words and name != "name"))
    for name in ("person", "person_behind"):
        for match in patterns[name].finditer(text, start, end):
            yield _name(match, "Person")
    for match in patterns["quoted_en"].finditer(text, start, end):
        words = [word for word in re.findall(r"[A-Za-z0-9]+", match["name"]) if len(word) > 3]
        if words and all(word[0].isupper() or word[0].isdigit() for word in words) and match["name"][-1] not in ".!?":
            beside = (
                f"{text[max(start, match.start() - 16) : match.start()]} {match['name'][-14:]} {match['next'] or ''}"
            )
            for candidate, cues in _classes("beside", "en"):
                if re.search(rf"\b(?:{cues})\b", beside.lower()):
                    yield _name(match, candidate)
                    break


def _chinese(text: str, start: int, end: int) -> Iterator[UnknownName]:
    patterns = _patterns()
    for match in patterns["quoted_zh"].finditer(text, start, end):
        for candidate, words in _classes_zh():
            if match["name"].endswith(tuple(words)) or (match["next"] or "").endswith(tuple(words)):
                yield _name(match, candidate)
                break
    for match in patterns["person_zh"].finditer(text, start, end):
        yield _name(match, "Person")


def _class(match: re.Match[str]) -> str:
    """The class whose words a match found."""
    return next(name for name, words in match.groupdict().items() if words and name != "name")


def _name(match: re.Match[str], candidate: str) -> UnknownName:
    return UnknownName(match.start("name"), match.end("name"), match["name"], candidate)
