"""本周无进展 as a sentence: what it covers, and what makes it none."""

import pytest

from pipeline.intake import zero_reports
from pipeline.intake.names import Names
from tests.helpers import of


def covered(text: str) -> tuple[str, ...] | None:
    return zero_reports.covered(text, Names(of()))


@pytest.mark.parametrize(
    "text",
    [
        "本周无进展",
        "甲镇本周户厕改造无进展。",
        "截至5月5日，甲镇整村推进农村户厕改造工作与上周一致，特此报告。",
        "本周无变化（零报告）",
        "全镇各村均无新增",
    ],
)
def test_a_sentence_that_names_no_village_covers_the_town(text: str) -> None:
    assert covered(text) == ()


def test_a_sentence_covers_the_villages_that_it_names() -> None:
    assert covered("甲镇东河村、西河村本周均无进展") == ("东河村", "西河村")
    assert covered("东河村本周无进展") == ("东河村",)


@pytest.mark.parametrize(
    "text",
    [
        "东河村本周无进展，西河村数据稍后补报", "并非无进展", "本周无进展，下周补报", "除东河村外无进展", "其余各村无进展", "新建无进展",
        "东河村无进展，西河村完成5座", "若无进展请说明", "无进展的村有两个", "本周进展良好",
    ],
)  # fmt: skip
def test_a_negation_a_condition_or_a_second_clause_makes_it_none(text: str) -> None:
    assert covered(text) is None
