"""分镇完成率: who is behind 序时进度? One bar a town in two panels, ranked by the rate of 合计."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from matplotlib.figure import Figure

from pipeline.params import Programme
from pipeline.printing import DASH, percent
from pipeline.products.charts.standing import Standing
from pipeline.products.charts.style import (
    GREY,
    HEAD,
    INK,
    LABEL,
    LEFT,
    MOST_RATE,
    MOST_ROWS,
    NOTE,
    PALE,
    RIGHT,
    RULE,
    SECOND,
    Sheet,
    rates_top,
    row_size,
    row_step,
    slack,
    small_size,
    thickness,
)
from pipeline.products.charts.tones import Tone, legend, tone_of
from pipeline.products.charts.words import counts, cut, names, rate_caveats
from pipeline.records import INCOMPLETE, KINDS, NO_TASK, Completion, Kind, Scope

_TOP, _BOTTOM = 186, 600  # of the towns' rows, if there are many
_DISTRICT = 34  # from the last town's row to the middle of the district's
_NAMES, _TOTALS = 122, 203  # right edges of the towns' names and of their rates of 合计
_BAR, _RATE, _COUNTS = 290, 382, 496  # from a panel's left edge: room for bars, right edges of two columns of figures
_PANELS = (216, 739)


def completion_by_town(completion: Sequence[Completion], programme: Programme, week: dt.date) -> Figure:
    """completion of one week -> bars of done ÷ target for every town and the district, 新建 beside 整改."""
    by_kind = {(row.town, row.kind): row for row in completion if not row.village}  # town "": the district
    ranked = sorted((by_kind[town, Kind.TOTAL] for town in programme.towns), key=lambda row: row.by_rate)
    tasks = [row for row in ranked if row.target]
    shown = ranked if len(ranked) <= MOST_ROWS else tasks[-MOST_ROWS:]
    sheet = Sheet(programme)
    is_over = programme.schedule.weeks_left(week) <= 0
    explained = ("完成数占目标任务的比例；先后按合计，条的颜色按类别。", GREY)
    sheet.head(Standing.of(completion, Scope.TOWN, programme).verdict, [explained, *legend(programme.lights, is_over)])
    towns = [row.town for row in shown]
    step = row_step(_TOP, _BOTTOM, len(towns))
    sheet.lower(slack(_TOP, _BOTTOM, step * len(towns)))
    _names(sheet, [by_kind[town, Kind.TOTAL] for town in (*towns, "")], step, programme)
    panels = [[by_kind[town, kind] for town in (*towns, "")] for kind in KINDS]
    unit = _BAR / float(rates_top([row.rate for listed in panels for row in listed]))
    for left, listed in zip(_PANELS, panels, strict=True):
        _panel(sheet, left, step, unit, listed, programme)
        if listed[-1].expected is not None:
            _due(sheet, left, unit, _TOP + step * len(towns), listed[-1].expected)
    sheet.foot(week, [*cut(len(tasks), len(shown), "完成率最低", programme.words), *_caveats(completion, programme)])
    return sheet.figure


# ---- words -----------------------------------------------------------------------------------------------------


def _caveats(completion: Sequence[Completion], programme: Programme) -> list[str]:
    """What a reader must know of bars that are not, or not all, the week's own."""
    carried = [row for row in completion if row.is_carried]
    silent = [row.town for row in carried if row.scope == Scope.TOWN and row.kind == Kind.TOTAL]
    partly = dict.fromkeys(row.town for row in carried if row.scope == Scope.TOWN and row.town not in silent)
    some = dict.fromkeys(row.town for row in carried if row.scope == Scope.VILLAGE)
    mixed = [town for town in some if town not in (*silent, *partly)]
    words, caveats = programme.words, []
    if silent:
        caveats.append(f"斜线条：{names(silent, words.many)}本周没有可用的数，沿用上次累计数，不排位次。")
    if partly:
        caveats.append(f"斜线条：{names(list(partly), words.many)}该类没有可用的数，沿用上次累计数。")
    if mixed:
        caveats.append(f"{names(mixed, words.many)}有{words.part}沿用上次累计数。")
    return caveats + rate_caveats((row for row in completion if row.scope != Scope.VILLAGE), programme)


# ---- drawing ---------------------------------------------------------------------------------------------------


def _names(sheet: Sheet, overall: Sequence[Completion], step: float, programme: Programme) -> None:
    """The towns and, under them, the district, each with the rate by which it is judged and ranked."""
    *towns, district = overall
    sheet.text(_TOTALS, 172, Kind.TOTAL, SECOND, GREY, ha="right")
    for place, row in enumerate(towns):
        y, size = _middle(place, step), row_size(step)
        sheet.text(_NAMES, y, row.town, size, ha="right", room=_NAMES - LEFT + 5)
        _total(sheet, y, size, row, programme)
    bottom = _TOP + step * len(towns)
    size = max(LABEL, row_size(step))
    sheet.line([LEFT, RIGHT], [bottom + 8] * 2, RULE)
    sheet.text(_NAMES, bottom + _DISTRICT, programme.words.whole, size, bold=True, ha="right")
    _total(sheet, bottom + _DISTRICT, size, district, programme)


def _total(sheet: Sheet, y: float, size: float, row: Completion, programme: Programme) -> None:
    words = percent(row.rate) if row.rate is not None else INCOMPLETE if row.target else DASH
    letters, room = tone_of(row, programme.lights).letters, _TOTALS - _NAMES - 11
    sheet.text(_TOTALS, y, words, size, letters, bold=True, ha="right", room=room, whole=True)


def _middle(place: int, step: float) -> float:
    return _TOP + (place + 0.5) * step


def _panel(
    sheet: Sheet, left: float, step: float, unit: float, listed: Sequence[Completion], programme: Programme
) -> None:
    """One kind: the towns, and the district under them. unit: how long 100 % is, the same in both panels."""
    *towns, district = listed
    sheet.text(left, 148, district.kind, HEAD, bold=True)
    sheet.text(left + _COUNTS, 172, f"完成 / 目标（{programme.unit}）", SECOND, GREY, ha="right")
    for place, row in enumerate(towns):
        _row(sheet, left, _middle(place, step), step, unit, row, programme)
    _row(sheet, left, _TOP + step * len(towns) + _DISTRICT, min(max(42.0, step), 60.0), unit, district, programme)


def _row(sheet: Sheet, left: float, y: float, step: float, unit: float, row: Completion, programme: Programme) -> None:
    """Band to the target, bar to the rate, rate and done / target in columns."""
    size = row_size(step)
    if not row.target:
        is_without = row.town and not programme.towns[row.town].villages
        empty = "本年度无整村推进村" if is_without else NO_TASK
        sheet.text(left + 5, y, empty, min(SECOND, size), GREY, zorder=6, backgroundcolor="white")
        return
    tone, high = tone_of(row, programme.lights), thickness(step, 0.38)
    sheet.box(left, y - high * 0.84, unit, high * 1.68, facecolor=PALE)
    _bar(sheet, left, y, high, unit, row, tone)
    sheet.line([left + unit] * 2, [y - high * 0.95, y + high * 0.95], GREY, 1.4)
    rate = INCOMPLETE if row.rate is None else percent(row.rate)
    sheet.text(
        left + _RATE, y, rate, size + 0.5, tone.letters, bold=True, ha="right", room=_RATE - _BAR - 12, whole=True
    )
    is_district = row.scope == Scope.DISTRICT
    look = {"ha": "right", "bold": is_district, "room": _COUNTS - _RATE - 10, "whole": True}
    sheet.text(left + _COUNTS, y, counts(row), small_size(step), INK if is_district else GREY, **look)


def _bar(sheet: Sheet, left: float, y: float, height: float, unit: float, row: Completion, tone: Tone) -> None:
    """An incomplete sum has no bar."""
    if row.rate is None:
        return
    width = unit * float(min(row.rate, MOST_RATE))
    sheet.box(left, y - height / 2, width, height, **tone.fill(row))
    if row.rate > MOST_RATE:
        sheet.line([left + width - 14, left + width - 6], [y + height / 2, y - height / 2], "white", 3)


def _due(sheet: Sheet, left: float, unit: float, bottom: float, expected: Decimal) -> None:
    """The line of 序时进度 through all rows, its label and that of the target; in the end they are one."""
    x, target = left + unit * float(expected), left + unit
    sheet.cased([x, x], [_TOP - 4, bottom + 56], INK, 2.0)
    if expected == 1:
        sheet.text(target, 172, "目标", NOTE, ha="center")
        return
    near_left = x - left < 110  # too near for a label that ends at the line
    is_close = target - x < (130 if near_left else 40)
    sheet.text(x, 172, f"序时进度 {percent(expected)}", NOTE, ha="left" if near_left else "right")
    sheet.text(target + (6 if is_close else 0), 172, "目标", NOTE, GREY, ha="left" if is_close else "center")
