"""Codes of an earlier moment that the vocabulary has lost since: they stand for themselves, as their own label.

>>> from cbec_kg.model.row_json import parse_row
>>> row = parse_row('{"type":"observation","article":"a1","indicator":"i","entity":"e","flow":null,"scope":"none",'
...     '"period":"2022","value":5,"unit":"CNY","kind":"level","qualifier":"exact","status":"reported",'
...     '"start":1,"end":2}')
>>> with_lost(Vocabulary({}, {}, {}, {}, {}), [row]).thing("e").label("en")
'e'
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from cbec_kg.model.new_names import is_new
from cbec_kg.model.rows import ObservationRow
from cbec_kg.model.slots import Slots, split_observation_name
from cbec_kg.namespaces import ID, VOCAB
from cbec_kg.ontology.vocabulary import Term, Vocabulary
from cbec_kg.triples.names import is_unnamed

__all__ = ["with_lost"]


def with_lost(vocabulary: Vocabulary, rows: Iterable[ObservationRow]) -> Vocabulary:
    """The vocabulary, and besides every code of the rows that it does not have."""
    coded, things = dict(vocabulary.coded), dict(vocabulary.things)
    for row in rows:
        for scheme, code in _codes(row):
            coded.setdefault((scheme, code), Term(VOCAB + code, code, scheme, (), {}))
        for code in _things(row):
            if not is_new(code) and not is_unnamed(code):
                things.setdefault(code, Term(ID + code, code, None, (), {}))
    return replace(vocabulary, coded=coded, things=things)


def _slots(row: ObservationRow) -> list[Slots]:
    return [Slots.of(row), *([split_observation_name(row.share_of)[0]] if row.share_of else [])]


def _codes(row: ObservationRow) -> Iterator[tuple[str, str]]:
    for slots in _slots(row):
        yield "indicators", slots.indicator
        yield "sectors", slots.sector
        yield "flows", slots.flow
        yield "scopes", slots.scope
    yield "statuses", row.status
    yield "qualifiers", row.qualifier
    for unit in (row.unit, row.currency_basis):
        if unit:
            yield "units", unit


def _things(row: ObservationRow) -> Iterator[str]:
    for slots in _slots(row):
        yield from (code for code in (slots.entity, slots.market, slots.channel) if code)
        if slots.partner != "all":
            yield slots.partner
    yield from (code for code in (row.ranked_among, row.reported_by) if code)
