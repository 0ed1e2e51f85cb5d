"""What a saved query is: a question in two languages, typed parameters, typed columns, and its SPARQL text.

>>> Bilingual("Platform", "平台").in_language("zh")
'平台'
>>> Bilingual("Platform").in_language("zh")
'Platform'
>>> Column("programmeLabel").heading("en")
'programme label'
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

from cbec_kg.errors import BadParameter
from cbec_kg.namespaces import compact
from cbec_kg.query.nearest import did_you_mean
from cbec_kg.query.said import said

__all__ = ["COLUMN_TYPES", "LANGUAGES", "PARAM_TYPES", "Bilingual", "Column", "Param", "SavedQuery"]

LANGUAGES = ("en", "zh")
PARAM_TYPES = ("iri", "string", "integer", "decimal", "date", "period", "lang", "boolean")
# "term" is for the rare column that holds IRIs in some rows and literals in others.
COLUMN_TYPES = ("iri", "string", "integer", "decimal", "date", "boolean", "term")

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text in English and, where there is one, in Chinese."""

    en: str
    zh: str = ""

    def in_language(self, lang: str) -> str:
        """The text in ``lang``, else in the other language."""
        return self.zh if lang == "zh" and self.zh else self.en or self.zh


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter: values of one ``type``; ``cls`` is the IRI of the class that an ``iri`` belongs to.

    ``default`` holds values as a person writes them; empty means "any", which the text spells ``UNDEF``.
    A ``required`` parameter has an example in the text, but a run must name a value. ``min`` and ``max`` are the least
    and the greatest number or day, as a person writes them; ``max_length`` is in characters.
    """

    name: str
    type: str
    label: Bilingual
    cls: str | None = None
    default: tuple[str, ...] = ()
    many: bool = False
    required: bool = False
    choices: tuple[str, ...] = ()
    min: str | None = None
    max: str | None = None
    max_length: int | None = None

    def expects(self) -> str:
        """What a value looks like, and within which limits it lies, in a few words.

        >>> Param("since", "date", Bilingual("Since")).expects()
        'a date such as 2021-01-14'
        >>> Param("least", "integer", Bilingual("Least"), min="1").expects()
        'a whole number of at least 1'
        """
        return self._kind() + self._limits()

    def _limits(self) -> str:
        if self.max_length is not None:
            return f" of at most {self.max_length} character{'s' if self.max_length != 1 else ''}"
        if self.min is not None and self.max is not None:
            return f" from {self.min} to {self.max}"
        day = self.type == "date"
        if self.min is not None:
            return f", {self.min} or later" if day else f" of at least {self.min}"
        if self.max is not None:
            return f", {self.max} or earlier" if day else f" of at most {self.max}"
        return ""

    def _kind(self) -> str:
        if self.type == "iri":
            return f"{compact(self.cls) if self.cls else 'a thing'}: its label, prefixed name or IRI"
        return {
            "string": "text",
            "integer": "a whole number",
            "decimal": "a number",
            "date": "a date such as 2021-01-14",
            "period": "a period such as 2022, 2020-H1, 2020-01/2020-02 or 2016/..",
            "lang": "en or zh",
            "boolean": "true or false",
        }[self.type]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an answer; ``type`` is None where nothing declares it (free SPARQL)."""

    name: str
    type: str | None = None
    label: Bilingual | None = None

    def heading(self, lang: str) -> str:
        """Its label in ``lang``, else its name split into words."""
        if self.label:
            return self.label.in_language(lang)
        words = _WORDS.findall(self.name)
        return " ".join(word if word.isupper() else word.lower() for word in words) or self.name


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """One question: ``name`` is ``topic/question``, ``text`` the whole file, which runs as it stands."""

    name: str
    path: Path
    summary: Bilingual
    description: Bilingual
    columns: tuple[Column, ...]
    text: str = field(repr=False)
    tags: tuple[str, ...] = ()
    params: tuple[Param, ...] = ()

    @property
    def topic(self) -> str:
        """The folder it lies in."""
        return self.name.partition("/")[0]

    def param(self, name: str) -> Param:
        """Parameter of that name; raises `BadParameter` with the nearest names."""
        found = next((param for param in self.params if param.name == name), None)
        if found is None:
            names = [param.name for param in self.params]
            raise BadParameter(f"{self.name} has no parameter {said(name)}", fix=did_you_mean(name, names))
        return found

    def column(self, name: str) -> Column:
        """Column of a variable; one without a type where the header does not name it."""
        return next((column for column in self.columns if column.name == name), Column(name))
