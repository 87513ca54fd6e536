"""Offices above a county: their words, and the spelling of their programmes."""

from pathlib import Path

import pytest

from pipeline.errors import ParamsError
from pipeline.params.levels import LEVELS
from tests.helpers import PROGRAMME, day, programme

CITY = """\
title: 2023年度农村户厕改造整村推进
office: 示例市乡村振兴局（示例数据）
document: 示例市〔2023〕1号
level: 市
schedule: {start: 2023-04-01, end: 2023-09-30}
members:
  甲区:
    office: ../甲区
    places:
      - {name: 省级整村推进村, tier: 省级, new_build: 300, renovation: 130, count: 2}
      - {name: 区级整村推进村, tier: 区级, new_build: 40, renovation: 0}
  乙县:
    villages:
      - {name: 省级整村推进村, tier: 省级, new_build: 200, renovation: 80, count: 3}
"""


def test_members_and_places_are_read_beside_towns_and_villages(tmp_path: Path) -> None:
    city = programme(tmp_path, CITY)
    assert [(town, village.name, village.count) for town, village in city.villages] == [
        ("甲区", "省级整村推进村", 2), ("甲区", "区级整村推进村", 1), ("乙县", "省级整村推进村", 3),
    ]  # fmt: skip
    assert (city.village_count, city.towns["甲区"].office) == (6, "../甲区")
    assert city.words is LEVELS["市"]


def test_both_spellings_of_one_list_are_told_with_all_other_faults(tmp_path: Path) -> None:
    text = CITY.replace("  乙县:\n", "  乙县:\n    places: []\n")
    with pytest.raises(ParamsError) as refused:
        programme(tmp_path, text)
    assert refused.value.faults == ["places 和 villages 是同一个意思，请只留一个"]


def test_a_fault_below_members_is_told_by_its_line(tmp_path: Path) -> None:
    with pytest.raises(ParamsError) as refused:
        programme(tmp_path, CITY.replace("new_build: 200", "new_build: 2OO"))
    assert refused.value.faults[0].startswith("第14行 乙县省级整村推进村：new_build（新建目标）应为整数")


def test_where_members_lie_is_no_part_of_what_a_record_stands_on(tmp_path: Path) -> None:
    """Nor is there a trace of levels in the fingerprints of offices that have none."""
    week = day("2023-04-14")
    moved = programme(tmp_path, CITY.replace("../甲区", "../../甲区"))
    assert moved.at(week) == programme(tmp_path, CITY).at(week)
    assert programme(tmp_path, CITY.replace("level: 市", "level: 省")).at(week) != moved.at(week)
    usual = programme(tmp_path, PROGRAMME).at(week)
    assert not any(name in usual for name in ("level", "count", 'office": null'))
