"""Check a receipt with the articles alone: bytes, characters, numbers, digests, arithmetic, and the type that follows.

>>> report = check_receipt({"receipt": VERSION, "question": {"indicator": "i", "period": "2022"}, "type": "known",
...                         "point": "i_china_all_all_none_none_2022", "measure": "level", "claims": {}, "articles": {},
...                         "counted": [], "sides": [], "formulas": [], "terms": {"flows": [], "traded": [],
...                         "ratios": {}, "rates": {}, "scopes": {}, "units": {}, "wholes": {}, "scoped": []}})
>>> [fault.kind for fault in report.faults]
['type']
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from cbec_kg.answer.answering import answer_from
from cbec_kg.answer.ledger import Claim, Evidence, Ledger
from cbec_kg.answer.receipt import VERSION, asked_of, claim_of, digest_of, keys_of, make, terms_of_receipt
from cbec_kg.errors import CbecError, RowError, UnreadableInput
from cbec_kg.query.formats.display import one_line
from cbec_kg.verify.facts import ArticleFact, FigureFact, SpanFact
from cbec_kg.verify.figures import Problem
from cbec_kg.verify.report import Failure, counted
from cbec_kg.verify.run import check_article, check_spans, failure_of
from cbec_kg.verify.texts import Texts

__all__ = ["Fault", "ReceiptReport", "check_receipt", "read_receipt"]

_MADE_AGAIN = {
    "type": ("type",),
    "value": ("value", "lower", "upper", "unit", "measure", "point"),
    "formula": ("formulas",),
    "claims": ("counted", "sides"),
}
"""What is worked out again from the claims, by the kind of fault where it comes out otherwise."""
_CORRECTED = Problem("corrected", "not checkable: corrected by a person", "compare it with the article")
_SHORT = 200
_AGAIN = "_restated-"
_WRONG = (KeyError, TypeError, ValueError, ArithmeticError, AttributeError, RecursionError, RowError)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the receipt itself that does not hold.

    ``kind`` is one of digest, evidence, type, value, formula, claims, corrected.
    """

    kind: str
    problem: str
    fix: str

    def text(self) -> str:
        """One line: what is wrong, what to do."""
        return one_line(f"receipt: {self.problem}: {self.fix}")


@dataclass(frozen=True, slots=True)
class ReceiptReport:
    """What was checked of a receipt; ``texts`` tells whether articles were at hand.

    ``uncheckable`` are spans whose characters say otherwise than their claims because a person has corrected these.
    """

    type: str
    claims: int
    articles: int
    spans: int
    texts: bool
    faults: tuple[Fault, ...] = ()
    failures: tuple[Failure, ...] = ()
    uncheckable: tuple[Failure, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether all that can be checked holds, and the answer would be the same without the rest."""
        return not self.faults and not self.failures

    def text(self) -> str:
        """A line a fault, then the summary."""
        count = len(self.faults) + len(self.failures)
        hold = "digits, spans and arithmetic hold" if self.texts else "digests and arithmetic hold"
        found = counted(count, "failure") if count else hold
        of = f"{counted(self.claims, 'claim')}, {counted(self.spans, 'span')} in {counted(self.articles, 'article')}"
        checked = f"receipt ({one_line(_cut(self.type))}): {of}"
        if self.uncheckable:
            checked += f", {len(self.uncheckable)} not checkable (corrected by a person)"
        if not self.texts:
            checked += ", the texts unchecked (name their folder with --articles)"
        told = [one.text() for one in self.faults]
        told += [one.text() for one in (*self.failures, *self.uncheckable)]
        return "\n".join([*told, f"{checked}: {found}"])

    def json(self) -> dict[str, Any]:
        """The same as plain data."""
        return {"ok": self.ok, **asdict(self)}


def read_receipt(path: Path) -> dict[str, Any]:
    """A receipt's file; raises `UnreadableInput` for what is none."""
    try:
        receipt = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise UnreadableInput(f"{path} is no receipt ({error})", fix="name a file that --receipt wrote") from None
    if not isinstance(receipt, dict) or "receipt" not in receipt:
        raise UnreadableInput(f"{path} is no receipt", fix="name a file that --receipt wrote")
    if receipt["receipt"] != VERSION:
        raise UnreadableInput(
            f"{path} is of format {receipt['receipt']!r}, not {VERSION}", fix="use a matching release"
        )
    return receipt


def check_receipt(receipt: Mapping[str, Any], articles: Path | None = None) -> ReceiptReport:
    """Check all of a receipt; without a folder of ``articles`` all but their texts.

    Raises `UnreadableInput` where parts are missing or of the wrong kind, `CbecError` for a folder that is not there.
    """
    try:
        claims = [claim_of(digest, told, receipt["articles"]) for digest, told in receipt["claims"].items()]
        faults = [*_digests(receipt), *_made_again(receipt, Ledger(claims))]
        facts = {
            name: ArticleFact(name, told["sha256"], told["length"])
            for name, told in sorted(receipt["articles"].items())
        }
        spans = [span for claim in claims for one in claim.evidence for span in _spans(claim, one)]
    except _WRONG as error:
        problem = f"the receipt lacks a part, or has a wrong one ({type(error).__name__}: {one_line(_cut(str(error)))})"
        raise UnreadableInput(problem, fix="get it again with `cbec-kg answer --receipt`") from None
    failures: list[Failure] = []
    corrected: list[SpanFact] = []
    if articles is not None:
        with Texts(articles) as texts:
            failures, corrected = _texts(facts, spans, texts)
        faults += _needed(receipt, claims, corrected)
    return ReceiptReport(
        str(receipt["type"]), len(claims), len(facts), len(spans), articles is not None, tuple(faults), tuple(failures),
        tuple(failure_of(span, _CORRECTED) for span in corrected),
    )  # fmt: skip


def _digests(receipt: Mapping[str, Any]) -> list[Fault]:
    faults = []
    for digest, told in sorted(receipt["claims"].items()):
        if digest_of(told["keys"]) != digest:
            problem = f"claim {digest} has another digest by its keys, {digest_of(told['keys'])}"
            faults.append(Fault("digest", problem, "its keys or its digest were changed"))
        if not told["evidence"]:
            faults.append(Fault("evidence", f"nothing says claim {digest}", "a claim needs its evidence"))
    return faults


def _made_again(receipt: Mapping[str, Any], ledger: Ledger) -> list[Fault]:
    """What the claims give when the question is answered again."""
    indicators = terms_of_receipt(receipt)
    again = make(answer_from(ledger, asked_of(receipt), indicators), indicators)
    again["claims"] = {digest: keys_of(claim) for digest, claim in ledger.claims.items()}
    faults = []
    for kind, keys in _MADE_AGAIN.items():
        for key in keys:
            if again.get(key) != receipt.get(key):
                said, found = _short(receipt.get(key)), _short(again.get(key))
                faults.append(
                    Fault(kind, f"{key} is {said}, the claims give {found}", "it was changed, or a claim was")
                )
    return faults


def _needed(receipt: Mapping[str, Any], claims: Sequence[Claim], corrected: Iterable[SpanFact]) -> list[Fault]:
    """Whether another answer would come out without the evidence that no text bears out: then no text bears it out."""
    places = {(one.claim, one.span.rpartition(_AGAIN)[0] if one.restated else one.span) for one in corrected}
    if not places:
        return []
    kept = [
        replace(
            claim, evidence=tuple(one for one in claim.evidence if (f"claim:{claim.digest}", _place(one)) not in places)
        )
        for claim in claims
    ]
    indicators = terms_of_receipt(receipt)
    without = make(answer_from(Ledger(kept), asked_of(receipt), indicators), indicators)
    keys = [*_MADE_AGAIN["type"], *_MADE_AGAIN["value"]]
    if all(without.get(key) == receipt.get(key) for key in keys):
        return []
    problem = (
        f"no characters say what the answer rests on: a person has corrected it at {counted(len(places), 'place')}"
    )
    return [Fault("corrected", problem, "compare those places with the article")]


def _cut(text: str) -> str:
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"


def _short(value: object) -> str:
    return _cut(json.dumps(value, ensure_ascii=False, sort_keys=True))


def _spans(claim: Claim, one: Evidence) -> Iterator[SpanFact]:
    """The characters of an evidence, and those of the amount in other currencies."""
    figure = FigureFact(
        claim.stating.measure, claim.value, claim.stating.unit, claim.qualifier, claim.lower, claim.upper, claim.record
    )
    first = SpanFact(
        span=_place(one), claim=f"claim:{claim.digest}", label=None, article=one.source.id, start=one.start,
        end=one.end, written=one.written, figure=figure, enumeration=one.enumeration, position=one.position,
        # Of a place in a list the characters are a name, which a receipt cannot tell from others.
        names=(one.written,) if one.written and one.position is not None else (),
        corrected=one.review == "corrected",
    )  # fmt: skip
    yield first
    for again in one.restated:
        amount = again.amount
        other = replace(figure, value=amount.value, unit=amount.unit, lower=amount.lower, upper=amount.upper)
        yield replace(
            first, span=f"{_place(one)}{_AGAIN}{amount.unit}", start=again.start, end=again.end,
            written=again.written, figure=other, restated=True,
        )  # fmt: skip


def _place(one: Evidence) -> str:
    return f"ev:{one.name}"


def _texts(
    facts: Mapping[str, ArticleFact], spans: list[SpanFact], texts: Texts
) -> tuple[list[Failure], list[SpanFact]]:
    """What the texts do not bear out, and the spans that a person has corrected to what they do not say."""
    by_article: dict[str, list[SpanFact]] = defaultdict(list)
    for span in spans:
        by_article[span.article or ""].append(span)
    if by_article and not any(texts.find(article) for article in by_article):
        raise CbecError(f"none of the receipt's articles is in {texts.folder}", fix="name the folder with their texts")
    failures: list[Failure] = []
    corrected: list[SpanFact] = []
    for article, some in sorted(by_article.items()):
        text, found = check_article(facts[article], texts, len(some), who="the receipt")
        failures += found
        if text is None:
            continue
        checked = check_spans(text, some, who="the receipt")
        wrong = {id(span): failure_of(span, one.problem, text) for span, one in checked if one.problem}
        failures += wrong.values()
        amended = [span for span in some if span.corrected and id(span) not in wrong]
        read = check_spans(text, [replace(span, corrected=False) for span in some], who="the receipt")
        otherwise = {(one.claim, one.span) for one, as_read in read if as_read.problem}
        corrected += [span for span in amended if (span.claim, span.span) in otherwise]
    return failures, corrected
