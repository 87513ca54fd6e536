"""The terminal: whatever becomes of its streams, of Ctrl-C and of people's own settings, one Chinese line or nothing."""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import archive, cli, machine
from pipeline.errors import MachineFault
from tests.helpers import Office
from tests.refresh_notebook import CHECKOUT

DAY = "2023-04-07"
PIPELINE = [sys.executable, "-m", "pipeline"]
INTERRUPTED = "已中断，没有存档。\n"
NO_SPACE = "磁盘空间不足，这次没有做完，已有存档不受影响。处理后重新运行同一条命令：请先清理磁盘（至少留出 200 MB）。\n"
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="streams and signals the POSIX way")


@pytest.fixture
def office(office: Office) -> Office:
    """One week with both towns."""
    office.report(DAY)
    return office


def shell(line: str, **more: str) -> tuple[int, str, str]:
    """Status, stdout, stderr of a line of shell in the checkout, $P the program."""
    called = line.replace("$P", f"{shlex.quote(sys.executable)} -m pipeline")
    done = subprocess.run(
        ["bash", "-c", called], cwd=CHECKOUT, env={**os.environ, **more}, capture_output=True, encoding="utf-8",
        check=False,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


# ---- streams ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["--help", "check --help", "check", "trace 2023-04-07", "verify", "test"])
def test_a_reader_that_has_gone_is_no_fault(office: Office, command: str) -> None:
    """As by `| head`; the reader is gone before the first word."""
    if command.startswith(("trace", "verify")):
        office.archive(DAY)
    root = f"--root '{office.root}'" if command in ("check", "verify") or command.startswith("trace") else ""
    assert shell(f"set -o pipefail; {{ sleep 0.2; $P {command} {root}; }} | true")[1:] == ("", "")


def test_a_full_disc_behind_the_output_is_told(office: Office) -> None:
    assert shell(f"$P check --root '{office.root}' > /dev/full") == (2, "", NO_SPACE)
    assert shell("$P --help > /dev/full") == (2, "", NO_SPACE)
    assert shell("$P check 第八周 2> /dev/full") == (2, "", "")


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_a_closed_stream_gets_nothing_and_the_work_is_done(office: Office, closed: str) -> None:
    status, _, said = shell(f"$P report {DAY} --root '{office.root}' {closed}")
    assert (status, said) == (0, "")
    assert shell(f"$P verify --root '{office.root}'")[0] == 0


# ---- Ctrl-C ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seconds", [1, 2, 4])
def test_ctrl_c_at_any_time_is_one_line_and_leaves_no_record_half_made(office: Office, seconds: float) -> None:
    running = subprocess.Popen(
        [*PIPELINE, "report", DAY, "--root", str(office.root)],
        cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True,
    )  # fmt: skip
    time.sleep(seconds)
    os.killpg(running.pid, signal.SIGINT)
    printed, said = running.communicate(timeout=120)
    sealed = (office.root / archive.OUTPUT / DAY / "r1").is_dir()
    assert said == ("" if sealed and printed else INTERRUPTED)
    assert running.returncode in ((0,) if sealed and printed else (2, -signal.SIGINT))  # Python's own, within an import


# ---- people's own settings -------------------------------------------------------------------------------------


def tables_and_pictures(office: Office) -> dict[str, bytes]:
    record = office.root / archive.OUTPUT / DAY / "r1"
    return {
        path.relative_to(record).as_posix(): path.read_bytes()
        for path in sorted(record.rglob("*"))
        if path.is_file() and path.name != "manifest.json"
    }


def with_settings(home: Path) -> dict[str, str]:
    """What a home folder may hold, and variables that lead to more of it."""
    rc = "figure.autolayout: True\nno.such.key: 1\nfont.size: 3\n"
    for folder in (home, home / ".config/matplotlib"):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "matplotlibrc").write_text(rc, encoding="utf-8")
    for folder in (home / ".ipython", home / "elsewhere"):
        (folder / "profile_default/startup").mkdir(parents=True)
        (folder / "profile_default/startup/00.py").write_text("print('hello'); 1 / 0", encoding="utf-8")
        (folder / "profile_default/ipython_config.py").write_text("1 / 0", encoding="utf-8")
    (home / "startup.py").write_text("print('hello')", encoding="utf-8")
    nowhere = str(home / "nowhere" / "x")
    return {
        "HOME": str(home), "MATPLOTLIBRC": str(home / "matplotlibrc"), "IPYTHONDIR": str(home / "elsewhere"),
        "PYTHONSTARTUP": str(home / "startup.py"), "PYTHONWARNINGS": "always", "JUPYTER_RUNTIME_DIR": "/proc/x",
        "JUPYTER_CONFIG_DIR": nowhere, "JUPYTER_DATA_DIR": nowhere, "JUPYTER_PLATFORM_DIRS": "1", "MPLBACKEND": "nowhere",
    }  # fmt: skip


def without_home(_: Path) -> dict[str, str]:
    return {"HOME": "/proc/nowhere"}


@pytest.mark.parametrize("settings", [with_settings, without_home])
def test_nobodys_settings_change_a_record(
    office: Office, tmp_path: Path, settings: Callable[[Path], dict[str, str]]
) -> None:
    plain = Office.at(tmp_path / "plain")
    shutil.copytree(office.root, plain.root)
    assert shell(f"$P report {DAY} --root '{plain.root}'")[0] == 0
    more = settings(tmp_path / "home")
    where = tmp_path / "home" if "MATPLOTLIBRC" in more else tmp_path
    status, _, said = shell(f"cd '{where}' && $P report {DAY} --root '{office.root}'", PYTHONPATH=str(CHECKOUT), **more)
    assert (status, said) == (0, "")
    assert tables_and_pictures(office) == tables_and_pictures(plain)


def test_a_machine_that_allows_few_open_files_says_so(office: Office) -> None:
    status, printed, said = shell(f"ulimit -n 60; $P report {DAY} --root '{office.root}'")
    assert (status, printed, said.count("\n")) == (2, "", 1)
    assert said.startswith("同时打开的文件太多")
    with pytest.raises(MachineFault):
        machine.require_files(1 << 40)


# ---- help ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["", "new", "check", "report", "verify", "trace", "test"])
def test_help_is_in_chinese_throughout(capsys: pytest.CaptureFixture[str], command: str) -> None:
    assert cli.main([*filter(None, [command]), "--help"]) == 0
    printed = capsys.readouterr().out
    known = {
        "python",
        "pipeline",
        "root",
        "help",
        "revise",
        "code",
        "against",
        "kind",
        "json",
        "JSON",
        "seals",
        "csv",
        "targets",
        "Excel",
        "WPS",
    }
    commands = {"init", "new", "check", "decide", "report", "daily", "fleet", "verify", "trace", "test"}
    assert set(re.findall(r"[A-Za-z]{2,}", printed)) - known - commands == set()
    assert printed.startswith("用法：python -m pipeline")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "缺少 命令"),
        (["frobnicate"], "没有 frobnicate 这个命令"),
        (["trace"], "缺少 日期"),
        (["trace", DAY, "--kind", "新"], "--kind 不能是 新，只能是 新建, 整改, 合计"),
        (["check", "--roo", "x"], "不认识 --roo"),
        (["check", "--root"], "--root 后面要写内容"),
        (["check", "--json=1"], "--json 后面不能写内容"),
    ],
)
def test_a_command_that_is_written_wrongly(capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    assert cli.main(arguments) == 2
    assert capsys.readouterr().err == f"命令写法不对：{said}。可用的命令：python -m pipeline --help\n"
