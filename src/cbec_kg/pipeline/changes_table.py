"""What changed, as lines for people and as JSON for programs.

>>> _count(1, "en"), _count(0, "zh")
('1 more', '另有0条')
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from cbec_kg.errors import OntologyError
from cbec_kg.model.rows import ObservationRow, Row
from cbec_kg.model.slots import Slots
from cbec_kg.pipeline.changes import ArticleChange, Changes, Conflict, Side
from cbec_kg.triples.labels import Names
from cbec_kg.triples.mint import claim_digest
from cbec_kg.triples.names import Namer

__all__ = ["Say", "as_json", "changes_table", "kind_of"]

_WORDS = {
    "since build": Names("since build {} ({} UTC)", "自版本{}（{} UTC）以来"),
    "since": Names("since {} UTC", "自{} UTC以来"),
    "early": Names("history begins there, nothing earlier is known", "历史自此开始，更早的情况未记录"),
    "articles": Names("articles: {}", "文章：{}"),
    "came": Names("{} came", "新增{}篇"),
    "replaced": Names("{} replaced", "更换{}篇"),
    "left": Names("{} went", "撤出{}篇"),
    "forgotten": Names("{} forgotten", "遗忘{}篇"),
    "claims": Names(
        "claims: {} new, {} gone (figures that no observation shows included)",
        "说法：新增{}条，撤出{}条（含未采用的数字）",
    ),
    "figures": Names("figures", "数字"),
    "entities": Names("entities", "实体"),
    "conflicts": Names("conflicts", "矛盾"),
    "appeared": Names("appeared", "出现"),
    "revised": Names("revised", "修订"),
    "went": Names("went", "撤出"),
    "against": Names("against", "对"),
    "nothing": Names("nothing changed", "没有变化"),
    "more": Names("{} more", "另有{}条"),
    "total": Names("changes: {}", "变化：{}"),
    "counted": Names("{0} {1}", "{1}{0}"),
    "comma": Names(", ", "，"),
    "semicolon": Names("; ", "；"),
}  # fmt: skip


def _said(key: str, lang: str) -> str:
    return str(getattr(_WORDS[key], lang))


def _count(count: int, lang: str) -> str:
    return _said("more", lang).format(count)


def changes_table(found: Changes, lang: str, limit: int = 0) -> str:
    """Lines for people; each of the three groups has at most ``limit`` of them, 0 is no limit."""
    say = Say(found.namer, lang)
    lines = [*_head(found, lang)]
    groups = {
        "figures": sorted(_figure_lines(found, say)),
        "entities": sorted(_entity_lines(found, say)),
        "conflicts": sorted(_conflict_lines(found, say)),
    }
    total = []
    for name, group in groups.items():
        kinds = [kind for _, kind, _ in group]
        if group:
            shown = group[:limit] if limit else group
            width = max(len(_said(kind, lang)) for kind in kinds)
            lines += ["", _said(name, lang), *(f"  {_said(kind, lang):{width}}  {text}" for _, kind, text in shown)]
            if len(shown) < len(group):
                lines.append(f"  ... {_count(len(group) - len(shown), lang)}")
        counts = [
            _said("counted", lang).format(kinds.count(kind), _said(kind, lang)) for kind in _KINDS if kind in kinds
        ]
        total += [f"{_said(name, lang)} {_said('comma', lang).join(counts)}"] if counts else []
    lines += [
        "",
        _said("total", lang).format(_said("semicolon", lang).join(total)) if total else _said("nothing", lang),
    ]
    return "\n".join(lines) + "\n"


_KINDS = ("appeared", "revised", "went")
Line = tuple[int, str, str]
"""Place of its kind among `_KINDS`, the kind, the text."""


def _line(kind: str, text: str) -> Line:
    return _KINDS.index(kind), kind, text


def _head(found: Changes, lang: str) -> Iterator[str]:
    since, at = found.since, found.since.at.replace("+00:00", "").replace("T", " ")
    head = _said("since build", lang).format(since.build, at) if since.build else _said("since", lang).format(at)
    yield f"{head}: {_said('early', lang)}" if since.early else head
    kinds = [kind_of(one) for one in found.articles]
    told = [_said(kind, lang).format(kinds.count(kind)) for kind in ("came", "replaced", "left")]
    told.append(_said("forgotten", lang).format(found.forgotten))
    yield _said("articles", lang).format(_said("comma", lang).join(told))
    new, gone = (sum(len(getattr(one, side)) for one in found.articles) for side in ("new", "gone"))
    yield _said("claims", lang).format(new, gone)


def kind_of(one: ArticleChange) -> str:
    """``came``, ``replaced`` or ``left``."""
    return "left" if one.now is None else "replaced" if one.before else "came"


def _figure_lines(found: Changes, say: "Say") -> Iterator[Line]:
    for one in found.figures:
        row = (one.now or one.before).row  # type: ignore[union-attr]
        what = say.observation(row)
        match one.before, one.now:
            case None, Side() as now:
                yield _line("appeared", f"{what}: {say.side(now)}")
            case Side() as before, None:
                yield _line("went", f"{what}: {say.side(before)}")
            case Side() as before, Side() as now:
                yield _line("revised", f"{what}: {say.side(before)} -> {say.side(now)}")


def _entity_lines(found: Changes, say: "Say") -> Iterator[Line]:
    for kind, codes in (("appeared", found.entities_came), ("went", found.entities_went)):
        for code in codes:
            label = say.entity(code)
            yield _line(kind, code if label == code else f"{label} ({code})")


def _conflict_lines(found: Changes, say: "Say") -> Iterator[Line]:
    for kind, pairs in (("appeared", found.conflicts_came), ("went", found.conflicts_went)):
        for one in pairs:
            a, b = sorted(one.sides, key=lambda side: (side.articles, side.digest))
            against = _said("against", say.lang)
            yield _line(kind, f"{say.observation(a.row)}: {say.side(a)} {against} {say.side(b)}")


class Say:
    """Labels in one language."""

    def __init__(self, namer: Namer, lang: str) -> None:
        self.namer, self.lang = namer, lang

    def observation(self, row: ObservationRow) -> str:
        """What a row is about."""
        names = self.namer.observation(Slots.of(row), self.namer.period(row) or Names("", ""))
        return str(getattr(names, self.lang))

    def value(self, row: ObservationRow) -> str:
        """What is stated, and how firmly where it is no plain fact."""
        said = str(getattr(self.namer.measured(row), self.lang))
        if row.status == "reported":
            return said
        status = self.namer.vocabulary.code("statuses", row.status).label(self.lang)
        return f"{said} ({status})" if self.lang == "en" else f"{said}（{status}）"

    def side(self, side: Side) -> str:
        """What is stated, and the articles that state it, the first three by name."""
        few, rest = side.articles[:3], len(side.articles) - 3
        return f"{self.value(side.row)} [{', '.join([*few, *([_count(rest, self.lang)] if rest > 0 else [])])}]"

    def entity(self, code: str) -> str:
        """Label of an entity."""
        return _or_code(lambda: self.namer.thing(code).label(self.lang), code)

    def claim(self, row: Row) -> str:
        """Label of a claim."""
        return _or_code(lambda: str(getattr(self.namer.claim(row), self.lang)), claim_digest(row))


def _or_code(label: Callable[[], str], code: str) -> str:
    """A label, or the code where the vocabulary has lost it since."""
    try:
        return label()
    except OntologyError:
        return code


def as_json(found: Changes, lang: str) -> dict[str, Any]:
    """All of it as JSON, with the claims that each article brought and took."""
    say, since = Say(found.namer, lang), found.since

    def figure(kind: str) -> list[dict[str, Any]]:
        keep = {"appeared": (False, True), "went": (True, False), "revised": (True, True)}[kind]
        return [
            {
                "observation": one.observation,
                "label": say.observation((one.now or one.before).row),  # type: ignore[union-attr]
                "measure": one.measure,
                **({"before": _side_json(one.before, say)} if one.before else {}),
                **({"now": _side_json(one.now, say)} if one.now else {}),
            }
            for one in found.figures
            if (one.before is not None, one.now is not None) == keep
        ]

    def conflict(one: Conflict) -> dict[str, Any]:
        label = say.observation(one.sides[0].row)
        sides = [_side_json(side, say) for side in one.sides]
        return {"observation": one.observation, "label": label, "measure": one.measure, "sides": sides}

    def article(one: ArticleChange) -> dict[str, Any]:
        told = {"claims_new": one.new, "claims_gone": one.gone}
        return {"article": one.article, "change": {"left": "went"}.get(kind_of(one), kind_of(one))} | {
            key: [{"claim": claim_digest(row), "label": say.claim(row)} for row in rows] for key, rows in told.items()
        }

    def entity(code: str) -> dict[str, str]:
        return {"entity": code, "label": say.entity(code)}

    return {
        "since": {"build": since.build, "at": since.at, "history_begins_there": since.early},
        "articles": [article(one) for one in found.articles],
        "forgotten": found.forgotten,
        "figures": {kind: figure(kind) for kind in _KINDS},
        "entities": {
            "appeared": list(map(entity, found.entities_came)), "went": list(map(entity, found.entities_went)),
        },
        "conflicts": {
            "appeared": list(map(conflict, found.conflicts_came)), "went": list(map(conflict, found.conflicts_went)),
        },
    }  # fmt: skip


def _side_json(side: Side, say: Say) -> dict[str, Any]:
    row = side.row
    return {
        "claim": side.digest, "label": say.value(row), "value": _number(row.value), "lower": _number(row.lower),
        "upper": _number(row.upper), "unit": row.unit, "status": row.status, "qualifier": row.qualifier,
        "articles": list(side.articles),
    }  # fmt: skip


def _number(value: Decimal | None) -> int | float | None:
    """A number as rows write it."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
