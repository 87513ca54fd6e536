"""每日调度: a day between two weeks, beside the last sealed one. 甲镇 has 东河村 and 西河村, 乙镇 南山村.

On Friday 7 April 甲镇 has done 34 of 190, 乙镇 14 of 280. Tuesday 11 April is day 11 of 183: 6.01 % is due.
"""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline import archive, cli, commands, daily, params
from pipeline.errors import NoSuchWeek, PipelineError
from pipeline.products import dispatch, pages
from pipeline.products.dispatch import Dispatch
from tests import browser
from tests.desk_sheet import Paper, named
from tests.helpers import PROGRAMME, Office, lines, only, write_form

FIRST, TUESDAY, SECOND = "2023-04-07", "2023-04-11", "2023-04-14"
EAST_WEST, SOUTH = {"东河村": (20, 10), "西河村": (4, 0)}, {"南山村": (10, 4)}


@pytest.fixture
def sealed(office: Office) -> Office:
    """An office with its first week on record, and an empty folder for Tuesday."""
    office.week(FIRST)
    office.send(FIRST, "甲镇.xlsx", EAST_WEST)
    office.send(FIRST, "乙镇.xlsx", SOUTH)
    office.archive(FIRST)
    (office.root / "data/raw/daily" / TUESDAY).mkdir(parents=True)
    return office


def send(office: Office, name: str, done: dict[str, Any], on: str = TUESDAY) -> Path:
    path = office.root / "data/raw/daily" / on / name
    path.parent.mkdir(parents=True, exist_ok=True)
    write_form(path, done)
    return path


def of(office: Office, on: str = TUESDAY, *decisions: dict[str, Any]) -> Dispatch:
    programme = params.programme(office.root, "params/2023.yaml")
    week = params.week_of({"week": on, "decisions": list(decisions)})
    return daily.dispatch(daily.compute(office.root, programme, week))


def progress(found: Dispatch) -> list[str]:
    return lines(found.tables.progress, "village", "kind", "done", "added", "status")


def test_what_was_not_sent_that_day_is_the_last_sealed_weeks(sealed: Office) -> None:
    send(sealed, "甲镇.xlsx", {"东河村": (25, 10), "西河村": (6, 0)})
    assert progress(of(sealed)) == [
        "东河村 新建 25 5 reported", "东河村 整改 10 0 reported", "西河村 新建 6 2 reported", "西河村 整改 0 0 reported",
        "南山村 新建 10 - carried", "南山村 整改 4 - carried",
    ]  # fmt: skip


def test_the_day_in_words(sealed: Office) -> None:
    """55 of 470 are done: 11.70 %, 5.69 points ahead of 6.01 %."""
    send(sealed, "甲镇.xlsx", {"东河村": (25, 10), "西河村": (6, 0)})
    assert dispatch.lines(of(sealed)) == [
        "每日调度（2023年4月11日）",
        "截至4月11日，3个整村推进村累计完成户厕改造55座（含沿用数），占目标任务的11.70%，高于序时进度（6.01%）5.69个百分点；"
        "其中新建41座（12.06%）、整改14座（10.77%）。",
        "当日有数的区镇1个：甲镇。",
        "其余1个区镇沿用最近采用的数（截至4月7日）。",
        "较4月7日新增7座：甲镇新增7座。",
        "当日有数的区镇，新建、整改都没有慢于序时进度超过1个百分点的。",
        "核对结果：没有问题。",
    ]


def test_the_lag_of_one_kind_is_told_though_the_town_leads(sealed: Office) -> None:
    """乙镇 leads by 新建, 50 of 200; of 整改 4 of 80 are done: 5.00 %, 1.01 points behind."""
    send(sealed, "乙镇.xlsx", {"南山村": (50, 4)})
    assert "当日有数的区镇中，慢于序时进度超过1个百分点的有：乙镇整改（5.00%，慢序时）。" in dispatch.lines(of(sealed))


def test_a_town_that_does_not_send_is_no_finding_and_open_questions_are(sealed: Office) -> None:
    send(sealed, "乙镇.xlsx", {"南山村": ("约20", 4)})
    found = of(sealed)
    assert lines(found.tables.findings, "level", "rule", "town", "cell") == ["reject unreadable_figure 乙镇 E4"]
    assert progress(found)[-2:] == ["南山村 新建 10 - carried", "南山村 整改 4 0 reported"]
    assert [found.source(town) for town in ("甲镇", "乙镇")] == ["沿用4月7日", "部分沿用4月7日"]
    assert found.open == found.tables.findings


def test_a_falling_figure_is_held_as_in_a_week(sealed: Office) -> None:
    send(sealed, "乙镇.xlsx", {"南山村": (9, 4)})
    assert lines(of(sealed).open, "rule", "raw") == ["fell 9"]


def test_decisions_enter_a_day_as_they_enter_a_week(sealed: Office) -> None:
    entered = {"do": "enter", "town": "乙镇", "village": "南山村", "kind": "新建", "now": 31, "reason": "电话", "by": "张三",
               "date": TUESDAY}  # fmt: skip
    found = of(sealed, TUESDAY, entered)
    assert progress(found)[-2:] == ["南山村 新建 31 21 corrected", "南山村 整改 4 - carried"]
    assert (found.sent, found.source("乙镇")) == (["乙镇"], "部分沿用4月7日")


def test_growth_against_an_earlier_week_is_named_so(sealed: Office) -> None:
    """乙镇 has not reported since 7 April, 甲镇 has on 14 April."""
    sealed.week(SECOND)
    sealed.send(SECOND, "甲镇.xlsx", {"东河村": (22, 10), "西河村": (4, 0)})
    sealed.archive(SECOND)
    send(sealed, "甲镇.xlsx", {"东河村": (25, 10), "西河村": (6, 0)}, "2023-04-18")
    send(sealed, "乙镇.xlsx", {"南山村": (40, 4)}, "2023-04-18")
    assert "较4月7日、4月14日新增35座：甲镇较4月14日新增5座、乙镇较4月7日新增30座。" in dispatch.lines(
        of(sealed, "2023-04-18")
    )


def test_with_carry_off_a_day_still_stands_on_the_last_week(sealed: Office) -> None:
    (sealed.root / "params/2023.yaml").write_text(f"{PROGRAMME}carry: false\n", encoding="utf-8")
    assert progress(of(sealed))[-1] == "南山村 整改 4 - carried"


def test_an_empty_day_says_so(sealed: Office) -> None:
    said = dispatch.lines(of(sealed))
    assert said[2:] == ["当日还没有收到可用的数。", "各区镇沿用最近采用的数（截至4月7日）。", "核对结果：没有问题。"]


def test_before_the_first_sealed_week_growth_is_from_the_start(office: Office) -> None:
    on = "2023-04-04"
    send_to = office.root / "data/raw/daily" / on
    send_to.mkdir(parents=True)
    write_form(send_to / "乙镇.xlsx", {"南山村": (3, 0)})
    found = of(office, on)
    assert (found.since, found.source("甲镇")) == (None, "缺数")
    assert "较开工新增3座：乙镇新增3座。" in dispatch.lines(found)
    assert dispatch.standing(found) == "截至4月4日，3个整村推进村累计完成户厕改造3座；有村缺数，暂不计算完成率。"


def test_the_coming_weeks_form_is_used_between_two_weeks_and_the_last_weeks_is_held(sealed: Office) -> None:
    """`new` has made the forms of 14 April; on Tuesday 甲镇 fills its one, 乙镇 that of 7 April."""
    commands.new(sealed.root, SECOND)
    commands.new(sealed.root, FIRST)
    for town, week, figures in (("甲镇", SECOND, {"E4": 25, "F4": 10, "E5": 6}), ("乙镇", FIRST, {"E4": 30, "F4": 9})):
        form = next((sealed.root / "data/output" / week / "forms").glob(f"{town}*"))
        book = openpyxl.load_workbook(form)
        for cell, value in figures.items():
            book.worksheets[0][cell] = value
        book.save(sealed.root / "data/raw/daily" / TUESDAY / f"{town}.xlsx")
    found = of(sealed)
    assert [line.split()[2] for line in progress(found)] == ["25", "10", "6", "0", "10", "4"]
    assert lines(found.open, "rule", "town") == ["other_week 乙镇"]


def test_what_is_said_of_spans_of_weeks_is_not_said_of_a_day(sealed: Office) -> None:
    for week in (SECOND, "2023-04-21"):
        sealed.week(week)
        sealed.send(week, "甲镇.xlsx", {"东河村": (20, 10, "本周无进展"), "西河村": (4, 0)})
        sealed.send(week, "乙镇.xlsx", {"南山村": (10, 4, "雨天")})
        sealed.archive(week)
    send(sealed, "乙镇.xlsx", {"南山村": (10, 4, "停工")}, "2023-05-16")
    assert only(of(sealed, "2023-05-16").tables.findings, level="note") == []


# ---- a day is no week ------------------------------------------------------------------------------------------


def test_a_day_is_no_week_and_no_history(sealed: Office, capsys: pytest.CaptureFixture[str]) -> None:
    send(sealed, "甲镇.xlsx", {"东河村": (25, 10), "西河村": (6, 0)})
    before = sorted(path.relative_to(sealed.root) for path in (sealed.root / "data/output").rglob("*"))
    assert commands.day(sealed.root, "") == 0
    assert capsys.readouterr().out.endswith("一页纸：data/output/daily/2023-04-11.html（不存档，可重复运行）\n")
    after = sorted(path.relative_to(sealed.root) for path in (sealed.root / "data/output").rglob("*"))
    assert [str(path) for path in after if path not in before] == [
        "data/output/daily", "data/output/daily/2023-04-11.html",
    ]  # fmt: skip
    assert archive.weeks(sealed.root) == archive.recorded_weeks(sealed.root) == [FIRST]
    sealed.week(SECOND)
    assert [row.week for row in sealed.compute(SECOND).history.progress] == [FIRST] * 6


def test_an_open_question_is_status_1(sealed: Office) -> None:
    send(sealed, "乙镇.xlsx", {"南山村": ("约20", 4)})
    assert commands.day(sealed.root, TUESDAY) == 1


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (FIRST, "2023-04-07 不晚于最近一次存档（截至 2023-04-07），每日调度只看存档以后的日子。"),
        ("2023-04-04", "2023-04-04 不晚于最近一次存档（截至 2023-04-07）"),
        ("2023-03-31", "2023-03-31 在实施阶段开始（2023-04-01）以前"),
        ("2023-04-12", "没有文件夹 data/raw/daily/2023-04-12。请建立后放入当天收到的表。"),
    ],
)
def test_another_time_is_refused_in_words(sealed: Office, on: str, said: str) -> None:
    with pytest.raises(PipelineError) as refused:
        commands.day(sealed.root, on)
    assert str(refused.value).startswith(said)


def test_without_a_date_it_is_the_newest_folder(sealed: Office) -> None:
    (sealed.root / "data/raw/daily/2023-04-12").mkdir()
    (sealed.root / "data/raw/daily/旧").mkdir()
    assert daily.newest(sealed.root) == "2023-04-12"


def test_without_any_folder_it_says_where_to_put_the_forms(office: Office) -> None:
    with pytest.raises(NoSuchWeek, match="请建立 data/raw/daily/日期/"):
        commands.day(office.root, "")


# ---- the page --------------------------------------------------------------------------------------------------


def test_the_page_says_what_is_carried_and_asks_nothing_of_the_network(sealed: Office) -> None:
    send(sealed, "甲镇.xlsx", {"东河村": (25, 10, "<b>抢工</b>"), "西河村": (6, 0)})
    page = pages.daily_html(of(sealed)).decode()
    assert "<title>2023年度农村户厕改造整村推进每日调度（2023年4月11日）</title>" in page
    assert '<td class="source">沿用4月7日</td>' in page
    assert "<td>25 / 100</td><td>+5</td>" in page
    assert "&lt;b&gt;抢工&lt;/b&gt;" in page
    assert "<script" not in page
    assert "://" not in page


@browser.needs_chromium
@pytest.mark.parametrize("towns", [9, 20, 40])
def test_the_page_prints_on_one_sheet(tmp_path: Path, towns: int) -> None:
    """Every town sends two villages, and half of the figures are questions."""
    office = Office(tmp_path / "区", large_programme(towns))
    for number in range(towns):
        path = tmp_path / "区/data/raw/daily" / TUESDAY / f"第{number}号镇{LONG}.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        done = {
            f"{kind}{number}号村": ("约12" if number % 2 else 3, 4, "因连日下雨，部分农户外出务工，进场较晚")
            for kind in "上下"
        }
        write_form(path, done)
    (tmp_path / "页.html").write_bytes(pages.daily_html(of(office)))
    with browser.tab() as tab:
        tab.open(tmp_path / "页.html")
        assert browser.pages(tab.pdf()) == 1
        assert [address for address in tab.requests if not address.startswith(("file:", "data:"))] == []


LONG = "农村户厕改造整村推进每周进展情况汇总表（截至4月11日，修改后的最新版）"


def large_programme(towns: int) -> str:
    """The programme with so many towns of two villages each."""
    of_town = (
        f"  第{number}号镇:\n    villages:\n"
        + "".join(
            f"      - {{name: {kind}{number}号村, tier: 省级, new_build: 90, renovation: 60}}\n" for kind in "上下"
        )
        for number in range(towns)
    )
    return PROGRAMME.partition("  甲镇:")[0] + "".join(of_town)


def test_figures_by_telephone_come_from_the_day_s_own_sheet(sealed: Office, capsys: pytest.CaptureFixture[str]) -> None:
    paper = Paper(sealed, TUESDAY, "params/daily")
    assert [(named(row), row["选项"]) for row in paper.rows()] == [
        ("甲镇 东河村 新建", ["改为“采用数”", "等镇里重报，沿用上次数20（4月7日）"]),
        ("甲镇 东河村 整改", ["改为“采用数”", "等镇里重报，沿用上次数10（4月7日）"]),
        ("甲镇 西河村 新建", ["改为“采用数”", "等镇里重报，沿用上次数4（4月7日）"]),
        ("乙镇 南山村 新建", ["改为“采用数”", "等镇里重报，沿用上次数10（4月7日）"]),
        ("乙镇 南山村 整改", ["改为“采用数”", "等镇里重报，沿用上次数4（4月7日）"]),
    ]
    paper.answer("乙镇 南山村 新建", "改为", 16)
    capsys.readouterr()
    assert cli.main(["daily", TUESDAY, "--root", str(sealed.root)]) == 0
    assert "较4月7日新增6座：乙镇新增6座。" in capsys.readouterr().out
