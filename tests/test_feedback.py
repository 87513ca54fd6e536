"""feedback/: what the towns are told. Every wording here is written by hand."""

import io
import unicodedata
import zipfile
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest

from pipeline.products import feedback
from pipeline.products.feedback.items import Part, of_towns
from pipeline.rules import Finding
from tests.helpers import PROGRAMME, Office, found, lines, needs_libreoffice, resaved

FIRST, SECOND = "2023-04-07", "2023-04-14"
EAST_WEST, SOUTH = {"东河村": (20, 10), "西河村": (4, 0)}, {"南山村": (10, 4)}


def messages(office: Office, day: str = FIRST) -> dict[str, bytes]:
    """The week's messages, sealed as they would be now."""
    result = office.compute(day)
    return feedback.messages(result.programme, result.week.week, result.written, result.revision, "AB12-CD34")


def text(office: Office, name: str, day: str = FIRST) -> list[str]:
    """A text file's lines, as Notepad shows them."""
    content = messages(office, day)[name].decode("utf-8-sig")
    assert content.endswith("\r\n")
    assert content.count("\n") == content.count("\r\n")
    return content.removesuffix("\r\n").split("\r\n")


def reminder(office: Office, day: str = FIRST) -> list[str]:
    """催报 without its greeting, if it has one."""
    said = text(office, "催报.txt", day)
    return said[1:] if said[0] == "@所有人 各区镇：" else said


def sheet(office: Office, name: str, title: str) -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(messages(office)[name]))
    return [[cell for cell in row if cell is not None] for row in book[title].iter_rows(values_only=True)]


@pytest.fixture
def week(office: Office) -> Office:
    """第1周, all towns have reported."""
    office.week(FIRST)
    office.send(FIRST, "甲镇.xlsx", EAST_WEST)
    office.send(FIRST, "乙镇.xlsx", SOUTH)
    return office


# ---- 催报 ------------------------------------------------------------------------------------------------------


def test_nobody_has_reported(office: Office) -> None:
    office.week(FIRST)
    assert text(office, "催报.txt") == [
        "@所有人 各区镇：",
        "第1周进展情况汇总表请于4月7日 17:00 前报送。",
        "目前已报0家，未报2家：甲镇、乙镇。",
        "填累计数，无进展也请零报告。收到请回复。",
    ]
    assert list(messages(office)) == ["催报.txt"]


def test_some_are_missing_and_the_towns_deadline_is_the_programmes(tmp_path: Path) -> None:
    office = Office(tmp_path / "一", PROGRAMME + 'deadline: "11:30"\n')
    office.week(FIRST)
    office.send(FIRST, "甲镇.xlsx", EAST_WEST)
    assert reminder(office) == [
        "第1周进展情况汇总表请于4月7日 11:30 前报送。",
        "目前已报1家，未报1家：乙镇。",
        "填累计数，无进展也请零报告。收到请回复。",
    ]


def test_a_town_whose_file_cannot_be_used_must_send_again(week: Office) -> None:
    week.send(FIRST, "乙镇.xlsx", {"南山村": ("约10", "约4")})
    assert reminder(week) == [
        "第1周进展情况汇总表请于4月7日 17:00 前报送。",
        "目前已报1家，退回1家（见退回单，请改好重报）：乙镇。",
        "填累计数，无进展也请零报告。收到请回复。",
    ]


def test_one_is_missing_and_one_has_a_single_figure_to_put_right(office: Office) -> None:
    office.week(FIRST)
    office.send(FIRST, "甲镇.xlsx", {**EAST_WEST, "东河村": ("约20", 10)})
    assert reminder(office) == [
        "第1周进展情况汇总表请于4月7日 17:00 前报送。",
        "目前已报1家，未报1家：乙镇。",
        "有数要改正（见退回单，请改好重报）：甲镇。",
        "填累计数，无进展也请零报告。收到请回复。",
    ]


def test_when_all_have_reported_they_are_thanked(week: Office) -> None:
    assert reminder(week) == ["第1周进展情况汇总表已报2家。", "已全部报齐，谢谢大家。"]


def test_nobody_is_thanked_for_all_while_a_town_has_a_figure_to_put_right(week: Office) -> None:
    week.send(FIRST, "甲镇.xlsx", {**EAST_WEST, "东河村": ("约20", 10)})
    assert reminder(week) == ["第1周进展情况汇总表已报2家。", "有数要改正（见退回单，请改好重报）：甲镇。"]


def test_a_town_that_waits_for_the_office_is_asked_to_answer_and_not_thanked(week: Office) -> None:
    week.send(FIRST, "乙镇.xlsx", {"南山村": (201, 81)})
    assert reminder(week) == ["第1周进展情况汇总表已报1家，待核1家（有疑问，请按退回单答复）：乙镇。"]


def test_a_query_is_no_reason_to_name_a_town_in_the_group(week: Office) -> None:
    week.send(FIRST, "甲镇.xlsx", {"东河村": (60, 10), "西河村": (4, 0)})
    assert "待说明 甲镇.txt" in messages(week)
    assert reminder(week) == ["第1周进展情况汇总表已报2家。", "已全部报齐，谢谢大家。"]


def test_a_missing_town_that_a_decision_has_settled_is_not_urged(office: Office) -> None:
    accept = f"  - {{do: accept, town: 乙镇, rule: missing_town, reason: 电话确认无进展, by: 张三, date: {FIRST}}}\n"
    office.week(FIRST, accept)
    office.send(FIRST, "甲镇.xlsx", EAST_WEST)
    assert reminder(office) == [
        "第1周进展情况汇总表已报1家，未报1家（已按书面决定处理，不用补报）：乙镇。",
        "谢谢大家。",
    ]


def test_a_file_that_is_nobodys_is_named_beside_the_towns_that_seem_missing(office: Office) -> None:
    office.week(FIRST)
    office.send(FIRST, "甲镇.xlsx", EAST_WEST)
    (office.root / "data/raw" / FIRST / "工作簿1.xlsx").write_bytes(b"PK\x03\x04 cut off")
    assert reminder(office) == [
        "第1周进展情况汇总表请于4月7日 17:00 前报送。",
        "目前已报1家，未报1家：乙镇。",
        "看不出是哪个区镇报送的文件，请认领：《工作簿1.xlsx》。",
        "填累计数，无进展也请零报告。收到请回复。",
    ]


def test_a_year_in_which_nobody_reports(tmp_path: Path) -> None:
    towns = PROGRAMME.partition("towns:\n")[0] + "towns:\n  丙镇: {villages: []}\n"
    office = Office(tmp_path / "一", towns)
    office.week(FIRST)
    assert reminder(office) == ["第1周没有区镇需要报送。"]


def test_after_the_first_record_nobody_is_asked_to_be_in_time(office: Office) -> None:
    office.week(FIRST)
    office.send(FIRST, "甲镇.xlsx", EAST_WEST)
    office.archive(FIRST)
    assert reminder(office) == [
        "第1周进展情况汇总表已首次存档（截止时间4月7日 17:00），请尽快补报，此后收到的列为迟报。",
        "目前已报1家，未报1家：乙镇。",
        "填累计数，无进展也请零报告。收到请回复。",
    ]
    office.send(FIRST, "乙镇.xlsx", SOUTH)
    assert reminder(office) == ["第1周进展情况汇总表已报1家，迟报1家：乙镇。", "已全部报齐，谢谢大家。"]


# ---- 退回单 ----------------------------------------------------------------------------------------------------


def test_a_town_is_told_what_to_do_cell_by_cell_and_until_when_once(week: Office) -> None:
    week.send(FIRST, "甲镇.xlsx", {"东河村": ("约20", 20), "西河村": ("=1+x", 0)})
    assert text(week, "退回单 甲镇.txt") == [
        "退回单　甲镇　第1周（截至2023年4月7日）",
        "请于4月7日 17:00 前改好重报；已过时限的，请尽快。",
        "",
        "请改正（2处）：改好以前，这些数暂不采用。",
        "《甲镇.xlsx》 Sheet",
        "1. E4 东河村新建：请填截至4月7日的累计完成数。“约20”不是确数。",
        "2. E5 西河村新建：请打开保存后重报。填的是“=1+x”，公式未计算。",
        "",
        "请说明（1处）：不影响采用，没有错的在备注写明或回复即可，有错的改好重报。",
        "《甲镇.xlsx》 Sheet",
        "1. F4 东河村整改：属实请在备注写明，填错请改。填的是“20”，本周新增20，明显高于此前。",
        "",
        "第1版　校验码 AB12-CD34",
    ]


def test_two_findings_on_one_cell_are_one_thing_to_do(week: Office) -> None:
    """41 of 40: over the target, and a leap; it is to be mended, and not asked about a second time."""
    week.send(FIRST, "甲镇.xlsx", {"东河村": (20, 10), "西河村": (41, 0)})
    assert text(week, "退回单 甲镇.txt")[3:] == [
        "请改正（1处）：改好以前，这些数暂不采用。",
        "《甲镇.xlsx》 Sheet",
        "1. E5 西河村新建：属实请在备注写明，填错请改。填的是“41”，超目标1座（目标为40）；本周新增41，明显高于此前。",
        "",
        "第1版　校验码 AB12-CD34",
    ]


def test_rows_stand_in_their_order_and_files_one_after_the_other() -> None:
    def at(file: str, cell: str) -> Finding:
        return found("unreadable_figure", "reject", town="甲镇", file=file, sheet="表", cell=cell)

    rows = [at("乙.xlsx", "E4"), at("甲.xlsx", "F10"), at("甲.xlsx", "E10"), at("甲.xlsx", "E4")]
    (item, *others) = of_towns(rows)["甲镇"][Part.MEND]
    assert [each.at.cell for each in (item, *others)] == ["E4", "E4", "E10", "F10"]
    assert [each.file for each in (item, *others)] == ["乙.xlsx", "甲.xlsx", "甲.xlsx", "甲.xlsx"]


def test_the_workbook_has_the_same_lines_in_columns_and_a_sheet_for_each_part(week: Office) -> None:
    week.send(FIRST, "甲镇.xlsx", {"东河村": ("约20", 20), "西河村": (4, 0)})
    head = ["序号", "单元格", "请这样做", "原因", "填的是", "村和类别", "文件", "工作表"]
    assert sheet(week, "退回单 甲镇.xlsx", "请改正") == [
        ["甲镇退回单（第1周，截至2023年4月7日）"],
        ["请于4月7日 17:00 前改好重报；已过时限的，请尽快。共1处：改好以前，这些数暂不采用。"],
        head,
        [1, "E4", "请填截至4月7日的累计完成数", "“约20”不是确数", "约20", "东河村新建", "甲镇.xlsx", "Sheet"],
    ]
    assert sheet(week, "退回单 甲镇.xlsx", "请说明") == [
        ["甲镇待说明（第1周，截至2023年4月7日）"],
        ["请于4月7日 17:00 前在备注写明或回复；已过时限的，请尽快。共1处：不影响采用，没有错的在备注写明或回复即可，有错的改好重报。"],
        head,
        [1, "F4", "属实请在备注写明，填错请改", "本周新增20，明显高于此前", "20", "东河村整改", "甲镇.xlsx", "Sheet"],
    ]  # fmt: skip


def test_what_must_be_put_right_comes_first_and_both_sheets_print_on_one_landscape_page(week: Office) -> None:
    week.send(FIRST, "甲镇.xlsx", {"东河村": ("约20", 20), "西河村": (4, 0)})
    book = openpyxl.load_workbook(io.BytesIO(messages(week)["退回单 甲镇.xlsx"]))
    assert book.sheetnames == ["请改正", "请说明"]
    for part in book.worksheets:
        assert list(part.tables) == [f"表{part.title}"]
        assert not part.merged_cells.ranges
        assert (part.page_setup.orientation, part.page_setup.paperSize, part.page_setup.fitToWidth) == (
            "landscape",
            9,
            1,
        )
        assert part.oddFooter.left.text == "第1周（截至2023年4月7日）　第1版"
        assert part.oddFooter.center.text == "示例区乡村振兴局（示例数据）　— &P —"
        assert part.oddFooter.right.text == "校验码 AB12-CD34"


def test_a_part_without_anything_is_not_there(week: Office) -> None:
    week.send(FIRST, "甲镇.xlsx", {"东河村": ("约20", 10), "西河村": (4, 0)})
    book = openpyxl.load_workbook(io.BytesIO(messages(week)["退回单 甲镇.xlsx"]))
    assert book.sheetnames == ["请改正"]
    assert not any("请说明" in line for line in text(week, "退回单 甲镇.txt"))


def test_a_town_that_is_only_asked_to_explain_reads_no_word_of_rejection(week: Office) -> None:
    week.send(FIRST, "甲镇.xlsx", {"东河村": (60, 10), "西河村": (4, 0)})
    assert "退回单 甲镇.txt" not in messages(week)
    assert text(week, "待说明 甲镇.txt") == [
        "待说明　甲镇　第1周（截至2023年4月7日）",
        "请于4月7日 17:00 前在备注写明或回复；已过时限的，请尽快。",
        "",
        "请说明（1处）：不影响采用，没有错的在备注写明或回复即可，有错的改好重报。",
        "《甲镇.xlsx》 Sheet",
        "1. E4 东河村新建：属实请在备注写明，填错请改。填的是“60”，本周新增60，明显高于此前。",
        "",
        "第1版　校验码 AB12-CD34",
    ]
    book = openpyxl.load_workbook(io.BytesIO(messages(week)["待说明 甲镇.xlsx"]))
    assert not any("退回" in str(cell) for part in book for row in part.iter_rows(values_only=True) for cell in row)
    assert text(week, "回执 甲镇.txt")[-1] == "要改正、说明的另见《待说明 甲镇》。"


def test_of_a_figure_that_a_person_has_decided_the_town_is_asked_nothing(week: Office) -> None:
    """41 of 40 is over the target: the analyst sees it, and it was she who decided."""
    correct = f"  - {{do: correct, town: 甲镇, village: 西河村, kind: 新建, was: 约41, now: 41, reason: 电话核实, by: 张三, date: {FIRST}}}\n"
    week.week(FIRST, correct)
    week.send(FIRST, "甲镇.xlsx", {"东河村": (20, 10), "西河村": ("约41", 0)})
    assert "query over_target" in lines(week.compute(FIRST).findings, "level", "rule")
    assert sorted(messages(week)) == ["催报.txt", "回执 乙镇.txt", "回执 甲镇.txt"]


def test_a_town_that_needs_to_do_nothing_gets_no_return(week: Office) -> None:
    assert sorted(messages(week)) == ["催报.txt", "回执 乙镇.txt", "回执 甲镇.txt"]


def test_what_is_for_the_office_goes_to_no_town(office: Office) -> None:
    """A stale decision names who decided and why, and only the office can mend it."""
    stale = f"  - {{do: correct, town: 甲镇, village: 东河村, kind: 新建, was: 约9, now: 9, reason: 内部, by: 张三, date: {FIRST}}}\n"
    office.week(FIRST, stale)
    office.send(FIRST, "甲镇.xlsx", EAST_WEST)
    office.send(FIRST, "乙镇.xlsx", SOUTH)
    result = office.compute(FIRST)
    assert lines(result.findings, "rule") == ["stale_decision"]
    assert sorted(messages(office)) == ["催报.txt", "回执 乙镇.txt", "回执 甲镇.txt"]
    (said,) = feedback.lines(result.programme, result.week.week, result.findings)
    assert said.endswith("写在参数文件里的请核对后修改或删去，处理单里的请重新处理。")


def test_a_file_whose_sender_is_unknown_is_not_lost(week: Office) -> None:
    (week.root / "data/raw" / FIRST / "户厕.xlsx").write_bytes(b"")
    said = text(week, "退回单 无法确定区镇.txt")
    assert said[0] == "退回单　无法确定区镇　第1周（截至2023年4月7日）"
    assert said[2] == "下列文件看不出是哪个区镇报送的，请报送的区镇认领。"
    assert said[5:7] == [
        "《户厕.xlsx》",
        "1. 请在表内“区镇”列或文件名中写明区镇后重报；请重新发送。无法确定是哪个区镇报送的；文件是空的（0 字节），可能没有传完。",
    ]
    assert sheet(week, "退回单 无法确定区镇.xlsx", "请改正")[0] == ["无法确定区镇退回单（第1周，截至2023年4月7日）"]


def test_what_a_town_typed_is_text_and_stays_on_its_line(week: Office) -> None:
    week.send(FIRST, "甲镇.xlsx", EAST_WEST)
    week.edit(week.root / "data/raw" / FIRST / "甲镇.xlsx", E4="约\n20\u202e", F4="@SUM(1)")
    lines = text(week, "退回单 甲镇.txt")
    assert [line[:2] for line in lines[5:7]] == ["1.", "2."]
    assert not [sign for line in lines for sign in line if unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp")]
    assert "“约 20 ”" in lines[5]
    book = openpyxl.load_workbook(io.BytesIO(messages(week)["退回单 甲镇.xlsx"]))
    raw = [row[4] for row in book["请改正"].iter_rows(min_row=4)]
    assert [(cell.value, cell.data_type) for cell in raw] == [("约 20 ", "s"), ("@SUM(1)", "s")]


def test_text_that_looks_like_a_formula_is_no_formula_in_the_workbook(week: Office) -> None:
    path = week.send(FIRST, "甲镇.xlsx", EAST_WEST)
    book = openpyxl.load_workbook(path)
    book.active["E4"].value = "=HYPERLINK(1)"
    book.active["E4"].data_type = "s"
    book.save(path)
    made = openpyxl.load_workbook(io.BytesIO(messages(week)["退回单 甲镇.xlsx"]))
    cell = made["请改正"]["E4"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=HYPERLINK(1)", "s", True)


def test_personal_data_stay_masked(week: Office) -> None:
    week.send(FIRST, "甲镇.xlsx", {"东河村": ("13812345678", 10, "户主张三 13987654321"), "西河村": (4, 0)})
    made = messages(week)
    book = openpyxl.load_workbook(io.BytesIO(made["退回单 甲镇.xlsx"]))
    cells = [str(cell) for part in book for row in part.iter_rows(values_only=True) for cell in row]
    together = "".join(
        [*cells, *(content.decode("utf-8-sig") for name, content in made.items() if name.endswith("txt"))]
    )
    assert "138****5678" in together
    for hidden in ("13812345678", "13987654321", "张三"):
        assert hidden not in together


# ---- 回执 ------------------------------------------------------------------------------------------------------


def test_a_receipt_says_what_was_received_and_which_figures_count(week: Office) -> None:
    sent = week.root / "data/raw" / FIRST / "甲镇.xlsx"
    assert text(week, "回执 甲镇.txt") == [
        "回执　甲镇",
        "第1周（截至2023年4月7日）每周进展情况汇总表　第1版　校验码 AB12-CD34",
        "收到文件：甲镇.xlsx（已报）",
        f"文件指纹（SHA-256）：{sha256(sent.read_bytes()).hexdigest()}",
        "",
        "采用的数（单位：座）",
        "东河村新建：目标100，累计完成20，本周新增20，本周报送",
        "东河村整改：目标50，累计完成10，本周新增10，本周报送",
        "西河村新建：目标40，累计完成4，本周新增4，本周报送",
        "西河村整改：目标0，累计完成0，本周新增0，本周报送",
        "合计新建：目标140，累计完成24，本周新增24，超序时",
        "合计整改：目标50，累计完成10，本周新增10，超序时",
        "合计：目标190，累计完成34，本周新增34，超序时",
    ]


def test_a_receipt_tells_what_was_carried_what_is_missing_and_what_was_understood(week: Office) -> None:
    week.archive(FIRST)
    week.week(SECOND)
    week.send(SECOND, "甲镇.xlsx", {"东河村": ("约30", "无变化"), "西河村": (8, 0)})
    assert text(week, "回执 甲镇.txt", SECOND)[5:] == [
        "采用的数（单位：座）",
        "东河村新建：目标100，累计完成20，本周新增—，沿用",
        "东河村整改：目标50，累计完成10，本周新增0，本周报送",
        "西河村新建：目标40，累计完成8，本周新增4，本周报送",
        "西河村整改：目标0，累计完成0，本周新增0，本周报送",
        "合计新建：目标140，累计完成28，本周新增4，超序时",
        "合计整改：目标50，累计完成10，本周新增0，超序时",
        "合计：目标190，累计完成38，本周新增4，超序时",
        "",
        "提示（我们是这样理解的，有不对的请回复）",
        "1. F4 东河村整改“无变化”：按上次累计10采用",
        "",
        "要改正、说明的另见《退回单 甲镇》。",
    ]


def test_a_reporting_town_is_never_told_that_it_has_not_reported(week: Office) -> None:
    """All of its 整改 is carried: the sum is 沿用, not 未报."""
    week.archive(FIRST)
    week.week(SECOND)
    week.send(SECOND, "甲镇.xlsx", {"东河村": (30, "约15"), "西河村": (3, 0)})
    said = text(week, "回执 甲镇.txt", SECOND)
    assert "合计整改：目标50，累计完成10，本周新增—，沿用" in said
    assert not any("未报" in line for line in said)


def test_an_unknown_figure_is_a_dash_and_never_a_zero(week: Office) -> None:
    week.send(FIRST, "甲镇.xlsx", {"东河村": ("约20", 10), "西河村": (4, 0)})
    said = text(week, "回执 甲镇.txt")
    assert said[6] == "东河村新建：目标100，累计完成—，本周新增—，缺"
    assert said[10] == "合计新建：目标140，累计完成4，本周新增4，缺数"


def test_the_growth_of_two_weeks_is_told_to_every_town(week: Office) -> None:
    week.archive(FIRST)
    week.week("2023-04-21")
    week.send("2023-04-21", "甲镇.xlsx", {"东河村": (28, 14), "西河村": (8, 0)})
    week.send("2023-04-21", "乙镇.xlsx", {"南山村": (20, 8)})
    for town in ("甲镇", "乙镇"):
        assert text(week, f"回执 {town}.txt", "2023-04-21")[-1] == (
            "1. 第2周（截至4月14日）没有报送文件，也没有存档；本期含两周，周增量按两周计（上次采用数截至4月7日）"
        )


def test_a_decided_figure_is_told_with_its_decision(week: Office) -> None:
    correct = f"  - {{do: correct, town: 甲镇, village: 东河村, kind: 新建, was: 约20, now: 21, reason: 电话核实, by: 张三, date: {FIRST}}}\n"
    week.week(FIRST, correct)
    week.send(FIRST, "甲镇.xlsx", {"东河村": ("约20", 10), "西河村": (4, 0)})
    said = text(week, "回执 甲镇.txt")
    assert said[6] == "东河村新建：目标100，累计完成21，本周新增21，按决定更正"
    assert said[-2:] == ["已处理，不需再报", "1. E4 东河村新建“约20”：已按决定计21（张三 4月7日：电话核实）"]
    assert "退回单 甲镇.txt" not in messages(week)


def test_a_late_file_has_a_receipt_of_the_next_revision_that_says_so(office: Office) -> None:
    office.week(FIRST)
    office.send(FIRST, "甲镇.xlsx", EAST_WEST)
    office.archive(FIRST)
    office.send(FIRST, "乙镇.xlsx", SOUTH)
    said = text(office, "回执 乙镇.txt")
    assert said[1:3] == [
        "第1周（截至2023年4月7日）每周进展情况汇总表　第2版　校验码 AB12-CD34",
        "收到文件：乙镇.xlsx（迟报）",
    ]
    assert said[-1] == "1. 本周首次存档后才收到，列为迟报"


def test_a_town_whose_form_went_back_and_comes_again_is_not_late(office: Office) -> None:
    """It had sent by the first record; that the form was no use then is over."""
    office.week(FIRST)
    office.send(FIRST, "甲镇.xlsx", EAST_WEST)
    office.send(FIRST, "乙镇.xlsx", {"南山村": ("约10", "约4")})
    office.archive(FIRST)
    office.send(FIRST, "乙镇 重报.xlsx", SOUTH)
    office.send(FIRST, "甲镇.xlsx", {"东河村": (21, 10), "西河村": (4, 0)})
    only_new = f"  - {{do: use, town: 乙镇, file: 乙镇 重报.xlsx, reason: 重报, by: 张三, date: {FIRST}}}\n"
    office.week(FIRST, only_new)
    assert [row.status for row in office.compute(FIRST).submissions.towns] == ["received", "received", "none_expected"]


def test_a_returned_file_has_no_receipt(week: Office) -> None:
    week.send(FIRST, "乙镇.xlsx", {"南山村": ("约10", "约4")})
    assert sorted(messages(week)) == ["催报.txt", "回执 甲镇.txt", "退回单 乙镇.txt", "退回单 乙镇.xlsx"]


def test_a_town_has_one_receipt_whatever_it_sent_beside_the_file_that_counts(week: Office) -> None:
    week.send(FIRST, "甲镇(1).xlsx", EAST_WEST)
    (week.root / "data/raw" / FIRST / "甲镇 旧.xlsx").write_bytes(b"")
    made = messages(week)
    assert sorted(made) == ["催报.txt", "回执 乙镇.txt", "回执 甲镇.txt", "退回单 甲镇.txt", "退回单 甲镇.xlsx"]
    assert "收到文件：甲镇(1).xlsx（已报）" in made["回执 甲镇.txt"].decode("utf-8-sig").splitlines()


def test_a_member_of_an_archive_is_named_as_in_submissions(week: Office) -> None:
    path = week.root / "data/raw" / FIRST / "甲镇.xlsx"
    content = path.read_bytes()
    path.unlink()
    with zipfile.ZipFile(path.with_name("微信.zip"), "w") as packed:
        packed.writestr("甲镇.xlsx", content)
    assert text(week, "回执 甲镇.txt")[2:4] == [
        "收到文件：微信.zip/甲镇.xlsx（已报）",
        f"文件指纹（SHA-256）：{sha256(content).hexdigest()}",
    ]


# ---- as files --------------------------------------------------------------------------------------------------


def test_the_same_week_gives_the_same_bytes(week: Office) -> None:
    week.send(FIRST, "甲镇.xlsx", {"东河村": ("约20", 20), "西河村": (4, 0)})
    assert messages(week) == messages(week)


def test_a_text_opens_in_old_notepad(week: Office) -> None:
    made = messages(week)
    assert all(content.startswith(b"\xef\xbb\xbf") for name, content in made.items() if name.endswith(".txt"))


def test_names_of_files_are_such_as_windows_allows(tmp_path: Path) -> None:
    office = Office(tmp_path / "一", PROGRAMME.replace("  乙镇:", '  "乙/镇: \\"一\\"?":'))
    office.week(FIRST)
    office.send(FIRST, "甲镇.xlsx", EAST_WEST)
    path = office.send(FIRST, "另一份.xlsx", {"南山村": (10, "约4")})
    office.edit(path, A4='乙/镇: "一"?')
    names = sorted(messages(office))
    assert names == [
        "催报.txt", "回执 乙／镇： ＂一＂？.txt", "回执 甲镇.txt",
        "退回单 乙／镇： ＂一＂？.txt", "退回单 乙／镇： ＂一＂？.xlsx",
    ]  # fmt: skip


@needs_libreoffice
def test_libreoffice_prints_each_sheet_on_one_page(week: Office, tmp_path: Path) -> None:
    week.send(FIRST, "甲镇.xlsx", {"东河村": ("约20", 20), "西河村": (41, 0)})
    (tmp_path / "r.xlsx").write_bytes(messages(week)["退回单 甲镇.xlsx"])
    content = resaved(tmp_path / "r.xlsx", "pdf", tmp_path).read_bytes()
    assert content.count(b"/Type/Page") - content.count(b"/Type/Pages") == 2
