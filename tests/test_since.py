"""Sealed weeks whose files or decisions have changed since: named by every command that looks at all weeks."""

import shutil
from pathlib import Path

import pytest

from pipeline import archive, cli, since
from tests.helpers import Office

FIRST, SECOND = "2023-04-07", "2023-04-14"


@pytest.fixture
def office(office: Office) -> Office:
    """Two recorded weeks."""
    for day, east in ((FIRST, 20), (SECOND, 28)):
        office.week(day)
        office.send(day, "甲镇.xlsx", {"东河村": (east, 10), "西河村": (4, 0)})
        office.send(day, "乙镇.xlsx", {"南山村": (10 + east, 4 + east)})
        office.archive(day)
    return office


def changed(office: Office) -> dict[str, str]:
    return since.changed(office.root, archive.recorded_weeks(office.root))


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, list[str]]:
    status = cli.main([str(argument) for argument in arguments])
    return status, [line for line in capsys.readouterr().out.splitlines() if "以后有变化" in line]


def test_a_week_is_as_it_was_whatever_lies_beside_its_files(office: Office) -> None:
    raw = office.root / "data/raw" / FIRST
    (raw / "~$甲镇.xlsx").write_bytes(b"x")
    (raw / "Thumbs.db").write_bytes(b"x")
    assert changed(office) == {}


def test_files_that_came_went_or_changed_are_named(office: Office) -> None:
    office.send(FIRST, "丁镇.xlsx", {"东河村": (1, 1)})
    office.send(FIRST, "甲镇.xlsx", {"东河村": (21, 10), "西河村": (4, 0)})
    (office.root / "data/raw" / SECOND / "乙镇.xlsx").unlink()
    assert changed(office) == {FIRST: "新收到《丁镇.xlsx》；《甲镇.xlsx》内容已换", SECOND: "不再有《乙镇.xlsx》"}


def test_decisions_are_named_a_comment_is_none(office: Office) -> None:
    path = office.root / "params" / f"{FIRST}.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# 备忘\n", encoding="utf-8")
    assert changed(office) == {}
    office.week(FIRST, "  - {do: exclude, file: 甲镇.xlsx, reason: 旧表, by: 张三, date: 2023-04-07}\n")
    assert changed(office) == {FIRST: "本周参数（书面决定）有变化"}
    path.write_text("week: [", encoding="utf-8")
    assert changed(office) == {FIRST: f"params/{FIRST}.yaml 有错误，不能读"}
    path.unlink()
    assert changed(office) == {FIRST: f"params/{FIRST}.yaml 不见了"}


def test_raw_files_that_were_moved_away_are_no_change(office: Office) -> None:
    """The record holds them."""
    shutil.rmtree(office.root / "data/raw" / FIRST)
    assert changed(office) == {}


def test_a_ledger_that_was_withheld_is_no_new_file(office: Office) -> None:
    ledger = "户主姓名,身份证号,联系电话,改厕类型\n张三,32068419600101001X,13800000000,新建\n" * 3
    (office.root / "data/raw" / FIRST / "甲镇张三台账.csv").write_text(ledger, encoding="utf-8")
    assert changed(office) == {FIRST: "新收到《甲镇张三台账.csv》"}
    office.archive(FIRST)
    assert changed(office) == {}


def test_every_command_without_a_date_names_the_week_and_only_report_with_its_date_records_it(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys, "report", "--root", office.root) == (0, [])
    office.send(FIRST, "丁镇.xlsx", {"西河村": (4, 0)})
    named = [
        f"截至 {FIRST} 的存档以后有变化：新收到《丁镇.xlsx》。要另存一版，运行 python -m pipeline report {FIRST}。"
    ]
    for command in ("check", "report", "verify"):
        assert said(capsys, command, "--root", office.root) == (1, named), command
    assert [path.name for path in archive.revisions(office.root, FIRST)] == ["r1"]
    cli.main(["report", FIRST, "--root", str(office.root)])
    assert [path.name for path in archive.revisions(office.root, FIRST)] == ["r1", "r2"]
    assert said(capsys, "report", "--root", office.root)[1] == []


def test_a_path_that_windows_could_not_store_is_named_before_it_is_too_late(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inside = len(f"/data/output/{FIRST}/r1/inputs/data/raw/{FIRST}/")
    room = 240 - 40 - inside - len(str(tmp_path)) - 1  # for the office's folder, where a name of 40 signs just fits
    office = Office(tmp_path / ("长" * (room // 2) + "a" * (room - room // 2)))
    office.week(FIRST)
    fits, too_long = "x" * 35 + ".xlsx", "y" * 36 + ".xlsx"
    for name in (fits, too_long):
        office.send(FIRST, name, {"东河村": (28, 10), "西河村": (4, 0)})
    cli.main(["check", FIRST, "--root", str(office.root)])
    told = [line for line in capsys.readouterr().out.splitlines() if "存档后的路径" in line]
    assert told == [
        f"《{too_long}》存档后的路径有 241 个字，超过 240 个，Windows 可能存不下："
        "请把文件名改短，或把单位文件夹移到短一些的路径（如 D:\\户厕）。"
    ]
