"""The invented office of the generated forms: three towns of one, two and five villages, one week on record."""

import datetime as dt
from collections.abc import Mapping

from pipeline.records import Key

DAY, LAST, FIRST = "2023-05-12", "2023-05-05", "2023-04-07"
KINDS = ("新建", "整改")
Pair = tuple[int, int]

# town -> village -> (targets, what was reported a week ago)
TOWNS: Mapping[str, Mapping[str, tuple[Pair, Pair]]] = {
    "包场镇": {"盐灶村": ((420, 180), (82, 34)), "盐河村": ((165, 0), (31, 0))},
    "三星镇": {
        "绣坊村": ((205, 260), (43, 77)),
        "古井村": ((240, 110), (51, 18)),
        "苇荡村": ((310, 95), (64, 26)),
        "鱼池村": ((150, 70), (29, 11)),
        "莲塘村": ((1330, 120), (1008, 15)),
    },
    "四甲镇": {"五甲村": ((0, 385), (0, 60))},
}
ALIASES = {"包场镇": ("包场", "海门港新区"), "三星镇": ("三星", "叠石桥"), "四甲镇": ("四甲", "四甲镇人民政府")}


def targets(town: str, village: str) -> Pair:
    return TOWNS[town][village][0]


def before(town: str, village: str, day: str = DAY) -> Pair:
    """What stood a week ago; before the first week nothing did."""
    return TOWNS[town][village][1] if day == DAY else (0, 0)


def keys(town: str) -> list[Key]:
    return [Key(town, village, kind) for village in TOWNS[town] for kind in KINDS]


def number(day: str) -> str:
    """第六周"""
    weeks = (dt.date.fromisoformat(day) - dt.date(2023, 4, 7)).days // 7
    return f"第{'一二三四五六七八九'[weeks]}周"


def spoken(day: str) -> str:
    """5月12日"""
    date = dt.date.fromisoformat(day)
    return f"{date.month}月{date.day}日"


def short(day: str) -> str:
    """5.12"""
    date = dt.date.fromisoformat(day)
    return f"{date.month}.{date.day}"


def programme() -> str:
    """The programme's YAML."""
    lines = [
        "title: 2023年度农村户厕改造整村推进",
        "office: 示例区乡村振兴局（示例数据）",
        "document: 示例〔2023〕4号",
        "schedule: {start: 2023-04-01, end: 2023-09-30}",
        "towns:",
    ]
    for town, villages in TOWNS.items():
        lines += [f"  {town}:", f"    aliases: [{', '.join(ALIASES[town])}]", "    villages:"]
        lines += [
            f"      - {{name: {name}, tier: 省级, new_build: {new}, renovation: {old}}}"
            for name, ((new, old), _) in villages.items()
        ]
    return "\n".join(lines) + "\n"
