"""Who says a figure, and how firm it is: reported, preliminary, revised, an estimate, a forecast, a target.

>>> from cbec_kg.extract.document import Document
>>> from cbec_kg.extract.mentions import default_finder
>>> from cbec_kg.extract.scan import scan
>>> from cbec_kg.extract.senses import Senses
>>> senses = Senses(default_finder().lexicon)
>>> text = "Trade will reach 3 trillion yuan, the General Administration of Customs said. It may fall, it added."
>>> first, second = scan(Document.of(text, "en"), default_finder())
>>> speaker(first, senses), firmness(first, first.items[2], None, None)
('general-administration-of-customs', 'forecast')
>>> speaker(second, senses), speaker(second, senses, "general-administration-of-customs")
(None, 'general-administration-of-customs')
"""

import re
from datetime import date

from cbec_kg.extract.scan import Item, Scanned
from cbec_kg.extract.senses import Sense, Senses
from cbec_kg.model.period import Period
from cbec_kg.ontology.lexicon import Entry

__all__ = ["continues", "firmness", "speaker", "speaker_at"]

_MEDIA = frozenset({"MediaOrganization"})
_BODIES = frozenset({"GovernmentBody", "Organization"})
_ADJACENT = 42


def speaker(scanned: Scanned, senses: Senses, before: str | None = None) -> str | None:
    """Code of who is said to have said what a sentence states; None where nobody is named.

    ``before`` is the speaker of the sentence before in the paragraph, whom "it said" or 其表示 takes up.
    """
    taken_up = _taken_up(scanned)
    named = _named(scanned, senses, scanned.sentence.start, scanned.sentence.end, taken_up)
    if named:
        return named
    return before if taken_up and before and _agrees(taken_up["noun"], senses.entry(before)) else None


def speaker_at(scanned: Scanned, senses: Senses, at: int, whole: str | None) -> str | None:
    """Who says the figure at an offset: whom its part between semicolons names, else ``whole``, the sentence's own."""
    text, sentence = scanned.document.folded, scanned.sentence
    cuts = [match.start() for match in re.compile("[;；]").finditer(text, sentence.start, sentence.end)]
    if not cuts or whole is None:
        return whole
    start = max((cut for cut in cuts if cut < at), default=sentence.start)
    end = min((cut for cut in cuts if cut > at), default=sentence.end)
    return _named(scanned, senses, start, end, _taken_up(scanned)) or whole


def _named(scanned: Scanned, senses: Senses, start: int, end: int, taken_up: re.Match[str] | None) -> str | None:
    """The speaker that the words between two offsets name: a body before a person, then the nearest to its cue."""
    items = [item for item in scanned.items if item.mention and start <= item.start < end]
    cues = [
        item
        for item in items
        if "said" in item.cues and not (taken_up and taken_up.start() <= item.start < taken_up.end())
    ]
    best: tuple[int, int, str] | None = None
    for item in items:
        gap = _nearest(scanned, item, cues)
        if gap is None:
            continue
        for code in _sense(scanned, senses, item).speakers:
            entry = senses.lexicon.entries[code]
            if entry.classes & _MEDIA or "Place" in entry.classes or _of_elsewhere(scanned, senses, item, code):
                continue
            rank = (0 if entry.classes & _BODIES else 1, gap)
            if best is None or rank < best[:2]:
                best = (*rank, code)
    return best[2] if best else None


def _sense(scanned: Scanned, senses: Senses, item: Item) -> Sense:
    return senses.of(item.terms, item.cues, scanned.between(item.start, item.end))


_NO_SPEAKER = re.compile(r"\s(?:account|app\b|platform)")


def _nearest(scanned: Scanned, item: Item, cues: list[Item]) -> int | None:
    """Characters from a name to the nearest cue that can be its own; None where none can."""
    if not item.terms or _NO_SPEAKER.match(scanned.document.folded, item.end, scanned.sentence.end):
        return None
    if scanned.document.lang == "zh" and _says_itself(scanned, item):
        return 0
    own = _owns_zh if scanned.document.lang == "zh" else _owns_en
    gaps = [max(item.start - cue.end, cue.start - item.end) for cue in cues if own(scanned, item, cue)]
    return min((gap for gap in gaps if 0 <= gap <= _ADJACENT), default=None)


_SAYS_ITSELF = re.compile(r"据.*(?:统计|数据)|.*(?:显示|表明)")
_SOURCE = re.compile(r".*(?:统计|数据)")
_BY = re.compile(r"(?:据|按|按照|依据)$")


def _says_itself(scanned: Scanned, item: Item) -> bool:
    """Whether a name holds the word that says so, 据海关统计: no cue is found within a name.

    海关统计 alone is none: 列入海关统计的 tells what is counted.
    """
    words = scanned.between(item.start, item.end)
    if _SAYS_ITSELF.fullmatch(words):
        return True
    before = scanned.between(max(scanned.sentence.start, item.start - 2), item.start)
    return bool(_SOURCE.fullmatch(words) and _BY.search(before))


_FROM_ZH = re.compile(r"(?:均|皆|主要)?(?:来自|源自|来源于|出自|引自)(?:于)?")


def _owns_zh(scanned: Scanned, item: Item, cue: Item) -> bool:
    """Whether a Chinese cue can be a name's: it stands behind it, and no clause with a figure lies between."""
    if item.start >= cue.end:
        return bool(_FROM_ZH.fullmatch(scanned.between(cue.end, item.start)))
    if item.end > cue.start:
        return False
    gap = scanned.between(item.end, cue.start)
    return not re.search(r"[;；]", gap) and not any(
        scanned.clause(one.start) < scanned.clause(cue.start)
        for one in scanned.items
        if one.amount and item.end <= one.start < cue.start
    )


_LEADS = re.compile(r".*(?:according to|from|by|of)")
_DATA_BEFORE = re.compile(r"\b(?:data|figures|statistics|numbers)\s(?:also\s|have\s)?$")
_NOBODYS = re.compile(r"\b(?:official|industry|market|public|government|separate|other)\s(?:[a-z]+\s)?$")
_QUOTED = re.compile(r"[,\"')]\s?$")
_APPOSED = re.compile(r",\s[^,;]{0,60}\b(?:of|at|with|for|from|under)\s(?:the\s|china's\s)?$")
_BY_EN = re.compile(r"\s(?:by|from|of)\s")


def _owns_en(scanned: Scanned, item: Item, cue: Item) -> bool:
    """Whether an English cue can be a name's.

    "According to" leads to its name; "data showed" has it right before, and "official data" are nobody's; a verb has it
    before, with what may stand between commas, or behind where it follows what is said: ", said X".
    """
    folded, body = scanned.document.folded, scanned.sentence.start
    before, words = scanned.between(max(body, cue.start - 24), cue.start), scanned.between(cue.start, cue.end)
    leads = _LEADS.fullmatch(words)
    if item.start >= cue.end:
        gap = scanned.between(cue.end, item.start)
        if ";" in gap or _figure_between(scanned, cue.end, item.start):
            return False
        return bool(leads or _BY_EN.match(folded, cue.end) or (_QUOTED.search(before) and " that " not in gap))
    if leads or item.end > cue.start:
        return False
    gap = scanned.between(item.end, cue.start)
    if ";" in gap:
        return False
    if data := _DATA_BEFORE.search(before):
        official = _NOBODYS.search(before[: data.start()])
        return "," not in gap and not official and not _figure_between(scanned, item.end, cue.start)
    apart = gap.count(",")
    if apart % 2:  # "Li, an official with the ministry, said" and not "sales of the firm rose, said Li"
        return gap.rstrip().endswith(",") and bool(_APPOSED.search(folded[body : item.start]))
    return apart > 1 or not _figure_between(scanned, item.end, cue.start)


def _figure_between(scanned: Scanned, start: int, end: int) -> bool:
    return any(start <= one.start < end for one in scanned.items if one.amount)


_CUSTOMS = "general-administration-of-customs"
_LOCAL = re.compile(
    r"(?:当地|地方|口岸|[市省区县州港关各外]|(?<![我全中])国|\b(?:local|foreign|provincial|municipal)\s)$"
)


def _of_elsewhere(scanned: Scanned, senses: Senses, item: Item, code: str) -> bool:
    """Whether "customs" or 海关 alone is that of a place or a country that the words before name."""
    words = scanned.between(item.start, item.end)
    if code != _CUSTOMS or not words.startswith(("customs", "海关")) or words.startswith("海关总署"):
        return False
    if _LOCAL.search(scanned.between(max(scanned.sentence.start, item.start - 12), item.start)):
        return True
    for one in scanned.items:
        if one.mention and one.end <= item.start and scanned.between(one.end, item.start).strip() in ("", "'s"):
            place = _sense(scanned, senses, one).place
            if place not in (None, "china"):
                return True
    return False


_TAKEN_UP_EN = re.compile(
    r"\b(?:it|he|she|the (?:(?P<noun>agency|authority|administration|ministry|bureau|commission|department|association"
    r"|institute|academy|company|firm|retailer)|official|spokes(?:man|woman|person)))\s(?:also\s|further\s)?"
    r"(?:(?:said|noted|explained|stated|told)\b"
    r"|(?:added|announced|reported|revealed|disclosed)(?=\s?[,.:\"]|\sthat\b|\sin\sa\b|\son\s[a-z]+day\b|\s[a-z]+day\b))"
)
_TAKEN_UP_ZH = re.compile(
    r"(?<![一-鿿])(?:其|他|她|该(?P<noun>局|署|部|委|厅|部门|机构|协会|研究院|公司|企业|平台)(?:相关)?(?:负责人|发言人)?)"
    r"(?:还|也|同时|并|进一步)?(?:表示|介绍|指出|透露|称|说)"
)
_KINDS = {
    "agency": "GovernmentBody", "authority": "GovernmentBody", "部门": "GovernmentBody",
    "company": "Company Platform", "firm": "Company Platform", "retailer": "Company Platform",
    "公司": "Company Platform", "企业": "Company Platform", "平台": "Company Platform",
    "机构": "Organization GovernmentBody ResearchInstitute",
}  # fmt: skip


def _taken_up(scanned: Scanned) -> re.Match[str] | None:
    """Words by which a sentence takes up the speaker before: "it said", 该局介绍."""
    pattern = _TAKEN_UP_ZH if scanned.document.lang == "zh" else _TAKEN_UP_EN
    return pattern.search(scanned.document.folded, scanned.sentence.body, scanned.sentence.end)


def _agrees(noun: str | None, entry: Entry | None) -> bool:
    """Whether a speaker can be "the ministry" or 该局: of that kind, or with the word in its name."""
    if noun is None or entry is None:
        return entry is not None
    if noun in _KINDS:
        return bool(entry.classes & set(_KINDS[noun].split()))
    return noun in entry.label_en.lower() or noun in entry.label_zh


_GOES_ON = re.compile(
    r"\s*(?:(?:he|she|it|this|that|these|of|within|its|their|among)\b|其中|同期|出口|进口|贸易顺差|贸易逆差"
    r"|(?:具体|分[^，。]{1,6}|按[^，。]{1,10}|从[^，。]{1,10})(?:来)?看[，,]|按[^，。]{1,6}计[价算][，,])"
)
_SAYS = re.compile(r"表示|介绍|指出|透露|认为|称|说|获悉|了解到|显示|表明|统计|测算|预测|预计")


def continues(scanned: Scanned) -> bool:
    """Whether a sentence goes on with the list or the thing of the one before, and names no source of its own.

    So what opens with 据海关统计 reaches the sentence of 其中.
    """
    of_which = any("ofwhich" in one.cues for one in scanned.items)
    if not (of_which or _GOES_ON.match(scanned.document.folded, scanned.sentence.body, scanned.sentence.end)):
        return False
    zh = scanned.document.lang == "zh"
    said = [scanned.between(one.start, one.end) for one in scanned.items if "said" in one.cues]
    if zh:
        return not any(map(_SAYS.search, said)) and not any(_opens_source(scanned, one) for one in scanned.items)
    return all(words == "added" for words in said)


def _opens_source(scanned: Scanned, item: Item) -> bool:
    """Whether a name tells a source of its own, even of nobody known: 浙江海关统计，."""
    words = scanned.between(item.start, item.end)
    return bool(item.terms and _SOURCE.fullmatch(words)) and scanned.between(item.end, item.end + 1) in "，,"


_WEAK_ZH = frozenset({"将"})
_DATA = re.compile(r"\b(?:data|statistics|figures)\b")
_MODAL = frozenset({"will", "would", "should", "could", "may", "might", "going to"})


_OTHERS = re.compile(
    r"\b(?:analysts?|experts?|economists?|scholars?|institutions?|observers|insiders)\b|专家|学者|分析师|业内|人士|券商"
)
_GUESSED = re.compile(r"estimat|测算")


def _released(scanned: Scanned, item: Item, by: Entry | None) -> bool:
    """Whether preliminary estimates are those of whoever releases the figure: a body, or nobody named ("our")."""
    if not _GUESSED.search(scanned.between(item.start, item.end)):
        return True
    if by is not None:
        return "GovernmentBody" in by.classes
    start, end = scanned.clause_span(item.start)
    return not _OTHERS.search(scanned.between(start, end))


_ACCORDING = re.compile(r"[,\s]*according to\b")


def _said_behind(scanned: Scanned, item: Item, figure: Item) -> bool:
    """Whether words of status stand in a clause behind that tells the source: ", our preliminary estimates show"."""
    if item.start < figure.end:
        return True
    start, end = scanned.clause_span(item.start)
    inside = [one for one in scanned.items if start <= one.start < end]
    told = any("said" in one.cues for one in inside) and not any(one.amount for one in inside)
    last = not any(one.start >= end for one in scanned.items)
    return told and (last or bool(_ACCORDING.match(scanned.document.folded, start, end)))


def firmness(
    scanned: Scanned, item: Item, period: Period | None, published: date | None, by: Entry | None = None
) -> str:
    """Status of a figure, as the words of its clause and the clauses before say it; ``by`` is who says it.

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
        if "preliminary" in one.cues and clause > limit and _said_behind(scanned, one, item):
            return "preliminary" if found == "reported" and _released(scanned, one, by) else found
        if "preliminary" not in one.cues and clause > limit:
            continue
        if clause > limit or (one.start > item.end and clause != limit):
            break
        if clause < limit - 2 and one.start < item.start:
            continue
        words = scanned.between(one.start, one.end)
        cues = one.cues
        if "preliminary" in cues:
            found = "preliminary" if _released(scanned, one, by) else "estimate"
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
