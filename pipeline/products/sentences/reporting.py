"""Who has reported, who has not, and what then stands in the sums."""

import datetime as dt

from pipeline.printing import month_day
from pipeline.products.sentences.story import Story
from pipeline.records import INCOMPLETE, NOT_USED, Sent, Status


def reporting(story: Story) -> list[str]:
    """应报9个区镇，已报6个；退回2个：临江镇、三星镇，暂按截至5月19日的累计数计入；未报1个：悦来镇，缺数。"""
    roll = story.roll
    if not roll.expected:
        return [f"本年度没有{story.words.member}需要报送。"]
    reported = len(roll.by_state[Sent.RECEIVED])
    if reported == roll.expected:
        every = f"应报的{story.words.member}已" if reported == 1 else story.words.many(reported)
        return [f"{every}全部报送。", *_waiting(story)]
    others = [f"{words}：{_named(story, state)}" for words, state in roll.counted("个") if state is not Sent.RECEIVED]
    return [
        f"应报{story.words.many(roll.expected)}，{Sent.RECEIVED.label}{reported}个；{'；'.join(others)}。",
        *_waiting(story),
    ]


def _named(story: Story, state: Sent) -> str:
    """The towns of a state, together where the same stands for them."""
    if state not in NOT_USED:
        return story.listed(story.roll.by_state[state])
    entered, by_stand = story.entered(state), dict[str, list[str]]()
    for town in story.roll.by_state[state]:
        stand = "已按书面决定录入" if town in entered else stands_for(story, town)
        by_stand.setdefault(stand, []).append(town)
    return "，".join(
        f"{story.listed(towns)}{'，' if len(by_stand) == 1 else ''}{stand}" for stand, towns in by_stand.items()
    )


def stands_for(story: Story, town: str) -> str:
    """What is counted of a town of which nothing of this week can be used: 暂按截至5月19日的累计数计入."""
    figures = story.figures(town)
    days = {story.reported.get(row.key, "") for row in figures if row.done is not None}
    if not days:
        return INCOMPLETE if story.programme.carry else "合计不含其数"
    since = f"截至{month_day(dt.date.fromisoformat(*days))}的" if len(days) == 1 and "" not in days else "上次"
    lacking = f"（有{story.words.part}{INCOMPLETE}）" if any(row.done is None for row in figures) else ""
    return f"暂按{since}累计数计入{lacking}"


def _waiting(story: Story) -> list[str]:
    """个别数待核：甲镇2处（沿用）、乙镇1处（缺数）。"""
    named = []
    for town, rows in story.waiting.items():
        states = dict.fromkeys(INCOMPLETE if row.done is None else Status.CARRIED.label for row in rows)
        named.append(f"{town}{len(rows)}处（{'、'.join(states)}）")
    return [f"个别数待核：{story.listed(named)}。"] if named else []
