"""How a question was read, or why not, in one line of the language asked.

>>> from datetime import date
>>> from cbec_kg.ask.question import read_question
>>> told(read_question("CBEC exports last year", date(2023, 6, 15)))
'Read as: indicator cross-border e-commerce trade value ("CBEC exports"), period 2022 ("last year", \
counted from 2023-06-15), flow exports ("CBEC exports"); not said, so taken: China, the scope that the answer names, \
the level'
>>> refused(read_question("上半年跨境电商出口", date(2023, 6, 15))).message
'“上半年”没有说明年份（已读懂：指标“跨境电商进出口额”（原文“跨境电商出口”））'
"""

from functools import cache

from cbec_kg import paths
from cbec_kg.ask.phrases import wording
from cbec_kg.ask.reading import Part, Reading, Refusal
from cbec_kg.errors import UnreadQuestion
from cbec_kg.model.period import parse
from cbec_kg.ontology.lexicon import default_lexicon
from cbec_kg.ontology.vocabulary import Vocabulary
from cbec_kg.rdf.parse import parse_file
from cbec_kg.triples.labels import of_period

__all__ = ["as_json", "refused", "told"]

_SCHEMES = {"flow": "flows", "scope": "scopes", "measure": "measures", "status": "statuses"}


def told(reading: Reading, lang: str | None = None) -> str:
    """How a question was read: each part with the words that say it, and what was taken without being said."""
    which = _which(lang or reading.lang)
    texts, assumed = wording("told"), wording("assumed")
    parts = texts["between"][which].join(assumed[name][which] for name in reading.assumed)
    rest = texts["assumed"][which].format(parts=parts) if parts else ""
    return texts["line"][which].format(said=_said(reading, which), assumed=rest)


def refused(refusal: Refusal, lang: str | None = None) -> UnreadQuestion:
    """The error that says why a question was not read, what of it was understood, and what to do."""
    lang = lang or refusal.lang
    which = _which(lang)
    message, fix = wording("reasons")[refusal.reason][2 * which : 2 * which + 2]
    quoted = [word if refusal.reason in _PLAIN else _quoted(word, which) for word in refusal.words]
    message = message.format(words=("、" if which else ", ").join(quoted))
    if refusal.read:
        message += wording("told")["understood"][which].format(said=_said(refusal, which))
    return UnreadQuestion(message, fix=fix)


_PLAIN = ("too-long", "control-characters")


def as_json(reading: Reading) -> dict[str, object]:
    """A reading as JSON: its parts in the order of a question's fields, and the parts that nothing said."""
    which = _which(reading.lang)
    said = [
        {"part": one.part, "code": one.code, "label": _label(one, which), "start": one.start, "end": one.end,
         "words": reading.words(one)}
        | ({"counted_from": one.counted_from} if one.counted_from else {})
        for one in reading.said
    ]  # fmt: skip
    return {"text": reading.text, "lang": reading.lang, "said": said, "assumed": list(reading.assumed),
            "status": reading.status, "direction": reading.direction}  # fmt: skip


def _which(lang: str) -> int:
    return 1 if lang == "zh" else 0


def _quoted(word: str, which: int) -> str:
    return f"“{word}”" if which else f'"{word}"'


def _said(read: Reading | Refusal, which: int) -> str:
    parts = read.said if isinstance(read, Reading) else read.read
    return wording("told")["between"][which].join(_part(one, read.text, which) for one in parts)


def _part(one: Part, text: str, which: int) -> str:
    texts, name = wording("told"), wording("parts")[one.part][which]
    words = " ".join(text[one.start : one.end].split())
    out = texts["part"][which].format(name=name, label=_label(one, which), words=words)
    more = texts["counted"][which].format(day=one.counted_from) if one.counted_from else ""
    more += texts["unknown"][which] if one.unknown else ""
    return out[:-1] + more + out[-1]


def _label(one: Part, which: int) -> str:
    if one.part in ("period", "as_of"):
        return of_period(parse(one.code))[which]
    if one.part in _SCHEMES:
        own = wording("measures").get(one.code)
        return own[which] if own else _codes().code(_SCHEMES[one.part], one.code).label("zh" if which else "en")
    entry = default_lexicon().entries.get(one.code)
    if entry is None:
        return one.code
    return entry.label_zh if which else entry.label_en


@cache
def _codes() -> Vocabulary:
    """Labels of the code lists that parts take their codes from."""
    folder = paths.resources() / "ontology" / "vocab"
    files = (folder / f"codes-{scheme}.ttl" for scheme in _SCHEMES.values())
    return Vocabulary.of(triple for file in files for triple in parse_file(file))
