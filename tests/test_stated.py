"""Counts in words: what they count, what is none of ours, and when they contradict the figures."""

import pytest

from pipeline.judging import checks
from pipeline.judging.checks.stated import Of, counts, falls
from pipeline.records import Place
from pipeline.rules import Finding
from tests.helpers import lines
from tests.test_checks import evidence, of_town


def said(text: str) -> list[tuple[str, str, int]]:
    return [(each.of.name, each.kind, each.count) for each in counts(text)]


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("累计完成88座", [("SUM", "", 88)]),
        ("截至5月12日，累计完成新建60座，整改28座", [("SUM", "新建", 60), ("SUM", "整改", 28)]),
        ("累计完成户厕改造88座，其中：新建60座，整改28座", [("SUM", "", 88), ("SUM", "新建", 60), ("SUM", "整改", 28)]),
        ("新建60座（应填45座）", [("SUM", "", 45)]),
        ("新建截至本周五实际完成四十五座", [("SUM", "新建", 45)]),
        ("已完成88座", [("HAZY", "", 88)]),
        ("本周新增20座", [("ADDED", "", 20)]),
        ("本周完成新建20座、整改3座", [("ADDED", "新建", 20), ("ADDED", "整改", 3)]),
        ("本周计划完成20座，实际完成5座", [("PLANNED", "", 20), ("HAZY", "", 5)]),
        ("较上周新增新建五座", [("ADDED", "新建", 5)]),
        ("剩余新建300座", [("LEFT", "新建", 300)]),
        ("完成率80%", [("RATE", "", 80)]),
        ("计划完成420座", [("PLANNED", "", 420)]),
    ],
)
def test_counts_in_words_are_told_with_what_they_count(text: str, counted: list[tuple[str, str, int]]) -> None:
    assert said(text) == counted


@pytest.mark.parametrize(
    "text",
    [
        "累计完成投资88万元", "累计完成化粪池88座", "累计开工50座", "新建60座", "任务420座", "目前在建5座", "无人户3座", "全镇累计改造1688座",
        "本周计划新增20座", "完成全村任务", "累计" * 9_000,
    ],
)  # fmt: skip
def test_counts_of_other_things_are_none_of_ours(text: str) -> None:
    assert said(text) == []


def told(remark: str) -> list[str]:
    """What is said of this remark beside 28 and 15, where 20 and 10 stood a week ago; the targets are 100 and 50."""
    findings = checks.run(evidence(of_town((28, 15, remark))))
    return [f"{row.level} {row.rule} {row.kind}".strip() for row in findings]


@pytest.mark.parametrize(
    "remark", ["累计完成28座", "累计完成43座", "累计完成新建28座，整改15座", "本周新增8座", "本周新增13座", "还剩新建72座", "完成率28%",
               "完成率28.7%", "已完成13座", "本周计划完成10座，实际完成8座"]
)  # fmt: skip
def test_words_that_agree_with_the_figures_are_silent(remark: str) -> None:
    assert told(remark) == []


def test_another_sum_in_words_holds_the_figure_another_growth_or_rate_asks() -> None:
    assert told("累计完成88座") == ["hold remark_disowns"]
    assert told("累计完成新建88座") == ["hold remark_disowns 新建"]
    assert told("本周新增20座") == ["query added_differs"]
    assert told("本周完成新建28座") == ["hold remark_disowns 新建"]  # 20 stood there: 28 is this week's
    assert told("已完成88座") == ["query remark_contradicts"]
    assert told("还剩30座") == ["query remark_contradicts"]
    assert told("完成率80%") == ["query remark_contradicts"]
    assert told("较上周减少5座") == ["query remark_contradicts"]
    assert falls("较上周减少5座") == "较上周减少5座"


def noted(words: str) -> list[Finding]:
    """What is said of this line at the foot of a town whose villages have grown by 13 and 4."""
    seen = evidence(of_town((28, 15), (8, 0)))
    note = Place(town="甲镇", file="甲镇.xlsx", sheet="Sheet", cell="A8", raw=words)
    return checks.run(
        type(seen)(seen.programme, seen.week, seen.figures, seen.submissions, seen.previous, notes=[note])
    )


def test_the_foot_speaks_of_all_villages() -> None:
    assert lines(noted("各村均无新增"), "level", "rule", "cell", "words") == [
        "hold disowned_form A8 表内写“各村均无新增”，累计数却比上次多17"
    ]
    assert lines(noted("全镇累计完成99座"), "level", "rule", "words") == [
        "note total_differs 表内写“累计完成99座”，明细相加为新建36、整改15，以明细为准"
    ]
    assert noted("全镇累计完成51座") == noted("本周新增新建12座") == noted("东河村因雨无进展") == []


def test_every_way_to_count_is_used() -> None:
    assert {
        each.of
        for text in ("累计完成1座", "已完成1座", "本周新增1座", "还剩1座", "完成率1%", "预计完成1座")
        for each in counts(text)
    } == set(Of)
