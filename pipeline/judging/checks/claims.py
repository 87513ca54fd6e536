"""What the checks look at: the week's claims, each beside its target and its last accepted figure."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.params import Programme
from pipeline.printing import month_day
from pipeline.records import Figure, Key, Measure, Place, Previous, Progress, Role, State, Submissions

_OUR_NOTES = re.compile(r"〔[^〕]{0,200}〕")  # what this program wrote into 备注 is no explanation of the town's


@dataclass(frozen=True, slots=True)
class Claim:
    """One village × kind as the town reports it this week, beside what is known of it.

    remark, previous_remark: what the town says of it now and said of the last accepted figure, without our own notes.
    typed_target, typed_added: the form's other columns.
    was_over: whether that figure was accepted above its target. growth: of the last weeks, newest first, as far as known.
    """

    week: dt.date
    figure: Figure
    target: int
    previous: int | None = None
    previous_week: str = ""  # "" where no figure has been accepted yet
    is_first_week: bool = False
    is_before_start: bool = False
    growth: tuple[int, ...] = ()
    remark: str = ""
    typed_target: int | None = None
    typed_added: int | None = None
    unit: str = "座"
    terms: Mapping[str, str] = field(default_factory=dict)
    previous_remark: str = ""
    was_over: bool = False

    @property
    def key(self) -> Key:
        return self.figure.key

    @property
    def kind(self) -> str:
        return self.figure.kind

    @property
    def state(self) -> State:
        return self.figure.state

    @property
    def done(self) -> int | None:
        """None unless the cell holds a number."""
        return self.figure.value if self.figure.state is State.NUMBER else None

    @property
    def added(self) -> int | None:
        return None if self.done is None or self.previous is None else self.done - self.previous

    @property
    def last(self) -> int | None:
        """The last accepted figure; 0 in 第1周; None if the weeks before gave none: an unknown figure is not 0."""
        return self.previous if self.previous_week or self.is_first_week else None

    @property
    def since(self) -> str:
        """4月28日: when the last accepted figure was reported; "" where none has been."""
        return month_day(dt.date.fromisoformat(self.previous_week)) if self.previous_week else ""

    @property
    def closing(self) -> str:
        """5月5日"""
        return month_day(self.week)


@dataclass(frozen=True)
class Evidence:
    """All that the checks may look at.

    history: progress of earlier weeks. earlier_files: sha256 -> the earlier week that had this file. refused: files
    that a finding sends back as a whole. questioned: village -> a finding at its row says already what is wrong.
    unnamed: town -> how many of its rows are refused for their village's name and may be one of its villages.
    notes: the lines of words around the tables. lacking: earlier weeks that have raw files and no record.
    """

    programme: Programme
    week: dt.date
    figures: Sequence[Figure]
    submissions: Submissions
    previous: Mapping[Key, Previous]
    history: Sequence[Progress] = ()
    earlier_files: Mapping[str, str] | None = None
    refused: frozenset[str] = frozenset()
    questioned: frozenset[Key] = frozenset()
    unnamed: Mapping[str, int] = field(default_factory=dict)
    notes: Sequence[Place] = ()
    lacking: Sequence[str] = ()

    @cached_property
    def claims(self) -> list[Claim]:
        """Every village × kind that a chosen file reports."""
        return list(_claims(self))

    @cached_property
    def villages(self) -> list[list[Claim]]:
        """The claims of each village together."""
        by_village: dict[tuple[str, str], list[Claim]] = {}
        for claim in self.claims:
            by_village.setdefault((claim.figure.town, claim.figure.village), []).append(claim)
        return list(by_village.values())


def _claims(seen: Evidence) -> Iterator[Claim]:
    targets, schedule = seen.programme.targets(seen.week), seen.programme.schedule
    growth = _growth(seen.history)
    in_rows = [row for row in seen.figures if row.role is Role.IN_ROW]
    typed = {(row.key, row.measure): row.value for row in in_rows if row.measure in (Measure.TARGET, Measure.ADDED)}
    is_first_week, is_before_start = schedule.week_number(seen.week) <= 1, seen.week < schedule.start
    for row in (row for row in in_rows if row.measure is Measure.DONE):
        key = row.key
        before = seen.previous[key]
        yield Claim(
            seen.week, row, targets[key], before.done, before.week, is_first_week, is_before_start,
            growth.get(key, ()), _own_remark(row),
            typed.get((key, Measure.TARGET)), typed.get((key, Measure.ADDED)), seen.programme.unit, seen.programme.words.terms,
            _without_notes(before.remark), before.is_over,
        )  # fmt: skip


def _own_remark(row: Figure) -> str:
    """What the town says of the figure: without our own notes, and without a word that stood for the number."""
    remark = _without_notes(row.remark)
    return remark.removesuffix(row.raw.strip()).rstrip("；") if row.state is State.NOT_STARTED else remark


def _without_notes(remark: str) -> str:
    return _OUR_NOTES.sub("", remark).strip()


def _growth(history: Iterable[Progress]) -> dict[Key, tuple[int, ...]]:
    """village × kind -> its weekly growths so far, newest first."""
    growth: dict[Key, list[int]] = {}
    for row in sorted(history, key=lambda row: row.week, reverse=True):
        if row.added is not None:
            growth.setdefault(row.key, []).append(row.added)
    return {key: tuple(counts) for key, counts in growth.items()}
