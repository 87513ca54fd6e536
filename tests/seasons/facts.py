"""What is true of a week, worked out from its tables without any product's code."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.records import Completion, Key, Progress
from pipeline.rules import Finding
from pipeline.week import Result

KINDS = ("新建", "整改")
SILENT = {"missing": "未报", "returned": "退回", "pending": "待核"}
Entry = tuple[str, str]  # town, kind


@dataclass(frozen=True)
class Facts:
    """A season's last week (result), and the weeks on record before it."""

    result: Result
    past: Sequence[Result]

    @cached_property
    def rows(self) -> dict[Key, Completion]:
        return {row.key: row for row in self.result.completion}

    @cached_property
    def before(self) -> dict[Key, Completion]:
        return {row.key: row for row in self.past[-1].completion} if self.past else {}

    @property
    def day(self) -> dt.date:
        return self.result.week.week

    @property
    def is_over(self) -> bool:
        return self.day >= self.result.programme.schedule.end

    @cached_property
    def towns(self) -> list[str]:
        """Those with a task."""
        return [town for town in self.result.programme.towns if self.rows[Key(town, "", "合计")].target]

    def figures(self, town: str) -> list[Progress]:
        return [row for row in self.result.progress if row.town == town and row.target]

    def borrowed(self, town: str, kind: str = "合计") -> list[Progress]:
        """Figures with a task that are not this week's own."""
        return [row for row in self.figures(town) if not row.is_own and kind in (row.kind, "合计")]

    def is_old(self, town: str, kind: str = "合计") -> bool:
        """Whether none of them is this week's own."""
        figures = [row for row in self.figures(town) if kind in (row.kind, "合计")]
        return len(self.borrowed(town, kind)) == len(figures)

    @cached_property
    def status(self) -> dict[str, str]:
        """Town -> state, of those that have something to report."""
        expected = self.result.programme.expected_towns
        return {row.town: row.status.value for row in self.result.submissions.towns if row.town in expected}

    def unused(self, state: str) -> set[str]:
        """The towns of a state of which no figure is this week's."""
        return {
            town for town, word in self.status.items() if word == state and (self.is_old(town) or state not in SILENT)
        }

    # ---- matters -----------------------------------------------------------------------------------------------

    def is_lagging(self, town: str, kind: str) -> bool:
        """By what is counted, this week's or carried."""
        row = self.rows[Key(town, "", kind)]
        if not row.target or row.rate is None or row.gap is None or not row.remaining:
            return False
        return row.done == 0 or row.gap < self.result.programme.lights.behind

    @cached_property
    def lags(self) -> set[Entry]:
        """(town, 合计), or the kinds that are behind though 合计 is not."""
        found = set()
        for town in self.towns:
            whole = self.is_lagging(town, "合计")
            found |= {(town, kind) for kind in (["合计"] if whole else KINDS) if self.is_lagging(town, kind)}
        return found

    def is_slow(self, entry: Entry) -> bool:
        """Whether figures that are all of this week show a pace that will not do."""
        row = self.rows[Key(entry[0], "", entry[1])]
        known = row.achieved_per_week is not None and row.needed_per_week is not None
        return known and not self.borrowed(*entry) and row.achieved_per_week < row.needed_per_week  # type: ignore[operator]

    @cached_property
    def unfinished(self) -> set[str]:
        return {town for town in self.towns if self.rows[Key(town, "", "合计")].remaining != 0}

    @cached_property
    def stalled(self) -> set[str]:
        """Nothing added this week, by figures that are all of this week, nor in the one on record before."""
        key = {town: Key(town, "", "合计") for town in self.towns}
        return {
            town for town in self.towns
            if not self.borrowed(town) and self.rows[key[town]].added == 0 and self.rows[key[town]].remaining
            and key[town] in self.before and self.before[key[town]].added == 0
        }  # fmt: skip

    @cached_property
    def doubtful(self) -> dict[str, tuple[int, int]]:
        """Town -> the least and the most figures that wait, of towns of which others count or are missing altogether."""
        silent = set().union(*map(self.unused, SILENT))
        asked = {town: [row for row in self.blocking if row.town == town] for town in self.status}
        least = {town: len(self.borrowed(town)) for town in self.status if town not in silent or town not in self.towns}
        waiting = {town: (count, count + len(asked[town])) for town, count in least.items() if count or asked[town]}
        waiting |= {town: (1, len(asked[town])) for town in self.unused("missing") & set(self.towns) if asked[town]}
        return waiting

    @cached_property
    def blocking(self) -> list[Finding]:
        """Open findings about a town's figures."""
        return [
            row for row in self.result.findings
            if row.level in ("reject", "hold") and row.town and (row.village or row.rule.whole_town)
        ]  # fmt: skip

    @cached_property
    def surpluses(self) -> dict[Key, Finding]:
        return {row.key: row for row in self.result.findings if row.rule.name == "over_target" and row.level != "note"}

    # ---- growth ------------------------------------------------------------------------------------------------

    @cached_property
    def added(self) -> int | None:
        """The district's growth; None where that of no task is known."""
        asked = [row.added for row in self.result.progress if row.target]
        known = [row.added for row in self.result.progress if row.added is not None]
        return sum(known) if any(each is not None for each in asked) else None

    @cached_property
    def without(self) -> set[str]:
        """Towns of which the growth is not whole."""
        return {row.town for row in self.result.progress if row.target and row.added is None}

    def last_reported(self, town: str) -> set[str]:
        """The days of the figures that are carried for a town."""
        own = {row.key: result.day for result in self.past for row in result.progress if row.is_own}
        return {own[row.key] for row in self.figures(town) if row.done is not None}
