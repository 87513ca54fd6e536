"""What the checks look at: the week's claims, each beside its target and its last accepted figure."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from pipeline.intake.numerals import NOT_STARTED
from pipeline.params import Programme
from pipeline.tables import (
    ADDED,
    DONE,
    IN_ROW,
    TARGET,
    Row,
    rows,
)

_OWN_NOTES = re.compile(r"〔[^〕]*〕")  # what this program wrote into 备注 is no explanation of the town's
PLACE = ("town", "village", "kind", "file", "sheet", "cell", "raw")
Verdict = str | tuple[str, str] | None


@dataclass(frozen=True)
class Claim:
    """One village × kind as the town reports it this week. `done` is None unless the cell holds a number."""

    week: dt.date
    town: str
    village: str
    kind: str
    target: int
    done: int | None
    state: str
    previous: int | None
    previous_week: str  # "" where no figure has been accepted yet
    is_first_week: bool
    is_before_start: bool
    growth: tuple[int, ...]  # of the last weeks, newest first, as far as known
    place: Row
    remark: str
    remark_cell: str
    typed_target: int | None
    typed_added: int | None

    @property
    def added(self) -> int | None:
        return None if self.done is None or self.previous is None else self.done - self.previous

    @property
    def last(self) -> int | None:
        """The last accepted figure; 0 in 第1周; None if the weeks before gave none: an unknown figure is not 0."""
        return self.previous if self.previous_week or self.is_first_week else None


@dataclass(frozen=True)
class Evidence:
    """All that the checks may look at."""

    programme: Programme
    week: dt.date
    figures: pd.DataFrame
    submissions: pd.DataFrame
    previous: pd.DataFrame
    history: pd.DataFrame  # progress of earlier weeks
    earlier_files: dict[str, str]  # sha256 -> the earlier week that had this file
    refused: frozenset[str]  # files that a finding sends back as a whole

    @cached_property
    def claims(self) -> list[Claim]:
        """Every village × kind that a chosen file reports."""
        return list(_claims(self))

    @cached_property
    def villages(self) -> list[list[Claim]]:
        """The claims of each village together."""
        found: dict[tuple[str, str], list[Claim]] = {}
        for claim in self.claims:
            found.setdefault((claim.town, claim.village), []).append(claim)
        return list(found.values())

    @cached_property
    def figure_rows(self) -> list[Row]:
        """The figures as plain rows."""
        return rows(self.figures)


def _claims(seen: Evidence) -> Iterator[Claim]:
    targets = seen.programme.targets(seen.week)
    before = {(row["town"], row["village"], row["kind"]): row for row in rows(seen.previous)}
    growth = _growth(seen.history)
    mine = [row for row in seen.figure_rows if row["role"] == IN_ROW]
    typed = {(*key(row), row["measure"]): row["value"] for row in mine}
    for row in (row for row in mine if row["measure"] == DONE):
        named = key(row)
        yield Claim(
            seen.week,
            *named,
            target=targets[named],
            done=row["value"] if row["state"] == "number" else None,
            state=row["state"],
            previous=before[named]["previous"],
            previous_week=before[named]["previous_week"],
            is_first_week=seen.programme.schedule.week_number(seen.week) <= 1,
            is_before_start=seen.week < seen.programme.schedule.start,
            growth=growth.get(named, ()),
            place={name: row[name] for name in PLACE},
            remark=_own_remark(row),
            remark_cell=row["remark_cell"],
            typed_target=typed.get((*named, TARGET)),
            typed_added=typed.get((*named, ADDED)),
        )


def _own_remark(row: Row) -> str:
    """What the town says of the figure: without our own notes, and without a word that stood for the number."""
    remark: str = _OWN_NOTES.sub("", row["remark"]).strip()
    return remark.removesuffix(row["raw"].strip()).rstrip("；") if row["state"] == NOT_STARTED else remark


def key(row: Row) -> tuple[str, str, str]:
    return row["town"], row["village"], row["kind"]


def _growth(history: pd.DataFrame) -> dict[tuple[str, str, str], tuple[int, ...]]:
    """village × kind -> its weekly growths so far, newest first."""
    found: dict[tuple[str, str, str], tuple[int, ...]] = {}
    for row in rows(history.sort_values("week", kind="stable")):
        if row["added"] is not None:
            found[key(row)] = (row["added"], *found.get(key(row), ()))
    return found


def day_of(day: dt.date) -> str:
    return f"{day.month}月{day.day}日"
