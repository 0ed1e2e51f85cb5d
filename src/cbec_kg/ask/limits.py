"""Words that limit or change what is asked for, in ways that no question holds: open times, units, changes in money.

>>> from cbec_kg.extract.mentions import default_finder
>>> named = Names.of("By how many yuan did CBEC exports grow?", "en", default_finder())
>>> unit_at_fault(named, "cbec-trade-value", "growth")
('change', ('yuan',))
>>> named = Names.of("CBEC exports until 2022", "en", default_finder())
>>> one_sided(named, *[(one.start, one.end) for one in named.periods])
'until 2022'
"""

import re

from cbec_kg.ask.named import TRADED, Names, Thing
from cbec_kg.ask.phrases import narrowing

__all__ = ["narrowed", "one_sided", "unit_at_fault"]

_BEFORE = re.compile(
    r"(?:\b(?:before|after|until|till|up\sto|up|down|fall|prior\sto|by|from|since|past|through|beyond|to|against|over|on|down\sto"
    r"|earlier\sthan|later\sthan|starting|beginning|ending|following|preceding|except|excluding|not|as\sof)"
    r"|直到|自|从|到|至|早于|晚于|截至|截止|除|除了|非|不是)\s*(?:the\s|year\s|end\sof\s)*$"
)
_WITHIN = re.compile(r"(?:before|after|until|till|by|since|up to|prior to|through|as of|到|至|截至|截止|直到|自|从)")
_BEHIND = re.compile(
    r"\s*(?:以前|之前|前(?![0-9一两二三四五六七八九十几])|以后|之后|后|起|以来|至今|开始|为止|止|以外|之外|onwards?\b|upwards?\b"
    r"|(?:or|and)\s(?:earlier|later|before|after|beyond|onwards?)\b)"
)
_PART = re.compile(
    r"\b(?:early|late|later|mid|middle|start|beginning|end|close|turn|fiscal|financial)\b|初|底|末|年中|财年"
)
_END = re.compile(r"(?:by |到|至|截至|截止).*(?:end|底|末|月|日)|by\sthe\send.*")
_BOTH = re.compile(r"imports? and exports?|exports? and imports?|import export|进出口|出口和进口|进口和出口")


def narrowed(named: Names, thing: Thing) -> bool:
    """Whether a name is narrower than its indicator: 农村居民人均可支配收入, where the indicator is of all."""
    entry = named.senses.entry(thing.code)
    if entry is None:
        return False
    words = _BOTH.sub("", named.folded[thing.start : thing.end])
    label = entry.label_zh if named.lang == "zh" else entry.label_en.lower()
    directed = thing.code in TRADED
    return any(
        re.search(word if named.lang == "zh" else rf"\b{word}", words) and not any(one in label for one in held)
        for word, held in narrowing(named.lang).items()
        if not (directed and held[-1] in ("trade", "贸易"))
    )


_NUMBERS = ("number", "number of", "数量", "总量")
"""Amounts of what is counted or weighed; a trade's "volume" is its value, but no growth of a volume is one of value."""


def one_sided(named: Names, span: tuple[int, int]) -> str | None:
    """The words of a period that say one side of it or a part, "before 2022", 2022年底; None where it is a whole."""
    start, end = span
    words = named.folded[start:end]
    kind = next((one.kind for one in named.periods if (one.start, one.end) == span), "")
    behind = _BEHIND.match(named.folded, end)
    before = _BEFORE.search(named.folded, 0, start)
    if before and kind == "range" and re.match(r"from|从|自", before[0]):
        before = None
    if _END.match(words) and _is_counted(named):
        return None  # how many there were by the end of a month
    if _PART.search(words) or before or behind or (_WITHIN.match(words) and kind != "range"):
        return named.text[before.start() if before else start : behind.end() if behind else end].strip()
    return None


def _is_counted(named: Names) -> bool:
    entries = (named.senses.entry(one.code) for one in named.things)
    return any(entry is not None and entry.dimension == "count" for entry in entries)


def unit_at_fault(named: Names, indicator: str, measure: str) -> tuple[str, tuple[str, ...]] | None:
    """Reason and words of a unit in which a measure of an indicator is not answered."""
    entry = named.senses.entry(indicator)
    unit, dimension = (entry.unit, entry.dimension) if entry else (None, None)
    percent = measure in ("growth", "share", "gap", "contribution")
    for one in (*named.strong, *named.weak()):
        if one.kind != "unit":
            continue
        words = (named.text[one.start : one.end],)
        fits = {
            "percent": percent or unit == "percent",
            "yuan": measure == "level" and unit == "CNY",
            "amount": measure == "level" and dimension in ("money", "count"),
            "count": measure == "level" and dimension == "count",
            "other": False,
        }
        if not fits[one.code]:
            changes = measure == "growth" and one.code != "percent" and "计" not in words[0] and "term" not in words[0]
            return ("change" if changes else "unit"), words
    return _without_unit(named, dimension, measure)


def _without_unit(named: Names, dimension: str | None, measure: str) -> tuple[str, tuple[str, ...]] | None:
    """What is asked for by "how many" is a number, and so is an increase of what is counted."""
    weak = named.weak()
    if any(one.kind == "unit" for one in weak) or named.asked("asks", "points"):
        return None
    amounts = [(named.folded[one.start : one.end], one) for one in weak if one.code == "amount"]
    many = [one for words, one in amounts if words == "how many"]
    asked = [one for words, one in amounts if words.startswith("how ") or "多少" in words]
    if measure == "growth" and (found := many or (asked if dimension == "count" else [])):
        return "change", (named.text[found[0].start : found[0].end],)
    numbers = many + [one for words, one in amounts if words in _NUMBERS or (words == "volume" and measure != "level")]
    if dimension == "money" and numbers:
        return "unit", (named.text[numbers[0].start : numbers[0].end],)
    return None
