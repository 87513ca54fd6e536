"""The invented office of the cases: six villages in five towns, five weeks of figures, and what was on record before."""

from collections.abc import Mapping
from dataclasses import dataclass, field

DAY = "2023-05-12"
LAST_DAY = "2023-05-05"
BAO, HAI, SAN, SI, CHANG, YU = "包场镇", "海门街道", "三厂街道", "四甲镇", "常乐镇", "余东镇"


@dataclass(frozen=True)
class Village:
    """One village: its targets and its cumulative figures of five weeks, 14 April to 12 May."""

    targets: tuple[int, int]
    new_build: tuple[int, int, int, int, int]
    renovation: tuple[int, int, int, int, int]
    tier: str = "省级"
    aliases: tuple[str, ...] = ()

    def at(self, day: str) -> tuple[int, int]:
        week = ("2023-04-14", "2023-04-21", "2023-04-28", LAST_DAY, DAY).index(day)
        return self.new_build[week], self.renovation[week]


Plan = Mapping[str, Mapping[str, Village]]

PLAN: Plan = {
    HAI: {"江畔村": Village((130, 165), (71, 85, 97, 110, 120), (11, 16, 21, 25, 28))},
    SAN: {"织坊村": Village((180, 95), (12, 19, 24, 30, 36), (0, 0, 0, 0, 3))},
    BAO: {
        "盐灶村": Village((420, 180), (17, 25, 33, 40, 45), (8, 12, 17, 20, 24)),
        "盐河村": Village((165, 0), (3, 5, 8, 10, 12), (0, 0, 0, 0, 0), tier="区级"),
    },
    SI: {"五甲村": Village((0, 85), (0, 0, 0, 0, 0), (33, 42, 52, 60, 70))},
    CHANG: {"长乐村": Village((1330, 120), (984, 993, 1001, 1008, 1015), (5, 9, 12, 15, 18))},
    YU: {},
}

ALIASES = {
    HAI: ("海门街道办事处", "海门街道办", "海门街办", "海门经济技术开发区", "海门开发区", "经济技术开发区", "开发区"),
    SAN: ("三厂街道办事处", "三厂街道办", "三厂街办", "三厂", "三厂工业园区", "三厂工业园", "三厂镇"),
    BAO: ("包场", "海门港新区", "海门港", "港新区", "包场镇人民政府"),
    SI: ("四甲", "四甲镇人民政府"),
    CHANG: ("常乐", "常乐镇人民政府"),
    YU: ("余东", "余东镇人民政府"),
}
FURTHER_ALIASES = {
    "三星镇": ("三星", "叠石桥", "海门工业园区"),
    "临江镇": ("临江", "临江新区"),
    "悦来镇": ("悦来", "悦来镇人民政府"),
}

# A further village of a test: its targets and figures, where a case does not say others.
GUEST = Village((100, 40), (4, 6, 8, 10, 12), (1, 2, 3, 4, 5))


def with_villages(**towns: Mapping[str, Village]) -> Plan:
    """The plan with further villages (of a town that is there or not)."""
    known = {town: dict(villages) for town, villages in PLAN.items()}
    for town, villages in towns.items():
        known.setdefault(town, {}).update(villages)
    return known


def programme(plan: Plan) -> str:
    """The programme's YAML."""
    lines = [
        "title: 2023年度农村户厕改造整村推进",
        "office: 示例区乡村振兴局（示例数据）",
        "document: 示例〔2023〕4号",
        "schedule: {start: 2023-04-01, end: 2023-09-30}",
        "towns:",
    ]
    for town, villages in plan.items():
        aliases = ", ".join((ALIASES | FURTHER_ALIASES)[town])
        lines += [f"  {town}:", f"    aliases: [{aliases}]", "    villages:" if villages else "    villages: []"]
        for name, village in villages.items():
            lines += [
                f"      - {{name: {name}, tier: {village.tier}, new_build: {village.targets[0]}, "
                f"renovation: {village.targets[1]}, aliases: [{', '.join(village.aliases)}]}}"
            ]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True)
class Past:
    """The weeks on record before the case's week, and where they differ from the plan's figures."""

    days: tuple[str, ...]
    figures: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # "盐灶村 新建" -> one figure a day
    words: Mapping[str, str] = field(default_factory=dict)  # what the towns wrote instead of a word of the form

    def at(self, plan: Plan, day: str) -> dict[str, tuple[int, int]]:
        found = {}
        for village, facts in ((name, facts) for villages in plan.values() for name, facts in villages.items()):
            new, renovated = facts.at(day)
            position = self.days.index(day)
            new = self.figures.get(f"{village} 新建", (new,) * len(self.days))[position]
            renovated = self.figures.get(f"{village} 整改", (renovated,) * len(self.days))[position]
            found[village] = (new, renovated)
        return found


NONE = Past(())
ONE_WEEK = Past((LAST_DAY,))
FOUR_DAYS = ("2023-04-14", "2023-04-21", "2023-04-28", LAST_DAY)
# over four weeks 织坊村 has begun with 整改, so that its 3 is no sudden growth
SEASON = Past(FOUR_DAYS, {"织坊村 整改": (0, 1, 1, 2)})
GAP = Past(("2023-04-28",))


def official(plan: Plan, *towns: str, figures: Mapping[str, tuple[int, int]] | None = None) -> str:
    """The official form as text (see `builders.grid`), filled for these towns: villages begin in row 4."""
    lines = [
        "2023年度农村户厕改造整村推进每周进展情况汇总表 | < | < | < | < | < | <",
        "区 镇 | 整村推进村 | 目标任务 | < | 完成情况 | < | 备注",
        "^ | ^ | 新建 | 整改 | 新建 | 整改 | ^",
    ]
    for town in towns:
        for village, facts in plan[town].items():
            new, renovated = (figures or {}).get(village, facts.at(DAY))
            lines.append(f"{town} | {village} | {facts.targets[0]} | {facts.targets[1]} | {new} | {renovated} | ")
    return "\n".join(lines)


FORM = official(PLAN, BAO)  # what 包场镇 sends when nothing is wrong: 盐灶村 in row 4, 盐河村 in row 5
