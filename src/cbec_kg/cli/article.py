"""``cbec-kg article``."""

import getpass
import json
from dataclasses import asdict
from pathlib import Path

import click

from cbec_kg import paths
from cbec_kg.cli.correct import pairs, tell
from cbec_kg.cli.options import (
    change_options,
    check_metadata,
    lang_option,
    overlay_option,
    said_options,
    store_folder,
    store_option,
)
from cbec_kg.errors import CbecError
from cbec_kg.model.correction import METADATA

__all__ = ["command"]


@click.command("article")
@click.argument("article", metavar="ID")
@click.option(
    "--set", "given", multiple=True, metavar="KEY=VALUE",
    help="Set published, publisher, title or url; an empty value takes back what was set.",
)  # fmt: skip
@change_options
@said_options
@lang_option
@overlay_option
@store_option
def command(
    article: str, given: tuple[str, ...], dry_run: bool, form: str, reason: str | None, by: str | None, lang: str,
    overlay: str | None, store: str,
) -> None:  # fmt: skip
    """Show what is known of an article and what it states, or set what is known of it.

    With a date, periods that hang on it are closed, in curated articles too, and the claims that change are listed. The
    line is kept beside the store (`cbec-kg correct --list`) and survives every build and ingest.
    """
    folder = store_folder(store)
    if not given:
        _show(folder, article, overlay, form, lang)
        return
    from cbec_kg.pipeline.correct import Corrector, Said
    from cbec_kg.pipeline.ingest import Ingester
    from cbec_kg.pipeline.living import check_sources, living
    from cbec_kg.pipeline.sources import read_sources

    wanted = pairs(given, "--set")
    if unknown := sorted(set(wanted) - set(METADATA)):
        raise CbecError(f"an article has no {unknown[0]!r} to set", fix=f"keys are {', '.join(METADATA)}")
    check_metadata(**{key: value for key, value in wanted.items() if value})
    if (day := wanted.get("published")) and len(day) != len("2024-07-30"):
        raise CbecError(f"published is {day!r}", fix="write the whole day, such as 2024-07-30")
    check_sources(folder, paths.resources())
    sources = read_sources(paths.resources())
    with living(folder, sources, overlay) as graph:
        said = Said(by or getpass.getuser(), " ".join((reason or "set later").split()))
        corrector = Corrector(graph, Ingester(graph, sources), said, keep=not dry_run)
        changes = corrector.metadata(article, {key: value or None for key, value in wanted.items()})
    tell(changes, corrector, lang=lang, form=form, dry_run=dry_run)


def _show(folder: Path, article: str, overlay: str | None, form: str, lang: str) -> None:
    from cbec_kg.pipeline.article import described

    found = described(folder, paths.resources(), article, overlay)
    if form == "json":
        click.echo(json.dumps(asdict(found), ensure_ascii=False))
        return
    for key, value in found.metadata.items():
        click.echo(f"{key:10} {value if value is not None else '-'}")
    for one in found.claims:
        click.echo(
            f"{one.start:>6}-{one.end:<6} {one.state:12} claim:{one.claim}  {one.en if lang == 'en' else one.zh}"
        )
        if one.written:
            click.echo(f'{"":13} {"":12} "{one.written}"')
        if one.note:
            click.echo(f"{'':13} {'':12} {one.note}")
    gone = sum(one.state == "rejected" for one in found.claims)
    click.echo(f"{len(found.claims) - gone} claims" + (f", {gone} rejected" if gone else ""))
