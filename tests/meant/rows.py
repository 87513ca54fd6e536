"""Which rows are a village's: its parts, column codes, examples."""

from tests.meant.cases import NEW, RENOVATED, each, exact, safe, unused
from tests.meant.forms import BEGUN, HEADING, ONE_LINE, OTHER_BEGUN, OTHER_ROW, ROW, VILLAGE, filled, form, headed
from tests.meant.layouts import OFFICIAL, rows_of, table
from tests.weeks import FIRST

PARTS = [
    unused(
        "groups",
        filled("包场镇 | 盐灶村1组 | 200 | 80 | 25 | 14 | ", "包场镇 | 盐灶村2组 | 220 | 100 | 20 | 10 | ", OTHER_ROW),
        "rows of 组",
        NEW,
        RENOVATED,
    ),
    unused(
        "sides",
        filled(
            "包场镇 | 盐灶村（东片） | 200 | 80 | 25 | 14 | ",
            "包场镇 | 盐灶村（西片） | 220 | 100 | 20 | 10 | ",
            OTHER_ROW,
        ),
        "东片, 西片",
        NEW,
        RENOVATED,
    ),
    unused(
        "batches",
        form(
            ONE_LINE.replace("| 目标任务新建", "| 批次 | 目标任务新建"),
            "包场镇 | 盐灶村 | 第一批 | 420 | 180 | 23 | 12 | ",
            "^ | ^ | 第二批 | 420 | 180 | 23 | 12 | ",
            "包场镇 | 盐河村 | 第一批 | 165 | 0 | 12 | 0 | ",
        ),
        "two batches, merged, equal",
        NEW,
        RENOVATED,
    ),
    unused(
        "blank-name",
        filled(f"{VILLAGE} | 30 | 14 | 第一批", " | | | | 15 | 10 | 第二批", OTHER_ROW),
        "the second part has no name",
        NEW,
        RENOVATED,
    ),
    safe("copy", filled(ROW, ROW, OTHER_ROW), "a copy to the cell (T19)"),
    safe(
        "whole-and-parts",
        filled(ROW, "包场镇 | 其中：一组 | 200 | 80 | 25 | 14 | ", "包场镇 | 二组 | 220 | 100 | 20 | 10 | ", OTHER_ROW),
        "the whole, then its parts",
    ),
    unused(
        "equal-halves",
        filled(f"{VILLAGE} | 22 | 12 | 第一标段", f"{VILLAGE} | 22 | 12 | 第二标段", OTHER_ROW),
        "equal figures, other remarks",
        NEW,
        RENOVATED,
    ),
    safe(
        "kinds-apart",
        filled("包场镇 | 盐灶村 | 420 | | 45 | | 新建", "包场镇 | 盐灶村 | | 180 | | 24 | 整改", OTHER_ROW),
        "one row for each kind",
    ),
    exact(
        "groups-column",
        form(
            ONE_LINE.replace("| 目标任务新建", "| 涉及村民小组 | 目标任务新建"),
            "包场镇 | 盐灶村 | 1-12组 | 420 | 180 | 45 | 24 | ",
            "包场镇 | 盐河村 | 3、5、8组 | 165 | 0 | 12 | 0 | ",
        ),
        "which 组, in words, a row a village",
    ),
    exact(
        "town-merged", filled(ROW, "^ | 盐河村 | 165 | 0 | 12 | 0 | "), "the town's cell merged over both rows (W12)"
    ),
    exact("town-once", filled(ROW, " | 盐河村 | 165 | 0 | 12 | 0 | "), "the town only once (W13)"),
    unused(
        "first-parts",
        filled(f"{VILLAGE} | 6 | 2 | 一期", f"{VILLAGE} | 5 | 1 | 二期", OTHER_BEGUN),
        "first week: 一期, 二期",
        NEW,
        RENOVATED,
        day=FIRST,
    ),
    unused(
        "whole-last",
        filled(
            "包场镇 | 盐灶村一组 | 200 | 80 | 25 | 14 | ",
            "包场镇 | 盐灶村二组 | 220 | 100 | 20 | 10 | ",
            "包场镇 | 盐河村一组 | 165 | 0 | 12 | 0 | ",
        ),
        "every village by 组",
    ),
    safe(
        "parts-then-sum",
        filled(
            "包场镇 | 盐灶村 | 200 | 80 | 25 | 14 | 东片",
            " | | 220 | 100 | 20 | 10 | 西片",
            " | 小计 | 420 | 180 | 45 | 24 | ",
            OTHER_ROW,
        ),
        "two parts and a 小计 of the village",
    ),
    unused(
        "groups-ordinary",
        table(OFFICIAL, rows_of(((20, 10), (12, 0)))).replace("盐灶村", "盐灶村1组")
        + "\n包场镇 | 盐灶村2组 | 420 | 180 | 25 | 14 | ",
        "a village in groups",
        NEW,
        RENOVATED,
    ),
    unused(
        "nameless-second",
        table(OFFICIAL, rows_of(((20, 10), (12, 0)))).replace(
            "\n包场镇 | 盐河村", "\n |  |  |  | 25 | 14 | 第二批\n包场镇 | 盐河村"
        ),
        "a second row without a name",
        NEW,
        RENOVATED,
    ),
]

CODES_AND_EXAMPLES = [
    *each(
        exact,
        "codes",
        "a row of column codes",
        lambda row: headed(HEADING, row),
        [
            "甲 | 乙 | 1 | 2 | 3 | 4 | 5",
            "A | B | C | D | E | F | G",
            "(1) | (2) | (3) | (4) | (5) | (6) | (7)",
            "① | ② | ③ | ④ | ⑤ | ⑥ | ⑦",
            "1 | 2 | 3 | 4 | 5 | 6 | 7",
            "栏次 | — | 1 | 2 | 3 | 4 | 5",
            "甲 | 乙 | (1) | (2) | (3)≤(1) | (4)≤(2) | 丙",
        ],
    ),
    exact("codes-above", headed("1 | 2 | 3 | 4 | 5 | 6 | 7", HEADING), "codes over the headings"),
    exact(
        "example-row", filled("例：某镇 | 某村 | 100 | 50 | 30 | 10 | 填写示例", ROW, OTHER_ROW), "an example of 某村"
    ),
    exact("example-crossed", filled("示例 | ××村 | 100 | 50 | 30 | 10 | ", ROW, OTHER_ROW), "an example of ××村"),
    exact(
        "hints",
        headed(HEADING, " | | （按下达数） | （按下达数） | （填累计数） | （填累计数） | （200字内）"),
        "a line of hints under the headings",
    ),
    safe(
        "example-ours",
        filled("（示例）包场镇 | 盐灶村 | 420 | 180 | 43 | 22 | ", ROW, OTHER_ROW),
        "an example with our village",
    ),
    safe(
        "example-ours-remark",
        filled(f"{VILLAGE} | 43 | 22 | 填写示例，请勿删除", OTHER_ROW),
        "the only row of the village is an example",
    ),
    exact(
        "codes-first",
        form(HEADING, "甲 | 乙 | 1 | 2 | 3 | 4 | 丙", BEGUN, OTHER_BEGUN),
        "codes in the first week",
        day=FIRST,
    ),
    exact(
        "hint-row-words",
        headed(HEADING, "填写说明 | 全称 | 整数 | 整数 | 累计数，整数 | 累计数，整数 | 没有填无"),
        "hints in words",
    ),
    unused(
        "example-remark-first",
        filled(f"{VILLAGE} | 30 | 10 | 示例", OTHER_BEGUN),
        "first week: a row marked 示例 in 备注",
        NEW,
        RENOVATED,
        day=FIRST,
    ),
    unused(
        "example-remark",
        filled(f"{VILLAGE} | 43 | 22 | 此行为样例，填报时删除", OTHER_ROW),
        "a row that says it is a sample",
        NEW,
        RENOVATED,
    ),
    safe(
        "example-and-true", filled(f"{VILLAGE} | 43 | 22 | 示例行", ROW, OTHER_ROW), "a sample row, then the true one"
    ),
]

CASES = [*PARTS, *CODES_AND_EXAMPLES]
