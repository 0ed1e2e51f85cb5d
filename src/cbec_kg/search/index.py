"""All names of a graph in one text, a line each, so that looking for one is a search in that text.

Nothing is kept on disk: an index holds what its graph held when it was made, and goes with the process.

>>> from cbec_kg.rdf.terms import RDF_TYPE, RDFS_LABEL, Quad, iri, text
>>> from cbec_kg.store.embedded import MemoryStore
>>> shein = iri("id:shein")
>>> index = EntityIndex.of(MemoryStore([
...     Quad(shein, RDF_TYPE, iri("cbec:Entity")), Quad(shein, RDFS_LABEL, text("Shein", "en")),
...     Quad(shein, RDFS_LABEL, text("希音", "zh")),
... ]))
>>> [(hit.code, hit.labels, str(hit.matched)) for hit in index.search("SHIEN")]
[('shein', {'en': 'Shein', 'zh': '希音'}, 'alike: label Shein (en)')]
>>> index.search("Temu")
()
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from cbec_kg.errors import BadParameter
from cbec_kg.namespaces import compact
from cbec_kg.query.convert import written_iri
from cbec_kg.query.fold import fold, fold_lines
from cbec_kg.rdf.terms import iri
from cbec_kg.search.alike import nearest
from cbec_kg.search.things import KINDS, ROOTS, Known, Thing
from cbec_kg.store.base import Store

__all__ = ["EntityIndex", "Hit", "Match"]

_SCORES = {"exact": 1.0, "alias": 0.95, "prefix": 0.85, "words": 0.7, "alike": 0.6}
_FEW = 4
"""A word with fewer letters is looked for as it stands."""


@dataclass(frozen=True, slots=True)
class Match:
    """Which name was found: as the graph writes it, a label, code or alias, its language (a code has none), and how.

    ``how`` is exact, prefix, words (each begins a word of the name; Chinese: stands in it) or alike (slips of typing).
    """

    text: str
    kind: str
    lang: str
    how: str

    def __str__(self) -> str:
        return f"{self.how}: {self.kind} {self.text}" + (f" ({self.lang})" if self.lang else "")


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found; ``cls`` is the IRI of its most specific class, ``score`` from 1 down."""

    iri: str
    code: str
    labels: dict[str, str]
    cls: str
    matched: Match
    score: float

    def as_json(self) -> dict[str, object]:
        """Plain values for JSON."""
        matched = {"text": self.matched.text, "kind": self.matched.kind, "lang": self.matched.lang or None}
        return {
            "iri": self.iri, "code": self.code, "labels": dict(self.labels), "class": self.cls,
            "matched": {**matched, "how": self.matched.how}, "score": self.score,
        }  # fmt: skip


# What was found: how, the number of a line, and how well (1: all of it).
Found = tuple[str, int, float]


class EntityIndex:
    """Names of one graph, to be searched many times; safe to share between threads."""

    def __init__(self, known: Known) -> None:
        self.known = known
        # One text of words, and one without spaces: "Ali Express", "AliExpress" and "ali-express" are one name there.
        self._words = "\n" + fold_lines(known.texts) + "\n"
        self._solid = self._words.replace(" ", "")
        self._word_starts, self._solid_starts = _starts(self._words), _starts(self._solid)
        self._longest = max(map(len, self._solid.split("\n")))

    @classmethod
    def of(cls, store: Store) -> "EntityIndex":
        """Index of what a store holds now; raises what the store raises."""
        return cls(Known.of(store))

    def __len__(self) -> int:
        """How many names there are."""
        return len(self.known.texts)

    def search(self, text: str, *, lang: str = "en", limit: int = 10, cls: str | None = None) -> tuple[Hit, ...]:
        """The ``limit`` best things that ``text`` may name, of the class with the IRI ``cls`` or below it.

        Order: exact label or code, exact alias, beginning of a name, words of a name; only if there is nothing of
        these, names that are spelled alike. Then labels before aliases, more claims, kind of thing, shorter names,
        code: a total order. ``lang`` says which of two names of a thing is told. Raises `BadParameter`.
        """
        if not text.strip():
            raise BadParameter("the text to search is empty", fix="give a name, or a part of one")
        if limit < 1:
            raise BadParameter(f"the limit is {limit}", fix="give 1 or more")
        allowed = self._allowed(cls)
        hits: dict[int, Hit] = {}
        for tier, last_resort in self._tiers(text):
            if len(hits) >= limit or (hits and last_resort):
                break
            best: dict[int, tuple[tuple[object, ...], Found]] = {}
            for found in tier:
                number = self.known.owners[found[1]]
                if number in hits or (allowed is not None and self.known.things[number].cls not in allowed):
                    continue
                key = self._key(found, lang)
                if number not in best or key < best[number][0]:
                    best[number] = key, found
            for number in sorted(best, key=lambda one: self._rank(one, best[one][1])):
                hits[number] = self._hit(number, best[number][1])
        return tuple(hits.values())[:limit]

    def _allowed(self, cls: str | None) -> frozenset[str] | None:
        if cls is None:
            return None
        below = frozenset(self.known.hierarchy.below(cls))
        if not any(thing.cls in below for thing in self.known.things):
            raise BadParameter(f"nothing of the class {compact(cls)} can be found", fix=f"try {' or '.join(ROOTS[:3])}")
        return below

    def _tiers(self, text: str) -> Iterator[tuple[Iterable[Found], bool]]:
        """What is found, the surest first, and whether it is of use only where nothing surer is found."""
        if (named := self._named(text)) is not None:
            yield [named], False
            return
        folded = fold(text)
        solid = folded.replace(" ", "")
        if not solid or len(solid) > self._longest:
            return
        exact = list(self._lines(f"\n{solid}\n"))
        yield [("exact", line, 1.0) for line in exact if self.known.kinds[line] != "alias"], False
        yield [("exact", line, 1.0) for line in exact if self.known.kinds[line] == "alias"], False
        yield (("prefix", line, 1.0) for line in self._lines(f"\n{solid}")), False
        words = folded.split()
        if len(solid) > 1 or not solid.isascii():
            yield (("words", line, 1.0) for line in self._with_words([[word] for word in words])), False
        yield self._alike(solid), True
        yield self._mended(words), True

    def _named(self, text: str) -> Found | None:
        """The thing that an IRI or a prefixed name names, by its code."""
        try:
            node = written_iri(text.strip())
        except BadParameter:
            return None
        number = self._by_iri.get(node.value) if node else None
        return None if number is None else ("exact", self.known.codes_from + number, 1.0)

    def _lines(self, wanted: str) -> Iterator[int]:
        """Lines before which, in the text without spaces, ``wanted`` stands."""
        at = self._solid.find(wanted)
        while at >= 0:
            yield bisect_right(self._solid_starts, at + 1) - 1
            at = self._solid.find(wanted, at + 1)

    def _with_words(self, words: list[list[str]], *, whole: bool = False) -> Iterator[int]:
        """Lines that have, in any order, one of each list of words, or a word that begins so unless ``whole``."""
        rarest, *others = sorted(words, key=lambda some: -max(map(len, some)))
        seen = set()
        for word in rarest:
            at = self._word_at(word, 0, len(self._words), whole=whole)
            while at >= 0:
                line = bisect_right(self._word_starts, at) - 1
                start, end = self._word_starts[line], self._word_starts[line + 1]
                if line not in seen:
                    if all(any(self._word_at(one, start, end, whole=whole) >= 0 for one in some) for some in others):
                        yield line
                seen.add(line)
                at = self._word_at(word, end, len(self._words), whole=whole)

    def _word_at(self, word: str, start: int, end: int, *, whole: bool = False) -> int:
        """Where a word begins with ``word``; Chinese is written without spaces, so there it may stand anywhere."""
        at = self._words.find(word, start, end)
        if word[0].isascii():
            while at >= 0 and (_in_word(self._words[at - 1]) or (whole and _in_word(self._words[at + len(word)]))):
                at = self._words.find(word, at + 1, end)
        return at

    @cached_property
    def _by_iri(self) -> dict[str, int]:
        """Number of each thing."""
        return {thing.iri: number for number, thing in enumerate(self.known.things)}

    @cached_property
    def _by_solid(self) -> dict[str, list[int]]:
        """Lines of each name without spaces."""
        lines: dict[str, list[int]] = {}
        for line, solid in enumerate(self._solid[1:-1].split("\n")):
            lines.setdefault(solid, []).append(line)
        return lines

    @cached_property
    def _vocabulary(self) -> tuple[str, ...]:
        """Words of all names that are long enough to be mistyped."""
        return tuple(sorted(word for word in set(self._words.split()) if word.isascii() and len(word) >= _FEW))

    def _alike(self, solid: str) -> Iterator[Found]:
        """Names spelled alike as a whole."""
        for name, distance in nearest(solid, tuple(self._by_solid)):
            for line in self._by_solid[name]:
                yield "alike", line, 1 - distance / len(solid)

    def _mended(self, words: list[str]) -> Iterator[Found]:
        """Names that have all the words, where one in two at most, or the only one, is spelled as no name has it."""
        mended, wrong = [], 0
        for word in words:
            known = self._word_at(word, 0, len(self._words)) >= 0
            wrong += not known
            mended.append([word] if known else [near for near, _ in nearest(word, self._vocabulary)])
        if all(mended) and (wrong == 1 or wrong <= len(words) / 2):
            quality = 1 - wrong / len("".join(words))
            yield from (("alike", line, quality) for line in self._with_words(mended, whole=True))

    def _key(self, found: Found, lang: str) -> tuple[object, ...]:
        """Which of a thing's names to tell."""
        known, line = self.known, found[1]
        text, spoken = known.texts[line], known.langs[line]
        return (-found[2], KINDS.index(known.kinds[line]), spoken not in (lang, ""), len(text), spoken, text)

    def _rank(self, number: int, found: Found) -> tuple[object, ...]:
        """Order of things that were found in one way."""
        thing, line = self.known.things[number], found[1]
        alias, length = self.known.kinds[line] == "alias", self._solid_starts[line + 1] - self._solid_starts[line]
        return (-found[2], alias, -thing.claims, self._kind(thing), length, thing.code, thing.iri)

    def _kind(self, thing: Thing) -> int:
        return self._kinds.get(thing.cls, len(ROOTS))

    @cached_property
    def _kinds(self) -> dict[str, int]:
        """Place of each class among the kinds of things."""
        places: dict[str, int] = {}
        for place, root in enumerate(ROOTS):
            for cls in self.known.hierarchy.below(iri(root).value):
                places.setdefault(cls, place)
        return places

    def _hit(self, number: int, found: Found) -> Hit:
        thing, (how, line, quality) = self.known.things[number], found
        kind = self.known.kinds[line]
        matched = Match(self.known.texts[line], kind, self.known.langs[line], how)
        score = _SCORES["alias" if (how, kind) == ("exact", "alias") else how] * quality
        return Hit(thing.iri, thing.code, dict(sorted(thing.labels.items())), thing.cls, matched, round(score, 4))


def _in_word(char: str) -> bool:
    """Whether a letter or digit that is written in words with spaces between them."""
    return char.isascii() and char.isalnum()


def _starts(text: str) -> list[int]:
    """Where each line of a text begins that stands between line ends; the last is where one more would."""
    return list(accumulate((len(line) + 1 for line in text[1:-1].split("\n")), initial=1))
