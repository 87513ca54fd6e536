"""The tables as pandas frames, for people who look further: in a notebook, or at a record's CSV files.

pandas is known here only: no stage, check or product needs it.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, TypeVar, get_type_hints

import pandas as pd

from pipeline.records import Table

R = TypeVar("R")


def frame(table: Table[R], rows: Iterable[R]) -> pd.DataFrame:
    """Exactly the table's columns: texts as they are, counts as Int64 (<NA> where unknown), shares as Decimal."""
    listed, hints = list(rows), get_type_hints(table.record)
    return pd.DataFrame(
        {name: _series(hints.get(name), [getattr(row, name) for row in listed]) for name in table.columns}
    )


def _series(kind: Any, values: list[Any]) -> "pd.Series[Any]":
    """Never NaN, and never a float where a whole number is meant."""
    if kind in (int, int | None):
        return pd.Series(values, dtype="Int64")
    plain = [value if value is None or isinstance(value, Decimal) else str(value) for value in values]
    return pd.Series(plain, dtype="object")
