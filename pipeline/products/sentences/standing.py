"""Who leads, who is behind, who has not finished in time, who has stalled."""

from collections.abc import Sequence

from pipeline.printing import percent, thousands
from pipeline.products.sentences.lagging import Lag, lags
from pipeline.products.sentences.story import Story
from pipeline.products.sentences.wording import MOST_NAMES, MOST_PLACES, slower
from pipeline.records import INCOMPLETE, Completion, Light, Status


def leading(story: Story) -> list[str]:
    """The fastest of those that are ahead of 序时进度 in every kind, by figures that are all of this week; none of several
    with the same rate is left out. One town alone leads nobody; that one with a carried figure may be faster is said."""
    if len(story.towns) < 2:
        return []
    if all(row.light is Light.FINISHED for row in story.towns):
        return [] if story.waiting else [f"{story.words.each}都已完成目标任务。"]
    slow = {lag.town for lag in lags(story)}
    fast = [row for row in story.judged if row.light in (Light.AHEAD, Light.FINISHED) and row.town not in slow]
    ahead = sorted((row for row in fast if row.town not in story.waiting), key=lambda row: row.by_rate)
    among = f"本周数据齐全的{story.words.member}中，" if len(ahead) < len(fast) else ""
    if story.is_over:
        finished = [row.town for row in ahead if row.light is Light.FINISHED]
        return [f"{among}已完成目标任务的有：{story.listed(finished)}。"] if finished else []
    fastest = [row for row in ahead if row.known_rate >= ahead[:MOST_NAMES][-1].known_rate]
    if len(fastest) > MOST_PLACES:
        return [f"{among}进度较快的有{fastest[0].town}等{story.words.many(len(fastest))}。"]
    rated = "、".join(f"{row.town}（{percent(row.rate)}，{row.light}）" for row in fastest)
    return [f"{among}进度较快的有：{rated}。"] if fastest else []


def behind(story: Story) -> list[str]:
    """Which towns are behind, by 合计 or by one kind, and which are by the figures that are carried for them."""
    if story.is_over:
        return overdue(story)
    found = lags(story)
    if not found:
        return _none_behind(story)
    slow = slower(story.programme)
    groups = (
        (slow, [lag for lag in found if lag.is_whole and not lag.is_old]),
        (f"单项{slow}", [lag for lag in found if not lag.is_whole and not lag.is_old]),
        (f"沿用上次累计数、也{slow}", [lag for lag in found if lag.is_old]),
    )
    return [_slow(words, group, story) for words, group in groups if group]


def _slow(slow: str, found: Sequence[Lag], story: Story) -> str:
    """慢于序时进度超过1个百分点的有：包场镇（19.22%，严重滞后）、…"""
    idle = "或未开工" if any(lag.row.done == 0 for lag in found) else ""
    rated = "、".join(lag.words for lag in found[:MOST_PLACES])
    if len(found) > MOST_PLACES:
        many = story.words.many(len({lag.town for lag in found}))
        return f"{slow}{idle}的有{many}，最低的{MOST_PLACES}个是：{rated}。"
    return f"{slow}{idle}的有：{rated}。"


def _none_behind(story: Story) -> list[str]:
    """Of the towns of which every figure is this week's, if some are not; nothing where all have finished."""
    whole = [row for row in story.judged if row.town not in story.waiting]
    if not whole or all(row.light is Light.FINISHED for row in story.towns):
        return []
    among = "" if len(whole) == len(story.towns) else f"本周数据齐全的{story.words.many(len(whole))}中，"
    return [f"{among}没有{story.words.member}{slower(story.programme)}。"]


def overdue(story: Story) -> list[str]:
    """After the end of the schedule: who has not finished, and what is lacking."""
    named = [f"{row.town}（{_lacking(row, story)}）" for row in story.unfinished]
    return [f"已到期，仍未完成的有：{story.listed(named)}。"] if named else []


def _lacking(row: Completion, story: Story) -> str:
    """尚缺7座, 尚缺7座，沿用, 缺数"""
    if row.remaining is None:
        return INCOMPLETE
    carried = (
        [Status.CARRIED.label] if row.is_carried else [f"含{Status.CARRIED.label}"] if story.borrowed(row.town) else []
    )
    return "，".join([f"尚缺{thousands(row.remaining)}{story.programme.unit}", *carried])


def stalled(story: Story) -> list[str]:
    """Who has reported no growth twice in a row."""
    named = stalled_towns(story)
    return [f"{'连续两周' if story.is_next else '最近两次报送'}无进展的有：{story.listed(named)}。"] if named else []


def stalled_towns(story: Story) -> list[str]:
    """Towns that have reported no growth twice in a row; one with a carried figure has not reported all of it."""
    whole = [row for row in story.judged if not story.borrowed(row.town)]
    return [row.town for row in whole if _has_stalled(row, story.town_before(row.town))]


def _has_stalled(now: Completion, before: Completion | None) -> bool:
    return before is not None and now.light is not Light.FINISHED and now.added == 0 and before.added == 0
