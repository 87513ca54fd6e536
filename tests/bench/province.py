"""One week of a whole province by `fleet`: is every sum true, what does an office cost, how does the cost grow?

    python -m tests.bench.province                # 13 cities, 95 counties, 950 towns, one week; local processes
    python -m tests.bench.province --curve        # CPU seconds at 5, 20, 50, 95 offices, and the slope
    python -m tests.bench.province --workers      # 1 against 2 workers, in turns
    python -m tests.bench.province --on tcp://HOST:PORT     # the same on a Dask cluster that is there

Truth is known from the drawing (`tests.tree`): no figure of the program is taken for granted.
"""

import argparse
import contextlib
import csv
import math
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.refresh_notebook import CHECKOUT
from tests.tree import Done, Province, added_up, grow

SEED = 20230407
PROVINCE = (*[8] * 4, *[7] * 9)  # counties of the 13 cities: 95
FINISHED = (0, 1)  # final, draft


@dataclass(frozen=True)
class Cost:
    """What one run cost. memory: the highest sum of the resident sets of all its processes, in MB."""

    offices: int
    wall: float
    cpu: float
    memory: float

    def __str__(self) -> str:
        return (
            f"{self.offices:4} offices  {self.wall:7.1f} s wall  {self.cpu:8.1f} CPU s  "
            f"{self.cpu / self.offices:5.2f} CPU s an office  {self.memory:6.0f} MB"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--curve", action="store_true")
    parser.add_argument("--workers", action="store_true")
    parser.add_argument("--on", default="")
    options = parser.parse_args()
    if options.curve:
        _curve(options.on)
    elif options.workers:
        _workers()
    else:
        _whole(PROVINCE, options.on)


def _whole(counties: Sequence[int], on: str) -> Cost:
    """One tree: its cost, and every sum of every level beside the truth."""
    with tempfile.TemporaryDirectory() as folder:
        grown = grow(Path(folder) / "province", SEED, counties, towns=10, villages=2)
        cost = _run(grown, on)
        print(cost, "", f"{_true_sums(grown)} sums, all as drawn", sep="  ", flush=True)
        return cost


def _run(grown: Province, on: str) -> Cost:
    """fleet on the whole tree, from nothing."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    where = ["--on", on] if on else []
    command = [sys.executable, "-m", "pipeline", "fleet", str(grown.folder), grown.weeks[-1], *where]
    began = time.perf_counter()
    with subprocess.Popen(command, cwd=CHECKOUT, env=environment, stdout=subprocess.DEVNULL) as running:
        spent = _Spent(running.pid)
        status = running.wait()
    assert status in FINISHED, status
    wall = time.perf_counter() - began
    spent.stop()
    return Cost(1 + len(grown.cities) + len(grown.counties), wall, spent.cpu, spent.memory / 1e6)


class _Spent(threading.Thread):
    """CPU seconds and highest memory of a process and all below it, looked at ten times a second.

    Kernels are forked by a server of their own, so that no parent's account holds them.
    """

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.memory = 0
        self._process, self._by_pid, self._is_over = psutil.Process(pid), dict[int, float](), False
        self.start()

    def run(self) -> None:
        while not self._is_over:
            with contextlib.suppress(psutil.NoSuchProcess):
                family = [self._process, *self._process.children(recursive=True)]
                self.memory = max(self.memory, sum(map(self._seen, family)))
            time.sleep(0.1)

    def _seen(self, process: psutil.Process) -> int:
        """Its memory now; its CPU seconds so far are remembered."""
        try:
            times = process.cpu_times()
            self._by_pid[process.pid] = times.user + times.system
            return int(process.memory_info().rss)
        except psutil.NoSuchProcess:
            return 0

    @property
    def cpu(self) -> float:
        return sum(self._by_pid.values())

    def stop(self) -> None:
        self._is_over = True
        self.join()


# ---- truth -----------------------------------------------------------------------------------------------------


def _true_sums(grown: Province) -> int:
    """How many sums were compared; AssertionError for the first that is not what the villages add up to."""
    day, compared = grown.weeks[-1], 0
    of_province = {key: done for key, done in grown.sums(day).items() if key[0] == "省级"}
    offices = [(office.folder, office.sums(day)) for office in (*grown.counties, *grown.cities)]
    for folder, truth in (*offices, (grown.folder, of_province)):
        assert sealed_sums(folder, day) == truth, folder
        compared += len(truth)
    return compared


def sealed_sums(folder: Path, day: str) -> Done:
    """(tier, kind) -> sum, as the newest record of an office has it."""
    *_, newest = sorted((folder / "data" / "output" / day).glob("r*"), key=lambda path: int(path.name[1:]))
    with (newest / "tables" / "progress.csv").open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.DictReader(table))
    return added_up(((row["tier"], row["kind"]), int(row["done"]) if row["done"] else None) for row in rows)


# ---- curves ----------------------------------------------------------------------------------------------------


def _curve(on: str) -> None:
    """CPU seconds as the number of offices grows; the slope of their logarithms."""
    costs = [_whole(counties, on) for counties in ((3,), (8, 8), (8,) * 5 + (2,), PROVINCE[:-2])]
    xs, ys = (
        [math.log(value) for value in values] for values in zip(*((c.offices, c.cpu) for c in costs), strict=True)
    )
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / sum((x - mean_x) ** 2 for x in xs)
    further = (costs[-1].cpu - costs[0].cpu) / (costs[-1].offices - costs[0].offices)
    print(f"slope {slope:.3f}; each office beyond the first {further:.2f} CPU s")


def _workers() -> None:
    """The same tree by one worker and by two, in turns; efficiency = wall of one ÷ (2 × wall of two)."""
    one, two = [], []
    for _ in range(2):
        one.append(_whole((4, 4), "processes:1").wall)
        two.append(_whole((4, 4), "processes:2").wall)
    print(f"efficiency of two workers {min(one) / (2 * min(two)):.2f}")


if __name__ == "__main__":
    main()
