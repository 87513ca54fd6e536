from pathlib import Path

import pytest

from pipeline.intake import gazetteer
from pipeline.intake.names import Names, normal
from tests.helpers import PROGRAMME, of, programme


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
    assert names.similar_villages("甲镇", "东何村") == ["东河村"]


def test_all_villages_that_are_as_near_are_named(names: Names) -> None:
    assert names.similar_villages("甲镇", "东村") == []
    both = Names(of(PROGRAMME.replace("西河村", "东塘村")))
    assert both.similar_villages("甲镇", "东某村") == ["东河村", "东塘村"]


def test_a_village_of_another_town_is_told_but_not_taken(names: Names) -> None:
    assert names.village("乙镇", "东河村") == ""
    assert names.towns_of("东河村") == ["甲镇"]


def test_widths_and_invisible_marks_do_not_matter() -> None:
    assert normal("甲\u00a0镇\ufeff（１）") == "甲镇(1)"


REAL = """\
title: 2023年度农村户厕改造整村推进
office: 南通市海门区乡村振兴局（示例数据）
document: 示例〔2023〕4号
schedule: {start: 2023-04-01, end: 2023-09-30}
towns:
  海门街道: {aliases: [开发区], villages: [{name: 江畔村, tier: 省级, new_build: 1, renovation: 1}]}
  包场镇:
    aliases: [海门港新区]
    villages:
      - {name: 盐灶村, tier: 省级, new_build: 1, renovation: 1, aliases: [盐竈村]}
      - {name: 六甲村, tier: 省级, new_build: 1, renovation: 1}
  四甲镇: {villages: [{name: 四甲村, tier: 省级, new_build: 1, renovation: 1}]}
"""


@pytest.fixture
def real(tmp_path: Path) -> Names:
    return Names(programme(tmp_path, REAL))


@pytest.mark.parametrize(
    ("written", "town"),
    [("海门街道办事处", "海门街道"), ("海门街办", "海门街道"), ("包场", "包场镇"), ("江苏省南通市海门区包场镇人民政府", "包场镇"),
     ("包场镇农业农村和社会事业局", "包场镇"), ("南通市海门区海门港新区", "包场镇"), ("开发区", "海门街道"),
     ("海门", ""), ("海门区", ""), ("滨江街道", ""), ("包场村", ""), ("新包场镇", "")],
)  # fmt: skip
def test_an_office_of_a_town_is_the_town_and_the_districts_name_is_not(real: Names, written: str, town: str) -> None:
    assert real.town(written) == town


def test_a_longer_name_hides_a_shorter_one_inside_it(real: Names) -> None:
    assert real.towns_in("海门港新区0505.xlsx") == {"包场镇"}
    assert real.towns_in("包场、四甲两镇.xlsx") == {"包场镇", "四甲镇"}


def test_an_alias_in_other_signs_is_known_as_a_variant(real: Names) -> None:
    assert real.village("包场镇", "盐竈村") == "盐灶村"
    assert real.is_variant("包场镇", "盐竈村")
    assert not real.is_variant("包场镇", "盐灶村")


def test_two_villages_in_one_cell_and_old_names_are_seen(real: Names) -> None:
    assert real.several("包场镇", "盐灶村、六甲村")
    assert not real.several("包场镇", "盐灶 村")
    assert real.is_former("原盐场村")
    assert real.is_former("盐灶村7组")
    assert not real.is_former("盐灶村")


def test_the_gazetteer_knows_real_places_for_wording_only() -> None:
    assert gazetteer.is_real("包场镇", "河塘村")
    assert not gazetteer.is_real("包场镇", "盐灶村")
    assert gazetteer.communities("包场镇", "六甲") == ["六甲街"]
    assert gazetteer.kind_of_town("三阳镇") == "撤并"
    assert gazetteer.kind_of_town("滨江街道") == "区外"
    assert gazetteer.kind_of_town("包场镇") == ""


def test_a_village_may_bear_its_town_and_its_rank_and_nothing_else(names: Names) -> None:
    assert [names.village("甲镇", text) for text in ("甲镇东河村", "东河村（示范村）", "东河村（更正）")] == [
        "东河村", "东河村", "",
    ]  # fmt: skip
    assert names.bracketed("甲镇", "东河村（更正）") == "东河村"
    assert names.bracketed("甲镇", "东河村") == names.bracketed("甲镇", "新村（更正）") == ""
