"""Arrow tables, by pyarrow (the extra ``arrow``): what Parquet files, data frames and notebooks are made of.

A column has the type of its values: int64, decimal128 with the digits that they need, boolean, double, timestamp
without a zone. A column of several kinds, or of numbers that no type holds, is text.

>>> from cbec_kg.query.saved import Column
>>> from cbec_kg.rdf.terms import decimal
>>> arrow_table(Result((Column("growth"),), [(decimal("9.8"),)])).schema.field("growth").type
Decimal128Type(decimal128(38, 1))
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cbec_kg.errors import MissingExtra
from cbec_kg.query.formats.delimited import plain
from cbec_kg.query.results import Result, to_python
from cbec_kg.rdf.terms import Literal, Term

if TYPE_CHECKING:
    import pyarrow

__all__ = ["arrow_table"]

_DECIMAL_DIGITS = 38


def arrow_table(result: Result, extra: str = "arrow") -> "pyarrow.Table":
    """The rows of a result as an Arrow table; raises `MissingExtra`, which names ``extra``."""
    try:
        import pyarrow
    except ImportError:
        raise MissingExtra(f"{extra} needs pyarrow", fix=f'pip install "cbec-kg[{extra}]"') from None

    rows = list(result.rows)
    arrays = [_array([row[place] for row in rows], column.type) for place, column in enumerate(result.columns)]
    return pyarrow.Table.from_arrays(arrays, names=[column.name for column in result.columns])


def _array(terms: Sequence[Term | None], declared: str | None) -> "pyarrow.Array":
    import pyarrow

    values: list[Any] = [to_python(term) if isinstance(term, Literal) else term for term in terms]
    kinds = {type(value) for value in values if value is not None}
    if kinds == {int} and declared != "decimal" and all(abs(value) < 2**63 for value in values if value is not None):
        return pyarrow.array(values, pyarrow.int64())
    if kinds and kinds <= {int, Decimal}:
        decimals = [None if value is None else Decimal(value) for value in values]
        scale = max((_scale(value) for value in decimals if value is not None), default=0)
        whole = max((value.adjusted() + 1 for value in decimals if value is not None), default=1)
        if max(whole, 1) + scale <= _DECIMAL_DIGITS:
            return pyarrow.array(decimals, pyarrow.decimal128(_DECIMAL_DIGITS, scale))
    if kinds == {bool}:
        return pyarrow.array(values, pyarrow.bool_())
    if kinds == {float}:
        return pyarrow.array(values, pyarrow.float64())
    if kinds == {datetime} and all(value.tzinfo is None for value in values if value is not None):
        return pyarrow.array(values, pyarrow.timestamp("us"))
    if not kinds:
        return pyarrow.nulls(len(terms), _type_of(declared))
    return pyarrow.array([None if term is None else plain(term) for term in terms], pyarrow.string())


def _scale(value: Decimal) -> int:
    """Digits behind the point."""
    exponent = value.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _type_of(declared: str | None) -> "pyarrow.DataType":
    """Type of a column without values, by what the header says."""
    import pyarrow

    match declared:
        case "integer":
            return pyarrow.int64()
        case "decimal":
            return pyarrow.decimal128(_DECIMAL_DIGITS, 0)
        case "boolean":
            return pyarrow.bool_()
        case "date":
            return pyarrow.timestamp("us")
    return pyarrow.string()
