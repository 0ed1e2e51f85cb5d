"""What a push has to do: which graphs are sent, from which body on, which are left alone, which are removed.

>>> from pathlib import Path
>>> spooled = [Spooled("", 5, 400, "d5", (), Path()), Spooled(GRAPH + "entities", 3, 200, "e3", (), Path())]
>>> there = There({GRAPH + "entities": 3, GRAPH + "article_gone": 7}, 0, {GRAPH + "entities": Entry("e3", 3)})
>>> made = plan(spooled, there, own_default=True, body_size=8_000_000)
>>> [one.name for one in made.send], [one.name for one in made.skip], made.remove
(['default'], ['entities'], {'https://w3id.org/cbec-kg/graph/article_gone': 7})
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cbec_kg.errors import StoreError
from cbec_kg.export.graphs import short_name
from cbec_kg.export.push.record import ALL, DEFAULT, PUSHED, Entry
from cbec_kg.export.push.spool import Spooled
from cbec_kg.namespaces import GRAPH

__all__ = ["Plan", "Target", "There", "plan"]


@dataclass(frozen=True, slots=True)
class There:
    """What a server holds: triples of each of our graphs and of the default graph, and what the record says."""

    graphs: Mapping[str, int]
    default: int
    record: Mapping[str, Entry]


@dataclass(frozen=True, slots=True)
class Target:
    """A graph and where it goes: ``iri`` on the server, ``""`` its default graph; ``first`` the body to begin with."""

    spooled: Spooled
    iri: str
    first: int = 0

    @property
    def key(self) -> str:
        """Name in the record."""
        return self.iri or DEFAULT

    @property
    def name(self) -> str:
        """Short name, for people."""
        return short_name(self.iri)


@dataclass(frozen=True, slots=True)
class Plan:
    """Graphs to send, the default graph last; those that are there as they should be; IRIs to remove, with triples."""

    send: tuple[Target, ...]
    skip: tuple[Target, ...]
    remove: Mapping[str, int]


def plan(
    spooled: Iterable[Spooled], there: There, *, own_default: bool, body_size: int, replace_default: bool = False,
    again: bool = False,
) -> Plan:  # fmt: skip
    """Compare what is to be there with what is.

    ``own_default``: the server has a default graph of its own, else `ALL` stands in for it. ``again`` sends everything.
    Raises `StoreError` where the server's default graph holds what no push left there, unless ``replace_default``.
    """
    default = "" if own_default else ALL
    targets = [Target(one, one.graph or default) for one in spooled]
    targets.sort(key=lambda one: (not one.spooled.graph, one.iri))  # the default graph last: queries read it
    if own_default and not replace_default:
        _check_default(there)
    send, skip = [], []
    for target in targets:
        entry, count = there.record.get(target.key), there.default if not target.iri else there.graphs.get(target.iri)
        same = entry is not None and entry.sha256 == target.spooled.sha256 and not again
        if same and entry is not None and entry.triples == target.spooled.triples == (count or 0):
            skip.append(target)
        elif same and entry is not None and entry.triples is None and entry.body_size == body_size and count:
            send.append(Target(target.spooled, target.iri, entry.bodies))
        else:
            send.append(target)
    wanted = {target.iri for target in targets} | {PUSHED}
    remove = {iri: count for iri, count in sorted(there.graphs.items()) if iri not in wanted and iri.startswith(GRAPH)}
    if not own_default and DEFAULT in there.record:
        remove[""] = there.default  # an earlier push had a default graph here; what it left would be found for ever
    return Plan(tuple(send), tuple(skip), remove)


def _check_default(there: There) -> None:
    entry = there.record.get(DEFAULT)
    if not there.default or (entry and entry.triples is None):
        return
    left = entry.triples if entry else 0
    if left != there.default:
        raise StoreError(
            f"the server's default graph holds {there.default:,} triples, and the last push left {left:,} there",
            fix="push into a dataset of its own, or let that default graph be replaced with --replace-default",
        )
