"""本周无进展 in place of figures: as a sentence, in cells, in remarks; and sentences that only look like it."""

from tests.meant.cases import (
    LAST_WEEK,
    NEW,
    OTHER_NEW,
    OTHER_RENOVATED,
    RENOVATED,
    each,
    exact,
    last_week,
    safe,
    unused,
)
from tests.meant.forms import DONE_LAST_WEEK, NOTHING, TITLE, word
from tests.meant.layouts import (
    IN_ONE_LINE,
    KINDS,
    OFFICIAL,
    PLACE,
    REMARK,
    Row,
    facts,
    last_truth,
    layout,
    pair,
    rows_of,
    table,
)
from tests.meant.ordinary_lines import ABOVE, BELOW
from tests.messes.office import CHANG, DAY, HAI, SAN, SI
from tests.weeks import FIGURES, TRUTH

OF_THE_TOWN = [
    *each(
        exact,
        "sentence",
        "a zero report of the whole town",
        str,
        [
            "包场镇本周无进展",
            "本周零报告",
            "包场镇本周农村户厕改造整村推进工作无新增进展，特此零报告。",
            "包场镇盐灶村、盐河村本周均无进展。",
            f"{TITLE}\n填报单位：包场镇\n本周无进展",
            "截至5月12日，包场镇本周无进展（第六周）",
            "包场镇：无变化",
        ],
        truth=LAST_WEEK,
    ),
]

NONE = [
    *each(
        unused,
        "none",
        "no zero report",
        str,
        [
            "包场镇本周并非无进展，数据稍后补报",
            "上周包场镇无进展",
            "包场镇5月5日当周零报告",
            "四甲镇本周无进展",
            "如本周无进展请零报告",
            "包场镇无进展村：0个",
            "包场镇本周有无进展：有",
            "包场镇本周无进展，新建新增5座",
            "包场镇本周无进展？待核实",
            "包场镇预计下周无进展",
            "包场镇下周起实行零报告制度",
            "包场镇污水管网本周无进展",
            "包场镇本周公厕改造零报告",
            "不存在无进展的情况",
        ],
        *FIGURES,
    ),
]

# what is said of a part of the town may be used for that part, and for nothing else
OF_A_PART = [
    safe("one-village", "包场镇盐灶村本周无进展", "only one village", truth=last_week(NEW, RENOVATED)),
    safe(
        "all-but-one",
        "包场镇除盐河村外本周均无进展",
        "all but one village",
        truth=last_week(NEW, RENOVATED, OTHER_RENOVATED),
    ),
    safe(
        "other-grown",
        "包场镇盐灶村本周无进展，盐河村新增2座",
        "one village; the other has grown",
        truth=last_week(NEW, RENOVATED, OTHER_RENOVATED),
    ),
    safe(
        "one-kind",
        "包场镇新建无进展，整改新增4座",
        "one kind; the other has grown",
        truth=last_week(NEW, OTHER_NEW, OTHER_RENOVATED),
    ),
    safe("one-kind-of-one", "包场镇盐灶村新建本周无进展", "one kind of one village", truth=last_week(NEW)),
    safe("no-great-progress", "包场镇本周无重大进展", "no great progress", truth=LAST_WEEK),
]

ALONE = [
    "包场镇本周零报告。",
    "本周无进展",
    "本周无变化",
    "我镇本周户厕改造无进展，特此零报告。",
    "截至5月12日，包场镇户厕改造本周无新增。",
]

UNDER_THE_TITLE = [
    "零报告",
    "本周（5月6日—5月12日）无进展。",
    "包场镇第6周无进展",
    "与上周相同，无变化。",
    "包场镇5月12日零报告",
    "盐灶村、盐河村本周均无进展。",
    "本周数据同上周。",
]

IN_CELLS = ["同上周", "无变化", "无进展", "本周无进展", "与上周相同", "同上期", "没有变化", "与上周一致", "无新增"]
BESIDE_THE_SAME = [
    "本周无进展",
    "无新增",
    "因下雨停工，本周无新增",
    "同上周，无变化",
    "本周未施工",
    "零报告",
    "农忙，本周无进展，下周恢复施工",
    "较上周无变化",
]

WITHOUT_SUMS = layout(
    "序号={number}", PLACE, "级别={tier}", pair("目标任务（座）", "target"), pair("累计完成情况（座）", "done"), REMARK
)

LETTER = ["零报告", "区乡村振兴局：", "包场镇本周农村户厕改造整村推进工作无进展。", "包场镇人民政府", "2023年5月12日"]


def under_the_title(words: str) -> str:
    return f"{TITLE}\n{words}"


def in_cells(words: str, row: Row) -> Row:
    """The words stand where the figures do; what has no target keeps its 0."""
    return row | {"done_new": words, "done_renovated": words if row["target_renovated"] else "0"}


ORDINARY = [
    *each(exact, "alone", "only", str, ALONE, truth=LAST_WEEK),
    *each(exact, "titled", "under the title", under_the_title, UNDER_THE_TITLE, truth=LAST_WEEK),
    *each(
        exact,
        "named",
        "only, and the file says so",
        str,
        ["包场镇本周无进展。", "包场镇本周无新增。"],
        name="包场镇零报告.xlsx",
        truth=LAST_WEEK,
    ),
    exact(
        "named-and-titled",
        under_the_title("包场镇本周农村户厕改造整村推进工作无进展。"),
        "under the title, and the file says so",
        name="包场镇零报告.xlsx",
        truth=LAST_WEEK,
    ),
    *(
        exact(
            f"in-cells-{at + 1}",
            table((OFFICIAL, WITHOUT_SUMS)[at % 2], [in_cells(words, row) for row in facts()], above=ABOVE[at]),
            f"in the cells: {words}",
            truth=LAST_WEEK,
        )
        for at, words in enumerate(IN_CELLS)
    ),
    *(
        exact(
            f"same-{at + 1}",
            table(
                (OFFICIAL, IN_ONE_LINE, KINDS)[at % 3],
                rows_of(DONE_LAST_WEEK, (words, words)),
                above=ABOVE[at + 8],
                below=BELOW[at],
            ),
            f"last week's figures and in 备注: {words}",
            truth=LAST_WEEK,
        )
        for at, words in enumerate(BESIDE_THE_SAME)
    ),
    *each(
        exact,
        "blank",
        "blank figures and in 备注",
        lambda words: table(OFFICIAL, rows_of(NOTHING, (words, words))),
        ["本周无进展", "无进展", "同上周"],
        truth=LAST_WEEK,
    ),
    exact("word", word(before=["包场镇本周无进展。"]), "a sentence in Word", name="包场镇.docx", truth=LAST_WEEK),
    exact("letter", word(before=LETTER), "a letter in Word", name="包场镇零报告.docx", truth=LAST_WEEK),
    exact(
        "other-without",
        table(OFFICIAL, rows_of(((45, 24), (10, 0)), ("", "本周无进展"))),
        "one village grows, the other has none",
        truth=TRUTH[DAY] | {OTHER_NEW: 10},
    ),
    exact(
        "kind-without",
        table(OFFICIAL, rows_of(((45, 20), (12, 0)), ("新建5座，整改本周无进展", ""))),
        "one kind without progress, said so",
        truth=TRUTH[DAY] | {RENOVATED: 20},
    ),
    *(
        exact(
            f"town-{number}",
            f"{TITLE}\n{town}本周无进展。",
            f"{town}'s zero report",
            name=f"{town}.xlsx",
            town=town,
            truth=last_truth(town),
        )
        for number, town in enumerate((HAI, SAN, SI, CHANG), 1)
    ),
    safe(
        "with-an-exception",
        f"{TITLE}\n除盐灶村新建新增5座外，其余本周无进展。",
        "a zero report with an exception",
        truth=LAST_WEEK | {NEW: 45},
    ),
    safe("turned", f"{TITLE}\n包场镇前期无进展的局面已扭转，本周新增11座。", "no zero report"),
]

CASES = [*OF_THE_TOWN, *NONE, *OF_A_PART, *ORDINARY]
