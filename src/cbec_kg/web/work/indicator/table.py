"""The table of an indicator's page as rows that a file holds: the same rows in the same order, numbers in full.

>>> [column.name for column in COLUMNS][:4]
['period', 'value', 'lower', 'upper']
"""

from collections.abc import Iterable

from cbec_kg.namespaces import ARTICLE, CLAIM
from cbec_kg.query.results import Result, Row
from cbec_kg.query.saved import Bilingual, Column
from cbec_kg.rdf.terms import Literal, NamedNode, Term, date_time, decimal, integer
from cbec_kg.web.work.indicator.shown import Shown

__all__ = ["COLUMNS", "table"]

COLUMNS = (
    Column("period", "string", Bilingual("period", "时期")),
    Column("value", "decimal", Bilingual("value", "数值")),
    Column("lower", "decimal", Bilingual("at least", "不小于")),
    Column("upper", "decimal", Bilingual("at most", "不大于")),
    Column("unit", "string", Bilingual("unit", "单位")),
    Column("qualifier", "string", Bilingual("qualifier", "限定")),
    Column("scope", "string", Bilingual("scope", "口径")),
    Column("status", "string", Bilingual("status", "状态")),
    Column("kind", "string", Bilingual("kind", "类型")),
    Column("mark", "string", Bilingual("mark", "标记")),
    Column("conflict", "boolean", Bilingual("contradicted", "存在矛盾")),
    Column("growth", "decimal", Bilingual("growth in %", "增速（%）")),
    Column("growthKind", "string", Bilingual("growth is", "增速类型")),
    Column("saidBy", "string", Bilingual("said by", "发布者")),
    Column("article", "iri", Bilingual("article", "文章")),
    Column("start", "integer", Bilingual("start", "起")),
    Column("end", "integer", Bilingual("end", "止")),
    Column("released", "date", Bilingual("released on", "发布日期")),
    Column("known", "date", Bilingual("known since", "得知日期")),
    Column("review", "string", Bilingual("review", "核对状态")),
    Column("written", "string", Bilingual("as written", "原文写法")),
    Column("claim", "iri", Bilingual("claim", "说法")),
    Column("formula", "string", Bilingual("formula", "公式")),
    Column("calculation", "string", Bilingual("calculation", "计算过程")),
)


def table(rows: Iterable[Shown], title: str, lang: str) -> Result:
    """Rows of a page; codes as in rows of articles, periods as these spell them."""
    return Result(COLUMNS, tuple(map(_row, rows)), title, lang)


def _row(row: Shown) -> Row:
    place = row.place
    return (
        _text(row.period.replace("--", "/")),
        *(None if one is None else decimal(one) for one in (row.value, row.lower, row.upper)),
        _text(row.unit),
        _text(row.qualifier),
        _text(row.scope),
        _text(row.status),
        _text(row.kind),
        _text(row.mark),
        Literal(row.conflict),
        None if row.growth_value is None else decimal(row.growth_value),
        _text(row.growth_kind),
        _text(place.speaker if place else None),
        NamedNode(ARTICLE + place.article) if place else None,
        integer(place.start) if place else None,
        integer(place.end) if place else None,
        _day(place.released if place else None),
        _day(place.known if place else None),
        _text(place.review if place else None),
        _text(place.written if place else None),
        NamedNode(CLAIM + row.claims[0]) if place else None,
        _text(row.formula),
        _text(row.calculation),
    )


def _text(said: str | None) -> Term | None:
    return Literal(said) if said else None


def _day(day: str | None) -> Term | None:
    return date_time(day) if day else None
