"""The rows of 处理单: questions and answers, the decisions that they make, and why a row cannot be followed."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from pipeline.errors import ParamsError
from pipeline.params import Decision
from pipeline.params.numbers import advice
from pipeline.params.questions import TO_FILL, Answer, Option, Question

NAME = "处理单"
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_COUNT = re.compile(r"0|[1-9][0-9]{0,8}")
_FIRST_YEAR = 2000  # before it lie the dates that a spreadsheet makes of small numbers and of times
_DECISION: TypeAdapter[Decision] = TypeAdapter(Decision)


@dataclass(frozen=True)
class Row:
    """One row of the sheet. is_whole: its locked part is what the program wrote."""

    row: int
    number: str
    question: Question
    answer: Answer
    is_whole: bool

    @property
    def option(self) -> Option | None:
        """The answer that was chosen; None if there is none, or no such one."""
        return next((each for each in self.question.options if each.words == self.answer.option), None)


@dataclass(frozen=True)
class Answered:
    """A decision of the sheet, and where it stands: 处理单第5行."""

    decision: Decision
    where: str


@dataclass(frozen=True)
class Answers:
    """The whole sheet. name: its path below the office; lacking: numbers of the rows that are not there any more."""

    path: Path
    name: str
    rows: tuple[Row, ...] = ()
    lacking: tuple[int, ...] = ()

    @property
    def decisions(self) -> list[Answered]:
        """What the rows decide, in an order of its own: sorting the sheet changes nothing. ParamsError with every fault."""
        if self.faults:
            raise ParamsError(self.name, list(self.faults))
        return sorted(
            (each for row in self.rows for each in answered(row)), key=lambda each: each.decision.model_dump_json()
        )

    @cached_property
    def faults(self) -> tuple[str, ...]:
        """What is wrong with the rows, one line each."""
        told = ((row, self.fault(row)) for row in self.rows)
        return tuple(f"第{row.row}行{_about(row)}：{fault}" for row, fault in told if fault)

    def without_faults(self) -> "Answers":
        """The rows that can be followed."""
        return replace(self, rows=tuple(row for row in self.rows if not self.fault(row)))

    @cached_property
    def _first(self) -> dict[str, Row]:
        """identity -> the first row in which its question is answered."""
        chosen = (row for row in reversed(self.rows) if row.is_whole and row.option)
        return {row.question.identity: row for row in chosen}

    def fault(self, row: Row) -> str:
        """Why a row cannot be followed, and what to do; "" if it can, or asks nothing any more."""
        first = self._first.get(row.question.identity, row)
        if row.is_whole and row.option and first is not row:
            return f"与第{first.row}行是同一个问题，请只留一行"
        return _fault(row)


def answered(row: Row) -> Iterator[Answered]:
    """The decisions of a row without a fault."""
    if not (row.is_whole and row.option):
        return
    answer, day = row.answer, date(row.answer.date)
    signed = {"reason": answer.reason, "by": answer.by, "date": day}
    for draft in row.option.drafts:
        values: dict[str, Any] = {**dict(draft), **signed}
        if TO_FILL in values:
            values[TO_FILL] = int(values[TO_FILL] or answer.figure)
        yield Answered(_DECISION.validate_python(values), f"{NAME}第{row.row}行")


def _fault(row: Row) -> str:
    answer, option = row.answer, row.option
    is_filled = bool(answer.option or answer.figure or answer.reason)
    if not is_filled or (row.is_whole and not row.question.options):
        return ""
    if not row.is_whole:
        return "锁定的内容被改动过，或不是程序写的行，不能采用。请运行 decide 重新生成（填好的都会留下），再填"
    if not answer.option:
        return "还没选“处理”"
    if option is None:
        return f"“处理”里的“{answer.option}”不在可选的几种里，请从下拉里选"
    return "；".join(_unfinished(answer, option))


def _unfinished(answer: Answer, option: Option) -> Iterator[str]:
    """What a chosen option still wants."""
    if answer.figure and not option.wants_figure:
        yield f"选的是“{option.words}”，不用填采用数，请清空采用数"
    elif answer.figure and not is_count(answer.figure):
        yield f"采用数“{answer.figure}”不是整数，{advice(answer.figure)}"
    if not option.drafts:
        return
    if answer.date and date(answer.date) is None:
        yield f"日期“{answer.date}”看不懂，请写成 2023-05-26 这样"
    wanted = {"采用数": answer.figure or not option.wants_figure, "理由": answer.reason, "经办人": answer.by,
              "日期": answer.date}  # fmt: skip
    lacking = [name for name, filled in wanted.items() if not filled]
    if lacking:
        yield f"还没填{'、'.join(lacking)}"


def is_count(text: str) -> bool:
    """Whether it is a whole number in plain digits."""
    return bool(_COUNT.fullmatch(text))


def date(text: str) -> dt.date | None:
    """A date as people and spreadsheets write it, the year with it."""
    match = _DATE.fullmatch(text)
    try:
        day = dt.date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None
    return day if day and day.year >= _FIRST_YEAR else None


def _about(row: Row) -> str:
    """（三厂街道织坊村新建）"""
    said = f"{row.question.town}{row.question.village}{row.question.kind}" or row.question.file
    return f"（{said}）" if said else ""
