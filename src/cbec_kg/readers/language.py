"""Which of the two languages a text is in.

>>> language("进出口2.11万亿元。"), language("The trade was up by 9.8 percent."), language("越境ECは増えました。")
('zh', 'en', None)
"""

import re
import tomllib
from importlib.resources import files

__all__ = ["language"]

_LOOKED_AT = 20_000
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\u31f0-\u31ff\uff66-\uff9d]")
_HANGUL = re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")
_LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
_WORD = re.compile(f"[{_LATIN}]+")
_LETTER = re.compile(r"[^\W\d_]")

# A Han character says about as much as three Latin letters.
_LETTERS_A_HAN = 3
# Chinese articles quote Japanese and Korean names; in Japanese text kana are a third of the letters and more.
_FOREIGN_EAST_ASIAN = 0.1
# Of the words of an English article these are a quarter and more, of a Dutch one a tenth, of others a twentieth.
_ENGLISH_SHARE = 0.08
# Below this many words a heading is taken for English unless more words speak for another language.
_FEW_WORDS = 25

_WORDS = tomllib.loads(files(__package__).joinpath("function_words.toml").read_text("utf-8"))
_ENGLISH = frozenset(_WORDS["english"].split())
_OTHER = frozenset(_WORDS["other"].split())
_HOMOGRAPHS = frozenset(_WORDS["homographs"].split())


def language(text: str) -> str | None:
    """``en`` or ``zh``, or None where the text is in neither; only the first 20,000 code points are looked at.

    Chinese is Han against Latin letters, without more than a tenth of kana or Hangul. English is told by the share of
    its function words; a text of fewer than 25 words passes unless words of another language outnumber them.
    """
    text = text[:_LOOKED_AT]
    if text.isascii():
        return "en" if _is_english(text) else None
    han, kana, hangul = (len(kind.findall(text)) for kind in (_HAN, _KANA, _HANGUL))
    latin = sum(map(len, _WORD.findall(text)))
    other = len(_LETTER.findall(text)) - han - kana - hangul - latin
    east_asian = (han + kana + hangul) * _LETTERS_A_HAN
    if other > max(latin, east_asian):
        return None
    if east_asian >= latin:
        return "zh" if han and kana + hangul <= _FOREIGN_EAST_ASIAN * (han + kana + hangul) else None
    return "en" if _is_english(text) else None


def _is_english(text: str) -> bool:
    words = [word.lower() for word in _WORD.findall(text)]
    if not words:
        return False
    english = sum(word in _ENGLISH for word in words)
    other = sum(word in _OTHER or not word.isascii() for word in words)
    if len(words) < _FEW_WORDS:
        return english >= other
    other += sum(word in _HOMOGRAPHS for word in words)
    return english >= _ENGLISH_SHARE * len(words) and english > other
