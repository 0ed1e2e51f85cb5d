"""``cbec-kg vintages``."""

import click

from cbec_kg.answer.question import Question
from cbec_kg.cli.options import lang_option, open_store, store_option
from cbec_kg.query.formats.registry import FORMATS

__all__ = ["command"]


@click.command("vintages")
@click.argument("indicator")
@click.option("--entity", default="china", show_default=True, metavar="E", help="Whose figures they are.")
@click.option("--flow", metavar="F", help="total, export or import; else both directions together.")
@click.option(
    "--scope",
    metavar="S",
    help="What is counted (gac-total, gac-retail ...); else what the indicator means.",
)
@click.option("--partner", metavar="E", help="The other side of trade between two.")
@click.option("--sector", metavar="S", help="Of one sector alone.")
@click.option(
    "--measure", type=click.Choice(["level", "growth"]), default="level", show_default=True,
    help="The values, or their growth on the year before.",
)  # fmt: skip
@click.option("--long", "by_release", is_flag=True, help="A row a release: numbers, claim, article and characters.")
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="table", show_default=True, help="Form of the answer."
)
@store_option
@lang_option
def command(
    indicator: str, measure: str, by_release: bool, form: str, store: str, lang: str, **asked: str | None
) -> None:
    """Show the releases of a series, period by period: how its figures were revised.

    A row is a period, a column the day on which figures were first known: that of their release where an article names
    it, else that on which the article was published. What has no date stands in the last column. A figure that
    replaces an earlier one says "revised"; forecasts, targets, estimates and preliminary figures say so too. What an
    article repeats of an earlier release, as exactly or less so, is no release: only --long has it, marked "repeat".

    INDICATOR and whatever else names a thing may be a code, a prefixed name or a label, English or Chinese.
    """
    from cbec_kg.answer.triangle import as_releases, as_table, read_triangle, remarks
    from cbec_kg.cli.answers import write_answer

    told = read_triangle(open_store(store), Question(indicator, measure=measure, **asked))  # type: ignore[arg-type]
    for line in remarks(told, lang):
        click.echo(line, err=True)
    write_answer(as_releases(told, lang) if by_release else as_table(told, lang), form, lang)
