"""``cbec-kg extract``."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from cbec_kg.cli.options import article_options, check_metadata
from cbec_kg.errors import CbecError, Negative

__all__ = ["command"]


@click.command("extract")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "--format", "form", type=click.Choice(["jsonl", "table"]), default=None,
    help="jsonl (where output is no terminal) or a table for people (where it is).",
)  # fmt: skip
@click.option(
    "--ledger", is_flag=True, help="Add a line for every numeral: claim, part-of, not-a-fact, set-aside, unread."
)
@click.option(
    "--diff", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR",
    help="Instead of rows: compare them with the curated rows of the same articles, such as those in data/.",
)  # fmt: skip
@article_options
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write instead of the terminal."
)
def command(
    inputs: tuple[str, ...], form: str | None, ledger: bool, diff: Path | None, published: str | None,
    publisher: str | None, url: str | None, title: str | None, lang: str | None, allow_private: bool, jobs: int,
    output: Path | None,
) -> None:  # fmt: skip
    """Read facts out of articles; stores nothing.

    INPUT is a .txt, .md, .html, .pdf or .jsonl file (a line an article: id, text and optionally lang, title, publisher,
    published, url), a folder of such files, an http(s) page, RSS or Atom feed, or - for standard input. Each figure
    comes with the characters it stands on, its period, scope, unit, status and who is said to have said it. The same
    input gives the same bytes.
    """  # fmt: skip
    from cbec_kg.cli.progress import Progress, terminal
    from cbec_kg.pipeline.difference import compare
    from cbec_kg.pipeline.extraction import Reading, Run
    from cbec_kg.readers.count import articles_in
    from cbec_kg.readers.web import Web

    check_metadata(published=published, publisher=publisher, url=url, title=title, lang=lang)
    if output is not None:
        _refuse_input(output, inputs)
    reading = Reading(published=published, publisher=publisher, url=url, title=title, lang=lang, jobs=jobs)
    screen = terminal(sys.stderr)
    with Progress(screen, articles_in(inputs) if screen else None) as progress:

        def say(message: str) -> None:
            progress.clear()
            click.echo(f"cbec-kg: {message}", err=True)

        web = Web(allow_private=allow_private, tell=say)
        done = Run(inputs, reading, tell=progress.step, failed=say, web=web)

        def blocks() -> Iterator[str]:
            if diff is not None:
                report = compare(done.results(), diff)
                yield report.jsonl() if form == "jsonl" else report.text()
            else:
                table = form == "table" or (form is None and output is None and terminal(sys.stdout) is not None)
                yield from done.lines(ledger=ledger, table=table)

        _write(blocks(), output, lambda: bool(done.read or not done.failed))
    if not done.read and done.failed == 1:
        click.get_current_context().exit(CbecError.exit_code)
    if done.failed:
        raise Negative(f"{done.failed} of {done.failed + done.read} articles failed", fix="see above for each")


def _refuse_input(output: Path, inputs: tuple[str, ...]) -> None:
    """An output that is also an input would be lost."""
    for name in inputs:
        if output.exists() and Path(name).exists() and output.samefile(name):
            raise CbecError(f"{output} is read and written", fix="name another file to write")


def _write(blocks: Iterator[str], output: Path | None, complete: Callable[[], bool]) -> None:
    """Write text as it comes; a file is written beside itself and renamed, so that none is half there.

    Where nothing could be read, the file that is there stays.
    """
    if output is None:
        for block in blocks:
            click.echo(block, nl=False)
        return
    if output.exists() and not output.is_file():  # a pipe or a device stays what it is
        with output.open("w", encoding="utf-8", newline="") as stream:
            stream.writelines(blocks)
        return
    target = output.resolve()
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise CbecError(f"cannot write {output}", fix=error.strerror or str(error)) from None
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            stream.writelines(blocks)
        if complete():
            temporary.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
            temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
