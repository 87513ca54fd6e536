"""Safe writing of .xlsx: text stays text, and the same content gives the same bytes.

`openpyxl` is used here only.
"""

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from pipeline import packing

__all__ = ["Alignment", "Border", "Font", "PatternFill", "Side", "Workbook", "Worksheet", "get_column_letter"]

_LONGEST = 32_767


def put(sheet: Worksheet, row: int, column: int, value: Any) -> Cell:
    """Write one value. Text is never a formula, whatever it starts with."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("�", value)[:_LONGEST]
        if cell.data_type != "s":  # = would be a formula, #N/A an error value
            cell.data_type = "s"
            cell.quotePrefix = True
    else:
        cell.value = value
    return cell


def page(sheet: Worksheet, footer: tuple[str, str, str], repeat_rows: str) -> None:
    """A4 landscape, one page wide, the heading repeated, left, middle and right footer."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.print_title_rows = repeat_rows
    sheet.sheet_view.showGridLines = False
    for part, text in zip(("left", "center", "right"), footer, strict=True):
        getattr(sheet.oddFooter, part).text = text


def listing(sheet: Worksheet, name: str, top: int, width: int, height: int) -> None:
    """Make rows from `top` on (heading and `height` rows) a real Excel table, so that officers can sort and filter."""
    if height:
        table = Table(displayName=name, ref=f"A{top}:{get_column_letter(width)}{top + height}")
        table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
        sheet.add_table(table)


def to_bytes(workbook: Workbook) -> bytes:
    """The workbook as bytes that depend on its content only."""
    written = io.BytesIO()
    workbook.save(written)
    return packing.frozen(written.getvalue())
