"""Sentences and tables as a notebook shows them."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from pipeline.params import Programme
from pipeline.printing import DASH, number, percent, points
from pipeline.products import sentences
from pipeline.products.sentences import Story
from pipeline.records import COMPLETION, DISTRICT, SUBMISSIONS, Completion, Kind, Progress, Scope, Submissions
from pipeline.rules import Finding

_NUMBER = re.compile(r"[+−-]?[\d,]+(\.\d+)?%?|—")
_LONG = 26  # signs: a longer text wraps


class Shown:
    """A table for a notebook: Chinese headings, no index, no cut, the same text every time; escaped in HTML."""

    def __init__(self, head: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
        self._head, self._lines = list(head), [list(line) for line in lines]

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        head, lines = self._head, self._lines
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


class Sentences:
    """Sentences for a notebook, one paragraph each."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self._sentences = sentences
        self.text = "\n".join(sentences)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {
            "text/plain": self.text,
            "text/markdown": "\n".join(f"- {_plain(sentence)}" for sentence in self._sentences),
        }


def _plain(text: str) -> str:
    """Text as text in Markdown: no sign of it may become markup, no line break a paragraph, no address a link."""
    return "".join(f"\\{sign}" if sign in r"\`*_{}[]<>#+!|$&~:" else sign for sign in " ".join(text.splitlines()))


# ---- sentences -------------------------------------------------------------------------------------------------


def summary(story: Story, findings: Sequence[Finding], is_final: bool) -> Sentences:
    """本周要点: what a leader should know."""
    return Sentences(sentences.lines(story, findings, is_final))


def brief(story: Story, findings: Sequence[Finding]) -> Sentences:
    """What has changed, and what the meeting should speak of."""
    matters = [f"请会上研究：{matter}" for matter in sentences.matters(story, findings)]
    return Sentences([*sentences.compared(story), *(matters or ["没有需要会上研究的事项。"])])


def corrections(lines: Sequence[str]) -> Sentences:
    """更正说明 of a later revision."""
    return Sentences(lines or ["本周还没有更早的存档，没有更正。"])


# ---- tables ----------------------------------------------------------------------------------------------------


def submissions(submissions: Submissions) -> Shown:
    """Who has sent what, with the beginning of each file's digest (all of it is in the workbook and the manifest)."""
    lines = [
        [text or DASH for text in (row.town, row.status.label, row.file, row.sha256[:16])] for row in submissions.rows
    ]
    return Shown([label.label for label in SUBMISSIONS.labels.values()], lines)


def run_facts(facts: Mapping[str, str]) -> Shown:
    """What this run stands on, a line each."""
    return Shown(["项目", "内容"], list(facts.items()))


def findings(findings: Sequence[Finding]) -> Shown:
    """What a person should look at, worst first."""
    return Shown(["级别", "规则", "说明"], [[row.level.label, row.rule.label, row.message] for row in findings])


def towns(completion: Sequence[Completion], programme: Programme) -> Shown:
    """One row per town and the district, in the form's order: 合计."""
    wholes = [row for row in completion if row.scope is not Scope.VILLAGE and row.kind == Kind.TOTAL]
    lines = [[row.town or DISTRICT, *_measures(row)] for row in wholes]
    return Shown(["区镇", *_labels(programme.unit)], lines)


def villages(completion: Sequence[Completion], progress: Sequence[Progress], programme: Programme) -> Shown:
    """One row per village × kind, with where its figure comes from."""
    source = {row.key: row for row in progress}
    figures = [row for row in completion if row.scope is Scope.VILLAGE and row.kind != Kind.TOTAL]
    lines = [
        [f"{row.town}{row.village} {row.kind}", *_measures(row), *_origin(source[row.key])] for row in figures
    ]  # fmt: skip
    return Shown(["村", *_labels(programme.unit), "情况", "来源"], lines)


def _origin(row: Progress) -> list[str]:
    return [row.status.label, "!".join(filter(None, (row.file, row.sheet, row.cell))) or DASH]


def _labels(unit: str) -> list[str]:
    gap = COMPLETION.labels["gap"].label
    return [f"目标（{unit}）", f"完成（{unit}）", "完成率", gap, "本周新增", "近四周周均", "每周需完成", "位次", "状态"]


def _measures(row: Completion) -> list[str]:
    return [
        number(row.target), number(row.done), percent(row.rate), points(row.gap), number(row.added),
        number(row.achieved_per_week), number(row.needed_per_week), number(row.rank), row.state,
    ]  # fmt: skip
