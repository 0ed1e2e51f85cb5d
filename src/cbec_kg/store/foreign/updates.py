"""Run an update of a stranger on a database: what may not be in it, and what is said of one that cannot be run.

>>> store = pyoxigraph.Store()
>>> run_update(store, Update("INSERT DATA { <s> <x:p> 1 }", "https://example.org/"))
>>> [str(quad.subject) for quad in store]
['<https://example.org/s>']
>>> run_update(store, Update("LOAD <https://example.org/a.ttl>", "https://example.org/"))
Traceback (most recent call last):
    ...
cbec_kg.errors.QueryError: the update has the engine fetch a document (LOAD): send the document itself to /store
"""

import re
from dataclasses import dataclass

import pyoxigraph

from cbec_kg.errors import QueryError, StoreError
from cbec_kg.namespaces import PREFIXES
from cbec_kg.store.engine import Dataset, is_query, one_line, stopped
from cbec_kg.store.federation import refuse_federation
from cbec_kg.store.foreign.using import using
from cbec_kg.store.nesting import refuse_hostile

__all__ = ["Update", "run_update"]

# Wherever the word could be an operation, even in a text: nothing that the engine reads as one is overlooked.
_LONGEST = 32 << 20
_GAP = r"(?:\s|#[^\n\r]*+[\n\r])"
_LOAD = re.compile(
    rf"(?<![:?$\w.-])load(?:{_GAP}*+(?:silent{_GAP}*+)?<|{_GAP}++(?:silent{_GAP}++)?[\w.-]*+:)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Update:
    """An update as it came, its relative IRIs resolved against ``base``; ``dataset`` is what each WHERE sees."""

    text: str
    base: str
    dataset: Dataset | None = None


def run_update(store: pyoxigraph.Store, update: Update) -> None:
    """Run all of an update, or nothing; raises `QueryError`, `StoreError` where the disk gives out."""
    if _LOAD.search(update.text):
        raise QueryError("the update has the engine fetch a document (LOAD)", fix="send the document itself to /store")
    refuse_federation(update.text)
    refuse_hostile(update.text, longest=_LONGEST)
    text = using(update.text, update.dataset) if update.dataset else update.text
    try:
        store.update(text, base_iri=update.base, prefixes=PREFIXES)
    except SyntaxError as error:
        if is_query(text):
            raise QueryError("this is a query, and updates are run here", fix="send it to /sparql") from None
        raise QueryError(f"the update cannot be read: {stopped(error.msg, text)}") from None
    except (RuntimeError, ValueError) as error:
        raise QueryError(f"the update cannot be run: {one_line(error)}") from None
    except OSError as error:
        raise StoreError(f"the update cannot be run: {one_line(error)}") from None
