"""A new office: the table to fill, what is read of it, what is refused to the cell, and the programme that comes out."""

import datetime as dt
import io
import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import cli, commands, founding, params
from pipeline.errors import PipelineError, TargetsError
from pipeline.founding import facts
from pipeline.params import Programme
from pipeline.record.recording import official_workbook
from tests.helpers import Office, needs_libreoffice, only, resaved, write_form

HEADINGS = ("区镇", "整村推进村", "级别", "新建目标", "整改目标", "村的别名", "区镇的别名")
EAST, WEST, SOUTH = (
    ("甲镇", "东河村", "省级", 100, 50),
    ("甲镇", "西河村", "区级", 40, 0),
    ("乙镇", "南山村", "省级", 200, 80),
)
FACTS = {
    "标题": "2023年度农村户厕改造整村推进", "单位名称": "示例区乡村振兴局", "文号": "示例〔2023〕4号", "计量单位": "座",
    "开始日期": "2023-04-01", "结束日期": "2023-09-30", "报送时间": "17:00",
}  # fmt: skip


def table(*rows: Sequence[Any], headings: Sequence[str] = HEADINGS, of_office: dict[str, Any] | None = None) -> bytes:
    """A target table with the office's facts (FACTS with these changes) on a second sheet."""
    book = openpyxl.Workbook()
    book.active.title = "目标任务"
    for row in (headings, *rows):
        book.active.append(row)
    second = book.create_sheet("单位情况")
    for line in (FACTS | (of_office or {})).items():
        second.append(line)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def founded(content: bytes, name: str = "表.xlsx") -> founding.Founded:
    return founding.founded(founding.typed(content, name), 2023)


def villages(programme: Programme) -> list[str]:
    return [
        f"{town} {of.name} {of.tier} {of.new_build} {of.renovation} {'、'.join(of.aliases)}".strip()
        for town, of in programme.villages
    ]


def faults(content: bytes) -> list[str]:
    """What is wrong with a table; nothing is made of it."""
    with pytest.raises(TargetsError) as refused:
        founded(content)
    return refused.value.faults


# ---- a table that is understood --------------------------------------------------------------------------------


def test_a_table_becomes_the_programme() -> None:
    content = table((*EAST, "东河", "甲镇人民政府、老甲"), (*WEST, None, None), SOUTH, ("丙镇",))
    made = founded(content)
    assert villages(made.programme) == [
        "甲镇 东河村 省级 100 50 东河",
        "甲镇 西河村 区级 40 0",
        "乙镇 南山村 省级 200 80",
    ]
    assert {name: town.aliases for name, town in made.programme.towns.items()} == {
        "甲镇": ("甲镇人民政府", "老甲"), "乙镇": (), "丙镇": (),
    }  # fmt: skip
    assert (made.programme.schedule.start, made.programme.schedule.end) == (dt.date(2023, 4, 1), dt.date(2023, 9, 30))
    assert made.remarks == []


def test_a_town_written_once_holds_for_the_rows_below_it_merged_or_not() -> None:
    book = openpyxl.load_workbook(io.BytesIO(table(EAST, (None, *WEST[1:]), SOUTH, (None, "北山村", "区级", 1, 2))))
    book["目标任务"].merge_cells("A2:A3")
    assert villages(founded(saved(book)).programme) == [
        "甲镇 东河村 省级 100 50", "甲镇 西河村 区级 40 0", "乙镇 南山村 省级 200 80", "乙镇 北山村 区级 1 2",
    ]  # fmt: skip


def test_blanks_between_the_signs_of_a_name_are_no_part_of_it() -> None:
    assert villages(founded(table(("甲 镇 ", "东　河村", "省 级", 1, 2))).programme) == ["甲镇 东河村 省级 1 2"]


def test_a_blank_target_is_no_task_and_is_told() -> None:
    made = founded(table(("甲镇", "西河村", "区级", 40, None), ("甲镇", "东河村", "区级", "—", 3)))
    assert villages(made.programme) == ["甲镇 西河村 区级 40 0", "甲镇 东河村 区级 0 3"]
    assert made.remarks == [
        "目标任务!E2：西河村的整改空着，按没有任务（0）写入", "目标任务!D3：东河村的新建空着，按没有任务（0）写入",
    ]  # fmt: skip


def test_totals_are_compared_and_never_counted() -> None:
    made = founded(table(EAST, WEST, ("甲镇", "小计", None, 140, 51), SOUTH, ("合计", None, None, 350, 130)))
    assert len(villages(made.programme)) == 3
    assert made.remarks == [
        "目标任务!E4：合计写的是整改51，各村相加是50。按各村的数写入，请核对",
        "目标任务!D6：合计写的是新建350，各村相加是340。按各村的数写入，请核对",
    ]  # fmt: skip


def test_a_total_under_the_running_number_is_one() -> None:
    heads = ("序号", "区镇", "整村推进村", "新建", "整改")
    made = founded(table((1, "甲镇", "东河村", 1, 2), ("合计", None, None, 1, 2), headings=heads))
    assert villages(made.programme) == ["甲镇 东河村 未分级 1 2"]


def test_one_name_in_two_towns_is_told() -> None:
    made = founded(table(EAST, ("乙镇", "东河村", "省级", 1, 2)))
    assert made.remarks == ["目标任务!B3：“东河村”在别的区镇也有（目标任务!B2）。确是两个村的不用改"]


def test_lines_of_tiers_tell_those_of_the_rows_below() -> None:
    heads = ("区镇", "整村推进村", "新建", "整改")
    rows = (("一、省级整村推进村",), ("甲镇", "东河村", 1, 2), ("二、区级整村推进村",), ("甲镇", "西河村", 3, 4))
    assert villages(founded(table(*rows, headings=heads)).programme) == ["甲镇 东河村 省级 1 2", "甲镇 西河村 区级 3 4"]


# ---- the notice's form -----------------------------------------------------------------------------------------


def test_the_notices_form_is_accepted_and_what_it_does_not_say_is_told(tmp_path: Path) -> None:
    write_form(tmp_path / "f.xlsx", {"东河村": ("", ""), "西河村": (3, 4), "南山村": ("", "")}, (340, 130, "", ""))
    made = founded((tmp_path / "f.xlsx").read_bytes())
    assert villages(made.programme) == [
        "甲镇 东河村 未分级 100 50",
        "甲镇 西河村 未分级 40 0",
        "乙镇 南山村 未分级 200 80",
    ]
    assert made.programme.title == "2023年度农村户厕改造整村推进"
    assert made.remarks == [
        "表里没有单位情况，先按这样写，请核对：单位名称：（单位名称待填）；文号：（文号待填）；计量单位：座；开始日期：2023-04-01；"
        "结束日期：2023-09-30；报送时间：17:00",
        "表里没有“级别”一列，3个村的级别先写“未分级”，请在参数文件里改成省级、区级等",
    ]  # fmt: skip


def test_a_form_that_the_program_wrote_gives_its_towns_and_targets_again(office: Office) -> None:
    """汇总表.xlsx of a record: town cells merged, a town without villages, 合计."""
    office.week("2023-04-07")
    office.send("2023-04-07", "甲镇.xlsx", {"东河村": (20, 10), "西河村": (4, 0)})
    office.send("2023-04-07", "乙镇.xlsx", {"南山村": (10, 4)})
    made = founded(official_workbook(office.compute("2023-04-07")))
    assert villages(made.programme) == [
        "甲镇 东河村 未分级 100 50",
        "甲镇 西河村 未分级 40 0",
        "乙镇 南山村 未分级 200 80",
    ]
    assert list(made.programme.towns) == ["甲镇", "乙镇", "丙镇"]


def test_a_word_table_is_read_too() -> None:
    """As the notice itself comes: an attachment in Word. A cell is named as a reader of Word finds it."""
    document = docx.Document()
    rows = [HEADINGS[:5], EAST, ("", *WEST[1:]), ("乙镇", "南山村", "省级", "200座", 80)]
    grid = document.add_table(len(rows), 5)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            grid.cell(number, column).text = str(value)
    out = io.BytesIO()
    document.save(out)
    assert faults(out.getvalue()) == ["表格1!行4列4“200座”：请只写数字，写成 200"]


@needs_libreoffice
@pytest.mark.parametrize("to", ["xls", "ods", "csv:Text - txt - csv (StarCalc):44,34,76"])
def test_other_formats_are_read_too(tmp_path: Path, to: str) -> None:
    """A .csv holds the first sheet only."""
    (tmp_path / "表.xlsx").write_bytes(table(EAST, (None, *WEST[1:]), SOUTH))
    other = resaved(tmp_path / "表.xlsx", to, tmp_path / "other")
    assert villages(founded(other.read_bytes(), other.name).programme) == [
        "甲镇 东河村 省级 100 50", "甲镇 西河村 区级 40 0", "乙镇 南山村 省级 200 80",
    ]  # fmt: skip


# ---- what is refused -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("约50", "目标任务!D2“约50”：不是确定的整数，请只写数字，如 95"),
        ("95座", "目标任务!D2“95座”：请只写数字，写成 95"),
        ("９５", "目标任务!D2“９５”：请只写数字，写成 95"),
        ("12①", "目标任务!D2“12①”：不是确定的整数，请只写数字，如 95"),
        (-5, "目标任务!D2“-5”：目标任务不能是负数"),
        (9.5, "目标任务!D2“9.5”：不是确定的整数，请只写数字，如 95"),
        ("=50+45", "目标任务!D2“=50+45”：是公式，请改为直接写数字"),
        (dt.date(2023, 5, 5), "目标任务!D2“2023-05-05”：不是确定的整数，请只写数字，如 95"),
        (True, "目标任务!D2“TRUE”：不是确定的整数，请只写数字，如 95"),
    ],
)  # fmt: skip
def test_a_target_is_a_plain_whole_number(typed: Any, said: str) -> None:
    assert faults(table(("甲镇", "东河村", "省级", typed, 50))) == [said]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([EAST, EAST], "目标任务!B3“东河村”：甲镇的“东河村”在 目标任务!B2 已有，请改掉一处"),
        ([EAST, ("甲镇", "西河村", "区级", 1, 2, "东河村")], "目标任务!F3“东河村”：甲镇的“东河村”在 目标任务!B2 已有，请改掉一处"),
        ([(*EAST, None, "老甲"), (*SOUTH, None, "老 甲")], "目标任务!G3“老 甲”：“老甲”既指 甲镇（目标任务!G2）又指 乙镇，请改掉一处"),
        ([(*EAST, None, "乙镇"), SOUTH], "目标任务!A3“乙镇”：“乙镇”既指 甲镇（目标任务!G2）又指 乙镇，请改掉一处"),
        ([(*EAST, None, "乙镇"), SOUTH, (None, "北山村", "省级", 1, 2)],
         "目标任务!A3“乙镇”：“乙镇”既指 甲镇（目标任务!G2）又指 乙镇，请改掉一处"),
        ([("甲镇", "东河😀村", "省级", 1, 2)], "目标任务!B2“东河😀村”：图表和页面的字体里没有“😀”（U+1F600），请换一个字"),
        ([("甲镇", "东\u200b河村", "省级", 1, 2)], "目标任务!B2“东\u200b河村”：“东（看不见的字符 U+200B）河村”里有看不见的字符，请删去重打"),
        ([("甲镇", "东河村", None, 1, 2)], "目标任务!C2：没有写级别，请写省级、市级、县级或区级"),
        ([("甲镇", "东河村", "国家级", 1, 2)], "目标任务!C2“国家级”：没有“国家级”这个级别，请写省级、市级、县级或区级"),
        ([("甲镇", "东河村、西河村", "省级", 1, 2)], "目标任务!B2“东河村、西河村”：一格只写一个村，一个村一行"),
        ([(None, "东河村", "省级", 1, 2)], "目标任务!B2“东河村”：没有写是哪个区镇的村（空一行以后要重新写区镇）"),
        ([EAST, ("乙镇", None, None, 5, None)], "目标任务!D3“5”：这一行有目标任务，没有村名；没有任务的区镇，目标空着"),
        ([("甲镇", "东河村", "省级", None, None)], "目标任务!D2：“东河村”的新建、整改都没有填。没有任务的一类填 0"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_stand_is_refused_to_its_cell(rows: list[Sequence[Any]], said: str) -> None:
    assert faults(table(*rows)) == [said]


def test_all_faults_are_told_at_once() -> None:
    content = table(("甲镇", "东河村", "省", "约50", -1), of_office={"单位名称": None, "开始日期": "四月一日"})
    assert faults(content) == [
        "目标任务!D2“约50”：不是确定的整数，请只写数字，如 95",
        "目标任务!E2“-1”：目标任务不能是负数",
        "目标任务!C2“省”：没有“省”这个级别，请写省级、市级、县级或区级",
        "单位情况!B2：“单位名称”没有填。请填本单位全称，如 南通市海门区乡村振兴局",
        "单位情况!B5：“开始日期”读到的是“四月一日”。请填实施阶段第一天，序时进度从这天算起（含），如 2023-04-01",
    ]


def test_targets_merged_over_two_villages_are_nobodys() -> None:
    book = openpyxl.load_workbook(io.BytesIO(table(EAST, WEST)))
    book["目标任务"].merge_cells("D2:D3")
    why = "几格合并成了一格，看不出各是多少，请取消合并，每格各写各的"
    assert faults(saved(book)) == [f"目标任务!D2“100”：{why}"]


def test_a_hidden_row_is_refused() -> None:
    book = openpyxl.load_workbook(io.BytesIO(table(EAST, WEST)))
    book["目标任务"].row_dimensions[3].hidden = True
    assert faults(saved(book)) == ["目标任务!B3“西河村”：第3行是隐藏的，请取消隐藏，或删去这一行"]


def test_a_table_without_its_heading_is_refused() -> None:
    assert faults(table(EAST, headings=("镇", "村", "级别", "目标")))[0].startswith("没有找到目标任务表的表头")
    assert faults(b"")[0] != ""


def test_of_two_tables_that_differ_none_is_chosen() -> None:
    book = openpyxl.load_workbook(io.BytesIO(table(EAST)))
    book.copy_worksheet(book["目标任务"]).title = "去年"
    assert villages(founded(saved(book)).programme) == ["甲镇 东河村 省级 100 50"]
    book["去年"]["D2"] = 90
    assert faults(saved(book)) == ["工作表“目标任务”、“去年”都像目标任务表，内容又不同，请只留一张，其余删去或隐藏"]


def test_of_two_columns_of_targets_none_is_chosen() -> None:
    heads = ("区镇", "整村推进村", "级别", "2022年新建目标", "2023年新建目标", "整改目标")
    assert faults(table(("甲镇", "东河村", "省级", 1, 2, 3), headings=heads)) == [
        "目标任务有几列像新建目标（D1、E1），请只留一列，其余删去"
    ]


def test_a_hidden_column_is_refused() -> None:
    book = openpyxl.load_workbook(io.BytesIO(table(EAST)))
    book["目标任务"].column_dimensions["D"].hidden = True
    assert faults(saved(book)) == ["目标任务的D列是隐藏的，请取消隐藏"]


def test_a_table_without_a_village_is_refused() -> None:
    assert faults(table(("甲镇",))) == [
        "目标任务表里没有一个村，请从表头下面一行起，一村一行，填区镇、整村推进村和新建、整改目标"
    ]
    empty = faults(founding.template(2023))
    assert empty[0].startswith("目标任务表里没有一个村")
    assert empty[-1].startswith("单位情况!B6：“文号”没有填")


def test_an_end_before_the_start_is_refused() -> None:
    assert faults(table(EAST, of_office={"结束日期": "2022年9月30日"})) == [
        "结束日期 2022-09-30 不晚于开始日期 2023-04-01"
    ]


# ---- the facts -------------------------------------------------------------------------------------------------


def test_a_title_of_another_year_than_the_schedule_is_told() -> None:
    made = founded(table(EAST, of_office={"标题": "2022年度农村户厕改造整村推进"}))
    assert made.remarks == ["标题写的是2022年，开始日期是 2023-04-01，请核对"]


@pytest.mark.parametrize(
    ("label", "typed", "key", "value"),
    [
        ("开始日期", "2023年4月3日", "start", dt.date(2023, 4, 3)), ("开始日期", "2023/4/3", "start", dt.date(2023, 4, 3)),
        ("开始日期", dt.date(2023, 4, 3), "start", dt.date(2023, 4, 3)), ("报送时间", "9：30", "deadline", "09:30"),
    ],
)  # fmt: skip
def test_dates_and_times_are_read_as_people_write_them(label: str, typed: Any, key: str, value: object) -> None:
    read = founding.typed(table(EAST, of_office={label: typed}), "表.xlsx")
    assert facts.known(read.facts, read.title, 2023).values[key] == value


# ---- the written programme -------------------------------------------------------------------------------------

NAMES = st.text(st.sampled_from("甲乙丙东西南北河山村镇0123456789-:#{}[],'\"&*!|>%@~ny.eE_"), min_size=1, max_size=8)


@st.composite
def programmes(draw: st.DrawFn) -> Programme:
    """Any programme that a table can come to: names of any signs, each once."""
    names = iter(draw(st.lists(NAMES, min_size=12, max_size=12, unique=True)))
    counts = st.integers(0, 99_999)
    towns = {}
    for name in itertools.islice(names, draw(st.integers(1, 3))):
        of = [
            {"name": each, "tier": draw(st.sampled_from(["省级", "区级"])), "new_build": draw(counts), "renovation": draw(counts),
             "aliases": tuple(itertools.islice(names, draw(st.integers(0, 1))))}
            for each in itertools.islice(names, draw(st.integers(0, 2)))
        ]  # fmt: skip
        towns[name] = {"aliases": tuple(itertools.islice(names, draw(st.integers(0, 1)))), "villages": tuple(of)}
    start = draw(st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)))
    end = start + dt.timedelta(days=draw(st.integers(1, 400)))
    title, office, document = (draw(NAMES) for _ in range(3))
    facts = {"title": title, "office": office, "document": document, "unit": "座", "deadline": "17:00", "towns": towns}
    return Programme.model_validate({**facts, "schedule": {"start": start, "end": end}})


@given(programme=programmes())
@settings(deadline=None)
def test_what_is_written_reads_back_to_the_same_programme(
    programme: Programme, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp()
    (folder / "p.yaml").write_text(founding.as_yaml(programme), encoding="utf-8")
    assert params.programme(folder, "p.yaml") == programme


# ---- the command -----------------------------------------------------------------------------------------------

TODAY = dt.date(2023, 3, 27)


def test_init_writes_a_table_to_fill_and_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.init(tmp_path / "新单位", None, TODAY) == 0
    path = tmp_path / "新单位" / "目标任务表.xlsx"
    assert f"python -m pipeline init {path.parent} --targets {path}" in capsys.readouterr().out
    book = openpyxl.load_workbook(path)
    assert [cell.value for cell in book["目标任务"][3]] == list(HEADINGS)
    assert {str(rule.sqref): rule.formula1 for rule in book["目标任务"].data_validations.dataValidation} == {
        "C4:C27": '"省级,市级,县级,区级"', "D4:E27": "0",
    }  # fmt: skip
    assert [cell.value for cell in book["单位情况"]["B"][3:]] == [
        "2023年度农村户厕改造整村推进", None, None, "座", "2023-04-01", "2023-09-30", "17:00",
    ]  # fmt: skip
    path.write_bytes(b"mine")
    commands.init(tmp_path / "新单位", None, TODAY)
    assert path.read_bytes() == b"mine"
    assert "早已有，没有改动" in capsys.readouterr().out


def test_init_with_a_table_makes_the_office_and_never_overwrites(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "表.xlsx").write_bytes(table(EAST, WEST, SOUTH, ("丙镇",)))
    office = tmp_path / "我 单位"
    assert commands.init(office, tmp_path / "表.xlsx", TODAY) == 0
    assert capsys.readouterr().out == (
        f"已写好：{office}/params/2023.yaml（每一项都有说明），并建好 data/raw/、data/output/\n"
        "3个区镇、3个村，目标任务新建340座、整改130座；没有任务的区镇：丙镇\n"
        "实施阶段 2023-04-01 至 2023-09-30，年度按开始日期是 2023 年\n"
        "接下来，开始第一周（日期是截至日期，就是每周汇总到哪一天）：\n"
        f'  python -m pipeline new 2023-04-07 --root "{office}"\n'
    )
    with pytest.raises(PipelineError, match="已经有了，没有改动"):
        commands.init(office, tmp_path / "表.xlsx", TODAY)


def test_a_table_with_faults_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "表.xlsx").write_bytes(table(("甲镇", "东河村", "省级", "约50", 50)))
    with pytest.raises(TargetsError, match=r"《表\.xlsx》有 1 处要改，什么都没有写入"):
        commands.init(tmp_path / "新单位", tmp_path / "表.xlsx", TODAY)
    assert not (tmp_path / "新单位").exists()
    with pytest.raises(PipelineError, match="打不开"):
        commands.init(tmp_path / "新单位", tmp_path / "没有.xlsx", TODAY)


def test_from_an_empty_folder_to_a_final_week(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a person does it: fill the table that the program wrote, found, prepare the week, fill the forms, record it."""
    monkeypatch.chdir(tmp_path)
    commands.init(Path("新单位"), None, TODAY)
    fill(Path("新单位/目标任务表.xlsx"))
    assert commands.init(Path("新单位"), Path("新单位/目标任务表.xlsx"), TODAY) == 0
    root = Path("新单位").resolve()
    assert commands.new(root, "2023-04-07") == 0
    for form in sorted((root / "data/output/2023-04-07/forms").iterdir()):
        send(form, root / "data/raw/2023-04-07" / form.name)
    capsys.readouterr()
    assert commands.check(root, "", as_json=False) == 0
    assert capsys.readouterr().out.startswith("第1周（截至2023年4月7日）　定稿\n")
    result = Office.at(root).compute("2023-04-07")
    assert [f"{row.village} {row.kind} {row.done}" for row in only(result.progress, status="reported")] == [
        "东河村 新建 7", "东河村 整改 7", "西河村 新建 7", "西河村 整改 0", "南山村 新建 7", "南山村 整改 7",
    ]  # fmt: skip
    assert commands.report(root, "", "") == 0
    assert (root / "data/output/2023-04-07/r1/汇总表.xlsx").is_file()


def fill(path: Path) -> None:
    """The table and the facts as a person fills them in."""
    book = openpyxl.load_workbook(path)
    rows = ((*EAST, None, "甲镇人民政府"), (None, *WEST[1:]), SOUTH, ("丙镇",))
    for number, row in enumerate(rows, 4):
        for column, value in enumerate(row, 1):
            book["目标任务"].cell(number, column).value = value
    book["单位情况"]["B5"], book["单位情况"]["B6"] = "示例区乡村振兴局", "示例〔2023〕4号"
    book.save(path)


def send(form: Path, to: Path) -> None:
    """A town's form with 7 in every open figure."""
    book = openpyxl.load_workbook(form)
    for row in book.worksheets[0].iter_rows(min_row=4, min_col=5, max_col=6):
        for cell in row:
            if not cell.protection.locked:
                cell.value = 7
    book.save(to)


def test_init_is_a_command_and_the_office_may_stand_before_or_behind_any() -> None:
    parsed = cli._parser().parse_args
    assert parsed(["init", "新单位", "--targets", "表.xlsx"]).targets == Path("表.xlsx")
    assert parsed(["--root", "某处", "check"]).root == parsed(["check", "--root", "某处"]).root == Path("某处")
    assert parsed(["check"]).root == Path()
