"""A province drawn by a seed: cities, counties, towns with real files, and what is true at every level.

示例数据: every name and figure is invented. The folders are those that `fleet` works on:

    TREE/params …            the province          TREE/云州市/params …          a city
    TREE/云州市/石山县/…      a county, its towns' forms in data/raw/DATE/

    python -m tests.tree FOLDER        # 2 cities × 3 counties × 4 towns, three weeks, some figures spoilt

Truth is known from the drawing alone: what each village has done by each week, and which figures a town spoils so that
they cannot count.
"""

import datetime as dt
import random
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl

from pipeline.records import KINDS

TITLE = "2023年度农村户厕改造整村推进"
START, END = dt.date(2023, 4, 1), dt.date(2023, 9, 30)
TIERS = ("省级", "区级")
_CITIES, _COUNTIES, _TOWNS, _VILLAGES = (
    [f"{a}{b}" for a in first for b in second]
    for first, second in (
        ("云青金白凤龙玉清安平", "州阳"), ("石松竹梅兰桂杏柏榆桐", "山河湖泉川原林谷台门"), ("丰和康宁泰瑞祥庆嘉裕", "塘桥港坝堰埠渡渠闸圩"),
        ("一二三四五六七八九十", "甲乙丙丁戊己庚辛壬癸"),
    )
)  # fmt: skip

Done = dict[tuple[str, str], int | None]  # (tier, kind) -> what counts; None where no part is known


class Village(NamedTuple):
    """One village: its town, its targets by kind."""

    town: str
    name: str
    tier: str
    targets: Mapping[str, int]


@dataclass
class County:
    """One county: where it lies, its villages, and by week what each has done and what its towns spoil."""

    name: str
    folder: Path
    villages: list[Village]
    done: dict[str, dict[tuple[str, str, str], int]] = field(default_factory=dict)
    spoilt: dict[str, set[tuple[str, str, str]]] = field(default_factory=dict)

    def counted(self, week: str) -> dict[tuple[str, str, str], int | None]:
        """village × kind -> the figure that counts at the end of a week: a spoilt one stays at what was accepted before."""
        counted: dict[tuple[str, str, str], int | None] = {}
        for day in sorted(day for day in self.done if day <= week):
            for key, done in self.done[day].items():
                counted[key] = counted.get(key) if key in self.spoilt[day] else done
        return counted

    def sums(self, week: str) -> Done:
        """(tier, kind) -> the sum of the county."""
        tiers = {(village.town, village.name): village.tier for village in self.villages}
        return added_up(((tiers[key[:2]], key[2]), done) for key, done in self.counted(week).items())


@dataclass
class City:
    """One city and its counties."""

    name: str
    folder: Path
    counties: list[County]

    def sums(self, week: str) -> Done:
        return added_up(item for county in self.counties for item in county.sums(week).items())


@dataclass
class Province:
    """The tree: `folder` is the province's own office."""

    folder: Path
    cities: list[City]
    weeks: list[str]

    @property
    def counties(self) -> list[County]:
        return [county for city in self.cities for county in city.counties]

    def sums(self, week: str) -> Done:
        return added_up(item for city in self.cities for item in city.sums(week).items())


def added_up(items: Iterable[tuple[tuple[str, str], int | None]]) -> Done:
    """Sums of the known parts."""
    sums: Done = {}
    for key, done in items:
        sums[key] = sums.get(key) if done is None else (sums.get(key) or 0) + done
    return sums


def grow(
    folder: Path,
    seed: int,
    counties: Sequence[int],
    towns: int,
    weeks: int = 1,
    villages: int = 1,
    spoil: float = 0.0,
) -> Province:
    """The whole tree on disc. counties: how many each city has; towns: of each county; villages: of each town.

    spoil: the share of figures that their town types so that they cannot count (约50).
    """
    dice = random.Random(seed)
    days = [(START + dt.timedelta(days=6 + 7 * number)).isoformat() for number in range(weeks)]
    grown = [
        City(name, folder / name, list(_counties(folder / name, dice, many, towns, villages)))
        for name, many in zip((f"{stem}市" for stem in dice.sample(_CITIES, len(counties))), counties, strict=True)
    ]
    province = Province(folder, grown, days)
    for county in province.counties:
        _season(county, days, dice, spoil)
        _write_county(county, next(city.name for city in grown if county in city.counties))
    for city in grown:
        _write_parent(
            city.folder, f"江海省{city.name}乡村振兴局（示例数据）", "市", _members(city.counties, TIERS), days
        )
    _write_parent(folder, "江海省乡村振兴局（示例数据）", "省", _members(grown, TIERS[:1]), days)
    return province


def _counties(folder: Path, dice: random.Random, counties: int, towns: int, villages: int) -> Iterator[County]:
    for stem in dice.sample(_COUNTIES, counties):
        name = f"{stem}{dice.choice('县区')}"
        yield County(name, folder / name, list(_villages(dice, towns, villages)))


def _villages(dice: random.Random, towns: int, villages: int) -> Iterator[Village]:
    """The last town's last village is the county's own (区级); some have no 整改."""
    for number, stem in enumerate(dice.sample(_TOWNS, towns), 1):
        for place, name in enumerate(dice.sample(_VILLAGES, villages), 1):
            tier = TIERS[number == towns and place == villages]
            targets = {KINDS[0]: dice.randint(40, 400), KINDS[1]: dice.choice((0, dice.randint(20, 200)))}
            yield Village(f"{stem}镇", f"{name}村", tier, targets)


def _season(county: County, days: Sequence[str], dice: random.Random, spoil: float) -> None:
    """Figures that never fall and never pass their target."""
    done = {(each.town, each.name, kind): 0 for each in county.villages for kind in KINDS}
    targets = {(each.town, each.name, kind): each.targets[kind] for each in county.villages for kind in KINDS}
    for day in days:
        done = {key: min(targets[key], count + dice.randint(0, 1 + targets[key] // 20)) for key, count in done.items()}
        county.done[day] = done
        county.spoilt[day] = {key for key in done if targets[key] and dice.random() < spoil}


# ---- on disc ---------------------------------------------------------------------------------------------------

_HEAD = """\
title: {title}
office: {office}
document: 示例〔2023〕4号
level: {level}
schedule: {{start: {start}, end: {end}}}
members:
"""


def _office(folder: Path, text: str, days: Iterable[str]) -> None:
    (folder / "params").mkdir(parents=True, exist_ok=True)
    (folder / "params" / "2023.yaml").write_text(text, encoding="utf-8")
    for day in days:
        (folder / "data" / "raw" / day).mkdir(parents=True)
        week = f"week: {day}\nprogramme: params/2023.yaml\ndecisions:\n"
        (folder / "params" / f"{day}.yaml").write_text(week, encoding="utf-8")


def _head(office: str, level: str) -> str:
    return _HEAD.format(title=TITLE, office=office, level=level, start=START, end=END)


def _write_county(county: County, city: str) -> None:
    text = _head(f"{city}{county.name}乡村振兴局（示例数据）", county.name[-1]).replace("members:", "towns:")
    by_town = _by_town(county.villages)
    for town, villages in by_town.items():
        text += f"  {town}:\n    villages:\n"
        for each in villages:
            new, old = (each.targets[kind] for kind in KINDS)
            text += f"      - {{name: {each.name}, tier: {each.tier}, new_build: {new}, renovation: {old}}}\n"
    _office(county.folder, text, county.done)
    for day in county.done:
        for town, villages in by_town.items():
            _write_form(county, town, villages, day)


def _by_town(villages: Iterable[Village]) -> dict[str, list[Village]]:
    by_town: dict[str, list[Village]] = {}
    for each in villages:
        by_town.setdefault(each.town, []).append(each)
    return by_town


def _write_form(county: County, town: str, villages: Iterable[Village], day: str) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([f"{TITLE}每周进展情况汇总表"])
    sheet.append(["区镇", "整村推进村", "目标任务", None, "完成情况", None, "备注"])
    sheet.append([None, None, *KINDS, *KINDS, None])
    for cells in ("A1:G1", "A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:G3"):
        sheet.merge_cells(cells)
    for each in villages:
        keys = [(town, each.name, kind) for kind in KINDS]
        typed = [f"约{county.done[day][key]}" if key in county.spoilt[day] else county.done[day][key] for key in keys]
        sheet.append([town, each.name, *each.targets.values(), *typed])
    book.save(county.folder / "data" / "raw" / day / f"{town}.xlsx")


def _members(members: Sequence[County] | Sequence[City], tiers: Sequence[str]) -> str:
    """The members of a higher office with the tasks of each tier that is its own: what the counties below add up to."""
    text = ""
    for member in members:
        counties = [member] if isinstance(member, County) else member.counties
        villages = [village for county in counties for village in county.villages]
        places = [_place(tier, of) for tier in tiers if (of := [each for each in villages if each.tier == tier])]
        text += f"  {member.name}:\n    office: {member.name}\n    places:{''.join(places) or ' []'}\n"
    return text


def _place(tier: str, villages: Sequence[Village]) -> str:
    new, old = (sum(village.targets[kind] for village in villages) for kind in KINDS)
    facts = f"name: {tier}整村推进村, tier: {tier}, new_build: {new}, renovation: {old}, count: {len(villages)}"
    return f"\n      - {{{facts}}}"


def _write_parent(folder: Path, office: str, level: str, members: str, days: Iterable[str]) -> None:
    _office(folder, _head(office, level) + members, days)


SAMPLE: dict[str, Any] = {"seed": 17, "counties": (3, 3), "towns": 4, "weeks": 3, "villages": 2, "spoil": 0.05}

if __name__ == "__main__":
    grow(Path(sys.argv[1]), **SAMPLE)
