"""Every measure with an example worked by hand."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.judging import completion
from pipeline.params import Programme
from pipeline.records import KINDS, PROGRESS, Completion
from tests import cases
from tests.helpers import day, lines, only, programme, table

ONE_VILLAGE = """\
title: 示例
office: 示例
document: 示例
schedule: {start: 2023-04-01, end: 2023-09-30}
towns:
  甲镇: {villages: [{name: 东河村, tier: 省级, new_build: NEW, renovation: OLD}]}
"""


def measured(
    of: Programme, progress: str, week: str = "2023-05-05", earlier: Sequence[Completion] = ()
) -> list[Completion]:
    return completion.measure(table(PROGRESS, progress, week=week), earlier, of, day(week))


def one_village(tmp_path: Path, new: int, old: int) -> Programme:
    return programme(tmp_path, ONE_VILLAGE.replace("NEW", str(new)).replace("OLD", str(old)))


@pytest.mark.parametrize(
    ("date", "share"),
    [("2023-04-07", "3.83"), ("2023-05-05", "19.13"), ("2023-06-30", "49.73"), ("2023-09-22", "95.63"),
     ("2023-03-31", "0.00"), ("2023-09-30", "100.00"), ("2023-10-27", "100.00")],
)  # fmt: skip
def test_expected_is_elapsed_days_over_all_days(tmp_path: Path, date: str, share: str) -> None:
    expected = programme(tmp_path).schedule.expected(day(date))
    assert f"{expected * 100:.2f}" == share


def test_milestones_bend_the_line(tmp_path: Path) -> None:
    text = ONE_VILLAGE.replace("end: 2023-09-30}", "end: 2023-09-30, milestones: {2023-06-30: 0.45}}")
    schedule = programme(tmp_path, text.replace("NEW", "1").replace("OLD", "1")).schedule
    assert schedule.expected(day("2023-06-30")) == Decimal("0.45")
    assert schedule.expected(day("2023-08-15")) == Decimal("0.725")  # 46 of 92 days: halfway from 45 % to 100 %


@pytest.mark.parametrize(
    ("done", "target", "rate"),
    [(40926, 41000, "0.9982"), (9804, 14000, "0.7003"), (99996, 100000, "0.9999"), (99999, 100000, "0.9999"),
     (1, 8, "0.1250"), (5, 10000, "0.0005"), (15, 100000, "0.0002"), (110, 100, "1.1000"), (100, 100, "1.0000")],
)  # fmt: skip
def test_a_rate_is_rounded_half_up_but_never_up_to_one(done: int, target: int, rate: str) -> None:
    assert completion.share(done, target) == Decimal(rate)


def test_what_a_village_row_says(tmp_path: Path) -> None:
    """100 of 200 on 5 May: expected 35/183 = 19.13 %; 148 days are left: 100 ÷ (148 ÷ 7) = 4.73 a week."""
    rows = measured(
        one_village(tmp_path, 200, 0),
        """
        town | village | tier | kind | target | done | added | status
        甲镇 | 东河村 | 省级 | 新建 | 200 | 100 | 20 | reported
        甲镇 | 东河村 | 省级 | 整改 | 0 | 0 | 0 | reported
        """,
    )
    shown = lines(
        rows, "scope", "kind", "target", "done", "added", "remaining", "rate", "expected", "gap", "needed_per_week",
        "rank", "light",
    )  # fmt: skip
    assert shown == [
        "village 新建 200 100 20 100 0.5000 0.1913 30.87 4.7 - 超序时",
        "village 整改 0 0 0 0 - - - - - -",
        "village 合计 200 100 20 100 0.5000 0.1913 30.87 4.7 - 超序时",
        "town 新建 200 100 20 100 0.5000 0.1913 30.87 4.7 - 超序时",
        "town 整改 0 0 0 0 - - - - - -",
        "town 合计 200 100 20 100 0.5000 0.1913 30.87 4.7 1 超序时",
        "district 新建 200 100 20 100 0.5000 0.1913 30.87 4.7 - 超序时",
        "district 整改 0 0 0 0 - - - - - -",
        "district 合计 200 100 20 100 0.5000 0.1913 30.87 4.7 - 超序时",
    ]


@pytest.mark.parametrize(
    ("done", "light"),
    [(0, "未开工"), (912, "严重滞后"), (913, "慢序时"), (1812, "慢序时"), (1813, "按序时"), (1913, "按序时"),
     (2013, "按序时"), (2014, "超序时"), (9999, "超序时"), (10000, "已完成"), (10001, "已完成")],
)  # fmt: skip
def test_the_light_is_decided_on_the_printed_gap(tmp_path: Path, done: int, light: str) -> None:
    """Of 10,000 on 5 May (19.13 % due): −10.00 is not far behind, −10.01 is not reached; ±1.00 is on schedule."""
    rows = measured(
        one_village(tmp_path, 10000, 0),
        f"""
        town | village | tier | kind | target | done | status
        甲镇 | 东河村 | 省级 | 新建 | 10000 | {done} | reported
        甲镇 | 东河村 | 省级 | 整改 | 0 | 0 | reported
        """,
    )
    assert rows[0].light == light


THREE_TOWNS = """\
title: 示例
office: 示例
document: 示例
schedule: {start: 2023-04-01, end: 2023-09-30}
towns:
  甲镇: {villages: [{name: 东村, tier: 省级, new_build: 100, renovation: 0}]}
  乙镇: {villages: [{name: 西村, tier: 省级, new_build: 50, renovation: 50}]}
  丙镇: {villages: [{name: 南村, tier: 省级, new_build: 0, renovation: 100}]}
  丁镇: {villages: [{name: 北村, tier: 省级, new_build: 100, renovation: 0}]}
"""


def four_towns(east: str, west: tuple[int, int], south: int, north: int) -> str:
    return f"""
        town | village | tier | kind | target | done | status
        甲镇 | 东村 | 省级 | 新建 | 100 | {east}
        甲镇 | 东村 | 省级 | 整改 | 0 | 0 | reported
        乙镇 | 西村 | 省级 | 新建 | 50 | {west[0]} | reported
        乙镇 | 西村 | 省级 | 整改 | 50 | {west[1]} | reported
        丙镇 | 南村 | 省级 | 新建 | 0 | 0 | reported
        丙镇 | 南村 | 省级 | 整改 | 100 | {south} | reported
        丁镇 | 北村 | 省级 | 新建 | 100 | {north} | reported
        丁镇 | 北村 | 省级 | 整改 | 0 | 0 | reported
        """


def ranks(rows: Sequence[Completion]) -> list[str]:
    return lines(only(rows, scope="town", kind="合计"), "town", "rank", "light")


def test_equal_rates_share_a_rank_and_the_next_is_skipped(tmp_path: Path) -> None:
    rows = measured(programme(tmp_path, THREE_TOWNS), four_towns("30 | reported", (10, 20), 90, 10))
    assert ranks(rows) == ["甲镇 2 超序时", "乙镇 2 超序时", "丙镇 1 超序时", "丁镇 4 慢序时"]


def test_a_town_without_a_figure_of_this_week_is_not_ranked(tmp_path: Path) -> None:
    rows = measured(programme(tmp_path, THREE_TOWNS), four_towns("30 | carried", (10, 20), 90, 10))
    assert ranks(rows) == ["甲镇 - 未报", "乙镇 2 超序时", "丙镇 1 超序时", "丁镇 3 慢序时"]


def test_a_carried_figure_is_in_the_sums(tmp_path: Path) -> None:
    rows = measured(programme(tmp_path, THREE_TOWNS), four_towns("30 | carried", (10, 20), 90, 10))
    assert lines(only(rows, scope="district"), "kind", "done", "rate") == [
        "新建 50 0.2000", "整改 110 0.7333", "合计 160 0.4000",
    ]  # fmt: skip


def test_a_sum_with_a_missing_part_has_no_rate_gap_or_rank(tmp_path: Path) -> None:
    rows = measured(programme(tmp_path, THREE_TOWNS), four_towns(" | missing", (10, 20), 90, 10))
    assert lines(only(rows, scope="district"), "kind", "done", "remaining", "rate", "gap", "needed_per_week") == [
        "新建 20 - - - -", "整改 110 40 0.7333 54.20 1.9", "合计 130 - - - -",
    ]  # fmt: skip
    assert ranks(rows)[0] == "甲镇 - 未报"


def test_a_surplus_of_one_village_never_completes_a_town(tmp_path: Path) -> None:
    text = ONE_VILLAGE.replace(
        "[{name: 东河村, tier: 省级, new_build: NEW, renovation: OLD}]",
        "[{name: 东河村, tier: 省级, new_build: 100, renovation: 0}, {name: 西河村, tier: 省级, new_build: 100, renovation: 0}]",
    )
    rows = measured(
        programme(tmp_path, text),
        """
        town | village | tier | kind | target | done | status
        甲镇 | 东河村 | 省级 | 新建 | 100 | 110 | reported
        甲镇 | 东河村 | 省级 | 整改 | 0 | 0 | reported
        甲镇 | 西河村 | 省级 | 新建 | 100 | 95 | reported
        甲镇 | 西河村 | 省级 | 整改 | 0 | 0 | reported
        """,
    )
    town = only(rows, scope="town", kind="合计")
    assert lines(town, "done", "remaining", "rate", "light") == ["205 5 1.0250 超序时"]


# ---- pace ------------------------------------------------------------------------------------------------------


def season(of: Programme, done: dict[str, str]) -> list[Completion]:
    """completion of the last of these weeks, with the earlier ones as its history; "- carried" is no report."""
    earlier: list[Completion] = []
    for week, value in done.items():
        figure, _, status = value.partition(" ")
        text = f"""
            town | village | tier | kind | target | done | status
            甲镇 | 东河村 | 省级 | 新建 | 1000 | {figure} | {status or "reported"}
            甲镇 | 东河村 | 省级 | 整改 | 0 | 0 | {status or "reported"}
            """
        last = measured(of, text, week, earlier)
        earlier = [*earlier, *last]
    return last


@pytest.mark.parametrize(
    ("done", "pace"),
    [
        ({"2023-04-07": "14"}, "14.0"),  # from nothing on 31 March
        ({"2023-04-07": "10", "2023-04-14": "30"}, "15.0"),
        (
            {"2023-04-07": "10", "2023-04-14": "20", "2023-04-21": "40", "2023-04-28": "60", "2023-05-05": "90"},
            "20.0",  # (90 − 10) ÷ 4: the first week has left the window
        ),
        (
            {"2023-04-07": "10", "2023-04-14": "20", "2023-04-21": "20 carried", "2023-04-28": "50"},
            "12.5",  # 50 in four weeks: the missed week is spread over the gap
        ),
        ({"2023-04-28": "50"}, "-"),  # the records begin in week 4: nothing to compare with
        ({"2023-04-28": "50", "2023-05-05": "65"}, "15.0"),
    ],
)
def test_the_pace_is_the_mean_of_the_last_four_reports(tmp_path: Path, done: dict[str, str], pace: str) -> None:
    rows = season(one_village(tmp_path, 1000, 0), done)
    assert lines(rows[:1], "achieved_per_week") == [pace]


def test_a_week_before_the_start_has_no_pace(tmp_path: Path) -> None:
    rows = season(one_village(tmp_path, 1000, 0), {"2023-03-24": "10"})
    assert lines(rows[:1], "achieved_per_week") == ["-"]


def test_a_village_that_joins_with_work_done_does_not_speed_up_its_town(tmp_path: Path) -> None:
    """The pace of town and district begins anew with the new set of villages; that of the old village goes on."""
    alone = one_village(tmp_path, 1000, 0)
    text = ONE_VILLAGE.replace("]}", ", {name: 西河村, tier: 省级, new_build: 500, renovation: 0}]}")
    both = programme(tmp_path, text.replace("NEW", "1000").replace("OLD", "0"))
    season = [
        (alone, "2023-04-07", {"东河村": 10}, ["东河村 10.0", "- 10.0", "- 10.0"]),
        (alone, "2023-04-14", {"东河村": 20}, ["东河村 10.0", "- 10.0", "- 10.0"]),
        (both, "2023-04-21", {"东河村": 30, "西河村": 400}, ["东河村 10.0", "西河村 -", "- -", "- -"]),
        (both, "2023-04-28", {"东河村": 40, "西河村": 405}, ["东河村 10.0", "西河村 5.0", "- 15.0", "- 15.0"]),
        (alone, "2023-05-05", {"东河村": 50}, ["东河村 10.0", "- -", "- -"]),
    ]
    history: list[Completion] = []
    for of, week, done, paces in season:
        figures = {
            (village, kind): (n if kind == "新建" else 0, "reported") for village, n in done.items() for kind in KINDS
        }
        now = cases.measured(of, figures, week, earlier=history)
        assert lines(only(now, kind="合计"), "village", "achieved_per_week") == paces
        history = [*history, *now]


def test_after_the_end_nothing_is_needed_per_week(tmp_path: Path) -> None:
    rows = season(one_village(tmp_path, 1000, 0), {"2023-10-06": "900"})
    assert lines(rows[:1], "expected", "gap", "remaining", "needed_per_week", "light") == ["1.0000 -10.00 100 - 慢序时"]


def test_week_numbers_are_counted_from_the_start(tmp_path: Path) -> None:
    schedule = programme(tmp_path).schedule
    assert [schedule.week_number(dt.date(2023, 4, date)) for date in (1, 7, 8, 14, 28)] == [1, 1, 2, 2, 4]
