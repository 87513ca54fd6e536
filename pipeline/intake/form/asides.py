"""What stands in columns that are not the form's, and what it says against the figures of its row."""

import re

from pipeline import caveats
from pipeline.intake.form import units
from pipeline.intake.form.dates import Period
from pipeline.intake.form.grid import Grid
from pipeline.intake.typed import Aside

_OF_TIME = re.compile(
    r"(?:填报|报送|上报|统计|数据|所属|截[至止])?(?:时间|日期|周次|周别|周|期次|期数|期别|期|月份|月|年度|年份)"
)
_OF_UNIT = re.compile(r"(?:计量)?单位")


def found(grid: Grid, row: int, column: int, title: str, period: Period) -> Aside:
    """title: the heading of the column, "" if it has none."""
    cell = grid.found(row, column)
    return Aside(
        file=cell.file, sheet=cell.sheet, cell=cell.cell, raw=cell.raw,
        disowns=_disowns(title, grid.word(row, column), period), doubts=caveats.is_provisional(cell.raw),
    )  # fmt: skip


def _disowns(title: str, word: str, period: Period) -> str:
    """时间 第五周, 单位 人, 状态 作废, 存在问题 含邻村5座."""
    is_of_another = _OF_TIME.fullmatch(title) and period.is_other_time(word)
    if is_of_another or (_OF_UNIT.fullmatch(title) and units.is_another(word)):
        return word
    return caveats.is_of_another(word, period.closing.year)
