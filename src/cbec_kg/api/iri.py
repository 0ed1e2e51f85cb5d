"""A thing in an answer: its IRI as text, which knows its label.

>>> shein = Iri("id:shein")
>>> shein == "https://w3id.org/cbec-kg/id/shein", shein.compact, shein
(True, 'id:shein', Iri('id:shein'))
>>> Iri("id:shein", "Shein").label
'Shein'
"""

from collections.abc import Callable
from typing import Literal

from cbec_kg.namespaces import PREFIXES, compact, expand

__all__ = ["Iri", "Iris"]

Iris = Literal["full", "compact", "label"]
"""How a data frame spells IRIs."""


class Iri(str):
    """A full IRI, as text. A prefixed name that the project knows is written out.

    It compares, sorts and joins like the text it is; give it to a query as the value of a parameter.
    """

    __slots__ = ("_label",)
    _label: str | Callable[[str], str | None] | None

    def __new__(cls, written: str, label: "str | Callable[[str], str | None] | None" = None) -> "Iri":
        """``label``: the label, or what finds it when it is asked for."""
        prefix, colon, _ = written.partition(":")
        made = super().__new__(cls, expand(written) if colon and prefix in PREFIXES else written)
        made._label = label
        return made

    @property
    def compact(self) -> str:
        """Prefixed name, ``id:shein``; the IRI itself where the project has no prefix for it."""
        return compact(str(self))

    @property
    def label(self) -> str:
        """Its label in the language of the answer, else in the other one; the prefixed name where it has none.

        Labels are read when the first one of an answer is asked for, all at once.
        """
        known = self._label(str(self)) if callable(self._label) else self._label
        return known or self.compact

    def __str__(self) -> str:
        return str.__str__(self)

    def __repr__(self) -> str:
        return f"Iri({self.compact!r})"

    def __reduce__(self) -> tuple[type["Iri"], tuple[str, str | None]]:
        label = self.label
        return Iri, (str(self), None if label == self.compact else label)
