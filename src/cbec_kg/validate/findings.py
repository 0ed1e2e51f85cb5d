"""Findings of a graph beside the report of its shapes: how many figures agree, and each disagreement in one line.

Comparing figures is done elsewhere; here the findings that a graph holds are read and told. A disagreement is no
violation: both articles may be read rightly.

>>> from cbec_kg.store.embedded import MemoryStore
>>> told = read_findings(MemoryStore())
>>> to_text(told)
'Findings: 0 agree, 0 disagree, 0 revised, 0 derived'
>>> to_text(told, "zh")
'结论：相符 0 项、不符 0 项、修订 0 项、推算 0 项'
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any

from cbec_kg.namespaces import CBEC, PREFIXES, compact, local_name
from cbec_kg.rdf.terms import RDF_TYPE, RDFS_LABEL, Literal, NamedNode, Term, Triple, canonical_decimal
from cbec_kg.rdf.turtle import turtle
from cbec_kg.reconcile.finding import EXPLANATIONS, KINDS
from cbec_kg.triples.labels import Names, amount
from cbec_kg.validate.explain import Lookup, Place

__all__ = ["Findings", "Told", "as_json", "read_findings", "to_text", "to_turtle"]

_PREFIX = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in ("cbec", "rdfs", "skos"))
_KINDS = " ".join(f"cbec:{kind.capitalize()}" for kind in KINDS)
_FINDINGS = f"SELECT ?s ?p ?o {{ VALUES ?kind {{ {_KINDS} }} ?s a ?kind ; ?p ?o FILTER(?p != cbec:about) }}"
_PLACES = f"""SELECT DISTINCT ?finding ?claim ?article ?start ?end {{
  VALUES ?kind {{ {_KINDS} }} ?finding a ?kind ; cbec:basedOn ?claim . ?claim cbec:evidence ?evidence .
  OPTIONAL {{ ?evidence cbec:inArticle ?article }} OPTIONAL {{ ?evidence cbec:charStart ?start }}
  OPTIONAL {{ ?evidence cbec:charEnd ?end }} }}"""
_LABELS = f"""SELECT DISTINCT ?node ?label ?code {{
  {{ VALUES ?kind {{ {_KINDS} }} ?finding a ?kind ; cbec:basedOn ?node }}
  UNION {{ VALUES ?kind {{ {_KINDS} }} ?finding a ?kind ; cbec:check|cbec:explanation|cbec:unit ?node }}
  ?node rdfs:label ?label OPTIONAL {{ ?node skos:notation ?code }} }}"""
_NEAR = Context(prec=3, rounding=ROUND_HALF_EVEN)
"""Digits of a gap in a line for people; JSON and Turtle have all."""

_COUNTED = {"agreement": Names("agree", "相符"), "disagreement": Names("disagree", "不符"),
            "revision": Names("revised", "修订"), "derivation": Names("derived", "推算")}  # fmt: skip
_UNKNOWN = "undetermined"
"""The reason that tells a person nothing."""
_PERCENT_GAP = Names("percentage points", "个百分点")


@dataclass(frozen=True, slots=True)
class Told:
    """One finding as people and programs are told of it.

    ``kind`` and ``check`` are codes; ``gap``, ``value`` and its bounds are in ``unit``, a code; ``places`` is where its
    claims stand, the claim that was tested first, each claim at the first of its places.
    """

    iri: str
    kind: str
    check: str
    label: dict[str, str]
    formula: str
    calculation: str
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    gap: Decimal | None
    unit: str | None
    unit_label: dict[str, str]
    tested: str | None
    reasons: tuple[tuple[str, dict[str, str]], ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """Findings by kind, then by label; ``triples`` are all that the graph says of them."""

    told: tuple[Told, ...]
    triples: tuple[Triple, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Number of findings of each kind, zeros included."""
        return {kind: sum(one.kind == kind for one in self.told) for kind in KINDS}

    @property
    def disagreements(self) -> tuple[Told, ...]:
        """The findings that a person should look at."""
        return tuple(one for one in self.told if one.kind == "disagreement")


def read_findings(lookup: Lookup) -> Findings:
    """All findings of a graph, with the places of their claims."""
    triples: dict[str, list[Triple]] = defaultdict(list)
    for s, p, o in lookup.select(_PREFIX + _FINDINGS).rows:
        if isinstance(s, NamedNode) and isinstance(p, NamedNode) and o is not None:
            triples[s.value].append(Triple(s, p, o))
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    codes: dict[str, str] = {}
    for node, label, code in lookup.select(_PREFIX + _LABELS).rows:
        if isinstance(node, NamedNode) and isinstance(label, Literal):
            labels[node.value][label.language or ""] = label.value
            codes[node.value] = code.value if isinstance(code, Literal) else local_name(node.value)
    places: dict[str, dict[str, Place]] = defaultdict(dict)
    for finding, claim, article, start, end in lookup.select(_PREFIX + _PLACES).rows:
        if isinstance(finding, NamedNode) and isinstance(claim, NamedNode):
            where = local_name(article.value) if isinstance(article, NamedNode) else None
            named = tuple(sorted(labels[claim.value].items()))
            place = Place(where, _whole(start), _whole(end), claim.value, named)
            known = places[finding.value].setdefault(claim.value, place)
            places[finding.value][claim.value] = min(known, place, key=lambda one: one.order)
    told = [_told(iri, found, labels, codes, places[iri]) for iri, found in triples.items()]
    told.sort(key=lambda one: (KINDS.index(one.kind), one.label.get("en", ""), one.iri))
    return Findings(tuple(told), tuple(triple for iri in sorted(triples) for triple in set(triples[iri])))


def _told(
    iri: str, triples: Sequence[Triple], labels: dict[str, dict[str, str]], codes: dict[str, str],
    places: dict[str, Place],
) -> Told:  # fmt: skip
    values: dict[str, list[str]] = defaultdict(list)
    for triple in triples:
        if triple.predicate.value.startswith(CBEC) and isinstance(triple.object, NamedNode | Literal):
            values[local_name(triple.predicate.value)].append(triple.object.value)
    label = {
        triple.object.language or "": triple.object.value
        for triple in triples
        if triple.predicate == RDFS_LABEL and isinstance(triple.object, Literal)
    }
    classes = {triple.object.value for triple in triples if triple.predicate == RDF_TYPE}  # type: ignore[union-attr]

    def text(name: str) -> str:
        return min(values[name], default="")

    def number(name: str) -> Decimal | None:
        return Decimal(text(name)) if values[name] else None

    tested = text("testedClaim") or text("earlierClaim") or None
    reasons = sorted((codes.get(node, local_name(node)), labels[node]) for node in values["explanation"])
    reasons.sort(key=lambda reason: EXPLANATIONS.index(reason[0]) if reason[0] in EXPLANATIONS else len(EXPLANATIONS))
    unit = text("unit")
    label = dict(sorted(label.items()))  # stores give them in any order
    return Told(
        iri, next(kind for kind in KINDS if CBEC + kind.capitalize() in classes), codes.get(text("check"), ""), label,
        text("formula"), text("calculation"), number("value"), number("lowerBound"), number("upperBound"),
        number("gap"), codes.get(unit), labels[unit] if unit else {}, tested, tuple(reasons),
        tuple(sorted(places.values(), key=lambda place: (place.claim != tested, place.order))),
    )  # fmt: skip


def _whole(term: Term | None) -> int | None:
    return int(term.value) if isinstance(term, Literal) and term.value.isdecimal() else None


def to_text(findings: Findings, lang: str = "en") -> str:
    """Counts, and each disagreement in one line: what, by how much, why perhaps, and which articles and characters."""
    counts = findings.counts
    if lang == "zh":
        head = "结论：" + "、".join(f"{_COUNTED[kind].zh} {count} 项" for kind, count in counts.items())
    else:
        head = "Findings: " + ", ".join(f"{count} {_COUNTED[kind].en}" for kind, count in counts.items())
    return "\n".join([head, *(f"  {_line(one, lang)}" for one in findings.disagreements)])


def _line(told: Told, lang: str) -> str:
    zh = lang == "zh"
    parts = [told.label.get(lang) or told.label.get("en") or compact(told.iri)]
    if told.gap is not None:
        gap = str(getattr(_gap(told), lang))
        parts.append(f"相差{gap}" if zh else f"{gap} apart")
    known = [names.get(lang) or code for code, names in told.reasons if code != _UNKNOWN]
    if known:
        why = ("、" if zh else ", ").join(known)
        parts.append(f"可能原因：{why}" if zh else f"perhaps {why}")
    where = list(_where(told.places, lang))
    parts += [("；" if zh else "; ").join(where)] if where else []
    return ("。" if zh else ". ").join(part if zh else part[:1].upper() + part[1:] for part in parts)


def _gap(told: Told) -> Names:
    """The gap with its unit; that of two percentages is in percentage points."""
    gap = _NEAR.plus(told.gap or Decimal(0))
    if told.unit in ("percent", "percentage_point"):
        written = canonical_decimal(gap)
        return Names(f"{written} {_PERCENT_GAP.en}", f"{written}{_PERCENT_GAP.zh}")
    unit = Names(told.unit_label.get("en", told.unit or ""), told.unit_label.get("zh", told.unit or ""))
    return amount(gap, told.unit or "count", unit)


def _where(places: Iterable[Place], lang: str) -> Iterator[str]:
    """Articles in the order in which they come, each once, with the characters of its claims."""
    spans: dict[str, list[str]] = {}
    for place in places:
        if place.article:
            spans.setdefault(place.article, [])
            if place.start is not None and place.end is not None:
                spans[place.article].append(f"{place.start}-{place.end}")
    for article, found in spans.items():
        if lang == "zh":
            yield f"文章 {article}，字符 {'、'.join(found)}"
        else:
            yield f"article {article}, characters {', '.join(found)}"


def as_json(findings: Findings) -> dict[str, Any]:
    """The findings for programs: their counts, and all of them, with numbers as JSON carries them."""

    def written(number: Decimal | None) -> int | float | None:
        if number is None:
            return None
        return int(number) if number == number.to_integral_value() else float(number)

    results = [
        {
            "finding": one.iri,
            "kind": one.kind,
            "check": one.check,
            "label": one.label,
            "formula": one.formula,
            "calculation": one.calculation or None,
            "value": written(one.value),
            "lower": written(one.lower),
            "upper": written(one.upper),
            "gap": written(one.gap),
            "unit": one.unit,
            "tested": one.tested,
            "explanations": [code for code, _ in one.reasons],
            "places": [
                {"claim": place.claim, "claim_label": dict(place.claim_label), "article": place.article,
                 "start": place.start, "end": place.end}
                for place in one.places
            ],
        }
        for one in findings.told
    ]  # fmt: skip
    return {"counts": findings.counts, "results": results}


def to_turtle(findings: Findings) -> str:
    """The findings' own triples."""
    return turtle(findings.triples)
