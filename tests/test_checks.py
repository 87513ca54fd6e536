"""Each rule on a real week: when it speaks, what it says to the cell, and when it is silent."""

import pytest

from tests.helpers import PROGRAMME, Office, lines, only

DAY, BEFORE = "2023-04-14", "2023-04-07"
SOUTH = {"南山村": (20, 8)}


def told(office: Office, done: dict[str, tuple[object, ...]], rule: str, **layout: object) -> list[str]:
    """What one rule says of 甲镇's week, after a first week with 20 and 10 in 东河村 and 4 in 西河村."""
    office.week(DAY)
    office.send(DAY, "甲镇.xlsx", done, **layout)
    office.send(DAY, "乙镇.xlsx", SOUTH)
    found = office.compute(DAY).findings
    return lines(only(found, rule=rule), "level", "message")


@pytest.fixture
def second_week(office: Office) -> Office:
    """An office whose first week is in the archive."""
    office.week(BEFORE)
    office.send(BEFORE, "甲镇 4.7.xlsx", {"东河村": (20, 10), "西河村": (4, 0)})
    office.send(BEFORE, "乙镇 4.7.xlsx", {"南山村": (10, 4)})
    office.archive(BEFORE)
    return office


def test_a_usual_week_has_no_finding(second_week: Office) -> None:
    second_week.week(DAY)
    second_week.send(DAY, "甲镇.xlsx", {"东河村": (28, 15), "西河村": (8, 0)})
    second_week.send(DAY, "乙镇.xlsx", SOUTH)
    assert not second_week.compute(DAY).findings


def test_over_target_without_a_word_waits_for_a_decision(second_week: Office) -> None:
    assert told(second_week, {"东河村": (101, 12), "西河村": (4, 0)}, "over_target") == [
        "hold 甲镇《甲镇.xlsx》Sheet!E4“101”：超目标1座（目标为100），请在备注说明；确认属实前沿用上次数"
    ]


def test_a_little_over_with_a_reason_counts(second_week: Office) -> None:
    assert told(second_week, {"东河村": (105, 12, "新增5户"), "西河村": (4, 0)}, "over_target") == [
        "query 甲镇《甲镇.xlsx》Sheet!E4“105”：超目标5座（目标为100），备注说明为“新增5户”，请核对"
    ]


def test_what_has_been_explained_is_not_asked_again_while_it_stands(office: Office) -> None:
    over = {"东河村": (105, 12, "新增5户"), "西河村": (4, 0)}
    office.week(BEFORE)
    office.send(BEFORE, "甲镇.xlsx", over)
    office.send(BEFORE, "乙镇.xlsx", {"南山村": (10, 4)})
    office.archive(BEFORE)
    assert told(office, over, "over_target") == [
        "note 甲镇《甲镇.xlsx》Sheet!E4“105”：超目标5座（目标为100），备注说明为“新增5户”，与上次采用的数相同"
    ]
    more = {"东河村": (104, 12, "新增4户"), "西河村": (4, 0)}
    assert told(office, more, "over_target")[0].startswith("query ")


def test_far_over_target_waits_even_with_a_reason(second_week: Office) -> None:
    said = told(second_week, {"东河村": (106, 12, "新增6户"), "西河村": (4, 0)}, "over_target")
    assert [line.split()[0] for line in said] == ["hold"]


def test_a_figure_where_there_is_no_task_goes_back(second_week: Office) -> None:
    assert told(second_week, {"东河村": (21, 12), "西河村": (4, 3)}, "no_such_task") == [
        "reject 甲镇《甲镇.xlsx》Sheet!F5“3”：无此项任务却有完成数，是否新建、整改填反？请改正后重报"
    ]


def test_a_cumulative_figure_that_falls_waits_for_a_decision(second_week: Office) -> None:
    assert told(second_week, {"东河村": (19, 12), "西河村": (4, 0)}, "fell") == [
        "hold 甲镇《甲镇.xlsx》Sheet!E4“19”：上次累计20（截至2023-04-07），本周19，累计数不应减少，请说明原因；也疑似填了本周新增数，应填累计数（或为39，此前各周新增20）"
    ]
    assert told(second_week, {"东河村": (20, 12), "西河村": (4, 0)}, "fell") == []


def test_a_jump_is_asked_about_and_counts(second_week: Office) -> None:
    """30 % of 100 is 30: 50 is not more than 20 + 30, 51 is."""
    assert told(second_week, {"东河村": (50, 12), "西河村": (4, 0)}, "jump") == []
    assert told(second_week, {"东河村": (51, 12), "西河村": (4, 0)}, "jump") == [
        "query 甲镇《甲镇.xlsx》Sheet!E4“51”：本周新增31，明显高于此前，请核实并在备注说明"
    ]


def test_a_village_without_a_row_is_asked_for(second_week: Office) -> None:
    assert told(second_week, {"东河村": (28, 15)}, "missing_village") == [
        "reject 甲镇《甲镇.xlsx》：缺少“西河村”，请补报（零进展也要填 0）"
    ]


def test_a_village_of_another_town_is_named_with_its_town(second_week: Office) -> None:
    second_week.week(DAY)
    path = second_week.send(DAY, "甲镇.xlsx", {"东河村": (28, 15), "西河村": (8, 0)})
    second_week.edit(path, A6="甲镇", B6="南山村", E6=1, F6=1)
    found = second_week.compute(DAY).findings
    assert lines(only(found, rule="wrong_town"), "level", "message") == [
        "reject 甲镇《甲镇.xlsx》Sheet!B6“南山村”：“南山村”属于乙镇，不属于甲镇，请改正后重报"
    ]


def test_a_village_that_nobody_knows_is_left_out_and_told(second_week: Office) -> None:
    second_week.week(DAY)
    path = second_week.send(DAY, "甲镇.xlsx", {"东河村": (28, 15), "西河村": (8, 0)})
    second_week.edit(path, A6="甲镇", B6="桃花源村", E6=1, F6=1)
    found = second_week.compute(DAY).findings
    assert lines(only(found, rule="unknown_village"), "level", "message") == [
        "note 甲镇《甲镇.xlsx》Sheet!B6“桃花源村”：“桃花源村”不在整村推进名单，未计入；本镇村名录里也没有，请核对村名"
    ]


def test_a_name_that_differs_by_one_character_is_asked_about_never_corrected(second_week: Office) -> None:
    second_week.week(DAY)
    path = second_week.send(DAY, "甲镇.xlsx", {"东河村": (28, 15), "西河村": (8, 0)})
    second_week.edit(path, B4="东湖村")
    result = second_week.compute(DAY)
    found = result.findings
    assert lines(only(found, rule="misspelt_village"), "level", "message") == [
        "reject 甲镇《甲镇.xlsx》Sheet!B4“东湖村”：“东湖村”不在名单，是否为“东河村”？请改正后重报"
    ]
    assert lines(result.progress, "village", "kind", "done", "status")[:2] == [
        "东河村 新建 20 carried", "东河村 整改 10 carried",
    ]  # fmt: skip


def test_a_target_that_differs_is_told_at_its_own_cell(second_week: Office) -> None:
    second_week.week(DAY)
    path = second_week.send(DAY, "甲镇.xlsx", {"东河村": (28, 15), "西河村": (8, 0)})
    second_week.edit(path, C4=110)
    result = second_week.compute(DAY)
    assert lines(result.findings, "level", "rule", "message")[:1] == [
        "query missing_town 乙镇：本周未报，合计沿用第1周累计数，没有的暂缺。请于截至日 17:00 前报送《每周进展情况汇总表》"
    ]
    assert lines(result.findings, "level", "rule", "message")[1:] == [
        "note target_differs 甲镇《甲镇.xlsx》Sheet!C4“110”：目标以区下达数100为准，表内填110；调整须有批准文号"
    ]
    assert [row.target for row in result.progress][:2] == [100, 50]


def test_a_total_that_differs_is_told_and_the_rows_count(second_week: Office) -> None:
    done = {"东河村": (28, 15), "西河村": (8, 0)}
    assert told(second_week, done, "total_differs", total=(140, 50, 37, 15)) == [
        "note 甲镇《甲镇.xlsx》Sheet!E6“37”：表内合计37，明细相加36，以明细为准"
    ]
    assert told(second_week, done, "total_differs", total=(140, 50, 36, 15)) == []


def test_the_file_of_an_earlier_week_is_held(second_week: Office) -> None:
    second_week.week(DAY)
    old = second_week.root / "data/raw" / BEFORE / "甲镇 4.7.xlsx"
    (second_week.root / "data/raw" / DAY / "甲镇 4.14.xlsx").write_bytes(old.read_bytes())
    second_week.send(DAY, "乙镇.xlsx", SOUTH)
    result = second_week.compute(DAY)
    assert lines(result.findings, "level", "message") == [
        "hold 甲镇《甲镇 4.14.xlsx》：与第1周文件完全一致，可能误发旧表；如本周确无进展请回复“无变化”"
    ]
    assert lines(result.progress, "status")[:4] == ["carried"] * 4


def test_blanks_are_zero_only_where_nothing_can_have_been_done(second_week: Office) -> None:
    """西河村 has no 整改 task: its blank is 0, said in a note. 东河村 had 20: its blank goes back."""
    said = told(second_week, {"东河村": (None, 12), "西河村": (5, None)}, "blank_figure")
    assert said == ["reject 甲镇《甲镇.xlsx》Sheet!E4：完成数为空，上次累计20，请填写截至4月14日的累计完成数"]
    said = told(second_week, {"东河村": (None, 12), "西河村": (5, None)}, "taken_as_zero")
    assert said == ["note 甲镇《甲镇.xlsx》Sheet!F5：完成数未填数字，无此项任务，按 0 计"]


def test_no_change_is_a_report(second_week: Office) -> None:
    second_week.week(DAY)
    second_week.send(DAY, "甲镇.xlsx", {"东河村": ("同上周", "无变化"), "西河村": (5, 0)})
    second_week.send(DAY, "乙镇.xlsx", SOUTH)
    result = second_week.compute(DAY)
    assert lines(result.progress, "done", "added", "status", "raw")[:2] == [
        "20 0 reported 同上周",
        "10 0 reported 无变化",
    ]
    assert lines(result.findings, "level", "rule") == ["note taken_as_unchanged", "note taken_as_unchanged"]


def test_the_programme_may_give_a_rule_another_level(second_week: Office) -> None:
    text = PROGRAMME.replace("towns:", "rules: {over_target: query, jump: hold}\ntowns:")
    (second_week.root / "params/2023.yaml").write_text(text, encoding="utf-8")
    said = told(second_week, {"东河村": (101, 12), "西河村": (4, 0)}, "over_target")
    assert [line.split()[0] for line in said] == ["query"]
    assert [line.split()[0] for line in told(second_week, {"东河村": (60, 12), "西河村": (4, 0)}, "jump")] == ["hold"]


def test_phone_numbers_are_masked_everywhere_and_told(second_week: Office) -> None:
    second_week.week(DAY)
    second_week.send(DAY, "甲镇.xlsx", {"东河村": (28, 15, "张三13800001234"), "西河村": (8, 0)})
    second_week.send(DAY, "乙镇.xlsx", SOUTH)
    result = second_week.compute(DAY)
    assert lines(result.findings, "level", "rule") == ["note personal_data"]
    assert [row.remark for row in result.progress][:2] == ["张三138****1234", "张三138****1234"]
    assert all("13800001234" not in str(row) for _, rows in result.written for row in rows)


def test_an_unknown_figure_is_never_taken_as_zero(office: Office) -> None:
    """Rejected in the first week, blank or 无变化 in the second: nothing is known, so nothing is 0."""
    office.week(BEFORE)
    office.send(BEFORE, "甲镇.xlsx", {"东河村": ("约50", "约10"), "西河村": (4, 0)})
    office.send(BEFORE, "乙镇.xlsx", {"南山村": (10, 4)})
    office.archive(BEFORE)
    said = told(office, {"东河村": (None, "无变化"), "西河村": (5, 0)}, "blank_figure")
    assert said == [
        "reject 甲镇《甲镇.xlsx》Sheet!E4：完成数为空，此前没有可用的数，请填写截至4月14日的累计完成数",
        "reject 甲镇《甲镇.xlsx》Sheet!F4“无变化”：此前没有可用的数，请填写截至4月14日的累计完成数",
    ]
    assert lines(office.compute(DAY).progress, "done", "status")[:2] == ["- missing", "- missing"]


def test_a_blank_never_takes_away_what_was_accepted(second_week: Office) -> None:
    """The task is dropped by a document, 10 are done: a blank is not 0."""
    changed = PROGRAMME + (
        "target_changes:\n  - {town: 甲镇, village: 东河村, kind: 整改, target: 0, from: 2023-04-10,"
        " document: 示例〔2023〕7号, reason: 核减}\n"
    )
    (second_week.root / "params/2023.yaml").write_text(changed, encoding="utf-8")
    assert told(second_week, {"东河村": (28, None), "西河村": (5, 0)}, "blank_figure") == [
        "reject 甲镇《甲镇.xlsx》Sheet!F4：完成数为空，上次累计10，请填写截至4月14日的累计完成数"
    ]


def test_growth_over_a_gap_is_labelled(second_week: Office) -> None:
    second_week.week("2023-04-21")
    second_week.send("2023-04-21", "甲镇.xlsx", {"东河村": (35, 10), "西河村": (4, 0)})
    found = second_week.compute("2023-04-21").findings
    assert lines(only(found, rule="growth_of_weeks"), "level", "message") == [
        "note 甲镇《甲镇.xlsx》Sheet!E4“35”：新增15为2周的增量（上次采用数截至2023-04-07）"
    ]


def test_our_own_notes_in_a_remark_explain_nothing(second_week: Office) -> None:
    said = told(second_week, {"东河村": (101, 12, "〔本周未报送，沿用截至4月7日数〕"), "西河村": (4, 0)}, "over_target")
    assert [line.split()[0] for line in said] == ["hold"]
