"""Files as towns send them, read as typed. Every file here is a real file on disc."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.intake.reading import read as read_xlsx
from pipeline.intake.typed import Entry, Form, Line
from pipeline.rules import Finding
from tests.helpers import lines, read_form, write_form

NOTHING = Form(file="")


def form_of(path: Path) -> tuple[Form, list[Finding]]:
    """The form of a file (an empty one if it cannot be read), and the findings."""
    forms, findings = read_form(path)
    return next(iter(forms), NOTHING), findings


def entries_of(form: Form) -> list[tuple[Line, Entry]]:
    return [(line, entry) for line in form.lines for entry in line.entries]


OFFICIAL = [
    "B4 东河村 target 新建 100", "B4 东河村 target 整改 50", "B4 东河村 done 新建 30", "B4 东河村 done 整改 20",
]  # fmt: skip


def official(path: Path, **layout: object) -> Path:
    write_form(path, {"东河村": (30, 20, "说明")}, **layout)  # type: ignore[arg-type]
    return path


def read(path: Path) -> tuple[list[str], list[str]]:
    """What the form says, and the messages."""
    form, findings = form_of(path)
    told = [
        f"{line.village.cell} {line.village.raw} {entry.measure} {entry.kind} {entry.raw}"
        for line, entry in entries_of(form)
    ]
    return told, [row.message for row in findings]


def test_every_cell_of_the_form_is_an_entry_with_its_place(tmp_path: Path) -> None:
    form, findings = form_of(official(tmp_path / "甲镇.xlsx"))
    assert not findings
    assert form.file == "甲镇.xlsx"
    (line,) = form.lines
    assert lines([line.town, line.village, line.remark], "file", "sheet", "cell", "raw") == [
        "甲镇.xlsx Sheet A4 甲镇", "甲镇.xlsx Sheet B4 东河村", "甲镇.xlsx Sheet G4 说明",
    ]  # fmt: skip
    assert lines(line.entries, "file", "sheet", "cell", "measure", "kind", "raw") == [
        "甲镇.xlsx Sheet C4 target 新建 100",
        "甲镇.xlsx Sheet D4 target 整改 50",
        "甲镇.xlsx Sheet E4 done 新建 30",
        "甲镇.xlsx Sheet F4 done 整改 20",
    ]


def test_an_xls_says_the_same(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for column, text in enumerate(["区镇", "村名", "新建目标", "整改目标", "新建完成", "整改完成", "备注"]):
        sheet.write(2, column, text)
    for column, value in enumerate(["甲镇", "东河村", 100, 50, 30, 20]):
        sheet.write(3, column, value)
    book.save(str(tmp_path / "甲镇.xls"))
    assert read(tmp_path / "甲镇.xls") == (OFFICIAL, [])


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-8", "utf-16"])
def test_a_csv_in_any_usual_encoding_says_the_same(tmp_path: Path, encoding: str) -> None:
    text = "\n\n区镇,整村推进村,目标任务（新建）,目标任务（整改）,完成情况（新建）,完成情况（整改）,备注\n甲镇,东河村,100,50,30,20,\n"
    (tmp_path / "甲镇.csv").write_bytes(text.encode(encoding))
    assert read(tmp_path / "甲镇.csv") == (OFFICIAL, [])


def test_an_xlsx_called_xls_is_read_and_told(tmp_path: Path) -> None:
    official(tmp_path / "甲镇.xlsx").rename(tmp_path / "甲镇.xls")
    assert read(tmp_path / "甲镇.xls") == (OFFICIAL, ["《甲镇.xls》：扩展名与实际格式不符，已按实际格式读取"])


def test_columns_are_found_by_their_headings_wherever_they_stand(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["随便写的标题"], [], ["填报单位：甲镇"],
        ["备注", "整改完成", "完成率", "新建完成", "村名", "区镇", "本周新增", "整改目标", "新建目标"],
        ["", 20, "30%", 30, "东河村", "甲镇", 7, 50, 100],
    ):  # fmt: skip
        book.active.append(row)
    book.save(tmp_path / "甲镇.xlsx")
    form, _ = form_of(tmp_path / "甲镇.xlsx")
    (line,) = form.lines
    assert sorted(lines(line.entries, "measure", "kind", "cell", "raw")) == [
        "added 合计 G5 7", "done 整改 B5 20", "done 新建 D5 30", "rate 合计 C5 30%", "target 整改 H5 50", "target 新建 I5 100",
    ]  # fmt: skip
    assert lines(form.senders, "cell", "raw") == ["A3 甲镇"]


@pytest.mark.parametrize("heading", ["完成情况（累计）", "完成情况(累计)", "累计完成情况", "截至5月5日完成情况"])
def test_a_heading_that_says_cumulative_is_the_forms_own(tmp_path: Path, heading: str) -> None:
    book = openpyxl.load_workbook(official(tmp_path / "甲镇.xlsx"))
    book.active["E2"] = heading
    book.save(tmp_path / "甲镇.xlsx")
    assert read(tmp_path / "甲镇.xlsx") == (OFFICIAL, [])


def test_totals_and_notes_are_no_villages(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(official(tmp_path / "甲镇.xlsx", total=(100, 50, 30, 20)))
    book.active.append(["注：累计数"])
    book.active.append(["填报人：某某", None, 1, 2, 3, 4])
    book.save(tmp_path / "甲镇.xlsx")
    form, _ = form_of(tmp_path / "甲镇.xlsx")
    assert lines(form.lines, "row", "role") == ["4 village", "5 total"]


def test_a_merged_town_holds_for_its_rows(tmp_path: Path) -> None:
    write_form(tmp_path / "甲.xlsx", {"东河村": (1, 2), "西河村": (3, 4)})
    book = openpyxl.load_workbook(tmp_path / "甲.xlsx")
    book.active["A5"] = None
    book.active.merge_cells("A4:A5")
    book.save(tmp_path / "甲.xlsx")
    form, _ = form_of(tmp_path / "甲.xlsx")
    assert lines((line.town for line in form.lines), "cell", "raw") == ["A4 甲镇", "A4 甲镇"]


def test_a_figure_merged_over_two_rows_belongs_to_neither(tmp_path: Path) -> None:
    write_form(tmp_path / "甲.xlsx", {"东河村": (9, 2), "西河村": (None, 4)})
    book = openpyxl.load_workbook(tmp_path / "甲.xlsx")
    book.active.merge_cells("E4:E5")
    book.save(tmp_path / "甲.xlsx")
    form, _ = form_of(tmp_path / "甲.xlsx")
    assert lines((line.done[0] for line in form.lines), "kind", "type") == ["新建 shared", "新建 shared"]


def test_what_other_readers_show_as_blank_is_kept(tmp_path: Path) -> None:
    """An error, a formula without its value, a date, a truth value: none is an empty cell."""
    book = openpyxl.load_workbook(official(tmp_path / "甲.xlsx"))
    sheet = book.active
    sheet["C4"], sheet["D4"], sheet["E4"] = "#REF!", "=1+1", True
    sheet["F4"] = 45047
    sheet["F4"].number_format = "yyyy-mm-dd"
    book.save(tmp_path / "甲.xlsx")
    form, _ = form_of(tmp_path / "甲.xlsx")
    assert lines(form.lines[0].entries, "cell", "type", "raw") == [
        "C4 error #REF!", "D4 uncalculated =1+1", "E4 boolean TRUE", "F4 date 2023-05-01",
    ]  # fmt: skip


def test_hidden_sheets_are_left_out_and_hidden_rows_kept_and_both_are_told(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(official(tmp_path / "甲.xlsx"))
    book.copy_worksheet(book.active).title = "上周"
    book["上周"].sheet_state = "hidden"
    book["Sheet"].row_dimensions[4].hidden = True
    book.save(tmp_path / "甲.xlsx")
    figures, messages = read(tmp_path / "甲.xlsx")
    assert figures == OFFICIAL
    assert messages == [
        "《甲.xlsx》上周：存在隐藏工作表“上周”，未采用",
        "《甲.xlsx》Sheet：第4行被隐藏/筛选，仍按有效数据读取，请核对",
    ]


def test_two_forms_in_one_file_are_not_guessed_between(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(official(tmp_path / "甲.xlsx"))
    book.copy_worksheet(book.active).title = "第二张"
    book.save(tmp_path / "甲.xlsx")
    assert read(tmp_path / "甲.xlsx")[1] == []  # the same figures twice are no question
    book["第二张"]["E4"] = 29
    book.save(tmp_path / "甲.xlsx")
    assert read(tmp_path / "甲.xlsx")[1] == [
        "《甲.xlsx》：有多张表符合格式且数据不同（Sheet!A2、第二张!A2），请删除旧表后重报，或回复用哪一张"
    ]


# ---- what cannot be read ---------------------------------------------------------------------------------------


UNREADABLE = {
    "零字节.xlsx": (b"", "《零字节.xlsx》：文件是空的（0 字节），可能没有传完，请重新发送"),
    "改名的图片.xlsx": (b"\xff\xd8\xff\xe0" + b"\0" * 99, "《改名的图片.xlsx》：图片不能取数，请报送 Excel 版"),
    "扫描件.xlsx": (b"%PDF-1.7 ...", "《扫描件.xlsx》：扫描件（PDF）只作留存依据，不能取数，请同时报送 Excel 版"),
    "空网页.xls": (b"<html><table></table>", "《空网页.xls》：工作表中没有可读取的表格数据，请用下发的 Excel 模板填报"),
    "别的表.csv": ("姓名,电话\n张三,1\n".encode(), "《别的表.csv》：未找到表头“区镇、整村推进村、目标任务、完成情况”，请用下发的 Excel 模板填报"),
}  # fmt: skip


@pytest.mark.parametrize("name", list(UNREADABLE))
def test_a_file_that_is_no_form_is_told_in_words(tmp_path: Path, name: str) -> None:
    content, said = UNREADABLE[name]
    (tmp_path / name).write_bytes(content)
    form, findings = form_of(tmp_path / name)
    assert form is NOTHING
    assert [row.message for row in findings] == [said]
    assert [row.level for row in findings] == ["reject"]


def test_a_file_cut_off_anywhere_never_breaks_the_reader(tmp_path: Path) -> None:
    whole = official(tmp_path / "甲.xlsx").read_bytes()
    for length in range(0, len(whole) - 1, 97):
        (tmp_path / "断.xlsx").write_bytes(whole[:length])
        form, findings = form_of(tmp_path / "断.xlsx")
        assert form is NOTHING
        assert len(findings) == 1


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 4000))
def test_damage_anywhere_never_breaks_the_reader(
    tmp_path_factory: pytest.TempPathFactory, damage: bytes, at: int
) -> None:
    folder = tmp_path_factory.mktemp("damage")
    whole = official(folder / "甲.xlsx").read_bytes()
    (folder / "坏.xlsx").write_bytes(whole[:at] + damage + whole[at + len(damage) :])
    form_of(folder / "坏.xlsx")


def test_a_zip_bomb_is_refused_without_being_unpacked(tmp_path: Path) -> None:
    whole = official(tmp_path / "甲.xlsx").read_bytes()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = b" " * (200 << 20) if name.endswith("sheet1.xml") else source.read(name)
            target.writestr(name, content)
    (tmp_path / "炸弹.xlsx").write_bytes(out.getvalue())
    assert read(tmp_path / "炸弹.xlsx") == (
        [],
        ["《炸弹.xlsx》：文件内容异常庞大，不像本表，请用下发的 Excel 模板填报"],
    )


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    """A billion laughs: a DTD has no business in a workbook."""
    out = io.BytesIO()
    with zipfile.ZipFile(official(tmp_path / "甲.xlsx")) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith("workbook.xml"):
                content = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + content
            target.writestr(name, content)
    (tmp_path / "笑.xlsx").write_bytes(out.getvalue())
    assert read(tmp_path / "笑.xlsx")[0] == []


def test_a_number_is_read_as_excel_shows_it() -> None:
    """0.1 + 0.2 is stored as 0.30000000000000004, an integer as 56 or 56.0; a clerk sees 0.3 and 56."""
    book = openpyxl.Workbook()
    book.active.append([0.1 + 0.2, 56.0, 1e15, 12])
    out = io.BytesIO()
    book.save(out)
    (sheet,) = read_xlsx(out.getvalue()).sheets
    assert [sheet.cells[1, column].raw for column in (1, 2, 3, 4)] == ["0.3", "56", "1000000000000000", "12"]


def test_a_figure_merged_over_two_columns_belongs_to_neither(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(official(tmp_path / "甲.xlsx"))
    book.active["F4"] = None
    book.active.merge_cells("E4:F4")
    book.save(tmp_path / "甲.xlsx")
    form, _ = form_of(tmp_path / "甲.xlsx")
    assert lines(form.lines[0].entries, "type") == ["number", "number", "shared", "shared"]


def test_a_stray_cell_at_the_end_of_the_sheet_costs_nothing(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(official(tmp_path / "甲.xlsx"))
    book.active["XFD1048576"], book.active["XFD1048575"] = " ", "x"
    book.save(tmp_path / "甲.xlsx")
    assert read(tmp_path / "甲.xlsx") == (OFFICIAL, [])


def test_a_total_in_the_town_column_holds_for_its_own_row_only(tmp_path: Path) -> None:
    write_form(tmp_path / "甲.xlsx", {"全镇": (9, 9), "东河村": (30, 20)})
    book = openpyxl.load_workbook(tmp_path / "甲.xlsx")
    book.active["A4"], book.active["B4"], book.active["A5"] = "合计", None, None
    book.save(tmp_path / "甲.xlsx")
    form, _ = form_of(tmp_path / "甲.xlsx")
    assert [(line.role, line.village.raw, line.entries[-1].raw) for line in form.lines] == [
        ("total", "", "9"), ("village", "东河村", "20"),
    ]  # fmt: skip


def test_half_a_sign_is_shown_as_such_and_can_be_written(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(official(tmp_path / "甲.xlsx"))
    book.active["G4"] = "_xD83D__xDE00_ _xD800_"
    book.save(tmp_path / "甲.xlsx")
    form, _ = form_of(tmp_path / "甲.xlsx")
    assert form.lines[0].remark.raw == "😀 \ufffd"
