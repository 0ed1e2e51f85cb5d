"""Open a graph, wherever it is.

>>> open("nowhere")
Traceback (most recent call last):
    ...
cbec_kg.errors.StoreMissing: no graph in nowhere: run `cbec-kg build` first, or name the graph's folder to open()
>>> open(lang="fr")
Traceback (most recent call last):
    ...
cbec_kg.errors.BadParameter: lang is 'fr': use one of en, zh
"""

import os
from pathlib import Path

from cbec_kg import paths
from cbec_kg.api.knowledge_graph import KnowledgeGraph
from cbec_kg.errors import StoreError, StoreMissing
from cbec_kg.store.base import Store
from cbec_kg.store.embedded import EmbeddedStore
from cbec_kg.store.remote.endpoint import is_address

__all__ = ["open"]


def open(
    store: str | os.PathLike[str] | Store | None = None,
    *,
    lang: str = "en",
    queries: str | os.PathLike[str] | None = None,
) -> KnowledgeGraph:
    """Open a graph for reading.

    ``store`` is the folder that ``cbec-kg build`` wrote, by default ``./.cbec-kg/store``; or the ``http(s)://`` address
    of a SPARQL endpoint that holds the graph; or a store that is open already, such as a `RemoteStore` of
    `cbec_kg.store.remote.store` with credentials and a deadline of its own. The environment is not looked at.
    ``lang`` is the language of labels and messages, en or zh. ``queries`` is a folder of saved queries of your own.

    Raises `StoreMissing` where there is no graph yet, `StoreError` for one that cannot be read.
    """
    opened = _store(store)
    try:
        return KnowledgeGraph(opened, lang=lang, queries=None if queries is None else Path(queries))
    except StoreMissing as error:  # which speaks of --store
        raise StoreMissing(
            error.message, fix="run `cbec-kg build` first, or name the graph's folder to open()"
        ) from None


def _store(store: str | os.PathLike[str] | Store | None) -> Store:
    if store is None:
        return EmbeddedStore(paths.DEFAULT_STORE)
    if not isinstance(store, str | os.PathLike):
        if hasattr(store, "select"):
            return store
        raise StoreError(f"the store is of type {type(store).__name__}", fix="name a folder or an http(s) address")
    named = os.fspath(store)
    if not named.strip():
        raise StoreError("the store's name is empty", fix="name a folder or an http(s) address")
    if is_address(named.strip()):
        from cbec_kg.store.remote.store import RemoteStore

        return RemoteStore(named.strip())
    return EmbeddedStore(Path(named))
