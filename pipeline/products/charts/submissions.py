"""报送情况: who has not reported? One tile a town and week; the worst reporters first."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.figure import Figure

from pipeline.params import Programme
from pipeline.products.charts.style import (
    GREY,
    INK,
    LABEL,
    LEFT,
    NOTE,
    ORANGE,
    ORANGE_TEXT,
    SECOND,
    SMALLEST,
    TILE,
    Sheet,
)
from pipeline.products.charts.words import names
from pipeline.records import Reporting, Sent

_TOP, _BOTTOM, _TILES, _TILES_END = 186, 640, 165, 1000
# right edges, from the end of the tiles
_TOTALS = {Sent.MISSING: 50, Sent.RETURNED: 112, Sent.LATE: 174, Sent.RECEIVED: 235}
_MOST_WEEKS = 30

Statuses = Mapping[tuple[str, str], Sent]  # (town, week) -> status


def submissions(reporting: Sequence[Reporting], programme: Programme, week: dt.date) -> Figure:
    """reporting of all weeks up to this one -> tiles, with the totals of each town."""
    statuses: Statuses = {(row.town, row.week): row.status for row in reporting}
    weeks = sorted({day for _, day in statuses})[-_MOST_WEEKS:]
    towns = sorted(programme.expected_towns, key=lambda town: _faults(statuses, town, weeks))
    sheet = Sheet(programme)
    is_pending = any(statuses.get((town, day)) is Sent.PENDING for town in towns for day in weeks)
    sheet.head(_title(statuses, programme, week), _legend(programme, is_pending))
    step = min(56.0, (_BOTTOM - _TOP) / max(1, len(towns)))
    width = min(96.0, (_TILES_END - _TILES) / len(weeks))
    if towns:
        _heads(sheet, weeks, width, programme)
        sheet.box(
            _TILES + width * (len(weeks) - 1) - 1, _TOP - 3, width + 1, step * len(towns) + 6,
            facecolor="none", edgecolor=INK, linewidth=1.8,
        )  # fmt: skip
    for place, town in enumerate(towns):
        _row(sheet, town, _TOP + (place + 0.5) * step, step, weeks, width, statuses)
    sheet.foot(week, _caveats(weeks, programme))
    return sheet.figure


def _faults(statuses: Statuses, town: str, weeks: Sequence[str]) -> tuple[int, int]:
    counted = Counter(statuses.get((town, day)) for day in weeks)
    return -(counted[Sent.MISSING] + counted[Sent.RETURNED]), -counted[Sent.LATE]


# ---- words -----------------------------------------------------------------------------------------------------


def _title(statuses: Statuses, programme: Programme, week: dt.date) -> str:
    status = {town: statuses.get((town, week.isoformat()), Sent.MISSING) for town in programme.expected_towns}
    if not status:
        return "本年度各区镇都没有整村推进任务，无需报送"
    arrived = sum(value in (Sent.RECEIVED, Sent.LATE) for value in status.values())
    if set(status.values()) == {Sent.RECEIVED}:
        return f"本周{len(status)}个区镇全部已报送"
    others = [
        f"{names([town for town in status if status[town] is value])}{value.label}"
        for value in (Sent.MISSING, Sent.RETURNED, Sent.PENDING, Sent.LATE)
        if value in status.values()
    ]
    if not arrived:
        return f"本周{len(status)}个区镇还没有一份可用的报表"
    return f"本周{arrived}/{len(status)}个区镇已报送，{'，'.join(others)}"


def _legend(programme: Programme, is_pending: bool) -> list[tuple[str, str]]:
    return [
        (f"每周报表报送情况（截止时间：截至日期 {programme.deadline}）。", GREY),
        ("■ 已报", GREY),
        ("■ 迟 迟报", ORANGE_TEXT),
        ("□ 退 退回", ORANGE_TEXT),
        ("□ × 未报", INK),
        *([("□ 核 待核", GREY)] if is_pending else []),
    ]


def _caveats(weeks: Sequence[str], programme: Programme) -> list[str]:
    caveats = ["按未报、退回、迟报次数由多到少排列。"]
    free = [town for town in programme.towns if town not in programme.expected_towns]
    if free:
        caveats.append(f"{names(free)}本年度无整村推进村，无需报送。")
    numbers = programme.schedule.numbers(weeks)
    absent = sorted(set(range(numbers[0], numbers[-1])) - set(numbers))
    if absent:
        caveats.append(f"第{'、'.join(map(str, absent))}周没有存档，不在图中。")
    return caveats


# ---- drawing ---------------------------------------------------------------------------------------------------


def _heads(sheet: Sheet, weeks: Sequence[str], width: float, programme: Programme) -> None:
    sheet.text(_TILES, 142, "周次", NOTE, GREY)
    for place, day in enumerate(weeks):
        number = str(programme.schedule.week_number(dt.date.fromisoformat(day)))
        is_last = place == len(weeks) - 1
        sheet.text(
            _TILES + width * (place + 0.5), 168, number, SECOND, INK if is_last else GREY, bold=is_last, ha="center"
        )
    for status, x in _totals(weeks, width):
        sheet.text(x, 168, status.label, SECOND, GREY, ha="right")


def _totals(weeks: Sequence[str], width: float) -> list[tuple[Sent, float]]:
    """(status, right edge) of the columns of totals."""
    return [(status, _TILES + width * len(weeks) + away) for status, away in _TOTALS.items()]


def _row(
    sheet: Sheet, town: str, y: float, step: float, weeks: Sequence[str], width: float, statuses: Statuses
) -> None:
    size = max(SMALLEST, min(LABEL, step * 0.3))
    sheet.text(LEFT, y, town, size, room=_TILES - LEFT - 8)
    high = step - min(8.0, step * 0.16)
    for place, day in enumerate(weeks):
        _tile(sheet, _TILES + width * place + 2, y - high / 2, width - 4, high, statuses.get((town, day)))
    counted = Counter(statuses.get((town, day)) for day in weeks)
    for status, x in _totals(weeks, width):
        color = {Sent.MISSING: INK, Sent.RECEIVED: GREY}.get(status, ORANGE_TEXT)
        count = counted[status]
        is_fault = bool(count) and status != Sent.RECEIVED
        sheet.text(x, y, str(count or "—"), size, color if count else GREY, bold=is_fault, ha="right")


def _tile(sheet: Sheet, x: float, y: float, width: float, height: float, status: Sent | None) -> None:
    """A filled tile is a report; a framed one is none, and its sign says why."""
    looks: dict[Sent, dict[str, Any]] = {
        Sent.RECEIVED: {"facecolor": TILE},
        Sent.LATE: {"facecolor": ORANGE},
        Sent.RETURNED: {"facecolor": "white", "edgecolor": ORANGE_TEXT, "linewidth": 1.6},
        Sent.PENDING: {"facecolor": "white", "edgecolor": GREY, "linewidth": 1.6},
        Sent.MISSING: {"facecolor": "white", "edgecolor": INK, "linewidth": 1.6},
    }
    if status is None or status not in looks:  # the town had no village in that week
        return
    sheet.box(x, y, width, height, **looks[status])
    signs = {
        Sent.LATE: ("迟", INK), Sent.RETURNED: ("退", ORANGE_TEXT), Sent.PENDING: ("核", GREY), Sent.MISSING: ("×", INK),
    }  # fmt: skip
    sign, color = signs.get(status, ("", INK))
    if sign:
        sheet.text(x + width / 2, y + height / 2, sign, min(SECOND, height * 0.64), color, bold=True, ha="center")
