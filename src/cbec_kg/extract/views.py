"""A sentence as statements are read in it: masked, with the sentence before it, and how firm its clauses are.

>>> from cbec_kg.extract.document import Document
>>> from cbec_kg.extract.mentions import default_finder
>>> from cbec_kg.extract.scan import scan
>>> finder = default_finder()
>>> view = View(scan(Document.of("AliExpress plans to use big data.", "en"), finder)[0], finder.lexicon)
>>> view.status(0, view.masked.text.index("USE")), view.masked.text[2:7]
('planned', 'PLANS')
"""

import re
from dataclasses import dataclass
from functools import cache, cached_property

from cbec_kg.extract.masks import ANY, Masked, Thing, mask
from cbec_kg.extract.names import names_in
from cbec_kg.extract.scan import Scanned
from cbec_kg.extract.words import read_toml
from cbec_kg.ontology.lexicon import Lexicon

__all__ = ["View", "flow_of"]


@cache
def _firm(lang: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What denies a verb behind it, what makes it a plan, and what makes a clause a question."""
    words = read_toml("phrases.toml")["firm"][lang]
    if lang == "en":
        denied = rf"\b(?:{words['denied']})\b"
        planned = rf"\b(?:{words['planned']}|(?:{words['toward']}) to)\b|{ANY}\"? To $"
        asked = rf"\b(?:{words['asked']})\b|\?\s*$"
    else:
        denied = rf"(?:{words['denied']})[^，。；]{{0,4}}$"
        planned = rf"(?:{words['planned']})[^，。；]{{0,6}}$|(?:{words['ahead']})[^，。；]{{0,30}}$"
        asked = rf"{words['asked']}|？\s*$"
    return re.compile(denied, re.I), re.compile(planned, re.I), re.compile(asked, re.I)


_NEAR, _FAR = {"en": 30, "zh": 40}, {"en": 90, "zh": 40}
"""How many characters before a verb what denies it, and what makes it a plan, may stand."""
_FLOWS = (
    ("total", re.compile(r"imports? (?:and|&) exports?|exports? (?:and|&) imports?|进出口|two way")),
    ("export", re.compile(r"export|出口")),
    ("import", re.compile(r"import|进口")),
)


def flow_of(words: str) -> str | None:
    """Flow of trade that words name, in matching form."""
    return next((name for name, pattern in _FLOWS if pattern.search(words)), None)


@cache
def _coming() -> re.Pattern[str]:
    return re.compile(read_toml("phrases.toml")["firm"]["zh"]["coming"])


_BLANK = re.compile(r"[ ,，]*(?:And|Or|But|并|还|也)? *(?:further|also)? *", re.I)
_BARE = re.compile(r"(?![A-Za-z]*(?:ed|ing|s)\b)[A-Za-z]+\b")
_ITS = re.compile(r"\b(?:its|their|(?:the|this) (?:sector|industry|business)'s) (?:[a-z]+ ){0,2}$|其$")
_OF_TOPIC = {"total": "cbec-trade", "export": "cbec-exports", "import": "cbec-imports"}


@dataclass
class View:
    """``previous`` is the view of the sentence before in the same paragraph or the one before, None at the start;
    ``topic`` is the concept that the article opens with."""

    scanned: Scanned
    lexicon: Lexicon
    previous: "View | None" = None
    topic: Thing | None = None

    @property
    def lang(self) -> str:
        """Language of the document."""
        return self.scanned.document.lang

    @cached_property
    def masked(self) -> Masked:
        """The sentence with its names behind single characters."""
        return mask(self.scanned, self.lexicon, names_in(self.scanned, self.lexicon))

    def words(self, thing: Thing) -> str:
        """The words of a thing, in matching form."""
        return self.scanned.between(thing.start, thing.end)

    def trade_meant(self, thing: Thing) -> str | None:
        """The concept that "its exports" are of, where the article is about cross-border e-commerce."""
        before = self.scanned.between(max(self.scanned.sentence.body, thing.start - 40), thing.start)
        if self.topic is None or not self.topic.code.startswith("cbec-") or not _ITS.search(before):
            return None
        return _OF_TOPIC.get(flow_of(self.words(thing)) or "")

    def clause_start(self, at: int) -> int:
        """Where the clause of an offset of the masked text begins."""
        text = self.masked.text
        return max(text.rfind(char, 0, at) for char in ",;:，；：。") + 1

    def status(self, start: int, at: int) -> str:
        """How firm a verb at ``at`` is by the words from ``start``: actual, planned or denied."""
        begin = self.clause_start(at)
        text = self.masked.text
        while begin > 1 and _BLANK.fullmatch(text, begin, at) and text[begin - 1] not in ";；。":
            if self.lang == "en" and _BARE.match(text, at):
                begin = text.rfind(";", 0, at) + 1  # one of a list of verbs behind "plan to", however long that list is
                break
            begin = self.clause_start(begin - 1)  # a verb without a subject goes on with the clause before
        own = self.clause_start(at)
        if self.lang == "zh" and start < own and _coming().search(text, self.clause_start(start), own):
            return "planned"  # what is only forecast has had no effect yet
        if self.lang == "zh" and "下一步" in text[:at]:
            return "planned"
        before = text[min(start, at, begin) : at]
        denied, planned, _ = _firm(self.lang)
        if denied.search(before[-_NEAR[self.lang] :]):
            return "denied"
        return "planned" if planned.search(before[-_FAR[self.lang] :]) else "actual"

    def titled(self, at: int) -> bool:
        """Whether a verb is a word of the name of something: an English one with a capital that begins no clause."""
        sentence, text = self.scanned.sentence, self.masked.text
        before = text[:at].rstrip()
        if self.lang != "en" or sentence.heading or not before or before[-1] in '".:;!?(—':
            return False
        start = self.masked.starts[at]
        return self.scanned.document.text[start : start + 1].isupper()

    def asked(self, at: int) -> bool:
        """Whether the clause of an offset, or the whole sentence, only asks or supposes."""
        text = self.masked.text
        end = min((cut for char in ",;，；。" if (cut := text.find(char, at)) >= 0), default=len(text))
        return bool(_firm(self.lang)[2].search(text[self.clause_start(at) : end]) or text.rstrip()[-1:] in "?？")
