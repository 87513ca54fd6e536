"""Every written decision on the way of a figure: in 溯源 of the workbook, and told by `trace`."""

from pathlib import Path

import pytest

from pipeline import archive, cli
from pipeline.rules import FINDINGS
from tests.helpers import PROGRAMME, Office, lines

FIRST, SECOND, THIRD = "2023-04-07", "2023-04-14", "2023-04-21"
BY = "reason: 电话核实, by: 张三, date: 2023-04-14"
SIGNED = "张三 4月14日：电话核实"
CORRECT = "do: correct, town: 甲镇, village: 东河村, kind: 新建"
FELL = "do: accept, town: 甲镇, rule: fell"


@pytest.fixture
def one_week(office: Office) -> Office:
    """甲镇 has 20/10 and 4/0, 乙镇 10/4 on record; the second week is there, and empty."""
    office.week(FIRST)
    office.send(FIRST, "甲镇.xlsx", {"东河村": (20, 10), "西河村": (4, 0)})
    office.send(FIRST, "乙镇.xlsx", {"南山村": (10, 4)})
    office.archive(FIRST)
    return office


def decide(office: Office, *decisions: str, day: str = SECOND) -> None:
    office.week(day, "".join(f"  - {{{decision}, {BY}}}\n" for decision in decisions))


def grounds(office: Office, day: str = SECOND) -> list[str]:
    """What stands behind each figure of a week, as far as there is something to say."""
    told = [row for row in office.compute(day).origins if row.grounds]
    return lines(told, "village", "kind", "done", "status", "grounds")


def test_a_figure_that_the_town_simply_reported_has_no_grounds(one_week: Office) -> None:
    decide(one_week)
    one_week.send(SECOND, "甲镇.xlsx", {"东河村": (28, 15), "西河村": (8, 0)})
    one_week.send(SECOND, "乙镇.xlsx", {"南山村": (20, 8)})
    assert grounds(one_week) == []


def test_a_held_figure_that_is_let_stand_names_the_rule_and_the_decision(one_week: Office) -> None:
    decide(one_week, f"{FELL}, village: 西河村")
    one_week.send(SECOND, "甲镇.xlsx", {"东河村": (28, 15), "西河村": (3, 0)})
    one_week.send(SECOND, "乙镇.xlsx", {"南山村": (20, 8)})
    assert grounds(one_week) == [f"西河村 新建 3 reported 认可“累计数减少”：{SIGNED}"]


def test_what_is_accepted_of_a_town_is_not_told_of_a_figure_that_was_corrected(one_week: Office) -> None:
    """Both fell: one is corrected, so the acceptance without a village is the other's only."""
    decide(one_week, f"{CORRECT}, was: 18, now: 28", FELL)
    one_week.send(SECOND, "甲镇.xlsx", {"东河村": (18, 15), "西河村": (3, 0)})
    one_week.send(SECOND, "乙镇.xlsx", {"南山村": (20, 8)})
    assert grounds(one_week) == [
        f"东河村 新建 28 corrected 更正：{SIGNED}",
        f"西河村 新建 3 reported 认可“累计数减少”：{SIGNED}",
    ]


def test_an_acceptance_that_no_longer_fits_the_cell_is_not_told(one_week: Office) -> None:
    decide(one_week, f"{FELL}, village: 西河村, kind: 新建, was: 2")
    one_week.send(SECOND, "甲镇.xlsx", {"东河村": (28, 15), "西河村": (3, 0)})
    one_week.send(SECOND, "乙镇.xlsx", {"南山村": (20, 8)})
    assert grounds(one_week) == ["西河村 新建 4 carried 本周数未采用"]


def test_which_of_several_files_was_decided_on_is_told_of_its_figures(one_week: Office) -> None:
    decide(one_week, "do: use, town: 甲镇, file: 甲镇 新.xlsx")
    one_week.send(SECOND, "甲镇 旧.xlsx", {"东河村": (27, 15), "西河村": (8, 0)})
    one_week.send(SECOND, "甲镇 新.xlsx", {"东河村": (28, "约15"), "西河村": (8, 0)})
    one_week.send(SECOND, "乙镇.xlsx", {"南山村": (20, 8)})
    assert grounds(one_week) == [
        f"东河村 新建 28 reported 采用文件：{SIGNED}",
        "东河村 整改 10 carried 本周数未采用",
        f"西河村 新建 8 reported 采用文件：{SIGNED}",
        f"西河村 整改 0 reported 采用文件：{SIGNED}",
    ]


def test_a_file_that_was_set_aside_is_told_of_what_counts_in_its_place(one_week: Office) -> None:
    """甲镇 has another file; 乙镇 none: one of its figures is carried, the other came by telephone."""
    decide(
        one_week,
        "do: exclude, file: 甲镇 旧.xlsx",
        "do: exclude, file: 乙镇.xlsx",
        "do: enter, town: 乙镇, village: 南山村, kind: 整改, now: 9",
    )
    one_week.send(SECOND, "甲镇 旧.xlsx", {"东河村": (27, 15), "西河村": (8, 0)})
    one_week.send(SECOND, "甲镇.xlsx", {"东河村": (28, 15), "西河村": (8, 0)})
    one_week.send(SECOND, "乙镇.xlsx", {"南山村": (20, 8)})
    old, none = f"不采用文件《甲镇 旧.xlsx》：{SIGNED}", f"不采用文件《乙镇.xlsx》：{SIGNED}"
    assert grounds(one_week) == [
        f"东河村 新建 28 reported {old}",
        f"东河村 整改 15 reported {old}",
        f"西河村 新建 8 reported {old}",
        f"西河村 整改 0 reported {old}",
        f"南山村 新建 10 carried 本周未报；{none}",
        f"南山村 整改 9 corrected {none}；补录：{SIGNED}",
    ]


def test_a_decision_on_a_file_that_has_changed_since_is_not_told(one_week: Office) -> None:
    decide(one_week, f"do: exclude, file: 甲镇.xlsx, sha256: {'a' * 64}")
    one_week.send(SECOND, "甲镇.xlsx", {"东河村": (28, 15), "西河村": (8, 0)})
    one_week.send(SECOND, "乙镇.xlsx", {"南山村": (20, 8)})
    assert grounds(one_week) == []


def test_a_towns_silence_that_was_accepted_is_told_of_its_carried_figures(one_week: Office) -> None:
    decide(one_week, "do: accept, town: 乙镇, rule: missing_town")
    one_week.send(SECOND, "甲镇.xlsx", {"东河村": (28, 15), "西河村": (8, 0)})
    assert grounds(one_week) == [
        f"南山村 新建 10 carried 本周未报；认可“区镇未报”：{SIGNED}",
        f"南山村 整改 4 carried 本周未报；认可“区镇未报”：{SIGNED}",
    ]


# ---- what stood behind a carried figure in its own week --------------------------------------------------------


@pytest.fixture
def carried(one_week: Office) -> Office:
    """In the second week a figure was corrected and a fall accepted; in the third 甲镇 is silent."""
    decide(one_week, f"{CORRECT}, was: 约28, now: 28", f"{FELL}, village: 西河村")
    one_week.send(SECOND, "甲镇.xlsx", {"东河村": ("约28", 15), "西河村": (3, 0)})
    one_week.send(SECOND, "乙镇.xlsx", {"南山村": (20, 8)})
    one_week.archive(SECOND)
    one_week.week(THIRD)
    one_week.send(THIRD, "乙镇.xlsx", {"南山村": (30, 12)})
    return one_week


def test_the_workbook_tells_that_a_carried_figure_was_a_decisions(carried: Office) -> None:
    """Which decision, the tables of an earlier record do not say."""
    assert grounds(carried, THIRD) == [
        "东河村 新建 28 carried 本周未报；报送周按决定更正",
        "东河村 整改 15 carried 本周未报",
        "西河村 新建 3 carried 本周未报",
        "西河村 整改 0 carried 本周未报",
    ]


def traced(office: Office, day: str, *place: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The parts that `trace` tells, without their files."""
    assert cli.main(["trace", day, *place, "--root", str(office.root)]) == 0
    said = [line.strip().split("　") for line in capsys.readouterr().out.splitlines()[1:]]
    return ["　".join(line[:2]) for line in said if len(line) > 2]


def test_trace_tells_the_decisions_of_the_week_that_reported_a_carried_figure(
    carried: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    carried.archive(THIRD)
    assert traced(carried, THIRD, "甲镇", capsys=capsys) == [
        f"甲镇东河村 新建 28　沿用（本周未报；报送周依据：更正：{SIGNED}）",
        "甲镇东河村 整改 15　沿用（本周未报）",
        f"甲镇西河村 新建 3　沿用（本周未报；报送周依据：认可“累计数减少”：{SIGNED}）",
        "甲镇西河村 整改 0　沿用（本周未报）",
    ]


def test_a_village_that_was_renamed_since_keeps_its_decision(
    carried: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    renamed = PROGRAMME.replace("name: 东河村, ", "name: 大河村, aliases: [东河村], ")
    Path(carried.root, "params/2023.yaml").write_text(renamed, encoding="utf-8")
    carried.archive(THIRD)
    assert traced(carried, THIRD, "甲镇", "大河村", "--kind", "新建", capsys=capsys) == [
        f"甲镇大河村 新建 28　沿用（本周未报；报送周依据：更正：{SIGNED}）"
    ]


def test_a_record_tells_the_same_as_the_week_it_was_made_of(carried: Office) -> None:
    """Its findings are read back from their table, where words, ask and answer are one message."""
    result = carried.compute(SECOND)
    record = archive.revisions(carried.root, SECOND)[-1]
    assert lines(archive.findings(record), *FINDINGS.columns) == lines(result.findings, *FINDINGS.columns)
    assert len(result.findings) > 1
