"""What this machine cannot read is the office's to mend: 待核, never a town's fault, and a mended machine makes a revision."""

import os
import shutil
from pathlib import Path

import pytest

from pipeline.intake.reading import unpacker
from pipeline.products import feedback, suggestions
from pipeline.record import recording
from pipeline.week import Result
from tests import programs
from tests.helpers import Office, lines, only
from tests.messes import builders as make

DAY, NEXT = "2023-04-07", "2023-04-14"
EAST_WEST = {"东河村": (30, 10), "西河村": (8, 0)}
SOUTH = {"南山村": (50, 25)}
BY = "reason: 镇里另发了, by: 张三, date: 2023-04-07"


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A machine without any program that unpacks."""
    monkeypatch.setattr(unpacker, "programs", list)
    return monkeypatch


def packed(office: Office, name: str = "乙镇.7z") -> Path:
    """甲镇's form, and 乙镇's in a .7z."""
    folder = office.week(DAY)
    office.send(DAY, "甲镇.xlsx", EAST_WEST)
    form = office.send(DAY, "乙镇.xlsx", SOUTH)
    path = folder / name
    path.write_bytes(make.seven_zip("乙镇.xlsx", form.read_bytes()))
    form.unlink()
    return path


def said(result: Result) -> str:
    """All that towns are told."""
    told = feedback.messages(result.programme, result.week.week, result.written, 1, "")
    return "\n".join(f"{name} {content.decode('utf-8-sig')}" for name, content in told.items() if name.endswith(".txt"))


@pytest.mark.usefixtures("bare")
def test_a_town_whose_file_this_machine_cannot_open_is_pending(office: Office) -> None:
    packed(office)
    result = office.compute(DAY)
    assert lines(result.submissions.rows, "town", "status", "file") == [
        "甲镇 received 甲镇.xlsx", "乙镇 pending 乙镇.7z", "丙镇 none_expected -",
    ]  # fmt: skip
    assert lines(result.findings, "level", "rule", "town", "file") == ["hold cannot_read_here 乙镇 乙镇.7z"]
    assert "请安装解压程序或代为解压" in result.findings[0].message
    assert lines(result.progress, "town", "status")[-2:] == ["乙镇 missing", "乙镇 missing"]
    assert not result.is_final


@pytest.mark.usefixtures("bare")
def test_the_town_is_told_nothing_and_not_urged(office: Office) -> None:
    packed(office)
    told = said(office.compute(DAY))
    assert "退回单" not in told and "乙镇.7z" not in told and "解压" not in told
    assert "已报1家，待核1家（正在核读，不用补报）：乙镇。\r\n谢谢大家。" in told


@pytest.mark.usefixtures("bare")
def test_a_file_that_may_be_anybodys_is_not_cried_for(office: Office) -> None:
    packed(office, "报表.7z")
    result = office.compute(DAY)
    assert lines(result.submissions.rows, "town", "status", "file")[1:] == [
        "乙镇 missing -", "丙镇 none_expected -", "- pending 报表.7z",
    ]  # fmt: skip
    assert lines(result.findings, "rule", "file") == ["cannot_read_here 报表.7z", "missing_town -"]
    assert "认领" not in said(result)


@pytest.mark.usefixtures("bare")
def test_the_office_is_told_and_offered_to_exclude_the_file(office: Office) -> None:
    path = packed(office)
    result = office.compute(DAY)
    sha256 = only(result.submissions.rows, town="乙镇")[0].sha256
    assert [line for line in suggestions.lines(result.questions, DAY) if "do:" in line and "#" not in line] == [
        f'  - {{do: exclude, file: "乙镇.7z", sha256: "{sha256}", reason: , by: , date: {DAY}}}'
    ]
    assert feedback.lines(result.programme, result.week.week, result.findings)[0].startswith(
        "【待裁定】乙镇《乙镇.7z》：本机无法打开"
    )
    assert list(result.story.status.items())[1] == ("乙镇", "pending")
    assert path.exists()


@pytest.mark.usefixtures("bare")
def test_the_week_says_what_is_pending(office: Office) -> None:
    from pipeline.products import sentences  # noqa: PLC0415

    packed(office)
    result = office.compute(DAY)
    told = "\n".join(sentences.lines(result.story, result.findings, False))
    assert "待核1个：乙镇，缺数。" in told
    matters = sentences.matters(result.story, result.findings)
    assert any(line == "乙镇的报表已收到，待核（由区局核读），数据暂未采用。" for line in matters)
    row = next(row for row in result.completion if (row.town, row.village, row.kind) == ("乙镇", "", "合计"))
    assert row.state == "待核"


def test_a_file_beside_it_that_can_be_read_counts(office: Office, bare: pytest.MonkeyPatch) -> None:
    packed(office)
    office.send(DAY, "乙镇.xlsx", SOUTH)
    result = office.compute(DAY)
    assert lines(result.submissions.rows, "town", "status", "file")[1::2] == [
        "乙镇 received 乙镇.xlsx",
        "乙镇 pending 乙镇.7z",
    ]
    assert lines(result.progress, "done")[-2:] == ["50", "25"]
    assert not result.is_final
    assert bare


@programs.needs(programs.UNPACKER)
def test_a_mended_machine_makes_the_next_revision(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    packed(office)
    with monkeypatch.context() as patch:
        patch.setattr(unpacker, "programs", list)
        without = office.compute(DAY)
        office.archive(DAY)
    mended = office.compute(DAY)
    assert mended.fingerprint != without.fingerprint
    assert lines(mended.submissions.rows, "status", "file")[1] == "received 乙镇.7z/乙镇.xlsx"
    assert "《乙镇.7z》本机现在能读了" in mended.grounds


def test_what_could_not_be_read_is_part_of_the_fingerprint_under_the_same_name(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that could not start leaves the file its name and its bytes."""
    folder = office.week(DAY)
    (folder / "乙镇.xls").write_bytes(
        make.xls(
            "区镇 | 整村推进村 | 目标任务新建 | 目标任务整改 | 完成情况新建 | 完成情况整改\n乙镇 | 南山村 | 200 | 80 | 50 | 25"
        )
    )
    sound = office.compute(DAY)
    assert lines(sound.submissions.rows, "town", "status")[1] == "乙镇 received"
    monkeypatch.setattr("pipeline.intake.reading.isolation._SERVE", "raise SystemExit(1)")
    monkeypatch.setattr("pipeline.intake.reading._READERS", {"xls": _helpless})
    broken = office.compute(DAY)
    assert lines(broken.submissions.rows, "town", "status")[1] == "乙镇 pending"
    assert broken.fingerprint != sound.fingerprint
    assert broken.unread == {"乙镇.xls"} and recording.facts(broken, "")["unread"] == ["乙镇.xls"]


def _helpless(content: bytes, budget: object) -> object:
    from pipeline.intake.reading.isolation import Worker  # noqa: PLC0415

    return Worker().run(_never, content, budget)  # type: ignore[arg-type]


def _never(content: bytes, budget: object) -> object:
    raise AssertionError(content, budget)


def test_an_excluded_file_is_not_opened(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    path = packed(office)
    sha256 = only(office_without(office, monkeypatch).submissions.rows, town="乙镇")[0].sha256
    office.week(DAY, f"  - {{do: exclude, file: {path.name}, sha256: {sha256}, {BY}}}\n")

    def opened(*_: object) -> None:
        raise AssertionError("it was opened")

    monkeypatch.setattr("pipeline.intake.reading.folder.members", opened)
    result = office.compute(DAY)
    assert lines(result.submissions.rows, "town", "status", "file")[1::2] == ["乙镇 missing -", "乙镇 ignored 乙镇.7z"]
    assert lines(result.findings, "level", "rule") == ["query missing_town", "note excluded_file"]


def office_without(office: Office, monkeypatch: pytest.MonkeyPatch) -> Result:
    with monkeypatch.context() as patch:
        patch.setattr(unpacker, "programs", list)
        return office.compute(DAY)


@programs.needs(programs.UNPACKER)
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has none")
def test_only_regular_files_are_opened(office: Office) -> None:
    """A pipe would wait for its other end, a device might never end."""
    folder = office.week(DAY)
    office.send(DAY, "甲镇.xlsx", EAST_WEST)
    os.mkfifo(folder / "乙镇.xlsx")
    (folder / "乙镇 2.xlsx").symlink_to("/dev/zero")
    result = office.compute(DAY)
    assert lines(result.submissions.rows, "town", "status", "file")[1::2] == [
        "乙镇 pending 乙镇 2.xlsx",
        "乙镇 pending 乙镇.xlsx",
    ]
    assert [row.words for row in result.findings] == [
        "不是普通文件（管道、设备之类），没有打开；请从本周文件夹移走，再放入原件"
    ] * 2


def test_a_link_to_a_file_is_read(office: Office, tmp_path: Path) -> None:
    folder = office.week(DAY)
    office.send(DAY, "乙镇.xlsx", SOUTH)
    shutil.move(folder / "乙镇.xlsx", tmp_path / "乙镇.xlsx")
    (folder / "乙镇.xlsx").symlink_to(tmp_path / "乙镇.xlsx")
    assert lines(office.compute(DAY).submissions.rows, "town", "status")[1] == "乙镇 received"
