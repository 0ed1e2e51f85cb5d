"""A sentence in which each thing it names is one character, so that a pattern can ask for a thing of some kind.

>>> from cbec_kg.extract.document import Document
>>> from cbec_kg.extract.mentions import default_finder
>>> from cbec_kg.extract.scan import scan
>>> sentence = scan(Document.of("AliExpress uses big data in 2023.", "en"), default_finder())[0]
>>> masked = mask(sentence, default_finder().lexicon, ())
>>> [(thing.kind, thing.code) for thing in masked.things.values()], masked.text[1:7]
([('O', 'aliexpress'), ('C', 'big-data')], ' USES ')
>>> masked.span(7, 8)
(16, 24)
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from cbec_kg.extract.document import matching
from cbec_kg.extract.scan import Item, Scanned
from cbec_kg.extract.words import cased, read_toml, verb_forms
from cbec_kg.ontology.lexicon import Entry, Lexicon

__all__ = [
    "AMOUNT",
    "ANY",
    "KINDS",
    "PERIOD",
    "Masked",
    "Thing",
    "UnknownName",
    "code_of",
    "kind_of",
    "mask",
    "thing_named",
]

KINDS = "CGORLNEISQ"
"""Kinds of things: concept, group of actors, organisation or platform, person, place, nation, event, initiative (or
product or document), site (zone or facility), and a name that the graph does not know (Q)."""

PERIOD, AMOUNT = "\uf000", "\uf001"
_BLOCK = 0x100
ANY = f"[{chr(0xE000)}-{chr(0xE000 + len(KINDS) * _BLOCK - 1)}]"
"""Character class of all things."""
_BASE = {kind: 0xE000 + number * _BLOCK for number, kind in enumerate(KINDS)}
_PREFERRED = ("Phenomenon", "Technology", "Policy", "ActorGroup", "Company", "Platform", "Sector", "Indicator")
_VAGUE = frozenset({"services", "physical-goods", "digital-services"})
"""Sectors so wide that "goods" or "services" names nothing that a statement could be about."""


class UnknownName(NamedTuple):
    """A name that the graph does not know, code points ``start`` to ``end``, and the class that its words suggest."""

    start: int
    end: int
    name: str
    candidate: str

    @property
    def classes(self) -> frozenset[str]:
        """The class that is suggested, and those above it."""
        return frozenset({"Entity", self.candidate, *_ABOVE.get(self.candidate, ())})


_ABOVE = {
    "Company": ("Organization", "Actor"),
    "Association": ("Organization", "Actor"),
    "ResearchInstitute": ("Organization", "Actor"),
    "GovernmentBody": ("Organization", "Actor"),
    "Platform": ("Actor",),
    "Person": ("Actor",),
    "Programme": ("Initiative",),
    "Policy": ("Initiative",),
    "TradeAgreement": ("Initiative",),
    "Report": ("Document",),
    "Standard": ("Document",),
}


def code_of(name: str) -> str:
    """Code of a name that the graph does not know: ``x-`` and the start of the digest of its NFKC form."""
    return "x-" + hashlib.sha256(unicodedata.normalize("NFKC", name).encode()).hexdigest()[:20]


class Thing(NamedTuple):
    """What one character stands for; ``terms`` are all codes that the words may mean, ``code`` the one preferred,
    ``word`` the first of the words, all in Chinese."""

    start: int
    end: int
    code: str
    kind: str
    terms: tuple[str, ...]
    classes: frozenset[str]
    word: str = ""
    unknown: UnknownName | None = None


@dataclass(slots=True)
class Masked:
    """``text`` in matching form, `cased` where it is English; its character ``n`` stands for the document's characters
    from ``starts[n]`` to ``ends[n]``."""

    text: str
    starts: list[int]
    ends: list[int]
    things: dict[str, Thing] = field(default_factory=dict)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the document of a stretch of ``text`` without its outer spaces."""
        while start < end - 1 and self.text[start] == " ":
            start += 1
        while end - 1 > start and self.text[end - 1] == " ":
            end -= 1
        return self.starts[start], self.ends[end - 1]


def kind_of(entry: Entry) -> str | None:
    """Kind of a term; None for what no statement is about."""
    classes = entry.classes
    if "Concept" in classes:
        return None if "ComparisonGroup" in classes or entry.code in _VAGUE else "C"
    for name, kind in _KIND_OF:
        if name in classes:
            return kind
    return None


_KIND_OF = (
    ("ActorGroup", "G"),
    ("Person", "R"),
    ("Country", "N"),
    ("SpecialZone", "S"),
    ("Facility", "S"),
    ("Place", "L"),
    ("Event", "E"),
    ("Initiative", "I"),
    ("Product", "I"),
    ("Document", "I"),
    ("Actor", "O"),
)


def mask(scanned: Scanned, lexicon: Lexicon, names: Iterable[UnknownName]) -> Masked:
    """A sentence masked; ``names`` stand before what the lexicon finds within them."""
    folded, parts = scanned.document.folded, list[str]()
    out = Masked("", [], [])
    counts = dict.fromkeys(KINDS, 0)

    def put(char: str, start: int, end: int) -> None:
        parts.append(char)
        out.starts.append(start)
        out.ends.append(end)

    def copy(start: int, end: int) -> None:
        text = folded[start:end]
        if "  " in text or (parts and parts[-1][-1:] == " " and text[:1] == " "):
            for at in range(start, end):
                if folded[at] != " " or (parts and parts[-1][-1:] != " "):
                    put(folded[at], at, at + 1)
        elif text:
            parts.append(text)
            out.starts.extend(range(start, end))
            out.ends.extend(range(start + 1, end + 1))

    at = scanned.sentence.body
    for start, end, thing, char in _pieces(scanned, lexicon, names):
        if start < at or end > scanned.sentence.end:
            continue
        copy(at, start)
        at = start
        if thing and counts[thing.kind] < _BLOCK:
            char = chr(_BASE[thing.kind] + counts[thing.kind])
            counts[thing.kind] += 1
            out.things[char] = thing
        if char:
            put(char, start, end)
            at = end
    copy(at, scanned.sentence.end)
    text = "".join(parts)
    out.text = cased(text) if scanned.document.lang == "en" else text
    return out


def _pieces(
    scanned: Scanned, lexicon: Lexicon, names: Iterable[UnknownName]
) -> list[tuple[int, int, Thing | None, str]]:
    """What is put behind one character, in order."""
    out: list[tuple[int, int, Thing | None, str]] = []
    unknown = list(names)
    folded = scanned.document.folded
    for name in unknown:
        titled = folded[name.start - 1 : name.start] == "《" and folded[name.end : name.end + 1] == "》"
        begin, finish = (name.start - 1, name.end + 1) if titled else (name.start, name.end)
        if found := _best(_known(lexicon).get(matching(name.name), ()), lexicon):
            entry, kind = found
            thing = Thing(name.start, name.end, entry.code, kind, (entry.code,), entry.classes)
            out.append((begin, finish, thing, ""))
            continue
        thing = Thing(name.start, name.end, code_of(name.name), "Q", (), name.classes, "", name)
        out.append((begin, finish, thing, ""))
    for item in scanned.items:
        if any(name.start < item.end and item.start < name.end for name in unknown):
            continue
        if item.period:
            out.append((item.start, item.end, None, PERIOD))
        elif item.amount:
            if item.amount.unit is not None or not scanned.document.folded[item.start : item.end].isalpha():
                out.append((item.start, item.end, None, AMOUNT))
        elif item.terms and (found := _best(item.terms, lexicon)):
            entry, kind = found
            start = _without_verb(scanned, item, lexicon) if kind == "C" else item.start
            words = folded[start : item.end]
            if start > item.start and (inner := _best(_known(lexicon).get(words, ()), lexicon)):
                entry, kind = inner
            if entry.kind == "Indicator" and entry.dimension == "count" and _bare(words):
                continue
            end = item.end - 2 if words.endswith(_ENDINGS) and len(words) > _SHORT else item.end
            words = words[: end - start]
            word = words if scanned.document.lang == "zh" else re.split(r"\W", words, maxsplit=1)[0]
            out.append((start, end, Thing(start, end, entry.code, kind, item.terms, entry.classes, word), ""))
    return sorted(out, key=lambda piece: piece[:2])


_ENDINGS = ("影响", "带动", "推动")
_SHORT = 3


def _bare(words: str) -> bool:
    """Whether a count is only of "cities" or 措施, which says nothing of what is counted."""
    return " " not in words if words.isascii() else len(words) < _SHORT


@cache
def _known(lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    """Codes by name, for what another mention hides."""
    out: dict[str, tuple[str, ...]] = {}
    for pairs in lexicon.names.values():
        for name, code in pairs:
            form = matching(name)
            out[form] = (*out.get(form, ()), code)
    return out


def thing_named(lexicon: Lexicon, words: str) -> Thing | None:
    """The thing that words in matching form name as a whole, with no place in a text."""
    found = _best(_known(lexicon).get(words, ()), lexicon)
    if found is None:
        return None
    entry, kind = found
    return Thing(0, 0, entry.code, kind, (entry.code,), entry.classes)


def _best(terms: tuple[str, ...], lexicon: Lexicon) -> tuple[Entry, str] | None:
    """The term that a statement is most likely about, with its kind."""
    usable = [(entry, kind) for code in terms if (entry := lexicon.entries.get(code)) and (kind := kind_of(entry))]
    if len(usable) > 1:
        order = {name: number for number, name in enumerate(_PREFERRED)}
        usable.sort(key=lambda pair: (order.get(pair[0].kind, len(order)), pair[0].code))
    return usable[0] if usable else None


_SINGLE = "稳扩促增"
_MEASURE = re.compile(r"系列|政策|举措|措施|工作|一揽子|行动|专班|调度")


@cache
def _verbs() -> tuple[frozenset[str], tuple[str, ...]]:
    """Verbs with which a name of a concept may begin, in both languages."""
    table = read_toml("phrases.toml")
    english = (form for verb in table["en"]["leading"].split() for form in verb_forms(verb))
    return frozenset(english), tuple(table["zh"]["leading"].split())


def _without_verb(scanned: Scanned, item: Item, lexicon: Lexicon) -> int:
    """Where a name begins without its verb: "promote economic recovery" names the recovery, and says what is done."""
    english, chinese = _verbs()
    words = scanned.document.folded[item.start : item.end]
    if scanned.document.lang == "zh":
        verb = next((verb for verb in chinese if words.startswith(verb)), "")
        if verb and len(words) >= len(verb) + 2:
            return item.start + len(verb)
        noun = _MEASURE.match(scanned.document.folded, item.end)
        return item.start + 1 if words[0] in _SINGLE and not noun and words[1:] in _known(lexicon) else item.start
    first, _, rest = words.partition(" ")
    following = rest.partition(" ")[0]
    return (
        item.start + len(first) + 1 if first in english and following not in ("of", "in", "to", "for") else item.start
    )
