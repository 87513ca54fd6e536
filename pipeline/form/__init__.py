"""The official form in any file: find it, read it as typed.

`read` turns one file into entries (one row is one cell of the form, with its place and its text as typed) and
findings (what could not be read, and why). Nothing is interpreted here: names and figures are `cleaning`'s.
"""

from pathlib import Path

import pandas as pd

from pipeline import reading
from pipeline.form import layout
from pipeline.reading import Sheet, Unreadable
from pipeline.rules import finding
from pipeline.tables import DONE, ENTRIES, FINDINGS, IN_ROW, Row

_EXTENSIONS = {"xlsx": (".xlsx", ".xlsm"), "xls": (".xls", ".et"), "csv": (".csv", ".txt")}


def read(path: Path, name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """entries, findings of the file at `path`, called `name` in every table (its path below data/raw/DATE/)."""
    try:
        entries, findings = _read(path, name)
    except Unreadable as refusal:
        entries, findings = [], [finding(refusal.rule, str(refusal), file=name)]
    return ENTRIES.table(entries), FINDINGS.table(findings)


def _read(path: Path, name: str) -> tuple[list[Row], list[Row]]:
    book = reading.read(_content_of(path))
    kind, sheets = book.format, book.sheets
    visible = [sheet for sheet in sheets if not sheet.hidden]
    tables = [table for sheet in visible for table in layout.tables(sheet)]
    if not tables:
        raise Unreadable(
            "未找到表头“区镇、整村推进村、目标任务、完成情况（新建、整改）”，请用下发的 Excel 模板填报", "not_the_form"
        )
    entries: list[Row] = [{"file": name, **entry} for entry in tables[0].entries]
    return entries, [*_remarks_on_file(name, kind, sheets, tables), *_hidden_rows(name, visible, entries)]


def _content_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unreadable(f"文件打不开（{error.strerror}），可能正被其他程序占用，请关闭后重新运行") from None


def _remarks_on_file(name: str, kind: str, sheets: list[Sheet], tables: list[layout.Table]) -> list[Row]:
    findings = []
    if Path(name).suffix.lower() not in _EXTENSIONS[kind]:
        findings.append(finding("wrong_extension", f"扩展名与实际格式（{kind}）不符，已按实际格式读取", file=name))
    for sheet in sheets:
        if sheet.hidden:
            findings.append(
                finding("hidden_sheet", f"存在隐藏工作表“{sheet.name}”，未采用", file=name, sheet=sheet.name)
            )
    if len({_content(table) for table in tables}) > 1:
        places = "、".join(f"{table.sheet}!{table.cell}" for table in tables)
        message = f"有 {len(tables)} 张表符合格式且数据不同（{places}），无法确定哪张是本期数据，请删除旧表后重报"
        findings.append(finding("several_tables", message, file=name))
    return findings


def _content(table: layout.Table) -> frozenset[tuple[str, ...]]:
    """What a table reports, whatever it looks like: a list of the same figures beside the form is no second form."""
    named = ("town_raw", "village_raw", "kind", "raw")
    return frozenset(
        tuple(layout.squeezed(entry[name]) for name in named)
        for entry in table.entries
        if entry["role"] == IN_ROW and entry["measure"] == DONE and entry["raw"]
    )


def _hidden_rows(name: str, sheets: list[Sheet], entries: list[Row]) -> list[Row]:
    hidden = {(sheet.name, row) for sheet in sheets for row in sheet.hidden_rows}
    used = sorted({(entry["sheet"], entry["row"]) for entry in entries} & hidden)
    return [
        finding("hidden_row", f"第 {row} 行被隐藏或筛选，仍按有效数据读取，请核对", file=name, sheet=sheet)
        for sheet, row in used
    ]
