"""What is known of an article besides its facts.

>>> Article.from_json({"id": "a1", "lang": "en", "sha256": "0" * 64, "length": 12}).title is None
True
"""

import json
import re
from dataclasses import dataclass, fields
from typing import Any

from cbec_kg.errors import RowError
from cbec_kg.model.period import is_day

__all__ = ["ARTICLE_ID", "Article"]

_OPTIONAL = frozenset({"title", "publisher", "published", "url"})
ARTICLE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,119}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """Metadata of one article; ``sha256`` is of its bytes, ``length`` counts code points of its decoded text.

    ``published`` is a day (YYYY-MM-DD) or a date and time without zone.
    """

    id: str
    lang: str
    sha256: str
    length: int
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None

    @classmethod
    def from_json(cls, data: dict[str, Any], where: str = "article") -> "Article":
        """Article of a metadata object; raises `RowError` naming ``where``."""
        if not isinstance(data, dict):
            raise RowError(f"{where}: metadata is a JSON object")
        known = {field.name for field in fields(cls)}
        if unknown := sorted(set(data) - known):
            raise RowError(f"{where}: unknown key {unknown[0]!r}", fix=f"known keys are {', '.join(sorted(known))}")
        for key, value in data.items():
            if not isinstance(value, int if key == "length" else str) and not (value is None and key in _OPTIONAL):
                raise RowError(
                    f"{where}: {key} is {value!r}", fix=f"write {'a number' if key == 'length' else 'a string'}"
                )
        try:
            article = cls(**data)
        except TypeError as error:
            raise RowError(f"{where}: {error}") from None
        if article.lang not in ("en", "zh"):
            raise RowError(f"{where}: lang is {article.lang!r}", fix="write en or zh")
        if article.published is not None and not is_day(article.published):
            raise RowError(f"{where}: published is {article.published!r}", fix="write a day, such as 2021-01-16")
        if not ARTICLE_ID.fullmatch(article.id):
            raise RowError(f"{where}: id {article.id!r}", fix="an id is letters, digits, _ and -, at most 120 of them")
        return article

    def to_json(self) -> str:
        """Its metadata file's text."""
        order = ("id", "lang", "title", "publisher", "published", "url", "sha256", "length")
        return json.dumps({key: getattr(self, key) for key in order}, ensure_ascii=False, indent=1) + "\n"
