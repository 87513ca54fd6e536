"""本周新增 in words: how much, what is not in it, what of it is older, and whether last week's can stand beside it."""

from collections.abc import Iterable

from pipeline.printing import thousands
from pipeline.products.sentences.story import Story
from pipeline.products.sentences.wording import MOST_NAMES, grown
from pipeline.records import Completion, Sent

_SINGLE = "{}的个别数"


def growth(story: Story) -> str:
    """本周新增143座（不含未报的悦来镇）; "" if nothing is known of it."""
    added = story.district().added
    if added is None or not story.towns:  # without a task there is no growth to tell
        return ""
    return f"{story.since}{grown(added, story.programme.unit)}{_provisos(story, _absent(story), story.caught_up)}"


def growth_before(story: Story) -> str:
    """第7周新增185座, with what was not in it; "" if nothing is known of it."""
    before = story.district_before
    if before is None or before.added is None:
        return ""
    last = story.numbers[-3] if story.earlier else None
    since = f"较第{last}周" if last is not None and not story.was_next else ""
    without = [story.listed(_without(story.before), MOST_NAMES)] if _without(story.before) else []
    provisos = _provisos(story, without, story.caught_up_before)
    return f"第{story.before_number}周{since}{grown(before.added, story.programme.unit)}{provisos}"


def against_last_week(story: Story) -> str:
    """，比上周少53座: only of the growth of the same towns in one week each; "" otherwise."""
    now, before = story.district().added, story.district_before
    if now is None or before is None or before.added is None or not (story.is_next and story.was_next):
        return ""
    if [*_without(story.now), *_without(story.before), *story.caught_up, *story.caught_up_before]:
        return ""
    more = now - before.added
    if not more:
        return "，与上周持平"
    return f"，比上周{'多' if more > 0 else '少'}{thousands(abs(more))}{story.programme.unit}"


def _provisos(story: Story, without: list[str], caught_up: list[str]) -> str:
    """（不含未报的悦来镇；含三星镇补报以前周的增量）"""
    parts = [f"不含{'，'.join(without)}"] if without else []
    parts += [f"含{story.listed(caught_up, MOST_NAMES)}补报以前周的增量"] if caught_up else []
    return f"（{'；'.join(parts)}）" if parts else ""


def _absent(story: Story) -> list[str]:
    """Whose growth is not known, and why: 未报的悦来镇, 三星镇的个别数, 首次报送的丙镇."""
    by_reason: dict[str, list[str]] = {}
    for town in _without(story.now):
        by_reason.setdefault(_reason(story, town), []).append(town)
    single_last = sorted(by_reason.items(), key=lambda group: group[0] == _SINGLE)
    return [reason.format(story.listed(towns, MOST_NAMES)) for reason, towns in single_last]


def _reason(story: Story, town: str) -> str:
    """Why a town's growth is not whole."""
    figures, own = story.figures(town), [row for row in story.figures(town) if row.is_judged]
    if any(row.added is not None for row in figures):
        return _SINGLE
    if own:
        return "首次报送的{}"
    status = story.status[town]
    return "暂无可用数的{}" if status in (Sent.RECEIVED, Sent.LATE) else f"{status.label}的{{}}"


def _without(rows: Iterable[Completion]) -> list[str]:
    """Towns with a figure of which the growth is not known."""
    return list(dict.fromkeys(row.town for row in rows if row.is_figure and row.added is None))
