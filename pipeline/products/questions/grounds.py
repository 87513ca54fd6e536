"""What the questions of a week stand on."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.params import Decision, Programme
from pipeline.printing import month_day
from pipeline.records import NOT_USED, Figure, Key, Previous, Stray, Submission, Submissions
from pipeline.rules import Finding
from pipeline.rules.judgements import STALE_DECISION


@dataclass(frozen=True)
class Grounds:
    """One week, judged. findings: after the decisions; sent: the figures as the towns sent them; previous, tasks:
    see settling."""

    programme: Programme
    day: dt.date
    decisions: Sequence[Decision]
    findings: Sequence[Finding]
    submissions: Submissions
    sent: Sequence[Figure]
    strays: Sequence[Stray]
    previous: Mapping[Key, Previous]
    tasks: Sequence[Key]

    @cached_property
    def open(self) -> list[Finding]:
        """What waits for an answer. A decision that does not fit any more is its own row's matter."""
        return [row for row in self.findings if row.is_open and row.rule is not STALE_DECISION]

    @cached_property
    def targets(self) -> Mapping[Key, int]:
        """In the form's order."""
        return self.programme.targets(self.day)

    @cached_property
    def figures(self) -> dict[Key, Figure]:
        """village × kind -> the figure that its town sent."""
        return {row.key: row for row in self.sent if row.is_done}

    def strays_at(self, row: Finding) -> list[Stray]:
        """The rows that are no village's and are told at this place."""
        return self._strays.get((row.file, row.sheet, row.cell), [])

    @cached_property
    def _strays(self) -> dict[tuple[str, str, str], list[Stray]]:
        found: dict[tuple[str, str, str], list[Stray]] = {}
        for row in self.strays:
            found.setdefault((row.file, row.sheet, row.cell), []).append(row)
        return found

    def files_of(self, town: str) -> list[Submission]:
        """The files of a town that may still be chosen."""
        return [row for row in self.submissions.rows if row.town == town and row.file]

    def sha256(self, file: str) -> str:
        return next((row.sha256 for row in self.submissions.rows if row.file == file), "")

    def is_unread(self, town: str) -> bool:
        """Whether nothing that could be a figure has come from the town."""
        status = {row.town: row.status for row in self.submissions.towns}.get(town)
        return status in NOT_USED and not any(key.town == town for key in self.figures)

    def sent_in(self, file: str) -> str:
        """What would be taken from a file: Sheet1：东河村新建20、整改10；…, as typed."""
        rows = [row for row in self.figures.values() if row.file == file]
        sheets = "、".join(dict.fromkeys(row.sheet for row in rows))
        villages: dict[str, list[str]] = {}
        for row in rows:
            villages.setdefault(row.village, []).append(f"{row.kind}{row.raw.strip() or '空'}")
        figures = "；".join(f"{village}{'、'.join(said)}" for village, said in villages.items())
        return f"{sheets}：{figures}" if figures else "没有读出数"

    def before(self, keys: Sequence[Key]) -> str:
        """上次采用: 88（5月19日）; of several 新建88、整改60; "" where nothing has been accepted yet."""
        known = {key: self.previous[key] for key in keys if self.previous[key].week}
        if len(keys) == 1:
            return "".join(f"{last.done}（{month_day(dt.date.fromisoformat(last.week))}）" for last in known.values())
        several = len({key.village for key in known}) > 1
        return "、".join(f"{key.village if several else ''}{key.kind}{last.done}" for key, last in known.items())

    def carried(self, keys: Sequence[Key]) -> str:
        """What stands in for figures that are not used: 沿用上次数（88）; 本周暂缺."""
        before = self.before(keys) if self.programme.carry else ""
        return f"沿用上次数{before if len(keys) == 1 else f'（{before}）'}" if before else "本周暂缺"
