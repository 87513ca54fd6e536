"""One cell at a time: what is a number, and what is told instead."""

import pytest

from pipeline.intake import numerals
from pipeline.intake.numerals import Context, Reading
from pipeline.intake.reading.book import BLANK, CELL_TEXT, DATE, ERROR, NUMBER, PERCENT, SHOWN, UNCALCULATED
from pipeline.records import State

BESIDE = Context("5月5日", target=50, previous=3)
ASK = "请填截至5月5日的累计完成数"


def read(raw: str, beside: Context = BESIDE) -> Reading:
    return numerals.read(raw, CELL_TEXT, beside)


def told(reading: Reading) -> tuple[str, int | None, str, str]:
    """State, value, rule, and the words with what is asked."""
    return reading.state, reading.value, str(reading.rule), str(reading.said)


@pytest.mark.parametrize(
    ("raw", "value"),
    [("0", 0), ("56", 56), ("５６", 56), (" 56 ", 56), ("56座", 56), ("56 户", 56), ("1,200", 1200), ("1，200", 1200),
     ("1 015", 1015), ("56.0", 56), ("56.00000000000001", 56), ("55.99999999999999", 56), ("1.2E+3", 1200), ("5\u200b6", 56), ("\ufeff56\u00a0", 56), ("007", 7)],
)  # fmt: skip
def test_a_count_is_read_in_any_dress(raw: str, value: int) -> None:
    assert read(raw) == Reading(State.NUMBER, value)


@pytest.mark.parametrize(
    ("raw", "state"),
    [("", "blank"), ("—", "blank"), ("/", "blank"), ("无", "blank"), ("未开工", "not_started"), ("招标中", "not_started"),
     ("同上周", "unchanged"), ("无变化", "unchanged"), ("本周无进展", "unchanged")],
)  # fmt: skip
def test_words_that_stand_for_a_figure_have_their_own_state(raw: str, state: str) -> None:
    assert read(raw) == Reading(State(state))


@pytest.mark.parametrize(
    ("raw", "rule", "said"),
    [
        ("约50", "unreadable_figure", f"“约50”不是确数，{ASK}"),
        ("50左右", "unreadable_figure", f"“50左右”不是确数，{ASK}"),
        ("30多", "unreadable_figure", f"“30多”不是确数，{ASK}"),
        ("12①", "unreadable_figure", "数字带脚注标记，请去掉标记，只填截至5月5日的累计完成数"),
        ("12²", "unreadable_figure", "数字带脚注标记，请去掉标记，只填截至5月5日的累计完成数"),
        ("12注1", "unreadable_figure", "数字带脚注标记，请去掉标记，只填截至5月5日的累计完成数"),
        ("20～30", "unreadable_figure", f"“20～30”是区间，不是确数，{ASK}"),
        ("50%", "unreadable_figure", f"完成情况应填数量，不填比例，{ASK}"),
        ("0.35", "unreadable_figure", f"完成情况应填数量，不填比例，{ASK}"),
        ("+12", "unreadable_figure", "疑似只填本周新增；上周累计3，请改填累计数：若是本周新增，应填15"),
        ("本周新增5", "unreadable_figure", "疑似只填本周新增；上周累计3，请改填累计数：若是本周新增，应填8"),
        ("12+8", "unreadable_figure", "“12+8”是算式，请填合计后的数字：截至5月5日的累计完成数"),
        ("全部完成", "unreadable_figure", "“全部完成”不是数字，请填数字：截至5月5日的累计完成数（目标50）"),
        ("同上", "unreadable_figure", "“同上”不是数字，请填数字：截至5月5日的累计完成数"),
        ("5O", "unreadable_figure", f"含字母，疑为50，{ASK}"),
        ("l2", "unreadable_figure", f"含字母，疑为12，{ASK}"),
        ("O", "unreadable_figure", f"含字母，疑为0，{ASK}"),
        ("12户3座", "unreadable_figure", "“12户3座”一格内有多个数，请只填一个数：截至5月5日的累计完成数"),
        ("12\n345", "unreadable_figure", "“12\n345”一格内有多个数，请只填一个数：截至5月5日的累计完成数"),
        ("12万", "unreadable_figure", f"“12万”不是数字，{ASK}"),
        ("12月5日", "date_figure", "单元格是日期，请设为“文本/常规”后重填"),
        ("-3", "negative", "累计数不能为负，要核减的，请填核减后的累计数，并在备注写明原因"),
        ("12.5", "not_whole", f"实际值为12.5，座数应为整数，{ASK}"),
        ("99999999", "impossible_figure", f"数值99999999明显异常，{ASK}"),
        ("一百二", "unreadable_figure", "“一百二”可指120，也可能是102，请改用阿拉伯数字填截至5月5日的累计完成数"),
        ("二百五座", "unreadable_figure", "“二百五座”可指250，也可能是205，请改用阿拉伯数字填截至5月5日的累计完成数"),
        ("三千六", "unreadable_figure", "“三千六”可指3600，也可能是3006，请改用阿拉伯数字填截至5月5日的累计完成数"),
        ("五百二十三百", "unreadable_figure", f"“五百二十三百”无法识别为座数，{ASK}"),
        ("91人", "unreadable_figure", f"“91人”无法识别为座数，{ASK}"),
        ("91百座", "unreadable_figure", f"“91百座”无法识别为座数，{ASK}"),
        ("若干", "unreadable_figure", f"“若干”无法识别为座数，{ASK}"),
    ],
)
def test_what_is_no_count_is_told_and_never_guessed(raw: str, rule: str, said: str) -> None:
    assert told(read(raw)) == ("unreadable", None, rule, said)


@pytest.mark.parametrize(
    ("raw", "value", "said"),
    [
        ("12/50", 12, "“12/50”中50为目标数，按12采用"),
        ("15（含上周3）", 15, "“15（含上周3）”与上次累计3勾稽一致，按15采用"),
        ("15(本周12)", 15, "“15(本周12)”与上次累计3勾稽一致，按15采用"),
        ("十二", 12, "中文数字“十二”按12采用"),
    ],
)
def test_what_agrees_with_the_target_or_last_time_is_read_and_told(raw: str, value: int, said: str) -> None:
    assert told(read(raw)) == ("number", value, "read_in_context", said)


@pytest.mark.parametrize("raw", ["12/40", "15（含上周4）", "15(本周11)", "12(整改3)"])
def test_what_does_not_agree_goes_back(raw: str) -> None:
    assert read(raw).state == "unreadable"
    assert read(raw, Context("5月5日")).state == "unreadable"


@pytest.mark.parametrize(
    ("text", "value"),
    [("〇", 0), ("五", 5), ("十", 10), ("十二", 12), ("二十", 20), ("九十九", 99), ("一百二十", 120), ("一百零五", 105),
     ("两千三百", 2300), ("一百零二", 102), ("一千零二十", 1020), ("一千零二", 1002), ("一百一十二", 112), ("一十二", 12),
     ("两", 2), ("两百", 200), ("一百〇五", 105), ("九千九百九十九", 9999), ("一百二", None), ("二百五", None), ("三千六", None),
     ("一千二十", None), ("一千零二百", None), ("一百零二十", None), ("一百零", None), ("零五", None), ("十两", None),
     ("二十两", None), ("两十", None), ("一千零零五", None), ("一二〇", None), ("百十", None), ("二零", None), ("十百", None), ("一百五五", None)],
)  # fmt: skip
def test_chinese_numerals_are_read_by_the_rules_or_not_at_all(text: str, value: int | None) -> None:
    assert numerals.chinese(text) == value


@pytest.mark.parametrize(
    ("type", "rule"),
    [(ERROR, "error_figure"), (DATE, "date_figure"), (UNCALCULATED, "uncalculated_formula"), (PERCENT, "unreadable_figure")],
)  # fmt: skip
def test_the_type_of_a_cell_can_make_its_text_unusable(type: str, rule: str) -> None:
    reading = numerals.read("12", type, BESIDE)
    assert (reading.state, reading.value, str(reading.rule)) == ("unreadable", None, rule)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("91%", f"完成情况应填数量，不填比例，{ASK}"),
        ("约91", f"“约91”不是确数，{ASK}"),
        ("91-100", f"“91-100”是区间，不是确数，{ASK}"),
        ("已完成", "“已完成”不是数字，请填数字：截至5月5日的累计完成数（目标50）"),
        ("91万", f"“91万”不是数字，{ASK}"),
        ("91人", "单元格显示为“91人”，与实际存的数不同，请把数字格式改为“常规”，再填截至5月5日的累计完成数"),
        ("910", "单元格显示为“910”，与实际存的数不同，请把数字格式改为“常规”，再填截至5月5日的累计完成数"),
        ("0.9", "单元格显示为“0.9”，与实际存的数不同，请把数字格式改为“常规”，再填截至5月5日的累计完成数"),
        ("-", "单元格显示为“-”，与实际存的数不同，请把数字格式改为“常规”，再填截至5月5日的累计完成数"),
        ("12/50", "“12/50”一格内有多个数，请只填一个数：截至5月5日的累计完成数"),
        ("未开工", "单元格显示为“未开工”，与实际存的数不同，请把数字格式改为“常规”，再填截至5月5日的累计完成数"),
    ],
)
def test_what_a_format_shows_is_judged_and_never_taken_for_the_figure(raw: str, said: str) -> None:
    assert told(numerals.read(raw, SHOWN, BESIDE)) == ("unreadable", None, "unreadable_figure", said)


def test_zero_is_a_number_and_nothing_is_not() -> None:
    assert numerals.read("0", NUMBER, BESIDE) == Reading(State.NUMBER, 0)
    assert numerals.read("", BLANK, BESIDE) == Reading(State.BLANK)


def test_a_text_without_end_is_no_figure() -> None:
    for text in ("9" * 5_000 + "/50", "9" * 5_000 + "l", "九" * 5_000):
        assert told(read(text)) == ("unreadable", None, "unreadable_figure", f"“{text}”无法识别为座数，{ASK}")
