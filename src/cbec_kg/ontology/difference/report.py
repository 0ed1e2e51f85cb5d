"""Tell a difference: as text for a terminal, as Markdown for release notes, as JSON for programs.

>>> from cbec_kg import paths
>>> from cbec_kg.ontology.difference import compare, read_version
>>> same = read_version(paths.ontology() / "modules" / "reused.ttl")
>>> print(as_text(compare(same, same), {}, "en"), end="")
No version → no version: nothing differs.
"""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from cbec_kg.namespaces import compact
from cbec_kg.ontology.difference.compare import Change, Difference, TermChange
from cbec_kg.ontology.difference.expressions import Expression, written
from cbec_kg.ontology.difference.statements import WEIGHTS
from cbec_kg.ontology.difference.uses import USERS, Uses
from cbec_kg.ontology.difference.words import WORDS

__all__ = ["as_json", "as_markdown", "as_text"]

_FEW = 6  # names of users in a line
_BY_PREDICATE = frozenset({"statement", "annotation", "link", "note"})  # kinds of many properties: named by them


def as_json(difference: Difference, uses: Mapping[str, Uses], lang: str) -> dict[str, Any]:
    """The whole difference as plain data; expressions are written with the labels of a language."""

    def text(expression: Expression | None) -> str | None:
        return None if expression is None else written(expression, lambda iri: _named(iri, difference, lang))

    return {
        "old": {"source": difference.old.source, "version": difference.old.number},
        "new": {"source": difference.new.source, "version": difference.new.number},
        "counts": difference.counts,
        "weight": difference.weight,
        "step": difference.step,
        "asks_for": difference.asks_for,
        "enough": difference.is_enough,
        "terms": [
            {
                "iri": term.iri,
                "name": compact(term.iri),
                "labels": dict(sorted(term.labels.items())),
                "sort": term.sort,
                "state": term.state,
                "weight": term.weight,
                "replaced_by": list(term.replaced_by),
                "changes": [
                    {
                        "kind": change.kind,
                        "predicate": change.predicate,
                        "language": change.language or None,
                        "weight": change.weight,
                        "old": text(change.old),
                        "new": text(change.new),
                    }
                    for change in term.changes
                ],
                "uses": {user: list(found) for user, found in uses.get(term.iri, {}).items()},
            }
            for term in difference.terms
        ],
    }


def as_text(difference: Difference, uses: Mapping[str, Uses], lang: str) -> str:
    """Lines for people, the heaviest changes first."""
    lines = [_summary(difference, lang)]
    for weight, terms in _by_weight(difference):
        lines += ["", WORDS[lang][weight]]
        for term in terms:
            lines.append("  " + _head(term, difference, lang))
            lines += (f"      {line}" for line in _details(term, difference, uses, lang))
    return "\n".join(lines) + "\n"


def as_markdown(difference: Difference, uses: Mapping[str, Uses], lang: str) -> str:
    """The same as a list under headings, for a change note."""
    lines = [_summary(difference, lang)]
    for weight, terms in _by_weight(difference):
        lines += ["", f"### {WORDS[lang][weight]}", ""]
        for term in terms:
            head = _head(term, difference, lang)
            lines.append(f"- {head.replace(compact(term.iri), f'`{compact(term.iri)}`', 1)}")
            lines += (f"  - {_escaped(line)}" for line in _details(term, difference, uses, lang))
    return "\n".join(lines) + "\n"


def _escaped(line: str) -> str:
    return line.replace("*", "\\*").replace("_", "\\_").replace("<", "\\<")


def _by_weight(difference: Difference) -> Iterator[tuple[str, list[TermChange]]]:
    for weight in reversed(WEIGHTS):
        terms = [term for term in difference.terms if term.weight == weight]
        if terms:
            yield weight, terms


def _summary(difference: Difference, lang: str) -> str:
    words = WORDS[lang]
    old, new = (side.number or words["no version"] for side in (difference.old, difference.new))
    if not difference.terms:
        return _capital(f"{old} → {new}{words[': ']}{words['nothing differs']}")
    counts = words[", "].join(
        f"{count} {words[f'counted {name}']}" for name, count in difference.counts.items() if count and name in WEIGHTS
    )
    least = difference.asks_for
    step = words["step"].format(step=words[str(difference.step)])
    asked = words["asks for"].format(least=least) if least else ""
    short = "" if difference.is_enough or not least else words["not enough"].format(number=new)
    return _capital(f"{old} → {new}{words[': ']}{counts}{words['. ']}{step}{asked}{short}{words['.']}")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _named(iri: str, difference: Difference, lang: str) -> str:
    """A term by its label and its name; what has no label by its name alone."""
    label = _label(difference.labels.get(iri, {}), lang)
    return f"{label} ({compact(iri)})" if label else compact(iri)


def _label(labels: Mapping[str, str], lang: str) -> str | None:
    return labels.get(lang) or next((labels[key] for key in sorted(labels)), None)


def _head(term: TermChange, difference: Difference, lang: str) -> str:
    words = WORDS[lang]
    label = _label(term.labels, lang)
    about = words[", "].join(part for part in (label, words[term.sort]) if part)
    head = f"{words[term.state]} {compact(term.iri)} ({about})"
    if term.replaced_by:
        stands = words[", "].join(_named(iri, difference, lang) for iri in term.replaced_by)
        head += words["replaced by"].format(terms=stands)
    return head


def _details(term: TermChange, difference: Difference, uses: Mapping[str, Uses], lang: str) -> Iterator[str]:
    """Lines below a term. Of one that came or went, what it is; of one that changed, from what to what."""
    gone = term.state in ("removed", "renamed") and all(change.new is None for change in term.changes)
    whole = term.state == "added" or gone
    told = [change for change in term.changes if not whole or _tells(change, lang)]
    for key, group in groupby(told, _line_of):
        yield _line(list(group), difference, lang, paired=key[3] and key[4], bare=whole)
    if term.weight != "editorial":
        yield from _used(uses.get(term.iri, {}), lang)


def _tells(change: Change, lang: str) -> bool:
    """Whether a statement belongs to what is told of a term that came or went: its axioms, and what it means."""
    if change.kind == "definition":
        return change.language == lang
    return change.kind not in ("type", "label", "name", "note")


def _line_of(change: Change) -> tuple[str, str, str, bool, bool]:
    """What the changes of one line have in common."""
    return change.kind, change.predicate, change.language, change.old is not None, change.new is not None


def _line(changes: list[Change], difference: Difference, lang: str, *, paired: bool, bare: bool) -> str:
    words, first = WORDS[lang], changes[0]

    def text(expression: Expression | None) -> str:
        return written(expression or (), lambda iri: _named(iri, difference, lang))

    kind = words.get(first.kind) if first.kind not in _BY_PREDICATE else None
    name = kind or _named(first.predicate, difference, lang)
    name += f" @{first.language}" if first.language else ""
    if paired:
        return f"{name}{words[': ']}{text(first.old)} → {text(first.new)}"
    sign = "" if bare else "+ " if first.new else "− "
    return f"{name}{words[': ']}{sign}{words[', '].join(text(change.new or change.old) for change in changes)}"


def _used(uses: Uses, lang: str) -> Iterator[str]:
    words = WORDS[lang]
    for user in USERS:
        found = uses.get(user, ())
        if found:
            more = words["more"].format(count=len(found) - _FEW) if len(found) > _FEW else ""
            yield f"{words[f'used by {user}']} ({len(found)}){words[': ']}{words[', '].join(found[:_FEW])}{more}"
