"""处理单 on disc: where it lies, under which names, and its rows as they were saved."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

from pipeline.errors import ParamsError
from pipeline.intake import reading
from pipeline.intake.answers.rows import NAME, Answers, Row
from pipeline.intake.reading import Sheet, Unreadable
from pipeline.intake.reading.book import SHOWN
from pipeline.params.questions import Answer, Option, Question

OF_WEEKS, OF_DAYS = "params", "params/daily"  # the folders of the sheets
ASKED = ("编号", "区镇", "村", "类别", "文件", "单元格", "原文", "说明", "上次采用")  # locked
TO_ANSWER = ("处理", "采用数", "理由", "经办人", "日期")
IDENTITY, CHECK, OPTION, DRAFTS = "标识", "校验", "选项", "决定"  # hidden; the last two once an option
SET_ASIDE = "（旧，已并入 xlsx）"  # behind the name of a sheet that was saved in another format
_SUFFIXES = (".xlsx", ".xls", ".et", ".xlsm", ".ods")
_SLIP = re.compile(rf"{IDENTITY}　(\d{{4}}-\d\d-\d\d)　共(\d+)行")


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
    except OSError:
        raise ParamsError(name, ["打不开，请在其他程序里关闭后再运行"]) from None
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
