"""每周增量: who stalls, who speeds up? A small panel for the district and every town: 本周新增 week by week, in shares
of its own target, so that small and large towns compare."""

import datetime as dt
import math
from collections.abc import Sequence
from typing import Any

from matplotlib.figure import Figure

from pipeline.params import Programme
from pipeline.printing import thousands
from pipeline.products.charts.series import Series, places
from pipeline.products.charts.style import (
    BLUE,
    GREY,
    INK,
    LABEL,
    LEFT,
    ORANGE,
    ORANGE_TEXT,
    RIGHT,
    RULE,
    SECOND,
    SMALLEST,
    Sheet,
)
from pipeline.products.charts.words import names
from pipeline.products.sentences import catching_up, span
from pipeline.records import Completion, Light

_TOP, _BOTTOM = 128, 672
_MOST_WEEKS, _RECENT = 30, 4
# up to so many panels: columns, lines
_GRIDS = ((3, 3, 1), (6, 3, 2), (10, 5, 2), (12, 6, 2), (18, 6, 3), (32, 8, 4), (50, 10, 5))
_OLD = "#B6C0CC"


def growth_by_week(season: Sequence[Completion], programme: Programme, week: dt.date) -> Figure:
    """completion of all weeks up to this one -> 本周新增 of the district and of every town with a task."""
    district, *towns = places(season, programme)
    tasks = sorted((one for one in towns if one.row.target), key=_order)
    panels = [*([district] if district.row.target else []), *tasks][: _GRIDS[-1][0]]
    sheet = Sheet(programme)
    numbers = programme.schedule.numbers(row.week for row in season)
    is_mixed = bool(catching_up(*_newest_two(season)))
    sheet.head(_title(district.row, tasks, programme.unit, numbers, is_mixed), _legend())
    if panels:
        _draw(sheet, panels, programme.schedule.week_number(week), programme.unit)
    sheet.foot(week, _caveats(panels, tasks))
    return sheet.figure


def _newest_two(season: Sequence[Completion]) -> tuple[list[Completion], list[Completion]]:
    """The rows of this week and of the last recorded one before it."""
    days = ["", *sorted({row.week for row in season})]
    return [row for row in season if row.week == days[-1]], [row for row in season if row.week == days[-2]]


def _order(one: Series) -> float:
    """What lacks most to the needed pace first."""
    pace = one.row.achieved_per_week
    achieved = float(pace) / one.row.target if pace is not None else 0.0
    return achieved - (one.needed or 0.0)


# ---- words -----------------------------------------------------------------------------------------------------


def _title(district: Completion, tasks: Sequence[Series], unit: str, numbers: Sequence[int], is_mixed: bool) -> str:
    """numbers: 第N周 of the recorded weeks and of this one. is_mixed: some of the growth is of earlier weeks."""
    if not tasks:
        return "本年度各区镇都没有整村推进任务"
    if district.added is None:
        return "本周全区没有可用的新增数"
    growth = "新增" if district.added >= 0 else "净减少"
    number = numbers[-1]
    since = f"较第{numbers[-2]}周" if len(numbers) > 1 and numbers[-2] < number - 1 else ""
    mixed = "（含补报以前周的）" if is_mixed and not since else ""
    growth_text = f"第{number}周全区{since}{growth}{thousands(abs(district.added))}{unit}{mixed}"
    if all(one.row.light == Light.FINISHED for one in tasks):
        return f"{growth_text}；各区镇都已完成目标任务"
    judged = [one for one in tasks if one.row.is_judged]
    slow = [one.name for one in judged if one.row.is_slow]
    if slow:
        many = f"{slow[0]}" if len(slow) == 1 else f"{len(slow)}个区镇"
        return f"{growth_text}；{many}{span(numbers)}速度低于按期完成所需"
    known = all(one.row.has_pace for one in judged) and len(judged) == len(tasks)
    return f"{growth_text}；各区镇{span(numbers)}速度都达到所需" if known else growth_text


def _legend() -> list[tuple[str, str]]:
    return [
        ("每周新增占本区镇目标任务的比例（新建、整改合计）；近四次报送着色：", GREY),
        ("■ 达到所需", BLUE),
        ("■ 低于所需", ORANGE_TEXT),
        ("- - 今后每周所需", INK),
    ]


def _caveats(panels: Sequence[Series], tasks: Sequence[Series]) -> list[str]:
    caveats = ["各小图纵轴相同。"]
    if any(bar.is_mixed for one in panels for bar in one.bars):
        caveats.append("斜线条：有的数该周未采用，或补在后一周；隔周的增量平均摊到各周。")
    if any(one.missed for one in panels):
        caveats.append("×：该周没有可用的数。")
    left_out = [one.name for one in tasks if one not in panels]
    return [*caveats, *([f"{names(left_out)}没有画出。"] if left_out else [])]


# ---- drawing ---------------------------------------------------------------------------------------------------


def _draw(sheet: Sheet, panels: Sequence[Series], now: int, unit: str) -> None:
    """Panels line by line; all share the axes."""
    columns, lines = next((across, down) for most, across, down in _GRIDS if len(panels) <= most)
    top = _axis_top(panels)
    low = min(0.0, *(bar.share for one in panels for bar in one.bars)) if any(one.bars for one in panels) else 0.0
    wide, high = (RIGHT - LEFT + 18) / columns, (_BOTTOM - _TOP) / lines
    for place, one in enumerate(panels):
        down, across = divmod(place, columns)
        panel = _Panel(sheet, LEFT + wide * across, _TOP + high * down, wide - 18, high, now, top, low)
        panel.draw(one, unit, is_first=across == 0)


def _axis_top(panels: Sequence[Series]) -> float:
    """The highest bar or needed pace, but at most three times the usual: one week of catching up flattens nothing."""
    shares = sorted(bar.share for one in panels for bar in one.bars)
    needed = [one.needed for one in panels if one.needed]
    usual = max([0.01, *([shares[len(shares) * 3 // 4]] if shares else []), *sorted(needed)[: len(needed) // 2 + 1]])
    highest = min(max([0.01, *shares, *needed]), 3 * usual)
    power = 10.0 ** math.floor(math.log10(highest))
    return next(step * power for step in (1, 2, 4, 6, 8, 10) if step * power >= highest * 0.9999)


class _Panel:
    """One small chart: a name, the paces in words, bars."""

    def __init__(
        self, sheet: Sheet, left: float, top: float, width: float, height: float, now: int, share: float, low: float
    ) -> None:
        self.sheet, self.now, self.share = sheet, now, share  # share: where the axis ends; low: the deepest bar
        self.left, self.right = left + 32, left + width
        self.top = top
        self.is_small = height < 170
        self.high = top + (52 if self.is_small else 82)
        bottom = top + height - (24 if self.is_small else 38)
        self.zero = bottom - (bottom - self.high) * min(0.25, -low / (share - low))
        self.low = -share * (bottom - self.zero) / max(1.0, self.zero - self.high)  # what the room below shows
        self.bottom = bottom
        self.first = max(1, now - _MOST_WEEKS + 1)

    def x(self, number: int) -> float:
        """Left edge of a week; there is always room for ten."""
        return self.left + (number - self.first) * self.step

    @property
    def step(self) -> float:
        return (self.right - self.left) / max(10, self.now - self.first + 2)

    def y(self, share: float) -> float:
        return self.zero - (self.zero - self.high) * max(self.low, min(share, self.share)) / self.share

    def draw(self, one: Series, unit: str, is_first: bool) -> None:
        size = SECOND if self.is_small else LABEL
        room = self.right - self.left
        self.sheet.text(self.left, self.top + 14, one.name, size, bold=True, room=room)
        words, color = _paces(one.row, unit)
        self.sheet.text(self.left, self.top + (34 if self.is_small else 40), words, SMALLEST if self.is_small else SECOND,
                        color, room=room, whole=True)  # fmt: skip
        self._axes(is_first)
        self._bars(one)
        for number in one.missed:
            if number >= self.first:
                self.sheet.text(self.x(number) + self.step / 2, self.zero - 9, "×", SECOND, ha="center", bold=True)
        if one.needed:
            start, y = self.x(max(self.first, self.now - _RECENT + 1)), self.y(one.needed)
            self.sheet.line([start, self.right], [y, y], "white", 3.4, zorder=5)
            self.sheet.line([start, self.right], [y, y], INK, 1.6, linestyle=(0, (3, 1.4)), zorder=6)
            if one.needed > self.share:
                self.sheet.text(self.right, y - 9, "↑", SECOND, ha="right")

    def _axes(self, is_first: bool) -> None:
        for share in (self.share / 2, self.share):
            self.sheet.line([self.left, self.right], [self.y(share)] * 2, "#E3E6EA")
            if is_first:
                label = f"{share:.1%}".replace(".0%", "%")
                self.sheet.text(self.left - 5, self.y(share), label, SMALLEST, GREY, ha="right", room=26, whole=True)
        self.sheet.line([self.left, self.right], [self.zero] * 2, RULE, zorder=7)
        if is_first:
            self.sheet.text(self.left - 5, self.zero, "0", SMALLEST, GREY, ha="right")
        for number in sorted({self.first, self.now}):
            x = self.x(number) + self.step / 2
            words = f"第{number}周" if number == self.now else str(number)
            if number == self.now or self.x(self.now) - x > 40:
                self.sheet.text(min(x, self.right - 18), self.bottom + 13, words, SMALLEST, GREY, ha="center")

    def _bars(self, one: Series) -> None:
        recent = {bar.number for bar in one.bars[-_RECENT:]}
        judged, _ = _colors(one.row)
        for bar in one.bars:
            if bar.number < self.first:
                continue
            color = judged if bar.number in recent else _OLD
            look: dict[str, Any] = {"facecolor": color}
            if bar.is_mixed:
                look = {"facecolor": "white", "edgecolor": color, "hatch": "/////", "linewidth": 0.8}
            x, y = self.x(bar.number) + self.step * 0.1, self.y(bar.share)
            self.sheet.box(x, min(y, self.zero), self.step * 0.8, abs(self.zero - y), **look)
            if bar.share > self.share or bar.share < self.low:
                cut = y + 9 if bar.share > 0 else y - 4
                self.sheet.line([x, x + self.step * 0.8], [cut, cut - 5], "white", 2.5, zorder=8)


def _paces(row: Completion, unit: str) -> tuple[str, str]:
    """周均23.8，需41.8座, in the colour of what it says."""
    if row.remaining == 0:
        return "目标任务已完成", BLUE
    words = f"周均{thousands(row.achieved_per_week)}，需{thousands(row.needed_per_week)}{unit}"
    return words, _colors(row)[1]


def _colors(row: Completion) -> tuple[str, str]:
    """Of bars and letters: whether the pace will do; nothing of a town that tells nothing this week."""
    if row.remaining == 0:
        return BLUE, BLUE
    if not (row.is_judged and row.has_pace):
        return _OLD, GREY
    return (ORANGE, ORANGE_TEXT) if row.is_slow else (BLUE, BLUE)
