"""Lines of an overlay for what a person says of a claim, a name or an article, and what they change.

>>> claim_code("claim:3f9c0d51b7a2e4466a10"), claim_code("id:aliexpress")
('3f9c0d51b7a2e4466a10', None)
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from cbec_kg.errors import CbecError, InvalidData
from cbec_kg.model.correction import AS_WRITTEN, Correction, row_digest
from cbec_kg.model.new_names import NewName, is_new
from cbec_kg.model.rows import Row
from cbec_kg.namespaces import CBEC, CLAIM, GRAPH, ID, local_name
from cbec_kg.pipeline.amend import changes_of
from cbec_kg.pipeline.corrected import Corrected, corrected, target_of
from cbec_kg.pipeline.ingest import Ingester
from cbec_kg.pipeline.living import Living
from cbec_kg.pipeline.sources import Curated
from cbec_kg.rdf.terms import NamedNode, iri
from cbec_kg.triples.mint import claim_digest
from cbec_kg.triples.names import Namer, is_unnamed, script

__all__ = ["Change", "Corrector", "Said", "claim_code"]

_CLAIM = re.compile(rf"(?:{re.escape(CLAIM)}|claim:)?([0-9a-f]{{20}})")


def claim_code(target: str) -> str | None:
    """Digest of a claim by its IRI, its prefixed name or the digest itself; None for anything else."""
    found = _CLAIM.fullmatch(target)
    return found[1] if found else None


@dataclass(frozen=True, slots=True)
class Said:
    """Who says something, and why; ``at`` is UTC."""

    by: str
    reason: str
    at: str = ""

    def now(self) -> "Said":
        """The same at this moment."""
        return replace(self, at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S"))


@dataclass(frozen=True, slots=True)
class Change:
    """One row of an article before and after; a claim's digest and its labels, None where there is none."""

    article: str
    start: int
    end: int
    before: tuple[str, str, str] | None
    after: tuple[str, str, str] | None


class Corrector:
    """Says things of one living graph: each method writes lines, changes the graph, and returns what changed."""

    def __init__(self, graph: Living, ingester: Ingester, said: Said, *, keep: bool = True) -> None:
        self.graph, self.ingester, self.said, self.keep = graph, ingester, said.now(), keep
        self.lines: list[Correction] = []
        self.notes: list[str] = []

    # ---- claims

    def claim(self, digest: str, action: str, given: Mapping[str, str], article: str | None = None) -> list[Change]:
        """Accept, reject, amend a claim, or undo that, in every ingested article that states it, or in one."""
        found = self._rows(digest, article)
        for name, read, row in found:
            content = self.graph.read(name)
            assert content is not None
            key: dict[str, Any] = {
                "article": name,
                "sha256": content.article.sha256,
                "start": read.start,
                "end": read.end,
            }
            line = Correction(
                at=self.said.at, by=self.said.by, action=action, reason=self.said.reason, row=row_digest(read),
                claim=claim_digest(read), about=self._label(content, row)[0], **key,
            )  # fmt: skip
            before = self.graph.overlay.holding.get(line.key)
            if action == "undo" and before is None:
                raise CbecError(f"nothing is said of claim {digest} in article {name}", fix="see `correct --list`")
            if action == "amend":
                kept = before.to if before and before.action == "amend" else {}
                line = replace(line, to={**kept, **changes_of(row, given, kept.get(AS_WRITTEN))})
            self.lines.append(line)
        return self._apply({name for name, _, _ in found})

    def _rows(self, digest: str, article: str | None) -> list[tuple[str, Row, Row]]:
        """Rows of a claim by article: as read, and as the graph has them."""
        quads = self.graph.store.quads_for_pattern(NamedNode(CLAIM + digest), iri("cbec:evidence"), None, None)
        named = {str(quad.graph_name)[1:-1] for quad in quads if isinstance(quad.graph_name, NamedNode)}
        prefix = f"{GRAPH}article_"
        articles = {name.removeprefix(prefix) for name in named if name.startswith(prefix)}
        articles |= {str(line.article) for line in self.graph.overlay.lines if line.claim == digest}
        if not articles:
            raise CbecError(f"no claim {digest} in the graph", fix="claims are in `cbec-kg article ID`")
        if article is not None and article not in articles:
            raise CbecError(f"article {article} does not state claim {digest}", fix=f"{', '.join(sorted(articles))} do")
        curated = articles & set(self.graph.sources.articles)
        mine = ({article} if article else articles) - curated
        if not mine:
            raise CbecError(
                f"claim {digest} is in curated articles only ({', '.join(sorted(curated))})",
                fix="change its rows under data/articles, and build",
            )
        if curated and article is None:
            self.notes.append(
                f"it stays in the curated {', '.join(sorted(curated))}: change its rows under data/articles"
            )
        found = []
        for name in sorted(mine):
            if content := self.graph.read(name):
                done = corrected(content, self.graph.overlay)
                pairs = [*done.origins, *((read, read) for read, _ in done.rejected)]
                found += [(name, read, row) for read, row in pairs if digest in (claim_digest(row), claim_digest(read))]
        if not found:
            raise CbecError(f"no row of claim {digest} is left as it was read", fix="see `correct --list`")
        return found

    # ---- names

    def entity(self, code: str, action: str, given: Mapping[str, str], target: str | None = None) -> list[Change]:
        """Accept a name as something new, merge it into something known, reject it, or undo that."""
        if not is_new(code):
            fix = "amend its claims" if is_unnamed(code) else "edit data/entities, and build"
            raise CbecError(f"{code} is no name that articles brought in", fix=fix)
        overlay = self.graph.overlay
        own, articles = self.graph.naming({code}), self.graph.naming(overlay.reaching({code}))
        if not own and not (action == "undo" and code in overlay.entities):
            raise CbecError(f"no ingested article names {code}", fix="see `cbec-kg query entities/unreviewed`")
        if action == "undo" and code not in overlay.entities:
            raise CbecError(f"nothing is said of {code}", fix="see `correct --list`")
        name = self._name(code, own)
        line = Correction(
            at=self.said.at, by=self.said.by, action=action, reason=self.said.reason, entity=code,
            about=name.label if name else None,
        )  # fmt: skip
        if action == "accept" and name:
            line = replace(line, to=self._accepted(name, given))
        elif action == "merge":
            line = replace(line, to=self._merged(code, target or ""))
        self.lines.append(line)
        return self._apply(articles)

    def _name(self, code: str, articles: set[str]) -> NewName | None:
        for article in sorted(articles):
            content = self.graph.shelf.get(article)
            for name in content.names if content else ():
                if name.code == code:
                    return name
        return None

    def _accepted(self, name: NewName, given: Mapping[str, str]) -> dict[str, Any]:
        if unknown := sorted(set(given) - {"class", "en", "zh"}):
            raise CbecError(f"accept has no {unknown[0]!r}", fix="it takes class=, en= and zh=")
        vocabulary = self.ingester.namer.vocabulary
        cls, own = given.get("class", name.candidate).removeprefix("cbec:"), script(name.label)
        entity = CBEC + "Entity"
        if CBEC + cls != entity and entity not in vocabulary.superclasses.get(CBEC + cls, ()):
            known = {local_name(one) for one, above in vocabulary.superclasses.items() if entity in above}
            raise CbecError(f"class {cls!r} is no class of entities", fix=f"one of {', '.join(sorted(known))}")
        other = "zh" if own == "en" else "en"
        if not given.get(other):
            raise CbecError(f"{name.label} needs a label in the other language", fix=f'add {other}="..."')
        return {"class": cls, "label": given.get(own, name.label), "other": given[other]}

    def _merged(self, code: str, target: str) -> dict[str, Any]:
        wanted = target.removeprefix(ID).removeprefix("id:").removeprefix("voc:")
        things = self.ingester.namer.vocabulary.things
        if is_new(wanted):
            if target_of(wanted, self.graph.overlay) in (code, None):
                raise CbecError(f"{wanted} is itself merged into {code}, or rejected", fix="undo that first")
            name = self._name(wanted, self.graph.naming({wanted}))
            if name is None or wanted == code:
                raise CbecError(f"no other name {wanted} in the graph", fix="name an entity by its code")
            return {"into": wanted, "name": list(name)}
        named = [term.code for term in things.values() if target in term.labels.values()]
        if wanted not in things and len(named) != 1:
            raise CbecError(f"nothing in the graph is {target!r}", fix="name an entity by its code, such as aliexpress")
        return {"into": wanted if wanted in things else named[0]}

    # ---- articles

    def metadata(self, article: str, given: dict[str, str | None]) -> list[Change]:
        """Set what is known of an article; None takes back what was set before."""
        if self.graph.read(article) is None:
            raise CbecError(f"article {article} is not in the graph", fix="see `cbec-kg query sources/articles`")
        before = self.graph.overlay.metadata.get(article, {})
        taken = {key for key, value in given.items() if value is None}
        if missing := sorted(taken - set(before)):
            raise CbecError(f"{missing[0]} of {article} was not set", fix="what an article says of itself stays")
        wanted = {key: value for key, value in (before | given).items() if value is not None}
        line = Correction(at=self.said.at, by=self.said.by, action="undo", reason=self.said.reason, article=article)
        if taken:
            self.lines.append(line)
        if wanted and wanted != before:
            self.lines.append(replace(line, action="set", to=wanted if taken else dict(given)))
        changes = self._apply({article})
        content, day = self.graph.read(article), given.get("published")
        if content and day and content.article.published not in (None, day):
            self.notes.append(
                f"its figures were read as of {content.article.published}: ingest its text again for what hangs on it"
            )
        return changes

    # ---- all of them

    def _apply(self, articles: set[str]) -> list[Change]:
        """Check what the lines make of the articles, keep it, and tell the difference."""
        overlay = self.graph.overlay.with_lines(self.lines)
        changes: list[Change] = []
        for article in sorted(articles):
            content = self.graph.read(article)
            if content is None:
                continue
            before, after = corrected(content, self.graph.overlay), corrected(content, overlay)
            known = self.ingester.faults(before.content)
            for digest, (shape, message) in sorted(self.ingester.faults(after.content).items()):
                if digest not in known:
                    raise InvalidData(f"article {article}: claim {digest} would break {shape}", fix=message)
            changes += self._differences(content, before, after)
        if self.keep:
            self.graph.correct(self.lines, articles)
        return changes

    def _differences(self, content: Curated, before: Corrected, after: Corrected) -> list[Change]:
        was, now = ({id(read): row for read, row in done.origins} for done in (before, after))
        found = []
        for read in content.rows:
            old, new = was.get(id(read)), now.get(id(read))
            if old != new:
                told = tuple(
                    (claim_digest(row), *self._label(done.content, row)) if row else None
                    for row, done in ((old, before), (new, after))
                )
                found.append(Change(content.article.id, read.start, read.end, *told))
        return found

    def _label(self, content: Curated, row: Row) -> tuple[str, str]:
        namer: Namer = self.ingester.namer.knowing(content.names)
        names = namer.claim(row)
        return names.en, names.zh
