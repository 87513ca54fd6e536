"""分镇完成率: who is behind 序时进度? One bar a town in two panels, ranked by the rate of 合计."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from matplotlib.figure import Figure

from pipeline.params import Programme
from pipeline.printing import DASH, percent
from pipeline.products.charts.style import (
    BLUE,
    GREY,
    HEAD,
    INK,
    LABEL,
    LEFT,
    MOST_RATE,
    NOTE,
    ORANGE_TEXT,
    PALE,
    RIGHT,
    RULE,
    SECOND,
    Sheet,
    colors_of,
    fill,
    rates_top,
    row_size,
)
from pipeline.products.charts.words import Standing, counts, names, rate_caveats
from pipeline.records import DISTRICT, INCOMPLETE, KINDS, NO_TASK, Completion, Kind, Scope

_TOP, _BOTTOM = 186, 600  # of the towns' rows, if there are many
_DISTRICT = 34  # from the last town's row to the middle of the district's
_NAMES, _TOTALS = 122, 195  # right edges of the towns' names and of their rates of 合计
_BAR, _RATE, _COUNTS = 308, 388, 502  # from a panel's left edge: room for bars, right edges of two columns of figures
_PANELS = (207, 733)


def completion_by_town(completion: Sequence[Completion], programme: Programme, week: dt.date) -> Figure:
    """completion of one week -> bars of done ÷ target for every town and the district, 新建 beside 整改."""
    by_kind = {(row.town, row.kind): row for row in completion if not row.village}  # town "": the district
    overall = [by_kind[town, Kind.TOTAL] for town in programme.towns]
    sheet = Sheet(programme)
    sheet.head(_title(overall), _legend())
    towns = [row.town for row in sorted(overall, key=lambda row: row.by_rate)]
    step = min(42.0, (_BOTTOM - _TOP) / len(towns))
    _names(sheet, [by_kind[town, Kind.TOTAL] for town in (*towns, "")], step, programme)
    bottom = _TOP + step * len(towns)
    panels = [[by_kind[town, kind] for town in (*towns, "")] for kind in KINDS]
    unit = _BAR / float(rates_top([row.rate for listed in panels for row in listed]))
    for left, listed in zip(_PANELS, panels, strict=True):
        _panel(sheet, left, step, unit, listed, programme)
        if listed[-1].expected is not None:
            _due(sheet, left, unit, bottom, listed[-1].expected)
    sheet.foot(week, _caveats(completion, programme))
    return sheet.figure


# ---- words -----------------------------------------------------------------------------------------------------


def _title(overall: Sequence[Completion]) -> str:
    """The finding, from the towns' 合计."""
    standing = Standing.of(overall)
    if standing.silence:
        return standing.silence
    if standing.behind:
        return standing.closed(_slowest(standing))
    return standing.closed(f"{standing.among}{standing.reached}")


def _slowest(standing: Standing) -> str:
    behind = standing.behind
    lowest = min(row.known_rate for row in behind)
    last = names([row.town for row in behind if row.rate == lowest])
    if len(standing.tasks) == 1:
        return f"{last}落后序时进度"
    if len(behind) == 1:
        return f"{standing.among}中只有{last}落后序时进度"
    many = "全部" if len(behind) == len(standing.judged) else f"中{len(behind)}个"
    return f"{standing.among}{many}落后序时进度，{last}完成率最低"


def _legend() -> list[tuple[str, str]]:
    return [
        ("完成数占目标任务的比例；标题和先后按合计，条的颜色按类别。", GREY),
        ("■ 按序时及以上", BLUE),
        ("■ 落后", ORANGE_TEXT),
    ]


def _caveats(completion: Sequence[Completion], programme: Programme) -> list[str]:
    """What a reader must know of bars that are not, or not all, the week's own."""
    carried = [row for row in completion if row.is_carried]
    silent = [row.town for row in carried if row.scope == Scope.TOWN and row.kind == Kind.TOTAL]
    partly = dict.fromkeys(row.town for row in carried if row.scope == Scope.TOWN and row.town not in silent)
    some = dict.fromkeys(row.town for row in carried if row.scope == Scope.VILLAGE)
    mixed = [town for town in some if town not in (*silent, *partly)]
    caveats = []
    if silent:
        caveats.append(f"斜线条：{names(silent)}本周没有可用的数，沿用上次累计数，不排位次。")
    if partly:
        caveats.append(f"斜线条：{names(list(partly))}该类没有可用的数，沿用上次累计数。")
    if mixed:
        caveats.append(f"{names(mixed)}有村沿用上次累计数。")
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
    sheet.line([LEFT, RIGHT], [bottom + 8] * 2, RULE)
    sheet.text(_NAMES, bottom + _DISTRICT, DISTRICT, LABEL, bold=True, ha="right")
    _total(sheet, bottom + _DISTRICT, LABEL, district, programme)


def _total(sheet: Sheet, y: float, size: float, row: Completion, programme: Programme) -> None:
    words = percent(row.rate, 1) if row.rate is not None else INCOMPLETE if row.target else DASH
    room = _TOTALS - _NAMES - 4
    sheet.text(_TOTALS, y, words, size, colors_of(row, programme)[1], bold=True, ha="right", room=room, whole=True)


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
    _row(sheet, left, _TOP + step * len(towns) + _DISTRICT, 42.0, unit, district, programme)


def _row(sheet: Sheet, left: float, y: float, step: float, unit: float, row: Completion, programme: Programme) -> None:
    """Band to the target, bar to the rate, rate and done / target in columns."""
    size = row_size(step)
    if not row.target:
        is_without = row.town and not programme.towns[row.town].villages
        empty = "本年度无整村推进村" if is_without else NO_TASK
        sheet.text(left + 5, y, empty, min(SECOND, size), GREY, zorder=6, backgroundcolor="white")
        return
    area, letters = colors_of(row, programme)
    sheet.box(left, y - step * 0.32, unit, step * 0.64, facecolor=PALE)
    _bar(sheet, left, y, step * 0.38, unit, row, area)
    sheet.line([left + unit] * 2, [y - step * 0.36, y + step * 0.36], GREY, 1.4)
    rate = INCOMPLETE if row.rate is None else percent(row.rate, 1)
    sheet.text(left + _RATE, y, rate, size + 0.5, letters, bold=True, ha="right")
    is_district = row.scope == Scope.DISTRICT
    look = {"ha": "right", "bold": is_district, "room": _COUNTS - _RATE - 10, "whole": True}
    sheet.text(left + _COUNTS, y, counts(row), min(size, SECOND), INK if is_district else GREY, **look)


def _bar(sheet: Sheet, left: float, y: float, height: float, unit: float, row: Completion, color: str) -> None:
    """An incomplete sum has no bar."""
    if row.rate is None:
        return
    width = unit * float(min(row.rate, MOST_RATE))
    sheet.box(left, y - height / 2, width, height, **fill(row, color))
    if row.rate > MOST_RATE:
        sheet.line([left + width - 14, left + width - 6], [y + height / 2, y - height / 2], "white", 3)


def _due(sheet: Sheet, left: float, unit: float, bottom: float, expected: Decimal) -> None:
    """The line of 序时进度 through all rows, its label and that of the target."""
    x, target = left + unit * float(expected), left + unit
    sheet.cased([x, x], [_TOP - 4, bottom + 56], INK, 2.0)
    near_left = x - left < 110  # too near for a label that ends at the line
    is_close = target - x < (130 if near_left else 40)
    sheet.text(x, 172, f"序时进度 {percent(expected, 1)}", NOTE, ha="left" if near_left else "right")
    sheet.text(target + (6 if is_close else 0), 172, "目标", NOTE, GREY, ha="left" if is_close else "center")
