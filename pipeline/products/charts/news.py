"""What a week has brought, and how that compares with the week before: the first half of the title of 每周增量."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.params import Programme
from pipeline.params.levels import Words
from pipeline.printing import thousands
from pipeline.products.charts.words import names
from pipeline.products.sentences import catching_up
from pipeline.records import Completion, Key, Kind, Scope


@dataclass(frozen=True)
class Growth:
    """本周新增 of the district in one recorded week. since: 第N周 of the recorded week before it, 0 if there is none.

    of: what the office's level is called.
    """

    rows: tuple[Completion, ...]
    number: int
    since: int
    caught_up: tuple[str, ...]
    of: Words

    @property
    def added(self) -> int | None:
        return next((row.added for row in self.rows if row.scope is Scope.DISTRICT and row.kind == Kind.TOTAL), None)

    @property
    def is_of_one_week(self) -> bool:
        return self.since == self.number - 1

    @property
    def grown(self) -> set[Key]:
        """The figures that it holds."""
        return {row.key for row in self.rows if row.is_figure and row.added is not None}

    def words(self, unit: str) -> str:
        """新增143座（不含悦来镇）; 净减少8座."""
        added = self.added or 0
        asides = [*self._included, *self._left_out]
        aside = f"（{'，'.join(asides)}）" if asides else ""
        return f"{'净减少' if added < 0 else '新增'}{thousands(abs(added))}{unit}{aside}"

    @property
    def _included(self) -> list[str]:
        return ["含补报"] if self.caught_up and self.is_of_one_week else []

    @property
    def _left_out(self) -> list[str]:
        """Who is in it not at all, or with a part only."""
        asked = [row for row in self.rows if row.is_figure]
        silent = dict.fromkeys(row.town for row in asked if row.key not in self.grown)
        heard = {row.town for row in asked if row.key in self.grown}
        whole, partly = [town for town in silent if town not in heard], [town for town in silent if town in heard]
        parts = [
            *([names(whole, self.of.many)] if whole else []),
            *([f"{names(partly, self.of.many)}个别数"] if partly else []),
        ]
        return [f"不含{'和'.join(parts)}"] if parts else []


def growths(season: Sequence[Completion], programme: Programme) -> list[Growth]:
    """One for each recorded week, in order."""
    days = sorted({row.week for row in season})
    weeks = [tuple(row for row in season if row.week == day) for day in days]
    numbers = [programme.schedule.numbers([day])[0] for day in days]
    return [
        Growth(now, number, since, tuple(catching_up(now, before)), programme.words)
        for now, number, before, since in zip(weeks, numbers, [(), *weeks], [0, *numbers], strict=False)
    ]


def news(season: Sequence[Completion], programme: Programme) -> str:
    """第8周全区新增132座，比上周少53座: compared only where both are growths of one week and of the same figures."""
    *earlier, now = growths(season, programme)
    whole, unit = programme.words.whole, programme.unit
    if now.added is None:
        return f"本周{whole}没有可用的新增数"
    over = f"较第{now.since}周" if now.since and not now.is_of_one_week else ""
    return f"第{now.number}周{whole}{over}{now.words(unit)}{_compared(now, earlier[-1], unit) if earlier else ''}"


def _compared(now: Growth, before: Growth, unit: str) -> str:
    """The difference to last week's growth; both growths where they are not of the same figures; else nothing."""
    if now.added is None or before.added is None or not (now.is_of_one_week and before.is_of_one_week):
        return ""
    if now.grown != before.grown or now.caught_up or before.caught_up:
        return f"，上周{before.words(unit).removeprefix('新增')}"
    more = now.added - before.added
    return f"，比上周{'多' if more > 0 else '少'}{thousands(abs(more))}{unit}" if more else "，与上周持平"
