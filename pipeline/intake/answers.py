"""处理单.xlsx as the analyst saved it: rows of questions and answers, and the decisions that they make.

The locked part of a row carries all that it binds to (`Question.digest`), so rows may be sorted, copied or deleted: one
whose locked part was changed is told, never applied.
"""

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from pipeline.errors import ParamsError
from pipeline.intake import reading
from pipeline.intake.reading import Sheet, Unreadable
from pipeline.intake.reading.book import SHOWN
from pipeline.params import Decision
from pipeline.params.numbers import advice
from pipeline.params.questions import TO_FILL, Answer, Option, Question

NAME = "处理单"
OF_WEEKS, OF_DAYS = "params", "params/daily"  # the folders of the sheets
ASKED = ("编号", "区镇", "村", "类别", "文件", "单元格", "原文", "说明", "上次采用")  # locked
TO_ANSWER = ("处理", "采用数", "理由", "经办人", "日期")
IDENTITY, CHECK, OPTION, DRAFTS = "标识", "校验", "选项", "决定"  # hidden; the last two once an option
SET_ASIDE = "（旧，已并入 xlsx）"  # behind the name of a sheet that was saved in another format
_SUFFIXES = (".xlsx", ".xls", ".et", ".xlsm", ".ods")
_SLIP = re.compile(rf"{IDENTITY}　(\d{{4}}-\d\d-\d\d)　共(\d+)行")
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
        return tuple(f"第 {row.row} 行{_about(row)}：{fault}" for row, fault in told if fault)

    def without_faults(self) -> "Answers":
        """The rows that can be followed."""
        return replace(self, rows=tuple(row for row in self.rows if not self.fault(row)))

    def fault(self, row: Row) -> str:
        """Why a row cannot be followed, and what to do; "" if it can, or asks nothing any more."""
        chosen = (each for each in self.rows if each.is_whole and each.option)
        first = next((each for each in chosen if each.question.identity == row.question.identity), row)
        if row.is_whole and row.option and first is not row:
            return f"与第 {first.row} 行是同一个问题，请只留一行"
        return _fault(row)


# ---- the file --------------------------------------------------------------------------------------------------


def found(root: Path, day: str, folder: str = OF_WEEKS) -> str:
    """The day's sheet as a path below the office, in whichever format it was saved; "" if there is none."""
    names = [f"{folder}/{day} {NAME}{suffix}" for suffix in _SUFFIXES]
    there = [name for name in names if (root / name).is_file()]
    if len(there) > 1:
        raise ParamsError(there[0], [f"有{len(there)}份处理单（{'、'.join(there)}），不知道以哪份为准，请只留一份"])
    return there[0] if there else ""


def misnamed(root: Path, day: str) -> list[str]:
    """Files that look like the week's sheet and are not called so: copies, downloads with (1) in their name."""
    names = (path.name for path in sorted((root / OF_WEEKS).glob(f"*{NAME}*")) if path.is_file())
    near = (name for name in names if day in name and name.endswith(_SUFFIXES) and not name.startswith(("~", ".")))
    return [name for name in near if Path(name).stem not in (f"{day} {NAME}", f"{day} {NAME}{SET_ASIDE}")]


def is_open_elsewhere(path: Path) -> bool:
    """Whether Excel, WPS or LibreOffice has the sheet open."""
    return any((path.parent / name).exists() for name in (f"~${path.name}", f".~{path.name}", f".~lock.{path.name}#"))


def read(root: Path, day: str, folder: str = OF_WEEKS) -> Answers | None:
    """The day's sheet, whatever stands in it; None if there is none. ParamsError for a file that is no such sheet."""
    name = found(root, day, folder)
    if not name:
        return None
    try:
        sheets = reading.read((root / name).read_bytes()).sheets
    except Unreadable as reason:
        raise ParamsError(name, [f"打不开：{reason}"]) from None
    except OSError as error:
        raise ParamsError(name, [f"打不开（{error.strerror}），请在其他程序里关闭后再运行"]) from None
    tables = [table for sheet in sheets if (table := _table(sheet))]
    if not tables:
        raise ParamsError(name, ["不是处理单，或表头被改动过。请改名移走，再运行 decide 重新生成"])
    if len(tables) > 1:
        raise ParamsError(name, [f"里面有{len(tables)}张处理单的工作表，不知道以哪张为准，请删去复制出来的"])
    headings, lines = tables[0]
    slip = _SLIP.fullmatch(headings[IDENTITY])
    if slip and slip[1] != day:
        raise ParamsError(name, [f"这是 {slip[1]} 的处理单，不是 {day} 的"])
    rows = tuple(_row(row, line, day) for row, line in lines)
    known = {row.number for row in rows}
    lacking = (number for number in range(1, int(slip[2]) + 1 if slip else 1) if str(number) not in known)
    return Answers(root / name, name, rows, tuple(lacking))


Texts = list[tuple[int, dict[str, str]]]  # of each row, by its headings


def _table(sheet: Sheet) -> tuple[dict[str, str], Texts] | None:
    """(the headings, by their first word; the rows below them); None for another sheet."""
    rows: dict[int, dict[int, str]] = {}
    for (row, column), cell in sheet.cells.items():
        rows.setdefault(row, {})[column] = f"显示为{cell.raw}" if cell.type == SHOWN else cell.raw.strip()
    wanted = {*ASKED, *TO_ANSWER, IDENTITY, CHECK}
    for top in sorted(rows):
        headings = {text.split("　")[0]: column for column, text in rows[top].items()}
        if wanted <= headings.keys():
            below = sorted(row for row in rows if row > top and any(rows[row].values()))
            said = {name: rows[top][column] for name, column in headings.items()}
            return said, [
                (row, {name: rows[row].get(column, "") for name, column in headings.items()}) for row in below
            ]
    return None


def _row(row: int, line: Mapping[str, str], day: str) -> Row:
    place, _, cell = line["单元格"].rpartition("!")
    question = Question(
        town=line["区镇"], village=line["村"], kind=line["类别"], file=line["文件"], sheet=place, cell=cell,
        raw=line["原文"], identity=line[IDENTITY], words=line["说明"], before=line["上次采用"], options=_options(line),
    )  # fmt: skip
    answer = Answer(*(line[name] for name in TO_ANSWER))
    return Row(row, line["编号"], question, answer, line[CHECK] == question.digest(day))


def _options(line: Mapping[str, str]) -> tuple[Option, ...]:
    """The options as they are written in the hidden columns; what is no draft there makes the row not whole."""
    numbers = [name.removeprefix(OPTION) for name, text in line.items() if name.startswith(OPTION) and text]
    return tuple(Option(line[f"{OPTION}{number}"], _drafts(line.get(f"{DRAFTS}{number}", ""))) for number in numbers)


def _drafts(text: str) -> tuple[tuple[tuple[str, str], ...], ...]:
    try:
        return tuple(tuple((str(name), str(value)) for name, value in draft.items()) for draft in json.loads(text))
    except (ValueError, AttributeError, TypeError):
        return ()


# ---- the answers -----------------------------------------------------------------------------------------------


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
        yield Answered(_DECISION.validate_python(values), f"{NAME}第 {row.row} 行")


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


def unanswered(rows: Sequence[Row]) -> int:
    """How many questions nobody has answered."""
    return sum(bool(row.question.options) and not row.answer.option for row in rows)
