"""An answer in lines for a person, English or Chinese.

>>> from cbec_kg.answer.question import Question
>>> print(present(Answer(type="silent", question=Question("company-revenue", entity="shein", period="2022")), "en"))
silent: no claim of the graph states or gives this figure
company-revenue · shein · 2022
"""

from collections.abc import Iterator
from decimal import Decimal

from cbec_kg.answer.formulas import MOVES, calculated, in_words
from cbec_kg.answer.ledger import Claim, Evidence
from cbec_kg.answer.result import Answer, Check, Near, Note, Route, Side
from cbec_kg.answer.why import Why
from cbec_kg.answer.wording import HEDGES, between, headline, spoken
from cbec_kg.errors import RowError
from cbec_kg.model.period import parse
from cbec_kg.query.formats.display import one_line
from cbec_kg.reconcile.figure import Figure, Point
from cbec_kg.reconcile.interval import Interval
from cbec_kg.triples.labels import Names, of_period

__all__ = ["present", "present_why"]

_TYPES = {
    "known": Names("known", "已知"),
    "derived": Names("derived", "推算"),
    "conflicting": Names("conflicting: the claims exclude each other", "相互矛盾：各方数据互不相容"),
    "silent": Names(
        "silent: no claim of the graph states or gives this figure", "无记载：图谱中没有说法给出或可推出这一数字"
    ),
}
_MEASURES = {
    "level": Names("", ""),
    "growth": Names("growth on the year before", "同比增速"),
    "share": Names("share", "占比"),
    "rank": Names("rank", "排名"),
    "gap": Names("difference in growth", "增速差"),
    "contribution": Names("contribution to growth", "对增长的拉动"),
    "change": Names("change", "变化"),
    "record": Names("record", "纪录"),
}
_WORDS = {
    "scope": Names("scope", "口径"),
    "status": Names("status", "状态"),
    "formula": Names("formula", "公式"),
    "or": Names("or", "或"),
    "sources": Names("who says so", "出处"),
    "inputs": Names("from", "依据"),
    "side": Names("side", "一方"),
    "other side": Names("with the other side", "若按另一说法"),
    "checks": Names("checks", "核对"),
    "agrees": Names("agrees", "相符"),
    "disagrees": Names("does not agree", "不符"),
    "against": Names("{} against {}", "{}，对照{}"),
    "may be": Names("; possible reasons: {}", "；可能原因：{}"),
    "revised": Names("replaces", "取代"),
    "nearest": Names("nearest", "最接近的"),
    "undated": Names("undated", "未注明日期"),
    "unattributed": Names("unattributed", "未注明发布者"),
    "left out": Names("silent: {} claims are left out because they have no date", "无记载：{}条说法因没有日期而未计入"),
    "one left out": Names("silent: {} claim is left out because it has no date", "无记载：{}条说法因没有日期而未计入"),
    "to date": Names("to give its date: {}", "补充日期：{}"),
    "characters": Names("characters {}-{}", "字符{}-{}"),
    "again": Names("also written as {}", "另写作{}"),
    "claims": Names("claims about {}: {}", "关于{}的说法：{}条"),
    "why": Names("without these claims it would be {}:", "若无下列说法，则为“{}”："),
    "unproven": Names(" (after {} sets tried: not proven to be the smallest)", "（已尝试{}组：未证明为最小）"),
    "among": Names(
        "tried were sets of what the answer and its checks rest on or it takes for replaced (claims: {}), no others",
        "仅尝试了结论及其核对所依据、或视为已被取代的说法（{}条）的各种组合，未尝试其他说法",
    ),
    "why nothing": Names(
        "there is nothing it rests on, so no claim was left out to try", "结论没有依据任何说法，因此未作移除尝试"
    ),
    "why none": Names(
        "no such set changes the type (sets tried: {})", "移除其中任何一组都不会改变结论类型（已尝试{}组）"
    ),
    "why unknown": Names(
        "no set that changes the type was found (sets tried: {}, not all)",
        "未找到可改变类型的说法（已尝试{}组，并非全部）",
    ),
    "figure": Names("{}: 1 figure", "{}：1个数字"),
    "figures": Names("{}: {} figures", "{}：{}个数字"),
    "as of": Names("as of {}: undated evidence left out: {}", "截至{}：未计入无日期的证据{}条"),
}
_BASES = {
    "mom": Names("growth on the month before", "环比增速"),
    "cagr": Names("average growth a year", "年均增长"),
    "cumulative": Names("cumulative growth", "累计增长"),
    "other": Names("growth on another base", "增速（其他基期）"),
}
_SINCE = Names("{1} since {0}", "{0}以来{1}")
_REVIEWS = {
    "machine-read": Names("machine-read", "机器读取"),
    "reviewed": Names("reviewed", "人工核对"),
    "corrected": Names("corrected", "人工更正"),
}
_REASONS = {
    "missing input": Names("needed and not stated", "推算所需而未见记载"),
    "forecast": Names("only foreseen or aimed at", "仅为预测或目标"),
    "another basis": Names("another unit or basis", "单位或基准不同"),
    "another measure": Names("another measure", "同一指标的其他数据"),
    "another period": Names("another period", "另一时期"),
    "another scope": Names("another scope", "另一口径"),
    "another flow": Names("another direction", "另一流向"),
    "another partner": Names("another partner", "另一伙伴"),
    "another sector": Names("another sector", "另一行业"),
    "another market": Names("another market", "另一市场"),
    "another channel": Names("another channel", "另一渠道"),
    "no year": Names("the article names no year", "文章未注明年份"),
    "another indicator": Names("another indicator", "另一指标"),
    "other claims": Names("what else is known", "其他已知"),
    "similar name": Names("similar name", "相近名称"),
}
_NOTES = {
    "scope-chosen": Names("no scope was asked for: this is {}", "提问未指明口径，此为：{}"),
    "scope-chosen silent": Names("no scope was asked for: looked for as {}", "提问未指明口径，已按此口径查找：{}"),
    "period-latest": Names(
        "no period was asked for: {} is the latest year with a figure", "提问未指明时期：{}是有数据的最近年份"
    ),
    "period-last": Names(
        "no period was asked for: {} is the latest period with a figure", "提问未指明时期：{}是有数据的最近时期"
    ),
    "flow-named": Names("{!r} names one direction of trade: {}", "“{}”指明了流向：{}"),
    "unknown-name": Names("the graph does not know {!r}", "图谱中没有“{}”"),
}


_HEARD = {
    "fall": Names("it rose, and did not fall", "实际为增长，并未下降"),
    "rise": Names("it fell, and did not rise", "实际为下降，并未增长"),
}
_WANTED = {
    "forecast": Names("forecast", "预测"),
    "target": Names("target", "目标"),
    "estimate": Names("estimate", "估计"),
}
_NONE_WANTED = Names("none of this point", "此项没有")
_SILENT_BUT = Names("silent: no claim says what it came to", "无记载：没有说法给出实际数字")


def present(found: Answer, lang: str, *, wanted: str | None = None, direction: str | None = None) -> str:
    """Lines without a last newline; what names and texts hold of control characters is replaced.

    ``wanted`` is a status that was asked for (forecast, target, estimate): what bears it is told first. ``direction``
    is whether a ``rise`` or a ``fall`` was asked for: where it was the other, a line says so.
    """
    return "\n".join(map(one_line, _Lines(found, lang).lines(wanted, direction)))


def present_why(why: Why, found: Answer, lang: str) -> str:
    """What would change the type, in lines."""
    lines = _Lines(found, lang)
    if not why.among:
        return lines.word("why nothing")
    among = lines.word("among").format(why.among)
    if why.becomes is None:
        return "\n".join([lines.word("why none" if why.proven else "why unknown").format(why.tried), f"  {among}"])
    head = lines.word("why").format(lines.say(_TYPES[why.becomes]).split(":")[0].split("：")[0])
    if not why.proven:
        head += lines.word("unproven").format(why.tried)
    claims = [found.ledger.claims[digest] for digest in why.claims if digest in found.ledger.claims]
    figures = [figure for claim in claims if (figure := claim.figure)]
    told = [head, *lines.evidence(tuple(figures), "", named=True), f"  {among}"]
    return "\n".join(map(one_line, told))


class _Lines:
    def __init__(self, found: Answer, lang: str) -> None:
        self.found, self.lang, self.labels = found, lang, found.ledger.labels
        self.colon = "：" if lang == "zh" else ": "

    def say(self, names: Names) -> str:
        return str(getattr(names, self.lang))

    def bracketed(self, text: str) -> str:
        return f"（{text}）" if self.lang == "zh" else f" ({text})"

    def word(self, key: str) -> str:
        return self.say(_WORDS[key])

    def label(self, name: str, kind: str = "") -> str:
        """Label of a code in the language, else in the other, else the code."""
        known = self.labels.get(kind + name) or self.labels.get(name) or {}
        return known.get(self.lang) or next(iter(known.values()), name)

    def lines(self, wanted: str | None, direction: str | None) -> Iterator[str]:
        found = self.found
        ahead = list(self.wanted(wanted)) if wanted and found.status != wanted else []
        yield from ahead
        kind = self.headline()
        if found.type == "silent" and any(near.figure for near in self.bearing(wanted)):
            kind = self.say(_SILENT_BUT)
        yield f"{kind}{self.colon}{self.amount(found)}" if found.interval is not None else kind
        yield self.asked()
        if direction and found.measure == "growth" and found.value:
            if (found.value > 0) == (direction == "fall"):
                yield self.say(_HEARD[direction])
        yield from (self.note(note) for note in found.notes)
        if found.interval is not None:
            chosen = any(note.code == "scope-chosen" for note in found.notes)
            if found.point and found.point.slots.scope != "none" and not chosen:
                yield f"{self.word('scope')}{self.colon}{self.label(found.point.slots.scope, 'scope-')}"
            if found.status and found.status != "derived":
                yield f"{self.word('status')}{self.colon}{self.label(found.status, 'status-')}"
        yield from self.derivation()
        for side in found.sides:
            yield from self.side(side)
        if found.claims:
            yield from self.evidence(found.claims, self.word("sources"))
        for figure in found.revised_from:
            place = f"{figure.vintage or self.word('undated')} · art:{figure.source}"
            yield f"{self.word('revised')}{self.colon}{self.figure(figure)}{self.bracketed(place)}"
        yield from (self.check(one) for one in found.checks)
        if found.question.as_of:
            yield self.word("as of").format(self.day(found.question.as_of), found.undated_left_out)
            for article in found.undated_articles:
                yield self.word("to date").format(f"cbec-kg article {article} --set published=DATE")
        if found.nearest:
            yield ""
            yield self.word("nearest")
            yield from (f"  {self.near(near)}" for near in found.nearest)

    def headline(self) -> str:
        """What came out, and of a figure that is only said without a date that it is left out."""
        left, lang = len(self.found.undated_claims), self.lang
        if self.found.type != "silent" or not left:
            return self.say(_TYPES[self.found.type])
        return self.word("left out" if left > 1 or lang == "zh" else "one left out").format(left)

    def check(self, one: Check) -> str:
        """The claim that is tested, what others give, and whether both agree; if not, what the reason may be."""
        tested = spoken(one.tested.value, one.tested.interval, one.tested.stating.unit, self.lang, self.labels)
        tested += self.bracketed(f"art:{one.tested.source}")
        verdict = self.word("agrees" if one.agrees else "disagrees")
        if one.explanations:
            reasons = (self.label(reason, "explanation-") for reason in one.explanations)
            verdict += self.word("may be").format(("、" if self.lang == "zh" else ", ").join(reasons))
        if one.route:
            others = calculated(one.route, self.lang, self.labels, bounds=True)
        else:
            others = one.calculation if one.rule != "same-key" else self.figure(one.claims[0])
        against = self.word("against").format(tested, others or one.formula)
        return f"{self.word('checks')}{self.colon}{against}{self.bracketed(verdict)}"

    def bearing(self, status: str | None) -> list[Near]:
        """What is near, of the measure asked for, and bears a status; what is of the very point first."""
        some = [near for near in self.found.nearest if near.figure and near.figure.status == status]
        some = [near for near in some if near.figure and near.figure.stating.measure == self.found.measure]
        return [near for near in some if near.reason in ("forecast", "another scope")] or some

    def wanted(self, status: str) -> Iterator[str]:
        name, some = self.say(_WANTED[status]), self.bearing(status)
        if not some:
            yield f"{name}{self.colon}{self.say(_NONE_WANTED)}"
        for near in some:
            if near.figure:
                yield f"{name}{self.colon}{self.value(near.figure)}{self.bracketed(self.of(near.figure))}"

    def of(self, figure: Figure) -> str:
        """What a figure is of, its scope included."""
        scope = figure.point.slots.scope
        parts = [*self.series(figure.point), self.period(figure.point.period)]
        return " · ".join([*parts, *([self.label(scope, "scope-")] if scope != "none" else [])])

    def amount(self, found: Answer | Side | Route) -> str:
        unit, signed = self.found.unit, self.found.measure in MOVES
        if found.value is None or found.interval is None:
            return between(found.interval, unit, self.lang, self.labels, signed=signed) if found.interval else ""
        claims = () if isinstance(found, Route) else found.claims
        hedge = next((one.qualifier for one in claims if one.value == found.value), "")
        return headline(found.value, found.interval, unit, self.lang, self.labels, hedge=hedge, signed=signed)

    def asked(self) -> str:
        point, question = self.found.point, self.found.question
        if point is None:
            more = ((question.flow, "flow-"), (question.scope, "scope-"))
            known = (self.label(code, kind) for code, kind in more if code and kind + code in self.labels)
            parts = [self.label(question.indicator), self.label(question.entity), *known]
            parts.append(self.period(question.period or ""))
        else:
            parts = [*self.series(point), self.period(point.period)]
        return " · ".join(part for part in (*parts, self.say(_MEASURES[self.found.measure])) if part)

    def series(self, point: Point) -> Iterator[str]:
        slots = point.slots
        yield self.label(slots.indicator)
        yield self.label(slots.entity)
        for value, kind, empty in (
            (slots.partner, "partner-", "all"), (slots.sector, "sector-", "all"), (slots.flow, "flow-", "none"),
            (slots.market, "", None), (slots.channel, "", None),
        ):  # fmt: skip
            if value and value != empty:
                yield self.label(value, kind)

    def period(self, name: str) -> str:
        if name in self.labels:
            return self.label(name)
        try:
            return self.say(of_period(parse(name))) if name else ""
        except RowError:
            return name

    def note(self, note: Note) -> str:
        words, code = list(note.words), note.code
        if code == "scope-chosen":
            words = [self.label(word, "scope-") for word in words]
            code += " silent" if self.found.type == "silent" else ""
        elif code in ("period-latest", "period-last"):
            words = [self.period(word) for word in words]
        elif code == "flow-named":
            words[1] = self.label(words[1], "flow-")
        elif code == "unknown-name":
            words = words[1:]
        return self.say(_NOTES[code]).format(*words)

    def derivation(self) -> Iterator[str]:
        for number, route in enumerate(self.found.routes):
            title = self.word("formula") if not number else self.word("or")
            yield f"{title}{self.colon}{in_words(route, self.lang)}"
            yield from self.steps(route)
            if len(self.found.routes) > 1:
                yield f"  = {self.amount(route)}"
        figures = {figure.digest: figure for route in self.found.routes for figure in route.figures}
        if figures:
            yield from self.evidence(tuple(figures.values()), self.word("inputs"), named=True)

    def steps(self, route: Route, depth: int = 1) -> Iterator[str]:
        """The calculation, and below it how its derived inputs came about."""
        yield f"{'  ' * depth}{calculated(route, self.lang, self.labels)}"
        for one in route.inputs:
            if isinstance(one, Route):
                of = " · ".join([*self.series(one.point), self.period(one.point.period)])
                yield f"{'  ' * (depth + 1)}{in_words(one, self.lang)}{self.bracketed(of)}"
                yield from self.steps(one, depth + 2)

    def side(self, side: Side) -> Iterator[str]:
        title = self.word("side") if self.found.type == "conflicting" else self.word("other side")
        yield f"{title}{self.colon}{self.amount(side)}"
        if side.route:
            how = calculated(side.route, self.lang, self.labels)
            yield f"  {in_words(side.route, self.lang)}{self.colon}{how}"
        yield from self.evidence(side.claims, "", named=side.route is not None)

    def evidence(self, figures: tuple[Figure, ...], title: str, *, named: bool = False) -> Iterator[str]:
        if title:
            yield title
        for figure in figures:
            claim = self.found.ledger.claims.get(figure.digest)
            lead = f"{self.figure(figure)}{self.colon}" if named else ""
            for one in claim.evidence if claim else ():
                yield " · ".join([f"  {lead}{self.place(one)}", *self.again(claim, one)])

    def place(self, one: Evidence) -> str:
        speaker = self.label(one.speaker) if one.speaker else self.word("unattributed")
        parts = [
            speaker,
            f"art:{one.source.id} {self.word('characters').format(one.start, one.end)}",
            f"“{one.written}”" if one.written else "",
            one.day or self.word("undated"),
            self.say(_REVIEWS.get(one.review, Names(one.review, one.review))),
        ]
        return " · ".join(part for part in parts if part)

    def again(self, claim: Claim | None, one: Evidence) -> Iterator[str]:
        """The amount in another currency, with the exchange rate that it implies."""
        for again in one.restated:
            rate = claim.rate(again) if claim else None
            amount, exact = again.amount, Interval.exactly(1)
            said = self.word("again").format(
                again.written or spoken(amount.value, amount.interval, amount.unit, self.lang, self.labels)
            )
            if rate and claim:
                one_of = spoken(Decimal(1), exact, amount.unit, self.lang, self.labels)
                unit = claim.stating.unit
                many = spoken(rate[0], rate[1], unit, self.lang, self.labels)
                bounds = between(rate[1], unit, self.lang, self.labels)
                said += self.bracketed(f"{one_of} = {many}{'，' if self.lang == 'zh' else ', '}{bounds}")
            yield said

    def figure(self, figure: Figure) -> str:
        """A figure with what its place does not say by itself."""
        parts = [*self.series(figure.point), self.period(figure.point.period), self.measure(figure)]
        return f"{' · '.join(part for part in parts if part)} {self.value(figure)}"

    def value(self, figure: Figure) -> str:
        """The value of a figure with what qualifies it."""
        hedge = self.say(HEDGES[figure.qualifier]) if figure.qualifier in HEDGES else ""
        signed, unit = figure.stating.measure in MOVES, figure.stating.unit
        return hedge + spoken(figure.value, figure.interval, unit, self.lang, self.labels, signed=signed)

    def measure(self, figure: Figure) -> str:
        """What a figure measures: growth by its base, as only that on the year before may be called so."""
        stating = figure.stating
        if stating.measure != "growth" or stating.basis not in _BASES:
            return self.say(_MEASURES[stating.measure])
        name, base = self.say(_BASES[stating.basis]), stating.base_period
        return self.say(_SINCE).format(self.period(base), name) if base else name

    def day(self, day: str) -> str:
        """A day as the language writes it; English keeps the form that can be sorted."""
        return self.period(day) if self.lang == "zh" else day

    def near(self, near: Near) -> str:
        reason = self.say(_REASONS[near.reason])
        if near.point:
            named = [*self.series(near.point), self.period(near.point.period), self.say(_MEASURES[near.measure or ""])]
            return f"{reason}{self.colon}{' · '.join(part for part in named if part)}"
        if near.figure:
            figure = near.figure
            scope = self.label(figure.point.slots.scope, "scope-") if figure.point.slots.scope != "none" else ""
            more = [scope, self.label(figure.status, "status-")]
            return (
                f"{reason}{self.colon}{self.figure(figure)}{self.bracketed(' · '.join(part for part in more if part))}"
            )
        if near.route:
            route = near.route
            value = ""
            if route.value is not None:
                signed = route.measure in MOVES
                value = spoken(route.value, route.interval, route.unit, self.lang, self.labels, signed=signed)
            scope = self.label(route.point.slots.scope, "scope-")
            how = self.bracketed(self.say(_TYPES["derived"]) + self.colon + in_words(route, self.lang))
            return f"{reason}{self.colon}{scope} {value}{how}"
        if near.indicator:
            words = self.word("figure" if near.count == 1 else "figures")
            return f"{reason}{self.colon}{words.format(self.label(near.indicator), near.count)}"
        if near.count is not None:
            return f"{reason}{self.colon}{self.word('claims').format(self.label(near.name or ''), near.count)}"
        return f"{reason}{self.colon}{near.name}"
