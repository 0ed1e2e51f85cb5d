"""Ask a store for one figure.

>>> from cbec_kg.store.embedded import MemoryStore
>>> answer(MemoryStore([]), Question("cbec-trade-value", period="2022"))
Traceback (most recent call last):
    ...
cbec_kg.errors.UnknownName: indicator is 'cbec-trade-value', which is no cbec:Indicator: there are none
"""

from dataclasses import dataclass, replace

from cbec_kg.answer.answering import answer_from
from cbec_kg.answer.fetch import fetch, fetch_entity, fetch_labels
from cbec_kg.answer.indicators import Indicators, read_indicators
from cbec_kg.answer.ledger import Ledger
from cbec_kg.answer.naming import named
from cbec_kg.answer.question import Question
from cbec_kg.answer.result import Answer, Near
from cbec_kg.namespaces import LOCAL_NAME
from cbec_kg.store.base import Store

__all__ = ["Asked", "answer", "ask"]

_FEW = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer with what it was made from, for what else one may want to know of it."""

    answer: Answer
    question: Question
    ledger: Ledger
    indicators: Indicators


def answer(store: Store, question: Question) -> Answer:
    """The answer of a store; names in the question may be codes, prefixed names or labels.

    Raises `BadParameter` for what cannot be asked, and the store's own errors.
    """
    return ask(store, question).answer


def ask(store: Store, question: Question) -> Asked:
    """The same, with the claims and terms that were read for it."""
    indicators = read_indicators(store)
    asked, notes = named(store, question, indicators)
    unknown = tuple(note for note in notes if note.code == "unknown-name")
    if unknown:
        ledger = Ledger()
    else:
        wanted = [asked.indicator, *([asked.against] if asked.against else [])]
        ledger = fetch(store, [(indicator, asked.entity) for indicator in indicators.related(wanted)])
    ledger = ledger.labelled(fetch_labels(store, _names(asked, indicators) - ledger.labels.keys()))
    found = answer_from(ledger, asked, indicators)
    found = replace(found, notes=(*notes, *(() if unknown else found.notes)))
    if unknown:
        near = [Near("similar name", name=name) for note in unknown for name in note.words[2:]]
        found = replace(found, nearest=tuple(near))
    elif found.type == "silent":
        known = fetch_entity(store, asked.entity, asked.as_of)
        others = [(indicator, count) for indicator, count in known.figures if indicator != asked.indicator]
        near = [Near("another indicator", indicator=indicator, count=count) for indicator, count in others[:_FEW]]
        near += [Near("other claims", name=asked.entity, count=known.claims)] if known.claims else []
        found = replace(found, nearest=(*found.nearest, *near), ledger=found.ledger.labelled(known.labels))
    reasons = {f"explanation-{reason}" for check in found.checks for reason in check.explanations}
    if reasons:
        found = replace(found, ledger=found.ledger.labelled(fetch_labels(store, reasons)))
    return Asked(found, asked, ledger, indicators)


def _names(asked: Question, indicators: Indicators) -> set[str]:
    """Local names of what a question speaks of."""
    flow, scope = asked.flow or indicators.flow(asked.indicator), asked.scope or indicators.scope(asked.indicator)
    said = {asked.indicator, asked.entity, f"flow-{flow}", f"scope-{scope}", asked.partner, asked.market, asked.channel}
    said |= {asked.against, asked.sector, f"sector-{asked.sector}"}
    if ratio := indicators.terms.ratios.get(asked.indicator):
        said |= {ratio.part, ratio.whole}
    return {name for name in said if name and LOCAL_NAME.fullmatch(name)}
