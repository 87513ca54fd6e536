"""Small inputs after public bug reports: one kind a section, each with its right value and its neighbours.

A letter names the kind: h columns, l languages, s tabs, u units, d parts, r totals, o explanations, zr sentences.
"""

from collections.abc import Iterator

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.messes import builders as make
from tests.weeks import FIRST, TRUTH, Desk, exact, safe, told, unused

TITLE = "2023年度农村户厕改造整村推进每周进展情况汇总表"
Rows = tuple[tuple[int, int], tuple[int, int]]
DONE: Rows = ((45, 24), (12, 0))
BEGUN: Rows = ((11, 3), (5, 0))
OTHER: Rows = ((43, 22), (11, 0))  # of another column: plausible, and not what was done
TARGETS: Rows = ((420, 180), (165, 0))
BOTH = ("盐灶村 新建", "盐灶村 整改", "盐河村 新建")  # 盐河村 has no 整改 to do


def grouped(*groups: tuple[str, Rows], title: str = TITLE) -> str:
    """The official form with groups of 新建 and 整改 side by side, under merged headings."""
    wide = [f"{words} | <" for words, _ in groups]
    kinds = ["新建 | 整改"] * len(groups)
    lines = [title, " | ".join(("区镇", "整村推进村", *wide, "备注")), " | ".join(("^", "^", *kinds, "^"))]
    return "\n".join((*lines, *_villages(groups)))


def lined(*groups: tuple[str, Rows], above: str = "", remarks: tuple[str, str] = ("", "")) -> str:
    """The same with one line of heading: 完成新建 | 完成整改. {k} in a heading is where the kind stands."""
    words = [name if "{k}" in name else f"{name}{{k}}" for name, _ in groups]
    heads = [word.format(k=kind) for word in words for kind in ("新建", "整改")]
    lines = [TITLE, *([above] if above else []), " | ".join(("区镇", "整村推进村", *heads, "备注"))]
    return "\n".join((*lines, *_villages(groups, remarks)))


def _villages(groups: tuple[tuple[str, Rows], ...], remarks: tuple[str, str] = ("", "")) -> Iterator[str]:
    for place, village in enumerate(("盐灶村", "盐河村")):
        figures = (str(figure) for _, rows in groups for figure in rows[place])
        yield " | ".join(("包场镇", village, *figures, remarks[place]))


FORM = grouped(("目标任务", TARGETS), ("完成情况", DONE))


def test_the_official_form_is_used(desk: Desk) -> None:
    assert exact(desk.send(FORM)) == ""
    assert exact(desk.send(grouped(("目标任务", TARGETS), ("完成情况", BEGUN)), day=FIRST)) == ""


# ---- h: another column that speaks of 完成 ------------------------------------------------------------------------

OTHER_TIMES = (
    *(
        "2022年底累计完成",
        "往年累计完成",
        "截至4月28日累计完成",
        "2018年以来累计完成",
        "上月末累计完成",
        "去年同期累计完成",
    ),
    *("下周拟累计完成", "应累计完成", "本月累计完成", "6月底前累计完成"),
)
OTHER_THINGS = (
    "累计完成验收",
    "累计完成录入",
    "奖补累计完成",
    "累计完成工作量",
    "自查累计完成",
    "全镇累计完成",
    "公厕累计完成",
)


@pytest.mark.parametrize("heading", (*OTHER_TIMES, *OTHER_THINGS))
@pytest.mark.parametrize("place", ["before", "after"])
def test_h_a_column_of_another_time_or_thing_is_not_taken_for_what_was_done(
    desk: Desk, heading: str, place: str
) -> None:
    pair = [("完成情况", DONE), (heading, OTHER)]
    groups = (("目标任务", TARGETS), *(pair if place == "after" else reversed(pair)))
    assert safe(desk.send(grouped(*groups))) == ""
    assert safe(desk.send(lined(*groups))) == ""


@pytest.mark.parametrize("heading", ["往年累计完成", "2022年底累计完成", "年底前累计完成"])
def test_h_nor_in_the_first_week(desk: Desk, heading: str) -> None:
    text = grouped(("目标任务", TARGETS), (heading, OTHER), ("完成情况", BEGUN))
    assert safe(desk.send(text, day=FIRST)) == ""


@pytest.mark.parametrize("heading", ["累计完成", "累计完成数", "上周累计完成", "原累计完成"])
def test_h_old_columns_that_were_hidden_are_not_taken_for_the_visible_ones(desk: Desk, heading: str) -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.column_dimensions["E"].hidden = sheet.column_dimensions["F"].hidden = True

    text = lined(("目标任务", TARGETS), (heading, OTHER), ("完成情况", DONE))
    assert safe(desk.send(make.xlsx(text, hide))) == ""


@pytest.mark.parametrize("heading", ["验收合格", "涉及户数", "录入系统", "开工数", "奖补到位（万元）", "摸排"])
@pytest.mark.parametrize("place", ["before", "after"])
def test_h_a_further_group_is_an_extra_column_and_no_second_table(desk: Desk, heading: str, place: str) -> None:
    pair = [("完成情况", DONE), (heading, OTHER)]
    groups = (("目标任务", TARGETS), *(pair if place == "after" else reversed(pair)))
    out = desk.send(grouped(*groups))
    assert exact(out) == ""
    assert "extra_columns" in out.rules


@pytest.mark.parametrize(
    "heading", ["完成", "完成数", "累计完成", "完成情况（累计）", "截至5月12日完成情况", "累计完成情况"]
)
def test_h_what_means_the_same_as_the_forms_own_words_is_used(desk: Desk, heading: str) -> None:
    assert exact(desk.send(grouped(("目标任务", TARGETS), (heading, DONE)))) == ""


# ---- l: two languages -------------------------------------------------------------------------------------------

ENGLISH = {"区镇": "Town", "整村推进村": "Village", "目标任务": "Target", "完成情况": "Completed", "新建": "New",
           "整改": "Renovated", "备注": "Remarks"}  # fmt: skip


@pytest.mark.parametrize("between", [" ", "\\n", " / ", "("])
def test_l_a_heading_in_two_languages_is_read(desk: Desk, between: str) -> None:
    text = FORM
    for word, english in ENGLISH.items():
        both = f"{word}({english})" if between == "(" else f"{word}{between}{english}"
        text = text.replace(f"{word} |", f"{both} |").replace(f"| {word}\n", f"| {both}\n")
    assert exact(desk.send(text)) == ""


# ---- s: this week's tab and last week's ---------------------------------------------------------------------------

LAST = grouped(("目标任务", TARGETS), ("完成情况", ((40, 20), (10, 0))))
BLANK = FORM.replace("| 45 | 24 |", "| | |").replace("| 12 | 0 |", "| | |")
NAMES = (("5.5", "5.12"), ("5月5日", "5月12日"), ("第5周", "第6周"), ("0505", "0512"))


@pytest.mark.parametrize("last, this", NAMES)
def test_s_a_blank_tab_of_this_week_is_not_replaced_by_last_weeks(desk: Desk, last: str, this: str) -> None:
    for order in ({last: LAST, this: BLANK}, {this: BLANK, last: LAST}):
        assert unused(desk.send(make.sheets(**order)), *BOTH) == ""


@pytest.mark.parametrize("words", ["本周无进展", "无进展", "本周无变化"])
def test_s_no_progress_in_the_remarks_of_this_weeks_tab_is_told(desk: Desk, words: str) -> None:
    this = BLANK.replace("| | |", f"| | | {words}")
    out = desk.send(make.sheets(**{"5.5": LAST, "5.12": this}))
    assert out.used == {"盐灶村 新建": 40, "盐灶村 整改": 20, "盐河村 新建": 10, "盐河村 整改": 0} or out.blocking
    assert {row.sheet for row in out.findings} >= {"5.12"}


@pytest.mark.parametrize("last, this", NAMES)
def test_s_a_hidden_tab_of_this_week_is_not_replaced_by_last_weeks(desk: Desk, last: str, this: str) -> None:
    assert safe(desk.send(make.sheets((this,), **{this: FORM, last: LAST}))) == ""


@pytest.mark.parametrize("name", ["5.5", "4月28日", "第3周"])
def test_s_a_lone_tab_of_another_week_is_told(desk: Desk, name: str) -> None:
    assert told(desk.send(make.sheets(**{name: FORM}))) == ""


@pytest.mark.parametrize("title", [f"{TITLE}（截至5月5日）", f"{TITLE}（第四周）"])
def test_s_a_title_of_another_week_is_not_used(desk: Desk, title: str) -> None:
    assert unused(desk.send(FORM.replace(TITLE, title)), *BOTH) == ""


# ---- u: units ---------------------------------------------------------------------------------------------------

WRONG_UNITS = ("万户", "百座", "十户", "人", "㎡", "万元", "%", "千个", "立方米", "元")


@pytest.mark.parametrize("unit", WRONG_UNITS)
def test_u_what_is_counted_in_another_unit_goes_back(desk: Desk, unit: str) -> None:
    text = lined(("目标任务", TARGETS), ("完成", DONE), above=f"单位：{unit}")
    assert unused(desk.send(text), *BOTH) == ""


@pytest.mark.parametrize("unit", ["座", "户", "个", "户（座）", "座（户）", "户/座", "户、座"])
def test_u_what_means_one_toilet_is_used(desk: Desk, unit: str) -> None:
    text = lined(("目标任务", TARGETS), ("完成", DONE), above=f"单位：{unit}")
    assert exact(desk.send(text)) == ""


@pytest.mark.parametrize(
    "heading", ["完成情况（%）", "完成（万元）", "完成情况（万户）", "完成{k}（%）", "完成{k}(人)", "完成率（%）{k}"]
)
def test_u_nor_is_a_column_of_another_unit_what_was_done(desk: Desk, heading: str) -> None:
    text = lined(("目标任务", TARGETS), (heading, BEGUN))
    assert unused(desk.send(text, day=FIRST), *BOTH) == ""


@pytest.mark.parametrize("heading", ["累计完成{k}（万元）", "完成{k}（万元）", "累计完成{k}（人）"])
def test_u_the_count_is_used_beside_the_money(desk: Desk, heading: str) -> None:
    money: Rows = ((67, 36), (18, 0))
    text = lined(("目标任务", TARGETS), ("完成{k}（座）", DONE), (heading, money))
    assert safe(desk.send(text)) == ""


@pytest.mark.parametrize("cell", ["45万", "45人", "0.45百座", "45%", "45万元"])
def test_u_nor_is_a_cell_of_another_unit(desk: Desk, cell: str) -> None:
    assert unused(desk.send(make.xlsx(FORM, E4=cell)), "盐灶村 新建") == ""


# ---- d: a village in parts ----------------------------------------------------------------------------------------


def parts(*rows: str, heading: str = "批次", total: str = "") -> str:
    """The form of the first week with a column of parts."""
    head = f"区镇 | 整村推进村 | {heading} | 目标任务新建 | 目标任务整改 | 完成新建 | 完成整改 | 备注"
    return "\n".join((TITLE, head, *rows, "包场镇 | 盐河村 | | 165 | 0 | 5 | 0 |", *([total] if total else [])))


PARTS = {
    "equal": ("包场镇 | 盐灶村 | 一批 | 210 | 90 | 6 | 2 |", "包场镇 | 盐灶村 | 二批 | 210 | 90 | 6 | 2 |"),
    "one kind equal": ("包场镇 | 盐灶村 | 一批 | 210 | 90 | 6 | 2 |", "包场镇 | 盐灶村 | 二批 | 210 | 90 | 5 | 2 |"),
    "unnamed": ("包场镇 | 盐灶村 | 1组 | 210 | 90 | 6 | 2 |", " | | 2组 | 210 | 90 | 5 | 1 |"),
    "merged": ("包场镇 | 盐灶村 | 1组 | 210 | 90 | 6 | 2 |", "^ | ^ | 2组 | 210 | 90 | 5 | 1 |"),
    "merged and equal": ("包场镇 | 盐灶村 | 1组 | 210 | 90 | 6 | 2 |", "^ | ^ | 2组 | 210 | 90 | 6 | 2 |"),
    "three": (
        "包场镇 | 盐灶村 | 1组 | 140 | 60 | 4 | 1 |",
        " | | 2组 | 140 | 60 | 4 | 1 |",
        " | | 3组 | 140 | 60 | 3 | 1 |",
    ),
}


@pytest.mark.parametrize("what", PARTS)
@pytest.mark.parametrize("heading", ["批次", "村民小组", "片区"])
def test_d_parts_of_a_village_are_neither_added_nor_taken_for_it(desk: Desk, what: str, heading: str) -> None:
    text = parts(*PARTS[what], heading=heading)
    assert unused(desk.send(text, day=FIRST), "盐灶村 新建", "盐灶村 整改") == ""


def test_d_two_equal_parts_beside_a_total_of_all(desk: Desk) -> None:
    text = parts(*PARTS["equal"], total="合计 | | | 585 | 180 | 17 | 4 |")
    assert unused(desk.send(text, day=FIRST), "盐灶村 新建", "盐灶村 整改") == ""


def test_d_a_row_copied_to_the_cell_counts_once(desk: Desk) -> None:
    row = "包场镇 | 盐灶村 | 420 | 180 | 45 | 24 | "
    out = desk.send(FORM.replace(row, f"{row}\n{row}"))
    assert exact(out) == ""
    assert "duplicate_village" in out.rules


# ---- r: total rows ------------------------------------------------------------------------------------------------

TOTALS = (
    *(
        "汇总",
        "包场镇 汇总",
        "包场镇汇总",
        "Total",
        "Grand Total",
        "总计：",
        "合计（座）",
        "合计(户)",
        "全镇累计：",
        "包场镇合计",
    ),
    *("合　计", "小计：", "本镇合计", "全镇合计", "【合计】"),
)


@pytest.mark.parametrize("label", TOTALS)
@pytest.mark.parametrize(
    "row", ["{} | | 585 | 180 | 57 | 24 | ", "包场镇 | {} | 585 | 180 | 57 | 24 | ", " | {} | 585 | 180 | 57 | 24 | "]
)
def test_r_a_total_is_no_village_and_no_town(desk: Desk, label: str, row: str) -> None:
    out = desk.send(f"{FORM}\n{row.format(label)}")
    assert exact(out) == ""
    assert not out.findings


# ---- o: an explanation that explains nothing ----------------------------------------------------------------------

SAY_NOTHING = ("无", "—", "/", "0", "同上", "正常", "-", "无。", "。", "？", "1", "√", "——", "无 ", "（无）")


@pytest.mark.parametrize("remark", SAY_NOTHING)
def test_o_a_figure_over_its_target_is_not_explained_by_nothing(desk: Desk, remark: str) -> None:
    assert unused(desk.send(make.xlsx(FORM, E5=170, G5=remark)), "盐河村 新建") == ""


@pytest.mark.parametrize("value", ["#N/A", "#VALUE!", "#REF!"])
def test_o_nor_by_an_error(desk: Desk, value: str) -> None:
    assert unused(desk.send(make.xlsx(FORM, E5=170, G5=value)), "盐河村 新建") == ""


def test_o_nor_by_a_picture_in_the_cell(desk: Desk) -> None:
    picture = {"xl/worksheets/sheet1.xml": lambda part: part.replace(b'<c r="G5" t="e"', b'<c r="G5" t="e" vm="1"')}
    content = make.repacked(make.xlsx(FORM, E5=170, G5="#VALUE!"), picture)
    assert unused(desk.send(content), "盐河村 新建") == ""


def test_o_a_reason_is_an_explanation(desk: Desk) -> None:
    out = desk.send(make.xlsx(FORM, E5=170, G5="新增5户危房改造户，镇政府已批复"))
    assert exact(out, {**TRUTH[out.day], "盐河村 新建": 170}) == ""


# ---- zr: a sentence instead of a form -----------------------------------------------------------------------------

BEFORE = {"盐灶村 新建": 40, "盐灶村 整改": 20, "盐河村 新建": 10, "盐河村 整改": 0}
NOT_OF_ALL = (
    *("包场镇：盐河村本周无进展，盐灶村数据稍后补报。", "包场镇盐河村本周无进展。", "包场镇除盐灶村外本周无进展。"),
    *("包场镇盐河村无进展，盐灶村新建5座。", "包场镇：盐河村本周没有新增，其他村正在统计。"),
)
NO_ZERO_REPORT = (
    *("包场镇本周并非无进展，数据稍后报送。", "包场镇本周无进展的说法不实。", "包场镇上周无进展，本周数据稍后报。"),
    *("包场镇本周无进展，其中盐灶村新增5座。", "包场镇本周不存在无进展的村。", "包场镇本周无进展？"),
)


@pytest.mark.parametrize("sentence", NOT_OF_ALL)
def test_zr_a_sentence_covers_only_the_villages_that_it_names(desk: Desk, sentence: str) -> None:
    out = desk.send(sentence.encode(), "包场镇.txt")
    assert "盐灶村 新建" not in out.used and "盐灶村 整改" not in out.used, out.said()
    assert out.blocking
    assert all(BEFORE[figure] == number for figure, number in out.used.items())


@pytest.mark.parametrize("sentence", NO_ZERO_REPORT)
def test_zr_what_denies_or_goes_on_is_no_zero_report(desk: Desk, sentence: str) -> None:
    out = desk.send(sentence.encode(), "包场镇.txt")
    assert not out.used, out.said()
    assert out.blocking


@pytest.mark.parametrize("sentence", ["包场镇本周无进展。", "包场镇本周户厕改造无进展", "包场镇：本周无变化。"])
def test_zr_a_zero_report_of_the_town_is_used(desk: Desk, sentence: str) -> None:
    assert exact(desk.send(sentence.encode(), "包场镇.txt"), BEFORE) == ""
