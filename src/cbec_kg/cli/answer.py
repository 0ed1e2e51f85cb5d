"""``cbec-kg answer``."""

import click

from cbec_kg.answer.question import MEASURES, Question
from cbec_kg.cli.answered import Extras, write_asked
from cbec_kg.cli.options import answer_options, build_name, lang_option, open_store, store_option

__all__ = ["command"]


@click.command("answer")
@click.argument("indicator")
@click.option("--entity", default="china", show_default=True, metavar="E", help="Whose figure it is.")
@click.option(
    "--period", metavar="P", help="2022, 2020-H1, 2020-01/2020-02, 2022年上半年 ...; else the latest with a figure."
)
@click.option("--flow", metavar="F", help="total, export or import; else what INDICATOR names, or both together.")
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
@answer_options
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

    opened = open_store(store)
    found = ask(opened, Question(indicator, **asked))  # type: ignore[arg-type]
    write_asked(found, Extras(why, receipt, cite, form), lang, build_name(opened))
