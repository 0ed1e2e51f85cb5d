r"""Bytes to text, only where it is certain what they mean.

>>> decode("\ufeff增长9.8%\r\n".encode()), decode("增长9.8%".encode("utf-16"))
(Decoded(text='增长9.8%\r\n', encoding='utf-8'), Decoded(text='增长9.8%', encoding='utf-16'))
>>> decode(b"caf\xe9")
Traceback (most recent call last):
cbec_kg.errors.UnreadableInput: byte 3 is not UTF-8: save it as UTF-8
"""

import codecs
import re
from dataclasses import dataclass

from cbec_kg.errors import UnreadableInput

__all__ = ["Decoded", "decode"]

# What pages declare that is read besides UTF-8, as browsers read it (WHATWG Encoding Standard, 4.2).
_DECLARED = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "x-gbk": "gb18030",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs",
    "iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "windows-1252": "cp1252",
}  # fmt: skip
_DECLARATION = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]*?\b(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]{1,20})""", re.I
)
_DECLARED_WITHIN = 4096

# The hundred most frequent characters of modern Chinese (Jun Da, Modern Chinese Character Frequency List): a quarter
# of a text, 9 % of a sentence of news; under 5 % of anything else that happens to decode.
_FREQUENT = frozenset(
    "的一是不了在人有我他这中大来上国个到说们为子和地出道也时年得就那要下以生会自着去之过家学对可她里后"
    "小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长"
)
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_LEAST_HAN = 20
_FREQUENT_SHARE = 0.08
_HAN_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text without its byte order mark, line ends as they are, and the encoding that it was in."""

    text: str
    encoding: str


def decode(content: bytes, *, html: bool = False, declared: str = "") -> Decoded:
    """Text of a file's bytes: UTF-8, UTF-16 with a byte order mark, or GB18030 where the text is plainly Chinese.

    Of an HTML page (``html``) the encoding that it declares is believed, and NUL characters are left for its parser;
    ``declared`` is the encoding that a server named, which goes before the page's own.
    Raises `UnreadableInput` for anything else, naming the first byte that is not UTF-8, and for binary content.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        decoded = _strictly(content, "utf-16")
        if decoded is None:
            raise UnreadableInput("it begins as UTF-16 and is not", fix="save it as UTF-8")
    else:
        decoded = _without_mark(content, html, declared)
    if not html and "\0" in decoded.text:
        raise UnreadableInput("it is binary: it holds NUL bytes", fix="name a text file")
    return decoded


def _without_mark(content: bytes, html: bool, named: str) -> Decoded:
    try:
        return Decoded(content.decode("utf-8").removeprefix("\ufeff"), "utf-8")
    except UnicodeDecodeError as error:
        position = error.start
    declaration = _DECLARATION.search(content[:_DECLARED_WITHIN]) if html else None
    declared = _DECLARED.get(named) or (declaration and _DECLARED.get(declaration[1].decode("ascii").lower()))
    decoded = _strictly(content, declared) if declared else _chinese(content)
    if decoded is None:
        raise UnreadableInput(f"byte {position} is not UTF-8", fix="save it as UTF-8")
    return decoded


def _chinese(content: bytes) -> Decoded | None:
    """Text in GB18030, where it is plainly Chinese: Korean, Russian and Japanese bytes decode as Han characters too."""
    decoded = _strictly(content, "gb18030")
    if decoded is None:
        return None
    han = _HAN.findall(decoded.text)
    beyond_ascii = len(decoded.text) - len(decoded.text.encode("ascii", "ignore"))
    if len(han) < _LEAST_HAN or len(han) < _HAN_SHARE * beyond_ascii:
        return None
    return decoded if sum(char in _FREQUENT for char in han) >= _FREQUENT_SHARE * len(han) else None


def _strictly(content: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(content.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None
