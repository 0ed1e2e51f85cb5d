"""``cbec-kg bench``."""

import json
import sys
from pathlib import Path

import click

from cbec_kg.bench.catalogue import BENCHMARKS, PARTS
from cbec_kg.cli.nearest import NearestGroup
from cbec_kg.cli.progress import Progress, terminal
from cbec_kg.errors import Negative

__all__ = ["command"]


class Stages(Progress):
    """A line that says what is being measured.

    >>> stages = Stages(None)
    >>> with stages:
    ...     stages.stage("growth")
    """

    def stage(self, what: str) -> None:
        """Say what comes now."""
        if self.stream:
            self.stream.write(f"\r\x1b[Kmeasuring {what} ...")
            self.stream.flush()


@click.group("bench", cls=NearestGroup, invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """Measure the project: ratios in one run, and growth with size.

    Without a name it lists the benchmarks.
    """
    if context.invoked_subcommand is None:
        for name, what in BENCHMARKS.items():
            click.echo(f"{name:12} {what}")


@command.command("extract")
@click.option(
    "--corpus", type=click.Path(exists=True, dir_okay=False, path_type=Path), multiple=True, metavar="FILE.jsonl",
    help="Articles to measure with, one a line; again for more files. Made-up articles where none is given.",
)  # fmt: skip
@click.option(
    "--gold", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR",
    help="Facts that people read in the articles, one .json an article; needs --scorer.",
)  # fmt: skip
@click.option(
    "--scorer", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help="Program that scores rows against gold: it is run with --gold, --pred, --split and --json.",
)  # fmt: skip
@click.option(
    "--part", "parts", type=click.Choice(list(PARTS)), multiple=True,
    help="Measure this part only; again for more parts.",
)  # fmt: skip
@click.option(
    "--seconds", type=click.FloatRange(0, 3600), default=5, show_default=True,
    help="Time for each row that is timed; three rounds are measured however short it is.",
)  # fmt: skip
@click.option(
    "--stream", type=click.FloatRange(0.01, 10_000), default=32, show_default=True, metavar="MB",
    help="Largest file whose reading shows the memory; the others are a quarter and a sixteenth of it.",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="Tables for people, or one JSON object for programs.",
)  # fmt: skip
def extract(
    corpus: tuple[Path, ...], gold: Path | None, scorer: Path | None, parts: tuple[str, ...], seconds: float,
    stream: float, form: str,
) -> None:  # fmt: skip
    """Reading articles: speed, growth with size, memory, determinism, quality, ledger.

    Times are of one machine at one moment; the ratios beside them were measured in the same rounds and are what to
    compare. Exits with 1 where the same articles gave different bytes.
    """
    from cbec_kg.bench.corpus import Corpus
    from cbec_kg.bench.extraction import Options, differs, report, sections
    from cbec_kg.bench.section import Section

    options = Options(parts=parts, seconds=seconds, stream=stream, gold=gold, scorer=scorer)
    options.wanted()  # what is wrong with them is said before the work begins
    done: list[Section] = []
    stages = Stages(terminal(sys.stderr))
    with stages:
        for section in sections(Corpus.read(corpus), options, stages.stage):
            if form == "text":
                stages.clear()
                click.echo(("\n" if done else "") + section.text())
            done.append(section)
    if form == "json":
        click.echo(json.dumps(report(done), ensure_ascii=False, indent=1))
    if others := differs(done):
        raise Negative(f"other bytes by {', '.join(others)}", fix="find what the output depends on before any release")
