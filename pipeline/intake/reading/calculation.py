"""Whether the program that wrote a workbook works out its formulas: a 0 that it stores may be no result at all."""

import re
from collections.abc import Iterable

from pipeline.intake.reading.book import BLANK, ERROR, UNCALCULATED, Sheet
from pipeline.intake.reading.package import Parts, relations

# What people work with; and libraries of programs, which store 0 until someone opens the file and saves it.
_CALCULATING = ("libreoffice", "openoffice", "neooffice", "collabora", "onlyoffice", "wps", "kingsoft", "gnumeric")
_LIBRARIES = (
    "openpyxl", "xlsxwriter", "sheetjs", "apache poi", "npoi", "excelize", "phpexcel", "phpspreadsheet", "exceljs",
    "closedxml", "epplus", "xlwt", "odfpy", "ezodf", "aspose", "spire",
)  # fmt: skip


_APPLICATION = re.compile(rb"<Application>([^<]*)</Application>")


def application(parts: Parts) -> str:
    """The program that a package of Excel's says it was saved by."""
    part = next((target for kind, target in relations(parts, "").values() if kind == "extended-properties"), "")
    named = _APPLICATION.search(parts.read(part)) if part in parts else None
    return named[1].decode("utf-8", "replace") if named else ""


def tell(sheets: Iterable[Sheet], application: str, is_certain: bool = False, asks: bool = False) -> None:
    """Note on the sheets of a book if nobody has worked out its formulas.

    application: as the file names it. is_certain: the file bears another sign of one that calculates (Excel's chain of
    formulas). asks: it says that its formulas are to be worked out when it is opened.
    """
    known, sheets = application.lower(), list(sheets)
    if asks or any(name in known for name in _LIBRARIES):
        calculated = False
    else:
        calculated = is_certain or any(name in known for name in _CALCULATING) or any(map(_has_result, sheets))
    for sheet in sheets:
        sheet.is_calculated = calculated


def _has_result(sheet: Sheet) -> bool:
    """Whether any formula has come to something."""
    return any(
        cell.formula and cell.type not in (UNCALCULATED, BLANK, ERROR) and cell.raw not in ("", "0")
        for cell in sheet.cells.values()
    )
