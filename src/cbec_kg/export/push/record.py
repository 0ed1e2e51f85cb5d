"""What a push leaves on the server about itself: ``graph/pushed``, an entry for each graph.

A graph that is there and was counted has the digest and number of its triples; one under way has the digest of what is
being sent, how large its bodies are, and how many of them the server has taken. So a push that died, from whatever
machine, is gone on with from any other.

>>> done = {GRAPH + "entities": Entry("ab12", 3)}
>>> under_way = {GRAPH + "all": Entry("cd34", None, body_size=4_000_000, bodies=2)}
>>> print(lines(done | under_way).decode().splitlines()[0].replace(GRAPH, "graph:"))
<graph:entities> <https://schema.org/sha256> "ab12" .
>>> entries = read([(NamedNode(GRAPH + "entities"), NamedNode(name), Literal(value)) for name, value in
...                 [(_DIGEST, "ab12"), (_COUNT, "3"), (_SENDING, "xy"), (_BODIES, "1"), (_BODIES, "2")]])
>>> entries == done
True
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cbec_kg.namespaces import BASE, GRAPH, PREFIXES
from cbec_kg.rdf.terms import XSD, Literal, NamedNode, Term, integer
from cbec_kg.store.remote.store import ALL, PUSHED

__all__ = ["ALL", "DEFAULT", "HEAD", "PUSHED", "SEEN", "WHOLE", "Entry", "lines", "numbers_of", "read"]

DEFAULT = GRAPH + "default"
"""Name of a server's default graph in the record; no graph is called so."""
_TITLE, _WHOLE = PREFIXES["dcterms"] + "title", BASE + "push#wholeDecimal"
HEAD = (
    f'<{PUSHED}> <{_TITLE}> "what cbec-kg push left here" .\n<{PUSHED}> <{_WHOLE}> "10"^^<{XSD}decimal> .\n'
).encode()
"""N-Triples that are always in the record: by them one sees what the server makes of what it is sent."""
SEEN = f"SELECT ?o WHERE {{ <{PUSHED}> <{_TITLE}> ?o }}"
"""Has a row where a query without a graph sees named graphs too."""
WHOLE = f"SELECT (STR(?o) AS ?n) WHERE {{ GRAPH <{PUSHED}> {{ <{PUSHED}> <{_WHOLE}> ?o }} }}"
"""How the server writes a decimal without a fraction."""

_NUMBER = re.compile("[0-9]{1,18}")
_PUSH = BASE + "push#"
_DIGEST, _COUNT = PREFIXES["schema"] + "sha256", "http://rdfs.org/ns/void#triples"
_SENDING, _SIZE, _BODIES = _PUSH + "sending", _PUSH + "bodySize", _PUSH + "bodiesSent"


@dataclass(frozen=True, slots=True)
class Entry:
    """One graph: the digest of its triples, and their number once the server has been seen to hold them all.

    Until then ``triples`` is None, and the server has taken ``bodies`` of ``body_size`` bytes each.
    """

    sha256: str
    triples: int | None
    body_size: int = 0
    bodies: int = 0


def lines(entries: Mapping[str, Entry]) -> bytes:
    """N-Triples of entries. Adding them to the record makes a graph done, or a further body taken."""
    found: list[tuple[str, str, Literal]] = []
    for graph, entry in entries.items():
        if entry.triples is not None:
            found += [(graph, _DIGEST, Literal(entry.sha256)), (graph, _COUNT, integer(entry.triples))]
        else:
            found += [(graph, _SENDING, Literal(entry.sha256)), (graph, _SIZE, integer(entry.body_size))]
            found += [(graph, _BODIES, integer(entry.bodies))]
    return "".join(f"<{graph}> <{name}> {value} .\n" for graph, name, value in found).encode()


def read(triples: Iterable[tuple[Term | None, ...]]) -> dict[str, Entry]:
    """Entries of a record's triples; what is no entry is passed over, for then the graph is sent again."""
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, target in triples:
        if isinstance(subject, NamedNode) and isinstance(predicate, NamedNode) and isinstance(target, Literal):
            said[subject.value][predicate.value].append(target.value)
    entries = {}
    for graph, values in said.items():
        done, sending = values[_DIGEST], values[_SENDING]
        if len(done) == 1 and (counts := numbers_of(values[_COUNT])):
            entries[graph] = Entry(done[0], max(counts))
        elif len(sending) == 1 and len(sizes := numbers_of(values[_SIZE])) == 1:
            entries[graph] = Entry(sending[0], None, sizes[0], max(numbers_of(values[_BODIES]), default=0))
    return entries


def numbers_of(values: Iterable[str]) -> list[int]:
    """Those of some texts that count triples or bodies."""
    return [int(value) for value in values if _NUMBER.fullmatch(value)]
