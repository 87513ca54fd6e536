"""Tables of Word documents while they are read: where their cells lie, and what is seen in a cell that holds no text."""

from dataclasses import dataclass, field

from pipeline.intake.reading.book import CELL_TEXT, Cell, Sheet
from pipeline.intake.reading.boxes import add_box
from pipeline.intake.reading.budget import Budget
from pipeline.intake.reading.runs import Runs

MOST_COLUMNS = 63  # Word's own limit


@dataclass
class OpenCell:
    """The cell that is being read.

    stand_in: what is seen in it beside text (a picture, a table), told so that it is not taken for empty. boxes: the
    words of text boxes that hang on it. notes: comments and footnotes.
    """

    runs: Runs = field(default_factory=Runs)
    paragraphs: int = 0
    width: int = 1
    below: str = ""  # vMerge: `restart` begins a merged range, `continue` lies in the one above
    stand_in: str = ""
    boxes: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def begin_paragraph(self) -> None:
        if self.paragraphs:
            self.runs.add("\n")
        self.paragraphs += 1

    def cell(self) -> Cell | None:
        """What is seen in it."""
        cell = self.runs.cell()
        if cell:
            return cell._replace(raw=cell.raw.strip("\n"))
        boxed = " ".join(" ".join(self.boxes).split())
        shown = f"［文本框 {boxed}］" if boxed else self.stand_in
        return Cell(shown, CELL_TEXT) if shown else None


class Table:
    """One table; a table inside a cell is a table of its own, and its words are not the cell's."""

    def __init__(self, name: str, budget: Budget) -> None:
        self.sheet = Sheet(name, word_table=True, budget=budget)
        self.cell: OpenCell | None = None
        self._row, self._column = 0, 1
        self._is_deleted = False
        self._open: dict[int, tuple[int, int, int]] = {}  # column -> (top, bottom, right) of a range that may go on

    def start_row(self) -> None:
        self._row, self._column, self._is_deleted = self._row + 1, 1, False

    def skip(self, columns: int) -> None:
        """A row may begin further right than the table."""
        self._column += columns

    def hide_row(self) -> None:
        self.sheet.hidden_rows.add(self._row)

    def delete_row(self) -> None:
        """A tracked change took the row away."""
        self._is_deleted = True

    def end_cell(self) -> None:
        """Place the cell; what stands in a cell that the range above covers is not to be seen."""
        cell, column = self.cell or OpenCell(), self._column
        right = column + cell.width - 1
        self.cell, self._column = None, right + 1
        top, bottom, _ = self._open.get(column, (0, 0, 0))
        if cell.below == "continue" and top and bottom == self._row - 1:
            self._open[column] = (top, self._row, right)
            return
        self._close(column)
        if not self._is_deleted:
            self._put(cell, column)
        if cell.below:
            self._open[column] = (self._row, self._row, right)
        elif cell.width > 1:
            self.sheet.merge(self._row, column, self._row, right)

    def _put(self, cell: OpenCell, column: int) -> None:
        shown = cell.cell()
        if shown:
            self.sheet.put(self._row, column, shown)
        if cell.notes:
            self.sheet.notes[self._row, column] = "；".join(dict.fromkeys(cell.notes))
        for words in cell.boxes:
            add_box(self.sheet, self._row, column, words)

    def close(self) -> None:
        for column in list(self._open):
            self._close(column)

    def _close(self, column: int) -> None:
        top, bottom, right = self._open.pop(column, (0, 0, column))
        if (top, column) != (bottom, right):
            self.sheet.merge(top, column, bottom, right)
