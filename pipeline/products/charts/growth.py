"""每周增量: who stalls, who speeds up? A small panel for the district and every town: 本周新增 week by week, in shares
of its own target, so that small and large towns compare."""

import datetime as dt
import math
from collections.abc import Sequence

from matplotlib.figure import Figure

from pipeline.params import Programme
from pipeline.printing import thousands
from pipeline.products.charts.news import news
from pipeline.products.charts.panels import GREYED, Look, Panel
from pipeline.products.charts.series import Series, places
from pipeline.products.charts.standing import Standing
from pipeline.products.charts.style import BLUE, GREY, INK, LEFT, ORANGE, ORANGE_TEXT, RIGHT, Part, Sheet
from pipeline.products.charts.tones import is_overdue
from pipeline.products.charts.words import cut
from pipeline.products.sentences import mean, span
from pipeline.records import Completion, Light, Scope

_TOP, _BOTTOM = 128, 672
# up to so many panels: columns, lines
_GRIDS = ((2, 2, 1), (3, 3, 1), (4, 2, 2), (6, 3, 2), (10, 5, 2), (12, 6, 2), (18, 6, 3), (32, 8, 4))


def growth_by_week(season: Sequence[Completion], programme: Programme, week: dt.date) -> Figure:
    """completion of all weeks up to this one -> 本周新增 of the district and of every town with a task."""
    district, *towns = places(season, programme)
    tasks = sorted((one for one in towns if one.row.target), key=_order)
    shown = tasks[: _GRIDS[-1][0] - 1]
    numbers = programme.schedule.numbers(row.week for row in season)
    standing = Standing.of((row for row in season if row.week == week.isoformat()), Scope.TOWN, programme)
    sheet = Sheet(programme)
    if tasks:
        told = news(season, programme)
        sheet.head(f"{told}{_paced(standing, span(numbers))}", _legend(standing, span(numbers)))
        _draw(sheet, [district, *shown], numbers[-1], programme.unit, mean(numbers)[-2:])
    else:
        sheet.head(standing.silence, [])
    left_out = cut(len(tasks), len(shown), "速度差距最大", programme.words)
    sheet.foot(week, [*left_out, *_caveats([district, *shown] if shown else []), *_hidden(standing, span(numbers))])
    return sheet.figure


def _order(one: Series) -> float:
    """What lacks most to the needed pace first."""
    pace = one.row.achieved_per_week
    achieved = float(pace) / one.row.target if pace is not None else 0.0
    return achieved - (one.needed or 0.0)


# ---- words -----------------------------------------------------------------------------------------------------


def _paced(standing: Standing, recent: str) -> str:
    """Whose pace is too low; that all will do is said only where it is known of all, and of both kinds."""
    if standing.judged and all(row.light is Light.FINISHED for row in standing.tasks):
        return f"；{standing.words.each}都已完成目标任务"
    if standing.overdue:
        return f"；{standing.named(standing.overdue)}到期未完成"
    slow = standing.slow
    if slow:
        return f"；{slow[0].town if len(slow) == 1 else standing.words.many(len(slow))}{recent}速度低于所需"
    if standing.slow_kinds:
        return f"；{standing.kinds_named(standing.slow_kinds)}{recent}速度低于所需"
    return f"；{standing.words.each}{recent}速度都达到所需" if standing.is_fast else ""


def _hidden(standing: Standing, recent: str) -> list[str]:
    """Which kinds are too slow, as a note, where the title speaks of those whose 合计 is."""
    hidden = standing.slow_kinds if standing.slow else []
    return [f"{standing.kinds_named(hidden)}{recent}速度也低于所需。"] if hidden else []


def _legend(standing: Standing, recent: str) -> list[Part]:
    measured = f"每周新增占本{standing.words.member}目标任务的比例（新建、整改合计）"
    if standing.overdue:
        return [(f"{measured}。", GREY), ("■ 已完成", BLUE)]
    colors = [("■ 达到所需", BLUE), ("■ 低于所需", ORANGE_TEXT), ("- - 今后每周所需", INK)]
    return [(f"{measured}；{recent}按速度着色：", GREY), *colors]


def _caveats(panels: Sequence[Series]) -> list[str]:
    caveats = ["各小图纵轴相同。"] if panels else []
    if any(bar.is_mixed for one in panels for bar in one.bars):
        caveats.append("斜线条：有的数该周未采用，或补在后一周；隔周的增量平均摊到各周。")
    if any(one.missed for one in panels):
        caveats.append("×：该周没有可用的数。")
    return caveats


def _paces(row: Completion, unit: str, achieved: str) -> tuple[str, ...]:
    """周均23.8，需41.8座, in its parts. achieved: what the pace is called."""
    if row.remaining == 0:
        return ("目标任务已完成",) if row.is_judged else ("上次数已达目标",)
    if row.rate is None:
        return ("暂无数据",)
    if row.needed_per_week is None:
        return "已到期", f"尚缺{thousands(row.remaining)}{unit}"
    needed = f"需{thousands(row.needed_per_week)}{unit}"
    if row.achieved_per_week is None:
        return (f"每周{needed}",)
    return f"{achieved}{thousands(row.achieved_per_week)}", needed


def _look(row: Completion) -> Look:
    """Colours of bars and letters: whether the pace will do; nothing of a town that tells nothing this week."""
    if not row.is_judged:
        return GREYED
    if row.remaining == 0:
        return Look(BLUE, BLUE)
    if is_overdue(row):
        return Look(GREYED.bars, ORANGE_TEXT)
    if not row.has_pace:
        return GREYED
    return Look(ORANGE, ORANGE_TEXT) if row.is_slow else Look(BLUE, BLUE)


# ---- drawing ---------------------------------------------------------------------------------------------------


def _draw(sheet: Sheet, panels: Sequence[Series], now: int, unit: str, achieved: str) -> None:
    """Panels line by line; all share the axes."""
    columns, lines = next((across, down) for most, across, down in _GRIDS if len(panels) <= most)
    top = _axis_top(panels)
    low = min(0.0, *(bar.share for one in panels for bar in one.bars)) if any(one.bars for one in panels) else 0.0
    wide, high = (RIGHT - LEFT + 18) / columns, (_BOTTOM - _TOP) / lines
    for place, one in enumerate(panels):
        down, across = divmod(place, columns)
        panel = Panel(sheet, LEFT + wide * across, _TOP + high * down, wide - 18, high, now, top, low)
        panel.draw(one, _paces(one.row, unit, achieved), _look(one.row), is_first=across == 0)


def _axis_top(panels: Sequence[Series]) -> float:
    """The highest bar or needed pace, but at most three times the usual: one week of catching up flattens nothing."""
    shares = sorted(bar.share for one in panels for bar in one.bars)
    needed = [one.needed for one in panels if one.needed]
    usual = max([0.02, *([shares[len(shares) * 3 // 4]] if shares else []), *sorted(needed)[: len(needed) // 2 + 1]])
    highest = min(max([0.02, *shares, *needed]), 3 * usual)
    power = 10.0 ** math.floor(math.log10(highest))
    return next(step * power for step in (1, 2, 4, 6, 8, 10) if step * power >= highest * 0.9999)
