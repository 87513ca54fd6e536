"""What the sentences of one week stand on."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.params import Programme
from pipeline.products.roll import Roll
from pipeline.records import NOT_USED, Completion, Kind, Scope, Sent, Submissions


@dataclass(frozen=True)
class Story:
    """What the sentences of one week stand on.

    numbers: 第N周 of the recorded weeks and of this one. now, before: the completion rows of this week and of the last
    recorded one before it (none in the first week).
    status: town -> what became of its submission.
    """

    programme: Programme
    week: dt.date
    numbers: list[int]
    now: list[Completion]
    before: list[Completion]
    status: dict[str, Sent]

    @classmethod
    def of(cls, season: Sequence[Completion], submissions: Submissions, programme: Programme, week: dt.date) -> "Story":
        """season: completion of all recorded weeks and this one; submissions: of this week."""
        day = week.isoformat()
        earlier = max((row.week for row in season if row.week < day), default="")
        return cls(
            programme,
            week,
            programme.schedule.numbers(row.week for row in season),
            [row for row in season if row.week == day],
            [row for row in season if row.week == earlier],
            {row.town: row.status for row in submissions.towns},
        )

    @property
    def number(self) -> int:
        """第N周"""
        return self.numbers[-1]

    @property
    def before_number(self) -> int | None:
        """第N周 of the last recorded week."""
        return self.numbers[-2] if self.before else None

    def district(self, kind: str = Kind.TOTAL) -> Completion:
        """The whole, of one kind."""
        return next(row for row in self.now if row.scope is Scope.DISTRICT and row.kind == kind)

    @property
    def district_before(self) -> Completion | None:
        """The whole's 合计 in the last recorded week."""
        return _first(self.before, Scope.DISTRICT, "")

    @property
    def towns(self) -> list[Completion]:
        """The 合计 rows of towns with a task, in the form's order."""
        return [row for row in self.now if row.scope is Scope.TOWN and row.kind == Kind.TOTAL and row.target]

    @property
    def judged(self) -> list[Completion]:
        """Those that can be judged this week; single figures in them may be carried."""
        return [row for row in self.towns if row.is_judged]

    @property
    def behind(self) -> list[Completion]:
        """Those of them that are behind, lowest first."""
        return sorted((row for row in self.judged if row.is_behind), key=lambda row: row.known_rate)

    @property
    def is_over(self) -> bool:
        """Whether the schedule has ended: nothing is behind it any more, only unfinished."""
        return self.programme.schedule.weeks_left(self.week) <= 0

    @property
    def unfinished(self) -> list[Completion]:
        return [row for row in self.towns if row.remaining != 0]

    @property
    def is_next(self) -> bool:
        """Whether the last recorded week is the one before this; else 本周新增 is the growth of several weeks."""
        return self.before_number in (None, self.number - 1)

    @property
    def since(self) -> str:
        """What stands before a growth: 本周, or 较第5周."""
        return "本周" if self.is_next else f"较第{self.before_number}周"

    @property
    def roll(self) -> Roll:
        """The expected towns by state."""
        return Roll.of(self.status)

    def of_status(self, status: Sent) -> list[str]:
        """The expected towns of a status; those whose figures a decision has entered are not among them."""
        entered = self.entered(status)
        return [town for town in self.roll.by_state[status] if town not in entered]

    def entered(self, status: Sent) -> list[str]:
        """The towns of a status that sent nothing usable, and whose figures a written decision has entered."""
        known = {row.town for row in self.judged} if status in NOT_USED else set()
        return [town for town in self.roll.by_state[status] if town in known]

    def borrowed(self, town: str) -> list[Completion]:
        """The figures of a town, village × kind, that are not this week's own."""
        return [row for row in self.now if row.town == town and row.is_figure and not row.is_judged]

    @property
    def caught_up(self) -> list[str]:
        """Towns of which some growth reaches back beyond the last recorded week."""
        return catching_up(self.now, self.before)

    def town_before(self, town: str) -> Completion | None:
        """A town's 合计 in the last recorded week."""
        return _first(self.before, Scope.TOWN, town)


def catching_up(now: Iterable[Completion], before: Iterable[Completion]) -> list[str]:
    """Towns with a figure that had none of its own in the week before: its growth is that of more than this week.

    now, before: completion rows of a week and of the last recorded one before it.
    """
    silent = {row.key for row in before if row.is_figure and not row.is_judged}
    grown = (row for row in now if row.is_figure and row.added is not None and row.key in silent)
    return list(dict.fromkeys(row.town for row in grown))


def _first(rows: Iterable[Completion], scope: Scope, town: str) -> Completion | None:
    """The 合计 of a town, or (town "") of the district."""
    return next((row for row in rows if (row.scope, row.town, row.kind) == (scope, town, Kind.TOTAL)), None)
