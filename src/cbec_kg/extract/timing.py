"""Which period a figure is of: one said beside it, in its sentence, before it; open where none is said.

>>> Clock(date(2024, 7, 30), None).year_in_article is None
True
"""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from cbec_kg.errors import RowError
from cbec_kg.extract.kinds import Measure
from cbec_kg.extract.scan import Item, Scanned
from cbec_kg.model.period import Period, is_open, parse
from cbec_kg.normalise.periods import PeriodMention, Reading, resolve

__all__ = ["Clock", "Timed", "article_year", "choose", "closed", "is_base", "is_told", "owners"]

OPEN = Reading(None)
_SIZES = tuple(
    (re.compile(word), name)
    for word, name in (("quarter|季", "quarter"), ("half|半年", "half"), (r"months?\b|月", "month"))
)


@dataclass(slots=True)
class Clock:
    """What is known of time while a text is read: publication, the article's own year, and the year in force."""

    published: date | None
    year_in_article: int | None
    carried_year: int | None = None
    antecedent: str | None = None
    main: str | None = None
    named: dict[str, str] = field(default_factory=dict)
    open: Reading = OPEN

    def read(self, mention: PeriodMention, words: str = "") -> Reading:
        """Code of a mention here; ``words`` are its own, for "the same quarter" is the last quarter named."""
        carried = self.carried_year
        year = self.year_in_article if self.year_in_article is not None else carried
        antecedent = self.antecedent
        if mention.first.form == "same" and not mention.first.offset and self.main:
            antecedent = self.main
        if mention.first.form == "same":
            size = next((name for pattern, name in _SIZES if pattern.search(words)), None)
            antecedent = self.named.get(size or "", antecedent)
        found = resolve(mention, self.published, year, carried, antecedent)
        if found.code is None and mention.first.form == "same" and antecedent is None and self.open.code:
            return Reading(self.open.code, self.open.year_offset + mention.first.offset)
        return found

    def is_news(self, code: str | None) -> bool:
        """Whether a period can be the one that the whole article is about, and not history."""
        period = closed(code)
        if period is None or self.published is None:
            return True
        if period.year is None:  # over several years
            return period.start is None or period.start.year >= self.published.year - 1
        return period.year >= self.published.year - 1

    def note(self, mention: PeriodMention, reading: Reading, *, ahead: bool = False) -> None:
        """Remember a period that the text has named; from one that lies ahead no "last year" is told."""
        if reading.code and is_open(reading.code) and mention.first.form != "same":
            self.open = reading
        if reading.code is None or is_open(reading.code) or mention.weak:
            return
        if mention.kind in ("day", "week") and self.antecedent is not None:  # when it was said, not what it is of
            return
        period = closed(reading.code)
        if period is None:
            return
        self.antecedent = reading.code
        self.named[period.granularity] = reading.code
        if period.year is not None and mention.first.anchor in ("calendar", "publication") and not ahead:
            self.carried_year = period.year


@dataclass(frozen=True, slots=True)
class Timed:
    """Period of a figure as rows spell it, and what decided.

    "Last year" of an article without a date is no code and an offset of -1; no code and no offset is no period at all.
    """

    code: str | None
    year_offset: int | None = None
    item: Item | None = None


@cache
def closed(code: str | None) -> Period | None:
    """Period of a closed code, None for any other."""
    if is_open(code):
        return None
    try:
        return parse(str(code))
    except RowError:
        return None


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ATTACHED = re.compile(
    r"[)）\s,]*(?:[(（][^()（）]{0,40}[)）])?[\s,]*(?:(?:yuan|year on year|yoy|on year|in (?:number|value"
    r"|total|volume|all|total area)|downloads|annually|growth|increase|rise|gain|decline"
    r"|a historical high|or [\w.% ]{1,12})\s*){0,2}[\s,]*(?:(?:in|of|during|for|over|throughout|within|from"
    r"|as of|by|at|on|between|for all of|for the whole of|for the)\s+)?(?:the\s+|all of\s+)?$"
)
_COUNTED = re.compile(
    r"\s(?:countries and regions\s|(?!(?:and|or|while|but|was|were|is|are|rose|fell|grew|had|has|have|in|at|to|of|that"
    r"|which|who|with)\b)[a-z'-]+\s){1,4}(?:in|during|by|on|at|between|from)\s(?:the\s)?$"
)
_BASE_BEFORE = re.compile(
    r"(?:than|since|compared (?:with|to)|above|against|versus|relative to|from the level of|比|较|相比|对比|与|超"
    r"|超过|高于|低于|好于|多于|少于)\s*(?:that |those |the |levels? )*(?:in |of |for )*$"
)
_BASE_PREP = re.compile(
    r"\b(?:from|over|on|above|below|against|as)\s+(?:that |those |the |levels? |figure "
    r"|same (?:period|stretch|span|time|months) )*(?:in |of |for )*$"
)
_FROM = re.compile(
    r"\b(?:from|compared with|compared to|against|versus)\s+"
    r"(?:about |around |just |over |nearly |some |only |less than |more than |a mere )*$"
)
_JOINED = re.compile(r"\s(?:[a-z-]+\s){1,4}(?:in|at|with|across)\s")
_START_BEFORE = re.compile(r"(?:from|由|从|自|超过|超|高于|低于|达到)\s*$")


def article_year(title: str, text: str, hint: str | None) -> int | None:
    """The year that an article without a day of publication is about: of its hint, else the last in its title."""
    for source in (hint or "", title):
        if found := _YEAR.findall(source):
            return int(found[-1])
    first = text.lstrip().partition("\n")[0].rstrip()
    found = _YEAR.findall(first) if len(first) < 160 and not first.endswith((".", "。")) else []
    return int(found[-1]) if found else None


def choose(
    scanned: Scanned, index: int, measured: Measure, readings: dict[int, Reading], before: Timed | None, zh: bool
) -> Timed:
    """Period of the amount at ``index``; ``readings`` are those of the sentence's periods by item index.

    A period right behind the figure comes first, then the last before it in the sentence, then one that follows in its
    clause, then that of the sentence before.
    """
    items, folded = scanned.items, scanned.document.folded
    item = items[index]
    spare = {id(one) for one in (measured.base,) if one}
    usable = [
        at
        for at, reading in readings.items()
        if id(items[at]) not in spare
        and (reading.code is not None or _is_year_of_publication(items[at]))
        and not is_told(scanned, at)
        and (index in (own := owners(scanned, at)) or not (own or is_base(scanned, at)))
    ]
    nearest = None
    following = next((at for at in range(index + 1, len(items)) if items[at].amount), len(items))
    for at in usable:
        gap = folded[item.end : items[at].start]
        if index < at < following and (_attached(gap) or (_counts(item) and _COUNTED.fullmatch(gap))):
            nearest = at
            break
    left = [
        at
        for at in usable
        if at < index and not (_aside(scanned, at) and scanned.clause(items[at].start) != scanned.clause(item.start))
    ]
    if nearest is None and left:
        nearest = left[-1]
    if nearest is None:
        right = [at for at in usable if at > index and not _aside(scanned, at)]
        same = [at for at in right if scanned.clause(items[at].start) == scanned.clause(item.start)]
        rest = [at for at in right if not zh and _tail(scanned, at, index)]
        nearest = next(iter(same or rest), None)
    if nearest is None and measured.base and measured.base.period and measured.base.period.relation == "since":
        since = next((at for at in readings if items[at] is measured.base), None)
        if since is not None and readings[since].code:
            return Timed(*readings[since], item=measured.base)
    if nearest is not None:
        return Timed(*readings[nearest], item=items[nearest])
    if any(at < index and reading.code is None and _deictic(items[at]) for at, reading in readings.items()):
        return Timed(None)
    return before or Timed(None)


def _is_year_of_publication(item: Item) -> bool:
    """Whether a period is a whole year told from publication: "this year", "last year", 去年."""
    period = item.period
    if period is None or period.last or period.weak or period.relation:
        return False
    first = period.first
    return first.anchor == "publication" and first.is_year


def _deictic(item: Item) -> bool:
    """Whether a period is told from the day of publication: "last month", "yesterday", and no length of time."""
    return item.period is not None and item.period.first.anchor in ("publication", "day") and not item.period.weak


def _attached(gap: str) -> bool:
    """Whether only words that join a figure to its period stand between them."""
    return len(gap) < _JOINING and bool(_ATTACHED.fullmatch(_RUN.sub(_one_sign, gap)))


def _one_sign(run: re.Match[str]) -> str:
    return ", " if "," in run[0] else " "


_RUN = re.compile(r"[\s,]{2,}")
_JOINING = 120
"""So many characters at most stand between a figure and a period right behind it."""


def _tail(scanned: Scanned, at: int, index: int) -> bool:
    """Whether a period behind a list of figures dates them all: "exports were up 3 and imports 4 percent in May"."""
    amount = scanned.items[index].amount
    between = scanned.items[index + 1 : at]
    units = {one.amount.unit for one in between if one.amount}
    return amount is not None and units == {amount.unit} and not any(one.period for one in between)


_ASIDE = re.compile(
    r"[,，]?\s?(?:which|who|whose|that|a \w+ (?:begun|founded|launched|opened|created|started))\s(?:was "
    r"|were |had |has )?(?:\w+ ){0,2}(?:opened|launched|went|founded|established|begun|created|started"
    r"|joined|acquired|listed|born|set up|debuted|entered|unveiled|introduced)?"
)


def _aside(scanned: Scanned, at: int) -> bool:
    """Whether a period dates something said by the way: ", which opened last year,"."""
    if scanned.document.lang == "zh":
        return False
    start, _ = scanned.clause_span(scanned.items[at].start)
    match = _ASIDE.match(scanned.document.folded, start, scanned.items[at].start)
    return bool(match and re.search(r"(?:ed|begun|went|set up|born)\b", match[0]))


def is_base(scanned: Scanned, at: int) -> bool:
    """Whether a period is only what is compared with."""
    item = scanned.items[at]
    start = item.start
    assert item.period is not None
    if item.period.relation == "since" and item.period.first.anchor != "publication":
        return True
    before = scanned.document.folded[max(scanned.sentence.body, start - 28) : start]
    if _BASE_BEFORE.search(before):
        return True
    prep = _BASE_PREP.search(before)
    if not prep or item.period.last or item.period.kind in ("past", "duration", "next", "vague", "range"):
        return False
    if item.period.kind in ("same", "ago") and item.period.first.offset < 0:
        return True
    begin = start - len(prep[0])
    previous = next((one for one in reversed(scanned.items[:at]) if one.amount), None)
    return previous is not None and begin - previous.end <= 24 and "," not in scanned.between(previous.end, begin)


def _counts(item: Item) -> bool:
    return item.amount is not None and item.amount.unit in (None, "count")


def is_told(scanned: Scanned, at: int) -> bool:
    """Whether a day is the one on which something was said, and not what it is of ("data revealed on Tuesday")."""
    item = scanned.items[at]
    if item.period is None or item.period.kind != "day":
        return False
    number = scanned.clause(item.start)
    return any("said" in one.cues and scanned.clause(one.start) == number for one in scanned.items)


def owners(scanned: Scanned, at: int) -> tuple[int, ...]:
    """Indexes of the amounts that a period dates alone: "from 2% in 2010", 由2015年的1%增长到; empty for none such.

    "Goods reach 542 ports in 125 countries, against 166 ports in 71 countries in 2017": the last two.
    """
    items, item, folded = scanned.items, scanned.items[at], scanned.document.folded
    held: list[int] = []
    for index in range(at - 1, -1, -1):
        if not items[index].amount:
            continue
        end = items[held[-1]].start if held else item.start
        gap = scanned.between(items[index].end, end)
        if not (_JOINED.fullmatch(gap) if held else _attached(gap) or _COUNTED.fullmatch(gap)):
            break
        held.append(index)
        if _FROM.search(folded[max(scanned.sentence.body, items[index].start - 28) : items[index].start]):
            return tuple(held)
    if at + 1 < len(items) and (following := items[at + 1]).amount:
        before = folded[max(scanned.sentence.body, item.start - 4) : item.start]
        if _START_BEFORE.search(before) and re.fullmatch(
            r"的?(?:不到|不足|约|近|超|超过|仅)?", scanned.between(item.end, following.start)
        ):
            return (at + 1,)
    return ()
