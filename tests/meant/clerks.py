"""Ten clerks and the files that they send every week."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.meant.forms import TITLE
from tests.meant.layouts import IN_ONE_LINE, KINDS, OFFICIAL, STARTED, THREE, WIDE, Row, table
from tests.messes.office import BAO, CHANG, HAI, SAN, SI


@dataclass(frozen=True)
class Clerk:
    """One clerk's usual file."""

    columns: str
    name: str
    town: str = BAO
    around: Mapping[str, Any] = field(default_factory=dict)  # further arguments of `table`

    def form(self, rows: Sequence[Row]) -> str:
        return table(self.columns, rows, **self.around)


CLERKS = [
    Clerk(OFFICIAL, "包场镇.xlsx"),
    Clerk(
        OFFICIAL,
        "包场镇户厕周报（5.12）.xlsx",
        around={
            "above": ("填报单位：包场镇人民政府 |  |  | 填报日期：2023年5月12日 |  |  | 单位：座",),
            "below": ("填报人：陆燕 |  | 审核人：施建国 |  | 联系电话：0513-82650000",),
            "town_again": "^",
        },
    ),
    Clerk(
        WIDE,
        "海门街道第6周.xlsx",
        HAI,
        {
            "title": f"{TITLE}（第6周）",
            "above": ("单位：户（座）",),
            "below": ("注：1.本表为累计数。2.每周五下班前报区乡村振兴局。",),
            "total": "合计",
        },
    ),
    Clerk(
        STARTED,
        "海门港新区户厕改造进度5月12日.xlsx",
        around={
            "title": "海门港新区（包场镇）2023年农村户厕改造整村推进进度表",
            "above": ("截至2023年5月12日",),
            "below": ("填表人：黄晓东                审核：顾卫兵",),
            "total": "小计",
            "town_again": "",
        },
    ),
    Clerk(
        IN_ONE_LINE,
        "三厂街道.xlsx",
        SAN,
        {"above": ("附件2", "填报单位（盖章）：三厂街道办事处"), "below": ("2023年5月12日",)},
    ),
    Clerk(
        KINDS,
        "包场户厕整村推进周报20230512.xlsx",
        around={
            "title": "农村户厕改造整村推进周报表",
            "above": ("统计时间：5月6日—5月12日 |  |  |  | 单位：座",),
            "below": ("分管领导签字： |  | 经办人签字：",),
            "total": "合 计",
            "town_again": "^",
        },
    ),
    Clerk(
        THREE,
        "常乐镇5月12日.xlsx",
        CHANG,
        {
            "title": f"常乐镇{TITLE}",
            "below": ("说明：完成情况为自4月1日以来累计完成数。",),
            "total": "合计",
        },
    ),
    Clerk(
        OFFICIAL,
        "包场(1).xls",
        around={
            "above": ("海乡振〔2023〕4号附件", "填报单位：包场镇 | | | | | 2023.5.12 |"),
            "total": "全镇合计",
        },
    ),
    Clerk(
        OFFICIAL,
        "四甲镇进展情况.xlsx",
        SI,
        {
            "above": ("填报单位：四甲镇社会事业局 | | | | 日期：2023-05-12 |  |",),
            "below": ("单位负责人：        填表人：",),
        },
    ),
    Clerk(
        WIDE,
        "附件2 包场镇.xlsx",
        around={
            "above": ("填报日期：2023/5/12",),
            "below": (
                "填表说明：",
                "1.目标任务以区下达数为准；",
                "2.完成情况填累计数，不填本周新增；",
                "3.无进展也要报。",
            ),
            "total": "合计",
        },
    ),
]
