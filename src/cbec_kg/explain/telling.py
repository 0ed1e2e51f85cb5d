"""Tell an explanation: as lines for people, English or Chinese, and as plain values for JSON.

>>> from cbec_kg.explain.explanation import explain
>>> from cbec_kg.rdf.terms import RDF_TYPE, Quad, iri
>>> from cbec_kg.store.embedded import MemoryStore
>>> yiwu = Triple(iri("id:yiwu"), RDF_TYPE, iri("cbec:City"))
>>> store = MemoryStore([Quad(*yiwu), Quad(*yiwu, iri("graph:entities"))])
>>> print(as_text(explain(store, yiwu), store, "en"))
id:yiwu a cbec:City
  stated in graph/entities: written by hand
"""

from collections.abc import Iterable, Iterator
from typing import Any

from cbec_kg.explain.claimed import Claim, Place
from cbec_kg.explain.explanation import Explanation, Reason
from cbec_kg.explain.near import NEAR, Near
from cbec_kg.explain.origin import ORIGINS
from cbec_kg.explain.rules import RULES
from cbec_kg.namespaces import ARTICLE, BASE, VOCAB, compact
from cbec_kg.query.labels import labels_of
from cbec_kg.query.saved import Bilingual
from cbec_kg.query.spell import quoted
from cbec_kg.rdf.terms import RDF_TYPE, XSD, Literal, NamedNode, Term, Triple
from cbec_kg.store.base import Store

__all__ = ["as_json", "as_text"]

_WORDS: dict[str, Bilingual] = {
    "stated": Bilingual("stated in", "见于"),
    "follows": Bilingual("follows by", "推理规则"),
    "axiom": Bilingual("axiom", "公理"),
    "claim": Bilingual("claim", "说法"),
    "status": Bilingual("status", "状态"),
    "article": Bilingual("article", "文章"),
    "characters": Bilingual("characters", "字符"),
    "by": Bilingual("attributed to", "信息来源："),
    "source": Bilingual("source", "出处"),
    "formula": Bilingual("formula", "算式"),
    "calculation": Bilingual("calculation", "计算"),
    "more": Bilingual("and more claims:", "其他说法数："),
    "not": Bilingual("does not hold", "不成立"),
    "unreasoned": Bilingual(
        "is not stated; the graph was built without reasoning, so that what would follow is not known",
        "未见陈述；该图谱构建时未作推理，因此是否可推出不得而知",
    ),
    "unproved": Bilingual("holds, and no proof of it was found", "成立，但未找到证明"),
    "nothing": Bilingual("nothing near it holds", "没有相近的三元组成立"),
    "way": Bilingual("another way:", "另一种理由："),
    "bounded": Bilingual(
        "(the search was bounded: not every way was followed, so a shorter proof may exist)",
        "（搜索有上限：并未穷尽所有途径，可能存在更短的证明）",
    ),
}
_MOST_CLAIMS = 3
_COLON = {"en": ": ", "zh": "："}


def as_text(found: Explanation, store: Store, lang: str) -> str:
    """Lines for people; a premise stands two spaces in from what follows from it."""
    return "\n".join(_Telling(store, lang, _terms(found)).lines(found))


def as_json(found: Explanation, store: Store, lang: str) -> dict[str, Any]:
    """Plain values: each triple with its parts as written and in words, each rule with what it says."""
    telling = _Telling(store, lang, _terms(found))
    return {
        **telling.triple(found.triple),
        "holds": found.holds,
        "proofs": [
            {"steps": steps, **telling.reason(proof)} for proof, steps in zip(found.proofs, found.steps, strict=True)
        ],
        "bounded": found.bounded,
        "reasoned": found.reasoned,
        "nearest": [
            {"kind": near.kind, "says": _said(NEAR[near.kind], lang), **telling.triple(near.triple)}
            for near in found.near
        ],
    }


def _terms(found: Explanation) -> set[str]:
    """IRIs of everything that an explanation speaks of."""
    out: set[str] = set()
    triples = [found.triple, *(near.triple for near in found.near)]
    for proof in found.proofs:
        for reason in proof.walk():
            triples.append(reason.triple)
            for claim in reason.claims:
                out.update(place.attributed_to for place in claim.places if place.attributed_to)
                out.update(_code("review", place.review) for place in claim.places)
                out.add(_code("status", claim.status))
    for triple in triples:
        out.update(part.value for part in triple if isinstance(part, NamedNode))
    return out


def _code(kind: str, code: str) -> str:
    """IRI of a status or a state of review."""
    return f"{VOCAB}{kind}-{code}"


def _said(text: Bilingual, lang: str) -> str:
    return text.zh if lang == "zh" and text.zh else text.en


class _Telling:
    """Words for what one explanation speaks of."""

    def __init__(self, store: Store, lang: str, terms: set[str]) -> None:
        self.lang, self.labels = lang, labels_of(store, terms, lang)

    def word(self, key: str) -> str:
        return _said(_WORDS[key], self.lang)

    def written(self, term: Term) -> str:
        """A term as Turtle writes it."""
        if isinstance(term, NamedNode):
            return compact(term.value)
        if isinstance(term, Literal):
            kind = term.datatype.value
            tag = f"@{term.language}" if term.language else "" if kind == XSD + "string" else f"^^{compact(kind)}"
            return quoted(term.value) + tag
        return str(term)

    def statement(self, triple: Triple) -> str:
        """A triple as Turtle writes it."""
        verb = "a" if triple.predicate == RDF_TYPE else self.written(triple.predicate)
        return f"{self.written(triple.subject)} {verb} {self.written(triple.object)}"

    def in_words(self, triple: Triple) -> str | None:
        """A triple by its labels; None where it has none."""
        parts = [self.labels.get(part.value) if isinstance(part, NamedNode) else None for part in triple]
        if triple.predicate == RDF_TYPE:
            parts[1] = "是" if self.lang == "zh" else "is a"
        if parts[0] is None or not (parts[2] or isinstance(triple.object, Literal)):
            return None
        end = parts[2] or (triple.object.value if isinstance(triple.object, Literal) else "")
        return " · ".join((parts[0], parts[1] or self.written(triple.predicate), end))

    def lines(self, found: Explanation) -> Iterator[str]:
        if not found.holds:
            yield self.headed(found.triple)
            yield f"  {self.word('not' if found.reasoned else 'unreasoned')}"
            yield from self.near(found.near)
        elif not found.proofs:
            yield self.headed(found.triple)
            yield f"  {self.word('unproved')}"
        for number, proof in enumerate(found.proofs):
            if number:
                yield self.word("way")
            yield from self.told(proof, "")
        if found.bounded:
            yield self.word("bounded")

    def headed(self, triple: Triple) -> str:
        words = self.in_words(triple)
        return self.statement(triple) + (f"  ({words})" if words else "")

    def near(self, near: Iterable[Near]) -> Iterator[str]:
        kind = None
        for one in near:
            if one.kind != kind:
                yield f"  {_said(NEAR[one.kind], self.lang)}{_COLON[self.lang].rstrip()}"
                kind = one.kind
            yield f"    {self.headed(one.triple)}"
        if kind is None:
            yield f"  {self.word('nothing')}"

    def told(self, reason: Reason, indent: str) -> Iterator[str]:
        yield indent + self.headed(reason.triple)
        colon, inner = _COLON[self.lang], indent + "  "
        if reason.rule:
            yield f"{inner}{self.word('follows')} {reason.rule}{colon}{_said(RULES[reason.rule], self.lang)}"
            yield from (f"{inner}{self.word('axiom')} {axiom}" for axiom in reason.axioms)
        else:
            where = ", ".join(graph.removeprefix(BASE) for graph in reason.graphs)
            how = f"{colon}{_said(ORIGINS[reason.origin.rule], self.lang)}" if reason.origin else ""
            yield f"{inner}{self.word('stated')} {where}{how}"
            if origin := reason.origin:
                for key in ("source", "formula", "calculation"):
                    if value := getattr(origin, key):
                        yield f"{inner}{self.word(key)}{colon}{value}"
            yield from self.claims(reason.claims, inner)
        for premise in reason.premises:
            if reason.rule:
                yield from self.told(premise, inner)
            else:
                yield f"{inner}{self.statement(premise.triple)}"

    def claims(self, claims: tuple[Claim, ...], indent: str) -> Iterator[str]:
        colon = _COLON[self.lang]
        for claim in claims[:_MOST_CLAIMS]:
            status = self.coded("status", claim.status)
            yield f"{indent}{self.word('claim')} {compact(claim.iri)}{colon}{claim.label} [{status}]"
            yield from (f"{indent}  {self.place(place)}" for place in claim.places)
        if len(claims) > _MOST_CLAIMS:
            yield f"{indent}{self.word('more')} {len(claims) - _MOST_CLAIMS}"

    def place(self, place: Place) -> str:
        article = place.article.removeprefix(ARTICLE)
        told = [f"{self.word('article')} {article}", f"{self.word('characters')} {place.start}-{place.end}"]
        if by := place.attributed_to:
            told.append(f"{self.word('by')} {self.labels.get(by, compact(by))}".replace("： ", "："))
        return ("，" if self.lang == "zh" else ", ").join([*told, self.coded("review", place.review)])

    def coded(self, kind: str, code: str) -> str:
        return self.labels.get(_code(kind, code), code)

    def triple(self, triple: Triple) -> dict[str, Any]:
        parts = (triple.subject, triple.predicate, triple.object)
        return {
            "triple": [str(part) for part in parts],
            "written": self.statement(triple),
            "words": self.in_words(triple),
        }

    def reason(self, reason: Reason) -> dict[str, Any]:
        told = self.triple(reason.triple)
        if reason.rule:
            told |= {"kind": "inferred", "rule": reason.rule, "says": _said(RULES[reason.rule], self.lang)}
            told["axioms"] = list(map(str, reason.axioms))
        else:
            told |= {"kind": "stated", "graphs": list(reason.graphs)}
            if origin := reason.origin:
                told |= {"rule": origin.rule, "says": _said(ORIGINS[origin.rule], self.lang)}
                given = {key: getattr(origin, key) for key in ("source", "formula", "calculation")}
                told |= {key: value for key, value in given.items() if value}
            told["claims"] = [claim.as_json() for claim in reason.claims]
        return {**told, "premises": list(map(self.reason, reason.premises))}
