"""Further groups of columns that any clerk calls right beside 完成情况: sums, rates, growth, what is begun or left."""

from tests.meant.cases import each, exact
from tests.meant.forms import HEADING, OTHER, VILLAGE, beside, form, in_front

CASES = [
    exact("growth-after", beside("本周新增", "5 | 4", "2 | 0"), "本周新增 after 完成情况, agreeing"),
    exact("rates", beside("完成率", "10.71% | 13.33%", "7.27% | —"), "完成率 after it"),
    exact(
        "three-groups",
        form(
            "区镇 | 整村推进村 | 目标任务 | < | 完成情况 | < | < | < | < | < | 备注",
            "^ | ^ | 新建 | 整改 | 上周累计 | < | 本周新增 | < | 累计完成 | < | ^",
            "^ | ^ | ^ | ^ | 新建 | 整改 | 新建 | 整改 | 新建 | 整改 | ^",
            f"{VILLAGE} | 40 | 20 | 5 | 4 | 45 | 24 | ",
            f"{OTHER} | 10 | 0 | 2 | 0 | 12 | 0 | ",
        ),
        "上周累计, 本周新增, 累计完成 under 完成情况",
    ),
    exact(
        "subtotals",
        form(
            "区镇 | 整村推进村 | 目标任务 | < | < | 完成情况 | < | < | 备注",
            "^ | ^ | 新建 | 整改 | 小计 | 新建 | 整改 | 小计 | ^",
            f"{VILLAGE} | 600 | 45 | 24 | 69 | ",
            f"{OTHER} | 165 | 12 | 0 | 12 | ",
        ),
        "小计 in both groups",
    ),
    exact(
        "sum-first",
        form(
            "区镇 | 整村推进村 | 目标任务 | < | < | 完成情况 | < | < | 备注",
            "^ | ^ | 合计 | 新建 | 整改 | 合计 | 新建 | 整改 | ^",
            "包场镇 | 盐灶村 | 600 | 420 | 180 | 69 | 45 | 24 | ",
            "包场镇 | 盐河村 | 165 | 165 | 0 | 12 | 12 | 0 | ",
        ),
        "合计 first in both groups",
    ),
    exact(
        "by-kind",
        form(
            "区镇 | 整村推进村 | 新建 | < | < | 整改 | < | < | 备注",
            "^ | ^ | 目标任务 | 完成数 | 完成率 | 目标任务 | 完成数 | 完成率 | ^",
            "包场镇 | 盐灶村 | 420 | 45 | 10.71% | 180 | 24 | 13.33% | ",
            "包场镇 | 盐河村 | 165 | 12 | 7.27% | 0 | 0 | — | ",
        ),
        "groups by kind with rates",
    ),
    exact(
        "by-kind-begun",
        form(
            "区镇 | 整村推进村 | 新建户厕 | < | < | 整改户厕 | < | < | 备注",
            "^ | ^ | 任务数 | 开工数 | 完成数 | 任务数 | 开工数 | 完成数 | ^",
            "包场镇 | 盐灶村 | 420 | 60 | 45 | 180 | 30 | 24 | ",
            "包场镇 | 盐河村 | 165 | 20 | 12 | 0 | 0 | 0 | ",
        ),
        "groups by kind with 开工数",
    ),
    exact("remaining", beside("未完成数", "375 | 156", "153 | 0"), "未完成数 after it"),
    exact(
        "of-which",
        form(
            "区镇 | 整村推进村 | 目标任务 | < | < | 累计完成情况 | < | < | 备注",
            "^ | ^ | 小计 | 其中：新建 | 其中：整改 | 小计 | 其中：新建 | 其中：整改 | ^",
            "包场镇 | 盐灶村 | 600 | 420 | 180 | 69 | 45 | 24 | ",
            "包场镇 | 盐河村 | 165 | 165 | 0 | 12 | 12 | 0 | ",
        ),
        "其中：新建",
    ),
    exact(
        "plans-in-words",
        form(
            HEADING.replace("| 备注", "| 存在问题 | 下步打算").replace("整改 | ^", "整改 | ^ | ^"),
            f"{VILLAGE} | 45 | 24 | 化粪池到货慢 | 力争5月底完成100座",
            f"{OTHER} | 12 | 0 | 无 | 下周计划新建10座",
        ),
        "problems and plans in words, with numbers",
    ),
    exact("begun-before", in_front("开工情况", "60 | 30", "20 | 0"), "开工情况 before 完成情况"),
    exact("households", beside("涉及户数", "50 | 26", "13 | 0"), "户数 beside"),
    exact("money", beside("完成投资（万元）", "13.5 | 4.8", "3.6 | 0"), "money beside"),
    exact("due-by-now", in_front("应完成数（序时）", "96 | 41", "38 | 0"), "应完成 before 完成情况"),
    exact(
        "two-targets",
        form(
            "区镇 | 整村推进村 | 区下达目标任务 | < | 镇自加压目标 | < | 完成情况 | < | 备注",
            "^ | ^ | 新建 | 整改 | 新建 | 整改 | 新建 | 整改 | ^",
            f"{VILLAGE} | 450 | 200 | 45 | 24 | ",
            f"{OTHER} | 180 | 0 | 12 | 0 | ",
        ),
        "the town's own targets beside",
    ),
    exact(
        "this-and-all",
        form(
            "区镇 | 整村推进村 | 目标任务 | < | 完成情况 | < | < | < | 备注",
            "^ | ^ | 新建 | 整改 | 本周完成 | < | 累计完成 | < | ^",
            "^ | ^ | ^ | ^ | 新建 | 整改 | 新建 | 整改 | ^",
            f"{VILLAGE} | 5 | 4 | 45 | 24 | ",
            f"{OTHER} | 2 | 0 | 12 | 0 | ",
        ),
        "本周完成 and 累计完成",
    ),
    exact(
        "all-and-this",
        form(
            "区镇 | 整村推进村 | 目标任务 | < | 累计完成 | < | 其中：本周完成 | < | 备注",
            "^ | ^ | 新建 | 整改 | 新建 | 整改 | 新建 | 整改 | ^",
            f"{VILLAGE} | 45 | 24 | 5 | 4 | ",
            f"{OTHER} | 12 | 0 | 2 | 0 | ",
        ),
        "其中：本周完成 after 累计完成",
    ),
    exact("rank", beside("排名", "1", "2", under="^", width=1), "排名"),
    exact(
        "landfill",
        beside("旱厕填埋", "3 | 7", "2 | 6", under="目标 | 完成"),
        "a third class with 目标 and 完成 of its own",
    ),
    *each(
        exact,
        "further-column",
        "a further column whose heading speaks of 完成 or progress",
        lambda group, cells, other_cells: beside(group, cells, other_cells, under="^", width=1),
        [
            ("预计完成时间", "9月底", "8月底"),
            ("是否完成", "否", "否"),
            ("未完成原因", "化粪池未到货", ""),
            ("计划完成时限", "2023年9月30日", "2023年9月30日"),
            ("完成比例", "11.5%", "7.27%"),
            ("目标任务完成率", "11.5%", "7.27%"),
            ("完成质量", "良好", "良好"),
            ("完成率排名", "1", "2"),
            ("累计完成率", "11.5%", "7.27%"),
            ("形象进度", "正在开挖", "管道铺设"),
            ("开工时间", "4月3日", "4月10日"),
            ("照片", "见附件", "见附件"),
            ("改厕方式", "三格式", "三格式"),
            ("完成情况说明", "正常推进", "正常推进"),
        ],
    ),
    exact(
        "kind-cumulative",
        form(
            "区镇 | 整村推进村 | 新建 | < | < | 整改 | < | < | 备注",
            "^ | ^ | 目标 | 本周新增 | 累计完成 | 目标 | 本周新增 | 累计完成 | ^",
            "包场镇 | 盐灶村 | 420 | 5 | 45 | 180 | 4 | 24 | ",
            "包场镇 | 盐河村 | 165 | 2 | 12 | 0 | 0 | 0 | ",
        ),
        "by kind: 目标, 本周新增, 累计完成",
    ),
    exact(
        "begun-done",
        form(
            "区镇 | 整村推进村 | 目标任务 | < | 累计开工 | < | 累计完成 | < | 备注",
            "^ | ^ | 新建 | 整改 | 新建 | 整改 | 新建 | 整改 | ^",
            f"{VILLAGE} | 60 | 30 | 45 | 24 | ",
            f"{OTHER} | 20 | 0 | 12 | 0 | ",
        ),
        "累计开工 and 累计完成",
    ),
]
