"""More villages than a page has rows: one strip a town, one dot a village, and the lowest by name."""

from collections.abc import Sequence
from decimal import Decimal

from pipeline.params import Programme
from pipeline.printing import percent
from pipeline.products.charts.style import (
    GREY,
    HEAD,
    INK,
    LEFT,
    MOST_RATE,
    MOST_ROWS,
    NOTE,
    RIGHT,
    SECOND,
    Part,
    Sheet,
    rates_top,
    row_size,
    row_step,
)
from pipeline.products.charts.tones import is_overdue, legend, tone_of
from pipeline.products.charts.words import counts
from pipeline.records import Completion, Kind, Scope

_TOP, _BOTTOM = 172, 640
_COUNT, _AXIS, _AXIS_END = 262, 280, 815
_LIST, _LIST_TOWN, _LIST_COUNTS = 880, 1000, 1160  # left edges of village and town, right edge of its counts
_LOWEST = 12
_DOT = 11.0  # units that a dot takes


def explained(programme: Programme, is_over: bool) -> list[Part]:
    """The legend."""
    words = programme.words
    order = "" if words.of_offices else f"；{words.member}由高到低排列"  # 县（市、区） twice is wider than a sheet
    marks = [(f"| {words.member}", INK), ("空心＝沿用上次累计数", GREY)]
    return [
        (f"每点为{words.many_parts('一')}的合计完成率{order}。", GREY),
        *legend(programme.lights, is_over),
        *marks,
    ]


def draw(sheet: Sheet, overall: Sequence[Completion], completion: Sequence[Completion], programme: Programme) -> None:
    """overall: the villages' 合计, high to low. Of more towns than a sheet has rows for, the lowest."""
    towns = [row for row in completion if row.scope == Scope.TOWN and row.kind == Kind.TOTAL and row.target]
    towns = sorted(towns, key=lambda row: row.by_rate)[-MOST_ROWS:]
    step = row_step(_TOP, _BOTTOM, len(towns))
    bottom = _TOP + step * len(towns)
    unit = (_AXIS_END - _AXIS) / float(rates_top([row.rate for row in (*overall, *towns)]))
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        sheet.text(_AXIS + unit * share, bottom + 14, f"{share:.0%}", NOTE, GREY, ha="center")
    for place, town in enumerate(towns):
        villages = [row for row in overall if row.town == town.town and row.target]
        _strip(sheet, town, villages, _TOP + (place + 0.5) * step, step, unit, programme)
    expected = towns[0].expected
    if expected is not None:
        due_line(sheet, _AXIS + unit * float(expected), _TOP - 4, bottom + 4, expected)
    _lowest(sheet, [row for row in overall if row.is_judged][::-1][:_LOWEST], programme)


def due_line(sheet: Sheet, x: float, top: float, bottom: float, expected: Decimal) -> None:
    """The line of 序时进度 and its label."""
    sheet.cased([x, x], [top, bottom], INK, 2.0)
    if expected == 1:  # the line of 100 % has a label of its own
        return
    side = "left" if x < 420 else "right"
    sheet.text(x, 146, f"序时进度 {percent(expected)}", NOTE, ha=side)


def _strip(
    sheet: Sheet,
    town: Completion,
    villages: Sequence[Completion],
    y: float,
    step: float,
    unit: float,
    programme: Programme,
) -> None:
    size = row_size(step)
    judged = [row for row in villages if row.is_judged]
    is_over = any(map(is_overdue, judged))
    fallen = sum(is_overdue(row) if is_over else row.is_behind for row in judged)
    words = (
        f"{fallen}/{len(judged)}{programme.words.piece}{'未完成' if is_over else '落后'}" if judged else "没有本周数"
    )
    sheet.text(LEFT, y, town.town, size, room=115)
    sheet.text(_COUNT, y, words, min(size, SECOND), GREY, ha="right")
    sheet.line([_AXIS, _AXIS_END], [y, y], "#E3E6EA")
    if town.rate is not None:
        x = _AXIS + unit * float(min(town.rate, MOST_RATE))
        sheet.line([x, x], [y - step * 0.42, y + step * 0.42], INK, 2.0, zorder=6)
    known = [row for row in villages if row.rate is not None]
    spots = [_AXIS + unit * float(min(row.known_rate, MOST_RATE)) for row in known]
    gap = min(8.0, step * 0.2)
    for row, x, level in zip(known, spots, _levels(spots), strict=True):
        tone, size = tone_of(row, programme.lights), min(6.5, step * 0.3)
        sheet.dot(x, y + gap * level, size, tone.area, edge=tone.edge, is_hollow=row.is_carried)


def _levels(spots: Sequence[float]) -> list[int]:
    """0, −1, 1, −2 …: dots at one place are set off up and down, the first that is free."""
    taken: list[tuple[float, int]] = []
    for x in spots:
        near = {level for other, level in taken if abs(other - x) < _DOT}
        free = next((level for level in (0, -1, 1, -2, 2) if level not in near), 0)
        taken.append((x, free))
    return [level for _, level in taken]


def _lowest(sheet: Sheet, lowest: Sequence[Completion], programme: Programme) -> None:
    sheet.text(_LIST, 146, f"完成率最低的{programme.words.many_parts(len(lowest))}", HEAD, bold=True)
    for place, row in enumerate(lowest):
        y = _TOP + (place + 0.5) * (_BOTTOM - _TOP) / _LOWEST
        sheet.text(_LIST, y, row.village, 12.5, room=_LIST_TOWN - _LIST - 8)
        sheet.text(_LIST_TOWN, y, row.town, SECOND, GREY, room=85)
        sheet.text(_LIST_COUNTS, y, counts(row), SECOND, GREY, ha="right", room=72, whole=True)
        letters = tone_of(row, programme.lights).letters
        sheet.text(RIGHT, y, percent(row.rate), 12.5, letters, bold=True, ha="right", room=72, whole=True)
