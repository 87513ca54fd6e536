"""Sentences and tables as a notebook shows them."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

from pipeline import tables
from pipeline.params import Programme
from pipeline.products import sentences
from pipeline.products.sentences import Story
from pipeline.rules import LEVELS, RULES
from pipeline.tables import (
    COLUMNS,
    KINDS,
    PROGRESS_STATUS,
    SUBMISSION_STATUS,
    TOTAL,
    TOWN,
    VILLAGE,
    WHOLE,
    Row,
    rows,
)

_NUMBER = re.compile(r"[+−-]?[\d,]+(\.\d+)?%?|—")
_LONG = 26  # signs: a longer text wraps


class Shown:
    """A table for a notebook: Chinese headings, no index, no cut, the same text every time; escaped in HTML."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        head, *lines = [list(self._frame.columns), *self._frame.to_numpy().tolist()]
        numbers = [bool(lines) and all(_NUMBER.fullmatch(line[place]) for line in lines) for place in range(len(head))]
        cells = "".join(f'<th scope="col"{_look(is_number, "")}>{escape(words)}</th>'
                        for words, is_number in zip(head, numbers, strict=True))  # fmt: skip
        body = "".join(f"<tr>{_cells(line, numbers)}</tr>\n" for line in lines)
        html = f"<table>\n<thead><tr>{cells}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>"
        return {"text/html": html, "text/plain": "\n".join(map("　".join, [head, *lines]))}


def _cells(line: list[str], numbers: list[bool]) -> str:
    return "".join(f"<td{_look(is_number, words)}>{escape(words)}</td>"
                   for words, is_number in zip(line, numbers, strict=True))  # fmt: skip


def _look(is_number: bool, words: str) -> str:
    """Numbers to the right, whatever the page's own style is; long text may wrap."""
    side = "right" if is_number else "left"
    return f' style="text-align:{side}{"" if len(words) > _LONG else ";white-space:nowrap"}"'


class Said:
    """Sentences for a notebook, one paragraph each."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self._sentences = sentences
        self.text = "\n".join(sentences)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/plain": self.text, "text/markdown": "\n".join(f"- {_plain(said)}" for said in self._sentences)}


def _plain(text: str) -> str:
    """Text as text in Markdown: no sign of it may become markup, no line break a paragraph, no address a link."""
    return "".join(f"\\{sign}" if sign in r"\`*_{}[]<>#+!|$&~:" else sign for sign in " ".join(text.splitlines()))


# ---- sentences -------------------------------------------------------------------------------------------------


def summary(story: Story, findings: pd.DataFrame, is_final: bool) -> Said:
    """本周要点: what a leader should know."""
    return Said(sentences.lines(story, findings, is_final))


def brief(story: Story, findings: pd.DataFrame) -> Said:
    """What has changed, and what the meeting should speak of."""
    matters = [f"请会上研究：{matter}" for matter in sentences.matters(story, findings)]
    return Said([*sentences.compared(story), *(matters or ["没有需要会上研究的事项。"])])


def corrections(said: Sequence[str]) -> Said:
    """更正说明 of a later revision."""
    return Said(said or ["本周还没有更早的存档，没有更正。"])


# ---- tables ----------------------------------------------------------------------------------------------------


def submissions(frame: pd.DataFrame) -> Shown:
    """Who has sent what, with the beginning of each file's digest (all of it is in the workbook and the manifest)."""
    words = frame.assign(
        status=[SUBMISSION_STATUS[status] for status in frame["status"]],
        sha256=[digest[:16] for digest in frame["sha256"]],
    )
    return Shown(tables.labels(words[["town", "status", "file", "sha256"]]))


def run_facts(facts: Mapping[str, str]) -> Shown:
    """What this run stands on, a line each."""
    return Shown(pd.DataFrame(facts.items(), columns=["项目", "内容"], dtype="object"))


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
            f"目标（{unit}）": tables.printed("target", row["target"]),
            f"完成（{unit}）": tables.printed("done", row["done"]),
            "完成率": tables.percent(row["rate"]),
            COLUMNS["gap"].label: tables.points(row["gap"]),
            "本周新增": tables.printed("added", row["added"]),
            "近四周周均": tables.printed("achieved_per_week", row["achieved_per_week"]),
            "每周需完成": tables.printed("needed_per_week", row["needed_per_week"]),
            "位次": tables.printed("rank", row["rank"]),
            "状态": tables.state(row),
        }
        for name, row in named
    ]
    return pd.DataFrame(shown, dtype="object")
