"""``cbec-kg correct``."""

import getpass
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cbec_kg import paths
from cbec_kg.cli.options import change_options, lang_option, overlay_option, said_options, store_folder, store_option
from cbec_kg.errors import CbecError

if TYPE_CHECKING:
    from cbec_kg.pipeline.correct import Change, Corrector

__all__ = ["command", "pairs", "tell"]


@click.command("correct")
@click.argument("target", required=False, metavar="CLAIM|ENTITY")
@click.argument("action", required=False, type=click.Choice(["accept", "reject", "amend", "merge", "undo"]))
@click.argument("values", nargs=-1, metavar="[KEY=VALUE...|INTO]")
@click.option("--article", metavar="ID", help="Only where this article states the claim.")
@click.option("--list", "listing", is_flag=True, help="List the corrections, and what became of each.")
@change_options
@said_options
@lang_option
@overlay_option
@store_option
def command(
    target: str | None, action: str | None, values: tuple[str, ...], article: str | None, listing: bool, dry_run: bool,
    form: str, reason: str | None, by: str | None, lang: str, overlay: str | None, store: str,
) -> None:  # fmt: skip
    """Say that a claim or a name which was read is right, wrong, or something else.

    CLAIM accept | reject | amend KEY=VALUE... | undo

    ENTITY accept class=CLASS en=NAME zh=NAME | merge INTO | reject | undo

    CLAIM is claim:DIGEST, and stands for all ingested articles that state it; ENTITY is id:x-..., a name that articles
    brought in. KEY is a key of the row format; a value is written as an article would: value="2.11 trillion yuan".
    What is said is a line in corrections.jsonl beside the store; it survives every build and ingest, and what was read
    stays visible.
    """
    from cbec_kg.pipeline.correct import Corrector, Said, claim_code
    from cbec_kg.pipeline.ingest import Ingester
    from cbec_kg.pipeline.living import check_sources, living
    from cbec_kg.pipeline.sources import read_sources

    folder, resources = store_folder(store), paths.resources()
    if listing:
        _listed(folder, overlay, form)
        return
    if not target or not action:
        raise click.UsageError("name a claim or an entity, and what is to become of it; or --list")
    if not reason or not reason.strip():
        raise click.UsageError("say why with --reason: who reads the correction later will ask")
    check_sources(folder, resources)
    sources = read_sources(resources)
    with living(folder, sources, overlay) as graph:
        said = Said(by or getpass.getuser(), " ".join(reason.split()))
        corrector = Corrector(graph, Ingester(graph, sources), said, keep=not dry_run)
        if digest := claim_code(target):
            if action == "merge":
                raise CbecError("a claim cannot be merged", fix="amend it: claims that say the same are one")
            given = pairs(values, "amend") if action == "amend" else _none(values, action)
            changes = corrector.claim(digest, action, given, article)
        else:
            code = target.rpartition("/")[2].removeprefix("id:")
            if target.startswith("claim:"):
                raise CbecError(
                    f"{target} is no claim", fix="a claim is claim: and 20 digits, as `cbec-kg article` shows it"
                )
            if article:
                raise CbecError("a name is the same in every article", fix="leave --article out")
            if action == "amend":
                raise CbecError(f"{code} is a name", fix="accept, reject or merge it; or amend a claim")
            into = values[0] if action == "merge" and len(values) == 1 else None
            if action == "merge" and not into:
                raise CbecError("merge needs one entity", fix=f"such as: correct {code} merge aliexpress")
            given = pairs(values, "accept") if action == "accept" else {} if into else _none(values, action)
            changes = corrector.entity(code, action, given, into)
    tell(changes, corrector, lang=lang, form=form, dry_run=dry_run)


def pairs(values: tuple[str, ...], action: str) -> dict[str, str]:
    """``KEY=VALUE`` arguments by key; raises `CbecError`."""
    found: dict[str, str] = {}
    for value in values:
        key, equals, rest = value.partition("=")
        if not equals or not key or key in found:
            raise CbecError(f"{value!r} is no KEY=VALUE", fix=f"{action} takes each key once")
        found[key] = rest.strip()
    return found


def _none(values: tuple[str, ...], action: str) -> dict[str, str]:
    if values:
        raise CbecError(f"{action} takes no {values[0]!r}", fix="leave it out")
    return {}


def tell(changes: "Sequence[Change]", corrector: "Corrector", *, lang: str, form: str, dry_run: bool) -> None:
    """Say what changed, for people or as JSON."""
    if form == "json":
        keys = ("claim", "en", "zh")
        told = [
            {**asdict(one), "before": one.before and dict(zip(keys, one.before, strict=True)),
             "after": one.after and dict(zip(keys, one.after, strict=True))}
            for one in changes
        ]  # fmt: skip
        lines = [json.loads(line.to_json()) for line in corrector.lines]
        told_all = {"dry_run": dry_run, "lines": lines, "changes": told, "notes": corrector.notes}
        click.echo(json.dumps(told_all, ensure_ascii=False))
        return
    label = 1 if lang == "en" else 2
    for one in changes:
        click.echo(f"{one.article} {one.start}-{one.end}")
        if one.before and one.after and one.before == one.after:
            click.echo(f"  = claim:{one.after[0]}  {one.after[label]}")
            continue
        for mark, side in (("-", one.before), ("+", one.after)):
            if side:
                click.echo(f"  {mark} claim:{side[0]}  {side[label]}")
    for line in corrector.lines:
        if not line.row:
            what = line.about or line.entity or line.article or ""
            click.echo(f"{line.action}: {what}" + "".join(f", {key} {value}" for key, value in line.to.items()))
    for note in corrector.notes:
        click.echo(f"cbec-kg: {note}", err=True)
    click.echo(f"{'would change' if dry_run else 'changed'}: {len(changes)} row{'' if len(changes) == 1 else 's'}")


def _listed(folder: Path, overlay: str | None, form: str) -> None:
    from cbec_kg.pipeline.listing import listed
    from cbec_kg.pipeline.overlay import Overlay, overlay_path

    path = overlay_path(folder, overlay)
    found = listed(folder, Overlay.read(path), paths.resources())
    if form == "json":
        click.echo(json.dumps([{"state": state, **json.loads(line.to_json())} for state, line in found]))
        return
    for state, line in found:
        what = f"claim:{line.claim}" if line.claim else f"id:{line.entity}" if line.entity else "its metadata"
        place = f"{line.article} {line.start}-{line.end}" if line.row else line.article or ""
        to = "  " + json.dumps(line.to, ensure_ascii=False) if line.to else ""
        click.echo(f"{state:9}  {line.action:6}  {place}  {what}  {line.about or ''}{to}")
        click.echo(f"{'':9}  {line.at}  {line.by}: {line.reason}")
    click.echo(f"{len(found)} correction{'' if len(found) == 1 else 's'} in {path}")
