"""A receipt: all that an answer rests on, so that anyone with the articles can check it without a graph.

A receipt is one JSON object, the same bytes for the same answer:

- ``receipt``: the version of the format; ``question``: codes, with what was left open filled in;
- ``type, point, measure, unit, value, lower, upper``: the answer, numbers as decimal strings, absent where none is;
- ``claims``: by digest: ``keys`` that the digest is of, and the ``evidence`` with article, characters, written figure;
  every claim without which the outcome could be another: also what makes one figure replace another, or repeat it;
- ``articles``: by id, with ``sha256`` and ``length``; ``terms``: what arithmetic was told of the indicators;
- ``counted``: digests of the claims that state the value; ``sides``: groups of digests that exclude each other;
- ``formulas``: each ``{rule, formula, calculation, point, measure, unit, value, lower, upper, inputs}``, an input is
  ``{"claim": digest}`` or such an object again.

>>> from cbec_kg.answer.indicators import Indicators
>>> made = make(Answer(type="silent", question=Question("company-revenue", entity="shein")), Indicators())
>>> made["type"], made["claims"], name(made)[:8]
('silent', {}, 'receipt-')
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from cbec_kg.answer.answering import answer_from
from cbec_kg.answer.indicators import Indicators
from cbec_kg.answer.ledger import Claim, Evidence, Ledger, Restatement, Source
from cbec_kg.answer.question import Question
from cbec_kg.answer.result import Answer, Route, Side, spelled
from cbec_kg.model.period import parse
from cbec_kg.model.slots import Slots
from cbec_kg.rdf.terms import canonical_decimal
from cbec_kg.reconcile.book import Rate, Ratio, Terms
from cbec_kg.reconcile.figure import Amount, Figure, Point, Stating
from cbec_kg.reconcile.interval import Interval
from cbec_kg.triples.mint import canonical

__all__ = ["VERSION", "asked_of", "claim_of", "digest_of", "keys_of", "make", "name", "terms_of_receipt", "text_of"]

VERSION = "cbec-kg/1"
_DIGITS, _SHOWN = 60, 20
_PLAIN = re.compile(rf"-?[0-9]{{1,{_DIGITS}}}(?:\.[0-9]{{1,{_DIGITS}}})?")
"""No exponent: a few characters could else stand for more digits than there is memory."""
_NOTHING = {"partner": "all", "sector": "all", "flow": "none"}
_SLOTS = ("indicator", "entity", "partner", "sector", "flow", "scope", "market", "channel")


def make(found: Answer, indicators: Indicators) -> dict[str, Any]:
    """The receipt of an answer."""
    claims, terms = _enough(found, indicators)
    return {
        "receipt": VERSION,
        "question": {key: value for key, value in asdict(found.settled).items() if value is not None},
        **_outcome(found),
        "claims": {digest: {"keys": keys_of(claim), "evidence": _places(claim)} for digest, claim in claims.items()},
        "articles": _articles(claims.values()),
        "terms": terms,
    }


def _outcome(found: Answer) -> dict[str, Any]:
    """What a receipt says came out."""
    return _without_nothing({
        "type": found.type,
        "point": found.point.name if found.point else None,
        "measure": found.measure,
        "unit": found.unit,
        "value": _number(found.value),
        **_bounds(found.interval),
        "counted": sorted(figure.digest for figure in found.claims),
        "sides": [_side(side) for side in found.sides],
        "formulas": [_formula(route) for route in found.routes],
    })  # fmt: skip


def _enough(found: Answer, indicators: Indicators) -> tuple[dict[str, Claim], dict[str, Any]]:
    """Claims, sorted, and terms from which the same comes out again: of the points involved, else all there are.

    Which claims were looked at and set aside on the way to an answer is known to the arithmetic alone, so the answer
    is found again from what the receipt holds.
    """
    known = found.ledger.claims
    asked = {name for name in (found.question.indicator, found.question.against) if name}
    for some in (_used(found) & known.keys(), known.keys()):
        claims = {digest: known[digest] for digest in sorted(some)}
        terms = _terms(indicators, asked | {claim.point.slots.indicator for claim in claims.values()})
        again = answer_from(Ledger(claims.values()), found.settled, _indicators(terms))
        if _outcome(again) == _outcome(found):
            break
    return claims, terms


def text_of(receipt: Mapping[str, Any]) -> str:
    """The bytes of a receipt as text: sorted keys, two spaces, one last newline."""
    return json.dumps(receipt, ensure_ascii=False, sort_keys=True, indent=2) + "\n"


def name(receipt: Mapping[str, Any]) -> str:
    """File name of a receipt: of its own digest."""
    return f"receipt-{hashlib.sha256(text_of(receipt).encode()).hexdigest()[:12]}.json"


def keys_of(claim: Claim) -> dict[str, str]:
    """Identity of a claim: the keys that its digest is of, codes as in rows, numbers as decimal strings."""
    slots = claim.point.slots
    stating = claim.stating
    keys = {key: value for key in _SLOTS if (value := getattr(slots, key)) != _NOTHING.get(key)}
    keys |= {
        "type": "observation", "period": spelled(claim.point.period), "kind": stating.measure, "basis": stating.basis,
        "base_period": spelled(stating.base_period), "share_of": stating.share_of,
        "ranked_among": stating.ranked_among, "unit": stating.unit, "currency_basis": stating.currency_basis,
        "value": _number(claim.value), "lower": _number(claim.lower), "upper": _number(claim.upper),
        "qualifier": claim.qualifier, "status": claim.status, "record": claim.record,
        "record_since": spelled(claim.record_since),
    }  # fmt: skip
    return {key: value for key, value in sorted(keys.items()) if value is not None}


def digest_of(keys: Mapping[str, str]) -> str:
    """Digest of a claim by its keys.

    >>> digest_of({"type": "observation", "value": "1"}) == digest_of({"value": "1", "type": "observation"})
    True
    """
    return hashlib.sha256(canonical(dict(keys)).encode()).hexdigest()[:20]


def claim_of(digest: str, told: Mapping[str, Any], articles: Mapping[str, Any]) -> Claim:
    """The claim that a receipt tells; raises ``KeyError``, ``ValueError``, ``ArithmeticError``, `RowError` for none."""
    keys = dict(told["keys"])
    slots = Slots(
        keys["indicator"], keys["entity"], keys.get("partner", "all"), keys.get("sector", "all"),
        keys.get("flow", "none"), keys["scope"], keys.get("market"), keys.get("channel"),
    )  # fmt: skip
    since, base = keys.get("record_since"), keys.get("base_period")
    return Claim(
        digest=digest,
        point=Point(slots, _named(keys["period"])),
        stating=Stating(
            keys["kind"], keys.get("unit"), keys.get("basis"), _named(base) if base else None,
            keys.get("currency_basis"), keys.get("share_of"), keys.get("ranked_among"),
        ),
        status=keys["status"],
        qualifier=keys["qualifier"],
        value=_decimal(keys.get("value")),
        lower=_decimal(keys.get("lower")),
        upper=_decimal(keys.get("upper")),
        record=keys.get("record"),
        record_since=_named(since) if since else None,
        evidence=tuple(_evidence(one, articles) for one in told["evidence"]),
    )  # fmt: skip


def asked_of(receipt: Mapping[str, Any]) -> Question:
    """The question that a receipt answers; raises ``KeyError``, ``TypeError``."""
    return Question(**receipt["question"])


def terms_of_receipt(receipt: Mapping[str, Any]) -> Indicators:
    """What a receipt tells of its indicators; raises ``KeyError``, ``TypeError``."""
    return _indicators(receipt["terms"])


def _indicators(told: Mapping[str, Any]) -> Indicators:
    ratios = {code: Ratio(**ratio) for code, ratio in told["ratios"].items()}
    terms = Terms(
        flows=frozenset(told["flows"]), traded=frozenset(told["traded"]), ratios=ratios,
        rates={code: Rate(**rate) for code, rate in told["rates"].items()}, scopes=dict(told["scopes"]),
    )  # fmt: skip
    return Indicators(terms, dict(told["units"]), dict(told["wholes"]), frozenset(told["scoped"]))


def _used(found: Answer) -> set[str]:
    """Claims that the answer rests on, and the others of their points that tell which of them are current.

    What is later replaces what is earlier, or repeats it, by its article's other figures of the same point.
    """
    points = {figure.point for figure in found.rests_on} | ({found.point} if found.point else set())
    figures = [figure for point in points for figure in found.ledger.book.at(point)]
    asked = {one.digest for one in figures if one.point == found.point and one.stating.measure == found.measure}
    return asked | {one.digest for one in figures if one.is_firm}


def _named(code: str) -> str:
    return code if code.startswith("open") else parse(code).name


def _number(value: Decimal | None) -> str | None:
    return None if value is None else canonical_decimal(value)


def _decimal(text: str | None) -> Decimal | None:
    if text is None:
        return None
    if not _PLAIN.fullmatch(text):
        raise ValueError(f"{text[:_SHOWN]!r} is no plain decimal of at most {_DIGITS} digits on either side")
    return Decimal(text)


def _bounds(interval: Interval | None) -> dict[str, str | None]:
    return {
        "lower": _number(interval.lower) if interval else None,
        "upper": _number(interval.upper) if interval else None,
    }


def _without_nothing(told: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in told.items() if value is not None}


def _places(claim: Claim) -> list[dict[str, Any]]:
    return [
        _without_nothing({
            "article": one.source.id, "start": one.start, "end": one.end, "written": one.written,
            "attributed_to": one.speaker, "government": one.government or None, "released_on": one.released_on,
            "scope_basis": one.scope_basis, "review": one.review, "list_position": one.position,
            "enumeration": one.enumeration, "restated": [_again(again) for again in one.restated] or None,
        })
        for one in claim.evidence
    ]  # fmt: skip


def _again(one: Restatement) -> dict[str, Any]:
    return _without_nothing({
        "unit": one.amount.unit, "value": _number(one.amount.value), **_bounds(one.amount.interval),
        "start": one.start, "end": one.end, "written": one.written,
    })  # fmt: skip


def _restated(told: Mapping[str, Any]) -> Restatement:
    value = _decimal(told["value"])
    if value is None:
        raise ValueError("an amount again without a value")
    amount = Amount(told["unit"], value, _decimal(told.get("lower")), _decimal(told.get("upper")))
    return Restatement(amount, int(told["start"]), int(told["end"]), told.get("written"))


def _evidence(told: Mapping[str, Any], articles: Mapping[str, Any]) -> Evidence:
    article = articles[told["article"]]
    source = Source(
        told["article"], published=article.get("published"), sha256=article.get("sha256"), length=article.get("length")
    )
    start, end = int(told["start"]), int(told["end"])
    return Evidence(
        f"{source.id}_{start}-{end}", source, start, end, told.get("written"), told.get("attributed_to"),
        bool(told.get("government")), told.get("released_on"), told.get("scope_basis"), told["review"],
        told.get("list_position"), told.get("enumeration"), tuple(map(_restated, told.get("restated", ()))),
    )  # fmt: skip


def _articles(claims: Iterable[Claim]) -> dict[str, dict[str, Any]]:
    sources = {one.source.id: one.source for claim in claims for one in claim.evidence}
    return {
        id_: _without_nothing({key: value for key, value in asdict(source).items() if key not in ("id", "lang")})
        for id_, source in sorted(sources.items())
    }


def _terms(indicators: Indicators, wanted: set[str]) -> dict[str, Any]:
    """What was told of these indicators, of their ratios, and of the parts and wholes of those."""
    terms = indicators.terms
    family = set(indicators.related(sorted(wanted)))
    return {
        "flows": sorted(terms.flows & family),
        "traded": sorted(terms.traded & family),
        "ratios": {code: asdict(ratio) for code, ratio in sorted(terms.ratios.items()) if code in family},
        "rates": {code: asdict(rate) for code, rate in sorted(terms.rates.items()) if code in family},
        "scopes": {code: scope for code, scope in sorted(terms.scopes.items()) if code in family},
        "units": {code: unit for code, unit in sorted(indicators.units.items()) if code in family},
        "wholes": {code: whole for code, whole in sorted(indicators.wholes.items()) if code in family},
        "scoped": sorted(indicators.scoped & family),
    }


def _side(side: Side) -> dict[str, Any]:
    told: dict[str, Any] = {"claims": sorted(figure.digest for figure in side.claims), "value": _number(side.value)}
    told |= _bounds(side.interval)
    return _without_nothing({**told, "formula": _formula(side.route) if side.route else None})


def _formula(route: Route) -> dict[str, Any]:
    return _without_nothing({
        "rule": route.rule, "formula": route.formula, "calculation": route.calculation,
        "point": route.point.name, "measure": route.measure,
        "unit": route.unit, "value": _number(route.value), **_bounds(route.interval),
        "inputs": [{"claim": one.digest} if isinstance(one, Figure) else _formula(one) for one in route.inputs],
    })  # fmt: skip
