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
    LEFT,
    MOST_ROWS,
    NOTE,
    ORANGE,
    ORANGE_TEXT,
    SECOND,
    SMALLEST,
    TILE,
    Part,
    Sheet,
    row_size,
    row_step,
    slack,
)
from pipeline.products.charts.words import cut, names
from pipeline.products.roll import Roll
from pipeline.records import Reporting, Sent

_TOP, _BOTTOM, _TILES, _END = 186, 640, 165, 1235
_TOTALS = (50, 112, 174, 235, 297)  # right edges, from the end of the tiles
_MOST_WEEKS, _MOST_NAMES = 30, 4  # names: in the title
_WIDEST, _HIGHEST = 96.0, 56.0  # a tile

Statuses = Mapping[tuple[str, str], Sent]  # (town, week) -> status


def submissions(reporting: Sequence[Reporting], programme: Programme, week: dt.date) -> Figure:
    """reporting of all weeks up to this one -> tiles, with the totals of each town."""
    statuses: Statuses = {(row.town, row.week): row.status for row in reporting}
    weeks = sorted({day for _, day in statuses})[-_MOST_WEEKS:]
    ranked = sorted(programme.expected_towns, key=lambda town: _faults(statuses, town, weeks))
    towns = ranked[:MOST_ROWS]
    sheet = Sheet(programme)
    is_pending = any(statuses.get((town, day)) is Sent.PENDING for town in towns for day in weeks)
    sheet.head(_title(statuses, programme, week), _legend(programme, is_pending))
    totals = [Sent.MISSING, Sent.RETURNED, *([Sent.PENDING] if is_pending else []), Sent.LATE, Sent.RECEIVED]
    step = row_step(_TOP, _BOTTOM, len(towns))
    room = _END - _TOTALS[len(totals) - 1] - _TILES
    to_come = _to_come(weeks, programme, week)
    width = min(_WIDEST, room / (len(weeks) + to_come))
    sheet.lower(slack(_TOP, _BOTTOM, step * len(towns)))
    columns = [(state, _TILES + room + away) for state, away in zip(totals, _TOTALS, strict=False)]
    if towns:
        _heads(sheet, weeks, to_come, width, columns, programme)
        sheet.box(
            _TILES + width * (len(weeks) - 1) - 1, _TOP - 3, width + 1, step * len(towns) + 6,
            facecolor="none", edgecolor=INK, linewidth=1.8,
        )  # fmt: skip
    for place, town in enumerate(towns):
        _row(sheet, town, _TOP + (place + 0.5) * step, step, [*weeks, *[""] * to_come], width, columns, statuses)
    sheet.foot(
        week, [*cut(len(ranked), len(towns), "未报、退回、迟报最多", programme.words), *_caveats(weeks, programme)]
    )
    return sheet.figure


def _to_come(weeks: Sequence[str], programme: Programme, week: dt.date) -> int:
    """How many weeks of the schedule are left: they keep their room, so that a week has its place from the first on."""
    number = programme.schedule.week_number
    return max(0, min(number(programme.schedule.end) - number(week), _MOST_WEEKS - len(weeks)))


def _faults(statuses: Statuses, town: str, weeks: Sequence[str]) -> tuple[int, int]:
    counted = Counter(statuses.get((town, day)) for day in weeks)
    return -(counted[Sent.MISSING] + counted[Sent.RETURNED]), -counted[Sent.LATE]


# ---- words -----------------------------------------------------------------------------------------------------


def _title(statuses: Statuses, programme: Programme, week: dt.date) -> str:
    roll = Roll.of({town: statuses.get((town, week.isoformat()), Sent.MISSING) for town in programme.expected_towns})
    words = programme.words
    if not roll.expected:
        return f"本年度{words.each}都没有整村推进任务，无需报送"
    if roll.expected == len(roll.by_state[Sent.RECEIVED]):
        return f"本周{words.many(roll.expected)}全部已报送"
    counts = "，".join(f"{counted}{_who(roll, state)}" for counted, state in roll.counted("个"))
    return f"本周应报{words.many(roll.expected)}，{counts}"


def _who(roll: Roll, state: Sent) -> str:
    """（乙镇）: the towns of a state that is not 已报, where few towns are in any such."""
    is_long = roll.expected - len(roll.by_state[Sent.RECEIVED]) > _MOST_NAMES
    return "" if is_long or state is Sent.RECEIVED else f"（{'、'.join(roll.by_state[state])}）"


def _legend(programme: Programme, is_pending: bool) -> list[Part]:
    return [
        (f"每周报表报送情况（截止时间：截至日期 {programme.deadline}）。", GREY),
        (f"■ {Sent.RECEIVED.label}", GREY),
        (f"■ 迟 {Sent.LATE.label}", ORANGE_TEXT),
        (f"□ 退 {Sent.RETURNED.label}", ORANGE_TEXT),
        *([(f"□ 核 {Sent.PENDING.label}", GREY)] if is_pending else []),
        (f"□ × {Sent.MISSING.label}", INK),
    ]


def _caveats(weeks: Sequence[str], programme: Programme) -> list[str]:
    caveats = ["按未报、退回、迟报次数由多到少排列。"]
    free = [town for town in programme.towns if town not in programme.expected_towns]
    if free:
        caveats.append(f"{names(free, programme.words.many)}本年度无整村推进村，无需报送。")
    numbers = programme.schedule.numbers(weeks)
    absent = sorted(set(range(numbers[0], numbers[-1])) - set(numbers))
    if absent:
        caveats.append(f"第{'、'.join(map(str, absent))}周没有存档，不在图中。")
    return caveats


# ---- drawing ---------------------------------------------------------------------------------------------------


def _heads(
    sheet: Sheet, weeks: Sequence[str], to_come: int, width: float, columns: Sequence[tuple[Sent, float]],
    programme: Programme,
) -> None:  # fmt: skip
    """to_come: weeks that have a place only. columns: (state, right edge) of the totals."""
    sheet.text(_TILES, 142, "周次", NOTE, GREY)
    for place, day in enumerate(weeks):
        number = str(programme.schedule.week_number(dt.date.fromisoformat(day)))
        is_last = place == len(weeks) - 1
        sheet.text(
            _TILES + width * (place + 0.5), 168, number, SECOND, INK if is_last else GREY, bold=is_last, ha="center"
        )
    if to_come:
        last = str(programme.schedule.week_number(dt.date.fromisoformat(weeks[-1])) + to_come)
        sheet.text(_TILES + width * (len(weeks) + to_come - 0.5), 168, last, SECOND, GREY, ha="center")
    for status, x in columns:
        sheet.text(x, 168, status.label, SECOND, GREY, ha="right")


def _row(
    sheet: Sheet, town: str, y: float, step: float, weeks: Sequence[str], width: float,
    columns: Sequence[tuple[Sent, float]], statuses: Statuses,
) -> None:  # fmt: skip
    """weeks: "" for one that is to come."""
    size = row_size(step)
    sheet.text(LEFT, y, town, size, room=_TILES - LEFT - 8)
    high = min(step - min(8.0, step * 0.16), _HIGHEST)
    for place, day in enumerate(weeks):
        x, wide = _TILES + width * place + 2, width - 4
        if day:
            _tile(sheet, x, y - high / 2, wide, high, statuses.get((town, day)))
        else:
            sheet.box(x, y - high / 2, wide, high, facecolor="white", edgecolor="#D9DDE2", linewidth=1.0)
    counted = Counter(statuses.get((town, day)) for day in weeks)
    for status, x in columns:
        color = {Sent.MISSING: INK, Sent.RECEIVED: GREY, Sent.PENDING: GREY}.get(status, ORANGE_TEXT)
        count = counted[status]
        is_fault = bool(count) and status not in (Sent.RECEIVED, Sent.PENDING)
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
        sheet.text(
            x + width / 2,
            y + height / 2,
            sign,
            max(SMALLEST, min(SECOND, height * 0.64)),
            color,
            bold=True,
            ha="center",
        )
