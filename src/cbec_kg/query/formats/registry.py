"""Formats by name. Commands, servers and docs take their choices from here, so a new one shows up everywhere by itself.

>>> list(FORMATS)
['table', 'csv', 'tsv', 'json', 'jsonl', 'md', 'html', 'xlsx', 'parquet']
>>> import io
>>> out = io.BytesIO()
>>> write(Truth(True), "json", out)
>>> out.getvalue()
b'{"head": {}, "boolean": true}\\n'
>>> write(Truth(True), "parqet", out)
Traceback (most recent call last):
    ...
cbec_kg.errors.CbecError: unknown format 'parqet': did you mean parquet?
"""

from dataclasses import dataclass
from typing import BinaryIO, Protocol

from cbec_kg.errors import CbecError
from cbec_kg.query.formats import delimited, html_page, json_lines, markdown, parquet, table, triples, xlsx
from cbec_kg.query.formats.display import Screen
from cbec_kg.query.nearest import did_you_mean
from cbec_kg.query.results import Answer, Graph, Result, Truth

__all__ = ["FORMATS", "GRAPH_FORMATS", "Format", "Writer", "write"]


class Writer(Protocol):
    """Writes the rows of a result; only tables look at the screen."""

    def __call__(self, result: Result, out: BinaryIO, screen: Screen | None = None) -> None:
        """Write ``result`` to ``out``."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format of rows. ``binary`` ones are no reading for a terminal."""

    name: str
    media_type: str
    suffix: str
    writer: Writer
    binary: bool = False


FORMATS: dict[str, Format] = {
    known.name: known
    for known in (
        Format("table", "text/plain; charset=utf-8", ".txt", table.write),
        Format("csv", "text/csv; charset=utf-8", ".csv", delimited.write_csv),
        Format("tsv", "text/tab-separated-values; charset=utf-8", ".tsv", delimited.write_tsv),
        Format("json", "application/sparql-results+json", ".srj", json_lines.write_json),
        Format("jsonl", "application/jsonl; charset=utf-8", ".jsonl", json_lines.write_jsonl),
        Format("md", "text/markdown; charset=utf-8", ".md", markdown.write),
        Format("html", "text/html; charset=utf-8", ".html", html_page.write),
        Format(
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ".xlsx",
            xlsx.write,
            binary=True,
        ),
        Format("parquet", "application/vnd.apache.parquet", ".parquet", parquet.write, binary=True),
    )
}
# Further choices where an answer may be triples.
GRAPH_FORMATS = triples.RDF_FORMATS


def write(answer: Answer, name: str, out: BinaryIO, screen: Screen | None = None, *, lang: str = "en") -> None:
    """Write an answer of any kind.

    Triples are Turtle where a table is asked for, JSON-LD where JSON is, and rows in the other formats of rows.
    A yes or no is one word, or the standard's JSON.
    Raises `CbecError` for a format that is unknown or cannot hold the answer, `MissingExtra`.
    """
    if name not in FORMATS and name not in GRAPH_FORMATS:
        raise CbecError(f"unknown format {name!r}", fix=did_you_mean(name, [*FORMATS, *GRAPH_FORMATS]))
    if isinstance(answer, Graph):
        form = {"table": "ttl", "json": "jsonld"}.get(name, name)
        if form in GRAPH_FORMATS:
            triples.write_rdf(answer, form, out)
            return
        answer = triples.as_rows(answer, lang)
    if name in GRAPH_FORMATS:
        raise CbecError(f"{name} holds triples, and the answer has none", fix=f"use one of {', '.join(FORMATS)}")
    if isinstance(answer, Result):
        FORMATS[name].writer(answer, out, screen)
    else:
        _write_truth(answer, name, out)


def _write_truth(answer: Truth, name: str, out: BinaryIO) -> None:
    word = "true" if answer.value else "false"
    if FORMATS[name].binary:
        raise CbecError(f"{name} holds rows, and the answer is {word}", fix="use table or json")
    out.write((f'{{"head": {{}}, "boolean": {word}}}\n' if name == "json" else f"{word}\n").encode())
