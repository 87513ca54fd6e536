"""Excel 97-2003 workbooks and WPS .et (the same BIFF8), by xlrd."""

import io
from typing import Any

import xlrd

from pipeline.reading.book import (
    BOOLEAN,
    CELL_TEXT,
    DAMAGED,
    DATE,
    ENCRYPTED,
    ERROR,
    NUMBER,
    Book,
    Cell,
    Sheet,
    Unreadable,
    check_sheets,
    date_text,
    number_text,
)


def read(content: bytes) -> Book:
    """Every sheet, with merged ranges and hidden rows."""
    try:
        book = xlrd.open_workbook(file_contents=content, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        raise Unreadable(_reason(str(error))) from None
    except Exception:  # xlrd lets assertion, struct, index and decoding errors through on damaged files
        raise Unreadable(DAMAGED) from None
    check_sheets(book.nsheets)
    return Book("xls", [_sheet(book, sheet) for sheet in book.sheets()])


def _reason(error: str) -> str:
    if "encrypted" in error:
        return ENCRYPTED
    return DAMAGED


def _sheet(book: xlrd.Book, source: xlrd.sheet.Sheet) -> Sheet:
    sheet = Sheet(source.name, hidden=source.visibility != 0)
    for row in range(source.nrows):
        for column, (type, value) in enumerate(zip(source.row_types(row), source.row_values(row), strict=True), 1):
            found = _cell(type, value, book.datemode)
            if found:
                sheet.put(row + 1, column, found)
    for top, bottom, left, right in source.merged_cells:
        sheet.merge(top + 1, left + 1, bottom, right)
    sheet.hidden_rows = {row + 1 for row, info in source.rowinfo_map.items() if info.hidden}
    return sheet


def _cell(type: int, value: Any, datemode: int) -> Cell | None:
    if type == xlrd.XL_CELL_TEXT:
        return Cell(value, CELL_TEXT) if value else None
    if type == xlrd.XL_CELL_NUMBER:
        return Cell(number_text(value), NUMBER)
    if type == xlrd.XL_CELL_DATE:
        return Cell(date_text(value, datemode == 1), DATE)
    if type == xlrd.XL_CELL_BOOLEAN:
        return Cell("TRUE" if value else "FALSE", BOOLEAN)
    if type == xlrd.XL_CELL_ERROR:
        return Cell(xlrd.error_text_from_code.get(value, "#ERR"), ERROR)
    return None
