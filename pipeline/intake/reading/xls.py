"""Excel 97-2003 workbooks and WPS .et (the same BIFF8), by xlrd. Runs in a process apart: see `isolation`."""

import io
from itertools import pairwise
from typing import Any

import xlrd

from pipeline.intake.reading import xls_cost
from pipeline.intake.reading.book import (
    BOOLEAN,
    CELL_TEXT,
    DAMAGED,
    DATE,
    ENCRYPTED,
    ERROR,
    NUMBER,
    PERCENT,
    RED,
    STRUCK,
    UNCALCULATED,
    Book,
    Cell,
    Sheet,
    Unreadable,
    check_sheets,
    date_text,
    number_text,
)
from pipeline.intake.reading.budget import Budget
from pipeline.intake.reading.compound import top_names
from pipeline.intake.reading.runs import Runs, is_percent, percent_text, without_author

_RED = (255, 0, 0)


def read(content: bytes, budget: Budget) -> Book:
    """Every sheet, with merged ranges, comments, marks, hidden rows and columns; xlrd tells no formulas."""
    xls_cost.spend(content, budget)
    try:
        book = xlrd.open_workbook(file_contents=content, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        raise Unreadable(ENCRYPTED if "encrypted" in str(error) else DAMAGED) from None
    check_sheets(book.nsheets)
    names = top_names(content)
    was_opened = "\x05summaryinformation" in names  # Excel and WPS describe what they save, programs do not
    sheets = [_Reader(book, sheet, was_opened, budget).read() for sheet in book.sheets()]
    return Book("xls", sheets, macros="_vba_project_cur" in names)


class _Reader:
    """One sheet."""

    def __init__(self, book: xlrd.Book, source: xlrd.sheet.Sheet, was_opened: bool, budget: Budget) -> None:
        self._book, self._source, self._was_opened = book, source, was_opened
        self._sheet = Sheet(source.name, hidden=source.visibility != 0, budget=budget)

    def read(self) -> Sheet:
        source, sheet = self._source, self._sheet
        for row in range(source.nrows):
            line = zip(source.row_types(row), source.row_values(row), strict=True)
            for column, (type, value) in enumerate(line):
                cell_read = self._cell(row, column, type, value)
                if cell_read:
                    sheet.put(row + 1, column + 1, cell_read)
        for top, bottom, left, right in source.merged_cells:
            sheet.merge(top + 1, left + 1, bottom, right)
        for (row, column), note in source.cell_note_map.items():
            text = without_author(note.text.replace("\r", "\n"), note.author or "")
            if text:
                sheet.notes[row + 1, column + 1] = text
        sheet.hidden_rows = {row + 1 for row, info in source.rowinfo_map.items() if info.hidden}
        sheet.hidden_columns = {column + 1 for column, info in source.colinfo_map.items() if info.hidden}
        return sheet

    def _cell(self, row: int, column: int, type: int, value: Any) -> Cell | None:
        if type in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
            return None
        if type == xlrd.XL_CELL_ERROR:
            return Cell(xlrd.error_text_from_code.get(value, "#ERR"), ERROR)
        style = self._book.xf_list[self._source.cell_xf_index(row, column)]
        if type == xlrd.XL_CELL_TEXT:
            return self._text(value, style.font_index, self._source.rich_text_runlist_map.get((row, column), []))
        look = self._look(style.font_index)
        if type == xlrd.XL_CELL_DATE:
            return Cell(date_text(value, self._book.datemode == 1), DATE, mark=look)
        if type == xlrd.XL_CELL_BOOLEAN:
            return Cell("TRUE" if value else "FALSE", BOOLEAN, mark=look)
        if is_percent(self._book.format_map[style.format_key].format_str):
            return Cell(percent_text(value), PERCENT, mark=look)
        return Cell(number_text(value), NUMBER, mark=look)

    def _text(self, value: str, font: int, starts: list[tuple[int, int]]) -> Cell | None:
        """A text with its runs. Only a formula gives an empty one: a program that wrote it did not calculate it."""
        if not value:
            return None if self._was_opened else Cell("=", UNCALCULATED)
        runs = Runs()
        for (start, number), (end, _) in pairwise([(0, font), *starts, (len(value), 0)]):
            runs.add(value[start:end], self._look(number), self._font(number).escapement in (1, 2))
        return Cell(runs.text, CELL_TEXT, mark=runs.mark) if runs.text else None

    def _font(self, number: int) -> xlrd.formatting.Font:
        fonts = self._book.font_list
        return fonts[number if number < len(fonts) else 0]

    def _look(self, number: int) -> str:
        font = self._font(number)
        if font.struck_out:
            return STRUCK
        return RED if self._book.colour_map.get(font.colour_index) == _RED else ""
