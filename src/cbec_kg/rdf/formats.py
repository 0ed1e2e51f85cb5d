"""RDF formats by name: what a file of each is called, and whether it holds named graphs.

>>> by_name("ttl").suffix, by_name("trig").datasets
('.ttl', True)
>>> by_suffix(".owl").name
'rdfxml'
>>> try:
...     by_name("turtle")
... except CbecError as error:
...     print(error)
unknown RDF format 'turtle': use one of ttl, trig, nt, nq, rdfxml, jsonld
"""

from dataclasses import dataclass

from pyoxigraph import RdfFormat

from cbec_kg.errors import CbecError

__all__ = ["FORMATS", "Format", "by_name", "by_suffix"]


@dataclass(frozen=True, slots=True)
class Format:
    """One RDF syntax. ``suffixes`` has the one that we write first; ``datasets`` says whether it holds named graphs."""

    name: str
    label: str
    rdf_format: RdfFormat
    suffixes: tuple[str, ...]
    media_type: str
    datasets: bool

    @property
    def suffix(self) -> str:
        """Suffix of the files that we write, with its dot."""
        return self.suffixes[0]


FORMATS: dict[str, Format] = {
    known.name: known
    for known in (
        Format("ttl", "Turtle", RdfFormat.TURTLE, (".ttl",), "text/turtle", False),
        Format("trig", "TriG", RdfFormat.TRIG, (".trig",), "application/trig", True),
        Format("nt", "N-Triples", RdfFormat.N_TRIPLES, (".nt",), "application/n-triples", False),
        Format("nq", "N-Quads", RdfFormat.N_QUADS, (".nq",), "application/n-quads", True),
        Format("rdfxml", "RDF/XML", RdfFormat.RDF_XML, (".rdf", ".owl"), "application/rdf+xml", False),
        Format("jsonld", "JSON-LD", RdfFormat.JSON_LD, (".jsonld",), "application/ld+json", True),
    )
}
_BY_SUFFIX = {suffix: known for known in FORMATS.values() for suffix in known.suffixes}


def by_name(name: str) -> Format:
    """Format of a name such as ``ttl``; raises `CbecError` with the names that there are."""
    if name not in FORMATS:
        raise CbecError(f"unknown RDF format {name!r}", fix=f"use one of {', '.join(FORMATS)}")
    return FORMATS[name]


def by_suffix(suffix: str) -> Format:
    """Format of a file's suffix, dot included; raises `CbecError` with the suffixes that there are."""
    if suffix not in _BY_SUFFIX:
        raise CbecError(f"unknown RDF suffix {suffix!r}", fix=f"use one of {', '.join(_BY_SUFFIX)}")
    return _BY_SUFFIX[suffix]
