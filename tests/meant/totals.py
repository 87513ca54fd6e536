"""Rows of totals, and what else stands under the villages."""

from tests.meant.cases import each, exact, safe, told
from tests.meant.forms import OTHER_ROW, ROW, TOTAL, filled, form

CASES = [
    *each(
        exact,
        "label",
        "labels of a total row",
        lambda label: filled(below=(f"{label} | {TOTAL}",)),
        [
            "合计 | ",
            "合 计 | <",
            " | 合计",
            "全镇合计： | ",
            "包场镇合计 | ",
            "包场镇小计 | ",
            "两村合计 | ",
            "合计（2个村） | ",
            "Total | ",
            "总计（座） | ",
            "总 数 | ",
            "累计： | ",
            "包场镇 | 累计",
            "本镇汇总 | ",
            "∑ | ",
            "合计: | 2个村",
            "包场镇 | 镇合计",
            "共计 | ",
            "SUM | ",
            "【合计】 | ",
        ],
    ),
    exact("first", filled(f"合计 | | {TOTAL}", ROW, OTHER_ROW), "the total first"),
    exact(
        "rate-row", filled(below=(f"合计 | | {TOTAL}", "完成率 | | | | 9.74% | 13.33% | ")), "a row of rates under it"
    ),
    exact(
        "last-week-row",
        filled(below=(f"合计 | | {TOTAL}", "上周合计 | | 585 | 180 | 50 | 20 | ", "本周新增 | | | | 7 | 4 | ")),
        "rows of 上周合计, 本周新增",
    ),
    exact(
        "remaining-row", filled(below=(f"合计 | | {TOTAL}", "剩余任务 | | | | 528 | 156 | ")), "a row of what is left"
    ),
    exact("pace-row", filled(below=(f"合计 | | {TOTAL}", "序时进度 | | | | 22.95% | 22.95% | ")), "a row of 序时进度"),
    exact(
        "bands",
        filled(
            "一、省级整村推进村 | < | < | < | < | < | <", ROW, "二、区级整村推进村 | < | < | < | < | < | <", OTHER_ROW
        ),
        "band lines",
    ),
    exact(
        "band-subtotals",
        filled(
            "省级整村推进村",
            ROW,
            "小计 | | 420 | 180 | 45 | 24 | ",
            "区级整村推进村",
            OTHER_ROW,
            "小计 | | 165 | 0 | 12 | 0 | ",
            f"总计 | | {TOTAL}",
        ),
        "bands with 小计",
    ),
    told("differs", filled(below=("合计 | | 585 | 180 | 59 | 24 | ",)), "the total differs (L02)"),
    safe("no-label", filled(below=(f" | | {TOTAL}",)), "a total without a label (L03)"),
    safe("town-label", filled(below=(f"包场镇 | | {TOTAL}",)), "a row of the town without a village"),
    exact(
        "whole-district-form",
        filled(
            "海门街道 | 江畔村 | 130 | 165 | | | ",
            ROW,
            "^ | 盐河村 | 165 | 0 | 12 | 0 | ",
            "四甲镇 | 五甲村 | 0 | 85 | | | ",
            "合计 | < | 715 | 430 | 57 | 24 | ",
        ),
        "the district's form, only our rows filled (W05)",
    ),
    exact("average-row", filled(below=("平均 | | 293 | 90 | 29 | 12 | ",)), "a row 平均"),
    exact(
        "sum-in-number-column",
        form(
            "序号 | 区镇 | 整村推进村 | 目标任务 | < | 完成情况 | < | 备注",
            "^ | ^ | ^ | 新建 | 整改 | 新建 | 整改 | ^",
            f"1 | {ROW}",
            f"2 | {OTHER_ROW}",
            f"合计 | < | < | {TOTAL}",
        ),
        "合计 stands under 序号",
    ),
    exact(
        "sum-first-number",
        form(
            "序号 | 区镇 | 整村推进村 | 目标任务 | < | 完成情况 | < | 备注",
            "^ | ^ | ^ | 新建 | 整改 | 新建 | 整改 | ^",
            f"合计 | < | < | {TOTAL}",
            f"1 | {ROW}",
            "2 | ^ | 盐河村 | 165 | 0 | 12 | 0 | ",
        ),
        "合计 first, under 序号",
    ),
]
