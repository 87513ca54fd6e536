"""Of which week the figures are: titles, date lines, date cells, tabs, names of files."""

import datetime as dt

from tests.meant.cases import LAST_WEEK, each, each_name, exact, safe, told, unused
from tests.meant.forms import EMPTY, LAST, OLDER, OTHER, ROW, THIS_WEEK, TITLE, VILLAGE, filled, form, old, tabs
from tests.messes import builders as make

NEXT = filled(f"{VILLAGE} | 52 | 28 | ", f"{OTHER} | 14 | 0 | ")
LINES = [
    *each(
        exact,
        "above",
        "what stands between title and headings",
        lambda line: filled(above=[line]),
        [
            "（截至5月12日）",
            "截至2023年5月12日 | | | | | | 单位：座",
            "填报单位（盖章）：包场镇人民政府 | | | | 填报日期：2023.5.12",
            "填报时间：5月11日",
            "第六周（5月6日—5月12日）",
            "第6期 | | | | | | 2023年5月12日",
            "5.6-5.12",
            "二〇二三年五月十二日",
            "报送截止时间：5月12日17:00 | | | | 联系电话：0513-82200000",
            "依据：示例〔2023〕4号（2023年3月27日） | | | | 单位：座",
            "统计时间：2023年4月1日至2023年5月12日",
            "填报日期： 年 月 日 | | | | 单位：户（座）",
            "截至：2023/5/12",
        ],
    ),
    *each(
        exact,
        "title",
        "what a title may say",
        lambda title: filled(title=title),
        [
            f"包场镇{TITLE}（截至5月12日）",
            f"附件2：{TITLE}",
            "包场镇农村户厕改造进展情况周报表（第6周）",
            "农村户厕改造整村推进进展情况表",
            f"{TITLE}（5月份第2周）",
        ],
    ),
    exact("no-title", filled(title=""), "no title at all"),
    exact(
        "date-cell",
        lambda: make.xlsx(filled(above=("填报日期： | ",)), B2=dt.datetime(2023, 5, 12)),
        "填报日期 as a date cell",
    ),
    *each(
        exact,
        "foot",
        "at the foot",
        lambda line: filled(below=(".", line)),
        [
            "填报人：张某 | | 审核人：李某 | | | 2023年5月12日",
            "注：1.本表为累计数；2.每周五下班前报送；3.9月30日前全部完成。",
            "说明：上周（5月5日）累计完成新建50座、整改20座，本周新增新建7座、整改4座。",
            "（盖章） | | | | 5月12日",
            "备注：本表数据截至5月12日17时，5月19日前报下一期。",
        ],
    ),
    *each(
        exact,
        "close-below",
        "a line right under the rows, without a gap",
        lambda line: filled(below=(line,)),
        [
            "以下空白",
            "（以下无正文）",
            "填报人：张某 审核人：李某",
            "注：累计数。",
            "制表：包场镇农业农村局 | | | | | | 5月12日",
            "说明 | 盐河村因雨停工两天",
            "* 数据截至本周五",
        ],
    ),
    *each(
        exact,
        "date-line",
        "a date line",
        lambda line: filled(above=[line]),
        [
            "2023年第6周",
            "4月1日—5月12日",
            "5月6日至12日",
            "2023年5月12日 星期五",
            "5/12",
            "截至5月12日17时",
            "（5月）",
            "2023-05-12 16:30:00",
            "统计截止日：2023年05月12日",
        ],
    ),
]

OTHER_DATES = [
    unused("title-last", old(title=f"{TITLE}（截至5月5日）"), "title of last week over older figures"),
    unused("title-next", old(title=f"{TITLE}（截至5月19日）"), "title of next week"),
    unused("fifth-week", old(above=("第5周",)), "第5周 over older figures"),
    unused(
        "date-cell-april",
        lambda: make.xlsx(old(above=("填报日期： | ",)), B2=dt.datetime(2023, 4, 28)),
        "填报日期 28 April as a date cell",
    ),
    safe("forgotten-date", filled(above=("截至5月5日",)), "the date was not changed, the figures are new (H11)"),
    told("last-year", filled(title=TITLE.replace("2023", "2022")), "title says 2022 (H10)"),
    unused(
        "last-year-and-other-targets",
        filled(
            "包场镇 | 盐灶村 | 380 | 150 | 43 | 22 | ",
            "包场镇 | 盐河村 | 140 | 0 | 11 | 0 | ",
            title=TITLE.replace("2023", "2022"),
        ),
        "2022 with other targets and figures",
    ),
    told("lone-tab-other-date", tabs({"5.5": filled()}), "a lone tab bears last week's date"),
    told("file-other-date", filled(), "the file's name bears last week's date", name="包场镇5.5.xlsx"),
    unused(
        "foot-last-old",
        old(below=(".", "填报人：张某 | | | | | 2023年5月5日")),
        "older figures, and the date at the foot is last week's",
    ),
    unused(
        "date-cell-last-week",
        lambda: make.xlsx(old(above=("填报日期： | ",)), B2=dt.datetime(2023, 5, 5)),
        "填报日期 5 May as a date cell",
    ),
    unused("date-beside", old(above=("填报日期： | 2023年5月5日",)), "填报日期 in the next cell, as text"),
    unused("date-same-cell", old(above=("填报日期：2023年5月5日",)), "填报日期 in the same cell"),
    unused("tab-title-last", tabs({"5.5": old(above=("截至5月5日",))}), "tab and title of last week"),
]

NAMES_OF_FILES = each_name(
    exact,
    "file",
    "the file's name",
    filled(),
    [
        "包场镇第6周.xlsx",
        "包场镇0512.xlsx",
        "包场镇户厕改造周报20230512(1).xlsx",
        "5.6-5.12包场镇.xlsx",
        "附件：包场镇（5月12日）最终版.xlsx",
    ],
)

TABS = [
    exact("weeks", tabs({"第5周": LAST, "第6周": THIS_WEEK}), "第5周, 第6周"),
    exact("dates", tabs({"4.28": OLDER, "5.5": LAST, "5.12": THIS_WEEK}), "a tab a week"),
    exact("dates-back", tabs({"5月12日": THIS_WEEK, "5月5日": LAST}), "newest first"),
    exact("digits", tabs({"20230505": LAST, "20230512": THIS_WEEK}), "eight digits"),
    exact("ranges", tabs({"4.29-5.5": LAST, "5.6-5.12": THIS_WEEK}), "ranges"),
    exact("last-this", tabs({"上周": LAST, "本周": THIS_WEEK}), "上周 and 本周"),
    exact("blank-next", tabs({"5.12": THIS_WEEK, "5.19": EMPTY}), "next week's tab is prepared"),
    exact("template", tabs({"模板": EMPTY, "5.12": THIS_WEEK}), "an empty template beside"),
    exact("blank-sheets", tabs({"Sheet1": THIS_WEEK, "Sheet2": "", "Sheet3": ""}), "Sheet2, Sheet3 empty"),
    exact(
        "instructions",
        tabs({"填表说明": "填表说明\n1.本表填累计数。\n2.每周五17:00前报送。", "报表": THIS_WEEK}),
        "填表说明 in words",
    ),
    exact(
        "example-tab",
        tabs({"填报示例": filled("示例镇 | 示例村 | 100 | 50 | 30 | 10 | "), "填报表": THIS_WEEK}),
        "an example tab of an invented village",
    ),
    safe("example-tab-ours", tabs({"填报示例": LAST, "填报表": THIS_WEEK}), "an example tab with our villages"),
    exact(
        "village-list",
        tabs(
            {
                "任务表": form(
                    "区镇 | 整村推进村 | 目标任务新建 | 目标任务整改", VILLAGE, OTHER, title="2023年度任务分解表"
                ),
                "5.12": THIS_WEEK,
            }
        ),
        "the list of targets beside",
    ),
    safe("this-blank", tabs({"5.5": OLDER, "5.12": EMPTY}), "this week's tab blank, an older one filled"),
    safe(
        "this-no-progress",
        tabs({"5.5": OLDER, "5.12": filled(f"{VILLAGE} | | | 本周无进展", f"{OTHER} | | | 本周无进展")}),
        "this week's tab says 无进展",
        truth=LAST_WEEK,
    ),
    safe(
        "half-filled", tabs({"5.5": OLDER, "5.12": filled(ROW, f"{OTHER} | | | ")}), "this week's tab has one village"
    ),
    safe("hidden-this", tabs({"第5周": OLDER, "第6周": THIS_WEEK}, ("第6周",)), "this week's tab hidden"),
    safe("copy", tabs({"5.12": old(), "5.12 (2)": THIS_WEEK}), "5.12 and 5.12 (2)"),
    safe("draft-final", tabs({"初稿": old(), "定稿": THIS_WEEK}), "初稿 and 定稿"),
    safe("next-filled", tabs({"5.12": THIS_WEEK, "5.19": NEXT}), "next week's tab is filled with the plan"),
    told("tab-title-differ", tabs({"5.5": filled(above=("截至5月12日",))}), "tab of last week, title of this one"),
    safe(
        "two-tables",
        THIS_WEEK.replace(TITLE, TITLE + "\n第5周").replace("45 | 24", "40 | 20").replace("12 | 0", "10 | 0")
        + "\n.\n第6周\n"
        + filled(title=""),
        "two blocks in one sheet, last week and this one",
    ),
    safe(
        "foot-last-date", filled(below=(".", "填报人：张某 | | | | | 2023年5月5日")), "the foot bears last week's date"
    ),
    safe("void-tab", tabs({"5.12作废": old(), "5.12": THIS_WEEK}), "作废 beside"),
    safe("void-only", tabs({"作废": old()}), "the lone tab says 作废: another file must come"),
    *each(
        exact,
        "two-tabs",
        "last week's tab and this one",
        lambda was, now: tabs({was: LAST, now: THIS_WEEK}),
        [
            ("第五周", "第六周"),
            ("0505", "0512"),
            ("5-5", "5-12"),
            ("5月5日报", "5月12日报"),
            ("20230505周报", "20230512周报"),
            ("2023.5.5", "2023.5.12"),
            ("截至5.5", "截至5.12"),
            ("5月5日（第5周）", "5月12日（第6周）"),
        ],
    ),
    exact("cover", tabs({"封面": "包场镇人民政府\n户厕改造进展", "汇总表": THIS_WEEK}), "a cover"),
    safe("corrected-tab", tabs({"5.12": old(), "5.12更正": THIS_WEEK}), "5.12 and 5.12更正"),
]

CASES = [*LINES, *OTHER_DATES, *NAMES_OF_FILES, *TABS]
