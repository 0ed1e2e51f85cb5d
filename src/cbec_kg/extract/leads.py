"""What a clause without a subject of its own is about: the subject of a clause before, or of the sentence before.

>>> from cbec_kg.extract.document import Document
>>> from cbec_kg.extract.mentions import default_finder
>>> from cbec_kg.extract.scan import scan
>>> text = "Cross-border e-commerce grew fast in 2023, boosting foreign trade."
>>> view = View(scan(Document.of(text, "en"), default_finder())[0], default_finder().lexicon)
>>> [found.thing.code for found in lead(view, view.masked.text.index(", boost"))]
['cbec-development']
"""

import re
from functools import cache
from typing import NamedTuple

from cbec_kg.extract.masks import AMOUNT, ANY, PERIOD, Masked, Thing
from cbec_kg.extract.patterns import fragments, kinds
from cbec_kg.extract.views import View
from cbec_kg.extract.words import any_word, read_toml

__all__ = ["Found", "acts", "after", "earlier", "governs", "heads", "lead", "listed", "related"]


class Found(NamedTuple):
    """A thing at character ``at`` of a masked text; ``own`` is whether that is the text of the sentence itself."""

    thing: Thing
    at: int
    own: bool = True


_CUT = re.compile(r"[,;:，；：]")
_BEHIND = re.compile(r" (?:Of|In|For|At|From|On) ")
_STRONG = frozenset(";；")
_FAR = 5


@cache
def _join(lang: str) -> re.Pattern[str]:
    return re.compile(fragments(lang)["JOIN"])


def heads(masked: Masked, start: int, end: int, lang: str) -> list[Found]:
    """Heads of the noun phrases of a list: of each part the last thing, in English the last before a preposition."""
    out: list[Found] = []
    begin = start
    cuts = [(m.start(), m.end()) for m in _join(lang).finditer(masked.text, start, end)]
    for cut, resume in (*cuts, (end, end)):
        stop = cut
        if lang == "en":
            for match in _BEHIND.finditer(masked.text, begin, cut):
                if any(char in masked.things for char in masked.text[begin : match.start()]):
                    stop = match.start()
                    break
        last = next((at for at in range(stop - 1, begin - 1, -1) if masked.text[at] in masked.things), None)
        other = last is not None and (" other " in f" {masked.text[begin:last]}" or (out and _verbal(masked, last)))
        if last is not None and not other:
            out.append(_of_goods(masked, last, begin))
        begin = resume
    return out


_TRADE = frozenset({"goods-exports", "goods-imports", "foreign-trade", "goods-trade-value"})


_OF_CBEC = {"goods-exports": "cbec-exports", "goods-imports": "cbec-imports", "foreign-trade": "cbec-trade"}


def _of_goods(masked: Masked, at: int, begin: int) -> Found:
    """The goods or traders that a trade is of: "textile exports" are about textiles."""
    found = Found(masked.things[masked.text[at]], at)
    before = at - 1 if masked.text[at - 1 : at] != " " else at - 2
    thing = masked.things.get(masked.text[before]) if before >= begin else None
    if thing is None or found.thing.code not in _TRADE:
        return found
    if thing.code == "cbec-development" and found.thing.code in _OF_CBEC:
        return found._replace(thing=found.thing._replace(code=_OF_CBEC[found.thing.code]))
    return Found(thing, before) if thing.kind == "G" or "Sector" in thing.classes else found


def listed(view: View, match: re.Match[str], group: str) -> list[Found]:
    """Heads of the list that a match holds; of the trade "in A, B and other fields" that trade, and no field."""
    found = heads(view.masked, match.start(group), match.end(group), view.lang)
    if view.lang == "zh" and (etc := _ETC.match(view.masked.text, match.end(group))):
        thing = view.masked.things[etc[1]]
        if thing.code in _TRADE:
            return [Found(thing, etc.start(1))]
    if view.lang == "en" and len(found) == 1 and found[0].thing.kind in "CG":
        return [_apposed(view.masked, found[0], match.start(group))]
    return found


_ETC = re.compile(rf"\"?等[^，。；：的{ANY[1:-1]}]{{0,8}}({ANY})")
_APPOSED = re.compile(r"([\ue200-\ue2ff])\"?, (?:an?|the|one Of the)(?: [a-z]+){0,6} $")


def _apposed(masked: Masked, found: Found, start: int) -> Found:
    """The name that a description stands behind: "Example, a platform for small firms"."""
    match = _APPOSED.search(masked.text, 0, found.at)
    return Found(masked.things[match[1]], match.start(1)) if match and match.end(1) + 4 >= start - 40 else found


def clauses(text: str, at: int) -> list[tuple[int, int]]:
    """Clauses that end at or before an offset, the nearest first, down to the last strong cut."""
    out: list[tuple[int, int]] = []
    end = at
    for cut in reversed([match.start() for match in _CUT.finditer(text, 0, at)]):
        out.append((cut + 1, end))
        if text[cut] in _STRONG:
            return out
        end = cut
    return [*out, (0, end)]


def lead(view: View, at: int, *, acting: bool = True, started: bool = True) -> list[Found] | None:
    """Things that the clauses before an offset are about; none where that is not known, None where they do not say.

    If not ``acting``, an actor is not meant where the clause says by what means it acts or, with ``started``, what it
    starts: that is.
    """
    read = _lead_en if view.lang == "en" else _lead_zh
    for start, end in clauses(view.masked.text, at)[:_FAR]:
        found = read(view, start, end, acting, started)
        if found is not None:
            return found
    return None


def related(view: View, match: re.Match[str]) -> list[Found]:
    """The thing right before ", which" where a match opens with that."""
    if not re.match(r"[,;] ?(?:Which|That) ", match[0]):
        return []
    before = view.masked.text[: match.start()].rstrip(' "')
    thing = view.masked.things.get(before[-1:])
    return [Found(thing, len(before) - 1)] if thing else []


def after(masked: Masked, at: int, lang: str) -> tuple[list[Found], int]:
    """Things that a clause from an offset on opens with, and where their phrase ends."""
    match = _opening(lang).match(masked.text, at)
    if not match:
        return [], at
    found = heads(masked, match.start("x"), match.end("x"), lang)
    if any(_verbal(masked, one.at) for one in found) or (lang == "zh" and acts(masked.text[at : match.start("x")])):
        return [], at
    return found, match.end()


def earlier(view: View, *, plural: bool = False) -> list[Found]:
    """What the sentence before is about, for a pronoun at the start of a sentence; ``plural`` is "they"."""
    if view.previous is None:
        return []
    masked = view.previous.masked
    under = _SUBORDINATE.match(masked.text) if view.lang == "en" else None
    found, _ = after(masked, under.end() if under else 0, view.lang)
    if plural and len(found) < 2 and not (found and found[0].thing.word.endswith("s")):
        return []
    return [one._replace(own=False) for one in found[:1]]


_SUBORDINATE = re.compile(
    r"\"?(?:As|While|When|Since|Because|Although|After|Before|With|thanks To|due To|amid|despite)\b[^,]{0,160},",
    re.IGNORECASE,
)


@cache
def _opening(lang: str) -> re.Pattern[str]:
    """The noun phrases that a clause opens with."""
    part, head = fragments(lang), kinds("CGORLNEISQ")
    if lang == "en":
        one = rf"{part['MOD']}{{0,5}}{part['THROUGH']}?\"?{head}\"?"
        last = rf"{part['NEXT']}{{0,4}}{part['THROUGH']}?\"?{head}\"?"
        return re.compile(
            r"[, ]*\"?(?:(?:And|But|That|As|While|When|Since|Because|Although|So|however|meanwhile|also|overall|thus)"
            r",? ){0,2}"
            rf"(?:(?:In|During|By|On|Over|For|At|From|Under|Since) (?:the |a )?{PERIOD},? )?"
            rf"(?P<x>{one}(?:(?:, {last}){{0,8}},? And {last})?){part['TAIL']}{part['HEAD']}"
        )
    one = rf"\"?{head}\"?"
    free = rf"[^，。；：！？,;:!?{ANY[1:-1]}对在从把将为与被由受以随让使]"
    return re.compile(
        rf"[，, 、]*(?:[^，。；]{{0,40}}为代表的)?(?:{_openers()}){{0,2}}[，,]?(?:{PERIOD}[，,]?)?{free}{{0,14}}"
        rf"(?P<x>(?:{ANY}\"?的?{free}{{0,6}}){{0,2}}{one}"
        rf"(?:{part['TAIL']}?{part['JOIN']}{part['MOD']}{one}){{0,8}}){part['ETC']}?{part['TAIL']}?"
    )


@cache
def _openers() -> str:
    return any_word(read_toml("phrases.toml")["zh"]["opener"].split())


@cache
def _verbal_words() -> frozenset[str]:
    return frozenset(read_toml("phrases.toml")["en"]["verbal"].split())


@cache
def _verbal_zh() -> tuple[str, ...]:
    return tuple(read_toml("phrases.toml")["zh"]["verbal"].split())


def _verbal(masked: Masked, at: int) -> bool:
    """Whether a name is what somebody does ("find target groups", 创新发展数字贸易)."""
    word = masked.things[masked.text[at]].word
    return word in _verbal_words() or word.startswith(_verbal_zh())


# ---- English

_NO_SUBJECT = re.compile(
    r" *(?:in|on|at|by|for|from|with|since|during|under|amid|despite|after|before|as|through|over|within|including|"
    r"such as|namely|according to|compared with|especially|particularly|\uf000|[a-z]+ing|[a-z]+ly|and|or|but|"
    r"said|says|announced|told|thus|thereby|then|up|down|an? (?:increase|rise|gain|growth|drop|decrease))\b",
    re.IGNORECASE,
)
_ARTICLE, _ANY_VERB = re.compile(r" *(?:an?|the|one Of) "), re.compile(r"\b[A-Z]{2,}\b")
_VERB_FIRST = re.compile(
    r" *(?:(?:has|have|had|is|are|was|were|will|would|can|could|may|also|and|then|to|not) )+[a-z]+", re.I
)
_PRONOUN = re.compile(
    r" *(?:and |but |while |that )?"
    r"(?:it|they|the (?:sector|industry|business|trade|policy|trend|figure|number|total|value|volume))\b",
    re.I,
)
_DOING = re.compile(r" *[a-z]+ing ")
_RELATIVE = re.compile(r" *(?:which|who|that)\b", re.I)
_STARTED_EN = re.compile(
    r"\b(?:launch|issu|releas|introduc|unveil|roll|implement|adopt|establish|appl|us|approv|set up|buil|develop)"
    r"\w*(?: out| up)? (?:[a-z']+ ){0,6}?\"?(?P<o>[\ue000-\ue0ff\ue700-\ue7ff])\"?"
    r"(?: (?:of|for|in|on|with|to|by) [^,;]{0,90})?$",
    re.IGNORECASE,
)


@cache
def _acting_words() -> re.Pattern[str]:
    """What a clause begins with that goes on with what the one before is about: a verb in its base form."""
    words = read_toml("causes.toml")["verbs"]
    base = {verb.split()[0] for group in words.values() for verb in group["en"]} - {
        "support",
        "power",
        "lift",
        "aid",
        "shape",
    }
    return re.compile(rf" *(?:And |Or |To )?(?:{any_word(base)}) (?!(?:Of|In|For)\b)")


def _lead_en(view: View, start: int, end: int, acting: bool, started: bool) -> list[Found] | None:
    """Subject of a clause; None where it has none, so that one before it is meant; empty where it is not known."""
    masked = view.masked
    if (that := masked.text.rfind(" That ", start, end)) > start:
        start = that + 5
    text = masked.text[start:end]
    if not text.strip():
        return None
    if _RELATIVE.match(text):
        before = masked.text[:start].rstrip(', "')
        thing = masked.things.get(before[-1:])
        return [Found(thing, len(before) - 1)] if thing else []
    if _PRONOUN.match(text):
        return None if _CUT.search(masked.text, 0, start) else earlier(view)
    if _acting_words().match(text) or (start and _DOING.match(text) and not _ANY_VERB.search(text)):
        return None
    match = _opening("en").match(masked.text[:end], start)
    if match and start and re.fullmatch(r'[ "]*(?:And other .*)?', masked.text[match.end() : end]):
        return None  # the end of a list
    if match:
        found = heads(masked, match.start("x"), match.end("x"), "en")
        if any(_verbal(masked, one.at) for one in found):
            return None
        if re.search(r" (?:THEY|IT) ", masked.text[match.end() : end]):
            return []
        if not acting and found and found[0].thing.kind in "NLRO":
            if started and (begun := _STARTED_EN.search(text)):
                at = start + begun.start("o")
                return [Found(masked.things[masked.text[at]], at)]
            return [one for one in found if one.thing.kind == "O"]
        if not acting and found and found[0].thing.kind == "G":
            return []  # what many do drives something, and not they
        return found
    if not acting and started and (begun := _STARTED_EN.search(text)):
        at = start + begun.start("o")
        return [Found(masked.things[masked.text[at]], at)]
    apposed = start and _ARTICLE.match(text) and not _ANY_VERB.search(text)
    return None if apposed or _NO_SUBJECT.match(text) or _VERB_FIRST.match(text) else []


# ---- Chinese


@cache
def _verbs() -> str:
    """Verbs and adverbs that follow the subject of a Chinese clause."""
    return any_word(read_toml("phrases.toml")["zh"]["predicate"].split())


@cache
def _means() -> re.Pattern[str]:
    """Phrase that says by what means something is done."""
    part = fragments("zh")
    one = rf"\"?{kinds('CGOIES')}\"?"
    return re.compile(
        rf"(?:通过|依托|借助|利用|凭借|运用|依靠|应用|采用){part['MOD']}"
        rf"(?P<x>{one}(?:{part['TAIL']}?{part['JOIN']}{part['MOD']}{one}){{0,6}}){part['ETC']}?{part['TAIL']}?(?:专项)?"
        r"(?:等?(?:行动|措施|举措|方式|手段|形式|模式|技术|工具|渠道|平台|途径))?"
        rf"(?=$|[，,]|{part['ADV']}(?:{_verbs()}))"
    )


@cache
def _started() -> re.Pattern[str]:
    """What somebody starts, at the end of a clause."""
    part = fragments("zh")
    free = rf"[^，。；：{ANY[1:-1]}]"
    return re.compile(
        r"(?:推出|出台|实施|发布|印发|开展|建立|设立|开通|上线|启动|搭建|打造|落实|推行|建成|引入|采用|深入实施|制定)"
        rf"了?{free}{{0,10}}(?:{ANY}\"?的?{free}{{0,6}}){{0,2}}?(?P<o>{kinds('CI')})\"?"
        rf"{part['TAIL']}?(?:系列|专项|相关|多项|若干)?(?:举措|措施|政策|行动|改革|模式|机制|工作|活动|项目|等{part['G']}{{0,6}})?$"
    )


@cache
def _predicate() -> re.Pattern[str]:
    part = fragments("zh")
    return re.compile(rf"(?:$|[，,。；;]|{part['ADV']}(?:{_verbs()}|$)|{PERIOD}|{AMOUNT})")


@cache
def _no_subject_zh() -> re.Pattern[str]:
    part = fragments("zh")
    return re.compile(
        rf" *(?:\uf000|在|从|对|于|据|随着|围绕|面对|针对|按|自|经|以及|(?:{_openers()})(?:$|[，,])"
        rf"|{part['ADV']}(?:{_verbs()}))"
    )


@cache
def _action() -> re.Pattern[str]:
    return re.compile(any_word(read_toml("phrases.toml")["zh"]["action"].split()))


@cache
def governs() -> re.Pattern[str]:
    """Verbs between two names that the one does to the other; none that is as often a noun, and no relative clause."""
    nouns = read_toml("phrases.toml")["zh"]["nominal"].split()
    verbs = [word for word in read_toml("phrases.toml")["zh"]["action"].split() if len(word) > 1 and word not in nouns]
    return re.compile(rf"(?:{any_word(verbs)})(?!的)")


def acts(before: str) -> bool:
    """Whether what stands before a name says that something is done to it: a verb, and no 的 behind it."""
    return not before.endswith("的") and bool(_action().search(before))


_UNKNOWN = re.compile(r" *(?:这|该|此举|其(?!中)|它|他|她|企业|记者|各地|各|当地|我们|大家)")


def _lead_zh(view: View, start: int, end: int, acting: bool, started: bool) -> list[Found] | None:
    """Subject of a clause; None where it has none, so that one before it is meant; empty where it is not known."""
    masked = view.masked
    text = masked.text[:end]
    if not text[start:].strip():
        return None
    if not acting:
        if match := _means().search(text, start):
            return heads(masked, match.start("x"), match.end("x"), "zh")
        if started and (match := _started().search(text, start)):
            return [Found(masked.things[text[match.start("o")]], match.start("o"))]
    match = _opening("zh").match(text, start)
    found = heads(masked, match.start("x"), match.end("x"), "zh") if match else []
    if match and found:
        first = next(at for at in range(match.start("x"), match.end("x")) if text[at] in masked.things)
        if governs().search(text, first + 1, found[0].at):  # what it does something to is not what the clause is about
            found, match = heads(masked, first, first + 1, "zh"), None
            if not acts(text[start:first]) and not _verbal(masked, first):
                return [] if not acting and found[0].thing.kind in "NLR" else found
            return None
    if match and (acts(text[start : match.start("x")]) or (found and _verbal(masked, found[0].at))):
        return None
    if match and text.endswith(("领域", "方面", "来看"), start, match.end()):
        return []
    if match and _predicate().match(text, match.end()):
        return [] if not acting and found and found[0].thing.kind in "NLR" else found
    if _UNKNOWN.match(text, start):
        return []
    return None if _no_subject_zh().match(text, start) else []
