"""Parquet, by pyarrow (the extra ``parquet``): the table that `cbec_kg.query.formats.arrow` makes, as a file.

>>> import io
>>> import pyarrow.parquet
>>> from cbec_kg.query.saved import Column
>>> from cbec_kg.rdf.terms import decimal
>>> out = io.BytesIO()
>>> write(Result((Column("growth"),), [(decimal("9.8"),)]), out)
>>> pyarrow.parquet.read_schema(out).field("growth").type
Decimal128Type(decimal128(38, 1))
"""

from typing import BinaryIO

from cbec_kg.query.formats.arrow import arrow_table
from cbec_kg.query.formats.display import Screen
from cbec_kg.query.results import Result

__all__ = ["write"]


def write(result: Result, out: BinaryIO, screen: Screen | None = None) -> None:
    """Write a result as a Parquet file; raises `MissingExtra`."""
    table = arrow_table(result, "parquet")
    import pyarrow
    import pyarrow.parquet

    sink = pyarrow.BufferOutputStream()
    pyarrow.parquet.write_table(table, sink)
    out.write(sink.getvalue())
