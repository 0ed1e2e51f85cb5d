"""``cbec-kg validate``."""

from pathlib import Path

import click

from cbec_kg import paths
from cbec_kg.cli.options import lang_option, open_store, store_option
from cbec_kg.errors import InvalidData

__all__ = ["command"]


@click.command("validate")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "ttl"]),
    default="text",
    show_default=True,
    help="Form of the report.",
)
@click.option("--all", "whole", is_flag=True, help="Show the notes too; without it they are counted only.")
@store_option
@lang_option
def command(files: tuple[Path, ...], form: str, whole: bool, store: str, lang: str) -> None:
    """Check data against the shapes, for people.

    Without FILE the graph in the store is checked. FILE is rows (ID.jsonl with ID.json beside it) or RDF; files are
    checked together, on top of the ontology and the entities, and nothing is stored. Each result says which claim,
    which article, which characters, and what to do.

    What comparing figures shows stands below: how many findings agree, disagree, were revised or derived, and each
    disagreement in one line. Rows are compared with one another; of RDF only the findings that it holds are told.
    Exits 1 where there is a violation; figures that disagree are none.
    """
    from cbec_kg.pipeline.check import check_files, check_store
    from cbec_kg.store.base import Store
    from cbec_kg.validate import explain, findings

    graph: Store = open_store(store)
    if files:
        report, graph = check_files(files, paths.resources())
    else:
        report = check_store(graph)
    found = findings.read_findings(graph)
    if form == "ttl":
        click.echo(explain.to_turtle(report), nl=False)
        if found.told:
            click.echo("\n" + findings.to_turtle(found), nl=False)
    else:
        shown = report if whole or form == "json" else report.only("Violation", "Warning")
        located = explain.locate(shown, graph)
        if form == "json":
            click.echo(explain.to_json(located, findings.as_json(found)))
        else:
            click.echo(explain.to_text(located, lang, report))
            if hidden := len(report.results) - len(shown.results):
                click.echo(
                    f"\n另有提示 {hidden} 项：--all 全部列出" if lang == "zh" else f"\n{hidden} notes: --all shows them"
                )
            if found.told or not files or any(path.suffix in (".jsonl", ".json") for path in files):
                click.echo(f"\n{findings.to_text(found, lang)}")
    if not report.conforms:
        count = report.counts["Violation"]
        raise InvalidData(f"{count} violation{'s' if count > 1 else ''}", fix="correct what the report names")
