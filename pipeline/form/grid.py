"""What every reader gives: sheets of sparse cells, as a clerk sees them."""

import datetime as dt
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.tables import BLANK

MOST_CELLS = 200_000
MOST_MERGES = 10_000
MOST_SHEETS = 50


class Unreadable(Exception):
    """A file that cannot be read: str() is the Chinese reason with what to do, `rule` the finding's rule."""

    def __init__(self, reason: str, rule: str = "unreadable_file") -> None:
        self.rule = rule
        super().__init__(reason)


class Cell(NamedTuple):
    """One cell: its text as typed and what it is (a type of cell in `tables`)."""

    raw: str
    type: str


NOTHING = Cell("", BLANK)


@dataclass
class Sheet:
    """One sheet: (row, column) -> Cell, 1-based; merged ranges as (top, left, bottom, right)."""

    name: str
    hidden: bool = False
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Keep a cell that holds something; a form has hundreds of cells, not hundreds of thousands."""
        self.cells[row, column] = cell
        if len(self.cells) > MOST_CELLS:
            raise Unreadable("表格内容异常庞大，不像本表，请用下发的 Excel 模板填报")

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        self.merges.append((top, left, bottom, right))
        if len(self.merges) > MOST_MERGES:
            raise Unreadable("合并单元格异常多，请用下发的 Excel 模板填报")


def address(row: int, column: int) -> str:
    """(5, 28) -> AB5"""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def number_text(value: float) -> str:
    """A number as a person would type it: 12, not 12.0."""
    return str(int(value)) if abs(value) < 1e16 and value == int(value) else repr(value)


def date_text(serial: float, epoch_1904: bool) -> str:
    """A date serial as YYYY-MM-DD; a serial outside the calendar stays a number."""
    start = dt.date(1904, 1, 1) if epoch_1904 else dt.date(1899, 12, 30)
    try:
        return (start + dt.timedelta(days=int(serial))).isoformat()
    except (OverflowError, ValueError):
        return number_text(serial)
