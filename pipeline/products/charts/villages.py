"""分村进度: which village? Up to 30 a row each, with its figures; more as one strip a town and the lowest by name."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from matplotlib.figure import Figure

from pipeline.params import Programme
from pipeline.printing import percent, signed
from pipeline.products.charts import strips
from pipeline.products.charts.standing import Standing
from pipeline.products.charts.style import (
    GREY,
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
    slack,
    small_size,
)
from pipeline.products.charts.tones import legend, tone_of
from pipeline.products.charts.words import counts, rate_caveats
from pipeline.records import INCOMPLETE, KINDS, NO_TASK, Completion, Kind, Scope

_TOP, _BOTTOM = 172, 640
_VILLAGE, _AXIS, _AXIS_END = 150, 305, 740
_COLUMNS = {Kind.TOTAL: 830, Kind.NEW_BUILD: 945, Kind.RENOVATION: 1065, "added": 1140, "lead": RIGHT}  # right edges
_SHAPES: dict[str, str] = {Kind.NEW_BUILD: "D", Kind.RENOVATION: "o"}

Village = dict[str, Completion]  # kind -> its completion row


def villages(completion: Sequence[Completion], programme: Programme, week: dt.date) -> Figure:
    """completion of one week -> every village's rate of 新建 and 整改, ranked by the rate of 合计."""
    by_village: dict[tuple[str, str], Village] = {}
    for row in completion:
        if row.scope == Scope.VILLAGE:
            by_village.setdefault((row.town, row.village), {})[row.kind] = row
    listed = sorted(by_village.values(), key=lambda village: village[Kind.TOTAL].by_rate)
    sheet = Sheet(programme)
    overall = [village[Kind.TOTAL] for village in listed]
    title = Standing.of(completion, Scope.VILLAGE, programme).verdict
    is_over = programme.schedule.weeks_left(week) <= 0
    if len(listed) > MOST_ROWS and any(row.target for row in overall):
        sheet.head(title, strips.explained(programme, is_over))
        strips.draw(sheet, overall, completion, programme)
    else:
        sheet.head(title, _legend(programme, is_over))
        if listed:
            _table(sheet, listed[:MOST_ROWS], programme)
    sheet.foot(week, _caveats(listed, programme))
    return sheet.figure


# ---- words -----------------------------------------------------------------------------------------------------


def _legend(programme: Programme, is_over: bool) -> list[Part]:
    marks = [("◆ 新建", INK), ("● 整改", INK), *legend(programme.lights, is_over), ("空心＝沿用上次累计数", GREY)]
    return [("完成率，按合计由高到低排列。", GREY), *marks]


def _caveats(listed: Sequence[Village], programme: Programme) -> list[str]:
    counted = Counter(village.tier for _, village in programme.villages).most_common()
    rare = counted[-1][0] if len(counted) > 1 and counted[-1][1] < counted[0][1] else ""
    rare = "" if programme.words.of_offices else rare  # a task is called as its tier
    caveats = [f"{rare}村：{_joined([v.name for _, v in programme.villages if v.tier == rare])}。"] if rare else []
    every = [row for village in listed for row in village.values()]
    return [*caveats, *rate_caveats(every, programme)]


def _joined(names: Sequence[str], most: int = 4) -> str:
    return "、".join(names) if len(names) <= most else f"{'、'.join(names[:most])}等{len(names)}个"


# ---- drawing ---------------------------------------------------------------------------------------------------


def _table(sheet: Sheet, listed: Sequence[Village], programme: Programme) -> None:
    step = row_step(_TOP, _BOTTOM, len(listed))
    bottom = _TOP + step * len(listed)
    sheet.lower(slack(_TOP, _BOTTOM, bottom - _TOP))
    rates = [row.rate for village in listed for row in village.values()]
    unit = (_AXIS_END - _AXIS) / float(rates_top(rates))
    _heads(sheet, programme.unit)
    _axis(sheet, unit, bottom)
    for place, village in enumerate(listed):
        _row(sheet, village, _TOP + (place + 0.5) * step, step, unit, programme)
    due_share = next((village[Kind.TOTAL].expected for village in listed if village[Kind.TOTAL].target), None)
    if due_share is not None:
        strips.due_line(sheet, _AXIS + unit * float(due_share), _TOP - 4, bottom + 4, due_share)


def _heads(sheet: Sheet, unit: str) -> None:
    words = {
        Kind.TOTAL: "合计",
        Kind.NEW_BUILD: f"新建（{unit}）",
        Kind.RENOVATION: f"整改（{unit}）",
        "added": "本周新增",
        "lead": "相差",
    }
    for name, x in _COLUMNS.items():
        sheet.text(x, 146, words[name], SECOND, GREY, ha="right")


def _axis(sheet: Sheet, unit: float, bottom: float) -> None:
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        x = _AXIS + unit * share
        sheet.line([x, x], [_TOP, bottom], GREY if share == 1 else "#E3E6EA", linestyle="--" if share == 1 else "-")
        sheet.text(x, bottom + 14, f"{share:.0%}", NOTE, GREY, ha="center")


def _row(sheet: Sheet, village: Village, y: float, step: float, unit: float, programme: Programme) -> None:
    size, overall = row_size(step), village[Kind.TOTAL]
    small = small_size(step)
    sheet.text(LEFT, y, overall.town, small, GREY, room=_VILLAGE - LEFT - 8)
    sheet.text(_VILLAGE, y, overall.village, size, room=_AXIS - _VILLAGE - 12)
    sheet.line([_AXIS, _AXIS_END], [y, y], "#E3E6EA")
    _marks(sheet, village, y, step, unit, programme)
    letters = tone_of(overall, programme.lights).letters
    rate = percent(overall.rate) if overall.rate is not None else INCOMPLETE if overall.target else NO_TASK
    sheet.text(_COLUMNS[Kind.TOTAL], y, rate, size, letters, bold=True, ha="right", room=72, whole=True)
    for kind in KINDS:
        words = counts(village[kind]) if village[kind].target else NO_TASK
        sheet.text(_COLUMNS[kind], y, words, small, GREY, ha="right", room=106, whole=True)
    sheet.text(_COLUMNS["added"], y, signed(overall.added), small, GREY, ha="right", room=66, whole=True)
    ahead = overall.lead if overall.target else None
    sheet.text(_COLUMNS["lead"], y, signed(ahead), small, letters, bold=True, ha="right",
               room=86, whole=True)  # fmt: skip


def _marks(sheet: Sheet, village: Village, y: float, step: float, unit: float, programme: Programme) -> None:
    """◆ and ●, joined by a line; hollow where the figure is an earlier week's."""
    known = [village[kind] for kind in KINDS if village[kind].rate is not None]
    spots = [_AXIS + unit * float(min(row.known_rate, MOST_RATE)) for row in known]
    if len(spots) == 2:
        sheet.line(spots, [y, y], "#9AA5B1", 2.2, zorder=3)
    for row, x in zip(known, spots, strict=True):
        size = min(9.5, step * 0.26) * (0.86 if row.kind == Kind.NEW_BUILD else 1)
        tone = tone_of(row, programme.lights)
        sheet.dot(x, y, size, tone.area, _SHAPES[row.kind], tone.edge, row.is_carried)
