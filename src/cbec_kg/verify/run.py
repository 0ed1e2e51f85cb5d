"""``cbec-kg verify``: every evidence of a store against local articles.

>>> import tempfile
>>> class Empty:
...     def select(self, sparql, *, timeout=None):
...         return Solutions((), iter(()))
>>> verify(Empty(), Path(tempfile.mkdtemp())).text()
'0 articles, 0 spans, 0 figures: all hold'
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from cbec_kg.normalise.numbers import Quantity, readings
from cbec_kg.normalise.patterns import even_spaces, plain
from cbec_kg.store.base import Solutions, Store
from cbec_kg.verify.facts import ArticleFact, SpanFact, read_articles, read_spans
from cbec_kg.verify.figures import Found, Problem, check_bounds, check_figure, check_record
from cbec_kg.verify.lists import Place, disorder
from cbec_kg.verify.report import Failure, VerifyReport
from cbec_kg.verify.texts import SUFFIXES, Texts

__all__ = ["Solutions", "check_article", "check_spans", "failure_of", "verify"]

_SHOWN = 80


def verify(store: Store, articles: Path, *, lang: str = "en") -> VerifyReport:
    """Check bytes, characters and numbers of all evidence and restatements against the files in ``articles``.

    A file is an article's id with a suffix of `cbec_kg.verify.texts.SUFFIXES`, or a line of a .jsonl file. An article
    without a file is a failure, one for the article; so are other bytes or another length, and its evidence is checked
    all the same. Labels of claims are in ``lang``. Raises `CbecError` for a folder that is not there.
    """
    with Texts(articles) as texts:
        return _verified(store, texts, lang)


def _verified(store: Store, texts: Texts, lang: str) -> VerifyReport:
    known = read_articles(store)
    by_article: dict[str, list[SpanFact]] = defaultdict(list)
    for span in read_spans(store, lang):
        by_article[span.article or ""].append(span)
    failures: list[Failure] = []
    forms: Counter[str] = Counter()
    for article in sorted(known.keys() | by_article.keys()):
        spans = by_article[article]
        text = None
        if article not in known:
            nowhere = Problem("place", "evidence of no known article", "state its article")
            failures += [failure_of(span, nowhere) for span in spans]
        else:
            text, found = check_article(known[article], texts, len(spans))
            failures += found
        if text is not None:
            for span, checked in check_spans(text, spans):
                if checked.problem:
                    failures.append(failure_of(span, checked.problem, text))
                elif checked.form:
                    forms[checked.form] += 1
    failures.sort(key=lambda failure: failure.place)
    total = [span for spans in by_article.values() for span in spans]
    figures = sum(span.figure is not None for span in total)
    return VerifyReport(len(known), len({span.span for span in total}), figures, dict(forms), tuple(failures))


def check_article(
    known: ArticleFact, texts: Texts, count: int, *, who: str = "the store"
) -> tuple[str | None, list[Failure]]:
    """Text of an article, None where there is none, and what is wrong with its file; ``who`` says what it should be."""
    local = texts.find(known.id, known.sha256)
    if local is None:
        suffixes = ", ".join(SUFFIXES)
        problem = f"no file {known.id} ({suffixes}) in {texts.folder}, so {count} spans are unchecked"
        return None, [Failure("missing", known.id, problem, "put the article's file there")]
    failures = []
    if local.sha256 != known.sha256:
        problem = f"{local.where} has SHA-256 {local.sha256[:12]}, {who} says {(known.sha256 or 'none')[:12]}"
        failures.append(Failure("sha256", known.id, problem, "get the bytes that were read, or read the article again"))
    if local.text is None:
        return None, [*failures, Failure("unreadable", known.id, f"{local.where}: {local.problem}", local.fix)]
    if len(local.text) != known.length:
        problem = f"{local.where} has {len(local.text)} characters, {who} says {known.length}"
        failures.append(Failure("length", known.id, problem, "correct the article's length"))
    return local.text, failures


def check_spans(text: str, spans: list[SpanFact], *, who: str = "the store") -> Iterator[tuple[SpanFact, Found]]:
    """Each span of an article's text, with what its characters say of its figure; ``who`` says what they should."""
    wrong_order = _disorder(text, spans)
    for span in spans:
        yield span, _check_span(text, span, wrong_order.get(span.enumeration or "", {}), who)


def _disorder(text: str, spans: list[SpanFact]) -> dict[str, dict[int, str]]:
    """Faults in the order of the lists whose places are ranks, by the name of the list and the start of the member."""
    lists: dict[str, list[Place]] = defaultdict(list)
    for span in spans:
        ranked = span.figure is not None and span.figure.measure == "rank"
        if ranked and span.position is not None and span.start is not None and span.end is not None:
            lists[span.enumeration or ""].append(Place(span.position, span.start, span.end))
    return {name: disorder(text, places) for name, places in lists.items()}


def _check_span(text: str, span: SpanFact, wrong_order: Mapping[int, str], who: str) -> Found:
    start, end, figure = span.start, span.end, span.figure
    if start is None or end is None or not 0 <= start < end <= len(text):
        return Found(None, Problem("place", f"no such characters in a text of {len(text)}", "correct start and end"))
    characters = text[start:end]
    if characters != characters.strip():
        return Found(None, Problem("edges", "the span begins or ends with a space", "trim it"))
    if span.written is not None and even_spaces(span.written) != even_spaces(characters):
        return Found(None, _moved(text, span.written, start, who))
    if figure is None:
        return Found(None, None)
    if span.corrected:  # a person says otherwise than the characters, on purpose
        return Found("corrected", None)
    if figure.measure == "record":
        return check_record(characters, figure)
    if figure.value is None:
        return Found(None, Problem("figure", "a figure without a value", "give the claim its value"))
    if span.written is None:
        return Found(None, Problem("characters", "no written figure", "state the characters of the figure"))
    if figure.measure == "rank" and (_is_name(characters, span) or not readings(text, start, end)):
        return Found("list", _check_place(characters, span, wrong_order))
    return check_figure(text, start, end, figure, restated=span.restated)


def _moved(text: str, written: str, start: int, who: str) -> Problem:
    """The characters differ from the written figure: say where it stands, the nearest place first."""
    clean, wanted = even_spaces(text), even_spaces(written)
    places = [place for place in range(len(clean)) if wanted and clean.startswith(wanted, place)]
    problem = f"{who} says {written!r}"
    if not places:
        return Problem(
            "characters", f"{problem}, which the text does not hold", "correct the written figure and the span"
        )
    nearest = min(places, key=lambda place: (abs(place - start), place))
    return Problem("characters", problem, f"it stands at {nearest}-{nearest + len(written)}: move the span")


def _check_place(characters: str, span: SpanFact, wrong_order: Mapping[int, str]) -> Problem | None:
    """A rank by list order: the span is the name of what is ranked, its place in the list is the rank."""
    figure = span.figure
    assert figure is not None
    if span.position is None:
        return Problem("rank", "neither a rank in these characters nor a place in a list", "state list_position")
    if Decimal(span.position) != figure.value:
        return Problem("rank", f"place {span.position} in its list, but rank {figure.value}", "correct one of the two")
    if fault := wrong_order.get(span.start or 0):
        return Problem("order", fault, "number the list as the text does")
    if not _is_name(characters, span):
        return Problem("name", "the span is no name of what is ranked", "move the span to the name, or add an altLabel")
    return check_bounds([Quantity(figure.value, "rank", Decimal(1))], figure)


def _is_name(characters: str, span: SpanFact) -> bool:
    return plain(characters).casefold() in {plain(name).casefold() for name in span.names}


def failure_of(span: SpanFact, problem: Problem, text: str | None = None) -> Failure:
    """What is told of a span that does not hold; with the article's text also its characters."""
    characters = None
    if text is not None and span.start is not None and span.end is not None and 0 <= span.start < span.end <= len(text):
        characters = text[span.start : span.end]
        characters = characters if len(characters) <= _SHOWN else characters[: _SHOWN - 1] + "…"
    return Failure(
        kind=problem.kind,
        article=span.article or "?",
        problem=problem.text,
        fix=problem.fix,
        evidence=span.span,
        claim=span.claim,
        label=span.label,
        start=span.start,
        end=span.end,
        characters=characters,
    )
