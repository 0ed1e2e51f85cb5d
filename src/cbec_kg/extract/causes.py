"""Factors: what the sentences of an article say drives, curbs or affects what.

>>> from cbec_kg.extract.document import Document
>>> from cbec_kg.extract.mentions import default_finder
>>> from cbec_kg.extract.scan import scan
>>> finder = default_finder()
>>> view = View(scan(Document.of("Policy support has boosted foreign trade.", "en"), finder)[0], finder.lexicon)
>>> [(cause.factor.code, cause.outcome.code, cause.polarity) for cause in causes(view, cause_frames())]
[('support-policies', 'foreign-trade', 'positive')]
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from cbec_kg.extract.leads import Found, acts, after, earlier, governs, lead, listed, related
from cbec_kg.extract.masks import Thing
from cbec_kg.extract.patterns import Frame, frames_of
from cbec_kg.extract.views import View, flow_of
from cbec_kg.extract.words import any_word, read_toml, verb_forms

__all__ = ["Cause", "cause_frames", "causes"]

_FACTORS = frozenset("CGOEIS")
_OUTCOMES = frozenset("CGEIS")
_TRADE = frozenset({"goods-exports", "goods-imports", "foreign-trade", "goods-trade-value"})
_FLIPPED = {"positive": "negative", "negative": "positive"}


class Cause(NamedTuple):
    """A factor and its outcome; ``start`` and ``end`` are of the masked text, ``place`` counts within a list from 1."""

    factor: Thing
    outcome: Thing
    polarity: str
    status: str
    start: int
    end: int
    rule: str
    confidence: float
    place: int = 0


@cache
def cause_frames() -> tuple[Frame, ...]:
    """Frames of the project's own table."""
    return tuple(frames_of(read_toml("causes.toml")))


def causes(view: View, frames: Iterable[Frame]) -> Iterator[Cause]:
    """Causes that a sentence states, by the frames that it may match."""
    for frame in frames:
        for match in frame.regex.finditer(view.masked.text):
            yield from _read(view, frame, match)


def _read(view: View, frame: Frame, match: re.Match[str]) -> Iterator[Cause]:
    data, masked = frame.data, view.masked
    group = next((name for name in data["groups"] if match[name]), None)
    data = {**data, **data["groups"][group]} if group else data
    at = match.start("v")
    if view.asked(at) or view.titled(at):
        return
    factors = _end(view, match, "x", data.get("x"), at, started=data.get("agents", True))
    if "ends" in data and not re.search(f"(?:{data['ends']})$", view.words(factors[0].thing)):
        return
    if view.lang == "zh" and "x" in match.re.groupindex and match["x"] and factors:
        factors = _acting(view, match, factors)
    end = match.end()
    if data.get("y") == "after":
        outcomes, end = after(masked, end, view.lang)
        if view.lang == "zh" and outcomes:  # what follows the name may be how it moves
            end = outcomes[-1].at + 1
    else:
        outcomes = _end(view, match, "y", data.get("y"), at)
    if not factors or not outcomes:
        return
    if "named" in data and not re.search(data["named"], view.words(outcomes[0].thing)):
        return
    polarity = _polarity(view, str(data["polarity"]), match, outcomes, end)
    if polarity is None:
        return
    if group and view.lang == "zh" and not (outcomes := _governed(view, match, outcomes)):
        return
    places = [one.at for one in (*factors, *outcomes) if one.own]
    status = data.get("status") or view.status(min([*places, at]), at)
    if data.get("y") == "after" and status == "actual":  # "with more trains, trade will grow"
        status = view.status(outcomes[0].at, min(outcomes[0].at + _AHEAD, _cut(masked.text, outcomes[0].at)))
    if group in _NOT_OF_ACTORS:
        outcomes = [one for one in outcomes if one.thing.kind not in "GON"]
        if re.search(r"\b(?:its|their)\b", masked.text[match.end("v") : outcomes[0].at] if outcomes else ""):
            factors = [one for one in factors if one.thing.kind != "O"]  # a firm that improves what is its own
    for place, factor in enumerate(factors, 1):
        for outcome in outcomes:
            if _fit(view, factor.thing, outcome.thing, agents=data.get("agents", True)):
                last = max([one.at + 1 for one in (factor, outcome) if one.own] + [match.end("v")])
                yield Cause(
                    _phenomenon(view, factor.thing), _phenomenon(view, outcome.thing), polarity, status,
                    min(*places, at), last, frame.rule, data["confidence"] - data.get("less", 0),
                    place if len(factors) > 1 else 0,
                )  # fmt: skip


_AHEAD = 24
_NOT_OF_ACTORS = ("improve", "reduce")
"""Groups of verbs whose object is no actor: where one follows them, what is meant is something of it."""


def _cut(text: str, at: int) -> int:
    """Where the clause of an offset ends."""
    return min((cut for char in ",;.，。；" if (cut := text.find(char, at)) >= 0), default=len(text))


def _fit(view: View, factor: Thing, outcome: Thing, *, agents: bool) -> bool:
    """Whether two things can be a factor and its outcome."""
    if (
        _phenomenon(view, factor).code == _phenomenon(view, outcome).code
        or factor.kind not in _FACTORS
        or outcome.kind not in _OUTCOMES
    ):
        return False
    if not agents and factor.kind in "GOS" and "Platform" not in factor.classes:
        return False
    return "MediaOrganization" not in factor.classes and not (_counts(view, factor) or _counts(view, outcome))


def _acting(view: View, match: re.Match[str], factors: list[Found]) -> list[Found]:
    """Factors of a verb that another one is joined to: 推动便利化并促进创新 is not said of 便利化."""
    text, start = view.masked.text, view.clause_start(match.start("x"))
    joined = _JOINED.search(text, factors[-1].at + 1, match.start("v"))
    if joined and governs().search(text, start, factors[0].at):
        return lead(view, start, acting=False) or []
    return factors


_JOINED = re.compile("并|且|又|还")


def _governed(view: View, match: re.Match[str], outcomes: list[Found]) -> list[Found]:
    """Outcomes that the verb itself has: not what a paper is that is to be issued, nor what a verb in the list has."""
    if not outcomes[0].own or outcomes[0].at < match.end("v"):
        return outcomes
    text = view.masked.text
    if _ISSUING.search(text, match.end("v"), outcomes[0].at):
        return []
    pairs = pairwise(outcomes)
    kept = next((at for at, (one, other) in enumerate(pairs, 1) if acts(text[one.at + 1 : other.at])), len(outcomes))
    return outcomes[:kept]


_ISSUING = re.compile("出台|印发|签署|签订|颁布")


_FOLLOWING = re.compile(r"[a-z]+ing\b")
_TAKEN_UP = re.compile(r"[,;:—] ?(?:Which|That|a (?:MOVE|step|measure|policy|trend))\b")


def _phenomenon(view: View, thing: Thing) -> Thing:
    """The phenomenon that the value of trade stands for, any other thing itself."""
    if thing.code in _TRADE and (meant := view.trade_meant(thing)):
        return thing._replace(code=meant)
    codes = read_toml("causes.toml")["phenomena"].get(thing.code)
    if codes is None:
        return thing
    flow = flow_of(view.words(thing)) or "total"
    return thing._replace(code=codes.get(flow, thing.code))


def _counts(view: View, thing: Thing) -> bool:
    """Whether a thing is only a number of something, which neither drives nor is driven."""
    entry = view.lexicon.entries.get(thing.code)
    return entry is not None and entry.kind == "Indicator" and entry.dimension not in ("money", "ratio")


def _end(
    view: View, match: re.Match[str], group: str, how: str | None, at: int, *, started: bool = True
) -> list[Found]:
    """One end of a statement: what its slot holds, else what the clause or the sentence before is about."""
    if group in match.re.groupindex and match[group]:
        return listed(view, match, group)
    match how:
        case "lead" if group == "y":
            return lead(view, at) or []
        case "lead":
            if view.lang == "en" and not (_FOLLOWING.match(match["v"]) or _TAKEN_UP.match(match[0])):
                started = False  # who starts something and then does more does it himself
            return related(view, match) or lead(view, match.start(), acting=False, started=started) or []
        case "pronoun":
            found = lead(view, match.start("pronoun"), acting=False)
            return earlier(view, plural=match["pronoun"] == "THEY") if found is None else found
        case "topic":
            return earlier(view) or ([Found(view.topic, 0, own=False)] if view.topic else [])
    return []


# ---- polarity


@cache
def _lowering(lang: str) -> re.Pattern[str]:
    """Verbs between a verb and its outcome that turn it."""
    groups = read_toml("causes.toml")["verbs"]
    verbs = [verb for name in ("lower", "reduce") for verb in groups[name][lang]]
    if lang == "zh":
        return re.compile(any_word(verbs))
    return re.compile(rf"\b(?:{any_word(verb_forms(verb)[4] for verb in verbs)})\b", re.I)


@cache
def _ways(lang: str) -> re.Pattern[str]:
    edge = r"\b" if lang == "en" else ""
    words = read_toml("causes.toml")["ways"][lang]
    return re.compile(
        "|".join(f"(?P<{name}>{edge}(?:{any_word(text.split('|'))}){edge})" for name, text in words.items()), re.I
    )


_INTRANSITIVE = re.compile(
    r" ?(?:$|[,.;:)\uf000\uf001]"
    r"|(?:by|to|from|in|at|with|since|and|or|further|again|over|as|on|more|during|into|[a-z]+ly)\b)",
    re.IGNORECASE,
)


def way(text: str, lang: str, *, alone: bool = False) -> str | None:
    """Polarity of the first word of direction in a text; ``alone`` takes only one that has no object."""
    for match in _ways(lang).finditer(text):
        if alone and lang == "en" and not _INTRANSITIVE.match(text, match.end()):
            return None
        return "positive" if match.lastgroup == "up" else "negative"
    return None


def _polarity(view: View, wanted: str, match: re.Match[str], outcomes: list[Found], end: int) -> str | None:
    """Which way the outcome goes; None where the frame needs to be told and is not."""
    if wanted == "way":
        return way(match["way"] or "", view.lang) or "unstated"
    if wanted == "verb":
        return way(match["v"], view.lang) or "unstated"
    if wanted in ("direction", "moving", "verb-direction"):
        text = view.masked.text
        first = outcomes[0].at
        rest = text[end : end + 60] if first >= match.start() else text[first + 1 : match.start()]
        found = way(re.split(r"[,;.，。；]", rest.lstrip(" ,，"), maxsplit=1)[0], view.lang, alone=wanted == "moving")
        if wanted == "moving":
            return found
        return found or way(match["v"], view.lang) or "unstated"
    down = "ydown" in match.re.groupindex and match["ydown"]
    if outcomes[0].own and match.end("v") <= outcomes[0].at:  # "helps to cut costs", 有助于降低成本
        down = down or _lowering(view.lang).search(view.masked.text, match.end("v"), outcomes[0].at)
    if _EITHER_WAY.match(match["v"]) and _AMOUNT_OF.search(_label(view, outcomes[0].thing)):
        return "unstated"  # what is "optimized" may be less of it
    return _FLIPPED.get(wanted, wanted) if down else wanted


_EITHER_WAY = re.compile(r"optimi|streamlin|adjust|优化|调整", re.I)
_AMOUNT_OF = re.compile(r"\b(?:costs?|consumption|use|emissions?|prices?|risks?|expenditure)\b")


def _label(view: View, thing: Thing) -> str:
    entry = view.lexicon.entries.get(thing.code)
    return entry.label_en if entry else ""
