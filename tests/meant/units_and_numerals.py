"""What a number counts, and how it is written: 座 and 户 in any dress, numerals in words, and what is no number."""

from tests.meant.cases import NEW, each, exact, safe, unused
from tests.meant.forms import OTHER, OTHER_BEGUN, OTHER_ROW, TITLE, VILLAGE, alone, beside, filled, headed
from tests.meant.layouts import IN_ONE_LINE, OFFICIAL, facts, rows_of, table, truth
from tests.meant.ordinary_remarks import talk
from tests.messes import builders as make
from tests.messes.office import CHANG
from tests.weeks import FIRST

UNITS = [
    *each(
        exact,
        "line",
        "单位 lines that mean one",
        lambda words: filled(above=(words,)),
        [
            "单位：座",
            "单位：户",
            "单位：个",
            "单位：户（座）",
            "单位：座/户",
            "计量单位：座",
            "（单位：座、%）",
            "单位:座，%",
            "填报单位：包场镇 | | | | | 单位：座",
            "单位： 座",
        ],
    ),
    exact(
        "money-too",
        beside("投入资金（万元）", "13.5", "3.6", under="^", width=1).replace(TITLE, TITLE + "\n单位：座、万元"),
        "座 and 万元, and a money column",
    ),
    *each(
        exact,
        "heading",
        "units in headings",
        lambda target, done: headed(
            f"区镇 | 整村推进村 | {target} | < | {done} | < | 备注", "^ | ^ | 新建 | 整改 | 新建 | 整改 | ^"
        ),
        [
            ("目标任务（座）", "完成情况（座）"),
            ("目标任务（户）", "完成情况（户）"),
            ("目标任务[座]", "完成情况[座]"),
            ("目标任务（单位：座）", "完成情况（单位：座）"),
            ("目标任务/座", "完成情况/座"),
        ],
    ),
    exact("cells", filled(f"{VILLAGE} | 45座 | 24户 | ", f"{OTHER} | 12 座 | 0座 | "), "units in cells"),
    *each(
        unused,
        "other-line",
        "单位 of something else",
        lambda words: filled(above=(words,)),
        [
            "单位：万座",
            "单位：千户",
            "单位：十座",
            "单位：人",
            "单位：平方米",
            "单位：元",
            "单位：公里",
            "单位：‰",
            "（单位：百户）",
            "计量单位：百个",
            "单位：村",
        ],
    ),
    *each(
        unused,
        "other-heading",
        "a heading's bracket of something else",
        alone,
        [
            "完成情况（人）",
            "完成情况（万元）",
            "完成情况（%）",
            "完成情况（㎡）",
            "完成情况（十座）",
            "完成情况（万户）",
            "完成情况（村）",
            "完成情况（吨）",
        ],
    ),
    *each(
        unused,
        "other-cell",
        "a cell's unit of something else",
        lambda words: filled(f"{VILLAGE} | {words} | 24 | ", OTHER_ROW),
        ["45人", "45万元", "45㎡", "45%", "45组", "45万", "0.45百座", "45天", "45公里", "45栋楼"],
        NEW,
    ),
    unused("at-the-foot", filled(below=("单位：百座",)), "at the foot"),
    unused("line-of-two-cells-other", filled(above=("单位： | 万户",)), "单位 and 万户 in two cells"),
    exact("line-of-two-cells", filled(above=("单位： | 座",)), "单位 and 座 in two cells"),
    unused("unit-title", filled(title=f"{TITLE}（单位：百座）"), "the unit in the title"),
]

NUMERALS = [
    exact("chinese", filled(f"{VILLAGE} | 四十五 | 二十四 | ", f"{OTHER} | 十二 | 零 | "), "Chinese numerals (V17)"),
    exact("full-width", filled(f"{VILLAGE} | '４５ | '２４ | ", f"{OTHER} | '１２ | '０ | "), "full width"),
    exact("units", filled(f"{VILLAGE} | 四十五座 | 24 | ", OTHER_ROW), "numerals and unit"),
    exact("decimal", filled(f"{VILLAGE} | '45.0 | '24.0 | ", f"{OTHER} | '12.0 | '0.0 | "), "45.0 as text"),
    exact("noise", lambda: make.xlsx(filled(), E4=45.00000000000001), "15 digits"),
    exact("first", filled(f"{VILLAGE} | 十一 | 三 | ", f"{OTHER} | 五 | 〇 | "), "the first week in words", day=FIRST),
    safe("old", filled(f"{VILLAGE} | 肆拾伍 | 廿四 | ", f"{OTHER} | 拾贰 | 0 | "), "old numerals"),
    *each(
        unused,
        "no-number",
        "no number of 45",
        lambda words: filled(f"{VILLAGE} | {words} | 24 | ", OTHER_ROW),
        [
            "四十五六",
            "四十多",
            "四百五",
            "几十",
            "百二",
            "四十五万",
            "㊺",
            "XLV",
            "四十余座",
            "一百二",
            "45上下",
            "45→50",
            "近五十",
            "40～45",
            "45(50)",
        ],
        NEW,
    ),
    *each(
        unused,
        "first-week",
        "no plain number, first week",
        lambda words: filled(f"{VILLAGE} | {words} | 3 | ", OTHER_BEGUN),
        ["十一二", "1l", "11(预计)", "11*", "11?", "≈11", "11+", "累计11，本周3", "11人", "目标11", "11、12"],
        NEW,
        day=FIRST,
    ),
]


def typed(style: str) -> str:
    """The form with all figures typed in this way."""
    return table(
        OFFICIAL, [row | {kind: style.format(row[kind]) for kind in ("done_new", "done_renovated")} for row in facts()]
    )


LIKE_NO_NUMBER = [
    "约50",
    "50左右",
    "48（含在建3）",
    "52/60",
    "52人",
    "5O",
    "-52",
    "52.5",
    "五十多",
    "52+3",
    "52→45",
    "52？",
]

ORDINARY = [
    *each(exact, "typed", "figures typed as", typed, ["{}座", "{}户", "'{}", "{}.0", "{}（座）"]),
    exact(
        "thousands",
        table(OFFICIAL, [row | {"done_new": "1,015", "target_new": "1,330"} for row in facts(CHANG)]),
        "1,015 as text",
        name="常乐镇.xlsx",
        town=CHANG,
        truth=truth(CHANG),
    ),
    *(
        unused(
            f"cell-{at + 1:02}",
            table(
                (OFFICIAL, IN_ONE_LINE)[at % 2], rows_of(((cell, 24), (12, 0)), (talk(at) if at % 3 == 1 else "", ""))
            ),
            f"a cell {cell}",
            NEW,
        )
        for at, cell in enumerate(LIKE_NO_NUMBER)
    ),
    unused(
        "csv-percent",
        lambda: make.csv(table(IN_ONE_LINE, rows_of((("52%", 24), (12, 0)))), "gb18030"),
        "CSV percent",
        NEW,
        name="包场镇.csv",
    ),
]

CASES = [*UNITS, *NUMERALS, *ORDINARY]
