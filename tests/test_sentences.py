"""The week in sentences: one branch for each case, in the words of a 通报."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.judging import completion
from pipeline.params import Programme
from pipeline.products import sentences
from pipeline.records import Completion, Light, Status
from pipeline.rules import Finding
from tests.cases import CASES, ZERO, Done, measured, progress, story, story_of
from tests.helpers import PROGRAMME, day, found, programme

BEFORE = "2023-04-28"  # 第4周, 15.30 % due; 第5周 closes on 5 May, 19.13 % due
NONE: list[Finding] = []
CARRIED: Done = {("南山村", kind): (9, "carried") for kind in ("新建", "整改")}
_VILLAGES = {"甲镇": ("东河村", "西河村"), "乙镇": ("南山村",)}


def carried(*towns: str) -> Done:
    """Towns of which nothing of this week can be used."""
    return {
        (village, kind): (5, "carried") for town in towns for village in _VILLAGES[town] for kind in ("新建", "整改")
    }


def replaced_growth(rows: list[Completion], silent: str) -> list[Completion]:
    """The rows as they are when a town has sent nothing: its own are carried, the whole grows by the others only."""
    others = sum(row.added or 0 for row in rows if row.scope == "town" and row.kind == "合计" and row.town != silent)
    carried = (
        replace(row, added=None, light=Light.NOT_REPORTED, rank=None) if row.town == silent else row for row in rows
    )
    return [replace(row, added=others) if row.key == ("", "", "合计") else row for row in carried]


@pytest.fixture
def of(tmp_path: Path) -> Programme:
    return programme(tmp_path)


def test_the_title_says_which_week_and_whether_it_is_final(of: Programme) -> None:
    assert sentences.title(of, day("2023-05-05"), True) == "第5周（截至2023年5月5日）　定稿"
    assert sentences.title(of, day("2023-05-05"), False) == "第5周（截至2023年5月5日）　初稿"


@pytest.mark.parametrize(
    ("case", "sentence"),
    [
        ("normal", "截至5月5日，全区3个整村推进村累计完成户厕改造117座，占目标任务的24.89%，高于序时进度（19.13%）5.76个百分点；"
                   "其中新建85座（25.00%）、整改32座（24.62%）。本周新增20座。"),
        ("behind", "截至5月5日，全区3个整村推进村累计完成户厕改造55座，占目标任务的11.70%，低于序时进度（19.13%）7.43个百分点；"
                   "其中新建40座（11.76%）、整改15座（11.54%）。本周净减少5座。"),
        ("one town", "截至5月5日，全区1个整村推进村累计完成户厕改造22座，占目标任务的14.67%，低于序时进度（19.13%）4.46个百分点；"
                     "其中新建15座（15.00%）、整改7座（14.00%）。本周新增4座。"),
        ("missing town", "截至5月5日，全区3个整村推进村累计完成户厕改造54座（有村缺数，暂不计算完成率）。"),
        ("no submission", "截至5月5日，全区目标任务470座，还没有可用的完成数。"),
        ("no tasks", "截至5月5日，本年度没有整村推进任务。"),
    ],
)  # fmt: skip
def test_the_district_is_told_in_one_sentence(tmp_path: Path, case: str, sentence: str) -> None:
    assert sentences.district(story_of(CASES[case], tmp_path)) == sentence


def test_a_kind_without_a_task_is_not_spoken_of(tmp_path: Path) -> None:
    of = programme(tmp_path, ZERO.replace("new_build: 200", "new_build: 0"))
    assert "其中" not in sentences.district(story(of, [measured(of, 25)]))


def test_exactly_on_schedule_is_said_so(tmp_path: Path) -> None:
    """183 units for 183 days: by 5 May 35 are due."""
    of = programme(tmp_path, PROGRAMME.partition("  甲镇")[0]
                   + "  甲镇: {villages: [{name: 东河村, tier: 省级, new_build: 183, renovation: 0}]}\n")  # fmt: skip
    now = measured(of, {("东河村", "新建"): (35, "reported"), ("东河村", "整改"): (0, "reported")})
    assert "，与序时进度（19.13%）持平。" in sentences.district(story(of, [now]))


@pytest.mark.parametrize(
    ("done", "said"),
    [
        (25, ["进度较快的有：乙镇（25.00%，超序时）、甲镇（24.74%，超序时）。", "没有区镇慢于序时进度超过1个百分点。"]),
        (12, ["慢于序时进度超过1个百分点的有：甲镇（11.58%）、乙镇（11.79%）。"]),
        (CARRIED, ["沿用上次累计数、也慢于序时进度超过1个百分点的有：乙镇（6.43%，沿用）。"]),
        (
            {("南山村", kind): (90, "carried") for kind in ("新建", "整改")},
            ["本周数据齐全的1个区镇中，没有区镇慢于序时进度超过1个百分点。"],
        ),
    ],
)
def test_who_leads_and_who_is_behind(of: Programme, done: Done | int, said: list[str]) -> None:
    told = story(of, [measured(of, done)])
    assert [*sentences.leading(told), *sentences.behind(told)] == said


def test_a_kind_that_is_behind_is_named_though_the_sum_is_not_and_its_town_is_not_praised(of: Programme) -> None:
    """乙镇: 100 of 200 新建 and 5 of 80 整改 are 37.50 %, where 19.13 % are due; 甲镇 stands at 20 %."""
    told = story(of, [measured(of, {("南山村", "新建"): (100, "reported"), ("南山村", "整改"): (5, "reported")})])
    assert sentences.leading(told) == []
    assert sentences.behind(told) == ["单项慢于序时进度超过1个百分点的有：乙镇整改（6.25%，严重滞后）。"]
    assert sentences.matters(told, NONE) == ["乙镇整改（6.25%，严重滞后）落后，请说明进展。"]
    assert "新建128座（37.65%）、整改15座（11.54%，慢序时）" in sentences.district(told)


def test_the_worst_town_stays_in_the_lists_though_one_of_its_figures_is_held(of: Programme) -> None:
    done: Done = {("南山村", "新建"): (10, "reported"), ("南山村", "整改"): (4, "carried")}
    told = story(of, [measured(of, done)])
    assert sentences.behind(told) == ["慢于序时进度超过1个百分点的有：乙镇（5.00%，严重滞后，含沿用）。"]
    assert sentences.matters(told, [found("fell", "hold", town="乙镇", village="南山村", kind="整改")]) == [
        "乙镇（5.00%，严重滞后，含沿用）落后，请说明进展。", "乙镇1处数待核，暂未采用，请核实。"
    ]  # fmt: skip


def test_a_town_with_a_carried_figure_is_not_praised(of: Programme) -> None:
    told = story(of, [measured(of, {("南山村", "新建"): (100, "reported"), ("南山村", "整改"): (40, "carried")})])
    assert sentences.leading(told) == []


def test_of_many_that_are_behind_the_lowest_are_named(tmp_path: Path) -> None:
    (said,) = sentences.behind(story_of(CASES["thirty towns"], tmp_path))
    assert said.startswith("慢于序时进度超过1个百分点的有30个区镇，最低的12个是：第1街道（24.90%，严重滞后）、")
    assert said.count("%") == 12


def test_no_town_is_judged_without_figures(tmp_path: Path) -> None:
    told = story_of(CASES["no submission"], tmp_path)
    assert [*sentences.leading(told), *sentences.behind(told), *sentences.stalled(told)] == []


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (BEFORE, ["连续两周无进展的有：甲镇、乙镇。"]),
        ("2023-04-21", ["最近两次报送无进展的有：甲镇、乙镇。"]),
    ],
)
def test_who_has_stalled(of: Programme, before: str, said: list[str]) -> None:
    earlier = measured(of, 10, before, before=10)
    assert sentences.stalled(story(of, [earlier, measured(of, 10, before=10)])) == said
    assert sentences.stalled(story(of, [earlier, measured(of, 11, before=10)])) == ([] if before else said)


def test_a_finished_town_has_not_stalled(of: Programme) -> None:
    assert sentences.stalled(story(of, [measured(of, 100, BEFORE, before=100), measured(of, 100, before=100)])) == []


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ({}, ["2个区镇全部报送。"]),
        ({"甲镇": "late"}, ["应报2个区镇，已报1个；迟报1个：甲镇。"]),
        ({"甲镇": "missing"}, ["应报2个区镇，已报1个；未报1个：甲镇，暂按上次累计数计入。"]),
        ({"甲镇": "returned", "乙镇": "missing"},
         ["应报2个区镇，已报0个；退回1个：甲镇，暂按上次累计数计入；未报1个：乙镇，暂按上次累计数计入。"]),
    ],
)  # fmt: skip
def test_who_has_reported(of: Programme, status: dict[str, str], said: list[str]) -> None:
    silent = [town for town in status if status[town] != "late"]
    assert sentences.reporting(story(of, [measured(of, carried(*silent))], status)) == said


def test_what_stands_for_a_silent_town_is_said_with_its_day(of: Programme) -> None:
    """甲镇 has reported in the week before, 乙镇 never."""
    unknown: Done = {("南山村", kind): (None, "missing") for kind in ("新建", "整改")}
    told = story(of, [measured(of, unknown, BEFORE), measured(of, {**carried("甲镇"), **unknown})],
                 {"甲镇": "missing", "乙镇": "missing"})  # fmt: skip
    assert sentences.reporting(told) == ["应报2个区镇，已报0个；未报2个：甲镇暂按截至4月28日的累计数计入，乙镇缺数。"]


def test_a_town_whose_figures_a_decision_has_entered_is_not_said_to_be_carried(of: Programme) -> None:
    done: Done = {("南山村", "新建"): (60, "corrected"), ("南山村", "整改"): (20, "corrected")}
    told = story(of, [measured(of, done)], {"乙镇": "missing"})
    assert sentences.reporting(told) == ["应报2个区镇，已报1个；未报1个：乙镇，已按书面决定录入。"]
    assert sentences.matters(told, NONE) == []


def test_a_reported_town_with_figures_of_an_earlier_week_is_said_to_have_them(of: Programme) -> None:
    done: Done = {("东河村", "新建"): (5, "carried"), ("西河村", "新建"): (5, "carried"), **carried("乙镇")}
    told = story(of, [measured(of, done)], {"乙镇": "missing"})
    assert sentences.paragraph(told).endswith(
        "应报2个区镇，已报1个；未报1个：乙镇，暂按上次累计数计入。个别数待核：甲镇2处（沿用）。"
    )


def test_without_carrying_the_sums_lack_the_town(tmp_path: Path) -> None:
    of = programme(tmp_path, PROGRAMME + "carry: false\n")
    done: Done = dict.fromkeys(carried("甲镇"), (None, "missing"))
    told = story(of, [measured(of, done)], {"甲镇": "missing"})
    assert sentences.reporting(told) == ["应报2个区镇，已报1个；未报1个：甲镇，合计不含其数。"]


def test_the_paragraph_can_be_pasted_into_a_bulletin(of: Programme) -> None:
    now = measured(of, {("南山村", "新建"): (10, "reported")})
    assert sentences.paragraph(story(of, [now], {"甲镇": "late"})) == (
        "截至5月5日，全区3个整村推进村累计完成户厕改造64座，占目标任务的13.62%，低于序时进度（19.13%）5.51个百分点；"
        "其中新建38座（11.18%）、整改26座（20.00%）。慢于序时进度超过1个百分点的有：乙镇（9.29%）。应报2个区镇，已报1个；迟报1个：甲镇。"
    )


# ---- compared with the week before -----------------------------------------------------------------------------


def test_the_first_week_has_nothing_to_compare_with(of: Programme) -> None:
    assert sentences.compared(story(of, [measured(of, 25)])) == ["首次存档，没有以前的周可比。"]


def test_what_has_changed_since_the_week_before(of: Programme) -> None:
    """甲镇 was ahead and is not; 乙镇 the other way round."""
    before: Done = {("南山村", "新建"): (20, "reported"), ("南山村", "整改"): (9, "reported")}
    now: Done = {
        ("南山村", "新建"): (60, "reported"), ("南山村", "整改"): (20, "reported"), ("东河村", "新建"): (20, "reported"),
        ("东河村", "整改"): (4, "reported"), ("西河村", "新建"): (8, "reported"),
    }  # fmt: skip
    assert sentences.compared(story(of, [measured(of, before, BEFORE), measured(of, now)])) == [
        "本周没有可用的新增数，第4周为首次存档，没有新增数可比。",
        "全区完成率由14.26%升至23.83%，由低于序时进度1.04个百分点转为高4.70个百分点。",
        "乙镇由第2位升至第1位；甲镇由第1位降至第2位。",
        "甲镇由超序时转为慢序时、乙镇由慢序时转为超序时。",
    ]


def test_nobody_rises_because_another_has_not_reported(tmp_path: Path) -> None:
    """乙镇 leads in the week before and is silent now: 甲镇 and 丁镇 keep their order."""
    of = programme(
        tmp_path, PROGRAMME + "  丁镇: {villages: [{name: 北村, tier: 省级, new_build: 100, renovation: 0}]}\n"
    )
    before: Done = {("南山村", "新建"): (100, "reported"), ("北村", "新建"): (5, "reported")}
    told = story(
        of, [measured(of, before, BEFORE), measured(of, {**carried("乙镇"), ("北村", "新建"): (9, "reported")})]
    )
    assert "两次都有位次的2个区镇中，位次没有变化。" in sentences.compared(told)


def test_growth_since_a_week_without_figures_is_said_to_be_so(of: Programme) -> None:
    """乙镇 was carried in the week before: its growth is of two weeks at least."""
    told = story(of, [measured(of, carried("乙镇"), BEFORE), measured(of, 25, before=20)])
    assert "。本周新增23座（含乙镇补报以前周的增量）。" in sentences.district(told)
    assert sentences.compared(told)[0] == "本周新增23座（含乙镇补报以前周的增量），第4周为首次存档，没有新增数可比。"


def test_a_week_of_carried_figures_is_not_compared(of: Programme) -> None:
    told = story(of, [measured(of, 20, BEFORE, before=15), measured(of, carried("甲镇", "乙镇"))])
    assert sentences.compared(told) == ["本周没有可用的新增数，第4周新增24座。"]


def test_a_town_whose_figure_waits_is_not_asked_about_its_pace(of: Programme) -> None:
    earlier = measured(of, 12, BEFORE, before=0)
    done: Done = {("南山村", "新建"): (25, "reported"), ("南山村", "整改"): (9, "carried")}
    told = story(of, [earlier, measured(of, done, earlier=earlier)])
    waits = [found("fell", "hold", town="乙镇", village="南山村", kind="整改")]
    assert sentences.matters(told, waits) == [
        "乙镇（12.14%，含沿用）落后，请说明进展。", "乙镇1处数待核，暂未采用，请核实。"
    ]  # fmt: skip
    assert not any("乙镇由" in said and "序时。" in said for said in sentences.compared(told))


def test_growth_is_compared(of: Programme) -> None:
    """20 % of every target are 94, 25 % rounded down are 117, 15 % are 70."""
    assert sentences.compared(story(of, [measured(of, 20, BEFORE, before=15), measured(of, 25, before=20)])) == [
        "本周新增23座，第4周新增24座。",
        "全区完成率由20.00%升至24.89%，高于序时进度由4.70个百分点扩大到5.76个百分点。",
        "甲镇由第1位降至第2位。",
    ]


def test_growth_stands_beside_last_weeks_only_where_both_are_whole(of: Programme) -> None:
    """20 % of every target are 94, 24 more than 15 %; 25 % are 23 more."""
    earlier, before = measured(of, 15, "2023-04-21", before=10), measured(of, 20, BEFORE, before=15)
    whole = story(of, [earlier, before, measured(of, 25, before=20)])
    assert sentences.district(whole).endswith("本周新增23座，比上周少1座。")
    silent = story(of, [earlier, before, measured(of, carried("乙镇"))], {"乙镇": "missing"})
    assert "比上周" not in sentences.district(silent)


def test_growth_says_of_whom_it_is_not(of: Programme) -> None:
    """甲镇's 25 % are 35 + 12 and 10 of its 140 and 50; at 20 % they were 28 and 10."""
    before = measured(of, 20, BEFORE, before=15)
    now = replaced_growth(measured(of, 25, before=20), "乙镇")
    told = story(of, [before, now], {"乙镇": "missing"})
    assert "。本周新增9座（不含未报的乙镇）。" in sentences.district(told)
    assert sentences.compared(told)[0] == "本周新增9座（不含未报的乙镇），第4周新增24座。"


def test_no_growth_is_told_where_none_is_known_though_a_cell_without_a_task_is(of: Programme) -> None:
    """西河村 has no 整改 to do, and reports it as 0; all else is carried: nothing is known, not 0."""
    rows = [replace(row, added=0, status=Status.REPORTED) if not row.target else replace(row, status=Status.CARRIED)
            for row in progress(of, 10)]  # fmt: skip
    told = story(of, [completion.measure(rows, [], of, day("2023-05-05"))])
    assert "新增" not in sentences.district(told)


def test_unchanged_ranks_are_said_and_a_loss_is_called_one(of: Programme) -> None:
    """22 % are 102: 8 more than 20 %."""
    said = sentences.compared(story(of, [measured(of, 20, BEFORE, before=15), measured(of, 20, before=22)]))
    assert said[0] == "本周净减少8座，第4周新增24座。"
    assert said[2] == "位次没有变化。"


# ---- matters ---------------------------------------------------------------------------------------------------


def test_there_may_be_nothing_to_speak_of(of: Programme) -> None:
    assert sentences.matters(story(of, [measured(of, 25)]), NONE) == []


def test_at_most_three_matters_the_weightiest_first(of: Programme) -> None:
    earlier = measured(of, 12, BEFORE, before=0)
    done: Done = {
        **carried("甲镇"), ("东河村", "整改"): (60, "carried"),
        ("南山村", "新建"): (25, "reported"), ("南山村", "整改"): (9, "reported"),
    }  # fmt: skip
    told = story(of, [earlier, measured(of, done, earlier=earlier)], {"甲镇": "returned"})
    place = {"town": "甲镇", "village": "东河村", "kind": "整改"}
    over = found("over_target", "query", **place)
    blocking = [found("fell", "hold", **place), found("unreadable_file", "reject")]
    findings = [*blocking, over, found("stale_decision", "hold", town="乙镇")]
    assert sentences.matters(told, findings) == [
        "落后且近一周速度低于按期完成所需的有：乙镇（周均1.0，需11.6），请说明堵点和赶工安排；另有甲镇新建（7.14%，沿用）落后，请说明进展。",
        "甲镇本周退回，请说明原因并补报。",
        "甲镇东河村整改（填报数未采用，目标50）超过目标，请核实。",
    ]
    assert sentences.matters(story(of, [measured(of, {**done, ("南山村", "新建"): (60, "reported")})]),
                             [over]) == ["甲镇新建（7.14%，沿用）、乙镇整改（11.25%）落后，请说明进展。",
                                         "甲镇3处数待核，暂未采用，请核实；甲镇东河村整改（填报数未采用，目标50）超过目标，请核实。"]  # fmt: skip


def test_a_held_surplus_stands_with_the_figure_that_was_sent_not_with_the_carried_one(of: Programme) -> None:
    """整改 of 80: 90 are sent and held, 34 are carried."""
    told = story(of, [measured(of, {("南山村", "新建"): (100, "reported"), ("南山村", "整改"): (34, "carried")})])
    place = {"town": "乙镇", "village": "南山村", "kind": "整改", "raw": "90"}
    assert sentences.matters(told, [found("over_target", "hold", **place)]) == [
        "乙镇1处数待核，暂未采用，请核实；乙镇南山村整改（填报“90”，目标80）超过目标，请核实。"
    ]


def test_towns_that_are_not_named_are_counted(tmp_path: Path) -> None:
    (said,) = sentences.matters(story_of(CASES["thirty towns"], tmp_path), NONE)[:1]
    assert said == (
        "第1街道（24.90%，严重滞后）、第2街道（24.94%，严重滞后）、第3街道（24.95%，严重滞后）、第4街道（24.98%，严重滞后）、"
        "第5街道（24.98%，严重滞后）、第6街道（24.98%，严重滞后）等30个区镇落后，请说明进展。"
    )


def test_an_accepted_surplus_is_no_matter_any_more(of: Programme) -> None:
    place = {"town": "乙镇", "village": "南山村", "kind": "整改"}
    told = story(of, [measured(of, {("南山村", "整改"): (90, "reported")})])
    assert sentences.matters(told, [found("over_target", "note", **place)]) == []


def test_who_is_behind_without_a_known_pace_is_named(of: Programme) -> None:
    told = story(of, [measured(of, {("南山村", "新建"): (10, "reported")})])
    assert sentences.matters(told, NONE) == ["乙镇（9.29%）落后，请说明进展。"]


def test_after_the_end_the_unfinished_are_named_not_the_slow(of: Programme) -> None:
    """97 % of 甲镇's 190 are 183, of 乙镇's 280 are 271."""
    told = story(of, [measured(of, 97, "2023-10-13")], week="2023-10-13")
    assert sentences.behind(told) == ["已到期，仍未完成的有：甲镇（尚缺7座）、乙镇（尚缺9座）。"]
    assert sentences.matters(told, NONE) == [
        "已到期，仍未完成的有：甲镇（尚缺7座）、乙镇（尚缺9座），请说明原因和完成时间。"
    ]
    done = story(of, [measured(of, 100, "2023-10-13")], week="2023-10-13")
    assert [*sentences.leading(done), *sentences.behind(done)] == ["各区镇都已完成目标任务。"]


def test_growth_after_unrecorded_weeks_is_said_to_be_that_of_all_of_them(of: Programme) -> None:
    told = story(of, [measured(of, 15, "2023-04-14", before=10), measured(of, 25, before=15)])
    assert sentences.district(told).endswith("。较第2周新增47座。")
    assert sentences.compared_with(told) == "与第2周相比"
    assert sentences.compared(told)[0] == "较第2周新增47座，第2周新增23座。"


def test_a_town_with_a_figure_set_aside_is_not_said_to_have_stalled(of: Programme) -> None:
    earlier = measured(of, 10, BEFORE, before=10)
    done: Done = {key: (figure // 10, "reported") for key, figure in (
        (("东河村", "新建"), 100), (("东河村", "整改"), 50), (("西河村", "新建"), 40), (("南山村", "新建"), 200))}  # fmt: skip
    frame = measured(of, {**done, ("南山村", "整改"): (8, "carried")}, earlier=earlier)
    frame = [replace(row, added=0) if row.kind == "合计" else row for row in frame]
    assert sentences.stalled(story(of, [earlier, frame])) == ["连续两周无进展的有：甲镇。"]


def test_ranks_are_not_compared_where_there_are_none(of: Programme) -> None:
    told = story(of, [measured(of, 20, BEFORE), measured(of, carried("甲镇", "乙镇"))])
    assert not any("位次" in said for said in sentences.compared(told))


def test_no_town_with_the_rate_of_the_third_is_left_out(tmp_path: Path) -> None:
    told = story_of(CASES["thirty towns"], tmp_path)
    finished = story(told.programme, [measured(told.programme, 60)])
    assert sentences.leading(finished)[0].count("（60.00%，超序时）") == 10


@pytest.mark.parametrize(
    ("numbers", "said"),
    [([1], "首周完成"), ([1, 2], "开工以来周均"), ([1, 3], "开工以来周均"), ([1, 2, 3, 4], "近四周周均"), ([0, 1, 9], "开工以来周均"),
     ([10, 11], "近一周周均"), ([10, 12], "近两周周均"), ([10, 11, 12, 13], "近三周周均"), ([10, 14], "近四周周均"),
     ([10], "近一周周均"), ([1, 3, 5, 7, 9, 11], "近八周周均"), ([10, 11, 13, 15, 22], "近十二周周均")],
)  # fmt: skip
def test_a_pace_is_called_by_the_weeks_on_record(numbers: list[int], said: str) -> None:
    assert sentences.mean(numbers) == said


def test_open_questions_are_counted() -> None:
    rows = [found("fell", level) for level in ("reject", "hold", "query", "query", "note")]
    assert sentences.open_findings(rows) == "待处理的数据问题2处；待说明2处，提示1处。"
    assert sentences.open_findings(rows[2:]) == "没有待处理的数据问题；待说明2处，提示1处。"
