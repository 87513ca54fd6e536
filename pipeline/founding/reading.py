"""The target table as typed: its rows under their heading, the office's facts beside it, each with its cell.

Any file that towns may send is read; columns are found by their words, as in the weekly form, which is one such table.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.errors import TargetsError
from pipeline.founding import headings
from pipeline.founding.facts import LABELS
from pipeline.founding.headings import Heading
from pipeline.intake import reading, upward
from pipeline.intake.form import block, labels, rows
from pipeline.intake.form.grid import Grid, squeezed
from pipeline.intake.reading import SHARED, Unreadable
from pipeline.intake.typed import NOWHERE, Entry
from pipeline.records import KINDS, Cell, Measure, Role

_TIER_LINE = re.compile(r"(?:[（(]?[一二三四五\d]+[）)、.．])?(省级|市级|县级|区级)(?:整村推进)?村?：?")
_NO_HEADING = (
    "没有找到目标任务表的表头：要有“区镇”“整村推进村”两列，和目标任务的“新建”“整改”两列。"
    "可用 python -m pipeline init 文件夹 写出的《目标任务表》填写"
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One row of the table as typed: a village's, a town's without a village, or 合计. town: written in it, or above it.

    tier: None where the table has no such column and no line above tells it.
    """

    number: int
    role: Role
    town: Cell
    village: Cell
    tier: Cell | None
    targets: Mapping[str, Entry]
    village_aliases: Cell = NOWHERE
    town_aliases: Cell = NOWHERE
    is_hidden: bool = False


@dataclass(frozen=True)
class Typed:
    """What one file says. title: above the heading; facts: label -> the cell beside it, None without such a sheet."""

    file: str
    rows: tuple[Row, ...]
    title: str
    facts: Mapping[str, Cell] | None


def read(content: bytes, file: str) -> Typed:
    """The table in a file; TargetsError if it cannot be read, has no such table, or several of which none is meant."""
    try:
        book = reading.read(content)
        grids = [Grid(sheet, file) for sheet in upward.seen(book)]
    except Unreadable as refusal:
        raise TargetsError(file, [str(refusal)]) from None
    tables = [table for grid in grids if (table := _table(grid))]
    if not tables:
        raise TargetsError(file, [_NO_HEADING])
    if len({_content(table) for table in tables}) > 1:
        names = "、".join(f"“{table.sheet}”" for table in tables)
        raise TargetsError(file, [f"工作表{names}都像目标任务表，内容又不同，请只留一张，其余删去或隐藏"])
    facts = [known for grid in grids if grid.sheet.name != tables[0].sheet and (known := _facts(grid))]
    return Typed(file, tables[0].rows, tables[0].title, facts[0] if facts else None)


@dataclass(frozen=True)
class _Table:
    """The rows of one sheet, and the title above them."""

    sheet: str
    rows: tuple[Row, ...]
    title: str


def _table(grid: Grid) -> _Table | None:
    """The table on a sheet; None without a heading."""
    bands = list(headings.find(grid))
    if not bands:
        return None
    ends = [*(band.top for band in bands[1:]), grid.last_row + 1]
    lines = [row for band, end in zip(bands, ends, strict=True) for row in _rows(grid, band, end)]
    title = block.title(grid, range(1, bands[0].top))
    return _Table(grid.sheet.name, tuple(lines), title[2] if title else "")


def _content(table: _Table) -> frozenset[tuple[str, ...]]:
    """What a table says, whatever it looks like: a list of the same targets behind the form is no second table."""
    return frozenset(
        (squeezed(row.town.raw), squeezed(row.village.raw), *(squeezed(entry.raw) for entry in row.targets.values()))
        for row in table.rows
        if row.role is Role.IN_ROW and squeezed(row.village.raw) not in rows.NO_VILLAGE
    )


# ---- the rows --------------------------------------------------------------------------------------------------


def _rows(grid: Grid, heading: Heading, end: int) -> Iterator[Row]:
    """The rows under a heading. A town written once holds until the next one or an empty line; so does a tier's line."""
    town, tier, before = NOWHERE, None, heading.bottom
    for number in (row for row in grid.rows if heading.bottom < row < end):
        if rows.is_foot(grid, number):
            return
        if number != before + 1:
            town = NOWHERE
        before = number
        if grid.is_banner(number, heading.columns["village"], [heading.columns[kind] for kind in KINDS]):
            town = NOWHERE
            continue
        row = _row(grid, number, heading, town, tier)
        line = _tier_line(row)
        if line:
            tier, town = line, NOWHERE
        elif not labels.is_example([row.town.raw, row.village.raw]):
            town = row.town if row.role is Role.IN_ROW else town
            yield row


def _row(grid: Grid, number: int, heading: Heading, above: Cell, tier: Cell | None) -> Row:
    at = heading.columns

    def cell(name: str) -> Cell:
        return grid.found(number, at[name]) if name in at else NOWHERE

    town, village = cell("town"), cell("village")
    named = [village.raw, town.raw]
    if not squeezed("".join(named)):  # 合计 under 序号
        named = [grid.found(number, column).raw for column in range(1, at["village"]) if column not in at.values()]
    return Row(
        number, labels.role(named), town if squeezed(town.raw) else above, village,
        cell("tier") if "tier" in at else tier,
        {kind: _entry(grid, number, at[kind], kind, [at[each] for each in KINDS]) for kind in KINDS},
        cell("village_aliases"), cell("town_aliases"), number in grid.sheet.hidden_rows,
    )  # fmt: skip


def _tier_line(row: Row) -> Cell | None:
    """一、省级整村推进村: a line that tells the tier of the rows below it."""
    if any(entry.raw.strip() for entry in row.targets.values()):
        return None
    for cell in (row.town, row.village):
        if match := _TIER_LINE.fullmatch(squeezed(cell.raw)):
            return Cell(file=cell.file, sheet=cell.sheet, cell=cell.cell, raw=match[1])
    return None


def _entry(grid: Grid, row: int, column: int, kind: str, figures: Sequence[int]) -> Entry:
    cell = grid.at(row, column)
    return Entry(
        file=grid.file, sheet=grid.sheet.name, cell=grid.place(row, column), raw=cell.raw, measure=Measure.TARGET, kind=kind,
        type=SHARED if grid.is_shared(row, column, figures) else cell.type, formula=cell.formula, mark=cell.mark,
    )  # fmt: skip


# ---- the facts -------------------------------------------------------------------------------------------------


def _facts(grid: Grid) -> dict[str, Cell]:
    """label -> the cell to the right of it; empty unless the sheet is that of the office's facts."""
    found: dict[str, Cell] = {}
    for row in grid.rows:
        for column, word in grid.words(row):
            if word in LABELS:
                found.setdefault(word, grid.found(row, column + 1))
    return found if len(found) > 1 else {}
