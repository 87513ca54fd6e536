"""Done against target and against 序时进度: the only place where a rate, gap, pace, rank or light is computed.

A rate is Σdone ÷ Σtarget, never a mean of rates; what is unknown is in no sum. Everything that is judged (gap, rank,
light) is judged on the value that is printed. 序时进度 is the share of the schedule's days that have passed.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal

from pipeline.params import Lights, Programme
from pipeline.printing import half_up
from pipeline.records import KINDS, Completion, Key, Kind, Light, Progress, Scope, Status

_RECENT = 4


def measure(
    progress: Sequence[Progress], earlier: Sequence[Completion], programme: Programme, week: dt.date
) -> list[Completion]:
    """completion of this week: every village, town and the district × 新建, 整改, 合计.

    earlier: the completion rows of earlier weeks, for the pace.
    """
    history = _reports(earlier, programme, week, _tasks(progress))
    rows = [_measured(group, programme, week, history.get(group.place, [])) for group in _groups(progress, programme)]
    return _ranked(rows)


def of_tiers(progress: Sequence[Progress], programme: Programme, week: dt.date) -> dict[str, list[Completion]]:
    """Tier -> the whole of its villages × 新建, 整改, 合计, without paces; nothing where all are of one tier.

    省级 and 区级 villages are different tasks: the sum that a higher level counts is that of one tier.
    """
    tiers = list(dict.fromkeys(row.tier for row in progress))
    if len(tiers) < 2:
        return {}
    parts = {tier: [row for row in progress if row.tier == tier] for tier in tiers}
    return {
        tier: [_measured(group, programme, week, []) for group in _kinds(Scope.DISTRICT, Key(""), rows)]
        for tier, rows in parts.items()
    }


# ---- what is measured ------------------------------------------------------------------------------------------

Point = tuple[dt.date, int]  # what was done at the end of a week


@dataclass(frozen=True)
class _Group:
    """A village, a town or the district × a kind, and the progress rows that it is made of."""

    scope: Scope
    key: Key
    parts: tuple[Progress, ...]

    @property
    def place(self) -> tuple[Scope, Key]:
        return self.scope, self.key

    @property
    def is_complete(self) -> bool:
        return all(row.status is not Status.MISSING for row in self.parts)

    @property
    def asked(self) -> Sequence[Progress]:
        """The parts with a task, if there are any; a kind without one says nothing about the work."""
        return [row for row in self.parts if row.target] or self.parts

    @property
    def is_own(self) -> bool:
        """Whether any figure of this week is in it."""
        return any(row.is_own for row in self.asked)

    @property
    def added(self) -> int | None:
        """The growth that is known; None where that of no part with a task is."""
        known = [row.added for row in self.parts if row.added is not None]
        return sum(known) if any(row.added is not None for row in self.asked) else None


def _groups(progress: Sequence[Progress], programme: Programme) -> Iterable[_Group]:
    """What is measured, in the form's order."""
    members: dict[tuple[str, str], list[Progress]] = {}
    for row in progress:
        for place in ((row.town, row.village), (row.town, ""), ("", "")):
            members.setdefault(place, []).append(row)
    places = [(Scope.VILLAGE, town, village.name) for town, village in programme.villages]
    places += [(Scope.TOWN, town, "") for town in programme.towns]
    for scope, town, village in (*places, (Scope.DISTRICT, "", "")):
        yield from _kinds(scope, Key(town, village), members.get((town, village), []))


def _kinds(scope: Scope, place: Key, rows: Sequence[Progress]) -> Iterable[_Group]:
    """新建, 整改 and 合计 of one place."""
    for kind in KINDS:
        yield _Group(scope, place._replace(kind=kind), tuple(row for row in rows if row.kind == kind))
    yield _Group(scope, place._replace(kind=Kind.TOTAL), tuple(rows))


def _measured(group: _Group, programme: Programme, week: dt.date, history: list[Point]) -> Completion:
    """One row, but for its rank. A missing part leaves the known parts as `done` and the rest unknown."""
    parts = group.parts
    known = [row.done for row in parts if row.done is not None]
    sums = Completion(
        week=week.isoformat(), scope=group.scope, town=group.key.town, village=group.key.village, kind=group.key.kind,
        target=sum(row.target for row in parts),
        done=sum(known) if known or not parts else None,
        added=group.added,
        remaining=sum(max(0, row.target - (row.done or 0)) for row in parts) if group.is_complete else None,
    )  # fmt: skip
    if not sums.target:
        return sums
    row = _against_schedule(sums, programme, week)
    this_week = [(week, row.done)] if group.is_own and group.is_complete and row.done is not None else []
    return replace(
        row, achieved_per_week=_pace([*history, *this_week]), light=_light(row, group.is_own, programme.lights)
    )


def _against_schedule(row: Completion, programme: Programme, week: dt.date) -> Completion:
    """rate, expected, gap, needed_per_week; only `expected` where a part is missing."""
    expected = half_up(programme.schedule.expected(week), 4)
    if row.remaining is None or row.done is None:
        return replace(row, expected=expected)
    rate = share(row.done, row.target)
    gap = half_up((rate - expected) * 100, 2)
    needed = _needed(row.remaining, programme.schedule.weeks_left(week))
    return replace(row, rate=rate, expected=expected, gap=gap, needed_per_week=needed)


def share(done: int, target: int) -> Decimal:
    """done ÷ target with 4 decimals, half up; what is not complete never rounds up to 1."""
    exact = Decimal(done) / Decimal(target)
    rounded = half_up(exact, 4)
    return exact.quantize(Decimal("0.0001"), rounding=ROUND_DOWN) if exact < 1 <= rounded else rounded


def _needed(remaining: int, weeks_left: Decimal) -> Decimal | None:
    return half_up(Decimal(remaining) / weeks_left, 1) if weeks_left > 0 else None


def _light(row: Completion, is_own: bool, lights: Lights) -> Light:
    """The state of a row with a task, decided on the printed gap; NONE where a part is unknown."""
    if not is_own:
        return Light.NOT_REPORTED
    if row.remaining == 0:
        return Light.FINISHED
    if row.gap is None:
        return Light.NONE
    if row.done == 0:
        return Light.NOT_STARTED
    if row.gap < lights.far_behind:
        return Light.FAR_BEHIND
    if row.gap < lights.behind:
        return Light.BEHIND
    return Light.AHEAD if row.gap > -lights.behind else Light.ON_SCHEDULE


# ---- pace ------------------------------------------------------------------------------------------------------

Place = tuple[Scope, Key]


def _reports(
    earlier: Sequence[Completion], programme: Programme, week: dt.date, now: dict[Place, set[Key]]
) -> dict[Place, list[Point]]:
    """What was done at the end of each earlier week with a report, as long as the group had the tasks of now.

    A village that joins with work already done has not done it in a week. Records that reach back to the first week
    begin with nothing, on the day before the start.
    """
    by_week: dict[str, list[Completion]] = {}
    for row in earlier:
        by_week.setdefault(row.week, []).append(row)
    reports: dict[Place, list[Point]] = {}
    if _reaches_start(by_week, programme, week):
        reports = {place: [(programme.schedule.start - dt.timedelta(days=1), 0)] for place in now}
    for day, then in sorted(by_week.items()):
        tasks = _tasks([row for row in then if row.is_figure])
        for place in [each for each in now if tasks.get(each) != now[each]]:
            reports.pop(place, None)
        for row in then:
            place = (row.scope, row.key)
            if row.is_judged and row.done is not None and tasks.get(place) == now.get(place):
                reports.setdefault(place, []).append((dt.date.fromisoformat(day), row.done))
    return reports


def pace_counts(season: Sequence[Completion], programme: Programme, week: dt.date, key: Key) -> list[Point]:
    """What the achieved pace of one place lies between: what was done at the end of its last weeks with a report.

    season: completion of every week up to this one.
    """
    now = [row for row in season if row.week == week.isoformat()]
    earlier = [row for row in season if row.week < week.isoformat()]
    reports = _reports(earlier, programme, week, _tasks(row for row in now if row.is_figure))
    asked = [row for row in now if (row.scope, row.key) == (key.scope, key) and row.is_judged]
    this_week = [(week, row.done) for row in asked if row.done is not None]
    return [*reports.get((key.scope, key), []), *this_week][-_RECENT - 1 :]


def _tasks(figures: Iterable[Progress | Completion]) -> dict[Place, set[Key]]:
    """Which village × kind with a task each village, town and the district holds."""
    tasks: dict[Place, set[Key]] = {}
    for row in figures:
        places = ((Scope.VILLAGE, row.town, row.village), (Scope.TOWN, row.town, ""), (Scope.DISTRICT, "", ""))
        for scope, town, village in places if row.target else ():
            for kind in (row.kind, Kind.TOTAL):
                tasks.setdefault((scope, Key(town, village, kind)), set()).add(row.key)
    return tasks


def _reaches_start(weeks: Iterable[str], programme: Programme, week: dt.date) -> bool:
    days = [dt.date.fromisoformat(day) for day in weeks]
    return any(programme.schedule.week_number(day) <= 1 for day in [*days, week])


def _pace(points: list[Point]) -> Decimal | None:
    """Mean growth per week over the last four weeks with a report; a missed week is spread over the gap."""
    window = points[-_RECENT - 1 :]
    if len(window) < 2 or window[-1][0] <= window[0][0]:  # a week before the start has no pace
        return None
    (since, before), (until, now) = window[0], window[-1]
    return half_up(Decimal((now - before) * 7) / (until - since).days, 1)


# ---- ranks -----------------------------------------------------------------------------------------------------


def _ranked(rows: list[Completion]) -> list[Completion]:
    """Towns on 合计, by the printed rate; equal print, equal rank (2, 2, 4); without a figure of this week none."""
    ascending = sorted(row.rate for row in rows if _is_ranked(row) and row.rate is not None)
    return [
        replace(row, rank=1 + len(ascending) - bisect_right(ascending, row.rate))
        if _is_ranked(row) and row.rate is not None
        else row
        for row in rows
    ]


def _is_ranked(row: Completion) -> bool:
    is_whole_town = row.scope is Scope.TOWN and row.kind == Kind.TOTAL
    return is_whole_town and row.rate is not None and row.light is not Light.NOT_REPORTED
