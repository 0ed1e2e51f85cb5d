"""``cbec-kg answer``."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cbec_kg.answer.question import MEASURES, Question
from cbec_kg.cli.options import lang_option, open_store, store_option
from cbec_kg.errors import CbecError

if TYPE_CHECKING:
    from cbec_kg.answer.answer import Asked

__all__ = ["command"]


@click.command("answer")
@click.argument("indicator")
@click.option("--entity", default="china", show_default=True, metavar="E", help="Whose figure it is.")
@click.option("--period", metavar="P", help="2022, 2020-H1, 2020-01/2020-02 ...; else the latest year with a figure.")
@click.option("--flow", metavar="F", help="total, export or import; else both directions together.")
@click.option(
    "--scope", metavar="S", help="What is counted (gac-total, gac-retail ...); else the answer chooses and says so."
)
@click.option("--partner", metavar="E", help="The other side of trade between two.")
@click.option("--sector", metavar="S", help="Of one sector alone.")
@click.option("--market", metavar="E", help="In one market.")
@click.option("--channel", metavar="E", help="On one platform.")
@click.option("--measure", type=click.Choice(MEASURES), default="level", show_default=True, help="What of it.")
@click.option("--against", metavar="INDICATOR", help="For share, growth, gap, contribution: what it is held against.")
@click.option(
    "--as-of", metavar="DATE", help="What was known on that day (YYYY-MM-DD); the undated is left out and counted."
)
@click.option("--why", is_flag=True, help="Name the smallest set of claims without which the type would be another.")
@click.option(
    "--receipt", is_flag=False, flag_value="", metavar="[FILE]",
    help="Write what `cbec-kg verify` checks without a store; else to receipt-DIGEST.json.",
)  # fmt: skip
@click.option("--cite", is_flag=True, help="Add a citation of every article: text and BibTeX.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True,
    help="Lines for people, or one JSON object.",
)  # fmt: skip
@store_option
@lang_option
def command(
    indicator: str, why: bool, receipt: str | None, cite: bool, form: str, store: str, lang: str, **asked: str | None
) -> None:
    """Answer with one figure: known, derived, conflicting or silent.

    INDICATOR and whatever else names a thing may be a code, a prefixed name or a label, English or Chinese. known:
    claims state it, and have a number in common; derived: no claim states it, others give it; conflicting: they have
    no number in common, and each side is told; silent: neither, and the answer says what is nearest.
    """
    from cbec_kg.answer.answer import ask
    from cbec_kg.answer.as_json import as_json
    from cbec_kg.answer.present import present

    question = Question(indicator, **asked)  # type: ignore[arg-type]
    opened = open_store(store)
    found = ask(opened, question)
    more: dict[str, object] = {}
    lines = [present(found.answer, lang)]
    if why:
        from cbec_kg.answer.present import present_why
        from cbec_kg.answer.why import why as why_of

        reason = why_of(found.ledger, found.indicators, found.answer)
        more["why"] = asdict(reason)
        lines += ["", present_why(reason, found.answer, lang)]
    if cite:
        from cbec_kg.answer.cite import citations

        cited = citations(found.answer, opened.build.name)
        more["citations"] = [asdict(one) for one in cited]
        lines += [line for one in cited for line in ("", getattr(one, lang), "", one.bibtex)]
    if receipt is not None:
        more["receipt"] = _write_receipt(found, receipt)
    if form == "json":
        click.echo(json.dumps({**as_json(found.answer), **more}, ensure_ascii=False))
    else:
        click.echo("\n".join(lines))


def _write_receipt(found: "Asked", file: str) -> str:
    """Write a receipt, and say where; a file with other contents is never overwritten."""
    from cbec_kg.answer.receipt import make, name, text_of

    receipt = make(found.answer, found.indicators)
    path, text = Path(file or name(receipt)), text_of(receipt)
    try:
        with path.open("x", encoding="utf-8") as out:
            out.write(text)
    except FileExistsError:
        if path.is_dir() or path.read_bytes() != text.encode():
            raise CbecError(f"{path} exists and is another", fix="name another file, or remove it") from None
    click.echo(f"receipt: {path}", err=True)
    return str(path)
