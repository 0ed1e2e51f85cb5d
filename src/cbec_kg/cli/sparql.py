"""``cbec-kg sparql``."""

import sys
from pathlib import Path

import click

from cbec_kg.cli.options import build_name, lang_option, limit_option, open_store, store_option
from cbec_kg.errors import CbecError
from cbec_kg.query.formats.registry import FORMATS, GRAPH_FORMATS

__all__ = ["command"]


def is_file(source: str) -> bool:
    """Whether a text is the name of a file; a query is too long or too odd to be one."""
    try:
        return Path(source).is_file()
    except (OSError, ValueError):
        return False


def text_of(source: str) -> str:
    """The query itself: standard input for ``-``, the file of that name if there is one, else the text as given."""
    try:
        if source == "-":
            return sys.stdin.buffer.read().decode("utf-8-sig")
        if is_file(source):
            return Path(source).read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CbecError(f"{source} cannot be read: {error}") from None
    if source.endswith((".rq", ".sparql")) and "{" not in source:
        raise CbecError(f"no file {source}", fix="give a query's text, a file, or - for standard input")
    return source


@click.command("sparql")
@click.argument("query")
@click.option(
    "--format", "form", type=click.Choice([*FORMATS, *GRAPH_FORMATS]), default="table", show_default=True,
    help="Form of the answer; the last ones are for CONSTRUCT and DESCRIBE.",
)  # fmt: skip
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, max=86_400, min_open=True),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="Deadline.",
)
@limit_option
@store_option
@lang_option
def command(query: str, form: str, timeout: float, limit: int | None, store: str, lang: str) -> None:
    """Run any SPARQL 1.1 query, read-only.

    QUERY is the text, a file, or - for standard input. The project's prefixes (cbec, voc, id, obs, claim ...) need no
    declaration. On a folder the query runs in a process of its own, which is ended at the deadline; a server is not
    waited for any longer.
    """
    from cbec_kg.cli.answers import write_answer
    from cbec_kg.query.run import run_text

    text = text_of(query)
    if timeout != timeout:  # a NaN passes every range
        raise CbecError("--timeout nan is no number of seconds", fix="give seconds, such as 60")
    if not text.strip():
        raise CbecError("the query is empty", fix="give a query's text, a file, or - for standard input")
    opened = open_store(store)
    build_name(opened)  # a folder without a graph is said before the query is looked at
    write_answer(run_text(text, opened, lang=lang, timeout=timeout), form, lang, limit)
