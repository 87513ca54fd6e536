from pathlib import Path

import pytest

from pipeline.names import Names, normal
from tests.helpers import programme


@pytest.fixture
def names(tmp_path: Path) -> Names:
    return Names(programme(tmp_path))


@pytest.mark.parametrize("written", ["甲镇", " 甲 镇 ", "甲\u3000镇", "甲\u200b镇", "甲", "甲镇人民政府", "海门区甲镇"])
def test_a_town_is_known_by_its_aliases_whatever_the_spaces(names: Names, written: str) -> None:
    assert names.town(written) == "甲镇"


@pytest.mark.parametrize("written", ["", "甲乙镇", "丁镇", "甲镇小计"])
def test_other_text_is_no_town(names: Names, written: str) -> None:
    assert names.town(written) == ""


@pytest.mark.parametrize("written", ["东河村", "东河", "1.东河村", "东河村（省级）", "东河村村民委员会", "东 河 村"])
def test_a_village_is_known_with_what_clerks_add(names: Names, written: str) -> None:
    assert names.village("甲镇", written) == "东河村"


def test_a_village_one_character_away_is_not_the_village(names: Names) -> None:
    assert names.village("甲镇", "东何村") == ""
    assert names.similar_village("甲镇", "东何村") == "东河村"


def test_a_village_of_another_town_is_told_but_not_taken(names: Names) -> None:
    assert names.village("乙镇", "东河村") == ""
    assert names.towns_of("东河村") == ["甲镇"]


def test_widths_and_invisible_marks_do_not_matter() -> None:
    assert normal("甲\u00a0镇\ufeff（１）") == "甲镇(1)"
