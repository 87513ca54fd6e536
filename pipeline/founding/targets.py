"""The target table understood: towns, villages, tiers, targets and other names, or to each cell what is wrong with it.

Nothing is guessed. A blank target is no task, and is told; so are totals that are not the sum of their rows.
"""

import re
from dataclasses import dataclass, field

from pipeline.errors import TargetsError
from pipeline.founding import cells, facts
from pipeline.founding.reading import Row, Typed
from pipeline.intake.form.grid import squeezed
from pipeline.intake.form.rows import NO_VILLAGE
from pipeline.params import Programme, signs
from pipeline.printing import normal
from pipeline.records import KINDS, Cell, Role

TIERS = ("省级", "市级", "县级", "区级")
_NO_TIER = "未分级"
_SPACES = re.compile(r"\s+")
_PARTED = re.compile(r"[、，,；;/\n]+")


@dataclass(frozen=True)
class Founded:
    """The programme that a table comes to, and what a person should look at, in words."""

    programme: Programme
    remarks: list[str]


def founded(typed: Typed, year: int) -> Founded:
    """The programme; TargetsError with every fault of the table. year: of the usual dates where the table has none."""
    known = facts.known(typed.facts, typed.title, year)
    plan = _Plan()
    for row in typed.rows:
        plan.take(row)
    faults = list(dict.fromkeys([*plan.faults, *known.faults]))  # a merged cell stands in several rows
    if not any(plan.towns.values()) and not plan.faults:
        faults.insert(0, "目标任务表里没有一个村，请从表头下面一行起，一村一行，填区镇、整村推进村和新建、整改目标")
    if faults:
        raise TargetsError(typed.file, faults)
    values = dict(known.values)
    schedule = {"start": values.pop("start"), "end": values.pop("end")}
    towns = {name: {"aliases": plan.aliases[name], "villages": tuple(of)} for name, of in plan.towns.items()}
    programme = Programme.model_validate({**values, "schedule": schedule, "towns": towns})
    assumed = [f"表里没有单位情况，先按这样写，请核对：{'；'.join(known.assumed)}"] if known.assumed else []
    return Founded(programme, [*assumed, *_other_year(programme), *plan.remarks, *plan.untold_tiers])


def _other_year(programme: Programme) -> list[str]:
    """What is to be said if the title names another year than the schedule."""
    years = re.findall(r"20\d\d", programme.title)
    start = programme.schedule.start
    return [f"标题写的是{years[0]}年，开始日期是 {start}，请核对"] if years and str(start.year) not in years else []


@dataclass
class _Plan:
    """What the rows so far come to. towns: name -> its villages as the programme writes them."""

    towns: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    aliases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    _town_names: dict[str, tuple[str, Cell]] = field(default_factory=dict)  # as compared -> town, where it stands
    _village_names: dict[tuple[str, str], Cell] = field(default_factory=dict)
    _sums: dict[str, list[tuple[str, int]]] = field(default_factory=lambda: {kind: [] for kind in KINDS})

    def take(self, row: Row) -> None:
        """One row: a total is compared, a town is entered, a village with its targets is entered."""
        if row.is_hidden:
            self._refuse(row.village, f"第{row.number}行是隐藏的，请取消隐藏，或删去这一行")
        elif row.role is not Role.IN_ROW:
            self._compare(row)
        else:
            self._take(row)

    def _take(self, row: Row) -> None:
        has_village = squeezed(row.village.raw) not in NO_VILLAGE
        if not has_village and not squeezed(row.town.raw):
            if any(map(cells.is_filled, row.targets.values())):
                self._refuse(row.village, "这一行有目标任务，没有区镇和村名")
            return
        town = self._town(row)
        if not has_village:
            for entry in filter(cells.is_filled, row.targets.values()):
                self._refuse(entry, "这一行有目标任务，没有村名；没有任务的区镇，目标空着")
        elif town:
            self._village(town, row)

    # ---- towns -------------------------------------------------------------------------------------------------

    def _town(self, row: Row) -> str:
        """The town of a row, entered with its other names; "" if the row names none."""
        name = self._name(row.town)
        if not name:
            if not squeezed(row.town.raw):
                self._refuse(row.village, "没有写是哪个区镇的村（空一行以后要重新写区镇）")
            return ""
        self.towns.setdefault(name, [])
        others = self._others(row.town_aliases)
        self.aliases[name] = tuple(dict.fromkeys([*self.aliases.get(name, ()), *others]))
        for each, cell in ((name, row.town), *((alias, row.town_aliases) for alias in others)):
            owner, first = self._town_names.setdefault(normal(each), (name, cell))
            if owner != name:
                self._refuse(cell, f"“{each}”既指 {owner}（{cells.at(first)}）又指 {name}，请改掉一处")
        return name

    # ---- villages ----------------------------------------------------------------------------------------------

    def _village(self, town: str, row: Row) -> None:
        name, aliases = self._name(row.village), self._others(row.village_aliases)
        if _PARTED.search(row.village.raw.strip()):
            self._refuse(row.village, "一格只写一个村，一个村一行")
        for each, cell in ((name, row.village), *((alias, row.village_aliases) for alias in aliases)):
            first = self._village_names.setdefault((town, normal(each)), cell)
            if each and first is not cell:
                self._refuse(cell, f"{town}的“{each}”在 {cells.at(first)} 已有，请改掉一处")
        elsewhere = [
            place for (other, of), place in self._village_names.items() if of == normal(name) and other != town
        ]
        if name and elsewhere:
            self.remarks.append(
                f"{cells.at(row.village)}：“{name}”在别的区镇也有（{cells.at(elsewhere[0])}）。确是两个村的不用改"
            )
        new, old = (self._target(row, kind) for kind in KINDS)
        if not any(map(cells.is_filled, row.targets.values())):
            self._refuse(row.targets[KINDS[0]], f"“{name}”的新建、整改都没有填。没有任务的一类填 0")
        self.towns[town].append(
            {"name": name, "tier": self._tier(row), "new_build": new, "renovation": old, "aliases": tuple(aliases)}
        )

    def _tier(self, row: Row) -> str:
        if row.tier is None:
            return _NO_TIER
        tier = squeezed(row.tier.raw)
        if tier not in TIERS:
            read = f"没有“{tier}”这个级别" if tier else "没有写级别"
            self._refuse(row.tier, f"{read}，请写{'、'.join(TIERS[:-1])}或{TIERS[-1]}")
        return tier

    def _target(self, row: Row, kind: str) -> int:
        """The number of a target's cell; 0 where it is refused."""
        entry = row.targets[kind]
        count, fault = cells.count(entry), cells.fault(entry)
        if fault:
            self._refuse(entry, fault)
        elif count is None and any(map(cells.is_filled, row.targets.values())):
            self.remarks.append(f"{cells.at(entry)}：{squeezed(row.village.raw)}的{kind}空着，按没有任务（0）写入")
        self._sums[kind].append((squeezed(row.town.raw), count or 0))
        return count or 0

    @property
    def untold_tiers(self) -> list[str]:
        """What is to be said if the table tells no tiers."""
        count = sum(village["tier"] == _NO_TIER for of in self.towns.values() for village in of)
        return (
            [f"表里没有“级别”一列，{count}个村的级别先写“{_NO_TIER}”，请在参数文件里改成省级、区级等"] if count else []
        )

    # ---- names, totals, faults ---------------------------------------------------------------------------------

    def _name(self, cell: Cell) -> str:
        """The name in a cell, without its blanks; one that cannot be drawn is refused."""
        name = _SPACES.sub("", cell.raw)
        for why in signs.undrawable(name):
            self._refuse(cell, why)
        return name

    def _others(self, cell: Cell) -> list[str]:
        """The other names in a cell, parted by 、."""
        parts = (Cell(file=cell.file, sheet=cell.sheet, cell=cell.cell, raw=part) for part in _PARTED.split(cell.raw))
        return [name for part in parts if squeezed(part.raw) not in NO_VILLAGE and (name := self._name(part))]

    def _compare(self, row: Row) -> None:
        """A 合计 beside the rows above it: all of them, or those of its town."""
        for kind, entry in row.targets.items():
            stated, town = cells.count(entry), squeezed(row.town.raw)
            of_town = [count for name, count in self._sums[kind] if name == town]
            added = sum(of_town) if row.role is Role.IN_SUBTOTAL else sum(count for _, count in self._sums[kind])
            if stated is not None and stated not in (added, sum(of_town)):
                self.remarks.append(
                    f"{cells.at(entry)}：合计写的是{kind}{stated}，各村相加是{added}。按各村的数写入，请核对"
                )

    def _refuse(self, cell: Cell, why: str) -> None:
        self.faults.append(cells.told(cell, why))
