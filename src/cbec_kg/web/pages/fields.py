"""Fields of a saved query's form: what each parameter was given, and the values that are offered for it.

>>> from cbec_kg.query.saved import Bilingual
>>> flag = Param("flag", "boolean", Bilingual("Flag", "标志"), default=("true",))
>>> field = field_of(flag, (), (Suggestion("true"), Suggestion("false")), {}, "zh")
>>> field.kind, field.label, field.values, [option.value for option in field.options]
('select', '标志', ('true',), ['true', 'false'])
>>> field_of(flag, ("maybe",), (), {"flag": "flag is 'maybe'"}, "en").values
('maybe',)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cbec_kg.query.saved import Param
from cbec_kg.query.suggest import Suggestion

__all__ = ["Field", "Option", "field_of"]

_MOST_IN_SELECT = 40
"""More are hard to choose from in a menu: then the field is typed into, and the values are a list to complete from."""
_KEYBOARDS = {"integer": "numeric", "decimal": "decimal"}


@dataclass(frozen=True, slots=True)
class Option:
    """A value that a field offers, and how it reads."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter's field. ``kind`` is select, list (typed, with offers to complete from) or text.

    ``values`` is what stands in it, several where it takes ``many``; ``wrong`` what is wrong with it, if anything is.
    """

    name: str
    label: str
    kind: str
    type: str
    values: tuple[str, ...]
    options: tuple[Option, ...]
    least: str | None
    most: str | None
    any: bool
    many: bool
    keyboard: str
    longest: int | None
    wrong: str


def field_of(
    param: Param, given: Sequence[str], offered: Sequence[Suggestion], wrong: Mapping[str, str], lang: str
) -> Field:
    """The field of a parameter; what was given stands in it as it was given, also where it is wrong."""
    values = tuple(given) or param.default
    options = tuple(Option(one.value, _label(one, lang)) for one in offered)
    kind = "text" if not options else "select" if len(options) <= _MOST_IN_SELECT and not param.many else "list"
    if kind == "select":
        known = {option.value for option in options}
        options += tuple(Option(value, value) for value in values if value not in known)
    return Field(
        name=param.name,
        label=param.label.in_language(lang),
        kind=kind,
        type=param.type,
        values=values,
        options=options,
        least=param.min,
        most=param.max,
        any=not param.default and not param.required,
        many=param.many,
        keyboard=_KEYBOARDS.get(param.type, "text"),
        longest=param.max_length,
        wrong=wrong.get(param.name, ""),
    )


def _label(one: Suggestion, lang: str) -> str:
    return one.labels.get(lang) or next(iter(one.labels.values()), one.value)
