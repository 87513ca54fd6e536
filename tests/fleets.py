"""Trees of offices for the tests of `fleet`: counties, and a city to which they report."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import psutil

from pipeline import archive
from tests.helpers import Office
from tests.refresh_notebook import CHECKOUT

DAY = "2023-05-05"
COUNTIES = ("甲区", "乙县")
_CITY = """\
title: 2023年度农村户厕改造整村推进
office: 示例市乡村振兴局（示例数据）
document: 示例〔2023〕4号
level: 市
schedule: {start: 2023-04-01, end: 2023-09-30}
members:
"""
_MEMBER = (
    "  {}: {{office: {}, places: [{{name: 省级整村推进村, tier: 省级, new_build: 300, renovation: 130, count: 2}}]}}\n"
)


def above(root: Path, **members: str) -> Office:
    """An office with members: name -> folder, as seen from its own."""
    return Office(root, _CITY + "".join(_MEMBER.format(name, folder) for name, folder in members.items()))


def city(tree: Path, counties: Iterable[str] = COUNTIES) -> Path:
    """A tree of counties that have reported, and their city, which has no week yet."""
    for name in counties:
        Office(tree / name).report(DAY)
    above(tree / "市", **{name: f"../{name}" for name in counties})
    return tree


def copied(tree: Path, to: Path) -> Path:
    """The same files elsewhere: workbooks that are made twice differ in their times."""
    return Path(shutil.copytree(tree, to))


def records(tree: Path) -> dict[str, bytes]:
    """Every file of every record, but for manifests: they hold the time of their run."""
    files = (path for path in sorted(tree.glob("*/data/output/*/r*/**/*")) if path.is_file())
    return {path.relative_to(tree).as_posix(): path.read_bytes() for path in files if path.name != archive.MANIFEST}


def revisions(tree: Path) -> dict[str, list[str]]:
    """Office -> its revisions of the week."""
    offices = sorted(path.parent.name for path in tree.glob("*/params"))
    return {name: [path.name for path in archive.revisions(tree / name, DAY)] for name in offices}


# ---- the command, and what is done to it -----------------------------------------------------------------------


def fleet(tree: Path, *options: str) -> "subprocess.Popen[str]":
    """The real command, in a group of its own."""
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "pipeline", "fleet", str(tree), *options]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, env=environment, encoding="utf-8", start_new_session=True, **pipes)


def ran(running: "subprocess.Popen[str]") -> tuple[int, str, str]:
    """Its status, what it printed, what it said."""
    printed, said = running.communicate(timeout=300)
    return running.returncode, printed, said


def building(tree: Path) -> list[Path]:
    """The folders of records that are being made."""
    return [*tree.glob("*/data/output/.b*")]


def at_work(tree: Path) -> set[int]:
    """The processes that make them, by the folders' names."""
    return {int(path.name[6:].partition("-")[0], 36) for path in building(tree)}


def until(happened: Callable[[], object], seconds: float = 120.0) -> None:
    """Wait for it."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.02)


def kill(pid: int) -> None:
    """As the system does when memory runs out."""
    psutil.Process(pid).send_signal(signal.SIGKILL)
