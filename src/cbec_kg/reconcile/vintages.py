"""When a figure was first known, what only repeats an older one, and what replaces it.

A later claim whose interval contains an earlier one's is a repeat and takes its day, unless it is called revised or its
article gives the same observation a growth that has no number in common with the earlier one. What is later and no
repeat revises the earlier claim where one of them is called preliminary or revised, or both are of one speaker. What
agrees with a replaced claim, and with nothing that replaced it or that stands beside that, is an old figure as well.

>>> from decimal import Decimal as D
>>> from cbec_kg.model.slots import Slots
>>> from cbec_kg.reconcile.figure import Point
>>> point = Point(Slots("cbec-trade-value", "china", "all", "all", "total", "gac-total"), "2022")
>>> def said(digest, measure, low, high, day, growths=()):
...     stating = Stating(measure, "CNY") if measure == "level" else Stating(measure, "percent", "yoy")
...     return Figure(digest=digest, point=point, stating=stating, status="reported", qualifier="exact", value=D(low),
...                   lower=D(low), upper=D(high), vintage=day, growths=frozenset(growths),
...                   speakers=frozenset({"customs"}))
>>> early = [said("a", "level", "2.105", "2.115", "2023-01-13", "g"), said("g", "growth", 9, 10, "2023-01-13")]
>>> again = said("b", "level", "2.05", "2.15", "2023-06-01")
>>> days([*early, again])["b"], superseded([*early, again])
('2023-01-13', {})
>>> later = [said("c", "growth", 7, 8, "2024-01-12"), said("d", "level", "2.05", "2.15", "2024-01-12", "c")]
>>> superseded([*early, *later])
{'c': ('g',), 'd': ('a',)}
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from cbec_kg.reconcile.figure import Figure, Stating
from cbec_kg.reconcile.finding import Finding

__all__ = ["current", "days", "earlier_releases", "revisions", "superseded"]

_FORMULA = "later release = earlier release"


def days(figures: Iterable[Figure]) -> dict[str, str | None]:
    """Vintage of each figure of one point by its digest, that of a repeat being the day of what it repeats."""
    figures = sorted(figures, key=_age)
    growths = _growths(figures)
    found: dict[str, str | None] = {}
    for group in _alike(figures).values():
        for at, one in enumerate(group):
            found[one.digest] = one.vintage
            if one.vintage and one.status != "revised":
                repeated = (earlier for earlier in group[:at] if _is_repeat(one, earlier, growths))
                if (earlier := next(repeated, None)) is not None:
                    found[one.digest] = found[earlier.digest]
    return found


def superseded(figures: Iterable[Figure]) -> dict[str, tuple[str, ...]]:
    """Claims of one point that revise others: the replaced claims' digests by the later one's, both sorted.

    Of a chain of releases each revises what no release before it has replaced.
    """
    figures = sorted((one for one in figures if one.is_firm), key=_age)
    known, growths = days(figures), _growths(figures)
    found: dict[str, tuple[str, ...]] = {}
    for group in _alike(figures).values():
        found |= _chain(group, known, growths)
    return dict(sorted(found.items()))


def _chain(
    group: Sequence[Figure], known: Mapping[str, str | None], growths: Mapping[str, Figure]
) -> dict[str, tuple[str, ...]]:
    """What the releases of claims that state the same revise, day by day."""
    found: dict[str, tuple[str, ...]] = {}
    gone: dict[str, Figure] = {}
    last: list[Figure] = []
    for day in sorted({str(known[one.digest]) for one in group if known[one.digest]}):
        new = {}
        for one in (one for one in group if known[one.digest] == day and not _is_old(one, gone.values(), last)):
            before = [other for other in group if _revises(one, other, known, growths) and other.digest not in gone]
            if before:
                new[one.digest] = before
        if new:
            last = [one for one in group if one.digest in new]
            found |= {digest: tuple(sorted(other.digest for other in before)) for digest, before in new.items()}
            gone |= {other.digest: other for before in new.values() for other in before}
    for later, others in _companions(group, found).items():
        found[later] = tuple(sorted({*found[later], *others}))
    return found


def _is_old(one: Figure, gone: Iterable[Figure], last: Iterable[Figure]) -> bool:
    """Whether a claim only says again what was replaced before its day."""
    return (
        one.status != "revised"
        and any(one.interval.meets(other.interval) for other in gone)
        and not any(one.interval.meets(other.interval) for other in last)
    )


def _companions(group: Sequence[Figure], replaced: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    """Claims that only say again, in other words or digits, what a later release of others has replaced.

    ``group`` are claims that state the same, ``replaced`` what some of them revise.
    """
    by_digest = {one.digest: one for one in group}
    old = {later: [by_digest[each] for each in earlier] for later, earlier in replaced.items() if later in by_digest}
    gone = {each.digest for earlier in old.values() for each in earlier}
    found: dict[str, set[str]] = defaultdict(set)
    for one in group:
        if one.digest in gone or one.digest in old or any(one.interval.meets(by_digest[new].interval) for new in old):
            continue
        for later, earlier in old.items():
            if any(one.interval.meets(each.interval) for each in earlier):
                found[later].add(one.digest)
    return found


def earlier_releases(figures: Iterable[Figure]) -> dict[str, set[str]]:
    """All that claims of one point replace, those included that what they replaced had replaced; by digest."""
    replaced = superseded(figures)
    found: dict[str, set[str]] = {}
    for later in replaced:
        waiting, seen = list(replaced[later]), set[str]()
        while waiting:
            earlier = waiting.pop()
            if earlier not in seen:
                seen.add(earlier)
                waiting += replaced.get(earlier, ())
        found[later] = seen
    return found


def current(figures: Iterable[Figure]) -> list[Figure]:
    """Firm figures of one point that no later release has replaced, by digest."""
    by_digest = {one.digest: one for one in figures if one.is_firm}
    replaced = {earlier for earliers in superseded(by_digest.values()).values() for earlier in earliers}
    return [by_digest[digest] for digest in sorted(set(by_digest) - replaced)]


def revisions(figures: Sequence[Figure]) -> list[Finding]:
    """Findings that a claim of a point replaces an earlier one, by digest."""
    by_digest = {one.digest: one for one in figures}
    found = []
    for later, earliers in superseded(figures).items():
        new = by_digest[later]
        for old in (by_digest[earlier] for earlier in earliers):
            found.append(
                Finding(
                    kind="revision", check="revision", point=new.point, measure=new.stating.measure, formula=_FORMULA,
                    claims=tuple(sorted((new.digest, old.digest))), unit=new.stating.unit, tested=old.digest,
                    calculation=f"{old.vintage}: {old.value}; {new.vintage}: {new.value}", value=new.value,
                    lower=new.lower, upper=new.upper, gap=new.interval.gap(old.interval),
                )
            )  # fmt: skip
    return sorted(found, key=lambda one: one.digest)


def _age(figure: Figure) -> tuple[str, str]:
    return figure.vintage or "9999", figure.digest


def _alike(figures: Iterable[Figure]) -> dict[Stating, list[Figure]]:
    """Figures that may repeat or revise each other, in their order."""
    found: dict[Stating, list[Figure]] = defaultdict(list)
    for one in figures:
        found[one.stating].append(one)
    return found


def _growths(figures: Iterable[Figure]) -> dict[str, Figure]:
    """Firm growth claims by their digests."""
    return {one.digest: one for one in figures if one.is_firm and one.stating.measure == "growth"}


def _is_repeat(one: Figure, earlier: Figure, growths: Mapping[str, Figure]) -> bool:
    """Whether a claim gives an earlier one again, as exactly or less so."""
    if earlier.vintage is None or one.vintage is None or earlier.vintage >= one.vintage:
        return False
    return (
        earlier.is_firm == one.is_firm
        and one.interval.contains(earlier.interval)
        and not _grew_otherwise(one, earlier, growths)
    )


def _grew_otherwise(one: Figure, earlier: Figure, growths: Mapping[str, Figure]) -> bool:
    """Whether a claim's article gives the point a growth that excludes what the earlier claim's article gives."""
    mine = [growths[digest] for digest in one.growths if digest in growths]
    before = [growths[digest] for digest in earlier.growths if digest in growths]
    return any(a.stating == b.stating and not a.interval.meets(b.interval) for a in mine for b in before)


def _revises(one: Figure, other: Figure, known: Mapping[str, str | None], growths: Mapping[str, Figure]) -> bool:
    day, before = known[one.digest], known[other.digest]
    if day is None or before is None or day <= before or (one.status == "estimate" != other.status):
        return False
    differs = not one.interval.meets(other.interval) or _grew_otherwise(one, other, growths)
    said = one.status == "revised" or other.status == "preliminary"
    return (differs or one.status == "revised") and (said or bool(one.speakers & other.speakers))
