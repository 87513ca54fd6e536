"""每日调度: a day between two weeks, read and judged as a week is, against the last sealed one. It seals nothing.

It lies in data/raw/daily/DATE/, where no week is, and no later week knows of it.
"""

import datetime as dt
from pathlib import Path

from pipeline import archive, week
from pipeline.archive import RAW
from pipeline.errors import NoSuchWeek, PipelineError
from pipeline.judging import settling
from pipeline.params import Decision, Programme, Week
from pipeline.products.dispatch import Dispatch
from pipeline.rules import Finding
from pipeline.rules.figures import GROWTH_OF_WEEKS
from pipeline.rules.files import SKIPPED_WEEKS
from pipeline.rules.judgements import NO_PROGRESS, TOO_REGULAR
from pipeline.tables import Tables

DAILY = "daily"
_AHEAD = 6  # days: the coming week's form is used, whichever day of the week it closes on
_OF_WEEKS = (SKIPPED_WEEKS, GROWTH_OF_WEEKS, NO_PROGRESS, TOO_REGULAR)  # they count reports as weeks


def newest(root: Path) -> str:
    """The newest day that has a folder; NoSuchWeek if there is none."""
    days = sorted(path.name for path in (root / RAW / DAILY).glob("*") if path.is_dir() and archive.is_date(path.name))
    if not days:
        raise NoSuchWeek(
            "data/raw/daily/ 下还没有任何一天的文件夹。请建立 data/raw/daily/日期/（如 2023-05-23），放入当天收到的表。"
        )
    return days[-1]


def compute(root: Path, programme: Programme, name: str, day: str, decisions: tuple[Decision, ...] = ()) -> Dispatch:
    """What came on one day beside the last sealed week. name: the programme's file. decisions: of this day.

    What no town sent that day is the last accepted figure, whatever the programme says of weeks.
    """
    closing = dt.date.fromisoformat(day)
    _refuse(root, programme, closing)
    carrying = programme.model_copy(update={"carry": True})
    files = week.collect(root, f"{DAILY}/{day}", decisions)
    of_day = Week(week=closing, programme=name, decisions=decisions)
    result = week.compute(root, carrying, of_day, files, _AHEAD)
    records = result.history.records
    return Dispatch(
        carrying,
        closing,
        dt.date.fromisoformat(records[-1][0]) if records else None,
        Tables(result.submissions, result.progress, result.completion, [*filter(_is_of_day, result.findings)]),
        settling.last_accepted(result.history.progress, carrying, closing),
    )


def _refuse(root: Path, programme: Programme, day: dt.date) -> None:
    """PipelineError for a day before the season, one that a sealed week has overtaken, and one without a folder."""
    if day < programme.schedule.start:
        raise PipelineError(f"{day} 在实施阶段开始（{programme.schedule.start}）以前，还没有序时进度可比。请检查日期。")
    sealed = max(archive.newest_records(root), default="")
    if day.isoformat() <= sealed:
        raise PipelineError(
            f"{day} 不晚于最近一次存档（截至 {sealed}），每日调度只看存档以后的日子。"
            f"要看存档，打开 data/output/{sealed}/；那一周又收到的表，放入 data/raw/{sealed}/ 后运行 python -m pipeline report {sealed}。"
        )
    if not (root / RAW / DAILY / day.isoformat()).is_dir():
        raise NoSuchWeek(f"没有文件夹 data/raw/daily/{day}。请建立后放入当天收到的表。")


def _is_of_day(row: Finding) -> bool:
    """Whether a finding says something of this day: no town need send, and a day is no week."""
    return row.is_blocking or not (row.rule.is_absence or row.rule in _OF_WEEKS)
