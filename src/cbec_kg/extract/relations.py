"""Relations of the closed list that sentences state: who launches, runs, signs, uses what, and what lies where.

>>> from cbec_kg.extract.document import Document
>>> from cbec_kg.extract.mentions import default_finder
>>> from cbec_kg.extract.scan import scan
>>> finder = default_finder()
>>> view = View(scan(Document.of("AliExpress uses big data.", "en"), finder)[0], finder.lexicon)
>>> [(tie.subject.code, tie.predicate, tie.object.code, tie.status) for tie in ties(view, tie_frames())]
[('aliexpress', 'uses', 'big-data', 'actual')]
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from cbec_kg.extract.leads import Found, acts, earlier, lead, listed, related
from cbec_kg.extract.masks import Thing, thing_named
from cbec_kg.extract.patterns import Frame, frames_of
from cbec_kg.extract.views import View
from cbec_kg.extract.words import read_toml

__all__ = ["Tie", "fits", "predicates", "tie_frames", "ties"]


class Tie(NamedTuple):
    """A subject, a predicate and an object; ``start`` and ``end`` are of the masked text, ``place`` within a list."""

    subject: Thing
    predicate: str
    object: Thing
    status: str
    start: int
    end: int
    rule: str
    confidence: float
    place: int = 0


@cache
def predicates() -> dict[str, dict[str, str]]:
    """Classes that each predicate takes, as ``domain`` and ``range``."""
    return dict(read_toml("relations.toml")["predicates"])


@cache
def tie_frames() -> tuple[Frame, ...]:
    """Frames of the project's own table."""
    return tuple(frames_of(read_toml("relations.toml")))


def fits(subject: Thing, predicate: str, thing: Thing) -> bool:
    """Whether a predicate takes two things by their classes."""
    takes = predicates()[predicate]
    return subject.code != thing.code and takes["domain"] in subject.classes and takes["range"] in thing.classes


def ties(view: View, frames: Iterable[Frame]) -> Iterator[Tie]:
    """Relations that a sentence states, by the frames that it may match."""
    for frame in frames:
        for match in frame.regex.finditer(view.masked.text):
            yield from _read(view, frame, match)
    yield from _titled(view)


def _titled(view: View) -> Iterator[Tie]:
    """Where somebody belongs whose name the lexicon holds with a title: "commerce ministry spokesperson ..."."""
    for char, thing in view.masked.things.items():
        if thing.kind != "R":
            continue
        words, at = view.words(thing), view.masked.text.index(char)
        for end in range(len(words) - 1, 2, -1):
            body = thing_named(view.lexicon, words[:end].strip()) if view.lang == "zh" or words[end] == " " else None
            if body and fits(thing, "partOf", body) and "Organization" in body.classes:
                yield Tie(thing, "partOf", body, "actual", at, at + 1, "relation.partOf.name", 0.9)
                break


def _read(view: View, frame: Frame, match: re.Match[str]) -> Iterator[Tie]:
    data: dict[str, Any] = dict(frame.data)
    at = match.start("v")
    group = next((name for name in data["groups"] if match[name]), None)
    said = data["groups"][group]["predicate"] if group else data["predicate"]
    if view.asked(at) or view.titled(at):
        return
    subjects = _end(view, match, "x", data.get("x"), acting=data.get("acting", True))
    objects = _end(view, match, "y", data.get("y"), acting=True)
    if not subjects or not objects:
        return
    if data.get("turned"):
        subjects, objects = objects, subjects
    allowed = data.get("subject")
    places = [one.at for one in (*subjects, *objects) if one.own]
    status = view.status(min(*places, at), at)
    if said == "owns" and match["v"].endswith("ing") and view.masked.text[:at].rstrip().endswith((" IS", " ARE")):
        status = "planned"  # it is not done yet
    for subject in subjects:
        if allowed and subject.thing.kind not in allowed:
            continue
        for place, thing in enumerate(objects, 1):
            if view.lang == "en" and thing.at < at and _ABOUT.search(view.masked.text, 0, thing.at):
                continue  # "a report on trade issued by": the report was issued, and no trade
            if view.lang == "en" and at < thing.at and _OF_PAPER.search(view.masked.text, match.end("v"), thing.at):
                continue  # "issued a statement approving the establishment of zones": no zones were issued
            predicate = _by_class(said, thing.thing)
            if view.lang == "zh" and at < thing.at and acts(view.masked.text[match.end("v") : thing.at]):
                continue
            if fits(subject.thing, predicate, thing.thing) and _holds(view, data, subject.thing, thing.thing):
                last = max([one.at + 1 for one in (subject, thing) if one.own] + [match.end("v")])
                rule = frame.rule.replace("relation", f"relation.{predicate}", 1)
                yield Tie(
                    subject.thing, predicate, thing.thing, status, min(*places, at), last,
                    rule, data["confidence"] - data.get("less", 0), place if len(objects) > 1 else 0,
                )  # fmt: skip


_ABOUT = re.compile(r"[a-z] (?:On|About|For|In|At|Into) (?:[a-z\ue000-\ue9ff]+(?:'s)? ){0,3}\"?$")


_OF_PAPER = re.compile(r"\b[a-z]+ [a-z]+ing (?:the|an?|more|all|some) ")


def _by_class(predicate: str, thing: Thing) -> str:
    """What a verb says by what it is done to: a plan that is "released" is launched, a company's report is issued."""
    if predicate == "issues" and thing.classes & {"Programme", "Platform", "Product"}:
        return "launches"
    return "issues" if predicate == "operates" and "Document" in thing.classes else predicate


def _end(view: View, match: re.Match[str], group: str, how: str | None, *, acting: bool) -> list[Found]:
    """One end of a relation: what its slot holds, else what the clause or the sentence before is about."""
    names = match.re.groupindex
    for name in (group, "z") if group == "x" else (group,):
        if name in names and match[name]:
            return listed(view, match, name)
    match how:
        case "lead":
            if found := related(view, match):
                return found
            clause = lead(view, match.start(), acting=acting)
            alone = not view.masked.text[: match.start()].strip(' "')
            return (earlier(view) if alone else []) if clause is None else clause
        case "pronoun":
            start = match.start("pronoun")
            return meant(view, match["pronoun"], start)
    return []


def meant(view: View, pronoun: str, at: int) -> list[Found]:
    """What a pronoun, or "the company", stands for."""
    noun = pronoun.lower().removeprefix("the ")
    if noun in ("country", "nation"):
        return [Found(_china(view), at, own=False)] if "china" in view.lexicon.entries else []
    found = lead(view, at)
    found = earlier(view, plural=noun == "they") if found is None else found
    wanted = _NOUNS.get(noun)
    if wanted is None or any(wanted in one.thing.classes for one in found):
        return found
    before = view.previous.masked.things.values() if view.previous else ()
    fitting = {thing.code: thing for thing in before if wanted in thing.classes}
    return [Found(thing, at, own=False) for thing in fitting.values()] if len(fitting) == 1 else []


_NOUNS = {
    "company": "Company", "firm": "Company", "group": "Company", "giant": "Company", "retailer": "Company",
    "platform": "Platform", "app": "Platform", "ministry": "GovernmentBody", "agency": "GovernmentBody",
    "association": "Association", "bank": "Company",
}  # fmt: skip


def _china(view: View) -> Thing:
    entry = view.lexicon.entries["china"]
    return Thing(0, 0, entry.code, "N", (entry.code,), entry.classes)


def _holds(view: View, data: dict[str, Any], subject: Thing, thing: Thing) -> bool:
    """What a frame asks of its ends beyond their classes."""
    entry = view.lexicon.entries.get(thing.code)
    if entry is not None and entry.kind == "Indicator":
        return False
    if data.get("within"):
        return thing.code in _within(view, subject.code)
    if data.get("owned"):
        return "Company" in subject.classes and bool(thing.classes & {"Platform", "Product", "Programme", "Document"})
    return True


def _within(view: View, code: str) -> set[str]:
    """Places that a place is known to lie in."""
    seen: set[str] = set()
    todo = [code]
    while todo:
        entry = view.lexicon.entries.get(todo.pop())
        for place in entry.within if entry else ():
            if place not in seen:
                seen.add(place)
                todo.append(place)
    return seen
