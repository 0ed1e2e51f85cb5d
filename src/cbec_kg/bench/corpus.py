"""Texts to measure with: files of articles, or made-up articles of the project's own.

>>> corpus = Corpus.read([])
>>> corpus.name, corpus.languages(), len(corpus.of("zh"))
('made-up articles', ('en', 'zh'), 8)
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cbec_kg.errors import UnreadableInput
from cbec_kg.readers.inputs import read_inputs
from cbec_kg.readers.source import Source

__all__ = ["MADE_UP", "Corpus", "utf8_size"]

MADE_UP = Path(__file__).with_name("articles.jsonl")
"""Articles that nobody published: their towns, firms and figures are invented."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Articles in the order of their files; ``paths`` are those files."""

    name: str
    paths: tuple[Path, ...]
    sources: tuple[Source, ...]

    @classmethod
    def read(cls, paths: Iterable[Path]) -> "Corpus":
        """Articles of files, or the made-up ones where none is named.

        Raises `UnreadableInput` for the first input that holds no article: a measurement of half a corpus misleads.
        """
        given = tuple(paths)
        found = []
        for one in read_inputs(given or (MADE_UP,)):
            if not isinstance(one, Source):
                raise UnreadableInput(one.message)
            found.append(one)
        name = " + ".join(path.name for path in given) or "made-up articles"
        return cls(name, given or (MADE_UP,), tuple(found))

    def languages(self) -> tuple[str, ...]:
        """Languages of the articles, sorted."""
        return tuple(sorted({source.article.lang for source in self.sources}))

    def of(self, lang: str) -> tuple[Source, ...]:
        """Articles in a language."""
        return tuple(source for source in self.sources if source.article.lang == lang)


def utf8_size(sources: Iterable[Source]) -> int:
    """Bytes of the texts in UTF-8.

    >>> utf8_size(Corpus.read([]).of("en")) > 4000
    True
    """
    return sum(len(source.text.encode()) for source in sources)
