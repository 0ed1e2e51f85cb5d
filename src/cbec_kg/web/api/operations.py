"""All that the API can be asked, for its description and its page.

>>> [operation.name for operation in FIXED][:3]
['queries', 'queriesOfTopic', 'suggest']
>>> from cbec_kg.query.catalogue import Catalogue
>>> saved_operation(Catalogue().find("platforms/merged-into")).name
'platforms_merged_into'
"""

from collections.abc import Mapping

from cbec_kg.query.saved import SavedQuery
from cbec_kg.query.schemas import Schema
from cbec_kg.web.api import feed, figures, saved, schemas, things
from cbec_kg.web.api.formats import FIGURE, LISTING, ROWS, bare
from cbec_kg.web.api.operation import Operation

__all__ = ["FIXED", "saved_operation"]

_TEXT: Schema = {"type": "string"}
_SPARQL: Schema = {"type": "object", "required": ["head", "results"]}
_PARTS = {"topic": "Topic of a saved query", "question": "Name of a saved query within its topic"}
_LINK = {"Link": "Where the next, the previous and the first page are (RFC 8288)"}
_USUAL = (400, 429, 503)


def _also(media: Mapping[str, str], first: Schema) -> dict[str, Schema]:
    """Bodies of an answer that is JSON, and in other forms."""
    bodies = {"json": first, "sparql-json": _SPARQL}
    return {bare(one): bodies.get(name, _TEXT) for name, one in media.items()}


FIXED: tuple[Operation, ...] = (
    Operation(
        "/api/queries", "queries", "Saved queries", "The catalogue of saved queries",
        "Every saved query with what it asks, in English and Chinese, its typed parameters and columns, and where its "
        "rows, its SPARQL text and suggestions are.",
        saved.CATALOGUE, _also(LISTING, schemas.CATALOGUE), (400, 406),
    ),
    Operation(
        "/api/queries/{topic}", "queriesOfTopic", "Saved queries", "The saved queries of one topic",
        "The same of one topic alone.", saved.CATALOGUE, _also(LISTING, schemas.CATALOGUE), (400, 404, 406),
        parts={"topic": _PARTS["topic"]},
    ),
    Operation(
        "/api/queries/{topic}/{question}/suggest", "suggest", "Saved queries", "Values for a parameter",
        "Values of a saved query's parameter that occur in the graph, the most used first.",
        saved.SUGGEST, {"application/json": schemas.SUGGESTIONS}, (400, 404, 429, 503), parts=_PARTS,
    ),
    Operation(
        "/api/queries/{topic}/{question}/sparql", "sparqlOf", "Saved queries", "The SPARQL text of a saved query",
        "The text with values bound, which runs as it stands on any SPARQL 1.1 endpoint. It takes the parameters that "
        "the query's rows take, but for limit, offset and format.",
        (saved.SPEECH,), {"application/sparql-query": _TEXT}, (400, 404, 429, 503), parts=_PARTS,
    ),
    Operation(
        "/api/answer", "answer", "Figures", "One figure, typed",
        "known: claims state it and agree; derived: none states it, others give it; conflicting: claims contradict "
        "each other, and each side is told; silent: the graph does not have it, and says what is nearest. The keys are "
        "those of `cbec-kg answer --format json`.",
        figures.ANSWER, _also(FIGURE, schemas.ANSWER), (400, 406, 422, 429, 503),
        {"Link": "Where the receipt of the answer is"},
    ),
    Operation(
        "/api/answer/receipt", "receipt", "Figures", "The receipt of a figure",
        "Claims, sha256, spans, formula and intervals: `cbec-kg verify` checks it with the articles' texts alone.",
        figures.RECEIPT, {"application/json": schemas.RECEIPT}, (400, 422, 429, 503),
        {"Content-Disposition": "A file name of the receipt's own digest"},
    ),
    Operation(
        "/api/ask", "ask", "Figures", "One figure, asked in plain words",
        "The same from a question in English or Chinese, read by a grammar that says how it read it, and refuses what "
        "it does not understand.",
        figures.ASK, _also(FIGURE, schemas.ANSWER), (400, 406, 422, 429, 503),
    ),
    Operation(
        "/api/search", "search", "Things", "Things by what they are called",
        "Entities, indicators, places, terms and articles by label, alias or code, in English or Chinese, best first.",
        things.SEARCH, {"application/json": schemas.HITS}, _USUAL,
    ),
    Operation(
        "/api/entity", "entity", "Things", "All about one thing",
        "Names, classes, facts, links and what articles claim of it.",
        things.ENTITY, {"application/json": schemas.ENTITY}, (400, 404, 429, 503),
    ),
    Operation(
        "/api/explain", "explain", "Things", "Why a triple holds",
        "Who states it and where, or by which rules it follows; of one that does not hold, what near it does.",
        things.EXPLAIN, {"application/json": schemas.EXPLANATION}, _USUAL,
    ),
    Operation(
        "/changes.atom", "changes", "Changes", "What changed in the graph",
        "Figures that appeared, were revised or went, conflicts, and articles, the newest first (RFC 4287).",
        feed.CHANGES, {"application/atom+xml": _TEXT}, (400, 404, 429, 503),
        {"Last-Modified": "When something last changed"},
    ),
    Operation(
        "/series/{series}/changes.atom", "changesOfSeries", "Changes", "What changed in one series",
        "The same of one series.", feed.CHANGES_OF_SERIES, {"application/atom+xml": _TEXT}, (400, 404, 429, 503),
        {"Last-Modified": "When something last changed"}, parts={"series": "Local name of a series"},
    ),
)  # fmt: skip


def saved_operation(query: SavedQuery) -> Operation:
    """What a saved query can be asked."""
    return Operation(
        f"/api/queries/{query.name}", query.name.replace("/", "_").replace("-", "_"), f"Topic: {query.topic}",
        query.summary.en, query.description.en or query.summary.en, saved.parameters_of(query),
        _also(ROWS, schemas.rows_schema(query)), (400, 406, 429, 503), _LINK,
    )  # fmt: skip
