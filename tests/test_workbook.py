"""汇总表.xlsx: the notice's form cell for cell, and the sheets behind it."""

import io
import re
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pipeline import params
from pipeline.intake import form
from pipeline.intake.reading import folder
from pipeline.products import layout
from pipeline.products.workbook import paper
from pipeline.record import recording
from tests.helpers import PROGRAMME, Office, needs_libreoffice, read_form, resaved, typed

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
        "乙镇 | 南山村 | 200 | 80 | 10 | 4 | 〔本周未报，沿用截至4月7日数〕",
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
    assert sheet.oddFooter.left.text == "截至2023年4月14日（第2周）　初稿"
    assert sheet.oddFooter.center.text == "示例区乡村振兴局（示例数据）　— &P —"
    assert re.fullmatch(r"校验码 ([A-Z2-7]{4}-){5}[A-Z2-7]{4}", sheet.oddFooter.right.text)


def test_values_only_and_text_is_never_a_formula(book: openpyxl.Workbook) -> None:
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert book.worksheets[0]["G4"].quotePrefix


def test_reading_the_first_sheet_back_gives_the_same_figures(office: Office, tmp_path: Path) -> None:
    result = office.compute(SECOND)
    path = tmp_path / "汇总表.xlsx"
    path.write_bytes(recording.official_workbook(result))
    forms, findings = read_form(path)
    assert not findings
    assert typed(forms)[:6] == [
        "甲镇 东河村 新建 28", "甲镇 东河村 整改 15", "甲镇 西河村 新建 41", "甲镇 西河村 整改 0",
        "乙镇 南山村 新建 10", "乙镇 南山村 整改 4",
    ]  # fmt: skip


def lists(book: openpyxl.Workbook) -> list[openpyxl.worksheet.worksheet.Worksheet]:
    """The sheets between the form and what goes one level up."""
    return [sheet for sheet in book.worksheets[1:] if not sheet.title.startswith("上报")]


def test_the_sheets_behind_the_form(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == [
        "汇总表",
        "分镇汇总",
        "分村明细",
        "数据问题清单",
        "报送情况",
        "溯源",
        "说明",
        "上报表",
        "上报信息",
    ]
    assert [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"] == ["上报信息"]
    for sheet in lists(book):
        assert sheet["A1"].value.startswith(f"{sheet.title}（第2周，截至2023年4月14日）")
        assert not sheet.merged_cells.ranges
        assert sheet.freeze_panes
        assert list(sheet.tables) == [f"表{sheet.title}"]


def table(sheet: openpyxl.worksheet.worksheet.Worksheet, *headings: str) -> list[str]:
    names, *body = list(sheet.iter_rows(min_row=3, values_only=True))
    head = [name.replace("\n", "") for name in names]
    wanted = [head.index(heading) for heading in headings]
    return [" ".join("-" if row[column] is None else str(row[column]) for column in wanted) for row in body]


def test_the_towns_sheet_has_every_measure(book: openpyxl.Workbook) -> None:
    """14 April: 14/183 = 7.65 %. 甲镇: 84 of 190 = 44.21 %; the surplus of 1 does not lessen what is lacking."""
    headings = (
        "位次", "区镇", "村数（个）", "合计目标（座）", "合计完成（座）", "合计完成率（%）", "尚缺（座）", "状态",
    )  # fmt: skip
    assert table(book["分镇汇总"], *headings) == [
        "1 甲镇 2 190 84 0.4421 107 超序时",
        "- 乙镇 1 280 14 0.05 266 未报",
        "- 丙镇 0 0 0 - 0 无任务",
        "- 全区 3 470 98 0.2085 373 超序时",
    ]


def test_every_heading_over_numbers_names_their_unit(book: openpyxl.Workbook) -> None:
    measures = [
        "新建目标（座）", "新建完成（座）", "新建完成率（%）", "整改目标（座）", "整改完成（座）", "整改完成率（%）",
        "合计目标（座）", "合计完成（座）", "合计完成率（%）", "本周新增（座）", "较序时（百分点）", "尚缺（座）",
    ]  # fmt: skip
    pace, schedule = ["平均每周完成（座/周）", "每周需完成（座/周）"], "序时进度（%）"
    towns, villages = ([cell.value.replace("\n", "") for cell in book[name][3]] for name in ("分镇汇总", "分村明细"))
    assert towns == ["位次", "区镇", "村数（个）", *measures, *pace, "状态", schedule]
    places = ["区镇", "整村推进村", "级别"]
    assert villages == [*places, *measures, "状态", "新建数据", "整改数据", *pace, schedule, "备注"]
    formats = dict(zip(towns, [cell.number_format for cell in book["分镇汇总"][4]], strict=True))
    assert {formats[name] for name in (*measures, schedule) if name.endswith("（%）")} == {"0.00%"}
    assert formats["较序时（百分点）"] == "+0.00;-0.00;0.00"
    assert formats["平均每周完成（座/周）"] == formats["每周需完成（座/周）"] == "0.0"


def test_a_heading_breaks_before_its_brackets_and_after_what_belongs_together(book: openpyxl.Workbook) -> None:
    assert [cell.value for cell in book["分镇汇总"][3]][2:6] == [
        "村数\n（个）", "新建\n目标\n（座）", "新建\n完成\n（座）", "新建\n完成率\n（%）",
    ]  # fmt: skip
    assert [cell.value for cell in book["分镇汇总"][3]][12:] == [
        "本周\n新增\n（座）", "较序时\n（百分点）", "尚缺\n（座）", "平均每周\n完成\n（座/周）",
        "每周\n需完成\n（座/周）", "状态", "序时\n进度\n（%）",
    ]  # fmt: skip
    assert book["溯源"]["F3"].value == "报送周\n（截至）"
    for sheet in lists(book):
        lines = [line for cell in sheet[3] for line in cell.value.split("\n")]
        assert not [line for line in lines if "（" in line[1:]]


def test_an_empty_list_says_so_and_is_a_table_all_the_same(office: Office) -> None:
    book = openpyxl.load_workbook(io.BytesIO(recording.official_workbook(office.compute(FIRST))))
    sheet = book["数据问题清单"]
    assert [cell.value for cell in sheet[4]] == ["（无）", *[None] * 9]
    assert sheet.max_row == 4
    assert sheet.tables["表数据问题清单"].ref == "A3:J4"


def test_what_is_for_the_screen_stands_behind_what_is_printed(book: openpyxl.Workbook) -> None:
    """19 to 22 columns are too many for one page: on paper the last are left out, and the note says so."""
    left_out = {}
    for sheet in lists(book):
        *_, last, _ = openpyxl.utils.range_boundaries(sheet.print_area.partition("!")[2])
        left_out[sheet.title] = [cell.value.replace("\n", "") for cell in sheet[3][last:]]
        assert ("不打印" in sheet["A2"].value) == (bool(left_out[sheet.title]) and sheet.title != "分镇汇总")
    assert left_out == {
        "分镇汇总": ["序时进度（%）"],  # the note tells it
        "分村明细": ["平均每周完成（座/周）", "每周需完成（座/周）", "序时进度（%）", "备注"],
        "数据问题清单": ["文件", "工作表", "单元格", "原文"],  # they stand in 说明 too
        "报送情况": ["文件指纹（SHA-256）"],
        "溯源": ["文件指纹"],
        "说明": [],
    }
    assert book["分镇汇总"]["A2"].value.startswith("序时进度7.65%。")


def printed_width(sheet: openpyxl.worksheet.worksheet.Worksheet) -> float:
    *_, last, _ = openpyxl.utils.range_boundaries(sheet.print_area.partition("!")[2])
    letters = map(openpyxl.utils.get_column_letter, range(1, last + 1))
    return float(sum(sheet.column_dimensions[letter].width for letter in letters))


def test_a_list_is_legible_on_paper_and_its_note_is_not_cut_off(book: openpyxl.Workbook) -> None:
    """10 points on 90 % of their size are 9; a page takes 141 digits of Arial 10 between its margins."""
    for sheet in lists(book):
        assert printed_width(sheet) * 0.9 <= 141
        digits = sum(2 if ord(sign) > 0x2E80 else 1 for sign in sheet["A2"].value)
        assert digits * 20 / 21 <= printed_width(sheet), sheet.title


def test_a_list_that_is_too_wide_prints_on_pages_beside_each_other_instead_of_smaller() -> None:
    """24 weeks of 8 digits each: the town stands on each page."""
    sheet = openpyxl.Workbook().active
    weeks = [f"第{number}周\n9月{number}日" for number in range(10, 30)]
    layout.write_list(sheet, "报送情况", "", ["区镇", "村", *weeks], [["甲镇", "东河村", *["已报"] * 20]], ("", "", ""))
    assert printed_width(sheet) * 0.9 > 141
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.scale) == (False, 90)
    assert (sheet.print_title_cols, sheet.print_title_rows) == ("$A:$B", "$3:$3")
    assert sheet.page_setup.pageOrder == "overThenDown"


def test_lists_print_one_page_wide_with_the_heading_repeated(book: openpyxl.Workbook) -> None:
    for sheet in lists(book):
        setup = sheet.page_setup
        assert (setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight) == ("landscape", 9, 1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$3:$3"


def test_every_printed_figure_has_its_file_sheet_and_cell(book: openpyxl.Workbook) -> None:
    headings = (
        "区镇",
        "整村推进村",
        "类别",
        "完成数（座）",
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
        "乙镇 南山村 新建 10 沿用 2023-04-07 乙镇.xlsx Sheet E4 10 本周未报",
        "乙镇 南山村 整改 4 沿用 2023-04-07 乙镇.xlsx Sheet F4 4 本周未报",
    ]


def test_the_same_week_gives_the_same_bytes(office: Office) -> None:
    assert recording.official_workbook(office.compute(SECOND)) == recording.official_workbook(office.compute(SECOND))


@needs_libreoffice
@pytest.mark.parametrize("to", ["xlsx", "xls"])
def test_the_first_sheet_reads_back_after_libreoffice_has_saved_it(office: Office, tmp_path: Path, to: str) -> None:
    (tmp_path / "汇总表.xlsx").write_bytes(recording.official_workbook(office.compute(SECOND)))
    forms, findings = read_form(resaved(tmp_path / "汇总表.xlsx", to, tmp_path / "again"))
    assert not findings
    assert typed(forms)[:6] == [
        "甲镇 东河村 新建 28", "甲镇 东河村 整改 15", "甲镇 西河村 新建 41", "甲镇 西河村 整改 0",
        "乙镇 南山村 新建 10", "乙镇 南山村 整改 4",
    ]  # fmt: skip


# ---- on paper --------------------------------------------------------------------------------------------------


def summary_of(office: Office, path: Path) -> openpyxl.Workbook:
    path.write_bytes(recording.official_workbook(office.compute(FIRST)))
    return openpyxl.load_workbook(path)


def form_alone(path: Path) -> Path:
    """The first sheet without the others."""
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets[1:]:
        book.remove(sheet)
    book.save(path)
    return path


def pages(pdf: Path) -> int:
    return len(re.findall(rb"/Type ?/Page\b", pdf.read_bytes()))


@pytest.fixture
def hundred(tmp_path: Path) -> Office:
    """甲镇 2 villages, 乙镇 1, 丙镇 97; every tenth row of 丙镇 is higher for its remark, one of them very high."""
    named = [f"第{number}村" for number in range(97)]
    villages = "".join(f"      - {{name: {name}, tier: 省级, new_build: 10, renovation: 5}}\n" for name in named)
    made = Office(tmp_path / "大", PROGRAMME.replace("  丙镇: {villages: []}\n", f"  丙镇:\n    villages:\n{villages}"))
    folder = made.week(FIRST)
    book = openpyxl.Workbook()
    book.active.append(["区镇", "整村推进村", "新建完成", "整改完成", "备注"])
    for number, name in enumerate(named):
        remark = "雨天停工" * (400 if number == 50 else 20 if number % 10 == 0 else 0)
        book.active.append(["丙镇", name, number % 7, number % 5, remark])
    book.save(folder / "丙镇.xlsx")
    return made


def test_the_pages_of_a_hundred_villages_begin_with_the_heading_and_the_towns_name(
    hundred: Office, tmp_path: Path
) -> None:
    sheet = summary_of(hundred, tmp_path / "w.xlsx").worksheets[0]
    assert sheet.print_title_rows == "$1:$3"
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.scale) == (False, 85)
    starts = [4, *(rule.id + 1 for rule in sheet.row_breaks.brk)]
    assert [sheet.cell(row, 1).value for row in starts] == ["甲镇", *["丙镇"] * (len(starts) - 1)]
    merged = [cells.bounds for cells in sheet.merged_cells.ranges if cells.min_row > 3]
    assert not [(top, last) for _, top, _, last in merged for start in starts if top < start <= last]
    assert sum(last - top + 1 for _, top, _, last in merged) == 99  # 乙镇 has one row
    heights = [sheet.row_dimensions[row].height for row in range(1, 105)]
    for start, after in zip(starts, [*starts[1:], 105], strict=True):
        on_page = sum(heights[:3]) + sum(heights[start - 1 : after - 1])
        assert on_page * 0.85 <= 595 - 2 * 0.8 * 72  # A4 landscape less its margins
    for row in range(4, 105):
        for cell in sheet[row]:
            assert cell.border.left.style == cell.border.right.style == "thin"


def test_the_total_never_stands_alone_on_a_page() -> None:
    """Room for 18 rows of 25 points and a heading of 92; rows 4 to 21 fill the first page, 22 is 合计."""
    heights = {1: 42, 2: 25, 3: 25, **dict.fromkeys(range(4, 23), 25)}
    assert paper.page_starts(heights, heading=3, tail=21) == [21]
    assert paper.page_starts({**heights, 23: 25}, heading=3, tail=22) == [22]
    assert paper.page_starts({row: heights[row] for row in range(1, 22)}, heading=3, tail=20) == []


def test_reading_a_form_of_several_pages_back_gives_the_same_figures(hundred: Office, tmp_path: Path) -> None:
    path = tmp_path / "汇总表.xlsx"
    summary_of(hundred, path)
    closing = date.fromisoformat(FIRST)
    read = params.programme(hundred.root, "params/2023.yaml")
    files = [file for file in folder.collect(tmp_path) if file.name == path.name]
    forms, findings = form.read(files, read, closing)
    assert not findings
    assert [line for line in typed(forms) if line.startswith("丙镇")] == [
        f"丙镇 第{number}村 {kind} {figure}"
        for number in range(97)
        for kind, figure in (("新建", number % 7), ("整改", number % 5))
    ]


@needs_libreoffice
def test_libreoffice_prints_a_hundred_villages_on_the_pages_that_were_counted(hundred: Office, tmp_path: Path) -> None:
    sheet = summary_of(hundred, tmp_path / "w.xlsx").worksheets[0]
    assert pages(resaved(form_alone(tmp_path / "w.xlsx"), "pdf", tmp_path)) == len(sheet.row_breaks.brk) + 1


@needs_libreoffice
@pytest.mark.parametrize("remark", ["", "因连续下雨停工，" * 6], ids=["plain", "three lines of 备注 in each row"])
def test_libreoffice_prints_eleven_villages_on_one_page(tmp_path: Path, remark: str) -> None:
    """Nine towns as in the notice, two of them with two villages, and one without."""
    towns = "".join(
        f"  第{town}镇:\n    villages:\n"
        + "".join(
            f"      - {{name: 第{town}{part}村, tier: 省级, new_build: 1000, renovation: 500}}\n"
            for part in ("东西" if town in (3, 4) else "东")
        )
        for town in range(9)
    )
    office = Office(tmp_path / "办公室", f"{PROGRAMME.partition('towns:')[0]}towns:\n{towns}  末镇: {{villages: []}}\n")
    for town in range(9) if remark else ():
        book = openpyxl.Workbook()
        book.active.append(["区镇", "整村推进村", "新建完成", "整改完成", "备注"])
        for part in "东西" if town in (3, 4) else "东":
            book.active.append([f"第{town}镇", f"第{town}{part}村", 1, 1, remark])
        book.save(office.week(FIRST) / f"第{town}镇.xlsx")
    office.week(FIRST)
    sheet = summary_of(office, tmp_path / "w.xlsx").worksheets[0]
    assert sheet["B16"].value == "11个村"
    assert [sheet.row_dimensions[row].height for row in (4, 14)] == ([51, 51] if remark else [25, 25])
    assert pages(resaved(form_alone(tmp_path / "w.xlsx"), "pdf", tmp_path)) == 1


@needs_libreoffice
def test_libreoffice_prints_every_list_one_page_wide(office: Office, tmp_path: Path) -> None:
    """Eight sheets of few rows that are seen: eight pages."""
    (tmp_path / "w.xlsx").write_bytes(recording.official_workbook(office.compute(SECOND)))
    assert pages(resaved(tmp_path / "w.xlsx", "pdf", tmp_path)) == 8
