"""What has changed since the last recorded week: growth, the district's standing, ranks, lights."""

from pipeline.printing import percent, points
from pipeline.products.sentences.story import Story
from pipeline.products.sentences.wording import caught_up, grown, listed
from pipeline.records import Completion


def compared(story: Story) -> list[str]:
    """What has changed since the last recorded week: growth, the district's standing, ranks, lights."""
    if not story.before:
        return ["首次存档，没有以前的周可比。"]
    return [_growth(story), *_standing(story), *_ranks(story), *_lights(story)]


def compared_with(story: Story) -> str:
    """What the comparison is headed."""
    return "与上周相比" if story.is_next else f"与第{story.before_number}周相比"


def _growth(story: Story) -> str:
    unit, now, before = story.programme.unit, story.district().added, story.district_before
    known = f"第{story.before_number}周{'没有新增数' if before is None or before.added is None else grown(before.added, unit)}"
    growth = "没有可用的新增数" if now is None else f"{grown(now, unit)}{caught_up(story.caught_up)}"
    return f"{story.since}{growth}，{known}。"


def _standing(story: Story) -> list[str]:
    now, before = story.district(), story.district_before
    if before is None or now.rate is None or before.rate is None or not now.is_judged:
        return []
    rate = f"全区完成率由{percent(before.rate)}到{percent(now.rate)}"
    return [f"{rate}，较序时由{points(before.gap)}到{points(now.gap)}个百分点。"]


def _ranks(story: Story) -> list[str]:
    """位次上升：三星镇（5→3）；位次下降：悦来镇（3→5）。 Among the towns that are ranked both times: nobody rises because
    another has not reported."""
    moves = [(row, story.town_before(row.town)) for row in story.towns]
    known = [(row, old) for row, old in moves if old and row.rank and old.rank]
    if not known:
        return []
    now, before = _places([row for row, _ in known]), _places([old for _, old in known])
    moved = {town: f"{town}（{before[town]}→{now[town]}）" for town in now}
    up = [words for town, words in moved.items() if now[town] < before[town]]
    down = [words for town, words in moved.items() if now[town] > before[town]]
    parts = [f"{word}：{listed(towns)}" for word, towns in (("位次上升", up), ("位次下降", down)) if towns]
    ranked = {row.town for row in (*story.towns, *story.before) if row.rank}
    among = "" if ranked == now.keys() else f"两次都有位次的{len(known)}个区镇中，"
    return [f"{among}{'；'.join(parts) or '位次没有变化'}。"]


def _places(towns: list[Completion]) -> dict[str, int]:
    """Ranks among these towns only."""
    return {row.town: 1 + sum((other.rank or 0) < (row.rank or 0) for other in towns) for row in towns}


def _lights(story: Story) -> list[str]:
    """Who has fallen behind since, and who has caught up."""
    moves = [(row, story.town_before(row.town)) for row in story.judged]
    known = [(row, old) for row, old in moves if old and old.is_judged and not story.borrowed(row.town)]
    fallen = [row.town for row, old in known if row.is_behind and not old.is_behind]
    caught = [row.town for row, old in known if not row.is_behind and old.is_behind]
    changes = (("新落后的有", fallen), ("不再落后的有", caught))
    return [f"{word}：{listed(towns)}。" for word, towns in changes if towns]
