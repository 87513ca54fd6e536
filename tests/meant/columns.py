"""Columns that count something else than what is done by this week: another measure, another time, another place."""

from openpyxl.worksheet.worksheet import Worksheet

from tests.meant.cases import NEW, RENOVATED, each, exact, safe, unused
from tests.meant.forms import OTHER, VILLAGE, alone, beside, form, headed, in_front, official
from tests.messes import builders as make
from tests.weeks import FIRST


def hide_the_first_group(sheet: Worksheet) -> None:
    for column in "EF":
        sheet.column_dimensions[column].hidden = True


GROUPS = [
    *each(
        safe,
        "another-measure-beside",
        "another time, thing, place after 完成情况",
        lambda words: beside(words, "43 | 22", "11 | 0"),
        [
            "系统录入完成数",
            "区级核定完成数",
            "市级抽查合格完成",
            "其中：低收入户完成",
            "截至4月底完成情况",
            "2022年完成情况",
            "公厕改造完成",
            "全镇完成情况",
            "5月份完成情况",
            "上期完成情况",
            "下期预计完成",
            "图斑核实完成",
            "完成（含在建）",
        ],
    ),
    *each(
        safe,
        "another-measure-in-front",
        "the same before 完成情况",
        in_front,
        ["扣除返工后完成", "一季度完成情况", "村级上报完成"],
    ),
    *each(
        unused,
        "another-measure-alone",
        "the only group is another measure",
        alone,
        [
            "系统录入完成数",
            "验收合格数",
            "下周计划完成",
            "本月完成",
            "开工情况",
            "计划完成情况",
            "未完成情况",
            "2022年完成情况",
            "上周完成情况",
            "化粪池安装完成",
            "补助资金发放完成",
        ],
    ),
    unused("this-week-only", alone("本周完成", "5 | 4", "2 | 0"), "本周完成 alone (H14)"),
    unused("first-accepted", alone("验收合格", "8 | 2", "4 | 0"), "first week: only 验收合格", day=FIRST),
    safe(
        "first-last-year",
        form(
            "区镇 | 整村推进村 | 目标任务 | < | 往年完成 | < | 今年完成 | < | 备注",
            "^ | ^ | 新建 | 整改 | 新建 | 整改 | 新建 | 整改 | ^",
            f"{VILLAGE} | 35 | 9 | 11 | 3 | ",
            f"{OTHER} | 15 | 0 | 5 | 0 | ",
        ),
        "first week: 往年完成 before 今年完成",
        day=FIRST,
    ),
    safe(
        "last-this",
        form(
            "区镇 | 整村推进村 | 目标任务 | < | 完成情况 | < | < | < | 备注",
            "^ | ^ | 新建 | 整改 | 上周 | < | 本周 | < | ^",
            "^ | ^ | ^ | ^ | 新建 | 整改 | 新建 | 整改 | ^",
            f"{VILLAGE} | 40 | 20 | 45 | 24 | ",
            f"{OTHER} | 10 | 0 | 12 | 0 | ",
        ),
        "完成情况 of 上周 and 本周, both cumulative",
    ),
    safe("two-same", beside("完成情况", "43 | 22", "11 | 0"), "two groups with one heading and other figures"),
    safe(
        "households-and-seats",
        form(
            "区镇 | 整村推进村 | 目标任务 | < | 完成户数 | < | 完成座数 | < | 备注",
            "^ | ^ | 新建 | 整改 | 新建 | 整改 | 新建 | 整改 | ^",
            f"{VILLAGE} | 43 | 22 | 45 | 24 | ",
            f"{OTHER} | 11 | 0 | 12 | 0 | ",
        ),
        "户数 and 座数 differ",
    ),
    safe(
        "checked-again",
        form(
            "区镇 | 整村推进村 | 目标任务新建 | 目标任务整改 | 完成新建 | 完成整改 | 完成新建（复核） | 完成整改（复核） | 备注",
            f"{VILLAGE} | 45 | 24 | 43 | 22 | ",
            f"{OTHER} | 12 | 0 | 11 | 0 | ",
        ),
        "a second pair with a bracket",
    ),
    safe(
        "no-kinds",
        form(
            "区镇 | 整村推进村 | 目标任务 | 完成情况 | 备注",
            "包场镇 | 盐灶村 | 600 | 69 | ",
            "包场镇 | 盐河村 | 165 | 12 | ",
        ),
        "no kinds (H08)",
    ),
    safe(
        "mixed",
        form(
            "区镇 | 整村推进村 | 目标任务新建 | 目标任务整改 | 累计完成新建 | 本周完成整改 | 备注",
            f"{VILLAGE} | 45 | 4 | ",
            f"{OTHER} | 12 | 0 | ",
        ),
        "one kind cumulative, the other of the week",
    ),
    unused("last-week-heading", alone("截至5月5日完成情况"), "the group bears last week's date"),
    safe(
        "hidden-before",
        lambda: make.xlsx(in_front("完成数"), hide_the_first_group),
        "hidden 完成数 before the visible 完成情况",
    ),
    safe(
        "english-only",
        headed("Town | Village | Target New | Target Renovation | Completed New | Completed Renovation | Remarks"),
        "English only",
    ),
]

UNDER_THEM = [
    unused(
        "sub-money",
        form(
            "区镇 | 整村推进村 | 目标任务 | < | 完成情况 | < | 备注",
            "^ | ^ | 新建（座） | 整改（座） | 新建（万元） | 整改（万元） | ^",
            f"{VILLAGE} | 43 | 22 | ",
            f"{OTHER} | 11 | 0 | ",
        ),
        "万元 behind 新建",
    ),
    unused("rate-only", alone("完成率（%）", "11 | 13", "7 | 0"), "only 完成率, first week", day=FIRST),
    safe(
        "done-of-which",
        form(
            "区镇 | 整村推进村 | 目标任务 | < | 完成情况 | < | < | < | 备注",
            "^ | ^ | 新建 | 整改 | 累计 | < | 其中验收合格 | < | ^",
            "^ | ^ | ^ | ^ | 新建 | 整改 | 新建 | 整改 | ^",
            f"{VILLAGE} | 45 | 24 | 43 | 22 | ",
            f"{OTHER} | 12 | 0 | 11 | 0 | ",
        ),
        "完成情况: 累计, 其中验收合格",
    ),
    safe(
        "done-two-things",
        form(
            "区镇 | 整村推进村 | 目标任务 | < | 完成情况 | < | < | < | 备注",
            "^ | ^ | 新建 | 整改 | 主体完成 | < | 全部完成 | < | ^",
            "^ | ^ | ^ | ^ | 新建 | 整改 | 新建 | 整改 | ^",
            f"{VILLAGE} | 48 | 26 | 45 | 24 | ",
            f"{OTHER} | 14 | 0 | 12 | 0 | ",
        ),
        "主体完成, 全部完成",
    ),
]

BESIDE_THE_REMARK = [
    *each(
        exact,
        "words",
        "a further column of words",
        lambda *column: official(columns=[column]),
        [
            ("存在问题", "农户外出务工，待返乡后施工", "无"),
            ("存在问题", "原材料涨价，预计影响进度", "全镇施工队不足"),
            ("下步打算", "计划5月底前完成新建100座", "下周完成5座"),
            ("下周计划", "15", "5"),
            ("附注", "区级样板村（2022年评定）", ""),
            ("说明", "数据截至5月12日17时", "数据截至5月12日17时"),
            ("填报时间", "2023.5.12", "2023.5.12"),
            ("填报日期", "5月12日", "5月12日"),
            ("计划完成时间", "2023年9月底", "2023年8月31日"),
            ("开工时间", "2023年3月20日", "4月6日"),
            ("完工时间", "9月30日", "9月30日"),
            ("上次报送时间", "5月5日", "5月5日"),
            ("状态", "施工中", "推进中"),
            ("状态", "正常", "正常"),
            ("审核状态", "已审核", "已审核"),
            ("进度情况", "快于序时", "慢于序时"),
            ("责任人", "镇分管领导", "镇分管领导"),
            ("情况说明", "本周新增新建5座、整改4座", "本周新增新建2座"),
            ("统计口径", "整村推进村", "整村推进村"),
            ("年度", "2023", "2023"),
            ("期次", "第六周", "第六周"),
        ],
    ),
    *each(
        unused,
        "words-against-a-row",
        "a further column takes the row back",
        lambda *column: official(done=((60, 30), (12, 0)), columns=[column]),
        [
            ("说明", "预计数", ""),
            ("情况说明", "含2022年结转", ""),
            ("存在问题", "数据有误，待更正", ""),
            ("附注", "全镇数", ""),
            ("数据性质", "计划", "实际"),
            ("状态", "作废", "有效"),
            ("统计口径", "全镇", "本村"),
            ("年度", "2022", "2023"),
            ("截止时间", "4月28日", "5月12日"),
            ("数据时间", "五月五日", "五月十二日"),
            ("期次", "第5周", "第6周"),
            ("类型", "示例", ""),
        ],
        NEW,
        RENOVATED,
    ),
]

CASES = [*GROUPS, *UNDER_THEM, *BESIDE_THE_REMARK]
