"""What the names of tabs and files say of the form in them."""

from tests.meant.cases import each, each_name, exact, safe, told
from tests.meant.forms import DONE_LAST_WEEK, NOTHING, TOO_MANY, official, tabs

HARMLESS = [
    *each(
        exact,
        "tab",
        "a lone tab's name",
        lambda tab: tabs({tab: official()}),
        [
            "包场镇",
            "5.12",
            "0512",
            "第六周",
            "5月12日",
            "20230512",
            "Sheet1 (2)",
            "整村推进汇总",
            "附件2",
            "五月第二周",
            "2023年5.12",
            "进度表（周报）",
        ],
    ),
    exact(
        "two-dates",
        tabs({"5.5": official(done=DONE_LAST_WEEK), "5.12": official("预计6月完工")}),
        "last week's and this week's tabs",
    ),
    exact("last-and-this", tabs({"上周": official(done=DONE_LAST_WEEK), "本周": official()}), "上周 and 本周"),
    exact(
        "example-tab",
        tabs({"填表说明": official(remark="示例", done=((100, 50), (30, 0)), title="填表示例"), "汇总表": official()}),
        "a tab of hints with an example",
    ),
    exact(
        "weeks-in-words", tabs({"第五周": official(done=DONE_LAST_WEEK), "第六周": official()}), "week numbers in words"
    ),
    exact(
        "four-digits",
        tabs({"0428": official(done=((33, 17), (8, 0))), "0505": official(done=DONE_LAST_WEEK), "0512": official()}),
        "four digits a tab",
    ),
    exact(
        "dates-in-words",
        tabs({"五月五日": official(done=DONE_LAST_WEEK), "五月十二日": official()}),
        "dates in Chinese numerals",
    ),
    exact(
        "prose",
        tabs(
            {"汇总表": official(), "工作总结": "包场镇户厕改造工作总结\n截至5月12日累计完成81座，预计6月底完成过半。"}
        ),
        "a tab of prose beside the form",
    ),
    *each_name(
        exact,
        "file",
        "file name",
        official(),
        [
            "包场镇5.12.xlsx",
            "包场镇第6周.xlsx",
            "包场镇第六周周报（5月12日）.xlsx",
            "包场镇0512.xlsx",
            "包场镇（最终版）.xlsx",
            "2023.05.12包场镇户厕周报.xlsx",
            "包场镇_20230512163201.xlsx",
            "包场镇5.6-5.12.xlsx",
            "包场镇五月十二日.xlsx",
            "包场镇2023年度计划任务每周进展.xlsx",
            "包场镇(2).xlsx",
            "海门港新区整村推进（定稿）.xlsx",
        ],
    ),
]

TAKEN_BACK = [
    safe("forecast-tab", tabs({"5月底预计": official(done=TOO_MANY)}), "a lone tab of a forecast"),
    safe("plan-tab", tabs({"计划": official(done=TOO_MANY)}), "a lone tab 计划"),
    safe("sample-tab", tabs({"样表": official(done=TOO_MANY)}), "a lone tab 样表"),
    safe("last-year-tab", tabs({"2022年": official(done=TOO_MANY)}), "a lone tab 2022年"),
    safe(
        "blank-tab",
        tabs({"5.5": official(done=TOO_MANY), "5.12": official("本周数据待报", done=NOTHING)}),
        "this week's tab blank: data to come",
    ),
    safe("done-and-planned", tabs({"实际": official(), "计划": official(done=TOO_MANY)}), "实际 and 计划"),
    safe(
        "unnamed-tab", tabs({"Sheet1": official(done=TOO_MANY), "5.12": official()}), "an unnamed tab and this week's"
    ),
    safe(
        "two-of-this-week", tabs({"5.12": official(), "5.12（改）": official(done=TOO_MANY)}), "two tabs of this week"
    ),
    safe("forecast-file", official(done=TOO_MANY), "file name: a forecast", name="包场镇（预计数）.xlsx"),
    safe("void-file", official(done=TOO_MANY), "file name: void", name="包场镇作废.xlsx"),
    safe("plan-file", official(done=TOO_MANY), "file name: next month's plan", name="包场镇6月计划.xlsx"),
]

TOLD = [
    told("told-tab-1", tabs({"5.5": official()}), "a lone tab of another week"),
    told("told-tab-2", tabs({"第五周": official()}), "a lone tab of another week in words"),
    told("told-tab-3", tabs({"四月二十八日": official()}), "a lone tab of another day in Chinese numerals"),
    told("told-tab-4", tabs({"0428": official()}), "a lone tab of another day, four digits"),
    told("draft-tab", tabs({"草稿": official()}), "a lone tab that is a draft"),
    *each_name(
        told,
        "told-file",
        "file name",
        official(),
        [
            "包场镇5.5.xlsx",
            "包场镇第五周.xlsx",
            "包场镇0428.xlsx",
            "包场镇四月二十八日.xlsx",
            "包场镇草稿.xlsx",
            "包场镇2022年度.xlsx",
            "包场镇5.13-5.19.xlsx",
        ],
    ),
]

CASES = [*HARMLESS, *TAKEN_BACK, *TOLD]
