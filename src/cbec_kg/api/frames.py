"""Rows as data frames: Arrow, pandas, polars, all of one schema.

>>> from cbec_kg.api.rows import Rows
>>> from cbec_kg.query.results import Result
>>> from cbec_kg.query.saved import Column
>>> from cbec_kg.rdf.terms import decimal, iri
>>> rows = Rows(Result((Column("x", "iri"), Column("y", "decimal")), [(iri("id:shein"), decimal("9.8")), (None, None)]))
>>> to_arrow(rows.result, rows, "compact").to_pylist()
[{'x': 'id:shein', 'y': Decimal('9.8')}, {'x': None, 'y': None}]
>>> dict(to_polars(rows.result, rows).schema)
{'x': String, 'y': Decimal(precision=38, scale=1)}
>>> to_pandas(rows.result, rows).dtypes.astype(str).to_dict()
{'x': 'string', 'y': 'decimal128(38, 1)[pyarrow]'}
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args

from cbec_kg.api.iri import Iris
from cbec_kg.errors import CbecError, MissingExtra
from cbec_kg.query.formats.arrow import arrow_table
from cbec_kg.query.nearest import did_you_mean
from cbec_kg.query.results import Result
from cbec_kg.rdf.terms import Literal, NamedNode, Term

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

__all__ = ["to_arrow", "to_pandas", "to_polars"]


def to_arrow(
    result: Result, rows: Iterable[Sequence[Any]], iris: Iris = "full", extra: str = "arrow"
) -> "pyarrow.Table":
    """An Arrow table of a result whose Python values are ``rows``; raises `MissingExtra` with the name of ``extra``."""
    if iris not in get_args(Iris):
        raise CbecError(f"iris is {iris!r}", fix=did_you_mean(str(iris), get_args(Iris)))
    if iris != "full":
        spelled = tuple(
            tuple(_spelled(term, value, iris) for term, value in zip(terms, row, strict=True))
            for terms, row in zip(result.rows, rows, strict=True)
        )
        result = replace(result, rows=spelled)
    return arrow_table(result, extra)


def _spelled(term: Term | None, value: Any, iris: str) -> Term | None:
    if not isinstance(term, NamedNode):
        return term
    return Literal(value.label if iris == "label" else value.compact)


def to_pandas(result: Result, rows: Iterable[Sequence[Any]], iris: Iris = "full") -> "pandas.DataFrame":
    """A pandas data frame; raises `MissingExtra`."""
    try:
        import pandas
    except ImportError:
        raise MissingExtra("pandas is not installed", fix='pip install "cbec-kg[pandas]"') from None
    table = to_arrow(result, rows, iris, "pandas")
    import pyarrow

    # What pandas itself would take is not this: integers with nulls become floats, decimals objects.
    nullable = {
        pyarrow.int64(): pandas.Int64Dtype(),
        pyarrow.bool_(): pandas.BooleanDtype(),
        pyarrow.string(): pandas.StringDtype(),
    }

    def dtype(kind: Any) -> Any:
        return pandas.ArrowDtype(kind) if pyarrow.types.is_decimal(kind) else nullable.get(kind)

    return table.to_pandas(types_mapper=dtype)


def to_polars(result: Result, rows: Iterable[Sequence[Any]], iris: Iris = "full") -> "polars.DataFrame":
    """A polars data frame; raises `MissingExtra`."""
    try:
        import polars
    except ImportError:
        raise MissingExtra("polars is not installed", fix='pip install "cbec-kg[polars]"') from None
    frame = polars.from_arrow(to_arrow(result, rows, iris, "polars"))
    assert isinstance(frame, polars.DataFrame)
    return frame
