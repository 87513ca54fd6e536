"""Words that several sentences share: lists, growth, spans of weeks."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from pipeline.params import Programme
from pipeline.printing import percent
from pipeline.records import Completion

MOST_NAMES = 3  # that lead, or that a matter names
MOST_PLACES = 12  # that a paragraph can name


def listed(names: Sequence[str]) -> str:
    """A list that is cut where it gets too long, and then says how long it is."""
    shown = "、".join(names[:MOST_PLACES])
    return shown if len(names) <= MOST_PLACES else f"{shown}等{len(names)}个区镇"


def rated(towns: Iterable[Completion]) -> str:
    """包场镇（19.22%，严重滞后）、…"""
    return "、".join(f"{row.town}（{percent(row.rate)}，{row.light}）" for row in towns)


def grown(count: int, unit: str) -> str:
    """新增132座, or, where figures were corrected downwards, 净减少5座."""
    return f"新增{count}{unit}" if count >= 0 else f"净减少{-count}{unit}"


def some(names: Sequence[str]) -> str:
    """At most three names, and then how many there are."""
    return "、".join(names[:MOST_NAMES]) + (f"等{len(names)}个区镇" if len(names) > MOST_NAMES else "")


def caught_up(towns: Sequence[str]) -> str:
    """What stands behind a growth that is not of one week for all: （含悦来镇补报以前周的增量）."""
    return f"（含{some(towns)}补报以前周的增量）" if towns else ""


def slower(programme: Programme) -> str:
    """What being behind (慢序时, 严重滞后) is in figures."""
    limit = -programme.lights.behind
    return f"慢于序时进度超过{limit.normalize():f}个百分点" if limit else "慢于序时进度"


def behind_means(programme: Programme) -> str:
    """The note under what is called 落后."""
    return f"落后：{slower(programme)}，或未开工。"


def span(numbers: Sequence[int]) -> str:
    """What the pace of `achieved_per_week` is called: it reaches back four weeks, if so many are on record.

    numbers: 第N周 of the recorded weeks and of this one, in order.
    """
    first, now = numbers[0], numbers[-1]
    if now <= 1:
        return "首周"
    if first <= 1:
        return "开工以来" if now < 4 else "近四周"
    return {1: "近一周", 2: "近两周", 3: "近三周"}.get(now - first, "近四周")


def mean(numbers: Sequence[int]) -> str:
    """What `achieved_per_week` is called beside a figure: 近四周周均, 首周完成."""
    return f"{span(numbers)}{'完成' if numbers[-1] <= 1 else '周均'}"


def time_left(weeks: Decimal) -> str:
    """剩余18.1周: until the end of the schedule."""
    return f"剩余{weeks:.1f}周" if weeks > 0 else "已到期"


def numbered(texts: Sequence[str]) -> list[str]:
    """1.…；2.…"""
    return [f"{number}.{text}" for number, text in enumerate(texts, 1)] if len(texts) > 1 else list(texts)
