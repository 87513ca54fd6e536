"""Who stands where, for titles: by 合计, and by 新建 and 整改 where one of them is behind and 合计 hides it.

Nothing is said of a place whose figure is not of this week; a figure that is carried within a place is told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.params import Programme
from pipeline.params.levels import Words
from pipeline.products.charts.tones import Tone, is_overdue, tone_of
from pipeline.products.charts.words import OLD, names
from pipeline.records import KINDS, Completion, Kind, Light, Scope


@dataclass(frozen=True)
class Standing:
    """Towns, or villages, with a task in one week.

    tasks: their rows of 合计. judged, unknown: those of them that can be judged this week, and the others.
    partly: those of `judged` of which a figure is carried. kinds: rows of 新建 and 整改 of the judged.
    lagging: those of `kinds` that are behind where 合计 is not; a carried one too, which is then told.
    formerly: those of `unknown` that are behind, by 合计 or by a kind, as far as carried figures say.
    words: what the office's level is called.
    """

    scope: Scope
    words: Words
    tasks: tuple[Completion, ...]
    partly: tuple[Completion, ...]
    kinds: tuple[Completion, ...]
    lagging: tuple[Completion, ...]
    formerly: tuple[Completion, ...]

    @classmethod
    def of(cls, completion: Iterable[Completion], scope: Scope, programme: Programme) -> "Standing":
        """completion: of one week, the villages' figures included."""
        rows = [row for row in completion if row.target]
        overall = tuple(row for row in rows if row.scope is scope and row.kind == Kind.TOTAL)
        judged = [row for row in overall if row.is_judged]
        of_kinds = [row for row in rows if row.scope is scope and row.kind != Kind.TOTAL]
        kinds = tuple(row for row in of_kinds if _place(row) in map(_place, judged))
        fallen = [row for row in kinds if tone_of(row, programme.lights) is Tone.BEHIND]
        slow = {_place(row) for row in (*overall, *of_kinds) if tone_of(row, programme.lights) is Tone.BEHIND}
        carried = [row for row in rows if row.is_figure and not row.is_judged]
        old = {(row.town, row.village if scope is Scope.VILLAGE else "") for row in carried}
        return cls(
            scope,
            programme.words,
            overall,
            tuple(row for row in judged if _place(row) in old),
            kinds,
            tuple(_hidden(fallen, [row for row in judged if tone_of(row, programme.lights) is Tone.BEHIND])),
            tuple(row for row in overall if not row.is_judged and _place(row) in slow),
        )

    @property
    def judged(self) -> list[Completion]:
        return [row for row in self.tasks if row.is_judged]

    @property
    def unknown(self) -> list[Completion]:
        return [row for row in self.tasks if not row.is_judged]

    @property
    def behind(self) -> list[Completion]:
        return [row for row in self.judged if row.is_behind]

    @property
    def overdue(self) -> list[Completion]:
        """After the end of the schedule: the unfinished."""
        return [row for row in self.judged if is_overdue(row)]

    @property
    def slow(self) -> list[Completion]:
        """Those whose pace is too low for what remains."""
        return [row for row in self.judged if row.is_slow]

    @property
    def slow_kinds(self) -> list[Completion]:
        """新建 or 整改 whose pace is too low where that of 合计 is not."""
        return _hidden([row for row in self.kinds if row.is_judged and row.is_slow], self.slow)

    @property
    def is_fast(self) -> bool:
        """Whether it is known of all, and of both kinds, that their paces will do."""
        rows = (*self.judged, *self.kinds)
        is_known = bool(rows) and not self.has_exceptions and all(row.has_pace for row in rows)
        return is_known and not any(row.is_slow for row in rows)

    @property
    def has_exceptions(self) -> bool:
        """Whether something is behind, old or unknown beside those that are behind by 合计."""
        return bool(self.lagging or self.unknown or self.partly)

    # ---- words -------------------------------------------------------------------------------------------------

    @property
    def word(self) -> str:
        return self.words.part if self.scope is Scope.VILLAGE else self.words.member

    def many(self, count: int) -> str:
        """3个村, 9个区镇"""
        return self.words.many_parts(count) if self.scope is Scope.VILLAGE else self.words.many(count)

    @property
    def most(self) -> int:
        """How many a title names."""
        return 1 if self.scope is Scope.VILLAGE else 2

    def named(self, rows: Sequence[Completion]) -> str:
        """余东镇、正余镇; 盐河村（包场镇）; a long list is cut: 余东镇等7个区镇."""
        return names([_name(row) for row in rows], self.many, self.most)

    def marked(self, rows: Sequence[Completion]) -> str:
        """The same, and which of them stand on an old figure too."""
        if len(rows) > self.most:
            return self.named(rows)
        return "、".join(_name(row, "含沿用的数" if row in self.partly else "") for row in rows)

    def kinds_named(self, rows: Sequence[Completion]) -> str:
        """三厂街道、三星镇新建; 余东镇新建、三星镇整改（沿用的数）; a list too long for a title: 3个区镇有一类."""
        if len(rows) > self.most:
            return f"{self.many(len(rows))}有一类"
        ordered = sorted(rows, key=lambda row: (KINDS.index(Kind(row.kind)), row.is_carried))
        groups = groupby(ordered, key=lambda row: f"{row.kind}{'（沿用的数）' if row.is_carried else ''}")
        return "、".join(f"{self.named(list(listed))}{kind}" for kind, listed in groups)

    @property
    def among(self) -> str:
        """Of whom a title speaks: 9个有任务区镇."""
        if self.unknown:
            return f"有本周数据的{self.many(len(self.judged))}"
        if self.scope is Scope.TOWN:
            return f"{len(self.tasks)}个有任务{self.words.member}"
        return self.many(len(self.tasks)) if self.words.of_offices else f"{len(self.tasks)}个整村推进村"

    def every(self, word: str) -> str:
        """All of the judged: 9个有任务区镇都, or the only one by its name."""
        return self.named(self.judged) if len(self.judged) == 1 else f"{self.among}{word}"

    @property
    def silence(self) -> str:
        """What is said where there is nothing to tell; "" otherwise."""
        if self.judged:
            return ""
        if not self.tasks:
            return (
                "本年度没有整村推进村" if self.scope is Scope.VILLAGE else f"本年度{self.words.each}都没有整村推进任务"
            )
        is_old = all(row.light is Light.NOT_REPORTED for row in self.tasks) and any(
            row.is_carried for row in self.tasks
        )
        return OLD if is_old else f"本周还没有{self.word}的完成率"

    @property
    def verdict(self) -> str:
        """Who is behind, lowest named; then which kinds are; after the end who has not finished."""
        if self.silence:
            return self.silence
        if self.overdue:
            return self.closed(self._fallen(self.overdue, "到期未完成"))
        if self.behind:
            return self.closed(f"{self._fallen(self.behind, '落后序时进度')}{self.also_lagging}")
        if self.lagging:
            return self.closed(f"{self.kinds_named(self.lagging)}落后序时进度")
        return self.closed(f"{self.every('全部')}{self._reached}")

    @property
    def also_lagging(self) -> str:
        return f"；另有{self.kinds_named(self.lagging)}落后" if self.lagging else ""

    def _fallen(self, rows: Sequence[Completion], what: str) -> str:
        lowest = min(row.known_rate for row in rows)
        last = self.marked([row for row in rows if row.rate == lowest])
        if len(self.tasks) == 1:
            return f"{last}{what}"
        if len(rows) == 1:
            return f"{self.among}中{'' if self.has_exceptions else '只有'}{last}{what}"
        many = "全部" if len(rows) == len(self.judged) else f"中{len(rows)}个"
        return f"{self.among}{many}{what}，{last}完成率最低"

    @property
    def _reached(self) -> str:
        if all(row.light is Light.FINISHED for row in self.judged):
            return "完成目标任务"
        rows = (*self.judged, *self.kinds)
        return "达到序时进度" if all(row.keeps_schedule for row in rows) else "按序时进度推进"

    def closed(self, finding: str) -> str:
        """The finding, of whom it does not speak, and, where it blames nobody, in whom it counts old figures."""
        parts = [finding]
        is_said = self.scope is Scope.VILLAGE and bool(self.behind or self.overdue)  # 有本周数据的98个村: long enough
        if self.unknown and not is_said:
            parts.append(f"{self.named(self.unknown)}没有本周的完成率")
        if self.formerly and not (self.behind or self.lagging or self.overdue):
            parts[-1] += f"，按沿用的数{self.named(self.formerly)}落后"
        if self.partly and not (self.behind or self.lagging or self.overdue):
            parts.append(f"{self.named(self.partly)}含沿用的数")
        return "；".join(parts)


def _place(row: Completion) -> tuple[str, str]:
    return row.town, row.village


def _hidden(kinds: Iterable[Completion], overall: Iterable[Completion]) -> list[Completion]:
    """Of these rows of a kind those whose place is not among these rows of 合计."""
    told = set(map(_place, overall))
    return [row for row in kinds if _place(row) not in told]


def _name(row: Completion, mark: str = "") -> str:
    """包场镇; 包场镇（含沿用的数）; 盐河村（包场镇，含沿用的数）."""
    asides = "，".join(filter(None, [row.town if row.village else "", mark]))
    return f"{row.village or row.town}{f'（{asides}）' if asides else ''}"
