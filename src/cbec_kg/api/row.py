"""One row of an answer: a tuple with names.

>>> row = row_of(("city", "class"))(("Hangzhou", 3))
>>> row.city, row["class"], row[0], row._asdict()
('Hangzhou', 3, 'Hangzhou', {'city': 'Hangzhou', 'class': 3})
>>> city, number = row
>>> row
Row(city='Hangzhou', class=3)
>>> row.cty
Traceback (most recent call last):
    ...
AttributeError: no column 'cty': did you mean city?
"""

from functools import lru_cache
from operator import itemgetter
from typing import Any, ClassVar, SupportsIndex, overload

from cbec_kg.query.nearest import did_you_mean

__all__ = ["Row", "row_of"]


class Row(tuple[Any, ...]):
    """Values by name (``row.city``, ``row["city"]``), by place (``row[0]``), in order; an empty one is None.

    Raises ``AttributeError`` or ``KeyError`` for a name that is no column, with the nearest.
    """

    __slots__ = ()
    _fields: ClassVar[tuple[str, ...]] = ()

    @overload
    def __getitem__(self, place: SupportsIndex | str, /) -> Any: ...
    @overload
    def __getitem__(self, place: slice, /) -> tuple[Any, ...]: ...
    def __getitem__(self, place: SupportsIndex | str | slice, /) -> Any:
        if not isinstance(place, str):
            return super().__getitem__(place)
        if place not in self._fields:
            raise KeyError(_unknown(place, self._fields))
        return super().__getitem__(self._fields.index(place))

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(_unknown(name, self._fields))

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._fields]

    def __repr__(self) -> str:
        return f"Row({', '.join(f'{name}={value!r}' for name, value in zip(self._fields, self, strict=True))})"

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (self._fields, tuple(self))

    def _asdict(self) -> dict[str, Any]:
        """Values by name of column."""
        return dict(zip(self._fields, self, strict=True))


def _unknown(name: str, fields: tuple[str, ...]) -> str:
    return f"no column {name!r}: {did_you_mean(name, list(fields))}"


@lru_cache(maxsize=256)
def row_of(fields: tuple[str, ...]) -> type[Row]:
    """The kind of row that has these columns."""
    names = {name: property(itemgetter(place)) for place, name in enumerate(fields) if not name.startswith("_")}
    return type("Row", (Row,), {"__slots__": (), "_fields": fields, "__module__": __name__, **names})


def _again(fields: tuple[str, ...], values: tuple[Any, ...]) -> Row:
    """A row that was pickled."""
    return row_of(fields)(values)
