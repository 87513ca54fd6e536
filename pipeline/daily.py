"""每日调度: a day between two weeks, read and judged as a week is, against the last sealed one. It seals nothing.

It lies in data/raw/daily/DATE/, where no week is, and no later week knows of it.
"""

import datetime as dt
from pathlib import Path

from pipeline import archive, week
from pipeline.archive import RAW
from pipeline.errors import NoSuchWeek, PipelineError
from pipeline.intake.answers import Answers
from pipeline.params import Programme, Week
from pipeline.params.questions import Question
from pipeline.products.dispatch import Dispatch
from pipeline.rules import Finding
from pipeline.rules.figures import GROWTH_OF_WEEKS
from pipeline.rules.files import SKIPPED_WEEKS
from pipeline.rules.judgements import NO_PROGRESS, TOO_REGULAR
from pipeline.tables import Tables
from pipeline.week import Result

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


def load(root: Path, name: str, day: str, sheet: Answers | None) -> tuple[Programme, Week]:
    """The programme in the file `name`, and the day with what was decided in its 处理单."""
    return week.with_answers(root, Week(week=dt.date.fromisoformat(day), programme=name), sheet)


def compute(root: Path, programme: Programme, of: Week) -> Result:
    """What came on one day, judged beside the last sealed week. of: the day, with what was decided that day.

    What no town sent that day is the last accepted figure, whatever the programme says of weeks.
    """
    _refuse(root, programme, of.week)
    carrying = programme.model_copy(update={"carry": True})
    files = week.collect(root, f"{DAILY}/{of.week}", of.decisions)
    return week.compute(root, carrying, of, files, _AHEAD)


def dispatch(result: Result) -> Dispatch:
    """What people are told of a day."""
    records = result.history.records
    return Dispatch(
        result.programme,
        result.week.week,
        dt.date.fromisoformat(records[-1][0]) if records else None,
        Tables(result.submissions, result.progress, result.completion, [*filter(_is_of_day, result.findings)]),
        result.previous,
    )


def asked(result: Result) -> list[Question]:
    """What may be decided of a day: figures that came by telephone too, but not that a town need not send."""
    return [question for question in result.questions if question.file or question.village]


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
