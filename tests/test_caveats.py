"""Words beside a figure: which take it back, which leave it open, which are ordinary talk."""

import pytest

from pipeline import caveats


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("以上为预计数", "以上为预计数"), ("其中含2022年结转15座", "其中含2022年结转15座"), ("含下周计划5座", "含下周计划5座"), ("填错了，下周更正", "填错了"),
        ("为全镇数", "为全镇数"), ("本表作废", "本表作废"), ("上述数据有误", "上述数据有误"), ("约数", "约数"), ("验收合格数", "验收合格数"),
        ("新建60座系全镇数据", "新建60座系全镇数据"), ("注：1.按上周数据填报；2.每周五报", "按上周数据填报"), ("填的是目标", "填的是目标"),
        ("此数为两村之和", "此数为两村之和"), ("15座系22年底完工，一并计入", "15座系22年底完工"), ("请忽略此表", "请忽略此表"), ("以上数据仅供参考", "以上数据仅供参考"), ("完成情况填本周新增数", "完成情况填本周新增数"),
        ("其中20座为2022年完成", "其中20座为2022年完成"), ("根据合同工期测算", "根据合同工期测算"),
    ],
)  # fmt: skip
def test_what_takes_a_figure_back_is_named(text: str, words: str) -> None:
    assert caveats.disowns(text, 2023) == words


@pytest.mark.parametrize(
    "text",
    [
        "预计6月底完工", "按计划推进", "因阴雨天气进度较慢", "群众自愿新增3座", "不含计划数", "如填错请更正", "请勿填预计数", "系无人户拆除后重建",
        "2023年度新建100", "户主外出，暂缓", "", "计划数不变", "与计划数一致", "按全镇总数的20%推进", "暂定6月底完成", "施工队待确认",
        "问题主要是上周降雨", "此数为实际完成数", "以上为2023年累计完成数", "任务数含2座公厕", "含计划外3座", "完成数已剔除预计", "无人户数不变",
        "作废旧厕池已填埋", "完成率仅供参考", "完成情况填累计完成数", "完成情况只填整数", "2022年结转项目不在本表统计", "2022年底完成摸排", "以上均为三格式化粪池", "按区下达任务数推进",
    ],
)  # fmt: skip
def test_ordinary_talk_takes_nothing_back(text: str) -> None:
    assert (caveats.disowns(text, 2023), caveats.is_provisional(text)) == ("", "")


def test_what_may_still_change_is_told_apart_from_what_is_planned() -> None:
    assert caveats.is_provisional("数据待核实") == "数据待核实"
    assert caveats.is_provisional("初稿，以区核定为准") == "初稿"
    assert caveats.denies_progress("因下雨，本周无进展") == "本周无进展"


def test_the_day_that_a_number_is_of_is_told_a_bare_date_is_none() -> None:
    assert caveats.of_day("此为4月28日数据，5月6日补报") == ["此为4月28日数据"]
    assert caveats.of_day("数据截至5月19日") == ["数据截至5月19日"]
    assert caveats.of_day("5月6日开工，预计5月19日完工") == []


def test_another_village_is_in_the_figure_only_if_it_is_said_so() -> None:
    for text in ("含西河村5座", "其中5座在西河村", "西河村一并计入合计"):
        assert caveats.includes(text, "西河村")
    for text in ("不含西河村", "含周边协调，与西河村同步", "西河村先行"):
        assert not caveats.includes(text, "西河村")


def test_a_row_is_an_example_by_its_remark() -> None:
    assert caveats.is_example("例：按此格式填写") == "例:按此格式填写"
    assert caveats.is_example("样例，填报时请删除") == "样例"
    assert caveats.is_example("示范村") == ""


def test_a_note_on_how_to_report_denies_no_progress() -> None:
    assert caveats.denies_progress("无进展也要零报告") == ""
    assert caveats.denies_progress("数据同上周") == "数据同上周"
    assert caveats.holds_unfinished("完成数含在建") == "完成数含在建"
    assert caveats.holds_unfinished("完成数不含在建") == ""


@pytest.mark.parametrize(
    "text",
    [
        "5月12日",
        "包场镇",
        "盐河村",
        "见上",
        "待补充",
        "无异常",
        "已上报",
        "预计超额3座",
        "",
        "无",
        "—",
        "/",
        "0",
        "同上",
        "正常",
        "#VALUE!",
        "［图片］",
        "见附件",
        "已完成",
        "170",
        "。",
    ],
)
def test_a_remark_that_says_nothing_explains_nothing(text: str) -> None:
    assert not caveats.explains(text)


@pytest.mark.parametrize("text", ["群众自愿新增3座", "超额完成", "并村后划入", "无人户核减"])
def test_a_reason_explains(text: str) -> None:
    assert caveats.explains(text)
