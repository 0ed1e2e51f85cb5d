"""Codes to nodes, and labels of series, observations and claims.

Every label is made of the labels of its parts by one template a language, so that a new indicator or entity reads well
without any code.

>>> from cbec_kg.ontology.vocabulary import Vocabulary
>>> Namer(Vocabulary({}, {}, {}, {}, {})).thing("unnamed_a1_93").iri
'https://w3id.org/cbec-kg/id/unnamed_a1_93'
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from cbec_kg.model.new_names import NewName
from cbec_kg.model.period import is_open, parse
from cbec_kg.model.rows import (
    ComparisonRow,
    CompositionRow,
    DefinitionRow,
    FactorRow,
    ObservationRow,
    RelationRow,
    Row,
    TrendRow,
)
from cbec_kg.model.slots import Slots, split_observation_name
from cbec_kg.namespaces import CBEC, ID
from cbec_kg.ontology.vocabulary import Term, Vocabulary
from cbec_kg.triples.grammar import capital, sentence
from cbec_kg.triples.labels import Names, amount, of_open_period, of_period, of_place_in_order, percent

__all__ = ["Namer", "is_unnamed", "script"]

_EFFECT = {
    "positive": Names("drives", "推动"),
    "negative": Names("curbs", "抑制"),
    "unstated": Names("affects", "影响"),
}
_COMPARED = {
    "greater": Names("exceeds", "高于"),
    "less": Names("stays below", "低于"),
    "equal": Names("equals", "等于"),
    "sole": Names("stands alone among", "独一于"),
}
_QUALIFIER = {"over": Names("over ", "超过"), "under": Names("under ", "不足"), "about": Names("about ", "约")}
_BASIS = {
    "yoy": Names(" year on year", "（同比）"),
    "mom": Names(" month on month", "（环比）"),
    "cagr": Names(" a year, compounded", "（年均复合）"),
    "cumulative": Names(" in all", "（累计）"),
}


def is_unnamed(code: str) -> bool:
    """Whether a code stands for something whose name the article has lost."""
    return code.startswith("unnamed_")


def _unnamed(code: str) -> Term:
    article, _, position = code.removeprefix("unnamed_").rpartition("_")
    labels = {
        "en": f"something left unnamed in article {article} at character {position}",
        "zh": f"文章{article}第{position}字符处未具名的对象",
    }
    return Term(ID + code, code, None, (CBEC + "Entity",), labels)


def _new(name: NewName) -> Term:
    """Term of a name of some article; it has one label, in the script that it is written in, and two when accepted."""
    label, language = unicodedata.normalize("NFKC", name.label), script(name.label)
    labels = {language: label, **({"zh" if language == "en" else "en": name.other} if name.other else {})}
    return Term(ID + name.code, name.code, None, (CBEC + (name.candidate if name.accepted else "Entity"),), labels)


def script(name: str) -> str:
    """Language that a name is written in, by its script: zh or en."""
    return "zh" if any("\u3400" <= char <= "\u9fff" for char in name) else "en"


@dataclass(frozen=True, slots=True)
class Namer:
    """Nodes and labels over one vocabulary, and over names that only some article has."""

    vocabulary: Vocabulary
    new: Mapping[str, NewName] = field(default_factory=dict)

    def knowing(self, names: Iterable[NewName]) -> "Namer":
        """The same, with names besides that the vocabulary does not have."""
        return Namer(self.vocabulary, {**self.new, **{name.code: name for name in names}})

    def thing(self, code: str) -> Term:
        """Entity or concept of a code; one left unnamed needs no entry."""
        if is_unnamed(code):
            return _unnamed(code)
        return _new(self.new[code]) if code in self.new else self.vocabulary.thing(code)

    def partner(self, code: str) -> Term:
        """Partner of a code; ``all`` is a code of its own list."""
        return self.vocabulary.code("partners", "all") if code == "all" else self.thing(code)

    def names(self, term: Term) -> Names:
        """Labels of a term."""
        return Names(term.label("en"), term.label("zh"))

    def period(self, row: Row) -> Names | None:
        """Labels of a row's period; None for a claim that needs none."""
        if is_open(row.period):
            if row.period is None and not isinstance(row, (ObservationRow, TrendRow)):
                return None
            return of_open_period(row.period, row.article, row.year_offset)
        return of_period(parse(str(row.period)))

    def series(self, slots: Slots) -> Names:
        """Labels of a series: indicator, flow, scope where there is a choice, entity, further dimensions."""
        indicator = self.vocabulary.code("indicators", slots.indicator)
        en, zh = indicator.label("en"), indicator.label("zh")
        notes = []
        if slots.flow != "none":
            flow, both = (self.names(self.vocabulary.code("flows", code)) for code in (slots.flow, "total"))
            told = both.zh in zh  # 进出口 in the indicator's own name gives way to 出口 or 进口
            zh = zh.replace(both.zh, flow.zh)
            notes.append(Names(flow.en, "" if told else flow.zh))
        if len(indicator.links.get("availableScope", ())) > 1 or slots.scope == "not-stated":
            notes.append(self.names(self.vocabulary.code("scopes", slots.scope)))
        if notes:
            en += f" ({'; '.join(note.en for note in notes)})"
        entity = self.names(self.thing(slots.entity))
        en = f"{en[0].upper()}{en[1:]}, {entity.en}"
        zh_parts = [entity.zh]
        if slots.partner != "all":
            partner = self.names(self.partner(slots.partner))
            en, zh_parts = f"{en}, with {partner.en}", [*zh_parts, f"对{partner.zh}"]
        if slots.sector != "all":
            sector = self.names(self.vocabulary.code("sectors", slots.sector))
            en, zh_parts = f"{en}, {sector.en}", [*zh_parts, sector.zh]
        zh = "".join([*zh_parts, zh])
        zh_notes = [note.zh for note in notes if note.zh]
        if slots.market:
            market = self.names(self.thing(slots.market))
            en, zh_notes = f"{en}, in {market.en}", [*zh_notes, f"{market.zh}市场"]
        if slots.channel:
            channel = self.names(self.thing(slots.channel))
            en, zh_notes = f"{en}, through {channel.en}", [*zh_notes, f"通过{channel.zh}"]
        return Names(en, f"{zh}（{'，'.join(zh_notes)}）" if zh_notes else zh)

    def observation(self, slots: Slots, period: Names) -> Names:
        """Labels of an observation."""
        series = self.series(slots)
        return Names(f"{series.en}, {period.en}", f"{period.zh}{series.zh}")

    def claim(self, row: Row) -> Names:
        """Labels of a claim, with what is not plain fact said at the end."""
        names = self._statement(row)
        status = self.vocabulary.code("statuses", row.status)
        if row.status not in ("reported", "actual"):
            names = Names(f"{names.en} ({status.label('en')})", f"{names.zh}（{status.label('zh')}）")
        return names

    def _statement(self, row: Row) -> Names:
        match row:
            case ObservationRow():
                period = self.period(row) or Names("", "")
                what, said = self.observation(Slots.of(row), period), self.measured(row)
                return Names(f"{what.en}: {said.en}", f"{what.zh}：{said.zh}")
            case FactorRow():
                self.vocabulary.code("polarities", row.polarity)
                return self._sentence(row, row.factor, _EFFECT[row.polarity], row.outcome)
            case RelationRow():
                labels = self.vocabulary.predicate(row.predicate).labels
                return self._sentence(row, row.subject, Names(labels["en"], labels["zh"]), row.object)
            case TrendRow():
                moving = self.names(self.thing(row.phenomenon)) if row.phenomenon else self.series(Slots.of(row))
                direction = self.names(self.vocabulary.code("directions", row.direction))
                return self._dated(row, Names(f"{capital(moving.en)}: {direction.en}", f"{moving.zh}：{direction.zh}"))
            case ComparisonRow():
                self.vocabulary.code("comparisons", row.relation)
                names = self._sentence(row, row.subject, _COMPARED[row.relation], row.object)
                basis = [self.names(self.vocabulary.code("measures", row.measure))] if row.measure else []
                basis += [self.names(self.thing(row.indicator))] if row.indicator else []
                en, zh = " of ".join(name.en for name in basis), "的".join(name.zh for name in reversed(basis))
                return Names(f"{names.en}: {en}", f"{names.zh}：{zh}") if basis else names
            case CompositionRow():
                return self._list(row, Names("Parts of {}: ", "{}包括："), row.whole, row.parts)
            case DefinitionRow():
                told = (row.genus, *row.characteristics)
                return self._list(row, Names("Definition of {}: ", "{}的定义："), row.term, told)
        raise TypeError(row.TYPE)

    def _sentence(self, row: Row, subject: str, verb: Names, object_: str) -> Names:
        s, o = self.names(self.thing(subject)), self.names(self.thing(object_))
        return self._dated(row, Names(sentence(s.en, verb.en, o.en), f"{s.zh}{verb.zh}{o.zh}"))

    def _list(self, row: Row, head: Names, whole: str, parts: tuple[str, ...]) -> Names:
        name, named = self.names(self.thing(whole)), [self.names(self.thing(part)) for part in parts]
        en, zh = ", ".join(part.en for part in named), "、".join(part.zh for part in named)
        return self._dated(row, Names(head.en.format(name.en) + en, head.zh.format(name.zh) + zh))

    def _dated(self, row: Row, names: Names) -> Names:
        period = self.period(row) if row.period else None
        return Names(f"{names.en}, {period.en}", f"{names.zh}（{period.zh}）") if period else names

    def measured(self, row: ObservationRow) -> Names:
        """What a claim says of its observation."""
        if row.kind == "record":
            return self.names(self.vocabulary.code("records", str(row.record)))
        value, hedge = row.value or Decimal(0), _QUALIFIER.get(row.qualifier, Names("", ""))
        unit = self.names(self.vocabulary.code("units", str(row.unit)))
        said = amount(value, str(row.unit), unit)
        match row.kind:
            case "growth" if row.unit == "percent":
                said, basis = percent(value, hedge), _BASIS.get(row.basis or "", Names("", ""))
                said = Names(f"{said.en}{basis.en}", f"{said.zh}{basis.zh}")
                if row.currency_basis:
                    currency = self.names(self.vocabulary.code("units", row.currency_basis))
                    said = Names(f"{said.en} in {currency.en}s", f"{said.zh}（以{currency.zh}计）")
                return said
            case "rank":
                said = of_place_in_order(value)
                if row.ranked_among:
                    group = self.names(self.thing(row.ranked_among))
                    said = Names(f"{said.en} among {group.en}", f"在{group.zh}中{said.zh}")
            case "share" if row.share_of:
                whole = self.series(split_observation_name(row.share_of)[0])
                said = Names(f"{said.en} of {whole.en[0].lower()}{whole.en[1:]}", f"占{whole.zh}的{said.zh}")
            case "change" if value > 0:
                said = Names(f"+{said.en}", f"+{said.zh}")
        return Names(f"{hedge.en}{said.en}", f"{hedge.zh}{said.zh}")
