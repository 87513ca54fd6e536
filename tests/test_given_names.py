"""What the name of a tab or a file says of the table in it."""

import datetime as dt

import pytest

from pipeline.intake.form import given_names
from pipeline.intake.form.dates import Period

WEEK_5 = Period(dt.date(2023, 5, 5), 5)


@pytest.mark.parametrize("name", ["甲镇作废", "预计数", "示例", "6月计划", "户厕计划表", "上周", "去年"])
def test_a_file_can_say_that_it_is_no_report_of_this_week(name: str) -> None:
    assert given_names.disowned(name, WEEK_5)


@pytest.mark.parametrize(
    "name",
    [
        "甲镇5.5",
        "2023年度计划任务每周进展",
        "户厕改造计划完成情况",
        "5.5上周四填",
        "甲镇进展情况汇总表",
        "甲镇（1）",
        "副本",
    ],
)
def test_an_ordinary_name_says_nothing(name: str) -> None:
    assert (given_names.disowned(name, WEEK_5), given_names.draft(name)) == ("", "")


def test_a_draft_and_another_month_or_year_are_told() -> None:
    assert given_names.draft("甲镇初稿5.5") == "初稿"
    assert (given_names.draft_tab("模板"), given_names.draft("模板")) == ("模板", "")
    assert given_names.other_time("4月份", WEEK_5) == "4月份"
    assert given_names.other_time("5月", WEEK_5) == given_names.other_time("4月30日至5月5日", WEEK_5) == ""
    assert given_names.other_time("2022年", WEEK_5) == "2022年"
