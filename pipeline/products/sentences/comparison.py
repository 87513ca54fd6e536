"""What has changed since the last recorded week: growth, the district's standing, ranks, lights."""

from decimal import Decimal

from pipeline.printing import percent
from pipeline.products.sentences.growth import growth, growth_before
from pipeline.products.sentences.story import Story
from pipeline.products.sentences.wording import listed
from pipeline.records import Completion, Kind, Status


def compared(story: Story) -> list[str]:
    """What has changed since the last recorded week: growth, the district's standing, ranks, lights."""
    if not story.before:
        return ["首次存档，没有以前的周可比。"]
    return [_growth(story), *_standing(story), *_ranks(story), *_lights(story)]


def compared_with(story: Story) -> str:
    """What the comparison is headed."""
    return "与上周相比" if story.is_next else f"与第{story.before_number}周相比"


def _growth(story: Story) -> str:
    now, before = growth(story), growth_before(story)
    number = story.before_number
    is_first = not story.earlier and number != 1
    unknown = f"第{number}周{'为首次存档，没有新增数可比' if is_first else '没有可用的新增数'}"
    return f"{now or f'{story.since}没有可用的新增数'}，{before or unknown}。"


def _standing(story: Story) -> list[str]:
    """全区完成率由26.78%升至29.70%，由与序时进度持平转为低0.90个百分点。 After the end the rate only: all of it is due."""
    now, before = story.district(), story.district_before
    if before is None or now.rate is None or before.rate is None or not now.is_judged:
        return []
    carried = f"（含{Status.CARRIED.label}的累计数）" if any(map(story.borrowed, story.programme.towns)) else ""
    rate = f"{story.words.whole}完成率{_moved(before.rate, now.rate)}{carried}"
    if story.is_over or now.gap is None or before.gap is None:
        return [f"{rate}。"]
    return [f"{rate}，{_gap_moved(before.gap, now.gap)}。"]


def _moved(before: Decimal, now: Decimal) -> str:
    """由26.78%升至29.70%"""
    if now == before:
        return f"仍为{percent(now)}"
    return f"由{percent(before)}{'升至' if now > before else '降至'}{percent(now)}"


def _gap_moved(before: Decimal, now: Decimal) -> str:
    """由与序时进度持平转为低0.90个百分点; 低于序时进度由1.04个百分点扩大到2.10个百分点"""
    if now == before:
        return f"仍{_from_schedule(now)}"
    if before * now <= 0:
        return f"由{_from_schedule(before)}转为{_side(now)}"
    way = "扩大到" if abs(now) > abs(before) else "缩小到"
    return f"{'高' if now > 0 else '低'}于序时进度由{abs(before)}个百分点{way}{abs(now)}个百分点"


def _from_schedule(gap: Decimal) -> str:
    return f"{'高' if gap > 0 else '低'}于序时进度{abs(gap)}个百分点" if gap else "与序时进度持平"


def _side(gap: Decimal) -> str:
    return f"{'高' if gap > 0 else '低'}{abs(gap)}个百分点" if gap else "持平"


def _ranks(story: Story) -> list[str]:
    """三星镇由第5位升至第3位；悦来镇由第3位降至第5位。 Among the towns that are ranked both times: nobody rises because
    another has not reported."""
    moves = [(row, story.town_before(row.town)) for row in story.towns]
    known = [(row, old) for row, old in moves if old and row.rank and old.rank]
    if len(known) < 2:
        return []
    now, before = _places([row for row, _ in known]), _places([old for _, old in known])
    up = [f"{town}由第{before[town]}位升至第{now[town]}位" for town in now if now[town] < before[town]]
    down = [f"{town}由第{before[town]}位降至第{now[town]}位" for town in now if now[town] > before[town]]
    parts = [story.listed(towns) for towns in (up, down) if towns]
    ranked = {row.town for row in (*story.towns, *story.before) if row.rank}
    among = "" if ranked == now.keys() else f"两次都有位次的{story.words.many(len(known))}中，"
    return [f"{among}{'；'.join(parts) or '位次没有变化'}。"]


def _places(towns: list[Completion]) -> dict[str, int]:
    """Ranks among these towns only."""
    return {row.town: 1 + sum((other.rank or 0) < (row.rank or 0) for other in towns) for row in towns}


def _lights(story: Story) -> list[str]:
    """四甲镇由按序时转为慢序时: who has fallen behind since or has caught up, by 合计 or by one kind where 合计 has not."""
    if story.is_over:
        return []
    turns = [turn for whole in story.towns if not story.borrowed(whole.town) for turn in _turns(story, whole)]
    return [f"{listed(turns, '处')}。"] if turns else []


def _turns(story: Story, whole: Completion) -> list[str]:
    before = {row.key: row for row in story.before}
    moves = [(row, before.get(row.key)) for row in (whole, *story.kinds(whole.town))]
    turns = [(row, old) for row, old in moves if old and old.is_judged and row.is_behind != old.is_behind]
    turned_whole = [(row, old) for row, old in turns if row is whole]
    return [
        f"{row.town}{'' if row.kind == Kind.TOTAL else row.kind}由{old.light}转为{row.light}"
        for row, old in turned_whole or turns
    ]
