"""Runs killed at any instant, and what is left of the office: `python -m tests.kills [N]` kills N real reports.

`dies_at` kills a sealing at its n-th write, rename or new folder; `kill_reports` kills real `report` commands after a
random time. After each the office must hold the old or the new state, and a rerun must complete it.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from pipeline import archive
from pipeline.archive import register
from pipeline.record import verification
from tests.helpers import Office
from tests.refresh_notebook import CHECKOUT

DAY = "2023-04-07"
_CHANGES = ("os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.truncate")


def office(root: Path) -> Office:
    """One week, not recorded yet."""
    made = Office(root)
    made.week(DAY)
    made.send(DAY, "甲镇.xlsx", {"东河村": (20, 10), "西河村": (4, 0)})
    made.send(DAY, "乙镇.xlsx", {"南山村": (10, 4)})
    return made


def dies_at(root: Path, change: int) -> bool:
    """Seal the week in a process of its own that dies at its n-th change of the disc; whether it lived to the end."""
    child = os.fork()
    if child == 0:
        left = [change]

        def watch(event: str, details: tuple[object, ...]) -> None:
            writes = event == "open" and isinstance(details[2], int) and details[2] & (os.O_WRONLY | os.O_RDWR)
            if (writes or event in _CHANGES) and str(details[0]).startswith(str(root)):
                left[0] -= 1
                if left[0] < 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        archive.sweep(root)
        Office.at(root).archive(DAY)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def report(root: Path) -> "subprocess.Popen[bytes]":
    """A real `report` of the week."""
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "pipeline", "report", DAY, "--root", str(root)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def state(root: Path) -> str:
    """`old`: no record; `new`: one whole record, registered or about to be. Anything else is an error."""
    records = sorted(path.name for path in (root / archive.OUTPUT / DAY).glob("r*"))
    unregistered = verification.registered(root).differences
    if unregistered:
        raise AssertionError(unregistered)
    if not records:
        return "old"
    revision = root / archive.OUTPUT / DAY / "r1"
    broken = list(verification.altered(revision, archive.manifest(revision)))
    if records != ["r1"] or broken:
        raise AssertionError(f"{records}: {broken}")
    return "new"


def leftovers(root: Path) -> list[str]:
    """Folders of runs that did not end."""
    return sorted(path.name for path in (root / archive.OUTPUT).glob(".*") if path.is_dir())


def is_registered(root: Path) -> bool:
    """Whether nothing is left to be made up for."""
    return verification.registered(root).remarks == () and [line.place for line in register.lines(root)] == [
        f"{DAY}/r1"
    ]


def kill_reports(root: Path, times: int, longest: float, dice: random.Random) -> Counter[str]:
    """What was found after each of `times` reports killed at a random moment; a rerun completes each."""
    found: Counter[str] = Counter()
    for number in range(1, times + 1):
        shutil.rmtree(root / archive.OUTPUT, ignore_errors=True)
        running = report(root)
        time.sleep(dice.uniform(0, longest))
        running.kill()
        running.wait()
        found[state(root)] += 1
        found["left a folder behind"] += bool(leftovers(root))
        if report(root).wait() != 0 or state(root) != "new" or leftovers(root) or not is_registered(root):
            raise AssertionError("the rerun did not complete")
        if number % 10 == 0:
            print(f"{number}: {dict(found)}", flush=True)
    return found


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        made = office(Path(folder).resolve() / "office")
        began = time.monotonic()
        report(made.root).wait()
        whole = time.monotonic() - began
        number = int(sys.argv[1]) if len(sys.argv) > 1 else 200
        print(
            f"one report: {whole:.1f} s; killed {number} times within it: {dict(kill_reports(made.root, number, whole, random.Random(1)))}"
        )
