"""``cbec-kg ingest``."""

import json
import sys
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import click

from cbec_kg import paths
from cbec_kg.cli.options import article_options, check_metadata, overlay_option, store_folder, store_option
from cbec_kg.errors import CbecError, Negative, StoreError
from cbec_kg.fetch.urls import is_web

__all__ = ["command"]


@click.command("ingest")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@overlay_option
@store_option
@click.option("--dry-run", is_flag=True, help="Say what would be stored, and store nothing.")
@click.option(
    "--watch", is_flag=True,
    help="INPUTs are folders: read what is in them, and then what comes, until Ctrl-C.",
)  # fmt: skip
@article_options
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True,
    help="Lines for people, or one JSON object with every article.",
)  # fmt: skip
def command(
    inputs: tuple[str, ...], overlay: str | None, store: str, dry_run: bool, watch: bool, published: str | None,
    publisher: str | None, url: str | None, title: str | None, lang: str | None, allow_private: bool, jobs: int,
    form: str,
) -> None:  # fmt: skip
    """Read articles and store what they state.

    INPUT is a .txt, .md, .html, .pdf or .jsonl file, a folder of such files, an http(s) page or RSS or Atom feed, or -
    for standard input. Each article is stored as a whole or not at all, and is safe on disk before it is told. The same
    article again changes nothing; a changed text under the same id replaces the old one. A claim that breaks a shape is
    set aside, the others of its article are stored.
    """
    from cbec_kg.cli.progress import Progress, terminal
    from cbec_kg.cli.stopping import stoppable
    from cbec_kg.pipeline.extraction import Read, Reading, Run
    from cbec_kg.pipeline.ingest import Ingested, Ingester
    from cbec_kg.pipeline.living import check_sources, living
    from cbec_kg.pipeline.outside import Outside
    from cbec_kg.pipeline.sources import read_sources
    from cbec_kg.pipeline.watch import Watched
    from cbec_kg.readers.count import articles_in

    check_metadata(published=published, publisher=publisher, url=url, title=title, lang=lang)
    if watch and (wrong := next((name for name in inputs if not Path(name).is_dir()), None)) is not None:
        raise CbecError(f"{wrong} is not a folder", fix="with --watch name folders")
    folder, resources = store_folder(store), paths.resources()
    check_sources(folder, resources)
    sources = read_sources(resources)
    reading = Reading(published=published, publisher=publisher, url=url, title=title, lang=lang, jobs=jobs)
    outcomes: Counter[str] = Counter()
    counts = Counter(rows=0, aside=0, unread=0)
    told: list[dict[str, object]] = []
    failed = 0
    screen = terminal(sys.stderr)
    total = articles_in(inputs) if screen and not watch else None
    with Progress(screen, total) as progress, ExitStack() as held:

        def say(message: str, *, err: bool = True) -> None:
            progress.clear()
            click.echo(f"cbec-kg: {message}" if err else message, err=err)

        def record(done: Ingested) -> None:
            outcomes[done.outcome] += 1
            counts.update(rows=done.stored, aside=len(done.aside), unread=done.unread)
            if form == "json":
                told.append(done.as_json())
            else:
                say(done.line(), err=False)

        stop = held.enter_context(stoppable()) if watch else None
        outside = ingester = None
        if watch or any(map(is_web, inputs)):  # what comes slowly must not keep other writers out
            stopped = stop.is_set if stop else bool
            outside = Outside(folder, resources, sources, say, overlay=overlay, keep=not dry_run, stopped=stopped)
        else:
            ingester = Ingester(held.enter_context(living(folder, sources, overlay)), sources)

        def take(one: Read) -> Ingested:
            if outside:
                return outside.take(one)
            assert ingester is not None
            return ingester.take(one.extraction, keep=not dry_run)

        web = outside.web(allow_private=allow_private, unchanged=record) if outside else None
        run = (
            Watched(inputs, reading, progress.step, say, stop)
            if stop
            else Run(inputs, reading, tell=progress.step, failed=say, web=web)
        )
        for one in run.results():
            try:
                done = take(one)
            except CbecError as error:
                if stop and stop.is_set():
                    break
                if isinstance(error, StoreError):  # no other article would fare better
                    raise
                failed += 1
                say(f"{one.source.where}: {error}")
                continue
            record(done)
        if outside:
            outside.finish()
    failed += run.failed
    summary = {**{name: outcomes[name] for name in ("new", "replaced", "known")}, "failed": failed}
    if form == "json":
        click.echo(json.dumps({"dry_run": dry_run, **summary, **counts, "articles": told}, ensure_ascii=False))
    else:
        click.echo(
            f"{'would store' if dry_run else 'stored'}: "
            + ", ".join(f"{count} {name}" for name, count in summary.items() if count or name == "new")
            + f"; {counts['rows']} rows, {counts['aside']} set aside, {counts['unread']} numerals unread"
        )
    if watch:
        return
    if failed and not outcomes and failed == 1:
        click.get_current_context().exit(CbecError.exit_code)
    if failed:
        raise Negative(f"{failed} of {failed + outcomes.total()} articles failed", fix="see above for each")
