"""An answer as JSON: the keys that other programs rely on, and more.

>>> from cbec_kg.answer.question import Question
>>> found = as_json(Answer(type="silent", question=Question("company-revenue", entity="shein")))
>>> found["type"], found["value"], found["sources"]
('silent', None, [])
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from cbec_kg.answer.ledger import Claim, Evidence, Ledger, Restatement
from cbec_kg.answer.result import Answer, Check, Near, Route, Side
from cbec_kg.rdf.terms import canonical_decimal
from cbec_kg.reconcile.figure import Figure
from cbec_kg.reconcile.interval import Interval

__all__ = ["as_json", "json_text", "number", "source_json"]

_UNSEEN = re.compile(r"[\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def number(value: Decimal | None) -> int | Decimal | None:
    """A decimal as `json_text` writes it: every digit, and no exponent."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else value


def json_text(told: object) -> str:
    """One line of JSON of what `as_json` gives, with other plain data; numbers are exact decimals.

    Characters that would move a terminal's cursor are escaped.

    >>> json_text({"value": Decimal("0.10"), "upper": Decimal("1E+30"), "notes": ["a\\x9bb", None, True]})
    '{"value": 0.1, "upper": 1000000000000000000000000000000, "notes": ["a\\\\u009bb", null, true]}'
    """
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", _written(told))


def _written(told: object) -> str:
    match told:
        case Decimal():
            return canonical_decimal(told)
        case Mapping():
            return f"{{{', '.join(f'{json.dumps(key, ensure_ascii=False)}: {_written(told[key])}' for key in told)}}}"
        case list() | tuple():
            return f"[{', '.join(map(_written, told))}]"
    return json.dumps(told, ensure_ascii=False)


def as_json(found: Answer) -> dict[str, Any]:
    """The whole answer; spans count code points, the end is exclusive."""
    slots = found.point.slots if found.point else None
    first = found.routes[0] if found.routes else None
    return {
        "type": found.type,
        "question": asdict(found.question),
        "point": found.point.name if found.point else None,
        "period": found.point.period if found.point else None,
        "flow": slots.flow if slots else None,
        "measure": found.measure,
        "value": number(found.value),
        **_bounds(found.interval),
        "unit": found.unit,
        "scope": slots.scope if slots else found.question.scope,
        "status": found.status,
        "formula": first.formula if first else None,
        "calculation": first.calculation if first else None,
        "inputs": [_input(figure, found.ledger) for figure in first.figures] if first else [],
        "routes": [_route(route, found.ledger) for route in found.routes],
        "checks": [_check(one) for one in found.checks],
        "claims": [figure.digest for figure in found.claims],
        "sides": [_side(side, found.ledger) for side in found.sides],
        "sources": _sources(found.rests_on, found.ledger),
        "revised_from": [_input(figure, found.ledger) for figure in found.revised_from],
        "as_of": found.question.as_of,
        "undated_left_out": found.undated_left_out,
        "undated_claims": list(found.undated_claims),
        "undated_articles": list(found.undated_articles),
        "nearest": [_near(near) for near in found.nearest],
        "notes": [{"note": note.code, "words": list(note.words)} for note in found.notes],
    }


def _bounds(interval: Interval | None) -> dict[str, Any]:
    return {
        "lower": number(interval.lower) if interval else None,
        "upper": number(interval.upper) if interval else None,
    }


def source_json(claim: Claim, one: Evidence) -> dict[str, Any]:
    """Who says a claim and where; an amount in another currency with the exchange rate that the two imply."""
    source = one.source
    return {
        "claim": claim.digest,
        "article": source.id,
        "start": one.start,
        "end": one.end,
        "written": one.written,
        "attributed_to": one.speaker,
        "released_on": one.released_on,
        "published": source.published,
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url,
        "sha256": source.sha256,
        "review": one.review,
        "restated": [_restated(claim, again) for again in one.restated],
    }


def _restated(claim: Claim, again: Restatement) -> dict[str, Any]:
    told = {
        "value": number(again.amount.value), **_bounds(again.amount.interval), "unit": again.amount.unit,
        "start": again.start, "end": again.end,
    }  # fmt: skip
    if rate := claim.rate(again):
        told["rate"] = {"value": number(rate[0]), **_bounds(rate[1])}
    return told


def _sources(figures: tuple[Figure, ...], ledger: Ledger) -> list[dict[str, Any]]:
    claims = [ledger.claims[figure.digest] for figure in figures if figure.digest in ledger.claims]
    return [source_json(claim, one) for claim in claims for one in claim.evidence]


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "claim": figure.digest,
        "point": figure.point.name,
        "period": figure.point.period,
        "flow": figure.point.slots.flow,
        "scope": figure.point.slots.scope,
        "measure": figure.stating.measure,
        "value": number(figure.value),
        **_bounds(figure.interval),
        "unit": figure.stating.unit,
        "status": figure.status,
        "vintage": figure.vintage,
    }


def _input(figure: Figure, ledger: Ledger) -> dict[str, Any]:
    return {**_figure(figure), "sources": _sources((figure,), ledger)}


def _route(route: Route, ledger: Ledger) -> dict[str, Any]:
    return {
        "rule": route.rule,
        "formula": route.formula,
        "calculation": route.calculation,
        "point": route.point.name,
        "measure": route.measure,
        "value": number(route.value),
        **_bounds(route.interval),
        "unit": route.unit,
        "claims": [figure.digest for figure in route.figures],
        "steps": [_route(one, ledger) for one in route.inputs if isinstance(one, Route)],
    }


def _check(one: Check) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "tested": one.tested.digest,
        "formula": one.formula,
        "calculation": one.calculation,
        "point": one.tested.point.name,
        "measure": one.tested.stating.measure,
        "value": number(one.value),
        **_bounds(one.interval),
        "unit": one.tested.stating.unit,
        "claims": [figure.digest for figure in one.claims],
        "agrees": one.agrees,
        "explanations": list(one.explanations),
    }


def _side(side: Side, ledger: Ledger) -> dict[str, Any]:
    return {
        "value": number(side.value),
        **_bounds(side.interval),
        "claims": [figure.digest for figure in side.claims],
        "formula": side.route.formula if side.route else None,
        "calculation": side.route.calculation if side.route else None,
        "sources": _sources(side.claims, ledger),
    }


def _near(near: Near) -> dict[str, Any]:
    told: dict[str, Any] = {"reason": near.reason}
    if near.figure:
        told |= _figure(near.figure)
    if near.route:
        told |= {
            "point": near.route.point.name, "formula": near.route.formula, "value": number(near.route.value),
            **_bounds(near.route.interval), "unit": near.route.unit, "status": "derived",
        }  # fmt: skip
    if near.point:
        told |= {"point": near.point.name, "measure": near.measure}
    told |= {key: value for key in ("indicator", "name", "count") if (value := getattr(near, key)) is not None}
    return told
