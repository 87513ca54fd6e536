"""One table of a web page: where its cells lie, given how far each reaches down and to the right."""

import re
from dataclasses import dataclass, field

from pipeline.intake.reading.book import CELL_TEXT, Cell, Sheet
from pipeline.intake.reading.budget import Budget
from pipeline.intake.reading.runs import Runs, hide


@dataclass
class Open:
    """The cell that is being read."""

    height: int
    width: int
    runs: Runs = field(default_factory=Runs)


class Table:
    """One table; a table inside a cell is a table of its own."""

    def __init__(self, name: str, depth: int, budget: Budget) -> None:
        self.sheet = Sheet(name, budget=budget)
        self.depth = self.row_depth = depth  # how many elements its own element, and its last row's, lie in
        self.open: Open | None = None
        self.row = self._column = 0
        self._busy: dict[int, int] = {}  # column -> last row that a cell above reaches down to
        self.hidden_rows: list[tuple[int, int]] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self._columns = 0  # of <col> so far

    def start_row(self, is_hidden: bool) -> None:
        self.end_cell()
        self.row, self._column, self.row_depth = self.row + 1, 0, self.depth + 1
        if is_hidden:
            self.hidden_rows.append((self.row, self.row))

    def add_columns(self, count: int, are_hidden: bool) -> None:
        first, self._columns = self._columns + 1, self._columns + count
        if are_hidden:
            self.hidden_columns.append((first, self._columns))

    def start_cell(self, height: int, width: int) -> None:
        self.end_cell()
        if not self.row:
            self.start_row(False)
        self.open = Open(height, width)

    def end_cell(self) -> None:
        """Place the cell in the next column that no cell above reaches into."""
        cell = self.open
        if cell is None:
            return
        self.open, left = None, self._column + 1
        while self._busy.get(left, 0) >= self.row:
            left += 1
        self._column = left + cell.width - 1
        if cell.height > 1:
            self._busy.update(dict.fromkeys(range(left, self._column + 1), self.row + cell.height - 1))
        text = tidied(cell.runs.text)
        if text:
            self.sheet.put(self.row, left, Cell(text, CELL_TEXT, mark=cell.runs.mark))
        if (cell.height, cell.width) != (1, 1):
            self.sheet.merge(self.row, left, self.row + cell.height - 1, self._column)

    def close(self) -> None:
        """No cell reaches further down than the table."""
        self.end_cell()
        self.sheet.merges = [
            (top, left, min(bottom, self.row), right) for top, left, bottom, right in self.sheet.merges
        ]
        hide(self.sheet, self.hidden_rows, self.hidden_columns)


def tidied(text: str) -> str:
    """White space as a browser shows it: the source's own line breaks are none."""
    return re.sub(r" *\n *", "\n", re.sub(r" +", " ", text)).strip(" \n\xa0")
