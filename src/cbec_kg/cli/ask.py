"""``cbec-kg ask``."""

from datetime import date

import click

from cbec_kg.cli.answered import Extras, write_asked
from cbec_kg.cli.options import answer_options, build_name, open_store, store_option
from cbec_kg.errors import BadParameter

__all__ = ["command"]


@click.command("ask")
@click.argument("text", nargs=-1, required=True)
@click.option("--today", metavar="DATE", help='The day that "last year" is counted from (YYYY-MM-DD); else today.')
@answer_options
@click.option(
    "--lang", type=click.Choice(["en", "zh"]), help="Language of labels and messages; else that of the question."
)
@store_option
def command(
    text: tuple[str, ...], today: str | None, lang: str | None, store: str,
    why: bool, receipt: str | None, cite: bool, form: str,
) -> None:  # fmt: skip
    """Answer a question in plain words, English or Chinese.

    TEXT asks for one figure: "CBEC exports in 2022?", 2021年跨境电商进出口额是多少. No model reads it: the first line
    says how it was read, and a question with a word that is not understood is refused. What was known on a day is asked
    for in words: "CBEC trade in 2022 as of 1 March 2023".
    """
    from cbec_kg.ask.asking import ask_in_words

    opened = open_store(store)
    found, head, spoken = ask_in_words(opened, " ".join(text), today=_day(today), lang=lang)
    write_asked(found, Extras(why, receipt, cite, form), spoken, build_name(opened), head)


def _day(today: str | None) -> date:
    if today is None:
        return date.today()
    try:
        return date.fromisoformat(today)
    except ValueError:
        raise BadParameter(f"--today {today!r} is no day", fix="write YYYY-MM-DD") from None
