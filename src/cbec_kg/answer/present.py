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
from cbec_kg.answer.phrases import (
    BASES,
    HEARD,
    MEASURES,
    NONE_WANTED,
    NOTES,
    REASONS,
    REVIEWS,
    SILENT_BUT,
    SINCE,
    TYPES,
    WANTED,
    WORDS,
)
from cbec_kg.answer.result import Answer, Check, Near, Note, Route, Side
from cbec_kg.answer.why import Why
from cbec_kg.answer.wording import HEDGES, between, headline, spoken
from cbec_kg.errors import RowError
from cbec_kg.model.period import parse
from cbec_kg.query.formats.display import one_line
from cbec_kg.reconcile.figure import Figure, Point
from cbec_kg.reconcile.interval import Interval
from cbec_kg.triples.labels import Names, of_period

__all__ = ["Lines", "present", "present_why"]


def present(found: Answer, lang: str, *, wanted: str | None = None, direction: str | None = None) -> str:
    """Lines without a last newline; what names and texts hold of control characters is replaced.

    ``wanted`` is a status that was asked for (forecast, target, estimate): what bears it is told first. ``direction``
    is whether a ``rise`` or a ``fall`` was asked for: where it was the other, a line says so.
    """
    return "\n".join(map(one_line, Lines(found, lang).lines(wanted, direction)))


def present_why(why: Why, found: Answer, lang: str) -> str:
    """What would change the type, in lines."""
    lines = Lines(found, lang)
    if not why.among:
        return lines.word("why nothing")
    among = lines.word("among").format(why.among)
    if why.becomes is None:
        return "\n".join([lines.word("why none" if why.proven else "why unknown").format(why.tried), f"  {among}"])
    head = lines.word("why").format(lines.say(TYPES[why.becomes]).split(":")[0].split("：")[0])
    if not why.proven:
        head += lines.word("unproven").format(why.tried)
    claims = [found.ledger.claims[digest] for digest in why.claims if digest in found.ledger.claims]
    figures = [figure for claim in claims if (figure := claim.figure)]
    told = [head, *lines.evidence(tuple(figures), "", named=True), f"  {among}"]
    return "\n".join(map(one_line, told))


class Lines:
    """The parts of an answer, each in words of one language."""

    def __init__(self, found: Answer, lang: str) -> None:
        self.found, self.lang, self.labels = found, lang, found.ledger.labels
        self.colon = "：" if lang == "zh" else ": "

    def say(self, names: Names) -> str:
        """A text that is known in both languages."""
        return str(getattr(names, self.lang))

    def bracketed(self, text: str) -> str:
        """A text in the brackets of the language."""
        return f"（{text}）" if self.lang == "zh" else f" ({text})"

    def word(self, key: str) -> str:
        """A word of the answer's own."""
        return self.say(WORDS[key])

    def label(self, name: str, kind: str = "") -> str:
        """Label of a code in the language, else in the other, else the code."""
        known = self.labels.get(kind + name) or self.labels.get(name) or {}
        return known.get(self.lang) or next(iter(known.values()), name)

    def lines(self, wanted: str | None, direction: str | None) -> Iterator[str]:
        """The whole answer."""
        found = self.found
        ahead = list(self.wanted(wanted)) if wanted and found.status != wanted else []
        yield from ahead
        kind = self.headline()
        if found.type == "silent" and any(near.figure for near in self.bearing(wanted)):
            kind = self.say(SILENT_BUT)
        yield f"{kind}{self.colon}{self.amount(found)}" if found.interval is not None else kind
        yield self.asked()
        if direction and found.measure == "growth" and found.value:
            if (found.value > 0) == (direction == "fall"):
                yield self.say(HEARD[direction])
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
            return self.say(TYPES[self.found.type])
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
        """What bears the status that was asked for."""
        name, some = self.say(WANTED[status]), self.bearing(status)
        if not some:
            yield f"{name}{self.colon}{self.say(NONE_WANTED)}"
        for near in some:
            if near.figure:
                yield f"{name}{self.colon}{self.value(near.figure)}{self.bracketed(self.of(near.figure))}"

    def of(self, figure: Figure) -> str:
        """What a figure is of, its scope included."""
        scope = figure.point.slots.scope
        parts = [*self.series(figure.point), self.period(figure.point.period)]
        return " · ".join([*parts, *([self.label(scope, "scope-")] if scope != "none" else [])])

    def amount(self, found: Answer | Side | Route) -> str:
        """A value with what its interval leaves open."""
        unit, signed = self.found.unit, self.found.measure in MOVES
        if found.value is None or found.interval is None:
            return between(found.interval, unit, self.lang, self.labels, signed=signed) if found.interval else ""
        claims = () if isinstance(found, Route) else found.claims
        hedge = next((one.qualifier for one in claims if one.value == found.value), "")
        return headline(found.value, found.interval, unit, self.lang, self.labels, hedge=hedge, signed=signed)

    def asked(self) -> str:
        """What the figure is of."""
        point, question = self.found.point, self.found.question
        if point is None:
            more = ((question.flow, "flow-"), (question.scope, "scope-"))
            known = (self.label(code, kind) for code, kind in more if code and kind + code in self.labels)
            parts = [self.label(question.indicator), self.label(question.entity), *known]
            parts.append(self.period(question.period or ""))
        else:
            parts = [*self.series(point), self.period(point.period)]
        return " · ".join(part for part in (*parts, self.say(MEASURES[self.found.measure])) if part)

    def series(self, point: Point) -> Iterator[str]:
        """Labels of what a point is of, but its period and scope."""
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
        """A period's name in words."""
        if name in self.labels:
            return self.label(name)
        try:
            return self.say(of_period(parse(name))) if name else ""
        except RowError:
            return name

    def note(self, note: Note) -> str:
        """What the answer says of itself."""
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
        return self.say(NOTES[code]).format(*words)

    def derivation(self) -> Iterator[str]:
        """All routes, and the claims that they start from."""
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
        """One side of a conflict, with its claims."""
        title = self.word("side") if self.found.type == "conflicting" else self.word("other side")
        yield f"{title}{self.colon}{self.amount(side)}"
        if side.route:
            how = calculated(side.route, self.lang, self.labels)
            yield f"  {in_words(side.route, self.lang)}{self.colon}{how}"
        yield from self.evidence(side.claims, "", named=side.route is not None)

    def evidence(self, figures: tuple[Figure, ...], title: str, *, named: bool = False) -> Iterator[str]:
        """Places of some figures, each on a line; ``named`` says also what each is of."""
        if title:
            yield title
        for figure in figures:
            claim = self.found.ledger.claims.get(figure.digest)
            lead = f"{self.figure(figure)}{self.colon}" if named else ""
            for one in claim.evidence if claim else ():
                yield " · ".join([f"  {lead}{self.place(one)}", *self.again(claim, one)])

    def place(self, one: Evidence) -> str:
        """Who says so, and at which characters of which article."""
        speaker = self.label(one.speaker) if one.speaker else self.word("unattributed")
        parts = [
            speaker,
            f"art:{one.source.id} {self.word('characters').format(one.start, one.end)}",
            f"“{one.written}”" if one.written else "",
            one.day or self.word("undated"),
            self.say(REVIEWS.get(one.review, Names(one.review, one.review))),
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
        if stating.measure != "growth" or stating.basis not in BASES:
            return self.say(MEASURES[stating.measure])
        name, base = self.say(BASES[stating.basis]), stating.base_period
        return self.say(SINCE).format(self.period(base), name) if base else name

    def day(self, day: str) -> str:
        """A day as the language writes it; English keeps the form that can be sorted."""
        return self.period(day) if self.lang == "zh" else day

    def near(self, near: Near) -> str:
        """Something near to what was asked, and in what way it is another."""
        reason = self.say(REASONS[near.reason])
        if near.point:
            named = [*self.series(near.point), self.period(near.point.period), self.say(MEASURES[near.measure or ""])]
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
            how = self.bracketed(self.say(TYPES["derived"]) + self.colon + in_words(route, self.lang))
            return f"{reason}{self.colon}{scope} {value}{how}"
        if near.indicator:
            words = self.word("figure" if near.count == 1 else "figures")
            return f"{reason}{self.colon}{words.format(self.label(near.indicator), near.count)}"
        if near.count is not None:
            return f"{reason}{self.colon}{self.word('claims').format(self.label(near.name or ''), near.count)}"
        return f"{reason}{self.colon}{near.name}"
