"""Numerals that are no facts, each with the reason: a list number, a name, an edition, a time of day, "one of".

>>> from cbec_kg.extract.document import Document
>>> from cbec_kg.extract.mentions import default_finder
>>> from cbec_kg.extract.scan import scan
>>> def reasons(text, lang="en"):
...     scanned = scan(Document.of(text, lang), default_finder())[0]
...     return [why_no_fact(scanned, at, []) for at, item in enumerate(scanned.items) if item.amount]
>>> reasons("One of the Top 100 firms at the second fair sold 300 cars.")
[('no', 'a numeral that counts nothing'), ('no', 'part of a name'), ('no', 'an ordinal without a ranking'), None]
>>> reasons("第135届广交会有3家企业", "zh")
[('no', 'an edition or a serial number'), None]
"""

import re
from collections.abc import Sequence

from cbec_kg.extract.amounts import Amount
from cbec_kg.extract.conditions import is_condition
from cbec_kg.extract.kinds import Measure
from cbec_kg.extract.scan import Scanned

__all__ = ["why_no_fact"]

_NAME_WORD = re.compile(
    r"(?:Top|Double|Class|Industry|Plan|Version|Windows|Agenda|Vision|Web|Group|Fortune|Article|Section"
    r"|Chapter|Phase|Level|Tier|Boeing|Airbus|Type|Model|Line|Route|Highway|Gate|Hall|No|Series|Web"
    r"|Channel|[Ff]orm|[Cc]odes?|[Rr]ule|[Aa]rticle|Announcement|Document|Terminal|Area|Zone|Room|Unit|HS|ISO"
    r"|COVID)\.?[ -]?$"
)
_RANK_EN = re.compile(
    r"(?:rank(?:s|ed|ing)?|plac(?:e|es|ed|ing)|stood|stands|came|comes|jump(?:ed|s)?|rose|climb(?:ed|s)?"
    r"|fell|drop(?:ped|s)?|slipp?(?:ed|s)?|finish(?:ed|es)?|mov(?:ed|es)|up|down|from|to|the|is|was|as"
    r"|number|no\.?)\s+(?:the\s|up\s|in\s|from\s|to\s|a\s|world's\s)*$",
    re.I,
)
_RANK_NOUN = re.compile(
    r"\s*-?(?:place|spot|position|rank|largest|biggest|highest|most|busiest|best|top|fastest|in (?:the"
    r"|20)|globally|worldwide|nationwide|among|on the (?:list|ranking))",
    re.I,
)
_RANK_ZH = re.compile(
    r"(?:排名|排行|排|居|列|位|占|名列|位列|升至|降至|跃居|跃升|上升到|提升至|稳居|保持|晋级|成为|是|为)[^，。；]{0,10}$"
)
_NOUN_EN = re.compile(r"\s*[-\s\"'(]*[A-Za-z]")
_NO_NOUN = re.compile(
    r"\s*(?:of the most|of them\b|of the\b|of its\b|of our\b|or two\b|another\b|by one\b|day\b|time\b"
    r"|thing\b|side\b|hand\b|stop\b)",
    re.I,
)
_THRESHOLD = re.compile(
    r"\b(?:selling|(?<!was )(?<!were )(?<!is )(?<!are )(?<!be )worth|priced|valued)\s(?:at\s)?"
    r"(?:over|more than|less than|under|below|above|up to|at least)\s*$"
)
_SPOKEN_OF = re.compile(r"\b(?:the|these|those|first|last|other|all|both)\s$", re.I)
_DOCUMENT = re.compile(
    r"(?:Document|Announcement|Notice|Circular|Decree|Order|Article|Section|Regulation|Law|Resolution)\s$"
)
_EVENT = re.compile(
    r"\s(?:grand promotion|festival|sale\b|shopping|sales? (?:event|festival|day)|event|promotion|campaign|holiday"
    r"|extravaganza)"
)
_SUPERLATIVE = re.compile(r"\s*(?:biggest|largest|top|leading|major|main|key)\b", re.I)
_TIME = re.compile(r"\d{1,2}:\d{2}")
_PEOPLE_LIST = re.compile(
    r"\s*(?:factors?|reasons?|aspects?|parts?|steps?|ways?|things?|sides?|points?|pillars?|fronts?"
    r"|figures|indicators|core)\b",
    re.I,
)
_SMALL_ZH = re.compile(
    r"[一二两三四五六七八九十百千万]+(?:个|家|种|项|条|次|批|位|名|款|座|场|件|份|套|只|间|台|部|笔|单|户|列|班|处|所|艘|架|支|门|大)?$"
)
_NO_COUNT_ZH = re.compile(
    r"(?:方面|字|结合|代|阶段|环节|层面|维度|多?月|多小时|多?星期|度|点|级|站式|带一路|体化|系列|直|致|定|般|些|样|起|共|旦|律|流|线|手|方|条龙|揽子|边|部分|开始"
    r"|时间|跃|举|再|新|带|路|轮|期|批|国|会|农|季)"
)
_NO_UNIT_ZH = re.compile(
    r"世纪|时(?!间)|日|号|型|系列|后(?=[，、的])|岁|周年|式|版|届|路|线|楼|层|中全会|期|D打印|D|G|A(?=级)"
)
_SERIAL_ZH = re.compile(r"第\s?$")
_EDITION_ZH = re.compile(r"(?:届|次|期|批|代|章|条|号|版|大道|路|轮|个|架|艘|列|台|家|座|辆|单|类|季|站|部)")


def why_no_fact(scanned: Scanned, at: int, done: Sequence[Measure]) -> tuple[str, str] | None:
    """``("no", reason)`` for a numeral that states nothing, ``("unread", reason)`` for one that no row can hold."""
    item = scanned.items[at]
    amount = item.amount
    assert amount is not None
    text, sentence = scanned.document.text, scanned.sentence
    before = text[max(sentence.body, amount.start - 24) : amount.start]
    after = text[amount.end : min(amount.end + 24, sentence.end)]
    if _THRESHOLD.search(before) or is_condition(scanned, at) or (amount.unit == "tonne" and after.startswith("级")):
        return "no", "a threshold or a class"
    if amount.unit == "other":
        return "unread", "a unit that no indicator has"
    if text.startswith("|", sentence.start):
        return "unread", "a cell of a table"
    if (
        sentence.heading
        and not sentence.pointer
        and sentence.start > scanned.document.sentences[0].start
        and _TIME.search(text[sentence.start : sentence.end])
    ):
        return "no", "a time of day or a date"
    if amount.unit is None and (
        _TIME.match(text, max(sentence.start, amount.start)) or (before.endswith(":") and before[-2:-1].isdecimal())
    ):
        return "no", "a time of day or a date"
    if scanned.document.lang == "zh" and _SERIAL_ZH.search(before):
        return "no", "an edition or a serial number"
    if amount.unit is None and amount.form in ("digits", "spelled"):
        if reason := _bare(scanned, amount, after):
            return "no", reason
    if amount.unit == "rank":
        return _rank(scanned, amount, before, after)
    if amount.unit is None or amount.unit == "count":
        return _count(scanned, amount, before, after)
    if (
        amount.form == "word"
        and amount.value == 50
        and re.match(r"\s*(?:a |an )?(?:hour|year|day|dozen|way|time|century|decade)", after)
    ):
        return "no", "a length of time"
    return None


def _bare(scanned: Scanned, amount: Amount, after: str) -> str | None:
    """Reason for which a number without unit is a year, or part of a name."""
    zh, written = scanned.document.lang == "zh", scanned.document.text[amount.start : amount.end]
    if (
        amount.form == "digits"
        and 1900 <= amount.value < 2100
        and "," not in written
        and (zh or amount.qualifier == "exact")
    ):
        return "a year"
    if zh:
        if written.startswith("一一"):
            return "a numeral that counts nothing"
        quoted = scanned.document.text.rfind("“", scanned.sentence.start, amount.start)
        if quoted >= 0 and "”" not in scanned.document.text[quoted : amount.start] and not re.match(r"[”亿万]", after):
            return "part of a name"
        return "part of a name" if _NO_UNIT_ZH.match(after) else None
    return "part of a name" if _EVENT.match(after) else None


def _rank(scanned: Scanned, amount: Amount, before: str, after: str) -> tuple[str, str] | None:
    if scanned.document.lang == "zh":
        written = scanned.document.text[amount.start : amount.end]
        if (
            _RANK_ZH.search(before)
            or written.endswith(("位", "名"))
            or (
                written.endswith("大")
                and re.match(r"[^，。]{0,12}(?:国|伙伴|市场|出口|进口|经济体|来源|目的地|平台|港)", after)
            )
        ):
            return None
        return "no", "an ordinal without a ranking"
    if re.match(r"no\.", scanned.document.folded[amount.start : amount.start + 3]):
        return ("no", "part of a name") if _DOCUMENT.search(before) else None
    if re.match(
        r"\s*(?:(?:national|party) congress|(?:central|plenary) (?:committee|session)|time"
        r"|quarter|half|year|month|day|batch|zone|phase|round|edition|anniversary|birthday"
        r"|session|china|century|world countr|generation|party|step|of (?:all|its|the))",
        after,
        re.I,
    ):
        return "no", "an ordinal without a ranking"
    written = scanned.document.text[amount.start : amount.end]
    if _RANK_NOUN.match(after) or (written[0].isdigit() and _RANK_EN.search(before)):
        if not written[0].isdigit() and not _RANK_NOUN.match(after):
            return "no", "an ordinal without a ranking"
        return None
    if re.search(r"\b(?:ranks?|ranked|ranking|placed)\s(?:the\s)?$", before):
        return None
    return "no", "an ordinal without a ranking"


_CUT_OFF = re.compile(r"\btop\s$", re.I)


def _count(scanned: Scanned, amount: Amount, before: str, after: str) -> tuple[str, str] | None:
    text, sentence = scanned.document.text, scanned.sentence
    written = text[amount.start : amount.end]
    if scanned.document.lang == "zh":
        if amount.unit is None and _EDITION_ZH.match(after) and _SERIAL_ZH.search(before):
            return "no", "an edition or a serial number"
        if amount.value <= 1 and not written[0].isdigit():
            return "no", "a numeral that counts nothing"
        if _SMALL_ZH.fullmatch(written) and amount.value <= 20 and (_NO_COUNT_ZH.match(after) or amount.unit is None):
            return "no", "a numeral that counts nothing"
        if amount.unit is None and amount.power == 0:
            if re.search(r"[A-Za-z][-]?$", before) or re.match(r"[A-Za-z]", after):
                return "no", "part of a name"
            if re.search(r"[“《]$", before) or re.match(r"[”》]", after):
                return "no", "part of a name"
            if not re.match(r"\s?[\u3400-\u9fff]", after):
                return "no", "a numeral that counts nothing"
        return None
    if amount.form == "digits" and amount.unit is None:
        name = re.search(r"([A-Za-z][\w.'-]*)[ -]$", before)
        if (
            name
            and name[1][0].isupper()
            and amount.power == 0
            and not re.match(r"\s[a-z]", after)
            and amount.qualifier == "exact"
            and amount.value < 10000
        ):
            return "no", "part of a name"
        if name and _NAME_WORD.search(before):
            return "no", "part of a name"
        if re.match(r"[-–/][A-Za-z]", after) and not re.match(r"[- ](?:strong|plus|odd|member)", after):
            return "no", "part of a name"
    if amount.form == "spelled" and _CUT_OFF.search(before):
        return "no", "how far a ranking goes"
    if written.lower() in ("one", "a", "an", "zero") or (_NO_NOUN.match(after) and amount.value <= 2):
        return "no", "a numeral that counts nothing"
    if (
        amount.form == "spelled"
        and amount.value <= 12
        and (_PEOPLE_LIST.match(after) or _SUPERLATIVE.match(after) or _SPOKEN_OF.search(before))
    ):
        return "no", "a numeral that counts what the text lists"
    if amount.unit is None and amount.power == 0 and amount.form == "digits" and amount.value < 100:
        if (
            sentence.start <= amount.start <= sentence.start + 3
            and sentence.heading
            and re.match(r"[.\s]", after)
            and not re.match(r"\s(?:more|new|additional|[a-z]+ [a-z]+)", after)
        ):
            return "no", "a list number"
    if (
        amount.unit is None
        and not _NOUN_EN.match(after)
        and not re.search(
            r"(?:to|at|reach(?:ed|es)?|total(?:s|ed|led|ing)?|exceed(?:s|ed|ing)?|over|than|nearly|almost"
            r"|about|around|some|was|were|is|are|with|of|by|from|hit|and|topped|passed)\s*$",
            before,
            re.I,
        )
        and amount.power == 0
    ):
        return "no", "a numeral that counts nothing"
    return None
