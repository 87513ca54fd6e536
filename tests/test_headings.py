"""Headings of one or more lines: which column is taken for 完成情况, which is left, and when the form is held."""

import itertools
from pathlib import Path

import openpyxl
import pytest

from pipeline.intake.form.heading_words import understood, without_english
from pipeline.records import Measure
from tests.helpers import read_form

HEAD = ("区镇", "整村推进村", "目标任务新建", "目标任务整改")
OURS = ("完成情况新建", "完成情况整改")


def told(folder: Path, *columns: str, hidden: str = "") -> tuple[list[str], list[str]]:
    """(the 完成情况 that was taken, level and rule of what was told) of a one-line heading; column N holds N in each row."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([*HEAD, *columns])
    sheet.append(["甲镇", "东河村", 100, 50, *range(5, 5 + len(columns))])
    for letter in hidden:
        sheet.column_dimensions[letter].hidden = True
    book.save(folder / "甲镇.xlsx")
    forms, findings = read_form(folder / "甲镇.xlsx")
    done = [f"{entry.kind}{entry.raw}" for form in forms for line in form.lines for entry in line.done]
    return done, sorted(f"{row.level} {row.rule}" for row in findings if row.rule.name != "hidden_row")


@pytest.mark.parametrize(
    "more",
    [
        "往年累计", "2022年底累计", "2018年以来累计", "上月", "本月累计", "截至4月7日累计", "下周拟累计", "应累计", "全镇累计", "其他村累计", "累计验收",
        "录入系统累计", "奖补兑付累计", "自查累计", "摸排累计", "图纸设计累计", "三格式化粪池吊装累计", "第三方复核累计",
    ],
)  # fmt: skip
def test_the_plain_column_is_taken_and_the_other_named_whatever_its_words(tmp_path: Path, more: str) -> None:
    for columns in itertools.permutations([OURS, (f"{more}完成新建", f"{more}完成整改")]):
        done, found = told(tmp_path, *columns[0], *columns[1])
        at = 5 if columns[0] is OURS else 7
        assert done == [f"新建{at}", f"整改{at + 1}"]
        assert found == ["note column_chosen"]


def test_a_column_of_another_thing_alone_is_held_and_not_taken_for_granted(tmp_path: Path) -> None:
    assert told(tmp_path, "累计完成验收新建", "累计完成验收整改") == (["新建5", "整改6"], ["hold unclear_heading"])
    assert told(tmp_path, "截至4月7日完成新建", "截至4月7日完成整改") == (["新建5", "整改6"], ["hold unclear_heading"])


@pytest.mark.parametrize("unit", ["%", "万元", "百座", "人"])
def test_a_unit_of_another_size_or_thing_in_the_heading_goes_back(tmp_path: Path, unit: str) -> None:
    assert told(tmp_path, f"完成（{unit}）新建", f"完成（{unit}）整改")[1] == ["reject wrong_unit"]


@pytest.mark.parametrize("unit", ["座", "户", "个", "单位：座", "座数"])
def test_what_means_one_unit_may_stand_in_the_heading(tmp_path: Path, unit: str) -> None:
    assert told(tmp_path, f"完成（{unit}）新建", f"完成（{unit}）整改") == (["新建5", "整改6"], [])


def test_of_two_plain_columns_the_one_that_is_seen_is_taken_else_the_form_is_held(tmp_path: Path) -> None:
    both = (*OURS, "累计完成新建", "累计完成整改")
    assert told(tmp_path, *both)[1] == ["hold unclear_heading"]
    assert told(tmp_path, *both, hidden="EF") == (["新建7", "整改8"], ["note column_chosen"])
    assert told(tmp_path, *both, hidden="GH") == (["新建5", "整改6"], ["note column_chosen"])


@pytest.mark.parametrize(
    "heading",
    ["完成", "完成数", "已完成", "实际完成数", "累计完成", "截至5月5日累计完成", "截至目前完成情况", "完工", "竣工数", "任务完成情况", "完成情况（累计）", "至今完成"],
)  # fmt: skip
def test_each_way_to_say_completion_so_far_is_clear(tmp_path: Path, heading: str) -> None:
    assert told(tmp_path, f"{heading}新建", f"{heading}整改") == (["新建5", "整改6"], [])


@pytest.mark.parametrize(
    ("word", "measures", "rest"),
    [
        ("完成率", {Measure.RATE}, ""),
        ("本周新增", {Measure.ADDED}, ""),
        ("目标任务完成情况", {Measure.DONE}, ""),
        ("计划完成数", {Measure.DONE, Measure.TARGET}, ""),
        ("未完成", {Measure.LEFT}, ""),
        ("完成时间", {Measure.DONE}, "时间"),
        ("完成情况Completed", {Measure.DONE}, ""),
        ("完成情况LastWeek", {Measure.DONE}, "LastWeek"),
        ("存在问题", set(), "存在问题"),
    ],
)
def test_a_heading_cell_is_parsed_whole(word: str, measures: set[Measure], rest: str) -> None:
    assert (understood(word).measures, understood(word).rest) == (measures, rest)


def test_a_label_may_stand_in_two_languages() -> None:
    assert [without_english(word) for word in ("区镇Town", "整村推进村（Village）", "村")] == [
        "区镇",
        "整村推进村",
        "村",
    ]


def test_a_group_over_targets_and_completion_tells_neither(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["区镇", "村名", "农村户厕进展", None, None, None], [None, None, "目标任务", None, "完成情况", None],
        [None, None, "新建", "整改", "新建", "整改"], ["甲镇", "东河村", 100, 50, 5, 6],
    ):  # fmt: skip
        sheet.append(row)
    for cells in ("A1:A3", "B1:B3", "C1:F1", "C2:D2", "E2:F2"):
        sheet.merge_cells(cells)
    book.save(tmp_path / "甲镇.xlsx")
    (form,), findings = read_form(tmp_path / "甲镇.xlsx")
    assert [entry.raw for line in form.lines for entry in line.done] == ["5", "6"]
    assert findings == []


@pytest.mark.parametrize("group", ["上周情况", "下周计划", "往年", "公厕", "全镇", "万元"])
def test_a_group_over_both_that_says_more_holds_the_form(tmp_path: Path, group: str) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["区镇", "村名", group, None, None, None], [None, None, "目标任务", None, "完成情况", None],
        [None, None, "新建", "整改", "新建", "整改"], ["甲镇", "东河村", 100, 50, 5, 6],
    ):  # fmt: skip
        sheet.append(row)
    for cells in ("A1:A3", "B1:B3", "C1:F1", "C2:D2", "E2:F2"):
        sheet.merge_cells(cells)
    book.save(tmp_path / "甲镇.xlsx")
    findings = read_form(tmp_path / "甲镇.xlsx")[1]
    assert {row.rule.name for row in findings if row.is_blocking} & {"unclear_heading", "wrong_unit"}


@pytest.mark.parametrize("more", ["（更正后）", "（最新）", "核定", "最终"])
def test_a_column_that_calls_itself_newer_holds_the_plain_one(tmp_path: Path, more: str) -> None:
    found = told(tmp_path, *OURS, f"完成情况{more}新建", f"完成情况{more}整改")[1]
    assert found == ["hold unclear_heading"]


@pytest.mark.parametrize("heading", ["全年完成", "5月1日-5月5日完成", "完成进度"])
def test_what_is_counted_over_another_time_is_not_clear(tmp_path: Path, heading: str) -> None:
    assert told(tmp_path, f"{heading}新建", f"{heading}整改")[1] == ["hold unclear_heading"]
