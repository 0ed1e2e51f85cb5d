"""``cbec-kg verify``."""

import json
from pathlib import Path

import click

from cbec_kg.cli.options import lang_option, open_store, store_option
from cbec_kg.errors import BrokenEvidence, CbecError

__all__ = ["command"]


@click.command("verify")
@click.argument("receipt", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--articles", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR",
    help="Folder with the articles' texts, each named after its article (ID.txt).",
)  # fmt: skip
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Form of the report.",
)
@store_option
@lang_option
def command(receipt: Path | None, articles: Path | None, form: str, store: str, lang: str) -> None:
    """Check every evidence, or one receipt, against the articles' own text.

    RECEIPT is a file that `cbec-kg answer --receipt` wrote: it is checked without a graph, its arithmetic, digests and
    type too; without --articles all but the texts.

    The digest of the file, the span inside the text, the characters, and that the number really stands there: words
    ("doubled"), places in a list and records included. Exits 1 where something does not hold.
    """
    if receipt is not None:
        _check_receipt(receipt, articles, form)
        return
    if articles is None:
        raise CbecError("nothing to check against", fix="name the folder of the articles' texts with --articles DIR")
    from cbec_kg.verify import verify

    report = verify(open_store(store), articles, lang=lang)
    if report.articles and sum(failure.kind == "missing" for failure in report.failures) == report.articles:
        raise CbecError(
            f"none of the {report.articles} articles is in {articles}", fix="name the folder with their texts"
        )
    click.echo(report.text() if form == "text" else json.dumps(report.json(), ensure_ascii=False, indent=1))
    if not report.ok:
        count = len(report.failures)
        raise BrokenEvidence(f"evidence fails {count} check{'s' if count > 1 else ''}", fix="see above for each")


def _check_receipt(path: Path, articles: Path | None, form: str) -> None:
    from cbec_kg.verify.receipt import check_receipt, read_receipt

    report = check_receipt(read_receipt(path), articles)
    click.echo(report.text() if form == "text" else json.dumps(report.json(), ensure_ascii=False, indent=1))
    if not report.ok:
        count = len(report.faults) + len(report.failures)
        raise BrokenEvidence(f"{path} fails {count} check{'s' if count > 1 else ''}", fix="see above for each")
