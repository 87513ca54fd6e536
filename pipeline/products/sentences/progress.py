"""The week itself: done against target and 序时进度, who leads, who is behind, who has not reported."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from pipeline.params import Programme
from pipeline.printing import month_day, percent
from pipeline.products.sentences.story import Story
from pipeline.products.sentences.wording import MOST_NAMES, MOST_PLACES, caught_up, grown, listed, rated, slower
from pipeline.records import KINDS, NOT_USED, Completion, Light, Sent
from pipeline.rules import Finding, Level


def title(programme: Programme, week: dt.date, is_final: bool) -> str:
    """第8周（截至2023年5月26日） 定稿"""
    number = programme.schedule.week_number(week)
    return f"第{number}周（截至{week.year}年{month_day(week)}）　{'定稿' if is_final else '初稿'}"


def district(story: Story) -> str:
    """Done, share of the target, 新建 and 整改, against 序时进度, 本周新增."""
    whole, unit = story.district(), story.programme.unit
    until = f"截至{month_day(story.week)}，"
    if not whole.target:
        return f"{until}本年度没有整村推进任务。"
    if whole.done is None:
        return f"{until}全区目标任务{whole.target}{unit}，还没有可用的完成数。"
    text = f"{until}全区{len(story.programme.villages)}个整村推进村累计完成户厕改造{whole.done}{unit}"
    growth = None if whole.added is None else grown(whole.added, unit)
    added = f"，{story.since}{growth}{caught_up(story.caught_up)}" if growth else ""
    if whole.rate is None:
        return f"{text}{added}（有村缺数，暂不计算完成率）。"
    share = f"，占目标任务的{percent(whole.rate)}，{_kinds(story)}"
    return f"{text}{share}{_against_schedule(whole)}{added}。"


def _kinds(story: Story) -> str:
    """其中新建810座（29.24%）、整改553座（31.69%）， — of the kinds that have a task."""
    tasks = [row for row in map(story.district, KINDS) if row.target]
    kinds = "、".join(f"{row.kind}{row.done}{story.programme.unit}（{percent(row.rate)}）" for row in tasks)
    return f"其中{kinds}，" if len(tasks) > 1 else ""


def _against_schedule(whole: Completion) -> str:
    """低于序时进度（30.60%）0.41个百分点"""
    due = f"序时进度（{percent(whole.expected)}）"
    if not whole.gap:
        return f"与{due}持平"
    return f"{'高于' if whole.gap > 0 else '低于'}{due}{abs(whole.gap)}个百分点"


def leading(story: Story) -> list[str]:
    """The fastest of those that are ahead of 序时进度; none of several with the same rate is left out."""
    if story.judged and all(row.light is Light.FINISHED for row in story.towns):
        return ["各区镇都已完成目标任务。"]
    ahead = sorted(
        (row for row in story.judged if row.light in (Light.AHEAD, Light.FINISHED)), key=lambda row: row.by_rate
    )
    fastest = [row for row in ahead if row.known_rate >= ahead[:MOST_NAMES][-1].known_rate]
    if len(fastest) > MOST_PLACES:
        return [f"进度较快的有{fastest[0].town}等{len(fastest)}个区镇。"]
    return [f"进度较快的有：{rated(fastest)}。"] if fastest else []


def behind(story: Story) -> list[str]:
    """Which towns are behind; of a town without figures of this week nothing is said."""
    if story.is_over:
        return overdue(story)
    slow = slower(story.programme)
    idle = "或未开工" if any(row.light is Light.NOT_STARTED for row in story.behind) else ""
    if len(story.behind) > MOST_PLACES:
        lowest = rated(story.behind[:MOST_PLACES])
        return [f"{slow}{idle}的有{len(story.behind)}个区镇，最低的{MOST_PLACES}个是：{lowest}。"]
    if story.behind:
        return [f"{slow}{idle}的有：{rated(story.behind)}。"]
    if not story.judged or len(story.judged) == sum(row.light is Light.FINISHED for row in story.towns):
        return []
    among = "" if len(story.judged) == len(story.towns) else f"有本周数据的{len(story.judged)}个区镇中，"
    return [f"{among}没有区镇{slow}。"]


def overdue(story: Story) -> list[str]:
    """After the end of the schedule: who has not finished, and what is lacking."""
    unit = story.programme.unit
    lacking = {row.town: row.remaining for row in story.unfinished}
    named = [f"{town}（{'缺数' if count is None else f'尚缺{count}{unit}'}）" for town, count in lacking.items()]
    return [f"已到期，仍未完成的有：{listed(named)}。"] if named else []


def stalled(story: Story) -> list[str]:
    """Towns that have reported no growth twice in a row."""
    whole = [row for row in story.judged if not story.borrowed(row.town)]
    named = [row.town for row in whole if _has_stalled(row, story.town_before(row.town))]
    return [f"{'连续两周' if story.is_next else '最近两次报送'}无进展的有：{listed(named)}。"] if named else []


def _has_stalled(now: Completion, before: Completion | None) -> bool:
    return before is not None and now.light is not Light.FINISHED and now.added == 0 and before.added == 0


def reporting(story: Story) -> list[str]:
    """How many have reported; who has not, and what then stands in the sums."""
    roll = story.roll
    if not roll.expected:
        return ["本年度没有区镇需要报送。"]
    counts = "，".join(words for words, _ in roll.counted("个"))
    return [f"应报{roll.expected}个区镇，{counts}。", *_unreported(story)]


def _unreported(story: Story) -> list[str]:
    """迟报：甲镇。未报：三厂街道、正余镇，合计沿用上次累计数。"""
    carried = "，合计沿用上次累计数（没有的暂缺）" if story.programme.carry else "，合计不含其数"
    by_status = {Sent.LATE: "", **dict.fromkeys(NOT_USED, carried)}
    sentences = [
        f"{status.label}：{listed(towns)}{what_counts}。"
        for status, what_counts in by_status.items()
        if (towns := story.of_status(status))
    ]
    entered = [
        f"{status.label}、按书面决定录入：{listed(towns)}。" for status in NOT_USED if (towns := story.entered(status))
    ]
    return [*sentences, *entered, *_borrowed(story)]


def _borrowed(story: Story) -> list[str]:
    """Towns whose 合计 is of this week but for some figures."""
    counts = {row.town: len(story.borrowed(row.town)) for row in story.judged}
    named = [f"{town}{count}处" for town, count in counts.items() if count]
    return [f"个别数未采用、沿用上次累计数的有：{listed(named)}。"] if named else []


def open_findings(findings: Sequence[Finding]) -> str:
    """How many questions are open."""
    counts = Counter(row.level for row in findings)
    if counts[Level.REJECT] or counts[Level.HOLD]:
        open_ = "，".join(f"{level.label}{counts[level]}处" for level in (Level.REJECT, Level.HOLD) if counts[level])
        return f"待处理：{open_}；涉及的数本周未采用。"
    return f"没有退回和待裁定的问题；待说明{counts[Level.QUERY]}处，提示{counts[Level.NOTE]}处。"


def paragraph(story: Story) -> str:
    """The week in one paragraph, to paste into a 通报."""
    return "".join([district(story), *leading(story), *behind(story), *stalled(story), *reporting(story)])


def lines(story: Story, findings: Sequence[Finding], is_final: bool) -> Sequence[str]:
    """本周要点, one sentence a line."""
    return [
        title(story.programme, story.week, is_final),
        district(story),
        *leading(story),
        *behind(story),
        *stalled(story),
        *reporting(story),
        open_findings(findings),
    ]
