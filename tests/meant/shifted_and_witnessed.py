"""Figures in the wrong place, and the arithmetic beside a figure that says another one."""

from collections.abc import Sequence

from tests.meant.cases import NEW, RENOVATED, exact, safe, told, unused
from tests.meant.forms import OTHER, OTHER_BEGUN, OTHER_ROW, TOTAL, VILLAGE, filled, form
from tests.meant.layouts import OFFICIAL, rows_of, table
from tests.weeks import FIRST

GROUPS = "区镇 | 整村推进村 | 目标任务新建 | 目标任务整改 | 完成新建 | 完成整改"
RATE, LEFT, ALL = "新建完成率 | 整改完成率", "剩余新建 | 剩余整改", "完成合计"
WEEKS = "上周累计新建 | 上周累计整改 | 本周新增新建 | 本周新增整改"


def witness(
    columns: str, cells: str, other_cells: str, new: str = "45", renovated: str = "24", below: Sequence[str] = ()
) -> str:
    """Further columns beside the figures of 盐灶村."""
    return form(
        f"{GROUPS} | {columns} | 备注",
        f"{VILLAGE} | {new} | {renovated} | {cells} | ",
        f"{OTHER} | 12 | 0 | {other_cells} | ",
        below=below,
    )


SHIFTED = [
    unused(
        "kinds-swapped", filled(f"{VILLAGE} | 24 | 45 | ", f"{OTHER} | 0 | 12 | "), "新建 and 整改 swapped in both rows"
    ),
    unused(
        "whole-swapped",
        filled("包场镇 | 盐灶村 | 180 | 420 | 3 | 11 | ", OTHER_BEGUN),
        "targets and figures swapped, first week",
        NEW,
        RENOVATED,
        day=FIRST,
    ),
    unused(
        "target-done",
        filled("包场镇 | 盐灶村 | 45 | 24 | 420 | 180 | ", OTHER_ROW),
        "目标 and 完成 exchanged",
        NEW,
        RENOVATED,
    ),
    unused(
        "rows-exchanged",
        filled("包场镇 | 盐灶村 | 165 | 0 | 12 | 0 | ", "包场镇 | 盐河村 | 420 | 180 | 45 | 24 | "),
        "each row carries the other village's",
    ),
    safe("shift-left", filled("盐灶村 | 420 | 180 | 45 | 24 | | ", OTHER_ROW), "the row begins one cell too early"),
    unused(
        "shift-right",
        filled("包场镇 | 盐灶村 | | 420 | 180 | 45 | 24", OTHER_ROW),
        "the row's numbers one cell too late",
        NEW,
        RENOVATED,
    ),
    unused(
        "shift-first",
        filled("包场镇 | 盐灶村 | 180 | 11 | 3 | 0 | ", OTHER_BEGUN),
        "one cell too early, first week",
        NEW,
        RENOVATED,
        day=FIRST,
    ),
    unused(
        "first-exchanged",
        filled("包场镇 | 盐灶村 | 165 | 0 | 5 | 0 | ", "包场镇 | 盐河村 | 420 | 180 | 11 | 3 | "),
        "rows exchanged, first week",
        day=FIRST,
    ),
    unused(
        "crosswise", filled("包场镇 | 盐灶村 | 420 | 45 | 180 | 24 | ", OTHER_ROW), "目标整改 and 完成新建 crossed", NEW
    ),
    unused(
        "target-copied",
        filled(f"{VILLAGE} | 420 | 180 | ", OTHER_ROW),
        "the targets copied into 完成: far over the week",
        NEW,
        RENOVATED,
    ),
    unused(
        "crosswise-first",
        filled("包场镇 | 盐灶村 | 420 | 11 | 180 | 3 | ", OTHER_BEGUN),
        "目标整改 and 完成新建 crossed, first week",
        NEW,
        day=FIRST,
    ),
    unused(
        "cross-kinds",
        filled("包场镇 | 盐灶村 | 45 | 180 | 420 | 24 | ", OTHER_ROW),
        "目标新建 and 完成新建 crossed",
        NEW,
    ),
    safe("swapped", table(OFFICIAL, rows_of(((24, 45), (12, 0)))), "新建 and 整改 swapped"),
    safe(
        "targets-swapped",
        table(OFFICIAL, rows_of(((420, 180), (165, 0)), targets=((45, 24), (12, 0)))),
        "目标 and 完成 exchanged in the whole form",
    ),
    safe(
        "rows-swapped",
        table(OFFICIAL, rows_of(((12, 0), (45, 24)), targets=((165, 0), (420, 180)))),
        "rows of the two villages exchanged",
    ),
]

WITNESSED = [
    exact(
        "all-agree",
        witness(f"{RATE} | {LEFT} | {ALL}", "10.71% | 13.33% | 375 | 156 | 69", "7.27% | — | 153 | 0 | 12"),
        "all agree",
    ),
    exact("rates-rounded", witness(RATE, "10.7% | 13.3%", "7.3% | 0%"), "one decimal"),
    exact("rates-shares", witness(RATE, "0.1071 | 0.1333", "0.0727 | 0"), "shares"),
    exact("sum-rate", witness("完成合计 | 完成率", "69 | 11.5%", "12 | 7.27%"), "合计 and one 完成率 over both kinds"),
    exact(
        "last-new",
        witness(WEEKS, "40 | 20 | 5 | 4", "10 | 0 | 2 | 0"),
        "上周+本周",
    ),
    exact("rates-integers", witness("新建完成率（%） | 整改完成率（%）", "11 | 13", "7 | 0"), "whole percents"),
    unused(
        "rate-left",
        witness(f"{RATE} | {LEFT}", "10.71% | 13.33% | 375 | 156", "7.27% | — | 153 | 0", new="54"),
        "完成率 and 剩余 say 45, the figure 54",
        NEW,
    ),
    unused(
        "rate-sum",
        witness(f"{RATE} | {ALL}", "10.71% | 13.33% | 69", "7.27% | — | 12", new="54"),
        "完成率 and 合计 say 45",
        NEW,
    ),
    unused(
        "last-new-left",
        witness(f"上周累计新建 | 本周新增新建 | {LEFT}", "40 | 5 | 375 | 156", "10 | 2 | 153 | 0", new="54"),
        "上周+本周 and 剩余 say 45",
        NEW,
    ),
    unused(
        "total-left",
        witness(LEFT, "375 | 156", "153 | 0", new="54", below=("合计 | | 585 | 180 | 57 | 24 | 528 | 156 | ",)),
        "the total and 剩余 say 45",
        NEW,
    ),
    unused(
        "renovated",
        witness(f"{RATE} | {LEFT}", "10.71% | 13.33% | 375 | 156", "7.27% | — | 153 | 0", renovated="42"),
        "the same of 整改 (42 for 24)",
        RENOVATED,
    ),
    unused(
        "all",
        witness(
            f"{RATE} | {LEFT} | {ALL}",
            "10.71% | 13.33% | 375 | 156 | 69",
            "7.27% | — | 153 | 0 | 12",
            new="54",
            below=("合计 | | 585 | 180 | 57 | 24 | 9.74% | 13.33% | 528 | 156 | 81 | ",),
        ),
        "all witnesses say 45",
        NEW,
    ),
    unused(
        "total-remark",
        filled(f"{VILLAGE} | 54 | 24 | 截至本周累计新建45座", OTHER_ROW, below=(f"合计 | | {TOTAL}",)),
        "备注 and 合计 say 45",
        NEW,
    ),
    told("one-rate", witness(RATE, "11.71% | 13.33%", "7.27% | —"), "one rate is off (L18), the figure is right"),
    safe(
        "stale-witnesses",
        witness(f"{RATE} | {LEFT}", "9.52% | 11.11% | 380 | 160", "6.06% | — | 155 | 0"),
        "witnesses left from last week",
    ),
    unused(
        "first",
        form(
            f"{GROUPS} | {RATE} | {LEFT} | 备注",
            f"{VILLAGE} | 71 | 3 | 2.62% | 1.67% | 409 | 177 | ",
            f"{OTHER} | 5 | 0 | 3.03% | — | 160 | 0 | ",
        ),
        "first week: 完成率 and 剩余 say 11, the figure 71",
        NEW,
        day=FIRST,
    ),
    unused(
        "this-week-figures",
        witness(
            f"{WEEKS} | 新建完成率",
            "40 | 20 | 5 | 4 | 10.71%",
            "10 | 0 | 2 | 0 | 7.27%",
            new="47",
        ),
        "上周+本周 and 完成率 say 45, the figure 47",
        NEW,
    ),
    exact(
        "first-witnesses",
        form(
            f"{GROUPS} | {RATE} | {LEFT} | 备注",
            f"{VILLAGE} | 11 | 3 | 2.62% | 1.67% | 409 | 177 | ",
            f"{OTHER} | 5 | 0 | 3.03% | — | 160 | 0 | ",
        ),
        "first week, witnesses agree",
        day=FIRST,
    ),
    exact(
        "first-last-0",
        form(
            "区镇 | 整村推进村 | 目标任务 | < | 上周累计 | < | 本周新增 | < | 累计完成 | < | 备注",
            "^ | ^ | 新建 | 整改 | 新建 | 整改 | 新建 | 整改 | 新建 | 整改 | ^",
            f"{VILLAGE} | 0 | 0 | 11 | 3 | 11 | 3 | ",
            f"{OTHER} | 0 | 0 | 5 | 0 | 5 | 0 | ",
        ),
        "first week, 上周累计 0",
        day=FIRST,
    ),
    unused(
        "first-last-new-sum",
        form(
            "区镇 | 整村推进村 | 目标任务 | < | 上周累计 | < | 本周新增 | < | 累计完成 | < | 完成合计 | 备注",
            "^ | ^ | 新建 | 整改 | 新建 | 整改 | 新建 | 整改 | 新建 | 整改 | ^ | ^",
            f"{VILLAGE} | 40 | 20 | 5 | 4 | 54 | 24 | 69 | ",
            f"{OTHER} | 10 | 0 | 2 | 0 | 12 | 0 | 12 | ",
        ),
        "上周+本周 and 完成合计 say 45, two lines",
        NEW,
    ),
]

CASES = [*SHIFTED, *WITNESSED]
