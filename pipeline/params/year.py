"""The programme of one year: schedule, towns, villages, targets. Its keys are explained in README.md."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import Field

from pipeline.params.levels import DEFAULT, LEVELS, Words
from pipeline.params.types import Count, Date, KindText, LevelText, Points, Share, Strict, Text
from pipeline.records import Key, Kind

UNFILLED = "待填）"  # how a text ends that stands for one that is not known yet
ONE_DAY = dt.timedelta(days=1)
_OF_EACH: Any = "__all__"
_NO_PART: Any = {
    "level": True,
    "towns": {_OF_EACH: {"office": True, "villages": {_OF_EACH: {"count": True}}}},
}  # see `at`


class Schedule(Strict):
    """The construction phase, both ends included, and how much is due when."""

    start: Date
    end: Date
    milestones: dict[Date, Share] = Field(default_factory=dict)

    def expected(self, day: dt.date) -> Decimal:
        """序时进度: the share due on `day`, 0…1, exact. Linear by days, or through the milestones in order."""
        points = [(self.start - ONE_DAY, Decimal(0)), *sorted(self.milestones.items()), (self.end, Decimal(1))]
        for (since, low), (until, high) in pairwise(points):
            if since <= day <= until:
                return low + (high - low) * (day - since).days / (until - since).days
        return Decimal(0) if day < self.start else Decimal(1)

    def week_number(self, day: dt.date) -> int:
        """第N周, counted from the start of the schedule (never an ISO week)."""
        return (day - self.start).days // 7 + 1

    def numbers(self, days: Iterable[str]) -> list[int]:
        """第N周 of closing dates (2023-05-26), each once, in order."""
        return [self.week_number(dt.date.fromisoformat(day)) for day in sorted(set(days))]

    def weeks_left(self, day: dt.date) -> Decimal:
        """Weeks until the end, a fraction; 0 or less after it."""
        return Decimal((self.end - day).days) / 7


class Lights(Strict):
    """Gaps to 序时进度 in percentage points at which the light changes."""

    behind: Points = Decimal(-1)
    far_behind: Points = Decimal(-10)


class Village(Strict):
    """One 整村推进村 with its targets for the year; of a member that is an office, all of a tier together.

    count: how many villages it stands for.
    """

    name: Text
    tier: Text
    new_build: Count
    renovation: Count
    aliases: tuple[Text, ...] = ()
    count: Annotated[int, Field(ge=1)] = 1


class Town(Strict):
    """One town, or a member that is an office; without villages it is expected to send nothing.

    office: the member's own folder, as seen from this office's (see `fleet`).
    """

    aliases: tuple[Text, ...] = ()
    villages: tuple[Village, ...] = ()
    office: Annotated[str, Field(min_length=1)] | None = None


class TargetChange(Strict):
    """A target changed by a document, from a day on."""

    town: Text
    village: Text
    kind: KindText
    target: Count
    from_: Date = Field(alias="from")
    document: Text
    reason: Text


class Programme(Strict):
    """The programme of one year."""

    title: Text
    office: Text
    document: Text
    level: LevelText = "区"
    unit: Text = "座"
    schedule: Schedule
    deadline: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] = "17:00"
    lights: Lights = Lights()
    carry: bool = True
    rules: dict[str, Literal["note", "query", "hold", "reject"]] = Field(default_factory=dict)
    towns: Annotated[dict[Text, Town], Field(min_length=1)]
    target_changes: tuple[TargetChange, ...] = ()

    @property
    def words(self) -> Words:
        """What its level is called."""
        return LEVELS[self.level]

    @property
    def village_counts(self) -> Mapping[str, int]:
        """Tier -> how many 整村推进村 of it there are, in the form's order."""
        counts: Counter[str] = Counter()
        for _, village in self.villages:
            counts[village.tier] += village.count
        return counts

    @property
    def village_count(self) -> int:
        """How many 整村推进村 there are below it."""
        return sum(self.village_counts.values())

    def targets(self, day: dt.date) -> Mapping[Key, int]:
        """village × kind -> target in force on `day`, in the form's order."""
        if day not in self._targets:
            self._targets[day] = self._targets_of(day)
        return self._targets[day]

    @cached_property
    def _targets(self) -> dict[dt.date, dict[Key, int]]:
        """What has been asked for: every stage of a week needs it."""
        return {}

    def _targets_of(self, day: dt.date) -> dict[Key, int]:
        targets = {}
        for town, village in self.villages:
            targets[Key(town, village.name, Kind.NEW_BUILD)] = village.new_build
            targets[Key(town, village.name, Kind.RENOVATION)] = village.renovation
        for change in sorted(self.target_changes, key=lambda change: change.from_):
            if change.from_ <= day:
                targets[Key(change.town, change.village, change.kind)] = change.target
        return targets

    @cached_property
    def villages(self) -> tuple[tuple[str, Village], ...]:
        """(town, village) in the form's order."""
        return tuple((name, village) for name, town in self.towns.items() for village in town.villages)

    @property
    def unfilled(self) -> list[str]:
        """What `init` could not know and nobody has written since: （单位名称待填）."""
        return [
            text
            for text in (self.title, self.office, self.document)
            if text.startswith("（") and text.endswith(UNFILLED)
        ]

    @cached_property
    def expected_towns(self) -> tuple[str, ...]:
        """The towns that have something to report."""
        return tuple(name for name, town in self.towns.items() if town.villages)

    def at(self, day: dt.date) -> str:
        """What this programme says for one week, as canonical JSON: later target changes are not part of it, nor where
        members lie; level and counts only where they are not the usual ones, as in records of before there were any."""
        facts = json.loads(self.model_dump_json(by_alias=True, exclude=_NO_PART))
        facts |= {"level": self.level} if self.level != DEFAULT else {}
        counts = [village.count for _, village in self.villages]
        facts |= {"counts": counts} if any(count != 1 for count in counts) else {}
        facts["target_changes"] = [
            change for change in facts["target_changes"] if dt.date.fromisoformat(change["from"]) <= day
        ]
        return json.dumps(facts, ensure_ascii=False, sort_keys=True)
