"""累计曲线: is the district on its way? Its cumulative rate week by week against 序时进度, 新建 beside 整改.

There is no run-out to a finish date: on simulated seasons it was off by weeks. The pace that is needed
stands beside the pace of the last four reported weeks instead.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.transforms import Bbox

from pipeline.params import ONE_DAY, Programme, Schedule
from pipeline.printing import month_day, percent, points, thousands
from pipeline.products.charts.style import (
    BLUE,
    GREY,
    HEAD,
    INK,
    LABEL,
    NOTE,
    RULE,
    SECOND,
    Sheet,
    color_of,
    rates_top,
)
from pipeline.products.sentences import mean, slower
from pipeline.records import KINDS, NO_TASK, Completion, Kind, Light, Scope

_LABEL = 46  # height of the newest figures
_BEFORE = ((-1, -1), (-1, 0), (0, -1), (1, -1), (-1, 1), (1, 1), (1, 0), (0, 1))  # sides of a dot, the liked first:
_BEHIND = ((1, 1), (1, 0), (0, 1), (1, -1), (-1, 1), (-1, -1), (-1, 0), (0, -1))  # where 序时进度 does not run
_PANELS, _WIDTH = (80, 686), 470  # left edges; first to last day of the schedule
_ZERO, _TOP, _OVERHANG = 636, 232, 80  # y of 0 and of the highest value; what the axis reaches beyond the end


def cumulative(season: Sequence[Completion], programme: Programme, week: dt.date) -> Figure:
    """completion of all weeks up to this one -> two curves of the district."""
    series = {kind: [row for row in season if row.scope == Scope.DISTRICT and row.kind == kind] for kind in KINDS}
    now = {kind: series[kind][-1] for kind in KINDS}
    carried = {(row.kind, row.week) for row in season if row.scope == Scope.VILLAGE and row.light == Light.NOT_REPORTED}
    sheet = Sheet(programme)
    sheet.head(_title(list(now.values()), programme.unit), _legend(now, programme.schedule, bool(carried)))
    top = rates_top([row.rate for listed in series.values() for row in listed])
    for left, kind in zip(_PANELS, KINDS, strict=True):
        panel = _Panel(sheet, left, top, programme.schedule)
        panel.heading(now[kind], programme.unit, mean(programme.schedule.numbers(row.week for row in season)))
        if now[kind].target:
            panel.axes(now[kind], programme.unit)
            panel.curve([row for row in series[kind] if row.rate is not None], carried)
    known = any(row.rate is not None for row in now.values())
    limit = [f"落后：{slower(programme)}。"] if known else []
    sheet.foot(week, ["累计数为各村之和，照实显示，超额不抵补别处的尚缺。", *limit])
    return sheet.figure


# ---- words -----------------------------------------------------------------------------------------------------


def _title(now: Sequence[Completion], unit: str) -> str:
    tasks = [row for row in now if row.target]
    if not tasks:
        return "本年度没有新建、整改任务"
    parts = {row.kind: _judged(row) for row in tasks}
    judged = list(dict.fromkeys(parts.values()))
    if len(judged) == 1:
        standing = f"{'、'.join(parts)}{'都' if len(parts) > 1 else ''}{judged[0]}"
    else:
        standing = "，".join(f"{kind}{word}" for kind, word in parts.items())
    slow = [row for row in tasks if row.is_behind and row.needed_per_week is not None]
    paces = "、".join(f"{row.kind}{thousands(row.needed_per_week)}{unit}" for row in slow)
    return f"全区{standing}；今后每周需完成{paces}" if paces else f"全区{standing}"


def _judged(row: Completion) -> str:
    if row.rate is None:
        return "缺数，暂不算完成率"
    if row.light == Light.NOT_REPORTED:
        return "没有可用的本周数"
    if row.light == Light.FINISHED:
        return "已完成"
    if row.is_behind:
        return "落后序时进度"
    return "达到序时进度" if row.keeps_schedule else "按序时进度推进"


def _legend(now: Mapping[Kind, Completion], schedule: Schedule, has_carried: bool) -> list[tuple[str, str]]:
    expected = next((row.expected for row in now.values() if row.expected is not None), None)
    if expected is None:
        return []
    span = f"{month_day(schedule.start)}—{month_day(schedule.end)}"
    shape = "按节点" if schedule.milestones else "匀速"
    parts = [
        ("全区累计完成数占目标任务的比例。", GREY),
        ("● 实际", BLUE),
        (f"— 序时进度 {percent(expected, 1)}（{span}{shape}）", GREY),
    ]
    return [*parts[:2], ("○ 实际，含沿用的数", BLUE), *parts[2:]] if has_carried else parts


# ---- drawing ---------------------------------------------------------------------------------------------------


class _Panel:
    """One kind: the days of the schedule across, shares of the target up."""

    def __init__(self, sheet: Sheet, left: float, top: Decimal, schedule: Schedule) -> None:
        self.sheet, self.left, self.top, self.schedule = sheet, left, float(top), schedule
        self.right = left + _WIDTH + _OVERHANG
        self.paths: list[Path] = []  # of what a label must not cover

    def line(self, xs: Sequence[float], ys: Sequence[float], color: str, width: float = 1.0) -> None:
        self.sheet.line(xs, ys, color, width)
        self.paths.append(Path(list(zip(xs, ys, strict=True))))

    def x(self, day: dt.date) -> float:
        """Where a day ends; the day before the first is the left edge."""
        all_days = (self.schedule.end - self.schedule.start).days + 1
        x = self.left + _WIDTH * ((day - self.schedule.start).days + 1) / all_days
        return min(x, self.right)

    def y(self, share: Decimal | float) -> float:
        return _ZERO - (_ZERO - _TOP) * min(float(share), self.top) / self.top

    def axes(self, row: Completion, unit: str) -> None:
        """Grid, months, target, the end, and 序时进度."""
        for quarter in (0.25, 0.5, 0.75):
            self.sheet.line([self.left, self.right], [self.y(quarter)] * 2, "#E3E6EA")
            self.sheet.text(self.left - 8, self.y(quarter), f"{quarter:.0%}", SECOND, GREY, ha="right")
        self.sheet.text(self.left - 8, _ZERO, "0", SECOND, GREY, ha="right")
        self.sheet.line([self.left, self.right], [_ZERO] * 2, RULE)
        self.line([self.left, self.right], [self.y(1)] * 2, RULE)
        self._words(self.left + 3, self.y(1) - 14, f"目标 {thousands(row.target)} {unit}")
        self._months()
        end = self.x(self.schedule.end)
        self.line([end, end], [_TOP - 8, _ZERO], RULE)
        last = f"{month_day(self.schedule.end)}到期"
        self._words(end - 4, _ZERO - 14, last, GREY, "right")
        days = [self.schedule.start - ONE_DAY, *sorted(self.schedule.milestones), self.schedule.end]
        xs, ys = [self.x(day) for day in days], [self.y(self.schedule.expected(day)) for day in days]
        self.line(xs, ys, GREY, 1.8)

    def _words(self, x: float, y: float, words: str, color: str = INK, ha: str = "left") -> None:
        wide = self.sheet.breadth(self.sheet.text(x, y, words, NOTE, color, ha=ha))
        self.paths.append(Path([(x, y), (x + (wide if ha == "left" else -wide), y)]))

    def _months(self) -> None:
        """A name under each month that has room for it."""
        first = self.schedule.start
        while first <= self.schedule.end:
            following = (first.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
            since, until = self.x(first - ONE_DAY), self.x(min(following - ONE_DAY, self.schedule.end))
            self.sheet.line([since] * 2, [_ZERO, _ZERO + 5], RULE)
            if until - since >= 30:
                self.sheet.text((since + until) / 2, _ZERO + 18, f"{first.month}月", SECOND, GREY, ha="center")
            first = following

    def curve(self, known: Sequence[Completion], carried: set[tuple[str, str]]) -> None:
        """A dot a week, joined; a week without a figure interrupts the line."""
        days = [dt.date.fromisoformat(row.week) for row in known]
        xs, ys = [self.x(day) for day in days], [self.y(row.known_rate) for row in known]
        numbers = [self.schedule.week_number(day) for day in days]
        for run in _runs([(0, self.left, float(_ZERO)), *zip(numbers, xs, ys, strict=True)]):
            self.sheet.cased([x for _, x, _ in run], [y for _, _, y in run], BLUE, 3.0)
            self.paths.append(Path([(x, y) for _, x, y in run]))
        for row, x, y in zip(known, xs, ys, strict=True):
            is_hollow = (row.kind, row.week) in carried
            self.sheet.dot(x, y, 9.0 if row is known[-1] else 6.0, is_hollow=is_hollow)
        if known:
            self._value(known[-1], xs[-1], ys[-1])

    def _value(self, row: Completion, x: float, y: float) -> None:
        """The newest rate and count, where no line runs through them."""
        figures = [
            self.sheet.text(x, y, percent(row.rate, 1), LABEL + 1, BLUE, bold=True),
            self.sheet.text(x, y, thousands(row.done), LABEL, BLUE, bold=True),
        ]
        wide = max(map(self.sheet.breadth, figures))
        left, top, ha = self._free(wide, x, y, _BEFORE if row.keeps_schedule else _BEHIND)
        for drawn, middle in zip(figures, (11, 35), strict=True):
            drawn.set(x=left + (wide if ha == "right" else 0), y=top + middle, ha=ha)

    def _free(self, wide: float, x: float, y: float, sides: Sequence[tuple[int, int]]) -> tuple[float, float, str]:
        """(left edge, top, alignment) of the nearest place for a label beside a dot at x, y; sides: the liked first."""
        for away in range(12, 240, 8):
            for across, down in sides:
                left = min(x + across * away + (wide / 2) * (across - 1), self.right - wide)
                top = min(y + down * away / 2 + (_LABEL / 2) * (down - 1), _ZERO - _LABEL - 4)
                if self._is_free(left, top, wide):
                    return left, top, "right" if across < 0 else "left"
        return x + 12, y, "left"

    def _is_free(self, left: float, top: float, wide: float) -> bool:
        box = Bbox.from_extents(left - 4, top - 2, left + wide + 4, top + _LABEL + 2)
        is_inside = self.left < box.x0 and box.x1 < self.right + 6 and box.y0 > _TOP - 14 and box.y1 < _ZERO
        return is_inside and not any(path.intersects_bbox(box, filled=False) for path in self.paths)

    def heading(self, row: Completion, unit: str, achieved: str) -> None:
        """What the panel says, and the pace."""
        self.sheet.text(self.left, 152, row.kind, HEAD, bold=True)
        x = self.left + 62
        if not row.target:
            self.sheet.text(x, 152, NO_TASK, LABEL, GREY)
        elif row.rate is None:
            self.sheet.text(x, 152, "有村还没有可用的数，不算完成率", LABEL, GREY)
        else:
            self.sheet.text(x, 152, _distance(row, unit), LABEL, color_of(row.light)[1], bold=True)
            self.sheet.text(x, 178, _pace(row, unit, achieved), SECOND, GREY, room=self.right - x + 10, whole=True)


def _runs(spots: Sequence[tuple[int, float, float]]) -> list[list[tuple[int, float, float]]]:
    """Spots (week number, x, y) of weeks that follow one another."""
    runs = [[spots[0]]]
    for before, after in pairwise(spots):
        if after[0] - before[0] == 1:
            runs[-1].append(after)
        else:
            runs.append([after])
    return runs


def _distance(row: Completion, unit: str) -> str:
    ahead = row.lead or 0
    words = f"多 {thousands(ahead)} {unit}" if ahead > 0 else f"少 {thousands(-ahead)} {unit}" if ahead else "相同"
    return f"比序时进度{words}（较序时 {points(row.gap, 1)} 个百分点）"


def _pace(row: Completion, unit: str, achieved: str) -> str:
    if row.remaining == 0:
        return "目标任务已完成"
    counts = f"应完成 {thousands(row.due)} {unit}，尚缺 {thousands(row.remaining)} {unit}"
    both = (("每周需完成", row.needed_per_week), (achieved, row.achieved_per_week))
    paces = ((word, pace) for word, pace in both if pace is not None)
    pace_text = "，".join(f"{word} {thousands(pace)} {unit}" for word, pace in paces)
    return f"{counts}；{pace_text}" if pace_text else counts
