"""``cbec-kg ingest``."""

import json
import sys
from collections import Counter

import click

from cbec_kg import paths
from cbec_kg.cli.options import article_options, check_metadata, overlay_option, store_folder, store_option
from cbec_kg.errors import CbecError, Negative

__all__ = ["command"]


@click.command("ingest")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@overlay_option
@store_option
@click.option("--dry-run", is_flag=True, help="Say what would be stored, and store nothing.")
@article_options
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True,
    help="Lines for people, or one JSON object with every article.",
)  # fmt: skip
def command(
    inputs: tuple[str, ...], overlay: str | None, store: str, dry_run: bool, published: str | None,
    publisher: str | None, url: str | None, title: str | None, lang: str | None, jobs: int, form: str,
) -> None:  # fmt: skip
    """Read articles and store what they state.

    INPUT is a .txt, .md, .html, .pdf or .jsonl file, a folder of such files, or - for standard input. Each article is
    stored as a whole or not at all, and is safe on disk before it is told. The same article again changes nothing; a
    changed text under the same id replaces the old one. A claim that breaks a shape is set aside, the others of its
    article are stored.
    """
    from cbec_kg.cli.progress import Progress, terminal
    from cbec_kg.pipeline.extraction import Reading, Run
    from cbec_kg.pipeline.ingest import Ingester
    from cbec_kg.pipeline.living import check_sources, living
    from cbec_kg.pipeline.sources import read_sources

    check_metadata(published=published, publisher=publisher, url=url, title=title, lang=lang)
    folder, resources = store_folder(store), paths.resources()
    check_sources(folder, resources)
    sources = read_sources(resources)
    reading = Reading(published=published, publisher=publisher, url=url, title=title, lang=lang, jobs=jobs)
    outcomes: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    told: list[dict[str, object]] = []
    failed = 0
    with Progress(terminal(sys.stderr)) as progress, living(folder, sources, overlay) as graph:

        def say(message: str, *, err: bool = True) -> None:
            progress.clear()
            click.echo(f"cbec-kg: {message}" if err else message, err=err)

        run = Run(inputs, reading, tell=progress.step, failed=say)
        ingester = Ingester(graph, sources)
        for one in run.results():
            try:
                done = ingester.take(one.extraction, keep=not dry_run)
            except CbecError as error:
                failed += 1
                say(f"{one.source.where}: {error}")
                continue
            outcomes[done.outcome] += 1
            counts.update(rows=done.stored, aside=len(done.aside), unread=done.unread)
            if form == "json":
                told.append(done.as_json())
            else:
                say(done.line(), err=False)
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
    if failed and not outcomes and failed == 1:
        click.get_current_context().exit(CbecError.exit_code)
    if failed:
        raise Negative(f"{failed} of {failed + outcomes.total()} articles failed", fix="see above for each")
