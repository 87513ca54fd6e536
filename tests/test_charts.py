"""The three charts: their titles' branches, and nothing cut or overlapping in any case that a season brings."""

import struct
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from pipeline import archive, charts, completion, fonts
from pipeline.params import Programme
from pipeline.tables import ARCHIVED, PROGRESS, SUBMISSIONS
from tests.helpers import PROGRAMME, day, programme
from tests.lint import faults

WEEK = "2023-05-05"  # 19.13 % due


def measured(
    of: Programme, done: dict[tuple[str, str], tuple[int | None, str]] | int, week: str = WEEK
) -> pd.DataFrame:
    """completion of a week; done: (village, kind) -> (figure, status), or a percentage for all."""
    rows = []
    for (town, village, kind), target in of.targets(day(week)).items():
        if isinstance(done, int):
            figure, status = target * done // 100, "reported"
        else:
            figure, status = done.get((village, kind), (target // 5, "reported"))
        rows.append({"week": week, "town": town, "village": village, "kind": kind, "target": target, "done": figure,
                     "status": status})  # fmt: skip
    return completion.measure(PROGRESS.table(rows), ARCHIVED["completion"].table(), of, day(week))


def reported(of: Programme, status: dict[str, str], week: str = WEEK) -> pd.DataFrame:
    """reporting of one week; a town that is not named has reported."""
    usual = {town: "received" if of.towns[town].villages else "none_expected" for town in of.towns}
    rows = [{"town": town, "status": found} for town, found in {**usual, **status}.items()]
    return archive.reporting(SUBMISSIONS.table(rows), week)


def drawn(of: Programme, frame: pd.DataFrame, reporting: pd.DataFrame, week: str = WEEK) -> list[Figure]:
    return [
        charts.completion_by_town(frame[frame["week"] == week], of, day(week)),
        charts.cumulative(frame, of, day(week)),
        charts.submissions(reporting, of, day(week)),
    ]


def titles(figures: list[Figure]) -> list[str]:
    return [str(figure.get_label()) for figure in figures]


@pytest.fixture
def of(tmp_path: Path) -> Programme:
    return programme(tmp_path)


# ---- titles ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("done", "title"),
    [
        (25, "2个有任务区镇全部达到序时进度"),
        (100, "2个有任务区镇全部完成目标任务"),
        # 5 %, rounded down for each village: 甲镇 9 of 190 = 4.74 %, 乙镇 14 of 280 = 5.00 %
        (5, "2个有任务区镇全部落后序时进度，甲镇完成率最低"),
        (0, "2个有任务区镇全部落后序时进度，甲镇、乙镇完成率最低"),
        ({("南山村", "新建"): (10, "reported")}, "2个有任务区镇中只有乙镇落后序时进度"),
        ({("南山村", "新建"): (None, "missing"), ("南山村", "整改"): (None, "missing")},
         "有本周数据的1个区镇全部达到序时进度；乙镇没有完整的本周数"),
    ],
)  # fmt: skip
def test_the_first_chart_says_who_is_behind(of: Programme, done: object, title: str) -> None:
    figure = charts.completion_by_town(measured(of, done), of, day(WEEK))  # type: ignore[arg-type]
    assert figure.get_label() == title


def test_nobody_known_is_said_plainly(of: Programme) -> None:
    nothing = {(village, kind): (None, "missing") for _, village, kind in of.targets(day(WEEK))}
    assert titles(drawn(of, measured(of, nothing), reported(of, {"甲镇": "missing", "乙镇": "missing"}))) == [
        "本周还没有区镇的完成率",
        "全区新建、整改都缺数，暂不算完成率",
        "本周2个区镇还没有一份可用的报表",
    ]


@pytest.mark.parametrize(
    ("done", "title"),
    [
        (25, "全区新建、整改都达到序时进度"),
        (100, "全区新建、整改都已完成"),
        # 5 % of 340 is 17, of 130 is 6; 148 days = 21.14 weeks are left: 323 ÷ 21.14 = 15.3, 124 ÷ 21.14 = 5.9
        (5, "全区新建、整改都落后序时进度；今后每周需完成新建15.3座、整改5.9座"),
    ],
)
def test_the_second_chart_says_whether_the_district_is_on_its_way(of: Programme, done: int, title: str) -> None:
    assert charts.cumulative(measured(of, done), of, day(WEEK)).get_label() == title


@pytest.mark.parametrize(
    ("status", "title"),
    [
        ({}, "本周2个区镇全部按时报送"),
        ({"乙镇": "missing"}, "本周1/2个区镇已报送，乙镇未报"),
        ({"乙镇": "returned"}, "本周1/2个区镇已报送，乙镇退回"),
        ({"乙镇": "late"}, "本周2/2个区镇已报送，乙镇迟报"),
    ],
)
def test_the_third_chart_says_who_has_not_reported(of: Programme, status: dict[str, str], title: str) -> None:
    assert charts.submissions(reported(of, status), of, day(WEEK)).get_label() == title


# ---- every case that a season brings ---------------------------------------------------------------------------

ZERO = PROGRAMME.replace("new_build: 100, renovation: 50", "new_build: 0, renovation: 50").replace(
    "new_build: 40,", "new_build: 0,"
)
MANY = "title: 示例\noffice: 示例\ndocument: 示例\nschedule: {start: 2023-04-01, end: 2023-09-30}\ntowns:\n" + "".join(
    f"  第{number}街道:\n    villages: [{{name: 第{number}村, tier: 省级, new_build: {number * 997}, renovation: 31}}]\n"
    for number in range(1, 31)
)
LONG = PROGRAMME.replace("甲镇:", "名字特别长的经济技术开发区街道:")
CASES: dict[str, tuple[str, object, dict[str, str], str]] = {
    "normal": (PROGRAMME, 25, {}, WEEK),
    "first week": (PROGRAMME, 3, {}, "2023-04-07"),
    "nothing done": (PROGRAMME, 0, {}, "2023-04-07"),
    "after the end": (PROGRAMME, 97, {}, "2023-10-13"),
    "over 100 %": (PROGRAMME, 130, {"甲镇": "late"}, "2023-08-04"),
    "far over": (PROGRAMME, 400, {}, WEEK),
    "all done": (PROGRAMME, 100, {}, "2023-09-29"),
    "missing town": (PROGRAMME, {("南山村", "新建"): (None, "missing")}, {"乙镇": "missing"}, WEEK),
    "carried town": (
        PROGRAMME, {("南山村", kind): (9, "carried") for kind in ("新建", "整改")}, {"乙镇": "returned"}, WEEK
    ),
    "zero targets": (ZERO, 25, {}, WEEK),
    "thirty towns": (MANY, 25, {"第3街道": "missing", "第7街道": "late"}, "2023-06-30"),
    "long name": (LONG, 25, {}, WEEK),
    "milestones": (PROGRAMME.replace("2023-09-30}", "2023-09-30, milestones: {2023-06-30: 0.3}}"), 25, {}, WEEK),
}  # fmt: skip


@pytest.mark.parametrize("case", list(CASES))
def test_no_text_is_cut_or_covered(tmp_path: Path, case: str) -> None:
    text, done, status, week = CASES[case]
    of = programme(tmp_path, text)
    for figure in drawn(of, measured(of, done, week), reported(of, status, week), week):  # type: ignore[arg-type]
        assert faults(figure) == []


def test_a_long_name_is_shortened_but_never_a_figure(tmp_path: Path) -> None:
    of = programme(tmp_path, MANY)
    words = [text.get_text() for text in charts.completion_by_town(measured(of, 25), of, day(WEEK)).findobj(Text)]
    assert "115,890 / 463,605" in words  # 997 × (1 + … + 30) = 463,605
    of = programme(tmp_path, LONG)
    words = [text.get_text() for text in charts.completion_by_town(measured(of, 25), of, day(WEEK)).findobj(Text)]
    assert next(word for word in words if word.startswith("名字特别长")).endswith("…")


def test_a_season_of_weeks_fits(of: Programme) -> None:
    weeks = [f"2023-{month:02}-{date:02}" for month in range(4, 10) for date in (7, 14, 21, 28)]
    season = pd.concat([measured(of, 4 * number, week) for number, week in enumerate(weeks, 1)], ignore_index=True)
    reporting = pd.concat([reported(of, {}, week) for week in weeks], ignore_index=True)
    for figure in drawn(of, season, reporting, weeks[-1]):
        assert faults(figure) == []


def test_the_lint_sees_an_overlap_and_a_cut(of: Programme) -> None:
    figure = charts.completion_by_town(measured(of, 25), of, day(WEEK))
    figure.text(0.5, 0.5, "甲")
    figure.text(0.501, 0.5, "乙")
    figure.text(0.99, 0.2, "伸出画布之外的一行字")
    assert [fault.split(":")[0] for fault in faults(figure)] == ["cut", "overlap"]


# ---- the picture -----------------------------------------------------------------------------------------------


def test_a_picture_is_1920_by_1080_and_the_same_every_time(of: Programme) -> None:
    made = [charts.png(figure) for figure in drawn(of, measured(of, 25), reported(of, {}))]
    assert [struct.unpack(">II", content[16:24]) for content in made] == [(1920, 1080)] * 3
    assert made == [charts.png(figure) for figure in drawn(of, measured(of, 25), reported(of, {}))]
    assert all(b"Software" not in content for content in made)


def test_a_name_that_looks_like_markup_is_drawn_as_it_is(tmp_path: Path) -> None:
    of = programme(tmp_path, PROGRAMME.replace("甲镇:", "'甲$x_1$镇':"))
    figure = charts.completion_by_town(measured(of, 25), of, day(WEEK))
    assert "甲$x_1$镇" in [text.get_text() for text in figure.findobj(match=lambda artist: hasattr(artist, "get_text"))]
    charts.png(figure)


def test_a_character_without_a_glyph_is_an_error_that_names_it(of: Programme, tmp_path: Path) -> None:
    figure = charts.completion_by_town(measured(of, 25), of, day(WEEK))
    figure.text(0.5, 0.5, "\U000323ae")
    with pytest.raises(fonts.MissingGlyph, match="U\\+323AE"):
        charts.png(figure)
    strange = programme(tmp_path, PROGRAMME.replace("甲镇:", "'\U000323ae镇':"))
    with pytest.raises(fonts.MissingGlyph, match="图表字体没有这些字"):
        charts.completion_by_town(measured(strange, 25), strange, day(WEEK))
