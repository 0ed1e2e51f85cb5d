"""What comes of an input: an article with its text, or one line that says why there is none.

>>> Failure.of("a.txt", "no text in it", "name a file with text").message
'a.txt: no text in it: name a file with text'
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cbec_kg.fetch.visits import Visit
from cbec_kg.model.article import Article

__all__ = ["Extracted", "Failure", "Source", "shown"]


@dataclass(frozen=True, slots=True)
class Source:
    """An article and the text that its spans point into.

    ``reader`` says what made the text (``txt``, ``jsonl``, ``html trafilatura 2.3.1``), since offsets depend on it;
    ``where`` is the path, or path:line, for messages. ``published_hint`` is YYYY or YYYY-MM where no more is known of
    the date, and ``article.published`` is then None. ``notes`` say, a sentence each, what was given and not taken.
    ``visit`` is what the server said of a page that was fetched.
    """

    article: Article
    text: str
    reader: str
    where: str
    published_hint: str | None = None
    notes: tuple[str, ...] = ()
    visit: Visit | None = None


@dataclass(frozen=True, slots=True)
class Extracted:
    """Text that a library took out of a file.

    ``library`` is its name and version; ``page`` what the file's own tags say under the keys of metadata, uncleaned;
    ``notes`` what the text lacks.
    """

    text: str
    library: str
    page: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """An input without an article; ``message`` is one line: where, what, and what to do."""

    where: str
    message: str

    @classmethod
    def of(cls, where: str, problem: str, fix: str) -> "Failure":
        """Failure at a place; line breaks of what is quoted do not break the line."""
        return cls(where, shown(f"{where}: {problem}: {fix}" if fix else f"{where}: {problem}"))


def shown(name: str | Path) -> str:
    r"""A name that can be printed on one line, whatever bytes the file system allows in it.

    >>> shown("a\nb\udcff.txt"), shown("报告.txt")
    ('a\\nb\\udcff.txt', '报告.txt')
    """
    name = str(name)
    if name.isprintable():
        return name
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in name)
