"""``cbec-kg build``."""

import os
import sys
from dataclasses import asdict

import click

from cbec_kg import paths
from cbec_kg.cli.options import lang_option, overlay_option, store_folder, store_option
from cbec_kg.errors import CbecError

__all__ = ["command"]


@click.command("build")
@store_option
@click.option(
    "--no-reason", is_flag=True, help="Leave out what follows from the ontology; `about` and class trees then miss."
)
@click.option(
    "--strict", is_flag=True, help="Have a second SHACL engine check the result too (slow; needs the extra `strict`)."
)
@click.option("--fresh", is_flag=True, help="Drop the articles that were ingested; says how many.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="Form of the summary.",
)
@lang_option
@overlay_option
def command(overlay: str | None, store: str, no_reason: bool, strict: bool, fresh: bool, form: str, lang: str) -> None:
    """Build the graph from the ontology and the data.

    Reads rows, makes triples, reasons, validates, and stores the result. An invalid or interrupted build leaves the
    graph that is there as it was. Articles that were ingested stay, validated and reasoned over again.
    """
    from cbec_kg.pipeline.build import STEPS, Invalid, build
    from cbec_kg.pipeline.listing import unmatched
    from cbec_kg.pipeline.overlay import Overlay, overlay_path
    from cbec_kg.pipeline.shelf import Shelf

    plain = "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb" or form == "json"
    shown = sys.stderr.isatty() and not plain

    def tell(step: str) -> None:
        if shown:
            click.echo(f"\r\x1b[K[{STEPS.index(step) + 1}/{len(STEPS)}] {step} ...", nl=False, err=True)

    def clear() -> None:
        if shown:
            click.echo("\r\x1b[K", nl=False, err=True)

    was = Overlay.read(overlay_path(store_folder(store), None))
    if fresh and (ingested := len(Shelf(store_folder(store)).ids())):
        kept = f"; {len(was.lines)} corrections stay for when they come again" if was.lines else ""
        click.echo(f"cbec-kg: drops {ingested} ingested article{'s' if ingested > 1 else ''}{kept}", err=True)
    try:
        summary, _ = build(
            store_folder(store),
            paths.resources(),
            reason=not no_reason,
            strict=strict,
            fresh=fresh,
            overlay=overlay,
            tell=tell,
        )
    except Invalid as error:
        from cbec_kg.validate.explain import locate, to_text

        clear()
        click.echo(to_text(locate(error.report.only("Violation"), error.graph), lang), err=True)
        raise
    except CbecError:
        clear()
        raise
    clear()
    corrections = Overlay.read(overlay_path(store_folder(store), overlay))
    lost = unmatched(store_folder(store), corrections, paths.resources())
    if was.lines and was.path != corrections.path:
        fix = f"`cbec-kg build --overlay {was.path}` brings them back"
        click.echo(f"cbec-kg: the {len(was.lines)} corrections of {was.path} no longer apply: {fix}", err=True)
    if lost:
        click.echo(f"cbec-kg: {len(lost)} corrections match nothing by now: see `cbec-kg correct --list`", err=True)
    counts = asdict(summary)
    if form == "json":
        import json

        click.echo(json.dumps(counts))
        return
    for key, value in counts.items():
        click.echo(f"{key:13} {value:>9,}")
    if corrections.lines or overlay:
        click.echo(f"{'corrections':13} {len(corrections.lines):>9,}  {corrections.path}")
    click.echo(f"stored in {store_folder(store).resolve()}")
    if summary.warnings:
        click.echo("`cbec-kg validate` lists the warnings")
