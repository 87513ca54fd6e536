"""汇总表.xlsx: the notice's form cell for cell, and the sheets behind it."""

import io
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from pipeline import recording
from tests.helpers import PROGRAMME, Office, lines, read_form

FIRST, SECOND = "2023-04-07", "2023-04-14"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Two weeks: in the second 乙镇 has sent nothing, 甲镇's 西河村 explains a surplus, and a remark tries to be a formula."""
    made = Office(tmp_path / "办公室")
    made.week(FIRST)
    made.send(FIRST, "甲镇.xlsx", {"东河村": (20, 10), "西河村": (4, 0)})
    made.send(FIRST, "乙镇.xlsx", {"南山村": (10, 4)})
    made.archive(FIRST)
    made.week(SECOND)
    made.send(SECOND, "甲镇.xlsx", {"东河村": (28, 15, "=1+1"), "西河村": (41, 0, "新增1户")})
    return made


@pytest.fixture
def book(office: Office, tmp_path: Path) -> openpyxl.Workbook:
    path = tmp_path / "汇总表.xlsx"
    path.write_bytes(recording.official_workbook(office.compute(SECOND)))
    return openpyxl.load_workbook(path)


def shown(sheet: openpyxl.worksheet.worksheet.Worksheet) -> list[str]:
    return [
        " | ".join("" if cell.value is None else str(cell.value) for cell in row)
        for row in sheet.iter_rows(max_col=7)
    ]  # fmt: skip


def test_the_first_sheet_is_the_form_of_the_notice_cell_for_cell(book: openpyxl.Workbook) -> None:
    assert shown(book.worksheets[0]) == [
        "2023年度农村户厕改造整村推进每周进展情况汇总表 |  |  |  |  |  | ",
        "区 镇 | 整村推进村 | 目标任务 |  | 完成情况 |  | 备注",
        " |  | 新建 | 整改 | 新建 | 整改 | ",
        "甲镇 | 东河村 | 100 | 50 | 28 | 15 | =1+1",
        " | 西河村 | 40 | 0 | 41 | 0 | 新增1户",
        "乙镇 | 南山村 | 200 | 80 | 10 | 4 | 〔本周未报送，沿用截至4月7日数〕",
        "丙镇 | — |  |  |  |  | 本年度无整村推进村",
        "合 计 | 3个村 | 340 | 130 | 79 | 19 | ",
    ]


def test_cells_are_merged_as_on_the_notice_and_the_town_over_its_villages(book: openpyxl.Workbook) -> None:
    merged = {str(cells) for cells in book.worksheets[0].merged_cells.ranges}
    assert merged == {"A1:G1", "A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:G3", "A4:A5"}


def test_carried_figures_are_in_italics_and_no_others(book: openpyxl.Workbook) -> None:
    sheet = book.worksheets[0]
    italic = [cell.coordinate for row in sheet.iter_rows(min_row=4) for cell in row if cell.font.italic]
    assert italic == ["E6", "F6"]


def test_it_prints_on_one_landscape_page_with_date_and_office_in_the_footer(book: openpyxl.Workbook) -> None:
    sheet = book.worksheets[0]
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight) == ("landscape", 9, 1, 1)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddFooter.left.text.startswith("截至2023年4月14日（第2周）　初稿　校验码 ")
    assert sheet.oddFooter.right.text == "示例区乡村振兴局（示例数据）"


def test_values_only_and_text_is_never_a_formula(book: openpyxl.Workbook) -> None:
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert book.worksheets[0]["G4"].quotePrefix


def test_reading_the_first_sheet_back_gives_the_same_figures(office: Office, tmp_path: Path) -> None:
    result = office.compute(SECOND)
    path = tmp_path / "汇总表.xlsx"
    path.write_bytes(recording.official_workbook(result))
    entries, findings = read_form(path)
    assert findings.empty
    done = entries[(entries["role"] == "village") & (entries["measure"] == "done")]
    assert lines(done, "town_raw", "village_raw", "kind", "raw")[:6] == [
        "甲镇 东河村 新建 28", "甲镇 东河村 整改 15", "甲镇 西河村 新建 41", "甲镇 西河村 整改 0",
        "乙镇 南山村 新建 10", "乙镇 南山村 整改 4",
    ]  # fmt: skip


def test_the_sheets_behind_the_form(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["汇总表", "分镇汇总", "分村明细", "数据问题清单", "报送情况", "溯源", "说明"]
    for sheet in book.worksheets[1:]:
        assert sheet["A1"].value.startswith(f"{sheet.title}（第2周，截至2023年4月14日）")
        assert not sheet.merged_cells.ranges
        assert sheet.freeze_panes
        assert list(sheet.tables) == [f"表{sheet.title}"]


def table(sheet: openpyxl.worksheet.worksheet.Worksheet, *headings: str) -> list[str]:
    head, *body = list(sheet.iter_rows(min_row=3, values_only=True))
    wanted = [head.index(heading) for heading in headings]
    return [" ".join("-" if row[column] is None else str(row[column]) for column in wanted) for row in body]


def test_the_towns_sheet_has_every_measure(book: openpyxl.Workbook) -> None:
    """14 April: 14/183 = 7.65 %. 甲镇: 84 of 190 = 44.21 %; the surplus of 1 does not lessen what is lacking."""
    assert table(book["分镇汇总"], "位次", "区镇", "村数", "合计目标", "合计完成", "合计完成率", "尚缺", "状态") == [
        "1 甲镇 2 190 84 0.4421 107 超序时",
        "- 乙镇 1 280 14 0.05 266 未报",
        "- 丙镇 0 0 0 - 0 无任务",
        "- 全区 3 470 98 0.2085 373 超序时",
    ]


def test_every_printed_figure_has_its_file_sheet_and_cell(book: openpyxl.Workbook) -> None:
    headings = (
        "区镇",
        "整村推进村",
        "类别",
        "完成数",
        "情况",
        "报送周（截至）",
        "文件",
        "工作表",
        "单元格",
        "原文",
        "依据",
    )
    assert table(book["溯源"], *headings) == [
        "甲镇 东河村 新建 28 本周报送 2023-04-14 甲镇.xlsx Sheet E4 28 -",
        "甲镇 东河村 整改 15 本周报送 2023-04-14 甲镇.xlsx Sheet F4 15 -",
        "甲镇 西河村 新建 41 本周报送 2023-04-14 甲镇.xlsx Sheet E5 41 -",
        "甲镇 西河村 整改 0 本周报送 2023-04-14 甲镇.xlsx Sheet F5 0 -",
        "乙镇 南山村 新建 10 沿用 2023-04-07 乙镇.xlsx Sheet E4 10 本周未报送",
        "乙镇 南山村 整改 4 沿用 2023-04-07 乙镇.xlsx Sheet F4 4 本周未报送",
    ]


def test_the_same_week_gives_the_same_bytes(office: Office) -> None:
    assert recording.official_workbook(office.compute(SECOND)) == recording.official_workbook(office.compute(SECOND))


def test_a_hundred_villages_print_on_pages_with_the_heading_repeated(tmp_path: Path) -> None:
    villages = "".join(
        f"      - {{name: 第{number}村, tier: 省级, new_build: 10, renovation: 5}}\n" for number in range(100)
    )
    office = Office(
        tmp_path / "大", PROGRAMME.replace("  丙镇: {villages: []}\n", f"  丙镇:\n    villages:\n{villages}")
    )
    office.week(FIRST)
    book = openpyxl.load_workbook(io.BytesIO(recording.official_workbook(office.compute(FIRST))))
    assert book.worksheets[0].page_setup.fitToHeight == 0
    assert book.worksheets[0].print_title_rows == "$1:$3"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_prints_the_form_on_one_page(office: Office, tmp_path: Path) -> None:
    (tmp_path / "w.xlsx").write_bytes(recording.official_workbook(office.compute(SECOND)))
    only_form = openpyxl.load_workbook(tmp_path / "w.xlsx")
    for sheet in only_form.worksheets[1:]:
        only_form.remove(sheet)
    only_form.save(tmp_path / "w.xlsx")
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(tmp_path / "w.xlsx")], check=True, capture_output=True)
    pages = (tmp_path / "w.pdf").read_bytes().count(b"/Type/Page") - (tmp_path / "w.pdf").read_bytes().count(
        b"/Type/Pages"
    )
    assert pages == 1
