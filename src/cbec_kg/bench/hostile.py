r"""Values that would break out of a literal, an IRI, the braces, the line or the marker, if anything did.

>>> sorted(HOSTILE)[:3], sum(len(values) for values in HOSTILE.values()) > 150
(['IRIs', 'braces and comments', 'character codes'], True)
>>> len(drawn(Random(0), 5)), drawn(Random(0), 5) == drawn(Random(0), 5)
(5, True)
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from random import Random

from cbec_kg.rdf.terms import NamedNode

__all__ = ["HOSTILE", "drawn"]

_LONG = 1_000_000

HOSTILE: Mapping[str, tuple[object, ...]] = {
    "quotes": (
        "\"", "'", "\"\"\"", "'''", "\\", "\\\\", "\\\"", "\\\\\"", "\\'", "a\\", "\"@en", "\"^^<x:y>", "\" \"b",
        "'\"'", "\" } ?s ?p ?o . #", "\"} SELECT * { ?s ?p ?o } #", "&quot;", "%22", "“”", "＂", "\"\\",
    ),
    "braces and comments": (
        "}", "{", "}}}}", "} #", "# x", "#", "#= platform", "} #= platform", "x\" } #= platform", "\" } #= word\n} #",
        "VALUES ?x { 1 } #= x", "*/", "--", ";", "; DROP ALL", "} UNION { ?s ?p ?o", "} } ORDER BY ?x #", "UNDEF", "?x",
        "$x", "(1 2)", "SERVICE <x:y> {", "} INSERT DATA { <a:b> <a:c> <a:d> } #", "<< <a:b> <a:c> <a:d> >>", "[]",
        "_:b", "()", "a", "true", "BIND(1 AS ?x)", "#+ summary: other", "\n#+ params:\n#+   x: {type: string}",
    ),
    "lines": (
        "\n", "\r", "\r\n", "\t", "\v", "\f", "\b", "\x85", "\u2028", "\u2029", "\x1c", "\x7f", "\x1b[31m", "a\nb",
        "\n} #= platform\n", "x\r} SELECT * {", "a\x01b", " ", "", "  a  ",
    ),
    "character codes": (
        "\\u0022", "\\U00000022", "a\\u0022 } #", "\\\\u0022", "\\u007D", "\\u003E", "\\u", "\\U", "\\uD800",
        "\\x22", "\\n", "\\N{QUOTATION MARK}", "https://example.org/\\u003E } #", "<https://example.org/a\\u003E>",
    ),
    "IRIs": (
        "<a:b>", "<a:b> <c:d>", "<a:b>} <c:d", "<https://example.org/a> } #>", "https://example.org/a b",
        "https://example.org/a>b", "https://example.org/<a", "https://example.org/\"", "https://example.org/{a}",
        "https://example.org/a|b^c`d", "https://example.org/a\\b", "https://example.org/a'b", "https://example.org/(a)",
        "https://example.org/a#b", "https://example.org/a?b=c&d;e", "https://example.org/%20%3E", "https://example.org/例子",
        "https://example.org/\u202ea", "https://例子.example/", "https://example.org/a\nb", "https://example.org/a\x00",
        "urn:x:y", "mailto:a@b.example", "javascript:alert(1)", "http://", "https://[::1]/", "https://[", "//a/b", "<>",
        "<a>", "< a:b >", "<<a:b>>", "a:b", "file:///etc/passwd", "https://example.org/" + "a" * 5_000,
        NamedNode("https://example.org/a#b"), NamedNode("x:'y"),
    ),
    "prefixed names": (
        "id:shein", "id:shein id:aliexpress", "id:", ":shein", "id::shein", "id:shein.", "id:shein } #", "id:she\\-in",
        "id:%41", "idd:shein", "ID:shein", "id:shein\n", " id:shein", "rdf:type", "rdf:type*", "^rdf:type",
        "xsd:string", "id:../ontology", "id:shein/cbec:launches", "period:2022", "period:2022 } #", "a:b:c", "base:x",
        "_:shein",
    ),
    "scripts": (
        "中文", "平台（跨境）", "e\u0301", "é", "العربية", "हिन्दी", "\U0001f600", "İ", "ß", "ﬁ", "Ａ", "ㅤ", "‮gnp",
        "\u200b", "a\u200bb", "\u200e\u200f", "\u2066a\u2069", "\ufeff", "\ufeffa", "\ufffe", "\uffff", "\U0010ffff",
        "\ue000", "٤٢", "１２", "２０２２", "𝟚", "²", "Ⅷ", "二〇二二", "ＡｌｉＥｘｐｒｅｓｓ",
    ),
    "no text": ("\x00", "a\x00b", "\ud800", "a\udfffb", "\ud83d\ude00", b"bytes", {"a": "b"}, object, 1j, {"a"}, ...),
    "numbers": (
        "0", "-0", "+007", "1.0", "1.", ".5", "1e5", "1E+400", "1e999999999", "9" * 19, "9" * 20, "9" * 5_000,
        "-9223372036854775809", "0.1234567890123456789", "NaN", "nan", "INF", "-INF", "Infinity", "1_000", "1,5", " 1",
        "1 2", "1 } #", "0x10", "1^^<x:y>", "--1", "1\n", 0, -1, True, 2**63, 2**4_000, 10**300, 0.1, 1e308, 5e-324,
        float("nan"), float("inf"), float("-inf"), Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"),
        Decimal("1E+1000000"), Decimal("-0"), Decimal("1E+3"),
    ),
    "dates": (
        "2022", "2020-H1", "2020-01/2020-02", "2016/..", "../2016", "0000-01-01", "0001-01-01", "9999-12-31",
        "10000-01-01", "-0001-01-01", "2021-02-30", "2021-13-01", "2020-13", "2021-W01-1", "20210114",
        "2021-01-14T25:00:00", "2021-01-14Z", "2021-01-14 } #", "2021-01-14\"", "2022-Q5", "2022-H3", "2022/2021",
        "--H1", "period:--H1", "2022> } #", date(2021, 1, 14), date.max, date.min,
    ),
    "lists": (
        [], (), ["a"], ["a", "b"], ["\" } #", "} #= word"], ["id:shein", "id:aliexpress"], ["2022", "2023"], ["1", "2"],
        ["a"] * 1_000, ["a", None], [["a"], ["b"]], ["<a:b>", "c\" } #"], [str(number) for number in range(2_000)],
    ),
    "long": ("x" * _LONG, "\"" * 100_000, "} #" * 100_000, "\\" * 100_001, "https://example.org/" + "é" * 200_000),
}  # fmt: skip
"""By what they try."""

_PIECES = tuple(
    value for what, values in HOSTILE.items() if what != "long" for value in values
    if isinstance(value, str) and len(value) < 100
)  # fmt: skip


def drawn(draw: Random, count: int) -> list[str]:
    """Texts of one to six hostile pieces and random characters of all planes, surrogates among them."""
    return ["".join(_piece(draw) for _ in range(draw.randint(1, 6))) for _ in range(count)]


def _piece(draw: Random) -> str:
    if draw.random() < 0.8:
        return draw.choice(_PIECES)
    return "".join(
        chr(draw.choice((draw.randrange(0x80), draw.randrange(0x110000)))) for _ in range(draw.randint(1, 8))
    )
