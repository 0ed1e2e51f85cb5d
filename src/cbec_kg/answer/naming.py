"""Names that people give to codes: an indicator, an entity, a direction, a scope, by code, prefixed name or label.

>>> from cbec_kg.rdf.terms import RDF_TYPE, RDFS_LABEL, Quad, text
>>> from cbec_kg.store.embedded import MemoryStore
>>> zone = iri("voc:cbec-trade-value")
>>> store = MemoryStore([
...     Quad(zone, RDF_TYPE, iri("cbec:Indicator")), Quad(zone, RDFS_LABEL, text("跨境电商进出口额", "zh"))])
>>> named(store, Question("跨境电商进出口额", entity="Temu"), Indicators())[1]
[Note(code='unknown-name', words=('entity', 'Temu'))]
"""

from dataclasses import asdict, replace

from cbec_kg.answer.indicators import Indicators
from cbec_kg.answer.question import MEASURES, Question
from cbec_kg.answer.result import Note
from cbec_kg.answer.said import one_direction, period_said
from cbec_kg.errors import BadParameter, UnknownName
from cbec_kg.model.period import is_day
from cbec_kg.namespaces import ID, LOCAL_NAME, VOCAB, local_name
from cbec_kg.query.nearest import did_you_mean
from cbec_kg.query.resolve import Resolver
from cbec_kg.query.saved import Bilingual, Param
from cbec_kg.query.spell import spell
from cbec_kg.rdf.terms import RDFS_LABEL, NamedNode, iri, text
from cbec_kg.store.base import Store

__all__ = ["named"]

_CLOSED = {
    "indicator": "Indicator",
    "against": "Indicator",
    "flow": "TradeFlow",
    "scope": "StatisticalScope",
    "sector": "Sector",
}
"""Of these the graph knows all: an unknown one is a mistake."""
_OPEN = ("entity", "partner", "market", "channel")
"""Of these articles may name more than the graph knows: it is silent about them."""
_KINDS = {"flow": "flow-", "scope": "scope-", "partner": "partner-", "sector": "sector-"}
_COMPARING = ("gap", "contribution")


def named(store: Store, question: Question, indicators: Indicators) -> tuple[Question, list[Note]]:
    """The question in codes, and notes: what of it the graph does not know, and what a name says beside its thing.

    Raises `BadParameter` for what cannot be asked: an unknown indicator, direction, scope, sector, measure or day, a
    period that is none, a direction that contradicts the one in a name.
    """
    _check(question)
    resolver = Resolver(store)
    codes: dict[str, str] = {}
    notes: list[Note] = []
    for key in (*_CLOSED, *_OPEN):
        name = getattr(question, key)
        if name is None:
            continue
        try:
            codes[key] = _code(store, resolver, key, name)
        except UnknownName as error:
            if key in _CLOSED:
                raise
            notes.append(Note("unknown-name", (key, name, *error.nearest)))
    if question.period is not None:
        codes["period"] = period_said(question.period)
    if said := _direction(question, codes, indicators):
        codes["flow"] = said
        notes.append(Note("flow-named", (question.indicator, said)))
    return replace(question, **codes), notes


def _direction(question: Question, codes: dict[str, str], indicators: Indicators) -> str | None:
    """The direction that the indicator's name says, where nothing else does; raises `BadParameter` for two.

    Of what has no directions, such as the value of bonded imports, a name says none.
    """
    named = {key: name for key in ("indicator", "against") if (name := getattr(question, key))}
    said = {
        key: flow
        for key, name in named.items()
        if indicators.flow(codes[key]) != "none" and not _is_code(name, codes[key]) and (flow := one_direction(name))
    }
    flow = codes.get("flow") or said.get("indicator")
    for key, other in said.items():
        if other != flow:
            raise BadParameter(
                f"{key} {getattr(question, key)!r} names {other}, and the flow asked for is {flow or 'total'}",
                fix=f"ask with --flow {other}, or name {key} by its code, {codes[key]}",
            )
    return said.get("indicator") if "flow" not in codes else None


def _is_code(name: str, code: str) -> bool:
    return name.rpartition(":")[2].rpartition("/")[2] == code


def _check(question: Question) -> None:
    for key, said in asdict(question).items():
        if said is not None and not said.strip():
            raise BadParameter(f"{key} is empty", fix="leave it out, or say which")
    if question.measure not in MEASURES:
        raise BadParameter(f"measure is {question.measure!r}", fix=did_you_mean(question.measure, MEASURES))
    if question.against is None and question.measure in _COMPARING:
        raise BadParameter(f"measure {question.measure} without against", fix="name the other indicator with --against")
    if question.against is not None and question.measure in ("level", "rank"):
        raise BadParameter(
            f"a {question.measure} is not compared", fix="ask for --measure share, growth, gap or contribution"
        )
    if question.as_of is not None and (not is_day(question.as_of) or "T" in question.as_of):
        raise BadParameter(f"as of {question.as_of!r}, which is no day", fix="write YYYY-MM-DD")


def _code(store: Store, resolver: Resolver, key: str, name: str) -> str:
    kind, cls = _KINDS.get(key, ""), _CLOSED.get(key)
    if LOCAL_NAME.fullmatch(name):  # codes are what programs give: no label need be read for them
        bases = (VOCAB + kind, VOCAB) if cls else (ID, VOCAB, VOCAB + kind)
        for node in (NamedNode(base + name) for base in bases):
            if _is(store, node, cls):
                return local_name(node.value).removeprefix(kind)
    if (found := _labelled(store, name, cls)) is not None:
        return local_name(found).removeprefix(kind)
    param = Param(key, "iri", Bilingual(key), cls=iri(f"cbec:{cls or 'Entity'}").value)
    return local_name(resolver(param, name).value).removeprefix(kind)


def _labelled(store: Store, name: str, cls: str | None) -> str | None:
    """The one thing that bears a label exactly; None where there is none, or more than one."""
    names = " ".join(spell(term) for term in (text(name, "en"), text(name, "zh")))
    kind = f" a {spell(iri(f'cbec:{cls}'))} ;" if cls else ""
    found = store.select(
        f"SELECT DISTINCT ?thing {{ VALUES ?name {{ {names} }} ?thing{kind} {spell(RDFS_LABEL)} ?name }}"
    )
    things = {thing.value for (thing,) in found.rows if isinstance(thing, NamedNode)}
    things = {thing for thing in things if thing.startswith((ID, VOCAB))}
    return things.pop() if len(things) == 1 else None


def _is(store: Store, node: NamedNode, cls: str | None) -> bool:
    pattern = f"{spell(node)} a {spell(iri(f'cbec:{cls}'))}" if cls else f"{spell(node)} ?property ?value"
    return store.query(f"ASK {{ {pattern} }}") is True
