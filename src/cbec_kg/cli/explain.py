"""``cbec-kg explain``."""

import json

import click

from cbec_kg.cli.options import lang_option, open_store, store_option

__all__ = ["command"]


@click.command("explain")
@click.argument("subject", metavar="S")
@click.argument("predicate", metavar="P")
@click.argument("object_", metavar="O")
@click.option("--ways", type=click.IntRange(1), default=1, show_default=True, help="So many proofs at most.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="Lines for people, or one JSON object.",
)  # fmt: skip
@store_option
@lang_option
def command(subject: str, predicate: str, object_: str, ways: int, form: str, store: str, lang: str) -> None:
    """Say why a triple holds: who states it and where, or by which rule it follows.

    S and O are IRIs, prefixed names or labels, P is a property or `a`; a text, number or day may stand as it is
    ("9.8") or as in N-Triples ('"9.8"^^xsd:decimal'). The shortest proof comes first, down to articles and characters.
    Rules have the names of the W3C's OWL 2 RL tables. Where the triple does not hold, the nearest that do are told, and
    the command exits 1.
    """
    from cbec_kg.explain.explanation import explain
    from cbec_kg.explain.naming import read_triple
    from cbec_kg.explain.telling import as_json, as_text

    graph = open_store(store)
    found = explain(graph, read_triple(graph, subject, predicate, object_), lang=lang, ways=ways)
    if form == "json":
        click.echo(json.dumps(as_json(found, graph, lang), ensure_ascii=False))
    else:
        click.echo(as_text(found, graph, lang))
    if not found.holds:
        raise click.exceptions.Exit(1)
