"""Push the graph of a store into a server, so that it holds what the store holds, and was counted to.

In this order: what must be gone is removed, named graphs are sent, the default graph last, for queries read that. A
graph that fits into one body is replaced in one request; of a larger one readers see pieces meanwhile. What was done
stands in the server's own ``graph/pushed``, so that a push which was killed goes on when it is run again.

>>> Options().body_size
8000000
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from cbec_kg.errors import CbecError, Negative, StoreError
from cbec_kg.export.graphs import short_name
from cbec_kg.export.push.plan import Plan, Target, There, plan
from cbec_kg.export.push.record import HEAD, PUSHED, Entry, lines
from cbec_kg.export.push.report import Pushed
from cbec_kg.export.push.server import Server
from cbec_kg.export.push.spool import spool
from cbec_kg.store.base import Store
from cbec_kg.store.foreign.graphs import is_ours

__all__ = ["Options", "push"]

Tell = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Options:
    """How to push.

    ``own_default``: whether the server has a default graph of its own; None: it is found out. ``body_size`` in bytes.
    ``replace_default`` gives up what others put into the default graph; ``again`` sends what is there already.
    """

    own_default: bool | None = None
    body_size: int = 8_000_000
    replace_default: bool = False
    again: bool = False
    dry_run: bool = False


def push(store: Store, server: Server, options: Options | None = None, tell: Tell | None = None) -> Pushed:
    """Make a server hold the graph of a store; returns what was sent, skipped and removed.

    ``tell`` is told of each body: the graph's short name, bytes sent so far, and bytes to send in all. Raises
    `StoreError` where the server does not play its part, and `Negative` where it holds other numbers of triples in the
    end, naming the graphs.
    """
    options = options or Options()
    with _folder() as folder:
        spooled = [spool(graph, store.quads(graph), Path(folder)) for graph in ("", *filter(is_ours, store.graphs()))]
        own, graphs, record = _look(server, options)
        there = There(graphs, server.count("") if own else 0, record or {})
        try:
            made = plan(
                spooled, there, own_default=own is not False, body_size=options.body_size,
                replace_default=options.replace_default, again=options.again,
            )  # fmt: skip
        except StoreError:
            if record is None and not options.dry_run:
                server.delete(PUSHED)
            raise
        if not options.dry_run and (made.send or made.remove):
            _Run(made, server, options, tell).run()
    sent, skipped = ({one.iri: one.spooled.triples for one in some} for some in (made.send, made.skip))
    return Pushed(own, sent, skipped, made.remove, {one.iri: one.first for one in made.send if one.first})


def _folder() -> TemporaryDirectory[str]:
    try:
        return TemporaryDirectory(prefix="cbec-kg-push-")
    except OSError as error:
        raise CbecError(
            f"no folder for the time being can be made: {error.strerror}", fix="name one as TMPDIR"
        ) from None


def _look(server: Server, options: Options) -> tuple[bool | None, dict[str, int], dict[str, Entry] | None]:
    """Whether the default graph is the server's own, our graphs there, and the record; one is begun to find out."""
    graphs, record, own = server.graphs(), server.record(), options.own_default
    if record is None and options.dry_run:
        return own, graphs, None
    if record is None:
        server.put(PUSHED, HEAD)
        if server.record() is None:
            server.delete(PUSHED)
            raise _apart(server)
    server.learn_spelling()
    return (not server.is_union() if own is None else own), graphs, record


def _apart(server: Server) -> StoreError:
    return StoreError(
        f"what is written to {server.to} is not seen at {server.sparql}", fix="name the same dataset with --sparql URL"
    )


class _Run:
    """A plan, carried out."""

    def __init__(self, made: Plan, server: Server, options: Options, tell: Tell | None) -> None:
        self.made, self.server, self.size, self.tell = made, server, options.body_size, tell
        self.sent, self.total = 0, sum(one.spooled.size for one in made.send)

    def run(self) -> None:
        done = {one.key: Entry(one.spooled.sha256, one.spooled.triples) for one in self.made.skip}
        begun = {one.key: Entry(one.spooled.sha256, None, self.size, one.first) for one in self.made.send}
        self.server.put(PUSHED, HEAD + lines(done | begun))
        if self.server.record() != done | begun:
            raise _apart(self.server)
        for iri in self.made.remove:
            self.server.delete(iri)
        for target in self.made.send:
            if self.whole(target) or self.anew(target):
                entry = Entry(target.spooled.sha256, target.spooled.triples)
                self.server.post(PUSHED, lines({target.key: entry}))
            self.sent += target.spooled.size
        self.finish()

    def anew(self, target: Target) -> bool:
        """Begin a graph anew: the server lost what an earlier push had sent, or kept what a PUT should replace."""
        if target.iri:
            self.server.delete(target.iri)
        elif not target.first:
            return False  # deleting a default graph is no more than the PUT that it had
        return self.whole(replace(target, first=0))

    def whole(self, target: Target) -> bool:
        """Send the bodies of a graph that are not there yet; whether the server then counts what it should."""
        size = 0
        for place, body in enumerate(target.spooled.bodies(self.size)):
            if place >= target.first:
                (self.server.post if place else self.server.put)(target.iri, body)
                self.server.post(PUSHED, lines({target.key: Entry(target.spooled.sha256, None, self.size, place + 1)}))
            size += len(body)
            if self.tell:
                self.tell(target.name, self.sent + size, self.total)
        return self.server.count(target.iri) == target.spooled.triples

    def finish(self) -> None:
        """Count everything once more, and leave a record that has what is right as done, and the rest as begun."""
        targets = [*self.made.send, *self.made.skip]
        counts = self.server.graphs()
        if any(not one.iri for one in targets):
            counts[""] = self.server.count("")
        pairs = {one.key: (counts.get(one.iri, 0), one.spooled.triples) for one in targets}
        pairs |= {iri: (counts[iri], 0) for iri in self.made.remove if iri and counts.get(iri)}
        wrong = {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}
        entries = {
            one.key: Entry(one.spooled.sha256, None if one.key in wrong else one.spooled.triples, self.size)
            for one in targets
        }
        self.server.put(PUSHED, HEAD + lines(entries))
        if wrong:
            raise _miscounted({short_name(key): pair for key, pair in wrong.items()}, self.server)


def _miscounted(wrong: Mapping[str, tuple[int, int]], server: Server) -> Negative:
    said = "; ".join(f"{name} {there:,} instead of {triples:,}" for name, (there, triples) in wrong.items())
    return Negative(
        f"{server.sparql} counts other numbers of triples than were sent: {said}",
        fix="push again; if it stays so, another process writes there, or the server changes literals as it reads them",
    )
