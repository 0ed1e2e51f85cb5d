"""Who speaks about what in an article: relations of the predicate ``states``.

>>> from cbec_kg.extract.document import Document
>>> from cbec_kg.extract.mentions import default_finder
>>> from cbec_kg.extract.scan import scan
>>> from cbec_kg.extract.senses import Senses
>>> finder = default_finder()
>>> text = "Foreign trade grew steadily, the General Administration of Customs said."
>>> view = View(scan(Document.of(text, "en"), finder)[0], finder.lexicon)
>>> [(tie.subject.code, tie.object.code) for tie in sayings(view, Senses(finder.lexicon))]
[('general-administration-of-customs', 'foreign-trade')]
"""

import re
from collections.abc import Iterator

from cbec_kg.extract.leads import Found, after
from cbec_kg.extract.masks import Thing
from cbec_kg.extract.relations import Tie, fits
from cbec_kg.extract.senses import Senses
from cbec_kg.extract.views import View
from cbec_kg.extract.voice import speaker

__all__ = ["sayings"]

_BARE_ZH = 4
_CLAUSE = re.compile(r"[,;:，；：]")
_VERB = re.compile(
    r"\b(?:shows?|showed|indicates?|indicated|reveals?|revealed|says?|said|found|finds|estimates?)(?: that)? ", re.I
)
_VERB_ZH = re.compile(r"显示|表明|表示|介绍|公布|透露|指出|获悉|了解到|测算|宣布|统计|通报|说|称|强调|认为|发布")
_FREE = r"[^，。；\ue000-\ue9ff]"
_ASIDE_ZH = re.compile(
    rf" *(?:{_FREE}{{0,4}}(?:\uf000{_FREE}{{0,4}})?[，。；]|随着|面对|在|从|据|受|由于|{_FREE}{{0,12}}数据)"
)
_ASIDE = re.compile(r" *(?:according to|data|figures|statistics|the (?:data|figures|statistics)|In|As|At|On)\b", re.I)


def sayings(view: View, senses: Senses) -> Iterator[Tie]:
    """What a speaker that a sentence names is said to speak about: the subject of the clause that says it."""
    said = [item for item in view.scanned.items if "said" in item.cues]
    if not said:
        return
    who = speaker(view.scanned, senses)
    if who is None:
        return
    masked = view.masked
    at = next((n for n, char in enumerate(masked.text) if (one := masked.things.get(char)) and one.code == who), None)
    if at is None:
        return
    about = _about(view, who)
    if about is None:
        return
    subject = masked.things[masked.text[at]]
    if fits(subject, "states", about.thing):
        start, end = min(at, about.at), max(at, about.at) + 1
        yield Tie(subject, "states", about.thing, "actual", start, end, "relation.states.voice", 0.8)


def _about(view: View, who: str) -> Found | None:
    """The first concept that a clause of the sentence opens with and that is not the speaker's own."""
    text = view.masked.text
    for start in _starts(view, text):
        found, _ = after(view.masked, start, view.lang)
        if view.lang == "zh":
            aside = _ASIDE_ZH.match(text, start)
            if aside:
                continue
            return _checked(view, found, who)
        if not (_ASIDE.match(text, start) or _apposed(text, start)) and (good := _checked(view, found, who)):
            return good
    return None


def _apposed(text: str, start: int) -> bool:
    """Whether a clause only says what the name before it is: ", the country's largest partner,"."""
    match = _APPOSITION.match(text, start)
    return bool(start and match and not re.search(r"\b[A-Z]{2,}\b", match[0]))


_APPOSITION = re.compile(r" *(?:the|an?|one Of) [^,;.]*[,;]")


def _starts(view: View, text: str) -> list[int]:
    """Where what is said may begin: in Chinese behind the verb, in English in any clause."""
    cuts = [match.end() for match in _CLAUSE.finditer(text)]
    if view.lang == "en":
        return sorted({0, *cuts, *(match.end() for match in _VERB.finditer(text))})
    said = _VERB_ZH.search(text)
    return [cut for cut in cuts if said and cut >= said.end()]


def _checked(view: View, found: list[Found], who: str) -> Found | None:
    """The first thing that a clause opens with, if it is a concept that says something, and not the speaker."""
    if not found or found[0].thing.kind != "C" or found[0].thing.code == who:
        return None
    measured = _measured(view, found[0])
    return measured if _tells(view, measured.thing) else None


def _tells(view: View, thing: Thing) -> bool:
    """Whether a thing is more than a count of "cities" or "measures"."""
    words = view.words(thing)
    entry = view.lexicon.entries.get(thing.code)
    bare = len(words) < _BARE_ZH if view.lang == "zh" else " " not in words
    return entry is None or entry.kind != "Indicator" or entry.dimension == "money" or not bare


def _measured(view: View, found: Found) -> Found:
    """The indicator that a name may also stand for, where the sentence gives figures."""
    if meant := view.trade_meant(found.thing):
        return found._replace(thing=found.thing._replace(code=meant))
    if not any(amount.unit for amount in view.scanned.amounts):
        return found
    for code in found.thing.terms:
        entry = view.lexicon.entries.get(code)
        if entry is not None and entry.kind == "Indicator":
            return found._replace(thing=found.thing._replace(code=code, classes=entry.classes))
    return found
