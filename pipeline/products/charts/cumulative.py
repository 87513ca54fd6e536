"""累计曲线: is the district on its way? Its cumulative rate week by week against 序时进度, 新建 beside 整改, and the path
that is required from now to the end of the schedule.

There is no run-out to a finish date: on simulated seasons it was off by weeks. The pace that is needed
stands beside the pace of the last four reported weeks instead.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

from matplotlib.figure import Figure

from pipeline.params import Programme
from pipeline.printing import month_day, percent, points, thousands
from pipeline.products.charts.curves import Panel
from pipeline.products.charts.standing import Standing
from pipeline.products.charts.style import BLUE, GREY, INK, Part, Sheet, rates_top
from pipeline.products.charts.tones import is_overdue, tone_of
from pipeline.products.charts.words import OLD
from pipeline.products.sentences import mean, slower
from pipeline.records import KINDS, NO_TASK, Completion, Kind, Light, Scope

_PANELS = (80, 686)  # left edges


def cumulative(season: Sequence[Completion], programme: Programme, week: dt.date) -> Figure:
    """completion of all weeks up to this one -> two curves of the district."""
    series = {kind: [row for row in season if row.scope == Scope.DISTRICT and row.kind == kind] for kind in KINDS}
    now = {kind: series[kind][-1] for kind in KINDS}
    carried = {(row.kind, row.week) for row in season if row.scope == Scope.VILLAGE and row.light == Light.NOT_REPORTED}
    sheet = Sheet(programme)
    title = _title(list(now.values()), programme)
    of_towns = Standing.of((row for row in season if row.week == week.isoformat()), Scope.TOWN, programme)
    sheet.head(_marked(title, of_towns), _legend(now, programme, bool(carried)))
    top = rates_top([row.rate for listed in series.values() for row in listed])
    achieved = mean(programme.schedule.numbers(row.week for row in season))
    for left, kind in zip(_PANELS, KINDS, strict=True):
        panel = Panel(sheet, left, top, programme.schedule, week)
        color = tone_of(now[kind], programme.lights).letters
        panel.heading(kind, _standing(now[kind], programme), color, _pace(now[kind], programme.unit, achieved))
        if now[kind].target:
            _draw(panel, [row for row in series[kind] if row.rate is not None], now[kind], programme.unit, carried)
    sheet.foot(week, _caveats(list(now.values()), programme))
    return sheet.figure


def _draw(panel: Panel, known: Sequence[Completion], now: Completion, unit: str, carried: set[tuple[str, str]]) -> None:
    """known: the weeks with a rate. carried: (kind, week) of which some figure was an older one."""
    panel.axes(f"目标 {thousands(now.target)} {unit}")
    asked = _asked(now, unit)
    if asked:
        panel.required(now.known_rate)
    panel.curve(known, carried)
    if known:
        panel.value(known[-1])
    if asked:
        panel.asked(now.known_rate, asked)


# ---- words -----------------------------------------------------------------------------------------------------


def _title(now: Sequence[Completion], programme: Programme) -> str:
    unit, tasks = programme.unit, [row for row in now if row.target]
    if not tasks:
        return "本年度没有新建、整改任务"
    if all(row.is_carried for row in tasks):
        return OLD
    parts = {row.kind: _judged(row) for row in tasks}
    judged = list(dict.fromkeys(parts.values()))
    if len(judged) == 1:
        standing = f"{'、'.join(parts)}{'都' if len(parts) > 1 else ''}{judged[0]}"
    else:
        standing = "，".join(f"{kind}{word}" for kind, word in parts.items())
    slow = [row for row in tasks if row.is_behind and row.needed_per_week is not None]
    asked = [f"今后每周需完成{'、'.join(f'{row.kind}{thousands(row.needed_per_week)}{unit}' for row in slow)}"]
    late = [row for row in tasks if row.is_judged and is_overdue(row)]
    lacking = [f"尚缺{'、'.join(f'{row.kind}{thousands(row.remaining)}{unit}' for row in late)}"]
    return "；".join([f"{programme.words.whole}{standing}", *(asked if slow else []), *(lacking if late else [])])


def _judged(row: Completion) -> str:
    if row.rate is None:
        return "缺数，暂不算完成率"
    if row.light is Light.NOT_REPORTED:
        return "没有可用的本周数"
    if row.light is Light.FINISHED:
        return "已完成"
    if is_overdue(row):
        return "到期未完成"
    if row.is_behind:
        return "落后序时进度"
    return "达到序时进度" if row.keeps_schedule else "按序时进度推进"


def _marked(title: str, towns: Standing) -> str:
    """The title, and which towns' figures in it are old; those that lack one leave the district without a rate."""
    old = [row for row in towns.tasks if row.is_carried or row in towns.partly]
    return f"{title}（{towns.named(old)}含沿用的数）" if towns.judged and old else title


def _legend(now: Mapping[Kind, Completion], programme: Programme, has_carried: bool) -> list[Part]:
    schedule = programme.schedule
    expected = next((row.expected for row in now.values() if row.expected is not None), None)
    if expected is None:
        return []
    span = f"{month_day(schedule.start)}—{month_day(schedule.end)}"
    shape = "按节点" if schedule.milestones else "匀速"
    return [
        (f"{programme.words.whole}累计完成数占目标任务的比例。", GREY),
        ("● 实际", BLUE),
        *([("○ 实际，含沿用的数", BLUE)] if has_carried else []),
        (f"— 序时进度{f' {percent(expected)}' if expected < 1 else ''}（{span}{shape}）", GREY),
        *([("- - 按期完成今后所需", INK)] if any(row.needed_per_week for row in now.values()) else []),
    ]


def _standing(row: Completion, programme: Programme) -> str:
    """What the panel says."""
    unit = programme.unit
    if not row.target:
        return NO_TASK
    if row.rate is None:
        return f"有{programme.words.part}还没有可用的数，不算完成率"
    if row.remaining == 0:
        return "目标任务已完成"
    if is_overdue(row):
        return f"已到期，尚缺 {thousands(row.remaining)} {unit}"
    ahead = row.lead or 0
    words = f"多 {thousands(ahead)} {unit}" if ahead > 0 else f"少 {thousands(-ahead)} {unit}" if ahead else "相同"
    return f"比序时进度{words}（较序时 {points(row.gap)} 个百分点）"


def _pace(row: Completion, unit: str, achieved: str) -> str:
    """What stands below: the counts, and the pace."""
    if row.rate is None:
        return ""
    counts = f"完成 {thousands(row.done)} {unit}，目标 {thousands(row.target)} {unit}"
    if row.needed_per_week is None or not row.remaining:
        return counts
    lacking = f"应完成 {thousands(row.due)} {unit}，尚缺 {thousands(row.remaining)} {unit}"
    past = "" if row.achieved_per_week is None else f"，{achieved} {thousands(row.achieved_per_week)} {unit}"
    return f"{lacking}；每周需完成 {thousands(row.needed_per_week)} {unit}{past}"


def _asked(row: Completion, unit: str) -> str:
    """What the required path asks; "" where none is left, or what is lacking hides behind another's surplus."""
    if not row.needed_per_week or row.known_rate >= 1:
        return ""
    return f"今后周均需 {thousands(row.needed_per_week)} {unit}"


def _caveats(now: Sequence[Completion], programme: Programme) -> list[str]:
    known = [row for row in now if row.rate is not None]
    limit = [f"落后：{slower(programme)}。"] if known and not any(map(is_overdue, known)) else []
    return [f"累计数为各{programme.words.item}之和，照实显示，超额不抵补别处的尚缺。", *limit]
