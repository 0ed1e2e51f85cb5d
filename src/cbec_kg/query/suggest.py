"""Values that a parameter may take because they occur in the graph, for a form, a completion, an assistant.

>>> from cbec_kg.query.saved import Bilingual
>>> from cbec_kg.rdf.terms import RDF_TYPE, RDFS_LABEL, Quad, text
>>> from cbec_kg.store.embedded import MemoryStore
>>> claim, shein, temu = iri("claim:1"), iri("id:shein"), iri("id:temu")
>>> store = MemoryStore([
...     Quad(shein, RDF_TYPE, iri("cbec:Platform")), Quad(shein, RDFS_LABEL, text("Shein", "en")),
...     Quad(temu, RDF_TYPE, iri("cbec:Platform")),
...     Quad(claim, RDF_TYPE, iri("cbec:Claim")), Quad(claim, iri("cbec:subject"), shein),
... ])
>>> platform = Param("platform", "iri", Bilingual("Platform"), cls=iri("cbec:Platform").value)
>>> suggest(platform, store)
(Suggestion(value='id:shein', iri='https://w3id.org/cbec-kg/id/shein', labels={'en': 'Shein'}, uses=1),)
>>> [one.value for one in suggest(Param("flag", "boolean", Bilingual("Flag")), store)]
['true', 'false']
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from cbec_kg.errors import BadParameter, RowError
from cbec_kg.model.period import parse
from cbec_kg.namespaces import PERIOD, compact, local_name
from cbec_kg.query.convert import written_iri
from cbec_kg.query.fold import fold, is_chinese
from cbec_kg.query.hierarchy import Hierarchy
from cbec_kg.query.labels import labels_in_both
from cbec_kg.query.results import Result
from cbec_kg.query.saved import LANGUAGES, Bilingual, Column, Param
from cbec_kg.query.spell import spell, spell_all
from cbec_kg.rdf.terms import RDF_TYPE, Literal, NamedNode, integer, iri
from cbec_kg.rdf.terms import text as in_language
from cbec_kg.store.base import Store

__all__ = ["Suggestion", "suggest", "suggestions"]

_A, _PERIOD = map(spell, (RDF_TYPE, iri("cbec:period")))
_WITHIN = spell_all((iri("skos:broader"), iri("cbec:locatedIn")))
_CLASS, _RECORD = iri("owl:Class").value, iri("cbec:Record").value
_USERS = spell_all(tuple(iri(f"cbec:{name}") for name in ("Claim", "Observation", "Finding", "Evidence")))
_TITLE = Bilingual("Values that occur", "图中出现的取值")
_COLUMNS = (
    Column("value", "string", Bilingual("value", "取值")),
    Column("english", "string", Bilingual("in English", "英文名称")),
    Column("chinese", "string", Bilingual("in Chinese", "中文名称")),
    Column("uses", "integer", Bilingual("uses", "使用次数")),
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value as a person writes it (the parameter takes it so), with labels in each language that the graph has.

    ``iri`` is None for a plain value. ``uses`` counts claims, observations, findings and pieces of evidence that
    have the thing; of a class it counts instances. It is 0 of what is broader than something used, or around it, and of
    a record that no other uses.
    """

    value: str
    iri: str | None = None
    labels: dict[str, str] = field(default_factory=dict)
    uses: int | None = None

    def as_json(self) -> dict[str, object]:
        """Plain values for JSON."""
        return {"value": self.value, "iri": self.iri, "labels": dict(self.labels), "uses": self.uses}


def suggest(
    param: Param, store: Store, text: str = "", *, lang: str = "en", limit: int | None = 20
) -> tuple[Suggestion, ...]:
    """The most used values of a parameter, of those whose label in either language, or code, begins with ``text``.

    A word of a label may begin so too; Chinese may stand anywhere. Values of equal use are in order of their labels in
    ``lang``; periods that an article leaves open come last. A parameter of another type than iri, period, boolean,
    lang, and without choices, has none.
    Raises `BadParameter` for a limit below 1, and what the store raises.
    """
    if limit is not None and limit < 1:
        raise BadParameter(f"the limit is {limit}", fix="give 1 or more")
    found = _found(param, store)
    labels = labels_in_both(store, [one.iri for one in found if one.iri])
    found = [replace(one, labels=labels.get(one.iri or "", {})) for one in found]
    wanted = fold(text)
    if text.strip():
        found = [one for one in found if wanted and any(_begins(name, wanted) for name in _names(one))]
    if param.type in ("iri", "period") and not param.choices:
        found.sort(key=lambda one: (_is_open(param, one), -(one.uses or 0), one.labels.get(lang, one.value), one.value))
    return tuple(found[:limit])


def suggestions(values: Iterable[Suggestion], param: Param, lang: str = "en") -> Result:
    """The same as an answer, for every format of answers."""
    rows = tuple(
        (
            Literal(one.value),
            *(in_language(one.labels[known], known) if known in one.labels else None for known in LANGUAGES),
            None if one.uses is None else integer(one.uses),
        )
        for one in values
    )
    title = f"{_TITLE.in_language(lang)}: {param.label.in_language(lang)}"
    return Result(_COLUMNS, rows, title, lang)


def _found(param: Param, store: Store) -> list[Suggestion]:
    if param.choices:
        return [Suggestion(one, node.value if (node := written_iri(one)) else None) for one in param.choices]
    if param.type in ("boolean", "lang"):
        return [Suggestion(one) for one in (("true", "false") if param.type == "boolean" else LANGUAGES)]
    if param.type == "period":
        counted = f"?use {_PERIOD} ?value"
    elif param.type != "iri":
        return []
    elif param.cls == _CLASS:
        counted = f"?value {_A} {spell(NamedNode(_CLASS))} . ?use {_A} ?value"
    else:
        used = f"?use ?property ?value . ?use {_A} ?user . VALUES ?user {{ {_USERS} }}"
        counted = f"{_instances(param, Hierarchy.of(store))} {used}"
    # Distinct, for a use may have a value by several properties, and be of several classes.
    rows = store.select(f"SELECT ?value (COUNT(DISTINCT ?use) AS ?uses) {{ {counted} }} GROUP BY ?value").rows
    uses = {
        value: int(count.value) for value, count in rows if isinstance(value, NamedNode) and isinstance(count, Literal)
    }
    if param.type == "iri":
        uses = dict.fromkeys(_unused(param, store, uses), 0) | uses
    return [Suggestion(_written(param, value), value.value, {}, count) for value, count in uses.items()]


def _unused(param: Param, store: Store, used: Iterable[NamedNode]) -> set[NamedNode]:
    """What occurs though nothing uses it: what is broader than something used, or around it, and all records."""
    hierarchy = Hierarchy.of(store)
    if param.cls and param.cls in hierarchy.below(_RECORD):
        return {value for (value,) in _rows(store, f"SELECT ?value {{ {_instances(param, hierarchy)} }}")}
    above: dict[NamedNode, list[NamedNode]] = {}
    things = _instances(param, hierarchy)
    steps = f"SELECT ?lower ?value {{ {things} VALUES ?within {{ {_WITHIN} }} ?lower ?within ?value }}"
    for lower, value in _rows(store, steps):
        above.setdefault(lower, []).append(value)
    found: set[NamedNode] = set()
    left = list(used)
    while left:
        fresh = set(above.get(left.pop(), ())) - found
        found |= fresh
        left.extend(fresh)
    return found


def _rows(store: Store, query: str) -> Iterator[tuple[NamedNode, ...]]:
    """Rows of which every term is an IRI."""
    for row in store.select(query).rows:
        nodes = tuple(term for term in row if isinstance(term, NamedNode))
        if len(nodes) == len(row):
            yield nodes


def _instances(param: Param, hierarchy: Hierarchy) -> str:
    """Pattern of the things of a parameter's class."""
    if param.cls is None:
        return ""
    below = spell_all(tuple(map(NamedNode, hierarchy.below(param.cls))))
    return f"{{ SELECT DISTINCT ?value {{ VALUES ?class {{ {below} }} ?value {_A} ?class }} }}"


def _written(param: Param, node: NamedNode) -> str:
    """A value as a person writes it: of a period its code where that is enough, else a prefixed name or an IRI."""
    short = compact(node.value)
    if param.type == "period":
        code = local_name(node.value).replace("--", "/").removesuffix("/open")
        for written in (code, f"{code}/.."):
            try:
                if PERIOD + parse(written).name == node.value:
                    return written
            except (RowError, OverflowError):
                continue
    return short if written_iri(short) == node else f"<{node.value}>"


def _is_open(param: Param, one: Suggestion) -> bool:
    """Whether a period belongs to one article, which leaves it open: it has no code to write, and few ask for it."""
    return param.type == "period" and one.value == compact(one.iri or "")


def _names(one: Suggestion) -> Iterator[str]:
    yield from one.labels.values()
    yield one.value
    if one.iri:
        yield local_name(one.iri)


def _begins(name: str, wanted: str) -> bool:
    """Whether a name, or a word of it, begins with a folded text."""
    folded = fold(name)
    return f" {wanted}" in f" {folded}" or (is_chinese(wanted) and wanted in folded)
