"""One panel of the cumulative curves: the days of the schedule across, shares of the target up."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from pipeline.params import ONE_DAY, Schedule
from pipeline.printing import month_day, percent, thousands
from pipeline.products.charts.style import BLUE, GREY, HEAD, INK, LABEL, NOTE, RULE, SECOND, Sheet
from pipeline.records import Completion

_WIDTH, _OVERHANG = 549, 116  # of a panel; what of it is left for weeks after the end
_ZERO, _TOP = 636, 232  # y of 0 and of the highest value
_LINE = 23  # height of a line of a label
_BEFORE = ((-1, -1), (-1, 0), (0, -1), (1, -1), (-1, 1), (1, 1), (1, 0), (0, 1))  # sides of a dot, the liked first:
_BEHIND = ((1, 1), (1, 0), (0, 1), (1, -1), (-1, 1), (-1, -1), (-1, 0), (0, -1))  # where 序时进度 does not run


class Panel:
    """One kind. top: the highest share that has room; week: the newest."""

    def __init__(self, sheet: Sheet, left: float, top: Decimal, schedule: Schedule, week: dt.date) -> None:
        self.sheet, self.left, self.top, self.schedule = sheet, left, float(top), schedule
        self.week, self.right = week, left + _WIDTH
        self.season = _WIDTH - (_OVERHANG if week > schedule.end else 0)  # width of the first to the last day
        self.paths: list[Path] = []  # of what a label must not cover

    def line(self, xs: Sequence[float], ys: Sequence[float], color: str, width: float = 1.0) -> None:
        self.sheet.line(xs, ys, color, width)
        self.paths.append(Path(list(zip(xs, ys, strict=True))))

    def x(self, day: dt.date) -> float:
        """Where a day ends; the day before the first is the left edge."""
        all_days = (self.schedule.end - self.schedule.start).days + 1
        x = self.left + self.season * ((day - self.schedule.start).days + 1) / all_days
        return min(x, self.right)

    def y(self, share: Decimal | float) -> float:
        return _ZERO - (_ZERO - _TOP) * min(float(share), self.top) / self.top

    def heading(self, kind: str, standing: str, color: str, pace: str) -> None:
        """What the panel says, and below it the pace."""
        self.sheet.text(self.left, 152, kind, HEAD, bold=True)
        x = self.left + 62
        self.sheet.text(x, 152, standing, LABEL, color, bold=True)
        self.sheet.text(x, 178, pace, SECOND, GREY, room=self.right - x + 10, whole=True)

    def axes(self, target: str) -> None:
        """Grid, months, target, the end, and 序时进度."""
        for quarter in (0.25, 0.5, 0.75):
            self.sheet.line([self.left, self.right], [self.y(quarter)] * 2, "#E3E6EA")
            self.sheet.text(self.left - 8, self.y(quarter), f"{quarter:.0%}", SECOND, GREY, ha="right")
        self.sheet.text(self.left - 8, _ZERO, "0", SECOND, GREY, ha="right")
        self.sheet.line([self.left, self.right], [_ZERO] * 2, RULE)
        self.line([self.left, self.right], [self.y(1)] * 2, RULE)
        self._words(self.left + 3, self.y(1) - 14, target)
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

    def required(self, rate: Decimal) -> None:
        """The path from what is done now to the whole target at the end."""
        (x, y), (end, top) = (self.x(self.week), self.y(rate)), (self.x(self.schedule.end), self.y(1))
        self.sheet.line([x, end], [y, top], "white", 4.0, zorder=3)
        self.sheet.line([x, end], [y, top], INK, 2.0, linestyle=(0, (3, 1.4)), zorder=4)
        self.paths.append(Path([(x, y), (end, top)]))

    def value(self, row: Completion) -> None:
        """The newest rate and count, where no line runs through them."""
        x, y = self.x(dt.date.fromisoformat(row.week)), self.y(row.known_rate)
        lines = [
            self.sheet.text(x, y, percent(row.rate), LABEL + 1, BLUE, bold=True),
            self.sheet.text(x, y, thousands(row.done), LABEL, BLUE, bold=True),
        ]
        self._place(lines, x, y, _BEFORE if row.keeps_schedule else _BEHIND)

    def asked(self, rate: Decimal, words: str) -> None:
        """What the required path asks, beside its middle."""
        x, y = (self.x(self.week) + self.x(self.schedule.end)) / 2, (self.y(rate) + self.y(1)) / 2
        self._place([self.sheet.text(x, y, words, LABEL, INK, bold=True)], x, y, _BEHIND)

    def _place(self, lines: Sequence[Text], x: float, y: float, sides: Sequence[tuple[int, int]]) -> None:
        """Lines of a label beside a spot, where nothing runs through them."""
        wide, high = max(map(self.sheet.breadth, lines)), _LINE * len(lines)
        left, top, ha = self._free(wide, high, x, y, sides)
        for number, drawn in enumerate(lines):
            drawn.set(x=left + (wide if ha == "right" else 0), y=top + _LINE * (number + 0.5), ha=ha)
        self.paths.append(Path([(left, top), (left + wide, top), (left + wide, top + high), (left, top + high)]))

    def _free(
        self, wide: float, high: float, x: float, y: float, sides: Sequence[tuple[int, int]]
    ) -> tuple[float, float, str]:
        """(left edge, top, alignment) of the nearest free place for a label beside x, y; sides: the liked first."""
        for away in range(12, 240, 8):
            for across, down in sides:
                left = min(x + across * away + (wide / 2) * (across - 1), self.right - wide - 8)
                top = min(y + down * away / 2 + (high / 2) * (down - 1), _ZERO - high - 4)
                if self._is_free(left, top, wide, high):
                    return left, top, "right" if across < 0 else "left"
        return x + 12, y, "left"

    def _is_free(self, left: float, top: float, wide: float, high: float) -> bool:
        box = Bbox.from_extents(left - 4, top - 2, left + wide + 4, top + high + 2)
        is_inside = self.left < box.x0 and box.x1 < self.right + 6 and box.y0 > _TOP - 14 and box.y1 < _ZERO
        return is_inside and not any(path.intersects_bbox(box, filled=False) for path in self.paths)


def _runs(spots: Sequence[tuple[int, float, float]]) -> list[list[tuple[int, float, float]]]:
    """Spots (week number, x, y) of weeks that follow one another."""
    runs = [[spots[0]]]
    for before, after in pairwise(spots):
        if after[0] - before[0] == 1:
            runs[-1].append(after)
        else:
            runs.append([after])
    return runs
