"""Which of several tabs counts: this week's by its name, or none silently."""

from pathlib import Path

import openpyxl
import pytest

from tests.helpers import read_form

HEAD = ("区镇", "整村推进村", "目标任务新建", "目标任务整改", "完成新建", "完成整改")


def read(folder: Path, **tabs: tuple[int, int] | None) -> tuple[list[str], list[str]]:
    """(新建, 整改 of the table that counts; level and rule of what was told) in the week of 5月5日; None: a blank form."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, done in tabs.items():
        sheet = book.create_sheet(name.replace("_", "."))
        sheet.append(HEAD)
        sheet.append(["甲镇", "东河村", 100, 50, *(done or ())])
    book.save(folder / "甲镇.xlsx")
    (form,), findings = read_form(folder / "甲镇.xlsx")
    return [entry.raw for entry in form.lines[0].done], [f"{row.level} {row.rule}" for row in findings]


def test_this_weeks_tab_counts_even_if_it_is_blank(tmp_path: Path) -> None:
    assert read(tmp_path, **{"4_28": (1, 2), "5_5": (3, 4)}) == (["3", "4"], ["note sheet_chosen"])
    assert read(tmp_path, **{"4_28": (1, 2), "5_5": None}) == (["", ""], ["note sheet_chosen"])


def test_a_tab_that_says_it_is_old_leaves_the_other(tmp_path: Path) -> None:
    assert read(tmp_path, 上周=(1, 2), Sheet1=(3, 4))[0] == ["3", "4"]
    assert read(tmp_path, 备份=(1, 2), Sheet1=(3, 4))[1] == []


@pytest.mark.parametrize("name", ["5.5草稿", "5.5（错）", "5.5未改"])
def test_a_date_with_more_words_beats_no_other_tab(tmp_path: Path, name: str) -> None:
    assert read(tmp_path, **{name: (1, 2), "最终": (3, 4)})[1] == ["hold several_tables"]


@pytest.mark.parametrize("name", ["填表说明", "示例", "下周计划", "作废", "测试"])
def test_a_lone_tab_that_is_no_report_is_held(tmp_path: Path, name: str) -> None:
    assert read(tmp_path, **{name: (1, 2)})[1] == ["hold disowned_form"]


def test_a_lone_tab_of_another_week_is_told(tmp_path: Path) -> None:
    assert read(tmp_path, **{"4_28": (1, 2)}) == (["1", "2"], ["note file_date_differs"])
