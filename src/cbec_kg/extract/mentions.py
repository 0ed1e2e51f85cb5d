"""What a text names: terms of the lexicon and cue words, the longest at each place, none overlapping.

>>> from cbec_kg.ontology.lexicon import Lexicon
>>> finder = Finder(Lexicon({}, {"en": (("Example Shop", "example-shop"),), "zh": ()}, {}))
>>> [(one.start, one.end, one.terms, one.cues) for one in finder.find("example shop, up year-on-year")]
[(14, 16, (), ('rise',)), (17, 29, (), ('yoy',))]
>>> [mention.terms for mention in finder.find("Visit Example Shop")]
[('example-shop',)]
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from cbec_kg.extract.document import matching
from cbec_kg.extract.words import read_toml
from cbec_kg.ontology.lexicon import Lexicon, default_lexicon

__all__ = ["Finder", "Mention", "cue_words", "default_finder"]


class Mention(NamedTuple):
    """Code points ``start`` to ``end`` (exclusive), the codes they may name, and the cues they are."""

    start: int
    end: int
    terms: tuple[str, ...]
    cues: tuple[str, ...]


@cache
def cue_words() -> dict[str, dict[str, tuple[str, ...]]]:
    """Cues by name and language."""
    return {
        name: {lang: tuple(words) for lang, words in table.items()} for name, table in read_toml("cues.toml").items()
    }


_COMMON = frozenset({"Indicator", "Sector", "Phenomenon", "Technology", "ActorGroup", "Standard"})
_WORD = re.compile(r"[a-z0-9]")


class Finder:
    """Finds the names of a lexicon and the cues in a text; built once, used for many texts."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        terms: dict[str, set[str]] = defaultdict(set)
        proper: dict[str, set[str]] = defaultdict(set)
        for pairs in lexicon.names.values():
            known = set(pairs)
            for name, code in pairs:
                if name[:4].lower() == "the " and name[4:5].islower() and (name[4:], code) in known:
                    continue  # "the world" hides the world economy
                entry = lexicon.entries.get(code)
                if entry is not None and entry.kind == "ComparisonGroup":
                    continue  # "all pilot zones" hides the zones that are counted
                common = entry is not None and bool(entry.classes & _COMMON)
                for form in _forms(name, common=common):
                    terms[form].add(code)
                if not common and name[:1].isupper():
                    proper[matching(name)].add(code)
        cues: dict[str, set[str]] = defaultdict(set)
        for cue, table in cue_words().items():
            for words in table.values():
                for word in words:
                    cues[matching(word)].add(cue)
        for form in terms.keys() - cues.keys():  # "export growth" ends in a cue, and hides it
            if ending := _ending(form, cues):
                cues[form] = ending
        self._forms = sorted({*terms, *cues})
        self._meaning = [
            (tuple(sorted(terms.get(form, ()))), tuple(sorted(cues.get(form, ()))), frozenset(proper.get(form, ())))
            for form in self._forms
        ]
        self._latin = [
            (form[0].isascii() and form[0].isalnum(), form[-1].isascii() and form[-1].isalnum()) for form in self._forms
        ]
        self._automaton = AhoCorasick(
            self._forms, matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA
        )

    def find(self, text: str, folded: str | None = None, taken: Iterable[tuple[int, int]] = ()) -> list[Mention]:
        """Mentions of a text; ``folded`` is its `matching` form where that is at hand already.

        ``taken`` are spans that no mention may touch: figures and periods.
        """
        plain = matching(text) if folded is None else folded
        latin, meaning = self._latin, self._meaning
        size = len(plain)
        best: dict[int, tuple[int, int]] = {}
        mask = bytearray(size)
        for first_taken, end_taken in taken:
            mask[first_taken:end_taken] = b"\x01" * (end_taken - first_taken)
        free = mask.find
        for index, start, end in self._automaton.find_matches_as_indexes(plain, overlapping=True):
            first, last = latin[index]
            if first and start and plain[start - 1].isascii() and plain[start - 1].isalnum():
                continue
            if (
                last
                and end < size
                and plain[end].isascii()
                and plain[end].isalnum()
                and not (text[end].isupper() and text[end - 1].islower())
            ):
                continue
            held = best.get(start)
            if (held is None or end > held[0]) and free(1, start, end) < 0:
                proper = meaning[index][2]
                if (
                    proper
                    and not meaning[index][1]
                    and len(proper) == len(meaning[index][0])
                    and first
                    and text[start].islower()
                ):
                    continue
                best[start] = (end, index)
        out: list[Mention] = []
        reached = 0
        for start in sorted(best):
            if start < reached:
                continue
            end, index = best[start]
            codes, cues, proper = meaning[index]
            if proper and text[start].islower():
                codes = tuple(code for code in codes if code not in proper)
            out.append(Mention(start, end, codes, cues))
            reached = end
        return out


_ENDINGS = frozenset({"rise", "fall", "share"})


def _ending(form: str, cues: dict[str, set[str]]) -> set[str]:
    """Cues of direction or share that a name ends in."""
    last = form.rpartition(" ")[2] if form[-1].isascii() else next((form[-n:] for n in (3, 2) if form[-n:] in cues), "")
    return cues[last] & _ENDINGS if last != form and last in cues else set()


def _forms(name: str, *, common: bool) -> set[str]:
    """Forms that a name is matched in: a common noun in singular and plural."""
    form = matching(name).strip()
    forms = {form}
    if common and form and form[-1].isascii() and form[-1].isalpha():
        if form.endswith("ies") and len(form) > 5:
            forms.add(form[:-3] + "y")
        elif form.endswith(("ses", "xes", "ches", "shes")):
            forms.add(form[:-2])
        elif form.endswith("s") and not form.endswith(("ss", "us", "is", "ics", "ness")):
            forms.add(form[:-1])
        elif form.endswith("y") and form[-2:-1] not in "aeiou":
            forms.add(form[:-1] + "ies")
        elif not form.endswith("s"):
            forms.add(form + "s")
    if form.startswith("number of "):
        forms.add(form.removeprefix("number of "))
    return {one for one in forms if len(one) > 1}


@cache
def default_finder() -> Finder:
    """Finder of the project's own lexicon."""
    return Finder(default_lexicon())
