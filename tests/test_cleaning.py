"""One cell at a time: what is a number, and what is told instead."""

import pytest

from pipeline.cleaning import mask, number
from pipeline.reading import CELL_TEXT, DATE, ERROR, NUMBER, SHARED, UNCALCULATED
from pipeline.tables import TARGET


@pytest.mark.parametrize(
    ("raw", "value"),
    [("0", 0), ("56", 56), ("５６", 56), (" 56 ", 56), ("56座", 56), ("56 户", 56), ("1,200", 1200), ("1，200", 1200),
     ("56.0", 56), ("1.2E+3", 1200), ("5\u200b6".replace("\u200b", ""), 56), ("007", 7)],
)  # fmt: skip
def test_a_count_is_read_in_any_dress(raw: str, value: int) -> None:
    assert number(raw, CELL_TEXT) == ("number", value, None)


@pytest.mark.parametrize(
    ("raw", "state"),
    [("", "blank"), ("—", "blank"), ("/", "blank"), ("无", "blank"), ("未开工", "not_started"), ("同上周", "unchanged"),
     ("无变化", "unchanged")],
)  # fmt: skip
def test_words_that_stand_for_a_figure_have_their_own_state(raw: str, state: str) -> None:
    assert number(raw, CELL_TEXT) == (state, None, None)


@pytest.mark.parametrize(
    ("raw", "rule", "said"),
    [
        ("约50", "unreadable_figure", "“约50”不是确数，请填截至本周的累计完成数"),
        ("50左右", "unreadable_figure", "“50左右”不是确数，请填截至本周的累计完成数"),
        ("50多", "unreadable_figure", "“50多”不是确数，请填截至本周的累计完成数"),
        ("12①", "unreadable_figure", "数字带脚注标记，请去掉标记，请填截至本周的累计完成数"),
        ("12²", "unreadable_figure", "数字带脚注标记，请去掉标记，请填截至本周的累计完成数"),
        ("50-60", "unreadable_figure", "请填确数，不填区间，请填截至本周的累计完成数"),
        ("50%", "unreadable_figure", "完成情况应填数量，不填比例，请填截至本周的累计完成数"),
        ("0.35", "unreadable_figure", "完成情况应填数量，不填比例，请填截至本周的累计完成数"),
        ("+5", "unreadable_figure", "疑似只填本周新增，请填截至本周的累计完成数"),
        ("本周新增5", "unreadable_figure", "疑似只填本周新增，请填截至本周的累计完成数"),
        ("12+8", "unreadable_figure", "请填合计后的数字，请填截至本周的累计完成数"),
        ("全部完成", "unreadable_figure", "请填数字，请填截至本周的累计完成数"),
        ("5O", "unreadable_figure", "含字母，请改成数字，请填截至本周的累计完成数"),
        ("五十", "unreadable_figure", "“五十”无法识别为座数，请填截至本周的累计完成数"),
        ("-3", "negative", "累计数不能为负；核减请在备注说明并走更正流程"),
        ("12.5", "not_whole", "座数应为整数，请填截至本周的累计完成数"),
        ("99999999", "impossible_figure", "数值 99999999 明显异常，请填截至本周的累计完成数"),
    ],
)
def test_what_is_no_count_is_told_and_never_guessed(raw: str, rule: str, said: str) -> None:
    assert number(raw, CELL_TEXT) == ("unreadable", None, (rule, said))


@pytest.mark.parametrize(
    ("type", "rule"),
    [(ERROR, "error_figure"), (DATE, "date_figure"), (UNCALCULATED, "uncalculated_formula"), (SHARED, "merged_figure")],
)
def test_the_type_of_a_cell_can_make_its_text_unusable(type: str, rule: str) -> None:
    state, value, reason = number("45047", type)
    assert (state, value) == ("unreadable", None)
    assert reason is not None
    assert reason[0] == rule


def test_the_same_as_last_week_is_no_answer_for_a_target() -> None:
    assert number("同上周", CELL_TEXT, TARGET)[0] == "unreadable"


def test_zero_is_a_number() -> None:
    assert number("0", NUMBER) == ("number", 0, None)


@pytest.mark.parametrize(
    ("text", "masked"),
    [("联系人张三13800001234", "联系人张三138****1234"), ("138 0000 1234", "138****1234"), ("138-0000-1234", "138****1234"),
     ("+8613800001234", "+86****1234"), ("１３８００００１２３４", "１３８****１２３４"), ("0513-82212345。", "051****2345。"),
     ("320684 19900101 1234", "320****1234"), ("身份证320684199001011234", "身份证320****1234"),
     ("目标1234567", "目标1234567"), ("编号138000012345", "编号138000012345")],
)  # fmt: skip
def test_phone_and_id_numbers_are_hidden_and_other_numbers_are_not(text: str, masked: str) -> None:
    assert mask(text) == masked
