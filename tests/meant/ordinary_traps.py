"""Forms that look like the ordinary ones, and say somewhere that the figures are of something else."""

from collections.abc import Sequence

from tests.meant.cases import NEW, RENOVATED, each, safe, unused
from tests.meant.forms import (
    DONE,
    DONE_LAST_WEEK,
    HEADING,
    NOTHING,
    TITLE,
    TOO_MANY,
    TOO_MANY_NEW,
    Pair,
    band,
    form,
    tabs,
)
from tests.meant.layouts import OFFICIAL, PLACE, REMARK, TARGETS, layout, pair, rows_of, table
from tests.meant.ordinary_lines import BELOW
from tests.messes import builders as make
from tests.messes.office import DAY
from tests.weeks import FIRST

MORE = ((52, 27), (15, 0))
TRANSPOSED = ((54, 24), (12, 0))
FEW = ((3, 2), (3, 0))
BOTH_OF_ONE = (NEW, RENOVATED)


def under(heading: str, done: Sequence[Pair], day: str = DAY) -> str:
    """The figures stand under this heading in place of 完成情况."""
    below = BELOW[1] if day == DAY else ()
    return table(layout(PLACE, TARGETS, pair(heading, "done"), REMARK), rows_of(done, day=day), below=below)


def around(
    done: Sequence[Pair] = MORE,
    above: Sequence[str] = (),
    below: Sequence[str] = (),
    title: str = TITLE,
    day: str = DAY,
) -> str:
    """The official form with these lines around it."""
    return table(OFFICIAL, rows_of(done, day=day), title, above, below)


def remarked(remark: str, done: Sequence[Pair] = TRANSPOSED, other_remark: str = "") -> str:
    """The official form with a remark of 盐灶村, and perhaps one of 盐河村."""
    return table(OFFICIAL, rows_of(done, (remark, other_remark)))


HEADINGS = [
    *each(
        unused,
        "heading",
        "the heading counts something else",
        under,
        [
            ("完成情况（含在建）", TOO_MANY),
            ("开工情况", TOO_MANY),
            ("完成情况（预计到5月19日）", MORE),
            ("计划完成情况", MORE),
            ("完成情况（涉及人数）", ((135, 72), (36, 0))),
            ("化粪池安装完成", TOO_MANY),
            ("完成签约", TOO_MANY),
            ("完成情况（挖坑）", TOO_MANY),
            ("完成情况（全镇）", ((95, 60), (40, 0))),
        ],
    ),
    *each(
        safe,
        "heading-last-week",
        "the heading leaves this week out",
        under,
        [("完成情况（累计至上周）", DONE_LAST_WEEK), ("完成情况（不含本周）", DONE_LAST_WEEK)],
    ),
    *each(
        unused,
        "heading-first-week",
        "the heading counts something else, first week",
        lambda heading, done: under(heading, done, FIRST),
        [("完成情况（占任务%）", FEW), ("奖补完成情况（百元）", ((22, 6), (6, 0)))],
        day=FIRST,
    ),
    unused(
        "other-kinds",
        table(
            layout(PLACE, TARGETS, "完成情况/厕屋={done_new};完成情况/化粪池={done_renovated}", REMARK), rows_of(MORE)
        ),
        "another division than 新建 and 整改",
    ),
]

LINES = [
    unused("unit-persons", around(((135, 72), (36, 0)), ["填报单位：包场镇 | | | | | 单位：人 | "]), "unit: persons"),
    unused("unit-area", around(TOO_MANY, ["填报日期：2023年5月12日 | | | | | 单位：平方米 | "]), "unit: square metres"),
    unused("unit-percent", around(FEW, ["计量单位：%"], day=FIRST), "unit: percent, first week", day=FIRST),
    unused(
        "unit-ten-in-xls", lambda: make.xls(around(above=["单位：十座"])), "xls with a unit of ten", name="包场镇.xls"
    ),
    unused("next-week-title", around(title=f"{TITLE}（第7周）"), "next week's number in the title"),
    unused("next-week-period", around(above=["统计周期：2023年5月13日至5月19日"]), "next week's period above"),
    safe(
        "last-week-date",
        around(DONE_LAST_WEEK, ["填报单位：包场镇 | | | 填报日期：2023年5月5日 | | | 单位：座"]),
        "last week's date above and last week's figures",
    ),
    safe("of-april", around(((33, 17), (8, 0)), ["数据截至时间：2023年4月28日"]), "data of 28 April"),
    unused(
        "begun-counted", around(TOO_MANY, below=["注：完成数含在建户数。"]), "foot: counts what is under construction"
    ),
    unused(
        "dug-counted",
        around(TOO_MANY, below=["填表说明：", "1.完成数包括已开挖未安装的户厕；", "2.每周五报送。"]),
        "foot: dug but not installed counted",
    ),
    unused("estimate", around(below=["注：以上完成数为预估数，实际数待核实后另报。"]), "foot: estimate"),
    unused("wrong", around(below=["以上数据有误，以电话报数为准。"]), "foot: wrong, telephone counts"),
    unused(
        "correction",
        around(TRANSPOSED, below=["更正：盐灶村新建完成数应为45座。"]),
        "foot: correction of one figure",
        NEW,
    ),
]

SAID = [
    unused(
        "last-year-counted",
        remarked("含2022年完成的15座，正常推进", TOO_MANY_NEW, "施工正常"),
        "last year's counted",
        NEW,
    ),
    unused("typed-wrong", remarked("新建填错，应为45座"), "typed wrong", NEW),
    unused(
        "part-of-the-other",
        remarked("其中新建6座为盐河村实施", ((51, 24), (12, 0))),
        "part belongs to the other village",
        NEW,
    ),
    *each(
        unused,
        "both-of-one",
        "the remark takes both figures back",
        remarked,
        [
            ("本行为盐河村数据", ((52, 27), (12, 0))),
            ("此为全镇合计数", ((95, 60), (12, 0))),
            ("完成栏为计划数，实际完成另报", ((60, 30), (12, 0))),
            ("本周无进展", ((52, 27), (12, 0))),
            ("数据未核，为暂估数，周一更正", ((52, 27), (12, 0))),
        ],
        *BOTH_OF_ONE,
    ),
]

OF_THE_WHOLE = [
    safe("blank-tab", tabs({"5.5": around(DONE_LAST_WEEK), "5.12": around(NOTHING)}), "this week's tab is blank"),
    safe("old-tab", tabs({"4月28日": around(((33, 17), (8, 0)))}), "a lone old tab"),
    safe("two-tabs", tabs({"初稿": around(), "定稿（未盖章）": around(DONE)}), "two tabs with other figures"),
    safe("example-tab", tabs({"填表示例": around(), "填报": around(NOTHING)}), "only the example tab is filled"),
    unused(
        "misspelt",
        around(((52, 27), (12, 0))).replace("盐灶村", "盐皂村"),
        "one character of the village's name wrong",
        *BOTH_OF_ONE,
    ),
    safe("another-town", around(), "another town's name on the file", name="四甲镇.xlsx"),
    safe("total-only", form(HEADING, "包场镇 | 合计 | 585 | 180 | 67 | 27 | ", title=band(TITLE, 7)), "the total only"),
    safe(
        "two-in-a-row",
        form(HEADING, "包场镇 | 盐灶村、盐河村 | 585 | 180 | 57 | 24 | ", title=band(TITLE, 7)),
        "two villages in one row",
    ),
    safe(
        "public-toilets", around(title="2023年度农村公厕改造整村推进每周进展情况汇总表"), "public toilets by the title"
    ),
    safe("sewage", around(title="2023年度农村生活污水治理整村推进每周进展情况汇总表"), "sewage by the title"),
    safe(
        "last-years-table",
        table(
            OFFICIAL,
            rows_of(((130, 70), (40, 0)), targets=((400, 170), (150, 0))),
            "2022年度农村户厕改造整村推进每周进展情况汇总表",
        ),
        "last year's table and targets",
    ),
]

CASES = [*HEADINGS, *LINES, *SAID, *OF_THE_WHOLE]
