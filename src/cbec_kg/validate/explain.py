"""Say of each result which claim, which article and which characters it is about, and what to do.

>>> from cbec_kg.store.embedded import MemoryStore
>>> wrong = Result("Violation", "https://w3id.org/cbec-kg/shapes#SpanEnd", "https://w3id.org/cbec-kg/evidence/a_1-2_0",
...                None, None, {"en": "Set one charEnd, an integer.", "zh": "请设置唯一的整数 charEnd。"})
>>> print(to_text(locate(Report([wrong]), MemoryStore())))
1 violation, 0 warnings, 0 notes
<BLANKLINE>
Violation SpanEnd: Set one charEnd, an integer.
  ev:a_1-2_0
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Protocol

from cbec_kg.namespaces import PREFIXES, compact, local_name
from cbec_kg.rdf.terms import Literal, NamedNode, Term
from cbec_kg.store.base import Solutions
from cbec_kg.validate.report import SEVERITIES, Report, Result, term_text

__all__ = ["Located", "LocatedReport", "Lookup", "Place", "locate", "to_json", "to_text", "to_turtle"]

MOST = 3  # places named of one node: a country has thousands, and the first few show what is wrong
_AT_ONCE = 200  # nodes looked up in one query, so that it stays short enough for any endpoint

# From a node to the claims that it is a part of. A claim names it, or what the claim is about does, or its evidence.
_WAYS = """
  { ?focus cbec:evidence ?evidence BIND(?focus AS ?claim) }
  UNION { ?claim cbec:evidence ?focus BIND(?focus AS ?evidence) }
  UNION { ?whole cbec:restatedAs ?focus . ?claim cbec:evidence ?whole BIND(?focus AS ?evidence) }
  UNION { ?claim ?names ?focus ; cbec:evidence ?evidence FILTER(?names NOT IN (cbec:evidence, rdf:type)) }
  UNION { ?figure ?shares ?focus . ?claim cbec:observation|cbec:series ?figure ; cbec:evidence ?evidence }
  UNION { ?claim cbec:evidence ?evidence . ?evidence cbec:attributedTo ?focus }
  UNION { ?focus cbec:basedOn ?claim . ?claim cbec:evidence ?evidence }"""
_PLACES = """SELECT DISTINCT ?focus ?claim ?article ?start ?end {{
  VALUES ?focus {{ {nodes} }}{ways}
  OPTIONAL {{ ?evidence cbec:inArticle ?article }} OPTIONAL {{ ?evidence cbec:charStart ?start }}
  OPTIONAL {{ ?evidence cbec:charEnd ?end }} }}"""
_ARTICLES = "SELECT ?focus {{ VALUES ?focus {{ {nodes} }} ?focus a cbec:Article }}"
_LABELS = "SELECT ?node ?label {{ VALUES ?node {{ {nodes} }} ?node rdfs:label ?label }}"
_PREFIX = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in ("cbec", "rdf", "rdfs"))

_WORDS = {
    "en": {"article": "article", "characters": "characters", "value": "value", "more": "and {} more",
           "Violation": "Violation", "Warning": "Warning", "Info": "Note", "none": "Nothing to report."},
    "zh": {"article": "文章", "characters": "字符", "value": "取值", "more": "另有 {} 处",
           "Violation": "违规", "Warning": "警告", "Info": "提示", "none": "没有需要处理的问题。"},
}  # fmt: skip


class Lookup(Protocol):
    """The one thing that `locate` asks of a graph; every `cbec_kg.store.base.Store` has it."""

    def select(self, sparql: str, *, timeout: float | None = None) -> Solutions:
        """Rows of a SELECT."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A claim and where it is written: the article's id, its characters from ``start`` to before ``end``."""

    article: str | None
    start: int | None
    end: int | None
    claim: str | None
    claim_label: tuple[tuple[str, str], ...] = ()

    @property
    def order(self) -> tuple[str, int, int, str]:
        """Sort key; what is unknown comes first."""
        return self.article or "", self.start or 0, self.end or 0, self.claim or ""


@dataclass(frozen=True, slots=True)
class Located:
    """A result, its focus node's labels by language, the first places it is about and how many more there are."""

    result: Result
    label: tuple[tuple[str, str], ...]
    places: tuple[Place, ...]
    more: int


@dataclass(frozen=True, slots=True)
class LocatedReport:
    """A report with the places of its results, in the report's order."""

    report: Report
    results: tuple[Located, ...]


def locate(report: Report, lookup: Lookup) -> LocatedReport:
    """Find claims, articles and characters of every result in the graph that was checked."""
    focuses = sorted({result.focus for result in report.results if result.focus != "[]"})
    places: dict[str, list[Place]] = {focus: [] for focus in focuses}
    for focus, claim, article, start, end in _rows(lookup, _PLACES, focuses, ways=_WAYS):
        place = Place(_local(article), _number(start), _number(end), _text(claim))
        places[_text(focus) or ""].append(place)
    for (focus,) in _rows(lookup, _ARTICLES, focuses):
        places[_text(focus) or ""] = [Place(_local(focus), None, None, None)]
    firsts = {focus: sorted(set(found), key=lambda place: place.order) for focus, found in places.items()}
    named = {place.claim for found in firsts.values() for place in found[:MOST] if place.claim}
    labels: dict[str, dict[str, str]] = {}
    for node, label in _rows(lookup, _LABELS, sorted(named | set(focuses))):
        if isinstance(label, Literal):
            labels.setdefault(_text(node) or "", {})[label.language or ""] = label.value

    def pairs(node: str | None) -> tuple[tuple[str, str], ...]:
        return tuple(sorted(labels.get(node or "", {}).items()))

    located = []
    for result in report.results:
        found = firsts.get(result.focus, [])
        shown = tuple(Place(p.article, p.start, p.end, p.claim, pairs(p.claim)) for p in found[:MOST])
        located.append(Located(result, pairs(result.focus), shown, len(found) - len(shown)))
    return LocatedReport(report, tuple(located))


def _rows(lookup: Lookup, query: str, nodes: Sequence[str], ways: str = "") -> Iterator[tuple[Term | None, ...]]:
    for first in range(0, len(nodes), _AT_ONCE):
        terms = " ".join(str(NamedNode(node)) for node in nodes[first : first + _AT_ONCE])
        yield from lookup.select(_PREFIX + query.format(nodes=terms, ways=ways)).rows


def _text(term: Term | None) -> str | None:
    return None if term is None else term_text(term)


def _local(term: Term | None) -> str | None:
    return local_name(term.value) if isinstance(term, NamedNode) else None


def _number(term: Term | None) -> int | None:
    """An offset; a wrong one, which may be what the result is about, is unknown."""
    return int(term.value) if isinstance(term, Literal) and re.fullmatch(r"-?\d+", term.value) else None


def to_text(located: LocatedReport, lang: str = "en", whole: Report | None = None) -> str:
    """The report for a person: each rule once, with what to do, and below it the nodes that break it.

    ``whole`` is the report that is counted in the first line, where only a part of it is shown.
    """
    words = _WORDS[lang]
    lines = [_summary(whole or located.report, lang)]
    for (severity, shape), group in groupby(located.results, key=lambda at: (at.result.severity, at.result.shape)):
        members = list(group)
        message = members[0].result.message
        colon = "：" if lang == "zh" else ": "
        lines += ["", f"{words[severity]} {local_name(shape)}{colon}{message.get(lang) or message.get('en', '')}"]
        for focus, found in groupby(members, key=lambda at: at.result.focus):
            lines += _lines(focus, list(found), lang)
    return "\n".join(lines)


def _summary(report: Report, lang: str) -> str:
    if not report.results:
        return _WORDS[lang]["none"]
    counts = [report.counts[severity] for severity in SEVERITIES]
    if lang == "zh":
        return "、".join(f"{_WORDS['zh'][name]} {count} 项" for name, count in zip(SEVERITIES, counts, strict=True))
    names = zip(("violation", "warning", "note"), counts, strict=True)
    return ", ".join(f"{count} {name}{'' if count == 1 else 's'}" for name, count in names)


def _lines(focus: str, found: Sequence[Located], lang: str) -> Iterator[str]:
    words, first = _WORDS[lang], found[0]
    label = _label(first.label, lang)
    yield f"  {compact(focus)}" + (f"  {label}" if label else "")
    values = dict.fromkeys((at.result.path, at.result.value) for at in found if at.result.value)
    for path, value in values:
        along = f"{_short(path)} " if path else ""
        yield f"    {words['value']}: {along}{_short(value or '')}"
    for place in first.places:
        comma, colon = ("，", "：") if lang == "zh" else (", ", ": ")
        where = [f"{words['article']} {place.article}"] if place.article else []
        if place.start is not None and place.end is not None:
            where.append(f"{words['characters']} {place.start}-{place.end}")
        named = place.claim and place.claim != focus
        which = [_label(place.claim_label, lang) or compact(place.claim or "")] if named else []
        yield "    " + colon.join([*([comma.join(where)] if where else []), *which])
    if first.more:
        yield f"    {words['more'].format(first.more)}"


def _label(labels: Iterable[tuple[str, str]], lang: str) -> str:
    """Label in the language asked for, else in any."""
    known = dict(labels)
    return known.get(lang) or next(iter(known.values()), "")


def _short(term: str) -> str:
    """A value or path with its IRIs compacted, a literal without its datatype."""
    if term.startswith('"'):
        return re.sub(r'^"(.*)"(?:@[\w-]+|\^\^<[^>]*>)?$', r"\1", term, flags=re.DOTALL)
    return " ".join(("^" if part.startswith("^") else "") + compact(part.lstrip("^")) for part in term.split(" "))


def to_json(located: LocatedReport, findings: dict[str, Any] | None = None) -> str:
    """The report for programs, as JSON text; ``findings`` stand beside it under a key of that name."""
    results = [
        {
            "severity": at.result.severity,
            "shape": local_name(at.result.shape),
            "focus": at.result.focus,
            "label": dict(at.label),
            "path": at.result.path,
            "value": at.result.value,
            "message": at.result.message,
            "places": [
                {
                    "claim": p.claim,
                    "claim_label": dict(p.claim_label),
                    "article": p.article,
                    "start": p.start,
                    "end": p.end,
                }
                for p in at.places
            ],
            "more": at.more,
        }
        for at in located.results
    ]
    report = {"conforms": located.report.conforms, "counts": located.report.counts, "results": results}
    beside = {} if findings is None else {"findings": findings}
    return json.dumps({**report, **beside}, ensure_ascii=False, indent=2)


def to_turtle(report: Report) -> str:
    """The report as W3C ``sh:ValidationReport``; the same bytes for the same report.

    ``sh:sourceConstraintComponent`` is left out: our shapes are one rule each, and the shape names it.
    """
    body = []
    for result in report.results:
        lines = [f"sh:resultSeverity sh:{result.severity}", f"sh:sourceShape {_term(result.shape)}"]
        lines.append(f"sh:focusNode {_term(result.focus)}")
        if result.path:
            lines.append(f"sh:resultPath {_path(result.path)}")
        if result.value:
            lines.append(f"sh:value {_term(result.value)}")
        messages = [str(Literal(text, language=lang)) for lang, text in sorted(result.message.items()) if lang]
        lines += [f"sh:resultMessage {' , '.join(messages)}"] if messages else []
        body.append("[ a sh:ValidationResult ;\n    " + " ;\n    ".join(lines) + " ]")
    head = f"[] a sh:ValidationReport ; sh:conforms {str(report.conforms).lower()}"
    text = head + "".join(f" ;\n  sh:result {result}" for result in body) + " .\n"
    used = [prefix for prefix in PREFIXES if re.search(rf"(?<![\w<:/]){prefix}:", text)]
    return "".join(f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n" for prefix in used) + "\n" + text


def _term(text: str) -> str:
    if text.startswith(('"', "[")):
        return text
    name = compact(text)
    return name if name != text else f"<{text}>"


def _path(text: str) -> str:
    if " / " in text:
        return f"( {' '.join(_path(part) for part in text.split(' / '))} )"
    if " | " in text:
        return f"[ sh:alternativePath ( {' '.join(_path(part) for part in text.split(' | '))} ) ]"
    return f"[ sh:inversePath {_term(text[1:])} ]" if text.startswith("^") else _term(text)
