"""The six charts: their titles' branches, what a bar, a hatch and a sign say, and nothing cut, overlapping or without a
glyph in any case that a season brings."""

import struct
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from pipeline.params import Programme
from pipeline.products import charts, fonts, sentences
from pipeline.products.charts import style, tones
from pipeline.records import FALLING_BEHIND, Light
from tests.cases import CASES, LONG, MANY, WEEK, Case, Done, charts_of, drawn, measured, reported, season, story
from tests.helpers import PROGRAMME, day, programme
from tests.lint import faults


def titles(figures: dict[str, Figure]) -> list[str]:
    return [str(figure.get_label()) for figure in figures.values()]


def words(figure: Figure) -> list[str]:
    return [text.get_text() for text in _all(figure, Text) if text.get_text()]


def hatched(figure: Figure) -> int:
    """How many bars are hatched."""
    return sum(bool(box.get_hatch()) for box in _all(figure, Rectangle))


def hollow(figure: Figure) -> int:
    """How many marks are hollow."""
    marks = [line for line in _all(figure, Line2D) if line.get_marker() in ("D", "o")]
    return sum(mark.get_markerfacecolor() == "white" for mark in marks)


def _all(figure: Figure, kind: type) -> list[Any]:
    return [found for found in figure.findobj(kind) if isinstance(found, kind)]


@pytest.fixture
def of(tmp_path: Path) -> Programme:
    return programme(tmp_path)


# ---- titles ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("done", "title"),
    [
        (25, "2个有任务区镇全部达到序时进度"),
        # 19.13 % are due: 38 of 200 are short of it, but within one point; 9 of 50 (东河村整改) are not
        ({("南山村", "新建"): (38, "reported")}, "2个有任务区镇全部按序时进度推进"),
        (19, "甲镇整改落后序时进度"),
        (100, "2个有任务区镇全部完成目标任务"),
        # 5 %, rounded down for each village: 甲镇 9 of 190 = 4.74 %, 乙镇 14 of 280 = 5.00 %
        (5, "2个有任务区镇全部落后序时进度，甲镇完成率最低"),
        (0, "2个有任务区镇全部落后序时进度，甲镇、乙镇完成率最低"),
        ({("南山村", "新建"): (10, "reported")}, "2个有任务区镇中只有乙镇落后序时进度"),
        ({("南山村", "新建"): (None, "missing"), ("南山村", "整改"): (None, "missing")},
         "甲镇达到序时进度；乙镇没有本周的完成率"),
    ],
)  # fmt: skip
def test_the_first_chart_says_who_is_behind(of: Programme, done: Done | int, title: str) -> None:
    figure = charts.completion_by_town(measured(of, done), of, day(WEEK))
    assert figure.get_label() == title


def test_nobody_known_is_said_plainly(tmp_path: Path) -> None:
    assert titles(charts_of(CASES["no submission"], tmp_path)) == [
        "本周还没有区镇的完成率",
        "本周还没有区镇的完成率",
        "全区新建、整改都缺数，暂不算完成率",
        "本周全区没有可用的新增数",
        "本周还没有村的完成率",
        "本周应报2个区镇，已报0个，未报2个（甲镇、乙镇）",
    ]


def test_a_year_without_tasks_is_said_plainly(tmp_path: Path) -> None:
    assert titles(charts_of(CASES["no tasks"], tmp_path)) == [
        "本年度各区镇都没有整村推进任务",
        "本年度各区镇都没有整村推进任务",
        "本年度没有新建、整改任务",
        "本年度各区镇都没有整村推进任务",
        "本年度没有整村推进村",
        "本年度各区镇都没有整村推进任务，无需报送",
    ]


def test_a_finished_year_is_said_plainly(tmp_path: Path) -> None:
    assert titles(charts_of(CASES["all done"], tmp_path)) == [
        "2个有任务区镇全部完成目标任务",
        "2个有任务区镇全部完成目标任务",
        "全区新建、整改都已完成",
        "第26周全区新增6座；各区镇都已完成目标任务",
        "3个整村推进村全部完成目标任务",
        "本周2个区镇全部已报送",
    ]


@pytest.mark.parametrize(
    ("done", "title"),
    [
        (25, "没有区镇落后序时进度"),
        # due at 19.13 %: 甲镇 36 of 190, 乙镇 54 of 280; done at 12 %: 22 and 33
        (12, "落后的2个区镇合计比序时进度少35座，乙镇最多，少21座"),
        # 乙镇: 10 + 16 = 26, due 54
        ({("南山村", "新建"): (10, "reported")}, "只有乙镇落后序时进度，少28座"),
        ({("南山村", "新建"): (None, "missing")}, "甲镇没有落后序时进度；乙镇没有本周的完成率"),
    ],
)
def test_the_second_chart_says_how_much_is_lacking(of: Programme, done: Done | int, title: str) -> None:
    assert charts.gap_and_pace(measured(of, done), of, day(WEEK)).get_label() == title


def test_the_second_chart_says_whose_pace_is_too_low_though_nobody_is_behind(of: Programme) -> None:
    """甲镇 38 -> 39 of 190: 151 are left for 148 days."""
    before = measured(of, 20, "2023-04-28", before=0)
    weeks = [*before, *measured(of, 21, before=20, earlier=before)]
    figure = charts.gap_and_pace(weeks, of, day(WEEK))
    assert figure.get_label() == "没有区镇落后序时进度，但甲镇、乙镇近一周速度低于所需"
    assert "1.0 → 7.1" in words(figure)


def test_the_second_chart_prints_gaps_in_units_and_paces_as_they_are_published(of: Programme) -> None:
    found = words(charts.gap_and_pace(measured(of, 12), of, day(WEEK)))
    assert {"−14", "−21", "— → 7.9", "— → 11.7"} <= set(found)  # 168 and 247 left for 21.14 weeks


@pytest.mark.parametrize(
    ("done", "title"),
    [
        (25, "全区新建、整改都达到序时进度"),
        (19, "全区新建、整改都按序时进度推进"),
        (100, "全区新建、整改都已完成"),
        # 5 % of 340 is 17, of 130 is 6; 148 days = 21.14 weeks are left: 323 ÷ 21.14 = 15.3, 124 ÷ 21.14 = 5.9
        (5, "全区新建、整改都落后序时进度；今后每周需完成新建15.3座、整改5.9座"),
    ],
)
def test_the_third_chart_says_whether_the_district_is_on_its_way(of: Programme, done: int, title: str) -> None:
    assert charts.cumulative(measured(of, done), of, day(WEEK)).get_label() == title


@pytest.mark.parametrize(
    ("done", "before", "title"),
    [
        (25, 21, "第5周全区新增20座"),  # nothing is said of a pace that is not known
        (20, 22, "第5周全区净减少8座"),
    ],
)
def test_the_fourth_chart_says_what_the_week_has_brought(of: Programme, done: int, before: int, title: str) -> None:
    assert charts.growth_by_week(measured(of, done, before=before), of, day(WEEK)).get_label() == title


def test_the_fourth_chart_says_whose_pace_is_too_low(of: Programme) -> None:
    earlier = measured(of, 12, "2023-04-28", before=0)
    now = measured(of, 14, before=12, earlier=earlier)
    figure = charts.growth_by_week([*earlier, *now], of, day(WEEK))
    assert figure.get_label() == "第5周全区新增10座；2个区镇近一周速度低于所需"
    first = charts.growth_by_week(measured(of, 3, "2023-04-07", before=0), of, day("2023-04-07"))
    assert first.get_label() == "第1周全区新增13座；2个区镇首周速度低于所需"


def test_growth_after_a_silent_week_is_spread_and_hatched_and_the_week_has_a_cross(of: Programme) -> None:
    rows, _, newest = season(of)
    figure = charts.growth_by_week(rows, of, day(newest))
    assert words(figure).count("×") == 1
    assert hatched(figure) == 4  # 第12周 and 第13周 of 乙镇, over which its growth is spread, and of the district
    week_13 = sorted({row.week for row in rows})[12]
    caught_up = charts.growth_by_week([row for row in rows if row.week <= week_13], of, day(week_13))
    assert "（含补报）" in str(caught_up.get_label())


def test_a_figure_that_is_carried_twice_has_caught_up_nothing(of: Programme) -> None:
    """Title and paragraph ask the same question: of 西河村 there is nothing new in either week."""
    done: Done = {("西河村", "新建"): (5, "carried")}
    weeks = [measured(of, 10, "2023-04-21", before=5), measured(of, done, "2023-04-28"), measured(of, done)]
    weeks[1:] = [[row if row.village == "西河村" else replace(row, added=3) for row in rows] for rows in weeks[1:]]
    season = [row for rows in weeks for row in rows]
    assert "补报" not in str(charts.growth_by_week(season, of, day(WEEK)).get_label())
    assert "补报" not in sentences.district(story(of, weeks))


def test_the_first_known_figure_is_no_silent_week(of: Programme) -> None:
    """Records begin in 第5周: its growth is not known, and that of 第6周 is its own."""
    weeks = ((WEEK, 20, None), ("2023-05-12", 23, 20))
    rows = [row for week, done, before in weeks for row in measured(of, done, week, before)]
    figure = charts.growth_by_week(rows, of, day("2023-05-12"))
    assert (words(figure).count("×"), hatched(figure)) == (0, 0)


def test_growth_over_unrecorded_weeks_is_said_to_be_that_of_all(of: Programme) -> None:
    rows = [*measured(of, 15, "2023-04-14", before=10), *measured(of, 25, before=15)]
    assert charts.growth_by_week(rows, of, day(WEEK)).get_label() == "第5周全区较第2周新增47座"


def test_after_the_end_the_unfinished_are_not_on_schedule(of: Programme) -> None:
    """149 of 150 are within a point of 100 %, and yet not done."""
    done: Done = {("南山村", "新建"): (200, "reported"), ("南山村", "整改"): (80, "reported"),
                  ("东河村", "新建"): (99, "reported"), ("东河村", "整改"): (50, "reported"),
                  ("西河村", "新建"): (40, "reported")}  # fmt: skip
    rows = measured(of, done, "2023-10-13")
    found = titles(drawn(of, rows, reported(of, {}, "2023-10-13"), "2023-10-13"))
    assert found[0] == "2个有任务区镇中只有甲镇到期未完成"
    assert found[1] == "甲镇到期未完成，尚缺1座"
    assert found[2] == "全区新建到期未完成，整改已完成；尚缺新建1座"
    assert found[4] == "3个整村推进村中只有东河村（甲镇）到期未完成"
    assert not any("序时进度" in title for title in found)


def test_odd_programmes_are_drawn_too(tmp_path: Path) -> None:
    """Forty villages without any task; one target that is passed nine hundred times over."""
    head = CASES["no tasks"].programme.partition("  甲镇")[0]
    village = "{{name: 第{}村, tier: 省级, new_build: {}, renovation: 0}}"
    idle = head + f"  甲镇: {{villages: [{', '.join(village.format(number, 0) for number in range(40))}]}}\n"
    tiny = head + f"  甲镇: {{villages: [{village.format(1, 1)}]}}\n"
    assert charts_of(Case(idle, 0), tmp_path / "idle")["5-分村进度"].get_label() == "本年度没有整村推进村"
    for figure in charts_of(Case(tiny, 90_000, before=0), tmp_path / "tiny").values():
        assert [fault for fault in faults(figure) if not fault.startswith("small")] == []


@pytest.mark.parametrize(
    ("lights", "said"),
    [("", "落后：慢于序时进度超过1个百分点"), ("lights: {behind: -2.5}\n", "落后：慢于序时进度超过2.5个百分点"),
     ("lights: {behind: 0}\n", "落后：慢于序时进度")],
)  # fmt: skip
def test_what_being_behind_means_is_said_under_the_charts(tmp_path: Path, lights: str, said: str) -> None:
    figures = charts_of(Case(PROGRAMME + lights, 19), tmp_path)
    for name in ("1-分镇完成率", "2-差距与速度", "5-分村进度"):
        assert any(f"{said}，或未开工。" in word for word in words(figures[name]))
    assert any(f"{said}。" in word for word in words(figures["3-累计曲线"]))


def test_a_pace_is_called_by_the_weeks_that_it_holds(tmp_path: Path) -> None:
    said = {case: charts_of(CASES[case], tmp_path / case) for case in ("first week", "five digits", "after the end")}
    assert "● 首周完成　| 今后每周所需（剩余25.1周）" in words(said["first week"]["2-差距与速度"])
    assert "应完成 13 座，尚缺 330 座；每周需完成 13.1 座，首周完成 10.0 座" in words(said["first week"]["3-累计曲线"])
    assert "— → 3,226.8" in words(said["five digits"]["2-差距与速度"])
    assert "已到期，尚缺 11 座" in words(said["after the end"]["3-累计曲线"])
    assert {"尚缺（座）", "9", "7"} <= set(words(said["after the end"]["2-差距与速度"]))


def test_a_town_of_which_one_village_is_carried_is_named_under_the_first_chart(of: Programme) -> None:
    figure = charts.completion_by_town(measured(of, {("东河村", "新建"): (5, "carried")}), of, day(WEEK))
    assert any("甲镇有村沿用上次累计数。" in word for word in words(figure))


@pytest.mark.parametrize(
    ("done", "title"),
    [
        (25, "3个整村推进村全部达到序时进度"),
        (0, "3个整村推进村全部落后序时进度，东河村（甲镇）等3个村完成率最低"),
        ({("南山村", "新建"): (10, "reported")}, "3个整村推进村中只有南山村（乙镇）落后序时进度"),
        ({("南山村", "新建"): (10, "reported"), ("西河村", "新建"): (1, "reported")},
         "3个整村推进村中2个落后序时进度，西河村（甲镇）完成率最低"),
        ({("南山村", "新建"): (None, "missing")}, "有本周数据的2个村全部达到序时进度；南山村（乙镇）没有本周的完成率"),
    ],
)  # fmt: skip
def test_the_fifth_chart_says_which_village_is_lowest(of: Programme, done: Done | int, title: str) -> None:
    assert charts.villages(measured(of, done), of, day(WEEK)).get_label() == title


def test_a_hundred_villages_are_strips_and_the_twelve_lowest_by_name(tmp_path: Path) -> None:
    found = words(charts_of(CASES["hundred villages"], tmp_path)["5-分村进度"])
    assert "完成率最低的12个村" in found
    assert "10/10村落后" in found
    assert len([word for word in found if word.endswith("%") and not word.startswith("序时")]) == 5 + 12


def test_a_carried_figure_is_hatched_or_hollow_everywhere(tmp_path: Path) -> None:
    figures = charts_of(CASES["carried town"], tmp_path)
    assert hatched(figures["1-分镇完成率"]) == 2
    assert hatched(figures["2-差距与速度"]) == 1
    assert hollow(figures["3-累计曲线"]) == 2  # the newest week of either curve
    assert hollow(figures["5-分村进度"]) == 2


@pytest.mark.parametrize(
    ("status", "title"),
    [
        ({}, "本周2个区镇全部已报送"),
        ({"乙镇": "missing"}, "本周应报2个区镇，已报1个，未报1个（乙镇）"),
        ({"乙镇": "returned"}, "本周应报2个区镇，已报1个，退回1个（乙镇）"),
        ({"乙镇": "pending"}, "本周应报2个区镇，已报1个，待核1个（乙镇）"),
        ({"乙镇": "late"}, "本周应报2个区镇，已报1个，迟报1个（乙镇）"),
    ],
)
def test_the_sixth_chart_says_who_has_not_reported(of: Programme, status: dict[str, str], title: str) -> None:
    assert charts.submissions(reported(of, status), of, day(WEEK)).get_label() == title


# ---- by kind, by what is old, and what colours say -------------------------------------------------------------


def test_a_kind_that_lags_is_told_though_its_town_is_ahead(tmp_path: Path) -> None:
    """乙镇 has done 80 of 200 新建 and 5 of 80 整改, of which 15 are due: 85 of 280 together, 30.36 %."""
    found = titles(charts_of(CASES["kinds apart"], tmp_path))
    assert found[0] == "乙镇整改落后序时进度"
    assert found[1] == "乙镇整改落后序时进度，少10座"
    assert found[4] == "南山村（乙镇）整改落后序时进度"


def test_a_carried_kind_is_no_ground_for_praise_and_is_told_where_it_lags(of: Programme) -> None:
    ahead: Done = {("南山村", "新建"): (80, "reported"), ("南山村", "整改"): (40, "carried")}
    behind: Done = {**ahead, ("南山村", "整改"): (5, "carried")}
    assert (
        charts.completion_by_town(measured(of, ahead), of, day(WEEK)).get_label()
        == "2个有任务区镇全部达到序时进度；乙镇含沿用的数"
    )
    assert (
        charts.gap_and_pace(measured(of, ahead), of, day(WEEK)).get_label()
        == "2个有任务区镇都没有落后序时进度；乙镇含沿用的数"
    )
    assert (
        charts.gap_and_pace(measured(of, behind), of, day(WEEK)).get_label()
        == "乙镇整改（沿用的数）落后序时进度，少10座"
    )


def test_a_week_of_old_figures_only_is_said_to_be_one(tmp_path: Path) -> None:
    old = "本周没有可用的数，图为沿用的上次累计数"
    found = titles(charts_of(CASES["all carried"], tmp_path))
    assert (found[0], found[1], found[2], found[4]) == (old, old, old, old)


def test_a_pace_is_praised_only_if_both_kinds_will_do(of: Programme) -> None:
    """整改 stands still at 40 of 80, 新建 grows by 40 a week; 234 are left of 乙镇."""
    weeks: list[Any] = []
    for number, week in enumerate(("2023-04-21", "2023-04-28", WEEK)):
        done: Done = {("南山村", "新建"): (60 + 40 * number, "reported"), ("南山村", "整改"): (40, "reported"),
                      ("东河村", "新建"): (40 + 20 * number, "reported"), ("东河村", "整改"): (20 + 10 * number, "reported"),
                      ("西河村", "新建"): (20 + 10 * number, "reported")}  # fmt: skip
        weeks += measured(of, done, week, earlier=weeks)
    figure = charts.gap_and_pace(weeks, of, day(WEEK))
    assert figure.get_label() == "没有区镇落后序时进度，但乙镇整改近两周速度低于所需"


def test_the_fourth_chart_compares_with_the_week_before_what_can_be_compared(of: Programme) -> None:
    """16 %: 74, 21 %: 97, 25 %: 117 of 470, rounded down for each figure."""
    before = measured(of, 21, "2023-04-28", before=16)
    first = measured(of, 16, "2023-04-21", before=11)
    now = measured(of, 25, before=21)
    assert "第5周全区新增20座，比上周少3座" in str(
        charts.growth_by_week([*first, *before, *now], of, day(WEEK)).get_label()
    )
    silent = [replace(row, added=None) if row.town == "乙镇" and row.village else row for row in now]
    assert "第5周全区新增20座（不含乙镇），上周23座" in str(
        charts.growth_by_week([*first, *before, *silent], of, day(WEEK)).get_label()
    )
    assert "上周" not in str(charts.growth_by_week([*first, *now], of, day(WEEK)).get_label())


def test_a_rate_is_printed_as_it_is_published(tmp_path: Path) -> None:
    """84 of 275 are 30.545 %: 30.55 %, and not 30.6 %."""
    of = programme(tmp_path, PROGRAMME.replace("new_build: 200", "new_build: 275"))
    found = words(charts.completion_by_town(measured(of, {("南山村", "新建"): (84, "reported")}), of, day(WEEK)))
    assert "30.55%" in found
    assert "30.6%" not in found


def test_what_is_within_the_limit_of_the_lights_has_a_tone_of_its_own(tmp_path: Path) -> None:
    """19 % of 19.13 %: 按序时 by one point, and behind by none."""
    rows = {limit: programme(tmp_path / limit, f"{PROGRAMME}lights: {{behind: {limit}}}\n") for limit in ("-1", "0")}
    tone = {limit: tones.tone_of(measured(of, 19)[-1], of.lights) for limit, of in rows.items()}
    assert tone == {"-1": tones.Tone.ON_SCHEDULE, "0": tones.Tone.BEHIND}
    assert ("■ 按序时（±1个百分点以内）", style.INK) in tones.legend(rows["-1"].lights, is_over=False)


@pytest.mark.parametrize("done", [0, 5, 19, 25, 100, 130])
def test_the_tone_of_a_figure_of_this_week_is_that_of_its_light(of: Programme, done: int) -> None:
    by_light = {**dict.fromkeys(FALLING_BEHIND, tones.Tone.BEHIND), Light.ON_SCHEDULE: tones.Tone.ON_SCHEDULE}
    for row in measured(of, done):
        if row.target:
            assert tones.tone_of(row, of.lights) is by_light.get(row.light, tones.Tone.AHEAD)


def test_the_third_chart_draws_the_required_path_and_says_what_it_asks(of: Programme) -> None:
    found = words(charts.cumulative(measured(of, 5), of, day(WEEK)))
    assert {"今后周均需 15.3 座", "今后周均需 5.9 座"} <= set(found)
    over = charts.cumulative(measured(of, 97, "2023-10-13"), of, day("2023-10-13"))
    assert not any("今后周均需" in word for word in words(over))


# ---- every case that a season brings ---------------------------------------------------------------------------


@pytest.mark.parametrize("case", list(CASES))
def test_no_text_is_cut_or_covered_or_without_a_glyph(tmp_path: Path, case: str) -> None:
    assert {name: faults(figure) for name, figure in charts_of(CASES[case], tmp_path).items() if faults(figure)} == {}


def test_a_long_name_is_shortened_but_never_a_figure(tmp_path: Path) -> None:
    of = programme(tmp_path, MANY)
    assert "115,890 / 463,605" in words(
        charts.completion_by_town(measured(of, 25), of, day(WEEK))
    )  # 997 × (1 + … + 30) = 463,605
    of = programme(tmp_path, LONG)
    found = words(charts.completion_by_town(measured(of, 25), of, day(WEEK)))
    assert next(word for word in found if word.startswith("名字特别")).endswith("…")


def test_a_season_of_weeks_fits(of: Programme) -> None:
    rows, reporting, newest = season(of)
    for figure in drawn(of, rows, reporting, newest).values():
        assert faults(figure) == []


def test_the_lint_sees_an_overlap_a_strike_a_cut_and_a_missing_glyph(of: Programme) -> None:
    figure = charts.completion_by_town(measured(of, 25), of, day(WEEK))
    figure.text(0.5, 0.81, "甲")
    figure.text(0.501, 0.81, "乙")
    figure.text(0.2, 0.81, "划掉的字")
    figure.add_artist(Line2D([0.1, 0.4], [0.815, 0.815], color="black"))
    figure.text(0.98, 0.81, "伸进页边的字")
    figure.text(0.85, 0.81, "\U000323ae")
    with pytest.warns(UserWarning, match="missing from font"):
        found = faults(figure)
    assert [fault.split(":")[0] for fault in found] == ["cut", "overlap", "struck", "glyph"]


def test_the_lint_sees_small_pale_and_covered_letters_shapes_outside_and_a_title_that_does_not_fit(
    of: Programme,
) -> None:
    figure = charts.completion_by_town(measured(of, 25), of, day(WEEK))
    figure.set_label("标题不在图上")
    figure.text(0.3, 0.81, "小字", size=7)
    figure.text(0.4, 0.81, "1,341", size=7)
    figure.text(0.5, 0.81, "淡字", color="#AAAAAA")
    figure.text(0.6, 0.81, "蓝底上的黑字", color="black")
    figure.add_artist(Rectangle((0.59, 0.80), 0.2, 0.04, facecolor="#12436D", transform=figure.transFigure))
    figure.text(0.2, 0.81, "点下的字")
    figure.add_artist(Line2D([0.21], [0.815], marker="o", markersize=9))
    figure.add_artist(Rectangle((0.9, 0.1), 0.2, 0.01, facecolor="black", transform=figure.transFigure))
    found = [fault.split(":")[0] for fault in faults(figure)]
    assert found == ["outside", "covered", "small", "small", "title", "pale", "pale"]


# ---- the picture -----------------------------------------------------------------------------------------------


def test_a_picture_is_1920_by_1080_and_the_same_every_time(of: Programme) -> None:
    made = [charts.png(figure) for figure in drawn(of, measured(of, 25), reported(of, {})).values()]
    assert [struct.unpack(">II", content[16:24]) for content in made] == [(1920, 1080)] * 6
    assert made == [charts.png(figure) for figure in drawn(of, measured(of, 25), reported(of, {})).values()]
    assert all(b"Software" not in content for content in made)


def test_a_name_that_looks_like_markup_is_drawn_as_it_is(tmp_path: Path) -> None:
    of = programme(tmp_path, PROGRAMME.replace("甲镇:", "'甲$x_1$镇':"))
    figure = charts.completion_by_town(measured(of, 25), of, day(WEEK))
    assert "甲$x_1$镇" in words(figure)
    charts.png(figure)


def test_a_character_without_a_glyph_is_an_error_that_names_it(of: Programme) -> None:
    figure = charts.completion_by_town(measured(of, 25), of, day(WEEK))
    figure.text(0.5, 0.5, "\U000323ae")
    with pytest.raises(fonts.MissingGlyph, match="U\\+323AE"):
        charts.png(figure)
