"""Options that commands share; the environment is read here and in the web server only.

>>> store_folder("/tmp/x").name
'x'
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from cbec_kg import paths
from cbec_kg.errors import StoreError
from cbec_kg.store.embedded import EmbeddedStore

__all__ = ["lang_option", "open_store", "store_folder", "store_option"]

Command = TypeVar("Command", bound=Callable[..., Any])


def store_option(command: Command) -> Command:
    """``--store``."""
    return click.option(
        "--store",
        envvar="CBEC_KG_STORE",
        default=str(paths.DEFAULT_STORE),
        show_default=True,
        metavar="FOLDER",
        help="Folder of the graph (environment: CBEC_KG_STORE).",
    )(command)


def lang_option(command: Command) -> Command:
    """``--lang``."""
    return click.option(
        "--lang",
        type=click.Choice(["en", "zh"]),
        default="en",
        show_default=True,
        help="Language of labels and messages.",
    )(command)


def store_folder(store: str) -> Path:
    """Folder of a ``--store``; raises `StoreError` for an endpoint, which this release cannot read."""
    if not store.strip():
        raise StoreError("--store is empty", fix="name a folder")
    if store.startswith(("http://", "https://")):
        raise StoreError(f"{store} is an endpoint, and this command needs a folder", fix="name a folder with --store")
    return Path(store)


def open_store(store: str) -> EmbeddedStore:
    """The graph of a ``--store``, for reading."""
    return EmbeddedStore(store_folder(store))
