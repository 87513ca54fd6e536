"""Random seasons: what every product says of a week is so, praises nobody who is behind and leaves no town out; and that
its guard sees a lie."""

import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.seasons import drawing, judging, texts
from tests.seasons.facts import Facts
from tests.seasons.texts import Said

QUICK = settings(
    max_examples=25, deadline=None, derandomize=True, phases=(Phase.generate,), suppress_health_check=list(HealthCheck)
)


@QUICK
@given(st.randoms(use_true_random=False))
def test_what_the_products_of_any_week_say_is_so(dice: random.Random) -> None:
    found = judging.contradictions(drawing.season(dice))
    assert found == []


# ---- the guard can fail ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def told() -> tuple[Facts, Said]:
    """A season whose last week has a town behind, one silent, one with a figure that waits, and a growth."""
    for seed in range(500):
        season = drawing.season(random.Random(seed))
        facts = Facts(season[-1], season[:-1])
        if len(facts.lags) > 2 and facts.unused("missing") and facts.doubtful and facts.added and not facts.is_over:
            return facts, texts.of(season[-1])
    raise AssertionError("no such season")


def faults(told: tuple[Facts, Said], old: str, new: str) -> list[str]:
    """What is found where the brief says something else."""
    facts, said = told
    assert old in said.texts["brief.txt"]
    text = said.texts["brief.txt"].replace(old, new)
    return judging.judged(
        facts, replace(said, texts={"brief.txt": text}, matters=text.partition("需要会上研究：")[2], titles={})
    )


def test_nothing_is_found_where_nothing_is_changed(told: tuple[Facts, Said]) -> None:
    assert faults(told, "。", "。") == []


def test_another_figure_is_found(told: tuple[Facts, Said]) -> None:
    done = f"累计完成户厕改造{told[0].rows['', '', '合计'].done:,}"  # type: ignore[index]
    assert any("not so" in fault for fault in faults(told, done, "累计完成户厕改造1"))


def test_a_figure_that_belongs_to_another_town_is_found(told: tuple[Facts, Said]) -> None:
    (one, kind), *others = sorted(told[0].lags)
    other = next(town for town, _ in others if town != one)
    named = one if kind == "合计" else one + kind
    assert any("not so" in fault for fault in faults(told, f"{named}（", f"{other}（"))


def test_a_figure_that_nobody_reads_is_found(told: tuple[Facts, Said]) -> None:
    assert any("unread" in fault for fault in faults(told, "\n与", "另有17处。\n与"))


def test_praise_of_a_town_that_is_behind_is_found(told: tuple[Facts, Said]) -> None:
    town = min(told[0].lags)[0]
    assert any("is praised" in fault for fault in faults(told, "\n与", f"进度较快的有：{town}。\n与"))


def test_a_silent_town_that_the_matters_leave_out_is_found(told: tuple[Facts, Said]) -> None:
    town = min(told[0].unused("missing"))
    facts, said = told
    lacking = replace(said, matters=said.matters.replace(f"{town}、", "").replace(town, ""))
    assert any("missing" in fault and "left out" in fault for fault in judging.judged(facts, lacking))


def test_a_town_that_is_behind_and_left_out_is_found(told: tuple[Facts, Said]) -> None:
    facts, said = told
    assert any("behind" in fault or "slow" in fault for fault in judging.judged(facts, replace(said, matters="无。")))


def test_another_state_in_a_table_is_found(told: tuple[Facts, Said]) -> None:
    facts, said = told
    rows = [[cell.replace("未报", "退回") for cell in row] for row in said.tables["通报"]]
    assert any("stands for 未报" in fault for fault in judging.judged(facts, replace(said, tables={"通报": rows})))
