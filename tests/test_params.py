from decimal import Decimal
from pathlib import Path

import pytest

from pipeline import params
from pipeline import week as weekly
from pipeline.errors import NoSuchWeek, ParamsError
from tests.helpers import PROGRAMME, Office, day, programme


@pytest.mark.parametrize(
    ("on", "printed"),
    [("2023-04-07", "3.83"), ("2023-05-05", "19.13"), ("2023-06-30", "49.73"), ("2023-09-22", "95.63")],
)
def test_schedule_is_linear_by_days_with_both_ends_included(tmp_path: Path, on: str, printed: str) -> None:
    share = programme(tmp_path).schedule.expected(day(on))
    assert f"{share * 100:.2f}" == printed


def test_schedule_is_nothing_before_the_start_and_all_from_the_end_on(tmp_path: Path) -> None:
    schedule = programme(tmp_path).schedule
    assert [schedule.expected(day(on)) for on in ("2023-03-31", "2023-09-30", "2023-10-20")] == [0, 1, 1]


def test_milestones_bend_the_schedule(tmp_path: Path) -> None:
    text = PROGRAMME.replace("end: 2023-09-30}", "end: 2023-09-30, milestones: {2023-06-30: 0.45}}")
    schedule = programme(tmp_path, text).schedule
    assert schedule.expected(day("2023-06-30")) == Decimal("0.45")
    assert round(schedule.expected(day("2023-05-15")), 4) == Decimal("0.2225")  # 45 of 91 days: 0.45 × 45 / 91


def test_the_first_week_closes_within_seven_days_of_the_start(tmp_path: Path) -> None:
    schedule = programme(tmp_path).schedule
    assert [schedule.week_number(day(on)) for on in ("2023-04-07", "2023-04-14", "2023-09-29")] == [1, 2, 26]


def test_a_target_change_holds_from_its_day_on_and_not_before(tmp_path: Path) -> None:
    change = (
        "target_changes:\n  - {town: 甲镇, village: 东河村, kind: 新建, target: 90, from: 2023-06-02,"
        " document: 示例〔2023〕7号, reason: 无人户核减}\n"
    )
    read = programme(tmp_path, PROGRAMME + change)
    assert read.targets(day("2023-06-01"))["甲镇", "东河村", "新建"] == 100
    assert read.targets(day("2023-06-02"))["甲镇", "东河村", "新建"] == 90
    assert "无人户核减" not in read.at(day("2023-06-01"))
    assert "无人户核减" in read.at(day("2023-06-02"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("renovation: 50", "renovaton: 50", "第9行 甲镇东河村：没有“renovaton”这个键，是否为 renovation（整改目标）？"),
        ("renovation: 50", "renovation: 多", "第9行 甲镇东河村：renovation（整改目标）应为整数，读到的是“多”，请只写半角阿拉伯数字"),
        ("new_build: 100", "new_build: -1", "第9行 甲镇东河村：new_build（新建目标）不能小于 0，读到的是“-1”"),
        ("title: 2023年度农村户厕改造整村推进\n", "", "整个文件：还没填 title（方案名称）"),
        ("start: 2023-04-01", "start: 四月", "第4行：schedule.start（开始日期）应为日期，读到的是“四月”，请写全年月日"),
        ("end: 2023-09-30", "end: 2023-03-30", "第4行：结束日期 2023-03-30 不晚于开始日期 2023-04-01"),
        ("aliases: [甲镇人民政府, 甲]", "aliases: [乙镇]", "第11行 乙镇：“乙镇”既指 甲镇 又指 乙镇"),
        ("name: 西河村", "name: 东河村", "第10行 甲镇东河村：“东河村”出现了两次"),
        ("document: 示例〔2023〕4号", "document: x\ndeadline: 17:00", 'deadline（截止时刻）应为文字，读到的是“17:00”，请给它加英文引号："17:00"'),
        ("document: 示例〔2023〕4号", "document: x\nrules: {over_taget: query}", "没有“over_taget”这条规则"),
        ("document: 示例〔2023〕4号", "document: x\nlights: {behind: 1}", "lights.behind（慢序时）不能大于 0，读到的是“1”"),
    ],
)  # fmt: skip
def test_a_fault_in_the_programme_is_named_in_chinese(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in PROGRAMME
    with pytest.raises(ParamsError) as caught:
        programme(tmp_path, PROGRAMME.replace(old, new))
    assert said in str(caught.value)


def test_all_faults_are_listed_at_once(tmp_path: Path) -> None:
    text = PROGRAMME.replace("renovation: 50", "renovaton: 50").replace("title:", "titel:")
    with pytest.raises(ParamsError) as caught:
        programme(tmp_path, text)
    assert "有 2 处错误" in str(caught.value)  # a misspelt key is not told as missing too
    assert len(caught.value.faults) == 2


def test_a_key_written_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParamsError, match="第15行：office（单位名称）写了两次（第2行已有），请只留一个"):
        programme(tmp_path, PROGRAMME + "office: 另一个局\n")


def test_broken_yaml_names_the_line(tmp_path: Path) -> None:
    with pytest.raises(ParamsError, match="第5行：方括号"):
        programme(tmp_path, PROGRAMME.replace("towns:", "towns: ["))


def test_a_misspelt_key_in_the_week_is_named(office: Office) -> None:
    office.week(
        "2023-04-07",
        "  - {do: correct, town: 甲镇, vilage: 东河村, kind: 新建, was: a, now: 1, reason: r, by: b, date: 2023-04-07}\n",
    )
    with pytest.raises(ParamsError) as caught:
        params.week(office.root, "2023-04-07")
    assert caught.value.faults == ["第4行 甲镇的“更正”：没有“vilage”这个键，是否为 village（村）？"]


def test_a_week_without_its_file_says_what_to_run(office: Office) -> None:
    with pytest.raises(NoSuchWeek, match=r"没有 params/2023-04-07\.yaml。请先运行 python -m pipeline new 2023-04-07"):
        params.week(office.root, "2023-04-07")


def test_the_week_in_the_file_must_be_the_one_in_its_name(office: Office) -> None:
    office.week("2023-04-07")
    text = (office.root / "params/2023-04-07.yaml").read_text(encoding="utf-8")
    (office.root / "params/2023-04-14.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ParamsError, match="第1行：文件名是 2023-04-14，week（截至日期）写的是 2023-04-07"):
        params.week(office.root, "2023-04-14")


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        ("{do: accept, town: 丁镇, rule: fell, reason: r, by: b, date: 2023-04-07}", "第4行 丁镇的“认可”：没有“丁镇”这个区镇"),
        ("{do: accept, town: 甲镇, village: 北河村, rule: fell, reason: r, by: b, date: 2023-04-07}", "第4行 甲镇的“认可”：甲镇 没有“北河村”"),
        ("{do: accept, town: 甲镇, rule: blank_figure, reason: r, by: b, date: 2023-04-07}", "不能用 accept 了结"),
        ("{do: agree, town: 甲镇, reason: r, by: b, date: 2023-04-07}", "第4行 甲镇的决定：do（做什么）只能是 correct（更正）、enter（补录）、name（认定村名）、use（采用文件）、accept（认可）、exclude（不采用文件），读到的是“agree”"),
        ("{do: enter, town: 甲镇, village: 东河村, kind: 新建, now: 3, by: b, date: 2023-04-07}", "第4行 甲镇的“补录”：还没填 reason（理由）"),
    ],
)  # fmt: skip
def test_a_decision_that_cannot_be_meant_is_refused(office: Office, decision: str, said: str) -> None:
    office.week("2023-04-07", f"  - {decision}\n")
    with pytest.raises(ParamsError) as caught:
        office.compute("2023-04-07")
    assert said in str(caught.value)


def test_was_may_be_a_bare_number_or_date_in_yaml(office: Office) -> None:
    office.week(
        "2023-04-07",
        "  - {do: correct, town: 甲镇, village: 东河村, kind: 新建, was: 50, now: 5, reason: r, by: b, date: 2023-04-07}\n"
        "  - {do: correct, town: 乙镇, village: 南山村, kind: 新建, was: 1950-12-01, now: 5, reason: r, by: b, date: 2023-04-07}\n",
    )
    read = params.week(office.root, "2023-04-07")
    assert [decision.was for decision in read.decisions] == ["50", "1950-12-01"]  # type: ignore[union-attr]


def test_a_day_that_no_calendar_has_is_a_fault_like_others(tmp_path: Path) -> None:
    with pytest.raises(ParamsError) as caught:
        programme(tmp_path, PROGRAMME.replace("2023-04-01", "2023-04-31").replace("title: 2023", "titel: 2023"))
    assert caught.value.faults == [
        "第1行：没有“titel”这个键，是否为 title（方案名称）？",
        "第4行：schedule.start（开始日期）应为日期，读到的是“2023-04-31”，没有这一天，请核对",
    ]


@pytest.mark.parametrize("lights", ["{behind: 慢}", "{behind: true}"])
def test_a_threshold_that_is_no_number_is_a_fault(tmp_path: Path, lights: str) -> None:
    with pytest.raises(ParamsError) as caught:
        programme(tmp_path, PROGRAMME.replace("towns:", f"lights: {lights}\ntowns:"))
    assert [fault.partition("，")[0] for fault in caught.value.faults] == ["第5行：lights.behind（慢序时）应为数字"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("050", "“050”，请写 50"),
        ("+5", "“+5”，请写 5"),
        ("5.0", "“5.0”，请写 5"),
        ("95座", "“95座”，请写 95"),
        ("９５", "“９５”，请写 95"),
        ("９５ 户", "“９５ 户”，请写 95"),
        ("“95”", "““95””，请写 95"),
        ("95。", "“95。”，请写 95"),
        ('"1,200"', "“1,200”，请写 1200"),
        ('"95"', "“95”，请去掉引号，写 95"),
        *(
            (odd, f"“{odd}”，请只写半角阿拉伯数字，如 95")
            for odd in (
                "1_0",
                "0x10",
                "0b1",
                "1:30",
                ".inf",
                "-0",
                "1e3",
                "九十五",
                "约95",
                "0o7",
                "9.5.1",
                "1.5e+3",
                "9.5",
            )
        ),
        ("9" * 5000, f"“{'9' * 200}"),
        ("true", "“true”，请只写半角阿拉伯数字，如 95"),
        ("[95]", "一个列表，请只写半角阿拉伯数字，如 95"),
        ("{95: 1}", "一组“键: 值”，请只写半角阿拉伯数字，如 95"),
        ("2023-05-05", "“2023-05-05”，请只写半角阿拉伯数字，如 95"),
    ],
)
def test_a_count_is_plain_decimal_digits_and_nothing_else_is_read_as_one(
    tmp_path: Path, written: str, said: str
) -> None:
    with pytest.raises(ParamsError) as caught:
        programme(tmp_path, PROGRAMME.replace("renovation: 50", f"renovation: {written}"))
    (fault,) = caught.value.faults
    assert fault.startswith(f"第9行 甲镇东河村：renovation（整改目标）应为整数，读到的是{said}")


def test_a_count_of_a_decision_is_told_with_its_line_beside_all_other_faults(office: Office) -> None:
    office.week(
        "2023-04-07",
        "  - {do: enter, town: 甲镇, village: 东河村, kind: 新建, now: 050, reason: r, by: b, date: 2023-04-07}\n"
        "  - do: correct\n    town: 甲镇\n    village: 东河村\n    kind: 整改\n    was: 050\n    now: 1:30\n"
        "    reason: r\n    by: b\n    date: 2023-04-07\n"
        "  - {do: enter, town: 甲镇, village: 西河村, kind: 新建, now: -5, reason: r, by: b, date: 2023-04-07}\n",
    )
    with pytest.raises(ParamsError) as caught:
        params.week(office.root, "2023-04-07")
    assert caught.value.faults == [
        "第4行 甲镇的“补录”：now（采用数）应为整数，读到的是“050”，请写 50",
        "第10行 甲镇的“更正”：now（采用数）应为整数，读到的是“1:30”，请只写半角阿拉伯数字，如 95",
        "第14行 甲镇的“补录”：now（采用数）不能小于 0，读到的是“-5”",
    ]


def test_what_a_cell_held_is_quoted_as_it_is_typed(office: Office) -> None:
    quoted = ("050", "0x10", "1:30", "1_0", "5.10", "+5", "1e3", "5.0")
    office.week(
        "2023-04-07",
        "".join(
            f"  - {{do: accept, town: 甲镇, rule: fell, was: {was}, reason: r, by: b, date: 2023-04-07}}\n"
            for was in quoted
        ),
    )
    assert [decision.was for decision in params.week(office.root, "2023-04-07").decisions] == [*quoted]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("lights", "said"),
    [("{behind: -01}", "-01"), ("{behind: -1_0}", "-1_0"), ("{behind: -１}", "-１"),
     ("{behind: -.5}", "-.5")],
)  # fmt: skip
def test_a_threshold_is_plain_decimal_digits_too(tmp_path: Path, lights: str, said: str) -> None:
    with pytest.raises(ParamsError) as caught:
        programme(tmp_path, PROGRAMME.replace("towns:", f"lights: {lights}\ntowns:"))
    assert caught.value.faults == [
        f"第5行：lights.behind（慢序时）应为数字，读到的是“{said}”，请只写半角数字，如 -1、0.45"
    ]


def test_a_threshold_may_be_negative_and_a_decimal(tmp_path: Path) -> None:
    read = programme(tmp_path, PROGRAMME.replace("towns:", "lights: {behind: -1.5, far_behind: -10}\ntowns:"))
    assert (read.lights.behind, read.lights.far_behind) == (Decimal("-1.5"), Decimal(-10))


def test_the_notebook_takes_no_number_that_papermill_misread(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = {
        "do": "enter",
        "town": "甲镇",
        "village": "东河村",
        "kind": "新建",
        "reason": "r",
        "by": "b",
        "date": "2023-04-07",
    }
    office.week("2023-04-07", f"  - {{{', '.join(f'{key}: {value}' for key, value in listed.items())}, now: 050}}\n")
    monkeypatch.chdir(office.root)
    with pytest.raises(ParamsError, match="读到的是“050”"):
        weekly.from_parameters("2023-04-07", "params/2023.yaml", [{**listed, "now": 40}])


def test_a_milestone_and_a_name_that_are_odd_numbers_are_told_as_they_are_written(tmp_path: Path) -> None:
    text = PROGRAMME.replace("end: 2023-09-30}", "end: 2023-09-30, milestones: {2023-06-30: 1_0}}")
    with pytest.raises(ParamsError) as caught:
        programme(tmp_path, text.replace("丙镇:", "050:").replace("示例〔2023〕4号", "0x10"))
    assert caught.value.faults == [
        '第3行：document（文号）应为文字，读到的是“0x10”，请给它加英文引号："0x10"',
        "第4行：schedule.milestones.2023-06-30应为数字，读到的是“1_0”，请只写半角数字，如 -1、0.45",
        '第14行 050：区镇名称应为文字，读到的是“050”，请给它加英文引号："050"',
    ]


def test_a_programme_without_towns_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ParamsError):
        programme(tmp_path, PROGRAMME.partition("towns:")[0] + "towns: {}\n")


def test_two_decisions_on_one_figure_are_a_fault(tmp_path: Path) -> None:
    basis = {"town": "甲镇", "village": "东河村", "kind": "新建", "reason": "r", "by": "b", "date": "2023-05-05"}
    listed = [{"do": "correct", **basis, "was": "1", "now": 2}, {"do": "enter", **basis, "now": 3}]
    week = params.week_of({"week": "2023-05-05", "decisions": listed})
    with pytest.raises(ParamsError) as caught:
        params.check_decisions(week, programme(tmp_path))
    assert caught.value.faults == ["第2条决定 甲镇的“补录”：甲镇东河村新建在第1条决定里已经定了，请只留一条"]


def test_the_programme_lies_in_the_office() -> None:
    for name in ("/etc/p.yaml", "../p.yaml", "params/../p.yaml"):
        with pytest.raises(ParamsError):
            params.week_of({"week": "2023-05-05", "programme": name})
