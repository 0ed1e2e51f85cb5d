"""The catalogue of saved queries as RDF: each is a `sh:SPARQLSelectExecutable` that says what it asks and gives.

A query has `sh:select`, its text without the prefixes that `sh:prefixes` leads to; labels and comments in both
languages; parameters as `sh:Parameter` with types, defaults and choices; columns by the vocabulary of CSV on the Web.

>>> from pathlib import Path
>>> from cbec_kg.query.header import parse_saved
>>> query = parse_saved('''#+ summary: Platforms
... #+ columns: {p: iri}
... PREFIX cbec: <https://w3id.org/cbec-kg/ontology#>
... SELECT ?p { ?p a cbec:Platform } ORDER BY ?p''', "platforms/all", Path("all.rq"))
>>> [triple.object.value for triple in query_triples([query]) if triple.predicate == iri("sh:select")]
['SELECT ?p { ?p a cbec:Platform } ORDER BY ?p\\n']
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from cbec_kg.errors import ParseError
from cbec_kg.namespaces import BASE, expand
from cbec_kg.query.catalogue import Catalogue
from cbec_kg.query.convert import refuse_names, to_terms, written_iri
from cbec_kg.query.saved import Bilingual, Column, Param, SavedQuery
from cbec_kg.rdf.terms import RDF_TYPE, RDFS_LABEL, XSD, BlankNode, Literal, NamedNode, Term, Triple, integer, iri, text

__all__ = ["CATALOGUE", "catalogue_triples", "query_triples"]

CATALOGUE = NamedNode(BASE + "queries")
"""The ontology header that declares the prefixes, and whose part every query is."""
_QUERY = BASE + "query/"
_PARAMETER = BASE + "query/parameter#"
_CSVW = "http://www.w3.org/ns/csvw#"
_BINDING = (
    "The text of each query holds the defaults of its parameters. To give another value, write it in the place of the "
    "default, into the braces of each VALUES line that ends in #= and the local name of the parameter's sh:path; UNDEF "
    "stands for any. Binding a variable beforehand is not enough: the default would still stand in the text."
)
_PREFIX = re.compile(r"\s*PREFIX\s+([^\s:]*):\s*<([^>]*)>\s*", re.IGNORECASE)
_DATATYPES = {
    "string": "string", "lang": "string", "integer": "integer", "decimal": "decimal", "date": "dateTime",
    "boolean": "boolean", "iri": "anyURI",
}  # fmt: skip
Statement = tuple[NamedNode | BlankNode, NamedNode, Term]


def catalogue_triples() -> list[Triple]:
    """Those of the queries that come with the project."""
    return query_triples(Catalogue())


def query_triples(queries: Iterable[SavedQuery]) -> list[Triple]:
    """Triples of queries; raises `ParseError` where two of them mean different things by a prefix."""
    listed = list(queries)
    return [Triple(*statement) for statement in (*_prefixes(listed), *(one for q in listed for one in _query(q)))]


def _prefixes(queries: Sequence[SavedQuery]) -> Iterator[Statement]:
    declared: dict[str, str] = {}
    for query in queries:
        for prefix, namespace in _split(query)[0].items():
            if declared.setdefault(prefix, namespace) != namespace:
                problem = f"{prefix}: is <{namespace}> here and <{declared[prefix]}> in another query: use one prefix"
                raise ParseError(str(query.path), None, None, problem)
    yield CATALOGUE, RDF_TYPE, iri("owl:Ontology")
    yield CATALOGUE, iri("rdfs:comment"), text(_BINDING, "en")
    for prefix, namespace in sorted(declared.items()):
        node = BlankNode()
        yield CATALOGUE, iri("sh:declare"), node
        yield node, RDF_TYPE, iri("sh:PrefixDeclaration")
        yield node, iri("sh:prefix"), text(prefix)
        yield node, iri("sh:namespace"), Literal(namespace, datatype=NamedNode(XSD + "anyURI"))


def _split(query: SavedQuery) -> tuple[dict[str, str], str]:
    """Prefixes of a query, and its text without them and without the header."""
    prefixes, rest = {}, []
    for line in query.text.rstrip().split("\n"):
        if found := _PREFIX.fullmatch(line):
            prefixes[found[1]] = found[2]
        elif not line.startswith("#+"):
            rest.append(line)
    return prefixes, "\n".join(rest) + "\n"


def _query(query: SavedQuery) -> Iterator[Statement]:
    node = NamedNode(_QUERY + query.name)
    for cls in ("SPARQLSelectExecutable", "Parameterizable"):
        yield node, RDF_TYPE, iri(f"sh:{cls}")
    yield node, iri("dcterms:identifier"), text(query.name)
    yield node, iri("dcterms:isPartOf"), CATALOGUE
    yield from _both(node, RDFS_LABEL, query.summary)
    yield from _both(node, iri("rdfs:comment"), query.description)
    for tag in dict.fromkeys((query.topic, *query.tags)):
        yield node, iri("schema:keywords"), text(tag)
    yield node, iri("sh:prefixes"), CATALOGUE
    yield node, iri("sh:select"), text(_split(query)[1])
    for order, param in enumerate(query.params):
        here = NamedNode(f"{node.value}#{param.name}")
        yield node, iri("sh:parameter"), here
        yield from _param(here, param, order)
    table = NamedNode(f"{node.value}#columns")
    yield node, NamedNode(_CSVW + "tableSchema"), table
    yield table, RDF_TYPE, NamedNode(_CSVW + "Schema")
    columns = [NamedNode(f"{node.value}#column-{column.name}") for column in query.columns]
    yield from _list(table, NamedNode(_CSVW + "column"), columns)
    for here, column in zip(columns, query.columns, strict=True):
        yield from _column(here, column)


def _param(node: NamedNode, param: Param, order: int) -> Iterator[Statement]:
    yield node, RDF_TYPE, iri("sh:Parameter")
    # The local name of the path is the name in the mark, not always that of the variable: one parameter may bind two.
    yield node, iri("sh:path"), NamedNode(_PARAMETER + param.name)
    yield from _both(node, iri("sh:name"), param.label)
    yield node, iri("sh:order"), integer(order)
    yield node, iri("sh:optional"), Literal(not param.required)
    if not param.many:
        yield node, iri("sh:maxCount"), integer(1)
    if param.type in ("iri", "period"):
        yield node, iri("sh:nodeKind"), iri("sh:IRI")
        if cls := expand("cbec:Period") if param.type == "period" else param.cls:
            yield node, iri("sh:class"), NamedNode(cls)
    else:
        yield node, iri("sh:datatype"), NamedNode(XSD + _DATATYPES[param.type])
    for limit, value in (("minInclusive", param.min), ("maxInclusive", param.max)):
        if value is not None:
            yield node, iri(f"sh:{limit}"), _term(param, value)
    if param.max_length is not None:
        yield node, iri("sh:maxLength"), integer(param.max_length)
    for value in param.default:
        yield node, iri("sh:defaultValue"), _term(param, value)
    if param.choices:
        yield from _list(node, iri("sh:in"), [_term(param, choice) for choice in param.choices])


def _term(param: Param, written: str) -> Term:
    (term,) = to_terms(param, written, lambda param, name: written_iri(name) or refuse_names(param, name))
    assert term is not None  # a written value stands for something
    return term


def _column(node: NamedNode, column: Column) -> Iterator[Statement]:
    yield node, RDF_TYPE, NamedNode(_CSVW + "Column")
    yield node, NamedNode(_CSVW + "name"), text(column.name)
    yield from _both(node, NamedNode(_CSVW + "title"), column.label or Bilingual(column.heading("en")))
    if column.type in _DATATYPES:
        yield node, NamedNode(_CSVW + "datatype"), NamedNode(XSD + _DATATYPES[column.type])


def _both(node: NamedNode, predicate: NamedNode, said: Bilingual) -> Iterator[Statement]:
    for lang, words in (("en", said.en), ("zh", said.zh)):
        if words:
            yield node, predicate, text(words, lang)


def _list(node: NamedNode, predicate: NamedNode, terms: Sequence[Term]) -> Iterator[Statement]:
    """A list, whose cells are blank nodes."""
    before: NamedNode | BlankNode = node
    link = predicate
    for term in terms:
        cell = BlankNode()
        yield before, link, cell
        yield cell, iri("rdf:first"), term
        before, link = cell, iri("rdf:rest")
    yield before, link, iri("rdf:nil")
