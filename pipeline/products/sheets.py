"""Safe writing of .xlsx: text stays text, and the same content gives the same bytes.

`openpyxl` is used here only.
"""

import io
from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.protection import Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.products import dialect, packing

__all__ = ["Alignment", "Border", "Cell", "Font", "PatternFill", "Side", "Workbook", "Worksheet", "get_column_letter"]

_LONGEST = 32_767
MARGIN, _SIDE = 0.8, 0.4  # above and below the printed part, and beside it, in inches
_PLAIN = Font(
    name="Arial", size=10, family=2
)  # its digits are the unit of widths; every PC has it or one of its widths
ACROSS = (11.69 - 2 * _SIDE) * 72 / (10 * 0.556)  # such digits on a page


def put(sheet: Worksheet, row: int, column: int, value: Any) -> Cell:
    """Write one value. Text is never a formula, whatever it starts with."""
    cell = sheet.cell(row, column)
    if isinstance(value, str) and value:
        cell.value = ILLEGAL_CHARACTERS_RE.sub("�", value)[:_LONGEST]
        if cell.data_type != "s":  # = would be a formula, #N/A an error value
            cell.data_type = "s"
            cell.quotePrefix = True
    else:
        cell.value = None if value == "" else value
    return cell


def page(sheet: Worksheet, footer: tuple[str, str, str], repeat_rows: str) -> None:
    """A4 landscape, one page wide, the heading repeated, left, middle and right footer."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins = PageMargins(_SIDE, _SIDE, MARGIN, MARGIN, 0.4, 0.4)
    sheet.print_options.horizontalCentered = True
    sheet.print_title_rows = repeat_rows
    sheet.sheet_view.showGridLines = False
    for part, text in zip(("left", "center", "right"), footer, strict=True):
        getattr(sheet.oddFooter, part).text = text


def break_before(sheet: Worksheet, rows: Iterable[int], scale: int) -> None:
    """New pages begin at these rows. Excel keeps to that only at a fixed scale (%), not while it fits to a width."""
    sheet.sheet_properties.pageSetUpPr.fitToPage = False
    sheet.page_setup.scale = scale
    for row in rows:
        sheet.row_breaks.append(Break(id=row - 1))


def several_across(sheet: Worksheet, scale: int, repeat_columns: str) -> None:
    """As many pages beside each other as the columns need at this scale (%), the first columns on each of them."""
    sheet.sheet_properties.pageSetUpPr.fitToPage = False
    sheet.page_setup.scale = scale
    sheet.page_setup.pageOrder = "overThenDown"
    sheet.print_title_cols = repeat_columns


def listing(sheet: Worksheet, name: str, top: int, width: int, height: int) -> None:
    """Make rows from `top` on (heading and `height` rows) a real Excel table, so that officers can sort and filter."""
    table = Table(displayName=name, ref=f"A{top}:{get_column_letter(width)}{top + height}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(table)
    table._initialise_columns()
    for number, column in enumerate(table.tableColumns, 1):
        column.name = str(sheet.cell(top, number).value).replace("\n", "_x000a_")  # as Excel writes a broken heading


def lock(sheet: Worksheet) -> None:
    """Every cell that is not `open_to_all` against slips of the hand; without a password, for it keeps no secret."""
    sheet.protection.enable()
    sheet.protection.formatRows = False  # allowed: a long remark needs a higher row


def open_to_all(cell: Cell) -> None:
    """A cell that may be filled in on a locked sheet."""
    cell.protection = Protection(locked=False)


def whole_number(cell: Cell, least: str, prompt: tuple[str, str], refused: tuple[str, str]) -> None:
    """A cell takes whole numbers from `least` (a formula) on; prompt, refused: (title, text) beside it and on refusal.

    allow_blank stays off: with it Excel takes anything as long as a cell in the formula is blank.
    """
    rule = DataValidation("whole", least, operator="greaterThanOrEqual", allow_blank=False, errorStyle="stop")
    rule.showInputMessage = rule.showErrorMessage = True
    (rule.promptTitle, rule.prompt), (rule.errorTitle, rule.error) = prompt, refused
    rule.add(cell)
    cell.parent.add_data_validation(rule)


def one_of(sheet: Worksheet, cells: str, choices: str, refused: tuple[str, str]) -> None:
    """Cells that take one of a few texts, from a drop-down, or stay blank; refused: (title, text) on anything else.

    choices: a formula: words as "甲,乙" (Excel ends at 255 signs), or a range of this sheet (.xls loses another sheet's).
    """
    rule = DataValidation("list", choices, allow_blank=True, errorStyle="stop", showErrorMessage=True)
    rule.errorTitle, rule.error = refused
    rule.add(cells)
    sheet.add_data_validation(rule)


def counts(sheet: Worksheet, cells: str, refused: tuple[str, str]) -> None:
    """Cells that take whole numbers from 0 on, or stay blank; refused: (title, text) on anything else."""
    rule = DataValidation("whole", "0", operator="greaterThanOrEqual", allow_blank=True, showErrorMessage=True)
    rule.errorTitle, rule.error = refused
    rule.add(cells)
    sheet.add_data_validation(rule)


def hint(cell: Cell, title: str, text: str) -> None:
    """Words beside a cell that is being filled in; it takes anything."""
    rule = DataValidation(promptTitle=title, prompt=text, showInputMessage=True)
    rule.add(cell)
    cell.parent.add_data_validation(rule)


def to_bytes(workbook: Workbook, title: str, office: str) -> bytes:
    """The workbook as bytes that depend on its content only; title, office: what it says of itself, and who made it."""
    about = workbook.properties
    about.title, about.creator, about.lastModifiedBy, about.language = title, office, office, "zh-CN"
    workbook.security = None
    workbook._named_styles["Normal"].font = _PLAIN
    written = io.BytesIO()
    workbook.save(written)
    return packing.packed(dialect.of_office(packing.parts(written.getvalue())))
