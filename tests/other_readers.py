"""python-calamine as an oracle: what another reader finds. It may abort its process, so it runs in a worker too."""

import datetime as dt
import io
from typing import Any

from python_calamine import CalamineWorkbook

from pipeline.intake.reading.book import BOOLEAN, CELL_TEXT, DATE, NUMBER, Book, Cell, Sheet, number_text
from pipeline.intake.reading.budget import Budget


def calamine(content: bytes, _: Budget) -> Book:
    """The same book by calamine, as far as it tells."""
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return Book("", [_sheet(workbook, name) for name in workbook.sheet_names])


def _sheet(workbook: CalamineWorkbook, name: str) -> Sheet:
    sheet, source = Sheet(name), workbook.get_sheet_by_name(name)
    top, left = source.start or (0, 0)
    for row, values in enumerate(source.to_python(skip_empty_area=True), top + 1):
        for column, value in enumerate(values, left + 1):
            if value != "":
                sheet.put(row, column, _cell(value))
    return sheet


def _cell(value: Any) -> Cell:
    if isinstance(value, bool):
        return Cell(str(value).upper(), BOOLEAN)
    if isinstance(value, int | float):
        return Cell(number_text(value), NUMBER)
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        return Cell(str(value)[:10], DATE)
    return Cell(value, CELL_TEXT)
