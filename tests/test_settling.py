"""What counts: reported, corrected, carried, missing; and what decisions settle."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import yaml

from pipeline import params
from pipeline.judging import checks, completion, settling
from pipeline.judging.checks import Evidence
from pipeline.params import Programme
from pipeline.records import Completion, Figure, Key, Place, Previous, Progress, Sent, Submission, Submissions
from pipeline.rules import RULES, Finding, Level, stated
from tests.helpers import PROGRAMME, Office, day, figure, lines, of, only

FIRST, SECOND, THIRD = "2023-04-07", "2023-04-14", "2023-04-21"
EAST_WEST = {"东河村": (28, 15), "西河村": (8, 0)}
SOUTH = {"南山村": (20, 8)}
LAST = {"东河村": (20, 10), "西河村": (4, 0), "南山村": (10, 4)}
BY = "reason: 电话核实, by: 张三, date: 2023-04-14"
ABOUT = "不是确数，请填截至4月14日的累计完成数"

Done = dict[str, tuple[int | str | None, int | str | None]]


@dataclass(frozen=True)
class Settled:
    """What a week comes to."""

    progress: list[Progress]
    findings: list[Finding]
    completion: list[Completion]

    @property
    def is_final(self) -> bool:
        return settling.is_final(self.findings)

    @property
    def east(self) -> str:
        """东河村 新建: done, added, status, cell, text."""
        return lines(self.progress, "done", "added", "status", "cell", "raw")[0]

    def messages(self, rule: str) -> list[str]:
        return lines(only(self.findings, rule=rule), "level", "message")


def unread(row: Figure) -> Finding:
    """What cleaning says of a text that is no number."""
    return stated(RULES["unreadable_figure"], row, f"“{row.raw}”{ABOUT}")


def settle(
    done: Done,
    decisions: Sequence[str] = (),
    last: Done | None = None,
    programme: Programme | None = None,
    week: str = SECOND,
    doubts: Sequence[Finding] = (),
) -> Settled:
    """A week of the towns that sent these figures, after a first week with `last`."""
    programme = programme or of()
    listed = [yaml.safe_load(f"{{{decision}, {BY}}}") for decision in decisions]
    of_week = params.week_of({"week": week, "programme": "params/2023.yaml", "decisions": listed})
    accepted = {row.key: row.value for row in figures(LAST if last is None else last)}
    known = {key: Previous(value, FIRST) for key, value in accepted.items()}
    previous = {key: known.get(key, Previous()) for key in programme.targets(day(week))}
    sent = {row.town for row in figures(done)}
    submissions = Submissions(
        tuple(
            Submission(town=town, status=Sent.RECEIVED if town in sent else Sent.MISSING, file=f"{town}.xlsx")
            for town in programme.expected_towns
        )
    )

    def evidence(rows: list[Figure]) -> Evidence:
        return Evidence(programme, day(week), rows, submissions, previous)

    rows = figures(done)
    findings = [*doubts, *(unread(row) for row in rows if row.state == "unreadable"), *checks.run(evidence(rows))]
    decided = settling.decide(rows, findings, programme, of_week, previous)
    again = checks.run_again(evidence(decided.figures), set(decided.by_key))
    tasks = settling.tasks(programme, of_week.week, previous)
    findings = settling.settled(findings, again, programme, of_week, decided, tasks, {})
    progress = settling.progress(programme, of_week, decided, findings, previous)
    return Settled(progress, findings, completion.measure(progress, [], programme, day(week)))


def figures(done: Done) -> list[Figure]:
    return [
        figure(village, kind, typed)
        for village, both in done.items()
        for kind, typed in zip(("新建", "整改"), both, strict=True)
    ]


def with_east(new: int | str) -> Done:
    """All towns, with another 新建 in 东河村."""
    return {**EAST_WEST, "东河村": (new, 15), **SOUTH}


CORRECT = "do: correct, town: 甲镇, village: 东河村, kind: 新建"
ENTER = "do: enter, town: 甲镇, village: 东河村, kind: 新建, now: 31"


def test_a_good_figure_is_reported_with_its_cell() -> None:
    assert settle(with_east(28)).east == "28 8 reported E4 28"


def test_an_unreadable_figure_costs_itself_only_and_the_last_one_is_carried() -> None:
    week = settle(with_east("约28"))
    assert lines(week.progress, "village", "kind", "done", "added", "status", "cell")[:3] == [
        "东河村 新建 20 - carried -", "东河村 整改 15 5 reported F4", "西河村 新建 8 4 reported E5",
    ]  # fmt: skip
    assert not week.is_final


def test_without_an_earlier_figure_it_is_missing_and_never_zero() -> None:
    week = settle(with_east("约28"), last={}, week=FIRST)
    assert lines(week.progress, "done", "added", "status")[0] == "- - missing"
    assert lines(only(week.completion, scope="district"), "kind", "done", "remaining", "rate", "gap") == [
        "新建 28 - - -",
        "整改 23 107 0.1769 13.86",
        "合计 51 - - -",
    ]


def test_what_is_unknown_stays_unknown_where_a_blank_or_no_change_stands() -> None:
    week = settle({**EAST_WEST, "东河村": (None, "无变化"), **SOUTH}, last={"西河村": (4, 0), "南山村": (10, 4)})
    assert lines(week.progress, "done", "status")[:2] == ["- missing", "- missing"]


def test_no_change_is_a_report_of_last_times_figure() -> None:
    week = settle({**EAST_WEST, "东河村": ("同上周", "无变化"), **SOUTH})
    assert lines(week.progress, "done", "added", "status", "raw")[:2] == [
        "20 0 reported 同上周",
        "10 0 reported 无变化",
    ]


def test_nothing_is_carried_where_the_programme_says_so() -> None:
    assert settle(SOUTH, programme=of(PROGRAMME + "carry: false\n")).east == "- - missing - -"


def test_a_correction_counts_while_the_cell_says_what_it_names() -> None:
    week = settle(with_east("约28"), [f"{CORRECT}, was: 约28, now: 27"])
    assert week.east == "27 7 corrected E4 约28"
    assert week.messages("unreadable_figure") == [
        "note 甲镇《甲镇.xlsx》Sheet!E4“约28”：“约28”不是确数，请填截至4月14日的累计完成数【已按决定计27（张三 4月14日：电话核实）】"
    ]
    assert week.is_final


def test_a_correction_of_what_is_no_longer_there_is_stale() -> None:
    week = settle(with_east(28), [f"{CORRECT}, was: 约28, now: 27"])
    assert week.east == "20 - carried - -"
    assert week.messages("stale_decision") == [
        "hold 甲镇《甲镇.xlsx》Sheet!E4“28”：决定“更正 东河村 新建”（张三 4月14日：电话核实）未执行："
        "决定所指原文是“约28”，现在表内是“28”。写在参数文件里的请核对后修改或删去，处理单里的请重新处理"
    ]


def test_a_figure_by_telephone_counts_where_none_came() -> None:
    week = settle(SOUTH, [ENTER])
    assert week.east == "31 11 corrected - -"
    assert week.messages("entered_figure") == ["note 甲镇东河村新建：已按另外报来的数计31（张三 4月14日：电话核实）"]
    assert [line.split()[0] for line in week.messages("missing_town")] == ["query"]


def test_a_figure_by_telephone_that_the_town_then_sends_is_settled_and_the_towns_counts() -> None:
    week = settle(with_east(31), [ENTER])
    assert week.east == "31 11 reported E4 31"
    assert week.messages("entered_figure") == [
        "note 甲镇《甲镇.xlsx》Sheet!E4“31”：另外报来的31（张三 4月14日：电话核实）与表内一致，按表内的采用"
    ]
    assert week.is_final


def test_a_figure_by_telephone_beside_another_of_the_town_asks_which_counts() -> None:
    week = settle(with_east(28), [ENTER])
    assert week.east == "20 - carried - -"
    assert week.messages("entered_differs") == [
        "hold 甲镇《甲镇.xlsx》Sheet!E4“28”：补录31（张三 4月14日：电话核实），镇里报送28，以哪个为准？"
        "以镇里的为准请认可；以补录的为准请把这条补录改为更正"
    ]
    assert not week.is_final


def test_accepted_the_towns_figure_counts_and_corrected_the_entered_one() -> None:
    accept = 'do: accept, town: 甲镇, village: 东河村, kind: 新建, rule: entered_differs, was: "28"'
    week = settle(with_east(28), [ENTER, accept])
    assert (week.east, week.is_final) == ("28 8 reported E4 28", True)
    week = settle(with_east(28), [f'{CORRECT}, was: "28", now: 31'])
    assert (week.east, week.is_final) == ("31 11 corrected E4 28", True)


def test_no_change_is_a_figure_that_an_entered_one_is_compared_with() -> None:
    assert settle(with_east("无变化"), [ENTER.replace("31", "20")]).east == "20 0 reported E4 无变化"
    week = settle(with_east("无变化"), [ENTER])
    assert week.east == "20 - carried - -"
    assert "镇里报送20，以哪个为准" in week.messages("entered_differs")[0]


@pytest.mark.parametrize("typed", ["约28", None, 19], ids=["unreadable", "blank", "held as fallen"])
def test_a_figure_by_telephone_stands_where_what_the_town_sent_cannot_be_used(typed: int | str | None) -> None:
    week = settle({**EAST_WEST, "东河村": (typed, 15), **SOUTH}, [ENTER])
    assert week.east.startswith("31 11 corrected E4")
    assert week.is_final


def test_all_figures_of_a_town_by_telephone_settle_that_it_is_missing() -> None:
    entered = [("东河村", "新建", 28), ("东河村", "整改", 15), ("西河村", "新建", 8), ("西河村", "整改", 0)]
    week = settle(
        SOUTH,
        [f"do: enter, town: 甲镇, village: {village}, kind: {kind}, now: {now}" for village, kind, now in entered],
    )
    assert lines(week.progress, "done", "status")[:4] == ["28 corrected", "15 corrected", "8 corrected", "0 corrected"]
    assert week.is_final


def test_accepting_a_missing_town_makes_the_week_final_with_carried_figures() -> None:
    assert not settle(SOUTH).is_final
    week = settle(SOUTH, ["do: accept, town: 甲镇, rule: missing_town"])
    assert week.is_final
    assert lines(week.progress, "done", "status")[:2] == ["20 carried", "10 carried"]


def test_accepting_a_fall_lets_the_figure_stand() -> None:
    assert settle(with_east(19)).east == "20 - carried - -"
    week = settle(with_east(19), ['do: accept, town: 甲镇, village: 东河村, kind: 新建, rule: fell, was: "19"'])
    assert week.east == "19 -1 reported E4 19"
    assert week.is_final


def test_an_acceptance_of_another_text_is_stale() -> None:
    week = settle(with_east(18), ['do: accept, town: 甲镇, village: 东河村, kind: 新建, rule: fell, was: "19"'])
    assert week.east == "20 - carried - -"
    assert [line.partition("未执行：")[2] for line in week.messages("stale_decision")] == [
        "本周没有这样的问题，或单元格、文件内容已变。写在参数文件里的请核对后修改或删去，处理单里的请重新处理"
    ]


def test_what_a_decision_says_is_checked_too_but_only_asked_about() -> None:
    week = settle(with_east("约108"), [f"{CORRECT}, was: 约108, now: 108"])
    assert week.east.startswith("108 88 corrected")
    assert [line.split()[0] for line in week.messages("over_target")] == ["query"]


def test_an_acceptance_does_not_hide_a_correction() -> None:
    week = settle(
        with_east(19),
        [f"{CORRECT}, was: 19, now: 29", "do: accept, town: 甲镇, village: 东河村, kind: 新建, rule: fell"],
    )
    assert week.messages("fell")[0].endswith("【已按决定计29（张三 4月14日：电话核实）】")
    assert len(week.messages("stale_decision")) == 1


def test_a_misspelt_row_may_be_left_out_by_decision() -> None:
    misspelt = stated(RULES["misspelt_village"], Place(town="甲镇", file="甲镇.xlsx", cell="B4", raw="东湖村"), "")
    done: Done = {"西河村": (8, 0), **SOUTH}
    entered = [
        f"do: enter, town: 甲镇, village: 东河村, kind: {kind}, now: {now}" for kind, now in (("新建", 28), ("整改", 15))
    ]  # fmt: skip
    assert not settle(done, entered, doubts=[misspelt]).is_final
    week = settle(done, [*entered, "do: accept, town: 甲镇, rule: misspelt_village"], doubts=[misspelt])
    assert week.is_final
    assert week.east.startswith("28 8 corrected")


def test_a_village_whose_row_is_refused_for_its_name_is_not_asked_for_again() -> None:
    """Its figures wait all the same."""
    ambiguous = stated(RULES["ambiguous_village"], Place(town="甲镇", village="东河村", file="甲镇.xlsx"), "")
    seen = Evidence(
        of(), day(SECOND), figures({"西河村": (8, 0), **SOUTH}),
        Submissions((Submission(town="甲镇", status=Sent.RECEIVED, file="甲镇.xlsx"),)),
        {key: Previous() for key in of().targets(day(SECOND))}, questioned=frozenset({ambiguous.key}),
    )  # fmt: skip
    assert only(checks.run(seen), rule="missing_village") == []
    unquestioned = replace(seen, questioned=frozenset())
    assert [row.village for row in only(checks.run(unquestioned), rule="missing_village")] == ["东河村"]
    assert Key("甲镇", "东河村") in settling._blocked([ambiguous])


def test_a_changed_target_holds_from_its_day_on() -> None:
    changed = of(
        PROGRAMME + "target_changes:\n  - {town: 甲镇, village: 东河村, kind: 新建, target: 90, from: 2023-04-14,"
        " document: 示例〔2023〕7号, reason: 无人户核减}\n"
    )
    assert settle(with_east(28), programme=changed, week=FIRST).progress[0].target == 100
    assert settle(with_east(28), programme=changed).progress[0].target == 90


def test_every_level_has_its_place_from_worst_to_mildest() -> None:
    assert [level.severity for level in (Level.REJECT, Level.HOLD, Level.QUERY, Level.NOTE)] == [0, 1, 2, 3]


# ---- several weeks, from their files ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office with its first week in the archive; tests that change its programme put it back."""
    office = Office(tmp_path_factory.mktemp("settling") / "o")
    office.week(FIRST)
    office.send(FIRST, "甲镇 4.7.xlsx", {"东河村": (20, 10), "西河村": (4, 0)})
    office.send(FIRST, "乙镇 4.7.xlsx", {"南山村": (10, 4)})
    office.archive(FIRST)
    office.week(SECOND)
    office.send(SECOND, "乙镇.xlsx", SOUTH)
    return office


@pytest.fixture
def second_week(recorded: Office, tmp_path: Path) -> Office:
    shutil.copytree(recorded.root, tmp_path / "o")
    return Office.at(tmp_path / "o")


def test_growth_after_a_gap_is_against_the_last_accepted_week(second_week: Office) -> None:
    """甲镇 misses the second week; in the third its growth is that of two weeks."""
    second_week.archive(SECOND)
    second_week.week(THIRD)
    second_week.send(THIRD, "甲镇.xlsx", EAST_WEST)
    second_week.send(THIRD, "乙镇.xlsx", {"南山村": (25, 10)})
    result = second_week.compute(THIRD)
    assert lines(result.progress, "village", "kind", "done", "added")[:1] == ["东河村 新建 28 8"]
    before = second_week.compute(SECOND).progress
    assert lines(before, "done", "added", "status")[:1] == ["20 - carried"]


def test_villages_of_the_same_name_in_two_towns_are_two_villages(office: Office) -> None:
    text = PROGRAMME.replace("name: 南山村", "name: 东河村")
    (office.root / "params/2023.yaml").write_text(text, encoding="utf-8")
    office.week(FIRST)
    office.send(FIRST, "甲镇.xlsx", EAST_WEST)
    path = office.send(FIRST, "乙镇.xlsx", {"南山村": (50, 25)})
    office.edit(path, B4="东河村")
    assert lines(office.compute(FIRST).progress, "town", "village", "done") == [
        "甲镇 东河村 28", "甲镇 东河村 15", "甲镇 西河村 8", "甲镇 西河村 0", "乙镇 东河村 50", "乙镇 东河村 25",
    ]  # fmt: skip


def test_a_renamed_village_keeps_its_history(second_week: Office) -> None:
    text = PROGRAMME.replace("{name: 东河村, tier: 省级, ", "{name: 新河村, tier: 省级, aliases: [东河村], ")
    (second_week.root / "params/2023.yaml").write_text(text, encoding="utf-8")
    second_week.send(SECOND, "甲镇.xlsx", EAST_WEST)
    assert lines(second_week.compute(SECOND).progress, "village", "done", "added")[0] == "新河村 28 8"


def test_a_village_that_joins_later_has_no_growth_in_its_first_week(second_week: Office) -> None:
    text = PROGRAMME.replace(
        "  丙镇: {villages: []}", "  丙镇: {villages: [{name: 北村, tier: 省级, new_build: 9, renovation: 9}]}"
    )
    (second_week.root / "params/2023.yaml").write_text(text, encoding="utf-8")
    path = second_week.send(SECOND, "丙镇.xlsx", {"北村": (5, 4)})
    second_week.edit(path, A4="丙镇")
    assert lines(second_week.compute(SECOND).progress, "village", "done", "added")[-2:] == ["北村 5 -", "北村 4 -"]


def test_last_years_records_are_no_history_of_this_year(second_week: Office) -> None:
    text = PROGRAMME.replace("2023-04-01", "2024-04-01").replace("2023-09-30", "2024-09-30")
    (second_week.root / "params/2024.yaml").write_text(text, encoding="utf-8")
    second_week.week("2024-04-05")
    week = second_week.root / "params/2024-04-05.yaml"
    week.write_text(week.read_text(encoding="utf-8").replace("params/2023.yaml", "params/2024.yaml"), encoding="utf-8")
    second_week.archive(SECOND)
    result = second_week.compute("2024-04-05")
    assert lines(result.progress, "done", "status") == ["- missing"] * 6
    assert {row.week for row in result.reporting} == {"2024-04-05"}


def test_a_week_before_the_schedule_begins_disturbs_no_pace(office: Office) -> None:
    """31 March is the day before the first: figures of then are the start, not a point of the pace."""
    office.week("2023-03-31")
    office.send("2023-03-31", "甲镇.xlsx", {"东河村": (2, 0), "西河村": (0, 0)})
    office.archive("2023-03-31")
    office.week(FIRST)
    office.send(FIRST, "甲镇.xlsx", {"东河村": (9, 7), "西河村": (0, 0)})
    frame = office.compute(FIRST).completion
    assert lines(only(frame, village="东河村"), "kind", "achieved_per_week") == [
        "新建 9.0",
        "整改 7.0",
        "合计 16.0",
    ]
