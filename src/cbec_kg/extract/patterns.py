"""Patterns of statements: templates over masked sentences, written with fragments for noun phrases and auxiliaries.

A template is a regular expression in which ``{X}`` and ``{Y}`` are lists of noun phrases, ``{v}`` is one of a group's
words, and so on (`fragments`). Every gap is bounded, so a sentence costs no more than its length.

>>> frame = Frame.of("en", "x", "{START}{X}{AUX} {v} {Y}", {"raise": ["boosts"]})
>>> found = frame.regex.search("In \\uf000, the \\ue000 greatly BOOSTS \\ue001.")
>>> found["x"], found["y"]
('the \\ue000', '\\ue001')
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from cbec_kg.extract.document import Document
from cbec_kg.extract.masks import AMOUNT, ANY, KINDS, PERIOD
from cbec_kg.extract.words import any_word, cased, read_toml, verb_forms

__all__ = ["Anchors", "Frame", "fragments", "frames_of", "kinds"]


def kinds(letters: str) -> str:
    """Character class of things of some kinds."""
    parts = (0xE000 + 0x100 * KINDS.index(letter) for letter in letters)
    return "[" + "".join(f"{chr(first)}-{chr(first + 0xFF)}" for first in parts) + "]"


@cache
def fragments(lang: str) -> dict[str, str]:
    """Parts of templates that are the same everywhere, by name."""
    table = read_toml("phrases.toml")[lang]
    if lang == "en":  # a word that is `cased` needs no list
        stop = set(table["stop"].split())
        table = {
            name: " ".join(w for w in text.split() if name == "auxiliary" or w not in stop)
            for name, text in table.items()
        }
    words = {
        name: cased(any_word(text.split())) if lang == "en" else any_word(text.split()) for name, text in table.items()
    }
    both = {"ANY": ANY, "P": PERIOD, "N": AMOUNT}
    return both | (_english(words) if lang == "en" else _chinese(words))


def _english(words: Mapping[str, str]) -> dict[str, str]:
    word = rf"[a-z0-9{AMOUNT}][a-z0-9'/&.$%+]*"
    before = rf"(?:\"?(?:{word} |(?:small|micro|medium)(?:,| And) |{ANY}'s? |{ANY} (?=\"?{ANY})))"
    listed = rf"(?:\"?(?:(?![a-z]+(?:ed|ing) ){word} |{ANY}'s? |{ANY} (?=\"?{ANY})))"
    through = rf"(?:(?:{words['through']})(?: And (?:{words['through']}))? (?:Of|In|For) \"?{before}{{0,4}})"
    down = rf"(?:(?:{words['down']}) (?:Of|In) {before}{{0,4}})"
    end = rf" ?(?:$|[,.;:!?)(\]\"—{PERIOD}{AMOUNT}])"
    how = r"(?!(?:friendly|daily|weekly|monthly|quarterly|yearly|early)\b)[a-z]+ly"
    return {
        "W": word,
        "MOD": before,
        "NEXT": listed,
        "THROUGH": through,
        "DOWN": down,
        "JOIN": "(?:, (?:And |Or )?| And | Or | As well As | & )",
        "TAIL": rf"(?:\"? (?:{words['tail']})){{0,2}}(?!'|\" [a-z]+ing)",
        "RIGHT": rf"(?=\"?(?:{end}| (?:[A-Z][a-z]+|{how}|{words['closer']})\b))",
        "END": rf"(?=\"?(?: ?(?:$|[,.;:)—{PERIOD}])| (?:[A-Z][a-z]+|{how}|{words['closer']})\b))"
        rf"(?![^,.;:]{{0,30}}{AMOUNT})",
        "HEAD": rf"(?=\"?(?:{end}| (?:[A-Z]|(?:[a-z]+(?:ed|ly)|{words['closer']}|{words['finite']})\b)))",
        "START": r"(?:^\"?|[,;:(—] ?\"?| (?:But|That|As|While|Because|Although|SAID|SAYS|When|If|Where|HOW) )"
        r"(?:(?:And|But|however|meanwhile|also|thus|overall|firstly|first|second|third|moreover|While|As|That),? )?"
        rf"(?:(?:In|During|Since|By|On|Over|For|At|From|Under|Within|Throughout) (?:the |a )?{PERIOD},? )?",
        "POST": rf"(?: \([^()]{{1,40}}\))?"
        r"(?: (?:Of|In|For|With|Between|From|At|On|Across|Via|Among|By|Under|Over|Into|compared (?:To|With))"
        rf"(?: \"?(?:{word}|{ANY}(?:'s)?|{PERIOD})\"?){{1,6}}){{0,2}}",
        "AUX": rf"(?:,? (?:{words['auxiliary']}|[a-z]+ly|{PERIOD})){{0,6}}",
        "OPEN": r"(?:^|[,;:—] ?(?:(?:And|thus|thereby|While|But|Or|Which|That|"
        r"a (?:MOVE|step|measure|policy|trend)(?: (?:That|Which))?) )?| And | But | Or | As well As )"
        rf"(?:(?:{words['auxiliary']}|[a-z]+ly|{PERIOD}) ){{0,6}}",
    }


def _chinese(words: Mapping[str, str]) -> dict[str, str]:
    stop = r"，。；：！？,;:!?()（）、"
    free = rf"[^{stop}等对在从把将为与和并被由{ANY[1:-1]}]"
    tail = rf"(?:\"?的?(?:{words['quality']}){{0,3}}(?:{words['tail']}){{1,3}})"
    return {
        "MOD": rf"(?:{free}{{0,7}}(?:{ANY}\"?的?{free}{{0,5}}){{0,3}})",
        "DOWN": rf"(?:的?(?:{words['quality']})?(?:{words['down']}))",
        "TAIL": tail,
        "JOIN": '(?:"?(?:以及|[、和与及])"?)',
        "ETC": rf"(?:\"?等[^{stop}的]{{0,8}}?{ANY}?)",
        "RIGHT": rf"(?=\"?(?:$|[，。；：！？,;:!?)）、{PERIOD}{AMOUNT}…—]|和|与|及|并|以及|而|{words['pivot']}))",
        "ADV": rf"(?:(?:{words['adverb']})地?|{PERIOD}|分{AMOUNT}){{0,5}}",
        "OPEN": rf"(?:^|[，；：,;:。、] ?)(?:{words['opener']}){{0,2}}{PERIOD}?[，,]?"
        rf"(?:(?:{words['adverb']})地?){{0,5}}",
        "START": rf"(?:^|[，；：,;:。] ?)(?:{words['opener']}){{0,2}}{PERIOD}?[，,]?",
        "QUAL": rf"(?:{words['quality']})",
        "G": rf"[^{stop}{ANY[1:-1]}]",
        "FREE": r"[^，。；：！？,;:!?]{0,16}?",
    }


def _phrase(lang: str, group: str, letters: str, ends: str | None) -> str:
    """A list of noun phrases whose heads are things of some kinds, as a named group.

    ``ends`` is "." where the phrase must end there, so that the head is no modifier of a noun that follows, and "!"
    where a verb may follow too.
    """
    part, head = fragments(lang), kinds(letters)
    if lang == "en":
        other = rf"(?:(?: \([^()]{{1,80}}\)| (?:Of|In|For|At|From) (?:{part['W']} ){{0,3}}{ANY})(?=,| And))?"
        first = (
            rf"(?<![a-z]){part['MOD']}{{0,5}}(?:{part['THROUGH']}|(?P<{group}down>{part['DOWN']}))?\"?{head}\"?{other}"
        )
        one = rf"{part['NEXT']}{{0,4}}{part['THROUGH']}?\"?{head}\"?{other}"
        more = rf"(?:, {one}){{0,8}}(?:,? (?:And|Or|As well As|&) (?:{one}|other(?: [a-z]+)?))"
        end = {".": part["RIGHT"], "!": part["HEAD"], None: ""}[ends]
        if ends == "!":  # of a list's last name no verb may follow: there a clause begins
            more = rf"{more}(?={part['TAIL']}{part['RIGHT']})"
        return rf"(?P<{group}>{first}(?:{more})?){part['TAIL']}{end}"
    one = rf"\"?{head}\"?"
    mod = "" if group == "x" else part["MOD"]
    end = rf"(?:{part['ETC']}?{part['TAIL']}?(?P<{group}down>{part['DOWN']})?)"
    text = rf"(?P<{group}>{mod}{one}(?:{part['TAIL']}?{part['JOIN']}{part['MOD']}{one}){{0,8}}){end}"
    return text + part["RIGHT"] if ends else text


_SLOT = re.compile(r"\{([A-Za-z_]+)(?::([A-Z]+))?([.!])?\}")
FACTORS = "CGOEIS"
"""Kinds that a slot takes where the template names none."""


@dataclass(frozen=True, eq=False)
class Frame:
    """A pattern of a language; ``data`` is what its table says of it, ``anchors`` are words without one of which it is
    not tried; ``family`` is the type of row that it gives. Its expression is made when it is first tried."""

    lang: str
    rule: str
    text: str
    anchors: tuple[str, ...]
    data: Mapping[str, Any] = field(default_factory=dict)
    family: str = ""

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The expression."""
        return re.compile(self.text)

    @classmethod
    def of(
        cls,
        lang: str,
        rule: str,
        template: str,
        words: Mapping[str, Sequence[str]] | None = None,
        anchors: Iterable[str] = (),
        data: Mapping[str, Any] | None = None,
        lists: Mapping[str, Sequence[str]] | None = None,
        family: str = "",
    ) -> "Frame":
        """Frame of a template.

        ``words`` are the verbs that ``{v}`` stands for by group, and its anchors unless others are given; ``lists`` are
        word lists that the template may name.
        """
        words, part, named = words or {}, fragments(lang), lists or {}
        english = lang == "en"

        def of_list(items: Iterable[str]) -> str:
            return cased(any_word(items)) if english else any_word(items)

        def fill(match: re.Match[str]) -> str:
            name, letters, ends = match.groups()
            if name == "v":
                groups = "|".join(f"(?P<{group}>{of_list(items)})" for group, items in words.items())
                return f"(?P<v>{groups})" + (r"\b" if english else "")
            if name in named:
                return f"(?:{of_list(named[name])})"
            if name in part:
                return part[name]
            return _phrase(lang, name.lower(), letters or FACTORS, ends)

        text = _SLOT.sub(fill, cased(template, template=True) if english else template)
        own = [item for items in words.values() for item in items]
        return cls(lang, rule, text, tuple(anchors) or tuple(own), data or {}, family)


class Anchors:
    """Finds, in one pass over a document, the frames that each of its sentences may match."""

    def __init__(self, frames: Iterable[Frame]) -> None:
        by_word: dict[str, dict[str, list[tuple[int, Frame]]]] = {"en": {}, "zh": {}}
        for number, frame in enumerate(frames):
            for word in dict.fromkeys(frame.anchors):
                by_word[frame.lang].setdefault(word, []).append((number, frame))
        self._words = {lang: sorted(table) for lang, table in by_word.items()}
        self._frames = {lang: [table[word] for word in self._words[lang]] for lang, table in by_word.items()}
        self._automata = {
            lang: AhoCorasick(words, matchkind=MatchKind.Standard, implementation=Implementation.DFA)
            for lang, words in self._words.items()
            if words
        }

    def find(self, document: Document) -> Iterator[tuple[int, list[Frame]]]:
        """Numbers of sentences in order, each with its frames in the order in which they were given."""
        lang, text = document.lang, document.folded
        automaton = self._automata.get(lang)
        if automaton is None:
            return
        frames, english = self._frames[lang], lang == "en"
        held: dict[int, dict[int, Frame]] = {}
        sentences, at = document.sentences, 0
        for index, start, end in sorted(
            automaton.find_matches_as_indexes(text, overlapping=True), key=lambda found: found[1]
        ):
            if english and (
                (text[start].isalnum() and text[start - 1 : start].isalnum()) or text[end : end + 1].isalnum()
            ):
                continue
            while at < len(sentences) and sentences[at].end <= start:
                at += 1
            if at < len(sentences) and sentences[at].start <= start:
                held.setdefault(at, {}).update(frames[index])
        for number in sorted(held):
            yield number, [frame for _, frame in sorted(held[number].items())]


_FORMS = {"base": (0,), "finite": (0, 1, 2, 3, 4), "participle": (3,), "ing": (4,)}
_SUBJECTS = {
    "en": (
        ("", "{START}(?:{MOD}{0,4}(?:{ANY}|[a-z]+),? (?:such as|including) )?{X}{POST}{AUX} ", {}),
        ("-pronoun", r"(?:{START}|^)(?P<pronoun>{it})\b{AUX} ", {"x": "pronoun", "less": 0.2}),
        ("-lead", "{OPEN}", {"x": "lead", "less": 0.15}),
    ),
    "zh": (
        ("", "(?<![在对向从与和由被给为于至到])" + "{X}(?:在{G}{0,3}{ANY}{G}{0,4}?)?{ADV}", {}),
        ("-lead", "{OPEN}", {"x": "lead", "less": 0.15}),
    ),
}


def frames_of(table: Mapping[str, Any]) -> Iterator[Frame]:
    """Frames of a table: one for each template, group of verbs and form of subject."""
    for entry in table["frames"]:
        lang = entry["lang"]
        lists = {name: text.split("|") for name, text in table["words"][lang].items()}
        anchors = [
            word for one in entry.get("anchors", ()) for word in (lists[one[1:]] if one.startswith("@") else [one])
        ]
        for suffix, subject, extra in _SUBJECTS[lang] if entry["text"].startswith("{S}") else (("", "", {}),):
            subject = subject.replace("{X}", f"{{X:{entry['subject']}}}") if "subject" in entry else subject
            text = entry["text"].replace("{S}", subject).replace("{V}", "{START}{Y}{POST}{AUX} ")
            verbs = {group: table["verbs"][group] for group in entry.get("verbs", ())}
            words = {group: _verbs(data[lang], entry, lang) for group, data in verbs.items()}
            more = {**entry, **extra, "groups": verbs}
            yield Frame.of(lang, entry["rule"] + suffix, text, words, anchors, more, lists, table["family"])


def _verbs(words: Sequence[str], entry: Mapping[str, Any], lang: str) -> list[str]:
    if lang == "zh":
        return list(words)
    return list(dict.fromkeys(verb_forms(word)[number] for word in words for number in _FORMS[entry["form"]]))
