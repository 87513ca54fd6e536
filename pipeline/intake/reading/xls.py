"""Excel 97-2003 workbooks and WPS .et (the same BIFF8), by xlrd. Runs in a process apart: see `isolation`."""

import io
import struct
from itertools import pairwise
from typing import Any

import xlrd

from pipeline.intake.reading import calculation, colours, formats, locked, xls_records
from pipeline.intake.reading.book import (
    BOOLEAN,
    CELL_TEXT,
    DAMAGED,
    DATE,
    ERROR,
    PART_STRUCK,
    RED,
    STRUCK,
    UNCALCULATED,
    UNSEEN,
    Book,
    Cell,
    Sheet,
    Unreadable,
    check_sheets,
    date_text,
)
from pipeline.intake.reading.boxes import add_box
from pipeline.intake.reading.budget import Budget
from pipeline.intake.reading.compound import stream, top_names
from pipeline.intake.reading.runs import Runs, without_author
from pipeline.intake.reading.xls_boxes import boxes
from pipeline.intake.reading.xls_formulas import formulas

_NAME, _EOF, _PASSED_OVER = 0x18, 0x0A, 0xFFFE  # kinds of records; the last is nobody's
_RED = (255, 0, 0)
_PLAIN = xlrd.formatting.Font()


def read(content: bytes, budget: Budget) -> Book:
    """Every sheet, with merged ranges, comments, marks, hidden rows and columns, formulas."""
    try:
        workbook = stream(content, "workbook", "book")
        xls_records.spend(workbook, budget)
        workbook = _without_names(workbook)
        book = xlrd.open_workbook(file_contents=workbook, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            return read(locked.opened(content, budget), budget)
        raise Unreadable(DAMAGED) from None
    check_sheets(book.nsheets)
    names = top_names(content)
    was_opened = "\x05summaryinformation" in names  # Excel and WPS describe what they save, programs do not
    sheets = [_Reader(book, sheet, was_opened, budget).read() for sheet in book.sheets()]
    for sheet, known, found in zip(sheets, formulas(workbook), boxes(workbook), strict=False):
        for place, formula in known.items():
            if place in sheet.cells:
                cell = sheet.cells[place]
                raw = f"={formula}" if cell.type == UNCALCULATED else cell.raw
                sheet.put(*place, cell._replace(raw=raw, formula=formula))
        for box in found:
            add_box(sheet, *box)
    calculation.tell(sheets, "", is_certain=was_opened)
    return Book("xls", sheets, macros="_vba_project_cur" in names)


def _without_names(workbook: bytes) -> bytes:
    """Without its defined names: xlrd works out their formulas, gives up a sound workbook over one, and we need none."""
    changed = bytearray(workbook)
    at = kind = 0
    while kind != _EOF and at + 4 <= len(changed):
        kind, length = struct.unpack_from("<HH", changed, at)
        if kind == _NAME:
            struct.pack_into("<H", changed, at, _PASSED_OVER)
        at += 4 + length
    return bytes(changed)


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
        known = self._book.format_map.get(style.format_key)
        format = formats.of_code(known.format_str) if known else formats.GENERAL
        if type == xlrd.XL_CELL_TEXT:
            runs = self._source.rich_text_runlist_map.get((row, column), [])
            text = self._text(value, style.font_index, runs)
            return format.text(text._replace(mark=self._seen(style, text.mark))) if text else None
        look = self._seen(style, self._look(style.font_index))
        if type == xlrd.XL_CELL_DATE:
            return Cell(date_text(value, self._book.datemode == 1), DATE, mark=look)
        if type == xlrd.XL_CELL_BOOLEAN:
            return Cell("TRUE" if value else "FALSE", BOOLEAN, mark=look)
        return format.number(value, look, self._book.datemode == 1)

    def _text(self, value: str, font: int, starts: list[tuple[int, int]]) -> Cell | None:
        """A text with its runs. Only a formula gives an empty one: a program that wrote it did not calculate it."""
        if not value:
            return None if self._was_opened else Cell("=", UNCALCULATED)
        runs = Runs()
        for (start, number), (end, _) in pairwise([(0, font), *starts, (len(value), 0)]):
            runs.add(value[start:end], self._look(number), self._font(number).escapement in (1, 2))
        return Cell(runs.text, CELL_TEXT, mark=runs.mark) if runs.text else None

    def _font(self, number: int) -> xlrd.formatting.Font:
        """The font of a number; of one that is not there the first, and a plain one if there is none at all."""
        fonts = self._book.font_list
        return fonts[number if number < len(fonts) else 0] if fonts else _PLAIN

    def _look(self, number: int) -> str:
        font = self._font(number)
        if font.struck_out:
            return STRUCK
        return RED if self._book.colour_map.get(font.colour_index) == _RED else ""

    def _seen(self, style: xlrd.formatting.XF, look: str) -> str:
        """The mark, or UNSEEN where the letters have the colour of their ground."""
        if look in (STRUCK, PART_STRUCK):
            return look
        ground = style.background
        pattern, colour = ground.fill_pattern, ground.pattern_colour_index
        behind = colours.WHITE if not pattern else self._colour(colour) if pattern == 1 else ""
        letters = self._colour(self._font(style.font_index).colour_index)
        return UNSEEN if colours.hides(letters, behind) else look

    def _colour(self, number: int) -> str:
        return bytes(self._book.colour_map.get(number) or b"").hex().upper()
