"""Words that several sentences share: lists, growth, spans of weeks."""

from collections.abc import Sequence
from decimal import Decimal

from pipeline.params import Programme
from pipeline.printing import percent, thousands
from pipeline.records import Completion

MOST_NAMES = 3  # that lead, or that stand in brackets
MOST_PLACES = 12  # that a paragraph can name
_DIGITS = "零一二三四五六七八九"


def listed(words: Sequence[str], measure: str, most: int = MOST_PLACES, many: int | None = None) -> str:
    """A list that is cut where it gets too long, and then says how many there are (many: if not one a word) of what
    (measure: 个区镇, 处)."""
    shown = "、".join(words[:most])
    return shown if len(words) <= most else f"{shown}等{many or len(words)}{measure}"


def grown(count: int, unit: str) -> str:
    """新增132座, or, where figures were corrected downwards, 净减少5座."""
    return f"{'新增' if count >= 0 else '净减少'}{thousands(abs(count))}{unit}"


def against_schedule(row: Completion) -> str:
    """低于序时进度（30.60%）0.41个百分点; of a row that has a gap, or 0 where it has none."""
    due = f"序时进度（{percent(row.expected)}）"
    if not row.gap:
        return f"与{due}持平"
    return f"{'高于' if row.gap > 0 else '低于'}{due}{abs(row.gap)}个百分点"


def slower(programme: Programme) -> str:
    """What being behind (慢序时, 严重滞后) is in figures."""
    limit = -programme.lights.behind
    return f"慢于序时进度超过{limit.normalize():f}个百分点" if limit else "慢于序时进度"


def behind_means(programme: Programme) -> str:
    """The note under what is called 落后."""
    return f"落后：{slower(programme)}，或未开工。"


def span(numbers: Sequence[int]) -> str:
    """What the pace of `achieved_per_week` is called: it lies between this week and the fourth record before it.

    numbers: 第N周 of the recorded weeks and of this one, in order. Records from the first week on begin with nothing, at
    the start.
    """
    first, now = numbers[0], numbers[-1]
    if now <= 1:
        return "首周"
    since = [*([0] if first <= 1 else []), *(number for number in numbers if number > 0)][-5:][0]
    weeks = now - since
    return "开工以来" if since == 0 and weeks != 4 else f"近{_in_words(weeks or 1)}周"


def _in_words(count: int) -> str:
    """一, 两, 三 … 二十六, for counts below a hundred."""
    if count == 2:
        return "两"
    tens, ones = divmod(count, 10)
    return f"{_DIGITS[tens] if tens > 1 else ''}{'十' if tens else ''}{_DIGITS[ones] if ones or not tens else ''}"


def mean(numbers: Sequence[int]) -> str:
    """What `achieved_per_week` is called beside a figure: 近四周周均, 首周完成."""
    return f"{span(numbers)}{'完成' if numbers[-1] <= 1 else '周均'}"


def time_left(weeks: Decimal) -> str:
    """剩余18.1周: until the end of the schedule."""
    return f"剩余{weeks:.1f}周" if weeks > 0 else "已到期"


def numbered(texts: Sequence[str]) -> list[str]:
    """1.…；2.…"""
    return [f"{number}.{text}" for number, text in enumerate(texts, 1)] if len(texts) > 1 else list(texts)
