"""Texts of pages in English and Chinese: lines of ``texts/PAGE.yaml``, each with ``en`` and ``zh``.

>>> texts("zh")("site.name")
'中国跨境电商知识图谱'
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import yaml

__all__ = ["known_texts", "texts"]

_TEXTS = Path(__file__).parent / "texts"


def texts(lang: str) -> Callable[..., str]:
    """The texts of a language: ``t("home.title")``; ``t("home.claims", count=3)`` fills ``{count}`` in."""

    def t(name: str, /, **values: object) -> str:
        text = known_texts()[name][lang]
        return text.format(**values) if values else text

    return t


@cache
def known_texts() -> dict[str, dict[str, str]]:
    """All texts, as ``page.name``, by language."""
    return {
        f"{path.stem}.{name}": text
        for path in sorted(_TEXTS.glob("*.yaml"))
        for name, text in yaml.safe_load(path.read_text("utf-8")).items()
    }
