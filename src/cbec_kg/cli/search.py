"""``cbec-kg search``."""

import click

from cbec_kg.cli.options import lang_option, open_store, store_option
from cbec_kg.query.formats.registry import FORMATS

__all__ = ["command"]


@click.command("search")
@click.argument("text")
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="Things to show at most.")
@click.option(
    "--class", "cls", metavar="CLASS", help="Only things of this class or one below it: cbec:Platform, or its label."
)
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="table", show_default=True, help="Form of the answer."
)
@store_option
@lang_option
def command(text: str, limit: int, cls: str | None, form: str, store: str, lang: str) -> None:
    """Find entities, indicators, places and terms by what they are called.

    TEXT is a label, an alias, a code or a part of one, in English or Chinese, whatever its case, accents and
    punctuation: "tmall glo" finds Tmall Global. Only where nothing has that name, names that are spelled alike.
    """
    from functools import partial

    from cbec_kg.cli.answers import write_answer
    from cbec_kg.query.labels import labels_of
    from cbec_kg.search.index import EntityIndex
    from cbec_kg.search.listing import listing

    graph = open_store(store)
    if cls is not None:
        from cbec_kg.query.resolve import Resolver
        from cbec_kg.query.saved import Bilingual, Param
        from cbec_kg.rdf.terms import iri

        cls = Resolver(graph)(Param("class", "iri", Bilingual("class"), cls=iri("owl:Class").value), cls).value
    hits = EntityIndex.of(graph).search(text, lang=lang, limit=limit, cls=cls)
    write_answer(listing(hits, lang, partial(labels_of, graph)), form, lang)
