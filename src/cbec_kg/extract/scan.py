"""A sentence as the items that its reading goes through: amounts, periods and mentions, left to right.

>>> from cbec_kg.extract.mentions import default_finder
>>> text = "Exports rose 5 percent in 2023, imports 3 percent."
>>> scanned = scan(Document.of(text, "en"), default_finder())[0]
>>> [(item.start, item.kind) for item in scanned.items][:4]
[(0, 'mention'), (8, 'mention'), (13, 'amount'), (26, 'period')]
>>> scanned.clause(40)
1
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from cbec_kg.extract.amounts import Amount, amounts
from cbec_kg.extract.document import Document, Sentence
from cbec_kg.extract.mentions import Finder, Mention
from cbec_kg.normalise.periods import PeriodMention
from cbec_kg.normalise.periods import find as find_periods

__all__ = ["Item", "Scanned", "scan"]


class Item(NamedTuple):
    """Code points ``start`` to ``end`` (exclusive); ``kind`` is amount, period or mention, and that one is given."""

    start: int
    end: int
    kind: str
    amount: Amount | None = None
    period: PeriodMention | None = None
    mention: Mention | None = None

    @property
    def cues(self) -> tuple[str, ...]:
        """Cues that its words are."""
        return self.mention.cues if self.mention else ()

    @property
    def terms(self) -> tuple[str, ...]:
        """Codes that its words may name."""
        return self.mention.terms if self.mention else ()


_BOUNDARY = re.compile(
    r"[,，;；:：()（）。]|\s(?:while|whereas|but|although|though)\s|\s--\s|——|,?\sand\s(?=[a-z ]{0,30}\b(?:was"
    r"|were|is|are|has|have|had|grew|rose|fell|gained|climbed|increased|decreased)\b)"
)


@dataclass(frozen=True)
class Scanned:
    """A sentence with its items; ``cuts`` are the places where a clause ends."""

    document: Document
    sentence: Sentence
    items: tuple[Item, ...]

    @cached_property
    def cuts(self) -> list[int]:
        """Offsets at which a clause ends, in order; a comma inside a figure or a period ends none."""
        held = [(item.start, item.end) for item in self.items if item.kind != "mention"]
        out: list[int] = []
        index = 0
        for match in _BOUNDARY.finditer(self.document.folded, self.sentence.body, self.sentence.end):
            at = match.start()
            while index < len(held) and held[index][1] <= at:
                index += 1
            if index < len(held) and held[index][0] <= at:
                continue
            out.append(at)
        return out

    @property
    def ahead(self) -> bool:
        """Whether it speaks of what is expected or planned."""
        return any("forecast" in item.cues or "target" in item.cues for item in self.items)

    def clause(self, at: int) -> int:
        """Number of the clause that an offset lies in, from 0."""
        return bisect_right(self.cuts, at)

    def clause_span(self, at: int) -> tuple[int, int]:
        """Start and end of the clause that an offset lies in."""
        number = self.clause(at)
        start = self.cuts[number - 1] if number else self.sentence.body
        end = self.cuts[number] if number < len(self.cuts) else self.sentence.end
        return start, end

    @property
    def amounts(self) -> list[Amount]:
        """Its amounts."""
        return [item.amount for item in self.items if item.amount]

    def between(self, start: int, end: int) -> str:
        """What stands between two offsets, in the form that cues are matched in."""
        return self.document.folded[start:end]


def scan(document: Document, finder: Finder, taken: Iterable[tuple[int, int]] = ()) -> list[Scanned]:
    """Sentences of a document with their items; in the spans ``taken`` no name is looked for."""
    periods = list(find_periods(document.text))
    found = amounts(document.text, periods)
    spans = [*taken, *((one.start, one.end) for one in periods)]
    spans += [(one.start, one.end) for one in found if one.unit not in (None, "count", "rank")]
    mentions = finder.find(document.text, document.folded, spans)
    out: list[Scanned] = []
    begins = tuple([one.start for one in things] for things in (periods, found, mentions))
    for sentence in document.sentences:
        (p, q), (a, b), (m, n) = ((bisect_left(x, sentence.body), bisect_left(x, sentence.end)) for x in begins)
        items = _merged(document.folded, periods[p:q], found[a:b], mentions[m:n])
        out.append(Scanned(document, sentence, items))
    return out


def _in_name(item: Item, names: list[Mention]) -> bool:
    """Whether a bare number is part of a name: the "new three"."""
    if item.amount is None or item.amount.qualifier != "exact" or item.amount.unit not in (None, "count", "rank"):
        return False
    return any(
        name.start <= item.start and item.end <= name.end and name.end - name.start > item.end - item.start
        for name in names
    )


def _reach(folded: str, amount: Amount) -> int:
    """End of an amount with the brackets that hold it in other currencies."""
    if not amount.restated:
        return amount.end
    end = amount.restated[-1].end
    return end + 1 if folded[end : end + 1] in (")", "）") else end


def _merged(
    folded: str, periods: list[PeriodMention], found: list[Amount], mentions: list[Mention]
) -> tuple[Item, ...]:
    """Items in order; a mention within a figure or a period is left out."""
    items = [Item(one.start, one.end, "period", period=one) for one in periods]
    items += [Item(one.start, _reach(folded, one), "amount", amount=one) for one in found]
    items.sort(key=lambda item: item.start)
    names = [mention for mention in mentions if mention.terms]
    items = [item for item in items if not (item.amount and item.amount.power == 0 and _in_name(item, names))]
    out: list[Item] = []
    index = 0
    for mention in mentions:
        while index < len(items) and items[index].end <= mention.start:
            out.append(items[index])
            index += 1
        if index < len(items) and items[index].start < mention.end:
            continue
        out.append(Item(mention.start, mention.end, "mention", mention=mention))
    return (*out, *items[index:])
