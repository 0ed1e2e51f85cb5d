"""What was found as an answer, for every format of answers.

>>> from cbec_kg.search.index import Hit, Match
>>> hit = Hit("https://w3id.org/cbec-kg/id/shein", "shein", {"en": "Shein", "zh": "希音"},
...           "https://w3id.org/cbec-kg/ontology#Platform", Match("希音", "label", "zh", "exact"), 1.0)
>>> [(row["thingLabel"], row["found"], row["as"], row["score"]) for row in listing([hit]).records()]
[('Shein', '希音', 'exact label', Decimal('1'))]
"""

from collections.abc import Iterable

from cbec_kg.query.results import Labels, Result, Row, no_labels
from cbec_kg.query.saved import LANGUAGES, Bilingual, Column
from cbec_kg.rdf.terms import Literal, NamedNode, decimal
from cbec_kg.search.index import Hit

__all__ = ["listing"]

_TITLE = Bilingual("Things found", "找到的事物")
_COLUMNS = (
    Column("thing", "iri", Bilingual("thing", "事物")),
    Column("thingLabel", "string"),
    Column("otherLabel", "string", Bilingual("in Chinese", "英文名称")),
    Column("class", "iri", Bilingual("class", "类别")),
    Column("found", "string", Bilingual("found", "匹配名称")),
    Column("foundLang", "string", Bilingual("language", "语言")),
    Column("as", "string", Bilingual("as", "匹配方式")),
    Column("score", "decimal", Bilingual("score", "得分")),
)
_ZH = {
    "label": "标签", "code": "代码", "alias": "别名",
    "exact": "完全匹配", "prefix": "前缀", "words": "词语", "alike": "拼写相近",
}  # fmt: skip


def listing(hits: Iterable[Hit], lang: str = "en", labels: Labels = no_labels) -> Result:
    """One thing a row, the best first; ``labels`` names the classes."""
    return Result(_COLUMNS, tuple(_row(hit, lang) for hit in hits), _TITLE.in_language(lang), lang, labels)


def _row(hit: Hit, lang: str) -> Row:
    other = next(one for one in LANGUAGES if one != lang)
    label, else_called = hit.labels.get(lang) or hit.labels.get(other) or hit.code, hit.labels.get(other)
    matched = hit.matched
    how = f"{_ZH[matched.how]}（{_ZH[matched.kind]}）" if lang == "zh" else f"{matched.how} {matched.kind}"
    return (
        NamedNode(hit.iri), Literal(label, language=lang if lang in hit.labels else None),
        Literal(else_called, language=other) if else_called else None, NamedNode(hit.cls), Literal(matched.text),
        Literal(matched.lang) if matched.lang else None, Literal(how), decimal(str(hit.score)),
    )  # fmt: skip
