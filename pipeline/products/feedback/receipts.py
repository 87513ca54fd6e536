"""回执: what was received from a town, and the figures that count, as text to paste."""

from collections.abc import Iterator

import pandas as pd

from pipeline.products.feedback.returns import is_for_town
from pipeline.products.feedback.words import Edition
from pipeline.rules import NOTE
from pipeline.tables import (
    CARRIED,
    LATE,
    PROGRESS_STATUS,
    RECEIVED,
    SUBMISSION_STATUS,
    TOTAL,
    TOWN,
    Row,
    is_carried,
    printed,
    rows,
    state,
)


def accepted(submissions: pd.DataFrame) -> list[Row]:
    """The rows of the files that count, one a town."""
    return [row for row in rows(submissions) if row["status"] in (RECEIVED, LATE)]


def lines(edition: Edition, sent: Row, frames: dict[str, pd.DataFrame], has_return: bool) -> Iterator[str]:
    """The text, line by line; every figure as it stands in the tables."""
    town = sent["town"]
    yield f"回执　{town}"
    yield f"{edition.label}每周进展情况汇总表　{edition.stamp}"
    yield f"收到文件：{sent['file']}（{SUBMISSION_STATUS[sent['status']]}）"
    yield f"文件指纹（SHA-256）：{sent['sha256']}"
    yield ""
    yield f"采用的数（单位：{edition.programme.unit}）"
    yield from (_figure(row) for row in rows(frames["progress"]) if row["town"] == town)
    totals = (row for row in rows(frames["completion"]) if row["scope"] == TOWN and row["town"] == town)
    yield from (_total(row) for row in totals)
    notes = [row for row in rows(frames["findings"]) if _is_told(row, town)]
    if notes:
        yield ""
        yield "提示（我们是这样理解的，有不对的请回复）"
        yield from (f"{number}. {_note(row)}" for number, row in enumerate(notes, 1))
    if has_return:
        yield ""
        yield f"另有《退回单 {town}》：沿用、缺的数和要说明的事项见退回单。"


def _figure(row: Row) -> str:
    """盐灶村 新建：目标120，累计完成50，本周新增5，本周报送"""
    return f"{row['village']} {row['kind']}：{_measures(row)}，{PROGRESS_STATUS[row['status']]}"


def _total(row: Row) -> str:
    of_kind = "" if row["kind"] == TOTAL else f" {row['kind']}"
    word = PROGRESS_STATUS[CARRIED] if is_carried(row) else state(row)  # the town has reported: 未报 would be unkind
    return f"{TOTAL}{of_kind}：{_measures(row)}，{word}"


def _measures(row: Row) -> str:
    target, done, added = (printed(name, row[name]) for name in ("target", "done", "added"))
    return f"目标{target}，累计完成{done}，本周新增{added}"


def _is_told(row: Row, town: str) -> bool:
    """Notes on this town, and those on the whole week: growth of two weeks is everybody's."""
    is_mine = row["town"] == town or (row["town"], row["file"]) == ("", "")
    return is_mine and row["level"] == NOTE and is_for_town(row)


def _note(row: Row) -> str:
    """What was understood, with its cell; the town stands above, and the file too unless it is another one."""
    return str(row["message"]).removeprefix(row["town"])
