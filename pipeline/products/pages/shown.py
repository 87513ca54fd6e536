"""The sentences and tables that the notebook's cells show, from first to last."""

import datetime as dt
from collections.abc import Mapping, Sequence

from pipeline.params import Programme
from pipeline.printing import DASH, percent, points, thousands
from pipeline.products import sentences
from pipeline.products.pages.outputs import Lines, Sentences, Shown
from pipeline.products.sentences import Story
from pipeline.records import COMPLETION, SUBMISSIONS, Cell, Completion, Kind, Progress, Scope, Submissions
from pipeline.rules import Finding

_POINTS = COMPLETION.labels["gap"].label

# ---- first of all ----------------------------------------------------------------------------------------------


def title(programme: Programme, week: dt.date, is_final: bool) -> Lines:
    """Which week the notebook shows. The page has a heading of its own."""
    return Lines([sentences.title(programme, week, is_final)])


def key_figures(story: Story) -> Shown:
    """The whole, each kind that has a task and 合计: against target and 序时进度; who has reported."""
    unit = story.programme.unit
    rows = [row for row in map(story.district, Kind) if row.target or row.kind == Kind.TOTAL]
    lines = [
        [row.kind, thousands(row.target), thousands(row.done), percent(row.rate), percent(row.expected),
         points(row.gap), thousands(row.added)]
        for row in rows
    ]  # fmt: skip
    head = ["类别", f"目标（{unit}）", f"完成（{unit}）", "完成率", "序时进度", _POINTS, f"{story.since}新增"]
    return Shown(head, lines, "".join(sentences.reporting(story)))


def to_settle(findings: Sequence[Finding], programme: Programme) -> Shown | Sentences:
    """What keeps the week a draft: which town, which figure, why, and in which cell."""
    open_ = [row for row in findings if row.is_open]
    state = sentences.open_findings(findings)
    if not open_:
        return Sentences([state])
    lines = [[row.level.label, row.town or DASH, f"{row.village} {row.kind}".strip() or DASH, row.words, _where(row)]
             for row in open_]  # fmt: skip
    words = programme.words
    return Shown(["级别", words.member, f"{words.part}、类别", "说明", "文件和单元格"], lines, state)


# ---- sentences -------------------------------------------------------------------------------------------------


def summary(story: Story) -> Sentences:
    """本周要点: the whole, who leads, who is behind; below what the key figures and the open questions say."""
    return Sentences(
        [
            sentences.district(story),
            *sentences.tiers(story),
            *sentences.leading(story),
            *sentences.behind(story),
            *sentences.stalled(story),
        ]
    )


def brief(story: Story, findings: Sequence[Finding]) -> Sentences:
    """What has changed, and what the meeting should speak of."""
    matters = [f"请会上研究：{matter}" for matter in sentences.matters(story, findings)]
    return Sentences([*sentences.compared(story), *(matters or ["没有需要会上研究的事项。"])])


def corrections(lines: Sequence[str]) -> Sentences:
    """更正说明 of a later revision."""
    return Sentences(lines or ["本周还没有更早的存档，没有更正。"])


# ---- tables ----------------------------------------------------------------------------------------------------


def submissions(submissions: Submissions, programme: Programme) -> Shown:
    """Who has sent what. The files' digests are in the workbook and the manifest."""
    lines = [[row.town or DASH, row.status.label, row.file or DASH] for row in submissions.rows]
    head = (SUBMISSIONS.labels[name].label for name in ("town", "status", "file"))
    return Shown([programme.words.spoken(label) for label in head], lines)


def run_facts(facts: Mapping[str, str]) -> Shown:
    """What this run stands on, a line each."""
    return Shown(["项目", "内容"], list(facts.items()))


def findings(findings: Sequence[Finding], programme: Programme) -> Shown:
    """What a person should look at, worst first."""
    lines = [[row.level.label, programme.words.spoken(row.rule.label), row.message] for row in findings]
    return Shown(["级别", "规则", "说明"], lines)


def towns(completion: Sequence[Completion], programme: Programme) -> Shown:
    """One row per town and the district, in the form's order: 合计."""
    wholes = [row for row in completion if row.scope is not Scope.VILLAGE and row.kind == Kind.TOTAL]
    lines = [[row.town or programme.words.whole, *_measures(row), thousands(row.rank), row.state] for row in wholes]
    return Shown([programme.words.member, *_labels(programme.unit), "位次", "状态"], lines)


def villages(completion: Sequence[Completion], progress: Sequence[Progress], programme: Programme) -> Shown:
    """One row per village × kind, with where its figure comes from."""
    source = {row.key: row for row in progress}
    figures = [row for row in completion if row.scope is Scope.VILLAGE and row.kind != Kind.TOTAL]
    lines = [
        [f"{row.town}{row.village} {row.kind}", *_measures(row), row.state, source[row.key].status.label, _where(source[row.key])]
        for row in figures
    ]  # fmt: skip
    return Shown([programme.words.part, *_labels(programme.unit), "状态", "情况", "来源"], lines)


def _where(row: Cell) -> str:
    """微信接收/包场.xlsx!Sheet1!E5"""
    return "!".join(filter(None, (row.file, row.sheet, row.cell))) or DASH


def _labels(unit: str) -> list[str]:
    return [f"目标（{unit}）", f"完成（{unit}）", "完成率", _POINTS, "本周新增", "平均每周完成", "每周需完成"]


def _measures(row: Completion) -> list[str]:
    return [
        thousands(row.target), thousands(row.done), percent(row.rate), points(row.gap), thousands(row.added),
        thousands(row.achieved_per_week), thousands(row.needed_per_week),
    ]  # fmt: skip
