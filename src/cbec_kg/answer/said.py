"""What a person says in words for what a question holds in codes: a period, and the direction in a name.

>>> period_said("2022年上半年"), period_said("first half of 2022"), period_said("2020-01/2020-02")
('2022-H1', '2022-H1', '2020-01/2020-02')
>>> one_direction("CBEC exports"), one_direction("跨境电商进口"), one_direction("CBEC imports and exports")
('export', 'import', None)
"""

import re
import unicodedata

from cbec_kg.errors import BadParameter, RowError
from cbec_kg.extract.document import matching
from cbec_kg.extract.senses import direction
from cbec_kg.model.period import is_open, parse
from cbec_kg.normalise.periods import PeriodMention, find, resolve

__all__ = ["one_direction", "period_said"]

_EMPTY = re.compile(r"\s*(?:in|for|during|在)?\s*(?:the)?\s*(?:year)?\s*", re.IGNORECASE)
_OPEN = re.compile(r"open(?:-[A-Z0-9][A-Za-z0-9-]*)?_[A-Za-z0-9][A-Za-z0-9_-]*")
"""Local name of a period that its article leaves open, as `model.period.open_name` makes it."""
_EXPORT, _IMPORT = re.compile("export|出口|outbound"), re.compile("import|进口|inbound")


def period_said(text: str) -> str:
    """The period that a text is, as rows or names spell it; codes and names stay as they are.

    Raises `BadParameter` for what is no period, or not one alone, or waits for a year, a day or an end.
    """
    if _OPEN.fullmatch(text):
        return text
    try:
        return parse(text).code
    except RowError as error:
        fix = str(error.fix)
    words = unicodedata.normalize("NFKC", text)
    mentions = list(find(words))
    if not mentions or any(_is_no_interval(one) for one in mentions):
        raise BadParameter(f"period {text!r} is not a calendar period", fix=fix)
    if len(mentions) > 1:
        raise BadParameter(f"period {text!r} names {len(mentions)} periods", fix="ask for one of them")
    (one,) = mentions
    rest = (words[: one.start], words[one.end :])
    code = resolve(one).code
    if not _EMPTY.fullmatch(rest[0]) or rest[1].strip():
        raise BadParameter(f"period {text!r} is more than a calendar period", fix=fix)
    if code is None or is_open(code) or one.anchor != "calendar":
        raise BadParameter(f"period {text!r} does not say its year", fix="name the year, such as 2022-H1")
    if code.endswith(".."):
        raise BadParameter(f"period {text!r} has no end", fix=f"write {code} if that is meant")
    return parse(code).code


def _is_no_interval(one: PeriodMention) -> bool:
    return one.kind in ("duration", "vague")


def one_direction(name: str) -> str | None:
    """Code of the one direction of trade that a name says, as articles' names are read; None for none or for both."""
    words = matching(name)
    if _EXPORT.search(words) and _IMPORT.search(words):
        return None
    found = direction(words)
    return None if found == "total" else found
