"""What a revision changes, what later records it contradicts, and what was known on a day."""

import datetime as dt
import json
from pathlib import Path

from pipeline import archive
from tests.helpers import Office, lines, only

FIRST, SECOND, THIRD = "2023-04-07", "2023-04-14", "2023-04-21"
DECISION = "  - {do: correct, town: 甲镇, village: 东河村, kind: 新建, was: 28, now: 31, reason: 复核, by: 张三, date: 2023-04-20}\n"


def fill(office: Office) -> None:
    office.week(FIRST)
    office.send(FIRST, "甲镇.xlsx", {"东河村": (20, 10), "西河村": (4, 0)})
    office.send(FIRST, "乙镇.xlsx", {"南山村": (10, 4)})
    office.archive(FIRST)
    office.week(SECOND)
    office.send(SECOND, "甲镇.xlsx", {"东河村": (28, 15), "西河村": (8, 0)})
    office.archive(SECOND)


def test_the_first_record_corrects_nothing(office: Office) -> None:
    office.week(FIRST)
    assert office.compute(FIRST).corrections == ()


def test_a_late_file_and_a_decision_are_told_with_what_they_change(office: Office) -> None:
    fill(office)
    office.week(SECOND, DECISION)
    office.send(SECOND, "乙镇.xlsx", {"南山村": (18, 9)})
    said = office.compute(SECOND).corrections
    assert said[:2] == ("对照第1版。", "依据：新收到《乙镇.xlsx》；本周参数（书面决定）有变化。")
    assert "甲镇东河村 新建　情况：本周报送 → 按决定更正" in said
    assert "甲镇东河村 新建　累计完成：28 → 31" in said
    assert "乙镇南山村 新建　累计完成：10 → 18" in said
    assert "乙镇 合计　位次：— → 2" in said
    assert "全区 合计　累计完成：65 → 81" in said
    assert not any("西河村" in line for line in said)


def test_a_changed_target_and_a_changed_file_are_grounds(office: Office) -> None:
    fill(office)
    office.send(SECOND, "甲镇.xlsx", {"东河村": (29, 15), "西河村": (8, 0)})
    path = office.root / "params" / "2023.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("new_build: 40", "new_build: 30"), encoding="utf-8")
    said = office.compute(SECOND).corrections
    assert said[1] == "依据：《甲镇.xlsx》内容已换；当年方案（目标任务等）有变化。"
    assert "甲镇西河村 新建　目标任务：40 → 30" in said


def test_a_correction_of_an_old_week_names_the_later_weeks_it_contradicts(office: Office) -> None:
    fill(office)
    third = office.week(THIRD)
    office.send(THIRD, "甲镇.xlsx", {"东河村": (35, 20), "西河村": (9, 0)})
    office.archive(THIRD)
    before = {path: path.read_bytes() for path in (office.root / "data/output" / THIRD).rglob("*") if path.is_file()}
    office.week(SECOND, DECISION)
    record = office.archive(SECOND)
    assert record.name == "r2"
    result = office.compute(SECOND)
    assert archive.changes.contradicted(office.root, SECOND, result.progress) == {
        THIRD: ["甲镇东河村新建本周新增7，按更正后的数应为4"]
    }
    assert {path: path.read_bytes() for path in before} == before
    assert third.is_dir()
    assert archive.changes.contradicted(office.root, THIRD, office.compute(THIRD).progress) == {}


def test_a_later_week_that_carried_the_old_figure_is_named_too(office: Office) -> None:
    fill(office)
    office.week(THIRD)
    office.send(THIRD, "乙镇.xlsx", {"南山村": (20, 8)})  # 甲镇 is silent and carried
    office.archive(THIRD)
    office.week(SECOND, DECISION)
    office.archive(SECOND)
    assert archive.changes.contradicted(office.root, SECOND, office.compute(SECOND).progress) == {
        THIRD: ["甲镇东河村新建沿用28，按更正后的数应沿用31"]
    }


def test_history_reads_as_it_stood_on_a_day_or_at_a_revision(office: Office) -> None:
    fill(office)
    office.week(SECOND, DECISION)
    office.archive(SECOND)
    for name, day in (("r1", "2023-04-14"), ("r2", "2023-04-20")):
        _sealed_on(office.root / "data/output" / SECOND / name, day)
    _sealed_on(office.root / "data/output" / FIRST / "r1", "2023-04-07")
    programme = office.compute(SECOND).programme
    done = {}
    for day in ("2023-04-06", "2023-04-14", "2023-04-20"):
        known = archive.as_of(office.root, dt.date.fromisoformat(day))
        history = archive.history(office.root, THIRD, "params/2023.yaml", programme, known)
        east = only(history.progress, village="东河村", kind="新建")
        done[day] = lines(east, "week", "done")
    assert done == {
        "2023-04-06": [],
        "2023-04-14": ["2023-04-07 20", "2023-04-14 28"],
        "2023-04-20": ["2023-04-07 20", "2023-04-14 31"],
    }


def _sealed_on(record: Path, day: str) -> None:
    path = record / archive.MANIFEST
    facts = json.loads(path.read_text(encoding="utf-8"))
    facts["run"]["finished"] = f"{day}T10:00:00+00:00"
    path.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
