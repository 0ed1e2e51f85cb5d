"""``cbec-kg ask``."""

import json
from datetime import date

import click

from cbec_kg.cli.options import open_store, store_option
from cbec_kg.errors import BadParameter

__all__ = ["command"]


@click.command("ask")
@click.argument("text", nargs=-1, required=True)
@click.option("--today", metavar="DATE", help='The day that "last year" is counted from (YYYY-MM-DD); else today.')
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True,
    help="Lines for people, or one JSON object.",
)  # fmt: skip
@click.option(
    "--lang", type=click.Choice(["en", "zh"]), help="Language of labels and messages; else that of the question."
)
@store_option
def command(text: tuple[str, ...], today: str | None, form: str, lang: str | None, store: str) -> None:
    """Answer a question in plain words, English or Chinese.

    TEXT asks for one figure: "CBEC exports in 2022?", 2021年跨境电商进出口额是多少. No model reads it: the first line
    says how it was read, and a question with a word that is not understood is refused.
    """
    from cbec_kg.answer.answer import answer
    from cbec_kg.answer.as_json import as_json as answer_json
    from cbec_kg.answer.present import present
    from cbec_kg.ask.question import read_question
    from cbec_kg.ask.reading import Refusal
    from cbec_kg.ask.telling import as_json, refused, told

    read = read_question(" ".join(text), _day(today))
    if isinstance(read, Refusal):
        raise refused(read, lang)
    found = answer(open_store(store), read.question)
    if form == "json":
        click.echo(json.dumps({"reading": as_json(read)} | answer_json(found), ensure_ascii=False))
    else:
        click.echo(told(read, lang))
        click.echo(present(found, lang or read.lang))


def _day(today: str | None) -> date:
    if today is None:
        return date.today()
    try:
        return date.fromisoformat(today)
    except ValueError:
        raise BadParameter(f"--today {today!r} is no day", fix="write YYYY-MM-DD") from None
