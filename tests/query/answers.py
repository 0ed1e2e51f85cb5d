"""Answers that hold what formats stumble over, and nothing that depends on a store."""

from cbec_kg.namespaces import expand
from cbec_kg.query.results import Result
from cbec_kg.query.saved import Bilingual, Column
from cbec_kg.rdf.terms import XSD, BlankNode, Literal, NamedNode, date_time, decimal, integer, iri, text

LABELS = {
    expand("id:aliexpress"): {"en": "AliExpress", "zh": "速卖通"},
    expand("period:2021"): {"en": "2021", "zh": "2021"},
    expand("art:a1"): {"en": "How ports grew", "zh": "港口的成长"},
}
COLUMNS = (
    Column("platform", "iri", Bilingual("Platform", "平台")),
    Column("programme", "iri"),
    Column("programmeLabel", "string"),
    Column("period", "iri"),
    Column("value", "decimal"),
    Column("rank", "integer"),
    Column("year", "integer"),
    Column("released", "date"),
    Column("official", "boolean"),
    Column("note", "string"),
    Column("article", "iri"),
)
ROWS = (
    (
        iri("id:aliexpress"), iri("id:g100-overseas-plan"), text("G100 海外计划", "zh"), iri("period:2021"),
        decimal("2110000000000"), integer(1), integer(2021), date_time("2021-01-14"), Literal(True),
        Literal('a|b "c", <d> & *e*\n=f\\g\th'), iri("art:a1"),
    ),
    (
        iri("id:shein"), None, None, None, decimal("-9.8"), None, integer(2022), date_time("2021-01-14T08:30:00"),
        Literal(False), Literal("=1+1"), iri("art:a1"),
    ),
    (
        iri("id:x"), None, Literal("没有代码"), None, decimal("0.000000000000000001"), integer(12345), None, None, None,
        Literal("\x1b[31m\u202e"), iri("art:a2"),
    ),
)  # fmt: skip
ODD = (
    BlankNode("b1"), NamedNode("javascript:alert(1)"), Literal("9" * 30, datatype=NamedNode(XSD + "integer")),
    Literal("1.5E3", datatype=NamedNode(XSD + "double")), Literal("INF", datatype=NamedNode(XSD + "double")),
    Literal("no number", datatype=NamedNode(XSD + "integer")),
    Literal("2021-01-14T00:00:00Z", datatype=NamedNode(XSD + "dateTime")),
    Literal(""), None,
)  # fmt: skip


def labels(iris, lang):
    return {thing: LABELS[thing][lang] for thing in iris if thing in LABELS}


def answer(lang="en", rows=ROWS):
    """The answer with every type of column."""
    return Result(COLUMNS, iter(rows), "Programmes <of> a platform", lang, labels)


def odd():
    """One column without a declared type, with a term of every other kind."""
    return Result((Column("x"),), iter([(term,) for term in ODD]))


def empty():
    """The same columns and no row."""
    return answer(rows=())
