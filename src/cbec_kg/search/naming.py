"""The one thing that a name names, for who wants to go on with it.

>>> from cbec_kg.rdf.terms import RDF_TYPE, RDFS_LABEL, Quad, iri, text
>>> from cbec_kg.store.embedded import MemoryStore
>>> shein = iri("id:shein")
>>> index = EntityIndex.of(MemoryStore([
...     Quad(shein, RDF_TYPE, iri("cbec:Entity")), Quad(shein, RDFS_LABEL, text("Shein", "en")),
... ]))
>>> thing_named(index, "SHEIN")
'https://w3id.org/cbec-kg/id/shein'
>>> thing_named(index, "Shien")
Traceback (most recent call last):
    ...
cbec_kg.errors.UnknownName: nothing in the graph has the name 'Shien': did you mean Shein (id:shein)?
"""

from cbec_kg.errors import BadParameter, UnknownName
from cbec_kg.namespaces import compact
from cbec_kg.query.convert import written_iri
from cbec_kg.query.said import said
from cbec_kg.search.index import EntityIndex, Hit

__all__ = ["thing_named"]

_FEW = 3
_MANY = 50


def thing_named(index: EntityIndex, name: str, *, lang: str = "en") -> str:
    """IRI of the thing with that label, code, alias, prefixed name or IRI; labels and codes come before aliases.

    An IRI is taken as it is, whether the graph has it or not. Raises `BadParameter` with the candidates where a name is
    that of several, `UnknownName` with the nearest where it is nobody's.
    """
    node = written_iri(name.strip())
    if node is not None:
        return node.value
    hits = index.search(name, lang=lang, limit=_MANY)
    exact = [hit for hit in hits if hit.matched.how == "exact"]
    best = [hit for hit in exact if hit.score == exact[0].score]
    if len(best) == 1:
        return best[0].iri
    if best:
        things = ", ".join(compact(hit.iri) for hit in best)
        raise BadParameter(f"{said(name)} names {len(best)} things", fix=f"give one of {things}")
    near = tuple(_shown(hit, lang) for hit in hits[:_FEW])
    fix = f"did you mean {' or '.join(near)}?" if near else "look for a part of it"
    raise UnknownName(f"nothing in the graph has the name {said(name)}", fix=fix, nearest=near)


def _shown(hit: Hit, lang: str) -> str:
    return f"{hit.labels.get(lang) or next(iter(hit.labels.values()), hit.code)} ({compact(hit.iri)})"
