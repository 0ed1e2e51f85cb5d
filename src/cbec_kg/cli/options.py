"""Options that commands share; the environment is read here and in the web server only.

>>> store_folder("/tmp/x").name
'x'
"""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from cbec_kg import paths
from cbec_kg.errors import CbecError, StoreError, StoreMissing
from cbec_kg.store.base import Store
from cbec_kg.store.embedded import EmbeddedStore
from cbec_kg.store.remote.endpoint import Endpoint, is_address

__all__ = [
    "answer_options", "article_options", "build_name", "change_options", "check_metadata", "lang_option",
    "limit_option", "open_store", "overlay_option", "said_options", "store_folder", "store_option",
]  # fmt: skip

Command = TypeVar("Command", bound=Callable[..., Any])
_NO_SCHEME = re.compile(r"[\w.-]+:\d+/")  # localhost:3030/ds/sparql


def store_option(command: Command) -> Command:
    """``--store``."""
    return click.option(
        "--store",
        envvar="CBEC_KG_STORE",
        default=str(paths.DEFAULT_STORE),
        show_default=True,
        metavar="FOLDER",
        help="Folder of the graph, or for reading the http(s) address of a SPARQL endpoint "
        "(environment: CBEC_KG_STORE).",
    )(command)


def limit_option(command: Command) -> Command:
    """``--limit``."""
    return click.option(
        "--limit", type=click.IntRange(min=0), metavar="N", help="Show so many rows at most, and say if there are more."
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


def overlay_option(command: Command) -> Command:
    """``--overlay``."""
    return click.option(
        "--overlay",
        envvar="CBEC_KG_OVERLAY",
        metavar="FILE",
        help="File of corrections (environment: CBEC_KG_OVERLAY); else that of the last build, or one in the store.",
    )(command)


def change_options(command: Command) -> Command:
    """``--dry-run`` and ``--format``, of a command that tells what it changed."""
    dry_run = click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
    form = click.option(
        "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True,
        help="Lines for people, or one JSON object.",
    )  # fmt: skip
    return dry_run(form(command))


def answer_options(command: Command) -> Command:
    """``--why``, ``--receipt``, ``--cite`` and ``--format``, of a command that answers with one figure."""
    options = (
        click.option(
            "--why", is_flag=True, help="Name the smallest set of claims without which the type would be another."
        ),
        click.option(
            "--receipt", is_flag=False, flag_value="", metavar="[FILE]",
            help="Write what `cbec-kg verify` checks without a store; else to receipt-DIGEST.json.",
        ),
        click.option("--cite", is_flag=True, help="Add a citation of every article: text and BibTeX."),
        click.option(
            "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True,
            help="Lines for people, or one JSON object.",
        ),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def said_options(command: Command) -> Command:
    """``--reason`` and ``--by``, of what a person says."""
    reason = click.option("--reason", metavar="TEXT", help="Why; kept with the correction.")
    by = click.option(
        "--by", envvar="CBEC_KG_BY", metavar="NAME", help="Who says so (environment: CBEC_KG_BY); else the user's name."
    )
    return reason(by(command))


def article_options(command: Command) -> Command:
    """What every command that reads articles may be told: what is known of them, and how to read them."""
    options = (
        click.option("--published", metavar="DATE", help="Day of publication (YYYY-MM-DD, or YYYY-MM, YYYY)."),
        click.option("--publisher", metavar="NAME", help="Who published the inputs."),
        click.option("--url", metavar="URL", help="Where they were published."),
        click.option("--title", metavar="TEXT", help="Their title."),
        click.option(
            "--article-lang", "lang", type=click.Choice(["en", "zh"]), help="Their language; found out where not given."
        ),
        click.option(
            "--allow-private",
            is_flag=True,
            help="Fetch http(s) inputs from private and loopback addresses too.",
        ),
        click.option(
            "--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes to read articles with."
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def check_metadata(**given: str | None) -> None:
    """Refuse metadata that could not be used, by the names of `article_options`; raises `CbecError`."""
    from cbec_kg.readers.metadata import clean

    if notes := clean(given).notes:
        raise CbecError("; ".join(notes), fix="correct the option")


def store_folder(store: str) -> Path:
    """Folder of a ``--store``; raises `StoreError` for an endpoint."""
    if not store.strip():
        raise StoreError("--store is empty", fix="name a folder")
    if is_address(store.strip()):
        raise StoreError(
            f"{Endpoint.of(store)} is an endpoint, and this command needs a folder", fix="name a folder with --store"
        )
    return Path(store)


def open_store(store: str) -> Store:
    """The graph of a ``--store``, for reading: a folder's, or a server's at an http(s) address.

    Raises `StoreError`; that a folder holds no graph, or that a server is down, is said at the first question.
    """
    if not is_address(store.strip()):
        folder = store_folder(store)
        if _NO_SCHEME.match(store) and not folder.exists():
            raise StoreMissing(f"no graph in {store}", fix=f"an address begins with its scheme: --store http://{store}")
        return EmbeddedStore(folder)
    from cbec_kg.store.remote.credentials import find_credentials
    from cbec_kg.store.remote.store import RemoteStore

    return RemoteStore(store, credentials=find_credentials(Endpoint.of(store), os.environ))


def build_name(store: Store) -> str | None:
    """Name of the build that a folder's graph is; None for a server, which does not tell it. Raises `StoreMissing`."""
    return store.build.name if isinstance(store, EmbeddedStore) else None
