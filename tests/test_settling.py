"""What counts: reported, corrected, carried, missing; and what decisions settle."""

import pytest

from tests.helpers import PROGRAMME, Office, lines, only

FIRST, SECOND, THIRD = "2023-04-07", "2023-04-14", "2023-04-21"
EAST_WEST = {"东河村": (28, 15), "西河村": (8, 0)}
SOUTH = {"南山村": (20, 8)}
BY = "reason: 电话核实, by: 张三, date: 2023-04-14"


@pytest.fixture
def second_week(office: Office) -> Office:
    office.week(FIRST)
    office.send(FIRST, "甲镇 4.7.xlsx", {"东河村": (20, 10), "西河村": (4, 0)})
    office.send(FIRST, "乙镇 4.7.xlsx", {"南山村": (10, 4)})
    office.archive(FIRST)
    office.week(SECOND)
    office.send(SECOND, "乙镇.xlsx", SOUTH)
    return office


def east(office: Office) -> str:
    """东河村 新建 of the second week: done, added, status, cell, text."""
    return lines(office.compute(SECOND).progress, "done", "added", "status", "cell", "raw")[0]


def decide(office: Office, decision: str) -> None:
    office.week(SECOND, f"  - {{{decision}, {BY}}}\n")


def messages(office: Office, rule: str) -> list[str]:
    found = office.compute(SECOND).findings
    return lines(only(found, rule=rule), "level", "message")


def test_a_good_figure_is_reported_with_its_cell(second_week: Office) -> None:
    second_week.send(SECOND, "甲镇.xlsx", EAST_WEST)
    assert east(second_week) == "28 8 reported E4 28"


def test_an_unreadable_figure_costs_itself_only_and_the_last_one_is_carried(second_week: Office) -> None:
    second_week.send(SECOND, "甲镇.xlsx", {**EAST_WEST, "东河村": ("约28", 15)})
    result = second_week.compute(SECOND)
    assert lines(result.progress, "village", "kind", "done", "added", "status", "cell")[:3] == [
        "东河村 新建 20 - carried -", "东河村 整改 15 5 reported F4", "西河村 新建 8 4 reported E5",
    ]  # fmt: skip
    assert not result.is_final


def test_without_an_earlier_figure_it_is_missing_and_never_zero(office: Office) -> None:
    office.week(FIRST)
    office.send(FIRST, "甲镇.xlsx", {"东河村": ("约28", 15), "西河村": (8, 0)})
    office.send(FIRST, "乙镇.xlsx", SOUTH)
    result = office.compute(FIRST)
    assert lines(result.progress, "done", "added", "status")[0] == "- - missing"
    whole = only(result.completion, scope="district")
    assert lines(whole, "kind", "done", "remaining", "rate", "gap") == [
        "新建 28 - - -",
        "整改 23 107 0.1769 13.86",
        "合计 51 - - -",
    ]


def test_nothing_is_carried_where_the_programme_says_so(second_week: Office) -> None:
    (second_week.root / "params/2023.yaml").write_text(PROGRAMME + "carry: false\n", encoding="utf-8")
    assert east(second_week) == "- - missing - -"


def test_a_correction_counts_while_the_cell_says_what_it_names(second_week: Office) -> None:
    second_week.send(SECOND, "甲镇.xlsx", {**EAST_WEST, "东河村": ("约28", 15)})
    decide(second_week, "do: correct, town: 甲镇, village: 东河村, kind: 新建, was: 约28, now: 27")
    assert east(second_week) == "27 7 corrected E4 约28"
    assert messages(second_week, "unreadable_figure") == [
        "note 甲镇《甲镇.xlsx》Sheet!E4“约28”：“约28”不是确数，请填截至4月14日的累计完成数【按决定计 27（张三 2023-04-14：电话核实）】"
    ]
    assert second_week.compute(SECOND).is_final


def test_a_correction_of_what_is_no_longer_there_is_stale(second_week: Office) -> None:
    second_week.send(SECOND, "甲镇.xlsx", EAST_WEST)
    decide(second_week, "do: correct, town: 甲镇, village: 东河村, kind: 新建, was: 约28, now: 27")
    assert east(second_week) == "20 - carried - -"
    assert messages(second_week, "stale_decision") == [
        "hold 甲镇《甲镇.xlsx》Sheet!E4“28”：决定“更正 东河村 新建”（张三 2023-04-14：电话核实）未执行："
        "决定所指原文是“约28”，现在表内是“28”。请核对后修改或删去这条决定"
    ]


def test_a_figure_by_telephone_counts_where_none_came(second_week: Office) -> None:
    decide(second_week, "do: enter, town: 甲镇, village: 东河村, kind: 新建, now: 31")
    assert east(second_week) == "31 11 corrected - -"
    assert messages(second_week, "entered_figure") == ["note 甲镇：按决定录入 31（张三 2023-04-14：电话核实）"]
    assert [line.split()[0] for line in messages(second_week, "missing_town")] == ["query"]


def test_a_figure_by_telephone_never_replaces_a_good_one(second_week: Office) -> None:
    second_week.send(SECOND, "甲镇.xlsx", EAST_WEST)
    decide(second_week, "do: enter, town: 甲镇, village: 东河村, kind: 新建, now: 31")
    assert east(second_week) == "20 - carried - -"
    assert [line.partition("未执行：")[2] for line in messages(second_week, "stale_decision")] == [
        "镇里已报送 28。请核对后修改或删去这条决定"
    ]


def test_all_figures_of_a_town_by_telephone_settle_that_it_is_missing(second_week: Office) -> None:
    entered = [("东河村", "新建", 28), ("东河村", "整改", 15), ("西河村", "新建", 8), ("西河村", "整改", 0)]
    listed = "".join(
        f"  - {{do: enter, town: 甲镇, village: {village}, kind: {kind}, now: {now}, {BY}}}\n"
        for village, kind, now in entered
    )
    second_week.week(SECOND, listed)
    result = second_week.compute(SECOND)
    assert lines(result.progress, "done", "status")[:4] == [
        "28 corrected",
        "15 corrected",
        "8 corrected",
        "0 corrected",
    ]
    assert result.is_final


def test_accepting_a_missing_town_makes_the_week_final_with_carried_figures(second_week: Office) -> None:
    assert not second_week.compute(SECOND).is_final
    decide(second_week, "do: accept, town: 甲镇, rule: missing_town")
    result = second_week.compute(SECOND)
    assert result.is_final
    assert lines(result.progress, "done", "status")[:2] == ["20 carried", "10 carried"]


def test_accepting_a_fall_lets_the_figure_stand(second_week: Office) -> None:
    second_week.send(SECOND, "甲镇.xlsx", {**EAST_WEST, "东河村": (19, 15)})
    assert east(second_week) == "20 - carried - -"
    decide(second_week, 'do: accept, town: 甲镇, village: 东河村, kind: 新建, rule: fell, was: "19"')
    assert east(second_week) == "19 -1 reported E4 19"
    assert second_week.compute(SECOND).is_final


def test_an_acceptance_of_another_text_is_stale(second_week: Office) -> None:
    second_week.send(SECOND, "甲镇.xlsx", {**EAST_WEST, "东河村": (18, 15)})
    decide(second_week, 'do: accept, town: 甲镇, village: 东河村, kind: 新建, rule: fell, was: "19"')
    assert east(second_week) == "20 - carried - -"
    assert [line.partition("未执行：")[2] for line in messages(second_week, "stale_decision")] == [
        "本周没有这样的问题，或单元格内容已变。请核对后修改或删去这条决定"
    ]


def test_what_a_decision_says_is_checked_too_but_only_asked_about(second_week: Office) -> None:
    second_week.send(SECOND, "甲镇.xlsx", {**EAST_WEST, "东河村": ("约108", 15)})
    decide(second_week, "do: correct, town: 甲镇, village: 东河村, kind: 新建, was: 约108, now: 108")
    assert east(second_week).startswith("108 88 corrected")
    assert [line.split()[0] for line in messages(second_week, "over_target")] == ["query"]


def test_growth_after_a_gap_is_against_the_last_accepted_week(second_week: Office) -> None:
    """甲镇 misses the second week; in the third its growth is that of two weeks."""
    second_week.archive(SECOND)
    second_week.week(THIRD)
    second_week.send(THIRD, "甲镇.xlsx", EAST_WEST)
    second_week.send(THIRD, "乙镇.xlsx", {"南山村": (25, 10)})
    result = second_week.compute(THIRD)
    assert lines(result.progress, "village", "kind", "done", "added")[:1] == ["东河村 新建 28 8"]
    before = second_week.compute(SECOND).progress
    assert lines(before, "done", "added", "status")[:1] == ["20 - carried"]


def test_a_changed_target_holds_from_its_day_on(second_week: Office) -> None:
    changed = PROGRAMME + (
        "target_changes:\n  - {town: 甲镇, village: 东河村, kind: 新建, target: 90, from: 2023-04-14,"
        " document: 示例〔2023〕7号, reason: 无人户核减}\n"
    )
    (second_week.root / "params/2023.yaml").write_text(changed, encoding="utf-8")
    assert second_week.compute(FIRST).progress[0].target == 100
    assert second_week.compute(SECOND).progress[0].target == 90


def test_villages_of_the_same_name_in_two_towns_are_two_villages(office: Office) -> None:
    text = PROGRAMME.replace("name: 南山村", "name: 东河村")
    (office.root / "params/2023.yaml").write_text(text, encoding="utf-8")
    office.week(FIRST)
    office.send(FIRST, "甲镇.xlsx", EAST_WEST)
    path = office.send(FIRST, "乙镇.xlsx", {"南山村": (50, 25)})
    office.edit(path, B4="东河村")
    assert lines(office.compute(FIRST).progress, "town", "village", "done") == [
        "甲镇 东河村 28", "甲镇 东河村 15", "甲镇 西河村 8", "甲镇 西河村 0", "乙镇 东河村 50", "乙镇 东河村 25",
    ]  # fmt: skip


def test_a_misspelt_row_may_be_left_out_by_decision(second_week: Office) -> None:
    path = second_week.send(SECOND, "甲镇.xlsx", EAST_WEST)
    second_week.edit(path, B4="东湖村")
    entered = "".join(
        f"  - {{do: enter, town: 甲镇, village: 东河村, kind: {kind}, now: {now}, {BY}}}\n"
        for kind, now in (("新建", 28), ("整改", 15))
    )
    second_week.week(SECOND, entered)
    assert not second_week.compute(SECOND).is_final
    second_week.week(SECOND, f"{entered}  - {{do: accept, town: 甲镇, rule: misspelt_village, {BY}}}\n")
    assert second_week.compute(SECOND).is_final
    assert east(second_week).startswith("28 8 corrected")


def test_an_acceptance_does_not_hide_a_correction(second_week: Office) -> None:
    second_week.send(SECOND, "甲镇.xlsx", {**EAST_WEST, "东河村": (19, 15)})
    second_week.week(
        SECOND,
        f"  - {{do: correct, town: 甲镇, village: 东河村, kind: 新建, was: 19, now: 29, {BY}}}\n"
        f"  - {{do: accept, town: 甲镇, village: 东河村, kind: 新建, rule: fell, {BY}}}\n",
    )
    assert messages(second_week, "fell")[0].endswith("【按决定计 29（张三 2023-04-14：电话核实）】")
    assert len(messages(second_week, "stale_decision")) == 1


def test_a_renamed_village_keeps_its_history(second_week: Office) -> None:
    text = PROGRAMME.replace("{name: 东河村, tier: 省级, ", "{name: 新河村, tier: 省级, aliases: [东河村], ")
    (second_week.root / "params/2023.yaml").write_text(text, encoding="utf-8")
    second_week.send(SECOND, "甲镇.xlsx", EAST_WEST)
    assert lines(second_week.compute(SECOND).progress, "village", "done", "added")[0] == "新河村 28 8"


def test_a_village_that_joins_later_has_no_growth_in_its_first_week(second_week: Office) -> None:
    text = PROGRAMME.replace(
        "  丙镇: {villages: []}", "  丙镇: {villages: [{name: 北村, tier: 省级, new_build: 9, renovation: 9}]}"
    )
    (second_week.root / "params/2023.yaml").write_text(text, encoding="utf-8")
    path = second_week.send(SECOND, "丙镇.xlsx", {"北村": (5, 4)})
    second_week.edit(path, A4="丙镇")
    assert lines(second_week.compute(SECOND).progress, "village", "done", "added")[-2:] == ["北村 5 -", "北村 4 -"]


def test_last_years_records_are_no_history_of_this_year(second_week: Office) -> None:
    text = PROGRAMME.replace("2023-04-01", "2024-04-01").replace("2023-09-30", "2024-09-30")
    (second_week.root / "params/2024.yaml").write_text(text, encoding="utf-8")
    second_week.week("2024-04-05")
    week = second_week.root / "params/2024-04-05.yaml"
    week.write_text(week.read_text(encoding="utf-8").replace("params/2023.yaml", "params/2024.yaml"), encoding="utf-8")
    second_week.archive(SECOND)
    result = second_week.compute("2024-04-05")
    assert lines(result.progress, "done", "status") == ["- missing"] * 6
    assert {row.week for row in result.reporting} == {"2024-04-05"}


def test_a_week_before_the_schedule_begins_disturbs_no_pace(office: Office) -> None:
    """31 March is the day before the first: figures of then are the start, not a point of the pace."""
    office.week("2023-03-31")
    office.send("2023-03-31", "甲镇.xlsx", {"东河村": (2, 0), "西河村": (0, 0)})
    office.archive("2023-03-31")
    office.week(FIRST)
    office.send(FIRST, "甲镇.xlsx", {"东河村": (9, 7), "西河村": (0, 0)})
    frame = office.compute(FIRST).completion
    assert lines(only(frame, village="东河村"), "kind", "achieved_per_week") == [
        "新建 9.0",
        "整改 7.0",
        "合计 16.0",
    ]
