"""The week itself: done against target and 序时进度, and all its sentences together."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from pipeline.params import Programme
from pipeline.printing import month_day, percent, thousands
from pipeline.products.sentences.growth import against_last_week, growth
from pipeline.products.sentences.reporting import reporting
from pipeline.products.sentences.standing import behind, leading, stalled
from pipeline.products.sentences.story import Story
from pipeline.products.sentences.tiers import tiers
from pipeline.products.sentences.wording import against_schedule
from pipeline.records import KINDS, Completion, Status
from pipeline.rules import Finding, Level


def title(programme: Programme, week: dt.date, is_final: bool) -> str:
    """第8周（截至2023年5月26日） 定稿"""
    number = programme.schedule.week_number(week)
    return f"第{number}周（截至{week.year}年{month_day(week)}）　{'定稿' if is_final else '初稿'}"


def district(story: Story) -> str:
    """Done, share of the target, against 序时进度, 新建 and 整改; 本周新增."""
    whole, unit, words = story.district(), story.programme.unit, story.words
    until = f"截至{month_day(story.week)}，"
    if not whole.target:
        return f"{until}本年度没有整村推进任务。"
    if whole.done is None:
        return f"{until}{words.whole}目标任务{thousands(whole.target)}{unit}，还没有可用的完成数。"
    text = f"{until}{words.whole}{story.village_count}个整村推进村累计完成户厕改造{thousands(whole.done)}{unit}"
    grown = f"{added}{against_last_week(story)}。" if (added := growth(story)) else ""
    if whole.rate is None:
        return f"{text}（有{words.part}缺数，暂不计算完成率）。{grown}"
    return f"{text}，占目标任务的{percent(whole.rate)}，{_standing(story, whole)}{_kinds(story)}。{grown}"


def _standing(story: Story, whole: Completion) -> str:
    """低于序时进度（30.60%）0.41个百分点; after the end of the schedule what is lacking."""
    if story.is_over:
        lacking = f"已到期，尚缺{thousands(whole.remaining)}{story.programme.unit}"
        return lacking if whole.remaining else "已全部完成"
    return against_schedule(whole)


def _kinds(story: Story) -> str:
    """；其中新建810座（29.24%，慢序时）、整改553座（31.69%） — of the kinds that have a task; 慢序时 is said where the whole is not."""
    tasks = [row for row in map(story.district, KINDS) if row.target]
    if len(tasks) < 2:
        return ""
    is_hidden = not (story.district().is_behind or story.is_over)
    words = "、".join(_kind(row, story.programme.unit, is_hidden) for row in tasks)
    return f"；其中{words}"


def _kind(row: Completion, unit: str, is_hidden: bool) -> str:
    state = Status.CARRIED.label if row.is_carried else row.light if row.is_behind and is_hidden else ""
    rate = "，".join(filter(None, (percent(row.rate), state)))
    return f"{row.kind}{thousands(row.done)}{unit}（{rate}）"


def open_findings(findings: Sequence[Finding]) -> str:
    """How many questions are open."""
    counts = Counter(row.level for row in findings)
    waiting = counts[Level.REJECT] + counts[Level.HOLD]
    open_ = f"待处理的数据问题{waiting}处" if waiting else "没有待处理的数据问题"
    return f"{open_}；待说明{counts[Level.QUERY]}处，提示{counts[Level.NOTE]}处。"


def paragraph(story: Story) -> str:
    """The week in one paragraph, to paste into a 通报."""
    return "".join(
        [district(story), *tiers(story), *leading(story), *behind(story), *stalled(story), *reporting(story)]
    )


def lines(story: Story, findings: Sequence[Finding], is_final: bool) -> Sequence[str]:
    """本周要点, one sentence a line."""
    return [
        title(story.programme, story.week, is_final),
        district(story),
        *tiers(story),
        *leading(story),
        *behind(story),
        *stalled(story),
        *reporting(story),
        open_findings(findings),
    ]
