"""Words beside a figure: which take it back, which leave it open, which are ordinary talk."""

import pytest

from pipeline import caveats


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("以上为预计数", "以上为预计数"), ("其中含2022年结转15座", "其中含2022年结转15座"), ("含下周计划5座", "含下周计划5座"), ("填错了，下周更正", "填错了"),
        ("为全镇数", "为全镇数"), ("本表作废", "本表作废"), ("上述数据有误", "上述数据有误"),
    ],
)  # fmt: skip
def test_what_takes_a_figure_back_is_named(text: str, words: str) -> None:
    assert caveats.disowns(text, 2023) == words


@pytest.mark.parametrize(
    "text",
    [
        "预计6月底完工", "按计划推进", "因阴雨天气进度较慢", "群众自愿新增3座", "不含计划数", "如填错请更正", "请勿填预计数", "系无人户拆除后重建",
        "2023年度新建100", "户主外出，暂缓", "",
    ],
)  # fmt: skip
def test_ordinary_talk_takes_nothing_back(text: str) -> None:
    assert (caveats.disowns(text, 2023), caveats.is_provisional(text)) == ("", "")


def test_what_may_still_change_is_told_apart_from_what_is_planned() -> None:
    assert caveats.is_provisional("数据待核实") == "数据待核实"
    assert caveats.is_provisional("初稿，以区核定为准") == "初稿"
    assert caveats.forecasts("预计6月底完工") == "预计6月底完工"
    assert caveats.denies_progress("因下雨，本周无进展") == "本周无进展"


@pytest.mark.parametrize(
    "text", ["", "无", "—", "/", "0", "同上", "正常", "#VALUE!", "［图片］", "见附件", "已完成", "170", "。"]
)
def test_a_remark_that_says_nothing_explains_nothing(text: str) -> None:
    assert not caveats.explains(text)


@pytest.mark.parametrize("text", ["群众自愿新增3座", "超额完成", "并村后划入", "无人户核减"])
def test_a_reason_explains(text: str) -> None:
    assert caveats.explains(text)
