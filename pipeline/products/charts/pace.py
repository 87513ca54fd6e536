"""差距与速度: how many units is each town short of 序时进度, and is its pace enough? Bars, and now → needed per week.

After the end of the schedule: how many units each town is short of its target.
"""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from matplotlib.figure import Figure

from pipeline.params import Programme
from pipeline.printing import signed, thousands
from pipeline.products.charts import pace_words
from pipeline.products.charts.standing import Standing
from pipeline.products.charts.style import (
    BLUE,
    GREY,
    HEAD,
    INK,
    LEFT,
    MOST_ROWS,
    ORANGE,
    ORANGE_TEXT,
    RULE,
    SECOND,
    Sheet,
    row_size,
    row_step,
    slack,
    small_size,
    thickness,
)
from pipeline.products.charts.tones import Tone, tone_of
from pipeline.products.charts.words import cut
from pipeline.products.sentences import mean, span
from pipeline.records import INCOMPLETE, KINDS, Completion, Kind, Light, Scope

_TOP, _BOTTOM = 192, 655  # of the towns' rows
_NAMES, _KINDS = 150, (196, 266)  # room for a town's name; right edges of 新建 and 整改
_BARS = (360, 630)  # the longest bars of both sides end here; beyond them their labels
_LEAST = 20  # the bars' room is at least this part of the largest target: a small gap looks small
_PACES, _PACES_END, _WORDS = 745, 1075, 1235


def gap_and_pace(season: Sequence[Completion], programme: Programme, week: dt.date) -> Figure:
    """completion of all weeks up to this one -> for every town with a task its gap to 序时进度 in units, and its pace against the needed."""
    now = [row for row in season if row.week == week.isoformat()]
    by_kind = {(row.town, row.kind): row for row in now if row.scope is Scope.TOWN}
    tasks = sorted((row for row in by_kind.values() if row.kind == Kind.TOTAL and row.target), key=_order)
    shown = tasks[:MOST_ROWS]
    numbers = programme.schedule.numbers(row.week for row in season)
    is_over = programme.schedule.weeks_left(week) <= 0
    sheet = Sheet(programme)
    sheet.head(
        pace_words.title(Standing.of(now, Scope.TOWN, programme), programme.unit, span(numbers)),
        pace_words.legend_of(programme, is_over),
    )
    if shown:
        step = row_step(_TOP, _BOTTOM, len(shown))
        bottom = _TOP + step * len(shown)
        sheet.lower(slack(_TOP, _BOTTOM, bottom - _TOP))
        _kinds(sheet, shown, by_kind, step, programme)
        _gaps(sheet, shown, step, bottom, programme, is_over)
        if is_over:
            _lacks(sheet, shown, step, bottom, programme)
        else:
            _paces(sheet, shown, step, bottom, pace_words.heads(programme, week, mean(numbers)))
    sheet.foot(
        week,
        [
            *cut(len(tasks), len(shown), "差距最大", programme.words),
            *pace_words.caveats(list(by_kind.values()), is_over, programme),
        ],
    )
    return sheet.figure


def _order(row: Completion) -> tuple[bool, int]:
    """The largest shortfall first; towns without a rate last."""
    return row.rate is None, row.lead or 0


# ---- drawing ---------------------------------------------------------------------------------------------------


def _middle(place: int, step: float) -> float:
    return _TOP + (place + 0.5) * step


def _kinds(
    sheet: Sheet, tasks: Sequence[Completion], by_kind: dict[tuple[str, str], Completion], step: float,
    programme: Programme,
) -> None:  # fmt: skip
    """The towns' names, and the gap of each kind as a number; a kind that is behind stands out."""
    size, small = row_size(step), small_size(step)
    for x, kind in zip(_KINDS, KINDS, strict=True):
        sheet.text(x, 172, kind, SECOND, GREY, ha="right")
    for place, row in enumerate(tasks):
        y = _middle(place, step)
        sheet.text(LEFT, y, row.town, size, room=_NAMES - LEFT)
        for x, kind in zip(_KINDS, KINDS, strict=True):
            of_kind = by_kind[row.town, kind]
            is_behind = tone_of(of_kind, programme.lights) is Tone.BEHIND
            color = ORANGE_TEXT if is_behind else GREY
            sheet.text(x, y, signed(of_kind.lead), small, color, bold=is_behind, ha="right", room=64, whole=True)


def _gaps(
    sheet: Sheet, tasks: Sequence[Completion], step: float, bottom: float, programme: Programme, is_over: bool
) -> None:
    """Bars from the line of 序时进度, or of the target, to the left what is short of it; one scale for both sides."""
    leads = [row.lead for row in tasks]
    most_left, most_right = max([0, *(-x for x in leads if x)]), max([0, *(x for x in leads if x)])
    least = max(row.target for row in tasks) // _LEAST
    unit = (_BARS[1] - _BARS[0]) / max(1, least, most_left + most_right)
    zero = _BARS[0] + most_left * unit
    due = "目标任务" if is_over else "序时进度"
    sheet.text((_BARS[0] + _BARS[1]) / 2, 142, f"与{due}相差（{programme.unit}）", HEAD, bold=True, ha="center")
    sheet.text(zero - 8, 172, "← 少", SECOND, GREY, ha="right")
    sheet.text(zero + 8, 172, "多 →", SECOND, GREY)
    for place, (row, ahead) in enumerate(zip(tasks, leads, strict=True)):
        tone = tone_of(row, programme.lights)
        y, size, high = _middle(place, step), row_size(step), thickness(step, 0.5)
        if ahead is None:
            sheet.text(zero + 8, y, INCOMPLETE, small_size(step), GREY)
            continue
        start, width = min(zero, zero + ahead * unit), abs(ahead) * unit
        sheet.box(start, y - high / 2, width, high, **tone.fill(row))
        x, side = (start - 8, "right") if ahead < 0 else (start + width + 8, "left")
        sheet.text(x, y, signed(ahead), size, tone.letters, bold=True, ha=side)
    sheet.line([zero, zero], [_TOP - 4, bottom + 4], INK, 1.8)


def _paces(sheet: Sheet, tasks: Sequence[Completion], step: float, bottom: float, heads: tuple[str, str, str]) -> None:
    """A dot for the achieved pace, a bar for the needed one, and both as numbers."""
    paces = [pace for row in tasks for pace in (row.achieved_per_week, row.needed_per_week) if pace]
    unit = (_PACES_END - _PACES) / float(max([Decimal(1), *paces]))
    sheet.text(_PACES, 142, heads[0], HEAD, bold=True)
    sheet.text(_PACES, 172, heads[1], SECOND, GREY)
    sheet.text(_WORDS, 172, heads[2], SECOND, GREY, ha="right")
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
        half = thickness(step, 0.56) / 2
        sheet.line([spots[-1]] * 2, [y - half, y + half], INK, 2.6, zorder=4)
    if achieved is not None:
        sheet.dot(spots[0], y, min(10.0, step * 0.24), area, is_hollow=row.is_carried)
    words = f"{thousands(achieved)} → {thousands(needed)}" if spots else "暂无数据"
    sheet.text(_WORDS, y, words, row_size(step), letters if achieved is not None else GREY, bold=True,
               ha="right", room=_WORDS - _PACES_END - 8, whole=True)  # fmt: skip


def _lacks(sheet: Sheet, tasks: Sequence[Completion], step: float, bottom: float, programme: Programme) -> None:
    """What is lacking of the target after the end: a bar and its number."""
    unit = (_PACES_END - _PACES) / max(1, *(row.remaining or 0 for row in tasks))
    sheet.text(_PACES, 142, f"尚缺（{programme.unit}）", HEAD, bold=True)
    sheet.text(_PACES, 172, "已到期，超额不抵补别处的尚缺", SECOND, GREY)
    for place, row in enumerate(tasks):
        tone, y, high = tone_of(row, programme.lights), _middle(place, step), thickness(step, 0.5)
        sheet.box(_PACES, y - high / 2, (row.remaining or 0) * unit, high, **tone.fill(row))
        words = INCOMPLETE if row.remaining is None else thousands(row.remaining) if row.remaining else Light.FINISHED
        x = _PACES + (row.remaining or 0) * unit + 8
        sheet.text(x, y, words, row_size(step), tone.letters, bold=True)
    sheet.line([_PACES, _PACES], [_TOP - 4, bottom + 4], INK, 1.8)
