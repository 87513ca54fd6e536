"""差距与速度: how many units is each town short of 序时进度, and is its pace enough? Bars, and now → needed per week."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from matplotlib.figure import Figure

from pipeline.params import Programme
from pipeline.printing import signed, thousands
from pipeline.products.charts.style import (
    BLUE,
    GREY,
    HEAD,
    INK,
    LEFT,
    ORANGE,
    ORANGE_TEXT,
    RULE,
    SECOND,
    Sheet,
    colors_of,
    fill,
    row_size,
)
from pipeline.products.charts.words import Standing, names, rate_caveats
from pipeline.products.sentences import mean, span, time_left
from pipeline.records import INCOMPLETE, KINDS, Completion, Kind, Scope

_TOP, _BOTTOM = 186, 655  # of the towns' rows
_NAMES, _KINDS = 150, (196, 266)  # room for a town's name; right edges of 新建 and 整改
_BARS = (360, 630)  # the longest bars of both sides end here; beyond them their labels
_PACES, _PACES_END, _WORDS = 745, 1075, 1235


def gap_and_pace(season: Sequence[Completion], programme: Programme, week: dt.date) -> Figure:
    """completion of all weeks up to this one -> for every town with a task its gap to 序时进度 in units, and its pace against the needed."""
    now = [row for row in season if row.week == week.isoformat() and row.scope is Scope.TOWN]
    by_kind = {(row.town, row.kind): row for row in now}
    overall = [by_kind[town, Kind.TOTAL] for town in programme.towns]
    tasks = sorted((row for row in overall if row.target), key=_order)
    sheet = Sheet(programme)
    numbers = programme.schedule.numbers(row.week for row in season)
    sheet.head(_title(overall, programme.unit, span(numbers)), _legend(programme, week, mean(numbers)))
    if tasks:
        step = min(46.0, (_BOTTOM - _TOP) / len(tasks))
        bottom = _TOP + step * len(tasks)
        _kinds(sheet, tasks, by_kind, step)
        _gaps(sheet, tasks, step, bottom, programme)
        _paces(sheet, tasks, step, bottom, mean(numbers))
    sheet.foot(week, _caveats(overall, programme))
    return sheet.figure


def _order(row: Completion) -> tuple[bool, int]:
    """The largest shortfall first; towns without a rate last."""
    return row.rate is None, row.lead or 0


# ---- words -----------------------------------------------------------------------------------------------------


def _title(overall: Sequence[Completion], unit: str, recent: str) -> str:
    standing = Standing.of(overall)
    if standing.silence:
        return standing.silence
    if standing.behind:
        return standing.closed(_short(standing.behind, unit))
    slow = [row.town for row in standing.judged if row.is_slow]
    if standing.are_finished or standing.overdue:
        return standing.closed(f"{standing.among}{standing.reached}")
    is_enough = all(row.has_pace for row in standing.judged)
    paces = f"，但{names(slow)}{recent}速度低于所需" if slow else f"，{recent}速度都够" if is_enough else ""
    return standing.closed(f"没有区镇落后序时进度{paces}")


def _short(behind: Sequence[Completion], unit: str) -> str:
    lowest = min(row.lead or 0 for row in behind)
    worst = [row.town for row in behind if row.lead == lowest]
    least = f"少{thousands(-lowest)}{unit}"
    if len(behind) == 1:
        return f"只有{worst[0]}落后序时进度" + (f"，{least}" if lowest else "")
    together = thousands(-sum(row.lead or 0 for row in behind))
    return f"落后的{len(behind)}个区镇合计比序时进度少{together}{unit}，{names(worst)}最多，{'各' if len(worst) > 1 else ''}{least}"


def _legend(programme: Programme, week: dt.date, achieved: str) -> list[tuple[str, str]]:
    until = time_left(programme.schedule.weeks_left(week))
    return [
        ("左：完成数与序时进度应完成数之差。", GREY),
        ("■ 按序时及以上", BLUE),
        ("■ 落后", ORANGE_TEXT),
        (f"右：每周完成数，● {achieved}，| 今后每周需完成（{until}）；", GREY),
        ("橙＝低于所需", ORANGE_TEXT),
    ]


def _caveats(overall: Sequence[Completion], programme: Programme) -> list[str]:
    known = [row for row in overall if row.rate is not None]
    caveats = ["差距＝完成数－目标数×序时进度，各数分别四舍五入。"]
    if any(row.is_carried for row in known):
        caveats.append(
            f"斜线条：{names([row.town for row in known if row.is_carried])}本周没有可用的数，沿用上次累计数。"
        )
    free = [row.town for row in overall if not row.target]
    return [*caveats, *rate_caveats(overall, programme), *([f"{names(free)}没有任务，不列。"] if free else [])]


# ---- drawing ---------------------------------------------------------------------------------------------------


def _middle(place: int, step: float) -> float:
    return _TOP + (place + 0.5) * step


def _kinds(sheet: Sheet, tasks: Sequence[Completion], by_kind: dict[tuple[str, str], Completion], step: float) -> None:
    """The towns' names, and the gap of each kind as a number."""
    size = row_size(step)
    for x, kind in zip(_KINDS, KINDS, strict=True):
        sheet.text(x, 172, kind, SECOND, GREY, ha="right")
    for place, row in enumerate(tasks):
        y = _middle(place, step)
        sheet.text(LEFT, y, row.town, size, room=_NAMES - LEFT)
        for x, kind in zip(_KINDS, KINDS, strict=True):
            row_of_kind = by_kind[row.town, kind]
            sheet.text(x, y, signed(row_of_kind.lead), min(size, SECOND), GREY, ha="right", room=64, whole=True)


def _gaps(sheet: Sheet, tasks: Sequence[Completion], step: float, bottom: float, programme: Programme) -> None:
    """Bars from the line of 序时进度, to the left what is behind; one scale for both sides."""
    leads = [row.lead for row in tasks]
    most_left, most_right = max([0, *(-x for x in leads if x)]), max([0, *(x for x in leads if x)])
    unit = (_BARS[1] - _BARS[0]) / max(1, most_left + most_right)
    zero = _BARS[0] + most_left * unit
    sheet.text((_BARS[0] + _BARS[1]) / 2, 142, f"与序时进度相差（{programme.unit}）", HEAD, bold=True, ha="center")
    sheet.text(zero - 8, 172, "← 少", SECOND, ORANGE_TEXT, ha="right")
    sheet.text(zero + 8, 172, "多 →", SECOND, BLUE)
    for place, (row, ahead) in enumerate(zip(tasks, leads, strict=True)):
        area, letters = colors_of(row, programme)
        y, size = _middle(place, step), row_size(step)
        if ahead is None:
            sheet.text(zero + 8, y, INCOMPLETE, min(size, SECOND), GREY)
            continue
        start, width = min(zero, zero + ahead * unit), abs(ahead) * unit
        sheet.box(start, y - step * 0.25, width, step * 0.5, **fill(row, area))
        x, side = (start - 8, "right") if ahead < 0 else (start + width + 8, "left")
        sheet.text(x, y, signed(ahead), size, letters, bold=True, ha=side)
    sheet.line([zero, zero], [_TOP - 4, bottom + 4], INK, 1.8)


def _paces(sheet: Sheet, tasks: Sequence[Completion], step: float, bottom: float, achieved: str) -> None:
    """A dot for the achieved pace, a bar for the needed one, and both as numbers."""
    paces = [pace for row in tasks for pace in (row.achieved_per_week, row.needed_per_week) if pace]
    unit = (_PACES_END - _PACES) / float(max([Decimal(1), *paces]))
    sheet.text(_PACES, 142, f"每周完成数：{achieved}与今后所需", HEAD, bold=True)
    sheet.text(_WORDS, 172, f"{achieved[-2:]} → 所需", SECOND, GREY, ha="right")
    sheet.line([_PACES, _PACES], [_TOP - 4, bottom + 4], RULE)
    for place, row in enumerate(tasks):
        _pace(sheet, _middle(place, step), step, unit, row)


def _pace(sheet: Sheet, y: float, step: float, unit: float, row: Completion) -> None:
    achieved, needed = row.achieved_per_week, row.needed_per_week
    area, letters = (ORANGE, ORANGE_TEXT) if row.is_slow else (BLUE, BLUE)
    sheet.line([_PACES, _PACES_END], [y, y], "#E3E6EA")
    spots = [_PACES + max(0.0, float(pace)) * unit for pace in (achieved, needed) if pace is not None]
    if len(spots) == 2:
        sheet.line(spots, [y, y], area, 3.0, alpha=0.45, zorder=3)
    if needed is not None:
        sheet.line([spots[-1]] * 2, [y - step * 0.28, y + step * 0.28], INK, 2.6, zorder=4)
    if achieved is not None:
        sheet.dot(spots[0], y, min(10.0, step * 0.24), area, is_hollow=row.is_carried)
    words = f"{thousands(achieved)} → {thousands(needed)}"
    sheet.text(_WORDS, y, words, row_size(step), letters if achieved is not None else GREY, bold=True,
               ha="right", room=_WORDS - _PACES_END - 8, whole=True)  # fmt: skip
