"""What the sentences of one week stand on."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.params import Programme
from pipeline.params.levels import Words
from pipeline.products.roll import Roll
from pipeline.products.sentences.wording import MOST_PLACES, listed
from pipeline.records import NOT_USED, Completion, Key, Kind, Scope, Sent, Submissions


@dataclass(frozen=True)
class Story:
    """What the sentences of one week stand on.

    numbers: 第N周 of the recorded weeks and of this one. now, before, earlier: the completion rows of this week, of the
    last recorded one before it and of the one before that (none where there is none).
    reported: village × kind -> the last week before this one that reported a figure of it.
    status: town -> what became of its submission.
    tiers: tier -> the rows of its whole, where there are several.
    """

    programme: Programme
    week: dt.date
    numbers: list[int]
    now: list[Completion]
    before: list[Completion]
    earlier: list[Completion]
    reported: Mapping[Key, str]
    status: dict[str, Sent]
    tiers: Mapping[str, Sequence[Completion]] = field(default_factory=dict)

    @classmethod
    def of(cls, season: Sequence[Completion], submissions: Submissions, programme: Programme, week: dt.date) -> "Story":
        """season: completion of all recorded weeks and this one; submissions: of this week."""
        day = week.isoformat()
        past = sorted((row for row in season if row.week < day), key=lambda row: row.week)
        earlier, before = ["", "", *dict.fromkeys(row.week for row in past)][-2:]
        return cls(
            programme,
            week,
            programme.schedule.numbers(row.week for row in season),
            [row for row in season if row.week == day],
            [row for row in past if row.week == before],
            [row for row in past if row.week == earlier],
            {row.key: row.week for row in past if row.is_figure and row.is_judged},
            {row.town: row.status for row in submissions.towns},
        )

    @property
    def words(self) -> Words:
        """What the office's level is called."""
        return self.programme.words

    def listed(self, members: Sequence[str], most: int = MOST_PLACES, many: int | None = None) -> str:
        """Towns, or what is said of each of them, cut where there are too many."""
        return listed(members, f"个{self.words.member}", most, many)

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
    def villages(self) -> list[Completion]:
        """The 合计 rows of villages with a task."""
        return [row for row in self.now if row.scope is Scope.VILLAGE and row.kind == Kind.TOTAL and row.target]

    @property
    def village_count(self) -> int:
        """How many villages these stand for."""
        counts = {(town, village.name): village.count for town, village in self.programme.villages}
        return sum(counts[row.town, row.village] for row in self.villages)

    @property
    def judged(self) -> list[Completion]:
        """Those that can be judged this week; single figures in them may be carried."""
        return [row for row in self.towns if row.is_judged]

    def kinds(self, town: str) -> list[Completion]:
        """The rows of a town, of each kind that it has a task of."""
        of_kind = (row for row in self.now if row.scope is Scope.TOWN and row.kind != Kind.TOTAL)
        return [row for row in of_kind if row.town == town and row.target]

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
        """The towns of a status that sent nothing usable, and of whom a written decision has entered figures."""
        if status not in NOT_USED:
            return []
        return [town for town in self.roll.by_state[status] if len(self.borrowed(town)) < len(self.figures(town))]

    def figures(self, town: str) -> list[Completion]:
        """The figures of a town, village × kind, of which there is a task."""
        return [row for row in self.now if row.town == town and row.is_figure]

    def borrowed(self, town: str) -> list[Completion]:
        """Those of them that are not this week's own: carried or lacking."""
        return [row for row in self.figures(town) if not row.is_judged]

    @property
    def waiting(self) -> dict[str, list[Completion]]:
        """Town -> the figures that are not this week's own, though it has reported or a decision has entered others."""
        silent = {town for status in NOT_USED for town in self.of_status(status)}
        borrowed = {row.town: self.borrowed(row.town) for row in self.towns if row.town not in silent}
        return {town: rows for town, rows in borrowed.items() if rows}

    @property
    def was_next(self) -> bool:
        """Whether the growth of the last recorded week was that of one week."""
        since = self.numbers[-3] if self.earlier else 0
        return self.before_number == since + 1

    @property
    def caught_up(self) -> list[str]:
        """Towns of which some growth reaches back beyond the last recorded week."""
        return catching_up(self.now, self.before)

    @property
    def caught_up_before(self) -> list[str]:
        """The same of the growth of the last recorded week."""
        return catching_up(self.before, self.earlier)

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
