"""``cbec-kg bench``."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cbec_kg.bench.catalogue import BENCHMARKS, PARTS
from cbec_kg.cli.nearest import NearestGroup
from cbec_kg.cli.options import open_store, store_folder, store_option
from cbec_kg.cli.progress import Progress, terminal
from cbec_kg.errors import Negative

if TYPE_CHECKING:
    from cbec_kg.bench.section import Section

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


form_option = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="Tables for people, or one JSON object for programs.",
)  # fmt: skip
folder_option = click.option(
    "--folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR",
    help="Where the stores are made for the time of the run; the system's temporary folder where not given.",
)  # fmt: skip
queries_option = click.option(
    "--queries", "queries_folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR",
    help="Folder of queries of your own.",
)  # fmt: skip
seed_option = click.option("--seed", type=int, default=0, show_default=True, help="Another number, other draws.")


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
@form_option
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


@command.command("ingest")
@click.option(
    "--size", "sizes", type=click.IntRange(1), multiple=True, metavar="ARTICLES",
    help="A store of so many articles; again for more stores, the first is what others are compared with. "
    "10, 1000 and 10000 where none is given.",
)  # fmt: skip
@click.option(
    "--rounds", type=click.IntRange(1), default=60, show_default=True, help="Articles that come and go in each store."
)
@seed_option
@folder_option
@form_option
def ingest(sizes: tuple[int, ...], rounds: int, seed: int, folder: Path | None, form: str) -> None:
    """Taking one article in and forgetting one, in stores of more and more articles.

    Articles are made up, and most of their figures are stated by thousands of others. To fill a store takes some
    tens of milliseconds an article.
    """
    from cbec_kg.bench.ingest import SIZES
    from cbec_kg.bench.ingest import ingest as measure

    stages = Stages(terminal(sys.stderr))
    with stages:
        section = measure(sizes=sizes or SIZES, rounds=rounds, seed=seed, folder=folder, tell=stages.stage)
    _tell(section, form)


@command.command("reconcile")
@click.option(
    "--size", "sizes", type=click.IntRange(1), multiple=True, metavar="ARTICLES",
    help="A store of so many articles; again for more stores. 1000 and 10000 where neither option is given.",
)  # fmt: skip
@click.option(
    "--index", "indexes", type=click.IntRange(1), multiple=True, metavar="ARTICLES",
    help="The index of figures alone, without a graph, of so many articles, which is soon filled; again for more. "
    "100000 where neither option is given.",
)  # fmt: skip
@click.option(
    "--rounds", type=click.IntRange(1), default=60, show_default=True, help="Articles that come and go in each store."
)
@seed_option
@folder_option
@form_option
def reconcile(
    sizes: tuple[int, ...], indexes: tuple[int, ...], rounds: int, seed: int, folder: Path | None, form: str
) -> None:
    """Comparing figures anew for one article more and one less, among more and more articles.

    Articles are made up; of each figure several articles tell, of the nation's thousands. What comparing costs stands
    beside what the whole of taking the article in or forgetting it costs.
    """
    from cbec_kg.bench.reconcile import INDEXES, SIZES
    from cbec_kg.bench.reconcile import reconcile as measure

    if not sizes and not indexes:
        sizes, indexes = SIZES, INDEXES
    stages = Stages(terminal(sys.stderr))
    with stages:
        section = measure(
            sizes=sizes, indexes=indexes, rounds=rounds, seed=seed, folder=folder, tell=stages.stage
        )  # fmt: skip
    _tell(section, form)


@command.command("queries")
@click.option("--warm", type=click.IntRange(1), default=100, show_default=True, help="Rounds in an opened store.")
@click.option("--cold", type=click.IntRange(0), default=5, show_default=True, help="New processes for each query.")
@click.option(
    "--size", "sizes", type=click.IntRange(1), multiple=True, metavar="ARTICLES",
    help="Besides, a store of so many made-up articles; again for more stores, and for growth from the smallest.",
)  # fmt: skip
@click.option(
    "--rounds", type=click.IntRange(1), default=5, show_default=True, help="Rounds in each store of made-up articles."
)
@queries_option
@store_option
@seed_option
@folder_option
@form_option
def queries(
    warm: int, cold: int, sizes: tuple[int, ...], rounds: int, queries_folder: Path | None, store: str, seed: int,
    folder: Path | None, form: str,
) -> None:  # fmt: skip
    """Every saved query, cold and warm, beside a query that asks nothing; growth with the graph.

    Each is asked with its defaults. Times are of one machine at one moment; the ratios beside them were measured in
    the same rounds.
    """
    from cbec_kg.bench.queries import growth, latency
    from cbec_kg.query.catalogue import Catalogue

    catalogue, stages = Catalogue(queries_folder), Stages(terminal(sys.stderr))
    with stages:
        done = [latency(catalogue, store_folder(store), cold=cold, warm=warm, tell=stages.stage)]
        if sizes:
            done.append(
                growth(catalogue, sizes=sizes, rounds=rounds, seed=seed, folder=folder, tell=stages.stage)
            )  # fmt: skip
    if form == "json":
        report = {"benchmark": "queries", **{section.name: section.plain() for section in done}}
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
    else:
        click.echo("\n\n".join(section.text() for section in done))


@command.command("binding")
@click.option(
    "--draws", type=click.IntRange(0), default=20, show_default=True,
    help="Random texts for each parameter, besides the fixed values.",
)  # fmt: skip
@queries_option
@store_option
@seed_option
@form_option
def binding(draws: int, queries_folder: Path | None, store: str, seed: int, form: str) -> None:
    """Hostile values for every parameter of every saved query: refused, or proved to be no more than a value.

    Two parsers read what came of each value. Exits with 1 where a value became query text, an error is no line for
    people, or a traceback would have been shown. Needs rdflib.
    """
    from cbec_kg.bench.binding import binding as measure
    from cbec_kg.bench.binding import escapes
    from cbec_kg.query.catalogue import Catalogue

    stages = Stages(terminal(sys.stderr))
    with stages:
        section, found = measure(
            Catalogue(queries_folder), store=open_store(store), draws=draws, seed=seed, tell=stages.stage
        )  # fmt: skip
    _tell(section, form)
    if found:
        raise Negative(escapes(found), fix="find how the value got out before any release")


@command.command("search")
@store_option
@click.option(
    "--names", "sizes", type=click.IntRange(1), multiple=True, metavar="NAMES",
    help="Copies of the graph's things until there are so many names; again for more. 100000 where none is given.",
)  # fmt: skip
@click.option("--rounds", type=click.IntRange(2), default=200, show_default=True, help="Searches of each kind.")
@seed_option
@form_option
def search(store: str, sizes: tuple[int, ...], rounds: int, seed: int, form: str) -> None:
    """Finding things by name: in the graph of a store, and with more and more names.

    What is searched for are names of the graph, whole, in part, mistyped, and ones that it does not have.
    """
    from cbec_kg.bench.search import SIZES
    from cbec_kg.bench.search import search as measure

    stages = Stages(terminal(sys.stderr))
    with stages:
        section = measure(store_folder(store), sizes=sizes or SIZES, count=rounds, seed=seed, tell=stages.stage)
    _tell(section, form)


@command.command("serve")
@store_option
@click.option(
    "--against", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="PROGRAM",
    help="Program of an Oxigraph server to measure beside ours.",
)  # fmt: skip
@click.option("--rounds", type=click.IntRange(1), default=5, show_default=True, help="Rounds of each, after a first.")
@click.option(
    "--seconds", type=click.FloatRange(0.1), default=2.0, show_default=True, help="Of each server in each round."
)
@form_option
def serve(store: str, against: Path | None, rounds: int, seconds: float, form: str) -> None:
    """The server, beside another on the same store: answers a second, median and p99.

    A thing's triples and a saved query, on one connection and on sixteen.
    """
    from cbec_kg.bench.serve import serve as measure

    stages = Stages(terminal(sys.stderr))
    with stages:
        section = measure(store_folder(store), against=against, rounds=rounds, seconds=seconds, tell=stages.stage)
    _tell(section, form)


@command.command("crash")
@click.option("--kills", type=click.IntRange(1), default=50, show_default=True, help="Kills of each command.")
@click.option("--articles", type=click.IntRange(1), default=6, show_default=True, help="Articles that it changes.")
@click.option("--command", "commands", multiple=True, metavar="NAME", help="This command only; again for more.")
@seed_option
@folder_option
@form_option
def crash(kills: int, articles: int, commands: tuple[str, ...], seed: int, folder: Path | None, form: str) -> None:
    """Processes killed while they change a store: what they leave, and what the next run makes of it.

    Exits with 1 where a killed process left half an article, a file, or a store that does not answer, and where the
    next run did not end what was begun.
    """
    from cbec_kg.bench.crash import COMMANDS, faults
    from cbec_kg.bench.crash import crash as measure

    stages = Stages(terminal(sys.stderr))
    with stages:
        section = measure(
            kills=kills, articles=articles, commands=commands or tuple(COMMANDS), seed=seed, folder=folder,
            tell=stages.stage,
        )  # fmt: skip
    _tell(section, form)
    if found := faults(section):
        raise Negative("; ".join(found), fix="find what was not whole before any release")


def _tell(section: "Section", form: str) -> None:
    """A report of one table."""
    if form == "json":
        click.echo(json.dumps({"benchmark": section.name, section.name: section.plain()}, ensure_ascii=False, indent=1))
    else:
        click.echo(section.text())
