"""Put values into a saved query.

A value becomes a term, the term is spelled by us, and only the terms inside the braces of a line marked ``#= name`` are
replaced: a value never becomes query text.

>>> from pathlib import Path
>>> from cbec_kg.query.header import parse_saved
>>> from cbec_kg.rdf.terms import iri
>>> query = parse_saved('''#+ summary: Programmes
... #+ params:
... #+   platform: {type: iri, default: "id:aliexpress", label: {en: Platform, zh: 平台}}
... #+ columns: {p: iri}
... SELECT ?p WHERE {
...   VALUES ?platform { id:aliexpress }  #= platform
...   ?platform ?launches ?p
... } ORDER BY ?p''', "a/b", Path("b.rq"))
>>> print(bind(query, {"platform": (iri("id:shein"),)}).split("\\n")[5])
  VALUES ?platform { <https://w3id.org/cbec-kg/id/shein> }  #= platform
"""

from collections.abc import Mapping

from cbec_kg.query.markers import fill
from cbec_kg.query.saved import SavedQuery
from cbec_kg.query.spell import spell_all
from cbec_kg.rdf.terms import Term

__all__ = ["bind"]


def bind(query: SavedQuery, terms: Mapping[str, tuple[Term | None, ...]]) -> str:
    """Text of the query with the given parameters; the others keep what the text says.

    ``terms`` come from `convert.terms_of`. Raises `BadParameter` for a term that cannot be spelled safely.
    """
    return fill(query.text, {name: spell_all(values) for name, values in terms.items()})
