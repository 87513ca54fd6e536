"""The rows of the form under its heading, each figure as typed, with its place; what stands under them is no row."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.intake.form import block, formulas, headings
from pipeline.intake.form.dates import Period
from pipeline.intake.form.grid import Grid, squeezed
from pipeline.intake.form.headings import Heading
from pipeline.intake.reading import BLANK, SHARED, UNCALCULATED, Sheet
from pipeline.records import Entry, Place, Role
from pipeline.rules import Finding, finding
from pipeline.rules.figures import COMMENT_ADDED
from pipeline.rules.files import EXTRA_COLUMNS, HIDDEN_ROW, MISSPELT_HEADING, NOT_CUMULATIVE

_TOTALS = ("合计", "总计", "小计", "全镇", "累计", "全区", "共计", "总数")
_NO_VILLAGE = ("", "—", "-", "－", "/", "无")
_FOOT = re.compile(r"^(注|备注|说明|填报人|填表人|审核人|负责人|分管领导|联系电话|联系人)\d*[（：]|^填报(人|日期|单位)")


@dataclass(frozen=True)
class Table:
    """One form on a sheet: where its heading stands, its entries, doubts about it as a whole."""

    at: Place
    heading: Heading
    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def sheet(self) -> str:
        return self.at.sheet


def tables(sheet: Sheet, file: str, period: Period) -> list[Table]:
    """Every form on the sheet, in reading order; a heading repeated at a page break does not start a new one."""
    grid = Grid(sheet, file)
    bands = headings.find(grid)
    forms: list[Table] = []
    ends = [*(band.top for band in bands[1:]), grid.last_row + 1]
    for band, until in zip(bands, ends, strict=False):
        entries, end = _entries(grid, band, until)
        if forms and band.columns == forms[-1].heading.columns and _continues(forms[-1], entries):
            forms[-1] = replace(forms[-1], entries=(*forms[-1].entries, *entries))
            continue
        above = range(0) if forms else range(1, band.top)
        doubts = tuple(block.findings(grid, above, range(end, until), period))
        at = Place(file=file, sheet=sheet.name, cell=sheet.address(band.top, band.town or band.village))
        forms.append(Table(at, band, (*block.entries(grid, above), *entries), doubts))
    return forms


def _continues(table: Table, entries: list[Entry]) -> bool:
    """A page-break repeat goes on with other villages; a second block names the same ones again."""
    seen = {entry.village_raw for entry in table.entries if entry.role is Role.IN_ROW}
    return not seen & {entry.village_raw for entry in entries if entry.role is Role.IN_ROW}


def _entries(grid: Grid, heading: Heading, until: int) -> tuple[list[Entry], int]:
    """The figures of all rows under a heading, and the row where they end.

    A town written once holds until the next one or an empty line.
    """
    entries: list[Entry] = []
    town, before = _NOBODY, heading.bottom
    for row in grid.rows:
        if not heading.bottom < row < until:
            continue
        if _is_foot(grid, row):
            return entries, row
        is_banner = grid.is_banner(row, heading.village, heading.figures)
        if row != before + 1 or is_banner:
            town = _NOBODY
        if is_banner:
            continue
        before = row
        written = _town(grid, row, heading)
        labels = _labels(grid, row, heading, written if squeezed(written[0]) else town, written[0])
        entries += _figures(grid, row, heading, labels)
        if labels.role is Role.IN_ROW:  # 合计 in the town column holds for its own row only
            town = labels.town
    return entries, until


_NOBODY = ("", "")  # a town as written, and its cell


def _town(grid: Grid, row: int, heading: Heading) -> tuple[str, str]:
    return (grid.at(row, heading.town).raw, grid.place(row, heading.town)) if heading.town else _NOBODY


@dataclass(frozen=True)
class _Labels:
    """What all figures of one row have in common; names and remark with their cells."""

    role: Role
    town: tuple[str, str]
    village: tuple[str, str]
    remark: tuple[str, str]


def _labels(grid: Grid, row: int, heading: Heading, town: tuple[str, str], written_town: str) -> _Labels:
    village = grid.at(row, heading.village).raw
    return _Labels(
        _role(written_town, village), town, (village, grid.place(row, heading.village)), _remark(grid, row, heading)
    )


def _remark(grid: Grid, row: int, heading: Heading) -> tuple[str, str]:
    """备注 with the comments of the row behind it, and its cell (without 备注 that of the first comment)."""
    written = grid.at(row, heading.remark).raw.strip() if heading.remark else ""
    if not grid.sheet.notes:
        return written, grid.place(row, heading.remark) if written else ""
    notes = {place: text.strip() for place, text in grid.sheet.notes.items() if place[0] == row}
    words = "；".join(filter(None, (written, *(f"批注：{text}" for text in notes.values()))))
    if written:
        return words, grid.place(row, heading.remark)
    return words, grid.sheet.address(*min(notes)) if notes else ""


def _is_foot(grid: Grid, row: int) -> bool:
    """注：… 填报人：… — what stands under the table is not part of it."""
    return bool(_FOOT.match(grid.first_word(row)))


def _role(town: str, village: str) -> Role:
    """合计 in either label is a total; 包场镇小计 a subtotal. A village may bear the town's name: 四甲村 is neither."""
    for label in (squeezed(village), squeezed(town)):
        bare = label.rstrip("：")
        if bare in _TOTALS:
            return Role.IN_SUBTOTAL if bare == "小计" else Role.IN_TOTAL
        if bare.endswith(("小计", "合计")):
            return Role.IN_SUBTOTAL
    return Role.IN_ROW


def _figures(grid: Grid, row: int, heading: Heading, labels: _Labels) -> list[Entry]:
    """One entry per figure column. A row that names nothing and holds nothing is no row of the form."""
    cells = {column: grid.at(row, column) for column in heading.figures}
    is_empty = all(cell.type == BLANK for cell in cells.values())
    if is_empty and squeezed(labels.village[0]) in _NO_VILLAGE:
        return []
    return [_figure(grid, row, column, heading, labels) for column in cells]


def _figure(grid: Grid, row: int, column: int, heading: Heading, labels: _Labels) -> Entry:
    cell, (measure, kind) = grid.at(row, column), heading.figures[column]
    return Entry(
        file=grid.file, sheet=grid.sheet.name, cell=grid.place(row, column), raw=cell.raw,
        row=row, role=labels.role, measure=measure, kind=kind,
        town_raw=labels.town[0], town_cell=labels.town[1],
        village_raw=labels.village[0], village_cell=labels.village[1],
        type=SHARED if grid.is_shared(row, column, heading.figures) else cell.type,
        formula=cell.formula, mark=cell.mark,
        computed=formulas.value(cell.formula, grid.sheet) if cell.type == UNCALCULATED else None,
        remark=labels.remark[0], remark_cell=labels.remark[1],
    )  # fmt: skip


# ---- doubts about a table --------------------------------------------------------------------------------------


def doubts(table: Table, sheet: Sheet, period: Period) -> Iterator[Finding]:
    """What a person should know of how this table was read."""
    yield from table.findings
    heading, on_sheet = table.heading, Place(file=table.at.file, sheet=table.sheet)
    for cell, written, meant in heading.typos:
        yield finding(MISSPELT_HEADING, replace(on_sheet, cell=cell, raw=written), meant=meant)
    if heading.extra:
        yield finding(EXTRA_COLUMNS, on_sheet, columns="、".join(dict.fromkeys(heading.extra)))
    if heading.weekly:
        yield finding(NOT_CUMULATIVE, table.at, heading=heading.weekly, closing=period.label)
    yield from _hidden(table, sheet)
    yield from _comments(table, sheet)


def _hidden(table: Table, sheet: Sheet) -> Iterator[Finding]:
    on_sheet = Place(file=table.at.file, sheet=table.sheet)
    for row in sorted({entry.row for entry in table.entries} & sheet.hidden_rows):
        yield finding(HIDDEN_ROW, on_sheet, row=row)
    for column in sorted({*table.heading.figures, table.heading.village} & sheet.hidden_columns):
        yield finding(HIDDEN_ROW, on_sheet, "column", column=sheet.address(1, column).removesuffix("1"))


def _comments(table: Table, sheet: Sheet) -> Iterator[Finding]:
    rows = {entry.row for entry in table.entries if entry.role is Role.IN_ROW}
    for row, column in sorted(sheet.notes):
        if row in rows:
            yield finding(COMMENT_ADDED, replace(table.at, cell=sheet.address(row, column)))
