"""Which period a question is about, and as of which day it asks.

>>> from datetime import date
>>> from cbec_kg.extract.mentions import default_finder
>>> named = Names.of("CBEC exports last year as known on 1 March 2023", "en", default_finder())
>>> dates = Dates.of(named, date(2023, 6, 15))
>>> dates.period.code, dates.as_of.code, dates.refused
('2022', '2023-03-01', None)
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cbec_kg.ask.named import Names, Span
from cbec_kg.ask.reading import Part
from cbec_kg.errors import RowError
from cbec_kg.model.period import Period, is_open, parse
from cbec_kg.normalise.periods import PeriodMention, find, resolve

__all__ = ["Dates"]

_AS_OF = re.compile(r"as (?:of|at|on)\b|截至|截止")
_SHORT_YEAR = re.compile("[0-9]{2}年")
_COUNTED = re.compile(r"[近前过这第每]\s*$|过去\s*$")
_BASE_BEFORE = re.compile(r"(?:\b(?:from|over|on|than|with|to|against)|比|较|于)\s*$")


@dataclass(frozen=True, slots=True)
class Dates:
    """Period and day of knowledge, each with its words; ``base`` are the words of the year before, compared with.

    ``refused`` is a code of a reason and the words at fault.
    """

    period: Part | None = None
    as_of: Part | None = None
    base: tuple[tuple[int, int], ...] = ()
    refused: tuple[str, tuple[str, ...]] | None = None

    @classmethod
    def of(cls, named: Names, today: date) -> "Dates":
        """Dates of a question that is asked on a day."""
        plain: list[Part] = []
        known: list[Part] = []
        base: list[tuple[int, int]] = []
        against: list[Part] = []
        for mention in _full_years(named, today):
            words = named.text[mention.start : mention.end]
            if mention.kind == "now":
                continue
            if _is_year_before(named, mention):
                base.append((mention.start, mention.end))
                continue
            part = _part(mention, today)
            if part is None:
                return cls(refused=("open-period", (words,)))
            if part.code.endswith(".."):
                return cls(refused=("unsupported", (words,)))
            if _after_than(named, mention.start):
                against.append(part)
            elif _is_known(named, mention):
                known.append(part)
            else:
                plain.append(part)
        return _settled(named, plain, known, base, against)


def _full_years(named: Names, today: date) -> list[PeriodMention]:
    """Periods of a question, a year of two digits, 22年上半年, as the year of this century up to the present one."""
    out: list[PeriodMention] = []
    for mention in named.periods:
        words = named.folded[mention.start : mention.end]
        if out and mention.start < out[-1].end:
            continue
        if _SHORT_YEAR.fullmatch(words) and int(words[:2]) <= today.year % 100 and not _counted(named, mention):
            full = next(find(f"20{named.folded[mention.start :]}"), None)
            if full is not None and full.start == 0:
                mention = replace(full, start=mention.start, end=mention.start + full.end - 2)
        out.append(mention)
    return out


def _counted(named: Names, mention: PeriodMention) -> bool:
    """Whether so many years are counted, 过去10年, 10年来, and none is named."""
    before, behind = named.folded[: mention.start], named.folded[mention.end :]
    return bool(_COUNTED.search(before)) or behind.startswith(("来", "间", "内", "以来", "前", "后"))


def _settled(
    named: Names, plain: list[Part], known: list[Part], base: list[tuple[int, int]], against: list[Part]
) -> Dates:
    for part in list(known):
        day = parse(part.code).granularity == "day"
        if not plain and not named.asked("asks", "known") and (not day or _counts(named)):
            plain.append(part)  # "by the end of 2022" is when things were counted
            known.remove(part)
    distinct = {part.code: part for part in plain}
    if len(distinct) > 1 or len(known) > 1:
        return Dates(refused=("several", tuple(named.text[part.start : part.end] for part in (*plain, *known))))
    period = next(iter(distinct.values()), None)
    for part in against:
        if period is None or parse(period.code).year_before() != parse(part.code):
            return Dates(refused=("comparison", (named.text[part.start : part.end],)))
        base.append((part.start, part.end))
    as_of = None
    asked = named.asked("asks", "known")
    if asked and not known:
        return Dates(refused=("unsupported", tuple(named.text[one.start : one.end] for one in asked)))
    if known:
        one = known[0]
        as_of = Part("as_of", _last_day(parse(one.code)), one.start, one.end, one.counted_from)
    return Dates(period, as_of, tuple(base))


def _part(mention: PeriodMention, today: date) -> Part | None:
    """Part of a mention; None where its year is not said."""
    if mention.anchor == "carried" or mention.first.form in ("vague", "duration"):
        return None
    code = resolve(mention, published=today).code
    if is_open(code):
        return None
    try:
        parse(str(code))
    except RowError:
        return None
    counted = mention.anchor in ("publication", "day")
    return Part("period", str(code), mention.start, mention.end, today.isoformat() if counted else None)


def _last_day(period: Period) -> str:
    return ((period.end or period.start) - timedelta(days=1)).isoformat()


def _is_year_before(named: Names, mention: PeriodMention) -> bool:
    """Whether a period is the year before, that growth is measured from: "from the previous year", 比上年."""
    first = mention.first
    if first.anchor != "text" or first.offset != -1:
        return False
    return bool(_BASE_BEFORE.search(named.folded[max(0, mention.start - 16) : mention.start]))


def _after_than(named: Names, at: int) -> bool:
    than: list[Span] = named.cues.get("than", [])
    return any(not named.folded[one.end : at].strip() for one in than if one.end <= at)


def _is_known(named: Names, mention: PeriodMention) -> bool:
    if _AS_OF.match(named.folded, mention.start):
        return True
    return any(one.start < mention.start <= one.end + 5 for one in named.asked("asks", "known"))


def _counts(named: Names) -> bool:
    entries = (named.senses.entry(one.code) for one in named.things)
    return any(entry is not None and entry.dimension == "count" for entry in entries)
