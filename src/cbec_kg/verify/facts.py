"""What a store says about the characters of articles, as plain data.

>>> sorted(PREFIXES)[:2]
['art', 'bibo']
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from cbec_kg.namespaces import ARTICLE, PREFIXES, compact, local_name
from cbec_kg.rdf.terms import Literal, NamedNode, Term
from cbec_kg.store.base import Store

__all__ = ["ArticleFact", "FigureFact", "SpanFact", "read_articles", "read_spans"]

_HEAD = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in ("cbec", "rdfs", "skos"))
_ARTICLES = """
SELECT DISTINCT ?article ?sha256 ?length WHERE {
  ?article a cbec:Article .
  OPTIONAL { ?article cbec:sha256 ?sha256 } OPTIONAL { ?article cbec:textLength ?length }
} ORDER BY ?article ?sha256 ?length
"""
_SPAN = """
  OPTIONAL { ?span cbec:inArticle ?article }
  OPTIONAL { ?span cbec:charStart ?start } OPTIONAL { ?span cbec:charEnd ?end }
  OPTIONAL { ?span cbec:writtenFigure ?written }
"""
_CLAIM = """
    OPTIONAL { ?claim rdfs:label ?label FILTER(lang(?label) = "LANG") }
    OPTIONAL { ?claim cbec:qualifier ?qualifier } OPTIONAL { ?claim cbec:measure ?measure }
"""
_EVIDENCE = f"""
SELECT DISTINCT ?span ?claim ?label ?article ?start ?end ?written ?enumeration ?position
    ?observation ?measure ?value ?unit ?notation ?qualifier ?lower ?upper ?record ?read WHERE {{
  ?span a cbec:Evidence .
  {_SPAN}
  OPTIONAL {{ ?span cbec:readAs ?read }}
  OPTIONAL {{ ?span cbec:enumeration ?enumeration }} OPTIONAL {{ ?span cbec:listPosition ?position }}
  OPTIONAL {{
    ?claim cbec:evidence ?span .
    {_CLAIM}
    OPTIONAL {{ ?claim cbec:observation ?observation }} OPTIONAL {{ ?claim cbec:value ?value }}
    OPTIONAL {{ ?claim cbec:unit ?unit . OPTIONAL {{ ?unit skos:notation ?notation }} }}
    OPTIONAL {{ ?claim cbec:lowerBound ?lower }} OPTIONAL {{ ?claim cbec:upperBound ?upper }}
    OPTIONAL {{ ?claim cbec:recordKind ?record }}
  }}
}} ORDER BY ?span ?claim
"""
_RESTATED = f"""
SELECT DISTINCT ?span ?claim ?label ?article ?start ?end ?written
    ?measure ?value ?unit ?notation ?qualifier ?lower ?upper WHERE {{
  ?first cbec:restatedAs ?span . ?claim cbec:evidence ?first .
  {_SPAN} {_CLAIM}
  OPTIONAL {{ ?span cbec:restatedValue ?value }}
  OPTIONAL {{ ?span cbec:restatedUnit ?unit . OPTIONAL {{ ?unit skos:notation ?notation }} }}
  OPTIONAL {{ ?span cbec:restatedLowerBound ?lower }} OPTIONAL {{ ?span cbec:restatedUpperBound ?upper }}
}} ORDER BY ?span ?claim
"""
_NAMES = """
SELECT DISTINCT ?observation ?name WHERE {
  ?claim cbec:measure ?measure ; cbec:observation ?observation ; cbec:evidence ?evidence .
  ?evidence cbec:listPosition ?position .
  ?observation cbec:measuredEntity|cbec:partner|cbec:sector|cbec:market|cbec:channel ?thing .
  ?thing rdfs:label|skos:altLabel ?name .
} ORDER BY ?observation ?name
"""


@dataclass(frozen=True, slots=True)
class ArticleFact:
    """An article as the store knows it; ``length`` in code points."""

    id: str
    sha256: str | None
    length: int | None


@dataclass(frozen=True, slots=True)
class FigureFact:
    """The number that a statistical claim states; codes without their kind (level, CNY, exact, high)."""

    measure: str | None
    value: Decimal | None
    unit: str | None
    qualifier: str
    lower: Decimal | None
    upper: Decimal | None
    record: str | None = None


@dataclass(frozen=True, slots=True)
class SpanFact:
    """One evidence or restatement, with the claim that rests on it; ``names`` are those of what a list ranks."""

    span: str
    claim: str | None
    label: str | None
    article: str | None
    start: int | None
    end: int | None
    written: str | None
    figure: FigureFact | None
    enumeration: str | None = None
    position: int | None = None
    restated: bool = False
    names: tuple[str, ...] = ()
    corrected: bool = False


def read_articles(store: Store) -> dict[str, ArticleFact]:
    """Articles of a store by id; of several values the first."""
    found: dict[str, ArticleFact] = {}
    for row in _rows(store, _ARTICLES):
        article = _id(row["article"])
        found.setdefault(article, ArticleFact(article, _text(row["sha256"]), _integer(row["length"])))
    return found


def read_spans(store: Store, lang: str = "en") -> list[SpanFact]:
    """Evidence, then restatements, each in the order of their IRIs; labels of claims in ``lang``."""
    names: dict[str, list[str]] = {}
    for row in _rows(store, _NAMES):
        names.setdefault(_text(row["observation"]) or "", []).append(_text(row["name"]) or "")
    spans = [_span(row, names, restated=False) for row in _rows(store, _EVIDENCE.replace("LANG", lang))]
    return spans + [_span(row, names, restated=True) for row in _rows(store, _RESTATED.replace("LANG", lang))]


def _rows(store: Store, query: str) -> Iterator[dict[str, Term | None]]:
    solutions = store.select(_HEAD + query)
    for row in solutions.rows:
        yield dict(zip(solutions.variables, row, strict=True))


def _span(row: dict[str, Term | None], names: dict[str, list[str]], *, restated: bool) -> SpanFact:
    observation = _text(row.get("observation"))
    figure = None
    if observation is not None or row["value"] is not None or restated:
        figure = FigureFact(
            measure=_code(row["measure"], "measure-"),
            value=_decimal(row["value"]),
            unit=_text(row["notation"]) or _code(row["unit"], "unit-"),
            qualifier=_code(row["qualifier"], "qualifier-") or "exact",
            lower=_decimal(row["lower"]),
            upper=_decimal(row["upper"]),
            record=_code(row.get("record"), "record-"),
        )
    return SpanFact(
        span=compact(_text(row["span"]) or ""),
        claim=compact(claim) if (claim := _text(row["claim"])) else None,
        label=_text(row["label"]),
        article=_id(row["article"]) if row["article"] is not None else None,
        start=_integer(row["start"]),
        end=_integer(row["end"]),
        written=_text(row["written"]),
        figure=figure,
        enumeration=_text(row.get("enumeration")),
        position=_integer(row.get("position")),
        restated=restated,
        names=tuple(names.get(observation or "", ())),
        corrected=row.get("read") is not None,
    )


def _text(term: Term | None) -> str | None:
    return term.value if isinstance(term, NamedNode | Literal) else None


def _id(term: Term | None) -> str:
    return (_text(term) or "").removeprefix(ARTICLE)


def _code(term: Term | None, kind: str) -> str | None:
    if term is None or isinstance(term, Literal):
        return _text(term)
    return local_name(_text(term) or "").removeprefix(kind)


def _integer(term: Term | None) -> int | None:
    written = _text(term)
    return int(written) if written and written.removeprefix("-").isdecimal() else None


def _decimal(term: Term | None) -> Decimal | None:
    try:
        return Decimal(written) if (written := _text(term)) is not None else None
    except InvalidOperation:
        return None
