"""`decide`: from what has to be decided to a sheet, and from the sheet filled in to figures, records and their origins."""

import os
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pipeline import cli, params
from pipeline.errors import ParamsError
from pipeline.products import suggestions
from pipeline.record import recording, verification
from pipeline.record.tracing import lines as traced
from tests.desk_sheet import Paper, column, listed, named
from tests.helpers import Office, lines, needs_libreoffice, only, resaved

FIRST, SECOND = "2023-04-07", "2023-04-14"


@pytest.fixture
def messy(office: Office) -> Office:
    """甲镇: a figure that is no number, one above its target; 乙镇: the name of its village written wrong."""
    office.week(FIRST)
    office.send(FIRST, "甲镇.xlsx", {"东河村": ("约20", 10), "西河村": (44, 0)})
    office.send(FIRST, "乙镇.xlsx", {"南山村": (31, 8)})
    office.edit(office.root / f"data/raw/{FIRST}/乙镇.xlsx", A4="乙镇", B4="南川村")
    return office


def figures(office: Office, day: str = FIRST) -> list[str]:
    return lines(office.compute(day).progress, "village", "kind", "done", "status")


def faults(office: Office, day: str = FIRST) -> str:
    with pytest.raises(ParamsError) as told:
        office.compute(day)
    return str(told.value)


# ---- what is asked ---------------------------------------------------------------------------------------------


def test_one_row_a_question_and_each_answer_says_what_becomes_of_the_figure(messy: Office) -> None:
    assert [(named(row), row["选项"]) for row in Paper(messy, FIRST).rows()] == [
        ("甲镇 东河村 新建", ["改为“采用数”", "等镇里重报，本周暂缺"]),
        ("甲镇 西河村 新建", ["按表内数采用（44）", "改为“采用数”", "等镇里重报，本周暂缺"]),
        (
            "乙镇",
            ["这一行就是南山村（新建31、整改8）", "这一行不计入（丢掉南川村新建31、整改8）", "等镇里重报，先不计入"],
        ),
    ]


def test_a_row_names_file_cell_and_text_and_what_was_accepted_last(messy: Office) -> None:
    messy.week(SECOND)
    messy.week(FIRST, "")
    messy.send(FIRST, "甲镇.xlsx", {"东河村": (20, 10), "西河村": (4, 0)})
    messy.archive(FIRST)
    messy.send(SECOND, "甲镇.xlsx", {"东河村": (12, 11), "西河村": (5, 0)})
    row = next(row for row in Paper(messy, SECOND).rows() if row["村"] == "东河村")
    assert [row[name] for name in ("区镇", "村", "类别", "文件", "单元格", "原文", "上次采用")] == [
        "甲镇", "东河村", "新建", "甲镇.xlsx", "Sheet!E4", "12", "20（4月7日）",
    ]  # fmt: skip
    assert row["选项"][-1] == "等镇里重报，沿用上次数20（4月7日）"


def test_the_answers_alone_are_open_and_chosen_from_the_row_s_own_list(messy: Office) -> None:
    sheet = openpyxl.load_workbook(Paper(messy, FIRST).path).active
    open_ = {sheet.cell(3, cell.column).value for cell in sheet[4] if not cell.protection.locked}
    assert (sheet.protection.sheet, open_) == (True, {"处理", "采用数", "理由", "经办人", "日期"})
    lists = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"}
    assert lists == {"J4": "=$R$4:$S$4", "J5": "=$R$5:$T$5", "J6": "=$R$6:$T$6"}
    assert all(sheet.column_dimensions[name].hidden for name in "PQRSTUVW")


def test_a_town_that_sent_nothing_or_a_photo_can_be_entered_at_once(office: Office) -> None:
    office.week(FIRST)
    (office.root / f"data/raw/{FIRST}/乙镇.jpg").write_bytes(b"\xff\xd8\xff\xe0 JFIF")
    paper = Paper(office, FIRST)
    assert [(named(row), row["文件"], row["选项"][0]) for row in paper.rows()] == [
        ("甲镇", None, "不再等，本周暂缺"),
        ("甲镇 东河村 新建", None, "改为“采用数”"),
        ("甲镇 东河村 整改", None, "改为“采用数”"),
        ("甲镇 西河村 新建", None, "改为“采用数”"),
        ("甲镇 西河村 整改", None, "没有任务，按 0 计"),
        ("乙镇", "乙镇.jpg", "不用这份文件（《乙镇.jpg》）"),
        ("乙镇 南山村 新建", None, "改为“采用数”"),
        ("乙镇 南山村 整改", None, "改为“采用数”"),
    ]
    paper.answer("乙镇", "不用这份文件").answer("乙镇 南山村 新建", "改为", 31).answer("乙镇 南山村 整改", "改为", 8)
    paper.answer("甲镇", "不再等")
    result = office.compute(FIRST)
    assert lines(result.progress, "village", "done", "status")[-2:] == ["南山村 31 corrected", "南山村 8 corrected"]
    assert result.is_final


def test_of_several_files_one_is_chosen(office: Office) -> None:
    office.week(FIRST)
    office.send(FIRST, "甲镇.xlsx", {"东河村": (20, 10), "西河村": (4, 0)})
    office.send(FIRST, "乙镇.xlsx", {"南山村": (31, 8)})
    office.send(FIRST, "乙镇 2.xlsx", {"南山村": (33, 8)})
    Paper(office, FIRST).answer("乙镇", "只用这份文件（《乙镇 2.xlsx》）")
    assert only(office.compute(FIRST).progress, village="南山村")[0].done == 33


def test_a_third_file_with_other_figures_opens_the_choice_again(office: Office) -> None:
    office.week(FIRST)
    office.send(FIRST, "甲镇.xlsx", {"东河村": (20, 10), "西河村": (4, 0)})
    office.send(FIRST, "乙镇.xlsx", {"南山村": (31, 8)})
    office.send(FIRST, "乙镇 2.xlsx", {"南山村": (33, 8)})
    Paper(office, FIRST).answer("乙镇", "只用这份文件（《乙镇 2.xlsx》）")
    office.send(FIRST, "乙镇 3.xlsx", {"南山村": (37, 8)})
    result = office.compute(FIRST)
    assert "后来又收到《乙镇 3.xlsx》，数据不同" in only(result.findings, rule="stale_decision")[0].words
    assert only(result.progress, village="南山村")[0].done is None
    Paper(office, FIRST).answer("乙镇", "只用这份文件（《乙镇 3.xlsx》）")
    assert only(office.compute(FIRST).progress, village="南山村")[0].done == 37


def test_a_row_that_is_left_out_is_asked_for_again_when_another_file_comes(messy: Office) -> None:
    Paper(messy, FIRST).answer("乙镇", "这一行不计入")
    messy.edit(messy.root / f"data/raw/{FIRST}/乙镇.xlsx", E4=36)
    assert {"misspelt_village", "stale_decision"} <= {
        row.rule.name for row in messy.compute(FIRST).findings if row.is_blocking
    }


def test_a_silent_town_may_be_entered_and_no_longer_waited_for(office: Office) -> None:
    office.week(FIRST)
    office.send(FIRST, "甲镇.xlsx", {"东河村": (20, 10), "西河村": (4, 0)})
    paper = Paper(office, FIRST).answer("乙镇", "不再等")
    paper.answer("乙镇 南山村 新建", "改为", 31).answer("乙镇 南山村 整改", "改为", 8)
    assert office.compute(FIRST).is_final


# ---- what is decided -------------------------------------------------------------------------------------------


def settle(office: Office) -> Paper:
    paper = Paper(office, FIRST).answer("甲镇 东河村 新建", "改为", 20).answer("甲镇 西河村 新建", "按表内数采用")
    return paper.answer("乙镇", "这一行就是南山村")


def test_the_week_is_settled_by_the_sheet_alone(messy: Office) -> None:
    settle(messy)
    assert messy.compute(FIRST).is_final
    assert figures(messy) == [
        "东河村 新建 20 corrected", "东河村 整改 10 reported", "西河村 新建 44 reported", "西河村 整改 0 reported",
        "南山村 新建 31 reported", "南山村 整改 8 reported",
    ]  # fmt: skip
    noted = only(messy.compute(FIRST).findings, rule="misspelt_village")[0]
    assert noted.message.endswith("【已按决定计为“南山村”（张三 4月7日：电话核实）】")


def test_what_was_decided_about_a_name_stands_behind_its_figures(messy: Office) -> None:
    settle(messy)
    record = messy.archive(FIRST)
    said = "\n".join(traced(messy.root, record, FIRST, "乙镇", "南山村", "新建"))
    assert "认定村名“南川村”：张三 4月7日：电话核实" in said


def test_a_row_that_is_left_out_says_what_is_dropped_and_its_village_is_asked_for_then(messy: Office) -> None:
    paper = settle(messy).answer("乙镇", "这一行不计入")
    assert not messy.compute(FIRST).is_final
    again = Paper(messy, FIRST).rows()
    asked = [(named(row), row["选项"][0]) for row in again if row["情况"] == "待处理"]
    assert asked == [
        ("乙镇 南山村", "不再等，本周暂缺"), ("乙镇 南山村 新建", "改为“采用数”"), ("乙镇 南山村 整改", "改为“采用数”"),
    ]  # fmt: skip
    assert paper.path.exists()


def test_waiting_decides_nothing(messy: Office) -> None:
    Paper(messy, FIRST).answer("甲镇 东河村 新建", "等镇里重报")
    assert "东河村 新建 - missing" in figures(messy)


# ---- what is wrong with an answer ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filled", "told"),
    [
        ({"理由": None}, "第4行（甲镇东河村新建）：还没填理由"),
        ({"采用数": None, "日期": None}, "第4行（甲镇东河村新建）：还没填采用数、日期"),
        ({"处理": None}, "第4行（甲镇东河村新建）：还没选“处理”"),
        ({"采用数": "95座"}, "采用数“95座”不是整数，请写 95"),
        ({"采用数": "９５"}, "采用数“９５”不是整数，请写 95"),
        ({"采用数": -3}, "采用数“-3”不是整数"),
        ({"采用数": 20.5}, "采用数“20.5”不是整数"),
        ({"日期": "4.7"}, "日期“4.7”看不懂，请写成 2023-05-26 这样"),
        ({"处理": "按表内数采用（20）"}, "“处理”里的“按表内数采用（20）”不在可选的几种里，请从下拉里选"),
        ({"处理": "等镇里重报，本周暂缺"}, "选的是“等镇里重报，本周暂缺”，不用填采用数，请清空采用数"),
        ({"处理": "等镇里重报，本周暂缺", "采用数": None, "日期": None}, ""),
        ({"采用数": "050"}, "采用数“050”不是整数，请写 50"),
        ({"日期": "1899-12-30"}, "日期“1899-12-30”看不懂"),
    ],
)
def test_a_row_half_filled_or_misread_is_one_fault_that_names_it(
    messy: Office, filled: dict[str, object], told: str
) -> None:
    def fill(sheet: Worksheet) -> None:
        for name, value in filled.items():
            sheet.cell(4, column(sheet, name)).value = value

    Paper(messy, FIRST).answer("甲镇 东河村 新建", "改为", 20).edited(fill)
    if told:
        assert told in faults(messy)
        assert f"params/{FIRST} 处理单.xlsx" in faults(messy)
    else:
        assert "东河村 新建 - missing" in figures(messy)


@pytest.mark.parametrize("date", ["2023-4-7", "2023/4/7", "2023.4.7", "2023年4月7日"])
def test_a_date_may_be_written_as_people_do(messy: Office, date: str) -> None:
    Paper(messy, FIRST).answer("甲镇 东河村 新建", "改为", 20, 日期=date)
    assert "东河村 新建 20 corrected" in figures(messy)


def test_a_number_beside_an_answer_that_wants_none_is_not_passed_over(messy: Office) -> None:
    Paper(messy, FIRST).answer("甲镇 西河村 新建", "按表内数采用", 40)
    assert "不用填采用数，请清空采用数" in faults(messy)


def test_a_figure_decided_in_both_places_is_a_fault(messy: Office) -> None:
    Paper(messy, FIRST).answer("甲镇 东河村 新建", "改为", 20)
    decision = "do: correct, town: 甲镇, village: 东河村, kind: 新建, was: 约20, now: 22, reason: 电话, by: 李四, date: 2023-04-07"
    messy.week(FIRST, f"  - {{{decision}}}\n")
    assert "处理单第4行：甲镇东河村新建在第1条决定里已经定了，请只留一条" in faults(messy)


def test_a_figure_let_stand_in_one_place_and_changed_in_the_other_is_a_fault(messy: Office) -> None:
    Paper(messy, FIRST).answer("甲镇 西河村 新建", "改为", 4)
    decision = "do: accept, town: 甲镇, village: 西河村, kind: 新建, rule: over_target, reason: 电话, by: 李四, date: 2023-04-07"
    messy.week(FIRST, f"  - {{{decision}}}\n")
    assert "处理单第5行：甲镇西河村新建在参数文件里也有决定，请只留一处" in faults(messy)


# ---- sorted, copied, pasted over, deleted ----------------------------------------------------------------------


def values(sheet: Worksheet, row: int) -> list[object]:
    return [cell.value for cell in sheet[row]]


def put(sheet: Worksheet, row: int, line: list[object]) -> None:
    for number, value in enumerate(line, 1):
        sheet.cell(row, number).value = value


def test_rows_may_be_sorted_and_nothing_changes(messy: Office) -> None:
    paper = settle(messy)
    before = messy.compute(FIRST)

    def turn(sheet: Worksheet) -> None:
        first, last = values(sheet, 4), values(sheet, 6)
        put(sheet, 4, last)
        put(sheet, 6, first)

    paper.edited(turn)
    assert messy.compute(FIRST).fingerprint == before.fingerprint


def test_a_question_pasted_over_another_is_told_and_never_applied(messy: Office) -> None:
    paper = settle(messy)
    paper.edited(lambda sheet: put(sheet, 4, values(sheet, 5)[:8]))
    assert "第4行（甲镇西河村新建）：锁定的内容被改动过" in faults(messy)
    for _ in range(2):
        rows = Paper(messy, FIRST).rows()
        assert [(named(row), row["处理"], row["情况"]) for row in (rows[0], rows[-1])] == [
            ("甲镇 东河村 新建", None, "待处理"), ("甲镇 西河村 新建", "改为“采用数”", "内容被改动，未采用"),
        ]  # fmt: skip
        assert (rows[-1]["采用数"], rows[-1]["理由"]) == (20, "电话核实")
    assert "东河村 新建 - missing" in figures(messy)


def test_a_row_copied_below_is_told(messy: Office) -> None:
    settle(messy).edited(lambda sheet: put(sheet, 7, values(sheet, 4)))
    assert "第7行（甲镇东河村新建）：与第4行是同一个问题，请只留一行" in faults(messy)


def test_a_row_written_by_hand_is_told(messy: Office) -> None:
    own = [4, "甲镇", "东河村", "整改", None, None, None, None, None, "改为“采用数”", 12, "电话", "张三", "2023-04-07"]
    settle(messy).edited(lambda sheet: put(sheet, 7, [*own]))
    assert "第7行（甲镇东河村整改）：锁定的内容被改动过，或不是程序写的行" in faults(messy)


def test_a_deleted_row_is_as_if_nothing_was_decided_and_check_says_so(
    messy: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    settle(messy).edited(lambda sheet: sheet.delete_rows(5))
    assert cli.main(["check", "--root", str(messy.root)]) == 1
    assert "少了编号 2 的行，按没有处理算" in capsys.readouterr().out


def test_last_week_s_sheet_under_this_week_s_name_is_refused(messy: Office) -> None:
    paper = settle(messy)
    messy.week(SECOND)
    paper.path.rename(paper.path.with_name(f"{SECOND} 处理单.xlsx"))
    assert "这是 2023-04-07 的处理单，不是 2023-04-14 的" in faults(messy, SECOND)


def test_something_else_under_its_name_is_refused(messy: Office) -> None:
    openpyxl.Workbook().save(messy.root / "params" / f"{FIRST} 处理单.xlsx")
    assert "不是处理单，或表头被改动过" in faults(messy)


# ---- brought up to date ----------------------------------------------------------------------------------------


def test_what_is_filled_in_stays_and_settled_rows_go_below(messy: Office) -> None:
    Paper(messy, FIRST).answer("甲镇 西河村 新建", "按表内数采用")
    rows = Paper(messy, FIRST).rows()
    assert [(named(row), row["情况"], row["处理"]) for row in rows] == [
        ("甲镇 东河村 新建", "待处理", None),
        ("乙镇", "待处理", None),
        ("甲镇 西河村 新建", "已了结", "按表内数采用（44）"),
    ]
    assert "西河村 新建 44 reported" in figures(messy)


def test_an_unfinished_row_is_kept_as_it_is(messy: Office) -> None:
    Paper(messy, FIRST).answer("甲镇 东河村 新建", "改为", "95座", 日期="明天")
    row = Paper(messy, FIRST).rows()[0]
    assert [row[name] for name in ("处理", "采用数", "理由", "日期")] == ["改为“采用数”", "95座", "电话核实", "明天"]


def test_an_answer_that_does_not_fit_any_more_is_marked_and_applied_no_longer(messy: Office) -> None:
    Paper(messy, FIRST).answer("甲镇 东河村 新建", "改为", 20)
    messy.edit(messy.root / f"data/raw/{FIRST}/甲镇.xlsx", E4="约25")
    assert "stale_decision" in {row.rule.name for row in messy.compute(FIRST).findings}
    row = next(row for row in Paper(messy, FIRST).rows() if named(row) == "甲镇 东河村 新建")
    assert (row["情况"], row["处理"], row["采用数"]) == ("请重新处理", "（原处理）改为“采用数”", 20)
    assert row["选项"] == ["（原处理）改为“采用数”", "改为“采用数”", "等镇里重报，本周暂缺"]
    Paper(messy, FIRST).answer("甲镇 东河村 新建", "改为", 25)
    assert "东河村 新建 25 corrected" in figures(messy)


def test_an_answer_whose_question_is_gone_can_be_withdrawn(messy: Office) -> None:
    Paper(messy, FIRST).answer("甲镇 东河村 新建", "改为", 20)
    messy.edit(messy.root / f"data/raw/{FIRST}/甲镇.xlsx", E4=26)
    paper = Paper(messy, FIRST)
    row = next(row for row in paper.rows() if named(row) == "甲镇 东河村 新建")
    assert (row["情况"], row["原文"]) == ("请重新处理", "26")
    assert row["选项"] == ["（原处理）改为“采用数”", "改为“采用数”", "作废，按镇里现在报的数"]
    paper.answer("甲镇 东河村 新建", "改为", 27)
    assert "东河村 新建 27 corrected" in figures(messy)
    paper.answer("甲镇 东河村 新建", "作废")
    assert "东河村 新建 26 reported" in figures(messy)
    assert "stale_decision" not in {row.rule.name for row in messy.compute(FIRST).findings}


def test_an_unfinished_answer_to_a_question_that_is_gone_is_kept_and_asks_nothing(messy: Office) -> None:
    Paper(messy, FIRST).answer("甲镇 东河村 新建", "改为", None)
    messy.edit(messy.root / f"data/raw/{FIRST}/甲镇.xlsx", E4=26)
    row = next(row for row in Paper(messy, FIRST).rows() if named(row) == "甲镇 东河村 新建")
    assert (row["情况"], row["处理"], row["理由"]) == ("已了结", "改为“采用数”", "电话核实")
    assert "东河村 新建 26 reported" in figures(messy)


def test_an_entered_figure_that_the_town_then_sends_otherwise_is_asked_for_again(office: Office) -> None:
    office.week(FIRST)
    office.send(FIRST, "甲镇.xlsx", {"东河村": (20, 10), "西河村": (4, 0)})
    Paper(office, FIRST).answer("乙镇 南山村 新建", "改为", 31).answer("乙镇 南山村 整改", "改为", 8)
    office.send(FIRST, "乙镇.xlsx", {"南山村": (33, 8)})
    paper = Paper(office, FIRST)
    asked = [row for row in paper.rows() if row["情况"] == "待处理"]
    assert [(named(row), row["选项"]) for row in asked] == [
        ("乙镇 南山村 新建", ["按表内数采用（33），不用补录的数", "按补录的数采用（31），不用表内数", "等镇里重报，本周暂缺"]),
    ]  # fmt: skip

    def choose(option: str) -> None:
        def fill(sheet: Worksheet) -> None:
            row = next(row for row in listed(sheet) if row["行"] == 4)
            chosen = {
                "处理": next(text for text in row["选项"] if text.startswith(option)),
                "理由": "电话",
                "经办人": "张三",
            }
            for name, value in {**chosen, "日期": "2023-04-07"}.items():
                sheet.cell(4, column(sheet, name)).value = value

        paper.edited(fill)

    choose("按补录的数采用")
    assert "南山村 新建 31 corrected" in figures(office)
    choose("按表内数采用")
    assert "南山村 新建 33 reported" in figures(office)
    assert office.compute(FIRST).is_final


def test_a_sheet_that_is_open_elsewhere_is_left_alone(messy: Office, capsys: pytest.CaptureFixture[str]) -> None:
    paper = settle(messy)
    content = paper.path.read_bytes()
    paper.path.with_name(f"~${paper.path.name}").touch()
    assert cli.main(["decide", FIRST, "--root", str(messy.root)]) == 2
    assert "正在另一个程序里打开，没有改动它" in capsys.readouterr().err
    assert paper.path.read_bytes() == content
    cli.main(["check", FIRST, "--root", str(messy.root)])
    assert "还在另一个程序里打开：没有保存的内容没有算进来" in capsys.readouterr().out


def test_a_sheet_under_a_name_nearly_right_is_told(messy: Office, capsys: pytest.CaptureFixture[str]) -> None:
    paper = settle(messy)
    paper.path.rename(paper.path.with_name(f"{FIRST} 处理单 (1).xlsx"))
    assert cli.main(["check", FIRST, "--root", str(messy.root)]) == 1
    assert f"params/{FIRST} 处理单 (1).xlsx 不叫“{FIRST} 处理单”，没有读" in capsys.readouterr().out


def test_without_a_question_there_is_no_sheet(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    office.week(FIRST)
    office.send(FIRST, "甲镇.xlsx", {"东河村": (20, 10), "西河村": (4, 0)})
    office.send(FIRST, "乙镇.xlsx", {"南山村": (31, 8)})
    assert cli.main(["decide", "--root", str(office.root)]) == 0
    assert capsys.readouterr().out == f"{FIRST} 没有需要处理的问题，不用处理单。\n"
    assert not list((office.root / "params").glob("*处理单*"))


# ---- other programs --------------------------------------------------------------------------------------------


@needs_libreoffice
@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_the_sheet_that_another_program_has_saved_says_the_same(messy: Office, tmp_path: Path, suffix: str) -> None:
    paper = settle(messy)
    decided = messy.compute(FIRST)
    saved = resaved(paper.path, suffix, tmp_path / "saved")
    paper.path.unlink()
    saved.rename(paper.path.with_suffix(f".{suffix}"))
    again = messy.compute(FIRST)
    assert (again.is_final, again.fingerprint) == (True, decided.fingerprint)
    Paper(messy, FIRST)
    assert sorted(path.name for path in (messy.root / "params").glob("*处理单*")) == [
        f"{FIRST} 处理单.xlsx",
        *([] if suffix == "xlsx" else [f"{FIRST} 处理单（旧，已并入 xlsx）.{suffix}"]),
    ]
    assert messy.compute(FIRST).fingerprint == decided.fingerprint


def test_two_sheets_of_one_week_are_told(messy: Office) -> None:
    paper = settle(messy)
    paper.path.with_suffix(".xls").write_bytes(paper.path.read_bytes())
    assert "有2份处理单" in faults(messy)


# ---- the record ------------------------------------------------------------------------------------------------


def test_the_record_keeps_the_sheet_and_every_decision_and_is_replayed_from_them(messy: Office) -> None:
    settle(messy)
    recorded = recording.run_week(str(messy.root), FIRST)
    assert (recorded.revision / f"inputs/params/{FIRST} 处理单.xlsx").is_file()
    decided = (recorded.revision / "书面决定.yaml").read_text(encoding="utf-8")
    week = params.week_of({"week": FIRST, **_loaded(decided)})
    assert [decision.do for decision in week.decisions] == ["accept", "correct", "name"]
    assert all(not verdict.differences for verdict in verification.verify(messy.root, FIRST))
    assert not recording.run_week(str(messy.root), FIRST).is_new


def _loaded(text: str) -> dict[str, object]:
    import yaml  # noqa: PLC0415 - for this test only

    loaded: dict[str, object] = yaml.safe_load(text)
    return loaded


def test_saving_the_sheet_again_makes_no_revision_and_another_answer_makes_one(messy: Office) -> None:
    paper = settle(messy)
    messy.archive(FIRST)
    sealed = messy.compute(FIRST).fingerprint
    os.utime(paper.edited(lambda sheet: sheet.cell(4, 3)).path)
    assert messy.compute(FIRST).fingerprint == sealed
    paper.answer("甲镇 东河村 新建", "改为", 21)
    assert messy.compute(FIRST).fingerprint != sealed


def test_a_sheet_changed_after_the_sealing_is_noticed(messy: Office, capsys: pytest.CaptureFixture[str]) -> None:
    paper = settle(messy)
    messy.archive(FIRST)
    paper.answer("甲镇 东河村 新建", "改为", 21)
    messy.week(SECOND)
    assert cli.main(["check", "--root", str(messy.root)]) == 1
    assert f"截至 {FIRST} 的存档以后有变化" in capsys.readouterr().out


def test_the_lines_of_check_can_be_pasted_below_a_fresh_week(messy: Office) -> None:
    printed = suggestions.lines(messy.compute(FIRST).questions, FIRST)
    assert [line for line in printed if line.startswith("  - ")] == [
        '  - {do: correct, town: "甲镇", village: "东河村", kind: 新建, was: "约20", now: , reason: , by: , date: 2023-04-07}',
        '  - {do: accept, town: "甲镇", village: "西河村", kind: 新建, rule: over_target, was: "44", reason: , by: , date: 2023-04-07}',
        '  - {do: name, town: "乙镇", file: "乙镇.xlsx", written: "南川村", village: "南山村", reason: , by: , date: 2023-04-07}',
    ]
    filled = "\n".join(printed).replace("now: ,", "now: 20,").replace("reason: , by: ", "reason: 核实, by: 张三")
    messy.week(FIRST, f"{filled}\n")
    assert messy.compute(FIRST).is_final
