"""More text of the same kind: copies of articles with other figures and other names.

A copy of the very same text would flatter whatever remembers what it has seen. The same number gives the same copy on
every machine.

>>> varied("Up 11.7% to 1,550 in 2022", 1)
'Up 39.1% to 5,177 in 2022'
>>> sentence("en", 1) == sentence("en", 1) != sentence("en", 2)
True
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from random import Random

from cbec_kg.readers.source import Source

__all__ = ["block", "copies", "enlarged", "sentence", "varied", "write_jsonl"]

_NUMBER = re.compile(r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\d.,]*\d)", re.ASCII)
_KEPT = re.compile(r"\d{1,2}|(?:19|20)\d\d(?:\.\d+)?", re.ASCII)
"""Days, months and years stay, so that dates remain dates."""
_SYLLABLES = ("ka", "lo", "mi", "ven", "tar", "su", "rel", "on", "di", "pra", "gor", "est")
_HAN = "岚柳青霞禾泽峦溪枫棠桐杉榆槐梧芷蓝砚墨瓷帆棹汀洲渚澜泊渡埠桥"


def varied(text: str, number: int) -> str:
    """The text with other digits in its figures, of the same length; number 0 is the text itself."""
    if not number:
        return text
    digits = Random(number)

    def changed(match: re.Match[str]) -> str:
        if _KEPT.fullmatch(match.group()):
            return match.group()
        first, others = match.group()[0], match.group()[1:]
        return (first if first == "0" else str(digits.randint(1, 9))) + "".join(
            str(digits.randint(0, 9)) if char.isdecimal() else char for char in others
        )

    return _NUMBER.sub(changed, text)


def sentence(lang: str, number: int) -> str:
    """A sentence of its own for each number, with names that no lexicon knows.

    >>> sentence("zh", 3)[:5]
    '2021年'
    """
    draw = Random(number + 1_000_003)
    growth, amount = f"{draw.randint(1, 99)}.{draw.randint(0, 9)}", f"{draw.randint(100, 99_999)}"
    if lang == "zh":
        place = "".join(draw.choices(_HAN, k=3))
        return f"2021年，{place}市跨境电商出口额达{amount}万元，同比增长{growth}%。"
    place, office = ("".join(draw.choices(_SYLLABLES, k=4)).capitalize() for _ in range(2))
    return f"Exports of {place} rose {growth} percent to {amount} million yuan in 2021, said the {office} Trade Office."


def copies(sources: Sequence[Source], first: int = 1) -> Iterator[Source]:
    """Copies without end: round after round of the articles, each with figures, a sentence and an id of its own.

    >>> from cbec_kg.bench.corpus import Corpus
    >>> endless = copies(Corpus.read([]).of("zh"))
    >>> next(endless).article.id
    'v1-made-up-zh-1'
    """
    for number in count(first):
        for source in sources:
            text = f"{varied(source.text, number)}\n\n{sentence(source.article.lang, number)}\n"
            article = replace(source.article, id=f"v{number}-{source.article.id}"[:120], length=len(text))
            yield replace(source, article=article, text=text)


def enlarged(sources: Sequence[Source], least: int) -> Iterator[Source]:
    """Copies until their texts have so many bytes of UTF-8."""
    size = 0
    for source in copies(sources):
        if size >= least:
            return
        size += len(source.text.encode())
        yield source


def block(sources: Sequence[Source], characters: int, number: int) -> str:
    """One text of at least so many characters: the articles after one another, in the copy of that number.

    >>> from cbec_kg.bench.corpus import Corpus
    >>> sources = Corpus.read([]).of("en")
    >>> one, other = block(sources, 9000, 1), block(sources, 9000, 2)
    >>> 9000 <= len(one), one == other, abs(len(one) - len(other)) < 200
    (True, False, True)
    """
    texts: list[str] = []
    size = 0
    while size < characters:
        source = sources[len(texts) % len(sources)]
        texts.append(f"{varied(source.text, 1000 * number + len(texts))}\n\n")
        size += len(texts[-1])
    texts.append(f"{sentence(sources[0].article.lang, number)}\n\n")
    return "".join(texts)


def write_jsonl(path: Path, sources: Iterable[Source]) -> tuple[int, int]:
    """Write articles to a file, one a line; returns how many, and the bytes of their texts."""
    articles = size = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for source in sources:
            article = source.article
            line = {
                "id": article.id, "lang": article.lang, "title": article.title, "publisher": article.publisher,
                "published": article.published or source.published_hint, "text": source.text,
            }  # fmt: skip
            file.write(json.dumps({key: value for key, value in line.items() if value}, ensure_ascii=False) + "\n")
            articles, size = articles + 1, size + len(source.text.encode())
    return articles, size
