"""``cbec-kg query``."""

from pathlib import Path

import click

from cbec_kg.cli.options import lang_option, limit_option, open_store, store_option
from cbec_kg.errors import BadParameter
from cbec_kg.query.formats.registry import FORMATS

__all__ = ["command"]


def assigned(pairs: tuple[str, ...]) -> dict[str, object]:
    """Values of ``-p KEY=VALUE``; a key given again makes a list.

    >>> assigned(("platform=Shein", "year=2020", "year=2021"))
    {'platform': 'Shein', 'year': ['2020', '2021']}
    """
    values: dict[str, object] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key.strip():
            raise BadParameter(f"-p {pair!r} is not KEY=VALUE", fix="write for example -p platform=AliExpress")
        before = values.get(key.strip())
        if before is None:
            values[key.strip()] = value
        else:
            values[key.strip()] = [*before, value] if isinstance(before, list) else [before, value]
    return values


@click.command("query")
@click.argument("name", required=False)
@click.option(
    "-p", "--param", "pairs", multiple=True, metavar="KEY=VALUE", help="Value of a parameter; again for a list."
)
@click.option("--show", is_flag=True, help="Print the query's text and parameters instead of running it.")
@click.option(
    "--suggest",
    "wanted",
    metavar="PARAM[=TEXT]",
    help="Values of a parameter that occur in the graph, the most used first; with TEXT those whose name begins so.",
)
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="table", show_default=True, help="Form of the answer."
)
@click.option(
    "--queries",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of queries of your own.",
)
@limit_option
@store_option
@lang_option
def command(
    name: str | None, pairs: tuple[str, ...], show: bool, wanted: str | None, form: str, folder: Path | None,
    limit: int | None, store: str, lang: str,
) -> None:  # fmt: skip
    """Answer a saved query, or list them.

    NAME is topic/question, as the list shows it; a topic alone lists its questions. A parameter takes a label, a
    prefixed name or an IRI where it asks for a thing: -p platform=AliExpress.
    """
    from cbec_kg.cli.answers import write_answer
    from cbec_kg.query import listing
    from cbec_kg.query.catalogue import Catalogue
    from cbec_kg.query.resolve import Resolver
    from cbec_kg.query.run import bound_text, run

    catalogue = Catalogue(folder)
    if name is None:
        if pairs or wanted:
            raise BadParameter("parameters without a query", fix="name one; `cbec-kg query` lists them")
        write_answer(listing.listing(catalogue, lang), form, lang, limit)
        return
    topic = [known for known in catalogue.names() if known.startswith(f"{name}/")]
    if topic and not (pairs or wanted or show):
        write_answer(listing.listing(map(catalogue.find, topic), lang), form, lang, limit)
        return
    query, values = catalogue.find(name), assigned(pairs)
    if wanted is not None:
        from cbec_kg.query.suggest import suggest, suggestions

        if show or values:
            raise BadParameter("--suggest with --show or -p", fix="give one of them; PARAM=TEXT narrows suggestions")
        key, _, begins = wanted.partition("=")
        param = query.param(key.strip())
        found = suggest(param, open_store(store), begins, lang=lang, limit=None)
        write_answer(suggestions(found, param, lang), form, lang, limit)
        return
    if show:
        text = bound_text(query, values, Resolver(open_store(store)), lang) if values else None
        click.echo(listing.show(query, lang, text), nl=False)
        return
    deadline = 60.0 if folder else None  # a text that is not ours runs in a process of its own
    write_answer(run(query, values, open_store(store), lang=lang, timeout=deadline), form, lang, limit)
