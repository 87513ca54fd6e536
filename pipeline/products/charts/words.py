"""Words that several charts share: what a reader must know of rates, lists of names, counts as printed."""

from collections.abc import Callable, Iterable, Sequence

from pipeline.params import Programme
from pipeline.params.levels import Words
from pipeline.printing import thousands
from pipeline.products.charts.tones import is_overdue
from pipeline.products.sentences import behind_means
from pipeline.records import Completion

OLD = "本周没有可用的数，图为沿用的上次累计数"  # a title


def rate_caveats(drawn: Iterable[Completion], programme: Programme) -> list[str]:
    """What a reader must know of rates: which are behind, sums with a missing part, and those above the target."""
    drawn = list(drawn)
    can_be_behind = any(row.rate is not None for row in drawn) and not any(map(is_overdue, drawn))
    caveats = [behind_means(programme)] if can_be_behind else []
    if any(row.target and row.rate is None for row in drawn):
        caveats.append(f"“缺数”：有{programme.words.part}还没有可用的数，不算完成率。")
    if any(row.rate is not None and row.rate > 1 for row in drawn):
        caveats.append("超过目标的照实显示，不抵补别处的尚缺。")
    return caveats


def cut(towns: int, most: int, which: str, words: Words) -> list[str]:
    """What is said where a sheet has no room for all towns. which: those that are drawn."""
    return [f"只画出{which}的{words.many(most)}，其余{towns - most}个见汇总表。"] if towns > most else []


def names(listed: Sequence[str], many: Callable[[int], str], most: int = 2) -> str:
    """余东镇、正余镇; a long list is cut: 余东镇等7个区镇. many: so many of what is listed."""
    return "、".join(listed) if len(listed) <= most else f"{listed[0]}等{many(len(listed))}"


def counts(row: Completion) -> str:
    """完成 / 目标: 76 / 83"""
    return f"{thousands(row.done)} / {thousands(row.target)}"
