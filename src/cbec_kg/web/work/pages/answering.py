"""A typed answer as plain data for a page: every part in words, every source with its links.

>>> from cbec_kg.store.embedded import MemoryStore
>>> answered(MemoryStore(), "What is the weather?", "en")["refused"]
'no figure is named in it: name what is measured, for example CBEC exports, goods trade, overseas warehouses'
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from cbec_kg.answer.formulas import in_words
from cbec_kg.answer.ledger import Evidence
from cbec_kg.answer.present import Lines
from cbec_kg.answer.result import Answer, Near
from cbec_kg.ask.asking import ask_in_words
from cbec_kg.errors import BadParameter, UnreadQuestion
from cbec_kg.namespaces import LOCAL_NAME
from cbec_kg.query.spell import spell_all
from cbec_kg.rdf.terms import NamedNode, iri
from cbec_kg.reconcile.figure import Figure
from cbec_kg.store.base import Store

__all__ = ["answered", "outline"]


def answered(store: Store, text: str, lang: str, today: date | None = None) -> dict[str, Any]:
    """The answer of a question in plain words by `outline` with ``reading``, or why it was not read, as ``refused``."""
    try:
        found, head, _ = ask_in_words(store, text, today=today, lang=lang)
    except (UnreadQuestion, BadParameter) as error:
        # Where a command is what to do, the page has links.
        fix = "" if "cbec-kg" in error.fix else error.fix
        return {"refused": f"{error.message}{'：' if lang == 'zh' else ': '}{fix}" if fix else error.message}
    return {**outline(store, found.answer, lang), "reading": head.line, "wanted": head.status}


def outline(store: Store, found: Answer, lang: str) -> dict[str, Any]:
    """``type``, ``figure`` (value and interval in words), ``asked``, ``things``, ``notes``, ``scope``, ``status``,
    ``routes`` (formula, steps, result), ``claims`` and ``inputs`` (figure, iri, places), ``sides``, ``revised``,
    ``checks``, ``nearest`` (text, iri).
    """
    lines = Lines(found, lang)
    slots = found.point.slots if found.point else None
    return {
        "type": found.type,
        "says": lines.headline(),
        "figure": lines.amount(found) if found.interval is not None else "",
        "asked": lines.asked(),
        "point": next(iter(_known(store, [iri(f"obs:{found.point.name}")])), "") if found.point else "",
        "things": [
            {"iri": thing, "label": lines.label(code)}
            for code, thing in _iris(store, {found.question.indicator, found.question.entity}).items()
        ],
        "notes": [lines.note(note) for note in found.notes],
        "scope": lines.label(slots.scope, "scope-") if slots and slots.scope != "none" else "",
        "status": found.status if found.status != "derived" else "",
        "routes": [
            {"formula": in_words(route, lang), "steps": list(lines.steps(route)), "result": lines.amount(route)}
            for route in found.routes
        ],
        "claims": _claims(store, lines, found.claims),
        "inputs": _claims(store, lines, {one.digest: one for route in found.routes for one in route.figures}.values()),
        "sides": [
            {
                "figure": lines.amount(side),
                "formula": in_words(side.route, lang) if side.route else "",
                "claims": _claims(store, lines, side.claims),
            }
            for side in found.sides
        ],
        "revised": _claims(store, lines, found.revised_from),
        "checks": [lines.check(one).partition(lines.colon)[2] for one in found.checks],
        "nearest": [{"text": lines.near(near), "iri": _iri(near)} for near in found.nearest],
        "undated_left_out": found.undated_left_out,
    }


def _claims(store: Store, lines: Lines, figures: Iterable[Figure]) -> list[dict[str, Any]]:
    known = [(figure, lines.found.ledger.claims.get(figure.digest)) for figure in figures]
    speakers = {one.speaker for _, claim in known if claim for one in claim.evidence if one.speaker}
    iris = _iris(store, speakers)
    return [
        {
            "iri": iri(f"claim:{figure.digest}").value,
            "figure": lines.figure(figure),
            "status": figure.status,
            "places": [
                _place(lines, one, iris) | {"again": list(lines.again(claim, one))}
                for one in (claim.evidence if claim else ())
            ],
        }
        for figure, claim in known
    ]


def _place(lines: Lines, one: Evidence, iris: dict[str, str]) -> dict[str, Any]:
    return {
        "article": iri(f"art:{one.source.id}").value if LOCAL_NAME.fullmatch(one.source.id) else "",
        "title": one.source.title,
        "publisher": one.source.publisher,
        "start": one.start,
        "end": one.end,
        "written": one.written,
        "speaker": lines.label(one.speaker) if one.speaker else "",
        "speaker_iri": iris.get(one.speaker or "", ""),
        "day": lines.day(one.day) if one.day else "",
        "review": one.review,
    }


def _iri(near: Near) -> str:
    if near.figure:
        return iri(f"claim:{near.figure.digest}").value
    name = near.indicator or ""
    return iri(f"voc:{name}").value if name and LOCAL_NAME.fullmatch(name) else ""


def _iris(store: Store, codes: set[str]) -> dict[str, str]:
    """IRIs of things by their codes: they are entities, or terms of the vocabularies."""
    nodes = [iri(f"{kind}:{code}") for code in sorted(codes) for kind in ("id", "voc") if LOCAL_NAME.fullmatch(code)]
    return {thing.rpartition("/")[2]: thing for thing in sorted(_known(store, nodes), reverse=True)}


def _known(store: Store, nodes: list[NamedNode]) -> list[str]:
    """Those that the graph has: a derived figure may be of a point that no claim is of."""
    if not nodes:
        return []
    found = store.select(f"SELECT DISTINCT ?thing {{ VALUES ?thing {{ {spell_all(tuple(nodes))} }} ?thing a ?class }}")
    return [thing.value for (thing,) in found.rows if isinstance(thing, NamedNode)]
