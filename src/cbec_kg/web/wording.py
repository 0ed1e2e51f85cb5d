"""What went wrong, in the language of the page: errors are written in English, pages in Chinese say them in Chinese.

An error is one line, what is wrong and after a colon what to do. Both are rows of ``texts/problems.yaml``, in English
and in Chinese, with ``{names}`` for what differs. A line that no row fits, such as one of the SPARQL parser, stays.

>>> worded("period is '20x2': give a period such as 2022, 2020-H1, 2020-01/2020-02 or 2016/..", "zh")
'period 的值“20x2”无效：请填写时期，例如 2022、2020-H1、2020-01/2020-02 或 2016/..'
>>> worded("platform is 'Shien', which is no cbec:Platform: did you mean Shein (id:shein)?", "zh")
'platform 的值“Shien”不属于 cbec:Platform：您要找的是不是 Shein (id:shein)？'
>>> worded("something is amiss", "zh"), worded("kind is 'x': there are none", "en")
('something is amiss', "kind is 'x': there are none")
"""

import re
from functools import cache
from pathlib import Path

import yaml

__all__ = ["worded"]

_ROWS = Path(__file__).parent / "texts" / "problems.yaml"
_NAME = re.compile(r"\\{(\w+)\\}")
_LONGEST = 1_000
_SHAPES = {"count": r"[-+\d.,]+", "param": r"\w+"}
"""What may stand for a name of a row; for any other name, anything."""


def worded(said: str | Exception, lang: str) -> str:
    """An error's line in a language; as it is where it is English that is asked for, or where no row fits."""
    line = str(said)
    if lang == "en" or len(line) > _LONGEST:
        return line
    for pattern, text in _rows("what-"):
        # What is wrong ends at the first colon behind which something to do stands.
        for end in [*(colon.start() for colon in re.finditer(": ", line)), len(line)]:
            what = pattern.fullmatch(line[:end])
            fix = _first("fix-", line[end + 2 :]) if end < len(line) else ""
            if what and fix is not None:
                return text.format(**what.groupdict()) + (f"：{fix}" if fix else "")
    return line


def _first(kind: str, said: str) -> str | None:
    found = ((pattern.fullmatch(said), text) for pattern, text in _rows(kind))
    return next((text.format(**_listed(match.groupdict())) for match, text in found if match), None)


def _listed(values: dict[str, str]) -> dict[str, str]:
    return {name: value.replace(" or ", " 或 ").replace(", ", "、") for name, value in values.items()}


@cache
def _rows(kind: str) -> list[tuple[re.Pattern[str], str]]:
    """Patterns of English lines, and the Chinese text with the same names, in the order of the file."""
    return [
        (re.compile(_NAME.sub(_group, re.escape(text["en"])), re.DOTALL), text["zh"])
        for name, text in yaml.safe_load(_ROWS.read_text("utf-8")).items()
        if name.startswith(kind)
    ]


def _group(name: re.Match[str]) -> str:
    return f"(?P<{name[1]}>{_SHAPES.get(name[1], '.+?')})"
