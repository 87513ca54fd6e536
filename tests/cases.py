"""Weeks of every kind that a season brings, as tables: for the tests of charts and pages, and to be looked at."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from matplotlib.figure import Figure

from pipeline import archive
from pipeline.judging import completion
from pipeline.params import Programme
from pipeline.products import charts
from pipeline.products.sentences import Story
from pipeline.records import Completion, Progress, Reporting, Sent, Status, Submission, Submissions, with_sent
from tests.helpers import PROGRAMME, day, programme

WEEK = "2023-05-05"  # 19.13 % due
NAMES = (
    "1-分镇完成率",
    "2-差距与速度",
    "3-累计曲线",
    "4-每周增量",
    "5-分村进度",
    "6-报送情况",
)

Done = dict[tuple[str, str], tuple[int | None, str]]  # (village, kind) -> (figure, status)


def progress(of: Programme, done: Done | int, week: str = WEEK, before: int | None = None) -> list[Progress]:
    """progress of a week. done: figures, or a percentage of every target; before: the week before, also in percent."""
    rows = []
    for key, target in of.targets(day(week)).items():
        if isinstance(done, int):
            figure, status = target * done // 100, "reported"
        else:
            figure, status = done.get((key.village, key.kind), (target // 5, "reported"))
        last = None if before is None else target * before // 100
        added = figure - last if figure is not None and last is not None and status == "reported" else None
        rows.append(
            Progress(week=week, **key._asdict(), target=target, done=figure, added=added, status=Status(status))
        )  # fmt: skip
    return rows


def measured(of: Programme, done: Done | int, week: str = WEEK, before: int | None = None,
             earlier: Sequence[Completion] = ()) -> list[Completion]:  # fmt: skip
    """completion of a week."""
    return completion.measure(progress(of, done, week, before), earlier, of, day(week))


def reported(of: Programme, status: dict[str, str], week: str = WEEK) -> list[Reporting]:
    """reporting of one week; a town that is not named has reported."""
    return archive.reporting(submissions(of, status), week)


def drawn(
    of: Programme, season: Sequence[Completion], reporting: Sequence[Reporting], week: str = WEEK
) -> dict[str, Figure]:
    """The six charts of a week, by name."""
    now = [row for row in season if row.week == week]
    figures = (
        charts.completion_by_town(now, of, day(week)),
        charts.gap_and_pace(season, of, day(week)),
        charts.cumulative(season, of, day(week)),
        charts.growth_by_week(season, of, day(week)),
        charts.villages(now, of, day(week)),
        charts.submissions(reporting, of, day(week)),
    )
    return dict(zip(NAMES, figures, strict=True))


# ---- the cases -------------------------------------------------------------------------------------------------

ZERO = PROGRAMME.replace("new_build: 100, renovation: 50", "new_build: 0, renovation: 50").replace(
    "new_build: 40,", "new_build: 0,"
)
NONE = "title: 示例\noffice: 示例\ndocument: 示例\nschedule: {start: 2023-04-01, end: 2023-09-30}\ntowns:\n  甲镇: {villages: []}\n"
_HEAD = NONE.partition("  甲镇")[0]
MANY = _HEAD + "".join(
    f"  第{number}街道:\n    villages: [{{name: 第{number}村, tier: 省级, new_build: {number * 997}, renovation: 31}}]\n"
    for number in range(1, 31)
)
HUNDRED = _HEAD + "".join(
    f"  第{town}镇:\n    villages:\n"
    + "".join(
        f"      - {{name: {'甲乙丙丁戊己庚辛壬癸'[village]}{town}村, tier: {'区级' if (town, village) == (3, 3) else '省级'}, "
        f"new_build: {40 + 7 * village * town % 91}, renovation: {120 + 11 * village * town % 83}}}\n"
        for village in range(10)
    )
    for town in range(1, 11)
)
ONE = _HEAD + "  甲镇:\n    villages: [{name: 东河村, tier: 省级, new_build: 100, renovation: 50}]\n"
BIG = PROGRAMME.replace("new_build: 200, renovation: 80", "new_build: 45120, renovation: 38077").replace(
    "new_build: 100", "new_build: 65250"
)
FORTY = _HEAD + "".join(
    f"  第{number}镇:\n    villages: [{{name: 第{number}村, tier: 省级, new_build: {100 + number}, renovation: 31}}]\n"
    for number in range(1, 41)
)
FOUR = _HEAD + "".join(
    f"  {name}镇:\n    villages: [{{name: {name}村, tier: 省级, new_build: {size}, renovation: {size // 2}}}]\n"
    for name, size in (("东", 340), ("南", 120), ("西", 1250), ("北", 86))
)
ONE_KIND = PROGRAMME.replace("renovation: 50", "renovation: 0").replace("renovation: 80", "renovation: 0")
LONG = PROGRAMME.replace("甲镇:", "名字特别长的经济技术开发区街道:").replace(
    "东河村", "名字特别特别长的第十二自然村与社区"
)
MILESTONES = PROGRAMME.replace("2023-09-30}", "2023-09-30, milestones: {2023-06-30: 0.3}}")


@dataclass(frozen=True)
class Case:
    """One week. done: figures or percent of target; status: of towns that have not reported in time."""

    programme: str
    done: Done | int
    status: dict[str, str] = field(default_factory=dict)
    week: str = WEEK
    before: int | None = None  # the week before, in percent


_UNKNOWN: Done = {
    (village, kind): (None, "missing") for village in ("东河村", "西河村", "南山村") for kind in ("新建", "整改")
}
_UNEVEN: Done = {
    (f"{name}{town}村", kind): (town * 9 + place * 4 + len(kind), "carried" if town == 4 and place > 7 else "reported")
    for town in range(1, 11) for place, name in enumerate("甲乙丙丁戊己庚辛壬癸") for kind in ("新建", "整改")
}  # fmt: skip
_LATE: Done = {
    ("东村", "新建"): (330, "reported"), ("东村", "整改"): (170, "reported"),
    ("南村", "新建"): (120, "reported"), ("南村", "整改"): (60, "reported"),
    ("西村", "新建"): (1249, "reported"), ("西村", "整改"): (625, "reported"),
    ("北村", "新建"): (90, "reported"), ("北村", "整改"): (20, "reported"),
}  # fmt: skip
CASES: dict[str, Case] = {
    "normal": Case(PROGRAMME, 25, before=21),
    "behind": Case(PROGRAMME, 12, before=13),
    "first week": Case(PROGRAMME, 3, week="2023-04-07", before=0),
    "nothing done": Case(PROGRAMME, 0, week="2023-04-07", before=0),
    "after the end": Case(PROGRAMME, 97, week="2023-10-13", before=95),
    "over 100": Case(PROGRAMME, 130, {"甲镇": "late"}, "2023-08-04", before=100),
    "far over": Case(PROGRAMME, 400, before=390),
    "all done": Case(PROGRAMME, 100, week="2023-09-29", before=99),
    "missing town": Case(PROGRAMME, {("南山村", "新建"): (None, "missing")}, {"乙镇": "missing"}),
    "carried town": Case(
        PROGRAMME, {("南山村", kind): (9, "carried") for kind in ("新建", "整改")}, {"乙镇": "returned"}
    ),
    "all carried": Case(
        PROGRAMME,
        dict.fromkeys(_UNKNOWN, (9, "carried")),
        {"甲镇": "missing", "乙镇": "returned"},
    ),
    "kinds apart": Case(PROGRAMME, {("南山村", "新建"): (80, "reported"), ("南山村", "整改"): (5, "reported")}),
    "carried kind": Case(PROGRAMME, {("南山村", "整改"): (5, "carried")}),
    "last day": Case(FOUR, _LATE, week="2023-09-30"),
    "late and silent": Case(
        FOUR,
        {**_LATE, ("西村", "新建"): (1100, "carried"), ("西村", "整改"): (620, "carried")},
        {"西镇": "missing"},
        "2023-11-03",
    ),
    "one kind": Case(ONE_KIND, 18, before=15),
    "four towns": Case(FOUR, 19, before=16),
    "forty towns": Case(FORTY, 25, {"第33镇": "missing"}, "2023-05-19", before=23),
    "no submission": Case(PROGRAMME, _UNKNOWN, {"甲镇": "missing", "乙镇": "missing"}),
    "zero targets": Case(ZERO, 25, before=20),
    "no tasks": Case(NONE, 25),
    "one town": Case(ONE, 15, before=12),
    "thirty towns": Case(MANY, 25, {"第3街道": "missing", "第7街道": "late"}, "2023-06-30", before=23),
    "hundred villages": Case(HUNDRED, _UNEVEN, {"第4镇": "late"}, "2023-06-30"),
    "five digits": Case(BIG, 18, before=15),
    "long names": Case(LONG, 25, before=20),
    "milestones": Case(MILESTONES, 25),
}


def charts_of(case: Case, scratch: Path) -> dict[str, Figure]:
    """The six charts of one case, drawn from its one week."""
    of = programme(scratch, case.programme)
    return drawn(of, measured(of, case.done, case.week, case.before), reported(of, case.status, case.week), case.week)


def season(of: Programme, uneven: int = 0) -> tuple[list[Completion], list[Reporting], str]:
    """(completion, reporting, newest week) of twenty weeks; in the twelfth the last town has sent nothing, and uneven
    growth in every third."""
    weeks = [(day("2023-04-07") + dt.timedelta(weeks=number)).isoformat() for number in range(20)]
    last = [town for town, listed in of.towns.items() if listed.villages][-1]
    rows: list[Completion] = []
    reports: list[Reporting] = []
    for number, week in enumerate(weeks, 1):
        percent, before = 4 * number + uneven * (number % 3), 4 * (number - 1) + uneven * ((number - 1) % 3)
        figures, silent = progress(of, percent, week, before), [last] if number == 12 else []
        figures = [
            replace(row, status=Status.CARRIED, added=None) if row.town in silent else row for row in figures
        ]  # fmt: skip
        rows += completion.measure(figures, rows, of, day(week))
        reports += reported(of, dict.fromkeys(silent, "missing"), week)
    return rows, reports, weeks[-1]


def submissions(of: Programme, status: dict[str, str]) -> Submissions:
    """submissions of one week; a town that is not named has reported."""
    usual = {town: "received" if of.towns[town].villages else "none_expected" for town in of.towns}
    every = {**usual, **status}
    return Submissions(tuple(Submission(town=town, status=Sent(word)) for town, word in every.items()))


def story(
    of: Programme, weeks: Sequence[list[Completion]], status: dict[str, str] | None = None, week: str = WEEK
) -> Story:
    """What the sentences of a week stand on; weeks: completion of the weeks before and of this one."""
    sent = submissions(of, status or {})
    return Story.of(with_sent((row for rows in weeks for row in rows), sent), sent, of, day(week))


def story_of(case: Case, scratch: Path) -> Story:
    """The same of one case."""
    of = programme(scratch, case.programme)
    return story(of, [measured(of, case.done, case.week, case.before)], case.status, case.week)
