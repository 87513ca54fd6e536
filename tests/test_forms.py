"""The pre-filled forms: what a clerk may fill in, and what is said of a form that comes back."""

import shutil
from pathlib import Path

import openpyxl
import pytest

from pipeline import commands
from pipeline.intake import slip
from pipeline.intake.slip import Slip
from pipeline.products import packing
from pipeline.products.workbook import remarks
from pipeline.records import Key, Previous
from tests.helpers import PROGRAMME, Office, day, lines, needs_libreoffice, only, read_form, resaved

FIRST, SECOND = "2023-04-07", "2023-04-14"
NAME = "甲镇 2023年度农村户厕改造整村推进每周进展情况汇总表（截至4月14日）.xlsx"
FILLED = {"E4": 28, "F4": 10, "E5": 6, "G4": "雨天停工三天"}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """One recorded week, the forms of the second week, and the second week's file of 乙镇, made by hand."""
    made = Office(tmp_path / "办公室")
    made.week(FIRST)
    made.send(FIRST, "甲镇.xlsx", {"东河村": (20, 10), "西河村": (4, 0)})
    made.send(FIRST, "乙镇.xlsx", {"南山村": (10, 4)})
    made.archive(FIRST)
    commands.new(made.root, SECOND)
    made.send(SECOND, "乙镇.xlsx", {"南山村": (20, 8)})
    return made


def blank(office: Office) -> Path:
    return office.root / "data/output" / SECOND / "forms" / NAME


def sheet_of(office: Office) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(blank(office)).worksheets[0]


def fill(office: Office, path: Path, **cells: object) -> Path:
    """The town's form, filled in as a clerk may."""
    shutil.copyfile(blank(office), path)
    office.edit(path, **cells)
    return path


# ---- what a clerk finds ----------------------------------------------------------------------------------------


def test_the_form_has_the_official_layout_with_villages_and_targets(office: Office) -> None:
    rows = sheet_of(office).iter_rows(max_col=7, values_only=True)
    assert [" | ".join("" if value is None else str(value) for value in row) for row in rows] == [
        "2023年度农村户厕改造整村推进每周进展情况汇总表 |  |  |  |  |  | ",
        "区 镇 | 整村推进村 | 目标任务 |  | 完成情况（累计） |  | 备注",
        " |  | 新建 | 整改 | 新建 | 整改 | ",
        "甲镇 | 东河村 | 100 | 50 |  |  | ",
        " | 西河村 | 40 | 0 |  | 0 | ",
        "合 计 | 2个村 | 140 | 50 | =SUM(E4:E5) | =SUM(F4:F5) | ",
        "注：只填完成情况和备注。上次累计（截至4月7日）：东河村新建 20；东河村整改 10；西河村新建 4。"
        "完成情况填截至4月14日的累计数，零进展也要填数。 |  |  |  |  |  | ",
    ]


def test_only_figures_and_remarks_are_open_and_there_is_no_password(office: Office) -> None:
    """西河村 has no 整改 to do: its 0 is locked like the targets."""
    sheet = sheet_of(office)
    open_cells = [cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked]
    assert open_cells == ["E4", "F4", "G4", "E5", "G5"]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert not sheet.protection.selectLockedCells
    assert not sheet.protection.selectUnlockedCells


def test_a_figure_is_a_whole_number_and_not_below_the_last_unless_the_remark_says_why(office: Office) -> None:
    found = {str(rule.sqref): rule for rule in sheet_of(office).data_validations.dataValidation}
    assert {cell: (rule.type, rule.operator, rule.formula1, rule.errorStyle) for cell, rule in found.items()} == {
        "E4": ("whole", "greaterThanOrEqual", "IF(LEN(TRIM($G4))>0,0,20)", "stop"),
        "F4": ("whole", "greaterThanOrEqual", "IF(LEN(TRIM($G4))>0,0,10)", "stop"),
        "E5": ("whole", "greaterThanOrEqual", "IF(LEN(TRIM($G5))>0,0,4)", "stop"),
    }
    first = found["E4"]
    assert first.showErrorMessage
    assert first.showInputMessage
    assert not first.allow_blank  # with it, Excel takes anything while 备注 is blank
    assert first.prompt == "上次累计 20（截至4月7日），目标 100。请填截至4月14日的累计完成数，没有进展也要填。"
    assert first.error == (
        "要填不小于上次累计 20 的整数，不带“户”“座”等字。确需核减的，请先在备注写明原因，再填这一格。"
    )


def test_excels_limits_on_messages_are_kept(office: Office) -> None:
    for rule in sheet_of(office).data_validations.dataValidation:
        assert max(len(rule.promptTitle), len(rule.errorTitle)) <= 32
        assert max(len(rule.prompt), len(rule.error)) <= 225


def test_the_words_at_a_cell_name_the_programmes_unit(tmp_path: Path) -> None:
    errors = []
    for unit in ("厕", "户"):
        office = Office(tmp_path / unit, f"{PROGRAMME}unit: {unit}\n")
        commands.new(office.root, FIRST)
        path = next((office.root / "data/output" / FIRST / "forms").glob("甲镇*"))
        errors.append(openpyxl.load_workbook(path).worksheets[0].data_validations.dataValidation[0].error)
    assert errors == [
        "只能填整数，不带“户”“厕”等字；没有进展的，填上次的累计数（没有报过的填 0）。",
        "只能填整数，不带“户”等字；没有进展的，填上次的累计数（没有报过的填 0）。",
    ]


def test_a_hidden_sheet_holds_week_town_and_version(office: Office) -> None:
    sheet = openpyxl.load_workbook(blank(office)).worksheets[1]
    assert (sheet.title, sheet.sheet_state) == ("填报信息", "hidden")
    assert list(sheet.iter_rows(values_only=True)) == [
        ("本表由汇总程序预填，此页供程序核对，请勿改动", None),
        ("截至日期", "2023-04-14"),
        ("区镇", "甲镇"),
        ("表样版本", "1"),
    ]


def test_the_footer_names_who_fills_the_form_in(office: Office) -> None:
    assert sheet_of(office).oddFooter.right.text == "填报单位（盖章）：甲镇"


def test_the_file_says_what_it_is_and_whose_and_names_no_library(office: Office) -> None:
    about = openpyxl.load_workbook(blank(office)).properties
    assert (about.title, about.creator, about.lastModifiedBy, about.language) == (
        "甲镇2023年度农村户厕改造整村推进每周进展情况汇总表（截至2023年4月14日）",
        "示例区乡村振兴局（示例数据）", "示例区乡村振兴局（示例数据）", "zh-CN",
    )  # fmt: skip
    assert not any(b"openpyxl" in part.lower() for part in packing.parts(blank(office).read_bytes()).values())


def test_a_first_week_knows_no_last_figure(tmp_path: Path) -> None:
    office = Office(tmp_path / "新")
    commands.new(office.root, FIRST)
    path = next((office.root / "data/output" / FIRST / "forms").glob("甲镇*"))
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet["A7"].value == "注：只填完成情况和备注。完成情况填截至4月7日的累计数，零进展也要填数。"
    first = sheet.data_validations.dataValidation[0]
    assert (first.formula1, first.prompt) == ("0", "目标 100。请填截至4月7日的累计完成数，没有进展也要填。")


def test_new_again_gives_the_same_bytes_and_never_overwrites(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    path = blank(office)
    first = path.read_bytes()
    path.write_bytes(b"mine")
    commands.new(office.root, SECOND)
    assert path.read_bytes() == b"mine"
    path.unlink()
    commands.new(office.root, SECOND)
    assert path.read_bytes() == first
    assert capsys.readouterr().out.count("早已准备好，没有改动") == 1


# ---- a form that comes back ------------------------------------------------------------------------------------


def of_town(office: Office) -> tuple[list[str], list[str]]:
    """甲镇's figures and what is found about it."""
    result = office.compute(SECOND)
    found = [row for row in result.findings if row.town != "乙镇"]
    return lines(only(result.progress, town="甲镇"), "village", "kind", "done", "status"), lines(
        found, "level", "rule", "message"
    )


REPORTED = [
    "东河村 新建 28 reported", "东河村 整改 10 reported", "西河村 新建 6 reported", "西河村 整改 0 reported",
]  # fmt: skip


def test_a_filled_form_is_read_without_a_finding(office: Office) -> None:
    fill(office, office.root / "data/raw" / SECOND / "工作簿1.xlsx", **FILLED)
    assert of_town(office) == (REPORTED, [])


@needs_libreoffice
@pytest.mark.parametrize("to", ["xlsx", "xls"])
def test_a_filled_form_saved_by_libreoffice_is_read_without_a_finding(office: Office, tmp_path: Path, to: str) -> None:
    """And the office program keeps what guards the form."""
    sent = resaved(fill(office, tmp_path / "甲镇.xlsx", **FILLED), to, office.root / "data/raw" / SECOND)
    assert of_town(office) == (REPORTED, [])
    if to == "xlsx":
        sheet = openpyxl.load_workbook(sent).worksheets[0]
        assert sheet.protection.sheet
        kept = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
        assert (set(kept), kept["E4"]) == ({"E4", "F4", "E5"}, "IF(LEN(TRIM($G4))>0,0,20)")
        assert openpyxl.load_workbook(sent, data_only=True).worksheets[0]["E6"].value == 34


def test_a_form_made_by_hand_is_still_accepted(office: Office) -> None:
    office.send(SECOND, "甲镇.xlsx", {"东河村": (28, 10), "西河村": (6, 0)})
    assert of_town(office) == (REPORTED, [])


@pytest.mark.parametrize("name", [NAME, "新建 XLSX 工作表.xlsx"])
def test_an_untouched_form_is_no_submission_and_costs_one_note(office: Office, name: str) -> None:
    shutil.copyfile(blank(office), office.root / "data/raw" / SECOND / name)
    figures, found = of_town(office)
    assert figures == [
        "东河村 新建 20 carried", "东河村 整改 10 carried", "西河村 新建 4 carried", "西河村 整改 0 carried",
    ]  # fmt: skip
    assert found == [
        "query missing_town 甲镇：本周未报，合计沿用第1周累计数，请于4月14日 17:00 前报送",
        f"note blank_form 甲镇《{name}》：这是程序预填的空白表，还没有填写，不作为报送【本文件未采用】",
    ]
    submissions = office.compute(SECOND).submissions.rows
    assert lines(submissions, "town", "status", "file") == [
        "甲镇 missing -", "乙镇 received 乙镇.xlsx", "丙镇 none_expected -", f"甲镇 ignored {name}",
    ]  # fmt: skip


def test_the_folders_own_forms_are_no_submissions(office: Office) -> None:
    """They lie in data/output/, not in data/raw/."""
    assert len(list(blank(office).parent.iterdir())) == 2
    assert "甲镇 missing -" in lines(office.compute(SECOND).submissions.rows, "town", "status", "file")


def test_an_untouched_form_beside_a_filled_one_takes_nothing_from_it(office: Office) -> None:
    shutil.copyfile(blank(office), office.root / "data/raw" / SECOND / NAME)
    fill(office, office.root / "data/raw" / SECOND / "甲镇报.xlsx", **FILLED)
    figures, found = of_town(office)
    assert figures == REPORTED
    assert [line.split()[1] for line in found] == ["blank_form"]


def test_a_form_with_one_figure_or_one_remark_is_a_submission(office: Office) -> None:
    sent = fill(office, office.root / "data/raw" / SECOND / "甲镇.xlsx", E4=28)
    assert [line.split()[1] for line in of_town(office)[1]] == ["blank_figure", "blank_figure"]
    office.edit(sent, E4=None, G4="本周无进展", G5="本周无进展")
    assert of_town(office)[0][:2] == ["东河村 新建 20 reported", "东河村 整改 10 reported"]


def test_last_weeks_form_used_again_is_held_once(office: Office) -> None:
    commands.new(office.root, "2023-04-21")
    office.send("2023-04-21", "乙镇.xlsx", {"南山村": (20, 8)})
    fill(office, office.root / "data/raw/2023-04-21/甲镇.xlsx", **FILLED)
    found = office.compute("2023-04-21").findings
    assert lines(only(found, level="hold"), "rule", "town", "sheet", "cell", "raw", "message") == [
        "other_week 甲镇 填报信息 B2 2023-04-14 甲镇《甲镇.xlsx》填报信息!B2“2023-04-14”："
        "本表是为截至4月14日预填的，本期为4月21日，可能是旧表，请改用本期下发的表"
    ]


def test_a_form_of_another_town_is_not_guessed(office: Office) -> None:
    """乙镇 unlocks 甲镇's form and types its own village into it; the file's name says nothing."""
    path = office.root / "data/raw" / SECOND / "工作簿1.xlsx"
    fill(office, path, A4="乙镇", B4="南山村", C4=200, D4=80, E4=20, F4=8, B5=None, C5=None, D5=None, F5=None)
    (office.root / "data/raw" / SECOND / "乙镇.xlsx").unlink()
    found = office.compute(SECOND).findings
    assert lines(only(found, level="reject"), "message") == [
        "《工作簿1.xlsx》：填报单位为“甲镇”，表内填的是“乙镇”，无法确定填报单位，请改正后重报"
    ]


def test_other_hidden_sheets_are_still_told(office: Office) -> None:
    path = fill(office, office.root / "data/raw" / SECOND / "甲镇.xlsx", **FILLED)
    book = openpyxl.load_workbook(path)
    book.create_sheet("旧表").sheet_state = "hidden"
    book["填报信息"]["A9"] = 1  # no longer ours as it was made
    book.save(path)
    assert lines(read_form(path, SECOND)[1], "message") == [
        "《甲镇.xlsx》填报信息：存在隐藏工作表“填报信息”，未采用", "《甲镇.xlsx》旧表：存在隐藏工作表“旧表”，未采用",
    ]  # fmt: skip


def test_a_target_taken_back_to_nothing_leaves_the_figure_open(office: Office) -> None:
    """A locked 0 would say that 4 were undone."""
    change = "{town: 甲镇, village: 西河村, kind: 新建, target: 0, from: 2023-04-20, document: 示例〔2023〕9号, reason: 核减}"
    (office.root / "params/2023.yaml").write_text(f"{PROGRAMME}target_changes:\n  - {change}\n", encoding="utf-8")
    commands.new(office.root, "2023-04-21")
    path = next((office.root / "data/output/2023-04-21/forms").glob("甲镇*"))
    cell = openpyxl.load_workbook(path).worksheets[0]["E5"]
    assert (cell.value, cell.protection.locked) == (None, False)


# ---- 备注 of last week -----------------------------------------------------------------------------------------

WHY, RAIN = "群众要求增加1户，已报备", "雨天停工三天"


@pytest.fixture
def surplus(tmp_path: Path) -> Office:
    """甲镇 explains in the first week why 西河村 has 41 of 40, and what keeps 东河村; the forms of the second week."""
    made = Office(tmp_path / "办公室")
    made.week(FIRST)
    made.send(FIRST, "甲镇.xlsx", {"东河村": (20, 10, RAIN), "西河村": (41, 0, WHY)})
    made.send(FIRST, "乙镇.xlsx", {"南山村": (10, 4, "本周无进展")})
    made.archive(FIRST)
    commands.new(made.root, SECOND)
    made.send(SECOND, "乙镇.xlsx", {"南山村": (20, 8)})
    return made


def test_the_form_begins_with_last_weeks_remarks_and_they_are_seen_to_be_last_weeks(surplus: Office) -> None:
    sheet = sheet_of(surplus)
    assert [(sheet[cell].value, sheet[cell].font.italic) for cell in ("G4", "G5")] == [(RAIN, True), (WHY, True)]
    assert "备注里的斜体字是上次报的，仍属实的留着，不再适用的改写或删去。" in sheet["A7"].value
    hints = [rule.prompt for rule in sheet.data_validations.dataValidation if "G4" in str(rule.sqref)]
    assert hints == ["这是上次报的备注。仍属实的留着，不再适用的改写或删去；数有新变化的，请补充说明。"]


@pytest.mark.parametrize("remark", ["本周无进展", "上周完成20座", "这周雨天停工", "今日复工", "截至4月7日，已报备"])
def test_a_remark_about_its_own_week_is_not_carried(remark: str) -> None:
    assert remarks.last("甲镇", {Key("甲镇", "东河村", "新建"): Previous(20, FIRST, remark)}) == {}


def test_the_newest_remark_of_a_village_is_carried() -> None:
    previous = {
        Key("甲镇", "东河村", "新建"): Previous(20, SECOND, RAIN),
        Key("甲镇", "东河村", "整改"): Previous(10, FIRST, WHY),
        Key("乙镇", "南山村", "新建"): Previous(10, SECOND, "渔汛停工"),
        Key("甲镇", "西河村", "新建"): Previous(),
    }
    assert remarks.last("甲镇", previous) == {"东河村": RAIN}


def test_an_explained_surplus_that_stands_is_not_held_again_when_only_figures_are_typed(surplus: Office) -> None:
    fill(surplus, surplus.root / "data/raw" / SECOND / "甲镇.xlsx", E4=28, F4=10, E5=41)
    assert of_town(surplus)[1] == [
        "note over_target 甲镇《甲镇.xlsx》汇总表!E5“41”：超目标1座（目标为40），备注说明为“群众要求增加1户，已报备”，与上次采用的数相同"
    ]


def test_a_carried_remark_does_not_explain_a_new_surplus(surplus: Office) -> None:
    sent = fill(surplus, surplus.root / "data/raw" / SECOND / "甲镇.xlsx", E4=28, F4=10, E5=42)
    assert of_town(surplus)[1] == [
        "hold over_target 甲镇《甲镇.xlsx》汇总表!E5“42”：超目标2座（目标为40），备注“群众要求增加1户，已报备”与上次相同，"
        "请补充说明本周新增的部分，填错请改"
    ]
    surplus.edit(sent, G5="群众要求增加2户，均已报备")
    assert [line.split()[:2] for line in of_town(surplus)[1]] == [["query", "over_target"]]


def test_a_carried_remark_lets_no_figure_fall(surplus: Office) -> None:
    rules = {str(rule.sqref): rule.formula1 for rule in sheet_of(surplus).data_validations.dataValidation}
    assert rules["E4"] == 'IF(AND(LEN(TRIM($G4))>0,OR(LEN($G4)<>6,LEFT($G4,80)<>"雨天停工三天")),0,20)'


def test_a_rule_of_excels_holds_the_longest_remark() -> None:
    assert len(remarks.is_new("$G104", "“雨”" * 5000)) <= 200


def test_a_form_with_last_weeks_remarks_alone_is_untouched(surplus: Office) -> None:
    sent = fill(surplus, surplus.root / "data/raw" / SECOND / "甲镇.xlsx")
    assert [line.split()[1] for line in of_town(surplus)[1]] == ["missing_town", "blank_form"]
    surplus.edit(sent, G4="天晴复工")
    assert "blank_form" not in " ".join(of_town(surplus)[1])


@needs_libreoffice
def test_last_weeks_remarks_outlive_a_save_as_xls(surplus: Office, tmp_path: Path) -> None:
    sent = fill(surplus, tmp_path / "甲镇.xlsx")
    resaved(sent, "xls", surplus.root / "data/raw" / SECOND)
    assert [line.split()[1] for line in of_town(surplus)[1]] == ["missing_town", "blank_form"]


@pytest.mark.parametrize("town", ["甲镇", "", "=1+1"])
def test_a_slip_says_what_was_written_on_it(town: str) -> None:
    for made in (Slip(day(SECOND), town), Slip(day(SECOND), town, remarks={"东河村": RAIN, "西河村": "=1+1"})):
        assert slip.parse(slip.cells(made)) == made
    assert slip.parse({**slip.cells(made), (2, 2): "下周"}) is None
    assert slip.parse({}) is None
