"""A machine that lacks something: told in one message, nothing left behind; mended, the same command does its work."""

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import archive, errors, machine
from pipeline.record import recording, verification
from tests import programs
from tests.helpers import Office
from tests.refresh_notebook import CHECKOUT

DAY = "2023-04-07"
AGAIN = "这次没有做完，已有存档不受影响。处理后重新运行同一条命令"
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="limits of the POSIX way")


@pytest.fixture
def office(office: Office) -> Office:
    """One week whose files want the helper for .xls too."""
    office.report(DAY)
    return office


def run(office: Office, *arguments: str, limit: Callable[[], None] | None = None, **more: str) -> tuple[int, str, str]:
    """Status, what it printed, what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments, "--root", str(office.root)],
        cwd=CHECKOUT, env={**os.environ, **more}, preexec_fn=limit, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def memory(megabytes: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))


def left(office: Office) -> list[str]:
    """What is in data/output but for records and the register."""
    output = office.root / archive.OUTPUT
    return sorted(path.name for path in output.glob("*") if not archive.is_date(path.name)) if output.is_dir() else []


def tables(record: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (record / "tables").iterdir()}


@pytest.mark.parametrize("megabytes", [300, 600, 800])
def test_too_little_memory_is_told_and_the_mended_machine_seals_the_right_record(
    office: Office, megabytes: int
) -> None:
    undisturbed = Office.at(office.root.with_name("另一处"))
    shutil.copytree(office.root, undisturbed.root)
    status, printed, said = run(office, "report", DAY, limit=memory(megabytes))
    assert (status, printed, said.count("\n")) == (2, "", 1)
    assert "内存不足" in said  # or, where only the notebook's process got none, that it did not start for want of it
    assert left(office) == []
    assert run(office, "report", DAY)[0] == 0
    expected = recording.run_week(str(undisturbed.root), DAY).revision
    assert tables(office.root / archive.OUTPUT / DAY / "r1") == tables(expected)


def test_a_check_needs_no_more_than_200_megabytes_even_for_an_old_workbook(office: Office) -> None:
    old = next((CHECKOUT / "data/raw/2023-04-07").glob("三厂*.xls"))
    shutil.copyfile(old, office.root / "data/raw" / DAY / "三厂街道.xls")
    _, printed, said = run(office, "check", DAY, limit=memory(200))
    assert "三厂街道.xls" in printed
    assert "本机" not in printed
    assert said == ""


def full_disc(kilobytes: int) -> Callable[[], None]:
    """The limit on the size of files stands for a full disc: every write beyond it fails."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes << 10, kilobytes << 10))


@pytest.mark.parametrize("kilobytes", [0, 2, 100, 400])
def test_a_full_disc_is_told_and_leaves_nothing(office: Office, kilobytes: int) -> None:
    status, printed, said = run(office, "report", DAY, limit=full_disc(kilobytes))
    assert (status, printed, said) == (2, "", f"磁盘空间不足，{AGAIN}：请先清理磁盘（至少留出 200 MB）。\n")
    assert left(office) == []
    assert run(office, "report", DAY)[0] == 0
    assert run(office, "verify")[0] == 0


@programs.needs(programs.SEVEN_ZIP)
def test_a_program_that_is_not_there_is_the_offices_matter_until_it_is(office: Office) -> None:
    """7-Zip: the file waits as 待核, no message to the town; with the program the same command makes the next revision."""
    raw = office.root / "data/raw" / DAY
    subprocess.run(
        [str(programs.path(programs.SEVEN_ZIP)), "a", "-bso0", str(raw / "乙镇.7z"), str(raw / "乙镇.xlsx")], check=True
    )
    (raw / "乙镇.xlsx").unlink()
    bare = office.root / "bin"
    bare.mkdir()
    assert run(office, "report", DAY, PATH=str(bare))[0] == 1
    first = office.root / archive.OUTPUT / DAY / "r1"
    assert archive.manifest(first).unread == ("乙镇.7z",)
    assert [path.name for path in (first / "feedback").iterdir() if "乙镇" in path.name] == []
    assert "待核1家（正在核读，不用补报）：乙镇" in (first / "feedback/催报.txt").read_text("utf-8-sig")
    status, printed, _ = run(office, "report")
    assert status == 1
    assert "《乙镇.7z》本机现在能读了" in printed
    (verdict,) = verification.verify(office.root, DAY)  # by a PC that reads what that one could not
    assert verdict.remarks == (
        "存档时的电脑读不了《乙镇.7z》，本机能读，所以不能整个重放",
        "图表、页面、汇总表、笔记本没有重放，只核对了指纹",
    )
    assert verdict.differences == ()
    assert run(office, "report", DAY)[0] == 0
    second = office.root / archive.OUTPUT / DAY / "r2"
    sent = archive.submissions(second).towns
    assert [(row.town, row.status) for row in sent][1] == ("乙镇", "received")


# ---- what is the machine's, and what is not --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(28, "No space left on device", "/x"), "磁盘空间不足"),
        (PermissionError(13, "Permission denied", "/单位/汇总表.xlsx"), "/单位/汇总表.xlsx：没有权限，或正被其他程序"),
        (OSError(30, "Read-only file system", "/x"), "/x：磁盘或文件夹是只读的"),
        (OSError(36, "File name too long", "/x"), "/x：路径太长"),
        (MemoryError(), "内存不足"),
        (ImportError("libopenblas.so: failed to map segment from shared object"), "内存不足"),
        (RuntimeError("can't start new thread"), "内存不足"),
        (errors.RunFailed("MemoryError: "), "内存不足"),
    ],
)
def test_a_fault_of_the_machine_is_told_by_its_kind(error: Exception, words: str) -> None:
    told = machine.fault(error)
    assert told is not None
    assert str(told).startswith(words)


def test_the_cause_behind_an_error_counts() -> None:
    try:
        try:
            raise OSError(28, "No space left on device")
        except OSError as full:
            raise ValueError("half a file") from full
    except ValueError as error:
        assert str(machine.fault(error)).startswith("磁盘空间不足")


@pytest.mark.parametrize("error", [ValueError("x"), KeyError("y"), FileNotFoundError(2, "No such file", "/x")])
def test_a_bug_is_not_the_machines(error: Exception) -> None:
    assert machine.fault(error) is None
