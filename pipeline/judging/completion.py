"""Done against target and against 序时进度: the only place where a rate, gap, pace, rank or light is computed.

Rules: DESIGN §4, INTERFACE §5. A rate is Σdone ÷ Σtarget, never a mean of rates; everything that is judged (gap,
rank, light) is judged on the value that is printed.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable
from decimal import ROUND_DOWN, Decimal

import pandas as pd

from pipeline.params import Programme
from pipeline.tables import (
    AHEAD,
    BEHIND,
    COMPLETION,
    CORRECTED,
    FAR_BEHIND,
    FINISHED,
    KINDS,
    MISSING,
    NOT_REPORTED,
    NOT_STARTED,
    ON_SCHEDULE,
    REPORTED,
    TOTAL,
    TOWN,
    VILLAGE,
    WHOLE,
    Row,
    half_up,
    is_figure,
    is_told,
    rows,
)

_RECENT = 4


def measure(progress: pd.DataFrame, earlier: pd.DataFrame, programme: Programme, week: dt.date) -> pd.DataFrame:
    """completion of this week: every village, town and the district × 新建, 整改, 合计.

    progress: this week's. earlier: the completion tables of earlier weeks, for the pace.
    """
    figures = rows(progress)
    history = _reports(earlier, programme, week, _tasks(figures))
    found = []
    for group, parts in _groups(figures, programme):
        row = {"week": week.isoformat(), **group, **_sums(parts), **_against(parts, programme, week)}
        own = (week, row["done"]) if _is_own(parts) and _is_complete(parts) else None
        points = [*history.get(_identity(row), []), *([own] if own else [])]
        row["achieved_per_week"] = _pace(points) if row["target"] else None
        found.append({**row, "light": light(row, parts, programme)})
    return COMPLETION.table(_ranked(found))


Group = tuple[Row, list[Row]]


def _groups(progress: list[Row], programme: Programme) -> list[Group]:
    """What is measured, in the form's order, each with its progress rows."""
    places = [(VILLAGE, town, village.name) for town, village in programme.villages]
    places += [(TOWN, town, "") for town in programme.towns]
    members: dict[tuple[str, str], list[Row]] = {}
    for row in progress:
        for place in ((row["town"], row["village"]), (row["town"], ""), ("", "")):
            members.setdefault(place, []).append(row)
    found: list[Group] = []
    for scope, town, village in (*places, (WHOLE, "", "")):
        for kind in (*KINDS, TOTAL):
            parts = [row for row in members.get((town, village), ()) if kind in (TOTAL, row["kind"])]
            found.append(({"scope": scope, "town": town, "village": village, "kind": kind}, parts))
    return found


def _sums(parts: list[Row]) -> Row:
    """target, done, added, remaining. A missing part leaves the known parts as `done` and the rest unknown."""
    known = [row for row in parts if row["done"] is not None]
    added = [row["added"] for row in parts if row["added"] is not None]
    return {
        "target": sum(row["target"] for row in parts),
        "done": sum(row["done"] for row in known) if known or not parts else None,
        "added": sum(added) if added else None,
        "remaining": sum(max(0, row["target"] - row["done"]) for row in parts) if _is_complete(parts) else None,
    }


def _against(parts: list[Row], programme: Programme, week: dt.date) -> Row:
    """rate, expected, gap, needed_per_week; nothing where there is no task."""
    sums = _sums(parts)
    if not sums["target"]:
        return {}
    expected = half_up(programme.schedule.expected(week), 4)
    if not _is_complete(parts):
        return {"expected": expected}
    rate = share(sums["done"], sums["target"])
    return {
        "rate": rate,
        "expected": expected,
        "gap": half_up((rate - expected) * 100, 2),
        "needed_per_week": _needed(sums["remaining"], programme.schedule.weeks_left(week)),
    }


def share(done: int, target: int) -> Decimal:
    """done ÷ target with 4 decimals, half up; what is not complete never rounds up to 1."""
    exact = Decimal(done) / Decimal(target)
    rounded = half_up(exact, 4)
    return exact.quantize(Decimal("0.0001"), rounding=ROUND_DOWN) if exact < 1 <= rounded else rounded


def _needed(remaining: int, weeks_left: Decimal) -> Decimal | None:
    return half_up(Decimal(remaining) / weeks_left, 1) if weeks_left > 0 else None


def _is_complete(parts: list[Row]) -> bool:
    return all(row["status"] != MISSING for row in parts)


def _is_own(parts: list[Row]) -> bool:
    """Whether any figure of this week is in it; a kind without a task says nothing about the work."""
    tasks = [row for row in parts if row["target"]] or parts
    return any(row["status"] in (REPORTED, CORRECTED) for row in tasks)


def light(row: Row, parts: list[Row], programme: Programme) -> str:
    """The state in words, decided on the printed gap; "" where there is no task or a part is unknown."""
    if not row["target"]:
        return ""
    if not _is_own(parts):
        return NOT_REPORTED
    if row["remaining"] == 0:
        return FINISHED
    if row.get("rate") is None:
        return ""
    if row["done"] == 0:
        return NOT_STARTED
    lights = programme.lights
    if row["gap"] < lights.far_behind:
        return FAR_BEHIND
    if row["gap"] < lights.behind:
        return BEHIND
    return AHEAD if row["gap"] > -lights.behind else ON_SCHEDULE


# ---- pace ------------------------------------------------------------------------------------------------------

Identity = tuple[str, str, str, str]  # scope, town, village, kind
Task = tuple[str, str, str]  # town, village, kind
Point = tuple[dt.date, int]


def _identity(row: Row) -> Identity:
    return row["scope"], row["town"], row["village"], row["kind"]


def _reports(
    earlier: pd.DataFrame, programme: Programme, week: dt.date, now: dict[Identity, set[Task]]
) -> dict[Identity, list[Point]]:
    """What was done at the end of each earlier week with a report, as long as the group had the tasks of now.

    A village that joins with work already done has not done it in a week. Records that reach back to the first week
    begin with nothing, on the day before the start.
    """
    found: dict[Identity, list[Point]] = {}
    if _reaches_start(earlier, programme, week):
        found = {identity: [(programme.schedule.start - dt.timedelta(days=1), 0)] for identity in now}
    for day, frame in earlier.groupby("week", sort=True):
        then = rows(frame)
        tasks = _tasks(filter(is_figure, then))
        for identity in [each for each in now if tasks.get(each) != now[each]]:
            found.pop(identity, None)
        for row in then:
            if is_told(row) and tasks[_identity(row)] == now.get(_identity(row)):
                found.setdefault(_identity(row), []).append((dt.date.fromisoformat(str(day)), row["done"]))
    return found


def _tasks(figures: Iterable[Row]) -> dict[Identity, set[Task]]:
    """Which village × kind with a task each village, town and the district holds."""
    found: dict[Identity, set[Task]] = {}
    for row in figures:
        town, village, kind = row["town"], row["village"], row["kind"]
        for place in ((VILLAGE, town, village), (TOWN, town, ""), (WHOLE, "", "")) if row["target"] else ():
            for each in (kind, TOTAL):
                found.setdefault((*place, each), set()).add((town, village, kind))
    return found


def _reaches_start(earlier: pd.DataFrame, programme: Programme, week: dt.date) -> bool:
    weeks = [dt.date.fromisoformat(day) for day in earlier["week"].unique()]
    return any(programme.schedule.week_number(day) <= 1 for day in [*weeks, week])


def _pace(points: list[Point]) -> Decimal | None:
    """Mean growth per week over the last four weeks with a report; a missed week is spread over the gap."""
    window = points[-_RECENT - 1 :]
    if len(window) < 2 or window[-1][0] <= window[0][0]:  # a week before the start has no pace
        return None
    (since, before), (until, now) = window[0], window[-1]
    return half_up(Decimal((now - before) * 7) / (until - since).days, 1)


def _ranked(found: list[Row]) -> list[Row]:
    """Towns on 合计, by the printed rate; equal print, equal rank (2, 2, 4); without a figure of this week none."""
    rates = {
        row["town"]: row["rate"]
        for row in found
        if row["scope"] == TOWN
        and row["kind"] == TOTAL
        and row.get("rate") is not None
        and row["light"] != NOT_REPORTED
    }
    ascending = sorted(rates.values())
    ranks = {town: 1 + len(ascending) - bisect_right(ascending, rate) for town, rate in rates.items()}
    return [
        {**row, "rank": ranks.get(row["town"])} if row["scope"] == TOWN and row["kind"] == TOTAL else row
        for row in found
    ]
