"""The official form in any file: find it, read it as typed.

`read` turns files into entries (one row is one cell of the form, with its place and its text as typed) and findings
(what could not be read, and why). Nothing is interpreted here: names and figures are `cleaning`'s.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

import pandas as pd

from pipeline.intake import reading
from pipeline.intake.form import block, headings, prefilled, rows
from pipeline.intake.form.dates import Period, dates_in, weeks_in
from pipeline.intake.form.grid import Grid, squeezed
from pipeline.intake.form.rows import Table
from pipeline.intake.privacy import mask
from pipeline.intake.reading.book import Book, Sheet, Unreadable
from pipeline.intake.reading.folder import File
from pipeline.params import Programme
from pipeline.rules import finding
from pipeline.tables import DONE, ENTRIES, FINDINGS, IN_ROW, ZERO_REPORT, Row

_EXTENSIONS = {
    "xlsx": (".xlsx", ".xlsm"), "xls": (".xls", ".et"), "xlsb": (".xlsb",), "ods": (".ods",), "csv": (".csv", ".txt"),
    "docx": (".docx",), "html": (".htm", ".html", ".mht", ".mhtml"), "xml": (".xml",),
}  # fmt: skip
_REMARKS = {
    "html": "文件实为网页格式，已读取其中表格，下次请用下发的 Excel 模板",
    "xml": "文件实为 XML 表格，已读取，下次请另存为 .xlsx",
    "docx": "Word 表格已读取，下次请用下发的 Excel 模板",
    "ods": ".ods 文件已读取，下次请另存为 .xlsx",
    "xlsb": ".xlsb 文件已读取，下次请另存为 .xlsx",
}
_NO_HEADING = "未找到表头“区镇、整村推进村、目标任务、完成情况”，请用下发的 Excel 模板填报"


def read(files: Iterable[File], programme: Programme, closing: dt.date) -> tuple[pd.DataFrame, pd.DataFrame]:
    """entries, findings of the week's files; what office programs leave behind is passed over."""
    period = Period.of(programme, closing)
    entries: list[Row] = []
    findings: list[Row] = []
    for file in files:
        if not file.is_litter:
            own, doubts = _file(file, programme, period)
            entries += own
            findings += doubts
    return ENTRIES.table(entries), FINDINGS.table(findings)


def _file(file: File, programme: Programme, period: Period) -> tuple[list[Row], list[Row]]:
    try:
        if file.trouble:
            raise Unreadable(file.trouble)
        book = reading.read(file.content)
        found, doubts = _form(book, programme, period)
    except Unreadable as refusal:
        return [], [finding(refusal.rule, mask(str(refusal)), file=file.name)]
    doubts = [{**doubt, "file": file.name} for doubt in doubts]
    entries = [{"file": file.name, **entry} for entry in found]
    return entries, [*_remarks(file, book, period), *map(_in_file, doubts)]


def _in_file(row: Row) -> Row:
    """The finding with its file named before its sheet and cell, and without personal data."""
    parted = "" if row.get("sheet") else "："
    hidden = {name: mask(row[name]) for name in ("raw", "message") if row.get(name)}
    return {**row, **hidden, "message": f"《{row['file']}》{parted}{hidden['message']}"}


def _form(book: Book, programme: Programme, period: Period) -> tuple[list[Row], list[Row]]:
    """The entries of the table that counts, and doubts about it."""
    visible = {sheet.name: sheet for sheet in book.sheets if not sheet.hidden}
    tables = [table for sheet in visible.values() for table in rows.tables(sheet, period)]
    if not tables:
        return _without_heading(list(visible.values()), book, programme)
    table, doubts = _chosen(tables, period)
    _refuse_another(table, programme)
    return prefilled.compared(book, table.entries, [*doubts, *rows.doubts(table, visible[table.sheet], period)], period)


# ---- no heading ------------------------------------------------------------------------------------------------


def _without_heading(sheets: list[Sheet], book: Book, programme: Programme) -> tuple[list[Row], list[Row]]:
    """P03: a sentence that there is no progress is a report. All else goes back, with the reason that fits."""
    grids = [grid for grid in map(Grid, sheets) if grid.cells]
    for grid in grids:
        said = "".join(squeezed(cell.raw) for _, cell in sorted(grid.cells.items()))
        if block.is_zero_report(said):
            (row, column), cell = min(grid.cells.items())
            place = {"sheet": grid.sheet.name, "cell": grid.sheet.address(row, column), "row": row}
            return [{**place, "role": ZERO_REPORT, "raw": said, "type": cell.type}], []
    raise Unreadable(_why_no_heading(grids, book, programme), "not_the_form")


def _why_no_heading(grids: list[Grid], book: Book, programme: Programme) -> str:
    if not grids:
        return "工作表中没有可读取的表格数据，请用下发的 Excel 模板填报"
    if any(headings.lacks_kinds(grid) for grid in grids):
        return "未区分新建与整改，无法汇总，请用下发的 Excel 模板填报"
    for grid in grids:
        title = block.title(grid, range(1, grid.last_row + 1))
        if title and block.is_another(title[2]):
            return _not_ours(title[2], programme)
    if book.format == "csv" and all(grid.last_column == 1 for grid in grids):
        return "正文报数不入库；由分析员录入补录表（enter 决定）并注明来源后生效"
    return _NO_HEADING


def _not_ours(title: str, programme: Programme) -> str:
    return f"不是《{programme.title}每周进展情况汇总表》，识别到的标题为“{title}”"


def _refuse_another(table: Table, programme: Programme) -> None:
    """F22: the columns fit, but the title says that it is another table."""
    for entry in table.entries:
        if entry["role"] == "headline" and block.is_another(entry["raw"]):
            raise Unreadable(_not_ours(entry["raw"], programme), "not_the_form")


# ---- which table -----------------------------------------------------------------------------------------------


def _chosen(tables: list[Table], period: Period) -> tuple[Table, list[Row]]:
    """The table that counts: the only one with figures, or the one whose tab names this week; else the first, held."""
    filled = [table for table in tables if _content(table)] or tables[:1]
    doubled = [table for table in filled if table.heading.doubled]
    if len({_content(table) for table in filled}) == 1 and not doubled:
        return filled[0], []
    places = "、".join(f"{table.sheet}!{table.cell}" for table in filled)
    closing = f"{period.closing.month}月{period.closing.day}日"
    if doubled or len({table.sheet for table in filled}) < len(filled):
        message = f"表内有两块数据（{places}），无法确定哪块为截至{closing}的累计数，请只留一块后重报"
        return filled[0], [finding("several_tables", message, sheet=filled[0].sheet)]
    named = [table for table in filled if period.is_named_in(table.sheet)]
    if len(named) == 1:
        return named[0], [finding("sheet_chosen", f"按表名匹配本期，采用“{named[0].sheet}”", sheet=named[0].sheet)]
    if any(dates_in(table.sheet, period.closing.year) or weeks_in(table.sheet) for table in filled):
        message = f"有{len(filled)}张表可能是本期数据（{places}），请指明"
    else:
        message = f"有多张表符合格式且数据不同（{places}），请删除旧表或指明"
    return filled[0], [finding("several_tables", message)]


def _content(table: Table) -> frozenset[tuple[str, ...]]:
    """What a table reports, whatever it looks like: a list of the same figures beside the form is no second form."""
    return frozenset(
        (squeezed(entry["town_raw"]), squeezed(entry["village_raw"]), entry["kind"], squeezed(entry["raw"]))
        for entry in table.entries
        if entry["role"] == IN_ROW and entry["measure"] == DONE and entry["raw"]
    )


# ---- the file itself -------------------------------------------------------------------------------------------


def _remarks(file: File, book: Book, period: Period) -> Iterator[Row]:
    """Notes on a file that could be read."""
    path = PurePosixPath(file.name)
    extension = path.suffix.lower()
    if extension not in _EXTENSIONS[book.format] and book.format != "html":
        yield finding("wrong_extension", "扩展名与实际格式不符，已按实际格式读取", file=file.name)
    for remark in _formats(file, book, extension):
        yield finding("unusual_format", remark, file=file.name)
    if book.pictures:
        yield finding("pictures_ignored", f"文件含图片{book.pictures}张，已忽略图片只取数", file=file.name)
    other = period.speaks_of_another(path.stem)
    if other:
        closing = f"{period.closing.month}月{period.closing.day}日"
        message = f"文件名日期{other}与本期（截至{closing}）不一致，已按表内数据处理，请核对"
        yield finding("file_date_differs", message, file=file.name)
    for sheet in book.sheets:
        if sheet.hidden and not prefilled.slip_on(sheet):
            message = f"存在隐藏工作表“{sheet.name}”，未采用"
            yield finding("hidden_sheet", message, file=file.name, sheet=sheet.name)


def _formats(file: File, book: Book, extension: str) -> Iterator[str]:
    if file.remark:
        yield file.remark
    if book.format in _REMARKS:
        yield _REMARKS[book.format]
    if book.format == "xls" and extension == ".et":
        yield "WPS .et 文件，已按内容识别读取，下次请另存为 .xlsx"
    if book.macros:
        yield "只读数值，不运行宏；下次请用 .xlsx"
