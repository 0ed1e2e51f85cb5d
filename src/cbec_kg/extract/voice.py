"""Who says a figure, and how firm it is: reported, preliminary, revised, an estimate, a forecast, a target.

>>> from cbec_kg.extract.document import Document
>>> from cbec_kg.extract.mentions import default_finder
>>> from cbec_kg.extract.scan import scan
>>> from cbec_kg.extract.senses import Senses
>>> text = "Trade will reach 3 trillion yuan, the General Administration of Customs said."
>>> scanned = scan(Document.of(text, "en"), default_finder())[0]
>>> speaker(scanned, Senses(default_finder().lexicon)), firmness(scanned, scanned.items[2], None, None)
('general-administration-of-customs', 'forecast')
"""

import re
from datetime import date

from cbec_kg.extract.scan import Item, Scanned
from cbec_kg.extract.senses import Senses
from cbec_kg.model.period import Period

__all__ = ["firmness", "speaker"]

_MEDIA = frozenset({"MediaOrganization"})
_ADJACENT = 42


def speaker(scanned: Scanned, senses: Senses) -> str | None:
    """Code of who is said to have said what a sentence states; None where nobody is named."""
    items = [item for item in scanned.items if item.mention]
    cues = [item for item in items if "said" in item.cues]
    if not cues:
        return None
    best: tuple[int, int, str] | None = None
    for item in items:
        sense = _sense(scanned, senses, item)
        for code in sense.speakers:
            entry = senses.lexicon.entries[code]
            if entry.classes & _MEDIA or "Place" in entry.classes:
                continue
            if re.match(
                r"\s(?:account|app\b|platform)", scanned.between(item.end, min(item.end + 9, scanned.sentence.end))
            ):
                continue
            for cue in cues:
                gap = (
                    scanned.between(item.end, cue.start)
                    if item.end <= cue.start
                    else scanned.between(cue.end, item.start)
                )
                if len(gap) > _ADJACENT or re.search(r"[;；]", gap):
                    continue
                rank = (0 if "GovernmentBody" in entry.classes or "Organization" in entry.classes else 1, len(gap))
                if best is None or rank < best[:2]:
                    best = (*rank, code)
    return best[2] if best else None


def _sense(scanned: Scanned, senses: Senses, item: Item):  # type: ignore[no-untyped-def]
    return senses.of(item.terms, item.cues, scanned.between(item.start, item.end))


_WEAK_ZH = frozenset({"将"})
_DATA = re.compile(r"\b(?:data|statistics|figures)\b")
_MODAL = frozenset({"will", "would", "should", "could", "may", "might", "going to"})


def firmness(scanned: Scanned, item: Item, period: Period | None, published: date | None) -> str:
    """Status of a figure, as the words of its clause and the clauses before say it.

    What is expected of a time that is over is an estimate; a translator's "will be" for it is no forecast.
    """
    zh = scanned.document.lang == "zh"
    limit = scanned.clause(item.start)
    over = period is not None and period.end is not None and published is not None and period.end <= published
    ahead = period is not None and period.start is not None and published is not None and period.start > published
    found = "reported"
    for one in scanned.items:
        if not one.mention:
            continue
        clause = scanned.clause(one.start)
        if clause > limit or (one.start > item.end and clause != limit):
            break
        if clause < limit - 2 and one.start < item.start:
            continue
        words = scanned.between(one.start, one.end)
        cues = one.cues
        if "preliminary" in cues:
            found = "preliminary"
        elif "revised" in cues:
            found = "revised"
        elif "estimate" in cues and one.start < item.start:
            found = "estimate"
        elif "forecast" in cues and one.start < item.start:
            if words in _WEAK_ZH and not ahead and (clause != limit or item.start - one.end > 14):
                continue
            modal = words in _MODAL
            if modal and _DATA.search(scanned.document.folded, scanned.sentence.body, one.start):
                continue
            if over:
                found = found if modal else "estimate"
            elif not modal or clause == limit:
                found = "forecast"
        elif "target" in cues and one.start < item.start and (clause == limit or not zh or ahead) and not over:
            found = "target"
    return found
