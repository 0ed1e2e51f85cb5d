"""What a push did, for people and for machines.

>>> done = Pushed(False, {ALL: 5}, {"urn:x": 3}, {}, {ALL: 2})
>>> print(*done.lines(dry_run=False), sep="\\n")
sent  all  5 triples, after 2 requests that were there already
1 graph sent with 5 triples, 0 removed, 1 there already with 3
the server has no default graph of its own: https://w3id.org/cbec-kg/graph/all holds ours
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cbec_kg.export.graphs import short_name
from cbec_kg.export.push.record import ALL

__all__ = ["Pushed"]


@dataclass(frozen=True, slots=True)
class Pushed:
    """What was done, or would be: triples of each graph by its IRI, ``""`` the default graph.

    ``own_default`` is None where a dry run cannot know; ``resumed`` counts the requests of an earlier push that stand.
    """

    own_default: bool | None
    sent: Mapping[str, int]
    skipped: Mapping[str, int]
    removed: Mapping[str, int]
    resumed: Mapping[str, int]

    def as_json(self) -> dict[str, object]:
        """For machines."""
        rows = {
            verb: [{"graph": iri or "default", "triples": count} for iri, count in graphs.items()]
            for verb, graphs in (("sent", self.sent), ("skipped", self.skipped), ("removed", self.removed))
        }
        resumed = [{"graph": iri or "default", "requests": count} for iri, count in self.resumed.items()]
        default = None if self.own_default is None else "own" if self.own_default else "all"
        return {"default_graph": default, **rows, "resumed": resumed}

    def lines(self, dry_run: bool) -> Iterator[str]:
        """For people: a line a graph that changes, and one that counts."""
        send, remove = ("would send", "would remove") if dry_run else ("sent", "removed")
        for iri, count in self.removed.items():
            yield f"{remove}  {short_name(iri)}  {count:,} triples"
        for iri, count in self.sent.items():
            after = f", after {self.resumed[iri]} requests that were there already" if iri in self.resumed else ""
            yield f"{send}  {short_name(iri)}  {count:,} triples{after}"
        to_be, graphs = "to be " if dry_run else "", "graph" if len(self.sent) == 1 else "graphs"
        yield (
            f"{len(self.sent)} {graphs} {to_be}sent with {sum(self.sent.values()):,} triples, {len(self.removed)} "
            f"{to_be}removed, {len(self.skipped)} there already with {sum(self.skipped.values()):,}"
        )
        if self.own_default is False:
            yield f"the server has no default graph of its own: {ALL} holds ours"
        if self.own_default is None:
            yield "whether the server has a default graph of its own is found out by the first push"
