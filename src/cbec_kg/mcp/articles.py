"""What the graph knows of articles that a result cites.

>>> from cbec_kg.rdf.terms import Quad, text
>>> from cbec_kg.store.embedded import MemoryStore
>>> store = MemoryStore([Quad(iri("art:a"), iri("cbec:title"), text("On trade"))])
>>> articles_of([iri("art:b").value, iri("art:a").value], store)
{'art:a': {'title': 'On trade'}, 'art:b': {}}
"""

from collections.abc import Collection

from cbec_kg.namespaces import compact
from cbec_kg.query.results import to_python
from cbec_kg.query.spell import spell, spell_all
from cbec_kg.rdf.terms import NamedNode, Term, iri
from cbec_kg.store.base import Store

__all__ = ["articles_of"]

_AT_ONCE = 300
_KEYS = ("title", "publisher", "published", "url")


def articles_of(iris: Collection[str], store: Store) -> dict[str, dict[str, str]]:
    """What is known of each article, by its prefixed name: title, publisher, published, url, as far as known."""
    articles = sorted(set(iris))
    found: dict[str, dict[str, str]] = {compact(article): {} for article in articles}
    wanted = " ".join(f"({spell(iri(f'cbec:{key}'))})" for key in _KEYS)
    for start in range(0, len(articles), _AT_ONCE):
        values = spell_all(tuple(map(NamedNode, articles[start : start + _AT_ONCE])))
        solutions = store.select(
            f"SELECT ?article ?key ?value {{ VALUES ?article {{ {values} }} VALUES (?key) {{ {wanted} }} "
            "?article ?key ?value }"
        )
        for article, key, value in solutions.rows:
            if isinstance(article, NamedNode) and isinstance(key, NamedNode):
                name = compact(key.value).removeprefix("cbec:")
                known = found.setdefault(compact(article.value), {})
                known[name] = min(known.get(name, "\U0010ffff"), _text(value))
    return found


def _text(term: Term | None) -> str:
    return str(to_python(term)).removesuffix(" 00:00:00")
