"""The rows of the form under its heading, each figure as typed, with its place; what stands under them is no row."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.intake.form import block, formulas, headings
from pipeline.intake.form.dates import Period
from pipeline.intake.form.grid import Grid, squeezed
from pipeline.intake.form.headings import Heading
from pipeline.intake.reading import BLANK, SHARED, UNCALCULATED, Sheet
from pipeline.rules import finding
from pipeline.tables import IN_ROW, IN_SUBTOTAL, IN_TOTAL, Row

_TOTALS = ("合计", "总计", "小计", "全镇", "累计", "全区", "共计", "总数")
_NO_VILLAGE = ("", "—", "-", "－", "/", "无")
_FOOT = re.compile(r"^(注|备注|说明|填报人|填表人|审核人|负责人|分管领导|联系电话|联系人)\d*[（：]|^填报(人|日期|单位)")


@dataclass
class Table:
    """One form on a sheet: its heading, its entries (ENTRIES rows without `file`), doubts about it as a whole."""

    sheet: str
    cell: str
    heading: Heading
    entries: list[Row]
    findings: list[Row] = field(default_factory=list)


def tables(sheet: Sheet, period: Period) -> list[Table]:
    """Every form on the sheet, in reading order; a heading repeated at a page break does not start a new one."""
    grid = Grid(sheet)
    bands = headings.find(grid)
    found: list[Table] = []
    ends = [*(band.top for band in bands[1:]), grid.last_row + 1]
    for band, until in zip(bands, ends, strict=False):
        entries, end = _entries(grid, band, until)
        if found and band.columns == found[-1].heading.columns and _continues(found[-1], entries):
            found[-1].entries += entries
            continue
        above = range(1, band.top) if not found else range(0)
        doubts = list(block.findings(grid, above, range(end, until), period))
        table = Table(sheet.name, sheet.address(band.top, band.town or band.village), band, entries, doubts)
        table.entries[:0] = block.entries(grid, above)
        found.append(table)
    return found


def _continues(table: Table, entries: list[Row]) -> bool:
    """A page-break repeat goes on with other villages; a second block names the same ones again."""
    seen = {entry["village_raw"] for entry in table.entries if entry["role"] == IN_ROW}
    return not seen & {entry["village_raw"] for entry in entries if entry["role"] == IN_ROW}


def _entries(grid: Grid, heading: Heading, until: int) -> tuple[list[Row], int]:
    """The figures of all rows under a heading, and the row where they end.

    A town written once holds until the next one or an empty line.
    """
    entries: list[Row] = []
    town, town_cell, before = "", "", heading.bottom
    for row in grid.rows:
        if not heading.bottom < row < until:
            continue
        if _is_foot(grid, row):
            return entries, row
        if row != before + 1 or grid.is_banner(row, heading.village, heading.figures):
            town, town_cell = "", ""
        if grid.is_banner(row, heading.village, heading.figures):
            continue
        own, own_cell = _town(grid, row, heading)
        before = row
        named = (own, own_cell) if squeezed(own) else (town, town_cell)
        labels = _labels(grid, row, heading, named, own)
        entries += _figures(grid, row, heading, labels)
        if labels["role"] == IN_ROW:  # 合计 in the town column holds for its own row only
            town, town_cell = named
    return entries, until


def _town(grid: Grid, row: int, heading: Heading) -> tuple[str, str]:
    return (grid.at(row, heading.town).raw, grid.place(row, heading.town)) if heading.town else ("", "")


def _labels(grid: Grid, row: int, heading: Heading, town: tuple[str, str], own_town: str) -> Row:
    """What all figures of one row have in common."""
    village = grid.at(row, heading.village).raw
    notes = {place: text for place, text in grid.sheet.notes.items() if place[0] == row} if grid.sheet.notes else {}
    remark = grid.at(row, heading.remark).raw if heading.remark else ""
    remark_cell = next((grid.sheet.address(*place) for place in sorted(notes)), "")
    return {
        "sheet": grid.sheet.name, "row": row, "town_raw": town[0], "town_cell": town[1],
        "village_raw": village, "village_cell": grid.place(row, heading.village),
        "remark": "；".join(filter(None, (remark.strip(), *(f"批注：{note.strip()}" for note in notes.values())))),
        "remark_cell": grid.place(row, heading.remark) if remark.strip() else remark_cell,
        "role": _role(own_town, village),
    }  # fmt: skip


def _is_foot(grid: Grid, row: int) -> bool:
    """注：… 填报人：… — what stands under the table is not part of it."""
    return bool(_FOOT.match(grid.first_word(row)))


def _role(town: str, village: str) -> str:
    """合计 in either label is a total; 包场镇小计 a subtotal. A village may bear the town's name: 四甲村 is neither."""
    for label in (squeezed(village), squeezed(town)):
        bare = label.rstrip("：")
        if bare in _TOTALS:
            return IN_SUBTOTAL if bare == "小计" else IN_TOTAL
        if bare.endswith(("小计", "合计")):
            return IN_SUBTOTAL
    return IN_ROW


def _figures(grid: Grid, row: int, heading: Heading, labels: Row) -> list[Row]:
    """One entry per figure column. A row that names nothing and holds nothing is no row of the form."""
    found = []
    is_empty = True
    for column, (measure, kind) in heading.figures.items():
        cell = grid.at(row, column)
        is_empty = is_empty and cell.type == BLANK
        computed = formulas.value(cell.formula, grid.sheet) if cell.type == UNCALCULATED else None
        found.append(
            {
                **labels, "cell": grid.place(row, column), "measure": measure, "kind": kind, "raw": cell.raw,
                "type": SHARED if grid.is_shared(row, column, heading.figures) else cell.type,
                "formula": cell.formula, "mark": cell.mark, "computed": computed,
            }
        )  # fmt: skip
    return [] if is_empty and squeezed(labels["village_raw"]) in _NO_VILLAGE else found


# ---- doubts about a table --------------------------------------------------------------------------------------


def doubts(table: Table, sheet: Sheet, period: Period) -> Iterator[Row]:
    """What a person should know of how this table was read."""
    yield from table.findings
    heading, at = table.heading, {"sheet": table.sheet}
    for cell, written, meant in heading.typos:
        yield finding("misspelt_heading", f"按“{meant}”处理，请更正", **at, cell=cell, raw=written)
    if heading.extra:
        listed = "、".join(dict.fromkeys(heading.extra))
        yield finding("extra_columns", f"表内有本表以外的列（{listed}），未采用", **at)
    if heading.weekly:
        message = f"表头为“{heading.weekly}”，本表应填累计数，请改填截至{period.closing.month}月{period.closing.day}日的累计完成数"
        yield finding("not_cumulative", message, **at, cell=table.cell)
    yield from _hidden(table, sheet)
    yield from _comments(table, sheet)


def _hidden(table: Table, sheet: Sheet) -> Iterator[Row]:
    for row in sorted({entry["row"] for entry in table.entries} & sheet.hidden_rows):
        yield finding("hidden_row", f"第{row}行被隐藏/筛选，仍按有效数据读取，请核对", sheet=sheet.name)
    for column in sorted({*table.heading.figures, table.heading.village} & sheet.hidden_columns):
        letters = sheet.address(1, column).removesuffix("1")
        yield finding("hidden_row", f"第{letters}列被隐藏，仍按有效数据读取，请核对", sheet=sheet.name)


def _comments(table: Table, sheet: Sheet) -> Iterator[Row]:
    rows = {entry["row"] for entry in table.entries if entry["role"] == IN_ROW}
    for (row, column), _ in sorted(sheet.notes.items()):
        if row in rows:
            yield finding("comment_added", "批注已并入备注", sheet=sheet.name, cell=sheet.address(row, column))
