"""H: headings — titles, the block above the form, words of columns, units and dates."""

from tests.messes.builders import cells, form, worded
from tests.messes.case import RETURNED, Case, Found, hold, kept, note, query, reject
from tests.messes.office import BAO, FORM

ALL_KEPT = kept(BAO)
WHOLE = {BAO: "pending"}
NEW = "盐灶村 新建"
TITLE, *_REST = FORM.splitlines()
BARE = "\n".join(_REST)
ROWS = "\n".join(FORM.splitlines()[3:])


def above(line: str, below: str = "") -> str:
    """The form with a line between title and heading, and lines at its foot."""
    return f"{TITLE}\n{line} | < | < | < | < | < | <\n{BARE}\n{below}"


def silent(id: str, what: str, text: str, **places: str) -> Case:
    return Case(id, what, form(text), places=places)


def returned(id: str, what: str, text: str, rule: str, says: str) -> Case:
    return Case(id, what, form(text), ALL_KEPT, (reject(rule, file="包场镇.xlsx", says=says),), status=RETURNED)


def held(id: str, what: str, text: str, rule: str, says: str | tuple[str, ...]) -> Case:
    return Case(id, what, form(text), ALL_KEPT, (hold(rule, file="包场镇.xlsx", says=says, town=BAO),), status=WHOLE)


def one_heading(words: str) -> str:
    """One line of heading over the same columns."""
    return f"{TITLE}\n{words}\n{ROWS}"


_SWAPPED = f"""
{TITLE}
区镇 | 整村推进村 | 完成情况 | < | 目标任务 | < | 备注
^ | ^ | 整改 | 新建 | 整改 | 新建 | ^
包场镇 | 盐灶村 | 24 | 45 | 180 | 420 |
包场镇 | 盐河村 | 0 | 12 | 0 | 165 |
"""
_PERSONS = "填报人：张三 审核人：李四 联系电话：13812345678 | < | < | < | < | < | <"
_BLOCK = above("填报单位（盖章）：包场镇    填报日期：2023年5月12日    单位：户", _PERSONS)
_SENDER_ONLY = f"""
{TITLE}
填报单位（盖章）：包场镇人民政府 | < | < | < | < | <
整村推进村 | 目标任务 | < | 完成情况 | < | 备注
^ | 新建 | 整改 | 新建 | 整改 | ^
盐灶村 | 420 | 180 | 45 | 24 |
盐河村 | 165 | 0 | 12 | 0 |
"""

SHAPES = [
    silent("H01", "no-title", BARE, **{NEW: "Sheet1!E3"}),
    silent("H01", "three-lines", f"附件2： | < | < | < | < | < | <\n{TITLE}\n.\n{BARE}", **{NEW: "Sheet1!E6"}),
    Case("H02", "block", form(_BLOCK), secrets=("13812345678", "1381234", "张三", "李四")),
    Case("H02", "town-only-in-the-block", form(_SENDER_ONLY, "户厕.xlsx"), file="户厕.xlsx"),
    Case(
        "H03",
        "spaces-and-line-breaks",
        form(
            FORM.replace("区 镇", "区　 镇")
            .replace("| 整村推进村 |", "| 整村推\\n进 村 |")
            .replace("新建", "新　建")
            .replace("整改 |", "整\\n改 |")
            .replace("目标任务", " 目 标\\n任 务")
        ),
    ),
    *(
        silent("H04", words.split("、")[0], text)
        for words, text in (
            ("镇街", FORM.replace("区 镇", "镇街").replace("整村推进村 |", "村名 |").replace("完成情况", "完成数")),
            ("乡镇", FORM.replace("区 镇", "乡镇").replace("| 新建 |", "| 新建改造 |").replace("| 整改 |", "| 整改提升 |")),
            ("单位", FORM.replace("区 镇", "单位").replace("| 整改 |", "| 整改达标 |").replace("完成情况", "已完成")),
            ("修缮", FORM.replace("| 整改 |", "| 修缮 |")),
        )
    ),
    silent("H05", "word-before-kind", one_heading("区镇 | 整村推进村 | 目标新建 | 目标整改 | 完成新建 | 完成整改 | 备注"), **{NEW: "Sheet1!E3"}),
    silent("H05", "kind-in-brackets", one_heading("区镇 | 村名 | 目标任务（新建） | 目标任务（整改） | 完成（新建） | 完成（整改） | 备注")),
    silent("H07", "all-swapped", _SWAPPED, **{NEW: "Sheet1!D4", "盐灶村 整改": "Sheet1!C4"}),
    returned(
        "H08",
        "kinds-together",
        f"{TITLE}\n区镇 | 整村推进村 | 目标任务 | 完成情况 | 备注\n包场镇 | 盐灶村 | 600 | 69 |\n包场镇 | 盐河村 | 165 | 12 |",
        "not_the_form",
        "未区分新建与整改，无法汇总",
    ),
    returned(
        "H09",
        "no-heading",
        f"{TITLE}\n{ROWS}",
        "not_the_form",
        "未找到表头“区镇、整村推进村、目标任务、完成情况”",
    ),
    returned(
        "H09",
        "transposed",
        f"{TITLE}\n整村推进村 | 盐灶村 | 盐河村\n目标任务新建 | 420 | 165\n目标任务整改 | 180 | 0\n完成情况新建 | 45 | 12\n完成情况整改 | 24 | 0",
        "not_the_form",
        "未找到表头“区镇、整村推进村、目标任务、完成情况”",
    ),
]  # fmt: skip


# ---- further columns -------------------------------------------------------------------------------------------

_NUMBERED = """
序号 | 区镇 | 整村推进村 | 级别 | 目标任务 | < | 小计 | 完成情况 | < | 小计 | 完成率 | 备注
^ | ^ | ^ | ^ | 新建 | 整改 | ^ | 新建 | 整改 | ^ | ^ | ^
1 | 包场镇 | 盐灶村 | 省级 | 420 | 180 | 600 | 45 | 24 | 69 | 11.5% |
2 | 包场镇 | 盐河村 | 区级 | 165 | 0 | 165 | 12 | 0 | 12 | 7.27% |
"""
_FILLED_IN = """
区镇 | 整村推进村 | 目标任务 | < | 开工数 | 完成情况 | < | 填埋旱厕 | 备注
^ | ^ | 新建 | 整改 | ^ | 新建 | 整改 | ^ | ^
包场镇 | 盐灶村 | 420 | 180 | 88 | 45 | 24 | 31 |
包场镇 | 盐河村 | 165 | 0 | 17 | 12 | 0 | 6 |
"""
_ADDED = """
区镇 | 整村推进村 | 目标任务 | < | 本周新增 | < | 完成情况 | < | 备注
^ | ^ | 新建 | 整改 | 新建 | 整改 | 新建 | 整改 | ^
包场镇 | 盐灶村 | 420 | 180 | 5 | 4 | 45 | 24 |
包场镇 | 盐河村 | 165 | 0 | 2 | 0 | 12 | 0 |
"""

COLUMNS = [
    Case("H06", "known-ones", form(_NUMBERED), also=("extra_columns",), places={NEW: "Sheet1!H3"}),
    Case(
        "H06",
        "begun-and-filled-in",
        form(_FILLED_IN),
        found=(note("extra_columns", file="包场镇.xlsx", says=("填埋旱厕", "采用")),),
        places={NEW: "Sheet1!F3"},
    ),
    Case("H06", "added-agrees", form(_ADDED), also=("extra_columns",), places={NEW: "Sheet1!G3"}),
    Case(
        "H06",
        "added-differs",
        form(_ADDED.replace("| 5 | 4 |", "| 8 | 4 |")),
        found=(query("added_differs", says=("本周新增", "8", "5"), of=NEW),),
        also=("extra_columns",),
    ),
]


# ---- year, date, unit, wrong words -----------------------------------------------------------------------------

_OTHER_TARGETS = FORM.replace("2023年度", "2022年度").replace("420", "500").replace("180", "210").replace("165", "90")
_OLD_SHEET = ("可能是旧表", "本期为5月12日")

WORDS = [
    Case(
        "H10",
        "year-in-the-title",
        worded("2023年度", "2022年度"),
        found=(note("wrong_year", file="包场镇.xlsx", says="标题年份为2022，已按2023年度处理，请更正模板"),),
    ),
    Case(
        "H10",
        "year-and-targets",
        form(_OTHER_TARGETS),
        ALL_KEPT,
        (Found("reject", "wrong_year", file="包场镇.xlsx", says="2022"),),
        also=("target_differs",),
        status=RETURNED,
    ),
    silent("H11", "filled-on-the-closing-day", above("填报日期：2023年5月12日")),
    silent("H11", "filled-the-day-before", above("填报日期：2023年5月11日")),
    silent("H11", "this-week", above("（第六周）")),
    held("H11", "filled-weeks-ago", above("填报日期：2023年3月31日"), "other_week", ("表内截至日期为", "3月31日", *_OLD_SHEET)),
    held("H11", "until-last-week", above("（截至5月5日）"), "other_week", ("表内截至日期为", "5月5日", *_OLD_SHEET)),
    held("H11", "second-week", above("（第二周）"), "other_week", "可能是旧表"),
    *(silent("H12", f"unit-{unit}", above(f"单位：{unit}")) for unit in ("户", "座", "个", "户（座）")),
    returned("H12", "money", above("单位：万元"), "wrong_unit", "万元"),
    returned("H12", "shares", above("单位：%"), "wrong_unit", "%"),
    Case(
        "H13",
        "new-build",
        worded("新建", "新健"),
        found=(note("misspelt_heading", file="包场镇.xlsx", says=("新健", "按“新建”处理，请更正")),),
    ),
    Case(
        "H13",
        "renovation",
        worded("| 整改 |", "| 整该 |"),
        found=(note("misspelt_heading", file="包场镇.xlsx", says=("整该", "按“整改”处理，请更正")),),
    ),
    Case(
        "H13",
        "done",
        worded("完成情况 |", "以完成 |"),
        found=(note("misspelt_heading", file="包场镇.xlsx", says=("以完成", "请更正")),),
    ),
    held("H14", "done-this-week", FORM.replace("完成情况 |", "本周完成 |"), "not_cumulative", "表头为“本周完成”，本表应填累计数"),
    Case(
        "H14",
        "settled-by-accept",
        cells(E2="本周完成"),
        found=(note("not_cumulative", says="表头为“本周完成”"),),
        decisions="  - {do: accept, town: 包场镇, rule: not_cumulative, reason: 电话核实为累计数, by: 张三, date: 2023-05-12}\n",
    ),
]  # fmt: skip

CASES = [*SHAPES, *COLUMNS, *WORDS]
