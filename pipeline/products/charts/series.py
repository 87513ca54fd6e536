"""本周新增 of the district and of every town, week by week, in shares of its own target."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.params import Programme
from pipeline.records import Completion, Kind, Light, Scope


@dataclass(frozen=True)
class Bar:
    """One week of one panel. share: of the panel's target; mixed: not all of it, or more, is this week's growth."""

    number: int
    share: float
    is_mixed: bool


@dataclass(frozen=True)
class Series:
    """One panel: its name, its newest 合计 row, its bars, and the weeks in which nothing usable came."""

    name: str
    row: Completion
    bars: tuple[Bar, ...]
    missed: tuple[int, ...]

    @property
    def needed(self) -> float | None:
        pace = self.row.needed_per_week
        return None if pace is None else float(pace) / self.row.target


def places(season: Sequence[Completion], programme: Programme) -> list[Series]:
    """season: completion rows of all weeks -> the district, then every town in the form's order."""
    overall = [row for row in season if row.kind == Kind.TOTAL and row.scope in (Scope.TOWN, Scope.DISTRICT)]
    partly = _partly(season)
    towns = ["", *programme.towns]
    return [_of([row for row in overall if row.town == town], partly, programme) for town in towns]


def _partly(season: Sequence[Completion]) -> set[tuple[str, str]]:
    """(week, town) of which some figure, but not every one, is that week's own; "" for the district."""
    parts: dict[tuple[str, str], set[bool]] = {}
    for row in season:
        if row.is_figure:
            for town in (row.town, ""):
                parts.setdefault((row.week, town), set()).add(row.is_judged)
    return {place for place, judged in parts.items() if len(judged) == 2}


def _of(rows: Sequence[Completion], partly: set[tuple[str, str]], programme: Programme) -> Series:
    """The bars of one place. After weeks without a usable figure the growth is that of all of them: spread evenly.

    In a week of which some figures could not be used a part of the growth is missing; the next week has it.
    """
    number = {row.week: programme.schedule.week_number(dt.date.fromisoformat(row.week)) for row in rows}
    bars: list[Bar] = []
    missed: list[int] = []
    was_partly = False
    last = 0 if rows and number[rows[0].week] <= 1 else number[rows[0].week] - 1
    for row in rows:
        now = number[row.week]
        if not row.target:  # not yet in the programme
            last = now
            continue
        if row.light == Light.NOT_REPORTED or row.done is None:
            missed.append(now)
            was_partly = False
            continue
        if row.added is None:  # the first figure that is known: nothing to compare it with
            last = now
            continue
        over = range(last + 1, now + 1) or range(now, now + 1)
        share = row.added / row.target / len(over)
        is_partly = (row.week, row.town) in partly
        bars += [Bar(week, share, len(over) > 1 or is_partly or was_partly) for week in over]
        last, was_partly = now, is_partly
    return Series(rows[-1].town or programme.words.whole, rows[-1], tuple(bars), tuple(missed))
