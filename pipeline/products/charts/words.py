"""Words that several charts share: who stands where, lists of names, counts as printed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.params import Programme
from pipeline.printing import thousands
from pipeline.products.sentences import behind_means
from pipeline.records import Completion, Light


@dataclass(frozen=True)
class Standing:
    """The 合计 rows of places with a task: which of them can be judged this week, and which of those are behind."""

    tasks: tuple[Completion, ...]
    judged: tuple[Completion, ...]
    behind: tuple[Completion, ...]

    @classmethod
    def of(cls, overall: Iterable[Completion]) -> "Standing":
        tasks = tuple(row for row in overall if row.target)
        judged = tuple(row for row in tasks if row.is_judged)
        return cls(tasks, judged, tuple(row for row in judged if row.is_behind))

    @property
    def unknown(self) -> list[Completion]:
        """With a task, but without a rate of this week."""
        return [row for row in self.tasks if row not in self.judged]

    @property
    def are_finished(self) -> bool:
        return all(row.light == Light.FINISHED for row in self.judged)

    @property
    def overdue(self) -> list[Completion]:
        """After the end of the schedule, when no pace is needed any more: the unfinished."""
        return [row for row in self.judged if row.needed_per_week is None and row.remaining != 0]

    @property
    def among(self) -> str:
        """The towns that a title speaks of: 9个有任务区镇."""
        return f"有本周数据的{len(self.judged)}个区镇" if self.unknown else f"{len(self.tasks)}个有任务区镇"

    @property
    def silence(self) -> str:
        """What is said where there is nothing to tell; "" otherwise."""
        if self.judged:
            return ""
        if not self.tasks:
            return "本年度各区镇都没有整村推进任务"
        is_old = any(row.is_carried for row in self.tasks)
        return "本周没有区镇报来可用的数，图为沿用的上次累计数" if is_old else "本周还没有区镇的完成率"

    @property
    def reached(self) -> str:
        """What is said of towns of which none is behind."""
        if self.are_finished:
            return "全部完成目标任务"
        if self.overdue:
            return f"中{len(self.overdue)}个没有全部完成目标任务"
        return "全部达到序时进度" if all(row.keeps_schedule for row in self.judged) else "全部按序时进度推进"

    def closed(self, finding: str) -> str:
        """The finding, and of which towns it does not speak."""
        unknown = names([row.town for row in self.unknown])
        return f"{finding}；{unknown}没有本周的完成率" if unknown else finding


def rate_caveats(drawn: Iterable[Completion], programme: Programme) -> list[str]:
    """What a reader must know of rates: which are behind, sums with a missing part, and those above the target."""
    drawn = list(drawn)
    caveats = [behind_means(programme)] if any(row.rate is not None for row in drawn) else []
    if any(row.target and row.rate is None for row in drawn):
        caveats.append("“缺数”：有村还没有可用的数，不算完成率。")
    if any(row.rate is not None and row.rate > 1 for row in drawn):
        caveats.append("超过目标的照实显示，不抵补别处的尚缺。")
    return caveats


def names(towns: Sequence[str], most: int = 2) -> str:
    """余东镇、正余镇; a long list is cut: 余东镇等7个区镇."""
    return "、".join(towns) if len(towns) <= most else f"{towns[0]}等{len(towns)}个区镇"


def counts(row: Completion) -> str:
    """完成 / 目标: 76 / 83"""
    return f"{thousands(row.done)} / {thousands(row.target)}"
