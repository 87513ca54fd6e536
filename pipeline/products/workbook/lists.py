"""What the sheets behind the form contain: one plain list each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.params import Programme, Week
from pipeline.printing import percent
from pipeline.products.layout import Origins, short_date, week_number
from pipeline.records import (
    COMPLETION,
    KINDS,
    Completion,
    Key,
    Kind,
    Progress,
    Reporting,
    Scope,
    Submissions,
)
from pipeline.rules import FINDINGS, Finding
from pipeline.tables import Tables


@dataclass(frozen=True)
class Listing:
    """One sheet: its name, a note, the heading, the rows. widest, printed: see `layout.write_list`."""

    name: str
    note: str
    head: list[str]
    lines: list[list[Any]]
    widest: int = 46
    printed: int | None = None


def contents(
    programme: Programme,
    week: Week,
    tables: Tables,
    reporting: Sequence[Reporting],
    sources: Origins,
    check_code: str,
    is_final: bool,
) -> Iterable[Listing]:
    """Every sheet behind the form."""
    groups = _groups(tables.completion)
    yield _towns(programme, groups)
    yield _villages(programme, groups, tables.progress)
    yield _findings(programme, tables.findings)
    yield _reporting(programme, tables.submissions, reporting)
    yield _trace(programme, tables.progress, sources)
    yield _explanation(programme, week, check_code, is_final)


Group = dict[str, Completion]  # the rows of one place, by kind


def _groups(completion: Sequence[Completion]) -> dict[tuple[Scope, str, str], Group]:
    groups: dict[tuple[Scope, str, str], Group] = {}
    for row in completion:
        groups.setdefault((row.scope, row.town, row.village), {})[row.kind] = row
    return groups


_MEASURES = ("target", "done", "rate")
_DETAILS = ("added", "gap", "remaining")
_PACE = ("achieved_per_week", "needed_per_week", "expected")
_BREAKS = {"added": 2, "achieved_per_week": 4, "needed_per_week": 2, "expected": 2}  # signs on a heading's first line


def _measure_heading(unit: str) -> list[str]:
    """The measures of a place, each with the unit of its numbers; narrow, since all are to stand on one page."""
    labels = (f"目标（{unit}）", f"完成（{unit}）", "完成率（%）")
    kinds = [f"{kind}\n{label}" for kind in (*KINDS, Kind.TOTAL) for label in labels]
    return [*kinds, *(_heading(name, unit) for name in _DETAILS)]


def _heading(name: str, unit: str) -> str:
    """The label of a measure, broken, with the unit of its numbers; that of the gap says 百分点 already."""
    units = {
        "added": f"（{unit}）", "remaining": f"（{unit}）", "expected": "（%）",
        "achieved_per_week": f"（{unit}/周）", "needed_per_week": f"（{unit}/周）",
    }  # fmt: skip
    label, signs = COMPLETION.labels[name].label, _BREAKS.get(name, 0)
    return f"{label[:signs]}\n{label[signs:]}{units.get(name, '')}".lstrip()


def _measures(group: Group) -> list[Any]:
    kinds = [getattr(group[kind], name) for kind in (*KINDS, Kind.TOTAL) for name in _MEASURES]
    return [*kinds, *(getattr(group[Kind.TOTAL], name) for name in _DETAILS)]


def _pace(group: Group) -> list[Any]:
    return [getattr(group[Kind.TOTAL], name) for name in _PACE]


def _towns(programme: Programme, groups: Mapping[tuple[Scope, str, str], Group]) -> Listing:
    """One row a town, then the district's. 序时进度, the same in all rows, is printed in the note only."""
    unit, words = programme.unit, programme.words
    achieved, needed, expected = (_heading(name, unit) for name in _PACE)
    head = ["位次", words.member, "村数（个）", *_measure_heading(unit), achieved, needed, "状态", expected]
    counts = {town: sum(village.count for village in of.villages) for town, of in programme.towns.items()}
    places = [
        *((Scope.TOWN, town, count) for town, count in counts.items()),
        (Scope.DISTRICT, "", sum(counts.values())),
    ]
    lines = []
    for scope, town, villages in places:
        group = groups[scope, town, ""]
        whole = group[Kind.TOTAL]
        *pace, schedule = _pace(group)
        lines.append([whole.rank, town or words.whole, villages, *_measures(group), *pace, whole.state, schedule])
    note = f"{_schedule(groups)}较序时＝完成率－序时进度；位次按合计完成率，本周没有可用的数的{words.member}不排名；空格表示没有任务或暂缺。"
    return Listing(f"{words.by_member}汇总", note, head, lines, printed=len(head) - 1)


def _villages(
    programme: Programme, groups: Mapping[tuple[Scope, str, str], Group], progress: Sequence[Progress]
) -> Listing:
    """One row a village. Pace and 备注 are for the screen: with them the paper would need a smaller type."""
    unit, words = programme.unit, programme.words
    head = [words.member, "整村\n推进村", "级别", *_measure_heading(unit), "状态", *(f"{kind}\n数据" for kind in KINDS)]
    for_screen = [*(_heading(name, unit) for name in _PACE), "备注"]
    status = {row.key: row.status.label for row in progress}
    remarks = {(row.town, row.village): row.remark for row in progress}
    lines = []
    for town, village in programme.villages:
        group = groups[Scope.VILLAGE, town, village.name]
        place, remark = [town, village.name, village.tier], remarks[town, village.name]
        data = [status[Key(town, village.name, kind)] for kind in KINDS]
        lines.append([*place, *_measures(group), group[Kind.TOTAL].state, *data, *_pace(group), remark])
    note = f"{_schedule(groups)}每行{words.many_parts('一') if words.of_offices else '一个整村推进村'}；“沿用”指本周数未采用，取上次累计数。数据之后的各列不打印。"
    return Listing(f"{words.by_part}明细", note, [*head, *for_screen], lines, printed=len(head))


def _schedule(groups: Mapping[tuple[Scope, str, str], Group]) -> str:
    return f"序时进度{percent(groups[Scope.DISTRICT, '', ''][Kind.TOTAL].expected)}。"


def _findings(programme: Programme, findings: Sequence[Finding]) -> Listing:
    spoken = programme.words.spoken
    names = ("town", "village", "kind", "message", "file", "sheet", "cell", "raw")
    head = ["级别", "规则", *(spoken(FINDINGS.labels[name].label) for name in names)]
    lines = [[row.level.label, spoken(row.rule.label), *(getattr(row, name) for name in names)] for row in findings]
    note = "退回、待裁定：该数未采用；待说明、提示：已采用。说明之后的各列不打印，是原表位置，便于电话核对。"
    return Listing("数据问题清单", note, head, lines, widest=84, printed=6)


def _reporting(programme: Programme, submissions: Submissions, reporting: Sequence[Reporting]) -> Listing:
    """A town's states week by week, with its file; under them the further files with their state of this week."""
    weeks = list(dict.fromkeys(row.week for row in reporting))
    status = {(row.town, row.week): row.status.label for row in reporting}
    numbered = (f"第{week_number(programme, week)}周\n{short_date(week)}" for week in weeks)
    head = [programme.words.member, *numbered, "本周文件", "文件指纹（SHA-256）"]
    before = [""] * (len(weeks) - 1)
    lines = [
        [row.town, *(status.get((row.town, week), "") for week in weeks), row.file, row.sha256]
        for row in submissions.towns
    ]
    lines += [
        [row.town or "（无法确定）", *before, row.status.label, row.file, row.sha256] for row in submissions.further
    ]
    member = programme.words.member
    note = f"每个{member}一行；同一{member}的其他文件列在后面。文件指纹不打印。"
    return Listing("报送情况", note, head, lines, printed=len(head) - 1)


def _trace(programme: Programme, progress: Sequence[Progress], sources: Origins) -> Listing:
    head = [programme.words.member, "整村推进村", "类别", f"完成数（{programme.unit}）", "情况", "报送周（截至）", "文件", "工作表",
            "单元格", "原文", "依据", "文件指纹"]  # fmt: skip
    names = ("week", "file", "sheet", "cell", "raw", "grounds", "sha256")
    lines = [
        [*row.key, row.done, row.status.label, *(getattr(sources[row.key], name) for name in names)]
        for row in progress
    ]  # fmt: skip
    note = "各表中的完成数都是下列各数或其相加。文件在 data/raw/报送周/ 下；文件指纹不打印。"
    return Listing("溯源", note, head, lines, widest=28, printed=len(head) - 1)


def _explanation(programme: Programme, week: Week, check_code: str, is_final: bool) -> Listing:
    schedule, lights, words = programme.schedule, programme.lights, programme.words
    lines = [
        ["状态", "定稿" if is_final else "初稿（有未了结的问题，见数据问题清单）"],
        ["校验码", check_code],
        ["依据", programme.document],
        ["统计单位", f"{programme.unit}（户、座、个按同一单位统计）"],
        ["完成率", "完成数之和÷目标数之和；超过100%如实列出；未全部完成的不进位为100%"],
        ["序时进度", f"{schedule.start:%Y-%m-%d} 至 {schedule.end:%Y-%m-%d} 按天均匀计算（首尾两天都算）"
         + "".join(f"；{day} 应达 {percent(share)}" for day, share in sorted(schedule.milestones.items()))],
        ["状态用语", f"较序时高于 {-lights.behind} 个百分点为超序时，低于 {lights.behind} 为慢序时，低于 {lights.far_behind} 为严重滞后"],
        ["尚缺", f"各{words.item}各类未完成数之和；{words.many_parts('一')}超额不抵另{words.many_parts('一')}的欠账"],
        ["沿用的数", f"在报送周的书面决定，用 python -m pipeline trace 报送周 {words.member} {words.part} 查"],
        ["平均每周完成", f"最近四个有报送的周的平均每周完成数；存档不足四周的按已有的周，任务{words.piece}有增减的从增减后算起"],
        *(["书面决定", "　".join(filter(None, (decision.label, decision.town, f"{decision.village}{decision.kind}",
                                           f"《{decision.file}》" if decision.file else "", decision.signature)))] for decision in week.decisions),
    ]  # fmt: skip
    note = "各表用语和计算口径；本工作簿由程序生成，数值均可在“溯源”表查到来源。"
    return Listing("说明", note, ["项目", "说明"], lines, widest=100)
