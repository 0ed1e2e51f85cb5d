"""Names of the graph and addresses of this server: which IRI a path asks for, and where an IRI is found here.

Data keep their names, ``https://w3id.org/cbec-kg/...``, wherever a server runs: an IRI is what joins two graphs, and
data with ``http://localhost:8000`` in them would join none. What a client follows (``Location``, ``Link``, links of
pages) leads to this server instead: below ``--base`` where that is given, else by a path alone, which every client
reads against the address that it asked (RFC 9110, section 10.2.2), whatever its ``Host`` header says.

>>> iris_of("period/2021"), iris_of("article/中")
(('https://w3id.org/cbec-kg/period/2021',), ('https://w3id.org/cbec-kg/article/中', 'https://w3id.org/cbec-kg/article/%E4%B8%AD'))
>>> here = Addresses(base=None, root="/kg")
>>> here.path_of("https://w3id.org/cbec-kg/ontology#Claim", ".html"), here.path_of("https://w3id.org/cbec-kg/id/china")
('/kg/ontology.html#Claim', '/kg/id/china')
>>> Addresses(base="https://kg.example", root="/kg").path_of("https://w3id.org/cbec-kg/id/china", ".ttl")
'https://kg.example/id/china.ttl'
>>> here.path_of("https://example.org/a") is None
True
"""

from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request

from cbec_kg.namespaces import BASE

__all__ = ["DATASET", "Addresses", "iris_of"]

DATASET = "void"
"""Path of the data that describe the graph as a whole."""
_AS_IT_IS = "/!$&'()*+,;=:@~-._"
"""What a path may hold as it is beside letters and digits (RFC 3986, section 3.3)."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a server is reached: ``base`` by the world, or None; ``root`` is the path under which a proxy has it."""

    base: str | None
    root: str = ""

    def path_of(self, iri: str, suffix: str = "") -> str | None:
        """Where an IRI of the project is found here, with the suffix of a form; None for an IRI of others."""
        if not iri.startswith(BASE):
            return None
        path, mark, term = iri.removeprefix(BASE).partition("#")
        if not path and suffix:  # the graph as a whole: its page is the first, its data describe it
            return self.of("" if suffix == ".html" else f"{DATASET}{suffix}")
        return self.of(quote(path, safe=_AS_IT_IS + "%") + suffix + mark + quote(term, safe=_AS_IT_IS + "%/?"))

    def of(self, path: str) -> str:
        """Address of a path of this server, given without a slash before it."""
        return f"{self.base.rstrip('/') if self.base else self.root}/{path}"

    def absolute(self, request: Request, path: str) -> str:
        """The same with scheme and host, those of the request where no base is given: for what stands in data."""
        if self.base:
            return self.of(path)
        return f"{request.url.scheme}://{request.url.netloc}{self.root}/{path}"


def iris_of(path: str) -> tuple[str, ...]:
    """IRIs that a path, decoded once, may stand for: as it is written, and with what URIs cannot hold encoded."""
    written = BASE + path
    encoded = BASE + quote(path, safe=_AS_IT_IS)
    return (written,) if written == encoded else (written, encoded)
