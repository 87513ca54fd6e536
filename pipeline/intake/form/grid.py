"""A sheet with its merged ranges filled, so that every cell knows what a clerk sees in it."""

import re
from collections.abc import Collection

from pipeline.intake.reading import UNCALCULATED, Cell, Sheet, Unreadable
from pipeline.intake.reading.book import MOST_CELLS, NOTHING
from pipeline.records import Cell as Found
from pipeline.records import Place

_MOST_COLUMNS = 200  # what stands further right is no column of the form
_BRACKETS = str.maketrans("()[]:", "（）（）：")
_BLANKS = re.compile(r"[\s\u200b\ufeff\u3000]+")

_At = tuple[int, int]


def squeezed(text: str) -> str:
    """Without white space, zero-width marks and full-width differences of brackets: how headings are compared."""
    if not text.isalnum():
        text = _BLANKS.sub("", text).translate(_BRACKETS)
    return text


class Grid:
    """The cells of a sheet that hold something, by (row, column). file: the one that it is a sheet of."""

    def __init__(self, sheet: Sheet, file: str) -> None:
        self.sheet, self.file = sheet, file
        sheet.work(len(sheet.cells))
        self.cells: dict[_At, Cell] = {
            place: cell for place, cell in sheet.cells.items() if cell.raw.strip() or cell.type == UNCALCULATED
        }
        self.last_row = max((row for row, _ in self.cells), default=0)
        self.last_column = min(max((column for _, column in self.cells), default=0), _MOST_COLUMNS)
        self._source: dict[_At, _At] = {}
        for top, left, bottom, right in dict.fromkeys(sheet.merges):
            self._fill(top, left, min(bottom, self.last_row), min(right, self.last_column))
        self._columns: dict[int, list[int]] = {}
        for row, column in sorted(self.cells):
            self._columns.setdefault(row, []).append(column)
        self.rows = list(self._columns)
        self.notes: dict[int, dict[_At, str]] = {}  # comments, by the row that they stand in
        for place, text in sheet.notes.items():
            sheet.work(1 + (len(text) >> 4))
            self.notes.setdefault(place[0], {})[place] = text
        self._words: dict[_At, str] = {}
        self._words_of: dict[
            int, list[tuple[int, str]]
        ] = {}  # a row is looked at for a heading, a date, a unit, a foot …

    def _fill(self, top: int, left: int, bottom: int, right: int) -> None:
        value = self.cells.get((top, left))
        if (bottom - top + 1) * (right - left + 1) > MOST_CELLS:
            raise Unreadable("合并单元格异常大，请用下发的 Excel 模板填报")
        if value:
            self.sheet.work(max(0, bottom - top + 1) * max(0, right - left + 1) * (1 + (len(value.raw) >> 4)))
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    self.cells.setdefault((row, column), value)
                    self._source[row, column] = (top, left)

    def at(self, row: int, column: int) -> Cell:
        return self.cells.get((row, column), NOTHING)

    def word(self, row: int, column: int) -> str:
        """The text of a cell without any white space: how headings and labels are compared."""
        place = (row, column)
        word = self._words.get(place)
        if word is None:
            word = self._words[place] = squeezed(self.at(row, column).raw)
        return word

    def words(self, row: int) -> list[tuple[int, str]]:
        """(column, word) of the cells of a row that hold something, a range merged over columns once."""
        if row not in self._words_of:
            self._words_of[row] = [
                (column, self.word(row, column))
                for column in self._columns.get(row, ())
                if column <= self.last_column and self._source.get((row, column), (0, column))[1] == column
            ]
        return self._words_of[row]

    def first_word(self, row: int) -> str:
        """The word that a row begins with."""
        return self.word(row, self._columns[row][0]) if row in self._columns else ""

    def place(self, row: int, column: int) -> str:
        """The address a clerk would name: the top-left cell of a merged range."""
        return self.sheet.address(*self._source.get((row, column), (row, column)))

    def found(self, row: int, column: int, raw: str | None = None) -> Found:
        """What stands in a cell, with its place. raw: the text as it is told, where that is less than all of it."""
        text = self.at(row, column).raw if raw is None else raw
        return Found(file=self.file, sheet=self.sheet.name, cell=self.place(row, column), raw=text)

    def named(self, row: int, column: int, raw: str = "") -> Place:
        """The cell that a finding is about. raw: the text as it is told."""
        return Place(file=self.file, sheet=self.sheet.name, cell=self.place(row, column), raw=raw)

    def is_banner(self, row: int, village: int, figures: Collection[int]) -> bool:
        """Whether one merged cell runs over the village and a figure: a line of words between two blocks."""
        return self.is_merged_with(row, village, figures)

    def is_merged_with(self, row: int, column: int, others: Collection[int]) -> bool:
        """Whether one merged cell runs over this column and one of the others in the row."""
        source = self._source.get((row, column))
        return source is not None and any(self._source.get((row, other)) == source for other in others)

    def is_shared(self, row: int, column: int, figures: Collection[int]) -> bool:
        """Whether the cell is merged with another row's or another figure's: then it is no one's own figure."""
        source = self._source.get((row, column))
        if source is None:
            return False
        others = [(row - 1, column), (row + 1, column), *((row, other) for other in figures if other != column)]
        return any(self._source.get(place) == source for place in others)
