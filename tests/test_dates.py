"""Which week a text speaks of."""

import datetime as dt

import pytest

from pipeline.intake.form.dates import Period, dates_in, weeks_in

WEEK_5 = Period(dt.date(2023, 5, 5), 5)


@pytest.mark.parametrize(
    "text",
    ["5.5", "0505", "5月5日", "20230505", "2023-05-05", "2023.5.5", "2023年5月5日", "4.29-5.5", "4月29日—5月5日", "第五周", "第5周",
     "五月五日", "二〇二三年五月五日", "5月份第2周", "包场镇5.4", "包场镇 5月6日补报", "包场镇v2", "包场镇(1)", "海乡振〔2023〕4号", "13.45"],
)  # fmt: skip
def test_this_week_in_any_writing_is_no_other_week(text: str) -> None:
    assert WEEK_5.speaks_of_another(text) == ""


@pytest.mark.parametrize(
    ("text", "other"),
    [("4.28", "4.28"), ("0428", "0428"), ("4月28日", "4月28日"), ("20230428", "20230428"), ("4.22-4.28", "4.28"), ("第四周", "第四周"),
     ("第12周", "第12周"), ("2022年5月5日", "2022年5月5日"), ("四月二十八日", "4月28日"), ("二零二三年四月二十八日", "2023年4月28日"), ("5.12", "5.12")],
)  # fmt: skip
def test_another_week_is_named_as_written(text: str, other: str) -> None:
    assert WEEK_5.speaks_of_another(text) == other


def test_numbers_that_are_no_dates_are_left_alone() -> None:
    assert dates_in("共1015户，电话0513-82212345，占12.5%", 2023) == []
    assert weeks_in("第二十一周 第十周 第2期") == [(21, "第二十一周"), (10, "第十周")]


def test_a_tab_is_this_weeks_only_if_it_names_its_closing_date_or_number() -> None:
    assert WEEK_5.is_named_in("5.5")
    assert WEEK_5.is_named_in("第5周")
    assert not WEEK_5.is_named_in("5.4")
    assert not WEEK_5.is_named_in("Sheet1")


def test_between_two_weeks_a_form_of_the_coming_one_speaks_of_no_other() -> None:
    """Tuesday 2 May: the week closes on 5 May, as its form says."""
    tuesday = Period(dt.date(2023, 5, 2), 5, ahead=6)
    assert [tuesday.speaks_of_another(text) for text in ("截至5月5日", "截至5月2日", "第5周", "第6周")] == [""] * 4
    assert tuesday.speaks_of_another("截至5月12日") == "5月12日"
    assert tuesday.speaks_of_another("第4周") == "第4周"
    assert Period(dt.date(2023, 5, 2), 5).speaks_of_another("截至5月8日") == "5月8日"
