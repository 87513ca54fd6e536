"""What people read besides workbook and charts: the week in sentences, and tables as a notebook shows them.

Sentences come from templates with one branch for each case, never from free text.
"""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from pipeline import tables
from pipeline.params import Programme
from pipeline.rules import BLOCKING, LEVELS, RULES
from pipeline.tables import (
    COLUMNS,
    FALLING_BEHIND,
    KINDS,
    LATE,
    MISSING,
    NOT_REPORTED,
    PROGRESS_STATUS,
    RECEIVED,
    RETURNED,
    SUBMISSION_STATUS,
    TOTAL,
    TOWN,
    VILLAGE,
    WHOLE,
    Row,
    rows,
)


class Shown:
    """A table for a notebook: Chinese headings, no index, no cut, the same text every time; escaped in HTML."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        html = self._frame.to_html(index=False, border=0, escape=True, max_rows=None, max_cols=None)
        return {"text/html": html, "text/plain": "\n".join(map("　".join, self._lines()))}

    def _lines(self) -> list[list[str]]:
        return [list(self._frame.columns), *self._frame.to_numpy().tolist()]


class Said:
    """Sentences for a notebook, one paragraph each."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self._sentences = sentences
        self.text = "\n".join(sentences)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/plain": self.text, "text/markdown": "\n".join(f"- {_plain(said)}" for said in self._sentences)}


def _plain(text: str) -> str:
    """Text as text in Markdown: no sign of it may become markup."""
    return "".join(f"\\{sign}" if sign in r"\`*_{}[]<>#+!|$&~" else sign for sign in text)


# ---- tables ----------------------------------------------------------------------------------------------------


def submissions(frame: pd.DataFrame) -> Shown:
    """Who has sent what."""
    words = frame.assign(status=[SUBMISSION_STATUS[status] for status in frame["status"]])
    return Shown(tables.labels(words[["town", "status", "file"]]))


def findings(frame: pd.DataFrame) -> Shown:
    """What a person should look at, worst first."""
    words = [
        {"级别": LEVELS[row["level"]], "规则": RULES[row["rule"]].label, "说明": row["message"]} for row in rows(frame)
    ]
    return Shown(pd.DataFrame(words, columns=["级别", "规则", "说明"], dtype="object"))


def towns(completion: pd.DataFrame, programme: Programme) -> Shown:
    """One row per town and the district, in the form's order: 合计."""
    mine = [row for row in rows(completion) if row["scope"] in (TOWN, WHOLE) and row["kind"] == TOTAL]
    return Shown(_measures([(row["town"] or tables.DISTRICT, row) for row in mine], "区镇", programme.unit))


def villages(completion: pd.DataFrame, progress: pd.DataFrame, programme: Programme) -> Shown:
    """One row per village × kind, with where its figure comes from."""
    mine = [row for row in rows(completion) if row["scope"] == VILLAGE and row["kind"] in KINDS]
    frame = _measures([(f"{row['town']}{row['village']} {row['kind']}", row) for row in mine], "村", programme.unit)
    source = {(row["town"], row["village"], row["kind"]): row for row in rows(progress)}
    found = [source[row["town"], row["village"], row["kind"]] for row in mine]
    frame["情况"] = [PROGRESS_STATUS[row["status"]] for row in found]
    frame["来源"] = ["!".join(filter(None, (row["file"], row["sheet"], row["cell"]))) or tables.DASH for row in found]
    return Shown(frame)


def _measures(named: list[tuple[str, Row]], label: str, unit: str) -> pd.DataFrame:
    shown = [
        {
            label: name,
            f"目标（{unit}）": tables.text("target", row["target"]),
            f"完成（{unit}）": tables.text("done", row["done"]) or tables.DASH,
            "完成率": tables.percent(row["rate"]),
            COLUMNS["gap"].label: tables.points(row["gap"]),
            "本周新增": tables.text("added", row["added"]) or tables.DASH,
            "近四周周均": tables.text("achieved_per_week", row["achieved_per_week"]) or tables.DASH,
            "每周需完成": tables.text("needed_per_week", row["needed_per_week"]) or tables.DASH,
            "位次": tables.text("rank", row["rank"]) or tables.DASH,
            "状态": tables.state(row),
        }
        for name, row in named
    ]
    return pd.DataFrame(shown, dtype="object")


# ---- sentences -------------------------------------------------------------------------------------------------


def title(programme: Programme, week: dt.date, is_final: bool) -> str:
    """第8周（截至2023年5月26日） 定稿"""
    number = programme.schedule.week_number(week)
    return f"第{number}周（截至{week.year}年{week.month}月{week.day}日）　{'定稿' if is_final else '初稿'}"


def summary(frames: dict[str, pd.DataFrame], programme: Programme, week: dt.date, is_final: bool) -> Said:
    """本周要点: what a leader should know, from this week's four tables."""
    completion = rows(frames["completion"])
    return Said(
        [
            title(programme, week, is_final),
            _district(completion, programme),
            *_behind(completion),
            *_reporting(rows(frames["submissions"]), programme),
            *_open(rows(frames["findings"])),
        ]
    )


def corrections(said: Sequence[str]) -> Said:
    """更正说明 of a later revision."""
    return Said(said or ["本周还没有更早的存档，没有更正。"])


def _district(completion: list[Row], programme: Programme) -> str:
    by_kind = {row["kind"]: row for row in completion if row["scope"] == WHOLE}
    whole = by_kind[TOTAL]
    unit = programme.unit
    if whole["done"] is None:
        return f"全区目标 {whole['target']} {unit}，本周没有可用的完成数。"
    text = f"全区 {len(programme.villages)} 个整村推进村累计完成 {whole['done']} {unit}"
    if whole["rate"] is None:
        return f"{text}（有村缺数，暂不计算完成率）。"
    kinds = "、".join(
        f"{kind} {by_kind[kind]['done']} {unit}（{tables.percent(by_kind[kind]['rate'])}）" for kind in KINDS
    )
    added = f"，本周新增 {whole['added']} {unit}" if whole["added"] is not None else ""
    return (
        f"{text}，占目标任务的 {tables.percent(whole['rate'])}，其中{kinds}；"
        f"序时进度 {tables.percent(whole['expected'])}，{_against_schedule(whole['gap'])}{added}。"
    )


def _against_schedule(gap: Decimal) -> str:
    if gap == 0:
        return "与序时进度持平"
    return f"{'高于' if gap > 0 else '低于'}序时进度 {abs(gap)} 个百分点"


def _behind(completion: list[Row]) -> list[str]:
    """Which towns are behind, lowest first; of a town without figures of this week nothing is said."""
    tasks = [row for row in completion if row["scope"] == TOWN and row["kind"] == TOTAL and row["target"]]
    told = [row for row in tasks if row["rate"] is not None and row["light"] != NOT_REPORTED]
    slow = sorted((row for row in told if row["light"] in FALLING_BEHIND), key=lambda row: row["rate"])
    if told and not slow:
        among = "" if len(told) == len(tasks) else f"有本周数据的 {len(told)} 个区镇中，"
        return [f"{among}没有区镇慢于序时进度。"]
    if not slow:
        return []
    return [
        "慢于序时进度的有："
        + "、".join(f"{row['town']}（{tables.percent(row['rate'])}，{row['light']}）" for row in slow)
        + "。"
    ]


def _reporting(submissions: list[Row], programme: Programme) -> list[str]:
    status = {row["town"]: row["status"] for row in submissions[: len(programme.towns)]}
    expected = programme.expected_towns
    sent = [town for town in expected if status[town] in (RECEIVED, LATE)]
    said = [f"应报 {len(expected)} 个区镇，已报 {len(sent)} 个。"]
    for word in (MISSING, RETURNED, LATE):
        named = [town for town in expected if status[town] == word]
        if named:
            tail = "，沿用上次累计数（没有的暂缺）" if word != LATE and programme.carry else ""
            said.append(f"{SUBMISSION_STATUS[word]}：{'、'.join(named)}{tail}。")
    return said


def _open(findings: list[Row]) -> list[str]:
    counts = {level: sum(row["level"] == level for row in findings) for level in LEVELS}
    if any(counts[level] for level in BLOCKING):
        return [f"待处理：退回 {counts['reject']} 处，待裁定 {counts['hold']} 处；涉及的数本周未采用。"]
    return [f"没有退回和待裁定的问题；待说明 {counts['query']} 处，提示 {counts['note']} 处。"]
