"""Requests that would bring a server down: queries by what they cost, and bytes that are no request at all.

Each query has the endings that are right for it: a status, or ``cut``, which is a 200 that the server broke off before
its end so that no client takes it for the whole.

>>> len(QUERIES) + len(WIRE) >= 40, min(len(sparql) for _, sparql, _ in QUERIES) > 10
(True, True)
"""

__all__ = ["BOMB", "QUERIES", "WIRE"]

_ALL, _TWO = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i", "?a ?b ?c . ?d ?e ?f"
_GROWTH = "REPLACE(" * 12 + "'aaaaaaaaaa'" + ",'a','aaaaaaaaaa')" * 12
_DOUBLED = "BIND('aaaaaaaaaa' AS ?x0) " + " ".join(f"BIND(CONCAT(?x{i},?x{i}) AS ?x{i + 1})" for i in range(40))
_DEEP = 3000
_COSTLY, _REFUSED, _ANY = ("503",), ("400",), ("200", "400", "503")

QUERIES: list[tuple[str, str, tuple[str, ...]]] = [
    ("cartesian product, streamed", f"SELECT * {{ {_ALL} }}", ("cut", "503")),
    ("cartesian product, counted", f"SELECT (COUNT(*) AS ?n) {{ {_ALL} }}", _COSTLY),
    ("cartesian product, ordered", f"SELECT * {{ {_TWO} }} ORDER BY ?c ?f", _COSTLY),
    ("cartesian product, grouped", f"SELECT ?a ?f (COUNT(*) AS ?n) {{ {_TWO} }} GROUP BY ?a ?f", _COSTLY),
    ("cartesian product, constructed", f"CONSTRUCT {{ ?a ?e ?i }} {{ {_ALL} }}", ("cut", "503")),
    (
        "cartesian product, asked for what is not",
        f"ASK {{ {_ALL} FILTER(STRLEN(CONCAT(STR(?c), STR(?f), STR(?i))) = 1) }}",
        _COSTLY,
    ),
    ("a million distinct rows, held in memory", f"SELECT DISTINCT ?a ?c ?d ?f {{ {_TWO} }} OFFSET 1000000", _COSTLY),
    ("texts of a product joined into one", f"SELECT (GROUP_CONCAT(STR(?c)) AS ?x) {{ {_TWO} }}", _COSTLY),
    ("aggregates over a product", f"SELECT (SUM(STRLEN(STR(?c))) AS ?n) (MAX(?f) AS ?m) {{ {_TWO} }}", _COSTLY),
    ("MINUS of two products", f"SELECT * {{ {_TWO} MINUS {{ {_TWO} . ?x ?y ?z }} }}", ("cut", "503")),
    (
        "nested OPTIONAL without a shared variable",
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c OPTIONAL { ?d ?e ?f OPTIONAL { ?g ?h ?i } } }",
        _COSTLY,
    ),
    (
        "a path of all edges, any length",
        "SELECT (COUNT(*) AS ?n) { ?a (rdf:type|!rdf:type)* ?b . ?b (rdf:type|!rdf:type)* ?c }",
        _COSTLY,
    ),
    ("a path of paths", "SELECT (COUNT(*) AS ?n) { ?a ((!rdf:type)+/(^!rdf:type)+)+ ?b }", _COSTLY),
    ("a path of 3,000 steps", "SELECT * { ?a rdf:type" + "/rdf:type" * _DEEP + " ?b }", _ANY),
    (
        "a regular expression that backtracks",
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f "
        "FILTER(REGEX(CONCAT(STR(?c),STR(?f),'aaaaaaaaaaaaaaaaaaaaab'), '^(a|aa)+$|(x+x+)+y')) }",
        _COSTLY,
    ),
    (
        "a regular expression that grows",
        "SELECT * { ?a ?b ?c FILTER(REGEX(STR(?c), '((((\\\\w{1,99}){1,99}){1,99}){1,99})')) }",
        _ANY,
    ),
    ("REPLACE that grows tenfold, twelve times", f"SELECT ({_GROWTH} AS ?x) {{}}", _COSTLY),
    ("CONCAT that doubles, forty times", f"SELECT (STRLEN(?x40) AS ?n) {{ {_DOUBLED} }}", _COSTLY),
    ("a huge OFFSET", f"SELECT * {{ {_ALL} }} OFFSET 1000000000000 LIMIT 10", _COSTLY),
    ("a LIMIT that is no number of a machine", "SELECT * { ?a ?b ?c } LIMIT 99999999999999999999999999", _REFUSED),
    ("1 MB of query, most of it a comment", "SELECT * { ?a ?b ?c } LIMIT 1 #" + "x" * 990_000, ("200",)),
    ("1.1 MB of query", "SELECT * { ?a ?b ?c } LIMIT 1 #" + "x" * 1_100_000, ("413",)),
    ("a million VALUES", "SELECT * { VALUES ?a { " + "1 " * 1_000_000 + "} }", ("413",)),
    (
        "400,000 VALUES, joined with themselves",
        "SELECT (COUNT(*) AS ?n) { VALUES ?a { " + "1 " * 200_000 + "} VALUES ?a { " + "1 " * 200_000 + "} }",
        _COSTLY,
    ),
    ("3,000 braces", "SELECT * " + "{" * _DEEP + "?a ?b ?c" + "}" * _DEEP, _REFUSED),
    ("3,000 square brackets", "SELECT * { ?a ?b " + "[ ?c " * _DEEP + "1" + "]" * _DEEP + "}", _REFUSED),
    ("3,000 parentheses", "SELECT * { FILTER(" + "(" * _DEEP + "1" + ")" * _DEEP + ") }", _REFUSED),
    ("3,000 calls in each other", "SELECT * { BIND(" + "STR(" * _DEEP + "1" + ")" * _DEEP + " AS ?x) }", _REFUSED),
    ("3,000 triples in each other", "SELECT * { ?a ?b " + "<<( ?a ?b " * _DEEP + "1" + ")>>" * _DEEP + "}", _REFUSED),
    ("900,000 braces that only open", "SELECT * " + "{" * 900_000, _REFUSED),
    ("500,000 exclamation marks", "SELECT * { FILTER(" + "!" * 500_000 + "true) }", _ANY),
    ("30,000 OR", "SELECT * { ?a ?b ?c FILTER(?a = 1" + " || ?a = 1" * 30_000 + ") }", _ANY),
    ("9,000 UNION", "SELECT (COUNT(*) AS ?n) { {?a ?b ?c}" + " UNION {?a ?b ?c}" * 9_000 + " }", _ANY),
    ("300 times the same pattern", "SELECT * { " + "?a ?b ?c . " * 300 + "}", _COSTLY),
    ("SERVICE to the server itself", "SELECT * { SERVICE SILENT <http://127.0.0.1:80/sparql> { ?a ?b ?c } }", _REFUSED),
    ("an update", "DELETE WHERE { ?a ?b ?c }", _REFUSED),
]  # fmt: skip

_HOST = b"Host: 127.0.0.1\r\n"
_FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
WIRE: list[tuple[str, bytes, tuple[str, ...]]] = [
    ("no HTTP", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 20 + b"\r\n\r\n", ("400", "closed")),
    ("a header without a colon", b"GET / HTTP/1.1\r\n" + _HOST + b"no colon here\r\n\r\n", ("400",)),
    ("a header of 100 KB", b"GET / HTTP/1.1\r\n" + _HOST + b"X: " + b"x" * 100_000 + b"\r\n\r\n", ("400", "431")),
    ("10,000 headers", b"GET / HTTP/1.1\r\n" + _HOST + b"X: y\r\n" * 10_000 + b"\r\n", ("400", "431")),
    (
        "two lengths",
        b"POST /sparql HTTP/1.1\r\n" + _HOST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        ("400",),
    ),
    (
        "a length and chunks",
        b"POST /sparql HTTP/1.1\r\n" + _HOST + _FORM
        + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        ("400",),
    ),
    ("a length that is no number", b"POST /sparql HTTP/1.1\r\n" + _HOST + b"Content-Length: -1\r\n\r\n", ("400",)),
    (
        "chunks that are none",
        b"POST /sparql HTTP/1.1\r\n" + _HOST + _FORM + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nx",
        ("400", "closed"),
    ),
    (
        "a length of 10^15",
        b"POST /sparql HTTP/1.1\r\n" + _HOST + _FORM + b"Content-Length: 1000000000000000\r\n\r\n",
        ("413",),
    ),
    ("a method that is none", b"BREW /sparql HTTP/1.1\r\n" + _HOST + b"\r\n", ("405", "501")),
    ("TRACE", b"TRACE /sparql HTTP/1.1\r\n" + _HOST + b"\r\n", ("405", "501")),
    ("DELETE of the endpoint", b"DELETE /sparql HTTP/1.1\r\n" + _HOST + b"\r\n", ("405",)),
    ("a path upwards", b"GET /static/../../../../etc/passwd HTTP/1.1\r\n" + _HOST + b"\r\n", ("400", "404")),
    (
        "a path upwards, escaped",
        b"GET /static/%2e%2e/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n" + _HOST + b"\r\n",
        ("400", "404"),
    ),
    ("a path with a zero byte", b"GET /id/%00 HTTP/1.1\r\n" + _HOST + b"\r\n", ("400", "404")),
    ("a path of 60 KB", b"GET /id/" + b"a" * 60_000 + b" HTTP/1.1\r\n" + _HOST + b"\r\n", ("400", "404", "414")),
    ("another host's name", b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", ("400", "403", "421")),
    (
        "a query of 400 signs that are no letters",
        b"GET /sparql?query=" + b"%ff" * 400 + b" HTTP/1.1\r\n" + _HOST + b"\r\n",
        ("400",),
    ),
]  # fmt: skip
"""What is sent as it stands, and how it may be answered; ``closed`` is no answer at all."""

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE rdf [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(12))
    + ']><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="x:a">'
    "<rdf:value>&m;</rdf:value></rdf:Description></rdf:RDF>"
)
"""RDF/XML of under 1 KB that would be ten terabytes once its entities are put in."""
