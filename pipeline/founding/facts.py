"""What the programme says of the office: one fact a line of the table's second sheet, with its usual value."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.params import signs
from pipeline.params.year import UNFILLED
from pipeline.records import Cell

_DATE = re.compile(r"(20\d\d)(?:年|[./-])(\d{1,2})(?:月|[./-])(\d{1,2})日?")
_TIME = re.compile(r"(?:1899-12-3[01] |1900-01-0\d )?([01]?\d|2[0-3])[:：]([0-5]\d)(?:[:：]00)?")  # of a time cell too
_OF_FORM = re.compile(r"(?:(?:每周)?(?:进展|进度)情况?(?:汇总|统计)?表|目标任务表)(?:（[^（）]*）)?$")
_YEAR = re.compile(r"20\d\d")


@dataclass(frozen=True)
class Fact:
    """One fact of the programme: its key there, its label and hint on the sheet, how it is read, what it usually is.

    read: the value in a text, None if it is none. usual: in a year; "" where only the office can tell.
    """

    key: str
    label: str
    hint: str
    read: Callable[[str], Any]
    usual: str


def _text(text: str) -> str | None:
    return text or None


def _date(text: str) -> dt.date | None:
    match = _DATE.fullmatch(text)
    try:
        return dt.date(*map(int, match.groups())) if match else None
    except ValueError:  # 2023-04-31
        return None


def _time(text: str) -> str | None:
    match = _TIME.fullmatch(text)
    return f"{int(match[1]):02}:{match[2]}" if match else None


FACTS = (
    Fact("title", "标题", "年度和工作名称，印在各种表和通报的标题里", _text, "{year}年度农村户厕改造整村推进"),
    Fact("office", "单位名称", "本单位全称，如 南通市海门区乡村振兴局", _text, ""),
    Fact("document", "文号", "下达目标任务的文件，如 海乡振〔2023〕4号；没有文号的写文件名称", _text, ""),
    Fact("unit", "计量单位", "座、户或个，各处只印这一个", _text, "座"),
    Fact("start", "开始日期", "实施阶段第一天，序时进度从这天算起（含），如 2023-04-01", _date, "{year}-04-01"),
    Fact("end", "结束日期", "实施阶段最后一天（含），如 2023-09-30", _date, "{year}-09-30"),
    Fact("deadline", "报送时间", "各区镇在截至日期当天几点前报送，如 17:00", _time, "17:00"),
)  # fmt: skip
LABELS = tuple(fact.label for fact in FACTS)
_UNKNOWN = "（{}" + UNFILLED


@dataclass(frozen=True)
class Known:
    """key -> value of the facts; which of them are not the office's own words, in words; faults, each to its cell."""

    values: Mapping[str, Any]
    assumed: list[str]
    faults: list[str]


def known(cells: Mapping[str, Cell] | None, title: str, year: int) -> Known:
    """The facts of the sheet. A table without one says its title at most: what is usual stands for the rest, and is told.

    year: of the usual dates, unless the title names one.
    """
    if cells is not None:
        return _of_sheet(cells)
    own = _OF_FORM.sub("", title)
    named = _YEAR.search(own)
    usual = {fact: fact.usual.format(year=named[0] if named else year) for fact in FACTS}
    texts = {fact: text or _UNKNOWN.format(fact.label) for fact, text in usual.items()}
    texts |= {fact: own for fact in FACTS if fact.key == "title" and named}
    assumed = [f"{fact.label}：{text}" for fact, text in texts.items() if fact.key != "title" or not named]
    faults = [f"标题“{signs.visible(own)}”：{why}" for why in signs.undrawable(own)]
    return Known({fact.key: fact.read(text) for fact, text in texts.items()}, assumed, faults)


def _of_sheet(cells: Mapping[str, Cell]) -> Known:
    values: dict[str, Any] = {}
    faults = []
    for fact in FACTS:
        cell = cells.get(fact.label, Cell())
        text = " ".join(cell.raw.split())
        value = fact.read(text)
        where = f"{cell.sheet}!{cell.cell}" if cell.cell else "第二张表"
        if value is None:
            read = f"读到的是“{text}”" if text else "没有填"
            faults.append(f"{where}：“{fact.label}”{read}。请填{fact.hint}")
        else:
            faults += [f"{where}“{signs.visible(text)}”：{why}" for why in signs.undrawable(text)]
        values[fact.key] = value
    start, end = values["start"], values["end"]
    if start and end and end <= start:
        faults.append(f"结束日期 {end} 不晚于开始日期 {start}")
    return Known(values, [], faults)
