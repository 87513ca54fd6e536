"""上报表: what one level sends is what the next reads, as what it is; a figure is traced down to a town's cell."""

import random
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.record import tracing
from pipeline.record.recording import official_workbook
from pipeline.week import Result
from tests.helpers import PROGRAMME, Office, lines, read_form
from tests.tree import SAMPLE, Done, Province, added_up, grow

FIRST, SECOND = "2023-04-07", "2023-04-14"
EAST_WEST, SOUTH = {"东河村": (20, 10), "西河村": (4, 0)}, {"南山村": (10, 4)}
HEAD = """\
title: 2023年度农村户厕改造整村推进
office: {office}
document: 示例〔2023〕1号
level: {level}
schedule: {{start: 2023-04-01, end: 2023-09-30}}
members:
"""
PLACE = "      - {{name: {tier}整村推进村, tier: {tier}, new_build: {new}, renovation: {old}, count: {count}}}\n"


def above(office: str, level: str, members: dict[str, dict[str, tuple[int, int, int]]]) -> str:
    """A programme of a higher office: member -> tier -> (新建, 整改, villages)."""
    text = HEAD.format(office=office, level=level)
    for name, tiers in members.items():
        text += f"  {name}:\n    places:\n"
        for tier, (new, old, count) in tiers.items():
            text += PLACE.format(tier=tier, new=new, old=old, count=count)
    return text


def county(root: Path, name: str = "甲区") -> Office:
    return Office(root, PROGRAMME.replace("示例区乡村振兴局（示例数据）", f"东江市{name}乡村振兴局（示例数据）"))


OF_COUNTY = {"省级": (300, 130, 2), "区级": (40, 0, 1)}
CITY = above("江东省东江市乡村振兴局（示例数据）", "市", {"甲区": OF_COUNTY})


@pytest.fixture
def full(tmp_path: Path) -> Result:
    """A county's week in which both towns have reported."""
    office = county(tmp_path / "county")
    office.report(FIRST)
    return office.compute(FIRST)


@pytest.fixture
def city(tmp_path: Path) -> Office:
    office = Office(tmp_path / "city", CITY)
    office.week(FIRST)
    return office


def send(to: Office, name: str, of: Result, day: str = FIRST) -> Path:
    """A member's workbook as it is put into the folder of the office above."""
    path = to.root / "data" / "raw" / day / name
    path.write_bytes(official_workbook(of))
    return path


def told(result: Result) -> list[str]:
    return lines(result.findings, "level", "rule")


def figures(result: Result) -> list[str]:
    return lines(result.progress, "town", "village", "kind", "target", "done", "status")


def test_the_sums_of_each_tier_are_read_one_level_up(city: Office, full: Result) -> None:
    send(city, "甲区.xlsx", full)
    above = city.compute(FIRST)
    assert figures(above) == [
        "甲区 省级整村推进村 新建 300 30 reported", "甲区 省级整村推进村 整改 130 14 reported",
        "甲区 区级整村推进村 新建 40 4 reported", "甲区 区级整村推进村 整改 0 0 reported",
    ]  # fmt: skip
    assert told(above) == []
    assert above.is_final


def test_the_sheet_is_a_form_of_the_level_above_and_adds_no_tiers_up(full: Result, tmp_path: Path) -> None:
    path = tmp_path / "汇总表.xlsx"
    path.write_bytes(official_workbook(full))
    rows = openpyxl.load_workbook(path)["上报表"].iter_rows(values_only=True)
    assert [[value for value in row if value is not None] for row in rows] == [
        ["2023年度农村户厕改造整村推进每周进展情况上报表（截至2023年4月7日）"],
        ["县（市、区）", "整村推进村", "村数", "目标任务", "完成情况", "未采用", "备注"],
        ["新建", "整改", "新建", "整改"],
        ["东江市甲区", "省级整村推进村", 2, 300, 130, 30, 14],
        ["东江市甲区", "区级整村推进村", 1, 40, 0, 4, 0],
    ]


def test_a_draft_and_what_is_not_of_this_week_arrive_as_what_they_are(city: Office, tmp_path: Path) -> None:
    """南山村 is carried in the second week; of 西河村 there has never been a figure."""
    office = county(tmp_path / "county")
    office.week(FIRST)
    office.send(FIRST, "甲镇.xlsx", {"东河村": (20, 10), "西河村": ("约4", 0)})
    office.send(FIRST, "乙镇.xlsx", SOUTH)
    office.archive(FIRST)
    office.week(SECOND)
    office.send(SECOND, "甲镇.xlsx", {"东河村": (28, 15), "西河村": ("约8", 0)})
    city.week(SECOND)
    send(city, "甲区.xlsx", office.compute(SECOND), SECOND)
    above = city.compute(SECOND)
    assert lines(above.findings, "level", "rule", "cell", "words")[:4] == [
        "reject unreadable_figure F5 “缺数”无法识别为座数",
        "query draft_submission - 报来的是第1版初稿，下级还有未了结的问题",
        "query parts_not_own F4 省级新建里有沿用1处不是本周的数", "query parts_not_own G4 省级整改里有沿用1处不是本周的数",
    ]  # fmt: skip


def test_of_two_revisions_the_newer_counts_and_this_is_said(city: Office, tmp_path: Path) -> None:
    office = county(tmp_path / "county")
    office.report(FIRST)
    send(city, "甲区（新）.xlsx", office.compute(FIRST))
    office.archive(FIRST)
    office.send(FIRST, "甲镇.xlsx", {"东河村": (21, 10), "西河村": (4, 0)})
    send(city, "甲区.xlsx", office.compute(FIRST))
    above = city.compute(FIRST)
    assert figures(above)[0] == "甲区 省级整村推进村 新建 300 31 reported"
    assert lines(above.findings, "level", "rule", "file", "words") == [
        "note older_revision 甲区（新）.xlsx 是第1版，已收到第2版，按新的采用"
    ]


def test_a_member_of_another_week_is_held(city: Office, full: Result) -> None:
    city.week(SECOND)
    send(city, "甲区.xlsx", full, SECOND)
    assert told(city.compute(SECOND))[0] == "hold other_week"


@pytest.mark.parametrize(("cell", "value"), [("F4", 31), ("D4", 299), ("G5", 1)])
def test_a_changed_cell_does_not_belong_to_the_code(city: Office, full: Result, cell: str, value: int) -> None:
    path = send(city, "甲区.xlsx", full)
    book = openpyxl.load_workbook(path)
    book["上报表"][cell] = value
    book.save(path)
    above = city.compute(FIRST)
    assert "hold code_differs" in told(above)
    assert {row.status for row in above.progress} == {"missing"}


def test_figures_that_were_changed_throughout_do_not_belong_to_the_code(city: Office, full: Result) -> None:
    """The sum, and the part that it is made of on the hidden sheet."""
    path = send(city, "甲区.xlsx", full)
    book = openpyxl.load_workbook(path)
    book["上报表"]["F4"] = 31
    book["上报信息"]["G9"] = "21"
    book.save(path)
    found = city.compute(FIRST).findings
    assert lines(found, "level", "rule", "words")[0].startswith("hold code_differs 校验码 ")


def test_the_office_itself_reads_its_workbook_as_before(full: Result) -> None:
    """The slip leads to 上报表 only one level up."""
    path = full.root / "汇总表.xlsx"
    path.write_bytes(official_workbook(full))
    (form,), doubts = read_form(path, FIRST)
    assert [line.village.raw for line in form.lines] == ["东河村", "西河村", "南山村", "3个村"]
    assert doubts == []


PROVINCE = above("江东省乡村振兴局（示例数据）", "省", {"东江市": {"省级": (300, 130, 2)}})


def test_a_provinces_figure_is_traced_down_to_a_towns_cell(city: Office, full: Result, tmp_path: Path) -> None:
    """省 → 市 → 区 → 镇, from the province's own sealed copy; 区级 villages are no task of the province."""
    send(city, "甲区.xlsx", full)
    province = Office(tmp_path / "province", PROVINCE)
    province.week(FIRST)
    send(province, "东江市.xlsx", city.compute(FIRST))
    above = province.compute(FIRST)
    assert lines(above.findings, "level", "rule", "raw") == ["note other_tier 区级整村推进村"]
    assert figures(above) == [
        "东江市 省级整村推进村 新建 300 30 reported", "东江市 省级整村推进村 整改 130 14 reported",
    ]  # fmt: skip
    record = province.archive(FIRST)
    assert [re.sub("（sha256 [0-9a-f]{64}）", "", line) for line in
            tracing.lines(province.root, record, FIRST, "东江市", "省级整村推进村", "新建")[1:5]] == [
        "  东江市省级整村推进村 新建 30　本周报送　data/raw/2023-04-07/东江市.xlsx　上报表!F4，原文“30”",
        "    甲区省级整村推进村 新建 30　本周报送　2023-04-07/甲区.xlsx　上报表!F4，原文“30”",
        "      甲镇东河村 新建 20　本周报送　2023-04-07/甲镇.xlsx　Sheet!E4，原文“20”",
        "      乙镇南山村 新建 10　本周报送　2023-04-07/乙镇.xlsx　Sheet!E4，原文“10”",
    ]  # fmt: skip


# ---- three levels ----------------------------------------------------------------------------------------------


def sealed(folder: Path, day: str) -> Result:
    """One week of an office sealed as far as history needs it; what it computed."""
    result = Office.at(folder).compute(day)
    Office.at(folder).archive(day)
    return result


def season(grown: Province) -> Iterator[tuple[str, dict[Path, Result]]]:
    """Week by week, members first: office -> its week, each member's workbook put into the folder of the office above."""
    for day in grown.weeks:
        results = {county.folder: sealed(county.folder, day) for county in grown.counties}
        for city in grown.cities:
            for county in city.counties:
                send(Office.at(city.folder), f"{county.name}.xlsx", results[county.folder], day)
            results[city.folder] = sealed(city.folder, day)
            send(Office.at(grown.folder), f"{city.name}.xlsx", results[city.folder], day)
        yield day, {**results, grown.folder: sealed(grown.folder, day)}


def sums(result: Result) -> Done:
    return added_up(((row.tier, row.kind), row.done) for row in result.progress)


def test_every_sum_of_three_levels_is_what_the_villages_add_up_to(tmp_path: Path) -> None:
    """2 cities × 3 counties × 4 towns, three weeks, some figures spoilt. A province has no task of 区级 villages."""
    grown = grow(tmp_path / "province", **SAMPLE)
    for day, results in season(grown):
        for office in (*grown.counties, *grown.cities):
            assert sums(results[office.folder]) == office.sums(day), (office.name, day)
        of_province = {key: done for key, done in grown.sums(day).items() if key[0] == "省级"}
        assert sums(results[grown.folder]) == of_province
        spoilt = any(county.spoilt[day] for county in grown.counties)
        assert ("parts_not_own" in {row.rule.name for row in results[grown.folder].findings}) <= spoilt


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**6))
def test_members_merged_are_all_their_villages(tmp_path: Path, seed: int) -> None:
    """merge of k members = direct sum of all their villages, by tier and kind, with whatever is carried or lacking."""
    with tempfile.TemporaryDirectory(dir=tmp_path) as folder:
        dice = random.Random(seed)
        grown = grow(
            Path(folder), seed, counties=(dice.randint(1, 3),), towns=dice.randint(1, 3), weeks=2,
            villages=dice.randint(1, 3), spoil=dice.choice((0.0, 0.2, 0.6)),
        )  # fmt: skip
        (city,) = grown.cities
        for day, results in season(grown):
            assert sums(results[city.folder]) == city.sums(day)
