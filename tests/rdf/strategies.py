"""Random RDF for property tests: terms as the project writes them, and terms that are legal but odd."""

from hypothesis import settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from cbec_kg.namespaces import PREFIXES
from cbec_kg.rdf.terms import XSD, canonical_decimal

__all__ = ["blank_triples", "ground_triples", "quads", "texts"]

settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")

_local = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,8}", fullmatch=True)
_ours = st.builds(lambda base, local: NamedNode(base + local), st.sampled_from(sorted(PREFIXES.values())), _local)
_odd = st.sampled_from(
    [
        NamedNode(iri)
        for iri in (
            "https://w3id.org/cbec-kg/id/",
            "https://w3id.org/cbec-kg/id/a.b",
            "https://w3id.org/cbec-kg/id/-x",
            "https://w3id.org/cbec-kg/id/a/b",
            "http://www.wikidata.org/entity/Q148",
            "https://例子.中国/路径?q=%20'#f",
            "urn:x:y",
        )
    ]
)
_iris = _ours | _odd
_classes = st.sampled_from(
    [NamedNode(PREFIXES["cbec"] + name) for name in ("Platform", "Evidence", "FactorClaim", "Period")]
)
texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12)
_numbers = st.integers().map(lambda n: Literal(str(n), datatype=NamedNode(XSD + "integer"))) | st.decimals(
    allow_nan=False, allow_infinity=False, places=3
).map(lambda n: Literal(canonical_decimal(n), datatype=NamedNode(XSD + "decimal")))
_strings = texts.map(Literal) | st.builds(
    lambda text, tag: Literal(text, language=tag), texts, st.sampled_from(["en", "zh", "de", "zh-hant"])
)
_dates = st.just(Literal("2021-01-14T00:00:00", datatype=NamedNode(XSD + "dateTime")))
_objects = _iris | _strings | _numbers | _dates
_type = NamedNode(PREFIXES["rdf"] + "type")
_evidence = NamedNode(PREFIXES["cbec"] + "evidence")
_statements = (
    st.builds(Triple, _iris, _ours, _objects)
    | st.builds(Triple, _iris, st.just(_type), _classes)
    | st.builds(Triple, _iris, st.just(_evidence), _iris)
)
ground_triples = st.lists(_statements, max_size=25)

_few = st.sampled_from([NamedNode(f"urn:x:{letter}") for letter in "ab"])
_nodes = st.sampled_from([BlankNode(f"x{place}") for place in range(6)])
blank_triples = st.lists(st.builds(Triple, _few | _nodes, _few, _few | _nodes), max_size=12)
quads = st.lists(st.builds(Quad, _iris | _nodes, _iris, _objects | _nodes, _few), max_size=15)
