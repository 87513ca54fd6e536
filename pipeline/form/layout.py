"""The form found on a sheet, wherever it stands: columns by their headings, rows by their labels.

The official form is 区镇 | 整村推进村 | 目标任务 (新建, 整改) | 完成情况 (新建, 整改) | 备注, with 合计 below; towns put
titles above it, notes under it, other columns between, and write the heading in one line or in two.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from pipeline.reading import BLANK, SHARED, UNCALCULATED, Cell, Sheet, Unreadable
from pipeline.reading.book import MOST_CELLS, NOTHING, address
from pipeline.tables import (
    DONE,
    IN_ROW,
    IN_SUBTOTAL,
    IN_TOTAL,
    KINDS,
    NEW_BUILD,
    RENOVATION,
    SENDER,
    TARGET,
    Row,
)

_TOWN = (
    "区镇",
    "镇街",
    "乡镇",
    "镇",
    "镇区",
    "街道",
    "单位",
    "区镇街道",
    "镇街道",
    "区镇名称",
    "镇（街道）",
    "区镇（街道）",
)
_VILLAGE = (
    "整村推进村",
    "推进村",
    "村",
    "村名",
    "村居",
    "行政村",
    "村名称",
    "整村推进村名称",
    "整村推进村名",
    "任务村",
)
_REMARK = ("备注", "说明", "备注说明")
_KIND_WORDS = {
    NEW_BUILD: ("新建", "新建改造", "新建户厕"),
    RENOVATION: ("整改", "整改提升", "整改达标", "修缮", "整改户厕"),
}
_MEASURE_WORDS = {TARGET: ("目标", "任务", "下达"), DONE: ("完成",)}
_NOT_CUMULATIVE = ("率", "本周", "新增", "比例", "占比", "上周", "未完成", "小计", "合计")
_TOTALS = ("合计", "总计", "小计", "全镇", "累计", "全区", "共计")
_HEADER_DEPTH = 3
_MOST_COLUMNS = 200  # what stands further right is no column of the form
_SENDER = re.compile(r"填报单位(?:[（(].*?[)）])?[:：]\s*(?P<name>[^\s:：]+)")
_FOOT = re.compile(r"^(注|备注|说明|填报人|填表人|审核人|负责人|联系电话|联系人)\d*[:：（(]|^填报(人|日期|单位)")


@dataclass
class Table:
    """One form on a sheet: where its heading starts, and its entries (ENTRIES rows without `file`)."""

    sheet: str
    cell: str
    entries: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class _Columns:
    """Which column holds what; `figures` maps a column to (measure, kind)."""

    town: int
    village: int
    remark: int
    figures: dict[int, tuple[str, str]]

    @property
    def complete(self) -> bool:
        done = [kind for measure, kind in self.figures.values() if measure == DONE]
        return bool(self.village) and sorted(done) == sorted(KINDS)


class _Grid:
    """A sheet with its merged ranges filled, so that every cell knows what a clerk sees in it."""

    def __init__(self, sheet: Sheet) -> None:
        self.cells = {
            place: cell for place, cell in sheet.cells.items() if cell.raw.strip() or cell.type == UNCALCULATED
        }
        self.source: dict[tuple[int, int], tuple[int, int]] = {}
        self.last_row = max((row for row, _ in self.cells), default=0)
        self.last_column = min(max((column for _, column in self.cells), default=0), _MOST_COLUMNS)
        for top, left, bottom, right in sheet.merges:
            self._fill(top, left, min(bottom, self.last_row), min(right, self.last_column))

    def _fill(self, top: int, left: int, bottom: int, right: int) -> None:
        value = self.cells.get((top, left))
        if (bottom - top + 1) * (right - left + 1) > MOST_CELLS:
            raise Unreadable("合并单元格异常大，请用下发的 Excel 模板填报")
        if value:
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    self.cells.setdefault((row, column), value)
                    self.source[row, column] = (top, left)

    def at(self, row: int, column: int) -> Cell:
        return self.cells.get((row, column), NOTHING)

    def word(self, row: int, column: int) -> str:
        """The text of a cell without any white space: how headings and labels are compared."""
        return squeezed(self.at(row, column).raw)

    def place(self, row: int, column: int) -> str:
        """The address a clerk would name: the top-left cell of a merged range."""
        return address(*self.source.get((row, column), (row, column)))

    def is_shared(self, row: int, column: int, figures: Collection[int]) -> bool:
        """Whether the cell is merged with another row's or another figure's: then it is no one's own figure."""
        source = self.source.get((row, column))
        others = [(row - 1, column), (row + 1, column), *((row, other) for other in figures if other != column)]
        return source is not None and any(self.source.get(place) == source for place in others)

    def rows(self) -> list[int]:
        """The rows that hold something, from the top."""
        return sorted({row for row, _ in self.cells})


def squeezed(text: str) -> str:
    """Without white space, zero-width marks and full-width differences of brackets."""
    return re.sub(r"[\s\u200b\ufeff\u3000]+", "", text).replace("(", "（").replace(")", "）")


def tables(sheet: Sheet) -> list[Table]:
    """Every form on the sheet, in reading order; a heading repeated at a page break does not start a new one."""
    grid = _Grid(sheet)
    headings = _headings(grid)
    found: list[Table] = []
    columns_before: _Columns | None = None
    ends = [*(top for top, _, _ in headings[1:]), grid.last_row + 1]
    for (top, bottom, columns), until in zip(headings, ends, strict=False):
        entries = _entries(grid, sheet.name, columns, range(bottom + 1, until))
        if columns == columns_before and _continues(found[-1], entries):
            found[-1].entries += entries
            continue
        sender = _sender(grid, sheet.name, range(1, top)) if not found else []
        found.append(Table(sheet.name, address(top, columns.town or columns.village), [*sender, *entries]))
        columns_before = columns
    return found


def _continues(table: Table, entries: list[Row]) -> bool:
    """A page-break repeat goes on with other villages; a second block names the same ones again."""
    seen = {entry["village_raw"] for entry in table.entries if entry["role"] == IN_ROW}
    return not seen & {entry["village_raw"] for entry in entries if entry["role"] == IN_ROW}


# ---- headings --------------------------------------------------------------------------------------------------


def _headings(grid: _Grid) -> list[tuple[int, int, _Columns]]:
    """(first row, last row, columns) of every heading band that names a village column and both done columns."""
    found = []
    rows = grid.rows()
    after = 0
    for row in rows:
        if row <= after or not _starts_heading(grid, row):
            continue
        for depth in range(1, _HEADER_DEPTH + 1):
            band = range(row, row + depth)
            columns = _columns(grid, band)
            if columns.complete and not any(_holds_data(grid, line, columns) for line in band):
                found.append((row, band[-1], columns))
                after = band[-1]
                break
    return found


def _starts_heading(grid: _Grid, row: int) -> bool:
    """The first line of a heading names the village column, or the measures above it."""
    words = {grid.word(row, column) for column in range(1, grid.last_column + 1)}
    return bool(words & set(_VILLAGE)) or any(
        _measure(word) for word in words if len(word) <= 12 and not word.endswith("表")
    )


def _holds_data(grid: _Grid, row: int, columns: _Columns) -> bool:
    """A line of figures, or of a village, is no part of the heading."""
    village = grid.word(row, columns.village)
    figures = [grid.at(row, column).raw.strip() for column in columns.figures]
    return any(re.fullmatch(r"[\d.,]+", figure) for figure in figures) or (
        bool(village) and village not in _VILLAGE and not _measure(village) and village.endswith(("村", "社区"))
    )


def _columns(grid: _Grid, band: range) -> _Columns:
    """Columns by their headings read from top to bottom, never by position."""
    town = village = remark = 0
    figures: dict[int, tuple[str, str]] = {}
    above = ""
    for column in range(1, grid.last_column + 1):
        words = list(dict.fromkeys(word for row in band if (word := grid.word(row, column))))
        if not town and any(word in _TOWN for word in words):
            town = column
        elif not village and any(word in _VILLAGE for word in words):
            village = column
        elif not remark and any(word in _REMARK for word in words):
            remark = column
        else:
            above = next((word for word in words if _measure(word)), above if words else "")
            meaning = _meaning(words, above)
            if meaning and meaning not in figures.values():
                figures[column] = meaning
            continue
        above = ""
    return _Columns(town, village, remark, figures)


def _measure(word: str) -> str:
    if any(other in word for other in _NOT_CUMULATIVE):
        return ""
    return next((measure for measure, marks in _MEASURE_WORDS.items() if any(mark in word for mark in marks)), "")


def _meaning(words: list[str], above: str) -> tuple[str, str] | None:
    """(measure, kind) of a column; an upper heading written once over two columns holds for the second too."""
    if any(other in word for word in words for other in _NOT_CUMULATIVE):
        return None
    measure = _measure("".join(words)) or _measure(above)
    kinds = [kind for kind, marks in _KIND_WORDS.items() if any(mark in "".join(words) for mark in marks)]
    return (measure, kinds[0]) if measure and len(kinds) == 1 else None


# ---- rows ------------------------------------------------------------------------------------------------------


def _sender(grid: _Grid, sheet: str, rows: range) -> list[Row]:
    """The 填报单位 line above the heading."""
    for row in (row for row in grid.rows() if row in rows):
        for column in range(1, grid.last_column + 1):
            match = _SENDER.search(grid.at(row, column).raw.strip())
            if match:
                place = grid.place(row, column)
                return [{"sheet": sheet, "cell": place, "row": row, "role": SENDER, "raw": match["name"]}]
    return []


def _entries(grid: _Grid, sheet: str, columns: _Columns, rows: range) -> list[Row]:
    """The figures of all rows under a heading; a town written once holds until the next one or an empty line."""
    entries: list[Row] = []
    town, town_cell, before = "", "", 0
    for row in (row for row in grid.rows() if row in rows):
        if _is_foot(grid, row):
            break
        if row != before + 1:
            town, town_cell = "", ""
        own = (grid.at(row, columns.town).raw, grid.place(row, columns.town)) if columns.town else ("", "")
        village, before = grid.at(row, columns.village).raw, row
        named = own if squeezed(own[0]) else (town, town_cell)
        labels: Row = {
            "sheet": sheet, "row": row, "town_raw": named[0], "town_cell": named[1],
            "village_raw": village, "village_cell": grid.place(row, columns.village),
            "remark": grid.at(row, columns.remark).raw if columns.remark else "",
            "role": _role(own[0], village),
        }  # fmt: skip
        entries += _figures(grid, row, columns, labels)
        if labels["role"] == IN_ROW:  # 合计 in the town column holds for its own row only
            town, town_cell = named
    return entries


def _is_foot(grid: _Grid, row: int) -> bool:
    """注：… 填报人：… — what stands under the table is not part of it."""
    first = next((word for column in range(1, grid.last_column + 1) if (word := grid.word(row, column))), "")
    return bool(_FOOT.match(first))


def _role(town: str, village: str) -> str:
    """合计 in either label is a total; 包场镇小计 a subtotal. A village may bear the town's name: 四甲村 is neither."""
    for label in (squeezed(village), squeezed(town)):
        bare = label.rstrip("：:")
        if bare in _TOTALS:
            return IN_SUBTOTAL if bare == "小计" else IN_TOTAL
        if bare.endswith(("小计", "合计")):
            return IN_SUBTOTAL
    return IN_ROW


def _figures(grid: _Grid, row: int, columns: _Columns, labels: Row) -> list[Row]:
    """One entry per figure column. A row that names nothing and holds nothing is no row of the form."""
    named = squeezed(labels["village_raw"]) not in ("", "—", "-", "－", "/", "无")
    found = []
    for column, (measure, kind) in columns.figures.items():
        cell = grid.at(row, column)
        if grid.is_shared(row, column, columns.figures):
            cell = Cell(cell.raw, SHARED)
        entry = {**labels, "cell": grid.place(row, column), "measure": measure, "kind": kind}
        found.append({**entry, "raw": cell.raw, "type": cell.type})
    return found if named or any(entry["type"] != BLANK and entry["raw"].strip() for entry in found) else []
